//! Marks of Markdown, and of its dialects, that are printed as they stand.
//!
//! Input: a typed text and where in it signs are printed that Markdown could
//! have acted on. Output: those that were probably meant as marks.

use std::ops::Range;

use crate::diagnostic::Severity;

use super::slip::Slip;

/// Returns the slips; `literal` are the bytes at which signs are printed, in order.
pub(super) fn left_over(typed: &str, literal: &[usize]) -> Vec<Slip> {
    let mut slips = Vec::new();
    let mut runs = Vec::new();
    for &at in literal {
        match runs.last_mut() {
            Some(Range { start, end })
                if *end == at && typed[*start..].starts_with(&typed[at..=at]) =>
            {
                *end = at + 1;
            }
            _ => runs.push(at..at + 1),
        }
    }
    for (index, run) in runs.iter().enumerate() {
        let sign = Sign {
            typed,
            run: run.clone(),
        };
        let partner = runs
            .get(index + 1)
            .filter(|next| typed[run.clone()] == typed[(*next).clone()]);
        let Some((severity, hint)) = sign.meant(partner) else {
            continue;
        };
        let mut slip = Slip::new("mark-left-over", run.clone(), &[hint]);
        slip.severity = severity;
        slips.push(slip);
    }
    slips
}

/// Bytes on each side of a sign in which its word is looked for.
const NEAR: usize = 100;

/// A run of one sign.
struct Sign<'a> {
    typed: &'a str,
    run: Range<usize>,
}

impl Sign<'_> {
    fn letter(&self) -> char {
        self.typed[self.run.clone()].chars().next().unwrap_or(' ')
    }

    fn before(&self) -> char {
        self.typed[..self.run.start]
            .chars()
            .next_back()
            .unwrap_or(' ')
    }

    fn after(&self) -> char {
        self.typed[self.run.end..].chars().next().unwrap_or(' ')
    }

    /// Returns the word that the sign stands in, of a longer one what is near.
    fn word(&self) -> &str {
        let near = self
            .typed
            .floor_char_boundary(self.run.start.saturating_sub(NEAR));
        let far = self.typed.floor_char_boundary(self.run.end + NEAR);
        let before = self.typed[near..self.run.start].rsplit(char::is_whitespace);
        let after = self.typed[self.run.end..far].split(char::is_whitespace);
        let before = before.into_iter().next().map_or(0, str::len);
        let after = after.into_iter().next().map_or(0, str::len);
        &self.typed[self.run.start - before..self.run.end + after]
    }

    /// Tells how grave it is that the sign is printed, and what to do; `partner` is
    /// the next run of the same signs.
    fn meant(&self, partner: Option<&Range<usize>>) -> Option<(Severity, &'static str)> {
        let (before, after) = (self.before(), self.after());
        let many = self.run.len() > 1;
        let word = || self.word();
        let address =
            || word().contains('@') || word().contains("://") || word().starts_with("www.");
        match self.letter() {
            '*' => Some(self.star()),
            '_' if self.run.len() > 2 || address() => None,
            '_' if before.is_alphanumeric() && after.is_alphanumeric() => None,
            '_' if many => Some((Severity::Error, "stars")),
            '_' => Some((Severity::Warning, "stars")),
            '~' | '=' if many && !address() => Some((Severity::Error, "dialect")),
            ':' if self.run.len() > 2 => Some((Severity::Error, "dialect")),
            '`' | '^' => Some((Severity::Warning, "dialect")),
            // It ends a line only where another one follows.
            '\\' if after.is_whitespace() => Some((Severity::Warning, "dialect")),
            '$' => self
                .formula(partner)
                .then_some((Severity::Warning, "dialect")),
            '[' if after == '^' => Some((Severity::Error, "footnote")),
            ']' if after == '(' => Some((Severity::Error, "link")),
            // `[…]` is reported as what keeps a place.
            '[' | ']' if crate::agreement::open::placeholder(word()).is_some() => None,
            '[' | ']' => Some((Severity::Warning, "link")),
            _ => None,
        }
    }

    fn star(&self) -> (Severity, &'static str) {
        let (before, after) = (self.before(), self.after());
        let apart = |c: char| !c.is_alphabetic();
        let severity = match self.run.len() == 1 && apart(before) && apart(after) {
            true => Severity::Warning,
            false => Severity::Error,
        };
        let sign = |c: char| !c.is_alphanumeric() && !c.is_whitespace() && !is_mark(c);
        let hint =
            if sign(before) && !after.is_whitespace() || sign(after) && !before.is_whitespace() {
                "outside"
            } else if before.is_whitespace() || after.is_whitespace() {
                "space"
            } else {
                "partner"
            };
        (severity, hint)
    }

    /// Tells `$x$` from sums of money.
    fn formula(&self, partner: Option<&Range<usize>>) -> bool {
        let Some(partner) = partner else { return false };
        let inside = &self.typed[self.run.end..partner.start];
        let tight = |c: char| !c.is_whitespace();
        !self.before().is_alphanumeric()
            && inside.starts_with(tight)
            && inside.ends_with(tight)
            && !inside.contains('\n')
    }
}

/// Tells marks that stand above or below a Lao letter.
fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{eb1}' | '\u{eb4}'..='\u{ebc}' | '\u{ec8}'..='\u{ece}' | '\u{300}'..='\u{36f}')
}
