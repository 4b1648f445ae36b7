//! A walk along a typed text and the tree that is printed, side by side.
//!
//! Input: both. Output: the slips, and where signs are printed that Markdown could
//! have acted on.

mod blocks;
mod words;

use crate::document::tree::Block;

use super::openings::Openings;
use super::slip::Slip;

/// What became of a typed sign that is not the one expected.
enum Explained {
    /// It is not printed.
    Skipped,
    /// It is printed as the letter expected.
    Printed,
    /// Nothing explains it.
    No,
}

/// Reads the typed text beside the tree.
pub(super) struct Walk<'a> {
    typed: &'a str,
    at: usize,
    openings: Openings<'a>,
    /// Whether a single line end of the text is an empty line of the file.
    joins: bool,
    /// Whether the words of the paragraph have begun.
    inside: bool,
    /// Parentheses that the paragraph has opened and not closed.
    parens: usize,
    /// The column of the mark of each open item.
    items: Vec<usize>,
    /// Whether the words are those of a cell.
    in_table: bool,
    quotes: usize,
    strong: usize,
    emph: usize,
    /// Where signs are printed that Markdown could have acted on.
    pub(super) literal: Vec<usize>,
    lost: bool,
    pub(super) slips: Vec<Slip>,
}

impl<'a> Walk<'a> {
    /// Goes through the text of a field and through its tree, `blocks`.
    pub(super) fn along(typed: &'a str, blocks: &[Block], joins: bool) -> Self {
        let mut walk = Self {
            typed,
            at: 0,
            openings: Openings::of(typed),
            joins,
            inside: false,
            parens: 0,
            items: Vec::new(),
            in_table: false,
            quotes: 0,
            strong: 0,
            emph: 0,
            literal: Vec::new(),
            lost: false,
            slips: Vec::new(),
        };
        walk.field(blocks);
        walk
    }

    fn field(&mut self, blocks: &[Block]) {
        self.blocks(blocks);
        self.inside = false;
        self.space();
        while !self.lost && self.at < self.typed.len() {
            if matches!(self.explain(None), Explained::No) {
                self.lose();
            }
            self.space();
        }
    }

    fn take(&mut self, expected: &str) -> bool {
        let found = !self.lost && self.typed[self.at..].starts_with(expected);
        if found {
            self.at += expected.len();
        }
        found
    }

    /// Looks for a reason why the sign here is not the one that is printed next.
    fn explain(&mut self, expected: Option<char>) -> Explained {
        let rest = &self.typed[self.at..];
        let start = self.at;
        let mut letters = rest.chars();
        match letters.next() {
            // There is no other way to write this sign in a cell.
            Some('\\') if self.in_table && rest[1..].starts_with('|') => {
                self.at += 1;
                Explained::Skipped
            }
            Some('\\')
                if letters
                    .next()
                    .is_some_and(|next| next.is_ascii_punctuation()) =>
            {
                let range = start..start + 2;
                self.at += 1;
                self.slips
                    .push(Slip::new("typed-not-printed", range, &["backslash"]));
                Explained::Skipped
            }
            Some('`') => {
                self.at += rest.len() - rest.trim_start_matches('`').len();
                let range = start..self.at;
                self.slips
                    .push(Slip::new("typed-not-printed", range, &["remove"]));
                Explained::Skipped
            }
            Some('&') => {
                let Some(length) = entity_length(rest) else {
                    return Explained::No;
                };
                self.at += length;
                let range = start..self.at;
                self.slips
                    .push(Slip::new("typed-not-printed", range, &["entity"]));
                let next = self.typed[self.at..].trim_start().chars().next();
                if expected.is_none() || next == expected {
                    return Explained::Skipped;
                }
                self.inside = true;
                Explained::Printed
            }
            _ => Explained::No,
        }
    }

    /// Goes on behind white space and behind the marks of quotations.
    fn space(&mut self) {
        if self.lost {
            return;
        }
        let (mut line_ends, mut quoted) = (0, false);
        while let Some(letter) = self.typed[self.at..].chars().next() {
            let mark = letter == '>' && self.quotes > 0 && (line_ends > 0 || !self.inside);
            if !letter.is_whitespace() && !mark {
                break;
            }
            quoted |= mark;
            line_ends += usize::from(letter == '\n');
            self.at += letter.len_utf8();
        }
        if line_ends > 0 && self.inside {
            self.soft_break(quoted);
        }
    }

    /// Looks at a line that goes on with the paragraph of the line before.
    fn soft_break(&mut self, quoted: bool) {
        let line = self.typed[self.at..].lines().next().unwrap_or_default();
        let word = line.split_whitespace().next().map_or(0, str::len);
        let range = self.at..self.at + word;
        if self.joins {
            return self.slips.push(Slip::new("line-joined", range, &["fold"]));
        }
        let opening = self.openings.at(self.at, self.parens > 0);
        match opening {
            // Told once for all rows, by `rows`.
            Some((_, _, true)) => return,
            Some((length, severity, false)) => {
                let range = self.at..self.at + length;
                let mut slip = Slip::new("line-joined", range, &["blank", "wrap"]);
                slip.severity = severity;
                return self.slips.push(slip);
            }
            None => {}
        }
        let outdented = self.items.last().is_some_and(|mark| self.column() <= *mark);
        if outdented || (self.quotes > 0 && !quoted) {
            self.slips.push(Slip::new("line-joined", range, &["lazy"]));
        }
    }

    /// Returns how many bytes of the line stand before the place reached.
    fn column(&self) -> usize {
        let before = &self.typed[..self.at];
        self.at - before.rfind('\n').map_or(0, |end| end + 1)
    }

    /// Gives up: tree and text have nothing in common from here on.
    fn lose(&mut self) {
        if self.lost {
            return;
        }
        self.lost = true;
        if !self
            .slips
            .iter()
            .any(|slip| slip.code == "typed-not-printed")
        {
            let line = self.typed[self.at..].lines().next().unwrap_or_default();
            let range = self.at..self.at + line.len();
            self.slips
                .push(Slip::new("typed-not-printed", range, &["compare"]));
        }
    }
}

/// Returns the length of a name of a letter in HTML, `&nbsp;`, at the start of
/// `rest`.
fn entity_length(rest: &str) -> Option<usize> {
    let end = rest.bytes().take(40).position(|byte| byte == b';')?;
    let name = rest[1..end].strip_prefix('#').unwrap_or(&rest[1..end]);
    let named = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    named.then_some(end + 1)
}
