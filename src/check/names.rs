//! Names and terms that are written in another way than the glossary, or the
//! agreement itself, writes them.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::agreement::Language;
use crate::glossary::TermKind;
use crate::yaml;

use super::passage::{Field, Passage};
use super::text::{self, Folded};
use super::{Case, Finder};

/// Returns `name` without the word for province, city or district at its
/// ends: `Bắc Giang` of `tỉnh Bắc Giang`.
pub(super) fn core<'a>(name: &'a str, units: &[String]) -> &'a str {
    let lowered = text::lower(name);
    // A letter may change its length with its case; then the whole name is
    // compared.
    if lowered.len() != name.len() {
        return name;
    }
    for unit in units.iter().map(|unit| text::lower(unit)) {
        let front = lowered.starts_with(&unit) && text::is_whole(&lowered, 0..unit.len());
        if front && lowered.len() > unit.len() {
            return name[unit.len()..].trim();
        }
        let at = lowered.len().saturating_sub(unit.len());
        if at > 0 && lowered.ends_with(&unit) && text::is_whole(&lowered, at..lowered.len()) {
            return name[..at].trim();
        }
    }
    name
}

/// Returns the part of each party's name that sets it apart from the others.
pub(super) fn distinctive(case: &Case<'_>, language: &Language) -> Vec<Option<String>> {
    let names: Vec<Option<&str>> = case
        .agreement
        .parties
        .iter()
        .map(|party| party.name.get(language))
        .collect();
    let mut known = names.iter().flatten();
    let first = known.next().copied().unwrap_or_default();
    let shared = known.fold(first.len(), |shared, name| shared.min(common(first, name)));
    let units = case.watch(language).list("unit_words");
    let part = |name: &str| {
        let cut = (0..=shared)
            .rev()
            .find(|at| name.is_char_boundary(*at) && starts_word(name, *at));
        let part = core(name[cut.unwrap_or_default()..].trim(), units);
        (!part.is_empty() && cut.is_some_and(|cut| cut > 0)).then(|| text::lower(part))
    };
    names.into_iter().map(|name| name.and_then(part)).collect()
}

/// Returns how many bytes two names have in common from their start.
fn common(one: &str, two: &str) -> usize {
    let pairs = one.chars().zip(two.chars());
    pairs
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .sum()
}

fn starts_word(name: &str, at: usize) -> bool {
    let spaced = name[..at]
        .chars()
        .next_back()
        .is_none_or(char::is_whitespace);
    spaced || name[at..].chars().next().is_some_and(text::is_lao)
}

/// A wording that is right, with what is not to be written instead of it.
struct Right {
    /// All right wordings, folded; the first one is the one to suggest.
    wordings: Vec<String>,
    shown: String,
    avoid: Vec<String>,
}

/// Shorter names are too likely to be something else without their marks.
const SHORTEST_NAME: usize = 5;

fn names(case: &Case<'_>, language: &Language) -> Vec<Right> {
    let units = case.watch(language).list("unit_words");
    let mut names = Vec::new();
    for (term, _) in case.shared.glossary.in_language(language) {
        if term.kind == TermKind::Name {
            let right: Vec<&str> = term.right(language).map(|name| core(name, units)).collect();
            let avoid = term.avoid.get(language).into_iter().flatten();
            names.push(Right {
                wordings: right.iter().map(|name| text::lower(name)).collect(),
                shown: right[0].to_owned(),
                avoid: avoid.map(|variant| text::lower(variant)).collect(),
            });
        }
    }
    for party in &case.agreement.parties {
        for text in [&party.name, &party.signatory.name]
            .into_iter()
            .chain(&party.short)
        {
            if let Some(name) = text.get(language) {
                names.push(Right {
                    wordings: vec![text::lower(name)],
                    shown: name.to_owned(),
                    avoid: Vec::new(),
                });
            }
        }
    }
    names
}

