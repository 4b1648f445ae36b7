//! The values of keys and list items: plain, quoted, and set below `|` or `>`.
//!
//! Input: where a value starts. Output: its slips; all its lines are read.

use std::ops::Range;

use super::super::silent;
use super::super::words::{
    closing, colon_in, end_of_quoted, ends_word, is_empty, is_space, key_of, quote, unescaped,
};
use super::scanner::{Last, Scanner};

/// So many lines are looked through for the end of a quoted text.
const LONGEST_QUOTED: usize = 100;

impl<'a> Scanner<'a> {
    /// Reads the value that starts at the byte `start` of line `at`; what
    /// belongs to it stands deeper than `parent`.
    pub(super) fn value(&mut self, at: usize, parent: usize, start: usize) {
        let line = self.lines[at];
        let rest = &self.text[start..line.start + line.text.len()];
        let value = rest.trim_start_matches([' ', '\t']);
        let start = start + rest.len() - value.len();
        let value = value.trim_end();
        self.last = Last::Done;
        let next = value.chars().nth(1);
        match value.chars().next() {
            _ if is_empty(value) => self.last = Last::Empty,
            Some('#') => {
                let typed = self.as_text(at, start, start + value.len(), &[]);
                self.slip("text-cut", "quote", start..start + value.len(), typed);
                self.last = Last::Empty;
            }
            Some('|' | '>') if is_header(value) => self.block(parent),
            Some(mark @ ('"' | '\'')) => self.quoted(at, parent, start, mark),
            Some('{' | '[') if !self.is_worded_bracket(value) => self.flow(at, parent, start),
            Some('&') if !value.contains(' ') => self.last = Last::Empty,
            Some('&' | '*') if self.is_anchored(value) => {}
            Some('!') if value.starts_with("!!") => {}
            Some('-' | '?' | ':') if next.is_some_and(|c| c != ' ') => {
                self.plain(at, parent, start)
            }
            Some(
                '*' | '&' | '!' | '%' | '@' | '`' | '|' | '>' | '-' | '?' | ':' | ',' | ']' | '}'
                | '{' | '[',
            ) => self.reserved(at, parent, start),
            _ => self.plain(at, parent, start),
        }
    }

    /// Tells an anchor that an alias of the file refers to, or such an alias.
    fn is_anchored(&self, value: &str) -> bool {
        let name = value[1..].split(' ').next().unwrap_or_default();
        match value.starts_with('&') {
            true => self.names.has_alias(name),
            false => self.names.has_anchor(name) && !value.contains(' '),
        }
    }

    /// Tells a text that starts with a bracket, such as `[words](party:x) và`.
    fn is_worded_bracket(&self, value: &str) -> bool {
        let Some(end) = closing(value) else {
            return false;
        };
        let rest = value[end..].trim_start();
        !(rest.is_empty()
            || rest.starts_with(['#', '}', ']', ','])
            || self.is_key(rest.trim_start_matches(' ')))
    }

    fn reserved(&mut self, at: usize, parent: usize, start: usize) {
        let more = self.further(parent);
        let line = self.lines[at];
        let end = start
            + self.text[start..line.start + line.text.len()]
                .trim_end()
                .len();
        let typed = self.as_text(at, start, end, &more);
        let mark = self.text[start..].chars().next().unwrap_or(' ');
        let range = start..start + mark.len_utf8();
        let values = vec![("mark", mark.to_string())];
        self.slip_with("reserved-start", "quote", range, typed, values);
        self.last = Last::Text(parent + 2);
    }

    /// Takes the further lines of a plain text that started before.
    fn further(&mut self, parent: usize) -> Vec<usize> {
        let mut more = Vec::new();
        let mut at = self.next;
        while let Some(line) = self.lines.get(at) {
            if !line.is_blank() {
                if line.indent() <= parent || self.is_structure(line.content()) {
                    break;
                }
                more.extend(self.next..=at);
                self.next = at + 1;
            }
            at += 1;
        }
        more
    }

