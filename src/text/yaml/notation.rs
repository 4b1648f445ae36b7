//! A YAML file as it is written: its values with their notation, its comments and its
//! empty lines, each with the key or the item that it stands at.
//!
//! `scan` reads it, `arrange` lays it out. What only a reader of YAML needs, as anchors
//! and tags, has no place in it.

use std::ops::Range;

/// A file.
#[derive(Clone, Debug, Default)]
pub struct Written {
    /// What stands above the first key, but for what is written right above it.
    pub head: Vec<Line>,
    /// Everything, as the value of a piece without a key.
    pub root: Piece,
    /// What stands below the last value.
    pub foot: Vec<Line>,
}

/// A line without a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// Nothing; several of them count as one.
    Empty,
    /// A comment, from its `#` on.
    Comment {
        /// The comment.
        text: String,
        /// Whether it begins the line, however deep its neighbours stand.
        at_edge: bool,
    },
}

/// An entry of a mapping, or an item of a list.
#[derive(Clone, Debug, Default)]
pub struct Piece {
    /// The lines above it.
    pub before: Vec<Line>,
    /// The key of an entry, as it is written.
    pub key: Option<String>,
    /// The key's name.
    pub name: String,
    /// The value.
    pub value: Shape,
    /// The comment at the end of its first line, and its further lines.
    pub beside: Vec<String>,
    /// The column of that comment.
    pub beside_column: usize,
    /// Comments below it that belong to no other piece.
    pub after: Vec<Line>,
    /// Where it stands.
    pub(super) place: Place,
}

/// Where a piece stands in the file, lines and columns from 0.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Place {
    pub(super) start: usize,
    pub(super) line: usize,
    pub(super) column: usize,
    /// The last line of its key and of what stands beside it.
    pub(super) end_line: usize,
}

/// A value.
#[derive(Clone, Debug)]
pub enum Shape {
    /// A text, a number, or nothing.
    Scalar(Scalar),
    /// Items or entries.
    Collection {
        /// Whether its pieces have keys.
        is_map: bool,
        /// Whether it stands between brackets.
        flow: bool,
        /// The pieces.
        pieces: Vec<Piece>,
        /// From which byte to which it stands.
        range: Range<usize>,
    },
}

impl Default for Shape {
    fn default() -> Self {
        Shape::Scalar(Scalar::default())
    }
}

/// A single value.
#[derive(Clone, Debug, Default)]
pub struct Scalar {
    /// What is meant.
    pub text: String,
    /// How it is written.
    pub style: Style,
    /// The letters in the file.
    pub token: String,
}

/// How a value is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// As it is.
    #[default]
    Plain,
    /// Between quotation marks.
    Quoted,
    /// Below `|`: line for line.
    Literal,
    /// Below `>`: with lines that are joined.
    Folded,
}

/// A comment of the file.
pub(super) struct Comment {
    /// Its byte.
    pub(super) at: usize,
    /// Its line, from 0.
    pub(super) line: usize,
    /// Its column, from 0.
    pub(super) column: usize,
    /// Whether nothing stands before it on its line.
    pub(super) is_alone: bool,
    /// The comment, from its `#` on.
    pub(super) text: String,
}

/// Why a file cannot be laid out, with the bytes where that shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused(pub Range<usize>);

impl Written {
    /// Returns the values with their paths, letter for letter.
    pub fn values(&self) -> Vec<(String, String)> {
        let mut values = Vec::new();
        gather(&self.root, String::new(), &mut values);
        values.sort();
        values
    }
}

fn gather(piece: &Piece, path: String, values: &mut Vec<(String, String)>) {
    match &piece.value {
        Shape::Scalar(scalar) => values.push((path, scalar.text.clone())),
        Shape::Collection { pieces, is_map, .. } => {
            values.push((path.clone(), String::new()));
            for (index, piece) in pieces.iter().enumerate() {
                let step = match is_map {
                    true => piece.name.clone(),
                    false => format!("[{index}]"),
                };
                gather(piece, format!("{path}\0{step}"), values);
            }
        }
    }
}
