//! The pieces of a YAML file, laid out.
//!
//! Input: [`Written`]. Output: its text: two spaces for each level, no line wider than
//! 100 columns where a single space of a longer text allows that, quotation marks where
//! YAML needs them. What stands below `|` stays as it is, line for line.

use super::notation::{Line, Piece, Shape, Written};
use super::scalar::{self, Room, WIDTH, width};

/// Lays a file out.
pub fn text(written: &Written) -> String {
    let mut page = Page(String::new());
    page.lines(&written.head, 0);
    if let Shape::Collection { pieces, is_map, .. } = &written.root.value {
        let apart = match pieces.first().and_then(|piece| piece.before.first()) {
            Some(Line::Comment { .. }) => written.head.last().is_some_and(|it| *it != Line::Empty),
            _ => false,
        };
        if apart {
            page.0.push('\n');
        }
        page.pieces(pieces, *is_map, 0, false);
    }
    page.lines(&written.foot, 0);
    page.0
}

struct Page(String);

impl Page {
    fn lines(&mut self, lines: &[Line], column: usize) {
        for line in lines {
            match line {
                Line::Empty => self.0.push('\n'),
                Line::Comment { text, at_edge } => {
                    let column = if *at_edge { 0 } else { column };
                    self.line(column, text);
                }
            }
        }
    }

    fn line(&mut self, column: usize, text: &str) {
        self.0 += &" ".repeat(column);
        self.0 += text;
        self.0.push('\n');
    }

    /// Writes pieces one under the other; the first is `started` where a dash stands
    /// before it already.
    fn pieces(&mut self, pieces: &[Piece], is_map: bool, column: usize, started: bool) {
        for (index, piece) in pieces.iter().enumerate() {
            let is_first = index == 0;
            if !(is_first && started) {
                let skip = is_first && column > 0 && piece.before.first() == Some(&Line::Empty);
                self.lines(&piece.before[usize::from(skip)..], column);
                self.lines(above_dash(piece), column);
                self.0 += &" ".repeat(column);
            }
            match is_map {
                true => self.entry(piece, column),
                false => self.item(piece, column),
            }
            self.lines(&piece.after, column);
        }
    }

    fn entry(&mut self, piece: &Piece, column: usize) {
        let key = piece.key.as_deref().unwrap_or_default();
        let head = format!("{key}:");
        self.0 += &head;
        self.value(piece, column, column + width(&head));
    }

    fn item(&mut self, piece: &Piece, column: usize) {
        self.0.push('-');
        match &piece.value {
            Shape::Collection {
                pieces,
                is_map: true,
                flow,
                ..
            } if self.is_tall(piece, *flow, column + 1) => {
                self.0.push(' ');
                self.pieces(pieces, true, column + 2, true);
            }
            _ => self.value(piece, column, column + 1),
        }
    }

    /// Tells whether a collection stands in lines of its own.
    fn is_tall(&self, piece: &Piece, flow: bool, at: usize) -> bool {
        let line = || at + 1 + width(&in_line(&piece.value)) <= WIDTH;
        !(flow && !has_lines(&piece.value) && line() || is_empty(&piece.value))
    }

    /// Writes a value behind what is at the column `at` of its line.
    fn value(&mut self, piece: &Piece, column: usize, at: usize) {
        match &piece.value {
            Shape::Scalar(value) => {
                let room = Room {
                    indent: column + 2,
                    at: at + 1,
                };
                let laid = scalar::lay(value, room);
                let head = if laid.head.is_empty() { "" } else { " " };
                self.0 += head;
                self.0 += &laid.head;
                self.beside(piece);
                for line in laid.below {
                    match line.as_str() {
                        "" => self.0.push('\n'),
                        line => self.line(column + 2, line),
                    }
                }
            }
            Shape::Collection {
                flow,
                pieces,
                is_map,
                ..
            } => {
                if self.is_tall(piece, *flow, at) {
                    self.beside(piece);
                    self.pieces(pieces, *is_map, column + 2, false);
                } else {
                    self.0.push(' ');
                    self.0 += &in_line(&piece.value);
                    self.beside(piece);
                }
            }
        }
    }

    /// Ends a line with the comment beside it.
    fn beside(&mut self, piece: &Piece) {
        let start = self.0.rfind('\n').map_or(0, |at| at + 1);
        let taken = self.0[start..].chars().count();
        let column = piece.beside_column.max(taken + 2);
        for (index, comment) in piece.beside.iter().enumerate() {
            match index {
                0 => self.0 += &" ".repeat(column - taken),
                _ => self.0 += &" ".repeat(column),
            }
            self.0 += comment;
            self.0.push('\n');
        }
        if piece.beside.is_empty() {
            self.0.push('\n');
        }
    }
}

/// Returns the lines above the first entry of an item, which begins behind its dash.
fn above_dash(piece: &Piece) -> &[Line] {
    let first = match &piece.value {
        Shape::Collection {
            pieces,
            is_map: true,
            flow: false,
            ..
        } if piece.key.is_none() => pieces.first(),
        _ => None,
    };
    match first.map(|first| first.before.as_slice()) {
        Some([Line::Empty, rest @ ..] | rest) => rest,
        None => &[],
    }
}

fn is_empty(shape: &Shape) -> bool {
    matches!(shape, Shape::Collection { pieces, .. } if pieces.is_empty())
}

/// Tells whether a value between brackets is written in several lines.
fn has_lines(shape: &Shape) -> bool {
    match shape {
        Shape::Scalar(value) => value.token.contains('\n'),
        Shape::Collection { pieces, .. } => pieces.iter().any(|piece| has_lines(&piece.value)),
    }
}

/// Returns a value between brackets.
fn in_line(shape: &Shape) -> String {
    let (pieces, is_map) = match shape {
        Shape::Scalar(value) => return scalar::in_line(value, true),
        Shape::Collection { pieces, is_map, .. } => (pieces, *is_map),
    };
    let parts = pieces.iter().map(|piece| match &piece.key {
        Some(key) => format!("{key}: {}", in_line(&piece.value)),
        None => in_line(&piece.value),
    });
    let parts = parts.collect::<Vec<_>>().join(", ");
    if is_map {
        format!("{{{parts}}}")
    } else {
        format!("[{parts}]")
    }
}
