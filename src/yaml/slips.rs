//! The slips in a file that the YAML parser refuses.
//!
//! Input: the whole text, and what the parser said is of no use to an officer.
//! Output: each slip that people make, at its own place and with the line as it
//! should stand. The text is read line by line as the form is meant: a slip is
//! named, taken for what was meant, and reading goes on behind it.

mod flow;
mod levels;
pub(super) mod scalar;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::diagnostic::{Diagnostic, Findings};
use crate::source::Source;

use super::silent;

use self::levels::{Kind, Level};

/// Longer lines are not shown as they should stand: nobody could compare them.
const LONGEST_TYPED: usize = 1500;

/// Keys of the form and of a language pack, for files that have each only once.
const KEYS: &str = "id kind languages drafted_in term status party_order header layout predecessor \
    parties preamble content implementation signing review allow language name short formerly state \
    signatory contact post office address phone fax email verified_on until title text formula \
    contacts from to agreement signed date place by on digests code at reason vi lo en";

/// After so many slips the rest of a file is not read.
const MOST: usize = 1000;

/// A slip: what it is, where, and the line as it should stand.
#[derive(Clone, Debug)]
pub(super) struct Slip {
    code: &'static str,
    hint: &'static str,
    range: Range<usize>,
    values: Vec<(&'static str, String)>,
    /// What its line should be.
    typed: Option<String>,
}

/// Returns the slips of `source`, which the parser has refused.
pub(super) fn find(source: &Source) -> Vec<Diagnostic> {
    let mut first = Scanner::new(source.text(), BTreeMap::new());
    first.scan();
    let mut second = Scanner::new(source.text(), first.parents);
    second.scan();
    let mut findings = Findings::default();
    for slip in second.slips {
        let mut finding = diagnostic(slip.code)
            .at(&source.span(slip.range))
            .hint(slip.hint);
        for (name, value) in slip.values {
            finding = finding.with(name, value);
        }
        if let Some(typed) = slip.typed.filter(|typed| typed.len() <= LONGEST_TYPED) {
            finding = finding.detail(typed);
        }
        findings.push(finding);
    }
    findings.into_list()
}

/// Returns the lines that start with `%` before the first key, which a parser
/// passes over: none is known but `%YAML` and `%TAG`.
pub(super) fn directives(source: &Source) -> Vec<Diagnostic> {
    let mut start = 0;
    let mut found = Vec::new();
    for line in source.text().split_inclusive('\n') {
        let odd = line.starts_with('%') && !line.starts_with("%YAML") && !line.starts_with("%TAG");
        if !line.trim().is_empty() && !line.starts_with(['%', '#']) {
            break;
        }
        if odd && found.len() < Findings::MOST {
            let span = source.span(start..start + line.trim_end().len());
            found.push(diagnostic("several-documents").at(&span).hint("remove"));
        }
        start += line.len();
    }
    found
}

/// Starts the finding of a slip. All codes stand here, so that tests find them.
fn diagnostic(code: &str) -> Diagnostic {
    match code {
        "colon-in-text" => Diagnostic::error("colon-in-text"),
        "wrong-indent" => Diagnostic::error("wrong-indent"),
        "quotation-mark" => Diagnostic::error("quotation-mark"),
        "odd-space" => Diagnostic::error("odd-space"),
        "key-colon" => Diagnostic::error("key-colon"),
        "dash-space" => Diagnostic::error("dash-space"),
        "reserved-start" => Diagnostic::error("reserved-start"),
        "unpaired-bracket" => Diagnostic::error("unpaired-bracket"),
        "comma-between" => Diagnostic::error("comma-between"),
        "stray-text" => Diagnostic::error("stray-text"),
        "several-documents" => Diagnostic::error("several-documents"),
        "text-cut" => Diagnostic::error("text-cut"),
        _ => Diagnostic::error("backslash"),
    }
}

/// A line without its end.
#[derive(Clone, Copy)]
struct Line<'a> {
    /// The byte at which it starts.
    start: usize,
    text: &'a str,
}

impl<'a> Line<'a> {
    fn indent(&self) -> usize {
        self.text.len() - self.text.trim_start_matches(' ').len()
    }

    fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    fn content(&self) -> &'a str {
        self.text.trim_start()
    }
}

/// What the last key or list item had, which decides what may follow.
#[derive(Clone, Copy, PartialEq)]
enum Last {
    /// Nothing: deeper lines may follow.
    Empty,
    /// A text, whose further lines stand at this indentation.
    Text(usize),
    /// A value that is complete.
    Done,
}

