//! Text layer: laid-out pages to pages whose text reads back letter for letter.
//!
//! Input: a document after layout. Output: the same document, drawn in the same
//! places, in a form from which the PDF export writes text that search, copying
//! and screen readers get back exactly. Works on glyphs and clusters, so it knows
//! no script and no word. This module never reads files and never shapes text.
//!
//! # Cause
//!
//! In Lao (as in every script with marks) a *cluster* is a base letter with the
//! vowel and tone marks that stand on it: several characters, several glyphs.
//!
//! 1. Shaping tells only which cluster a glyph belongs to, not which character.
//!    The export then writes the text of the whole cluster for more than one of
//!    its glyphs.
//! 2. A PDF has one text for each glyph of a font. The same tone mark stands in
//!    many clusters, so the export wraps the others in `ActualText`, which some
//!    readers ignore.
//! 3. Layout cuts a run where the height of a mark changes, and repeats the text
//!    of the cluster in both pieces.
//! 4. Marks have no width and may be raised, so readers that order letters by
//!    their place on the page move them; ຳ is drawn as two glyphs with the tone
//!    between them, so no division of its text among its glyphs is in order.
//!
//! # Cure
//!
//! One cluster becomes one glyph:
//!
//! 1. `runs::join` puts the pieces of a cut run together again.
//! 2. `Faces::survey` collects the clusters of each face, in reading order.
//! 3. `face::extend` adds one composite glyph for each of them to a copy of the face:
//!    a list of the cluster's glyphs and their places, as TrueType has for `é`,
//!    with the width of the cluster.
//! 4. `Faces::set` writes these glyphs into the runs.
//!
//! Each glyph of the new face has one text, so no `ActualText` is needed; each
//! has its width and stands on the base line, so nothing can be reordered. A
//! glyph that stands for two texts (a space and an em space) gets a twin.
//! Nothing moves: the parts of a composite stand where the glyphs stood, and the
//! run goes on by the width that layout gave to the cluster.
//!
//! Faces without TrueType outlines, variable faces and colour faces cannot be
//! extended this way. Their runs are only joined, and the export writes one
//! `ActualText` for each cluster: exact in poppler, not in every reader.

use typst::ecow::EcoVec;
use typst::model::Document;
use typst::text::TextItem;
use typst_layout::{Page, PagedDocument};

mod bytes;
mod cluster;
mod face;
mod faces;
mod outline;
mod runs;
mod unseen;

use self::faces::Faces;

/// Returns the document with a text layer that reads back as its text.
///
/// Nothing moves on the page. Call it once, after layout and before export;
/// queries on the result give the same positions as before.
pub fn repair(document: PagedDocument) -> PagedDocument {
    let mut pages: EcoVec<Page> = document.pages().iter().cloned().collect();
    let mut faces = Faces::default();
    for page in pages.make_mut() {
        unseen::clear(&mut page.frame);
        runs::join(&mut page.frame);
        faces.survey(&page.frame);
    }
    faces.extend();
    for page in pages.make_mut() {
        faces.set(&mut page.frame);
    }
    PagedDocument::new(pages, document.info().clone())
}

/// Tells whether a run will be drawn as shapes, which nobody can search or copy.
pub fn is_picture(run: &TextItem) -> bool {
    unseen::is_picture(run)
}

#[cfg(test)]
mod tests {
    use typst::foundations::{Bytes, Content, Smart};
    use typst::layout::{Abs, Em, Frame, FrameItem, Point, Sides, Size};
    use typst::model::DocumentInfo;
    use typst::syntax::Span;
    use typst::text::{Font, FontInstance, FontVariant, FontVariations, Glyph, Lang};
    use typst::visualize::{Color, Paint};

    use super::bytes::{words, write_u16};
    use super::face::{Outlines, write_face};
    use super::outline::{Bounds, read_bounds};
    use super::runs::join;
    use super::*;

