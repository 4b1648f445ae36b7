//! Words, links and what is bold, beside the text that they were typed in.

use std::ops::Range;

use crate::document::mention::referenced;
use crate::document::tree::Inline;
use crate::text::letters::{digit, is_lao};

use super::super::slip::Slip;
use super::{Explained, Walk};

/// Signs that Markdown, or a dialect of it, acts on.
const SIGNS: &str = "*_`[]~=^$|:\\";

impl Walk<'_> {
    pub(super) fn inlines(&mut self, body: &[Inline]) {
        for inline in body {
            match inline {
                Inline::Text { text, .. } => text.chars().for_each(|letter| self.letter(letter)),
                Inline::Strong { body } => {
                    self.strong += 1;
                    self.marked(body, "**", "__", self.strong > 1);
                    self.strong -= 1;
                }
                Inline::Emph { body } => {
                    self.emph += 1;
                    self.marked(body, "*", "_", self.emph > 1);
                    self.emph -= 1;
                }
                Inline::Link { body, .. } => self.link(body),
                Inline::Changed { body, .. } => self.inlines(body),
                Inline::Break => self.hard_break(),
            }
        }
    }

    /// Reads words between `mark` and `mark`; `other` would do the same, but is
    /// not how texts are marked here.
    fn marked(&mut self, body: &[Inline], mark: &str, other: &'static str, nested: bool) {
        let start = self.at;
        self.delimiter(mark, other);
        let open = self.at.saturating_sub(mark.len()).max(start)..self.at;
        if nested && !self.lost {
            self.slips
                .push(Slip::new("bold-misread", open.clone(), &["outside"]));
        }
        self.inlines(body);
        self.delimiter(mark, other);
        let close = self.at.saturating_sub(mark.len()).max(open.end)..self.at;
        if !self.lost {
            let signs = [open, close];
            let figures = signs.into_iter().find(|sign| self.is_a_sign(sign));
            let slip = |sign| Slip::new("typed-not-printed", sign, &["figures"]);
            self.slips.extend(figures.map(slip));
        }
    }

    /// Tells stars that are a sign of the text, though Markdown takes them for marks:
    /// within a word or a number, as in "10*20", or by themselves between brackets.
    fn is_a_sign(&self, mark: &Range<usize>) -> bool {
        let before = self.typed[..mark.start].chars().next_back();
        let after = self.typed[mark.end..].chars().next();
        let figure = |letter: char| digit(letter).is_some();
        // Lao writes its words without spaces between them, and a part of a word may
        // be bold.
        let goes_on = |letter: char| {
            figure(letter) || mark.len() == 1 && letter.is_alphanumeric() && !is_lao(letter)
        };
        match (before, after) {
            (Some('('), Some(')')) | (Some('['), Some(']')) => true,
            (Some(before), Some(after)) => goes_on(before) && goes_on(after),
            _ => false,
        }
    }

    fn delimiter(&mut self, mark: &str, other: &'static str) {
        while !self.lost {
            self.space();
            let start = self.at;
            if self.take(mark) {
                self.inside = true;
                return;
            }
            if self.take(other) {
                self.inside = true;
                let range = start..self.at;
                return self
                    .slips
                    .push(Slip::new("typed-not-printed", range, &["stars"]));
            }
            if matches!(self.explain(None), Explained::No) {
                self.lose();
            }
        }
    }

    fn link(&mut self, body: &[Inline]) {
        self.space();
        while matches!(self.typed[self.at..].chars().next(), Some('\\' | '&' | '`'))
            && matches!(self.explain(None), Explained::Skipped)
        {
            self.space();
        }
        let start = self.at;
        if self.take("<") {
            self.slips
                .push(Slip::new("typed-not-printed", start..self.at, &["remove"]));
            self.inlines(body);
            self.take(">");
            return;
        }
        if !self.take("[") {
            return self.lose();
        }
        self.inside = true;
        self.inlines(body);
        let target = |rest: &str| rest.starts_with("](").then(|| target_length(&rest[1..]))?;
        while !self.lost {
            self.space();
            if let Some(length) = target(&self.typed[self.at..]) {
                let range = self.at + 2..self.at + length;
                let inside = &self.typed[range.clone()];
                if inside.trim().contains(char::is_whitespace) && !inside.trim().starts_with('<') {
                    self.slips
                        .push(Slip::new("typed-not-printed", range, &["remove"]));
                }
                // Nothing is typed where the words are computed: `[](clause:id)`.
                let computed = referenced(inside).is_some();
                self.at += length + 1;
                if body.is_empty() && !computed {
                    let slip = Slip::new("typed-not-printed", start..self.at, &["remove"]);
                    self.slips.push(slip);
                }
                return;
            }
            if matches!(self.explain(None), Explained::No) {
                self.lose();
            }
        }
    }

    fn hard_break(&mut self) {
        while !self.lost {
            let rest = &self.typed[self.at..];
            let line = rest.lines().next().unwrap_or_default();
            if line.trim().is_empty() || line.trim() == "\\" {
                self.at += line.len();
                break;
            }
            // Signs that are not printed may stand before the end of the line.
            self.at += line.len() - line.trim_start().len();
            if !matches!(self.explain(None), Explained::Skipped) {
                self.lose();
            }
        }
        self.inside = false;
        self.space();
        self.inside = true;
    }

    /// Reads one letter that is printed.
    fn letter(&mut self, letter: char) {
        if letter.is_whitespace() {
            return;
        }
        let mut escaped = false;
        while !self.lost {
            self.space();
            let start = self.at;
            let ampersand = ["&amp;", "&#38;", "&#x26;"];
            let named = ampersand
                .iter()
                .any(|name| self.typed[start..].starts_with(name));
            if !named && self.take(letter.encode_utf8(&mut [0; 4])) {
                self.inside = true;
                match letter {
                    '(' => self.parens += 1,
                    ')' => self.parens = self.parens.saturating_sub(1),
                    _ if SIGNS.contains(letter) && !escaped => self.literal.push(start),
                    _ => {}
                }
                return;
            }
            escaped = self.typed[start..].starts_with('\\');
            match self.explain(Some(letter)) {
                Explained::Skipped => {}
                Explained::Printed => return,
                Explained::No => self.lose(),
            }
        }
    }
}

/// Returns the length of `(target)` at the start of `rest` without its end.
fn target_length(rest: &str) -> Option<usize> {
    let (mut depth, mut escaped, mut angled) = (0, false, false);
    for (at, letter) in rest.char_indices() {
        match letter {
            _ if escaped => {
                escaped = false;
                continue;
            }
            '\\' => escaped = true,
            '<' if depth == 1 => angled = true,
            '>' => angled = false,
            '(' if !angled => depth += 1,
            ')' if !angled => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}
