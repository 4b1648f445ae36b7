//! What a Markdown field may hold, and what its links may lead to.
//!
//! Input: the events of a field. Output: its faults, at their places in the file.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::diagnostic::{Diagnostic, Findings};
use crate::source::Span;

use super::super::mention::{is_to_annex, mentioned, referenced};
use super::dialect::{MAX_DEPTH, leads_somewhere, refusal, row_fault};

/// What the links of a field may lead to within the agreement, by id.
#[derive(Clone, Debug, Default)]
pub struct Known<'a> {
    /// The parties: `party:<id>`.
    pub parties: Vec<&'a str>,
    /// The clauses and points: `clause:<id>`.
    pub clauses: Vec<&'a str>,
    /// The annexes: `annex:<id>`.
    pub annexes: Vec<&'a str>,
}

/// Collects the faults of a field.
pub(super) struct Inspector<'a> {
    text: &'a str,
    span: &'a Span,
    known: &'a Known<'a>,
    /// How many lists and quotations are open.
    depth: usize,
    /// The number of columns of the open table.
    columns: Option<usize>,
    faults: &'a mut Findings,
    /// Whether the field has none of them yet.
    sound: bool,
    /// What cannot be typeset, and whether it is in a table; reported after the other
    /// faults.
    refused: Vec<(Range<usize>, &'static str, bool)>,
}

impl<'a> Inspector<'a> {
    pub(super) fn new(
        text: &'a str,
        span: &'a Span,
        known: &'a Known<'a>,
        faults: &'a mut Findings,
    ) -> Self {
        Self {
            text,
            span,
            known,
            depth: 0,
            columns: None,
            faults,
            sound: true,
            refused: Vec::new(),
        }
    }

    pub(super) fn definitions(&mut self, parser: &Parser<'_>) {
        let definitions = parser.reference_definitions().iter();
        let mut places: Vec<Range<usize>> = definitions
            .map(|(_, definition)| definition.span.clone())
            .collect();
        places.sort_by_key(|range| range.start);
        let places = places.into_iter();
        let refused = places.map(|range| (range, "@link-definition", false));
        self.refused.extend(refused);
    }

    /// Tells whether the field is still worth a tree.
    pub(super) fn is_content(&self) -> bool {
        self.sound && self.refused.is_empty()
    }

    pub(super) fn event(&mut self, event: &Event<'_>, range: &Range<usize>) {
        match event {
            Event::Start(Tag::BlockQuote(_) | Tag::List(_)) => {
                self.depth += 1;
                if self.depth == MAX_DEPTH + 1 {
                    let fault = Diagnostic::error("markdown-too-deep");
                    self.push(fault.at(&self.place(range)));
                }
            }
            Event::End(TagEnd::BlockQuote(_) | TagEnd::List(_)) => self.depth -= 1,
            Event::Start(Tag::Table(_)) if self.depth > 0 => {
                self.refused.push((range.clone(), "@table-in-list", false));
            }
            Event::Start(Tag::Table(align)) => self.columns = Some(align.len()),
            Event::End(TagEnd::Table) => self.columns = None,
            Event::Start(Tag::TableHead | Tag::TableRow) => self.row(range),
            Event::Start(Tag::Heading { .. }) => {
                self.refused.push((range.clone(), "@heading", false));
            }
            Event::Start(Tag::Link { dest_url, .. }) => self.link(dest_url, range),
            other => {
                let in_table = self.columns.is_some();
                let refused = refusal(other).map(|what| (range.clone(), what, in_table));
                self.refused.extend(refused);
            }
        }
    }

    fn row(&mut self, range: &Range<usize>) {
        let row = &self.text[range.clone()];
        if let Some(fault) = self.columns.and_then(|columns| row_fault(row, columns)) {
            let place = self.line(range);
            self.push(fault.at(&place));
        }
    }

    /// Returns where the line of a row stands in its file: of equal lines, the one with
    /// as many before it.
    fn line(&self, range: &Range<usize>) -> Span {
        let row = self.text[range.clone()].trim();
        let before = self.text[..range.start].lines();
        let before = before.filter(|line| line.trim() == row).count();
        let mut at = 0;
        let mut lines = self.span.text().split_inclusive('\n').filter_map(|line| {
            let start = at + line.len() - line.trim_start().len();
            at += line.len();
            (line.trim() == row).then(|| start..start + row.len())
        });
        match lines.nth(before) {
            Some(found) => self.span.part(found),
            None => self.place(range),
        }
    }

    fn link(&mut self, target: &str, range: &Range<usize>) {
        let fault = match (mentioned(target), referenced(target)) {
            (Some((party, _)), _) if !self.known.parties.contains(&party) => {
                let parties = self.known.parties.join(", ");
                let fault = Diagnostic::error("unknown-party").with("party", party);
                let known = self.known.parties.iter().copied();
                fault.with("parties", parties).nearest(party, known)
            }
            (None, Some(annex)) if is_to_annex(target) => {
                if self.known.annexes.contains(&annex) {
                    return;
                }
                let annexes = self.known.annexes.join(", ");
                let fault = Diagnostic::error("unknown-annex").with("annex", annex);
                let fault = fault.with("annexes", annexes).at(&self.place(range));
                return self.push(match self.known.clauses.contains(&annex) {
                    true => fault.hint("clause"),
                    false => {
                        let known = self.known.annexes.iter().copied();
                        fault.nearest(annex, known).hint("known")
                    }
                });
            }
            (None, Some(clause)) if !self.known.clauses.contains(&clause) => {
                let clauses = self.known.clauses.join(", ");
                let fault = Diagnostic::error("unknown-clause").with("clause", clause);
                let fault = fault.with("clauses", clauses);
                if self.known.annexes.contains(&clause) {
                    return self.push(fault.at(&self.place(range)).hint("annex"));
                }
                fault.nearest(clause, self.known.clauses.iter().copied())
            }
            (None, None) if !leads_somewhere(target) => {
                Diagnostic::error("link-target").with("target", target)
            }
            _ => return,
        };
        self.push(fault.at(&self.place(range)).hint("known"));
    }

    fn push(&mut self, fault: Diagnostic) {
        self.sound = false;
        self.faults.push(fault);
    }

    fn place(&self, range: &Range<usize>) -> Span {
        place(self.text, range, self.span)
    }

    pub(super) fn report_refused(mut self) {
        for (range, construct, in_table) in std::mem::take(&mut self.refused) {
            let fault = Diagnostic::error("cannot-typeset").with("construct", construct);
            let fault = match (in_table, construct) {
                (true, _) => fault.hint("cell"),
                (_, "@table-in-list") => fault.hint("apart"),
                _ => fault,
            };
            // What is only counted need not be looked for.
            let fault = match self.faults.is_full(fault.code) {
                true => fault,
                false => fault.at(&self.place(&range)),
            };
            self.push(fault);
        }
    }
}

/// Returns where a range of a field's text stands in its file, which may have
/// folded and indented it: the first words of the range are looked for there.
fn place(text: &str, range: &Range<usize>, span: &Span) -> Span {
    let slice = text.get(range.clone()).unwrap_or_default();
    span.find(slice.lines().next().unwrap_or_default().trim())
}