struct Scanner<'a> {
    text: &'a str,
    lines: Vec<Line<'a>>,
    /// The line that is read next.
    next: usize,
    levels: Vec<Level>,
    last: Last,
    /// The key that was read last, and the one before it.
    key: String,
    opener: String,
    /// What is known to be a key.
    keys: BTreeSet<&'a str>,
    /// Below which keys each key has been seen.
    parents: BTreeMap<String, BTreeSet<String>>,
    slips: Vec<Slip>,
    /// Whether anything but comments and directives has been read.
    begun: bool,
    /// The anchors and aliases of the file.
    names: silent::Names<'a>,
}

impl<'a> Scanner<'a> {
    fn new(text: &'a str, parents: BTreeMap<String, BTreeSet<String>>) -> Self {
        let mut lines = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let bare = line.trim_end_matches(['\n', '\r']);
            lines.push(Line { start, text: bare });
            start += line.len();
        }
        let mut keys: BTreeSet<&str> = KEYS.split_ascii_whitespace().collect();
        keys.extend(lines.iter().filter_map(|line| {
            let content = line.content().trim_start_matches("- ").trim_start();
            key_of(content).map(|(key, _)| key)
        }));
        Self {
            text,
            lines,
            next: 0,
            levels: Vec::new(),
            last: Last::Empty,
            key: String::new(),
            opener: String::new(),
            keys,
            parents,
            slips: Vec::new(),
            begun: false,
            names: silent::Names::of(text),
        }
    }

    fn scan(&mut self) {
        if self.text.starts_with("\u{feff}\u{feff}") {
            self.slip("odd-space", "invisible", 3..6, None);
        }
        while let Some(line) = self.lines.get(self.next).copied() {
            let at = self.next;
            self.next += 1;
            self.line(at, line);
        }
    }

    /// Reads a line that stands by itself: a key, a list item or a stray text.
    fn line(&mut self, at: usize, line: Line<'a>) {
        let start = line.text.trim_start_matches(is_space).len();
        let start = line.text.len() - start;
        let content = &line.text[start..];
        if content.is_empty() || content.starts_with('#') {
            return;
        }
        let mut column = start;
        let odd = line.text[..start].find(|c| c != ' ');
        if let Some(odd) = odd.filter(|_| !(at == 0 && line.text.starts_with('\u{feff}'))) {
            column = self.odd_indent(line, odd, start);
        } else if at == 0 && odd.is_some() {
            column = start - '\u{feff}'.len_utf8();
        }
        if start == 0 && self.is_mark(at, content) {
            return;
        }
        self.begun = true;
        self.content(at, column, line.start + start, false);
    }

    /// Reports an indentation of other letters than spaces, and returns how
    /// deep the line was meant to stand.
    fn odd_indent(&mut self, line: Line<'a>, odd: usize, start: usize) -> usize {
        let letter = line.text[odd..].chars().next().unwrap_or(' ');
        let spaces: String = line.text[..start]
            .chars()
            .filter_map(|c| (!is_invisible(c)).then_some(if c == '\t' { '\t' } else { ' ' }))
            .collect();
        let (hint, column) = match letter {
            _ if spaces.contains('\t') => ("tab", self.meant_depth(&line.text[start..])),
            letter if is_invisible(letter) => ("invisible", spaces.len()),
            _ => ("no-break", spaces.len()),
        };
        let typed = format!("{}{}", " ".repeat(column), &line.text[start..]);
        let range = line.start + odd..line.start + odd + letter.len_utf8();
        self.slip("odd-space", hint, range, typed);
        column
    }

    /// Reports a line that ends or starts a document.
    fn is_mark(&mut self, at: usize, content: &str) -> bool {
        let directive = content.starts_with('%');
        let mark = |mark: &str| {
            content
                .strip_prefix(mark)
                .is_some_and(|c| !c.starts_with(|c: char| !c.is_whitespace()))
        };
        if !(directive || mark("---") || mark("...")) {
            return false;
        }
        let after = self.lines[at + 1..].iter();
        let mut after = after.filter(|line| !line.is_blank() && !line.text.starts_with('#'));
        let harmless = if mark("...") {
            after.next().is_none()
        } else {
            !self.begun
        };
        let known = !directive || content.starts_with("%YAML") || content.starts_with("%TAG");
        if !harmless || !known {
            let start = self.lines[at].start;
            self.slip(
                "several-documents",
                "remove",
                start..start + content.len(),
                None,
            );
        }
        self.begun |= !directive;
        true
    }

    /// Reads what stands at `column` of line `at`, from the byte `start` on;
    /// `inner` behind the dash of a list item.
    fn content(&mut self, at: usize, column: usize, start: usize, inner: bool) {
        let end = self.lines[at].start + self.lines[at].text.len();
        let rest = &self.text[start..end];
        if rest == "-" || rest.starts_with("- ") {
            let column = self.place(at, column, start, Kind::List, inner);
            let body = rest[1..].trim_start_matches(' ');
            let deeper = column + rest.len() - body.len();
            self.last = Last::Empty;
            if is_empty(body) {
                return;
            }
            let behind = end - body.len();
            let nested =
                body == "-" || body.starts_with("- ") || self.is_key(body) || self.near_key(body);
            if nested {
                self.content(at, deeper, behind, true);
            } else {
                self.value(at, column, behind);
            }
        } else if let Some((key, after)) = self.key_at(rest) {
            let column = self.place_key(at, column, start, key, inner);
            self.value(at, column, start + after);
        } else if !self.slipped_key(at, column, start, inner) {
            self.stray(at, column, start);
        }
    }

    fn key_at(&self, rest: &'a str) -> Option<(&'a str, usize)> {
        key_of(rest).filter(|_| self.is_key(rest))
    }

    /// Tells whether `rest` starts with a key and its colon.
    fn is_key(&self, rest: &str) -> bool {
        key_of(rest).is_some_and(|(key, _)| self.keys.contains(key))
    }

    /// Tells whether `rest` starts with a known key that lacks a colon or space.
    fn near_key(&self, rest: &str) -> bool {
        let (word, after) = rest.split_at(word_length(rest));
        let colon = after.trim_start().starts_with([':', '：', '﹕', ';', '=']);
        self.keys.contains(word) && colon && !after.starts_with("://")
    }

    fn place_key(
        &mut self,
        at: usize,
        column: usize,
        start: usize,
        key: &str,
        inner: bool,
    ) -> usize {
        self.opener = std::mem::replace(&mut self.key, key.to_owned());
        let typed = column;
        let column = self.place(at, column, start, Kind::Keys, inner);
        // A line at a wrong depth teaches nothing.
        let sure = typed == column && (inner || self.lines[at].indent() == column);
        if let Some(level) = self.levels.last().filter(|_| sure) {
            let parents = self.parents.entry(key.to_owned()).or_default();
            parents.insert(level.key.clone());
        }
        column
    }

    /// Reports the dash of a list item that has no space, and reads on behind it.
    fn slipped_dash(&mut self, at: usize, column: usize, start: usize, inner: bool) -> bool {
        let line = self.lines[at];
        let rest = &self.text[start..line.start + line.text.len()];
        let listed = |body: &str| {
            let lists = self.levels.iter().filter(|level| level.kind == Kind::List);
            let word = body.starts_with(char::is_alphabetic);
            word && lists.clone().any(|level| level.indent == column)
        };
        if let Some(body) = rest.strip_prefix('-')
            && (self.is_key(body) || self.near_key(body) || listed(body))
        {
            let typed = self.line_with(at, start + 1..start + 1, " ");
            self.slip("dash-space", "space", start..start + 1, typed);
            let column = self.place(at, column, start, Kind::List, inner);
            self.last = Last::Empty;
            self.content(at, column + 2, start + 1, true);
            return true;
        }
        false
    }

    /// Reports a key whose colon or space is missing, and reads on behind it.
    fn slipped_key(&mut self, at: usize, column: usize, start: usize, inner: bool) -> bool {
        let line = self.lines[at];
        let rest = &self.text[start..line.start + line.text.len()];
        if self.slipped_dash(at, column, start, inner) {
            return true;
        }
        let (word, after) = rest.split_at(word_length(rest));
        if !self.keys.contains(word) {
            return false;
        }
        let value = after.trim_start_matches([' ', '\u{a0}']);
        let mark = value.chars().next();
        let colon = mark.filter(|c| matches!(c, ':' | '：' | '﹕' | ';' | '='));
        let expected =
            inner || self.last == Last::Empty || self.levels.iter().any(|l| l.indent == column);
        let hint = match colon {
            Some(':') if value.starts_with("://") => return false,
            Some(':') => "space",
            Some(_) => "letter",
            None if expected && (after.is_empty() || after.starts_with([' ', '\u{a0}'])) => "colon",
            None => return false,
        };
        let value = &value[colon.map_or(0, char::len_utf8)..];
        let value_start = start + rest.len() - value.len();
        let text = value.trim_start_matches(is_space);
        let text_start = start + rest.len() - text.len();
        let mark = if text.is_empty() { ":" } else { ": " };
        let typed = self.line_with(at, start + word.len()..text_start, mark);
        let place = start + word.len()..value_start.max(start + word.len() + 1);
        self.slip_with(
            "key-colon",
            hint,
            place,
            typed,
            vec![("key", word.to_owned())],
        );
        let column = self.place_key(at, column, start, word, inner);
        self.value(at, column, text_start);
        true
    }

    /// A line that is no key: text of the key before, or left over.
    fn stray(&mut self, at: usize, column: usize, start: usize) {
        let depth = self.levels.last().map_or(0, |level| level.indent);
        if self.levels.is_empty() && !self.lines[at].content().starts_with("<<") {
            return;
        }
        if self.last == Last::Empty && column > depth {
            self.value(at, depth, start);
            return;
        }
        let line = self.lines[at];
        if line.content().starts_with("<<") {
            let values = vec![("mark", "<<".to_owned())];
            self.slip_with("reserved-start", "write", start..start + 2, None, values);
            return;
        }
        let meant = match self.last {
            Last::Text(indent) => indent,
            Last::Empty | Last::Done => depth + 2,
        };
        let hint = if self.last == Last::Done {
            "left-over"
        } else {
            "indent"
        };
        let typed = format!(
            "{}{}",
            " ".repeat(meant),
            &self.text[start..line.start + line.text.len()]
        );
        let typed = (self.last != Last::Done).then_some(typed);
        self.slip(
            "stray-text",
            hint,
            start..line.start + line.text.len(),
            typed,
        );
        // The lines that follow it were pasted with it.
        while let Some(next) = self.lines.get(self.next)
            && !next.is_blank()
            && !self.is_structure(next.content())
        {
            self.next += 1;
        }
    }

    /// Tells a line that is a key, a list item with a key, or a comment.
    fn is_structure(&self, content: &str) -> bool {
        let body = content.trim_start_matches("- ").trim_start();
        let dashed = content
            .strip_prefix('-')
            .is_some_and(|item| self.is_key(item));
        content.starts_with('#') || dashed || self.is_key(body) || self.near_key(body)
    }

    /// Returns the line `at` with `range` of the text replaced.
    fn line_with(&self, at: usize, range: Range<usize>, with: &str) -> Option<String> {
        let line = self.lines[at];
        if line.text.len() > LONGEST_TYPED {
            return None;
        }
        let (start, end) = (range.start - line.start, range.end - line.start);
        Some(format!(
            "{}{with}{}",
            &line.text[..start],
            &line.text[end.max(start)..]
        ))
    }

    fn slip(
        &mut self,
        code: &'static str,
        hint: &'static str,
        range: Range<usize>,
        typed: impl Into<Option<String>>,
    ) {
        self.slip_with(code, hint, range, typed, Vec::new());
    }

    fn slip_with(
        &mut self,
        code: &'static str,
        hint: &'static str,
        range: Range<usize>,
        typed: impl Into<Option<String>>,
        values: Vec<(&'static str, String)>,
    ) {
        if self.slips.len() >= MOST {
            self.next = self.lines.len();
            return;
        }
        self.slips.push(Slip {
            code,
            hint,
            range,
            values,
            typed: typed.into(),
        });
    }
}

