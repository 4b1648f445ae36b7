//! What valid YAML swallows or changes in silence.
//!
//! Input: the places of keys and values in a file that the parser accepts.
//! Output: findings where words would be lost, or joined against what the
//! lines say: a text cut by ` #`, a word taken for a tag, a list on one line.

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostic;
use crate::source::Span;

use super::words::{is_known, is_space, known_word, quote};

/// So many bytes around a value are looked at.
const NEAR: usize = 2000;

/// Longer words before a value are neither tags nor anchors.
const LONGEST_WORD: usize = 200;

/// How a scalar is written.
#[derive(Clone, Copy, PartialEq)]
enum Style {
    Plain,
    Single,
    Double,
    Folded,
    Literal,
}

/// Returns what is lost or changed in the value at `span`.
pub(super) fn value(span: &Span, names: &Names<'_>) -> Vec<Diagnostic> {
    let style = style(span);
    let mut found = Vec::new();
    found.extend(property(span, names));
    if style == Style::Plain {
        found.extend(cut_text(span).filter(|_| is_worded(span.text())));
        found.extend(lone_mark(span));
        found.extend(lone_bracket(span));
        found.extend(glued_keys(span));
    }
    if style == Style::Double
        && let Some(at) = odd_escape(span.text())
    {
        let text = span.text();
        let inner = text[1..].strip_suffix('"').unwrap_or(&text[1..]);
        let fault = Diagnostic::error("backslash").at(&span.part(at..at + 1));
        found.push(typed(
            fault.hint("single"),
            span,
            span.range().end,
            &quote(inner),
        ));
    }
    if style != Style::Literal {
        found.extend(joined(span, style));
    }
    found
}

/// Returns what is lost behind the `key` of an empty value: `vi: #398 là`.
pub(super) fn blank(key: &Span, names: &Names<'_>) -> Option<Diagnostic> {
    let rest = rest_of_line(key, key.range().end);
    let value = rest.trim_start_matches(['"', '\'']).strip_prefix(':')?;
    let start = key.range().end + rest.len() - value.trim_start().len();
    let value = value.trim();
    let at = key.source().span(start..start + value.len());
    let glued = value.strip_prefix('#').is_some_and(|after| {
        let word = after.trim_start().starts_with(|c: char| c.is_ascii_digit());
        !after.is_empty() && (word || !after.starts_with([' ', '#', '-', '=', '!']))
    });
    // Two spaces before a comment say that it is one.
    if glued && (rest.starts_with(": #") || rest.starts_with(":\t#")) {
        let fault = Diagnostic::error("text-cut").at(&at).hint("quote");
        return Some(typed(fault, &at, at.range().end, &quote(value)));
    }
    let word = value.split(' ').next().unwrap_or_default();
    (word.len() > 1)
        .then(|| swallowed(&at, word, names))
        .flatten()
}

/// Returns what is odd in a key: `vi:Hai bên` between braces is a key, and so
/// is a key behind a letter that takes no room.
pub(super) fn key(key: &Span, blank: bool) -> Option<Diagnostic> {
    let text = key.text();
    let odd = text.char_indices().find(|(_, c)| *c != ' ' && is_space(*c));
    if let Some((at, letter)) = odd {
        let bare: String = text
            .chars()
            .filter(|c| *c == ' ' || !is_space(*c))
            .collect();
        if is_known(&bare) {
            let fault = Diagnostic::error("odd-space").at(&key.part(at..at + letter.len_utf8()));
            return Some(typed(fault.hint("invisible"), key, key.range().end, &bare));
        }
    }
    if let Some(bare) = text.strip_prefix('-').filter(|bare| is_known(bare)) {
        let fault = Diagnostic::error("dash-space")
            .at(&key.part(0..1))
            .hint("space");
        return Some(typed(fault, key, key.range().end, &format!("- {bare}")));
    }
    if !blank {
        return text_before_colon(key);
    }
    let (word, after) = known_word(text)?;
    let body = after.trim_start_matches([' ', ':', '：', '﹕', ';', '=']);
    if body.is_empty() || body.len() == after.len() || after.starts_with("://") {
        return None;
    }
    let hint = match after.trim_start().chars().next() {
        Some(':') => "space",
        Some('：' | '﹕' | ';' | '=') => "letter",
        _ => "colon",
    };
    let at = key.part(word.len()..word.len() + 1);
    let fault = Diagnostic::error("key-colon")
        .at(&at)
        .with("key", word)
        .hint(hint);
    Some(typed(
        fault,
        key,
        key.range().end,
        &format!("{word}: {body}"),
    ))
}

