//! Lines of a file that are points to a reader, and that YAML joins with the line before.
//!
//! Input: where a text stands in its file. Output: the lines that are joined.

use crate::source::Span;

use super::openings::{Line, Openings};
use super::rows::UNREAD;
use super::slip::Slip;

/// How a text stands in its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// `|`: each line is a line.
    Literal,
    /// `>`: lines are joined, empty ones end a paragraph.
    Folded,
    /// In quotation marks, or bare: joined likewise.
    Flow,
}

impl Style {
    /// Tells the style of the text at `span`, by the sign before it.
    pub(super) fn of(span: &Span) -> Self {
        let before = &span.source().text()[..span.range().start];
        let header = before.trim_end();
        if !before[header.len()..].contains('\n') {
            return Style::Flow;
        }
        let line = header.lines().next_back().unwrap_or_default();
        let line = line.split(" #").next().unwrap_or_default().trim_end();
        let sign = line.rsplit([' ', '\t']).next().unwrap_or_default();
        let indicators = |rest: &str| {
            let mut rest = rest.chars();
            rest.all(|c| c.is_ascii_digit() || matches!(c, '-' | '+'))
        };
        match sign.split_at_checked(1) {
            Some(("|", rest)) if indicators(rest) => Style::Literal,
            Some((">", rest)) if indicators(rest) => Style::Folded,
            _ => Style::Flow,
        }
    }

    /// Tells whether a single line end of the text is an empty line of the file.
    pub(super) fn joins_paragraphs(self, raw: &str) -> bool {
        match self {
            Style::Literal => false,
            Style::Folded => true,
            Style::Flow => !raw.contains("\\n"),
        }
    }
}

/// Returns the lines of the file that begin as points do and that YAML joins with
/// the line before, as ranges of `span`.
pub(super) fn folded(span: &Span, style: Style) -> Vec<Slip> {
    let raw = span.text();
    let mut slips = Vec::new();
    if style == Style::Literal || !raw.contains('\n') {
        return slips;
    }
    let lines = Openings::of(raw);
    let mut parens = 0_usize;
    let mut told = false;
    for (index, line) in lines.lines.iter().enumerate() {
        if lines.joins(index, span, style) {
            let mut joined = lines.joined(line, parens > 0);
            // One finding for all rows of tables.
            joined = joined.filter(|slip| slip.code != UNREAD || !told);
            told |= joined.as_ref().is_some_and(|slip| slip.code == UNREAD);
            slips.extend(joined);
        }
        if line.words.is_empty() {
            parens = 0;
        }
        for letter in raw[line.words.clone()].chars() {
            match letter {
                '(' => parens += 1,
                ')' => parens = parens.saturating_sub(1),
                _ => {}
            }
        }
    }
    slips
}

impl Openings<'_> {
    /// Tells whether YAML joins a line of the text at `span` with the one before:
    /// neither is empty nor, below `>`, indented more than the first one.
    fn joins(&self, index: usize, span: &Span, style: Style) -> bool {
        let before = &span.source().text()[..span.range().start];
        let first = before.len() - before.rfind('\n').map_or(0, |end| end + 1);
        let indent = |index: usize| {
            let line = &self.text[self.lines[index].start..];
            let spaces = line.len() - line.trim_start_matches([' ', '\t']).len();
            spaces + if index == 0 { first } else { 0 }
        };
        let kept = |index: usize| style == Style::Folded && indent(index) > indent(0);
        let empty = |index: usize| self.lines[index].words.is_empty();
        index > 0
            && ![index - 1, index]
                .into_iter()
                .any(|line| empty(line) || kept(line))
    }

    /// Returns the slip where a line begins as a point or a quotation does.
    fn joined(&self, line: &Line, in_parens: bool) -> Option<Slip> {
        let before = &self.text[line.start..line.words.start];
        if let Some(at) = before.find('>') {
            let start = line.start + at;
            return Some(Slip::new(
                "line-joined",
                start..start + 1,
                &["fold", "wrap"],
            ));
        }
        // Without a mark, to join the lines is what these styles are for.
        let start = line.mark.map(|_| line.words.start)?;
        let (length, severity, table) = self.at(start, in_parens)?;
        let range = start..start + length;
        if table {
            return Some(Slip::new(UNREAD, start..line.words.end, &["fold"]));
        }
        let mut slip = Slip::new("line-joined", range, &["fold", "wrap"]);
        slip.severity = severity;
        Some(slip)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn lines_that_yaml_joins() {
        let found = |file: &str| {
            let start = file.find("Hai").or(file.find("(đ")).expect("words");
            let span = Source::new("x", format!("vi: {file}")).span(start + 4..file.len() + 4);
            let slips = folded(&span, Style::of(&span));
            let marks = slips
                .iter()
                .map(|slip| span.text()[slip.range.clone()].to_owned());
            marks.collect::<Vec<_>>()
        };
        assert_eq!(found(">-\n  Hai bên:\n  - ế;\n  - ນ້ຳ."), ["-", "-"]);
        assert_eq!(found(">-  # so\n  Hai bên:\n\n  a) ế\n\n  b) ນ້ຳ"), [""; 0]);
        assert_eq!(found("\"Hai bên:\n  a) ế\""), ["a)"]);
        assert_eq!(found("|2-\n  Hai bên:\n  a) ế"), [""; 0]);
        assert_eq!(found(">\n  (điều 1 và\n  2) ế"), [""; 0]);
    }
}
