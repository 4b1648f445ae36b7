//! What changed between two agreements, as a text of its own.
//!
//! Input: the files of both, as they are. Output: the comparison in the forms that are
//! wanted, among the documents of the new one: `compare/<old id>.md`.

use crate::agreement::Agreement;
use crate::diagnostic::{Diagnostic, Outcome, Warned};
use crate::document::compare::{self, Comparison, Sides};
use crate::document::edition::{self, Edition};
use crate::document::reading::Reading;
use crate::language::Language;
use crate::press::typeset;
use crate::source::Source;
use crate::word;

use super::desk::Desk;
use super::file::OutputFile;
use super::made::Made;
use super::shop::Workshop;

/// A form in which a comparison comes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Redline {
    /// Markdown.
    Text,
    /// Pages, as PDF.
    Pages,
    /// A Word file whose changes are tracked: accepted, they give the new text, and
    /// rejected the old one.
    Word,
}

impl Redline {
    /// Returns where a comparison with the agreement `old` goes.
    pub fn path(self, old: &str) -> String {
        format!("{}.{}", edition::comparison_path(old), self.ending())
    }

    fn ending(self) -> &'static str {
        match self {
            Redline::Text => "md",
            Redline::Pages => "pdf",
            Redline::Word => "docx",
        }
    }
}

impl Workshop {
    /// Compares two agreements in the languages that both have.
    pub fn redline(&self, old: &Source, new: &Source, forms: &[Redline]) -> Made {
        let mut made = Made::default();
        match self.compared(old, new, forms, &mut made) {
            Ok(files) => made.files = files,
            Err(faults) => made.findings.extend(faults),
        }
        typeset::forget();
        made
    }

    fn compared(
        &self,
        old: &Source,
        new: &Source,
        forms: &[Redline],
        made: &mut Made,
    ) -> Outcome<Vec<OutputFile>> {
        let (before, after) = (self.sound(old)?, self.sound(new)?);
        made.id = Some(after.agreement.id.clone());
        let languages = common(&before, &after)?;
        let desk = Desk::new(self, &after);
        let comparison = self.comparison(&before, &desk, &languages)?;
        let (old, new) = (&before.agreement.id, &after.agreement.id);
        let edition = edition::comparison(&after.agreement, languages.clone(), old);
        let packs = languages.iter().map(|language| self.pack(language));
        let packs = packs.collect::<Outcome<Vec<_>>>()?;
        let sides = Sides {
            old,
            new,
            words: packs.iter().map(|pack| &pack.comparison).collect(),
            names: packs
                .iter()
                .map(|pack| languages.iter().map(|it| pack.name_of(it)).collect())
                .collect(),
        };
        let text = compare::tree(&comparison, &sides);
        let mut files = Vec::new();
        for form in forms {
            let bytes = match form {
                Redline::Text => {
                    let own = packs.iter().map(|pack| pack.name_of(&pack.language));
                    let own: Vec<&str> = own.collect();
                    compare::markdown(&text, &own).into_bytes()
                }
                Redline::Pages => {
                    let Warned { output, warnings } = desk.pdf_of(&edition, &text)?;
                    made.findings.extend(warnings);
                    output
                }
                Redline::Word => {
                    let setting = desk.setting(&edition, &text)?;
                    word::document(&compare::redline(&comparison), &setting, &[])?
                }
            };
            files.push(OutputFile {
                path: form.path(old),
                bytes,
            });
        }
        Ok(files)
    }

    fn comparison(
        &self,
        before: &Reading,
        after: &Desk<'_>,
        languages: &[Language],
    ) -> Outcome<Comparison> {
        let text = |desk: &Desk<'_>| {
            let agreement = &desk.reading.agreement;
            let edition: Edition = edition::comparison(agreement, languages.to_vec(), "");
            desk.texts.parallel(&edition)
        };
        let before = Desk::new(self, before);
        let mut comparison = compare::compare(&text(&before)?, &text(after)?);
        for (old, new) in holders(&before.reading.agreement, &after.reading.agreement) {
            let held = |desk: &Desk<'_>, holder: usize| {
                let edition = edition::held(&desk.reading.agreement, languages.to_vec(), holder);
                desk.texts.parallel(&edition)
            };
            let (before, now) = (held(&before, old)?, held(after, new)?);
            let party = &after.reading.agreement.parties[new];
            let names = languages.iter().map(|language| {
                let short = party.short.as_ref().and_then(|short| short.get(language));
                let name = short.or_else(|| party.name.get(language));
                name.unwrap_or(&party.id).to_owned()
            });
            let names: Vec<String> = names.collect();
            comparison.add_held(&names, compare::compare(&before, &now));
        }
        Ok(comparison)
    }
}

/// Returns the parties that keep originals of both agreements, by their places in each: by
/// id, and of the others those at the same place.
fn holders(before: &Agreement, after: &Agreement) -> Vec<(usize, usize)> {
    let place = |agreement: &Agreement, id: &str| {
        let mut parties = agreement.parties.iter();
        parties.position(|party| party.id == id)
    };
    let parties = after.parties.iter().enumerate();
    let pairs = parties.filter_map(|(new, party)| {
        let same = place(before, &party.id);
        let other = before.parties.get(new);
        let other = other.filter(|other| place(after, &other.id).is_none());
        same.or_else(|| other.map(|_| new)).map(|old| (old, new))
    });
    pairs.collect()
}

/// Returns the languages of the new agreement that the old one has as well.
fn common(before: &Reading, after: &Reading) -> Outcome<Vec<Language>> {
    let known = &before.agreement.languages;
    let languages = after.agreement.languages.iter();
    let common: Vec<Language> = languages.filter(|it| known.contains(it)).cloned().collect();
    if common.is_empty() {
        let fault = Diagnostic::error("no-common-language");
        let at = after.positions.at("languages");
        return Err(vec![
            fault.at(&at).with("other", before.agreement.id.clone()),
        ]);
    }
    Ok(common)
}
