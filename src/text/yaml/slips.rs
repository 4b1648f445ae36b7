//! The slips in a file that the YAML parser refuses.
//!
//! Input: the whole text, and what the parser said is of no use to an officer.
//! Output: each slip that people make, at its own place and with the line as it
//! should stand. The text is read line by line as the form is meant: a slip is
//! named, taken for what was meant, and reading goes on behind it.

mod flow;
mod levels;
mod scalar;
mod scanner;

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Findings};
use crate::source::Source;

use super::words::{is_empty, is_invisible, is_space, word_length};

use self::scanner::{Kind, LONGEST_TYPED, Last, Line, Scanner};

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

impl<'a> Scanner<'a> {
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
}
