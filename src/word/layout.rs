//! The sections of a text on the pages of a Word file, laid out as in the PDF.

use crate::document::rows::{Row as TextRow, Section};
use crate::document::tree::{Block, Role};
use crate::press::input::Setting;

use super::blocks::{self, Place, STEP, shared};
use super::clause::{clause, last_breadth, point, rule};
use super::names::Names;
use super::page::{AREA, GUTTER};
use super::paper::{Cell, Content, Flow, Lines, Paragraph, Row, Side, Table};
use super::signing::{self, Signers};
use super::style::Style;

/// How far the first line of a paragraph stands in: 1.27 centimetres.
const INDENT: i32 = 720;

/// How the languages of a text stand on its pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Arrangement {
    Alone,
    Columns,
    Stacked,
}

/// Lays out the sections of a text in these languages.
pub(super) fn flow(sections: &[Section<'_>], languages: &[&str], setting: &Setting) -> Vec<Flow> {
    let mut layout = Layout::new(languages, setting);
    layout.sections(sections);
    layout.close();
    layout.flow
}

/// Pages as they are written.
struct Layout<'a> {
    languages: &'a [&'a str],
    setting: &'a Setting,
    arrangement: Arrangement,
    /// How broad each language is, where they stand beside each other.
    widths: Vec<i32>,
    names: Names,
    flow: Vec<Flow>,
    /// The table of the languages, while it is open.
    rows: Vec<Row>,
    /// Whether the next paragraph starts a page.
    on_new_page: bool,
}

