//! A cluster: the glyphs that show one text, and their places.

use typst::ecow::EcoString;
use typst::layout::Em;
use typst::text::{Glyph, TextItem};

/// A text and the glyphs that show it.
#[derive(Clone, Eq, PartialEq, Hash)]
pub(super) struct Cluster {
    pub(super) text: EcoString,
    pub(super) parts: Vec<Part>,
    /// The sum of the glyphs' own widths, in font units.
    pub(super) width: u16,
}

/// One glyph of a cluster and its place relative to the cluster's origin, in font units.
#[derive(Debug, Copy, Clone, Eq, PartialEq, Hash)]
pub(super) struct Part {
    pub(super) glyph: u16,
    pub(super) x: i16,
    pub(super) y: i16,
}

impl Cluster {
    /// Returns what the glyphs show, or `None` where that is no text or cannot
    /// be measured in font units.
    pub(super) fn of(run: &TextItem, glyphs: &[Glyph]) -> Option<Self> {
        let text = run.text.get(glyphs.first()?.range())?;
        if text.is_empty() {
            return None;
        }
        let natural: Em = glyphs
            .iter()
            .filter_map(|glyph| run.font.x_advance(glyph.id))
            .sum();
        let units = run.font.units_per_em();
        let width = to_units(natural, units).map_or(0, |width| width.max(0).unsigned_abs());
        let parts = match glyphs {
            [glyph] => vec![Part {
                glyph: glyph.id,
                x: 0,
                y: 0,
            }],
            _ => parts(glyphs, units)?,
        };
        Some(Self {
            text: text.into(),
            parts,
            width,
        })
    }
}

/// Places the glyphs of a cluster relative to its origin.
fn parts(glyphs: &[Glyph], units_per_em: f64) -> Option<Vec<Part>> {
    let mut pen = Em::zero();
    let mut parts = Vec::with_capacity(glyphs.len());
    for glyph in glyphs {
        parts.push(Part {
            glyph: glyph.id,
            x: to_units(pen + glyph.x_offset, units_per_em)?,
            y: to_units(glyph.y_offset, units_per_em)?,
        });
        pen += glyph.x_advance;
    }
    Some(parts)
}

/// Converts a length to font units, if it fits.
fn to_units(length: Em, units_per_em: f64) -> Option<i16> {
    let units = (length.get() * units_per_em).round();
    let fits = units >= f64::from(i16::MIN) && units <= f64::from(i16::MAX);
    fits.then_some(units as i16)
}
