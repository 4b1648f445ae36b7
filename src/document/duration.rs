//! A term in the words of a language.
//!
//! Input: a term and the pack of a language. Output: one line without markup, where
//! what is not known is the pack's blank. The end of a term that is counted from the
//! signing is not computed here: what is printed is what was agreed.

use crate::agreement::term::Moment;
use crate::agreement::{Agreement, Term};
use crate::language::pack::LanguagePack;

/// Returns a term as it is said in a line: `giai đoạn 2025 - 2027`; nothing where an
/// amendment has none of its own.
pub fn term(agreement: &Agreement, pack: &LanguagePack) -> Option<String> {
    let term = agreement.term;
    let signing = match agreement.signing.is_apart() {
        true => pack.term("signing_apart"),
        false => pack.term("signing"),
    };
    let (from, to, years) = match term {
        Term::Between { from, to } => (from, to, None),
        Term::Since(from) => (from, None, None),
        Term::Years(years) => (None, None, years),
        Term::OfAmended => return None,
    };
    let form = pack.term(form(term)).replace("{signing}", signing);
    let count = |count: Option<String>| count.unwrap_or_else(|| pack.blank.clone());
    let words = form
        .replace("{from}", &moment(from, pack))
        .replace("{to}", &moment(to, pack))
        .replace("{years}", &count(years.map(|years| years.to_string())))
        .replace(
            "{figures}",
            &count(years.map(|years| format!("{years:02}"))),
        );
    Some(words)
}

/// Returns a term as catalogues have it: two years stand for themselves.
pub fn brief(agreement: &Agreement, pack: &LanguagePack) -> Option<String> {
    match agreement.term.years() {
        Some((from, to)) if form(agreement.term) == "years" => Some(format!("{from} - {to}")),
        _ => term(agreement, pack),
    }
}

/// Returns a year or a day, or the blank.
pub fn moment(moment: Option<Moment>, pack: &LanguagePack) -> String {
    match moment {
        Some(Moment::Year(year)) => year.to_string(),
        Some(Moment::Day(day)) => pack.date_of_term(day),
        None => pack.blank.clone(),
    }
}

/// Returns the form of a term, a key of the packs' `terms`.
fn form(term: Term) -> &'static str {
    let is_day = |moment| matches!(moment, Some(Moment::Day(_)));
    match term {
        Term::Between { from, to } if is_day(from) || is_day(to) => "days",
        Term::Between { from, to } if from.is_some() && from == to => "year",
        Term::Between { .. } => "years",
        Term::Since(from) if is_day(from) => "since_day",
        Term::Since(_) => "since_year",
        Term::Years(Some(1)) => "counted_one",
        Term::Years(_) | Term::OfAmended => "counted",
    }
}
