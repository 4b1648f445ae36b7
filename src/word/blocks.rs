//! Blocks of the tree as paragraphs and tables. What each is made of is that of the PDF:
//! the same numbers and marks, as words of the text.

use crate::document::tree::{Align, Block, Inline, Number};
use crate::text::letters::is_mark;

use super::page::GUTTER;
use super::paper::{Cell, Content, Flow, Height, Lines, Look, Paragraph, Row, Run, Side, Table};
use super::style::Style;
use super::words::{runs, typed_mark};

/// How far points and items hang on their marks: 0.7 centimetres.
pub(super) const STEP: i32 = 397;

/// The least height of a row in which somebody will write by hand: 10 millimetres.
const BY_HAND: i32 = 567;

/// Where blocks stand, and how.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// The language, as an index.
    pub(super) language: usize,
    pub(super) style: Style,
    pub(super) side: Option<Side>,
    /// From the left margin.
    pub(super) left: i32,
    /// Of the first line of a paragraph, from there.
    pub(super) first: i32,
    /// Of lists and typed marks, from there.
    pub(super) inset: i32,
    /// From the left to the right margin.
    pub(super) width: i32,
    pub(super) strong: bool,
    pub(super) emph: bool,
    /// Whether the dots of blanks are set smaller.
    pub(super) dots: bool,
}

impl Place {
    fn look(&self) -> Look {
        Look {
            strong: self.strong,
            emph: self.emph,
            ..Look::default()
        }
    }

    /// Returns the same place `by` further from the left margin.
    pub(super) fn indented(self, by: i32) -> Self {
        Self {
            left: self.left + by,
            ..self
        }
    }

    /// Returns the same place in another style.
    pub(super) fn in_style(self, style: Style) -> Self {
        Self { style, ..self }
    }

    pub(super) fn runs(&self, body: &[Inline]) -> Vec<Run> {
        runs(body, &self.look(), self.dots)
    }
}

/// Returns blocks at a place.
pub(super) fn flow(blocks: &[Block], place: Place) -> Vec<Flow> {
    blocks.iter().flat_map(|it| block(it, place)).collect()
}

fn block(block: &Block, place: Place) -> Vec<Flow> {
    match block {
        Block::Paragraph { body } => vec![Flow::Paragraph(paragraph(body, place))],
        Block::Heading { level, body } => vec![Flow::Paragraph(heading(*level, body, place))],
        Block::List {
            start,
            paren,
            items,
        } => {
            let items = (0..).zip(items).flat_map(|(index, blocks)| {
                let number = start.map(|start| Number {
                    value: start.saturating_add(index),
                    paren: *paren,
                });
                item(&mark(number), blocks, place.indented(place.inset))
            });
            items.collect()
        }
        Block::Quote { body } => {
            let inner = place.indented(STEP).in_style(Style::Quotation);
            flow(body, Place { first: 0, ..inner })
        }
        Block::Table { align, head, rows } => vec![Flow::Table(table(align, head, rows, place))],
    }
}

/// Returns the mark of an item.
pub(super) fn mark(number: Option<Number>) -> String {
    number.map_or_else(|| "-".to_owned(), |number| number.to_string())
}

fn heading(level: u8, body: &[Inline], place: Place) -> Paragraph {
    let style = match level {
        0 | 1 => Style::Title,
        level => Style::Heading(level - 1),
    };
    Paragraph {
        side: place.side,
        stays: true,
        runs: place.runs(body),
        ..Paragraph::new(style, place.language)
    }
}

/// Returns a paragraph; one that opens with a typed mark hangs on it.
pub(super) fn paragraph(body: &[Inline], place: Place) -> Paragraph {
    let mark = match body.first() {
        Some(Inline::Text { text, .. }) => typed_mark(text).map(|end| &text[..end]),
        _ => None,
    };
    let (left, first) = match mark {
        Some(mark) => {
            let hangs = breadth(mark) + LETTER / 2;
            (place.left + place.inset + hangs, -hangs)
        }
        None => (place.left, place.first),
    };
    Paragraph {
        side: place.side,
        left,
        first,
        runs: place.runs(body),
        ..Paragraph::new(place.style, place.language)
    }
}

/// Returns an item that hangs on its mark, `STEP` from the left.
pub(super) fn item(mark: &str, blocks: &[Block], place: Place) -> Vec<Flow> {
    let style = match place.style {
        Style::BodyText | Style::Clause | Style::ItemContinued => Style::Item,
        other => other,
    };
    let (words, rest) = opening(blocks);
    let hung = Paragraph {
        side: place.side,
        left: place.left + STEP,
        first: -STEP,
        runs: marked(mark, Content::Tab, words, place),
        ..Paragraph::new(style, place.language)
    };
    let continued = match style {
        Style::Item => Style::ItemContinued,
        other => other,
    };
    let inner = Place {
        first: 0,
        inset: 0,
        ..place.indented(STEP).in_style(continued)
    };
    let mut item = vec![Flow::Paragraph(hung)];
    item.extend(flow(rest, inner));
    item
}

/// Returns the words that a mark stands before, and the blocks below them.
pub(super) fn opening(blocks: &[Block]) -> (&[Inline], &[Block]) {
    match blocks {
        [Block::Paragraph { body }, rest @ ..] => (body, rest),
        _ => (&[], blocks),
    }
}

