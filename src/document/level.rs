//! Parts of the parallel page whose paragraphs stand level.
//!
//! Input: a piece of a row, that is a part in every language. Output: the same in
//! pieces of one paragraph, item or other block, where every language has as many
//! of the same kinds; else the piece as it was. And, for a part that stands by
//! itself, its last block apart from what precedes it.

use std::mem::discriminant;

use super::lift::Piece;
use super::tree::Block;

/// Returns the pieces of a piece, block by block. In a `numbered` part a list of one
/// item is what the part's number or mark stands before.
pub fn pieces(piece: Piece, numbered: bool) -> Vec<Piece> {
    let numbered = numbered && !piece.continues;
    let cut = |blocks: &Vec<Block>| opened(blocks, numbered);
    let mut cells: Vec<Vec<Vec<Block>>> = piece.cells.iter().map(cut).collect();
    if piece.wide || !are_alike(&cells) {
        return vec![piece];
    }
    let items = |part: usize| {
        let mut counts = cells.iter().map(|cell| items(&cell[part]));
        let first = counts.next().unwrap_or(1);
        counts.all(|count| count == first).then_some(first)
    };
    let parts = cells.first().map_or(0, Vec::len);
    let level: Vec<bool> = (0..parts)
        .map(|part| items(part).is_some_and(|count| count > 1))
        .collect();
    for cell in &mut cells {
        let parts = std::mem::take(cell).into_iter().zip(&level);
        *cell = parts
            .flat_map(|(part, level)| if *level { split(part) } else { vec![part] })
            .collect();
    }
    let count = cells.first().map_or(0, Vec::len);
    let at = |index: usize| Piece {
        wide: false,
        continues: piece.continues || index > 0,
        cells: cells.iter().map(|cell| cell[index].clone()).collect(),
    };
    (0..count).map(at).collect()
}

/// Returns a piece with its last block as a piece of its own, where it has others.
pub fn with_tail(piece: Piece, numbered: bool) -> Vec<Piece> {
    let numbered = numbered && !piece.continues;
    let cut = |blocks: &Vec<Block>| opened(blocks, numbered);
    let cells: Vec<Vec<Vec<Block>>> = piece.cells.iter().map(cut).collect();
    if piece.wide || cells.iter().any(|cell| cell.len() < 2) {
        return vec![piece];
    }
    let part = |continues: bool| {
        let of = |cell: &Vec<Vec<Block>>| {
            let (head, tail) = cell.split_at(cell.len() - 1);
            if continues { tail } else { head }.concat()
        };
        Piece {
            wide: false,
            continues: continues || piece.continues,
            cells: cells.iter().map(of).collect(),
        }
    };
    vec![part(false), part(true)]
}

/// Cuts a part into its blocks: a number or mark keeps the first block of its item.
fn opened(blocks: &[Block], numbered: bool) -> Vec<Vec<Block>> {
    let mut parts = Vec::new();
    let mut rest = blocks;
    if let (
        true,
        [
            Block::List {
                start,
                paren,
                items,
            },
            others @ ..,
        ],
    ) = (numbered, blocks)
        && let [item] = items.as_slice()
    {
        let first: Vec<Block> = item.iter().take(1).cloned().collect();
        parts.push(vec![Block::List {
            start: *start,
            paren: *paren,
            items: vec![first],
        }]);
        parts.extend(item.iter().skip(1).map(|block| vec![block.clone()]));
        rest = others;
    }
    parts.extend(rest.iter().map(|block| vec![block.clone()]));
    parts
}

/// Tells whether every cell has as many parts of the same kinds, and more than none.
fn are_alike(cells: &[Vec<Vec<Block>>]) -> bool {
    let kinds = |cell: &Vec<Vec<Block>>| -> Vec<_> {
        let kind = |part: &Vec<Block>| {
            part.first()
                .map(|block| (discriminant(block), is_numbered(block)))
        };
        cell.iter().map(kind).collect()
    };
    let first = cells.first().map(kinds).unwrap_or_default();
    !first.is_empty() && cells.iter().all(|cell| kinds(cell) == first)
}

fn is_numbered(block: &Block) -> bool {
    matches!(block, Block::List { start: Some(_), .. })
}

/// Returns how many items a list has; one where it is none.
fn items(part: &[Block]) -> usize {
    match part {
        [Block::List { items, .. }] => items.len(),
        _ => 1,
    }
}

/// Returns a list as lists of one item.
fn split(part: Vec<Block>) -> Vec<Vec<Block>> {
    let list = |block: Block| match block {
        Block::List {
            start,
            paren,
            items,
        } => {
            let one = |(index, item): (u64, Vec<Block>)| {
                vec![Block::List {
                    start: start.map(|start| start.saturating_add(index)),
                    paren,
                    items: vec![item],
                }]
            };
            (0..).zip(items).map(one).collect()
        }
        other => vec![vec![other]],
    };
    part.into_iter().flat_map(list).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::tree::Inline;

    fn paragraph(text: &str) -> Block {
        Block::Paragraph {
            body: vec![Inline::Text {
                text: text.into(),
                set: None,
            }],
        }
    }

    fn list(start: Option<u64>, items: &[&str]) -> Block {
        Block::List {
            start,
            paren: false,
            items: items.iter().map(|item| vec![paragraph(item)]).collect(),
        }
    }

    fn piece(cells: [Vec<Block>; 2]) -> Piece {
        Piece {
            wide: false,
            continues: false,
            cells: cells.to_vec(),
        }
    }

    #[test]
    fn blocks_stand_level_where_there_are_as_many() {
        let clause = |items: &[&str]| {
            vec![Block::List {
                start: Some(3),
                paren: false,
                items: vec![vec![paragraph("ba"), list(Some(7), items)]],
            }]
        };
        let found = pieces(piece([clause(&["a", "b"]), clause(&["ກ", "ຂ"])]), true);
        let second = |word| vec![list(Some(8), &[word])];
        assert_eq!(found.len(), 3);
        assert_eq!(found[0].cells[0], [list(Some(3), &["ba"])]);
        assert_eq!(found[2].cells, [second("b"), second("ຂ")]);
        assert!(!found[0].continues && found[1].continues && found[2].continues);
        let found = pieces(piece([clause(&["a", "b"]), clause(&["ກ"])]), true);
        assert_eq!(found.len(), 2);
        let unlike = piece([vec![paragraph("a")], vec![list(None, &["ກ"])]]);
        assert_eq!(pieces(unlike.clone(), true), [unlike]);
    }

    #[test]
    fn the_last_block_stands_apart() {
        let text = |words: [&str; 3]| words.map(paragraph).to_vec();
        let found = with_tail(piece([text(["a", "b", "c"]), text(["ກ", "ຂ", "ຄ"])]), false);
        assert_eq!(found[0].cells[1], [paragraph("ກ"), paragraph("ຂ")]);
        assert_eq!(found[1].cells, [[paragraph("c")], [paragraph("ຄ")]]);
        let one = piece([vec![paragraph("a")], vec![paragraph("ກ")]]);
        assert_eq!(with_tail(one.clone(), false), [one]);
    }
}
