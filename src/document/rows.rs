//! A text in the rows of its pages: what stands beside each other, and what follows.
//!
//! Input: the texts of an edition, paired part by part. Output: its sections, each with
//! rows of one cell for each language. `document.json` has them in exactly this shape,
//! and Word files are made of them as well.

use std::collections::BTreeSet;

use serde::Serialize;

use super::level;
use super::lift::{self, Piece};
use super::mention::referenced;
use super::tree::{Block, Event, Node, Parallel, ParallelSection, Role, Unit, walk};

/// A section of a text.
#[derive(Clone, Debug, Serialize)]
pub struct Section<'a> {
    /// What it is for.
    pub role: Role,
    /// How many parties sign beside each other.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub abreast: Option<usize>,
    /// Whether the signatures surely stand on one page with what comes along.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub short: Option<bool>,
    /// Its rows.
    pub rows: Vec<Row<'a>>,
}

/// A row: a part in every language, or a piece of one.
#[derive(Clone, Debug, Serialize)]
pub struct Row<'a> {
    /// Names the part; nothing for a heading.
    pub id: &'a str,
    /// 0 for a clause, 1 for a point of it, 2 for a point of that.
    #[serde(skip_serializing_if = "is_zero")]
    pub depth: usize,
    /// Whether a reference leads here.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub referred: bool,
    /// Whether the row is a table over the full width, in one language under the other.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub wide: bool,
    /// Whether the row goes on with the part of the row above it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub continues: bool,
    /// Whether the row stays on the page of what follows (see `together`).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub stays: bool,
    /// The blocks of each language, in the order of the text's languages.
    pub cells: Vec<Vec<Block>>,
}

/// Returns the sections of a text; `columns` tells whether its languages stand beside
/// each other.
pub fn sections(text: &Parallel, columns: bool) -> Vec<Section<'_>> {
    let referred = referred(text);
    let closing = |section: &ParallelSection| section.role == Role::Closing;
    let closing = text.sections.iter().position(closing);
    let section = |(index, section)| {
        let before_closing = closing == Some(index + 1);
        of_section(section, before_closing, columns, &referred)
    };
    text.sections.iter().enumerate().map(section).collect()
}

fn of_section<'a>(
    section: &'a ParallelSection,
    before_closing: bool,
    columns: bool,
    referred: &BTreeSet<&str>,
) -> Section<'a> {
    let count = section.rows.len();
    let rows = section.rows.iter().enumerate().flat_map(|(place, row)| {
        let is_last = before_closing && place + 1 == count;
        rows(section.role, row, is_last, columns, referred)
    });
    // A party's further signatories stand below its first one; witnesses have a heading.
    let signers = section.rows.iter().filter_map(|row| row.first());
    let signers = signers.filter(|unit| unit.depth() == 0 && !unit.id.is_empty());
    let signs = matches!(section.role, Role::Signatures | Role::Witnesses);
    Section {
        role: section.role,
        abreast: signs.then(|| abreast(signers.count())),
        short: None,
        rows: rows.collect(),
    }
}

/// Returns a part as rows of the page. Beside another language that is a row for each
/// block, and for each table that is too wide for a column; above the closing, which
/// does not leave the text, the last block is a row of its own.
fn rows<'a>(
    role: Role,
    row: &'a [Unit],
    is_last: bool,
    columns: bool,
    referred: &BTreeSet<&str>,
) -> Vec<Row<'a>> {
    let id = row.first().map_or("", |unit| &unit.id);
    let numbered = matches!(role, Role::Content | Role::Implementation);
    // A clause may be called as another part, or as a party.
    let referred = (numbered || role == Role::Annex) && referred.contains(id);
    let whole = Piece {
        wide: false,
        continues: false,
        cells: row.iter().map(|unit| unit.blocks.clone()).collect(),
    };
    let beside = columns && row.len() > 1;
    let pieces = match role {
        Role::Header | Role::Signatures | Role::Witnesses => vec![whole],
        // Sheets keep their parts whole.
        Role::Custody | Role::Differences | Role::Reviewing if beside => lift::pieces(row),
        _ if beside => {
            let pieces = lift::pieces(row).into_iter();
            pieces
                .flat_map(|piece| level::pieces(piece, numbered))
                .collect()
        }
        _ if is_last => level::with_tail(whole, numbered),
        _ => vec![whole],
    };
    let input = |piece: Piece| Row {
        id,
        depth: row.first().map_or(0, Unit::depth),
        referred: referred && !piece.continues,
        wide: piece.wide,
        continues: piece.continues,
        stays: false,
        cells: piece.cells,
    };
    pieces.into_iter().map(input).collect()
}

/// Returns how many of so many parties sign beside each other: in every language and
/// for every holder the same.
fn abreast(parties: usize) -> usize {
    match parties {
        0 | 1 => 1,
        3 => 3,
        _ => 2,
    }
}

/// Returns the parts of a text that its references lead to.
fn referred(text: &Parallel) -> BTreeSet<&str> {
    let rows = text.sections.iter().flat_map(|section| &section.rows);
    let mut parts = BTreeSet::new();
    for unit in rows.flatten() {
        walk(&unit.blocks, &mut |event| {
            if let Event::Start(Node::Link(target)) = event {
                parts.extend(referenced(target));
            }
        });
    }
    parts
}

fn is_zero(number: &usize) -> bool {
    *number == 0
}
