//! A term that is hardly meant, or that a text contradicts; a renewal and a notice that
//! cannot be.
//!
//! Only what the text says of this agreement counts: "Thỏa thuận này có hiệu lực từ
//! ngày …", not the dates of laws and of other agreements.

use std::ops::Range;

use chrono::{Datelike, NaiveDate};

use crate::agreement::Term;
use crate::agreement::term::Moment;

use super::case::Case;
use super::dates::shown;
use super::passage::Passage;
use super::rule::Finder;
use super::text;

/// A longer term, or a longer renewal, is a slip of a figure.
const LONGEST: u32 = 50;

/// Finds a term of one day, and a term or a renewal of more than half a century.
pub(super) fn unlikely_term(case: &Case<'_>, finder: &mut Finder<'_>) {
    let term = case.agreement.term;
    let one_day = match term {
        Term::Between { from, to } => from == to && matches!(from, Some(Moment::Day(_))),
        Term::Since(_) | Term::Years(_) | Term::OfAmended => false,
    };
    let mut found = Vec::new();
    if one_day || term.length().is_some_and(|years| years > LONGEST) {
        found.push(("term", shown(term)));
    }
    let renewal = case.agreement.renewal.and_then(|renewal| renewal.years);
    if let Some(years) = renewal.filter(|years| *years > LONGEST) {
        found.push(("renewal.years", shown(Term::Years(Some(years)))));
    }
    for (path, term) in found {
        let finding = finder.finding().at(&case.positions.at(path));
        finder.push(finding.with("term", term).hint("correct"));
    }
}

/// Finds the renewal of an agreement that has no end.
pub(super) fn renewal_without_end(case: &Case<'_>, finder: &mut Finder<'_>) {
    if case.agreement.uses("renewal") && !case.agreement.term.ends() {
        let finding = finder.finding().at(&case.positions.at("renewal"));
        let finding = finding.label("term", &case.positions.at("term.to"));
        finder.push(finding.hint("end"));
    }
}

/// Finds a notice that would have to be given on the first day of a term.
pub(super) fn notice_too_long(case: &Case<'_>, finder: &mut Finder<'_>) {
    let (agreement, term) = (case.agreement, (case.agreement.term.length(), "term"));
    let renewal = agreement.renewal.filter(|_| agreement.uses("renewal"));
    let again = renewal.and_then(|renewal| renewal.years);
    let ends = agreement
        .termination
        .filter(|_| agreement.uses("termination"));
    let notices = [
        (
            renewal.and_then(|renewal| renewal.notice_months),
            "renewal.notice_months",
            [term, (again, "renewal.years")],
        ),
        (
            ends.and_then(|termination| termination.notice_months),
            "termination.notice_months",
            [term, (None, "term")],
        ),
    ];
    for (notice, path, lengths) in notices {
        let known = lengths.iter();
        let known = known.filter_map(|(years, path)| Some(((*years)?, *path)));
        let shortest = known.min_by_key(|(years, _)| *years);
        if let (Some(notice), Some((years, term))) = (notice, shortest)
            && notice >= years.saturating_mul(12)
        {
            let finding = finder
                .finding()
                .at(&case.positions.at(path))
                .label("term", &case.positions.at(term))
                .with("notice", notice.to_string())
                .with("years", years.to_string());
            finder.push(finding.hint("shorten"));
        }
    }
}

/// What a text says of the beginning or the end of the agreement.
enum Effect {
    From(NaiveDate),
    FromSigning,
    Until(NaiveDate),
    UntilYear(i32),
}

/// Finds a first or last day in a text that is not that of the term.
pub(super) fn effect_differs(case: &Case<'_>, finder: &mut Finder<'_>) {
    in_force_formula(case, finder);
    let clauses = case.passages();
    for passage in clauses.filter(|passage| passage.field.is_of_clause()) {
        for (range, effect) in effects(case, passage) {
            if fits(case, &effect) {
                continue;
            }
            let finding = finder.finding().at(&passage.place(&range));
            let finding = finding.label("term", &case.positions.at("term"));
            let finding = match effect {
                Effect::FromSigning => finding.label(
                    "signing",
                    &case.positions.at(&case.agreement.signing.day_path()),
                ),
                Effect::From(_) | Effect::Until(_) | Effect::UntilYear(_) => finding,
            };
            let finding = finding
                .with("typed", format!("`{}`", passage.at(&range)))
                .with("term", shown(case.agreement.term));
            finder.push(finding.hint("same"));
        }
    }
}

/// Compares the formula that lets the agreement begin with its signing.
fn in_force_formula(case: &Case<'_>, finder: &mut Finder<'_>) {
    if fits(case, &Effect::FromSigning) {
        return;
    }
    let signed = case.agreement.signing.day().unwrap_or_default();
    for (path, formulas) in case.agreement.formulas() {
        let Some(index) = formulas.iter().position(|name| name == "in-force") else {
            continue;
        };
        let path = format!("{path}.formula[{index}]");
        let finding = finder
            .finding()
            .at(&case.positions.at(&path))
            .label("term", &case.positions.at("term.from"))
            .label(
                "signing",
                &case.positions.at(&case.agreement.signing.day_path()),
            )
            .with("typed", signed.to_string())
            .with("term", shown(case.agreement.term));
        finder.push(finding.hint("same"));
    }
}

