//! Faces with a glyph for each cluster.
//!
//! Input: a TrueType face, and clusters as glyphs with their places. Output: a
//! copy of the face that has one composite glyph more for each cluster. Table
//! and flag layouts are those of the OpenType specification (ISO/IEC 14496-22).

use typst::foundations::Bytes;
use typst::layout::Abs;
use typst::text::{Font, FontInstance};

use super::bytes::{read_i16, read_u16, read_u32, words, write_u16};
use super::cluster::{Cluster, Part};
use super::outline::{Bounds, read_bounds, read_outline};

/// The tables of a TrueType face that outlines depend on.
pub(super) struct Outlines<'a> {
    tables: Vec<([u8; 4], &'a [u8])>,
    glyf: &'a [u8],
    loca: &'a [u8],
    hmtx: &'a [u8],
    head: &'a [u8],
    hhea: &'a [u8],
    maxp: &'a [u8],
}

/// The tables that describe glyphs, as they are written.
#[derive(Default)]
struct GlyphTables {
    glyf: Vec<u8>,
    loca: Vec<u8>,
    hmtx: Vec<u8>,
}

/// Returns the number of glyphs of a face that can be extended.
pub(super) fn extensible(font: &FontInstance) -> Option<u16> {
    Outlines::read(font)?.count()
}

/// Copies a face and adds a composite glyph for each cluster. The copy is good
/// for drawing only: what shaping needs is left out.
pub(super) fn extend(font: &FontInstance, clusters: &[Cluster]) -> Option<FontInstance> {
    let outlines = Outlines::read(font)?;
    let data = outlines.extended(clusters)?;
    let copy = Font::new(Bytes::new(data), 0)?;
    Some(copy.instantiate(font.info().variant, Abs::zero(), font.variations()))
}

impl<'a> Outlines<'a> {
    /// Reads the tables of a face, if it has plain TrueType outlines.
    pub(super) fn read(font: &'a FontInstance) -> Option<Self> {
        const OTHER: [&[u8; 4]; 6] = [b"fvar", b"COLR", b"SVG ", b"sbix", b"CBDT", b"EBDT"];
        let data = font.data().as_slice();
        let mut tables = Vec::new();
        for record in font.ttf().raw_face().table_records {
            let start = record.offset as usize;
            let table = data.get(start..start.checked_add(record.length as usize)?)?;
            tables.push((record.tag.to_bytes(), table));
        }
        if tables.iter().any(|(tag, _)| OTHER.contains(&tag)) {
            return None;
        }
        let find = |name: &[u8; 4]| {
            tables
                .iter()
                .find(|(tag, _)| tag == name)
                .map(|(_, table)| *table)
        };
        Some(Self {
            glyf: find(b"glyf")?,
            loca: find(b"loca")?,
            hmtx: find(b"hmtx")?,
            head: find(b"head").filter(|head| head.len() >= 54)?,
            hhea: find(b"hhea").filter(|hhea| hhea.len() >= 36)?,
            maxp: find(b"maxp").filter(|maxp| maxp.len() >= 32)?,
            tables,
        })
    }

    /// Returns the number of glyphs.
    fn count(&self) -> Option<u16> {
        read_u16(self.maxp, 4)
    }

    /// Returns where a glyph's description starts; the one before it ends there.
    fn offset(&self, id: u16) -> Option<u32> {
        let id = usize::from(id);
        match read_u16(self.head, 50)? {
            0 => Some(u32::from(read_u16(self.loca, id * 2)?) * 2),
            _ => read_u32(self.loca, id * 4),
        }
    }

