//! Paragraphs and tables as XML: `word/document.xml`. The order of elements is that of
//! ECMA-376, Part 1, sections 17.3 and 17.4, which Word insists on.

use crate::document::mention::{is_to_annex, mentioned, referenced};
use crate::document::tree::{Change, Role};

use chrono::NaiveDate;

use super::face::Face;
use super::names;
use super::page::{BOTTOM, GUTTER, LEFT, PAGE, RIGHT, TOP};
use super::paper::{Cell, Content, Flow, Height, Lines, Look, Paragraph, Row, Run, Side, Table};
use super::style::Style;
use super::words::scripts;
use super::xml::{Element, element, valued};

/// What a file is written with.
pub(super) struct Writer<'a> {
    pub(super) languages: &'a [&'a str],
    pub(super) faces: &'a [Face],
    /// Where links lead out of the file; the first is `rId` [`FIRST_LINK`].
    pub(super) links: Vec<String>,
    bookmarks: usize,
    /// When what is tracked was changed: the document's own day.
    day: NaiveDate,
    /// How many changes were written.
    changes: usize,
}

/// Changes are numbered from here on; bookmarks below.
const CHANGES: usize = 100_000;

/// The number of the first relation that is a link; those below it are parts of the file.
pub(super) const FIRST_LINK: usize = 20;

