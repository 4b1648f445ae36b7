//! The sheet of somebody who reads a translation: the doubtful terms of the glossary,
//! then the text beside the one that it was translated from, each part with room to
//! tick and to write.

use std::rc::Rc;

use crate::diagnostic::{Diagnostic, Outcome, Warned};
use crate::document::edition::{self, Edition, TextKey, TextKind};
use crate::document::markdown;
use crate::document::parallel;
use crate::document::tree::{
    Block, Document, Inline, Parallel, ParallelSection, Role, Unit, plain_text,
};
use crate::language::Language;
use crate::language::glossary::Term;
use crate::source::Source;

use super::desk::Desk;
use super::file::OutputFile;
use super::shop::Workshop;
use super::texts::{Text, Texts};

/// What a term has whose wording no source was seen for.
const DOUBTFUL: &str = "K";

/// What stands before what is to be ticked.
const BOX: &str = "\u{25a1}";

/// The files of a reviewer's sheet.
#[derive(Debug)]
pub struct ReviewSheet {
    /// The agreement's id.
    pub id: String,
    /// The Markdown and the PDF.
    pub files: Vec<OutputFile>,
    /// What was found on the way.
    pub warnings: Vec<Diagnostic>,
}

impl Workshop {
    /// Makes the sheet of somebody who reads the text in `language`.
    ///
    /// # Errors
    /// An agreement that is not sound or not as its `lock` has it, a language that it does
    /// not have or that has no other beside it, and what templates do wrong.
    pub fn review_sheet(
        &self,
        source: &Source,
        lock: Option<&Source>,
        language: &Language,
    ) -> Outcome<ReviewSheet> {
        let reading = self.sound(source)?;
        let agreement = &reading.agreement;
        let at = reading.positions.at("languages");
        let listed = agreement.languages.contains(language);
        let edition = edition::reviewing(agreement, language).filter(|_| listed);
        let Some(edition) = edition else {
            let fault = Diagnostic::error("language-not-listed").at(&at);
            let fault = fault.with("language", language.0.clone());
            return Err(vec![fault.hint("list")]);
        };
        let languages = edition.languages.iter();
        let missing = languages.flat_map(|it| self.templates.missing_of_review(it, &at));
        let missing: Vec<Diagnostic> = missing.collect();
        if !missing.is_empty() {
            return Err(missing);
        }
        let desk = Desk::new(self, &reading);
        desk.as_signed(lock)?;
        let text = desk.texts.markdown(&edition)?;
        let Warned { output, warnings } = desk.pdf(&edition)?;
        let file = |ending: &str, bytes| OutputFile {
            path: format!("{}.{ending}", edition.path),
            bytes,
        };
        Ok(ReviewSheet {
            files: vec![file("md", text.into_bytes()), file("pdf", output)],
            id: reading.agreement.id.clone(),
            warnings,
        })
    }
}

