//! Term, signing, predecessor, and how dates are written.

use std::ops::Range;

use chrono::{Datelike, Days, NaiveDate};

use crate::agreement::Term;
use crate::agreement::term::Moment;

use super::case::Case;
use super::passage::Passage;
use super::rule::Finder;
use super::text::{self, DateForm};
use crate::agreement::Field;

/// The first and the last year of a term, in each way in which they can be written.
fn years(term: Term, signed: Option<NaiveDate>) -> Vec<(i32, i32)> {
    if let Some(years) = term.years() {
        return vec![years];
    }
    let ends = term.first_day(signed).zip(term.last_day(signed));
    let Some((first, last)) = ends.map(|(first, last)| (first.year(), last.year())) else {
        return Vec::new();
    };
    // Five years from 2026 on: some write 2026 - 2030, some 2026 - 2031.
    let whole = term.length().and_then(|length| i32::try_from(length).ok());
    let mut ways = vec![(first, last)];
    ways.extend(
        whole
            .into_iter()
            .flat_map(|n| [(first, first + n - 1), (first, first + n)]),
    );
    ways
}

/// The years of the agreement.
fn own_years(case: &Case<'_>) -> Vec<(i32, i32)> {
    years(case.agreement.term, case.agreement.signing.day())
}

/// The years of the predecessor: of its term, or of its id.
fn earlier_years(case: &Case<'_>) -> Vec<(i32, i32)> {
    let Some(earlier) = &case.agreement.predecessor else {
        return Vec::new();
    };
    let mut known = years(earlier.term, earlier.signed);
    if known.is_empty() {
        known.extend(earlier.agreement.as_deref().and_then(years_of));
    }
    known
}

/// Returns the term as a finding names it: by its years, or as it is typed.
pub(super) fn shown(term: Term) -> String {
    let name = |moment: Option<Moment>| moment.map(|moment| moment.to_string());
    let name = |moment| name(moment).unwrap_or_default();
    match term {
        Term::Between { from, to } => format!("{} - {}", name(from), name(to)),
        Term::Since(from) => format!("`from: {}, to: open`", name(from)),
        Term::Years(years) => format!("`years: {}`", years.unwrap_or_default()),
        Term::OfAmended => String::new(),
    }
}

/// Returns a term by its years, as a text and an id name it.
fn by_years(term: Term) -> String {
    match term.years() {
        Some((from, to)) => format!("{from} - {to}"),
        None => shown(term),
    }
}

/// Returns the years that an id ends with.
fn years_of(id: &str) -> Option<(i32, i32)> {
    let parts: Vec<&str> = id.split('-').collect();
    let [.., from, to] = parts.as_slice() else {
        return None;
    };
    let year = |part: &str| (part.len() == 4).then(|| part.parse().ok()).flatten();
    Some((year(from)?, year(to)?))
}

/// A stretch of years in a text.
struct TypedTerm {
    range: Range<usize>,
    years: (i32, i32),
    /// Whether the name of the instrument stands right before it.
    of_instrument: bool,
}

fn typed_terms(case: &Case<'_>, passage: &Passage) -> Vec<TypedTerm> {
    let watch = case.watch(&passage.language);
    let mut found = Vec::new();
    for word in watch.list("period") {
        for period in passage.folded.find(&word.folded) {
            let numbers = &passage.numbers;
            let next = numbers.partition_point(|n| n.range.start < period.end);
            let [from, to, ..] = &numbers[next..] else {
                continue;
            };
            let gap = |start, end| text::gap(&passage.words, start, end);
            let between = gap(from.range.end, to.range.start);
            let dash = matches!(between, Some("-" | "–" | "—" | "đến" | "ຫາ" | "to"));
            let near = gap(period.end, from.range.start) == Some("");
            let year = |value: &str| value.parse().ok().filter(|y| (1900..2200).contains(y));
            if let (true, true, Some(a), Some(b)) = (dash, near, year(&from.value), year(&to.value))
            {
                found.push(TypedTerm {
                    years: (a, b),
                    of_instrument: names_instrument(case, passage, period.start),
                    range: from.range.start..to.range.end,
                });
            }
        }
    }
    found
}