    const BASE: u16 = 1;
    const MARK: u16 = 2;
    const SPACE: u16 = 3;

    /// Makes a face of 1000 units: a base, 500 wide, a mark without width, a space.
    fn face() -> FontInstance {
        let words = |words: &[u16]| words.iter().flat_map(|word| word.to_be_bytes()).collect();
        let mut tables: Vec<([u8; 4], Vec<u8>)> = vec![(*b"head", vec![0; 54])];
        write_u16(&mut tables[0].1, 0, 1);
        write_u16(&mut tables[0].1, 18, 1000);
        tables.push((
            *b"hhea",
            words(&[1, 0, 800, 0, 0, 500, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4]),
        ));
        tables.push((
            *b"maxp",
            words(&[1, 0, 4, 4, 1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0]),
        ));
        tables.push((*b"hmtx", words(&[0, 0, 500, 50, 0, 100, 250, 0])));
        tables.push((*b"loca", words(&[0, 0, 12, 24, 24])));
        let square = |left: u16, bottom: u16, right: u16, top: u16| {
            [
                1,
                left,
                bottom,
                right,
                top,
                2,
                0,
                0x0101,
                0x0100,
                left,
                right - left,
                0,
            ]
        };
        let glyf = [square(50, 0, 450, 400), square(100, 500, 200, 600)].concat();
        tables.push((*b"glyf", words(&glyf)));
        let mut name: Vec<u8> = words(&[0, 1, 18, 3, 1, 0x409, 1, 2, 0]);
        name.extend([0, b'F']);
        tables.push((*b"name", name));
        let font = Font::new(Bytes::new(write_face(tables)), 0).expect("the face is complete");
        font.instantiate(
            FontVariant::default(),
            Abs::zero(),
            &FontVariations::default(),
        )
    }

    /// Makes a glyph of the face for `text[range]`, the cluster number `place`.
    fn glyph(id: u16, range: std::ops::Range<u16>, place: u16) -> Glyph {
        let advance = [0.0, 0.5, 0.0, 0.25][usize::from(id)];
        Glyph {
            id,
            x_advance: Em::new(advance),
            x_offset: Em::new(if id == MARK { -0.3 } else { 0.0 }),
            y_advance: Em::zero(),
            y_offset: Em::zero(),
            range,
            span: (Span::detached(), place),
        }
    }

    fn run(text: &str, glyphs: Vec<Glyph>) -> FrameItem {
        FrameItem::Text(TextItem {
            font: face(),
            size: Abs::pt(10.0),
            fill: Paint::Solid(Color::BLACK),
            stroke: None,
            lang: Lang::ENGLISH,
            region: None,
            text: text.into(),
            glyphs,
        })
    }

    fn frame(items: Vec<(f64, f64, FrameItem)>) -> Frame {
        let mut frame = Frame::soft(Size::splat(Abs::pt(100.0)));
        for (x, y, item) in items {
            frame.push(Point::new(Abs::pt(x), Abs::pt(y)), item);
        }
        frame
    }

    /// Lays "kX̂kX̂ k" out as layout does: cut wherever the mark goes up or down.
    fn cut_run() -> Frame {
        let marked = |place| run("k^", vec![glyph(MARK, 0..2, place)]);
        let head = run("k^", vec![glyph(BASE, 0..2, 0)]);
        let middle = run("k^", vec![glyph(BASE, 0..2, 2)]);
        let tail = run(" k", vec![glyph(SPACE, 0..1, 4), glyph(BASE, 1..2, 5)]);
        frame(vec![
            (0.0, 20.0, head),
            (5.0, 18.0, marked(0)),
            (5.0, 20.0, middle),
            (10.0, 18.0, marked(2)),
            (10.0, 20.0, tail),
        ])
    }

    fn runs(frame: &Frame) -> Vec<&TextItem> {
        let text = |item| match item {
            &(_, FrameItem::Text(ref text)) => Some(text),
            _ => None,
        };
        frame.items().filter_map(text).collect()
    }

