//! The allowances of an agreement: which findings they cover.

use std::cell::Cell;
use std::collections::BTreeMap;

use crate::agreement::Allowance;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

use super::case::Case;

/// The allowances of an agreement whose code and place are known.
pub(super) struct Permits<'a> {
    by_code: BTreeMap<&'a str, Vec<Permit<'a>>>,
    /// The allowances of codes that no rule has.
    pub(super) unknown: Vec<&'a Allowance>,
}

struct Permit<'a> {
    allowance: &'a Allowance,
    place: Span,
    /// Whether it has covered a finding.
    used: Cell<bool>,
}

impl<'a> Permits<'a> {
    /// Takes the allowances whose code is `known` and whose place there is.
    pub(super) fn new(case: &Case<'a>, known: impl Fn(&str) -> bool) -> Self {
        let mut by_code: BTreeMap<&str, Vec<Permit<'a>>> = BTreeMap::new();
        let clauses = paths(case);
        let mut unknown = Vec::new();
        for allowance in &case.agreement.allow {
            if !known(&allowance.code) {
                unknown.push(allowance);
                continue;
            }
            let Some(place) = place(case, &clauses, allowance) else {
                continue;
            };
            by_code.entry(&allowance.code).or_default().push(Permit {
                allowance,
                place,
                used: Cell::new(false),
            });
        }
        Self { by_code, unknown }
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
    pub(super) fn idle(&self) -> Vec<&'a Allowance> {
        let permits = self.by_code.values().flatten();
        let idle = permits.filter(|permit| !permit.used.get());
        idle.map(|permit| permit.allowance).collect()
    }
}

/// Returns the key path of each clause and annex, and of each point that has an id, by
/// id.
pub(super) fn paths<'a>(case: &Case<'a>) -> BTreeMap<&'a str, &'a str> {
    let mut paths = BTreeMap::new();
    for clause in case.agreement.clauses() {
        paths.insert(clause.id.as_str(), clause.path.as_str());
        let points = clause.points.iter();
        paths.extend(points.filter_map(|point| Some((point.id.as_deref()?, point.path.as_str()))));
    }
    let annexes = case.agreement.annexes.iter();
    paths.extend(annexes.map(|annex| (annex.id.as_str(), annex.path.as_str())));
    paths
}

/// Returns where an allowance applies: a key path, or a clause or point by its id.
pub(super) fn place(
    case: &Case<'_>,
    clauses: &BTreeMap<&str, &str>,
    allowance: &Allowance,
) -> Option<Span> {
    let path = clauses.get(allowance.at.as_str()).copied();
    case.positions.exact(path.unwrap_or(&allowance.at))
}
