//! The Markdown fields of an agreement, each read into its tree once.

use std::collections::BTreeMap;

use crate::agreement::{Agreement, Positions};
use crate::diagnostic::Findings;

use super::markdown::{self, Known};
use super::references::References;
use super::tree::Block;

/// The tree of each Markdown field that can be typeset, by its key path.
#[derive(Clone, Debug, Default)]
pub struct Fields(BTreeMap<String, Vec<Block>>);

impl Fields {
    /// Reads the Markdown fields; what they may not hold is added to `faults`.
    pub fn read(
        agreement: &Agreement,
        positions: &Positions,
        references: &References,
        faults: &mut Findings,
    ) -> Self {
        let parties = agreement.parties.iter();
        let known = Known {
            parties: parties.map(|party| party.id.as_str()).collect(),
            clauses: references.ids(false),
            annexes: references.ids(true),
        };
        let mut trees = BTreeMap::new();
        let texts = agreement.texts().into_iter();
        for (_, text) in texts.filter(|(field, _)| field.is_prose()) {
            for language in &agreement.languages {
                let Some(words) = text.get(language) else {
                    continue;
                };
                let path = text.path_in(language);
                let place = positions.at(&path);
                if let Some(blocks) = markdown::field(words, &place, &known, faults) {
                    trees.insert(path, blocks);
                }
            }
        }
        Self(trees)
    }

    /// Returns the tree of the field at `path`.
    pub fn get(&self, path: &str) -> Option<&[Block]> {
        self.0.get(path).map(Vec::as_slice)
    }

    /// Returns how many trees there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Tells whether there is no tree.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
