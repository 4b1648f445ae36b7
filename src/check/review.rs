//! What is still blank, and whether a reviewed translation is still the one
//! that was reviewed.

use crate::agreement::open::Reason;
use crate::agreement::review::digests;

use super::case::Case;
use super::rule::Finder;

/// Finds a part whose text changed after its translation was reviewed.
pub(super) fn stale_translation(case: &Case<'_>, finder: &mut Finder<'_>) {
    let clauses = super::permits::paths(case);
    for (language, review) in &case.agreement.review {
        if review.digests.is_empty() {
            continue;
        }
        for (part, digest) in digests(case.agreement, language) {
            if review.digests.get(&part) == Some(&digest) {
                continue;
            }
            let path = clauses.get(part.as_str()).copied();
            // What is no clause and no annex is a key of the form.
            let path = path.unwrap_or(&part);
            let finding = finder
                .finding()
                .at(&case.positions.at(path))
                .label("review", &case.positions.at(&format!("review.{language}")))
                .with("part", part.as_str())
                .with("language", language.0.clone())
                .with("by", review.by.clone());
            finder.push(finding.hint("review"));
        }
    }
}

/// Finds a review that cannot notice later changes.
pub(super) fn review_without_digests(case: &Case<'_>, finder: &mut Finder<'_>) {
    for (language, review) in &case.agreement.review {
        if review.digests.is_empty() && *language != case.agreement.drafted_in {
            let finding = finder
                .finding()
                .at(&case.positions.at(&format!("review.{language}")));
            finder.push(finding.with("language", language.0.clone()).hint("record"));
        }
    }
}

/// Finds blanks in an agreement that is to be signed or has been.
pub(super) fn blank_in_original(case: &Case<'_>, finder: &mut Finder<'_>) {
    unfinished(case, finder, Reason::Blank);
}

/// Finds placeholders in an agreement that is to be signed or has been.
pub(super) fn placeholder_in_original(case: &Case<'_>, finder: &mut Finder<'_>) {
    unfinished(case, finder, Reason::Placeholder);
}

fn unfinished(case: &Case<'_>, finder: &mut Finder<'_>, reason: Reason) {
    for point in case.open.iter().filter(|point| point.reason == reason) {
        let finding = finder.finding().at(&case.positions.at(&point.path));
        finder.push(finding.with("path", point.path.as_str()).hint("write"));
    }
}
