//! How far an agreement has come: what is open, and what is wrong, at a glance.

use serde::{Deserialize, Serialize};

use crate::agreement::open::{self, Reason};
use crate::agreement::{Agreement, load};
use crate::check::STALE;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Source;

use super::shop::Workshop;

/// An agreement at a glance.
#[derive(Debug)]
pub struct Survey {
    /// The agreement; none where the file is none.
    pub agreement: Option<Agreement>,
    /// What is still to be done.
    pub counts: Counts,
}

/// How many things are still to be done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Values that are not known yet, or that only a stand-in stands for.
    pub blanks: usize,
    /// Languages that nobody has read.
    pub unreviewed: usize,
    /// Parts that were changed after somebody had read them.
    pub stale: usize,
    /// Errors that rules find, or for which the file is no agreement.
    pub errors: usize,
    /// Warnings, without the stale parts.
    pub warnings: usize,
}

impl Workshop {
    /// Reads an agreement and applies the rules to it. No text is rendered: what only
    /// a template, a lock or a page shows, `Workshop::check` tells.
    pub fn survey(&self, source: &Source) -> Survey {
        let (reading, mut findings) = match self.read(source) {
            Ok(read) => read,
            Err(findings) => {
                return Survey {
                    agreement: None,
                    counts: counted(findings.iter()),
                };
            }
        };
        findings.extend(self.rules(&reading));
        Survey {
            counts: Counts::of(&reading.agreement, findings.iter()),
            agreement: Some(reading.agreement),
        }
    }

    /// As [`Workshop::survey`], where `counts` were counted of the same file, with the
    /// same materials, and on a day that finds the same: no rule is applied again.
    pub fn recall(&self, source: &Source, counts: Counts) -> Survey {
        match load::load_with(source, &self.register) {
            Ok(loaded) => Survey {
                agreement: Some(loaded.agreement),
                counts,
            },
            Err(_) => self.survey(source),
        }
    }
}

impl Counts {
    /// Counts what is to be done of an agreement in which rules found `findings`.
    pub(super) fn of<'a>(
        agreement: &Agreement,
        findings: impl Iterator<Item = &'a Diagnostic>,
    ) -> Self {
        let mut counts = counted(findings);
        for point in open::points(agreement) {
            match point.reason {
                Reason::Blank | Reason::Placeholder => counts.blanks += 1,
                Reason::Unreviewed => counts.unreviewed += 1,
            }
        }
        counts
    }
}

fn counted<'a>(findings: impl Iterator<Item = &'a Diagnostic>) -> Counts {
    let mut counts = Counts::default();
    for finding in findings {
        match finding.severity {
            _ if finding.code == STALE => counts.stale += 1,
            Severity::Error => counts.errors += 1,
            Severity::Warning => counts.warnings += 1,
            Severity::Note => {}
        }
    }
    counts
}
