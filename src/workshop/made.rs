//! What comes of one agreement.

use crate::diagnostic::Diagnostic;

use super::changed::Changed;
use super::file::OutputFile;

/// What came of one agreement.
#[derive(Debug, Default)]
pub struct Made {
    /// Its id, once that is known.
    pub id: Option<String>,
    /// Its files; none where there is an error.
    pub files: Vec<OutputFile>,
    /// What was found, errors included.
    pub findings: Vec<Diagnostic>,
    /// The texts that differ from what was signed, and are therefore refused.
    pub changed: Vec<Changed>,
}

/// What was found in one agreement.
#[derive(Debug, Default)]
pub struct Checked {
    /// Its id, once that is known.
    pub id: Option<String>,
    /// What was found.
    pub findings: Vec<Diagnostic>,
}
