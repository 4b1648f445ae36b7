//! Comments and empty lines, and the pieces of a file that they belong to.
//!
//! A comment at the end of a line belongs to what begins or ends there, and with it the
//! lines below that stand right under it. Other comments belong to what follows, but
//! for those right below a value with an empty line behind them.

use std::collections::BTreeMap;

use super::notation::{Comment, Line, Piece, Place, Shape, Written};

/// The way to a piece: the places in the lists of pieces, from the root.
type Way = Vec<usize>;

/// Gives each comment and each empty line to a piece.
pub(super) fn attach(written: &mut Written, text: &str, comments: &[Comment]) {
    for comment in comments {
        open(&mut written.root, comment.at);
    }
    let mut spots = Vec::new();
    walk(&written.root, &mut Vec::new(), &mut spots);
    let mut file = File {
        written,
        bare: bare(text, comments),
        spots,
    };
    let beside = comments.iter().filter(|comment| !comment.is_alone);
    let lost: Vec<&Comment> = beside.filter(|comment| !file.beside(comment)).collect();
    file.gaps();
    for comment in comments.iter().filter(|comment| comment.is_alone) {
        file.within(comment);
    }
    for comment in lost {
        file.above_next(comment);
    }
}

/// Lets no brackets stand around a comment.
fn open(piece: &mut Piece, at: usize) {
    if let Shape::Collection {
        flow,
        pieces,
        range,
        ..
    } = &mut piece.value
    {
        *flow &= !(range.start < at && at < range.end);
        for piece in pieces {
            open(piece, at);
        }
    }
}

/// A piece that has lines of its own.
struct Spot {
    way: Way,
    place: Place,
}

/// Finds all of them, in the order of the file.
fn walk(piece: &Piece, way: &mut Way, spots: &mut Vec<Spot>) {
    if let Shape::Collection { flow, pieces, .. } = &piece.value
        && !flow
    {
        for (index, piece) in pieces.iter().enumerate() {
            way.push(index);
            spots.push(Spot {
                way: way.clone(),
                place: piece.place,
            });
            walk(piece, way, spots);
            way.pop();
        }
    }
}

/// What is on a line that has no value.
#[derive(Clone)]
enum Bare {
    Empty,
    Comment { text: String, column: usize },
}

/// Returns the lines without a value by their number, from 0; among them are those
/// within a value that look so.
fn bare(text: &str, comments: &[Comment]) -> BTreeMap<usize, Bare> {
    let lines = text.split('\n').enumerate();
    let empty = lines.filter(|(_, line)| line.trim().is_empty());
    let empty = empty.map(|(number, _)| (number, Bare::Empty));
    let alone = comments.iter().filter(|comment| comment.is_alone);
    let alone = alone.map(|comment| {
        let (text, column) = (comment.text.clone(), comment.column);
        (comment.line, Bare::Comment { text, column })
    });
    empty.chain(alone).collect()
}

fn line(bare: Bare) -> Line {
    match bare {
        Bare::Empty => Line::Empty,
        Bare::Comment { text, column } => Line::Comment {
            text,
            at_edge: column == 0,
        },
    }
}

/// Returns lines, several empty ones in a row as one.
fn lines(bare: impl IntoIterator<Item = Bare>) -> Vec<Line> {
    let mut lines: Vec<Line> = bare.into_iter().map(line).collect();
    lines.dedup_by(|next, line| *next == Line::Empty && *line == Line::Empty);
    lines
}

/// Returns the piece to which a way leads.
fn find<'a>(piece: &'a mut Piece, way: &[usize]) -> Option<&'a mut Piece> {
    let [step, rest @ ..] = way else {
        return Some(piece);
    };
    match &mut piece.value {
        Shape::Collection { pieces, .. } => find(pieces.get_mut(*step)?, rest),
        Shape::Scalar(_) => None,
    }
}

struct File<'a> {
    written: &'a mut Written,
    bare: BTreeMap<usize, Bare>,
    spots: Vec<Spot>,
}

