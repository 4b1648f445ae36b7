//! What of last term's words is a question in the next term: days, years, other
//! numbers, and names that parties no longer bear.
//!
//! These are no faults of an agreement, so no rule finds them; whoever renews one
//! reads them once.

use std::ops::Range;

use crate::agreement::Field;
use crate::agreement::register::Renamed;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Span;
use crate::text::folding::{Phrase, lower};
use crate::text::letters::is_lao_sign;
use crate::text::yaml::scan;

use super::case::Case;
use super::dates::own_terms_in;
use super::passage::Passage;
use super::rewording::{Placed, TERM};

/// Returns a note for each place that somebody has to look at in a renewed agreement:
/// what is new in it, and what is a question.
pub fn looks(case: &Case<'_>, new: &Placed<'_>, renamed: &[Renamed]) -> Vec<Diagnostic> {
    let mut looks = Vec::new();
    for (span, it) in &new.words {
        let code = match it.kind {
            TERM => "renewed-term",
            _ => "reworded",
        };
        let look = Diagnostic::new(code, Severity::Note).at(span);
        let look = look.typed("text", &it.new).hint(it.kind);
        looks.push(look.typed("old", &it.old));
    }
    for span in &new.openings {
        let look = Diagnostic::new("renewed-opening", Severity::Note).at(span);
        looks.push(look.hint("read"));
    }
    let told = |span: &Span| {
        let words = new.words.iter().map(|(span, _)| span);
        words.chain(&new.openings).any(|known| known.holds(span))
    };
    for passage in case.passages().filter(|passage| is_agreed(passage.field)) {
        let mut found = in_passage(case, passage, renamed);
        found.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
        let mut end = 0;
        for (range, kind) in found {
            let place = passage.place(&range);
            if range.start < end || told(&place) {
                continue;
            }
            end = range.end;
            let look = Diagnostic::new("renewed", Severity::Note).at(&place);
            looks.push(look.with("text", passage.at(&range)).hint(kind));
        }
    }
    looks.extend(comments(case));
    for (index, due) in case.agreement.due.iter().enumerate() {
        if let Some(day) = due.on {
            let place = case.positions.at(&format!("due[{index}].on"));
            let look = Diagnostic::new("renewed", Severity::Note).at(&place);
            looks.push(look.with("text", day.to_string()).hint("date"));
        }
    }
    for allowance in &case.agreement.allow {
        let place = case.positions.at(&allowance.path);
        let look = Diagnostic::new("renewed-allowance", Severity::Note).at(&place);
        let look = look.with("code", allowance.code.as_str());
        looks.push(look.with("at", allowance.at.as_str()).hint("mend"));
    }
    looks
}

/// Words of a comment that speaks of one signing, in the languages of messages.
const SIGNING_WORDS: [&str; 4] = ["signed", "signing", "ký", "ລົງນາມ"];

/// Returns a note at each comment that speaks of a year, a day or a signing; where none
/// does, at the first one that people wrote.
fn comments(case: &Case<'_>) -> Vec<Diagnostic> {
    let source = case.positions.source();
    let all = scan::commented(source.text()).unwrap_or_default();
    let written = |said: &str| said.contains(char::is_alphabetic) && !said.contains("$schema=");
    let written: Vec<(usize, String)> = all.into_iter().filter(|(_, it)| written(it)).collect();
    let speaks = |(_, said): &&(usize, String)| {
        let words = lower(said);
        let mut words = words.split(|letter: char| !letter.is_alphanumeric());
        says_a_day(said)
            || SIGNING_WORDS.iter().any(|sign| match sign.is_ascii() {
                true => words.any(|word| word == *sign),
                false => lower(said).contains(sign),
            })
    };
    let mut told: Vec<&(usize, String)> = written.iter().filter(speaks).collect();
    if told.is_empty() {
        told.extend(written.first());
    }
    let notes = told.into_iter().map(|(at, said)| {
        let place = source.span(*at..at + said.trim_end().len());
        let look = Diagnostic::new("renewed", Severity::Note).at(&place);
        look.with("text", said.trim()).hint("comment")
    });
    notes.collect()
}

/// Tells whether a comment has a year of four figures, or a day as 28/11.
fn says_a_day(said: &str) -> bool {
    let mut numbers = said.split(|letter: char| !letter.is_ascii_digit());
    let year = numbers.any(|it| it.len() == 4 && (it.starts_with("19") || it.starts_with("20")));
    year || said.split_whitespace().any(|word| {
        let figures = word.trim_matches(|letter: char| !letter.is_ascii_digit());
        let parts = figures.split(['/', '.', '-']);
        let parts: Vec<bool> = parts
            .map(|it| (1..=4).contains(&it.len()) && it.bytes().all(|it| it.is_ascii_digit()))
            .collect();
        (2..=3).contains(&parts.len()) && parts.iter().all(|is| *is)
    })
}

/// Tells texts that two terms may share word for word.
fn is_agreed(field: Field) -> bool {
    field.is_prose() || field.is_title()
}

fn in_passage(
    case: &Case<'_>,
    passage: &Passage,
    renamed: &[Renamed],
) -> Vec<(Range<usize>, &'static str)> {
    let mut found = Vec::new();
    let terms = own_terms_in(case, passage).into_iter();
    found.extend(terms.map(|range| (range, "term")));
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
    let ambiguous = case.watch(&passage.language).list("ambiguous_numbers");
    let words = words.filter(|word| {
        let known = ambiguous.iter().map(|word| word.folded.as_str());
        let known = known
            .into_iter()
            .any(|it| it == lower(passage.at(&word.range)));
        // In Lao a longer word may begin with the letters of a number.
        let goes_on = passage.words[word.range.end..].starts_with(is_lao_sign);
        word.value > 1 && word.value != parties && !known && !goes_on
    });
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
    // What is called like a party that has another name now is called otherwise too.
    let units = case.watch(&passage.language).list("unit_words");
    for (old, _) in renamed.iter().flat_map(|it| it.wordings(&passage.language)) {
        let places = units.iter().filter_map(|unit| {
            let at = old.rfind(&unit.shown)?;
            Some(old[at + unit.shown.len()..].trim())
        });
        if let Some(place) = places
            .filter(|place| !place.is_empty())
            .min_by_key(|it| it.len())
        {
            let places = passage.folded.find(&Phrase::new(place).folded);
            found.extend(places.into_iter().map(|range| (range, "place")));
        }
    }
    found
}
