//! What a Word file holds, before it is XML: paragraphs, tables and runs of words.
//! Lengths are in twips, a twentieth of a point each.

use crate::document::tree::Change;

use super::style::Style;

/// What stands below each other in a page or in a cell.
#[derive(Clone, Debug)]
pub(super) enum Flow {
    Paragraph(Paragraph),
    Table(Table),
    /// The pages up to here end, and those behind it are numbered from 1.
    Pages,
}

/// A paragraph.
#[derive(Clone, Debug)]
pub(super) struct Paragraph {
    pub(super) style: Style,
    /// The language of its words, as an index into those of the text.
    pub(super) language: usize,
    pub(super) side: Option<Side>,
    /// From the left margin, and of the first line from there.
    pub(super) left: i32,
    pub(super) first: i32,
    pub(super) right: i32,
    /// Above and below, where it is not that of the style.
    pub(super) spacing: Option<(i32, i32)>,
    /// Stands on the page of what follows.
    pub(super) stays: bool,
    /// Is not parted between pages.
    pub(super) whole: bool,
    /// Starts a page.
    pub(super) on_new_page: bool,
    /// Whether a line is drawn above it.
    pub(super) ruled: bool,
    /// Names what is in it.
    pub(super) bookmark: Option<String>,
    pub(super) runs: Vec<Run>,
}

impl Paragraph {
    /// Returns what became of all its words alike, if anything did.
    pub(super) fn change(&self) -> Option<Change> {
        let first = self.runs.first()?.look.change;
        let same = self.runs.iter().all(|run| run.look.change == first);
        first.filter(|_| same)
    }

    /// Returns a paragraph without words.
    pub(super) fn new(style: Style, language: usize) -> Self {
        Self {
            style,
            language,
            side: None,
            left: 0,
            first: 0,
            right: 0,
            spacing: None,
            stays: false,
            whole: false,
            on_new_page: false,
            ruled: false,
            bookmark: None,
            runs: Vec::new(),
        }
    }
}

/// Where the lines of a paragraph stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Center,
    Right,
    Both,
}

/// Words of one look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) content: Content,
    pub(super) look: Look,
}

/// How words look, and where they lead.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) strong: bool,
    pub(super) emph: bool,
    /// The dots of a blank.
    pub(super) blank: bool,
    /// The target, as the tree has it.
    pub(super) link: Option<String>,
    /// Whether they stand in the old text only, or in the new one.
    pub(super) change: Option<Change>,
}

/// What a run holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Content {
    Text(String),
    Tab,
    Break,
}

/// A table.
#[derive(Clone, Debug)]
pub(super) struct Table {
    pub(super) lines: Lines,
    pub(super) widths: Vec<i32>,
    /// From the left margin.
    pub(super) left: i32,
    pub(super) rows: Vec<Row>,
}

/// Which lines of a table are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lines {
    /// All.
    All,
    /// Those between languages that stand beside each other.
    Between,
    /// None.
    None,
}

/// A row of a table.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Comes again on each page that the table reaches.
    pub(super) is_header: bool,
    /// Is not parted between pages.
    pub(super) whole: bool,
    /// The exact height of a place to sign, or the least of a place to write.
    pub(super) height: Option<Height>,
    pub(super) cells: Vec<Cell>,
}

impl Row {
    /// Returns what became of all its words alike, if anything did.
    pub(super) fn change(&self) -> Option<Change> {
        let flow = self.cells.iter().flat_map(|cell| &cell.flow);
        let mut changes = flow.map(|it| match it {
            Flow::Paragraph(paragraph) => paragraph.change(),
            Flow::Table(_) | Flow::Pages => None,
        });
        let first = changes.next()??;
        changes.all(|change| change == Some(first)).then_some(first)
    }
}

/// How high a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Height {
    Exactly(i32),
    AtLeast(i32),
}

/// A cell of a table.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    /// How many columns it takes.
    pub(super) span: usize,
    /// Whether its words stand in the middle of its height.
    pub(super) in_middle: bool,
    pub(super) flow: Vec<Flow>,
}

impl Cell {
    /// Returns a cell of one column.
    pub(super) fn new(flow: Vec<Flow>) -> Self {
        Self {
            span: 1,
            in_middle: false,
            flow,
        }
    }
}
