//! The events of Markdown to a tree.
//!
//! Input: events, one after the other. Output: the blocks of a field, or the sections of
//! a document by the marks in its text.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Alignment, Event, HeadingLevel, Tag, TagEnd};

use crate::diagnostic::{Diagnostic, Outcome};
use crate::language::Language;
use crate::source::{Source, Span};

use super::super::mention::{mentioned, referenced};
use super::super::tree::{Align, Block, Document, Inline, Role, Section, Unit};
use super::dialect::{MAX_DEPTH, leads_somewhere, refusal, row_fault};

/// The words of a cell.
type Cell = Vec<Inline>;

/// An open container of the tree.
enum Frame {
    Paragraph(Vec<Inline>),
    Heading(u8, Vec<Inline>),
    /// The first number, whether it is written `1)`, and the items.
    List(Option<u64>, bool, Vec<Vec<Block>>),
    Item(Vec<Block>),
    Quote(Vec<Block>),
    /// The columns of a table, its header, and the rows below it.
    Table(Vec<Align>, Vec<Cell>, Vec<Vec<Cell>>),
    Row(Vec<Cell>),
    Cell(Cell),
    Strong(Vec<Inline>),
    Emph(Vec<Inline>),
    Link(String, Vec<Inline>),
}

pub(super) struct Builder<'a> {
    source: &'a Source,
    sections: Vec<Section>,
    /// The id of the open unit and where its Markdown starts.
    unit: Option<(String, usize)>,
    pub(super) blocks: Vec<Block>,
    frames: Vec<Frame>,
    /// The parts that are referred to, and where.
    references: Vec<(String, Span)>,
    faults: Vec<Diagnostic>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(source: &'a Source) -> Self {
        Self {
            source,
            sections: Vec::new(),
            unit: None,
            blocks: Vec::new(),
            frames: Vec::new(),
            references: Vec::new(),
            faults: Vec::new(),
        }
    }

    /// Returns the tree of a whole rendered text.
    pub(super) fn finish(mut self, language: &Language) -> Outcome<Document> {
        self.close_unit(self.source.text().len());
        self.check_references();
        if self.faults.is_empty() {
            Ok(Document {
                language: language.clone(),
                sections: self.sections,
            })
        } else {
            Err(self.faults)
        }
    }

    /// Refuses references to parts that the document does not have.
    fn check_references(&mut self) {
        let units = self.sections.iter().flat_map(|section| &section.units);
        let parts: BTreeSet<&str> = units.map(|unit| unit.id.as_str()).collect();
        let strays = self.references.iter();
        for (part, place) in strays.filter(|(part, _)| !parts.contains(part.as_str())) {
            let fault = Diagnostic::error("unknown-clause").with("clause", part);
            let known: Vec<&str> = parts.iter().copied().collect();
            let fault = fault.with("clauses", known.join(", "));
            let fault = fault.at(place).nearest(part, known);
            self.faults.push(fault.hint("known"));
        }
    }

    pub(super) fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Code(text) => self.text(&text),
            Event::SoftBreak => self.text(" "),
            Event::HardBreak => self.inline(Inline::Break),
            Event::Html(html) if self.frames.is_empty() => self.mark(&html, range),
            other => self.refuse(&other, range),
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        if self.frames.len() == 4 * MAX_DEPTH {
            self.faults
                .push(Diagnostic::error("markdown-too-deep").at(&self.source.span(range.clone())));
        }
        match tag {
            Tag::Paragraph => self.frames.push(Frame::Paragraph(Vec::new())),
            Tag::Heading { level, .. } => {
                self.frames.push(Frame::Heading(number(level), Vec::new()))
            }
            Tag::List(start) => {
                let typed = self.source.text()[range].trim_start();
                let rest = typed.trim_start_matches(|c: char| c.is_ascii_digit());
                let paren = start.is_some() && rest.starts_with(')');
                self.frames.push(Frame::List(start, paren, Vec::new()));
            }
            Tag::Item => self.frames.push(Frame::Item(Vec::new())),
            Tag::BlockQuote(_) => self.frames.push(Frame::Quote(Vec::new())),
            Tag::Table(columns) => {
                let align = columns.into_iter().map(aligned).collect();
                self.frames
                    .push(Frame::Table(align, Vec::new(), Vec::new()));
            }
            Tag::TableHead | Tag::TableRow => self.row(range),
            Tag::TableCell => self.frames.push(Frame::Cell(Vec::new())),
            Tag::Strong => self.frames.push(Frame::Strong(Vec::new())),
            Tag::Emphasis => self.frames.push(Frame::Emph(Vec::new())),
            Tag::Link { dest_url, .. } => {
                // A template's link; those of fields have been looked at.
                let place = self.source.span(range);
                if let Some(part) = referenced(&dest_url) {
                    self.references.push((part.to_owned(), place));
                } else if mentioned(&dest_url).is_none() && !leads_somewhere(&dest_url) {
                    let fault = Diagnostic::error("link-target").at(&place);
                    self.faults
                        .push(fault.with("target", dest_url.as_ref()).hint("known"));
                }
                self.frames
                    .push(Frame::Link(dest_url.into_string(), Vec::new()));
            }
            Tag::HtmlBlock => {}
            other => self.refuse(&Event::Start(other), range),
        }
    }

    /// Opens a row. A template's is looked at here; those of fields have been.
    fn row(&mut self, range: Range<usize>) {
        if let Some(Frame::Table(columns, ..)) = self.frames.last() {
            let fault = row_fault(&self.source.text()[range.clone()], columns.len());
            let fault = fault.map(|fault| fault.at(&self.source.span(range)));
            self.faults.extend(fault);
        }
        self.frames.push(Frame::Row(Vec::new()));
    }

    fn end(&mut self, tag: TagEnd) {
        if matches!(tag, TagEnd::HtmlBlock | TagEnd::CodeBlock | TagEnd::Image) {
            return;
        }
        // The words of a tight list item stand in no paragraph of their own.
        if matches!(tag, TagEnd::Item | TagEnd::List(_) | TagEnd::BlockQuote(_)) {
            self.close_bare_paragraph();
        }
        match self.frames.pop() {
            Some(Frame::Paragraph(body)) => self.block(Block::Paragraph { body }),
            Some(Frame::Heading(level, body)) => self.block(Block::Heading { level, body }),
            Some(Frame::List(start, paren, items)) => self.block(Block::List {
                start,
                paren,
                items,
            }),
            Some(Frame::Item(blocks)) => {
                if let Some(Frame::List(_, _, items)) = self.frames.last_mut() {
                    items.push(blocks);
                }
            }
            Some(Frame::Quote(body)) => self.block(Block::Quote { body }),
            Some(Frame::Table(align, head, rows)) => self.block(Block::Table { align, head, rows }),
            Some(Frame::Row(cells)) => match (tag, self.frames.last_mut()) {
                (TagEnd::TableHead, Some(Frame::Table(_, head, _))) => *head = cells,
                (_, Some(Frame::Table(_, _, rows))) => rows.push(cells),
                _ => {}
            },
            Some(Frame::Cell(words)) => {
                if let Some(Frame::Row(cells)) = self.frames.last_mut() {
                    cells.push(words);
                }
            }
            Some(Frame::Strong(body)) => self.inline(Inline::Strong { body }),
            Some(Frame::Emph(body)) => self.inline(Inline::Emph { body }),
            Some(Frame::Link(target, body)) => self.inline(Inline::Link { target, body }),
            None => {}
        }
    }

    fn close_bare_paragraph(&mut self) {
        if let Some(Frame::Paragraph(_)) = self.frames.last()
            && let Some(Frame::Paragraph(body)) = self.frames.pop()
        {
            self.block(Block::Paragraph { body });
        }
    }

    fn block(&mut self, block: Block) {
        if matches!(
            block,
            Block::List { .. } | Block::Quote { .. } | Block::Table { .. }
        ) {
            self.close_bare_paragraph();
        }
        match self.frames.last_mut() {
            Some(Frame::Item(blocks) | Frame::Quote(blocks)) => blocks.push(block),
            _ => self.blocks.push(block),
        }
    }

    fn text(&mut self, text: &str) {
        let body = self.body();
        if let Some(Inline::Text { text: before, .. }) = body.last_mut() {
            before.push_str(text);
        } else {
            body.push(Inline::Text {
                text: text.to_owned(),
                set: None,
            });
        }
    }

    fn inline(&mut self, inline: Inline) {
        self.body().push(inline);
    }

    /// Returns where words go, opening a paragraph where none is open.
    fn body(&mut self) -> &mut Vec<Inline> {
        let open = matches!(
            self.frames.last(),
            Some(
                Frame::Paragraph(_)
                    | Frame::Heading(..)
                    | Frame::Cell(_)
                    | Frame::Strong(_)
                    | Frame::Emph(_)
                    | Frame::Link(..)
            )
        );
        if !open {
            self.frames.push(Frame::Paragraph(Vec::new()));
        }
        match self.frames.last_mut() {
            Some(
                Frame::Paragraph(body)
                | Frame::Heading(_, body)
                | Frame::Cell(body)
                | Frame::Strong(body)
                | Frame::Emph(body)
                | Frame::Link(_, body),
            ) => body,
            _ => unreachable!("a paragraph was opened above"),
        }
    }

    /// Reads `<!-- section: title -->` and `<!-- part: bac-giang -->`.
    fn mark(&mut self, html: &str, range: Range<usize>) {
        let comment = html
            .trim()
            .strip_prefix("<!--")
            .and_then(|rest| rest.strip_suffix("-->"));
        let words = comment.and_then(|comment| comment.trim().split_once(": "));
        match words {
            Some(("section", name)) => {
                let Some(role) = Role::ALL.into_iter().find(|role| role.name() == name) else {
                    return self.refuse_at("@html", range);
                };
                self.close_unit(range.start);
                self.sections.push(Section {
                    role,
                    units: Vec::new(),
                });
                self.unit = Some((String::new(), range.end));
            }
            Some(("part", id)) if !self.sections.is_empty() => {
                self.close_unit(range.start);
                self.unit = Some((id.to_owned(), range.end));
            }
            _ => self.refuse_at("@html", range),
        }
    }

    fn close_unit(&mut self, end: usize) {
        let blocks = std::mem::take(&mut self.blocks);
        let (Some((id, start)), Some(section)) = (self.unit.take(), self.sections.last_mut())
        else {
            return;
        };
        if blocks.is_empty() && id.is_empty() {
            return;
        }
        let text = &self.source.text()[start..end];
        let start = start + text.len() - text.trim_start().len();
        let end = start + text.trim().len();
        section.units.push(Unit {
            id,
            blocks,
            span: self.source.span(start..end),
        });
    }

    fn refuse(&mut self, event: &Event<'_>, range: Range<usize>) {
        self.refuse_at(refusal(event).unwrap_or("@markup"), range);
    }

    fn refuse_at(&mut self, construct: &str, range: Range<usize>) {
        let fault = Diagnostic::error("cannot-typeset").at(&self.source.span(range));
        self.faults.push(fault.with("construct", construct));
    }
}

fn aligned(column: Alignment) -> Align {
    match column {
        Alignment::None | Alignment::Left => Align::Left,
        Alignment::Center => Align::Center,
        Alignment::Right => Align::Right,
    }
}

fn number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}
