//! How lines begin that are points to a reader: `a)`, `1.1.`, `•`, `ກ)`.
//!
//! Input: a typed text, or the file's own lines of it. Output: the lines that
//! begin so, and which of them YAML joins with the line before.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diagnostic::Severity;
use crate::source::Span;
use crate::text::letters::digit;

use super::rows::UNREAD;
use super::slip::Slip;
use super::text::lower;

/// A kind of mark; lines with the same kind confirm each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Bullet,
    Table,
    /// `(1)`
    Enclosed,
    /// `a)`, `1)`
    Paren,
    /// `a.`, `ກ.`
    Letter,
    /// `1.`
    Number,
    /// `1.1`
    Decimal,
    /// `Điều 1`, `ມາດຕາ 1`
    Article,
    /// `1/`, `a/`
    Slash,
    /// `1-`
    Dash,
    /// `1:`
    Colon,
    /// `1.Trao đổi`
    Tight,
    /// `Thứ nhất`, `Một là`
    Word,
    /// Columns set apart by tabs, bars or spaces.
    Column,
}

/// How sure it is that a point begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Surety {
    Sure,
    /// Probably; running text may begin so too.
    Likely,
    /// Only beside others, or below a line that introduces it.
    Confirmed,
}

/// A mark at the start of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Opening {
    length: usize,
    kind: Kind,
    surety: Surety,
}

/// What stands before a dash when it opens a line.
const BULLETS: &str = "•·●○▪■◦‣⁃–—−-+*►▶✓✔→❖♦➢";

/// What stands for a bullet in texts pasted from Word, whose bullets are signs of the
/// face Wingdings. A line of running text may begin so.
const PASTED: &str = "§Øüvqo";

/// Words that number the parts of a document.
const ARTICLES: [&str; 13] = [
    "điều",
    "khoản",
    "mục",
    "chương",
    "phần",
    "điểm",
    "article",
    "section",
    "ມາດຕາ",
    "ຂໍ້",
    "ພາກ",
    "ໝວດ",
    "ຈຸດ",
];

/// Words that number the points of a text.
const ORDINALS: [&str; 14] = [
    "Thứ nhất",
    "Thứ hai",
    "Thứ ba",
    "Thứ tư",
    "Thứ năm",
    "Một là",
    "Hai là",
    "Ba là",
    "Bốn là",
    "Năm là",
    "ທີໜຶ່ງ",
    "ທີສອງ",
    "ໜຶ່ງແມ່ນ",
    "ສອງແມ່ນ",
];

/// Reads the mark that `line` begins with.
fn opening(line: &str) -> Option<Opening> {
    if line.starts_with('|') && line.matches('|').count() > 1 {
        let (length, kind) = (1, Kind::Table);
        return Some(Opening {
            length,
            kind,
            surety: Surety::Sure,
        });
    }
    if let Some(colons) = line.starts_with(":::").then_some(3) {
        let kind = Kind::Table;
        return Some(Opening {
            length: colons,
            kind,
            surety: Surety::Sure,
        });
    }
    bullet(line).or_else(|| {
        // The mark itself may be bold: `**a)** …`.
        let bare = line.trim_start_matches(['*', '_']);
        let stars = line.len() - bare.len();
        let mark = numbered(bare)
            .or_else(|| article(bare))
            .or_else(|| ordinal(bare))
            .or_else(|| columns(bare))?;
        let length = stars + mark.length;
        Some(Opening { length, ..mark })
    })
}

/// Reads a word such as `Thứ nhất` at the start of a line.
fn ordinal(line: &str) -> Option<Opening> {
    let word = ORDINALS.iter().find(|word| line.starts_with(**word))?;
    let rest = &line[word.len()..];
    rest.starts_with([',', ':', ' ', '*']).then_some(Opening {
        length: word.len(),
        kind: Kind::Word,
        surety: Surety::Confirmed,
    })
}

/// Reads the first of several columns, which only look like columns.
fn columns(line: &str) -> Option<Opening> {
    let gap = [line.find('\t'), line.find("   "), line.find(" | ")];
    let length = gap.into_iter().flatten().min()?;
    (length > 0).then_some(Opening {
        length,
        kind: Kind::Column,
        surety: Surety::Confirmed,
    })
}

