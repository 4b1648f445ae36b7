//! The one type in which every stage says what is wrong.
//!
//! A diagnostic is data: a code, the places it speaks of, and the values that
//! its sentences need. The sentences themselves are in `wording/<lang>.yaml`
//! (see [`crate::wording`]), so that an officer reads them in her language.

use std::collections::BTreeMap;

use crate::source::Span;

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; nothing need be done.
    Note,
    /// Probably a slip.
    Warning,
    /// The document cannot be made, or must not be signed, as it is.
    Error,
}

/// One finding, at one or several places.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// The stable name of the finding, a key of the wording files.
    pub code: &'static str,
    /// How grave it is.
    pub severity: Severity,
    /// Values for the `{name}` slots of the sentences.
    pub values: BTreeMap<&'static str, String>,
    /// The places, the first one being where the finding stands.
    pub labels: Vec<Label>,
    /// The remedies, as keys into the wording of this code.
    pub hints: Vec<&'static str>,
    /// Whole lines to show below the labels, such as a difference of texts.
    pub details: Vec<String>,
}

/// A place that a diagnostic points at.
#[derive(Clone, Debug)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What is said there, as a key into the wording of the code; the main
    /// place may say nothing.
    pub key: Option<&'static str>,
}

impl Diagnostic {
    /// Starts an error without a place.
    pub fn error(code: &'static str) -> Self {
        Self::new(code, Severity::Error)
    }

    /// Starts a finding of any severity without a place.
    pub fn new(code: &'static str, severity: Severity) -> Self {
        Self {
            code,
            severity,
            values: BTreeMap::new(),
            labels: Vec::new(),
            hints: Vec::new(),
            details: Vec::new(),
        }
    }

    /// Says where the finding stands.
    pub fn at(mut self, span: &Span) -> Self {
        self.labels.insert(
            0,
            Label {
                span: span.clone(),
                key: None,
            },
        );
        self
    }

    /// Fills the slot `{name}` of the sentences.
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.values.insert(name, value.into());
        self
    }

    /// Points at a further place; `key` names what is said there.
    pub fn label(mut self, key: &'static str, span: &Span) -> Self {
        self.labels.push(Label {
            span: span.clone(),
            key: Some(key),
        });
        self
    }

    /// Adds a remedy.
    pub fn hint(mut self, key: &'static str) -> Self {
        self.hints.push(key);
        self
    }

    /// Adds a line that is shown as it is.
    pub fn detail(mut self, line: impl Into<String>) -> Self {
        self.details.push(line.into());
        self
    }

    /// Makes an error a warning.
    pub fn soften(&mut self) {
        self.severity = self.severity.min(Severity::Warning);
    }

    /// Tells whether the finding is an error.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// Returns where the finding sorts: by source, by place, by code.
    pub fn place(&self) -> (&str, usize, &'static str) {
        match self.labels.first() {
            Some(label) => (
                label.span.source().name(),
                label.span.range().start,
                self.code,
            ),
            None => ("", 0, self.code),
        }
    }
}

/// A result together with the remarks that were made on the way to it.
#[derive(Clone, Debug)]
pub struct Warned<T> {
    /// What was asked for.
    pub output: T,
    /// Findings that did not prevent it.
    pub warnings: Vec<Diagnostic>,
}

/// Many findings instead of an output.
pub type Outcome<T> = Result<T, Vec<Diagnostic>>;
