//! One value of a YAML file, as it is to be written.
//!
//! Input: a [`Scalar`] and its room. Output: what stands behind its key, and lines
//! below. A text whose line is too wide stands below `>-`, in the lines that it has
//! where they are not too wide, or in lines that end at single spaces. Quotation marks
//! go where nothing needs them.

use std::ops::Range;

use crate::text::letters::is_mark;

use super::notation::{Scalar, Style};
use super::written::quoted;

/// Where a value goes, in columns from 0.
#[derive(Clone, Copy)]
pub(super) struct Room {
    /// Where lines below the key begin.
    pub(super) indent: usize,
    /// Where the value begins behind the key.
    pub(super) at: usize,
}

/// A value, laid out.
pub(super) struct Laid {
    /// What stands behind the key.
    pub(super) head: String,
    /// The lines below, without their indent.
    pub(super) below: Vec<String>,
}

/// How wide a line is, at most, where it can be shorter.
pub(super) const WIDTH: usize = 100;

/// Returns how many columns a text takes: marks on letters take none.
pub(super) fn width(text: &str) -> usize {
    text.chars().filter(|letter| !is_mark(*letter)).count()
}

/// Lays a value out that may have lines below its key.
pub(super) fn lay(value: &Scalar, room: Room) -> Laid {
    let text = value.text.as_str();
    let laid = match value.style {
        Style::Literal => Some(literal(text)),
        Style::Folded => Some(folded(value, room).unwrap_or_else(|| literal(text))),
        Style::Quoted if text.contains('\n') => None,
        // It is written in lines, and stays so.
        Style::Plain | Style::Quoted if value.token.contains('\n') => folded(value, room),
        Style::Plain | Style::Quoted => {
            let fits = room.at + width(&in_line(value, false)) <= WIDTH;
            let breaks = || folded(value, room).filter(|laid| laid.below.len() > 1);
            if fits { None } else { breaks() }
        }
    };
    laid.unwrap_or_else(|| Laid {
        head: in_line(value, false),
        below: Vec::new(),
    })
}

/// Returns a value on one line; `flow` tells whether it stands between brackets.
pub(super) fn in_line(value: &Scalar, flow: bool) -> String {
    let (text, token) = (value.text.as_str(), value.token.as_str());
    let is_line = !token.contains('\n');
    match value.style {
        // Nothing may be said in several ways: `~`.
        Style::Plain if is_line => token.to_owned(),
        Style::Plain if is_plain(text, flow) => text.to_owned(),
        Style::Quoted if !token.contains('\\') && is_plain(text, flow) => text.to_owned(),
        Style::Quoted if is_line => token.to_owned(),
        _ => quoted(text),
    }
}

/// Tells whether every reader of YAML takes these letters for themselves, as a text.
fn is_plain(text: &str, flow: bool) -> bool {
    const MARKS: &str = "-?:,[]{}#&*!|>'\"%@`.=<~";
    let Some(first) = text.chars().next() else {
        return false;
    };
    let ends = text.trim() == text && !text.ends_with(':') && !MARKS.contains(first);
    let inner = !text.contains(": ") && !text.contains(" #");
    let brackets = flow && text.contains([',', '[', ']', '{', '}']);
    // A number or a day is told by its figures.
    let has_word = text
        .chars()
        .any(|letter| letter.is_alphabetic() && !"eExXoObBtTzZ".contains(letter));
    let means = [
        "y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf",
    ];
    let is_word = means.iter().any(|word| text.eq_ignore_ascii_case(word));
    let is_seen = text.chars().all(is_seen);
    ends && inner && !brackets && has_word && !is_word && is_seen
}

/// Tells letters that show in an editor, and that no reader takes for the end of a line.
fn is_seen(letter: char) -> bool {
    let hidden = matches!(letter,
        '\u{85}' | '\u{a0}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}' | '\u{feff}');
    !letter.is_control() && !hidden
}

/// Returns the sign for the line ends behind a text, and the lines before them.
fn chomped(text: &str) -> (&'static str, Vec<&str>) {
    let body = text.trim_end_matches('\n');
    match text.len() - body.len() {
        0 if text.is_empty() => ("-", Vec::new()),
        0 => ("-", text.split('\n').collect()),
        1 if !body.is_empty() => ("", body.split('\n').collect()),
        _ => ("+", text[..text.len() - 1].split('\n').collect()),
    }
}