    fn repaired(frame: Frame) -> Frame {
        let page = Page {
            frame,
            bleed: Sides::splat(Abs::zero()),
            fill: Smart::Auto,
            numbering: None,
            supplement: Content::empty(),
            number: 1,
        };
        let document = PagedDocument::new([page].into_iter().collect(), DocumentInfo::default());
        repair(document).pages()[0].frame.clone()
    }

    #[test]
    fn a_cut_run_is_joined() {
        let mut frame = cut_run();
        join(&mut frame);
        let runs = runs(&frame);
        assert_eq!(runs.len(), 1);
        assert_eq!(runs[0].text, "k^k^ k");
        let ranges: Vec<_> = runs[0].glyphs.iter().map(Glyph::range).collect();
        assert_eq!(ranges, [0..2, 0..2, 2..4, 2..4, 4..5, 5..6]);
        assert!((runs[0].glyphs[1].y_offset.get() - 0.2).abs() < 1e-9);
        assert!(runs[0].glyphs[2].y_offset.get().abs() < 1e-9);
    }

    #[test]
    fn two_clusters_with_one_text_stay_two() {
        let first = run("k^", vec![glyph(BASE, 0..2, 0), glyph(MARK, 0..2, 0)]);
        let second = run("k^", vec![glyph(BASE, 0..2, 2), glyph(MARK, 0..2, 2)]);
        let mut frame = frame(vec![(0.0, 20.0, first), (5.0, 20.0, second)]);
        join(&mut frame);
        assert_eq!(runs(&frame).len(), 2);
    }

    #[test]
    fn a_cluster_becomes_one_glyph_of_its_width() {
        let frame = repaired(cut_run());
        let run = runs(&frame)[0];
        let texts: Vec<_> = run
            .glyphs
            .iter()
            .map(|glyph| &run.text[glyph.range()])
            .collect();
        assert_eq!(texts, ["k^", "k^", " ", "k"]);
        assert_eq!(run.glyphs[0].id, run.glyphs[1].id);
        assert_eq!(run.glyphs[3].id, BASE);
        assert!((run.width().to_pt() - 17.5).abs() < 1e-9);
        assert_eq!(run.font.x_advance(run.glyphs[0].id), Some(Em::new(0.5)));
    }

    #[test]
    fn a_composite_stands_where_its_glyphs_stood() {
        let frame = repaired(cut_run());
        let run = runs(&frame)[0];
        let outlines = Outlines::read(&run.font).expect("the face is extended");
        // The mark is moved by 500 - 300 units and raised by 200.
        let around = Bounds {
            x_min: 50,
            y_min: 0,
            x_max: 450,
            y_max: 800,
        };
        let glyph = outlines.glyph(run.glyphs[0].id).expect("it has an outline");
        assert_eq!(read_bounds(glyph), Some(around));
        let placed = [0x23, BASE as i16, 0, 0, 0x03, MARK as i16, 200, 200];
        assert_eq!(glyph[10..], words(&placed));
    }

    #[test]
    fn a_glyph_with_two_texts_gets_a_twin() {
        let glyphs = vec![
            glyph(SPACE, 0..1, 0),
            glyph(SPACE, 1..4, 1),
            glyph(SPACE, 4..5, 4),
        ];
        let frame = repaired(frame(vec![(0.0, 20.0, run(" \u{2003} ", glyphs))]));
        let run = runs(&frame)[0];
        assert_eq!(run.glyphs[0].id, SPACE);
        assert_ne!(run.glyphs[1].id, SPACE);
        assert_eq!(run.glyphs[2].id, SPACE);
    }

    #[test]
    fn a_face_without_clusters_is_left_alone() {
        let before = frame(vec![(0.0, 20.0, run("k", vec![glyph(BASE, 0..1, 0)]))]);
        assert_eq!(
            runs(&repaired(before.clone()))[0].font,
            runs(&before)[0].font
        );
    }
}
