//! Findings that are intended: an agreement allows a code at a place, with a
//! reason. An allowance that no longer fires is a finding itself.

use crate::agreement::Allowance;

use super::BLANK;
use super::case::Case;
use super::permits::{paths, place};
use super::rule::Finder;

/// Finds allowances of unknown codes or places.
pub(super) fn unknown_allowance(case: &Case<'_>, finder: &mut Finder<'_>) {
    let clauses = paths(case);
    for allowance in &case.agreement.allow {
        let path = &allowance.path;
        let same = |other: &&Allowance| other.path == allowance.path;
        if finder.permits().unknown.iter().any(same) {
            let finding = finder
                .finding()
                .at(&case.positions.at(&format!("{path}.code")));
            let hint = if allowance.code == BLANK {
                "blank"
            } else {
                "codes"
            };
            finder.push(finding.with("value", allowance.code.clone()).hint(hint));
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
    for allowance in finder.permits().idle() {
        let finding = finder
            .finding()
            .at(&case.positions.at(&allowance.path))
            .with("code", allowance.code.clone())
            .with("at", allowance.at.clone());
        finder.push(finding.hint("remove"));
    }
}