/// Lays a text out line for line.
fn literal(text: &str) -> Laid {
    let (sign, lines) = chomped(text);
    let first = lines.iter().find(|line| !line.is_empty());
    let indented = first.is_some_and(|line| line.starts_with([' ', '\t']));
    let indent = if indented { "2" } else { "" };
    Laid {
        head: format!("|{indent}{sign}"),
        below: lines.into_iter().map(str::to_owned).collect(),
    }
}

/// Lays a text out in lines that are joined with spaces; nothing where that would change
/// it.
fn folded(value: &Scalar, room: Room) -> Option<Laid> {
    let (sign, paragraphs) = chomped(&value.text);
    let is_spaced = |line: &&&str| line.starts_with([' ', '\t']) || line.ends_with([' ', '\t']);
    let steady = |letter: char| letter == '\n' || is_seen(letter) || letter == '\u{a0}';
    let begins = paragraphs.first().is_none_or(|first| !first.is_empty());
    if !begins || paragraphs.iter().any(|line| is_spaced(&line)) || !value.text.chars().all(steady)
    {
        return None;
    }
    let mut typed = typed_lines(value);
    let mut below = Vec::new();
    for (index, paragraph) in paragraphs.iter().enumerate() {
        if index > 0 {
            below.push(String::new());
        }
        if paragraph.is_empty() {
            continue;
        }
        let own = as_typed(&mut typed, paragraph);
        let fits = |line: &String| room.indent + width(line) <= WIDTH;
        // Where a line begins may be a slip that only its place shows.
        let own = own.unwrap_or_else(|| vec![(*paragraph).to_owned()]);
        for line in own {
            match fits(&line) {
                true => below.push(line),
                false => below.extend(broken(&line, room.indent)),
            }
        }
    }
    Some(Laid {
        head: format!(">{sign}"),
        below,
    })
}

/// Returns the lines of a value as they are typed, as far as they can be told.
fn typed_lines(value: &Scalar) -> Vec<&str> {
    let token = value.token.as_str();
    let inner = match value.style {
        Style::Quoted => token
            .get(1..token.len().saturating_sub(1))
            .unwrap_or_default(),
        _ => token,
    };
    let lines = inner.lines().map(str::trim);
    lines.filter(|line| !line.is_empty()).collect()
}

/// Takes the typed lines off that make up a paragraph, if they do.
fn as_typed(typed: &mut Vec<&str>, paragraph: &str) -> Option<Vec<String>> {
    let mut rest = paragraph;
    for (index, line) in typed.iter().enumerate() {
        rest = rest.strip_prefix(line)?;
        if rest.is_empty() {
            return Some(typed.drain(..=index).map(str::to_owned).collect());
        }
        rest = rest.strip_prefix(' ')?;
    }
    None
}

/// Tells whether what follows a space may begin a line: nothing that looks like the mark of
/// a point, a list or a heading, which a reader of the file would take for one.
fn begins_line(rest: &str) -> bool {
    let word = rest.split(' ').next().unwrap_or_default();
    let begins = word.starts_with(|first: char| first.is_alphabetic() || "[“\"".contains(first));
    let is_mark = width(word) <= 5 && word.ends_with([')', '.', '/', ':', '-']);
    begins && !is_mark
}

/// A longer link is broken like any text.
const LONGEST_LINK: usize = 160;

/// Returns where the words of links stand, which are better read on one line.
fn links(paragraph: &str) -> Vec<Range<usize>> {
    let ends = paragraph.match_indices("](").map(|(at, _)| at);
    let link = |end: usize| Some(paragraph[..end].rfind('[')?..end);
    let links = ends.filter_map(link);
    links.filter(|link| link.len() <= LONGEST_LINK).collect()
}

/// Breaks a paragraph at single spaces, as seldom as its room allows.
fn broken(paragraph: &str, indent: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut start = 0;
    let bytes = paragraph.as_bytes();
    let single =
        |at: usize| bytes[at] == b' ' && bytes.get(at + 1) != Some(&b' ') && bytes[at - 1] != b' ';
    let links = links(paragraph);
    let apart = |at: &usize| !links.iter().any(|link| link.contains(at));
    let spaces = (1..bytes.len()).filter(|at| single(*at) && begins_line(&paragraph[at + 1..]));
    let spaces = spaces.filter(apart);
    for end in spaces.chain([bytes.len()]) {
        let word = &paragraph[start..end];
        let line = lines.last_mut();
        match line.filter(|line| line.is_empty() || indent + width(line) + 1 + width(word) <= WIDTH)
        {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) => {
                line.push(' ');
                line.push_str(word);
            }
            None => lines.push(word.to_owned()),
        }
        start = end + 1;
    }
    lines
}
