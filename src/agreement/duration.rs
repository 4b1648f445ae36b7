//! The term, the renewal and the termination of a file: which of their forms is
//! written, and whether they can be so.
//!
//! Input: the mappings of these names. Output: a [`Term`], [`Renewal`], [`Termination`];
//! what mixes two forms, ends before it starts or is not there is reported at its key.

use crate::diagnostic::Diagnostic;

use super::form::{Decoder, Form};
use super::keys;
use super::model::{Agreement, GIVEN, Given};
use super::term::{Moment, Renewal, Term, Termination};

/// Formulas that speak of several languages.
const OF_LANGUAGES: [&str; 2] = ["prevailing-language", "several-languages"];

impl Decoder {
    /// Reads the term of the agreement itself, which is printed: years or days, not
    /// one of each.
    pub(super) fn own_term(&mut self, form: &Form<'_>) -> Term {
        // An amendment may have a term of its own.
        if form.get("amends").is_some() && form.get("term").is_none() {
            return Term::OfAmended;
        }
        let term = self.term(form);
        if let Term::Between {
            from: Some(from),
            to: Some(to),
        } = term
        {
            let (key, right) = match (from, to) {
                (Moment::Day(_), Moment::Year(_)) => ("term.to", to.last_day()),
                (Moment::Year(_), Moment::Day(_)) => ("term.from", from.first_day()),
                (Moment::Day(_), Moment::Day(_)) | (Moment::Year(_), Moment::Year(_)) => {
                    return term;
                }
            };
            let other = if key == "term.to" {
                "term.from"
            } else {
                "term.to"
            };
            let fault = Diagnostic::error("mixed-term")
                .at(&self.positions.at(key))
                .label("other", &self.positions.at(other))
                .with("right", right.unwrap_or_default().to_string());
            self.faults.push(fault.hint("day"));
        }
        term
    }

    /// Reads a term in any of its forms.
    pub(super) fn term(&mut self, form: &Form<'_>) -> Term {
        let Some(node) = form.filled("term") else {
            return Term::default();
        };
        let Some(term) = self.form(node, &form.path("term"), &keys::TERM) else {
            return Term::default();
        };
        let from = self.moment(&term, "from");
        let open = term
            .filled("to")
            .filter(|to| to.text().map(str::trim) == Some(keys::OPEN));
        let to = match open {
            Some(_) => None,
            None => self.moment(&term, "to"),
        };
        let years = self.number(&term, "years");
        if let (Some(from), Some(to)) = (from, to)
            && from.first_day() > to.last_day()
        {
            let fault = Diagnostic::error("term-ends-before-start")
                .at(&self.positions.at(&term.path("to")))
                .label("start", &self.positions.at(&term.path("from")));
            self.faults.push(fault.hint("swap"));
        }
        let bound = ["from", "to"].iter().find(|key| term.filled(key).is_some());
        if let (Some(years), Some(bound)) = (term.filled("years"), bound) {
            let fault = Diagnostic::error("years-and-dates")
                .at(&years.span)
                .label("other", &self.positions.at(&term.path(bound)));
            self.faults.push(fault.hint("one"));
        }
        let counted = term.get("years").is_some() && bound.is_none();
        match (
            open,
            counted && (years.is_some() || term.get("from").is_none()),
        ) {
            (_, true) => Term::Years(years),
            (Some(_), false) => Term::Since(from),
            (None, false) => Term::Between { from, to },
        }
    }

    pub(super) fn renewal(&mut self, form: &Form<'_>) -> Option<Renewal> {
        form.get("renewal")?;
        let renewal = self.part(form, "renewal", &keys::RENEWAL);
        Some(Renewal {
            years: self.number(&renewal, "years"),
            notice_months: self.number(&renewal, "notice_months"),
        })
    }

    pub(super) fn termination(&mut self, form: &Form<'_>) -> Option<Termination> {
        form.get("termination")?;
        let termination = self.part(form, "termination", &keys::TERMINATION);
        Some(Termination {
            notice_months: self.number(&termination, "notice_months"),
        })
    }

    /// Reports each formula that would print what the file does not give, or what one
    /// language alone does not have.
    pub(super) fn formulas_are_given(&mut self, agreement: &Agreement) {
        for (path, formulas) in agreement.formulas() {
            for (index, formula) in formulas.iter().enumerate() {
                let at = self.positions.at(&format!("{path}.formula[{index}]"));
                if self.languages.len() == 1 && OF_LANGUAGES.contains(&formula.as_str()) {
                    let fault = Diagnostic::error("one-language-formula").at(&at);
                    let fault = fault.label("languages", &self.positions.at("languages"));
                    let fault = fault.with("formula", formula);
                    self.faults.push(fault.hint("remove"));
                    continue;
                }
                let given = GIVEN.iter().find(|(name, _)| name == formula);
                let Some((name, key)) = given else { continue };
                if agreement.given(name) == Some(Given::Absent) {
                    let fault = Diagnostic::error("formula-not-given").at(&at);
                    let fault = fault.with("formula", *name).with("key", *key);
                    self.faults.push(fault.hint(key));
                }
            }
        }
    }
}
