//! What templates see of originals: how many there are, who holds and who keeps them.

use serde::Serialize;

use crate::agreement::{Agreement, OriginalForm};
use crate::language::Language;
use crate::language::pack::LanguagePack;

use super::super::edition::{self, Edition, Purpose};
use super::parties::filled;
use super::quantity::quantity;

/// The originals of one kind that a party keeps.
#[derive(Serialize)]
pub(super) struct KeptView {
    /// Of a joint original, all languages.
    language: String,
    originals: Vec<KeptOriginalView>,
}

/// One original in a party's keeping.
#[derive(Serialize)]
pub(super) struct KeptOriginalView {
    /// Its number among all of its kind.
    number: usize,
    of: usize,
    file: String,
}

#[derive(Serialize)]
pub(super) struct OriginalView {
    pub(super) code: String,
    pub(super) language: String,
    pub(super) words: String,
    pub(super) figures: String,
    pub(super) said: String,
}

#[derive(Serialize)]
pub(super) struct HolderView {
    pub(super) name: String,
    pub(super) number: usize,
    pub(super) of: usize,
    pub(super) language: String,
}

/// Returns how many originals there are of each kind.
pub(super) fn originals(
    agreement: &Agreement,
    languages: &[Language],
    pack: &LanguagePack,
) -> Vec<OriginalView> {
    let number = quantity(pack, agreement.originals_of_a_kind());
    let view = |languages: &[Language]| {
        let codes: Vec<&str> = languages.iter().map(|l| l.0.as_str()).collect();
        OriginalView {
            code: codes.join("-"),
            language: names_of(languages, pack).join(" - "),
            words: number.words.clone(),
            figures: number.figures.clone(),
            said: number.said.clone(),
        }
    };
    match agreement.originals.form {
        OriginalForm::Separate => languages.chunks(1).map(view).collect(),
        OriginalForm::Joint => vec![view(languages)],
    }
}

pub(super) fn names_of(languages: &[Language], pack: &LanguagePack) -> Vec<String> {
    let names = languages.iter().map(|language| pack.name_of(language));
    names.map(str::to_owned).collect()
}

/// Returns what a party keeps: of each kind its originals, by number and file, the
/// kinds in the order of naming.
pub(super) fn kept(
    agreement: &Agreement,
    holder: usize,
    order: &[Language],
    pack: &LanguagePack,
) -> Vec<KeptView> {
    let mut views: Vec<KeptView> = Vec::new();
    let mut originals = edition::originals_of(agreement, holder);
    originals.sort_by_key(|original| {
        let leading = original.languages.first();
        order.iter().position(|language| Some(language) == leading)
    });
    for original in originals {
        let Purpose::Original { copy, .. } = original.purpose else {
            continue;
        };
        if copy == 1 {
            views.push(KeptView {
                language: names_of(&original.languages, pack).join(" - "),
                originals: Vec::new(),
            });
        }
        let view = KeptOriginalView {
            number: edition::number_of(agreement, holder, copy),
            of: agreement.originals_of_a_kind(),
            file: original.path.trim_start_matches("originals/").to_owned() + ".pdf",
        };
        if let Some(kind) = views.last_mut() {
            kind.originals.push(view);
        }
    }
    views
}

pub(super) fn holder(
    agreement: &Agreement,
    edition: &Edition,
    pack: &LanguagePack,
) -> Option<HolderView> {
    let Purpose::Original { holder, copy } = edition.purpose else {
        return None;
    };
    Some(HolderView {
        name: filled(agreement.parties[holder].short_name(), pack),
        number: edition::number_of(agreement, holder, copy),
        of: agreement.originals_of_a_kind(),
        language: pack.name_of(&pack.language).to_owned(),
    })
}
