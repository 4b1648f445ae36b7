//! Markdown to [`Document`].
//!
//! Input: a rendered text with its section marks, or a Markdown field of an
//! agreement. Output: a tree with a span on every unit. What cannot be typeset
//! is refused here, raw HTML above all, so later stages never meet it.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Alignment, Event, HeadingLevel, Parser, Tag, TagEnd};

use crate::diagnostic::{Diagnostic, Findings, Outcome};
use crate::language::Language;
use crate::source::{Source, Span};

use super::super::mention::{is_to_annex, mentioned, referenced};
use super::super::tree::{Align, Block, Document, Inline, Role, Section, Unit};
use super::dialect::{DIALECT, row_fault};

/// Lists and quotations within each other; deeper ones are refused.
const MAX_DEPTH: usize = 12;

/// Reads a rendered text.
///
/// # Errors
/// Every construct that cannot be typeset, at its place.
pub fn parse(source: &Source, language: &Language) -> Outcome<Document> {
    let mut builder = Builder::new(source);
    for (event, range) in Parser::new_ext(source.text(), DIALECT).into_offset_iter() {
        builder.event(event, range);
    }
    builder.close_unit(source.text().len());
    builder.check_references();
    if builder.faults.is_empty() {
        Ok(Document {
            language: language.clone(),
            sections: builder.sections,
        })
    } else {
        Err(builder.faults)
    }
}

/// What the links of a field may lead to within the agreement, by id.
#[derive(Clone, Debug, Default)]
pub struct Known<'a> {
    /// The parties: `party:<id>`.
    pub parties: Vec<&'a str>,
    /// The clauses and points: `clause:<id>`.
    pub clauses: Vec<&'a str>,
    /// The annexes: `annex:<id>`.
    pub annexes: Vec<&'a str>,
}

/// Reads a Markdown field; `span` is where it stands in its file. A mention of a
/// party is a link to `party:<id>`, a reference one to `clause:<id>`.
///
/// There is no tree of a field with what it may not hold: constructs that cannot
/// be typeset or would break the document around them, and links to parties and
/// clauses that are not `known`. These are added to `faults`.
pub fn field(
    text: &str,
    span: &Span,
    known: &Known<'_>,
    faults: &mut Findings,
) -> Option<Vec<Block>> {
    let source = Source::new("", text);
    let mut inspector = Inspector {
        text,
        span,
        known,
        depth: 0,
        columns: None,
        faults,
        sound: true,
        refused: Vec::new(),
    };
    let mut builder = Builder::new(&source);
    let parser = Parser::new_ext(text, DIALECT);
    inspector.definitions(&parser);
    for (event, range) in parser.into_offset_iter() {
        inspector.event(&event, &range);
        if inspector.is_content() {
            builder.event(event, range);
        }
    }
    let sound = inspector.is_content();
    inspector.report_refused();
    sound.then_some(builder.blocks)
}

/// Returns the words of one line of Markdown.
pub fn words(text: &str) -> String {
    let mut words = String::new();
    for event in Parser::new_ext(text, DIALECT) {
        match event {
            Event::Text(text) | Event::Code(text) => words.push_str(&text),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            _ => {}
        }
    }
    words
}

/// Collects the faults of a field.
struct Inspector<'a> {
    text: &'a str,
    span: &'a Span,
    known: &'a Known<'a>,
    /// How many lists and quotations are open.
    depth: usize,
    /// The number of columns of the open table.
    columns: Option<usize>,
    faults: &'a mut Findings,
    /// Whether the field has none of them yet.
    sound: bool,
    /// What cannot be typeset, and whether it is in a table; reported after the other
    /// faults.
    refused: Vec<(Range<usize>, &'static str, bool)>,
}