/// Returns where a text names the agreement's own term by its years.
pub(super) fn own_terms_in(case: &Case<'_>, passage: &Passage) -> Vec<Range<usize>> {
    let own = own_years(case);
    let terms = typed_terms(case, passage).into_iter();
    let own = terms.filter(|typed| own.contains(&typed.years));
    own.map(|typed| typed.range).collect()
}

/// Tells whether the words before the byte `at` name an instrument.
fn names_instrument(case: &Case<'_>, passage: &Passage, at: usize) -> bool {
    let before = passage.folded.before(at).trim_end();
    let mut names = case.lexicon(&passage.language).kinds.values().flatten();
    names.any(|name| before.ends_with(name.as_str()))
}

/// Finds a term in the text that is neither the agreement's own nor its
/// predecessor's, and a preamble that speaks of other terms only.
pub(super) fn term_mismatch(case: &Case<'_>, finder: &mut Finder<'_>) {
    let term = case.agreement.term;
    // What an amendment says of terms is of the agreement that it amends.
    if case.agreement.amends.is_some() {
        return;
    }
    let (own, earlier) = (own_years(case), earlier_years(case));
    let start = case.agreement.first_day().map(|day| day.year());
    if own.is_empty() && term.ends() {
        return;
    }
    let prose =
        |field: Field| field.is_prose() || matches!(field, Field::Title(_) | Field::AnnexTitle(_));
    for passage in case.passages().filter(|passage| prose(passage.field)) {
        let terms = typed_terms(case, passage);
        let preamble = passage.field == Field::Preamble && term.years().is_some();
        let own_is_named = !preamble || terms.iter().any(|typed| own.contains(&typed.years));
        for (index, typed) in terms.iter().enumerate() {
            let known = own.contains(&typed.years) || earlier.contains(&typed.years);
            let last = index + 1 == terms.len();
            // An agreement that names no years may speak of another one's.
            let its_own = term.years().is_some() || Some(typed.years.0) == start;
            let wrong = typed.of_instrument && !known && its_own;
            if wrong || (!own_is_named && last) {
                let finding = finder
                    .finding()
                    .at(&passage.place(&typed.range))
                    .label("term", &case.positions.at("term"))
                    .with("typed", passage.at(&typed.range))
                    .with("term", by_years(term));
                finder.push(finding.hint("same"));
            }
        }
    }
}

/// Finds an id with other years than the term.
pub(super) fn id_term_mismatch(case: &Case<'_>, finder: &mut Finder<'_>) {
    let Some(typed) = years_of(&case.agreement.id) else {
        return;
    };
    let (term, own) = (case.agreement.term, own_years(case));
    // Of an agreement without an end an id may name the years that it was planned for.
    if !own.is_empty() && !own.contains(&typed) {
        let finding = finder
            .finding()
            .at(&case.positions.at("id"))
            .label("term", &case.positions.at("term"))
            .with("term", by_years(term));
        finder.push(finding.hint("rename"));
    }
}

/// Finds a signing after the term has ended.
pub(super) fn signed_after_term(case: &Case<'_>, finder: &mut Finder<'_>) {
    let end = case.agreement.last_day();
    if let (Some(signed), Some(end)) = (case.agreement.signing.day(), end)
        && signed > end
    {
        let finding = finder
            .finding()
            .at(&case.positions.at(&case.agreement.signing.day_path()))
            .label("term", &case.positions.at("term.to"));
        finder.push(finding.with("date", signed.to_string()).hint("correct"));
    }
}

/// A signing this many days after the first day of the term is late: half a
/// year, since a term of whole years is rarely signed on its first day.
const LATE: Days = Days::new(183);

/// Finds a signing long after the term began.
pub(super) fn signed_late(case: &Case<'_>, finder: &mut Finder<'_>) {
    let latest = case.agreement.first_day();
    let latest = latest.and_then(|day| day.checked_add_days(LATE));
    let end = case.agreement.last_day();
    if let (Some(signed), Some(latest)) = (case.agreement.signing.day(), latest)
        && signed > latest
        && end.is_none_or(|end| signed <= end)
    {
        let finding = finder
            .finding()
            .at(&case.positions.at(&case.agreement.signing.day_path()))
            .label("term", &case.positions.at("term.from"));
        finder.push(finding.with("date", signed.to_string()).hint("state"));
    }
}

