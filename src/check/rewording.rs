//! What the next term's agreement says in other words than the last one's.
//!
//! Input: an agreement and what is known of the next term. Output: each place of its
//! texts that is to have other words: the years of the term, parties under their new
//! names, the friendship formula of its day, and slips that were signed and stayed.
//! What a sentence with an earlier day in it says of parties and friendship is history,
//! and stays.

use std::ops::Range;

use chrono::NaiveDate;

use crate::agreement::Field;
use crate::agreement::register::Renamed;
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::text::folding::{Phrase, lower};
use crate::text::letters::capital;

use super::case::Case;
use super::dates::own_terms_in;
use super::passage::Passage;
use super::text;

/// The findings whose remedy is one wording: as slips of a signed text they were
/// allowed, in the next one they are put right.
const CORRECTED: [&str; 6] = [
    "formula-slip",
    "wrong-actor",
    "state-abbreviation",
    "dash-spacing",
    "instrument-drift",
    "glossary-variant",
];

/// What is new in the next term.
pub struct News<'a> {
    /// The years of the old and of the new term, where both have some.
    pub years: Option<[(i32, i32); 2]>,
    /// The parties that have another name now.
    pub renamed: &'a [Renamed],
    /// The day from which on the agreement can be signed.
    pub today: Option<NaiveDate>,
    /// What is wrong with the old texts, whatever was allowed.
    pub slips: &'a [Diagnostic],
}

/// Words that are to be others.
#[derive(Clone, Debug)]
pub struct Rewording {
    /// The key path of the text in its language.
    pub path: String,
    /// Where the words stand in the text.
    pub range: Range<usize>,
    /// What the words were.
    pub old: String,
    /// What they are to be.
    pub new: String,
    /// Why, a hint of the code.
    pub kind: &'static str,
    /// The same for the file: bytes, and what is to stand there.
    pub edit: (Range<usize>, String),
}

/// Returns the words of an agreement that are to be others, in the order of the file.
pub fn rewordings(case: &Case<'_>, news: &News<'_>) -> Vec<Rewording> {
    let mut found = Vec::new();
    for group in &case.groups {
        let passages = group.passages.iter();
        let mut of_group: Vec<Vec<Candidate>> = passages
            .map(|passage| {
                let mut candidates = Vec::new();
                names(case, passage, news, &mut candidates);
                limbs(case, passage, news, &mut candidates);
                candidates
            })
            .collect();
        // One language alone would say something else than the other.
        for kind in [RENAMED, LIMB] {
            let count = |of: &Vec<Candidate>| of.iter().filter(|it| it.kind == kind).count();
            let counts: Vec<usize> = of_group.iter().map(count).collect();
            if kind == LIMB && (counts.windows(2).any(|two| two[0] != two[1])) {
                of_group
                    .iter_mut()
                    .for_each(|of| of.retain(|it| it.kind != LIMB));
            }
        }
        for (passage, mut candidates) in group.passages.iter().zip(of_group) {
            slips(passage, news, &mut candidates);
            terms(case, passage, news, &mut candidates);
            let mut taken: Vec<Range<usize>> = Vec::new();
            for candidate in candidates {
                let meets = |range: &Range<usize>| {
                    range.start < candidate.range.end && candidate.range.start < range.end
                };
                if taken.iter().any(meets) {
                    continue;
                }
                if let Some(rewording) = candidate.rewording(passage) {
                    taken.push(candidate.range);
                    found.push(rewording);
                }
            }
        }
    }
    found.sort_by_key(|rewording| rewording.edit.0.start);
    found
}

/// The kind of the years of the term.
pub(super) const TERM: &str = "meant";
const RENAMED: &str = "renamed";
const LIMB: &str = "limb";
const SLIP: &str = "slip";

struct Candidate {
    range: Range<usize>,
    new: String,
    kind: &'static str,
}

