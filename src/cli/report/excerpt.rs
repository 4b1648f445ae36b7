//! The lines of sources that findings are shown in, long ones cut.
//!
//! Input: the places of a finding. Output: what a report needs to print their
//! lines: of a long one only what is around the place, so that the line and the
//! caret below it fit a terminal. The numbers of lines and columns stay those of
//! the source.

use std::collections::BTreeMap;
use std::ops::Range;

use alternat::source::{Source, Span};
use alternat::text::letters::is_mark;
use codespan_reporting::files::{Error, Files};

/// Longer lines, in letters, are cut.
const LONGEST_LINE: usize = 100;

/// Stands where a line was cut.
const CUT: &str = "…";

/// The lines that one finding is shown in.
#[derive(Default)]
pub(super) struct Excerpts(Vec<Excerpt>);

/// The lines of one source, in the order in which they were asked for.
struct Excerpt {
    source: Source,
    text: String,
    lines: BTreeMap<usize, Line>,
}

/// One line, or what is left of it.
struct Line {
    /// Where it stands in the excerpt, with the marks of its cuts.
    shown: Range<usize>,
    /// The length of the mark before it.
    mark: usize,
    /// What it is in the source.
    kept: Range<usize>,
}

impl Excerpts {
    /// Adds the line on which a place starts. Returns the file and the range
    /// in which to point at it: a caret under a whole block of text would hide
    /// the text.
    pub(super) fn add(&mut self, span: &Span) -> (usize, Range<usize>) {
        let mut known = self.0.iter();
        let id = known.position(|file| file.source.is(span.source()));
        let id = id.unwrap_or_else(|| {
            self.0.push(Excerpt {
                source: span.source().clone(),
                text: String::new(),
                lines: BTreeMap::new(),
            });
            self.0.len() - 1
        });
        let start = span.range().start;
        let first = span.text().lines().next().unwrap_or_default().trim_end();
        (id, self.0[id].add(start..start + first.len()))
    }
}

impl Excerpt {
    fn add(&mut self, place: Range<usize>) -> Range<usize> {
        let index = self.source.line_of(place.start) - 1;
        let next = self.add_line(index, &place);
        // A line between two others is shown with them.
        if next < self.source.text().len() {
            self.add_line(index + 1, &(next..next));
        }
        let line = &self.lines[&index];
        let shown = |at: usize| {
            let at = at.clamp(line.kept.start, line.kept.end);
            line.shown.start + line.mark + at - line.kept.start
        };
        shown(place.start)..shown(place.end)
    }

    /// Adds a line, cut around `place`, and returns where the next one starts.
    fn add_line(&mut self, index: usize, place: &Range<usize>) -> usize {
        let whole = self.source.text();
        let start = whole[..place.start].rfind('\n').map_or(0, |at| at + 1);
        let length = whole[start..].find('\n');
        let end = length.map_or(whole.len(), |length| start + length);
        let line = &whole[start..end];
        let kept = window(line, place.start - start..place.end - start);
        let (left, right) = (kept.start > 0, kept.end < line.len());
        let from = self.text.len();
        self.lines.entry(index).or_insert_with(|| {
            let mark = |cut: bool| if cut { CUT } else { "" };
            let parts = [mark(left), &line[kept.clone()], mark(right), "\n"];
            self.text.extend(parts);
            Line {
                shown: from..self.text.len(),
                mark: mark(left).len(),
                kept: start + kept.start..start + kept.end,
            }
        });
        length.map_or(whole.len(), |_| end + 1)
    }

    /// Returns the index of the line at a byte of the excerpt, and the line.
    fn line_at(&self, byte: usize) -> Option<(usize, &Line)> {
        let mut lines = self.lines.iter();
        let found = lines.find(|(_, line)| line.shown.contains(&byte))?;
        Some((*found.0, found.1))
    }
}

/// Returns what is shown of a line: all, or as much around `place` as fits. No
/// letter is parted from its marks.
fn window(line: &str, place: Range<usize>) -> Range<usize> {
    let opens = |letter: char| !is_mark(letter) && letter != '\u{eb3}';
    let letters = line.char_indices().filter(|(_, letter)| opens(*letter));
    let letters: Vec<usize> = letters.map(|(at, _)| at).collect();
    if letters.len() <= LONGEST_LINE {
        return 0..line.len();
    }
    let index = |byte: usize| letters.partition_point(|at| *at < byte);
    let (first, last) = (index(place.start), index(place.end));
    let around = LONGEST_LINE.saturating_sub(last - first) / 2;
    let start = first.saturating_sub(around);
    let start = start.min(letters.len() - LONGEST_LINE);
    let end = letters.get(start + LONGEST_LINE).copied();
    // Marks at the start of a line belong to no letter.
    let start = if start == 0 { 0 } else { letters[start] };
    start..end.unwrap_or(line.len())
}

impl<'a> Files<'a> for Excerpts {
    type FileId = usize;
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, id: usize) -> Result<&'a str, Error> {
        Ok(self.0.get(id).ok_or(Error::FileMissing)?.source.name())
    }

    fn source(&'a self, id: usize) -> Result<&'a str, Error> {
        Ok(&self.0.get(id).ok_or(Error::FileMissing)?.text)
    }

    fn line_index(&'a self, id: usize, byte: usize) -> Result<usize, Error> {
        let file = self.0.get(id).ok_or(Error::FileMissing)?;
        let max = file.text.len();
        let line = file.line_at(byte);
        let line = line.ok_or(Error::IndexTooLarge { given: byte, max })?;
        Ok(line.0)
    }

    fn line_range(&'a self, id: usize, index: usize) -> Result<Range<usize>, Error> {
        let file = self.0.get(id).ok_or(Error::FileMissing)?;
        let max = file.lines.len();
        let line = file.lines.get(&index);
        let line = line.ok_or(Error::LineTooLarge { given: index, max })?;
        Ok(line.shown.clone())
    }

    fn column_number(&'a self, id: usize, _: usize, byte: usize) -> Result<usize, Error> {
        let file = self.0.get(id).ok_or(Error::FileMissing)?;
        let max = file.text.len();
        let line = file.line_at(byte);
        let (_, line) = line.ok_or(Error::IndexTooLarge { given: byte, max })?;
        let within = byte.saturating_sub(line.shown.start + line.mark);
        Ok(file.source.column_of(line.kept.start + within))
    }
}