/// Tells whether the term may be what a text says of it; of whole years only their
/// end is compared.
fn fits(case: &Case<'_>, effect: &Effect) -> bool {
    let (term, signed) = (case.agreement.term, case.agreement.signing.day());
    let first = match term {
        Term::Between { from, .. } | Term::Since(from) => match from {
            Some(Moment::Day(day)) => Some(day),
            Some(Moment::Year(_)) | None => None,
        },
        Term::Years(_) => signed,
        Term::OfAmended => None,
    };
    // Years are counted from the day of signing, or from the day after it.
    let ends = [
        term.last_day(signed),
        term.last_day(signed).and_then(|day| day.succ_opt()),
    ];
    let years = ends.map(|day| day.map(|day| day.year()));
    let counted = matches!(term, Term::Years(_));
    let (last, last_year) = match counted {
        true => (&ends[..], &years[..]),
        false => (&ends[..1], &years[..1]),
    };
    let unknown = ends[0].is_none() && term.ends();
    match (effect, term) {
        (Effect::From(day), _) => first.is_none_or(|first| first == *day),
        (Effect::FromSigning, _) => first.is_none_or(|first| signed.is_none_or(|day| day == first)),
        (Effect::UntilYear(year), _) => unknown || last_year.contains(&Some(*year)),
        // A day within the last year of a term of years says more, and nothing else.
        (
            Effect::Until(day),
            Term::Between {
                to: Some(Moment::Year(year)),
                ..
            },
        ) => day.year() == year,
        (Effect::Until(day), _) => unknown || last.contains(&Some(*day)),
    }
}

/// Returns what a passage says of the beginning and the end of this agreement.
fn effects(case: &Case<'_>, passage: &Passage) -> Vec<(Range<usize>, Effect)> {
    let watch = case.watch(&passage.language);
    let places = |key: &str| {
        let phrases = watch.list(key).iter();
        let places = phrases.flat_map(|phrase| passage.folded.find(&phrase.folded));
        places
            .filter(|place| is_of_this(case, passage, place.start))
            .collect::<Vec<_>>()
    };
    let mut found = Vec::new();
    let signing = places("effect_signing").into_iter();
    found.extend(signing.map(|place| (place, Effect::FromSigning)));
    for place in places("effect_from") {
        let Some((range, day)) = day_at(passage, place.end, |gap| gap.is_empty()) else {
            continue;
        };
        let until = |gap: &str| {
            let gap = text::lower(gap);
            watch
                .list("until")
                .iter()
                .any(|word| word.folded.as_str() == gap.as_str())
        };
        let last = day_at(passage, range.end, until);
        found.push((range, Effect::From(day)));
        found.extend(last.map(|(range, day)| (range, Effect::Until(day))));
    }
    for place in places("effect_until") {
        let last = day_at(passage, place.end, |gap| gap.is_empty());
        found.extend(last.map(|(range, day)| (range, Effect::Until(day))));
    }
    for place in places("effect_until_year") {
        let next = passage
            .numbers
            .iter()
            .find(|number| number.range.start >= place.end);
        let near = next
            .filter(|number| text::gap(&passage.words, place.end, number.range.start) == Some(""));
        let year = near.and_then(|number| Some((number.range.clone(), number.value.parse().ok()?)));
        found.extend(year.map(|(range, year)| (range, Effect::UntilYear(year))));
    }
    found
}

/// Returns the day that follows the byte `at` after a gap that `fits`.
fn day_at(
    passage: &Passage,
    at: usize,
    fits: impl Fn(&str) -> bool,
) -> Option<(Range<usize>, NaiveDate)> {
    let date = passage.dates.iter().find(|date| date.range.start >= at)?;
    let gap = text::gap(&passage.words, at, date.range.start)?;
    let day = NaiveDate::from_ymd_opt(date.year?, date.month, date.day?)?;
    fits(gap).then(|| (date.range.clone(), day))
}

/// Tells whether what stands right before the byte `at` is this agreement: its name at
/// the start of a sentence, or "this" with its name.
fn is_of_this(case: &Case<'_>, passage: &Passage, at: usize) -> bool {
    let this = case.watch(&passage.language).list("this");
    let names = case
        .lexicon(&passage.language)
        .kinds
        .get(&case.agreement.kind);
    let before = passage.folded.before(at).trim_end();
    let without = this
        .iter()
        .find_map(|this| before.strip_suffix(this.folded.as_str()));
    let name_in = without.unwrap_or(before).trim_end();
    let mut names = names.into_iter().flatten();
    let Some(rest) = names.find_map(|name| name_in.strip_suffix(name.as_str())) else {
        return false;
    };
    let rest = rest.trim_end();
    let starts = rest.is_empty() || rest.ends_with(['.', ';', ':', '\n']);
    let this_before = this.iter().any(|this| rest.ends_with(this.folded.as_str()));
    starts || without.is_some() || this_before
}
