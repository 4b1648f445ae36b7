//! Sentences that say in how many originals the agreement is done.
//!
//! Input: the words of a text and the small words of its language. Output: where such
//! a sentence stands, and whether it speaks of the agreement, by whose name it then
//! begins: minutes of a handover are "lập thành 02 bản" as well. A clause that says it
//! of the agreement in every language stands instead of the formula `copies`.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::agreement::Agreement;
use crate::language::pack::LanguagePack;
use crate::language::watch::WatchList;
use crate::language::{Language, Shelf};
use crate::text::folding::{Folded, Needle, Phrase, is_whole, lower};

use super::fields::Fields;
use super::tree::plain_text;

/// A sentence that says in how many originals something is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Where it says so: `lập thành`.
    pub at: Range<usize>,
    /// Whether it begins with the name of the agreement.
    pub of_agreement: bool,
}

/// Who states the originals of an agreement.
#[derive(Clone, Debug, Default)]
pub struct Copies {
    /// Whether a clause has the formula.
    pub formula: bool,
    /// By language, the path of the first text that states them.
    pub texts: BTreeMap<Language, String>,
    languages: usize,
}

impl Copies {
    /// Reads the texts of the clauses and of their points.
    pub fn read(agreement: &Agreement, fields: &Fields, shelf: &Shelf) -> Self {
        let mut formulas = agreement.formulas().flat_map(|(_, formulas)| formulas);
        let mut copies = Self {
            formula: formulas.any(|formula| formula == "copies"),
            texts: BTreeMap::new(),
            languages: agreement.languages.len(),
        };
        let texts = agreement.texts().into_iter();
        for (_, text) in texts.filter(|(field, _)| field.is_of_clause()) {
            for language in &agreement.languages {
                let path = text.path_in(language);
                let (Some(blocks), Some(pack)) = (fields.get(&path), shelf.pack(language)) else {
                    continue;
                };
                let words = plain_text(blocks);
                let found = statements(&words, &agreement.kind, pack, shelf.watch(language));
                if found.iter().any(|statement| statement.of_agreement) {
                    copies
                        .texts
                        .entry(language.clone())
                        .or_insert(text.path.clone());
                }
            }
        }
        copies
    }

    /// Tells whether clauses state the originals in every language.
    pub fn are_typed(&self) -> bool {
        self.texts.len() == self.languages
    }

    /// Tells whether the closing need not state them.
    pub fn are_placed(&self) -> bool {
        self.formula || self.are_typed()
    }
}

/// Returns the statements in `words`, a text of an agreement of a kind.
pub fn statements(
    words: &str,
    kind: &str,
    pack: &LanguagePack,
    watch: &WatchList,
) -> Vec<Statement> {
    let folded = Folded::lower(words);
    let places = |key: &str| {
        let phrases = watch.list(key).iter();
        phrases.flat_map(|phrase| folded.find(&phrase.folded))
    };
    let done = places("done_in").filter(|at| counts(rest_of(words, at.end), false, pack, watch));
    // "Làm tại Hà Nội … thành hai bản tiếng Việt"
    let into = places("into").filter(|at| {
        let languages = pack.languages.values().map(|name| Needle::lower(name));
        let sentence = Folded::lower(sentence_after(words, at.end));
        counts(rest_of(words, at.end), true, pack, watch)
            && languages.into_iter().any(|name| sentence.has(&name))
    });
    let mut found: Vec<Range<usize>> = done.chain(into).collect();
    found.sort_by_key(|at| (at.start, at.end));
    let statement = |at: Range<usize>| Statement {
        of_agreement: is_of_agreement(sentence_before(words, at.start), kind, pack, watch),
        at,
    };
    found.into_iter().map(statement).collect()
}

/// Returns what follows the byte `at`, up to a comma.
fn rest_of(words: &str, at: usize) -> &str {
    let rest = sentence_after(words, at);
    rest.split([',', ';']).next().unwrap_or_default()
}

fn sentence_after(words: &str, at: usize) -> &str {
    let rest = words.get(at..).unwrap_or_default();
    let end = rest.find(". ").into_iter().chain(rest.find('\n')).min();
    &rest[..end.unwrap_or(rest.len())]
}

fn sentence_before(words: &str, at: usize) -> &str {
    let before = words.get(..at).unwrap_or_default();
    let stops = [". ", "\n", ";"].into_iter();
    let stops = stops.filter_map(|stop| Some(before.rfind(stop)? + stop.len()));
    &before[stops.max().unwrap_or(0)..]
}

