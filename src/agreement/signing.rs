//! Who signs by a file, where and when: all parties together, or each on its own.
//!
//! Input: the mappings of signatories and witnesses, and `signing`. Output: a
//! [`Signatory`] for each, a [`Witness`], and a [`Signing`]; a party that
//! signs twice, or that is forgotten, is reported at its key.

use crate::diagnostic::Diagnostic;
use crate::text::yaml::Node;

use super::form::{Decoder, Form};
use super::keys;
use super::model::Party;
use super::signatures::{Signatory, SignedApart, Signing, Witness};

impl Decoder {
    /// Reads who signs for a party: one, or several under each other.
    pub(super) fn signatories(&mut self, party: &Form<'_>) -> Vec<Signatory> {
        let several = self.list(party, "signatories", |decoder, node, path| {
            let form = decoder.form(node, path, &keys::SIGNATORY)?;
            Some(decoder.signatory(&form))
        });
        if let (Some(one), Some(_)) = (party.filled("signatory"), party.filled("signatories")) {
            let other = self.positions.at(&party.path("signatories"));
            let fault = Diagnostic::error("two-forms").at(&one.span);
            let fault = fault.label("other", &other).with("key", "signatory");
            self.faults
                .push(fault.with("other", "signatories").hint("one"));
        }
        if several.is_empty() {
            let form = self.part(party, "signatory", &keys::SIGNATORY);
            return vec![self.signatory(&form)];
        }
        several
    }

    fn signatory(&mut self, form: &Form<'_>) -> Signatory {
        Signatory {
            authority: self.optional_text(form, "authority"),
            post: self.text(form, "post"),
            name: self.text(form, "name"),
        }
    }

    pub(super) fn witness(&mut self, node: &Node, path: &str) -> Option<Witness> {
        let form = self.form(node, path, &keys::WITNESS)?;
        Some(Witness {
            post: self.text(&form, "post"),
            name: self.text(&form, "name"),
        })
    }

    pub(super) fn signing(&mut self, form: &Form<'_>, parties: &[Party]) -> Signing {
        let signing = self.part(form, "signing", &keys::SIGNING);
        if signing.filled("by").is_none() {
            return Signing::Together {
                date: self.date(&signing, "date"),
                place: self.text(&signing, "place"),
            };
        }
        let once = ["date", "place"].into_iter();
        if let Some(key) = once.clone().find(|key| signing.filled(key).is_some()) {
            let fault = Diagnostic::error("two-forms")
                .at(&self.positions.at(&signing.path(key)))
                .label("other", &self.positions.at(&signing.path("by")))
                .with("key", key)
                .with("other", "by");
            self.faults.push(fault.hint("one"));
        }
        Signing::Apart(self.signed_apart(&signing, parties))
    }

    fn signed_apart(&mut self, signing: &Form<'_>, parties: &[Party]) -> Vec<SignedApart> {
        let mut entries: Vec<SignedApart> = Vec::new();
        let mut paths: Vec<String> = Vec::new();
        let items = self.items(signing, "by");
        let sound = items.len();
        for (node, path) in items {
            let Some(form) = self.form(node, &path, &keys::SIGNED_APART) else {
                continue;
            };
            let Some(id) = form.get("party").and_then(|node| self.id(node)) else {
                continue;
            };
            self.subject.clone_from(&id);
            let entry = SignedApart {
                party: 0,
                date: self.date(&form, "date"),
                place: self.text(&form, "place"),
            };
            let at = self.positions.at(&form.path("party"));
            let Some(party) = parties.iter().position(|party| party.id == id) else {
                let known: Vec<&str> = parties.iter().map(|party| party.id.as_str()).collect();
                let fault = Diagnostic::error("unknown-party").at(&at);
                let fault = fault.with("party", &*id).with("parties", known.join(", "));
                self.faults.push(fault.nearest(&id, known).hint("known"));
                continue;
            };
            if let Some(first) = entries.iter().position(|entry| entry.party == party) {
                let fault = Diagnostic::error("party-signs-twice")
                    .at(&at)
                    .label("first", &self.positions.at(&paths[first]))
                    .with("party", id);
                self.faults.push(fault.hint("one"));
            }
            paths.push(form.path("party"));
            entries.push(SignedApart { party, ..entry });
        }
        for (index, party) in parties.iter().enumerate() {
            let signs = entries.iter().any(|entry| entry.party == index);
            // With an entry that cannot be read it may be that one.
            if !signs && entries.len() == sound {
                let fault = Diagnostic::error("party-does-not-sign")
                    .at(&self.positions.at(&signing.path("by")))
                    .with("party", &party.id);
                self.faults.push(fault.hint("add"));
            }
        }
        entries
    }
}
