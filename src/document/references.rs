//! References from one clause to another, `[](clause:exchanges)`, and to annexes,
//! `[](annex:plan)`.
//!
//! Input: an agreement. Output: for the id of each clause, point and annex, which
//! part of a text it is, and the words that refer to it in a language. They are
//! computed, so a reference follows the clause when clauses move.

use std::collections::BTreeMap;

use crate::agreement::Agreement;
use crate::language::pack::LanguagePack;
use crate::text::letters::capital;

use super::edition::TextKind;
use super::numbering::Number;
use super::outline::Outline;

/// What an agreement's texts may refer to, by id.
#[derive(Clone, Debug, Default)]
pub struct References(BTreeMap<String, Target>);

/// What is referred to.
#[derive(Clone, Debug)]
pub struct Target {
    /// The part of a text that it is: `exchanges`, `exchanges.2`.
    pub part: String,
    /// Its number.
    pub number: Number,
}

impl References {
    /// Numbers the clauses and points of `agreement`; of two with one id, which is
    /// an error elsewhere, the first counts.
    pub fn of(agreement: &Agreement) -> Self {
        let order: Vec<usize> = (0..agreement.parties.len()).collect();
        let outline = Outline::of(agreement, TextKind::Agreement, &order);
        let parts = outline.sections.iter().flat_map(|section| &section.parts);
        let numbers: BTreeMap<&str, &Number> = parts
            .filter_map(|part| Some((part.id.as_str(), part.about.number()?)))
            .collect();
        let mut targets = BTreeMap::new();
        for clause in agreement.clauses() {
            let points = clause
                .points
                .iter()
                .filter_map(|point| Some((point.id.clone()?, point.part(&clause.id))));
            let own = std::iter::once((clause.id.clone(), clause.id.clone()));
            for (id, part) in own.chain(points) {
                if let Some(&number) = numbers.get(part.as_str()) {
                    let number = number.clone();
                    targets.entry(id).or_insert(Target { part, number });
                }
            }
        }
        for annex in &agreement.annexes {
            if let Some(&number) = numbers.get(annex.id.as_str()) {
                let (part, number) = (annex.id.clone(), number.clone());
                targets
                    .entry(annex.id.clone())
                    .or_insert(Target { part, number });
            }
        }
        Self(targets)
    }

    /// Returns what may be referred to: the clauses and points, or the annexes.
    pub fn ids(&self, annexes: bool) -> Vec<&str> {
        let targets = self.0.iter();
        let targets = targets.filter(|(_, target)| target.number.is_annex() == annexes);
        targets.map(|(id, _)| id.as_str()).collect()
    }

    /// Returns what is called `id`.
    pub fn get(&self, id: &str) -> Option<&Target> {
        self.0.get(id)
    }
}

impl Target {
    /// Returns the words that refer to it, with a capital where they open a
    /// sentence: `before` is the last letter before them in their line, if any.
    pub fn words(&self, pack: &LanguagePack, before: Option<char>) -> String {
        let words = self.number.reference(pack);
        if before.is_some_and(|letter| !matches!(letter, '.' | '!' | '?')) {
            return words;
        }
        capital(&words)
    }
}
