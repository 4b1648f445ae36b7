//! Clauses: how they begin, and until when they ask for something.

use chrono::{Datelike, NaiveDate};

use crate::agreement::{Clause, Field, Term};
use crate::document::tree::Block;

use super::case::Case;
use super::passage::Passage;
use super::rule::Finder;
use super::text::{self, TypedDate};

/// Finds clauses and points whose number would stand alone above a list or a
/// quotation.
pub(super) fn clause_starts_with_list(case: &Case<'_>, finder: &mut Finder<'_>) {
    let clauses: Vec<&Clause> = case.agreement.clauses().collect();
    for passage in case.passages() {
        let stands_alone = match passage.field {
            Field::Clause(clause) => clauses[clause].title.is_none(),
            Field::Point(..) => true,
            _ => false,
        };
        let first = passage.blocks.first();
        let hangs = matches!(
            first,
            Some(Block::List { .. } | Block::Quote { .. } | Block::Table { .. })
        );
        if stands_alone && hangs {
            let end = passage.span.text().lines().next().map_or(0, str::len);
            let finding = finder.finding().at(&passage.span.part(0..end));
            finder.push(finding.hint("introduce"));
        }
    }
}

/// Finds deadlines on which the agreement is not in force. Only a date right behind
/// words such as "trước ngày" counts, in a sentence that says nothing of the past.
pub(super) fn date_outside_term(case: &Case<'_>, finder: &mut Finder<'_>) {
    let agreement = case.agreement;
    let (Some(first), last) = (agreement.first_day(), agreement.last_day()) else {
        return;
    };
    if last.is_none() && agreement.term.ends() {
        return;
    }
    let last_due = match agreement.term {
        // It may fall into the time for which the agreement is renewed.
        _ if agreement.uses("renewal") => None,
        // Some count the years from the day of signing, others from the day after it.
        Term::Years(_) => last.and_then(|last| last.succ_opt()),
        Term::Between { .. } | Term::Since(_) | Term::OfAmended => last,
    };
    // What is to be done between the signing and the first day is no slip.
    let first_due = agreement.signing.day().map_or(first, |day| day.min(first));
    for passage in case
        .passages()
        .filter(|passage| passage.field.is_of_clause())
    {
        let sentences = text::sentences(&passage.words);
        for date in &passage.dates {
            let Some(day) = last_day_of(date) else {
                continue;
            };
            let inside = first_due <= day && last_due.is_none_or(|last| day <= last);
            if inside || !is_deadline(case, passage, date, &sentences) {
                continue;
            }
            let finding = finder.finding().at(&passage.place(&date.range));
            let finding = finding.label("term", &case.positions.at("term"));
            let finding = finding.with("text", passage.at(&date.range));
            let to = last.map_or_else(|| "@no-end".to_owned(), |last| last.to_string());
            let finding = finding.with("from", first.to_string()).with("to", to);
            finder.push(finding.hint("correct"));
        }
    }
}

/// Returns the last day that a date with a year may mean.
fn last_day_of(date: &TypedDate) -> Option<NaiveDate> {
    let year = date.year?;
    match date.day {
        Some(day) => NaiveDate::from_ymd_opt(year, date.month, day),
        None => {
            let next = NaiveDate::from_ymd_opt(year, date.month, 1)?
                .checked_add_months(chrono::Months::new(1));
            next?.pred_opt()
        }
    }
    .filter(|day| day.year() > 1900)
}

fn is_deadline(
    case: &Case<'_>,
    passage: &Passage,
    date: &TypedDate,
    sentences: &[std::ops::Range<usize>],
) -> bool {
    let watch = case.watch(&passage.language);
    let sentence = sentences
        .iter()
        .find(|sentence| sentence.contains(&date.range.start));
    let start = sentence.map_or(0, |sentence| sentence.start);
    // "trước ngày 30/6" ends where the figures start, or the word for the day.
    let before = text::lower(&passage.words[start..date.range.start]);
    let before = before.trim_end();
    let due = watch
        .list("deadlines")
        .iter()
        .any(|word| before.ends_with(word.folded.as_str()));
    let end = sentence.map_or(passage.words.len(), |sentence| sentence.end);
    let whole = text::Folded::lower(&passage.words[start..end]);
    due && !watch
        .list("past")
        .iter()
        .any(|word| whole.has(&word.folded))
}
