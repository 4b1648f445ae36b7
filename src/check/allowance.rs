//! Findings that are intended: an agreement allows a code at a place, with a
//! reason. An allowance that no longer fires is a finding itself.

use crate::agreement::Allowance;
use crate::diagnostic::{Diagnostic, Findings};
use crate::source::Span;

use super::{Case, Finder, rule};

/// Takes away the allowed findings and reports the allowances without one.
pub(super) fn apply(case: &Case<'_>, mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut idle = Findings::default();
    for allowance in &case.agreement.allow {
        let Some(place) = place(case, allowance) else {
            continue;
        };
        if rule(&allowance.code).is_none() {
            continue;
        }
        let before = found.len();
        found.retain(|finding| {
            let mut spans = finding.labels.iter().map(|label| &label.span);
            finding.code != allowance.code || !spans.any(|span| place.holds(span))
        });
        if found.len() == before
            && let Some(unused) = rule("unused-allowance")
        {
            let finding = Diagnostic::new(unused.code, unused.severity)
                .at(&case.positions.at(&allowance.path))
                .with("code", allowance.code.clone())
                .with("at", allowance.at.clone());
            idle.push(finding.hint("remove"));
        }
    }
    found.extend(idle.into_list());
    found
}

/// Returns where an allowance applies: a key path, or a clause by its id.
fn place(case: &Case<'_>, allowance: &Allowance) -> Option<Span> {
    let mut clauses = case.agreement.clauses();
    let clause = clauses.find(|clause| clause.id == allowance.at);
    match clause {
        Some(clause) => case.positions.exact(&clause.path),
        None => case.positions.exact(&allowance.at),
    }
}

/// Finds allowances of unknown codes or places.
pub(super) fn unknown_allowance(case: &Case<'_>, finder: &mut Finder<'_>) {
    for allowance in &case.agreement.allow {
        let path = &allowance.path;
        if rule(&allowance.code).is_none() {
            let finding = finder
                .finding()
                .at(&case.positions.at(&format!("{path}.code")));
            finder.push(finding.with("value", allowance.code.clone()).hint("codes"));
        } else if place(case, allowance).is_none() {
            let finding = finder
                .finding()
                .at(&case.positions.at(&format!("{path}.at")));
            finder.push(finding.with("value", allowance.at.clone()).hint("places"));
        }
    }
}

/// Does nothing: unused allowances are known only after all rules have run.
pub(super) fn later(_: &Case<'_>, _: &mut Finder<'_>) {}
