//! Which lines of a text begin as points do.
//!
//! Input: a text. Output: its lines with their marks, and how grave it is that one
//! that begins so is joined with the line before.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diagnostic::Severity;

use super::mark::{Kind, Mark, Surety, mark};

/// One line of a text.
pub(super) struct Line {
    pub(super) start: usize,
    /// Its words, without white space and marks of quotations.
    pub(super) words: Range<usize>,
    pub(super) mark: Option<Mark>,
}

/// The lines of a text.
pub(super) struct Openings<'a> {
    pub(super) text: &'a str,
    pub(super) lines: Vec<Line>,
    /// How many lines begin with each kind.
    counts: BTreeMap<Kind, usize>,
}

impl<'a> Openings<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let mut lines = Vec::new();
        let mut counts = BTreeMap::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let range = super::text::trimmed(text, start..start + line.len());
            let bare = text[range.clone()].trim_start_matches(['>', ' ']);
            let mark = mark(bare);
            if let Some(mark) = mark {
                *counts.entry(mark.kind).or_default() += 1;
            }
            let words = range.end - bare.len()..range.end;
            lines.push(Line { start, words, mark });
            start += line.len();
        }
        Self {
            text,
            lines,
            counts,
        }
    }

    /// Returns the number of the line that has the byte `at`.
    fn line(&self, at: usize) -> usize {
        self.lines
            .partition_point(|line| line.start <= at)
            .saturating_sub(1)
    }

    /// Returns the words of the line above the byte `at`, without closing marks.
    pub(super) fn line_before(&self, at: usize) -> &'a str {
        let before = self
            .line(at)
            .checked_sub(1)
            .map_or(0..0, |line| self.lines[line].words.clone());
        self.text[before].trim_end_matches(['*', '_', '"', '”', '\\', ' '])
    }

    /// Returns the length of the mark of the line at the byte `at`, how grave it is
    /// that the line is joined with the one before, and whether it is a table's row.
    pub(super) fn at(&self, at: usize, in_parens: bool) -> Option<(usize, Severity, bool)> {
        let index = self.line(at);
        let Some(mark) = self.lines.get(index)?.mark else {
            return self.unmarked(index);
        };
        // "(điểm 1 và\n2) của": the end of a parenthesis.
        if mark.kind == Kind::Paren && in_parens {
            return None;
        }
        let introduced = self.line_before(at).ends_with([':', ';', '.']);
        let confirmed = introduced || self.counts.get(&mark.kind).is_some_and(|count| *count > 1);
        let severity = match mark.surety {
            Surety::Sure => Severity::Error,
            _ if confirmed => Severity::Error,
            Surety::Likely => Severity::Warning,
            Surety::Confirmed => return None,
        };
        let table = matches!(mark.kind, Kind::Table | Kind::Column);
        Some((mark.length, severity, table))
    }

    /// Looks at a line without a mark. Two lines in a row that end in a semicolon, or
    /// one below a colon, are probably points that were typed under each other.
    fn unmarked(&self, index: usize) -> Option<(usize, Severity, bool)> {
        let ends = |index: usize, marks: &[char]| {
            let words = self
                .lines
                .get(index)
                .map(|line| &self.text[line.words.clone()]);
            words.is_some_and(|words| words.ends_with(marks))
        };
        let before = index.checked_sub(1)?;
        let listed = ends(before, &[':', ';']) && ends(index, &[';'])
            || ends(before, &[';']) && index > 1 && ends(index - 2, &[':', ';']);
        let line = &self.text[self.lines[index].words.clone()];
        let word = line.split_whitespace().next()?.len();
        let goes_on = line.starts_with(char::is_lowercase);
        (listed && !goes_on).then_some((word, Severity::Warning, false))
    }
}
