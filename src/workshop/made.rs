//! What comes of one agreement.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::Days;
use crate::diagnostic::Diagnostic;

use super::changed::Changed;
use super::file::OutputFile;
use super::survey::Counts;

/// What came of one agreement.
#[derive(Debug, Default)]
pub struct Made {
    /// Its id, once that is known.
    pub id: Option<String>,
    /// Its files; none where there is an error.
    pub files: Vec<OutputFile>,
    /// The product keys of all its files, by path, those included that were standing;
    /// none where that was not asked.
    pub products: BTreeMap<String, String>,
    /// The paths of files that gave findings while they were made.
    pub noted: BTreeSet<String>,
    /// What was found, errors included.
    pub findings: Vec<Diagnostic>,
    /// On which days the same would be found.
    pub days: Days,
    /// Whether the agreement says no day by which its documents could be dated, so that
    /// they have the date of the build.
    pub undated: bool,
    /// What is still to be done; nothing where that was not counted.
    pub counts: Option<Counts>,
    /// The texts that differ from what was signed, and are therefore refused.
    pub changed: Vec<Changed>,
}

impl Made {
    /// Tells whether anything came of it.
    pub fn is_whole(&self) -> bool {
        !self.files.is_empty() || !self.products.is_empty()
    }

    pub(super) fn forget_files(&mut self) {
        self.files.clear();
        self.products.clear();
        self.noted.clear();
    }
}

/// What was found in one agreement.
#[derive(Debug, Default)]
pub struct Checked {
    /// Its id, once that is known.
    pub id: Option<String>,
    /// What was found.
    pub findings: Vec<Diagnostic>,
}
