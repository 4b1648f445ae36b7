//! What templates see of who signs, where and when.
//!
//! Input: signatories, days and places of an agreement, and a language pack. Output:
//! values that Tera can read, with the pack's dotted line for a blank.

use chrono::NaiveDate;
use serde::Serialize;

use crate::agreement::{Agreement, Signing, Text};
use crate::language::pack::LanguagePack;

use super::parties::{PartyView, filled};

/// Who signs: the lines that stand above the name, and the name.
#[derive(Serialize)]
pub(super) struct SignatoryView {
    /// For whom, or in whose place; nothing where the signatory's own post says all.
    authority: Vec<String>,
    /// A blank is one line.
    post: Vec<String>,
    /// Whether the post is not known yet.
    blank_post: bool,
    name: String,
}

impl SignatoryView {
    pub(super) fn new(
        authority: Option<&Text>,
        post: &Text,
        name: &Text,
        pack: &LanguagePack,
    ) -> Self {
        let lines = |text: &Text| {
            let lines = filled(text, pack);
            lines.split('\n').map(str::to_owned).collect()
        };
        Self {
            authority: authority.map(lines).unwrap_or_default(),
            post: lines(post),
            blank_post: post.get(&pack.language).is_none(),
            name: filled(name, pack),
        }
    }
}

/// Where and when it is signed. Where each party signs on its own there is no single
/// day and place: a template that prints one fails.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum SigningView {
    Together(PlaceView),
    Apart {
        /// In the order of naming.
        apart: Vec<SignedApartView>,
    },
}

#[derive(Serialize)]
pub(super) struct PlaceView {
    #[serde(flatten)]
    day: DayView,
    place: String,
}

#[derive(Serialize)]
pub(super) struct SignedApartView {
    party: PartyView,
    #[serde(flatten)]
    at: PlaceView,
}

/// A day, in the forms of the language.
#[derive(Serialize)]
pub(super) struct DayView {
    date: String,
    date_long: String,
}

/// Returns a day, or blanks.
pub(super) fn day(date: Option<NaiveDate>, pack: &LanguagePack) -> DayView {
    let form = |form| date.map_or_else(|| pack.blank.clone(), |date| pack.date(date, form));
    DayView {
        date: form("numeric"),
        date_long: form("long"),
    }
}

/// Returns where and when it is signed, the parties in the order of naming.
pub(super) fn signing(
    agreement: &Agreement,
    order: &[usize],
    agreed: &[PartyView],
    pack: &LanguagePack,
) -> SigningView {
    let at = |date: Option<NaiveDate>, place: &Text| PlaceView {
        day: day(date, pack),
        place: filled(place, pack),
    };
    let entries = match &agreement.signing {
        Signing::Together { date, place } => return SigningView::Together(at(*date, place)),
        Signing::Apart(entries) => entries,
    };
    let of_party = |party: &usize| entries.iter().find(|entry| entry.party == *party);
    let entries = order.iter().filter_map(of_party);
    SigningView::Apart {
        apart: entries
            .map(|entry| SignedApartView {
                party: agreed[entry.party].clone(),
                at: at(entry.date, &entry.place),
            })
            .collect(),
    }
}
