//! A YAML file to the pieces that it is written in.
//!
//! Input: a text that `parse` has read, whose lines end in `\n` alone. Output:
//! [`Written`]; or the place of what can be in no layout: anchors, aliases, tags, and
//! keys of several lines.

use std::borrow::Cow;
use std::ops::Range;

use granit_parser::{Event, Options, Parser, ScalarStyle, StructureStyle};

use super::gaps;
use super::notation::{Comment, Piece, Place, Refused, Scalar, Shape, Style, Written};

/// More comments in a row than any file has.
const MOST_COMMENTS: usize = 1 << 20;

/// Reads a file.
///
/// # Errors
/// What has no place in a layout.
pub fn read(text: &str) -> Result<Written, Refused> {
    let mut reader = Reader::scan(text)?;
    let mut place = Place::default();
    let value = reader.value(&mut place)?;
    let mut written = Written {
        root: Piece {
            value,
            ..Piece::default()
        },
        ..Written::default()
    };
    gaps::attach(&mut written, text, &reader.comments);
    Ok(written)
}

/// Returns all comments of a file, in the order of their letters.
///
/// # Errors
/// As [`read`].
pub fn comments(text: &str) -> Result<Vec<String>, Refused> {
    let comments = Reader::scan(text)?.comments.into_iter();
    let mut comments: Vec<String> = comments.map(|comment| comment.text).collect();
    comments.sort();
    Ok(comments)
}

/// Returns the comments of a file with the bytes at which they begin, in order.
///
/// # Errors
/// As [`read`].
pub fn commented(text: &str) -> Result<Vec<(usize, String)>, Refused> {
    let comments = Reader::scan(text)?.comments.into_iter();
    Ok(comments.map(|comment| (comment.at, comment.text)).collect())
}

struct Reader<'a> {
    text: &'a str,
    events: Vec<(Event<'a>, Range<usize>)>,
    comments: Vec<Comment>,
    next: usize,
}

impl<'a> Reader<'a> {
    fn scan(text: &'a str) -> Result<Self, Refused> {
        let mut reader = Self {
            text,
            events: Vec::new(),
            comments: Vec::new(),
            next: 0,
        };
        let mut options = Options::default();
        options.max_buffered_comment_events = MOST_COMMENTS;
        for next in Parser::new_from_str_with_options(text, options) {
            let Ok((event, span)) = next else {
                return Err(Refused(0..0));
            };
            let start = span.start.byte_offset().unwrap_or_default();
            let end = span.end.byte_offset().unwrap_or(start).min(text.len());
            let range = start.min(end)..end;
            let (anchor, tag) = match &event {
                Event::Scalar(_, _, anchor, tag)
                | Event::SequenceStart(_, anchor, tag)
                | Event::MappingStart(_, anchor, tag) => (*anchor, tag.is_some()),
                Event::Alias(_) => (1, false),
                Event::Comment(..) => {
                    reader.comments.push(comment(text, range));
                    continue;
                }
                _ => (0, false),
            };
            if anchor > 0 || tag {
                return Err(Refused(range));
            }
            match event {
                Event::StreamStart
                | Event::StreamEnd
                | Event::DocumentStart(..)
                | Event::DocumentEnd => {}
                event => reader.events.push((event, range)),
            }
        }
        reader.comments.sort_by_key(|comment| comment.at);
        Ok(reader)
    }

    fn take(&mut self) -> Option<(Event<'a>, Range<usize>)> {
        let taken = self.events.get(self.next).cloned();
        self.next += 1;
        taken
    }

    fn is_end(&self) -> bool {
        let next = self.events.get(self.next);
        next.is_none_or(|(event, _)| matches!(event, Event::SequenceEnd | Event::MappingEnd))
    }

    /// Reads a value; `place` is that of its piece, which begins with it or before.
    fn value(&mut self, place: &mut Place) -> Result<Shape, Refused> {
        let Some((event, range)) = self.take() else {
            return Ok(Shape::default());
        };
        let (is_map, style) = match event {
            Event::Scalar(text, style, ..) => {
                let scalar = self.scalar(text, style, &range);
                // What is not there has no place.
                if scalar.style != Style::Plain || !scalar.token.is_empty() {
                    let end = last_line(self.text, &range, &scalar);
                    place.end_line = place.end_line.max(end);
                }
                return Ok(Shape::Scalar(scalar));
            }
            Event::SequenceStart(style, ..) => (false, style),
            Event::MappingStart(style, ..) => (true, style),
            _ => return Err(Refused(range)),
        };
        let flow = style == StructureStyle::Flow;
        let mut pieces = Vec::new();
        while !self.is_end() {
            pieces.push(match is_map {
                true => self.entry()?,
                false => self.item()?,
            });
        }
        let end = self.take().map_or(range.end, |(_, range)| range.end);
        let range = range.start..end.max(range.start);
        if flow {
            place.end_line = place.end_line.max(line_of(self.text, range.end));
        }
        Ok(Shape::Collection {
            is_map,
            flow,
            pieces,
            range,
        })
    }

