//! Findings as SARIF 2.1.0, for code scanning.

use alternat::check::RULES;
use alternat::diagnostic::Diagnostic;
use alternat::messages::Messages;
use alternat::source::Span;

use super::parts::{hints, place, pretty, severity};

/// Returns the findings as SARIF 2.1.0.
pub(crate) fn sarif(findings: &[Diagnostic], messages: &Messages) -> String {
    let rules: Vec<serde_json::Value> = RULES.iter().map(|rule| {
        serde_json::json!({
            "id": rule.code,
            "shortDescription": {"text": messages.title(rule.code)},
            "fullDescription": {"text": messages.get(&format!("codes.{}.explain", rule.code)).unwrap_or(rule.code)},
            "defaultConfiguration": {"level": severity(rule.severity)},
            "properties": {"family": rule.family.name(), "error": rule.number},
        })
    }).collect();
    let results: Vec<serde_json::Value> =
        findings.iter().map(|f| sarif_result(f, messages)).collect();
    pretty(&serde_json::json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "alternat",
                "version": env!("CARGO_PKG_VERSION"),
                "language": messages.language(),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    }))
}

fn sarif_result(diagnostic: &Diagnostic, messages: &Messages) -> serde_json::Value {
    let location = |span: &Span| {
        let place = place(span, None);
        serde_json::json!({
            "artifactLocation": {"uri": uri(place.file)},
            "region": {
                "startLine": place.line,
                "startColumn": place.column,
                "endLine": place.end_line,
                "endColumn": place.end_column,
            },
        })
    };
    let mut places = diagnostic.labels.iter();
    let first = places.next();
    let main: Vec<_> = first
        .map(|l| serde_json::json!({"physicalLocation": location(&l.span)}))
        .into_iter()
        .collect();
    let related: Vec<_> = places
        .map(|l| {
            let text = l
                .key
                .map(|key| messages.label(diagnostic, key))
                .unwrap_or_default();
            serde_json::json!({"physicalLocation": location(&l.span), "message": {"text": text}})
        })
        .collect();
    let text = [
        vec![messages.message(diagnostic)],
        hints(diagnostic, messages),
    ]
    .concat()
    .join("\n");
    serde_json::json!({
        "ruleId": diagnostic.code,
        "level": severity(diagnostic.severity),
        "message": {"text": text},
        "locations": main,
        "relatedLocations": related,
    })
}

/// Returns a file's name as a relative URI.
fn uri(file: &str) -> String {
    let mut uri = String::new();
    for byte in file.replace('\\', "/").bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => {
                uri.push(char::from(byte))
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}
