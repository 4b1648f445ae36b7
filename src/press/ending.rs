//! That signatures stand below words of the agreement.
//!
//! Input: how a document is laid out for a given room between its lines. Output: the
//! document as it usually is; or, where a page would hold little but an ending, with
//! somewhat less or more room, if that mends it. Decree 30/2020/ND-CP, Appendix I, asks
//! for single lines at least and for one and a half at most.

use typst::foundations::{Content, Value};
use typst::introspection::{Location, MetadataElem, Tag};
use typst::layout::{Frame, FrameItem, Transform};
use typst::pdf::ArtifactElem;
use typst_layout::PagedDocument;

use crate::diagnostic::{Outcome, Warned};

/// How the end of a document is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Plan {
    /// How much of the usual room stands between two lines, where it is not the usual.
    pub(super) leading: Option<f64>,
    /// Whether the paragraph above the closing comes along with the signatures.
    pub(super) along: bool,
}

/// As it usually is.
pub(super) const USUAL: Plan = Plan {
    leading: None,
    along: true,
};

/// What is tried where that leaves a page with little but an ending.
const OTHERS: [(f64, bool); 4] = [(0.94, true), (0.88, true), (1.08, true), (1.0, false)];

/// So many lines of the agreement stand above the first signature, at least.
const LEAST: usize = 2;

/// With so few lines above it a page holds nothing but the ending.
const FEW: usize = 3;

/// How bad that is, where all else is well.
const SPARSE: usize = 1;

/// So few lines fill no page that is followed by the signatures.
const EMPTY: usize = 8;

/// How far two pieces of text of one line may be apart, in points.
const LINE: f64 = 6.0;

/// Lays a document out, whose ending is `short` where it surely leaves room on its page.
///
/// # Errors
/// What `lay_out` says of the usual way.
pub(super) fn fit(
    short: bool,
    mut lay_out: impl FnMut(Plan) -> Outcome<Warned<PagedDocument>>,
) -> Outcome<Warned<PagedDocument>> {
    let mut best = lay_out(USUAL)?;
    let mut least = faults(&best.output);
    // An ending that fills its page has no room for more, whatever stands above it.
    if least == SPARSE && !short {
        return Ok(best);
    }
    for (leading, along) in OTHERS {
        // What is only sparse is not worth wider lines.
        if least == 0 || least == SPARSE && leading > 0.94 {
            break;
        }
        let leading = Some(leading).filter(|leading| *leading != 1.0);
        let Ok(other) = lay_out(Plan { leading, along }) else {
            break;
        };
        let found = faults(&other.output);
        if found < least {
            (best, least) = (other, found);
        }
    }
    Ok(best)
}

/// Tells how bad the pages of an ending are: 0 where nothing is to be mended.
fn faults(document: &PagedDocument) -> usize {
    let mut before = None;
    for (index, page) in document.pages().iter().enumerate() {
        let mut walk = Walk::default();
        walk.frame(&page.frame, Transform::identity());
        let lines = walk.lines();
        if !walk.signed {
            before = Some(lines);
            continue;
        }
        let bare = if lines < LEAST { 100 } else { 0 };
        let empty = match before {
            Some(lines) if lines < EMPTY => 10,
            _ => 0,
        };
        let sparse = if index > 0 && lines <= FEW { SPARSE } else { 0 };
        return bare + empty + sparse;
    }
    0
}

/// Reads a page up to the first signature.
#[derive(Default)]
struct Walk {
    /// The base lines of the words, in points.
    lines: Vec<f64>,
    /// What stands around the text and is open.
    around: Vec<Location>,
    signed: bool,
}

impl Walk {
    /// Returns how many lines there are.
    fn lines(&mut self) -> usize {
        self.lines.sort_by(f64::total_cmp);
        let apart = |two: &&[f64]| two[1] - two[0] > LINE;
        let ends = self.lines.windows(2).filter(apart).count();
        ends + usize::from(!self.lines.is_empty())
    }

    fn frame(&mut self, frame: &Frame, place: Transform) {
        for (at, item) in frame.items() {
            match item {
                _ if self.signed => return,
                FrameItem::Group(group) => {
                    let moved = place.pre_concat(Transform::translate(at.x, at.y));
                    self.frame(&group.frame, moved.pre_concat(group.transform));
                }
                FrameItem::Text(_) if self.around.is_empty() => {
                    self.lines.push(at.transform(place).y.to_pt());
                }
                FrameItem::Tag(Tag::Start(content, _)) => self.start(content),
                FrameItem::Tag(Tag::End(location, ..)) => {
                    self.around.retain(|open| open != location);
                }
                _ => {}
            }
        }
    }

    fn start(&mut self, content: &Content) {
        if content.to_packed::<ArtifactElem>().is_some() {
            self.around.extend(content.location());
        }
        let label = content.label().map(|label| label.resolve().to_string());
        let mark = content.to_packed::<MetadataElem>();
        let signer = mark.map(|mark| &mark.value);
        if let (Some("of-party"), Some(Value::Str(_))) = (label.as_deref(), signer) {
            self.signed = true;
        }
    }
}