/// Returns words behind their mark.
pub(super) fn marked(mark: &str, between: Content, words: &[Inline], place: Place) -> Vec<Run> {
    let run = |content| Run {
        content,
        look: place.look(),
    };
    let mut runs = vec![run(Content::Text(mark.to_owned()))];
    if !words.is_empty() {
        runs.push(run(between));
    }
    runs.extend(place.runs(words));
    runs
}

fn table(align: &[Align], head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>], place: Place) -> Table {
    // In a table that is empty but for its first column somebody will write by hand.
    let is_empty = |row: &Vec<Vec<Inline>>| row.iter().skip(1).all(Vec::is_empty);
    let by_hand = !rows.is_empty() && rows.iter().all(is_empty);
    let all = || std::iter::once(head).chain(rows.iter().map(Vec::as_slice));
    // A row never has more cells than the header, but the tree does not say so.
    let columns = all().map(<[_]>::len).max().unwrap_or_default().max(1);
    let cells = |row: &[Vec<Inline>], is_header: bool| {
        let cell = |column: usize| {
            let side = match align.get(column) {
                Some(Align::Left) | None => Side::Left,
                Some(Align::Center) => Side::Center,
                Some(Align::Right) => Side::Right,
            };
            let inner = Place {
                side: Some(side),
                left: 0,
                first: 0,
                inset: 0,
                strong: place.strong || is_header,
                ..place.in_style(Style::InTable)
            };
            let words = row.get(column).map_or(&[][..], Vec::as_slice);
            let words = Paragraph {
                side: inner.side,
                runs: inner.runs(words),
                ..Paragraph::new(inner.style, inner.language)
            };
            let mut cell = Cell::new(vec![Flow::Paragraph(words)]);
            cell.in_middle = by_hand;
            cell
        };
        Row {
            is_header,
            whole: true,
            height: (by_hand && !is_header).then_some(Height::AtLeast(BY_HAND)),
            cells: (0..columns).map(cell).collect(),
        }
    };
    let mut table_rows = vec![cells(head, true)];
    table_rows.extend(rows.iter().map(|row| cells(row, false)));
    let width = place.width - place.left;
    let widths = match by_hand {
        true => {
            let share = |column| if column == 0 { 3 } else { 2 };
            shared(width, &(0..columns).map(share).collect::<Vec<i32>>())
        }
        false => {
            let rows: Vec<&[Vec<Inline>]> = all().collect();
            widths(&rows, columns, width)
        }
    };
    Table {
        lines: Lines::All,
        widths,
        left: place.left,
        rows: table_rows,
    }
}

/// Returns how broad the columns of a table are: as their words where there is room for
/// them, else what is left beyond the longest word of each is shared out.
fn widths(rows: &[&[Vec<Inline>]], columns: usize, width: i32) -> Vec<i32> {
    let of = |column: usize, measure: &dyn Fn(&str) -> i32| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        let broadest = cells.map(|cell| measure(&plain(cell))).max();
        broadest.unwrap_or_default().max(LETTER) + GUTTER
    };
    // Letters that stand without spaces are parted somewhere.
    let longest = |text: &str| {
        let words = text.split([' ', '/']).map(breadth);
        words.max().unwrap_or_default().min(LONGEST * LETTER)
    };
    let most: Vec<i32> = (0..columns).map(|it| of(it, &breadth)).collect();
    if most.iter().sum::<i32>() <= width {
        return most;
    }
    let least: Vec<i32> = (0..columns).map(|it| of(it, &longest)).collect();
    let spare = width - least.iter().sum::<i32>();
    if spare <= 0 {
        return shared(width, &least);
    }
    let wish: Vec<i32> = most
        .iter()
        .zip(&least)
        .map(|(most, least)| most - least)
        .collect();
    let more = shared(spare, &wish).into_iter();
    least
        .iter()
        .zip(more)
        .map(|(least, more)| least + more)
        .collect()
}

/// So many letters of a word stand in one line at most.
const LONGEST: i32 = 12;

/// Parts a width by shares.
pub(super) fn shared(width: i32, shares: &[i32]) -> Vec<i32> {
    let total: i32 = shares.iter().sum::<i32>().max(1);
    let part = |share: &i32| i64::from(width) * i64::from(*share) / i64::from(total);
    shares.iter().map(|share| part(share) as i32).collect()
}

/// Returns the letters of words.
pub(super) fn plain(body: &[Inline]) -> String {
    let letters = body.iter().map(|inline| match inline {
        Inline::Text { text, .. } => text.clone(),
        Inline::Strong { body }
        | Inline::Emph { body }
        | Inline::Link { body, .. }
        | Inline::Changed { body, .. } => plain(body),
        Inline::Break => " ".to_owned(),
    });
    letters.collect()
}

/// About how broad a letter is.
const LETTER: i32 = 145;

/// Returns about how broad words are; marks stand above or below a letter.
pub(super) fn breadth(words: &str) -> i32 {
    let letters = words.chars().filter(|letter| !is_mark(*letter));
    letters.fold(0, |broad: i32, letter| {
        let capital = letter.is_uppercase();
        broad.saturating_add(if capital { LETTER * 4 / 3 } else { LETTER })
    })
}
