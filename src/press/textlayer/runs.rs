//! Runs that layout has cut inside a cluster, in one piece again.

use typst::layout::{Abs, Em, Frame, FrameItem, Point};
use typst::text::{Glyph, TextItem};

/// The run that the next piece of text may continue.
struct OpenRun {
    /// Where the run stands among the items of its frame.
    item: usize,
    /// Where its last piece ends.
    end: Abs,
    /// Whether it is more than one piece already.
    joined: bool,
}

/// How two pieces of a run go together.
enum Seam {
    /// The second piece's text comes after the first; so many bytes are in both.
    After(usize),
    /// The second piece's text comes before the first; so many bytes are in both.
    Before(usize),
}

/// Joins the pieces of runs that layout has cut inside a cluster.
pub(super) fn join(frame: &mut Frame) {
    let mut items: Vec<(Point, FrameItem)> = Vec::with_capacity(frame.layer());
    let mut open: Option<OpenRun> = None;
    for (pos, item) in frame.items().cloned() {
        match item {
            FrameItem::Text(text) => add_text(&mut items, &mut open, pos, text),
            FrameItem::Group(mut group) => {
                join(&mut group.frame);
                items.push((pos, FrameItem::Group(group)));
                open = None;
            }
            // The line under a run is drawn piece by piece, between the pieces.
            FrameItem::Shape(..) => items.push((pos, item)),
            FrameItem::Image(..) | FrameItem::Link(..) | FrameItem::Tag(..) => {
                items.push((pos, item));
                open = None;
            }
        }
    }
    frame.clear();
    frame.push_multiple(items);
}

/// Adds a piece of text to the open run, or opens a new run with it.
fn add_text(
    items: &mut Vec<(Point, FrameItem)>,
    open: &mut Option<OpenRun>,
    pos: Point,
    text: TextItem,
) {
    let end = pos.x + text.width();
    if let Some(run) = open
        && let Some((start, FrameItem::Text(first))) = items.get_mut(run.item)
        && pos.x.approx_eq(run.end)
        && let Some(seam) = find_seam(first, &text, run.joined && pos.y.approx_eq(start.y))
        && append(first, &text, seam, Em::from_abs(start.y - pos.y, text.size))
    {
        run.end = end;
        run.joined = true;
        return;
    }
    *open = Some(OpenRun {
        item: items.len(),
        end,
        joined: false,
    });
    items.push((pos, FrameItem::Text(text)));
}

/// Tells whether `next` continues `first`, either inside a cluster or, where
/// `level` says that it is back on the base line of a cut run, after one.
fn find_seam(first: &TextItem, next: &TextItem, level: bool) -> Option<Seam> {
    let alike = first.font == next.font
        && first.size == next.size
        && first.fill == next.fill
        && first.stroke == next.stroke
        && first.lang == next.lang
        && first.region == next.region;
    let (last, head) = (first.glyphs.last()?, next.glyphs.first()?);
    let cluster = first.text.get(last.range())?;
    let shared = last.span == head.span && next.text.get(head.range())? == cluster;
    if !alike || !(shared || level) {
        return None;
    }
    let overlap = if shared { cluster.len() } else { 0 };
    if last.range().end == first.text.len() && head.range.start == 0 {
        Some(Seam::After(overlap))
    } else if last.range.start == 0 && head.range().end == next.text.len() {
        Some(Seam::Before(overlap))
    } else {
        None
    }
}

/// Appends the glyphs of `next`, raised by `rise`. Does nothing and returns
/// `false` if the text would outgrow the range of a glyph.
fn append(first: &mut TextItem, next: &TextItem, seam: Seam, rise: Em) -> bool {
    let (text, first_shift, next_shift) = match seam {
        Seam::After(overlap) => {
            let rest = next.text.get(overlap..).unwrap_or_default();
            (first.text.clone() + rest, 0, first.text.len() - overlap)
        }
        Seam::Before(overlap) => {
            let rest = first.text.get(overlap..).unwrap_or_default();
            (next.text.clone() + rest, next.text.len() - overlap, 0)
        }
    };
    if u16::try_from(text.len()).is_err() {
        return false;
    }
    first
        .glyphs
        .iter_mut()
        .for_each(|glyph| shift(glyph, first_shift));
    first
        .glyphs
        .extend(next.glyphs.iter().cloned().map(|mut glyph| {
            shift(&mut glyph, next_shift);
            glyph.y_offset += rise;
            glyph
        }));
    first.text = text;
    true
}

/// Moves a glyph's range by some bytes; the text is known to fit.
fn shift(glyph: &mut Glyph, bytes: usize) {
    let bytes = u16::try_from(bytes).unwrap_or_default();
    glyph.range.start = glyph.range.start.saturating_add(bytes);
    glyph.range.end = glyph.range.end.saturating_add(bytes);
}
