//! What stands between braces or brackets: `{vi: Huế, lo: ເວ້}`.
//!
//! Input: where the bracket opens. Output: slips of commas, colons, quotation
//! marks and brackets; the reader goes on behind the bracket that closes.

use super::super::words::{
    closing, colon_in, end_of_quoted, ends_word, quote, unescaped, word_length,
};
use super::scanner::Scanner;

/// So many brackets within each other are followed.
const DEEPEST: usize = 32;

/// A place between brackets.
struct Place {
    /// The line, and the byte in the whole text.
    at: usize,
    byte: usize,
    /// The line of the last token, and the byte at which it ended.
    line: usize,
    end: usize,
    /// The brackets that are open.
    open: Vec<char>,
    /// Whether a value has just ended, and whether a comma or bracket has.
    filled: bool,
    comma: Option<usize>,
    /// Whether the colon of a key stands before.
    keyed: bool,
}

impl Scanner<'_> {
    /// Reads from the bracket at `start` of line `at` to its end.
    pub(super) fn flow(&mut self, at: usize, parent: usize, start: usize) {
        let mut place = Place {
            at,
            byte: start,
            line: at,
            end: start,
            open: Vec::new(),
            filled: false,
            comma: None,
            keyed: false,
        };
        loop {
            let line = self.lines[place.at];
            let end = line.start + line.text.len();
            let rest = &self.text[place.byte..end];
            let blank = rest.len() - rest.trim_start().len();
            place.byte += blank;
            let rest = rest[blank..].trim_end();
            if rest.is_empty() || rest.starts_with('#') && blank > 0 {
                if !self.next_flow_line(&mut place, parent) {
                    return;
                }
            } else {
                let closed = self.flow_token(&mut place, rest);
                (place.line, place.end) = (place.at, place.byte);
                if closed {
                    return self.behind_flow(&place);
                }
            }
        }
    }

    /// Goes to the next line of an open bracket; where a key of the outer level
    /// stands there, the bracket has been left open.
    fn next_flow_line(&mut self, place: &mut Place, parent: usize) -> bool {
        let next = self.lines.get(self.next).copied();
        let outer = next.is_none_or(|line| {
            !line.is_blank() && line.indent() <= parent && self.is_structure(line.content())
                || line.content().starts_with("- ")
        });
        if outer || place.open.len() > DEEPEST {
            let line = self.lines[place.line];
            let text = line.text.trim_end();
            let ends: String = place.open.iter().rev().map(|open| pair(*open)).collect();
            let end = line.start + text.len();
            let last = text.chars().next_back().map_or(0, char::len_utf8);
            // A comment stays behind the bracket.
            let typed = (place.end >= end).then(|| format!("{text}{ends}"));
            let values = vec![("bracket", ends)];
            self.slip_with("unpaired-bracket", "close", end - last..end, typed, values);
            return false;
        }
        place.at = self.next;
        place.byte = next.map_or(place.byte, |line| line.start);
        self.next += 1;
        true
    }

    /// Reads one token; tells whether the first bracket has been closed.
    fn flow_token(&mut self, place: &mut Place, rest: &str) -> bool {
        let first = rest.chars().next().unwrap_or(' ');
        match first {
            '{' | '[' if place.open.is_empty() || !self.is_linked(rest) => {
                place.open.push(first);
                (place.filled, place.comma, place.keyed) = (false, Some(place.byte), false);
                place.byte += 1;
            }
            '}' | ']' => return self.flow_close(place, first),
            ',' => {
                if place.comma.is_some() {
                    let typed = self.line_with(place.at, place.byte..place.byte + 1, "");
                    self.slip("comma-between", "less", place.byte..place.byte + 1, typed);
                }
                (place.filled, place.comma, place.keyed) = (false, Some(place.byte), false);
                place.byte += 1;
            }
            '"' | '\'' if !place.filled => self.flow_quoted(place, rest, first),
            ':' => {
                (place.filled, place.comma, place.keyed) = (false, None, true);
                place.byte += 1;
            }
            _ => self.flow_plain(place, rest),
        }
        false
    }

    /// Reads a bracket that closes; tells whether it was the last.
    fn flow_close(&mut self, place: &mut Place, first: char) -> bool {
        let open = place.open.pop().unwrap_or('{');
        if pair(open) != first {
            let typed = self.line_with(
                place.at,
                place.byte..place.byte + 1,
                &pair(open).to_string(),
            );
            let values = vec![("bracket", pair(open).to_string())];
            self.slip_with(
                "unpaired-bracket",
                "other",
                place.byte..place.byte + 1,
                typed,
                values,
            );
        }
        (place.filled, place.comma, place.keyed) = (true, None, false);
        place.byte += 1;
        place.open.is_empty()
    }

    /// Tells a text that starts with a link: `[words](party:x) và`.
    fn is_linked(&self, rest: &str) -> bool {
        closing(rest).is_some_and(|end| rest[end..].starts_with('('))
    }

    fn flow_quoted(&mut self, place: &mut Place, rest: &str, mark: char) {
        let stop = self.value_end(rest, place.open.len());
        place.comma = None;
        place.filled = true;
        let ends = |after: &str| {
            let after = after.trim_start();
            after.is_empty() || after.starts_with([',', '}', ']', ':'])
        };
        match end_of_quoted(rest, mark) {
            Some(close) if ends(&rest[close..]) => {
                self.escapes(place.at, place.byte..place.byte + close, mark);
                place.byte += close;
            }
            Some(close) if self.is_key(rest[close..].trim_start()) => {
                place.byte += close;
            }
            None if stop == rest.len() && !rest.contains(['}', ']']) => {
                self.flow_open_quote(place, rest, mark)
            }
            Some(_) | None => {
                let value = rest[..stop].trim_end();
                let inner = value[1..].strip_suffix(mark).filter(|_| value.len() > 1);
                let close = end_of_quoted(value, mark);
                let open = close.is_none();
                let inner = inner.filter(|_| close.is_none_or(|close| !ends_word(value, close)));
                let (text, hint) = match inner {
                    Some(inner) => (unescaped(inner, mark), "inner"),
                    None if open => (value[1..].to_owned(), "close"),
                    None => (value.to_owned(), "inner"),
                };
                let range = place.byte..place.byte + value.len();
                let typed = self.line_with(place.at, range.clone(), &quote(&text));
                let last = value.chars().next_back().map_or(1, char::len_utf8);
                self.slip("quotation-mark", hint, range.end - last..range.end, typed);
                place.byte += value.len();
            }
        }
    }

    /// Passes over a quoted text that goes on in the lines below.
    fn flow_open_quote(&mut self, place: &mut Place, rest: &str, mark: char) {
        for next in self.next..self.lines.len().min(self.next + 100) {
            let line = self.lines[next];
            if self.is_structure(line.content()) {
                break;
            }
            let inner = format!("{mark}{}", line.text);
            if let Some(close) = end_of_quoted(&inner, mark) {
                place.at = next;
                place.byte = line.start + close - 1;
                self.next = next + 1;
                return;
            }
        }
        let end = place.byte + rest.len();
        let typed = self.line_with(place.at, end..end, &mark.to_string());
        let last = rest.chars().next_back().map_or(1, char::len_utf8);
        self.slip("quotation-mark", "close", end - last..end, typed);
        place.byte = end;
    }

    /// Reads a word or text without quotation marks.
    fn flow_plain(&mut self, place: &mut Place, rest: &str) {
        let word = word_length(rest);
        let key = self.is_key(rest);
        if place.filled {
            // Two values without a comma between them.
            if key {
                let before = self.text[..place.byte].trim_end().len();
                let typed = self.line_with(
                    place.at,
                    before.max(self.lines[place.at].start)..place.byte,
                    ", ",
                );
                self.slip(
                    "comma-between",
                    "more",
                    place.byte..place.byte + word,
                    typed,
                );
            }
            place.filled = false;
            place.keyed = false;
        }
        if !place.keyed && key {
            place.comma = None;
            place.byte += word;
            return;
        }
        let stop = self.value_end(rest, place.open.len()).max(1);
        let value = rest[..stop].trim_end();
        let length = value
            .len()
            .max(rest.chars().next().map_or(1, char::len_utf8));
        place.comma = None;
        place.filled = true;
        if place.keyed {
            self.flow_text(place, &rest[..length]);
        } else if self.near_key(value) {
            self.flow_key(place, value);
        }
        place.byte += length;
    }

    /// Reports a key between braces without its colon or space.
    fn flow_key(&mut self, place: &Place, value: &str) {
        let word = word_length(value);
        let after = value[word..].trim_start_matches([' ', ':', '：', ';', '=', '﹕']);
        let start = place.byte + word;
        let end = place.byte + value.len() - after.len();
        let typed = self.line_with(place.at, start..end, ": ");
        let values = vec![("key", value[..word].to_owned())];
        let hint = if value[word..].starts_with(':') {
            "space"
        } else {
            "letter"
        };
        self.slip_with("key-colon", hint, start..end, typed, values);
    }

    /// Looks at a plain text between braces, behind its key.
    fn flow_text(&mut self, place: &mut Place, value: &str) {
        let range = place.byte..place.byte + value.len();
        let first = value.chars().next().unwrap_or(' ');
        if matches!(
            first,
            '*' | '&' | '!' | '%' | '@' | '`' | '|' | '>' | '[' | '{'
        ) && value.len() > 1
        {
            let typed = self.line_with(place.at, range.clone(), &quote(value));
            let values = vec![("mark", first.to_string())];
            self.slip_with(
                "reserved-start",
                "quote",
                range.start..range.start + 1,
                typed,
                values,
            );
        } else if let Some(colon) = colon_in(value) {
            let typed = self.line_with(place.at, range.clone(), &quote(value));
            self.slip(
                "colon-in-text",
                "quote",
                range.start + colon..range.start + colon + 1,
                typed,
            );
        }
    }

    /// Returns where a value between braces was meant to end: before a comma
    /// and a key, before the next key, or before the last closing bracket.
    fn value_end(&self, rest: &str, depth: usize) -> usize {
        let mut inner = rest.starts_with('[');
        let mut whole = rest.starts_with(['"', '\'']);
        for (at, letter) in rest.char_indices().skip(1) {
            let after = &rest[at + letter.len_utf8()..];
            let next = after.strip_prefix(' ').unwrap_or(after);
            match letter {
                ',' if self.is_key(next) || self.near_key(next) || next.is_empty() => return at,
                ',' if depth > 0 && !whole => return at,
                ' ' if self.is_key(after) => return at,
                '}' => return at,
                ']' if !inner && depth > 0 => return at,
                '[' => inner = true,
                // What has a mark or a colon is one text, with its commas.
                '"' | '\'' => whole = true,
                ':' if after.starts_with(' ') => whole = true,
                _ => {}
            }
        }
        rest.len()
    }

    /// Looks at what stands behind the last bracket.
    fn behind_flow(&mut self, place: &Place) {
        let line = self.lines[place.at];
        let end = line.start + line.text.len();
        let rest = &self.text[place.byte..end];
        let text = rest.trim();
        if text.is_empty() || text.starts_with('#') {
            return;
        }
        let start = place.byte + rest.len() - rest.trim_start().len();
        let length = text.chars().next().map_or(1, char::len_utf8);
        if text.starts_with(['}', ']', ',']) {
            let typed = self.line_with(place.at, start..start + text.len(), text[1..].trim_start());
            let code = if text.starts_with(',') {
                "comma-between"
            } else {
                "unpaired-bracket"
            };
            self.slip(code, "less", start..start + length, typed);
        } else {
            self.slip("stray-text", "left-over", start..start + text.len(), None);
        }
    }
}

/// Returns the bracket that closes `open`.
fn pair(open: char) -> char {
    if open == '[' { ']' } else { '}' }
}
