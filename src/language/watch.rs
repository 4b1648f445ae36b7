//! What `check` looks for in the texts of one language.
//!
//! A watch list is the file `templates/<lang>/watch.yaml` beside the language
//! pack: words for two parties only, names of treaties, abbreviations, forms
//! of telephone numbers. A language without the file is checked by the rules
//! that need no words.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::diagnostic::{Diagnostic, Outcome};
use crate::source::Source;
use crate::text::folding::Phrase;
use crate::text::yaml::{self, Node, Value};

/// The words of one language that the rules watch for.
#[derive(Clone, Debug, Default)]
pub struct WatchList {
    lists: BTreeMap<String, Vec<Phrase>>,
    pairs: BTreeMap<String, Vec<(Phrase, String)>>,
    words: BTreeMap<String, String>,
    rivals: Vec<Vec<Phrase>>,
}

/// The keys that hold a list of words.
const LISTS: &[&str] = &[
    "period",
    "copies",
    "done_in",
    "keep",
    "receive",
    "bilingual",
    "sets",
    "into",
    "each_set",
    "each_copy",
    "each_language",
    "not_copies",
    "this",
    "treaties",
    "two_only",
    "many_only",
    "undefined",
    "defines",
    "openers",
    "predicates",
    "rotation",
    "expiry",
    "deadlines",
    "past",
    "extensions",
    "countries",
    "phones",
    "friendship",
    "fourth_limb",
    "abolished_units",
    "lasting_units",
    "ambiguous_numbers",
    "unit_words",
    "abbreviated_stops",
    "and_words",
    "between_words",
    "with_words",
    "plural_words",
    "together_words",
    "respectively",
    "shared_words",
    "role_words",
    "give_words",
    "no_parts",
    "swap_words",
    "ordinal_parties",
    "ordinals",
    "at_words",
    "lone_after",
    "attached_after",
    "said_of_all",
    "goes_on",
    "last_words",
    "opening_words",
    "persons",
    "period_words",
    "effect_from",
    "effect_signing",
    "effect_until",
    "effect_until_year",
    "until",
    "small_words",
    "place_words",
    "joint_verbs",
    "modal_words",
    "passive_words",
    "negations",
    "last_words",
    "joint_heads",
    "party_nouns",
    "single_heads",
    "deputy_words",
];
/// The keys that hold words with what to write instead.
const PAIRS: [&str; 7] = [
    "laws",
    "fourth_limb_added",
    "wrong_actors",
    "opposites",
    "state_abbreviations",
    "abbreviations",
    "spelling",
];
/// The keys that hold one word or day.
const WORDS: [&str; 6] = [
    "script",
    "loan_letters",
    "signs",
    "country_code",
    "fourth_limb_since",
    "abolished_since",
];

impl WatchList {
    /// Returns the list that watches for nothing.
    pub const fn none() -> Self {
        Self {
            lists: BTreeMap::new(),
            pairs: BTreeMap::new(),
            words: BTreeMap::new(),
            rivals: Vec::new(),
        }
    }

    /// Reads a `watch.yaml`.
    ///
    /// # Errors
    /// Invalid YAML and every key that no rule knows.
    pub fn read(source: &Source) -> Outcome<Self> {
        let root = yaml::parse(source)?;
        let mut list = Self::default();
        let mut faults = Vec::new();
        for entry in root.entries() {
            let key = entry.key.as_str();
            if LISTS.contains(&key) {
                list.lists.insert(entry.key.clone(), texts(&entry.node));
            } else if PAIRS.contains(&key) {
                list.pairs.insert(entry.key.clone(), map(&entry.node));
            } else if WORDS.contains(&key) {
                let word = entry.node.text().unwrap_or_default();
                list.words.insert(entry.key.clone(), word.to_owned());
            } else if key == "rivals" {
                list.rivals = entry.node.items().iter().map(texts).collect();
            } else {
                let known = [LISTS, &PAIRS, &WORDS, &["rivals"]].concat();
                let fault = Diagnostic::error("unknown-key").at(&entry.key_span);
                let fault = fault.with("key", key).with("known", known.join(", "));
                faults.push(fault.hint("known"));
            }
        }
        if faults.is_empty() {
            Ok(list)
        } else {
            Err(faults)
        }
    }

    /// Returns the words under `key`.
    pub fn list(&self, key: &str) -> &[Phrase] {
        debug_assert!(LISTS.contains(&key), "{key} is not a list");
        self.lists.get(key).map_or(&[], Vec::as_slice)
    }

    /// Returns the words under `key`, each with what to write instead.
    pub fn pairs(&self, key: &str) -> impl Iterator<Item = (&Phrase, &str)> {
        debug_assert!(PAIRS.contains(&key), "{key} is not a mapping");
        let pairs = self.pairs.get(key).into_iter().flatten();
        pairs.map(|(word, instead)| (word, instead.as_str()))
    }

    /// Returns the one word under `key`.
    pub fn word(&self, key: &str) -> Option<&str> {
        debug_assert!(WORDS.contains(&key), "{key} is not a word");
        self.words.get(key).map(String::as_str)
    }

    /// Returns the day under `key`.
    pub fn day(&self, key: &str) -> Option<NaiveDate> {
        self.word(key)?.parse().ok()
    }

    /// Returns the groups of formulas of which an agreement uses only one.
    pub fn rivals(&self) -> &[Vec<Phrase>] {
        &self.rivals
    }
}

fn texts(node: &Node) -> Vec<Phrase> {
    match &node.value {
        Value::Scalar(text) => vec![Phrase::new(text)],
        _ => {
            let items = node.items().iter().filter_map(Node::text);
            items.map(Phrase::new).collect()
        }
    }
}

/// Returns the pairs in the order of their words.
fn map(node: &Node) -> Vec<(Phrase, String)> {
    let pair = |entry: &yaml::Entry| Some((entry.key.clone(), entry.node.text()?.to_owned()));
    let pairs: BTreeMap<String, String> = node.entries().iter().filter_map(pair).collect();
    let folded = pairs.into_iter();
    folded
        .map(|(word, instead)| (Phrase::new(word), instead))
        .collect()
}