impl Texts<'_> {
    /// Puts what a reviewer needs before the text, between its parts, and behind it.
    pub(super) fn with_room(&self, edition: &Edition, text: Parallel) -> Outcome<Parallel> {
        let said = self.said(edition)?;
        let row = |id: &str| {
            let mut rows = said.iter();
            rows.find(|row| row.first().is_some_and(|unit| unit.id == id))
                .cloned()
                .unwrap_or_default()
        };
        let around = |rows: Vec<Vec<Unit>>| ParallelSection {
            role: Role::Reviewing,
            rows,
        };
        // Beside the words that are read, notes can be written.
        let (notes, rooms) = (row("note"), row("room"));
        let room: Vec<Unit> = notes
            .into_iter()
            .take(1)
            .chain(rooms.into_iter().skip(1))
            .collect();
        let mut sections = vec![around(vec![row("heading")])];
        let terms = self.doubtful(&text);
        if !terms.is_empty() {
            sections.push(around([vec![row("terms")], terms].concat()));
        }
        sections.push(around(vec![row("text")]));
        for section in text.sections {
            for part in parts(section) {
                sections.extend([part, around(vec![room.clone()])]);
            }
        }
        sections.push(around(vec![row("end")]));
        Ok(Parallel {
            languages: text.languages,
            sections,
        })
    }

    /// Returns what the templates say around the text, paired.
    fn said(&self, edition: &Edition) -> Outcome<Vec<Vec<Unit>>> {
        let languages = edition.languages.iter();
        let texts = languages.map(|language| {
            self.of_key(TextKey {
                kind: TextKind::Reviewing,
                ..edition.text(language)
            })
        });
        let texts = texts.collect::<Outcome<Vec<Rc<Text>>>>()?;
        let documents: Vec<&Document> = texts.iter().map(|text| &text.document).collect();
        let paired = parallel::pair(&documents)?;
        Ok(paired
            .sections
            .into_iter()
            .flat_map(|section| section.rows)
            .collect())
    }

    /// Returns the terms of the glossary that nobody has confirmed, those of the text
    /// first.
    fn doubtful(&self, text: &Parallel) -> Vec<Vec<Unit>> {
        let rows = text.sections.iter().flat_map(|section| &section.rows);
        let words: String = rows
            .flatten()
            .map(|unit| plain_text(&unit.blocks))
            .collect();
        let words = words.to_lowercase();
        let terms = self.workshop.shelf.glossary().entries.iter();
        let mut terms: Vec<(&Term, Vec<Unit>)> = terms
            .filter(|term| term.status == DOUBTFUL)
            .filter_map(|term| Some((term, units(term, &text.languages)?)))
            .collect();
        let is_used = |term: &Term| {
            let mut wordings = text
                .languages
                .iter()
                .filter_map(|it| term.by_language.get(it));
            wordings.any(|wording| words.contains(&wording.to_lowercase()))
        };
        terms.sort_by_key(|(term, _)| !is_used(term));
        terms.into_iter().map(|(_, units)| units).collect()
    }
}

/// Returns a term in each language, the last with a box to tick.
fn units(term: &Term, languages: &[Language]) -> Option<Vec<Unit>> {
    let last = languages.len().checked_sub(1)?;
    let unit = |(index, language): (usize, &Language)| {
        let wording = term.by_language.get(language)?;
        let text = match index == last {
            true => format!("{BOX} {wording}"),
            false => wording.clone(),
        };
        let markdown = Source::new("agreements/glossary.yaml", markdown::escaped(&text));
        Some(Unit {
            id: term.key.clone(),
            span: markdown.span(0..markdown.text().len()),
            blocks: vec![Block::Paragraph {
                body: vec![Inline::Text { text, set: None }],
            }],
        })
    };
    languages.iter().enumerate().map(unit).collect()
}

/// Parts a section where there is to be room: behind each clause with its points, and
/// behind what is no clause as a whole.
fn parts(section: ParallelSection) -> Vec<ParallelSection> {
    // Nobody signs the sheet.
    let role = match section.role {
        Role::Signatures | Role::Witnesses => Role::Reviewing,
        role => role,
    };
    let by_clause = matches!(role, Role::Content | Role::Implementation);
    let clause = |row: &[Unit]| {
        let id = row.first().map_or("", |unit| unit.id.as_str());
        id.split('.').next().unwrap_or_default().to_owned()
    };
    let mut parts: Vec<Vec<Vec<Unit>>> = Vec::new();
    let mut last = None;
    for row in section.rows {
        let own = clause(&row);
        // A heading has no id, and stays with what follows.
        let begins = by_clause
            && last
                .as_ref()
                .is_some_and(|last: &String| !last.is_empty() && *last != own);
        match parts.last_mut().filter(|_| !begins) {
            Some(part) => part.push(row),
            None => parts.push(vec![row]),
        }
        last = Some(own);
    }
    parts
        .into_iter()
        .map(|rows| ParallelSection { role, rows })
        .collect()
}
