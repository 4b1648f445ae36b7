//! The Markdown that texts are written in: CommonMark with pipe tables, without what
//! cannot be typeset.
//!
//! A table is read as GitHub reads it, but strictly: a row that lacks cells would be
//! filled up in silence, and what it has too many would be dropped.

use pulldown_cmark::{Event, Options, Tag};

use crate::diagnostic::Diagnostic;

/// What is read beyond CommonMark.
pub(super) const DIALECT: Options = Options::ENABLE_TABLES;

/// Lists and quotations within each other; deeper ones are refused.
pub(super) const MAX_DEPTH: usize = 12;

/// Returns what is wrong with a row of a table of so many columns, without a place.
pub(super) fn row_fault(row: &str, columns: usize) -> Option<Diagnostic> {
    let row = row.trim();
    let fault = Diagnostic::error("table-row").with("columns", columns.to_string());
    let open = row.starts_with('|');
    let closed = row.len() > 1 && row.ends_with('|') && !row.ends_with("\\|");
    let cells = bars(row) + 1 - usize::from(open) - usize::from(closed);
    let fault = fault.with("cells", cells.to_string());
    if !open || !closed {
        return Some(fault.hint("line").hint("below"));
    }
    match cells.cmp(&columns) {
        std::cmp::Ordering::Less => Some(fault.hint("few")),
        std::cmp::Ordering::Greater => Some(fault.hint("many")),
        std::cmp::Ordering::Equal => None,
    }
}

/// Returns how many signs of a row part its cells: a `\|` is a letter of a cell.
fn bars(row: &str) -> usize {
    let mut before = ' ';
    let mut bars = 0;
    for letter in row.chars() {
        bars += usize::from(letter == '|' && before != '\\');
        before = letter;
    }
    bars
}

/// Tells whether a link leads to a place that a reader can go to from paper or
/// screen: whatever else it could do, it does unseen.
pub(super) fn leads_somewhere(target: &str) -> bool {
    let target = target.to_ascii_lowercase();
    ["https://", "http://", "mailto:"].iter().any(|scheme| {
        target
            .strip_prefix(scheme)
            .is_some_and(|rest| !rest.is_empty())
    })
}

/// Names what an event stands for, if it cannot be typeset.
pub(super) fn refusal(event: &Event<'_>) -> Option<&'static str> {
    match event {
        Event::Html(_) | Event::InlineHtml(_) => Some("@html"),
        Event::Start(Tag::CodeBlock(_)) => Some("@code-block"),
        Event::Start(Tag::Image { .. }) => Some("@image"),
        Event::Rule => Some("@rule"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_have_a_cell_for_each_column() {
        for row in ["| ế | ນ້ຳ |", "|a|b|\n", r"| a \| b | |", "|||"] {
            assert!(row_fault(row, 2).is_none(), "{row}");
        }
        for (row, hint) in [
            ("| ế |", "few"),
            ("| a | b | c |", "many"),
            ("a | b", "line"),
            ("| a | b", "line"),
            (r"| a | b \|", "line"),
            ("Hai bên", "line"),
            ("|", "line"),
        ] {
            let fault = row_fault(row, 2).expect(row);
            assert_eq!(fault.hints.first().copied(), Some(hint), "{row}");
        }
    }
}
