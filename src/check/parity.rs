//! The same in every language: numbers, dates, names, addresses, structure.
//!
//! Texts are compared field by field, each translation with the first
//! language; a finding has one label in each language.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::agreement::{Field, Status};
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::tree::{Block, Event, Node, walk};
use crate::language::glossary::TermKind;

use super::case::Case;
use super::lexicon::Wordings;
use super::passage::Passage;
use super::rule::Finder;
use super::text::{self, Cover, TypedDate};

/// Calls `compare` for each passage with its counterpart in the first language.
pub(super) fn each_pair(case: &Case<'_>, mut compare: impl FnMut(&Passage, &Passage)) {
    for group in &case.groups {
        if let Some((first, others)) = group.passages.split_first() {
            others.iter().for_each(|other| compare(first, other));
        }
    }
}

/// Points at a word that `passage` has and `other` lacks.
pub(super) fn lacking(
    finder: &Finder<'_>,
    passage: &Passage,
    at: &Range<usize>,
    other: &Passage,
) -> Diagnostic {
    finder
        .finding()
        .at(&passage.place(at))
        .label("counterpart", &other.span)
        .with("text", passage.at(at))
        .with("language", other.language.0.clone())
}

/// Finds a text that is written in one language and blank in another.
pub(super) fn translation_missing(case: &Case<'_>, finder: &mut Finder<'_>) {
    for group in &case.groups {
        let Some(written) = group.passages.first() else {
            continue;
        };
        for language in &group.blank {
            let finding = finder
                .finding()
                .at(&group.span)
                .label("counterpart", &written.span)
                .with("language", language.0.clone())
                .with("other", written.language.0.clone());
            let mut finding = finding.hint("translate");
            // A draft is translated piece by piece; its open points say so too.
            if case.agreement.status == Status::Draft {
                finding.severity = Severity::Warning;
            }
            finder.push(finding);
        }
    }
}

/// What a passage says in figures.
pub(super) struct Facts {
    pub(super) dates: Vec<TypedDate>,
    /// Numbers by value, those of dates without a year included.
    pub(super) numbers: BTreeMap<String, Vec<Range<usize>>>,
    /// How often each number is written as a word.
    words: BTreeMap<String, usize>,
}

fn facts(case: &Case<'_>, passage: &Passage) -> Facts {
    facts_within(case, passage, &(0..passage.words.len()))
}

/// Returns what a part of a passage says in figures.
pub(super) fn facts_within(case: &Case<'_>, passage: &Passage, part: &Range<usize>) -> Facts {
    let within = |range: &Range<usize>| part.start <= range.start && range.end <= part.end;
    let addresses = || passage.addresses.iter().map(|(range, _)| range.clone());
    let mut facts = Facts {
        dates: Vec::new(),
        numbers: BTreeMap::new(),
        words: BTreeMap::new(),
    };
    let taken = Cover::new(addresses());
    let free = |date: &&TypedDate| within(&date.range) && !taken.meets(&date.range);
    facts.dates = passage.dates.iter().filter(free).cloned().collect();
    let dates = facts.dates.iter().map(|date| date.range.clone());
    let taken = Cover::new(addresses().chain(dates));
    let ambiguous = case.watch(&passage.language).list("ambiguous_numbers");
    let words = passage.number_words.iter();
    for word in words.filter(|word| within(&word.range)) {
        let letters = text::lower(passage.at(&word.range));
        if !ambiguous.iter().any(|number| number.shown == letters) {
            *facts.words.entry(word.value.to_string()).or_default() += 1;
        }
    }
    let numbers = passage.numbers.iter();
    for number in numbers.filter(|n| within(&n.range) && !taken.holds(&n.range)) {
        let places = facts.numbers.entry(number.value.clone()).or_default();
        places.push(number.range.clone());
    }
    // A day without its year is as often written in figures only.
    let (whole, parts) = facts.dates.drain(..).partition(|date| date.year.is_some());
    facts.dates = whole;
    let parts: Vec<TypedDate> = parts;
    for date in parts {
        for value in [date.day, Some(date.month)].into_iter().flatten() {
            let places = facts.numbers.entry(value.to_string()).or_default();
            places.push(date.range.clone());
        }
    }
    facts
}

