//! Lines that justification would tear.
//!
//! Where a line has few spaces, or what follows cannot be parted, its spaces would grow
//! to several times their width. Such a line is rather left uneven: its spaces get
//! their own width, and what stands behind them moves up.
//!
//! Input: laid-out pages whose text layer is repaired, so that all words of a line stand
//! on one base line. Output: the same pages, no space wider than twice its own width.

use typst::ecow::EcoVec;
use typst::layout::{Abs, Em, Frame, FrameItem, Point, Size};
use typst::model::Document;
use typst::text::{Glyph, TextItem};
use typst_layout::{Page, PagedDocument};

/// A space may be so many times as wide as it is by itself. With the room between the
/// letters of a stretched line it is then twice as wide at most.
const WIDEST: f64 = 1.75;

/// How far two pieces of one line may seem to be apart, in points.
const NEAR: f64 = 1.0;

/// How far above or below the base line of a line something is of it, in points.
const HEIGHT: f64 = 20.0;

/// Returns pages without torn lines.
pub fn mend(document: PagedDocument) -> PagedDocument {
    if !document.pages().iter().any(|page| is_torn(&page.frame)) {
        return document;
    }
    let mut pages: EcoVec<Page> = document.pages().iter().cloned().collect();
    for page in pages.make_mut() {
        mend_in(&mut page.frame);
    }
    PagedDocument::new(pages, document.info().clone())
}

fn is_torn(frame: &Frame) -> bool {
    frame.items().any(|(_, item)| match item {
        FrameItem::Group(group) => is_torn(&group.frame),
        FrameItem::Text(run) => run.glyphs.iter().any(|glyph| excess(run, glyph).is_some()),
        _ => false,
    })
}

/// Returns by how much a torn space is too wide.
fn excess(run: &TextItem, glyph: &Glyph) -> Option<Em> {
    if !matches!(run.text.get(glyph.range())?, " " | "\u{a0}") {
        return None;
    }
    let own = run.font.x_advance(glyph.id)?;
    (glyph.x_advance > own * WIDEST).then(|| glyph.x_advance - own)
}

/// What was taken away of the line that is read.
struct Line {
    base: Abs,
    start: Abs,
    /// Where it ends so far, before anything was taken away.
    end: Abs,
    /// Behind which places how much is taken away.
    cuts: Vec<(Abs, Abs)>,
}

impl Line {
    fn at(start: Point) -> Self {
        Self {
            base: start.y,
            start: start.x,
            end: start.x,
            cuts: Vec::new(),
        }
    }

    /// Tells whether the line goes on at a place.
    fn goes_on(&self, at: Point) -> bool {
        (at.y - self.base).to_pt().abs() < NEAR && self.ends_at(at.x)
    }

    /// Tells whether something at a place is of the line.
    fn has(&self, at: Point) -> bool {
        let within = self.start <= at.x && at.x <= self.end || self.ends_at(at.x);
        (at.y - self.base).to_pt().abs() < HEIGHT && within
    }

    fn ends_at(&self, x: Abs) -> bool {
        (x - self.end).to_pt().abs() < NEAR
    }

    /// Returns where a place of the line is now.
    fn moved(&self, x: Abs) -> Abs {
        let cuts = self
            .cuts
            .iter()
            .filter(|(at, _)| at.to_pt() <= x.to_pt() + 0.01);
        x - cuts.map(|(_, by)| *by).sum::<Abs>()
    }

    /// Takes away what is too wide in a run.
    fn mend(&mut self, run: &mut TextItem) {
        for index in 0..run.glyphs.len() {
            self.end += run.glyphs[index].x_advance.at(run.size);
            if let Some(by) = excess(run, &run.glyphs[index]) {
                run.glyphs[index].x_advance -= by;
                self.cuts.push((self.end, by.at(run.size)));
            }
        }
    }
}

fn mend_in(frame: &mut Frame) {
    if !is_torn(frame) {
        return;
    }
    let items: Vec<(Point, FrameItem)> = frame.items().cloned().collect();
    let mut mended = Frame::new(frame.size(), frame.kind());
    if frame.has_baseline() {
        mended.set_baseline(frame.baseline());
    }
    let mut line = Line::at(Point::splat(-Abs::inf()));
    for (mut at, mut item) in items {
        match &mut item {
            FrameItem::Text(run) => {
                if !line.goes_on(at) {
                    line = Line::at(at);
                }
                at.x = line.moved(at.x);
                line.mend(run);
            }
            FrameItem::Link(_, size) if line.has(at) => {
                let end = line.moved(at.x + size.x);
                at.x = line.moved(at.x);
                *size = Size::new(end - at.x, size.y);
            }
            FrameItem::Group(group) => {
                mend_in(&mut group.frame);
                // A box among the words.
                if line.has(at) && line.ends_at(at.x) {
                    line.end += group.frame.width();
                    at.x = line.moved(at.x);
                }
            }
            _ if line.has(at) => at.x = line.moved(at.x),
            _ => {}
        }
        mended.push(at, item);
    }
    *frame = mended;
}