/// Returns the finding of a text whose colon makes it a key: of several words,
/// on a line of its own below a key of the form.
fn text_before_colon(key: &Span) -> Option<Diagnostic> {
    let text = key.text();
    let before = near(key, NEAR);
    let above = before.trim_end().lines().next_back()?.trim_start();
    let (word, after) = known_word(above.trim_start_matches("- "))?;
    let text_key = after.trim() == ":" && word.len() < 4;
    let worded = text.contains(' ') && !text.is_ascii() && !text.starts_with(['"', '\'']);
    if !worded || !text_key || !line_before(key).trim().is_empty() {
        return None;
    }
    let rest = rest_of_line(key, key.range().end).trim_end();
    let whole = format!("{text}{rest}");
    let end = key.range().end;
    let colon = key.source().span(end..end + 1);
    let fault = Diagnostic::error("colon-in-text").at(&colon).hint("quote");
    Some(typed(fault, key, end + rest.len(), &quote(&whole)))
}

/// Returns the finding of a comment right behind the plain text at `span`,
/// unless it is set apart as a comment.
pub(super) fn cut_text(span: &Span) -> Option<Diagnostic> {
    if style(span) != Style::Plain || span.range().is_empty() {
        return None;
    }
    let end = span.range().end;
    let rest = rest_of_line(span, end);
    let comment = rest.trim_start();
    let gap = &rest[..rest.len() - comment.len()];
    if !comment.starts_with('#') || is_set_apart(gap, comment) {
        return None;
    }
    let comment = comment.trim_end();
    let start = end + gap.len();
    let at = span.source().span(start..start + comment.len());
    let fault = Diagnostic::error("text-cut").at(&at);
    let whole = format!("{}{gap}{comment}", span.text());
    if span.text().contains('\n') {
        return Some(fault.hint("block"));
    }
    Some(typed(
        fault.hint("quote"),
        span,
        start + comment.len(),
        &quote(&whole),
    ))
}

/// Tells a comment that nobody takes for text: two spaces before its `#` and
/// one behind, and no number there.
fn is_set_apart(gap: &str, comment: &str) -> bool {
    let note = comment.trim_start_matches('#');
    let number = note.trim_start().starts_with(|c: char| c.is_ascii_digit());
    (gap.len() > 1 || gap == "\t") && note.starts_with(' ') && !number || note.trim().is_empty()
}

/// Tells whether a comment behind `value` cuts a text: see [`is_set_apart`].
pub(super) fn cuts(value: &str, at: usize) -> bool {
    let body = value[..at].trim_end();
    is_worded(body) && !is_set_apart(&value[body.len()..at], &value[at..])
}

/// Returns where a plain text is cut by a comment.
pub(super) fn cut(value: &str) -> Option<usize> {
    let mut signs = value.match_indices('#').map(|(at, _)| at);
    signs.find(|at| value[..*at].ends_with([' ', '\t']))
}

/// Tells a text from a word of the form such as `draft` or `2025-07-01`.
fn is_worded(text: &str) -> bool {
    text.contains(char::is_whitespace) || !text.is_ascii()
}

/// The anchors and aliases of a file: `&name` and `*name`.
pub(super) struct Names<'a> {
    anchors: BTreeSet<&'a str>,
    aliases: BTreeSet<&'a str>,
}

impl<'a> Names<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let gather = |sign: char| {
            let places = text.match_indices(sign).map(|(at, _)| at);
            let starts = |at: &usize| *at > 0 && text[..*at].ends_with([' ', '\n', '[', '{', ',']);
            let ends = [' ', '\t', '\n', '\r', ',', ']', '}'];
            places
                .filter(starts)
                .filter_map(|at| text[at + 1..].split(ends).next())
                .filter(|name| !name.is_empty())
                .collect()
        };
        Self {
            anchors: gather('&'),
            aliases: gather('*'),
        }
    }

    pub(super) fn has_anchor(&self, name: &str) -> bool {
        self.anchors.contains(name)
    }

    pub(super) fn has_alias(&self, name: &str) -> bool {
        self.aliases.contains(name)
    }
}

/// Returns the finding of a word before the value that YAML takes for a tag or
/// an anchor.
fn property(span: &Span, names: &Names<'_>) -> Option<Diagnostic> {
    let start = span.range().start;
    let near = near(span, LONGEST_WORD);
    let before = near.trim_end_matches([' ', '\t']);
    let word = before.rsplit([' ', '\t', '\n']).next().unwrap_or_default();
    if !word.starts_with(['!', '&']) {
        return None;
    }
    let at = start - (near.len() - before.len()) - word.len();
    swallowed(&span.source().span(at..span.range().end), word, names)
}