/// Finds a number that a translation lacks or has more often.
pub(super) fn number_missing(case: &Case<'_>, finder: &mut Finder<'_>) {
    each_pair(case, |first, other| {
        let (one, two) = (facts(case, first), facts(case, other));
        for (passage, facts, against, there) in
            [(first, &one, other, &two), (other, &two, first, &one)]
        {
            for (value, places) in &facts.numbers {
                let count = there.numbers.get(value).map_or(0, Vec::len);
                if places.len() > count + in_words(value, facts, there) {
                    let place = places.get(count).or(places.last());
                    let Some(place) = place else { continue };
                    let finding = lacking(finder, passage, place, against).with("number", value);
                    finder.push(finding.hint("add"));
                }
            }
        }
    });
}

/// Returns how many more times `there` writes the number as a word.
pub(super) fn in_words(value: &str, here: &Facts, there: &Facts) -> usize {
    let count = |facts: &Facts| facts.words.get(value).copied().unwrap_or_default();
    count(there).saturating_sub(count(here))
}

/// Finds dates that differ between languages.
pub(super) fn date_mismatch(case: &Case<'_>, finder: &mut Finder<'_>) {
    each_pair(case, |first, other| {
        let (one, two) = (facts(case, first).dates, facts(case, other).dates);
        let day = |date: &TypedDate| (date.day, date.month, date.year);
        let lone_in_one = unmatched(&one, &two, day);
        let lone_in_two = unmatched(&two, &one, day);
        let pairs = lone_in_one.len().min(lone_in_two.len());
        for (a, b) in lone_in_one.iter().zip(&lone_in_two) {
            let finding = finder
                .finding()
                .at(&other.place(&b.range))
                .label("counterpart", &first.place(&a.range))
                .with("text", other.at(&b.range))
                .with("other", first.at(&a.range))
                .with("language", first.language.0.clone());
            finder.push(finding.hint("same"));
        }
        let rest_of_one = lone_in_one
            .iter()
            .skip(pairs)
            .map(|date| (first, *date, other));
        let rest_of_two = lone_in_two
            .iter()
            .skip(pairs)
            .map(|date| (other, *date, first));
        for (passage, date, against) in rest_of_one.chain(rest_of_two) {
            let finding = lacking(finder, passage, &date.range, against).with("other", "@nothing");
            finder.push(finding.hint("same"));
        }
    });
}

/// Returns the items of `list` that have no equal by `key` in `other`, counting
/// each.
pub(super) fn unmatched<'a, T, K: Ord>(
    list: &'a [T],
    other: &'a [T],
    key: impl Fn(&'a T) -> K,
) -> Vec<&'a T> {
    let mut free: BTreeMap<K, usize> = BTreeMap::new();
    for item in other {
        *free.entry(key(item)).or_default() += 1;
    }
    let mut lone = Vec::new();
    for item in list {
        match free.get_mut(&key(item)) {
            Some(count) if *count > 0 => *count -= 1,
            _ => lone.push(item),
        }
    }
    lone
}

/// Finds e-mail addresses and telephone numbers that differ.
pub(super) fn address_mismatch(case: &Case<'_>, finder: &mut Finder<'_>) {
    each_pair(case, |first, other| {
        let (one, two) = (&first.addresses, &other.addresses);
        for (range, _) in unmatched(one, two, |(_, address)| address) {
            let finding = lacking(finder, first, range, other);
            finder.push(finding.hint("same"));
        }
        for (range, _) in unmatched(two, one, |(_, address)| address) {
            let finding = lacking(finder, other, range, first);
            finder.push(finding.hint("same"));
        }
    });
}

/// Finds paragraphs and list items that one language has and another has not.
pub(super) fn structure_mismatch(case: &Case<'_>, finder: &mut Finder<'_>) {
    each_pair(case, |first, other| {
        let (one, two) = (shape_of(first), shape_of(other));
        if one != two {
            let finding = finder
                .finding()
                .at(&other.span)
                .label("counterpart", &first.span)
                .with("shape", two)
                .with("other", one)
                .with("language", first.language.0.clone());
            finder.push(finding.hint("same"));
        }
    });
}

