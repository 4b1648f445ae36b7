//! What is seen but not read, and what is read but not seen.
//!
//! Input: a laid-out frame. Output: the same frame, with two changes. Text in
//! the language `zxx`, the code for no linguistic content (ISO 639-2), becomes
//! its outlines: a watermark is no part of what is searched, copied or heard.
//! Characters that only steer the breaking of lines leave the text of a run: a
//! reader finds "02 năm" however its line was held together.

use std::ops::Range;

use typst::layout::{Abs, Frame, FrameItem, Point};
use typst::syntax::Span;
use typst::text::{FontInstance, TextItem};
use typst::visualize::{Curve, FillRule, Geometry, Shape};

/// The language whose text is only a picture.
const PICTURE: &str = "zxx";

/// Tells whether a run is drawn as shapes.
pub(super) fn is_picture(run: &TextItem) -> bool {
    run.lang.as_str() == PICTURE
}

/// Returns what a character becomes in the text layer.
fn seen(letter: char) -> Option<char> {
    match letter {
        // A zero-width space lets a line end, a word joiner forbids it.
        '\u{200b}' | '\u{2060}' => None,
        '\u{a0}' => Some(' '),
        other => Some(other),
    }
}

/// Makes the changes in a frame and in all frames within it.
pub(super) fn clear(frame: &mut Frame) {
    frame.retain(|item| match item {
        FrameItem::Group(group) => {
            clear(&mut group.frame);
            true
        }
        FrameItem::Text(run) if is_picture(run) => {
            *item = outline(run);
            true
        }
        FrameItem::Text(run) => {
            strip(run);
            !run.glyphs.is_empty()
        }
        FrameItem::Shape(..) | FrameItem::Image(..) | FrameItem::Link(..) | FrameItem::Tag(..) => {
            true
        }
    });
}

/// Takes the characters that are not seen out of a run, and the glyphs that
/// stood for nothing else.
fn strip(run: &mut TextItem) {
    if run.text.chars().all(|letter| seen(letter) == Some(letter)) {
        return;
    }
    // For each byte of the old text, where it is in the new one.
    let mut places = Vec::with_capacity(run.text.len() + 1);
    let mut text = String::with_capacity(run.text.len());
    for letter in run.text.chars() {
        places.extend(std::iter::repeat_n(text.len(), letter.len_utf8()));
        text.extend(seen(letter));
    }
    places.push(text.len());
    let place = |byte: u16| {
        places
            .get(usize::from(byte))
            .and_then(|&byte| u16::try_from(byte).ok())
    };
    let moved = |range: &Range<u16>| Some(place(range.start)?..place(range.end)?);
    run.glyphs.retain_mut(|glyph| match moved(&glyph.range) {
        Some(range) => {
            glyph.range = range;
            !glyph.range.is_empty()
        }
        None => false,
    });
    run.text = text.into();
}

/// Draws a run as one shape, from the outlines of its glyphs.
fn outline(run: &TextItem) -> FrameItem {
    let mut pen = Pen {
        curve: Curve::new(),
        origin: Point::zero(),
        font: &run.font,
        size: run.size,
    };
    let mut at = Point::zero();
    for glyph in &run.glyphs {
        let offset = Point::new(glyph.x_offset.at(run.size), -glyph.y_offset.at(run.size));
        pen.origin = at + offset;
        run.font
            .ttf()
            .outline_glyph(ttf_parser::GlyphId(glyph.id), &mut pen);
        at.x += glyph.x_advance.at(run.size);
    }
    let shape = Shape {
        geometry: Geometry::Curve(pen.curve),
        fill: Some(run.fill.clone()),
        fill_rule: FillRule::NonZero,
        stroke: run.stroke.clone(),
    };
    FrameItem::Shape(shape, Span::detached())
}

/// Turns the outlines of glyphs into a curve on the page, whose y axis points
/// down.
struct Pen<'a> {
    curve: Curve,
    origin: Point,
    font: &'a FontInstance,
    size: Abs,
}

impl Pen<'_> {
    fn point(&self, x: f32, y: f32) -> Point {
        let length = |units: f32| self.font.to_em(units).at(self.size);
        self.origin + Point::new(length(x), -length(y))
    }
}

impl ttf_parser::OutlineBuilder for Pen<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        self.curve.move_(self.point(x, y));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.curve.line(self.point(x, y));
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        // The same curve with two control points (degree elevation).
        let (control, end) = (self.point(x1, y1), self.point(x, y));
        let start = self
            .curve
            .0
            .iter()
            .rev()
            .find_map(last_point)
            .unwrap_or(control);
        let between = |point: Point| point + (control - point) * (2.0 / 3.0);
        self.curve.cubic(between(start), between(end), end);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.curve
            .cubic(self.point(x1, y1), self.point(x2, y2), self.point(x, y));
    }

    fn close(&mut self) {
        self.curve.close();
    }
}

fn last_point(item: &typst::visualize::CurveItem) -> Option<Point> {
    use typst::visualize::CurveItem;
    match item {
        CurveItem::Move(point) | CurveItem::Line(point) | CurveItem::Cubic(_, _, point) => {
            Some(*point)
        }
        CurveItem::Close => None,
    }
}
