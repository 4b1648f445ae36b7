//! Rows of a table that no table holds: they would be printed as running text.
//!
//! Input: a typed text, and where in it the sign `|` is printed as it stands.
//! Output: a slip at the first of the lines that look like rows, with the line that
//! would make a table of them.

use std::ops::Range;

use super::slip::Slip;

/// The code of the slips.
pub(super) const UNREAD: &str = "table-unread";

/// Returns the slips of a text; `literal` are the bytes at which signs are printed
/// that Markdown could have acted on, in order.
pub(super) fn unread(typed: &str, literal: &[usize]) -> Vec<Slip> {
    let mut bars = literal
        .iter()
        .filter(|at| typed[**at..].starts_with('|'))
        .peekable();
    let mut slips = Vec::new();
    let mut group: Vec<Line> = Vec::new();
    let mut start = 0;
    for text in typed.split_inclusive('\n') {
        let end = start + text.len();
        let mut count = 0;
        while bars.next_if(|at| **at < end).is_some() {
            count += 1;
        }
        let line = Line::new(text, start, count);
        start = end;
        if !line.is_of(group.last()) {
            slips.extend(slip(&group));
            group.clear();
        }
        if line.bars > 0 || line.tabs > 0 {
            group.push(line);
        }
    }
    slips.extend(slip(&group));
    slips
}

/// Returns the first line of a plain value that looks like a row.
pub(super) fn first(value: &str) -> Option<Range<usize>> {
    let signs = value.match_indices('|').map(|(at, _)| at);
    let slips = unread(value, &signs.collect::<Vec<_>>());
    slips.into_iter().map(|slip| slip.range).next()
}

/// Tells whether a row has nothing but the marks that stand below a header.
pub(super) fn is_marks(row: &str) -> bool {
    let line = Line::new(row, 0, row.matches('|').count());
    line.is_row() && line.is_marks() && line.is_right()
}

/// A line that may be a row.
struct Line<'a> {
    words: &'a str,
    start: usize,
    /// How many signs `|` are printed.
    bars: usize,
    /// How many tabs stand between its words, as in a table pasted from a sheet.
    tabs: usize,
}

impl<'a> Line<'a> {
    fn new(text: &'a str, start: usize, bars: usize) -> Self {
        let indent = text.len() - text.trim_start().len();
        let words = text.trim();
        Self {
            words,
            start: start + indent,
            bars,
            tabs: match bars {
                0 => words.matches('\t').count(),
                _ => 0,
            },
        }
    }

    /// Tells whether the line goes on with the rows above it.
    fn is_of(&self, above: Option<&Line<'_>>) -> bool {
        above.is_none_or(|above| (self.bars > 0, self.tabs) == (above.bars > 0, above.tabs))
    }

    /// Tells whether the line is nothing but the marks below a header, right or wrong.
    fn is_marks(&self) -> bool {
        // The words of a mention may end with the line.
        let marks = self.words.split(']').next().unwrap_or_default();
        let sign = |c: char| matches!(c, '|' | '-' | '–' | '—' | '_' | '=' | '+' | ':' | ' ');
        marks.chars().all(sign) && marks.contains(['-', '–', '—', '_', '='])
    }

    /// Tells whether all marks are those that Markdown knows.
    fn is_right(&self) -> bool {
        let sign = |c: char| matches!(c, '|' | '-' | ':' | ' ');
        self.words.chars().all(sign)
    }

    fn is_row(&self) -> bool {
        self.bars > 1 && self.words.starts_with('|')
    }

    fn columns(&self) -> usize {
        let outer = self.words.starts_with('|');
        let closed = self.words.ends_with('|');
        match self.bars {
            0 => self.tabs + 1,
            bars => bars + 1 - usize::from(outer) - usize::from(closed && bars > 1),
        }
    }
}

/// Returns the slip of lines that stand under each other.
fn slip(group: &[Line<'_>]) -> Option<Slip> {
    let first = group.first()?;
    let many = |line: &Line<'_>| line.bars > 1;
    let rows = group.iter().any(|line| line.is_row() || line.is_marks());
    let grid = group.len() > 1 && (group.iter().all(many) || first.tabs > 0);
    if !rows && !grid {
        return None;
    }
    let second = group.get(1).filter(|line| line.is_marks());
    let hint = match second {
        _ if first.tabs > 0 => "tabs",
        Some(marks) if marks.is_right() && marks.columns() == first.columns() => "line",
        _ => "marks",
    };
    let range = first.start..first.start + first.words.len();
    let mut slip = Slip::new(UNREAD, range, &[hint]);
    slip.printed = Some(format!("|{}", " --- |".repeat(first.columns().min(20))));
    Some(slip)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(value: &str) -> Option<&str> {
        first(value).map(|range| &value[range])
    }

    #[test]
    fn rows_are_told_from_sentences() {
        for rows in [
            "| Tháng | Việc |\n| 1 | Họp |",
            "| ເດືອນ | ວຽກ |",
            "a | b\n---|---|---",
            "a | b\n==|==",
            "a | b | c\n1 | 2 | 3",
            "Tháng\tViệc\n1\tHọp",
            "a | [b\n--|--](party:x)",
        ] {
            let line = rows.lines().next();
            assert_eq!(found(rows), line, "{rows}");
        }
        for text in [
            "1900 | 1800 | 1700",
            "ế | ể",
            "ế |\nể | ễ",
            "a\tb",
            "ນ້ຳ\nຕັ້ງ",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
