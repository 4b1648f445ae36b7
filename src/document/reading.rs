//! An agreement read once: its model, where its keys stand, the tree of each of its
//! Markdown fields, and the enumerations in them. Checking, rendering and freezing
//! all start from it.

use crate::agreement::load::Loaded;
use crate::agreement::{Agreement, Positions, Text};
use crate::diagnostic::Findings;
use crate::language::pack::LanguagePack;
use crate::language::{Language, Shelf};

use super::copies::Copies;
use super::enumerations::Enumerations;
use super::fields::Fields;
use super::markdown;
use super::references::References;

/// An agreement as it was read.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The agreement.
    pub agreement: Agreement,
    /// Where each of its keys stands.
    pub positions: Positions,
    /// The trees of its Markdown fields.
    pub fields: Fields,
    /// Where its parties are enumerated.
    pub enumerations: Enumerations,
    /// Who states how many originals there are.
    pub copies: Copies,
    /// What its texts may refer to.
    pub references: References,
}

impl Reading {
    /// Reads the Markdown fields; what they may not hold is added to `faults`.
    pub fn of(loaded: Loaded, shelf: &Shelf, faults: &mut Findings) -> Self {
        let Loaded {
            agreement,
            positions,
        } = loaded;
        let references = References::of(&agreement);
        let fields = Fields::read(&agreement, &positions, &references, faults);
        Self {
            enumerations: Enumerations::read(&agreement, &fields, shelf),
            copies: Copies::read(&agreement, &fields, shelf),
            agreement,
            positions,
            fields,
            references,
        }
    }

    /// Returns a Markdown field in one language with its parties in the order of
    /// an original and the words of its references, or the pack's blank.
    pub fn ordered(&self, text: &Text, pack: &LanguagePack, order: &[usize]) -> String {
        let language: &Language = &pack.language;
        let Some(words) = text.get(language) else {
            return pack.blank.clone();
        };
        let parties = &self.agreement.parties;
        let order: Vec<&str> = order
            .iter()
            .map(|&party| parties[party].id.as_str())
            .collect();
        let runs = self.enumerations.of(&text.path_in(language));
        markdown::referred(&markdown::ordered(words, runs, &order), |id, before| {
            let target = self.references.get(id)?;
            let words = markdown::escaped(&target.words(pack, before));
            Some((target.part.clone(), words))
        })
    }
}
