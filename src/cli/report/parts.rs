//! What all reports are made of: counts, places, hints.

use alternat::diagnostic::{Diagnostic, Severity};
use alternat::messages::Messages;
use alternat::source::Span;
use serde::Serialize;

/// Returns the name of a severity, a key of the wording's words.
pub(crate) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// Counts findings by severity.
#[derive(Serialize)]
pub(super) struct Counts {
    agreements: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
}

impl Counts {
    pub(super) fn new(findings: &[Diagnostic], agreements: usize) -> Self {
        let count = |severity| findings.iter().filter(|f| f.severity == severity).count();
        Self {
            agreements,
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            notes: count(Severity::Note),
        }
    }
}

/// Returns the last line of a check that people read.
pub(crate) fn summary(findings: &[Diagnostic], agreements: usize, messages: &Messages) -> String {
    let counts = Counts::new(findings, agreements);
    let numbers = [
        ("agreements", counts.agreements),
        ("errors", counts.errors),
        ("warnings", counts.warnings),
        ("notes", counts.notes),
    ];
    messages.counted("check-summary", &numbers)
}

/// A place in a file; lines and columns count from 1, columns in characters,
/// bytes from 0.
#[derive(Serialize)]
pub(super) struct Place<'a> {
    pub(super) file: &'a str,
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) end_line: usize,
    pub(super) end_column: usize,
    start_byte: usize,
    end_byte: usize,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
}

pub(super) fn place<'a>(span: &'a Span, message: Option<String>) -> Place<'a> {
    let (range, source) = (span.range(), span.source());
    Place {
        file: source.name(),
        line: source.line_of(range.start),
        column: source.column_of(range.start),
        end_line: source.line_of(range.end),
        end_column: source.column_of(range.end),
        start_byte: range.start,
        end_byte: range.end,
        text: span.text(),
        message,
    }
}

pub(super) fn hints(diagnostic: &Diagnostic, messages: &Messages) -> Vec<String> {
    let hints = diagnostic.hints.iter();
    hints.map(|key| messages.hint(diagnostic, key)).collect()
}

/// Returns a value as JSON that people can read, too.
pub(crate) fn pretty(value: &impl Serialize) -> String {
    let text = serde_json::to_string_pretty(value);
    let mut text = text.expect("the report holds only strings, numbers and lists");
    text.push('\n');
    text
}
