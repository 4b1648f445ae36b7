//! Text that runs out of its place: beyond the margins, into the next column,
//! over other text, off the page.
//!
//! Input: laid-out pages; the template tells by the label `<text-area>` where
//! text may stand. Output: the lines that stand elsewhere. A line that cannot
//! be broken does so: layout never cuts a word.

use std::ops::Range;

use typst::foundations::{Label, Selector, Value};
use typst::introspection::{Introspector, MetadataElem};
use typst::layout::{Frame, FrameItem, Transform};
use typst::utils::PicoStr;
use typst_layout::PagedDocument;

/// How far punctuation may hang into the margin, in points.
const HANG: f64 = 5.0;

/// How far two pieces of text may reach into each other, in points: a letter's
/// tail, or the shadow of a rounded number.
const TOUCH: f64 = 2.0;

/// A line of text that is not where it should be.
#[derive(Clone, Debug, PartialEq)]
pub struct Overflow {
    /// The words of the line.
    pub words: String,
    /// Their language.
    pub language: String,
    /// The page, from 1.
    pub page: usize,
}

/// Where text may stand on a page, in points.
struct Area {
    x: Range<f64>,
    y: Range<f64>,
    /// Where two columns meet.
    edges: Vec<f64>,
}

/// A piece of a line without a gap, in points.
struct Run {
    x: Range<f64>,
    /// From the middle of the letters to their base line: as much as is theirs
    /// alone, however near the next line is.
    y: Range<f64>,
    words: String,
    language: String,
}

/// Returns the text that runs out of its place, in the order of the pages.
pub fn find(document: &PagedDocument) -> Vec<Overflow> {
    let (margins, edges) = margins(document);
    let wide = full_width(document);
    let mut found = Vec::new();
    for (index, page) in document.pages().iter().enumerate() {
        let size = page.frame.size();
        let (width, height) = (size.x.to_pt(), size.y.to_pt());
        let [left, right, top, bottom] = margins;
        let area = Area {
            x: left..width - right,
            y: top..height - bottom,
            edges: edges.clone(),
        };
        let mut runs = Vec::new();
        collect(&page.frame, Transform::identity(), &mut runs);
        let mut out: Vec<bool> = runs
            .iter()
            .map(|run| {
                let at = (index as f64 + 1.0, run.y.end);
                let in_columns = !wide.iter().any(|wide| wide[0] <= at && at <= wide[1]);
                area.is_left_by(run, in_columns) || run.y.start < 0.0 || run.y.end > height
            })
            .collect();
        mark_overlaps(&runs, &mut out);
        let out = runs.into_iter().zip(out).filter(|(_, out)| *out);
        found.extend(out.map(|(run, _)| Overflow {
            words: run.words,
            language: run.language,
            page: index + 1,
        }));
    }
    found
}

/// Returns what the template says: the four margins, and where columns meet.
/// One that says nothing may set text anywhere on the page.
fn margins(document: &PagedDocument) -> ([f64; 4], Vec<f64>) {
    let say = || {
        let label = Label::new(PicoStr::intern("text-area"))?;
        let found = document.introspector().query(&Selector::Label(label));
        let value = found.first()?.to_packed::<MetadataElem>()?.value.clone();
        let Value::Dict(area) = value else {
            return None;
        };
        let number = |key: &str| area.get(key).ok()?.clone().cast::<f64>().ok();
        let margins = [
            number("left")?,
            number("right")?,
            number("top")?,
            number("bottom")?,
        ];
        let edges = area.get("edges").ok()?.clone().cast::<Vec<f64>>().ok()?;
        Some((margins, edges))
    };
    say().unwrap_or_default()
}

/// Returns from where to where the template says that text stands over the full
/// width, as pages and heights: a table may run from page to page.
fn full_width(document: &PagedDocument) -> Vec<[(f64, f64); 2]> {
    let Some(label) = Label::new(PicoStr::intern("full-width")) else {
        return Vec::new();
    };
    let found = document.introspector().query(&Selector::Label(label));
    let places = found.iter().filter_map(|content| {
        let value = content.to_packed::<MetadataElem>()?.value.clone();
        let Value::Dict(place) = value else {
            return None;
        };
        let number = |key: &str| place.get(key).ok()?.clone().cast::<f64>().ok();
        Some((number("page")?, number("y")?))
    });
    let places: Vec<(f64, f64)> = places.collect();
    let pairs = places.chunks_exact(2);
    pairs.map(|pair| [pair[0], pair[1]]).collect()
}

impl Area {
    /// Tells whether a run reaches beyond the margins, or over the line between
    /// two columns; what stands above and below them is in none.
    fn is_left_by(&self, run: &Run, in_columns: bool) -> bool {
        let outside = run.x.start < self.x.start - HANG || run.x.end > self.x.end + HANG;
        let within = self.y.start <= run.y.start && run.y.end <= self.y.end;
        let over = |at: &f64| run.x.start < at - TOUCH && at + TOUCH < run.x.end;
        outside || within && in_columns && self.edges.iter().any(over)
    }
}

/// Marks each run that stands over another one.
fn mark_overlaps(runs: &[Run], out: &mut [bool]) {
    let meet = |a: &Range<f64>, b: &Range<f64>| a.end.min(b.end) - a.start.max(b.start);
    let mut order: Vec<usize> = (0..runs.len()).collect();
    order.sort_by(|a, b| runs[*a].y.start.total_cmp(&runs[*b].y.start));
    for (index, one) in order.iter().enumerate() {
        let below = order[index + 1..].iter();
        for other in below.take_while(|other| runs[**other].y.start < runs[*one].y.end) {
            if meet(&runs[*one].x, &runs[*other].x) > TOUCH {
                out[*one] = true;
                out[*other] = true;
            }
        }
    }
}

/// Collects the runs of a frame and of all frames within it.
fn collect(frame: &Frame, place: Transform, runs: &mut Vec<Run>) {
    for (at, item) in frame.items() {
        match item {
            FrameItem::Group(group) => {
                let moved = place.pre_concat(Transform::translate(at.x, at.y));
                collect(&group.frame, moved.pre_concat(group.transform), runs);
            }
            FrameItem::Text(text) => {
                let start = at.transform(place);
                let (x, y) = (start.x.to_pt(), start.y.to_pt());
                let seen = text.text.trim_end().len();
                let glyphs = text.glyphs.iter();
                let glyphs = glyphs.filter(|glyph| usize::from(glyph.range.start) < seen);
                let width: f64 = glyphs.map(|g| g.x_advance.at(text.size).to_pt()).sum();
                add(
                    runs,
                    Run {
                        x: x..x + width,
                        y: y - 0.4 * text.size.to_pt()..y,
                        words: text.text.to_string(),
                        language: text.lang.as_str().to_owned(),
                    },
                );
            }
            FrameItem::Shape(..)
            | FrameItem::Image(..)
            | FrameItem::Link(..)
            | FrameItem::Tag(..) => {}
        }
    }
}

/// Adds a run, or lengthens the last one where it goes on.
fn add(runs: &mut Vec<Run>, run: Run) {
    let near = |a: f64, b: f64| (a - b).abs() < 0.1 * TOUCH;
    match runs.last_mut() {
        Some(last)
            if near(last.y.end, run.y.end)
                && near(last.x.end, run.x.start)
                && last.language == run.language =>
        {
            last.x.end = run.x.end;
            last.words.push_str(&run.words);
        }
        _ => runs.push(run),
    }
}