/// Returns the structure of a text; of a post, its lines.
fn shape_of(passage: &Passage) -> String {
    match passage.field.is_post() {
        true => vec!["¶"; passage.words.lines().count()].join(" "),
        false => shape(&passage.blocks),
    }
}

/// Returns the structure of `blocks`, in a form that people can compare:
/// `¶ 1.(¶; ¶) ¶`.
fn shape(blocks: &[Block]) -> String {
    let mut shape = String::new();
    walk(blocks, &mut |event| {
        let mark = match event {
            Event::Start(Node::Heading(_)) => "#",
            Event::Start(Node::Paragraph) => "¶",
            Event::Start(Node::Table(_)) => "▦",
            Event::Start(Node::Quote) => ">(",
            Event::Start(Node::List(Some(first))) if first.paren => "1)(",
            Event::Start(Node::List(Some(_))) => "1.(",
            Event::Start(Node::List(None)) => "-(",
            Event::Start(Node::Item(_)) if !shape.ends_with('(') => "; ",
            Event::End(Node::Quote | Node::List(_)) => return shape.push(')'),
            _ => return,
        };
        if mark != "; " && !shape.is_empty() && !shape.ends_with(['(', ' ']) {
            shape.push(' ');
        }
        shape.push_str(mark);
    });
    shape
}

/// Finds a party that is mentioned more often in one language than in another.
pub(super) fn mention_mismatch(case: &Case<'_>, finder: &mut Finder<'_>) {
    each_pair(case, |first, other| {
        for (here, there) in [(first, other), (other, first)] {
            for (range, party) in unmatched(&here.mentions, &there.mentions, |(_, party)| party) {
                let finding = lacking(finder, here, range, there).with("party", party);
                finder.push(finding.hint("mention"));
            }
        }
    });
}

/// Finds a name of the glossary whose counterpart a translation lacks.
pub(super) fn name_missing(case: &Case<'_>, finder: &mut Finder<'_>) {
    missing(case, finder, TermKind::Name);
}

/// Finds a signatory who is a deputy in one language and not in another.
pub(super) fn rank_differs(case: &Case<'_>, finder: &mut Finder<'_>) {
    each_pair(case, |first, other| {
        let deputy = |passage: &Passage| {
            let mut words = case.watch(&passage.language).list("deputy_words").iter();
            words.find_map(|word| passage.folded.find(&word.folded).into_iter().next())
        };
        let known = |passage: &Passage| {
            let words = case.watch(&passage.language).list("deputy_words");
            matches!(passage.field, Field::Post(_) | Field::WitnessPost(_)) && !words.is_empty()
        };
        for (here, there) in [(first, other), (other, first)] {
            if let Some(range) = deputy(here)
                && known(here)
                && known(there)
                && deputy(there).is_none()
            {
                finder.push(lacking(finder, here, &range, there).hint("same"));
            }
        }
    });
}

/// Finds a term of the glossary whose counterpart a translation lacks.
pub(super) fn term_missing(case: &Case<'_>, finder: &mut Finder<'_>) {
    missing(case, finder, TermKind::Formula);
}

fn missing(case: &Case<'_>, finder: &mut Finder<'_>, kind: TermKind) {
    let terms = case.glossary().entries.iter();
    each_pair(case, |first, other| {
        // Each language abbreviates in a number as its offices do.
        if first.field == Field::Number {
            return;
        }
        for (here, there) in [(first, other), (other, first)] {
            let words = |passage: &Passage| case.lexicon(&passage.language).terms.iter();
            for ((term, own), others) in terms.clone().zip(words(here)).zip(words(there)) {
                if term.kind != kind {
                    continue;
                }
                let Some(range) = place_of(own, here) else {
                    continue;
                };
                let wanted = term.by_language.get(&there.language);
                if let Some(wanted) = wanted
                    && place_of(others, there).is_none()
                {
                    let finding = lacking(finder, here, &range, there)
                        .label("entry", &term.span)
                        .with("wanted", wanted.clone());
                    finder.push(finding.hint("use"));
                }
            }
        }
    });
}

/// Returns where `passage` has a right wording.
fn place_of(words: &Wordings, passage: &Passage) -> Option<Range<usize>> {
    let mut needles = words.needles.iter();
    needles.find_map(|needle| passage.folded.find(needle).into_iter().next())
}
