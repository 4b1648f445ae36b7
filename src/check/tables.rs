//! Tables in one language beside the same tables in another.
//!
//! Input: the tables of two passages. Output: where they differ, at the line of the
//! row: in size, in the alignment of a column, in what is empty, in the numbers,
//! dates and parties of a cell.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::document::tree::Align;
use crate::source::Span;

use super::case::Case;
use super::parity::{Facts, each_pair, facts_within, in_words, unmatched};
use super::passage::{Passage, Table};
use super::rule::Finder;

/// Finds tables that are not the same in every language.
pub(super) fn table_mismatch(case: &Case<'_>, finder: &mut Finder<'_>) {
    each_pair(case, |first, other| {
        // Where one has more tables, the structure differs.
        if first.tables.len() == other.tables.len() {
            for (one, two) in first.tables.iter().zip(&other.tables) {
                compare(case, finder, (first, one), (other, two));
            }
        }
    });
}

type Side<'a> = (&'a Passage, &'a Table);

fn compare(case: &Case<'_>, finder: &mut Finder<'_>, first: Side<'_>, other: Side<'_>) {
    let size = |table: &Table| format!("{} × {}", table.rows.len(), table.align.len());
    let marks = |table: &Table| {
        let marks = table.align.iter().copied().map(Align::mark);
        format!("| {} |", marks.collect::<Vec<_>>().join(" | "))
    };
    let mut push = |row: usize, here: String, there: String, hint| {
        let finding = finder.finding().at(&line(other, row));
        let finding = finding.label("counterpart", &line(first, row));
        let finding = finding.with("language", first.0.language.0.clone());
        finder.push(finding.with("text", here).with("other", there).hint(hint));
    };
    if size(first.1) != size(other.1) {
        return push(0, size(other.1), size(first.1), "size");
    }
    if first.1.align != other.1.align {
        push(0, marks(other.1), marks(first.1), "align");
    }
    for (row, (one, two)) in first.1.rows.iter().zip(&other.1.rows).enumerate() {
        let mut pairs = one.iter().zip(two);
        // One for each row: two cells that changed places differ both.
        let differs = pairs.find_map(|(one, two)| cells(case, (first.0, one), (other.0, two)));
        if let Some((hint, here, there)) = differs {
            push(row, here, there, hint);
        }
    }
}

/// Returns what differs between two cells, and what is in each.
fn cells(
    case: &Case<'_>,
    (first, one): (&Passage, &Range<usize>),
    (other, two): (&Passage, &Range<usize>),
) -> Option<(&'static str, String, String)> {
    let shown = |words: &str| match words.trim() {
        "" => "@nothing".to_owned(),
        words => words.to_owned(),
    };
    let (here, there) = (other.at(two), first.at(one));
    let hint = if here.trim().is_empty() != there.trim().is_empty() {
        "empty"
    } else if says(case, (first, one), (other, two)) {
        "cell"
    } else {
        return None;
    };
    Some((hint, shown(here), shown(there)))
}

/// Tells whether one of two cells says in figures, or of parties, what the other does
/// not, although the whole texts say the same: that has its own findings otherwise.
fn says(
    case: &Case<'_>,
    (first, one): (&Passage, &Range<usize>),
    (other, two): (&Passage, &Range<usize>),
) -> bool {
    let (in_one, in_two) = (
        facts_within(case, first, one),
        facts_within(case, other, two),
    );
    let whole = |passage: &Passage| facts_within(case, passage, &(0..passage.words.len()));
    let more = |here: &Facts, there: &Facts| -> BTreeSet<String> {
        let numbers = here.numbers.iter().filter(|(value, places)| {
            let count = there.numbers.get(*value).map_or(0, Vec::len);
            places.len() > count + in_words(value, here, there)
        });
        let dates = |facts: &Facts| -> Vec<_> {
            let dates = facts.dates.iter();
            dates
                .map(|date| (date.year, date.month, date.day))
                .collect()
        };
        let (days, others) = (dates(here), dates(there));
        let dates = unmatched(&days, &others, |day| *day);
        let dates = dates.into_iter().map(|day| format!("{day:?}"));
        numbers
            .map(|(value, _)| value.clone())
            .chain(dates)
            .collect()
    };
    let missing = |here: &Facts, there: &Facts, passages: (&Passage, &Passage)| {
        let lacking = more(here, there);
        !lacking.is_empty() && {
            let known = more(&whole(passages.0), &whole(passages.1));
            lacking.iter().any(|fact| !known.contains(fact))
        }
    };
    let parties = |passage: &Passage, cell: &Range<usize>| {
        let inside = |range: &Range<usize>| cell.start <= range.start && range.end <= cell.end;
        let mentions = passage.mentions.iter().filter(|(range, _)| inside(range));
        let mut parties: Vec<String> = mentions.map(|(_, party)| party.clone()).collect();
        parties.sort();
        parties
    };
    missing(&in_one, &in_two, (first, other))
        || missing(&in_two, &in_one, (other, first))
        || parties(first, one) != parties(other, two)
            && parties(first, &(0..first.words.len())) == parties(other, &(0..other.words.len()))
}

/// Returns the line on which a row stands, or that of the first row with words.
fn line((passage, table): Side<'_>, row: usize) -> Span {
    let worded =
        |row: &&Vec<Range<usize>>| row.iter().any(|cell| !passage.at(cell).trim().is_empty());
    let row = table
        .rows
        .get(row)
        .into_iter()
        .chain(&table.rows)
        .find(worded);
    let cell = row.and_then(|row| row.iter().find(|cell| !passage.at(cell).trim().is_empty()));
    let Some(cell) = cell else {
        return passage.span.clone();
    };
    let at = passage.place(cell).range().start - passage.span.range().start;
    let text = passage.span.text();
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    let start = start + text[start..end].len() - text[start..end].trim_start().len();
    passage
        .span
        .part(start..start + text[start..end].trim_end().len())
}
