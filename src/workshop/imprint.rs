//! What the pages of an edition print, told apart: the agreement itself and what
//! stands around it.
//!
//! Input: the words of laid-out pages, and the text that they were made from.
//! Output: the words of each language, which are the text's own where the pages
//! print it and nothing else; and the distinct sentences around them.

use std::collections::BTreeMap;

use crate::diagnostic::Outcome;
use crate::document::edition::Edition;
use crate::document::seen::{self, AROUND};
use crate::document::tree::Document;
use crate::text::letters::normalise;

use super::desk::Desk;
use super::sheet::reads_as;

/// What an edition prints.
#[derive(Default)]
pub(super) struct Imprint {
    /// The words of the agreement itself, by language, without spaces.
    pub(super) page: BTreeMap<String, String>,
    /// The distinct sentences around it.
    pub(super) frame: Vec<String>,
    /// Where the pages print something else than the text: the words of the text
    /// and the pieces of the pages, by language.
    pub(super) strays: BTreeMap<String, (String, Vec<String>)>,
}

impl Desk<'_> {
    /// Returns what an edition prints; lays it out if that was not done yet.
    ///
    /// # Errors
    /// As laying out.
    pub(super) fn imprint(&self, edition: &Edition) -> Outcome<Imprint> {
        if !self.printed.borrow().contains_key(&edition.path) {
            self.pages(edition)?;
        }
        let sheet = self.printed.borrow().get(&edition.path).cloned();
        let Some(sheet) = sheet else {
            return Ok(Imprint::default());
        };
        let mut imprint = Imprint::default();
        let languages = edition.languages.iter();
        let languages: Vec<String> = languages.map(|language| language.0.clone()).collect();
        for sentence in sheet.sentences() {
            imprint.add_sentence(&sentence);
        }
        for language in &edition.languages {
            let text = self.texts.get(edition, language)?;
            let pieces = sheet.printed.body.get(&language.0);
            let pieces = pieces.map_or(&[][..], Vec::as_slice);
            imprint.add_body(&language.0, &text.document, pieces);
        }
        // Words in a language that the edition does not have.
        for (language, pieces) in &sheet.printed.body {
            if !languages.contains(language) {
                imprint
                    .page
                    .insert(language.clone(), bare(&pieces.concat()));
            }
        }
        Ok(imprint)
    }
}

impl Imprint {
    fn add_body(&mut self, language: &str, document: &Document, pieces: &[String]) {
        let (mut all, mut own) = (String::new(), String::new());
        let mut around = Vec::new();
        for section in &document.sections {
            let units = section.units.iter();
            let words: String = units.map(|unit| seen::words(&unit.blocks)).collect();
            all += &words;
            match AROUND.contains(&section.role) {
                true => around.extend(words.lines().map(str::to_owned)),
                false => own += &words,
            }
        }
        let as_text = reads_as(&all, pieces);
        let printed = pieces.join(" ");
        match (as_text, own.is_empty()) {
            (true, true) => {}
            (true, false) => drop(self.page.insert(language.to_owned(), bare(&own))),
            (false, true) => around = vec![printed],
            (false, false) => {
                let words = format!("≠{}", bare(&printed));
                self.page.insert(language.to_owned(), words);
                self.strays
                    .insert(language.to_owned(), (all, pieces.to_vec()));
            }
        }
        for sentence in around {
            self.add_sentence(&sentence);
        }
    }

    fn add_sentence(&mut self, sentence: &str) {
        let words: Vec<&str> = sentence.split_whitespace().collect();
        let sentence = normalise(&words.join(" "));
        if !sentence.is_empty() && !self.frame.contains(&sentence) {
            self.frame.push(sentence);
        }
    }
}

/// Returns text without white space and what only steers the breaking of lines.
fn bare(text: &str) -> String {
    let mut text = normalise(text);
    text.retain(|letter| !letter.is_whitespace() && !['\u{200b}', '\u{2060}'].contains(&letter));
    text
}
