//! The order of parties: enumerations that each original turns round, and words
//! that depend on an order.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::agreement::{Field, PartyOrder};
use crate::diagnostic::Severity;
use crate::document::enumerations::{Grammar, Item};
use crate::document::mention::{Run, Verdict};
use crate::language::Language;
use crate::text::folding::Needle;

use super::case::Case;
use super::passage::Passage;
use super::rule::Finder;
use super::text::{self, Cover};

/// Returns the words by which a language enumerates, if it is known.
fn grammar<'a>(case: &Case<'a>, language: &Language) -> Option<Grammar<'a>> {
    let pack = case.pack(language)?;
    Some(Grammar::new(pack, case.watch(language)))
}

/// Finds parties that are enumerated without being mentions, so that each
/// original would not name its holder first. It speaks only of what would move:
/// to mark anything else would change nothing.
pub(super) fn typed_party_order(case: &Case<'_>, finder: &mut Finder<'_>) {
    if case.agreement.party_order == PartyOrder::Fixed {
        return;
    }
    let names = party_names(case);
    let moves = |field: Field| field.is_prose() || field == Field::Subject;
    for passage in case.passages().filter(|passage| moves(passage.field)) {
        let Some(grammar) = grammar(case, &passage.language) else {
            continue;
        };
        let typed = typed_parties(&names, passage);
        for (words, items) in paragraphs(passage, &typed) {
            for run in grammar.runs(words.1, &items) {
                let items = &items[run.items];
                let unmarked = items.iter().find(|item| {
                    let range = item.range.start + words.0..item.range.end + words.0;
                    typed.iter().any(|(place, _)| *place == range)
                });
                if let (Some(item), Verdict::Moves) = (unmarked, run.verdict) {
                    let range = item.range.start + words.0..item.range.end + words.0;
                    let finding = finder.finding().at(&passage.place(&range));
                    let finding = finding
                        .with("text", passage.at(&range))
                        .with("party", &item.party);
                    // Nothing is marked in a plain text.
                    let marked = passage.field.is_prose();
                    finder.push(finding.hint(if marked { "mention" } else { "leave-out" }));
                }
            }
        }
    }
}