impl<'a> Writer<'a> {
    pub(super) fn new(languages: &'a [&'a str], faces: &'a [Face], day: NaiveDate) -> Self {
        Self {
            languages,
            faces,
            links: Vec::new(),
            bookmarks: 0,
            day,
            changes: 0,
        }
    }

    /// Returns the document.
    pub(super) fn document(&mut self, flow: &[Flow]) -> Element {
        let mut body = element("w:body").children(self.flow(flow));
        let pages = self.pages();
        body = body.child(pages);
        let root = element("w:document").with("xmlns:w", W).with("xmlns:r", R);
        root.child(body)
    }

    /// Returns what stands below each other. Tables that touch would be one, and a cell
    /// ends with a paragraph.
    fn flow(&mut self, flow: &[Flow]) -> Vec<Element> {
        let mut written = Vec::new();
        for (index, it) in flow.iter().enumerate() {
            match it {
                Flow::Paragraph(paragraph) => written.push(self.paragraph(paragraph)),
                Flow::Table(table) => {
                    written.push(self.table(table));
                    let follows = matches!(flow.get(index + 1), Some(Flow::Paragraph(_)));
                    if !follows || table.lines == Lines::All {
                        let room = if follows { 120 } else { 20 };
                        written.push(filler(room, None));
                    }
                }
                Flow::Pages => {
                    let pages = self.pages();
                    written.push(filler(20, Some(pages)));
                }
            }
        }
        written
    }

    /// Returns the form of the pages up to here.
    fn pages(&self) -> Element {
        let part = |kind: &'static str, of: &str, id: &str| {
            element(kind).with("w:type", of).with("r:id", id)
        };
        let parts = [
            part("w:headerReference", "default", "rId4"),
            part("w:headerReference", "first", "rId5"),
            part("w:footerReference", "default", "rId6"),
            part("w:footerReference", "first", "rId6"),
        ];
        let margins = [
            ("w:top", TOP),
            ("w:right", RIGHT),
            ("w:bottom", BOTTOM),
            ("w:left", LEFT),
            ("w:header", 680),
            ("w:footer", 567),
            ("w:gutter", 0),
        ];
        let size = element("w:pgSz").with("w:w", PAGE.0).with("w:h", PAGE.1);
        let margins = margins
            .iter()
            .fold(element("w:pgMar"), |it, (side, room)| it.with(side, room));
        element("w:sectPr")
            .children(parts)
            .child(size)
            .child(margins)
            .child(element("w:pgNumType").with("w:start", 1))
            .child(element("w:titlePg"))
    }

    fn paragraph(&mut self, paragraph: &Paragraph) -> Element {
        let tracked = paragraph.change().and_then(|change| self.change(change));
        let mut written = element("w:p").child(self.look_of(paragraph, tracked));
        let bookmark = paragraph.bookmark.as_ref().map(|name| {
            self.bookmarks += 1;
            (self.bookmarks, name)
        });
        if let Some((id, name)) = bookmark {
            let start = element("w:bookmarkStart").with("w:id", id);
            written = written.child(start.with("w:name", name));
        }
        for run in &paragraph.runs {
            let runs = self.run(run, paragraph);
            let runs = match run.look.change.and_then(|change| self.change(change)) {
                Some(tracked) => vec![tracked.children(runs)],
                None => runs,
            };
            written = match &run.look.link {
                Some(target) => match self.link(target, paragraph.language) {
                    Some(link) => written.child(link.children(runs)),
                    None => written.children(runs),
                },
                None => written.children(runs),
            };
        }
        match bookmark {
            Some((id, _)) => written.child(element("w:bookmarkEnd").with("w:id", id)),
            None => written,
        }
    }

    /// Returns a paragraph without links and bookmarks.
    pub(super) fn plain(&self, paragraph: &Paragraph) -> Element {
        let runs = paragraph.runs.iter();
        let runs = runs.flat_map(|run| self.run(run, paragraph));
        let look = self.look_of(paragraph, None);
        element("w:p").child(look).children(runs)
    }

    /// Returns the mark of what was put in or taken out.
    fn change(&mut self, change: Change) -> Option<Element> {
        let name = match change {
            Change::Kept => return None,
            Change::Inserted => "w:ins",
            Change::Deleted => "w:del",
        };
        self.changes += 1;
        let mark = element(name)
            .with("w:id", CHANGES + self.changes)
            .with("w:author", "Alternat");
        Some(mark.with("w:date", format!("{}T00:00:00Z", self.day)))
    }

    /// Returns the properties of a paragraph; `tracked` is what became of all of it.
    fn look_of(&self, paragraph: &Paragraph, tracked: Option<Element>) -> Element {
        let style = paragraph.style;
        let flags = [
            ("w:keepNext", paragraph.stays),
            ("w:keepLines", paragraph.whole),
            ("w:pageBreakBefore", paragraph.on_new_page),
        ];
        let flags = flags.iter().filter(|(_, is_set)| *is_set);
        let mut look = element("w:pPr").child(valued("w:pStyle", style.names().0));
        look = look.children(flags.map(|(name, _)| element(name)));
        if paragraph.ruled {
            look = look.child(element("w:pBdr").child(line("w:top", 6, "auto")));
        }
        let face = self.face(paragraph.language);
        let (above, below) = paragraph.spacing.unwrap_or((0, style.below()));
        let spacing = element("w:spacing")
            .with("w:before", above)
            .with("w:after", below)
            .with("w:line", face.map_or(240, |face| face.line))
            .with("w:lineRule", "auto");
        look = look.child(spacing);
        look = look.child(indent(paragraph));
        let side = paragraph.side.unwrap_or(match style.is_centred() {
            true => Side::Center,
            false if face.is_some_and(|face| face.is_complex) => Side::Left,
            false => Side::Both,
        });
        let side = match side {
            Side::Left => "left",
            Side::Center => "center",
            Side::Right => "right",
            Side::Both => "both",
        };
        let mark = element("w:rPr").children(tracked);
        let mark = self.look_in(mark, &Look::default(), paragraph, None);
        look.child(valued("w:jc", side)).child(mark)
    }

    /// Returns a run, in as many parts as it has scripts.
    fn run(&self, run: &Run, paragraph: &Paragraph) -> Vec<Element> {
        let whole = |content: Element| {
            let look = self.look(&run.look, paragraph, None);
            vec![element("w:r").child(look).child(content)]
        };
        let text = match &run.content {
            Content::Tab => return whole(element("w:tab")),
            Content::Break => return whole(element("w:br")),
            Content::Text(text) => text,
        };
        let complex = self
            .face(paragraph.language)
            .is_some_and(|face| face.is_complex);
        let scripts = scripts(text, complex).into_iter();
        let part = |script: super::words::Script<'_>| {
            let look = self.look(&run.look, paragraph, Some(script.complex));
            let letters = match run.look.change {
                Some(Change::Deleted) => element("w:delText"),
                _ => element("w:t"),
            };
            let letters = letters.with("xml:space", "preserve").text(script.text);
            element("w:r").child(look).child(letters)
        };
        scripts.map(part).collect()
    }

    /// Returns the properties of a run of a script, or of the language's own.
    fn look(&self, look: &Look, paragraph: &Paragraph, complex: Option<bool>) -> Element {
        self.look_in(element("w:rPr"), look, paragraph, complex)
    }

    fn look_in(
        &self,
        mut properties: Element,
        look: &Look,
        paragraph: &Paragraph,
        complex: Option<bool>,
    ) -> Element {
        if look.emph {
            properties = properties.child(valued("w:rStyle", "Emphasis"));
        }
        let Some(face) = self.face(paragraph.language) else {
            return properties;
        };
        let complex = complex.unwrap_or(face.is_complex);
        let (usual, complex_face) = match (face.is_complex, complex) {
            (true, true) => (&face.own, &face.own),
            (true, false) => (&face.other, &face.own),
            (false, _) => (&face.own, &face.other),
        };
        let fonts = element("w:rFonts")
            .with("w:ascii", usual)
            .with("w:hAnsi", usual)
            .with("w:eastAsia", usual)
            .with("w:cs", complex_face);
        properties = properties.child(fonts);
        if look.strong || paragraph.style.is_bold() {
            properties = properties.child(element("w:b")).child(element("w:bCs"));
        }
        // Emphasis in a script without an italic is shown by nothing but its words.
        if look.emph && !face.has_italic {
            let off = ["w:i", "w:iCs"].map(|name| valued(name, 0));
            properties = properties.children(off);
        }
        if let Some(size) = self.size(look, paragraph.style, face) {
            let sizes = ["w:sz", "w:szCs"].map(|name| valued(name, size));
            properties = properties.children(sizes);
        }
        if complex {
            properties = properties.child(element("w:cs"));
        }
        let mut language = valued("w:lang", &face.tag);
        if complex {
            language = language.with("w:bidi", &face.tag);
        }
        properties.child(language)
    }

    /// Returns a size in half points, where it is not that of the style.
    fn size(&self, look: &Look, style: Style, face: &Face) -> Option<i32> {
        let usual = self.faces.first().map_or(face.size, |first| first.size);
        let own = match style {
            Style::Title => title_size(face.size),
            Style::Foot => FOOT,
            _ => face.size,
        };
        match look.blank {
            true => Some((own * 13 + 10) / 20),
            false if face.size != usual => Some(own),
            false => None,
        }
    }

    fn face(&self, language: usize) -> Option<&'a Face> {
        self.faces.get(language)
    }

    /// Returns a link to a part of the file or out of it; a party is not a place.
    fn link(&mut self, target: &str, language: usize) -> Option<Element> {
        if mentioned(target).is_some() {
            return None;
        }
        if let Some(id) = referenced(target) {
            let role = match is_to_annex(target) {
                true => Role::Annex,
                false => Role::Content,
            };
            let language = self.languages.get(language)?;
            let name = names::name(language, role, id);
            return Some(element("w:hyperlink").with("w:anchor", name));
        }
        let known = self.links.iter().position(|link| link == target);
        let index = known.unwrap_or_else(|| {
            self.links.push(target.to_owned());
            self.links.len() - 1
        });
        let id = format!("rId{}", FIRST_LINK + index);
        Some(element("w:hyperlink").with("r:id", id))
    }

    fn table(&mut self, table: &Table) -> Element {
        let width: i32 = table.widths.iter().sum();
        let borders = match table.lines {
            Lines::All => [
                "w:top",
                "w:left",
                "w:bottom",
                "w:right",
                "w:insideH",
                "w:insideV",
            ]
            .map(|side| line(side, 4, "auto"))
            .to_vec(),
            Lines::Between => vec![line("w:insideV", 4, "999999")],
            Lines::None => Vec::new(),
        };
        let margin =
            |side: &'static str| element(side).with("w:w", GUTTER / 2).with("w:type", "dxa");
        let mut properties = element("w:tblPr")
            .child(element("w:tblW").with("w:w", width).with("w:type", "dxa"))
            .child(
                element("w:tblInd")
                    .with("w:w", table.left)
                    .with("w:type", "dxa"),
            );
        if !borders.is_empty() {
            properties = properties.child(element("w:tblBorders").children(borders));
        }
        let margins = element("w:tblCellMar")
            .child(margin("w:left"))
            .child(margin("w:right"));
        let properties = properties
            .child(element("w:tblLayout").with("w:type", "fixed"))
            .child(margins)
            .child(valued("w:tblLook", "0020"));
        let columns = table
            .widths
            .iter()
            .map(|it| element("w:gridCol").with("w:w", it));
        let mut written = element("w:tbl")
            .child(properties)
            .child(element("w:tblGrid").children(columns));
        for row in &table.rows {
            written = written.child(self.row(row, table));
        }
        written
    }

    fn row(&mut self, row: &Row, table: &Table) -> Element {
        let mut properties = element("w:trPr");
        if row.whole {
            properties = properties.child(element("w:cantSplit"));
        }
        if let Some(height) = row.height {
            let (height, rule) = match height {
                Height::Exactly(height) => (height, "exact"),
                Height::AtLeast(height) => (height, "atLeast"),
            };
            let height = valued("w:trHeight", height).with("w:hRule", rule);
            properties = properties.child(height);
        }
        if row.is_header {
            properties = properties.child(element("w:tblHeader"));
        }
        let tracked = row.change().and_then(|change| self.change(change));
        properties = properties.children(tracked);
        let mut written = element("w:tr").child(properties);
        let mut column = 0;
        for cell in &row.cells {
            let end = column + cell.span.max(1);
            let widths = table.widths.get(column..end.min(table.widths.len()));
            let width: i32 = widths.unwrap_or_default().iter().sum();
            let under = row.is_header && table.lines == Lines::Between;
            written = written.child(self.cell(cell, width, under));
            column = end;
        }
        written
    }

    /// Returns a cell; `under` draws a line below it.
    fn cell(&mut self, cell: &Cell, width: i32, under: bool) -> Element {
        let width = element("w:tcW").with("w:w", width).with("w:type", "dxa");
        let mut properties = element("w:tcPr").child(width);
        if cell.span > 1 {
            properties = properties.child(valued("w:gridSpan", cell.span));
        }
        if under {
            let borders = element("w:tcBorders").child(line("w:bottom", 6, "auto"));
            properties = properties.child(borders);
        }
        if cell.in_middle {
            properties = properties.child(valued("w:vAlign", "center"));
        }
        let mut flow = self.flow(&cell.flow);
        if flow.is_empty() {
            flow.push(filler(20, None));
        }
        element("w:tc").child(properties).children(flow)
    }
}

