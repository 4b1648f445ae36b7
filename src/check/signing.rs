//! Parties: their number and who signs for them.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::agreement::Field;
use crate::language::Language;
use crate::text::folding::Needle;

use super::case::Case;
use super::names::distinctive;
use super::passage::Passage;
use super::rule::Finder;
use super::text::Cover;

/// Finds words for two parties in an agreement of more.
pub(super) fn two_party_wording(case: &Case<'_>, finder: &mut Finder<'_>) {
    if case.agreement.parties.len() > 2 {
        number_wording(case, finder, 2, 3);
    }
}

/// Finds words for three or more parties in an agreement of two.
pub(super) fn many_party_wording(case: &Case<'_>, finder: &mut Finder<'_>) {
    if case.agreement.parties.len() == 2 {
        number_wording(case, finder, 3, 2);
    }
}

/// Finds words for `wrong` parties that are not part of words for `right`.
fn number_wording(case: &Case<'_>, finder: &mut Finder<'_>, wrong: usize, right: usize) {
    for passage in case
        .passages()
        .filter(|p| p.field.is_prose() || p.field.is_title())
    {
        let Some(pack) = case.pack(&passage.language) else {
            continue;
        };
        let lexicon = case.lexicon(&passage.language);
        let places = |number: usize| -> Vec<Range<usize>> {
            let phrases = if number == 2 {
                &lexicon.two
            } else {
                &lexicon.many
            };
            let phrases = phrases.iter();
            phrases
                .flat_map(|phrase| passage.folded.find(phrase))
                .collect()
        };
        let fitting = Cover::new(places(right));
        let all = places(wrong);
        let cover = Cover::new(all.iter().cloned());
        for range in &all {
            let longer = range.start..range.end + 1;
            let earlier = range.start.saturating_sub(1)..range.end;
            let part = cover.holds(&longer) || range.start > 0 && cover.holds(&earlier);
            if !part && !fitting.holds(range) {
                let finding = finder.finding().at(&passage.place(range));
                let finding = finding
                    .with("text", passage.at(range))
                    .with("right", pack.party_words(right).all.clone());
                let parties = case.agreement.parties.len().to_string();
                finder.push(finding.with("parties", parties).hint("write"));
            }
        }
    }
}

/// Finds a post or an office that names another party than its own.
pub(super) fn post_not_party(case: &Case<'_>, finder: &mut Finder<'_>) {
    let languages = case.agreement.languages.iter();
    let names: BTreeMap<&Language, Vec<Option<Needle>>> = languages
        .map(|language| (language, distinctive(case, language)))
        .collect();
    for passage in case.passages() {
        let (Field::Authority(own) | Field::Post(own) | Field::Office(own)) = passage.field else {
            continue;
        };
        let names = &names[&passage.language];
        let place = |name: &Needle| passage.folded.find(name).into_iter().next();
        if names
            .get(own)
            .and_then(Option::as_ref)
            .is_some_and(|name| place(name).is_some())
        {
            continue;
        }
        for (index, other) in names.iter().enumerate() {
            if let Some(range) = other.as_ref().and_then(place).filter(|_| index != own) {
                let path = |index: usize| case.positions.at(&format!("parties[{index}].name"));
                let finding = finder
                    .finding()
                    .at(&passage.place(&range))
                    .label("own", &path(own))
                    .label("other", &path(index));
                let party = case.agreement.parties[own].id.clone();
                finder.push(finding.with("party", party).hint("correct"));
            }
        }
    }
}

/// Finds somebody who signs twice: for two parties, twice for one, or as a witness too.
pub(super) fn signer_twice(case: &Case<'_>, finder: &mut Finder<'_>) {
    for language in &case.agreement.languages {
        let mut first: BTreeMap<&str, &Passage> = BTreeMap::new();
        let signs = |field| matches!(field, Field::Signatory(_) | Field::Witness(_));
        let names = case.passages();
        for passage in names.filter(|p| p.language == *language && signs(p.field)) {
            let name = passage.folded.text.as_str();
            if crate::agreement::open::placeholder(&passage.words).is_some() {
                continue;
            }
            match first.get(name) {
                None => {
                    first.insert(name, passage);
                }
                Some(first) => {
                    let finding = finder.finding().at(&passage.span);
                    let finding = finding.label("first", &first.span);
                    let finding = finding.with("name", passage.words.clone());
                    finder.push(finding.hint("correct"));
                }
            }
        }
    }
}

/// Finds a post with an abbreviation that the title writes out.
pub(super) fn abbreviated_post(case: &Case<'_>, finder: &mut Finder<'_>) {
    for passage in case.passages() {
        if !passage.field.is_post() {
            continue;
        }
        for (short, full) in case.watch(&passage.language).pairs("abbreviations") {
            for range in passage.folded.find(&short.folded) {
                let finding = finder.finding().at(&passage.place(&range));
                let finding = finding
                    .with("short", short.shown.as_str())
                    .with("full", full);
                finder.push(finding.hint("write"));
            }
        }
    }
}