/// Returns each paragraph of a passage with where it starts, and the parties that
/// are named in it, marked or not.
fn paragraphs<'a>(
    passage: &'a Passage,
    typed: &[(Range<usize>, &str)],
) -> Vec<((usize, &'a str), Vec<Item>)> {
    let marked = passage.mentions.iter();
    let marked = marked.map(|(range, party)| (range.clone(), party.as_str()));
    let mut named: Vec<(Range<usize>, &str)> = marked.chain(typed.iter().cloned()).collect();
    named.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    // A name within a longer one is not named by itself.
    let mut end = 0;
    named.retain(|(range, _)| {
        let own = range.start >= end;
        end = end.max(range.end);
        own
    });
    let mut start = 0;
    let lines = passage.words.split('\n').map(|line| {
        let here = start..start + line.len();
        start += line.len() + 1;
        let items = named.iter();
        let items = items.filter(|(range, _)| here.start <= range.start && range.end <= here.end);
        let item = |(range, party): &(Range<usize>, &str)| Item {
            party: (*party).to_owned(),
            range: range.start - here.start..range.end - here.start,
            fixed: false,
        };
        ((here.start, line), items.map(item).collect())
    });
    lines.collect()
}

/// Finds enumerations that stay as typed in every original, because the languages
/// do not have the same ones.
pub(super) fn enumeration_differs(case: &Case<'_>, finder: &mut Finder<'_>) {
    enumerations_that(case, finder, Verdict::Differs);
}

/// Finds enumerations that stay as typed in every original, because something near
/// may be meant of one party alone, or of each in turn.
pub(super) fn enumeration_in_doubt(case: &Case<'_>, finder: &mut Finder<'_>) {
    enumerations_that(case, finder, Verdict::Assigned);
}

fn enumerations_that(case: &Case<'_>, finder: &mut Finder<'_>, verdict: Verdict) {
    if case.agreement.party_order == PartyOrder::Fixed {
        return;
    }
    for group in &case.groups {
        for passage in &group.passages {
            let such = |run: &&Run| run.verdict == verdict;
            for run in case.enumerations.of(&passage.path).iter().filter(such) {
                let items = passage.mentions.get(run.items.clone());
                let items = items.unwrap_or_default();
                let (Some(first), Some(last)) = (items.first(), items.last()) else {
                    continue;
                };
                let range = first.0.start..last.0.end;
                let mut finding = finder.finding().at(&passage.place(&range));
                let others = group.passages.iter();
                for other in others.filter(|other| other.language != passage.language) {
                    finding = finding.label("other", &other.span);
                }
                let finding = finding
                    .with("text", passage.at(&range))
                    .with("party", &first.1);
                finder.push(finding.hint("same").hint("fixed"));
            }
        }
    }
}

/// Finds parties that are called by their place, "Bên A", where the place depends
/// on the original and nothing says which party is meant.
pub(super) fn ordinal_party(case: &Case<'_>, finder: &mut Finder<'_>) {
    if case.agreement.party_order == PartyOrder::Fixed {
        return;
    }
    let names = party_names(case);
    for language in &case.agreement.languages {
        let Some(grammar) = grammar(case, language) else {
            continue;
        };
        let mut defined: BTreeSet<String> = BTreeSet::new();
        let mut used: Vec<(&Passage, Range<usize>, String)> = Vec::new();
        for passage in case.passages().filter(|p| p.language == *language) {
            let mut named = typed_parties(&names, passage);
            let mentions = passage.mentions.iter();
            named.extend(mentions.map(|(range, party)| (range.clone(), party.as_str())));
            let places: Vec<Range<usize>> = named.iter().map(|(place, _)| place.clone()).collect();
            for range in grammar.unnamed_shares(&passage.words, &places) {
                let mut finding = finder.finding().at(&passage.place(&range));
                finding.severity = Severity::Warning;
                finder.push(finding.with("text", passage.at(&range)).hint("values"));
            }
            for range in grammar.ordinals(&passage.words) {
                let typed = text::lower(passage.at(&range));
                let near = named.iter().filter(|(name, _)| name.end <= range.start);
                let says = near.map(|(name, _)| &passage.words[name.end..range.start]);
                let defines = says.min_by_key(|gap| gap.len());
                match defines
                    .is_some_and(|gap| gap.len() <= LONGEST_DEFINITION && gap.contains('('))
                {
                    true => drop(defined.insert(typed)),
                    false => used.push((passage, range, typed)),
                }
            }
        }
        for (passage, range, typed) in used {
            if !defined.contains(&typed) {
                let finding = finder.finding().at(&passage.place(&range));
                finder.push(finding.with("text", passage.at(&range)).hint("name"));
            }
        }
    }
}

/// Bytes between a party's name and what it is called hereafter.
const LONGEST_DEFINITION: usize = 80;

/// The full or the short name of a party in one language.
struct PartyName<'a> {
    party: &'a str,
    language: &'a Language,
    folded: Needle,
}

fn party_names<'a>(case: &'a Case<'_>) -> Vec<PartyName<'a>> {
    let (mut names, mut seen) = (Vec::new(), BTreeSet::new());
    for party in &case.agreement.parties {
        for text in [Some(&party.name), party.short.as_ref()]
            .into_iter()
            .flatten()
        {
            for language in &case.agreement.languages {
                let Some(name) = text.get(language) else {
                    continue;
                };
                // The short name of a party may be its full one.
                if seen.insert((language, text::lower(name))) {
                    names.push(PartyName {
                        party: &party.id,
                        language,
                        folded: Needle::lower(name),
                    });
                }
            }
        }
    }
    names
}

/// Returns the names of parties that stand outside mentions.
fn typed_parties<'a>(names: &[PartyName<'a>], passage: &Passage) -> Vec<(Range<usize>, &'a str)> {
    let mut found = Vec::new();
    let mentions = Cover::new(passage.mentions.iter().map(|(range, _)| range.clone()));
    let outside = |range: &Range<usize>| !mentions.holds(range);
    for name in names
        .iter()
        .filter(|name| *name.language == passage.language)
    {
        let places = passage
            .folded
            .find(&name.folded)
            .into_iter()
            .filter(outside);
        found.extend(places.map(|range| (range, name.party)));
    }
    found.sort_by_key(|(range, _)| range.start);
    found
}
