//! Tables that are too wide for a column of the parallel page.
//!
//! Input: a row of a parallel text, that is one part in every language. Output: the
//! same row in pieces: what stands beside each other, and between these the wide
//! tables, each in every language under the other over the full width.

use crate::text::letters::is_mark;

use super::tree::{Block, Inline, Unit};

/// A piece of a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// Whether it stands over the full width.
    pub wide: bool,
    /// Whether it goes on below a table that was taken out.
    pub continues: bool,
    /// The blocks of each language.
    pub cells: Vec<Vec<Block>>,
}

/// More columns than these are too many beside another language.
const MOST_COLUMNS: usize = 3;

/// As many letters stand in a line over the full width of a parallel page.
const LINE: usize = 84;

/// A cell with longer words is broken into lines of so many letters.
const CELL: usize = 12;

/// The room between two columns, in letters.
const ROOM: usize = 2;

/// Returns the pieces of a row; a row without a wide table is one piece.
pub fn pieces(row: &[Unit]) -> Vec<Piece> {
    let tables: Vec<Vec<&Block>> = row.iter().map(|unit| tables(&unit.blocks)).collect();
    let most = tables.iter().map(Vec::len).max().unwrap_or_default();
    let wide: Vec<bool> = (0..most)
        .map(|index| {
            let table = |tables: &Vec<&Block>| tables.get(index).copied().cloned();
            tables
                .iter()
                .filter_map(table)
                .any(|table| is_wide(&table, row.len()))
        })
        .collect();
    let cut: Vec<Vec<Vec<Block>>> = row.iter().map(|unit| cut(&unit.blocks, &wide)).collect();
    let longest = cut.iter().map(Vec::len).max().unwrap_or_default();
    let piece = |index: usize| Piece {
        wide: index % 2 == 1,
        continues: index > 0,
        cells: cut
            .iter()
            .map(|parts| parts.get(index).cloned().unwrap_or_default())
            .collect(),
    };
    let all = (0..longest).map(piece);
    all.filter(|piece| !piece.continues || piece.cells.iter().any(|cell| !cell.is_empty()))
        .collect()
}

/// Returns the tables that can be taken out: those of the part itself, and those of
/// the item that a numbered clause or point is.
fn tables(blocks: &[Block]) -> Vec<&Block> {
    let inner = blocks.iter().flat_map(|block| match block {
        Block::List { items, .. } if items.len() == 1 => items[0].as_slice(),
        other => std::slice::from_ref(other),
    });
    inner
        .filter(|block| matches!(block, Block::Table { .. }))
        .collect()
}

/// Cuts the blocks of a part at its wide tables: words, a table, words, and so on.
fn cut(blocks: &[Block], wide: &[bool]) -> Vec<Vec<Block>> {
    let mut parts = vec![Vec::new()];
    let mut wide = wide.iter();
    for block in blocks {
        match block {
            Block::List {
                start,
                paren,
                items,
            } if items.len() == 1 => {
                let mut inner = vec![Vec::new()];
                for block in &items[0] {
                    place(block, &mut inner, &mut wide);
                }
                // The number stays with what stands above the first table.
                let items = vec![inner.remove(0)];
                let (start, paren) = (*start, *paren);
                last(&mut parts).push(Block::List {
                    start,
                    paren,
                    items,
                });
                parts.extend(inner);
            }
            other => place(other, &mut parts, &mut wide),
        }
    }
    parts
}

fn place<'a>(
    block: &Block,
    parts: &mut Vec<Vec<Block>>,
    wide: &mut impl Iterator<Item = &'a bool>,
) {
    if matches!(block, Block::Table { .. }) && wide.next() == Some(&true) {
        parts.push(vec![block.clone()]);
        parts.push(Vec::new());
    } else {
        last(parts).push(block.clone());
    }
}

fn last(parts: &mut Vec<Vec<Block>>) -> &mut Vec<Block> {
    if parts.is_empty() {
        parts.push(Vec::new());
    }
    let end = parts.len() - 1;
    &mut parts[end]
}

/// Tells whether a table is too wide for one of so many columns of the page.
fn is_wide(table: &Block, languages: usize) -> bool {
    let Block::Table { align, head, rows } = table else {
        return false;
    };
    let width = |column: usize| {
        let cells = std::iter::once(head).chain(rows);
        let cells = cells.filter_map(|row| row.get(column));
        let longest = cells.map(|cell| letters(cell)).max().unwrap_or_default();
        longest.min(CELL) + ROOM
    };
    let needed: usize = (0..align.len()).map(width).sum();
    align.len() > MOST_COLUMNS || needed > LINE / languages.max(1)
}

/// Returns how many letters stand beside each other; marks stand above or below.
fn letters(cell: &[Inline]) -> usize {
    let count = |inline: &Inline| match inline {
        Inline::Text { text, .. } => text.chars().filter(|c| !is_mark(*c)).count(),
        Inline::Strong { body }
        | Inline::Emph { body }
        | Inline::Link { body, .. }
        | Inline::Changed { body, .. } => letters(body),
        Inline::Break => 0,
    };
    cell.iter().map(count).sum()
}
