//! Signature blocks: posts, room for signature and seal, names. No block is parted
//! between pages.

use crate::document::rows::Row as TextRow;
use crate::document::tree::Block;

use super::blocks::{self, Place};
use super::page::AREA;
use super::paper::{Cell, Flow, Height, Lines, Paragraph, Row, Side, Table};
use super::style::Style;

/// The room for a signature with its seal: 26 millimetres; 18 where nobody signs, because
/// each language has a block of its own.
const ROOM: i32 = 1474;
const ROOM_IN_COLUMN: i32 = 1020;

/// The room above a block: 12 points.
const ABOVE: i32 = 240;

/// Those who sign beside each other, once for all languages.
pub(super) struct Signers<'a> {
    /// A row for each signatory.
    pub(super) rows: &'a [TextRow<'a>],
    /// How many parties stand beside each other.
    pub(super) abreast: usize,
    /// Where the words of each language stand.
    pub(super) places: &'a [Place],
    /// The names of each row in each language.
    pub(super) names: &'a [Vec<String>],
}

impl Signers<'_> {
    /// Returns a table for each group of parties that sign beside each other; a party's
    /// further signatories stand below its first one.
    pub(super) fn tables(&self) -> Vec<Table> {
        let parties = self.parties();
        let groups = parties.chunks(self.abreast.max(1));
        groups.map(|group| self.table(group)).collect()
    }

    /// Returns the rows of each party, as indices.
    fn parties(&self) -> Vec<Vec<usize>> {
        let mut parties: Vec<Vec<usize>> = Vec::new();
        for (index, row) in self.rows.iter().enumerate() {
            let party = row.id.split('.').next().unwrap_or_default();
            match parties.last_mut() {
                Some(last) if row.id != party && self.rows[last[0]].id == party => {
                    last.push(index);
                }
                _ => parties.push(vec![index]),
            }
        }
        parties
    }

    fn table(&self, group: &[Vec<usize>]) -> Table {
        let width = AREA / i32::try_from(self.abreast.max(1)).unwrap_or(1);
        let tiers = group.iter().map(Vec::len).max().unwrap_or_default();
        let mut rows = Vec::new();
        for tier in 0..tiers {
            let signers = group.iter().map(|party| party.get(tier).copied());
            rows.extend(self.tier(&signers.collect::<Vec<_>>()));
        }
        end(&mut rows);
        let count = i32::try_from(group.len()).unwrap_or(1);
        Table {
            lines: Lines::None,
            widths: vec![width; group.len()],
            left: (AREA - width * count) / 2,
            rows,
        }
    }

    /// Returns the rows of those who stand beside each other: the posts of each language
    /// are level, and so are the rooms.
    fn tier(&self, signers: &[Option<usize>]) -> Vec<Row> {
        let languages = 0..self.places.len();
        let line = |signer: Option<usize>, language: usize, kind: Kind| {
            let place = self.places[language];
            let Some(signer) = signer else {
                return Vec::new();
            };
            let blocks = self.rows[signer].cells.get(language);
            let blocks = blocks.map_or(&[][..], Vec::as_slice);
            let name = self.names.get(signer).and_then(|names| names.get(language));
            line(blocks, kind, place, name)
        };
        let in_each = |kind: Kind| {
            let signers = signers.iter();
            let of = |language| {
                signers
                    .clone()
                    .map(move |it| cell(line(*it, language, kind)))
            };
            languages
                .clone()
                .map(|language| row(of(language).collect()))
                .collect::<Vec<_>>()
        };
        let room = signers.iter().map(|signer| {
            let of_all = languages
                .clone()
                .flat_map(|it| line(*signer, it, Kind::Room));
            in_room(of_all.collect())
        });
        let room = Row {
            height: Some(Height::Exactly(ROOM)),
            ..row(room.collect())
        };
        let mut rows = in_each(Kind::Post);
        rows.push(room);
        rows.extend(in_each(Kind::Name));
        rows
    }
}

/// Returns the rows of a signatory in the columns of the languages; `names` are its names
/// in each.
pub(super) fn in_columns(signer: &TextRow<'_>, places: &[Place], names: &[String]) -> Vec<Row> {
    let lines = |kind: Kind| {
        let places = places.iter().zip(names);
        let cells = signer.cells.iter().zip(places);
        cells.map(move |(blocks, (place, name))| line(blocks, kind, *place, Some(name)))
    };
    let room = Row {
        height: Some(Height::Exactly(ROOM_IN_COLUMN)),
        ..row(lines(Kind::Room).map(in_room).collect())
    };
    let mut rows = vec![
        row(lines(Kind::Post).map(cell).collect()),
        room,
        row(lines(Kind::Name).map(cell).collect()),
    ];
    end(&mut rows);
    rows
}

/// A line of a signature block.
#[derive(Clone, Copy)]
enum Kind {
    Post,
    /// What stands where the signature is in the original.
    Room,
    Name,
}

/// Returns a line of a block: the post is the first, the name the last.
fn line(blocks: &[Block], kind: Kind, place: Place, name: Option<&String>) -> Vec<Flow> {
    let (first, rest) = blocks.split_at(blocks.len().min(1));
    let (room, last) = rest.split_at(rest.len().saturating_sub(1));
    let (blocks, strong) = match kind {
        Kind::Post => (first, true),
        Kind::Room => (room, false),
        Kind::Name => (last, true),
    };
    let place = Place {
        side: Some(Side::Center),
        strong,
        emph: !strong,
        ..place
    };
    let mut flow = blocks::flow(blocks, place);
    for it in &mut flow {
        if let Flow::Paragraph(paragraph) = it {
            paragraph.stays = true;
        }
    }
    if let (Kind::Post, Some(Flow::Paragraph(post))) = (kind, flow.first_mut()) {
        post.spacing = Some((ABOVE, 0));
        post.bookmark = name.cloned();
    }
    flow
}

/// Returns a cell; one without words stays with what follows as well.
fn cell(mut flow: Vec<Flow>) -> Cell {
    if flow.is_empty() {
        flow.push(Flow::Paragraph(Paragraph {
            stays: true,
            ..Paragraph::new(Style::Signature, 0)
        }));
    }
    Cell::new(flow)
}

fn in_room(flow: Vec<Flow>) -> Cell {
    Cell {
        in_middle: true,
        ..cell(flow)
    }
}

fn row(cells: Vec<Cell>) -> Row {
    Row {
        is_header: false,
        whole: true,
        height: None,
        cells,
    }
}

/// Lets what follows the last row stand on another page.
fn end(rows: &mut [Row]) {
    let cells = rows.last_mut().into_iter().flat_map(|row| &mut row.cells);
    for it in cells.flat_map(|cell| &mut cell.flow) {
        if let Flow::Paragraph(paragraph) = it {
            paragraph.stays = false;
        }
    }
}
