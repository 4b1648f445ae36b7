//! What a rule is, and whom it hands its findings to.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Findings, Severity};

use super::case::Case;
use super::permits::Permits;

/// Which part of an agreement a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// The same in every language.
    Parity,
    /// Copies, numbers and what they add up to.
    Figures,
    /// Term, dates and predecessor.
    Dates,
    /// Parties, their names and their order.
    Parties,
    /// Whom to write to.
    Contacts,
    /// Formulas, terms and style.
    Wording,
    /// Letters, marks and digits.
    Script,
    /// Blanks, reviews and allowances.
    Record,
}

impl Family {
    /// Returns the family's name.
    pub fn name(self) -> &'static str {
        match self {
            Family::Parity => "parity",
            Family::Figures => "figures",
            Family::Dates => "dates",
            Family::Parties => "parties",
            Family::Contacts => "contacts",
            Family::Wording => "wording",
            Family::Script => "script",
            Family::Record => "record",
        }
    }
}

/// One rule.
pub struct Rule {
    /// The stable name, a key of the wording files.
    pub code: &'static str,
    /// The error of `docs/rules.md` that it finds; empty where it is our own.
    pub number: &'static str,
    /// How grave a finding is.
    pub severity: Severity,
    /// What it is about.
    pub family: Family,
    pub(super) run: fn(&Case<'_>, &mut Finder<'_>),
}

/// What a rule hands its findings to.
pub(super) struct Finder<'r> {
    code: &'static str,
    severity: Severity,
    found: Findings,
    permits: &'r Permits<'r>,
    seen: BTreeSet<Place>,
}

/// A finding's file, byte, code and values.
type Place = (String, usize, &'static str, BTreeMap<&'static str, String>);

impl<'r> Finder<'r> {
    pub(super) fn new(permits: &'r Permits<'r>) -> Self {
        Self {
            code: "",
            severity: Severity::Note,
            found: Findings::default(),
            permits,
            seen: BTreeSet::new(),
        }
    }

    /// Runs a rule.
    pub(super) fn apply(&mut self, rule: &Rule, case: &Case<'_>) {
        (self.code, self.severity) = (rule.code, rule.severity);
        (rule.run)(case, self);
    }

    pub(super) fn into_findings(self) -> Vec<Diagnostic> {
        self.found.into_list()
    }

    /// Starts a finding of the rule.
    pub(super) fn finding(&self) -> Diagnostic {
        Diagnostic::new(self.code, self.severity)
    }

    /// Takes a finding, unless it is allowed or known: one slip may be met twice,
    /// by way of a name that holds another.
    pub(super) fn push(&mut self, finding: Diagnostic) {
        if self.permits.cover(&finding) {
            return;
        }
        if !self.found.is_full(finding.code) {
            let (file, place, code) = finding.place();
            let place = (file.to_owned(), place, code, finding.values.clone());
            if !self.seen.insert(place) {
                return;
            }
        }
        self.found.push(finding);
    }

    /// Returns the allowances of the agreement, as far as they have been used.
    pub(super) fn permits(&self) -> &'r Permits<'r> {
        self.permits
    }
}