impl Inspector<'_> {
    fn definitions(&mut self, parser: &Parser<'_>) {
        let definitions = parser.reference_definitions().iter();
        let mut places: Vec<Range<usize>> = definitions
            .map(|(_, definition)| definition.span.clone())
            .collect();
        places.sort_by_key(|range| range.start);
        let places = places.into_iter();
        let refused = places.map(|range| (range, "@link-definition", false));
        self.refused.extend(refused);
    }

    /// Tells whether the field is still worth a tree.
    fn is_content(&self) -> bool {
        self.sound && self.refused.is_empty()
    }

    fn event(&mut self, event: &Event<'_>, range: &Range<usize>) {
        match event {
            Event::Start(Tag::BlockQuote(_) | Tag::List(_)) => {
                self.depth += 1;
                if self.depth == MAX_DEPTH + 1 {
                    let fault = Diagnostic::error("markdown-too-deep");
                    self.push(fault.at(&self.place(range)));
                }
            }
            Event::End(TagEnd::BlockQuote(_) | TagEnd::List(_)) => self.depth -= 1,
            Event::Start(Tag::Table(_)) if self.depth > 0 => {
                self.refused.push((range.clone(), "@table-in-list", false));
            }
            Event::Start(Tag::Table(align)) => self.columns = Some(align.len()),
            Event::End(TagEnd::Table) => self.columns = None,
            Event::Start(Tag::TableHead | Tag::TableRow) => self.row(range),
            Event::Start(Tag::Heading { .. }) => {
                self.refused.push((range.clone(), "@heading", false));
            }
            Event::Start(Tag::Link { dest_url, .. }) => self.link(dest_url, range),
            other => {
                let in_table = self.columns.is_some();
                let refused = refusal(other).map(|what| (range.clone(), what, in_table));
                self.refused.extend(refused);
            }
        }
    }

    fn row(&mut self, range: &Range<usize>) {
        let row = &self.text[range.clone()];
        if let Some(fault) = self.columns.and_then(|columns| row_fault(row, columns)) {
            let place = self.line(range);
            self.push(fault.at(&place));
        }
    }

    /// Returns where the line of a row stands in its file: of equal lines, the one with
    /// as many before it.
    fn line(&self, range: &Range<usize>) -> Span {
        let row = self.text[range.clone()].trim();
        let before = self.text[..range.start].lines();
        let before = before.filter(|line| line.trim() == row).count();
        let mut at = 0;
        let mut lines = self.span.text().split_inclusive('\n').filter_map(|line| {
            let start = at + line.len() - line.trim_start().len();
            at += line.len();
            (line.trim() == row).then(|| start..start + row.len())
        });
        match lines.nth(before) {
            Some(found) => self.span.part(found),
            None => self.place(range),
        }
    }

    fn link(&mut self, target: &str, range: &Range<usize>) {
        let fault = match (mentioned(target), referenced(target)) {
            (Some((party, _)), _) if !self.known.parties.contains(&party) => {
                let parties = self.known.parties.join(", ");
                let fault = Diagnostic::error("unknown-party").with("party", party);
                fault.with("parties", parties)
            }
            (None, Some(annex)) if is_to_annex(target) => {
                if self.known.annexes.contains(&annex) {
                    return;
                }
                let annexes = self.known.annexes.join(", ");
                let fault = Diagnostic::error("unknown-annex").with("annex", annex);
                let fault = fault.with("annexes", annexes).at(&self.place(range));
                return self.push(match self.known.clauses.contains(&annex) {
                    true => fault.hint("clause"),
                    false => fault.hint("known"),
                });
            }
            (None, Some(clause)) if !self.known.clauses.contains(&clause) => {
                let clauses = self.known.clauses.join(", ");
                let fault = Diagnostic::error("unknown-clause").with("clause", clause);
                let fault = fault.with("clauses", clauses);
                if self.known.annexes.contains(&clause) {
                    return self.push(fault.at(&self.place(range)).hint("annex"));
                }
                fault
            }
            (None, None) if !leads_somewhere(target) => {
                Diagnostic::error("link-target").with("target", target)
            }
            _ => return,
        };
        self.push(fault.at(&self.place(range)).hint("known"));
    }

    fn push(&mut self, fault: Diagnostic) {
        self.sound = false;
        self.faults.push(fault);
    }

    fn place(&self, range: &Range<usize>) -> Span {
        place(self.text, range, self.span)
    }

    fn report_refused(mut self) {
        for (range, construct, in_table) in std::mem::take(&mut self.refused) {
            let fault = Diagnostic::error("cannot-typeset").with("construct", construct);
            let fault = match (in_table, construct) {
                (true, _) => fault.hint("cell"),
                (_, "@table-in-list") => fault.hint("apart"),
                _ => fault,
            };
            // What is only counted need not be looked for.
            let fault = match self.faults.is_full(fault.code) {
                true => fault,
                false => fault.at(&self.place(&range)),
            };
            self.push(fault);
        }
    }
}

/// Tells whether a link leads to a place that a reader can go to from paper or
/// screen: whatever else it could do, it does unseen.
fn leads_somewhere(target: &str) -> bool {
    let target = target.to_ascii_lowercase();
    ["https://", "http://", "mailto:"].iter().any(|scheme| {
        target
            .strip_prefix(scheme)
            .is_some_and(|rest| !rest.is_empty())
    })
}

/// Returns where a range of a field's text stands in its file, which may have
/// folded and indented it: the first words of the range are looked for there.
fn place(text: &str, range: &Range<usize>, span: &Span) -> Span {
    let slice = text.get(range.clone()).unwrap_or_default();
    span.find(slice.lines().next().unwrap_or_default().trim())
}

