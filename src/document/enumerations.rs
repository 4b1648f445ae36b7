//! Enumerations of parties: where mentions may change places, so that each
//! original names its holder first.
//!
//! Input: the plain words of a text with the mentions in them, and the small words
//! of its language. Output: runs of mentions, each with a verdict. Only a true
//! enumeration moves ("A và B", "A, B và C", "giữa A với B", "A - B") of parties that
//! act together, and only where every language has the same one in the same
//! paragraph. Whatever could be assigned to the parties one by one keeps it in its
//! place: when in doubt, it stays as typed.

mod again;
mod around;
mod behind;
mod doubt;
mod grammar;
mod ordinals;
mod shares;
mod together;
mod values;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::agreement::{Agreement, Field, PartyOrder, Text};
use crate::language::Shelf;

use super::fields::Fields;
use super::mention::{Run, Verdict};
use super::tree::Block;

use around::{Paragraph, keep_what_is_shared_around, paragraphs};
pub use grammar::Grammar;

/// A name of a party in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The party, by id.
    pub party: String,
    /// Where its name stands in the words.
    pub range: Range<usize>,
    /// Whether it keeps its place.
    pub fixed: bool,
}

/// A field in one language.
struct InLanguage {
    path: String,
    paragraphs: Vec<Paragraph>,
    /// The enumerations of each paragraph.
    runs: Vec<Vec<Run>>,
}

/// The enumerations of an agreement's Markdown fields, by key path.
#[derive(Clone, Debug, Default)]
pub struct Enumerations(BTreeMap<String, Vec<Run>>);

impl Enumerations {
    /// Finds the enumerations of every field, and decides with all languages
    /// together which of them move.
    pub fn read(agreement: &Agreement, fields: &Fields, shelf: &Shelf) -> Self {
        let mut found = BTreeMap::new();
        for texts in read_together(agreement) {
            let mut read: Vec<Vec<InLanguage>> = texts.iter().map(|_| Vec::new()).collect();
            for language in &agreement.languages {
                let Some(pack) = shelf.pack(language) else {
                    continue;
                };
                let grammar = Grammar::new(pack, shelf.watch(language));
                let mut fields_of_group = Vec::new();
                for (place, text) in texts.iter().enumerate() {
                    let path = text.path_in(language);
                    if let Some(blocks) = fields.get(&path) {
                        fields_of_group.push((place, in_language(&grammar, path, blocks)));
                    }
                }
                let all = fields_of_group.iter_mut().map(|(_, field)| field);
                keep_what_is_shared_around(all.collect(), &grammar);
                for (place, field) in fields_of_group {
                    read[place].push(field);
                }
            }
            for mut languages in read {
                agree(&mut languages);
                if agreement.party_order == PartyOrder::Fixed {
                    keep_all(&mut languages);
                }
                for field in languages {
                    found.insert(field.path, whole_field(field.runs, &field.paragraphs));
                }
            }
        }
        Self(found)
    }

    /// Returns the enumerations of the field at `path`; their items are the
    /// field's mentions, in order.
    pub fn of(&self, path: &str) -> &[Run] {
        self.0.get(path).map_or(&[], Vec::as_slice)
    }
}

/// Reads the paragraphs of a field, each by itself.
fn in_language(grammar: &Grammar<'_>, path: String, blocks: &[Block]) -> InLanguage {
    let paragraphs = paragraphs(&path, blocks);
    let runs = paragraphs.iter();
    let runs = runs.map(|paragraph| grammar.runs(&paragraph.words, &paragraph.items));
    InLanguage {
        path,
        runs: runs.collect(),
        paragraphs,
    }
}

/// Returns the texts made of sentences: the preamble by itself, and that of each
/// clause with its points, which go on where the text ends.
fn read_together(agreement: &Agreement) -> Vec<Vec<&Text>> {
    let mut groups: Vec<(Option<usize>, Vec<&Text>)> = Vec::new();
    let texts = agreement.texts().into_iter();
    for (field, text) in texts.filter(|(field, _)| field.is_prose()) {
        let clause = match field {
            Field::Clause(clause) | Field::Point(clause, _) => Some(clause),
            _ => None,
        };
        match groups.last_mut() {
            Some((last, group)) if clause.is_some() && *last == clause => group.push(text),
            _ => groups.push((clause, vec![text])),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

/// Keeps in their places the enumerations that not every language has, and those
/// of which no language says that the parties act together.
fn agree(languages: &mut [InLanguage]) {
    let parties = |runs: &[Run], items: &[Item]| -> Vec<BTreeSet<String>> {
        let runs = runs.iter();
        let named = runs.map(|run| items[run.items.clone()].iter().map(|i| i.party.clone()));
        named.map(BTreeSet::from_iter).collect()
    };
    let most = languages.iter().map(|field| field.runs.len()).max();
    for index in 0..most.unwrap_or_default() {
        let named = languages.iter().map(|field| {
            let (runs, paragraph) = (field.runs.get(index)?, field.paragraphs.get(index)?);
            Some(parties(runs, &paragraph.items))
        });
        let named: BTreeSet<Option<Vec<BTreeSet<String>>>> = named.collect();
        let same_paragraphs = languages.iter().all(|field| Some(field.runs.len()) == most);
        let alike = named.len() == 1 && same_paragraphs;
        // What one language keeps in its place stays in all of them; that the parties
        // act together is said by one language for all.
        let (mut stays, mut together) = (BTreeMap::new(), BTreeSet::new());
        for field in languages.iter() {
            for (place, run) in field.runs.get(index).into_iter().flatten().enumerate() {
                match run.verdict {
                    Verdict::Moves => drop(together.insert(place)),
                    Verdict::Apart => {}
                    verdict => drop(stays.entry(place).or_insert(verdict)),
                }
            }
        }
        for field in languages.iter_mut() {
            for (place, run) in field.runs.get_mut(index).into_iter().flatten().enumerate() {
                run.verdict = match stays.get(&place) {
                    _ if !alike && run.verdict == Verdict::Moves => Verdict::Differs,
                    Some(verdict) if alike => *verdict,
                    None if alike && together.contains(&place) => Verdict::Moves,
                    _ if run.verdict == Verdict::Apart => Verdict::Assigned,
                    _ => run.verdict,
                };
            }
        }
    }
}

/// Keeps every enumeration: where the order is fixed, each original names the
/// parties as they were typed.
fn keep_all(languages: &mut [InLanguage]) {
    let runs = languages.iter_mut().flat_map(|field| &mut field.runs);
    for run in runs.flatten() {
        run.verdict = Verdict::Fixed;
    }
}

/// Counts items through the whole field instead of within each paragraph.
fn whole_field(runs: Vec<Vec<Run>>, paragraphs: &[Paragraph]) -> Vec<Run> {
    let mut before = 0;
    let mut whole = Vec::new();
    for (runs, paragraph) in runs.into_iter().zip(paragraphs) {
        whole.extend(runs.into_iter().map(|run| Run {
            items: run.items.start + before..run.items.end + before,
            ..run
        }));
        before += paragraph.items.len();
    }
    whole
}