/// Returns the finding of `word`, with which the text at `span` starts, where it
/// is a tag, or an anchor that no alias refers to.
fn swallowed(span: &Span, word: &str, names: &Names<'_>) -> Option<Diagnostic> {
    let lost = match word.chars().next() {
        Some('!') => !word.starts_with("!!") && !word.starts_with("!<"),
        Some('&') => !names.has_alias(&word[1..]),
        _ => false,
    };
    if !lost {
        return None;
    }
    let fault = Diagnostic::error("reserved-start").at(&span.part(0..word.len()));
    let fault = fault.with("mark", &word[..1]).hint("quote");
    Some(typed(fault, span, span.range().end, &quote(span.text())))
}

/// Returns the finding of a quotation mark that ends a text and starts none.
fn lone_mark(span: &Span) -> Option<Diagnostic> {
    let text = span.text();
    let odd = text.matches('"').count() % 2 == 1;
    // `32"` is a measure.
    let inch = text
        .trim_end_matches('"')
        .ends_with(|c: char| c.is_ascii_digit());
    if !odd || inch || !text.ends_with('"') || !is_worded(text) {
        return None;
    }
    let at = span.part(text.len() - 1..text.len());
    let fault = Diagnostic::error("quotation-mark").at(&at);
    let (fault, inner) = match text.strip_prefix(['“', '”']) {
        Some(inner) => (fault.hint("typographic"), inner),
        None => (fault.hint("open"), text),
    };
    Some(typed(fault, span, span.range().end, &format!("\"{inner}")))
}

/// Returns the finding of a bracket that closes what was not opened.
fn lone_bracket(span: &Span) -> Option<Diagnostic> {
    let text = span.text();
    let open = match text.chars().next_back() {
        Some(']') => '[',
        Some('}') => '{',
        _ => return None,
    };
    if text.contains(open) {
        return None;
    }
    let at = span.part(text.len() - 1..text.len());
    Some(
        Diagnostic::error("unpaired-bracket")
            .at(&at)
            .with("bracket", open)
            .hint("lone"),
    )
}

/// Returns findings of keys in a text: `vi:Hai bên` and `lo:ສອງຝ່າຍ` on lines of
/// their own are one text in the eyes of YAML.
fn glued_keys(span: &Span) -> Vec<Diagnostic> {
    let line = span
        .line_text()
        .trim_start()
        .trim_start_matches("- ")
        .trim_start();
    let first = span.text().lines().next().unwrap_or_default();
    let mut found = Vec::new();
    if !line.starts_with(first) || glued(first).is_none() {
        return found;
    }
    let mut at = 0;
    for line in span.text().split_inclusive('\n') {
        let start = at + line.len() - line.trim_start().len();
        if let Some((word, body, hint)) = glued(line.trim()) {
            let key = span.part(start..start + line.trim().len());
            let place = span.part(start + word.len()..start + word.len() + 1);
            let fault = Diagnostic::error("key-colon")
                .at(&place)
                .with("key", word)
                .hint(hint);
            found.push(typed(
                fault,
                &key,
                key.range().end,
                &format!("{word}: {body}"),
            ));
        }
        at += line.len();
    }
    found
}

/// Returns the key that a line starts with, its value and what is odd between.
fn glued(line: &str) -> Option<(&str, &str, &'static str)> {
    let (word, after) = known_word(line)?;
    let mark = after.trim_start().chars().next()?;
    let hint = match mark {
        ':' => "space",
        '：' | '﹕' => "letter",
        _ => return None,
    };
    let body = after.trim_start()[mark.len_utf8()..].trim_start();
    (!body.is_empty() && !body.starts_with("//")).then_some((word, body, hint))
}

/// Returns where a text in double quotation marks has a backslash that stands
/// for something that nobody types on purpose: `"C:\tam"` has a tab.
pub(super) fn odd_escape(value: &str) -> Option<usize> {
    let bytes = value.as_bytes();
    let path = value.contains(":\\") && !value.contains("\\\\");
    let mut at = 0;
    while at + 1 < bytes.len() {
        if bytes[at] == b'\\' {
            let usual = matches!(
                bytes[at + 1],
                b'"' | b'\\' | b'n' | b'r' | b'u' | b'U' | b'x' | b'\n' | b'\r' | b' '
            );
            if !usual || path {
                return Some(at);
            }
            at += 1;
        }
        at += 1;
    }
    None
}

