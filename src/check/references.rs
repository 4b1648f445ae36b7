//! Clauses that texts refer to, typed (`khoản 2 Mục I`) or marked
//! (`[](clause:visits)`).
//!
//! What counts as a number of a clause is what the pack's `references` say. The
//! words around it tell whether it is one of this agreement: those of laws and
//! treaties are not ours to judge.

use std::ops::Range;

use crate::document::edition::TextKind;
use crate::document::outline::Outline;
use crate::language::pack::LanguagePack;
use crate::text::folding::{Needle, is_whole, lower};

use super::case::Case;
use super::parity;
use super::passage::{Passage, Reference};
use super::rule::Finder;

/// The levels at which a number starts, as packs call them; then those below.
const HEADS: [&str; 3] = ["section", "article", "annex"];
const BELOW: [&str; 3] = ["clause", "point", "dash"];

/// How many words after a number may tell that it is one of this agreement.
const NEAR: usize = 6;

/// A level of a number in a text: `khoản 2`.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Mark {
    /// In the folded words.
    range: Range<usize>,
    level: &'static str,
    /// The number, folded.
    number: String,
}

/// Finds clauses that one language refers to more often than another.
pub(super) fn reference_mismatch(case: &Case<'_>, finder: &mut Finder<'_>) {
    parity::each_pair(case, |first, other| {
        for (here, there) in [(first, other), (other, first)] {
            for reference in parity::unmatched(&here.references, &there.references, |r| &r.id) {
                let finding = parity::lacking(finder, here, &reference.range, there);
                finder.push(finding.with("clause", &reference.id).hint("mark"));
            }
        }
    });
}

/// Finds references whose typed words name another number than their clause has.
pub(super) fn reference_number(case: &Case<'_>, finder: &mut Finder<'_>) {
    for (passage, pack) in passages(case) {
        for reference in passage.references.iter().filter(|found| !found.computed) {
            let words = lower(passage.at(&reference.range));
            let Some(target) = case.references.get(&reference.id) else {
                continue;
            };
            let levels = target.number.levels(pack);
            let is_its_own = |mark: &Mark| {
                let mut levels = levels.iter();
                levels.any(|(level, number)| *level == mark.level && lower(number) == mark.number)
            };
            if marks(&words, pack).iter().any(|mark| !is_its_own(mark)) {
                let finding = finder.finding().at(&passage.place(&reference.range));
                let finding = finding
                    .with("text", passage.at(&reference.range))
                    .with("clause", &reference.id)
                    .with("now", target.number.reference(pack));
                finder.push(finding.hint("compute"));
            }
        }
    }
}

/// Finds typed numbers of clauses that this agreement does not have.
pub(super) fn clause_number(case: &Case<'_>, finder: &mut Finder<'_>) {
    // The numbers that an amendment names are those of the agreement that it amends.
    if case.agreement.amends.is_some() {
        return;
    }
    let order: Vec<usize> = (0..case.agreement.parties.len()).collect();
    let outline = Outline::of(case.agreement, TextKind::Agreement, &order);
    for (passage, pack) in passages(case) {
        let words = passage.folded.after(0);
        let mut seen: Vec<&str> = Vec::new();
        for chain in chains(&marks(words, pack), words, pack) {
            let (Some(head), Some(last)) = (chain.first(), chain.last()) else {
                continue;
            };
            let typed = &words[last.range.start.min(head.range.start)..head.range.end];
            if seen.contains(&typed) || stands(&chain, &outline, pack) {
                continue;
            }
            seen.push(typed);
            for range in passage.folded.find(&Needle::new(typed.to_owned())) {
                let marked = |found: &Reference| {
                    found.range.start <= range.start && range.end <= found.range.end
                };
                if is_ours(case, passage, &range) && !passage.references.iter().any(marked) {
                    let finding = finder.finding().at(&passage.place(&range));
                    finder.push(finding.with("text", passage.at(&range)).hint("refer"));
                }
            }
        }
    }
}

fn passages<'a>(case: &'a Case<'_>) -> impl Iterator<Item = (&'a Passage, &'a LanguagePack)> {
    let passages = case.passages().filter(|passage| passage.field.is_prose());
    passages.filter_map(|passage| Some((passage, case.pack(&passage.language)?)))
}