/// Finds names that differ from the right ones by marks, joints or spelling.
pub(super) fn name_variant(case: &Case<'_>, finder: &mut Finder<'_>) {
    for language in &case.agreement.languages {
        let names = names(case, language);
        let right: BTreeSet<&String> = names.iter().flat_map(|name| &name.wordings).collect();
        let skeletons: Vec<String> = names
            .iter()
            .map(|n| Folded::skeleton(&n.shown).text)
            .collect();
        for passage in case
            .passages()
            .filter(|passage| passage.language == *language)
        {
            let skeleton = Folded::skeleton(&passage.words);
            let mut found: Vec<(Range<usize>, &Right)> = Vec::new();
            for (name, bones) in names.iter().zip(&skeletons) {
                if bones.chars().count() >= SHORTEST_NAME {
                    let places = skeleton.find_joined(bones, &passage.words);
                    found.extend(places.map(|range| (range, name)));
                }
                for variant in &name.avoid {
                    found.extend(passage.folded.find(variant).map(|range| (range, name)));
                }
            }
            // Addresses of the net are written without accents.
            let net = text::addresses(&passage.words);
            found.retain(|(range, _)| {
                !net.iter()
                    .any(|(other, _)| other.start <= range.start && range.end <= other.end)
            });
            for (range, name) in found {
                let typed = passage.at(&range);
                if right.contains(&text::lower(typed)) || within(passage, &range, &right) {
                    continue;
                }
                let finding = finder.finding().at(&passage.place(&range));
                let finding = finding
                    .with("typed", typed)
                    .with("right", name.shown.clone());
                finder.push(finding.hint("write"));
            }
        }
    }
}

/// Tells whether the range is part of a right name.
fn within(passage: &Passage, range: &Range<usize>, right: &BTreeSet<&String>) -> bool {
    let holds = |place: Range<usize>| place.start <= range.start && range.end <= place.end;
    right
        .iter()
        .any(|name| passage.folded.find(name).any(holds))
}

/// Finds wordings that the glossary asks not to use.
pub(super) fn glossary_variant(case: &Case<'_>, finder: &mut Finder<'_>) {
    for passage in case.passages() {
        for (term, shown) in case.shared.glossary.in_language(&passage.language) {
            if term.kind == TermKind::Name {
                continue;
            }
            let owned: Vec<String> = term.right(&passage.language).map(text::lower).collect();
            let right = owned.iter().collect();
            for variant in term.avoid.get(&passage.language).into_iter().flatten() {
                for range in passage.folded.find(&text::lower(variant)) {
                    if !within(passage, &range, &right) {
                        let finding = finder.finding().at(&passage.place(&range));
                        let finding = finding.label("entry", &term.span);
                        let finding = finding.with("typed", passage.at(&range));
                        finder.push(finding.with("right", shown).hint("write"));
                    }
                }
            }
        }
    }
}

/// Finds fixed wordings of at least three words that are right but for a mark:
/// "thông nhất ký kết".
pub(super) fn formula_slip(case: &Case<'_>, finder: &mut Finder<'_>) {
    for language in &case.agreement.languages {
        let formulas = formulas(case, language);
        for passage in case.passages().filter(|p| p.language == *language) {
            if matches!(passage.field, Field::Signatory(_)) {
                continue;
            }
            let bare = Folded::bare(&passage.words);
            for (folded, right) in &formulas {
                for range in bare.find(folded) {
                    let range = text::trimmed(&passage.words, range);
                    let typed = text::lower(passage.at(&range));
                    let wanted = text::lower(right);
                    if yaml::unordered(&typed) != yaml::unordered(&wanted) {
                        let finding = finder.finding().at(&passage.place(&range));
                        let finding = finding.with("typed", passage.at(&range));
                        finder.push(finding.with("right", right.clone()).hint("write"));
                    }
                }
            }
        }
    }
}

/// Returns the fixed wordings of the glossary, folded and as they are.
fn formulas(case: &Case<'_>, language: &Language) -> Vec<(String, String)> {
    let mut formulas = Vec::new();
    for (term, _) in case.shared.glossary.in_language(language) {
        if term.kind == TermKind::Name {
            continue;
        }
        for wording in term.right(language) {
            for part in wording.split(['{', '}']).step_by(2).map(str::trim) {
                let lao = part.chars().filter(|c| text::is_lao(*c)).count();
                if part.split_whitespace().count() >= 3 && lao == 0 || lao >= 12 {
                    formulas.push((Folded::bare(part).text, part.to_owned()));
                }
            }
        }
    }
    formulas
}