/// Tells whether `part` has a number of copies or of sets of them; `first`, whether
/// it begins with it.
fn counts(part: &str, first: bool, pack: &LanguagePack, watch: &WatchList) -> bool {
    let part = lower(part);
    let nouns = ["copies", "sets"].map(|key| watch.list(key).iter());
    nouns.into_iter().flatten().any(|noun| {
        let mut places = part.match_indices(noun.folded.as_str());
        places.any(|(at, found)| {
            let others = watch.list("not_copies");
            is_whole(&part, at..at + found.len())
                && !starts_with_any(&part[at..], others)
                && quantity_before(part[..at].trim_end(), pack)
                    .is_some_and(|start| !first || part[..start].trim().is_empty())
        })
    })
}

/// Tells whether `text`, in lower case, begins with one of these words.
pub fn starts_with_any(text: &str, phrases: &[Phrase]) -> bool {
    phrases.iter().any(|phrase| {
        let words = phrase.folded.as_str();
        text.starts_with(words) && is_whole(text, 0..words.len())
    })
}

/// Returns where the number starts with which `text` ends: `02`, `hai`, `hai (02)`.
fn quantity_before(text: &str, pack: &LanguagePack) -> Option<usize> {
    if let Some(inner) = text.strip_suffix(')') {
        let open = inner.rfind('(')?;
        number_before(inner, pack).filter(|start| inner[open + 1..*start].trim().is_empty())?;
        let before = text[..open].trim_end();
        return number_before(before, pack).or(Some(open));
    }
    number_before(text, pack)
}

fn number_before(text: &str, pack: &LanguagePack) -> Option<usize> {
    let figures = text.trim_end_matches(char::is_numeric);
    if figures.len() < text.len() {
        return Some(figures.len());
    }
    let words = pack.numbers().iter().map(|word| lower(word));
    let ends = words.filter(|word| {
        let start = text.len().saturating_sub(word.len());
        text.ends_with(word.as_str()) && is_whole(text, start..text.len())
    });
    let longest = ends.map(|word| word.len()).max()?;
    Some(text.len() - longest)
}

/// Tells whether it is the agreement of which a sentence says in how many copies it is
/// done, from what stands before that: its name and nothing else. "Thỏa thuận này có
/// hiệu lực từ ngày ký, biên bản bàn giao được lập thành" names something else, and
/// what else could be meant is not for a program to guess.
fn is_of_agreement(sentence: &str, kind: &str, pack: &LanguagePack, watch: &WatchList) -> bool {
    let sentence = lower(sentence);
    let kind = pack.kind(kind);
    let names = [kind.short, kind.title].map(|name| lower(&name));
    let mut rests = names
        .iter()
        .filter_map(|name| after_name(&sentence, name, watch));
    rests.any(|rest| {
        let named = without_last(rest, &["modal_words", "passive_words"], watch);
        let said = &rest[named.len()..];
        let denied = watch
            .list("negations")
            .iter()
            .any(|word| Folded::lower(said).has(&word.folded));
        !denied && without_last(named, &["this"], watch).is_empty()
    })
}

/// Returns what follows the name with which a sentence begins, with at most one word
/// before it that is part of it: "Bản Thỏa thuận này", "This Agreement".
fn after_name<'a>(sentence: &'a str, name: &str, watch: &WatchList) -> Option<&'a str> {
    let sentence = sentence.trim_start_matches(|c: char| !c.is_alphabetic());
    let at = sentence.find(name).filter(|_| !name.is_empty())?;
    let (before, end) = (sentence[..at].trim(), at + name.len());
    let begins = before.split_whitespace().count() < 2
        && !before.contains([',', ':'])
        && !starts_with_any(before, watch.list("opening_words"));
    (begins && is_whole(sentence, at..end)).then(|| sentence[end..].trim())
}

/// Returns `text` without the words of these lists with which it ends.
fn without_last<'a>(text: &'a str, keys: &[&str], watch: &WatchList) -> &'a str {
    let mut text = text;
    let last = |text: &'a str| keys.iter().find_map(|key| ends_with_any(text, key, watch));
    while let Some(rest) = last(text) {
        text = rest;
    }
    text
}

/// Returns what stands before the word of a list with which `text` ends.
fn ends_with_any<'a>(text: &'a str, key: &str, watch: &WatchList) -> Option<&'a str> {
    let mut words = watch.list(key).iter().map(|word| word.folded.as_str());
    words.find_map(|word| {
        let rest = text.strip_suffix(word).filter(|_| !word.is_empty())?;
        is_whole(text, rest.len()..text.len()).then(|| rest.trim_end())
    })
}
