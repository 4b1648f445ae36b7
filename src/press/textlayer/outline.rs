//! Outlines of glyphs, and the boxes around them, as the `glyf` table has them.

use super::bytes::{read_i16, read_u16, words};
use super::cluster::Part;

/// The outline of a glyph that is no composite.
pub(super) struct Outline {
    around: Bounds,
    contours: Vec<Vec<Node>>,
}

/// A point of a contour, in font units.
#[derive(Copy, Clone)]
struct Node {
    x: i16,
    y: i16,
    on_curve: bool,
}

/// A box around an outline, in font units.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub(super) struct Bounds {
    pub(super) x_min: i16,
    pub(super) y_min: i16,
    pub(super) x_max: i16,
    pub(super) y_max: i16,
}

impl Outline {
    /// Returns twice the area inside, less than zero where it runs clockwise.
    pub(super) fn area(&self) -> i64 {
        let cross =
            |a: &Node, b: &Node| i64::from(a.x) * i64::from(b.y) - i64::from(b.x) * i64::from(a.y);
        let around = |contour: &Vec<Node>| -> i64 {
            let next = contour.iter().cycle().skip(1);
            contour.iter().zip(next).map(|(a, b)| cross(a, b)).sum()
        };
        self.contours.iter().map(around).sum()
    }

    /// Describes the glyph with its outline running the other way.
    pub(super) fn turned(self) -> Vec<u8> {
        let mut glyph = self.around.header(self.contours.len() as i16);
        let mut end = 0;
        for contour in &self.contours {
            end += contour.len();
            glyph.extend((end.saturating_sub(1) as u16).to_be_bytes());
        }
        // No hints: they count points in the old order.
        glyph.extend([0, 0]);
        let nodes = || {
            self.contours
                .iter()
                .flat_map(|contour| contour.iter().rev())
        };
        glyph.extend(nodes().map(|node| u8::from(node.on_curve)));
        for place in [|node: &Node| node.x, |node: &Node| node.y] {
            let mut last = 0i16;
            for node in nodes() {
                glyph.extend(place(node).wrapping_sub(last).to_be_bytes());
                last = place(node);
            }
        }
        glyph
    }
}

impl Bounds {
    /// Returns the box of a part where it stands in its cluster.
    pub(super) fn moved(self, part: &Part) -> Self {
        Self {
            x_min: self.x_min.saturating_add(part.x),
            y_min: self.y_min.saturating_add(part.y),
            x_max: self.x_max.saturating_add(part.x),
            y_max: self.y_max.saturating_add(part.y),
        }
    }

    /// Opens a glyph description: the number of contours, and the box.
    pub(super) fn header(self, contours: i16) -> Vec<u8> {
        words(&[contours, self.x_min, self.y_min, self.x_max, self.y_max])
    }

    /// Returns the box around two boxes.
    pub(super) fn around(self, other: Self) -> Self {
        Self {
            x_min: self.x_min.min(other.x_min),
            y_min: self.y_min.min(other.y_min),
            x_max: self.x_max.max(other.x_max),
            y_max: self.y_max.max(other.y_max),
        }
    }
}

/// Reads the box of a glyph, or `None` for a space.
pub(super) fn read_bounds(glyph: &[u8]) -> Option<Bounds> {
    Some(Bounds {
        x_min: read_i16(glyph, 2)?,
        y_min: read_i16(glyph, 4)?,
        x_max: read_i16(glyph, 6)?,
        y_max: read_i16(glyph, 8)?,
    })
}

/// Reads the outline of a glyph that is no composite.
pub(super) fn read_outline(glyph: &[u8]) -> Option<Outline> {
    let count = usize::try_from(read_i16(glyph, 0)?).ok()?;
    let end = |contour: usize| Some(usize::from(read_u16(glyph, 10 + 2 * contour)?) + 1);
    let ends = (0..count).map(end).collect::<Option<Vec<usize>>>()?;
    let nodes = *ends.last()?;
    let hints = usize::from(read_u16(glyph, 10 + 2 * count)?);
    let mut at = 12 + 2 * count + hints;
    let flags = read_flags(glyph, &mut at, nodes)?;
    let x = read_coordinates(glyph, &mut at, &flags, 0x02, 0x10)?;
    let y = read_coordinates(glyph, &mut at, &flags, 0x04, 0x20)?;
    let node = |at: usize| {
        let on_curve = flags.get(at)? & 1 == 1;
        Some(Node {
            x: *x.get(at)?,
            y: *y.get(at)?,
            on_curve,
        })
    };
    let starts = std::iter::once(0).chain(ends.iter().copied());
    let contours = starts
        .zip(&ends)
        .map(|(start, &end)| (start..end).map(node).collect());
    Some(Outline {
        around: read_bounds(glyph)?,
        contours: contours.collect::<Option<_>>()?,
    })
}

/// Reads the flags of a glyph's points; one may count for several.
fn read_flags(glyph: &[u8], at: &mut usize, nodes: usize) -> Option<Vec<u8>> {
    const REPEATED: u8 = 0x08;
    let mut flags = Vec::with_capacity(nodes);
    while flags.len() < nodes {
        let flag = *glyph.get(*at)?;
        let repeated = flag & REPEATED != 0;
        let more = if repeated { *glyph.get(*at + 1)? } else { 0 };
        *at += if repeated { 2 } else { 1 };
        flags.extend(std::iter::repeat_n(flag, usize::from(more) + 1));
    }
    Some(flags)
}

/// Reads the places of points along one axis. Each is stored as its distance
/// from the one before: in a byte where the flag has `short`, with its sign in
/// `same`; else in two bytes, or not at all if `same` says that there is none.
fn read_coordinates(
    glyph: &[u8],
    at: &mut usize,
    flags: &[u8],
    short: u8,
    same: u8,
) -> Option<Vec<i16>> {
    let mut place = 0i16;
    let mut places = Vec::with_capacity(flags.len());
    for flag in flags {
        let (distance, size) = match (flag & short != 0, flag & same != 0) {
            (true, true) => (i16::from(*glyph.get(*at)?), 1),
            (true, false) => (-i16::from(*glyph.get(*at)?), 1),
            (false, true) => (0, 0),
            (false, false) => (read_i16(glyph, *at)?, 2),
        };
        place = place.wrapping_add(distance);
        places.push(place);
        *at += size;
    }
    Some(places)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turned_outline_runs_the_other_way() {
        let node = |x, y| Node {
            x,
            y,
            on_curve: true,
        };
        let around = Bounds {
            x_min: 0,
            y_min: 0,
            x_max: 40,
            y_max: 30,
        };
        let outline = || Outline {
            around,
            contours: vec![
                vec![node(0, 0), node(40, 0), node(40, 30), node(0, 30)],
                vec![node(10, 10), node(10, 20), node(20, 10)],
            ],
        };
        let turned = read_outline(&outline().turned()).expect("it is a simple glyph");
        assert_eq!(outline().area(), 2 * (40 * 30 - 50));
        assert_eq!(turned.area(), -outline().area());
        assert_eq!(turned.around, around);
    }
}
