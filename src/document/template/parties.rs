//! What templates see of the parties.
//!
//! Input: the parties of an agreement, and a language pack. Output: values that Tera can
//! read, with the pack's dotted line for a blank.

use serde::Serialize;

use crate::agreement::register::Renamed;
use crate::agreement::{Agreement, Party, Signing, Text};
use crate::language::pack::LanguagePack;

use super::super::markdown;

/// A party, as a template sees it.
#[derive(Clone, Serialize)]
pub(super) struct PartyView {
    pub(super) id: String,
    /// The party's place in the agreed order, from 1.
    pub(super) number: usize,
    pub(super) name: String,
    pub(super) short: String,
    /// None of a party that is of no state, or need not name it.
    pub(super) state: Option<String>,
    pub(super) office: String,
    pub(super) person: Option<String>,
    pub(super) address: String,
    pub(super) phone: String,
    pub(super) fax: Option<String>,
    pub(super) email: String,
    /// In Markdown: a link where it is a web address in full.
    pub(super) website: Option<String>,
    pub(super) messaging: Option<String>,
}

/// What a successor takes over, as a template sees it.
#[derive(Serialize)]
pub(super) struct SuccessionView {
    /// In agreed order.
    parties: Vec<SuccessorView>,
    /// Whether it is known where it was signed.
    placed: bool,
}

/// A party of what is taken over.
#[derive(Serialize)]
struct SuccessorView {
    /// Its id now.
    id: String,
    /// Its name in running text then.
    short: String,
    /// Its name now, where that is another.
    now: Option<String>,
}

impl SuccessionView {
    pub(super) fn new(agreement: &Agreement, renamed: &[Renamed], pack: &LanguagePack) -> Self {
        let parties = agreement.parties.iter().enumerate();
        let parties = parties.map(|(index, party)| {
            let renamed = renamed.iter().find(|renamed| renamed.index == index);
            SuccessorView {
                id: renamed.map_or(&party.id, |renamed| &renamed.id).clone(),
                short: filled(party.short_name(), pack),
                now: renamed
                    .and_then(|renamed| renamed.short(&pack.language))
                    .map(str::to_owned),
            }
        });
        let place = match &agreement.signing {
            Signing::Together { place, .. } => place.get(&pack.language),
            Signing::Apart(_) => None,
        };
        Self {
            parties: parties.collect(),
            placed: place.is_some(),
        }
    }
}

/// Returns the text in the pack's language, or its blank.
pub(super) fn filled(text: &Text, pack: &LanguagePack) -> String {
    text.get(&pack.language).unwrap_or(&pack.blank).to_owned()
}

/// Returns a text that may be left out, as [`filled`].
pub(super) fn optional(text: Option<&Text>, pack: &LanguagePack) -> Option<String> {
    text.map(|text| filled(text, pack))
}

fn value(value: Option<&String>, pack: &LanguagePack) -> String {
    value.unwrap_or(&pack.blank).clone()
}

/// Returns the parties in agreed order.
pub(super) fn parties(agreement: &Agreement, pack: &LanguagePack) -> Vec<PartyView> {
    let parties = agreement.parties.iter().enumerate();
    parties
        .map(|(index, party)| party_view(index, party, pack))
        .collect()
}

fn party_view(index: usize, party: &Party, pack: &LanguagePack) -> PartyView {
    let contact = &party.contact;
    PartyView {
        number: index + 1,
        id: party.id.clone(),
        name: filled(&party.name, pack),
        short: filled(party.short_name(), pack),
        state: optional(party.state.as_ref(), pack),
        // The colon behind it is the template's.
        office: filled(&contact.office, pack)
            .trim_end_matches([':', ' '])
            .to_owned(),
        person: optional(contact.person.as_ref(), pack),
        address: filled(&contact.address, pack),
        phone: value(contact.phone.as_ref(), pack),
        fax: contact.fax.clone(),
        email: value(contact.email.as_ref(), pack),
        website: contact.website.as_deref().map(markdown::linked),
        messaging: contact.messaging.clone(),
    }
}
