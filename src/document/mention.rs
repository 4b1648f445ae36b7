//! Mentions of parties, the enumerations that they make, and references to clauses.

use std::ops::Range;

/// The scheme of a link that mentions a party: `[the words](party:bac-giang)`.
pub const MENTION: &str = "party:";

/// What follows the id of a mention that keeps its place: `party:bac-giang!`.
const FIXED: char = '!';

/// Returns the party that a link's target mentions, and whether the mention keeps
/// its place.
pub fn mentioned(target: &str) -> Option<(&str, bool)> {
    let party = target.strip_prefix(MENTION)?;
    let fixed = party.strip_suffix(FIXED);
    Some((fixed.unwrap_or(party), fixed.is_some()))
}

/// The scheme of a link that refers to a clause or to a point:
/// `[](clause:exchanges)`, `[these words](clause:exchanges)`.
pub const REFERENCE: &str = "clause:";

/// The scheme of a link that refers to an annex: `[](annex:plan)`.
pub const ANNEX: &str = "annex:";

/// Returns the clause, point or annex that a link's target refers to.
pub fn referenced(target: &str) -> Option<&str> {
    let clause = target.strip_prefix(REFERENCE);
    clause.or_else(|| target.strip_prefix(ANNEX))
}

/// Tells whether a link's target refers to an annex, and not to a clause.
pub fn is_to_annex(target: &str) -> bool {
    target.starts_with(ANNEX)
}

/// Several parties, named in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The names, as indices of the text's items.
    pub items: Range<usize>,
    /// Whether the names may change places.
    pub verdict: Verdict,
}

/// Whether the names of an enumeration may change places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// They follow the order of the original.
    Moves,
    /// The writer has said that they stay.
    Fixed,
    /// Nothing says in this language that the parties act together.
    Apart,
    /// Something is assigned to them one by one, or to one of them alone.
    Assigned,
    /// Another language names others here, or in another way.
    Differs,
}