fn bullet(line: &str) -> Option<Opening> {
    let sign = line.chars().next()?;
    let length = sign.len_utf8();
    let next = line[length..].chars().next();
    let spaced = next.is_none_or(char::is_whitespace);
    let pasted = PASTED.contains(sign) && spaced;
    // The letters of such faces themselves.
    let symbol = ('\u{f000}'..='\u{f0ff}').contains(&sign);
    if !pasted && !symbol && !BULLETS.contains(sign) {
        return None;
    }
    let worded = next.is_some_and(char::is_alphabetic);
    let opens = match sign {
        '+' | '*' => spaced,
        '-' | '–' | '—' | '−' => spaced || worded,
        _ => true,
    };
    let surety = if pasted {
        Surety::Confirmed
    } else {
        Surety::Sure
    };
    let kind = Kind::Bullet;
    opens.then_some(Opening {
        length,
        kind,
        surety,
    })
}

/// One part of a number such as `1.a`.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    Figures { count: usize, zero: bool, lao: bool },
    Small,
    Capital,
    Lao,
}

/// Reads a part at the start of `text`, with its length.
fn part(text: &str) -> Option<(Part, usize)> {
    let first = text.chars().next()?;
    let figures: usize = text
        .chars()
        .map_while(|c| digit(c).map(|_| c.len_utf8()))
        .sum();
    if figures > 0 {
        let lao = first.len_utf8() > 1;
        let count = text[..figures].chars().count();
        let zero = digit(first) == Some(0);
        return Some((Part::Figures { count, zero, lao }, figures));
    }
    if ('\u{e81}'..='\u{eae}').contains(&first) {
        return Some((Part::Lao, first.len_utf8()));
    }
    let roman = |c: &char| matches!(c.to_ascii_lowercase(), 'i' | 'v' | 'x');
    let length = match text.chars().take_while(roman).count() {
        0 if first.is_alphabetic() => first.len_utf8(),
        1..=5 if text.starts_with(|c| roman(&c)) => text.chars().take_while(roman).count(),
        _ => return None,
    };
    let part = if first.is_lowercase() {
        Part::Small
    } else {
        Part::Capital
    };
    Some((part, length))
}

fn numbered(text: &str) -> Option<Opening> {
    let enclosed = text.starts_with('(');
    let mut length = usize::from(enclosed);
    let (first, width) = part(&text[length..])?;
    length += width;
    let (mut parts, mut last) = (1, first);
    while let Some(rest) = text[length..].strip_prefix('.')
        && let Some((next @ Part::Figures { .. }, width)) = part(rest)
    {
        length += 1 + width;
        parts += 1;
        last = next;
    }
    let stop = text[length..].chars().next();
    let after = |stop: usize| {
        let rest = text[length + stop..].trim_start_matches(['*', '_']);
        rest.is_empty() || rest.starts_with(char::is_whitespace)
    };
    let (kind, surety) = match (enclosed, stop) {
        (true, Some(')')) => (Kind::Enclosed, sure_enclosed(first, parts)?),
        (true, _) => return None,
        (false, Some(')')) => (Kind::Paren, sure_paren(first)?),
        (false, Some('.')) if after(1) && parts == 1 => sure_stop(first)?,
        (false, Some('/')) if after(1) && parts == 1 => (Kind::Slash, short(first)?),
        (false, Some('-')) if after(1) && parts == 1 => (Kind::Dash, figures(first)?),
        (false, Some(':')) if after(1) && parts == 1 => (Kind::Colon, figures(first)?),
        (false, Some('.')) if parts == 1 && text[length + 1..].starts_with(char::is_alphabetic) => {
            (Kind::Tight, figures(first)?)
        }
        (false, Some('.')) if after(1) => (Kind::Decimal, sure_decimal(first, last, true)?),
        (false, _) if after(0) && parts > 1 => (Kind::Decimal, sure_decimal(first, last, false)?),
        _ => return None,
    };
    length += stop
        .filter(|stop| matches!(stop, ')' | '.' | '/' | '-' | ':'))
        .map_or(0, char::len_utf8);
    Some(Opening {
        length,
        kind,
        surety,
    })
}

/// Marks that running text may begin a line with: only beside others.
fn short(first: Part) -> Option<Surety> {
    match first {
        Part::Figures { count, .. } if count > 2 => None,
        _ => Some(Surety::Confirmed),
    }
}

fn figures(first: Part) -> Option<Surety> {
    matches!(first, Part::Figures { .. }).then(|| short(first))?
}

