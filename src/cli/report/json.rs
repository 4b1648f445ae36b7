//! Findings as JSON, in the form that `docs/check-json.schema.json` describes.

use std::collections::BTreeMap;

use alternat::diagnostic::Diagnostic;
use alternat::messages::Messages;
use serde::Serialize;

use super::parts::{Counts, Place, hints, place, pretty, severity};

#[derive(Serialize)]
struct Finding<'a> {
    code: &'static str,
    severity: &'static str,
    message: String,
    /// The first place is where the finding stands.
    places: Vec<Place<'a>>,
    hints: Vec<String>,
    values: &'a BTreeMap<&'static str, String>,
}

fn finding<'a>(diagnostic: &'a Diagnostic, messages: &Messages) -> Finding<'a> {
    let label = |key: &str| messages.label(diagnostic, key);
    Finding {
        code: diagnostic.code,
        severity: severity(diagnostic.severity),
        message: messages.message(diagnostic),
        places: diagnostic
            .labels
            .iter()
            .map(|l| place(&l.span, l.key.map(label)))
            .collect(),
        hints: hints(diagnostic, messages),
        values: &diagnostic.values,
    }
}

#[derive(Serialize)]
struct Report<'a> {
    version: u32,
    language: &'static str,
    counts: Counts,
    findings: Vec<Finding<'a>>,
}

/// Returns the findings as `docs/check-json.schema.json` describes.
pub(crate) fn json(findings: &[Diagnostic], agreements: usize, messages: &Messages) -> String {
    pretty(&Report {
        version: 1,
        language: messages.language(),
        counts: Counts::new(findings, agreements),
        findings: findings.iter().map(|f| finding(f, messages)).collect(),
    })
}
