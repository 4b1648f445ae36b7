//! Numbers that must add up: copies, figures against words, rotation, and the
//! order in which languages are named.
//!
//! The program computes the copies clause; these rules read what is typed.

use std::ops::Range;

use crate::language::Language;

use super::case::Case;
use super::passage::Passage;
use super::rule::Finder;
use super::text::{self, Cover, Pair};

/// Finds a number of copies that does not fit the parties and languages: one
/// original of each language for each party.
pub(super) fn copies_mismatch(case: &Case<'_>, finder: &mut Finder<'_>) {
    let parties = case.agreement.parties.len();
    let languages = case.agreement.languages.len();
    for passage in case.passages().filter(|passage| passage.field.is_prose()) {
        for typed in copies(case, passage) {
            let right: &[usize] = match (typed.kept, typed.language) {
                (true, true) => &[1],
                (true, false) => &[languages],
                (false, true) => &[parties],
                (false, false) => &[parties * languages, parties],
            };
            if !right.contains(&typed.number) {
                let finding = finder
                    .finding()
                    .at(&passage.place(&typed.range))
                    .with("number", typed.number.to_string())
                    .with("right", right[0].to_string())
                    .with("parties", parties.to_string())
                    .with("languages", languages.to_string());
                finder.push(finding.hint("formula"));
            }
        }
    }
}

/// Finds a text that says in how many copies the agreement is done: the program
/// says it too, in the closing or by the formula.
pub(super) fn copies_twice(case: &Case<'_>, finder: &mut Finder<'_>) {
    for passage in case.passages().filter(|passage| passage.field.is_prose()) {
        let quantities = quantities(passage);
        let done_in = case.watch(&passage.language).list("done_in").iter();
        let places = done_in.flat_map(|phrase| passage.folded.find(&phrase.folded));
        let mut places: Vec<Range<usize>> = places.collect();
        places.sort_by_key(|place| place.start);
        let stated = places.iter().find(|place| {
            quantities.iter().any(|(range, _)| {
                let gap = text::gap(&passage.words, place.end, range.start);
                gap.is_some_and(|gap| !gap.contains([',', ';', '.', '\n']))
            })
        });
        if let Some(place) = stated {
            let parties = case.agreement.parties.len().to_string();
            let finding = finder.finding().at(&passage.place(place));
            let finding = finding
                .with("text", passage.at(place))
                .with("parties", parties);
            finder.push(finding.hint("compare"));
        }
    }
}

/// A number of copies in a text.
struct TypedCopies {
    range: Range<usize>,
    number: usize,
    /// Whether it says of which language.
    language: bool,
    /// Whether it says how many each party keeps.
    kept: bool,
}

fn copies(case: &Case<'_>, passage: &Passage) -> Vec<TypedCopies> {
    let watch = case.watch(&passage.language);
    let names = &case.lexicon(&passage.language).languages;
    let nouns = watch.list("copies").iter().map(|noun| noun.shown.as_str());
    let places = |key: &str| {
        let phrases = watch.list(key).iter();
        let mut places: Vec<Range<usize>> = phrases
            .flat_map(|phrase| passage.folded.find(&phrase.folded))
            .collect();
        places.sort_by_key(|place| place.start);
        places
    };
    let (keep, done_in) = (places("keep"), places("done_in"));
    let stops = passage.words.match_indices(['.', ';', '\n']);
    let stops: Vec<usize> = stops.map(|(at, _)| at).collect();
    let mut found = Vec::new();
    for (range, number) in quantities(passage) {
        let rest = passage.folded.after(range.end).trim_start();
        let mut nouns = nouns.clone();
        let noun = nouns.find(|noun| rest.starts_with(noun) && text::is_whole(rest, 0..noun.len()));
        let Some(noun) = noun else { continue };
        let after = rest[noun.len()..].trim_start();
        let mut names = names.values();
        let language = names.any(|name| after.starts_with(name.as_str()));
        let stop = stops.partition_point(|at| *at < range.start);
        let before = stop.checked_sub(1).map_or(0, |last| stops[last] + 1)..range.start;
        let kept = lies_in(&before, &keep);
        if language || kept || lies_in(&before, &done_in) {
            found.push(TypedCopies {
                range,
                number,
                language,
                kept,
            });
        }
    }
    found
}

/// Tells whether the first of the `places` that start in `range` lies in it.
fn lies_in(range: &Range<usize>, places: &[Range<usize>]) -> bool {
    let first = places.partition_point(|place| place.start < range.start);
    places
        .get(first)
        .is_some_and(|place| place.end <= range.end)
}

