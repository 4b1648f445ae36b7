//! Numbers that must add up: copies, figures against words, rotation, and the
//! order in which languages are named.
//!
//! The program computes the copies clause; these rules read what is typed.

use std::ops::Range;

use crate::agreement::{Agreement, OriginalForm};
use crate::document::copies::{starts_with_any, statements};
use crate::language::Language;

use super::case::Case;
use super::passage::Passage;
use super::rule::Finder;
use super::text::{self, Cover, Folded, Pair};

/// Finds a number of copies that is not what `originals` gives.
pub(super) fn copies_mismatch(case: &Case<'_>, finder: &mut Finder<'_>) {
    let agreement = case.agreement;
    for passage in case.passages().filter(|passage| passage.field.is_prose()) {
        for typed in copies(case, passage) {
            let Some(right) = typed
                .right(agreement)
                .filter(|right| *right != typed.number)
            else {
                continue;
            };
            let finding = finder
                .finding()
                .at(&passage.place(&typed.range))
                .with("number", typed.number.to_string())
                .with("right", right.to_string())
                .with("parties", agreement.parties.len().to_string())
                .with("languages", agreement.languages.len().to_string());
            finder.push(finding.hint("formula"));
        }
    }
}

/// Finds words that make the originals joint where each is in one language, or the
/// other way round.
pub(super) fn copies_form(case: &Case<'_>, finder: &mut Finder<'_>) {
    let agreement = case.agreement;
    if agreement.languages.len() < 2 {
        return;
    }
    for passage in case.passages().filter(|passage| passage.field.is_prose()) {
        let typed = copies(case, passage);
        let place = match agreement.originals.form {
            OriginalForm::Separate if typed.is_empty() => None,
            OriginalForm::Separate => {
                let bilingual = places(case, passage, "bilingual").into_iter().next();
                joint_words(case, passage).or(bilingual)
            }
            OriginalForm::Joint => {
                let mut typed = typed.iter();
                let single = typed.find(|typed| typed.languages == 1 && typed.part.is_some());
                single.map(|typed| typed.range.clone())
            }
        };
        if let Some(place) = place {
            let form = agreement.originals.form.name();
            let finding = finder.finding().at(&passage.place(&place));
            let finding = finding.with("text", passage.at(&place)).with("form", form);
            finder.push(finding.hint(form));
        }
    }
}

/// Returns the place of "mỗi bản" before the names of two languages.
fn joint_words(case: &Case<'_>, passage: &Passage) -> Option<Range<usize>> {
    let places = places(case, passage, "each_copy");
    places.into_iter().find(|place| {
        let rest = &passage.words[place.end..];
        let rest = &rest[..rest.find([';', '.', '\n']).unwrap_or(rest.len())];
        let folded = Folded::lower(rest);
        let keep = case.watch(&passage.language).list("keep").iter();
        let keep = keep.filter_map(|word| folded.find(&word.folded).first().cloned());
        let end = keep.map(|place| place.start).min().unwrap_or(rest.len());
        languages_in(case, passage, &rest[..end]) > 1
    })
}

fn languages_in(case: &Case<'_>, passage: &Passage, words: &str) -> usize {
    let words = Folded::lower(words);
    let names = &case.lexicon(&passage.language).languages;
    names.values().filter(|name| words.has(name)).count()
}

/// Finds a text that says in how many copies the agreement is done where the program
/// says it too, in the closing or by the formula.
pub(super) fn copies_twice(case: &Case<'_>, finder: &mut Finder<'_>) {
    for passage in case.passages().filter(|passage| passage.field.is_prose()) {
        let Some((place, own)) = stated(case, passage) else {
            continue;
        };
        let own = own && passage.field.is_of_clause();
        if (own || case.copies.are_typed()) && !case.copies.formula {
            continue;
        }
        let agreement = case.agreement;
        let pack = case.pack(&passage.language);
        let finding = finder.finding().at(&passage.place(&place));
        let finding = finding
            .with("text", passage.at(&place))
            .with("number", agreement.originals_in_all().to_string())
            .with("each", agreement.originals_of_a_party().to_string())
            .with(
                "name",
                pack.map_or(String::new(), |pack| pack.kind(&agreement.kind).short),
            );
        finder.push(finding.hint(if own { "one" } else { "compare" }));
    }
}