impl<'a> Layout<'a> {
    fn new(languages: &'a [&'a str], setting: &'a Setting) -> Self {
        let arrangement = match (languages.len(), setting.layout) {
            (0 | 1, _) => Arrangement::Alone,
            (_, "stacked") => Arrangement::Stacked,
            _ => Arrangement::Columns,
        };
        let share = |language: &&str| {
            let typography = setting.typography.get(*language);
            typography.map_or(1000, |typography| {
                (typography.columns.share * 1000.0) as i32
            })
        };
        let shares: Vec<i32> = languages.iter().map(share).collect();
        Self {
            languages,
            setting,
            arrangement,
            widths: shared(AREA, &shares),
            names: Names::default(),
            flow: Vec::new(),
            rows: Vec::new(),
            on_new_page: false,
        }
    }

    fn sections(&mut self, sections: &[Section<'_>]) {
        let is = |role: Role| move |section: &&Section<'_>| section.role == role;
        let annexes: Vec<&Section<'_>> = sections.iter().filter(is(Role::Annex)).collect();
        let body = sections
            .iter()
            .filter(|section| section.role != Role::Annex);
        let body: Vec<&Section<'_>> = body.collect();
        let signed = body
            .iter()
            .position(|section| section.role == Role::Signatures);
        let (upper, rest) = body.split_at(signed.unwrap_or(body.len()));
        let closes = |section: &&&Section<'_>| signed.is_some() && section.role == Role::Closing;
        let text: Vec<&Section<'_>> = upper.iter().filter(|it| !closes(it)).copied().collect();
        for section in text.into_iter().chain(upper.iter().filter(closes).copied()) {
            self.section(section);
        }
        for section in rest {
            match section.role {
                Role::Signatures => self.signatures(section.role, &section.rows, section.abreast),
                Role::Witnesses => self.witnesses(section),
                role => {
                    if role == Role::OpenPoints {
                        self.close();
                        self.on_new_page = true;
                    }
                    self.section(section);
                }
            }
        }
        for section in annexes {
            self.close();
            self.flow.push(Flow::Pages);
            self.section(section);
        }
    }

    fn section(&mut self, section: &Section<'_>) {
        let count = section.rows.len();
        for (index, row) in section.rows.iter().enumerate() {
            self.row(section.role, row, index + 1 == count);
        }
    }

    /// Adds a row; `ends` tells whether it is the last of its section.
    fn row(&mut self, role: Role, row: &TextRow<'_>, ends: bool) {
        let mut cells: Vec<Vec<Flow>> = Vec::new();
        for (language, blocks) in row.cells.iter().enumerate().take(self.languages.len()) {
            let mut flow = self.part(role, row, blocks, language, ends);
            self.name(role, row.id, language, &mut flow);
            if row.stays {
                each(&mut flow, &mut |paragraph| paragraph.stays = true);
            }
            cells.push(flow);
        }
        match self.arrangement {
            Arrangement::Alone | Arrangement::Stacked => {
                cells.into_iter().for_each(|cell| self.add(cell))
            }
            Arrangement::Columns if row.wide => self.beside(vec![self.over_all(cells)], false),
            Arrangement::Columns => {
                let whole = row.stays || matches!(role, Role::Contacts | Role::Closing);
                self.beside(cells.into_iter().map(Cell::new).collect(), whole);
            }
        }
    }

    /// Adds what stands below each other.
    fn add(&mut self, mut flow: Vec<Flow>) {
        if self.on_new_page
            && let Some(paragraph) = flow.iter_mut().find_map(opening)
        {
            paragraph.on_new_page = true;
            self.on_new_page = false;
        }
        self.flow.append(&mut flow);
    }

    /// Adds a row of the languages, to a new table if none is open.
    fn beside(&mut self, cells: Vec<Cell>, whole: bool) {
        self.open();
        self.rows.push(Row {
            is_header: false,
            whole,
            height: None,
            cells,
        });
    }

    /// Starts the table of the languages, if it is not open.
    fn open(&mut self) {
        if !self.rows.is_empty() {
            return;
        }
        if self.on_new_page {
            let mut start = Paragraph::new(Style::Normal, 0);
            start.spacing = Some((0, 0));
            self.add(vec![Flow::Paragraph(start)]);
        }
        let header = self.names_of_languages();
        self.rows.push(header);
    }

    /// Returns a cell over all columns.
    fn over_all(&self, cells: Vec<Vec<Flow>>) -> Cell {
        Cell {
            span: self.languages.len(),
            ..Cell::new(cells.concat())
        }
    }

    fn names_of_languages(&self) -> Row {
        let cell = |(index, language): (usize, &&str)| {
            let name = self.setting.language_names.get(*language);
            let name = name.cloned().unwrap_or_default();
            let mut place = self.place(index, Style::InTable);
            place.side = Some(Side::Center);
            place.strong = true;
            let mut paragraph = Paragraph::new(place.style, index);
            paragraph.side = place.side;
            paragraph.runs = blocks::marked(&name, Content::Tab, &[], place);
            Cell::new(vec![Flow::Paragraph(paragraph)])
        };
        Row {
            is_header: true,
            whole: true,
            height: None,
            cells: self.languages.iter().enumerate().map(cell).collect(),
        }
    }

    /// Ends the table of the languages.
    fn close(&mut self) {
        let rows = std::mem::take(&mut self.rows);
        if !rows.is_empty() {
            self.flow.push(Flow::Table(Table {
                lines: Lines::Between,
                widths: self.widths.clone(),
                left: 0,
                rows,
            }));
        }
    }

    /// Gives a part its name.
    fn name(&mut self, role: Role, id: &str, language: usize, flow: &mut [Flow]) {
        if id.is_empty() {
            return;
        }
        let Some(first) = flow.iter_mut().find_map(opening) else {
            return;
        };
        let name = self.names.give(self.languages[language], role, id);
        first.bookmark = Some(name);
    }

    /// Returns how broad a language is.
    fn width(&self, language: usize) -> i32 {
        match self.arrangement {
            Arrangement::Columns => self.widths.get(language).map_or(AREA, |it| it - GUTTER),
            Arrangement::Alone | Arrangement::Stacked => AREA,
        }
    }

    fn place(&self, language: usize, style: Style) -> Place {
        Place {
            language,
            style,
            side: None,
            left: 0,
            first: 0,
            inset: 0,
            width: self.width(language),
            strong: false,
            emph: false,
            dots: self.setting.purpose == "draft",
        }
    }

    /// Returns how far the first line of a paragraph stands in: the narrow columns of a
    /// parallel text have no room for that.
    fn first_line(&self) -> i32 {
        match self.languages.len() {
            0 | 1 => INDENT,
            _ => 0,
        }
    }

    /// Returns a part of the text in one language.
    fn part(
        &self,
        role: Role,
        row: &TextRow<'_>,
        blocks: &[Block],
        language: usize,
        ends: bool,
    ) -> Vec<Flow> {
        let mut place = self.place(language, Style::BodyText);
        if row.wide {
            place.width = AREA - GUTTER;
        }
        let first = self.first_line();
        let running = Place {
            first,
            inset: first,
            ..place
        };
        let centred = Place {
            side: Some(Side::Center),
            ..place.in_style(Style::Subtitle)
        };
        let left = Place {
            side: Some(Side::Left),
            ..place
        };
        match role {
            Role::Header => self.letterhead(blocks, centred),
            Role::Title => {
                let mut title = blocks::flow(blocks, centred);
                if ends && row.id != "number" {
                    title.push(rule(last_breadth(blocks) * 2 / 5, place));
                }
                title
            }
            Role::Annex | Role::Witnesses if row.id.is_empty() => blocks::flow(blocks, centred),
            Role::Custody if matches!(blocks.first(), Some(Block::Heading { .. })) => {
                blocks::flow(blocks, centred)
            }
            Role::Custody | Role::Differences | Role::OpenPoints | Role::Reviewing => {
                blocks::flow(blocks, left)
            }
            Role::Content | Role::Implementation => match (row.continues, row.depth) {
                (true, 0) => blocks::flow(
                    blocks,
                    Place {
                        first: 0,
                        ..running
                    },
                ),
                (true, depth) => {
                    let inner = place.in_style(Style::ItemContinued);
                    blocks::flow(blocks, inner.indented(first + STEP * depth as i32))
                }
                (false, 0) => clause(blocks, running),
                (false, depth) => point(blocks, running, depth),
            },
            Role::Contacts if !row.id.is_empty() => {
                let place = left.in_style(Style::Contact).indented(first);
                let mut contact = blocks::flow(blocks, place);
                each(&mut contact, &mut |paragraph| paragraph.whole = true);
                let last = contact.len().saturating_sub(1);
                each(&mut contact[..last], &mut |paragraph| {
                    paragraph.stays = true
                });
                contact
            }
            Role::Notice => blocks::flow(
                blocks,
                Place {
                    emph: true,
                    ..running
                },
            ),
            Role::Closing => blocks::flow(blocks, running.in_style(Style::Closing)),
            Role::Preamble | Role::Contacts | Role::Signatures | Role::Witnesses | Role::Annex => {
                blocks::flow(blocks, running)
            }
        }
    }

    /// State and motto, or an organisation's name, with the rule below it.
    fn letterhead(&self, blocks: &[Block], place: Place) -> Vec<Flow> {
        let mut head = blocks::flow(blocks, place);
        let broad = match blocks.len() {
            0 => return head,
            1 => place.width * 18 / 100,
            _ => last_breadth(blocks),
        };
        head.push(rule(broad, place));
        head
    }

    fn signatures(&mut self, role: Role, rows: &[TextRow<'_>], abreast: Option<usize>) {
        let languages = 0..self.languages.len();
        let places: Vec<Place> = languages
            .map(|language| self.place(language, Style::Signature))
            .collect();
        let names: Vec<Vec<String>> = rows
            .iter()
            .map(|row| {
                let languages = self.languages.iter();
                let names = languages.map(|language| self.names.give(language, role, row.id));
                names.collect()
            })
            .collect();
        if self.arrangement == Arrangement::Columns && !self.setting.joint {
            for (row, names) in rows.iter().zip(&names) {
                self.open();
                self.rows.extend(signing::in_columns(row, &places, names));
            }
            return;
        }
        self.close();
        let signers = Signers {
            rows,
            abreast: abreast.unwrap_or(1),
            places: &places,
            names: &names,
        };
        for table in signers.tables() {
            // Tables that touch would be one.
            let mut gap = Paragraph::new(Style::Signature, 0);
            gap.stays = true;
            self.flow.push(Flow::Paragraph(gap));
            self.flow.push(Flow::Table(table));
        }
    }

    /// Adds the signatures of witnesses below their heading.
    fn witnesses(&mut self, section: &Section<'_>) {
        let (heading, rows) = match section.rows.split_first() {
            Some((heading, rows)) if heading.id.is_empty() => (Some(heading), rows),
            _ => (None, section.rows.as_slice()),
        };
        if let Some(heading) = heading {
            self.row(Role::Witnesses, heading, false);
        }
        self.signatures(Role::Witnesses, rows, section.abreast);
    }
}

/// Returns the first paragraph of what stands somewhere.
fn opening(flow: &mut Flow) -> Option<&mut Paragraph> {
    match flow {
        Flow::Paragraph(paragraph) => Some(paragraph),
        Flow::Table(table) => {
            let cells = table.rows.iter_mut().flat_map(|row| &mut row.cells);
            cells.flat_map(|cell| &mut cell.flow).find_map(opening)
        }
        Flow::Pages => None,
    }
}

/// Shows each paragraph to `change`.
fn each(flow: &mut [Flow], change: &mut impl FnMut(&mut Paragraph)) {
    for it in flow {
        match it {
            Flow::Paragraph(paragraph) => change(paragraph),
            Flow::Table(table) => {
                let cells = table.rows.iter_mut().flat_map(|row| &mut row.cells);
                cells.for_each(|cell| each(&mut cell.flow, change));
            }
            Flow::Pages => {}
        }
    }
}
