//! Paragraphs, lists, quotations and tables, beside the text that they were typed in.

use std::ops::Range;

use crate::diagnostic::Severity;
use crate::document::tree::{Block, Inline};

use super::super::rows;
use super::super::slip::Slip;
use super::{Explained, Walk};

impl Walk<'_> {
    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        let mut after_paragraph = false;
        for block in blocks {
            self.inside = false;
            self.parens = 0;
            match block {
                Block::Heading { body, .. } | Block::Paragraph { body } => self.inlines(body),
                Block::List {
                    start,
                    paren,
                    items,
                } => self.list(*start, *paren, items, after_paragraph),
                Block::Table { head, rows, .. } => self.table(head, rows),
                Block::Quote { body } => {
                    self.space();
                    let start = self.at;
                    let below = after_paragraph && !self.openings.line_before(start).is_empty();
                    if self.take(">") {
                        let apart = self.typed[self.at..].starts_with([' ', '\t', '\n', '>']);
                        let hint = match apart {
                            true if !below || self.joins => None,
                            true => Some("quotation"),
                            false => Some("greater"),
                        };
                        let slip = |hint| Slip::new("typed-not-printed", start..start + 1, &[hint]);
                        self.slips.extend(hint.map(slip));
                    }
                    self.quotes += 1;
                    self.blocks(body);
                    self.inside = false;
                    self.space();
                    self.quotes -= 1;
                }
            }
            after_paragraph = matches!(block, Block::Paragraph { .. });
        }
    }

    fn list(&mut self, start: Option<u64>, paren: bool, items: &[Vec<Block>], interrupts: bool) {
        let stop = if paren { ')' } else { '.' };
        for (index, item) in items.iter().enumerate() {
            self.inside = false;
            self.space();
            while matches!(self.explain(None), Explained::Skipped) {
                self.space();
            }
            let rest = &self.typed[self.at..];
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            let length = (digits + 1).min(rest.len());
            let marked = match start {
                Some(_) => digits > 0 && rest[digits..].starts_with(['.', ')']),
                None => rest.starts_with(['-', '*', '+']),
            };
            if !marked {
                return self.lose();
            }
            let range = self.at..self.at + length;
            if index == 0 && interrupts {
                self.accident(&range, items);
            }
            self.compare_mark(
                range.clone(),
                start.map(|start| (start + index as u64, stop)),
            );
            self.items.push(self.column());
            self.at = range.end;
            self.blocks(item);
            self.items.pop();
        }
    }

    fn table(&mut self, head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) {
        self.in_table = true;
        self.row(head);
        // The line below the header says how the columns are aligned.
        self.space();
        let marks = self.typed[self.at..].lines().next();
        self.at += marks.map_or(0, str::len);
        for row in rows {
            self.space();
            let line = self.typed[self.at..].lines().next().unwrap_or_default();
            // The marks of a second table, which is read as rows of the first.
            if rows::is_marks(line) {
                let range = self.at..self.at + line.trim_end().len();
                self.slips
                    .push(Slip::new("mark-left-over", range, &["tables"]));
            }
            self.row(row);
        }
        self.in_table = false;
    }

    fn row(&mut self, cells: &[Vec<Inline>]) {
        self.inside = false;
        self.space();
        if !self.take("|") {
            return self.lose();
        }
        for cell in cells {
            self.parens = 0;
            self.inlines(cell);
            self.space();
            while !self.lost && !self.take("|") {
                match self.explain(None) {
                    Explained::No => self.lose(),
                    Explained::Skipped | Explained::Printed => self.space(),
                }
            }
        }
        self.inside = false;
    }

    /// Compares the mark of an item with the one that is printed.
    fn compare_mark(&mut self, range: Range<usize>, number: Option<(u64, char)>) {
        let typed = &self.typed[range.clone()];
        let (printed, hint) = match number {
            None if typed == "+" => ("-".to_owned(), "plus"),
            None => return,
            Some((number, stop)) => {
                let zero = typed.starts_with('0') && number > 0;
                let hint = if zero { "zero" } else { "count" };
                (format!("{number}{stop}"), hint)
            }
        };
        if typed != printed {
            let mut slip = Slip::new("mark-changed", range, &[hint]);
            slip.printed = Some(printed);
            self.slips.push(slip);
        }
    }

    /// Tells a list from a line that only begins like one: an item right below a
    /// line that does not introduce it.
    fn accident(&mut self, mark: &Range<usize>, items: &[Vec<Block>]) {
        let before = self.openings.line_before(mark.start);
        // A list within a list is indented, which nobody does by accident.
        let nested = !self.items.is_empty();
        if self.joins || nested || before.is_empty() {
            return;
        }
        let item = self.typed[mark.end..].trim_start();
        let figure = item.starts_with(|c: char| c.is_numeric());
        let introduced = before.ends_with([':', ';', '.', '…']);
        if !introduced && (figure || !before.ends_with(',')) {
            let mut slip = Slip::new("accidental-list", mark.clone(), &["wrap", "blank"]);
            if items.len() > 1 && !figure {
                slip.severity = Severity::Warning;
            }
            self.slips.push(slip);
        }
    }
}