    fn entry(&mut self) -> Result<Piece, Refused> {
        let Some((Event::Scalar(name, style, ..), range)) = self.take() else {
            let range = self.events.get(self.next.saturating_sub(1));
            return Err(Refused(range.map_or(0..0, |(_, range)| range.clone())));
        };
        let key = self.text[range.clone()].trim_end();
        let is_block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
        if is_block || key.contains('\n') || key.is_empty() {
            return Err(Refused(range));
        }
        let mut piece = Piece {
            key: Some(key.to_owned()),
            name: name.into_owned(),
            place: self.place(range.start),
            ..Piece::default()
        };
        let mut place = piece.place;
        piece.value = self.value(&mut place)?;
        piece.place = place;
        Ok(piece)
    }

    fn item(&mut self) -> Result<Piece, Refused> {
        let next = self.events.get(self.next);
        let start = next.map_or(0, |(event, range)| match event {
            // Below `|` or `>` a value begins with its first word.
            Event::Scalar(_, ScalarStyle::Literal | ScalarStyle::Folded, ..) => {
                header(self.text, range.start)
            }
            Event::Scalar(..) if range.is_empty() => {
                let before = self.text[..range.start].trim_end();
                if before.ends_with('-') {
                    before.len()
                } else {
                    range.start
                }
            }
            _ => range.start,
        });
        let mut place = self.place(start);
        // A mapping without brackets begins with its first key.
        let line = self.text[..start].rfind('\n').map_or(0, |at| at + 1);
        let before = self.text[line..start].trim_end();
        let dash = before.strip_suffix('-');
        let dash = dash.map(|rest| rest.chars().count());
        place.column = dash.unwrap_or(place.column.saturating_sub(2));
        let value = self.value(&mut place)?;
        Ok(Piece {
            value,
            place,
            ..Piece::default()
        })
    }

    fn scalar(&self, text: Cow<'a, str>, style: ScalarStyle, range: &Range<usize>) -> Scalar {
        let style = match style {
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => Style::Quoted,
            ScalarStyle::Literal => Style::Literal,
            ScalarStyle::Folded => Style::Folded,
            ScalarStyle::Plain => Style::Plain,
        };
        let token = self.text[range.clone()].trim_end();
        Scalar {
            // A value that is not there is told as nothing.
            text: match (style, token) {
                (Style::Plain, "") => String::new(),
                _ => text.into_owned(),
            },
            style,
            token: token.to_owned(),
        }
    }

    fn place(&self, start: usize) -> Place {
        let line = self.text[..start].rfind('\n').map_or(0, |at| at + 1);
        let number = line_of(self.text, start);
        Place {
            start,
            line: number,
            column: self.text[line..start].chars().count(),
            end_line: number,
        }
    }
}

/// Returns where the sign of a value below `|` or `>` stands, in a list: behind the dash.
fn header(text: &str, start: usize) -> usize {
    let before = text[..start].trim_end();
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    match before[line..].rfind("- ") {
        Some(dash) if !before[line..].trim_start().starts_with(['|', '>']) => line + dash + 2,
        _ => start,
    }
}

fn comment(text: &str, range: Range<usize>) -> Comment {
    let start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let before = &text[start..range.start];
    Comment {
        at: range.start,
        line: line_of(text, range.start),
        column: before.chars().count(),
        is_alone: before.trim().is_empty(),
        text: text[range].trim_end().to_owned(),
    }
}

/// Returns the line of a byte, from 0.
fn line_of(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count()
}

/// Returns the last line that a value takes: of one below `|+` its empty lines as well.
fn last_line(text: &str, range: &Range<usize>, scalar: &Scalar) -> usize {
    let is_block = matches!(scalar.style, Style::Literal | Style::Folded);
    if !is_block {
        return line_of(text, range.start + scalar.token.len());
    }
    let body = scalar.text.trim_end_matches('\n');
    let ends = scalar.text.len() - body.len();
    if body.is_empty() {
        // Without a word it ends with the line of its sign.
        let sign = scalar.token.starts_with(['|', '>']);
        let at = if sign {
            range.start
        } else {
            text[..range.start].trim_end().len()
        };
        return line_of(text, at) + ends;
    }
    line_of(text, range.start + scalar.token.len()) + ends.saturating_sub(1)
}
