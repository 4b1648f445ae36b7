//! What a file says is due, in the entries under `due`.
//!
//! Input: the list. Output: an [`Appointment`] for each entry; an entry that says
//! nothing, and a party that there is not, are reported at their keys.

use crate::diagnostic::Diagnostic;
use crate::text::yaml::{Node, Value};

use super::appointment::{Appointment, AppointmentKind};
use super::form::{Decoder, Form};
use super::keys;
use super::model::Party;

impl Decoder {
    pub(super) fn appointments(&mut self, form: &Form<'_>, parties: &[Party]) -> Vec<Appointment> {
        let mut appointments = Vec::new();
        let mut paths = Vec::new();
        for (node, path) in self.items(form, "due") {
            if let Some(form) = self.form(node, &path, &keys::DUE) {
                appointments.extend(self.appointment(&form, parties));
                paths.push(path);
            }
        }
        let ids = appointments.iter().map(|entry| entry.id.as_str());
        self.unique(ids.zip(paths.iter().map(String::as_str)));
        appointments
    }

    fn appointment(&mut self, form: &Form<'_>, parties: &[Party]) -> Option<Appointment> {
        let id = form.get("id").and_then(|node| self.id(node));
        self.subject = id.clone().unwrap_or_default();
        let kind = self.choice(form, "kind", &keys::APPOINTMENTS);
        // A blank kind is not known yet; a wrong one was reported.
        let kind = kind.unwrap_or(AppointmentKind::Other);
        let what = form.filled("what").and_then(|node| self.line(node));
        let on = self.date(form, "on");
        let every_months = self.number(form, "every_months");
        // Only a review has a day of its own: the middle of the term.
        if kind != AppointmentKind::Review {
            self.need(form, "on");
        }
        if kind == AppointmentKind::Other {
            self.need(form, "what");
        }
        Some(Appointment {
            id: id.unwrap_or_default(),
            kind,
            what,
            on,
            every_months,
            parties: self.those_due(form, parties),
        })
    }

    /// Reads the ids of parties: one, or a list of them.
    fn those_due(&mut self, form: &Form<'_>, parties: &[Party]) -> Vec<usize> {
        let Some(node) = form.filled("parties") else {
            return Vec::new();
        };
        let items: Vec<&Node> = match &node.value {
            Value::List(items) => items.iter().collect(),
            _ => vec![node],
        };
        let mut found = Vec::new();
        for item in items {
            let Some(id) = self.id(item) else { continue };
            match parties.iter().position(|party| party.id == id) {
                Some(party) => found.push(party),
                None => {
                    let known: Vec<&str> = parties.iter().map(|party| party.id.as_str()).collect();
                    let fault = Diagnostic::error("unknown-party").at(&item.span);
                    let fault = fault.with("party", &*id).with("parties", known.join(", "));
                    self.faults.push(fault.nearest(&id, known).hint("known"));
                }
            }
        }
        found
    }
}