/// Tells a key of the form.
pub(super) fn is_known(word: &str) -> bool {
    KEYS.split_ascii_whitespace().any(|key| key == word)
}

/// Returns the key of the form that `text` starts with, and what follows it.
pub(super) fn known_word(text: &str) -> Option<(&str, &str)> {
    Some(text.split_at(word_length(text))).filter(|(word, _)| is_known(word))
}

/// Splits a line into its key and the bytes up to its value: `vi: Hai` has the
/// key `vi` and 3.
fn key_of(rest: &str) -> Option<(&str, usize)> {
    let length = word_length(rest);
    let (key, after) = rest.split_at(length);
    let colon = after.trim_start_matches(' ').strip_prefix(':')?;
    let ends = colon.is_empty() || colon.starts_with([' ', '\t']);
    (ends && length > 0).then(|| (key, rest.len() - colon.len()))
}

/// Returns the length of the word in ASCII that `rest` starts with.
fn word_length(rest: &str) -> usize {
    let word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-';
    match rest.chars().next() {
        Some(first) if first.is_ascii_lowercase() => rest.find(|c| !word(c)).unwrap_or(rest.len()),
        _ => 0,
    }
}

/// Tells a value that is nothing, or a comment.
fn is_empty(value: &str) -> bool {
    let value = value.trim();
    value.is_empty() || value == "#" || value.starts_with("# ")
}

/// Tells spaces of every kind, and what stands in their place unseen.
pub(super) fn is_space(letter: char) -> bool {
    letter == ' ' || letter == '\t' || is_wide(letter) || is_invisible(letter)
}

/// Tells a space that is not the one of the keyboard.
fn is_wide(letter: char) -> bool {
    matches!(
        letter,
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}'
    )
}

/// Tells a letter that takes no room.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}