fn sure_enclosed(first: Part, parts: usize) -> Option<Surety> {
    match first {
        // "hai (02) bản" is broken before the parenthesis as often as not.
        Part::Figures { zero: true, .. } => None,
        Part::Figures { count, .. } if count > 2 || parts > 1 => None,
        Part::Figures { .. } => Some(Surety::Confirmed),
        _ => Some(Surety::Sure),
    }
}

fn sure_paren(first: Part) -> Option<Surety> {
    match first {
        Part::Figures { count, .. } if count > 2 => None,
        _ => Some(Surety::Sure),
    }
}

fn sure_stop(first: Part) -> Option<(Kind, Surety)> {
    match first {
        // A sentence may end in a year, or in a number.
        Part::Figures { count, .. } if count > 2 => None,
        Part::Figures { lao: true, .. } => Some((Kind::Number, Surety::Sure)),
        Part::Figures { .. } => Some((Kind::Number, Surety::Likely)),
        Part::Small | Part::Lao => Some((Kind::Letter, Surety::Sure)),
        Part::Capital => Some((Kind::Letter, Surety::Confirmed)),
    }
}

fn sure_decimal(first: Part, last: Part, stopped: bool) -> Option<Surety> {
    let long =
        |part: Part, most: usize| matches!(part, Part::Figures { count, .. } if count > most);
    // A date, or thousands: `1.000 đồng`.
    let number = long(first, 2) || long(last, 2);
    let letter = !matches!(first, Part::Figures { .. });
    (!number && (stopped || !letter)).then_some(Surety::Likely)
}

fn article(text: &str) -> Option<Opening> {
    let word: usize = text
        .chars()
        .take_while(|c| !c.is_whitespace() && digit(*c).is_none())
        .map(char::len_utf8)
        .sum();
    let lao = text.starts_with(super::text::is_lao);
    let known = lower(&text[..word]);
    if !ARTICLES.contains(&known.trim()) {
        return None;
    }
    let space = text[word..].len() - text[word..].trim_start().len();
    let (_, width) =
        part(&text[word + space..]).filter(|(part, _)| !matches!(part, Part::Small | Part::Lao))?;
    let length = word + space + width;
    let rest = text[length..].trim_start_matches(['*', '_']);
    let stopped = rest.starts_with(['.', ':', ')']);
    let whole = stopped || rest.is_empty() || rest.starts_with(char::is_whitespace);
    let surety = if stopped || lao {
        Surety::Likely
    } else {
        Surety::Confirmed
    };
    let kind = Kind::Article;
    whole.then_some(Opening {
        length,
        kind,
        surety,
    })
}

/// One line of a text.
struct Line {
    start: usize,
    /// Its words, without white space and marks of quotations.
    words: Range<usize>,
    mark: Option<Opening>,
}

/// The lines of a text.
pub(super) struct Openings<'a> {
    text: &'a str,
    lines: Vec<Line>,
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
            let mark = opening(bare);
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
    fn points_are_told_from_running_text() {
        for line in [
            "a) Trao đổi",
            "đ) x",
            "1) x",
            "ກ) ຂ",
            "i) x",
            "iii) x",
            "a. Trao",
            "ກ. ຂ",
            "1.1. Hai",
            "1.1 Hai",
            "1.2.3 x",
            "(1) x",
            "(a) x",
            "• x",
            "•x",
            "+ x",
            "- x",
            "– Trao",
            "-Trao",
            "— x",
            "໑. x",
            "໒) x",
            "Điều 1. x",
            "ມາດຕາ 1 x",
            "Khoản 2: x",
            "**a)** x",
            "**Điều 3.** x",
            "| a | b |",
            "12. x",
            "II. x",
        ] {
            assert!(opening(line).is_some(), "{line}");
        }
        for line in [
            "(02) bản",
            "2027. Hai bên",
            "1.000 đồng",
            "1.1.2027 x",
            "-2030",
            "+84 x",
            "*x* y",
            "v.v. và",
            "Hai bên",
            "ນ້ຳ",
            "2,5 triệu",
            "09/8/2021",
            "| x",
            "điều này",
            "(phụ nữ)",
            "ກະຊວງ",
            "Điều kiện",
            "2027) x",
            "vii",
            "28.11.2022",
        ] {
            assert_eq!(opening(line), None, "{line}");
        }
    }

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
