//! Clauses, points and the rules below titles, as the PDF has them.

use crate::document::tree::{Block, Number};

use super::blocks::{self, Place, STEP, breadth, plain};
use super::paper::{Content, Flow, Paragraph};
use super::style::Style;

/// A clause is a list of one item whose number opens its first paragraph.
pub(super) fn clause(blocks: &[Block], place: Place) -> Vec<Flow> {
    let mut flow = Vec::new();
    for block in blocks {
        match block {
            Block::List {
                start: Some(start),
                paren,
                items,
            } if items.len() == 1 => {
                let number = Number {
                    value: *start,
                    paren: *paren,
                };
                let (words, rest) = blocks::opening(&items[0]);
                let space = Content::Text(" ".to_owned());
                let runs = blocks::marked(&number.to_string(), space, words, place);
                flow.push(Flow::Paragraph(Paragraph {
                    first: place.first,
                    runs,
                    ..Paragraph::new(Style::Clause, place.language)
                }));
                flow.extend(blocks::flow(rest, place));
            }
            other => flow.extend(blocks::flow(std::slice::from_ref(other), place)),
        }
    }
    flow
}

/// A point, so many levels below its clause: a list of one item, or a paragraph that opens
/// with a letter.
pub(super) fn point(blocks: &[Block], place: Place, depth: usize) -> Vec<Flow> {
    let style = match depth {
        1 => Style::Point,
        _ => Style::PointOfPoint,
    };
    let place = Place {
        inset: 0,
        ..place
            .indented(place.first + STEP * (depth as i32 - 1))
            .in_style(style)
    };
    let below = Place {
        first: 0,
        ..place.indented(STEP)
    };
    match blocks {
        [
            Block::List {
                start,
                paren,
                items,
            },
            rest @ ..,
        ] if items.len() == 1 => {
            let number = start.map(|value| Number {
                value,
                paren: *paren,
            });
            let mut flow = blocks::item(&blocks::mark(number), &items[0], place);
            flow.extend(blocks::flow(rest, below));
            flow
        }
        [first, rest @ ..] => {
            let mut flow = blocks::flow(std::slice::from_ref(first), place);
            flow.extend(blocks::flow(rest, below));
            flow
        }
        [] => Vec::new(),
    }
}

/// Returns a rule in the middle of a place.
pub(super) fn rule(broad: i32, place: Place) -> Flow {
    let beside = (place.width - broad.clamp(STEP, place.width)) / 2;
    Flow::Paragraph(Paragraph {
        left: beside,
        right: beside,
        spacing: Some((0, 160)),
        ruled: true,
        ..Paragraph::new(Style::Head, place.language)
    })
}

/// Returns about how broad the last words of blocks are, in capitals.
pub(super) fn last_breadth(blocks: &[Block]) -> i32 {
    match blocks.last() {
        Some(Block::Paragraph { body } | Block::Heading { body, .. }) => {
            breadth(&plain(body)) * 5 / 4
        }
        _ => 0,
    }
}