/// Tells whether the agreement has what the levels of `chain` name.
fn stands(chain: &[Mark], outline: &Outline, pack: &LanguagePack) -> bool {
    outline.sections.iter().any(|section| {
        let heading = section.heading.iter();
        let mut headings = heading.map(|heading| vec![(heading.level(), heading.number.clone())]);
        let numbers = section.parts.iter().filter_map(|part| part.about.number());
        let mut numbers = numbers.map(|number| number.levels(pack));
        let begins = |levels: Vec<(&str, String)>| {
            levels.len() >= chain.len()
                && chain.iter().zip(&levels).all(|(mark, (level, number))| {
                    mark.level == *level && mark.number == lower(number)
                })
        };
        headings.any(begins) || numbers.any(begins)
    })
}

/// Tells whether the words after a number leave no other instrument that it could
/// be of: the sentence ends, or it says "of this agreement".
fn is_ours(case: &Case<'_>, passage: &Passage, number: &Range<usize>) -> bool {
    let rest = passage.words[number.end..].trim_start_matches(' ');
    let ends = |letter: char| matches!(letter, '.' | ';' | ':' | ')' | '\n' | '!' | '?');
    if rest.chars().next().is_none_or(ends) {
        return true;
    }
    let same = rest.split(|letter| ends(letter) || letter == ',').next();
    let near: Vec<&str> = same.into_iter().flat_map(str::split_whitespace).collect();
    let near = lower(&near[..near.len().min(NEAR)].join(" "));
    let this = case.watch(&passage.language).list("this");
    this.iter().any(|this| near.contains(this.folded.as_str()))
}

/// Returns the numbers in `words`: each from its head down, the outermost first.
fn chains(marks: &[Mark], words: &str, pack: &LanguagePack) -> Vec<Vec<Mark>> {
    let mut chains = Vec::new();
    for head in marks.iter().filter(|mark| HEADS.contains(&mark.level)) {
        let mut chain = vec![head.clone()];
        for level in BELOW {
            let joint = joint(pack, level);
            let start = chain.last().map_or(0, |mark| mark.range.start);
            let next = marks.iter().find(|mark| {
                mark.level == level
                    && mark.range.end <= start
                    && ["", joint.as_str()]
                        .contains(&words[mark.range.end..start].trim_matches([' ', ',']))
            });
            match next {
                Some(next) => chain.push(next.clone()),
                None => break,
            }
        }
        chains.push(chain);
    }
    chains
}

/// Returns the words between a level and the one that it is of: `of`.
fn joint(pack: &LanguagePack, level: &str) -> String {
    let (_, after) = form(pack, level);
    let after = after.split_once(' ').map_or("", |(_, joint)| joint);
    lower(after.replace("{of}", "").trim())
}

/// Returns what a pack writes before and after the number of a level.
fn form<'a>(pack: &'a LanguagePack, level: &str) -> (&'a str, &'a str) {
    let form = pack.reference(level);
    form.split_once("{number}").unwrap_or((form, ""))
}

/// Returns the levels of numbers in folded `words`, in order.
fn marks(words: &str, pack: &LanguagePack) -> Vec<Mark> {
    let mut marks = Vec::new();
    for level in HEADS.into_iter().chain(BELOW) {
        let (before, after) = form(pack, level);
        let before = lower(before.trim());
        let close = after.split(' ').next().unwrap_or_default();
        if before.is_empty() {
            continue;
        }
        for (at, found) in words.match_indices(&before) {
            let start = at + found.len();
            let rest = words[start..].trim_start_matches(' ');
            let number: String = rest.chars().take_while(|c| c.is_alphanumeric()).collect();
            let from = words.len() - rest.len();
            let range = at..from + number.len() + close.len();
            if is_number(level, &number, pack)
                && words[range.end - close.len()..].starts_with(close)
                && is_whole(words, range.clone())
            {
                marks.push(Mark {
                    range,
                    level,
                    number,
                });
            }
        }
    }
    marks.sort_by_key(|mark| mark.range.start);
    marks
}

/// Tells whether `number` can be one at a level.
fn is_number(level: &str, number: &str, pack: &LanguagePack) -> bool {
    let figures = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    match level {
        "annex" if figures => true,
        "section" | "annex" => {
            !number.is_empty() && number.bytes().all(|byte| b"ivxlc".contains(&byte))
        }
        "point" => (1..=LETTERS).any(|place| lower(&pack.letter(place)) == number),
        "dash" => figures || pack.numbers().iter().any(|word| lower(word) == number),
        _ => figures,
    }
}

/// As many letters as a clause has points in practice.
const LETTERS: usize = 60;