/// Returns the last day of the predecessor and the first of the agreement.
fn seam(case: &Case<'_>) -> Option<(NaiveDate, NaiveDate)> {
    let predecessor = case.agreement.predecessor.as_ref()?;
    let of_id = || match predecessor.term.is_open() && predecessor.term.ends() {
        true => Moment::Year(years_of(predecessor.agreement.as_deref()?)?.1).last_day(),
        false => None,
    };
    let end = predecessor.last_day().or_else(of_id)?;
    Some((end, case.agreement.first_day()?))
}

/// Finds days that belong to both the predecessor's term and this one.
pub(super) fn predecessor_overlap(case: &Case<'_>, finder: &mut Finder<'_>) {
    if let Some((end, start)) = seam(case)
        && end >= start
    {
        let finding = finder
            .finding()
            .at(&case.positions.at("term.from"))
            .label("predecessor", &case.positions.at("predecessor.term.to"))
            .with("from", start.to_string())
            .with("to", end.to_string());
        finder.push(finding.hint("state"));
    }
}

/// Finds days between the predecessor's term and this one.
pub(super) fn predecessor_gap(case: &Case<'_>, finder: &mut Finder<'_>) {
    if let Some((end, start)) = seam(case)
        && end.succ_opt().is_some_and(|next| next < start)
    {
        let finding = finder
            .finding()
            .at(&case.positions.at("term.from"))
            .label("predecessor", &case.positions.at("predecessor.term.to"))
            .with("from", end.to_string())
            .with("to", start.to_string());
        finder.push(finding.hint("state"));
    }
}

/// Finds an agreement whose text does not say when it ends.
pub(super) fn no_expiry(case: &Case<'_>, finder: &mut Finder<'_>) {
    let term = case.agreement.term;
    if !term.ends() || term == Term::OfAmended || case.agreement.uses("renewal") {
        return;
    }
    let silent = |passage: &Passage| {
        let phrases = case.watch(&passage.language).list("expiry");
        !phrases
            .iter()
            .any(|phrase| passage.folded.has(&phrase.folded))
    };
    let mut clauses = case
        .passages()
        .filter(|p| p.field.is_of_clause())
        .peekable();
    if clauses.peek().is_some() && clauses.all(silent) {
        let finding = finder.finding().at(&case.positions.at("term"));
        finder.push(finding.hint("state"));
    }
}

/// Finds dates in figures and dates in words in one language.
pub(super) fn mixed_date_forms(case: &Case<'_>, finder: &mut Finder<'_>) {
    for language in &case.agreement.languages {
        let mut first = None;
        for passage in case
            .passages()
            .filter(|p| p.language == *language && p.field.is_prose())
        {
            for date in passage
                .dates
                .iter()
                .filter(|date| date.day.is_some() && date.year.is_some())
            {
                match &first {
                    None => first = Some((date.form, passage.place(&date.range))),
                    Some((form, _)) if *form == date.form => {}
                    Some((_, earlier)) => {
                        let finding = finder.finding().at(&passage.place(&date.range));
                        let finding = finding.label("first", earlier);
                        finder.push(finding.with("text", passage.at(&date.range)).hint("same"));
                    }
                }
            }
        }
    }
}

/// Finds a date in figures that is not padded as the language pack pads.
pub(super) fn date_padding(case: &Case<'_>, finder: &mut Finder<'_>) {
    for passage in case.passages().filter(|passage| passage.field.is_prose()) {
        let Some(pack) = case.pack(&passage.language) else {
            continue;
        };
        for date in passage
            .dates
            .iter()
            .filter(|date| date.form == DateForm::Numeric)
        {
            let day = date.year.zip(date.day);
            let day = day.and_then(|(year, day)| NaiveDate::from_ymd_opt(year, date.month, day));
            let typed = passage.at(&date.range);
            let Some(right) = day.map(|day| pack.date(day, "numeric")) else {
                continue;
            };
            let figures = |text: &str| {
                text.split(['/', '-', '.'])
                    .map(str::to_owned)
                    .collect::<Vec<_>>()
            };
            if figures(typed) != figures(&right) && day.is_some_and(|day| day.year() > 0) {
                let finding = finder.finding().at(&passage.place(&date.range));
                finder.push(
                    finding
                        .with("typed", typed)
                        .with("right", right)
                        .hint("write"),
                );
            }
        }
    }
}