    fn plain(&mut self, at: usize, parent: usize, start: usize) {
        let more = self.further(parent);
        let indent = more
            .first()
            .map_or(parent + 2, |at| self.lines[*at].indent());
        self.last = Last::Text(indent);
        let end = self.lines[at].start + self.lines[at].text.len();
        let value = self.text[start..end].trim_end();
        let end = start + value.len();
        if let Some(stop) = self.opens_late(value) {
            let typed = self.line_with(at, start..start, "{");
            self.slip("unpaired-bracket", "open", start..start + stop, typed);
            return;
        }
        let cut = silent::cut(value).filter(|cut| silent::cuts(value, *cut));
        if let Some(cut) = cut {
            let typed = self.as_text(at, start, end, &more);
            self.slip("text-cut", "quote", start + cut..end, typed);
            return;
        }
        let bare = silent::cut(value).map_or(value, |cut| value[..cut].trim_end());
        if let Some(colon) = colon_in(bare) {
            self.colon(at, start, bare, colon, &more);
            return;
        }
        let typed = self.as_text(at, start, end, &more);
        for at in more {
            let line = self.lines[at];
            let text_start = line.start + line.indent();
            let text = line.content().trim_end();
            if let Some(colon) = colon_in(text) {
                let typed = typed.filter(|_| false);
                self.slip(
                    "colon-in-text",
                    "block",
                    text_start + colon..text_start + colon + 1,
                    typed,
                );
                return;
            }
        }
    }

    /// Reports the colon of a plain text on the line of its key.
    fn colon(&mut self, at: usize, start: usize, value: &str, colon: usize, more: &[usize]) {
        let range = start + colon..start + colon + 1;
        let inner = value
            .strip_prefix('“')
            .and_then(|value| value.strip_suffix(['”', '"']));
        if let Some(inner) = inner.filter(|inner| !inner.contains(['“', '”'])) {
            let typed = self.line_with(at, start..start + value.len(), &quote(inner));
            self.slip(
                "quotation-mark",
                "typographic",
                start..start + '“'.len_utf8(),
                typed,
            );
            return;
        }
        let typed = self.as_text(at, start, start + value.len(), more);
        let hint = if more.is_empty() { "quote" } else { "block" };
        self.slip("colon-in-text", hint, range, typed);
    }

    /// Tells a value such as `vi: Huế, lo: ເວ້}`, whose `{` is missing, and
    /// returns the length of its first key.
    fn opens_late(&self, value: &str) -> Option<usize> {
        let (key, _) = key_of(value)?;
        let closed = value.ends_with('}') && !value.contains('{');
        (closed && self.keys.contains(key)).then_some(key.len())
    }

    /// Returns the line `at` with the text `start..end` in such a form that all
    /// its letters are text; `more` are its further lines.
    fn as_text(&self, at: usize, start: usize, end: usize, more: &[usize]) -> Option<String> {
        let text = &self.text[start..end];
        if more.is_empty() {
            return self.line_with(at, start..end, &quote(text));
        }
        let indents: Vec<usize> = more
            .iter()
            .filter(|at| !self.lines[**at].is_blank())
            .map(|at| self.lines[*at].indent())
            .collect();
        let indent = *indents.first()?;
        let even = indents.iter().all(|other| *other == indent);
        even.then(|| {
            let head = &self.lines[at].text[..start - self.lines[at].start];
            // A list keeps its lines.
            let list = more
                .iter()
                .any(|at| silent::mark(self.lines[*at].content()).is_some());
            let sign = if list { "|-" } else { ">-" };
            format!("{head}{sign}\n{}{text}", " ".repeat(indent))
        })
    }

    /// Reads a text in quotation marks.
    fn quoted(&mut self, at: usize, parent: usize, start: usize, mark: char) {
        let line = self.lines[at];
        let end = start
            + self.text[start..line.start + line.text.len()]
                .trim_end()
                .len();
        let value = &self.text[start..end];
        match end_of_quoted(value, mark) {
            Some(close) => {
                let rest = value[close..].trim_start();
                if rest.is_empty() || rest.starts_with('#') && rest.len() < value.len() - close {
                    self.escapes(at, start..start + close, mark);
                } else {
                    self.inner_mark(at, start..end, close);
                }
            }
            None => self.unclosed(at, parent, start..end, mark),
        }
    }

    /// Reports a quotation mark that ends a text too early.
    fn inner_mark(&mut self, at: usize, range: Range<usize>, close: usize) {
        let value = &self.text[range.clone()];
        let mark = value.chars().next().unwrap_or('"');
        let inner = value[1..].strip_suffix(mark);
        let inner = inner.filter(|_| !ends_word(value, close));
        let text = inner.map_or(value.to_owned(), |inner| unescaped(inner, mark));
        let typed = self.line_with(at, range.clone(), &quote(&text));
        let place = range.start + close - 1..range.start + close;
        self.slip("quotation-mark", "inner", place, typed);
    }