/// Finds a language in which no clause states the copies, while one does in another:
/// the closing would state them there for a second time, or not at all here.
pub(super) fn copies_clause_missing(case: &Case<'_>, finder: &mut Finder<'_>) {
    let stated = case.copies.texts.iter().next();
    let Some((language, path)) = stated.filter(|_| !case.copies.are_placed()) else {
        return;
    };
    let span = |language: &Language| case.positions.at(&format!("{path}.{language}"));
    for lacking in &case.agreement.languages {
        if !case.copies.texts.contains_key(lacking) {
            let name = case
                .pack(lacking)
                .map(|pack| pack.kind(&case.agreement.kind).short);
            let finding = finder
                .finding()
                .at(&span(lacking))
                .label("stated", &span(language));
            let finding = finding.with("language", lacking.0.clone());
            finder.push(finding.with("name", name.unwrap_or_default()).hint("say"));
        }
    }
}

/// Returns where a passage says in how many copies something is done, and whether it
/// is the agreement.
fn stated(case: &Case<'_>, passage: &Passage) -> Option<(Range<usize>, bool)> {
    let watch = case.watch(&passage.language);
    if let Some(pack) = case.pack(&passage.language) {
        let kind = &case.agreement.kind;
        let found = statements(&passage.words, kind, pack, watch);
        let own = found.iter().find(|statement| statement.of_agreement);
        if let Some(statement) = own.or(found.first()) {
            return Some((statement.at.clone(), statement.of_agreement));
        }
    }
    let quantities = quantities(passage);
    let found = places(case, passage, "done_in").into_iter().find(|place| {
        quantities.iter().any(|(range, _)| {
            let gap = text::gap(&passage.words, place.end, range.start);
            gap.is_some_and(|gap| !gap.contains([',', ';', '.', '\n']))
        })
    });
    found.map(|place| (place, false))
}

/// A number of copies in a text.
struct TypedCopies {
    range: Range<usize>,
    number: usize,
    /// Of how many languages it speaks; of none in particular, 0.
    languages: usize,
    /// What is counted; not known of a number that stands before a language alone.
    part: Option<Part>,
    /// Whether it counts sets, each of one copy in every language.
    sets: bool,
    /// Whether the agreement's own clause on its copies counts them in a language that
    /// the agreement does not have.
    foreign: bool,
}

/// What a number of copies counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    All,
    Kept,
    InSet,
}

impl TypedCopies {
    /// Returns what the number should be; nothing where the form does not fit.
    fn right(&self, agreement: &Agreement) -> Option<usize> {
        if self.foreign {
            return Some(0);
        }
        let several = agreement.languages.len() > 1;
        let single = self.languages == 1 && several;
        if agreement.is_joint() && single {
            return None;
        }
        let of_kind = single || self.sets;
        Some(match self.part.unwrap_or(Part::All) {
            Part::InSet if single => 1,
            Part::InSet => agreement.languages.len(),
            Part::Kept if of_kind => agreement.originals.each,
            Part::Kept => agreement.originals_of_a_party(),
            Part::All if of_kind => agreement.originals_of_a_kind(),
            Part::All => agreement.originals_in_all(),
        })
    }
}

/// Returns the places of the words under a key of the watch list, in order.
fn places(case: &Case<'_>, passage: &Passage, key: &str) -> Vec<Range<usize>> {
    let phrases = case.watch(&passage.language).list(key).iter();
    let mut places: Vec<Range<usize>> = phrases
        .flat_map(|phrase| passage.folded.find(&phrase.folded))
        .collect();
    places.sort_by_key(|place| place.start);
    places
}