/// Returns findings of lines that YAML joins with a space though each was meant
/// to be a line, or though a Lao word goes on.
fn joined(span: &Span, style: Style) -> Option<Diagnostic> {
    if !span.text().contains('\n') {
        return None;
    }
    let mut lines = Vec::new();
    let mut at = 0;
    for line in span.text().split_inclusive('\n') {
        lines.push((at, line.trim_end()));
        at += line.len();
    }
    let column = span.source().column_of(span.range().start) - 1;
    for pair in lines.windows(2) {
        let [(first, before), (at, after)] = pair else {
            continue;
        };
        let indent = after.len() - after.trim_start().len();
        let deeper = style == Style::Folded
            && (indent > column || *first > 0 && before.len() - before.trim_start().len() > column);
        if before.is_empty() || after.is_empty() || deeper {
            continue;
        }
        let (before, after) = (before.trim_start(), after.trim_start());
        let start = at + indent;
        let list = mark(after)
            .is_some_and(|kind| mark(before) == Some(kind) || before.ends_with([':', ';']));
        if list {
            let place = span.part(start..start + after.len());
            let folded = style == Style::Folded;
            let hint = if folded { "literal" } else { "start" };
            return Some(Diagnostic::error("lines-joined").at(&place).hint(hint));
        }
        if is_torn(before, after) {
            let place = span.part(start..start + after.len());
            return Some(Diagnostic::error("word-torn").at(&place).hint("join"));
        }
    }
    None
}

/// Returns what kind of point a line starts with, if it does.
pub(super) fn mark(line: &str) -> Option<char> {
    let word = line
        .split(' ')
        .next()
        .filter(|word| word.len() < line.len())?;
    let mut letters = word.chars();
    match (letters.next()?, letters.next_back()) {
        (sign @ ('-' | '+' | '*' | '•' | '–'), None) => Some(sign),
        (digit, Some('.' | ')'))
            if digit.is_ascii_digit() && letters.all(|c| c.is_ascii_digit()) =>
        {
            Some('1')
        }
        (letter, Some(')')) if letter.is_alphabetic() && letters.next().is_none() => Some('a'),
        _ => None,
    }
}

/// Tells whether a Lao syllable starts on one line and ends on the next.
fn is_torn(before: &str, after: &str) -> bool {
    let leading = |c: char| ('\u{ec0}'..='\u{ec4}').contains(&c);
    let following = |c: char| matches!(c, '\u{eb0}'..='\u{ebd}' | '\u{ec8}'..='\u{ecd}');
    before.ends_with(leading) || after.starts_with(following)
}

/// Tells how the scalar at `span` is written.
fn style(span: &Span) -> Style {
    let before = &span.source().text()[..span.range().start];
    if before.trim_end_matches(' ').ends_with('\n') {
        match header(near(span, NEAR)) {
            Some("|") => return Style::Literal,
            Some(">") => return Style::Folded,
            _ => {}
        }
    }
    match span.text().chars().next() {
        Some('"') => Style::Double,
        Some('\'') => Style::Single,
        _ => Style::Plain,
    }
}

/// Returns the sign at the end of the last line of `before`, without its `-`.
fn header(before: &str) -> Option<&str> {
    let line = before.trim_end().lines().next_back()?.trim_start();
    let line = match cut(line) {
        Some(at) => line[..at].trim_end(),
        None => line,
    };
    let word = line.rsplit([' ', '\t']).next()?;
    let sign = word.trim_end_matches(|c: char| c == '-' || c == '+' || c.is_ascii_digit());
    (!line.starts_with('#')).then_some(sign)
}

/// Returns what stands before the value on its line, or the end of it.
fn line_before(span: &Span) -> &str {
    let before = near(span, NEAR);
    &before[before.rfind('\n').map_or(0, |at| at + 1)..]
}

/// Returns the text before the value, as far as it can matter.
fn near(span: &Span, bytes: usize) -> &str {
    let before = &span.source().text()[..span.range().start];
    &before[before.ceil_char_boundary(before.len().saturating_sub(bytes))..]
}

/// Returns the text between the byte `end` and the end of its line.
fn rest_of_line(span: &Span, end: usize) -> &str {
    let text = span.source().text();
    let rest = &text[end..text.floor_char_boundary(end + NEAR)];
    rest.split(['\n', '\r']).next().unwrap_or_default()
}

/// Adds the line of `span` as it should stand, with `text` up to the byte `end`;
/// only where nothing but spaces follows, or what YAML has read already.
fn typed(fault: Diagnostic, span: &Span, end: usize, text: &str) -> Diagnostic {
    let start = span.range().start;
    let whole = span.source().text();
    let line = start - line_before(span).len();
    if start - line >= NEAR || whole[start..end].contains('\n') || text.contains('\n') {
        return fault;
    }
    let rest = rest_of_line(span, end).trim_end();
    fault.detail(format!("{}{text}{rest}", &whole[line..start]))
}
