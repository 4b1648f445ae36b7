//! Findings that are intended: an agreement allows a code at a place, with a
//! reason. An allowance that no longer fires is a finding itself.

use std::cell::Cell;
use std::collections::BTreeMap;

use crate::agreement::Allowance;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

use super::{Case, Finder, rule};

/// The allowances of an agreement whose code and place are known.
pub(super) struct Permits<'a> {
    by_code: BTreeMap<&'a str, Vec<Permit<'a>>>,
}

struct Permit<'a> {
    allowance: &'a Allowance,
    place: Span,
    /// Whether it has covered a finding.
    used: Cell<bool>,
}

impl<'a> Permits<'a> {
    pub(super) fn new(case: &Case<'a>) -> Self {
        let mut by_code: BTreeMap<&str, Vec<Permit<'a>>> = BTreeMap::new();
        let clauses = paths(case);
        let known = |allowance: &&Allowance| rule(&allowance.code).is_some();
        for allowance in case.agreement.allow.iter().filter(known) {
            let Some(place) = place(case, &clauses, allowance) else {
                continue;
            };
            by_code.entry(&allowance.code).or_default().push(Permit {
                allowance,
                place,
                used: Cell::new(false),
            });
        }
        Self { by_code }
    }

    /// Tells whether a finding is allowed, and remembers by which allowance.
    pub(super) fn cover(&self, finding: &Diagnostic) -> bool {
        let mut permits = self.by_code.get(finding.code).into_iter().flatten();
        let covers = |permit: &&Permit<'_>| {
            let mut spans = finding.labels.iter().map(|label| &label.span);
            spans.any(|span| permit.place.holds(span))
        };
        let permit = permits.find(covers);
        permit.inspect(|permit| permit.used.set(true)).is_some()
    }

    /// Returns the allowances that have covered nothing.
    fn idle(&self) -> Vec<&'a Allowance> {
        let permits = self.by_code.values().flatten();
        let idle = permits.filter(|permit| !permit.used.get());
        idle.map(|permit| permit.allowance).collect()
    }
}

/// Returns the key path of each clause by its id.
pub(super) fn paths<'a>(case: &Case<'a>) -> BTreeMap<&'a str, &'a str> {
    let clauses = case.agreement.clauses();
    clauses
        .map(|clause| (clause.id.as_str(), clause.path.as_str()))
        .collect()
}

/// Returns where an allowance applies: a key path, or a clause by its id.
fn place(case: &Case<'_>, clauses: &BTreeMap<&str, &str>, allowance: &Allowance) -> Option<Span> {
    let path = clauses.get(allowance.at.as_str()).copied();
    case.positions.exact(path.unwrap_or(&allowance.at))
}

/// Finds allowances of unknown codes or places.
pub(super) fn unknown_allowance(case: &Case<'_>, finder: &mut Finder<'_>) {
    let clauses = paths(case);
    for allowance in &case.agreement.allow {
        let path = &allowance.path;
        if rule(&allowance.code).is_none() {
            let finding = finder
                .finding()
                .at(&case.positions.at(&format!("{path}.code")));
            finder.push(finding.with("value", allowance.code.clone()).hint("codes"));
        } else if place(case, &clauses, allowance).is_none() {
            let finding = finder
                .finding()
                .at(&case.positions.at(&format!("{path}.at")));
            finder.push(finding.with("value", allowance.at.clone()).hint("places"));
        }
    }
}

/// Finds allowances that have covered nothing, after all other rules have run.
pub(super) fn unused_allowance(case: &Case<'_>, finder: &mut Finder<'_>) {
    for allowance in finder.permits.idle() {
        let finding = finder
            .finding()
            .at(&case.positions.at(&allowance.path))
            .with("code", allowance.code.clone())
            .with("at", allowance.at.clone());
        finder.push(finding.hint("remove"));
    }
}