    /// Reads a quoted text that does not end on its line.
    fn unclosed(&mut self, at: usize, parent: usize, range: Range<usize>, mark: char) {
        for next in self.next..self.lines.len().min(self.next + LONGEST_QUOTED) {
            let line = self.lines[next];
            if !line.is_blank() && (line.indent() <= parent || self.is_structure(line.content())) {
                break;
            }
            let inner = format!("{mark}{}", line.text);
            let Some(close) = end_of_quoted(&inner, mark) else {
                continue;
            };
            let rest = inner[close..].trim();
            if rest.is_empty() || rest.starts_with('#') {
                self.next = next + 1;
                return;
            }
        }
        let value = &self.text[range.clone()];
        let curved = value.strip_suffix(['”', '“', '’', '‘']);
        let (end, hint) = match curved.filter(|inner| !inner.contains(['“', '‘'])) {
            Some(inner) => (range.start + inner.len(), "typographic"),
            None => (range.end, "close"),
        };
        let typed = self.line_with(at, end..range.end, &mark.to_string());
        let typed = typed.filter(|_| !value.ends_with('\\'));
        let last = value.chars().next_back().map_or(1, char::len_utf8);
        self.slip("quotation-mark", hint, range.end - last..range.end, typed);
        self.last = Last::Text(parent + 2);
    }

    /// Reports a backslash that YAML does not know, in double quotation marks.
    pub(super) fn escapes(&mut self, at: usize, range: Range<usize>, mark: char) {
        if mark != '"' {
            return;
        }
        let value = &self.text[range.clone()];
        if let Some(place) = silent::odd_escape(value) {
            let typed = self.line_with(at, range.clone(), &quote(&value[1..value.len() - 1]));
            let place = range.start + place..range.start + place + 1;
            self.slip("backslash", "single", place, typed);
        }
    }

    /// Reads the lines below `|` or `>`.
    fn block(&mut self, parent: usize) {
        let text = self.lines[self.next..].iter().find(|line| !line.is_blank());
        let Some(first) = text.copied() else {
            return;
        };
        let mut depth = first.indent();
        if depth <= parent {
            if self.is_structure(first.content()) {
                return;
            }
            depth = parent + 2;
        }
        depth = self.first_too_deep(parent, depth);
        self.last = Last::Text(depth);
        while let Some(line) = self.lines.get(self.next).copied() {
            let outside = !line.is_blank() && line.indent() < depth;
            if outside && self.is_structure(line.content()) {
                return;
            }
            let odd = line.text.trim_start_matches(is_space).len() < line.content().len();
            if outside && (odd || line.text.starts_with(['\t', '\u{a0}'])) {
                return;
            }
            self.next += 1;
            if outside {
                let start = line.start + line.indent();
                let typed = format!("{}{}", " ".repeat(depth), line.content());
                let range = start..line.start + line.text.len();
                self.slip("stray-text", "indent", range, typed);
                self.skip_pasted(depth);
            }
        }
    }

    /// Passes over the lines that were pasted with one that stands too far left.
    fn skip_pasted(&mut self, depth: usize) {
        while let Some(line) = self.lines.get(self.next)
            && !line.is_blank()
            && line.indent() < depth
            && !self.is_structure(line.content())
        {
            self.next += 1;
        }
    }

    /// Reports a first line of a block that stands deeper than all the others,
    /// and returns how deep the block is.
    fn first_too_deep(&mut self, parent: usize, depth: usize) -> usize {
        let mut lines = self.lines[self.next..]
            .iter()
            .filter(|line| !line.is_blank());
        let (Some(first), Some(second)) = (lines.next().copied(), lines.next().copied()) else {
            return depth;
        };
        let meant = second.indent();
        let within = parent < meant && meant < depth && depth - meant < 3 && depth != parent + 2;
        if !within || self.is_structure(second.content()) {
            return depth;
        }
        let typed = format!("{}{}", " ".repeat(meant), first.content());
        let start = first.start + first.indent();
        let values = vec![("found", depth.to_string()), ("meant", meant.to_string())];
        let end = first.start + first.text.len();
        self.slip_with("wrong-indent", "less", start..end, typed, values);
        meant
    }
}

/// Tells what may follow `|` or `>` on its line.
fn is_header(value: &str) -> bool {
    let rest =
        value[1..].trim_start_matches(|c: char| matches!(c, '+' | '-') || c.is_ascii_digit());
    let short = value.len() - rest.len() <= 3;
    short && (rest.is_empty() || rest.starts_with(" #") || rest.trim().is_empty())
}