    /// Returns the description of a glyph; it is empty for a space.
    pub(super) fn glyph(&self, id: u16) -> Option<&'a [u8]> {
        let end = self.offset(id.checked_add(1)?)?;
        self.glyf.get(self.offset(id)? as usize..end as usize)
    }

    /// Returns a glyph's width and left side bearing, as `hmtx` stores them.
    fn metrics(&self, id: u16) -> Option<(u16, i16)> {
        let full = read_u16(self.hhea, 34)?;
        let width = read_u16(self.hmtx, 4 * usize::from(id.min(full.checked_sub(1)?)))?;
        let bearing = match id.checked_sub(full) {
            None => 4 * usize::from(id) + 2,
            Some(beyond) => 4 * usize::from(full) + 2 * usize::from(beyond),
        };
        Some((width, read_i16(self.hmtx, bearing).unwrap_or_default()))
    }

    /// Returns the file of the face with the clusters' glyphs added at the end.
    fn extended(&self, clusters: &[Cluster]) -> Option<Vec<u8>> {
        let count = self.count()?;
        let turned = self.turned(clusters);
        let first_turned = u16::try_from(usize::from(count) + clusters.len()).ok()?;
        let total = first_turned.checked_add(u16::try_from(turned.len()).ok()?)?;
        let mut glyphs = GlyphTables::default();
        for id in 0..count {
            let (width, bearing) = self.metrics(id)?;
            glyphs.add(width, bearing, self.glyph(id)?)?;
        }
        for cluster in clusters {
            let parts = self.aligned(&cluster.parts, &turned, first_turned);
            let (bearing, glyph) = composite(&parts).unwrap_or_default();
            glyphs.add(cluster.width, bearing, &glyph)?;
        }
        for &id in &turned {
            let (width, bearing) = self.metrics(id)?;
            glyphs.add(width, bearing, &read_outline(self.glyph(id)?)?.turned())?;
        }
        let mut tables = self.copied(total);
        tables.extend(glyphs.finish()?);
        tables.push((*b"maxp", self.limits(total, clusters)?));
        Some(write_face(tables))
    }

    /// Returns the glyphs that need a copy drawn the other way round, in order.
    ///
    /// Outlines run clockwise, and what they run around is filled; where two
    /// that run against each other overlap, nothing is. Apart from each other
    /// they show no difference, so some faces have both, Phetsarath OT in its
    /// tone mark ້. As parts of one glyph they must run the same way.
    fn turned(&self, clusters: &[Cluster]) -> Vec<u16> {
        let mixed = clusters
            .iter()
            .filter(|cluster| self.is_mixed(&cluster.parts));
        let parts = mixed.flat_map(|cluster| cluster.parts.iter().map(|part| part.glyph));
        let mut turned: Vec<u16> = parts.filter(|&id| self.is_against(id)).collect();
        turned.sort_unstable();
        turned.dedup();
        turned
    }

    /// Tells whether some parts run clockwise and some do not.
    fn is_mixed(&self, parts: &[Part]) -> bool {
        let against = parts
            .iter()
            .filter(|part| self.is_against(part.glyph))
            .count();
        against > 0 && against < parts.len()
    }

    /// Tells whether a glyph's outline runs against the clock.
    fn is_against(&self, id: u16) -> bool {
        self.glyph(id)
            .and_then(read_outline)
            .is_some_and(|outline| outline.area() > 0)
    }

    /// Returns the parts that leave ink and the boxes around them. Parts that
    /// would run against the others are exchanged for their turned copies, which
    /// are numbered from `first`.
    fn aligned(&self, parts: &[Part], turned: &[u16], first: u16) -> Vec<(Part, Bounds)> {
        let mixed = self.is_mixed(parts);
        let copy = |id: &u16| Some(first + u16::try_from(turned.binary_search(id).ok()?).ok()?);
        let align = |part: &Part| {
            let glyph = copy(&part.glyph).filter(|_| mixed).unwrap_or(part.glyph);
            Some((
                Part { glyph, ..*part },
                self.glyph(part.glyph).and_then(read_bounds)?,
            ))
        };
        parts.iter().filter_map(align).collect()
    }

    /// Returns `maxp` with room for the clusters' glyphs.
    fn limits(&self, total: u16, clusters: &[Cluster]) -> Option<Vec<u8>> {
        let parts = clusters
            .iter()
            .map(|cluster| cluster.parts.len())
            .max()
            .unwrap_or(0);
        let parts = u16::try_from(parts).ok()?;
        let most = |a: usize, b: usize| Some(read_u16(self.maxp, a)?.max(read_u16(self.maxp, b)?));
        let mut maxp = self.maxp.to_vec();
        write_u16(&mut maxp, 4, total);
        // Points and contours of composites, components, and how deep they nest.
        write_u16(&mut maxp, 10, most(6, 10)?.saturating_mul(parts));
        write_u16(&mut maxp, 12, most(8, 12)?.saturating_mul(parts));
        write_u16(&mut maxp, 28, read_u16(self.maxp, 28)?.max(parts));
        write_u16(&mut maxp, 30, read_u16(self.maxp, 30)?.saturating_add(1));
        Some(maxp)
    }

    /// Returns the tables that go over into the extended face, fitted to its
    /// number of glyphs.
    fn copied(&self, total: u16) -> Vec<([u8; 4], Vec<u8>)> {
        const KEPT: [&[u8; 4]; 8] = [
            b"OS/2", b"cvt ", b"fpgm", b"head", b"hhea", b"name", b"post", b"prep",
        ];
        let mut tables = Vec::new();
        for (tag, table) in self.tables.iter().filter(|(tag, _)| KEPT.contains(&tag)) {
            let mut table = table.to_vec();
            match tag {
                // Long offsets.
                b"head" => write_u16(&mut table, 50, 1),
                b"hhea" => write_u16(&mut table, 34, total),
                // Version 3: no glyph names.
                b"post" => {
                    table.truncate(32);
                    write_u16(&mut table, 0, 3);
                    write_u16(&mut table, 2, 0);
                }
                _ => {}
            }
            tables.push((*tag, table));
        }
        tables
    }
}

