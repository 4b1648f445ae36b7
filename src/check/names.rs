//! Names and terms that are written in another way than the glossary, or the
//! agreement itself, writes them.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::language::Language;
use crate::language::glossary::TermKind;
use crate::language::names::{core, own_parts};
use crate::text::folding::Needle;
use crate::text::letters;

use super::case::Case;
use super::lexicon::Right;
use super::rule::Finder;
use super::text::{self, Cover};

/// Returns the part of each party's name that sets it apart from the others,
/// without the word for province, city or district.
pub(super) fn distinctive(case: &Case<'_>, language: &Language) -> Vec<Option<Needle>> {
    let parties = case.agreement.parties.iter();
    let names: Vec<Option<&str>> = parties.map(|party| party.name.get(language)).collect();
    let units = case.watch(language).list("unit_words");
    let part = |part: Option<&str>| {
        let part = core(part?.trim(), units);
        (!part.is_empty()).then(|| Needle::lower(part))
    };
    own_parts(&names).into_iter().map(part).collect()
}

/// Returns the names of the agreement's own parties and signatories.
fn own_names(case: &Case<'_>, language: &Language) -> Vec<Right> {
    let (mut names, mut seen) = (Vec::new(), BTreeSet::new());
    for party in &case.agreement.parties {
        let signatories = party.signatories.iter().map(|signatory| &signatory.name);
        for text in std::iter::once(&party.name)
            .chain(signatories)
            .chain(&party.short)
        {
            if let Some(name) = text.get(language).filter(|name| seen.insert(*name)) {
                names.push(Right::new(vec![Needle::lower(name)], name, Vec::new()));
            }
        }
    }
    names
}

/// Finds names that differ from the right ones by marks, joints or spelling.
pub(super) fn name_variant(case: &Case<'_>, finder: &mut Finder<'_>) {
    for language in &case.agreement.languages {
        let own = own_names(case, language);
        let names = case.lexicon(language).names.iter().chain(&own);
        let wordings = names.clone().flat_map(|name| &name.wordings);
        let right: BTreeSet<&str> = wordings.clone().map(Needle::as_str).collect();
        for passage in case
            .passages()
            .filter(|passage| passage.language == *language)
        {
            let mut found: Vec<(Range<usize>, &Right)> = Vec::new();
            for name in names.clone() {
                if let Some(bones) = &name.bones {
                    let like = passage.joined.find_joined(bones, &passage.words);
                    found.extend(like.into_iter().map(|range| (range, name)));
                }
                for variant in &name.avoid {
                    let typed = passage.folded.find(variant);
                    found.extend(typed.into_iter().map(|range| (range, name)));
                }
            }
            // Addresses of the net are written without accents.
            let addresses = Cover::new(passage.addresses.iter().map(|(range, _)| range.clone()));
            found.retain(|(range, _)| {
                !addresses.holds(range) && !right.contains(text::lower(passage.at(range)).as_str())
            });
            if found.is_empty() {
                continue;
            }
            let whole = Cover::new(wordings.clone().flat_map(|name| passage.folded.find(name)));
            found.retain(|(range, _)| !whole.holds(range));
            for (range, name) in found {
                let typed = passage.at(&range);
                let finding = finder.finding().at(&passage.place(&range));
                let finding = finding
                    .with("typed", typed)
                    .with("right", name.shown.clone());
                finder.push(finding.hint("write"));
            }
        }
    }
}

/// Finds wordings that the glossary asks not to use.
pub(super) fn glossary_variant(case: &Case<'_>, finder: &mut Finder<'_>) {
    for passage in case.passages() {
        let terms = case.glossary().entries.iter();
        for (term, words) in terms.zip(&case.lexicon(&passage.language).terms) {
            if term.kind == TermKind::Name || words.avoid.is_empty() {
                continue;
            }
            let Some(shown) = term.by_language.get(&passage.language) else {
                continue;
            };
            let variants = words.avoid.iter();
            let found: Vec<Range<usize>> = variants.flat_map(|v| passage.folded.find(v)).collect();
            if found.is_empty() {
                continue;
            }
            let right = Cover::new(words.right.iter().flat_map(|w| passage.folded.find(w)));
            for range in found.iter().filter(|range| !right.holds(range)) {
                let finding = finder.finding().at(&passage.place(range));
                let finding = finding.label("entry", &term.span);
                let finding = finding.with("typed", passage.at(range));
                finder.push(finding.with("right", shown.as_str()).hint("write"));
            }
        }
    }
}

/// Finds fixed wordings of at least three words that are right but for a mark:
/// "thông nhất ký kết".
pub(super) fn formula_slip(case: &Case<'_>, finder: &mut Finder<'_>) {
    for language in &case.agreement.languages {
        let formulas = &case.lexicon(language).formulas;
        for passage in case.passages().filter(|p| p.language == *language) {
            if passage.field.is_person() {
                continue;
            }
            for (bare, right) in formulas {
                for range in passage.bare.find(bare) {
                    let range = text::trimmed(&passage.words, range);
                    let typed = text::lower(passage.at(&range));
                    let wanted = right.folded.as_str();
                    let same =
                        typed == wanted || letters::unordered(&typed) == letters::unordered(wanted);
                    if !same {
                        let finding = finder.finding().at(&passage.place(&range));
                        let finding = finding.with("typed", passage.at(&range));
                        finder.push(finding.with("right", right.shown.clone()).hint("write"));
                    }
                }
            }
        }
    }
}
