//! The formulas, with their words in each language.
//!
//! Input: the templates. Output: for each formula, what an agreement of two parties
//! prints for it that has all languages and knows no number yet.

use std::collections::BTreeSet;

use crate::agreement::{GIVEN, load};
use crate::diagnostic::{Findings, Outcome};
use crate::document::reading::Reading;
use crate::document::template;
use crate::language::{Language, MAX_LANGUAGES};
use crate::source::Source;

use super::shop::Workshop;

/// A formula, with its words in each language that has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formula {
    /// As it is written in an agreement.
    pub name: String,
    /// What it prints.
    pub words: Vec<(Language, String)>,
}

impl Workshop {
    /// Returns all formulas, in order of their names.
    ///
    /// # Errors
    /// What a template does wrong, at its line.
    pub fn formulas(&self) -> Outcome<Vec<Formula>> {
        let reading = self.specimen()?;
        let names: BTreeSet<String> = self
            .packs()
            .flat_map(|pack| self.templates.formulas(&pack.language))
            .collect();
        let mut formulas = Vec::new();
        for name in names {
            let mut words = Vec::new();
            for pack in self.packs() {
                if self.templates.formulas(&pack.language).contains(&name) {
                    let said = template::formula(&reading, &name, pack, &self.templates)?;
                    words.push((pack.language.clone(), said));
                }
            }
            formulas.push(Formula { name, words });
        }
        Ok(formulas)
    }

    /// Returns an agreement of two parties in which nothing is known.
    fn specimen(&self) -> Outcome<Reading> {
        let packs: Vec<_> = self.packs().take(MAX_LANGUAGES).collect();
        let codes: Vec<&str> = packs.iter().map(|pack| pack.language.0.as_str()).collect();
        let first = codes.first().copied().unwrap_or_default();
        let given: String = GIVEN.iter().map(|(_, key)| format!("{key}:\n")).collect();
        let party = |id: &str| format!("  - {{id: {id}, language: {first}, name: }}\n");
        let text = format!(
            "id: formulas\nkind: cooperation-agreement\nlanguages: [{}]\n{given}parties:\n{}{}content: []\nimplementation: []\n",
            codes.join(", "),
            party("first"),
            party("second"),
        );
        let loaded = load::load(&Source::new("formulas", &text))?;
        Ok(Reading::of(loaded, &self.shelf, &mut Findings::default()))
    }
}
