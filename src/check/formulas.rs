//! Formulas: what they need, and whether they fit together.

use crate::agreement::{GIVEN, Given};
use crate::source::Span;

use super::case::Case;
use super::rule::Finder;

/// Finds a key that gives something to a formula which no clause uses.
pub(super) fn formula_not_used(case: &Case<'_>, finder: &mut Finder<'_>) {
    for (formula, key) in GIVEN {
        let given = case.agreement.given(formula) != Some(Given::Absent);
        if given && !case.agreement.uses(formula) {
            let finding = finder.finding().at(&case.positions.at(key));
            let finding = finding.with("formula", formula).with("key", key);
            finder.push(finding.hint("use"));
        }
    }
}

/// Finds that the agreement may be ended with the consent of all, and by one alone.
pub(super) fn ended_twice(case: &Case<'_>, finder: &mut Finder<'_>) {
    let consent = places(case, "amendment").into_iter().next();
    for place in places(case, "termination") {
        if let Some(consent) = &consent {
            let finding = finder.finding().at(&place).label("consent", consent);
            finder.push(finding.hint("own-words"));
        }
    }
}

/// Returns where a formula is asked for.
fn places(case: &Case<'_>, name: &str) -> Vec<Span> {
    let mut places = Vec::new();
    for (path, formulas) in case.agreement.formulas() {
        for (index, _) in formulas.iter().enumerate().filter(|(_, it)| *it == name) {
            let path = format!("{path}.formula[{index}]");
            places.push(case.positions.at(&path));
        }
    }
    places
}
