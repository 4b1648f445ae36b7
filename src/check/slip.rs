//! A slip: one place where what is printed is not what was typed.

use std::ops::Range;

use crate::diagnostic::Severity;
use crate::source::Span;

/// One place where what is printed is not what was typed.
pub(super) struct Slip {
    pub(super) code: &'static str,
    pub(super) severity: Severity,
    /// The bytes of the typed text.
    pub(super) range: Range<usize>,
    /// What is printed instead.
    pub(super) printed: Option<String>,
    pub(super) hints: Vec<&'static str>,
}

impl Slip {
    pub(super) fn new(code: &'static str, range: Range<usize>, hints: &[&'static str]) -> Self {
        Self {
            code,
            severity: Severity::Error,
            range,
            printed: None,
            hints: hints.to_vec(),
        }
    }
}

/// A slip with the words it is about, at its place in the file.
pub(super) struct Placed {
    pub(super) slip: Slip,
    pub(super) text: String,
    pub(super) span: Span,
}
