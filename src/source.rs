//! Texts and places in them.
//!
//! Every stage that reads text keeps a [`Span`] of it, so that a fault found
//! much later, in a glyph even, is still shown at the line that caused it.
//! This module never reads files: it is given text that was read elsewhere.

use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// A named text: an agreement, a template, a language pack.
///
/// Cloning is cheap; clones are the same source.
#[derive(Clone)]
pub struct Source(Arc<Inner>);

struct Inner {
    name: String,
    text: String,
    /// The byte at which each line starts, once that is asked.
    lines: OnceLock<Vec<usize>>,
}

impl Source {
    /// Gives `text` a name, by convention its path below the project's root.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self(Arc::new(Inner {
            name: name.into(),
            text: text.into(),
            lines: OnceLock::new(),
        }))
    }

    /// Returns the name under which the text is shown to people.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// Tells whether this is the same source as another, not only the same text.
    pub fn is(&self, other: &Source) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// Returns the whole text.
    pub fn text(&self) -> &str {
        &self.0.text
    }

    /// Returns the span of `range`, a range of bytes, clipped to the text and
    /// widened to whole characters.
    pub fn span(&self, range: Range<usize>) -> Span {
        let start = self.text().floor_char_boundary(range.start);
        let end = self.text().ceil_char_boundary(range.end.max(range.start));
        Span {
            source: self.clone(),
            range: start..end,
        }
    }

    /// Returns the span of the character at a 1-based line and 1-based column,
    /// counted in characters.
    pub fn span_at(&self, line: usize, column: usize) -> Span {
        let lines = self.lines();
        let before = lines.get(line.saturating_sub(1)).copied();
        let before = before.unwrap_or(self.text().len());
        let rest = &self.text()[before..];
        let mut letters = rest.char_indices().skip(column.saturating_sub(1));
        let (offset, width) = letters
            .next()
            .map_or((rest.len(), 0), |(at, letter)| (at, letter.len_utf8()));
        self.span(before + offset..before + offset + width)
    }

    /// Returns the 1-based column, in characters, of the byte `offset`.
    pub fn column_of(&self, offset: usize) -> usize {
        let end = self.text().floor_char_boundary(offset);
        let start = self.text()[..end].rfind('\n').map_or(0, |at| at + 1);
        self.text()[start..end].chars().count() + 1
    }

    /// Returns the 1-based line on which the byte `offset` stands.
    pub fn line_of(&self, offset: usize) -> usize {
        let end = self.text().floor_char_boundary(offset);
        self.lines().partition_point(|start| *start <= end)
    }

    fn lines(&self) -> &[usize] {
        self.0.lines.get_or_init(|| {
            let ends = self.text().match_indices('\n').map(|(at, _)| at + 1);
            std::iter::once(0).chain(ends).collect()
        })
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Source({:?})", self.name())
    }
}

/// A range of bytes in a source; both ends stand between characters.
#[derive(Clone)]
pub struct Span {
    source: Source,
    range: Range<usize>,
}

impl Span {
    /// Returns the source that the span lies in.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// Returns the range of bytes.
    pub fn range(&self) -> Range<usize> {
        self.range.clone()
    }

    /// Returns the text that the span covers.
    pub fn text(&self) -> &str {
        &self.source.text()[self.range.clone()]
    }

    /// Returns the span of the first occurrence of `needle` inside this one,
    /// or the whole span where it does not occur letter for letter.
    pub fn find(&self, needle: &str) -> Span {
        match self.text().find(needle) {
            Some(at) if !needle.is_empty() => {
                let start = self.range.start + at;
                self.source.span(start..start + needle.len())
            }
            _ => self.clone(),
        }
    }

    /// Returns the part of the span at `range`, counted from its own start.
    pub fn part(&self, range: Range<usize>) -> Span {
        let start = self.range.start + range.start;
        self.source
            .span(start..(self.range.start + range.end).min(self.range.end))
    }

    /// Tells whether `other` lies within this span.
    pub fn holds(&self, other: &Span) -> bool {
        self.source.name() == other.source.name()
            && self.range.start <= other.range.start
            && other.range.end <= self.range.end
    }

    /// Returns the 1-based line on which the span starts.
    pub fn line(&self) -> usize {
        self.source.line_of(self.range.start)
    }
}

impl Span {
    /// Returns the whole line on which the span starts.
    pub fn line_text(&self) -> &str {
        let lines = self.source.lines();
        let line = self.line();
        let end = lines.get(line).copied().unwrap_or(self.source.text().len());
        &self.source.text()[lines[line - 1]..end]
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{:?}", self.source.name(), self.range)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_never_split_a_letter() {
        let source = Source::new("x", "ນ້ຳ ề");
        assert_eq!(source.span(1..4).text(), "ນ້");
        assert_eq!(source.span(4..900).text(), "້ຳ ề");
    }

    #[test]
    fn finds_lines_and_columns_by_letter() {
        let source = Source::new("x", "một\nຕັ້ງ hai");
        assert_eq!(source.span_at(2, 6).text(), "h");
        assert_eq!(source.line_of(source.span_at(2, 6).range().start), 2);
        assert_eq!(source.span_at(9, 9).text(), "");
    }
}
