//! Where a signed text was changed.
//!
//! Input: a text as it is now, the words of its fields, and the text as it was
//! signed, where `output/` still has it. Output: the place of the first field
//! that holds words which were not signed.

use crate::agreement::Agreement;
use crate::document::reading::Reading;
use crate::document::tree::{Document, plain_text};
use crate::document::{markdown, seen};
use crate::language::Language;
use crate::source::{Source, Span};
use crate::text::folding::lower;

use super::file::OutputFile;

/// A text that differs from what was signed, and is therefore refused.
#[derive(Debug)]
pub struct Changed {
    /// The text as it is now, in Markdown.
    pub file: OutputFile,
    pub(super) language: Language,
    /// Its tree.
    document: Document,
    /// The words of each of its fields, and where they stand.
    fields: Vec<(String, Span)>,
}

impl Changed {
    /// Describes the text of `reading` in a language.
    pub(super) fn new(
        file: OutputFile,
        document: &Document,
        reading: &Reading,
        language: &Language,
    ) -> Self {
        Self {
            file,
            language: language.clone(),
            document: document.clone(),
            fields: fields(&reading.agreement, reading, language),
        }
    }

    /// Returns what was seen before and what is seen now, as lines for people, where
    /// `signed` is the signed text in Markdown; `name` names kinds of blocks and spaces.
    pub fn told(&self, signed: &str, name: &dyn Fn(&str) -> String) -> (String, String) {
        match self.tree(signed) {
            Some(before) => (seen::told(&before, name), seen::told(&self.document, name)),
            None => {
                let now = String::from_utf8_lossy(&self.file.bytes);
                (signed.to_owned(), now.into_owned())
            }
        }
    }

    fn tree(&self, signed: &str) -> Option<Document> {
        let signed = Source::new(self.file.path.as_str(), signed);
        markdown::parse(&signed, &self.language).ok()
    }

    /// Returns the place of the first words that `signed`, the signed text in
    /// Markdown, does not have. There is none where words were only taken out.
    pub(super) fn place(&self, signed: &str) -> Option<Span> {
        let signed = bare(&words_of(&self.tree(signed)?));
        let now = bare(&words_of(&self.document));
        let mut fields = self.fields.iter();
        let (words, span) = fields.find(|(words, _)| {
            let words = bare(words);
            now.contains(&words) && !signed.contains(&words)
        })?;
        Some(first_new(words, span, &signed))
    }
}

/// Returns the part of `span` from the first of its words that makes it differ
/// from all that was signed, or the span where its letters are not those words.
fn first_new(words: &str, span: &Span, signed: &str) -> Span {
    let (mut before, mut at) = (String::new(), 0);
    for word in words.split_whitespace() {
        let Some(found) = span.text()[at..].find(word) else {
            break;
        };
        at += found;
        before += &bare(word);
        if !signed.contains(&before) {
            return span.part(at..at + word.len());
        }
        at += word.len();
    }
    span.clone()
}

fn fields(agreement: &Agreement, reading: &Reading, language: &Language) -> Vec<(String, Span)> {
    let texts = agreement.texts().into_iter().filter_map(|(_, text)| {
        let path = text.path_in(language);
        let prose = reading.fields.get(&path).map(plain_text);
        let words = prose.or_else(|| text.get(language).map(str::to_owned))?;
        Some((path, words))
    });
    let values = agreement.contact_values();
    let values = values.map(|(path, value)| (path, value.to_owned()));
    let all = texts.chain(values);
    all.filter_map(|(path, words)| Some((words, reading.positions.exact(&path)?)))
        .collect()
}

fn words_of(document: &Document) -> String {
    let units = document.sections.iter().flat_map(|section| &section.units);
    units.map(|unit| plain_text(&unit.blocks)).collect()
}

/// Returns `text` without capitals and white space.
fn bare(text: &str) -> String {
    let mut text = lower(text);
    text.retain(|letter| !letter.is_whitespace());
    text
}