impl Candidate {
    /// Finds the words in the file. Where markup stands between them, only those that
    /// change are touched; where even that cannot be told, nothing is.
    fn rewording(&self, passage: &Passage) -> Option<Rewording> {
        let old = passage.at(&self.range);
        if old == self.new {
            return None;
        }
        let by_word = shrunk(old, &self.new, true);
        let edit = [by_word, shrunk(old, &self.new, false)]
            .into_iter()
            .find_map(|(cut, new)| {
                let range = self.range.start + cut.start..self.range.start + cut.end;
                let span = passage.place(&range);
                let same = squeezed(span.text()) == squeezed(passage.at(&range));
                same.then(|| (span.range(), new.to_owned()))
            })?;
        Some(Rewording {
            path: passage.path.clone(),
            range: self.range.clone(),
            old: old.to_owned(),
            new: self.new.clone(),
            kind: self.kind,
            edit,
        })
    }
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns what of two wordings differs, in whole words or in letters; of the old one
/// at least a letter.
fn shrunk<'a>(old: &str, new: &'a str, by_word: bool) -> (Range<usize>, &'a str) {
    let ends = |at: usize| {
        let ends = |text: &str| text[at..].starts_with(' ') || text.len() == at;
        !by_word || at == 0 || old[..at].ends_with(' ') || (ends(old) && ends(new))
    };
    let mut start: usize = old
        .chars()
        .zip(new.chars())
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .sum();
    // Something of the old wording is to be replaced.
    if start == old.len() {
        start -= old.chars().next_back().map_or(0, char::len_utf8);
    }
    while !old.is_char_boundary(start) || !ends(start) {
        start -= 1;
    }
    let (rest, new_rest) = (&old[start..], &new[start..]);
    let mut tail: usize = rest
        .chars()
        .rev()
        .zip(new_rest.chars().rev())
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .sum();
    if tail == rest.len() {
        tail -= rest.chars().next().map_or(0, char::len_utf8);
    }
    let opens = |tail: usize| {
        let rest = &rest[rest.len() - tail..];
        !by_word || tail == 0 || rest.starts_with(' ')
    };
    while !rest.is_char_boundary(rest.len() - tail) || !opens(tail) {
        tail -= 1;
    }
    (start..old.len() - tail, &new_rest[..new_rest.len() - tail])
}

/// Adds the names of parties that have others now.
fn names(case: &Case<'_>, passage: &Passage, news: &News<'_>, found: &mut Vec<Candidate>) {
    let field = passage.field;
    let speaks = field.is_prose() || field.is_title() || field.is_post();
    if !speaks && !matches!(field, Field::Office(_)) {
        return;
    }
    let all = names_of_all(case, passage, news);
    for renamed in news.renamed {
        for (old, new) in renamed.wordings(&passage.language) {
            for range in passage.folded.find(&Phrase::new(old).folded) {
                let within = |other: &Range<usize>| {
                    other.start <= range.start && range.end <= other.end && *other != range
                };
                if is_history(passage, &range, renamed.since) || all.iter().any(within) {
                    continue;
                }
                let typed = passage.at(&range);
                let shouted = typed != lower(typed) && typed == typed.to_uppercase();
                let new = match shouted {
                    true => new.to_uppercase(),
                    false => new.to_owned(),
                };
                let kind = RENAMED;
                found.push(Candidate { range, new, kind });
            }
        }
    }
}

/// Returns where a passage names any party: the name of one that is called otherwise now
/// may be a part of another's.
fn names_of_all(case: &Case<'_>, passage: &Passage, news: &News<'_>) -> Vec<Range<usize>> {
    let parties = case.agreement.parties.iter();
    let names = parties.flat_map(|party| [Some(&party.name), party.short.as_ref()]);
    let names = names
        .flatten()
        .filter_map(|name| name.get(&passage.language));
    let renamed = news.renamed.iter();
    let before = renamed.flat_map(|renamed| renamed.wordings(&passage.language));
    let names = names.chain(before.map(|(before, _)| before));
    let places = names.flat_map(|name| passage.folded.find(&Phrase::new(name).folded));
    places.collect()
}

/// Tells a place in a sentence that names an earlier day than `since`.
fn is_history(passage: &Passage, range: &Range<usize>, since: Option<NaiveDate>) -> bool {
    let sentences = text::sentences(&passage.words);
    let mut around = sentences
        .iter()
        .filter(|sentence| sentence.start <= range.start && range.end <= sentence.end);
    around.any(|sentence| {
        let mut dates = passage.dates.iter();
        dates.any(|date| {
            let within = sentence.start <= date.range.start && date.range.end <= sentence.end;
            let day = date
                .year
                .and_then(|year| NaiveDate::from_ymd_opt(year, date.month, date.day.unwrap_or(1)));
            within && day.is_none_or(|day| since.is_none_or(|since| day < since))
        })
    })
}

/// Adds friendship formulas that lack the limb of their day.
fn limbs(case: &Case<'_>, passage: &Passage, news: &News<'_>, found: &mut Vec<Candidate>) {
    let watch = case.watch(&passage.language);
    let since = watch.day("fourth_limb_since");
    if !passage.field.is_prose() || since.is_none() || news.today < since {
        return;
    }
    for (old, new) in watch.pairs("fourth_limb_added") {
        for range in passage.folded.find(&old.folded) {
            if !is_history(passage, &range, since) {
                let (new, kind) = (new.to_owned(), LIMB);
                found.push(Candidate { range, new, kind });
            }
        }
    }
}

