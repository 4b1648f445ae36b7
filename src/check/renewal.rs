//! What of last term's words is a question in the next term: days, years, other
//! numbers, and names that parties no longer bear.
//!
//! These are no faults of an agreement, so no rule finds them; whoever renews one
//! reads them once.

use std::ops::Range;

use crate::agreement::Field;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Span;

use super::case::Case;
use super::dates::own_terms_in;
use super::passage::Passage;

/// Returns where the texts name the agreement's own term by its years.
pub fn own_terms(case: &Case<'_>) -> Vec<Span> {
    let passages = case.passages().filter(|passage| is_agreed(passage.field));
    passages
        .flat_map(|passage| {
            let terms = own_terms_in(case, passage).into_iter();
            terms.map(|range| passage.place(&range)).collect::<Vec<_>>()
        })
        .collect()
}

/// Returns a note for each place that somebody has to look at in a renewed agreement.
pub fn looks(case: &Case<'_>) -> Vec<Diagnostic> {
    let mut looks = Vec::new();
    for passage in case.passages().filter(|passage| is_agreed(passage.field)) {
        let mut found = in_passage(case, passage);
        found.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
        let mut told = 0;
        for (range, kind) in found {
            if range.start >= told {
                told = range.end;
                // The years of the term are the only words that are not the old ones.
                let code = if kind == NEW_TERM {
                    "renewed-term"
                } else {
                    "renewed"
                };
                let look = Diagnostic::new(code, Severity::Note);
                let look = look.at(&passage.place(&range));
                looks.push(look.with("text", passage.at(&range)).hint(kind));
            }
        }
    }
    looks
}

/// The kind of a place where a renewed text names the new term.
const NEW_TERM: &str = "meant";

/// Tells texts that two terms may share word for word.
fn is_agreed(field: Field) -> bool {
    field.is_prose() || field.is_title()
}

fn in_passage(case: &Case<'_>, passage: &Passage) -> Vec<(Range<usize>, &'static str)> {
    let mut found = Vec::new();
    let terms = own_terms_in(case, passage).into_iter();
    found.extend(terms.map(|range| (range, NEW_TERM)));
    let dates = passage.dates.iter();
    found.extend(dates.map(|date| (date.range.clone(), "date")));
    for number in &passage.numbers {
        let is_year = number.value.len() == 4 && number.value.starts_with(['1', '2']);
        let kind = if is_year { "year" } else { "number" };
        found.push((number.range.clone(), kind));
    }
    // "Hai bên" is how a text speaks of two parties.
    let parties = case.agreement.parties.len();
    let words = passage.number_words.iter();
    let words = words.filter(|word| word.value > 1 && word.value != parties);
    found.extend(words.map(|word| (word.range.clone(), "number")));
    for period in case.watch(&passage.language).list("period") {
        let places = passage.folded.find(&period.folded).into_iter();
        let alone = |range: &Range<usize>| {
            let rest = passage.words[range.end..].trim_start();
            !rest.starts_with(char::is_numeric)
        };
        found.extend(places.filter(alone).map(|range| (range, "term")));
    }
    for party in &case.agreement.parties {
        let formerly = party.formerly.iter();
        for name in formerly.filter_map(|former| former.name.get(&passage.language)) {
            let places = passage.words.match_indices(name);
            found.extend(places.map(|(at, name)| (at..at + name.len(), "name")));
        }
    }
    found
}