/// The size of the title is that of the text by 1.08, at most 14 points, in half points.
pub(super) fn title_size(size: i32) -> i32 {
    ((f64::from(size) * 1.08).round() as i32).min(28)
}

/// The size of the foot of a page, in half points.
pub(super) const FOOT: i32 = 18;

/// The names of the vocabularies.
pub(super) const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
pub(super) const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

fn indent(paragraph: &Paragraph) -> Element {
    let indent = element("w:ind")
        .with("w:left", paragraph.left)
        .with("w:right", paragraph.right);
    match paragraph.first {
        first if first < 0 => indent.with("w:hanging", -first),
        first => indent.with("w:firstLine", first),
    }
}

/// Returns a line at a side, so many eighths of a point thick.
fn line(side: &'static str, thickness: i32, color: &str) -> Element {
    valued(side, "single")
        .with("w:sz", thickness)
        .with("w:space", 1)
        .with("w:color", color)
}

/// Returns a paragraph without words that is so high; it may end the pages of a form.
fn filler(height: i32, pages: Option<Element>) -> Element {
    let spacing = element("w:spacing")
        .with("w:before", 0)
        .with("w:after", 0)
        .with("w:line", height)
        .with("w:lineRule", "exact");
    let sizes = ["w:sz", "w:szCs"].map(|name| valued(name, 2));
    let look = element("w:pPr")
        .child(spacing)
        .child(element("w:rPr").children(sizes))
        .children(pages);
    element("w:p").child(look)
}