impl GlyphTables {
    /// Adds a glyph and its metrics.
    fn add(&mut self, width: u16, bearing: i16, glyph: &[u8]) -> Option<()> {
        self.loca
            .extend(u32::try_from(self.glyf.len()).ok()?.to_be_bytes());
        self.hmtx.extend(width.to_be_bytes());
        self.hmtx.extend(bearing.to_be_bytes());
        self.glyf.extend(glyph);
        Some(())
    }

    /// Returns the three tables, with long offsets and all widths written out.
    fn finish(mut self) -> Option<[([u8; 4], Vec<u8>); 3]> {
        self.loca
            .extend(u32::try_from(self.glyf.len()).ok()?.to_be_bytes());
        Some([
            (*b"glyf", self.glyf),
            (*b"loca", self.loca),
            (*b"hmtx", self.hmtx),
        ])
    }
}

/// Describes a cluster as a composite glyph and returns it with its left side
/// bearing, or `None` if it leaves no ink.
fn composite(parts: &[(Part, Bounds)]) -> Option<(i16, Vec<u8>)> {
    // Places are words and mean distances; another part follows.
    const PLACED: u16 = 0x0001 | 0x0002;
    const MORE: u16 = 0x0020;
    let boxes = parts.iter().map(|(part, bounds)| bounds.moved(part));
    let around = boxes.reduce(Bounds::around)?;
    let mut glyph = around.header(-1);
    for (place, (part, _)) in parts.iter().enumerate() {
        let more = if place + 1 < parts.len() { MORE } else { 0 };
        glyph.extend((PLACED | more).to_be_bytes());
        glyph.extend(part.glyph.to_be_bytes());
        glyph.extend(words(&[part.x, part.y]));
    }
    Some((around.x_min, glyph))
}

/// Writes a face file from its tables.
pub(super) fn write_face(mut tables: Vec<([u8; 4], Vec<u8>)>) -> Vec<u8> {
    tables.sort();
    let stamp = typst::utils::hash128(&tables);
    let count = tables.len() as u16;
    let mut file = vec![0, 1, 0, 0];
    // The three numbers for binary search after the count are not read any more.
    file.extend([count, 0, 0, 0].map(u16::to_be_bytes).concat());
    let mut offset = file.len() + 16 * tables.len();
    for (tag, table) in &mut tables {
        // The export tells faces apart by this checksum and the length of the
        // file, not by their content. Two documents need different glyphs under
        // one name, and a sum does not see their order, so both carry a hash.
        if tag == b"head" {
            write_u16(table, 8, (stamp >> 16) as u16);
            write_u16(table, 10, stamp as u16);
        }
        file.extend(*tag);
        file.extend(
            [0, offset as u32, table.len() as u32]
                .map(u32::to_be_bytes)
                .concat(),
        );
        table.resize(table.len().next_multiple_of(4), 0);
        offset += table.len();
    }
    file.extend(tables.into_iter().flat_map(|(_, table)| table));
    file.resize(file.len() + 4 * ((stamp >> 32) & 0x3ff) as usize, 0);
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faces_with_other_glyphs_are_told_apart() {
        let tables = |a: u8, b: u8| vec![(*b"head", vec![0; 54]), (*b"glyf", vec![a, 0, 0, 0, b])];
        let [one, other] = [tables(1, 2), tables(2, 1)].map(write_face);
        let stamp = |file: &[u8]| {
            let at = read_u32(file, 12 + 16 + 8).map(|at| at as usize + 8);
            at.and_then(|at| read_u32(file, at))
        };
        assert_ne!(stamp(&one), stamp(&other));
    }
}