impl File<'_> {
    fn piece(&mut self, way: &[usize]) -> Option<&mut Piece> {
        find(&mut self.written.root, way)
    }

    /// Gives a comment to what begins or ends on its line.
    fn beside(&mut self, comment: &Comment) -> bool {
        let on_line = |spot: &&Spot| {
            let Place { line, end_line, .. } = spot.place;
            spot.place.start < comment.at && [line, end_line].contains(&comment.line)
        };
        let Some(spot) = self.spots.iter().rfind(on_line) else {
            return false;
        };
        let way = spot.way.clone();
        let Some(piece) = self.piece(&way) else {
            return false;
        };
        if piece.beside.is_empty() {
            piece.beside.push(comment.text.clone());
            piece.beside_column = comment.column;
        } else {
            piece.after.push(Line::Comment {
                text: comment.text.clone(),
                at_edge: false,
            });
        }
        true
    }

    /// Gives a comment between a key and its value to both.
    fn within(&mut self, comment: &Comment) {
        let is_within = |spot: &&Spot| {
            let Place { line, end_line, .. } = spot.place;
            line < comment.line && comment.line <= end_line
        };
        let spot = self.spots.iter().find(is_within);
        let way = spot.map(|spot| spot.way.clone());
        if let Some(piece) = way.and_then(|way| self.piece(&way)) {
            piece.before.push(Line::Comment {
                text: comment.text.clone(),
                at_edge: false,
            });
        }
    }

    /// Gives a comment beside nothing to what follows.
    fn above_next(&mut self, comment: &Comment) {
        let line = Line::Comment {
            text: comment.text.clone(),
            at_edge: false,
        };
        let next = self.spots.iter().find(|spot| spot.place.start > comment.at);
        let way = next.map(|spot| spot.way.clone());
        match way.and_then(|way| self.piece(&way)) {
            Some(piece) => piece.before.push(line),
            None => self.written.foot.push(line),
        }
    }

    fn gaps(&mut self) {
        let mut end = None;
        for at in 0..self.spots.len() {
            let place = self.spots[at].place;
            let first = end.map_or(0, |end: usize| end + 1);
            // Of an item and its first entry, the item has the lines above.
            let is_inner = at > 0 && self.spots[at - 1].place.start == place.start;
            if !is_inner && first < place.line {
                let gap = self.bare.range(first..place.line);
                let gap: Vec<Bare> = gap.map(|(_, bare)| bare.clone()).collect();
                match at.checked_sub(1) {
                    None => self.head(gap),
                    Some(before) => self.between(gap, before, at),
                }
            }
            end = end.max(Some(place.end_line.max(place.line)));
        }
        let first = end.map_or(0, |end| end + 1);
        let gap: Vec<Bare> = self
            .bare
            .range(first..)
            .map(|(_, bare)| bare.clone())
            .collect();
        self.foot(gap);
    }

    /// Parts what stands above the first key: what is right above it is its own where
    /// an empty line sets it apart.
    fn head(&mut self, mut gap: Vec<Bare>) {
        let empty = |bare: &Bare| matches!(bare, Bare::Empty);
        let first = gap.iter().position(|bare| !empty(bare));
        gap.drain(..first.unwrap_or(gap.len()));
        let rest = match gap.iter().rposition(empty) {
            Some(last) => gap.split_off(last + 1),
            None => Vec::new(),
        };
        self.written.head = lines(gap);
        let way = self.spots[0].way.clone();
        if let Some(piece) = self.piece(&way) {
            piece.before = lines(rest);
        }
    }

    fn between(&mut self, gap: Vec<Bare>, before: usize, next: usize) {
        let (above, below) = (self.spots[before].way.clone(), self.spots[next].way.clone());
        let gap = self.continued(gap, &above);
        let is_comment = |bare: &Bare| matches!(bare, Bare::Comment { .. });
        let end = gap.iter().position(|bare| !is_comment(bare)).unwrap_or(0);
        let (foot, rest) = match below.starts_with(&above) {
            true => (&gap[..0], &gap[..]),
            false => gap.split_at(end),
        };
        self.below(foot, &above, Some(&below));
        if let Some(piece) = self.piece(&below) {
            piece.before = lines(rest.to_vec());
        }
    }

    /// Gives comments that stand right under the one beside a piece to it as well.
    fn continued(&mut self, mut gap: Vec<Bare>, above: &[usize]) -> Vec<Bare> {
        let Some(piece) = self.piece(above) else {
            return gap;
        };
        let under = |bare: &Bare| match bare {
            Bare::Comment { text, column } => {
                let is_under = !piece.beside.is_empty() && *column == piece.beside_column;
                is_under.then(|| text.clone())
            }
            Bare::Empty => None,
        };
        let more: Vec<String> = gap.iter().map_while(under).collect();
        gap.drain(..more.len());
        piece.beside.extend(more);
        gap
    }

    /// Gives comments right below a value to that piece in it whose column they have.
    fn below(&mut self, foot: &[Bare], above: &[usize], next: Option<&[usize]>) {
        let Some(Bare::Comment { column, .. }) = foot.first() else {
            return;
        };
        let ends = |way: &&[usize]| next.is_none_or(|next| !next.starts_with(way));
        let ways: Vec<&[usize]> = (1..=above.len())
            .map(|length| &above[..length])
            .filter(ends)
            .collect();
        let is_left = |way: &&&[usize]| {
            let spot = self.spots.iter().find(|spot| spot.way == **way);
            spot.is_some_and(|spot| spot.place.column <= *column)
        };
        let way = ways.iter().rev().find(is_left).or(ways.first());
        let way = way.copied().unwrap_or(above).to_vec();
        let foot = lines(foot.to_vec());
        if let Some(piece) = self.piece(&way) {
            piece.after.extend(foot);
        }
    }

    /// Parts what stands below the last value.
    fn foot(&mut self, gap: Vec<Bare>) {
        let Some(last) = self.spots.last().map(|spot| spot.way.clone()) else {
            self.written.foot.extend(lines(gap));
            return;
        };
        let gap = self.continued(gap, &last);
        let inner = |bare: &Bare| matches!(bare, Bare::Comment { column, .. } if *column > 0);
        let end = gap
            .iter()
            .position(|bare| !inner(bare))
            .unwrap_or(gap.len());
        let (foot, rest) = gap.split_at(end);
        self.below(foot, &last, None);
        let mut rest = lines(rest.to_vec());
        while rest.pop_if(|line| *line == Line::Empty).is_some() {}
        self.written.foot.extend(rest);
    }
}
