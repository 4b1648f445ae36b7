//! How far an agreement has come: what is open, and what is wrong, at a glance.

use crate::agreement::Agreement;
use crate::agreement::open::{self, Reason};
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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
                    counts: counted(&findings),
                };
            }
        };
        findings.extend(self.rules(&reading));
        let mut counts = counted(&findings);
        for point in open::points(&reading.agreement) {
            match point.reason {
                Reason::Blank | Reason::Placeholder => counts.blanks += 1,
                Reason::Unreviewed => counts.unreviewed += 1,
            }
        }
        Survey {
            agreement: Some(reading.agreement),
            counts,
        }
    }
}

fn counted(findings: &[Diagnostic]) -> Counts {
    let count = |severity, stale| {
        let such = findings.iter();
        such.filter(|it| it.severity == severity && (it.code == STALE) == stale)
            .count()
    };
    Counts {
        stale: findings.iter().filter(|it| it.code == STALE).count(),
        errors: count(Severity::Error, false),
        warnings: count(Severity::Warning, false),
        ..Counts::default()
    }
}