/// Names what an event stands for, if it cannot be typeset.
fn refusal(event: &Event<'_>) -> Option<&'static str> {
    match event {
        Event::Html(_) | Event::InlineHtml(_) => Some("@html"),
        Event::Start(Tag::CodeBlock(_)) => Some("@code-block"),
        Event::Start(Tag::Image { .. }) => Some("@image"),
        Event::Rule => Some("@rule"),
        _ => None,
    }
}

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

struct Builder<'a> {
    source: &'a Source,
    sections: Vec<Section>,
    /// The id of the open unit and where its Markdown starts.
    unit: Option<(String, usize)>,
    blocks: Vec<Block>,
    frames: Vec<Frame>,
    /// The parts that are referred to, and where.
    references: Vec<(String, Span)>,
    faults: Vec<Diagnostic>,
}

impl<'a> Builder<'a> {
    fn new(source: &'a Source) -> Self {
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

    /// Refuses references to parts that the document does not have.
    fn check_references(&mut self) {
        let units = self.sections.iter().flat_map(|section| &section.units);
        let parts: BTreeSet<&str> = units.map(|unit| unit.id.as_str()).collect();
        let strays = self.references.iter();
        for (part, place) in strays.filter(|(part, _)| !parts.contains(part.as_str())) {
            let fault = Diagnostic::error("unknown-clause").with("clause", part);
            let known: Vec<&str> = parts.iter().copied().collect();
            let fault = fault.with("clauses", known.join(", "));
            self.faults.push(fault.at(place).hint("known"));
        }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::tree::plain_text;

    fn units(markdown: &str) -> Vec<Unit> {
        let source = Source::new("x.md", format!("<!-- section: content -->\n\n{markdown}"));
        let document = parse(&source, &Language("vi".to_owned())).expect("typesettable");
        document
            .sections
            .into_iter()
            .flat_map(|section| section.units)
            .collect()
    }

    fn text(markdown: &str) -> String {
        units(markdown)
            .iter()
            .map(|unit| plain_text(&unit.blocks))
            .collect()
    }

    #[test]
    fn reads_lists_within_clauses() {
        assert_eq!(
            text("2. **Về:** một\n\n   - ສອງ\n   - ນ້ຳ\n\n   ba"),
            "2. Về: một\n- ສອງ\n- ນ້ຳ\nba\n"
        );
        assert_eq!(text("- a\n  - b\n- c"), "- a\n- b\n- c\n");
        assert_eq!(text("- a\n\n  3) ế\n  4) ນ້ຳ"), "- a\n3) ế\n4) ນ້ຳ\n");
    }

    #[test]
    fn units_carry_their_markdown() {
        let units = units("## I. ເນື້ອໃນ\n\n<!-- part: x -->\n\n1. Hộ*i*\n");
        assert_eq!(units[0].span.text(), "## I. ເນື້ອໃນ");
        assert_eq!(
            (units[1].id.as_str(), units[1].span.text()),
            ("x", "1. Hộ*i*")
        );
    }

    fn read(text: &str, parties: &[&str]) -> Outcome<Vec<Block>> {
        let span = Source::new("x", "text").span(0..4);
        let mut faults = Findings::default();
        let known = Known {
            parties: parties.to_vec(),
            clauses: Vec::new(),
            annexes: Vec::new(),
        };
        field(text, &span, &known, &mut faults).ok_or_else(|| faults.into_list())
    }

    #[test]
    fn links_lead_to_the_net_or_to_a_mailbox() {
        for bad in [
            "[x](javascript:alert(1))",
            "[x](JavaScript&#58;alert(1))",
            "[x](data:text/html,y)",
            "[x](file:///etc/passwd)",
            "[x](//host/y)",
            r"[x](\\\\host\\y)",
            "[x](phu-luc.pdf)",
            "[x](#y)",
            "[x]()",
            "[ນ້ຳ](https://)",
            "<ftp://host/y>",
        ] {
            let found = read(bad, &["p"]).expect_err(bad);
            assert_eq!(found[0].code, "link-target", "{bad}");
        }
        for good in [
            "[x](https://a.vn/ế)",
            "[x](HTTP://a.la)",
            "[x](mailto:a@b.vn)",
        ] {
            assert!(read(good, &[]).is_ok(), "{good}");
        }
    }

    #[test]
    fn refuses_what_cannot_be_typeset() {
        for bad in [
            "<b>x</b>",
            "# x",
            "```\nx",
            "    x",
            "![](x)",
            "---",
            "[a]: /b",
            "<!-- section: title -->",
        ] {
            assert!(read(bad, &[]).is_err(), "{bad}");
        }
        let deep = read(&">".repeat(10_000), &[]).expect_err("too deep");
        assert_eq!(deep.len(), 1);
        let many = read(&"<b>".repeat(120), &[]).expect_err("no markup of this kind");
        assert_eq!(
            many.last().map(|rest| rest.values["number"].as_str()),
            Some("20")
        );
        let sound = "*a* [b](party:p)\n\n- c\n\n1. d\n\n> e `f`";
        assert!(read(sound, &["p"]).is_ok());
    }
}