/// Returns the quantities of a passage: `hai (02)`, `02`, `hai`.
fn quantities(passage: &Passage) -> Vec<(Range<usize>, usize)> {
    let mut found: Vec<(Range<usize>, usize)> = pairs(passage)
        .into_iter()
        .map(|pair| (pair.range, pair.figure))
        .collect();
    let paired = Cover::new(found.iter().map(|(range, _)| range.clone()));
    let figures = passage
        .numbers
        .iter()
        .filter_map(|number| Some((number.range.clone(), number.value.parse().ok()?)));
    let words = passage.number_words.iter();
    let words = words.map(|word| (word.range.clone(), word.value));
    for (range, value) in figures.chain(words) {
        if !paired.holds(&range) {
            found.push((range, value));
        }
    }
    found.sort_by_key(|(range, _)| range.start);
    found
}

fn pairs(passage: &Passage) -> Vec<Pair> {
    text::pairs(&passage.words, &passage.numbers, &passage.number_words)
}

/// Finds `hai (03)`.
pub(super) fn figure_word_mismatch(case: &Case<'_>, finder: &mut Finder<'_>) {
    for passage in case.passages() {
        for pair in pairs(passage)
            .iter()
            .filter(|pair| pair.word != pair.figure)
        {
            let finding = finder
                .finding()
                .at(&passage.place(&pair.range))
                .with("text", passage.at(&pair.range))
                .with("word", pair.word.to_string())
                .with("figure", pair.figure.to_string());
            finder.push(finding.hint("same"));
        }
    }
}

/// Finds a rotation for which the term has room only once.
pub(super) fn rotation_too_long(case: &Case<'_>, finder: &mut Finder<'_>) {
    let Some(years) = case.agreement.term.length() else {
        return;
    };
    // With a renewal there are more turns.
    if case.agreement.uses("renewal") {
        return;
    }
    let years = years as usize;
    for passage in case.passages().filter(|passage| passage.field.is_prose()) {
        for pattern in case.watch(&passage.language).list("rotation") {
            let Some((before, after)) = pattern.folded.as_str().split_once("{n}") else {
                continue;
            };
            for (range, every) in quantities(passage) {
                let fits = passage.folded.after(range.end).starts_with(after)
                    && passage.folded.before(range.start).ends_with(before);
                if fits && every > 1 && every * 2 > years {
                    let finding = finder
                        .finding()
                        .at(&passage.place(&range))
                        .with("every", every.to_string())
                        .with("years", years.to_string());
                    finder.push(finding.hint("shorten"));
                }
            }
        }
    }
}

/// Finds languages that are named in one order here and in another there.
pub(super) fn language_order(case: &Case<'_>, finder: &mut Finder<'_>) {
    for language in &case.agreement.languages {
        let mut first: Option<(Vec<Language>, crate::source::Span)> = None;
        let passages = case
            .passages()
            .filter(|p| p.language == *language && p.field.is_prose());
        for passage in passages {
            for (order, range) in enumerations(case, passage) {
                let place = passage.place(&range);
                match &first {
                    None => first = Some((order, place)),
                    Some((known, _)) if *known == order || known.len() != order.len() => {}
                    Some((_, earlier)) => {
                        let finding = finder.finding().at(&place).label("first", earlier);
                        finder.push(finding.hint("same"));
                    }
                }
            }
        }
    }
}

/// Returns each enumeration of the agreement's languages; a language that
/// comes again starts the next one.
fn enumerations(case: &Case<'_>, passage: &Passage) -> Vec<(Vec<Language>, Range<usize>)> {
    let names = &case.lexicon(&passage.language).languages;
    let mut mentions: Vec<(Range<usize>, Language)> = Vec::new();
    for language in &case.agreement.languages {
        if let Some(name) = names.get(&language.0) {
            let places = passage.folded.find(name).into_iter();
            mentions.extend(places.map(|range| (range, language.clone())));
        }
    }
    mentions.sort_by_key(|(range, _)| range.start);
    let mut runs: Vec<(Vec<Language>, Range<usize>)> = Vec::new();
    for (range, language) in mentions {
        match runs.last_mut() {
            Some((run, whole)) if !run.contains(&language) => {
                run.push(language);
                whole.end = range.end;
            }
            _ => runs.push((vec![language], range)),
        }
    }
    runs.retain(|(run, _)| run.len() > 1);
    runs
}
