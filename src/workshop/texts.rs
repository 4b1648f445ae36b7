//! The texts of one agreement: each distinct one rendered once and read once,
//! when it is first wanted. Editions that have the same text share it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::diagnostic::Outcome;
use crate::document::differences::Differences;
use crate::document::edition::{self, Edition, Purpose, TextKey, TextKind};
use crate::document::reading::Reading;
use crate::document::tree::{Document, Parallel};
use crate::document::{markdown, parallel, template};
use crate::language::Language;
use crate::source::Source;

use super::shop::Workshop;

/// A text in one language.
pub(super) struct Text {
    /// Its Markdown.
    pub(super) markdown: Source,
    /// Its tree.
    pub(super) document: Document,
}

/// The texts of one agreement.
pub(super) struct Texts<'a> {
    pub(super) workshop: &'a Workshop,
    pub(super) reading: &'a Reading,
    kept: RefCell<BTreeMap<TextKey, Rc<Text>>>,
}

impl<'a> Texts<'a> {
    pub(super) fn new(workshop: &'a Workshop, reading: &'a Reading) -> Self {
        Self {
            workshop,
            reading,
            kept: RefCell::default(),
        }
    }

    /// Returns the text of an edition in one of its languages.
    pub(super) fn get(&self, edition: &Edition, language: &Language) -> Outcome<Rc<Text>> {
        self.of_key(edition.text(language))
    }

    /// Returns the text of a key.
    pub(super) fn of_key(&self, key: TextKey) -> Outcome<Rc<Text>> {
        if let Some(text) = self.kept.borrow().get(&key) {
            return Ok(Rc::clone(text));
        }
        let text = Rc::new(self.make(&key)?);
        self.kept.borrow_mut().insert(key, Rc::clone(&text));
        Ok(text)
    }

    fn make(&self, key: &TextKey) -> Outcome<Text> {
        let (workshop, language) = (self.workshop, &key.language);
        let pack = workshop.pack(language)?;
        let differences = match key.kind {
            TextKind::Differences => self.differences()?,
            _ => Differences::default(),
        };
        let (reading, templates) = (self.reading, &workshop.templates);
        let rendered = template::render(reading, key, &differences, pack, templates)?;
        workshop.counter.count_rendered();
        let name = format!("{}/{language}.md", self.reading.agreement.id);
        let markdown = Source::new(name, rendered);
        let document = markdown::parse(&markdown, language)?;
        workshop.counter.count_read();
        Ok(Text { markdown, document })
    }

    /// Compares the originals, in the languages of the sheet that tells of it.
    fn differences(&self) -> Outcome<Differences> {
        let agreement = &self.reading.agreement;
        let originals = edition::originals(agreement);
        let mut differences = Differences::default();
        for language in &agreement.languages {
            // A holder's originals of one kind have the same words.
            let own = originals.iter().filter(|original| {
                let first = matches!(original.purpose, Purpose::Original { copy: 1, .. });
                first && original.languages.contains(language)
            });
            let texts = own.map(|original| self.get(original, language));
            let texts = texts.collect::<Outcome<Vec<Rc<Text>>>>()?;
            let documents: Vec<&Document> = texts.iter().map(|text| &text.document).collect();
            differences.compare(language, &documents);
        }
        Ok(differences)
    }

    /// Returns the Markdown of an edition: its text, or its texts part by part.
    pub(super) fn markdown(&self, edition: &Edition) -> Outcome<String> {
        match edition.languages.as_slice() {
            [language] => Ok(self.get(edition, language)?.markdown.text().to_owned()),
            languages => {
                let name = |language| Ok(self.workshop.pack(language)?.name_of(language));
                let names = languages.iter().map(name).collect::<Outcome<Vec<&str>>>()?;
                Ok(parallel::markdown(&self.parallel(edition)?, &names))
            }
        }
    }

    /// Returns the texts of an edition, paired part by part.
    pub(super) fn parallel(&self, edition: &Edition) -> Outcome<Parallel> {
        let languages = edition.languages.iter();
        let texts = languages.map(|language| self.get(edition, language));
        let texts = texts.collect::<Outcome<Vec<Rc<Text>>>>()?;
        let documents: Vec<&Document> = texts.iter().map(|text| &text.document).collect();
        let paired = parallel::pair(&documents)?;
        match edition.purpose {
            Purpose::Reviewing => self.with_room(edition, paired),
            _ => Ok(paired),
        }
    }
}