fn copies(case: &Case<'_>, passage: &Passage) -> Vec<TypedCopies> {
    let watch = case.watch(&passage.language);
    let parts = [
        ("done_in", Part::All),
        ("into", Part::All),
        ("keep", Part::Kept),
        ("each_set", Part::InSet),
    ];
    let parts = parts.map(|(key, part)| (places(case, passage, key), part));
    let own = is_own_clause(case, passage);
    let (keep, receive) = (2, own.then(|| places(case, passage, "receive")));
    let mut parts = parts;
    parts[keep].0.extend(receive.into_iter().flatten());
    parts[keep].0.sort_by_key(|place| place.start);
    let of_each = places(case, passage, "each_language");
    let stops = passage.words.match_indices(['.', ';', '\n']);
    let stops: Vec<usize> = stops.map(|(at, _)| at).collect();
    let quantities = quantities(passage);
    let mut found = Vec::new();
    for (index, (range, number)) in quantities.iter().enumerate() {
        let rest = passage.folded.after(range.end).trim_start();
        let noun = |key: &str| {
            let other = starts_with_any(rest, watch.list("not_copies"));
            !other && starts_with_any(rest, watch.list(key))
        };
        let sets = noun("sets");
        if !sets && !noun("copies") {
            continue;
        }
        let stop = stops.partition_point(|at| *at < range.start);
        let before = stop.checked_sub(1).map_or(0, |last| stops[last] + 1)..range.start;
        let next = quantities.get(index + 1).map(|(range, _)| range.start);
        let (languages, chunk) = spoken_of(case, passage, &before, range, next);
        let of_each = of_each.iter().any(|place| chunk.contains(&place.start));
        // The last word before the number says what it counts.
        let last = parts.iter().filter_map(|(places, part)| {
            let close = |place: &&Range<usize>| {
                let near = *part != Part::All || rest_is_near(passage, place, range, &parts[0].0);
                before.start <= place.start && place.end <= before.end && near
            };
            places
                .iter()
                .filter(close)
                .map(|place| (place.start, *part))
                .last()
        });
        let part = last.max_by_key(|(start, _)| *start).map(|(_, part)| part);
        let languages = if of_each { 1 } else { languages };
        let behind = range.end..next.unwrap_or(passage.words.len());
        let foreign = own && languages == 1 && is_foreign(case, passage, behind);
        if languages == 1 || part.is_some() {
            found.push(TypedCopies {
                range: range.clone(),
                number: *number,
                languages,
                part,
                sets,
                foreign,
            });
        }
    }
    found
}

/// Tells whether a passage is the agreement's own clause on its copies.
fn is_own_clause(case: &Case<'_>, passage: &Passage) -> bool {
    let own = case.copies.texts.get(&passage.language);
    own.is_some_and(|path| format!("{path}.{}", passage.language) == passage.path)
}

/// Tells whether the words behind a number name languages, and none of the agreement's.
fn is_foreign(case: &Case<'_>, passage: &Passage, behind: Range<usize>) -> bool {
    let rest = passage.words[behind].split([',', ';', '.', '\n']).next();
    let words = Folded::lower(rest.unwrap_or_default());
    let languages = &case.lexicon(&passage.language).languages;
    let mut named = languages
        .iter()
        .filter(|(_, name)| words.has(name))
        .peekable();
    let own = |code: &str| case.agreement.languages.iter().any(|own| own.0 == code);
    named.peek().is_some() && named.all(|(code, _)| !own(code))
}

/// Tells whether a place is one of `done`, or stands right before the number.
fn rest_is_near(
    passage: &Passage,
    place: &Range<usize>,
    number: &Range<usize>,
    done: &[Range<usize>],
) -> bool {
    let gap = passage.words.get(place.end..number.start);
    done.contains(place) || gap.is_some_and(|gap| gap.trim().is_empty())
}

/// Returns of how many languages a number of copies speaks, which stand behind the
/// noun or right before the number; and the words in which that is said.
fn spoken_of(
    case: &Case<'_>,
    passage: &Passage,
    before: &Range<usize>,
    number: &Range<usize>,
    next: Option<usize>,
) -> (usize, Range<usize>) {
    let words = &passage.words;
    let after = &words[number.end..next.unwrap_or(words.len())];
    let end = after.find([',', ';', '.', '\n']).unwrap_or(after.len());
    let start = words[before.clone()]
        .rfind(',')
        .map_or(before.start, |at| before.start + at + 1);
    let chunk = start..number.end + end;
    let behind = languages_in(case, passage, &after[..end]);
    let names = &case.lexicon(&passage.language).languages;
    let ahead = passage.folded.before(number.start).trim_end();
    let ahead = names.values().any(|name| ahead.ends_with(name.as_str()));
    (if behind == 0 && ahead { 1 } else { behind }, chunk)
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