/// Adds the slips of a text that have one remedy.
fn slips(passage: &Passage, news: &News<'_>, found: &mut Vec<Candidate>) {
    if !(passage.field.is_prose() || passage.field.is_title()) {
        return;
    }
    let known = news
        .slips
        .iter()
        .filter(|slip| CORRECTED.contains(&slip.code));
    for slip in known {
        let (Some(typed), Some(right)) = (slip.values.get("typed"), slip.values.get("right"))
        else {
            continue;
        };
        let Some(label) = slip.labels.first() else {
            continue;
        };
        if !passage.span.holds(&label.span) {
            continue;
        }
        let is_there = |range: &Range<usize>| same_place(&passage.place(range), &label.span);
        let places = passage.words.match_indices(typed.as_str());
        let mut places = places.map(|(at, typed)| at..at + typed.len());
        if let Some(range) = places.find(is_there) {
            // An abbreviation in capitals opens no sentence.
            let opens = typed.starts_with(char::is_uppercase) && *typed != typed.to_uppercase();
            let new = if opens { capital(right) } else { right.clone() };
            let kind = SLIP;
            found.push(Candidate { range, new, kind });
        }
    }
}

fn same_place(one: &Span, two: &Span) -> bool {
    one.range() == two.range()
}

/// Adds the years of the term where a text names it.
fn terms(case: &Case<'_>, passage: &Passage, news: &News<'_>, found: &mut Vec<Candidate>) {
    let Some([old, new]) = news.years else {
        return;
    };
    if !(passage.field.is_prose() || passage.field.is_title()) {
        return;
    }
    for range in own_terms_in(case, passage) {
        let typed = passage.at(&range);
        let rest = typed.strip_prefix(&old.0.to_string());
        let rest = rest.and_then(|rest| rest.strip_suffix(&old.1.to_string()));
        if let Some(rest) = rest {
            let new = format!("{}{rest}{}", new.0, new.1);
            let kind = TERM;
            found.push(Candidate { range, new, kind });
        }
    }
}

/// Where the new agreement says something else than the old one.
#[derive(Debug, Default)]
pub struct Placed<'a> {
    /// The rewordings.
    pub words: Vec<(Span, &'a Rewording)>,
    /// The paragraphs that open the preamble.
    pub openings: Vec<Span>,
}

/// Finds what is new in the new agreement; `opened` tells whether a paragraph opens its
/// preamble.
///
/// # Errors
/// The path of a text that says anything else than the old one with its rewordings.
pub fn reworded<'a>(
    old: &Case<'_>,
    new: &Case<'_>,
    rewordings: &'a [Rewording],
    opened: bool,
) -> Result<Placed<'a>, String> {
    let mut placed = Placed::default();
    let mut met = 0;
    for before in old.passages() {
        let own = rewordings.iter().filter(|it| it.path == before.path);
        let mut own: Vec<&Rewording> = own.collect();
        own.sort_by_key(|it| it.range.start);
        met += own.len();
        let is_agreed = before.field.is_prose() || before.field.is_title();
        let after = new.passages().find(|after| after.path == before.path);
        let Some(after) = after else {
            // What belongs to one term is open in the next.
            match is_agreed {
                true => return Err(before.path.clone()),
                false => continue,
            }
        };
        if own.is_empty() && !is_agreed {
            continue;
        }
        let mut expected = before.words.clone();
        for it in own.iter().rev() {
            expected.replace_range(it.range.clone(), &it.new);
        }
        let is_opened = opened && before.field == Field::Preamble;
        let first = match is_opened {
            true => after.words.len().saturating_sub(expected.len()),
            false => 0,
        };
        if after.words.get(first..).map(squeezed) != Some(squeezed(&expected)) {
            return Err(before.path.clone());
        }
        if is_opened {
            let words = after.words[..first].trim_end().len();
            placed.openings.push(after.place(&(0..words)));
        }
        let mut moved = 0_isize;
        for it in own {
            let start = it.range.start.saturating_add_signed(moved) + first;
            let range = start..start + it.new.len();
            placed.words.push((after.place(&range), it));
            moved += it.new.len().cast_signed() - it.range.len().cast_signed();
        }
    }
    match met == rewordings.len() {
        true => Ok(placed),
        false => Err(String::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::shrunk;

    #[test]
    fn only_what_differs_is_touched() {
        for (old, new, cut, left) in [
            ("thông nhất ký", "thống nhất ký", "thông", "thống"),
            ("Hội tỉnh Bắc Giang", "Hội tỉnh Bắc Ninh", "Giang", "Ninh"),
            ("một trong hai tỉnh", "một trong hai bên", "tỉnh", "bên"),
            ("a và b", "a, b, c", "a và b", "a, b, c"),
            ("a b", "a b c", "b", "b c"),
            ("b c", "a b c", "b", "a b"),
        ] {
            let (range, new) = shrunk(old, new, true);
            assert_eq!((&old[range], new), (cut, left), "{old}");
        }
        let (range, new) = shrunk("Việt Nam-Lào", "Việt Nam - Lào", false);
        assert_eq!((&"Việt Nam-Lào"[range], new), ("-", " - "));
    }
}
