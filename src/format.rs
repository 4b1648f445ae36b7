//! Findings for programs: JSON, SARIF and GitHub's workflow commands.
//!
//! Input: findings in the order in which they are to be printed. Output: text.

use std::collections::BTreeMap;

use alternat::check::RULES;
use alternat::diagnostic::{Diagnostic, Severity};
use alternat::source::Span;
use alternat::typeset::SignaturePlace;
use alternat::wording::Wording;
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
struct Counts {
    agreements: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
}

impl Counts {
    fn new(findings: &[Diagnostic], agreements: usize) -> Self {
        let count = |severity| findings.iter().filter(|f| f.severity == severity).count();
        Self {
            agreements,
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            notes: count(Severity::Note),
        }
    }
}

/// Returns the last line that people read.
pub(crate) fn summary(findings: &[Diagnostic], agreements: usize, wording: &Wording) -> String {
    let counts = Counts::new(findings, agreements);
    let slots = [
        ("{agreements}", counts.agreements),
        ("{errors}", counts.errors),
        ("{warnings}", counts.warnings),
        ("{notes}", counts.notes),
    ];
    let pattern = wording.word("check-summary").to_owned();
    slots.iter().fold(pattern, |line, (slot, number)| {
        line.replace(slot, &number.to_string())
    })
}

/// A place in a file; lines and columns count from 1, columns in characters,
/// bytes from 0.
#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    start_byte: usize,
    end_byte: usize,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
}

fn place<'a>(span: &'a Span, message: Option<String>) -> Place<'a> {
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

fn finding<'a>(diagnostic: &'a Diagnostic, wording: &Wording) -> Finding<'a> {
    let label = |key: &str| wording.label(diagnostic, key);
    Finding {
        code: diagnostic.code,
        severity: severity(diagnostic.severity),
        message: wording.message(diagnostic),
        places: diagnostic
            .labels
            .iter()
            .map(|l| place(&l.span, l.key.map(label)))
            .collect(),
        hints: hints(diagnostic, wording),
        values: &diagnostic.values,
    }
}

fn hints(diagnostic: &Diagnostic, wording: &Wording) -> Vec<String> {
    let hints = diagnostic.hints.iter();
    hints.map(|key| wording.hint(diagnostic, key)).collect()
}

#[derive(Serialize)]
struct Report<'a> {
    version: u32,
    language: &'static str,
    counts: Counts,
    findings: Vec<Finding<'a>>,
}

/// Returns the findings as `docs/check-json.schema.json` describes.
pub(crate) fn json(findings: &[Diagnostic], agreements: usize, wording: &Wording) -> String {
    pretty(&Report {
        version: 1,
        language: wording.language(),
        counts: Counts::new(findings, agreements),
        findings: findings.iter().map(|f| finding(f, wording)).collect(),
    })
}

/// Returns where the signatures go, by the path of each edition, as JSON.
pub(crate) fn signatures(editions: &[(String, Vec<SignaturePlace>)]) -> String {
    let editions: BTreeMap<&str, &[SignaturePlace]> = editions
        .iter()
        .map(|(path, places)| (path.as_str(), places.as_slice()))
        .collect();
    pretty(&editions)
}

fn pretty(value: &impl Serialize) -> String {
    let text = serde_json::to_string_pretty(value);
    let mut text = text.expect("the report holds only strings, numbers and lists");
    text.push('\n');
    text
}

/// Returns the findings as SARIF 2.1.0.
pub(crate) fn sarif(findings: &[Diagnostic], wording: &Wording) -> String {
    let rules: Vec<serde_json::Value> = RULES.iter().map(|rule| {
        serde_json::json!({
            "id": rule.code,
            "shortDescription": {"text": wording.title(rule.code)},
            "fullDescription": {"text": wording.get(&format!("codes.{}.explain", rule.code)).unwrap_or(rule.code)},
            "defaultConfiguration": {"level": severity(rule.severity)},
            "properties": {"family": rule.family.name(), "error": rule.number},
        })
    }).collect();
    let results: Vec<serde_json::Value> =
        findings.iter().map(|f| sarif_result(f, wording)).collect();
    pretty(&serde_json::json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "alternat",
                "version": env!("CARGO_PKG_VERSION"),
                "language": wording.language(),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    }))
}

fn sarif_result(diagnostic: &Diagnostic, wording: &Wording) -> serde_json::Value {
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
                .map(|key| wording.label(diagnostic, key))
                .unwrap_or_default();
            serde_json::json!({"physicalLocation": location(&l.span), "message": {"text": text}})
        })
        .collect();
    let text = [
        vec![wording.message(diagnostic)],
        hints(diagnostic, wording),
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

/// Returns the findings as workflow commands of GitHub Actions, which shows
/// them at the lines of a pull request.
pub(crate) fn github(findings: &[Diagnostic], wording: &Wording) -> String {
    let mut out = String::new();
    for diagnostic in findings {
        let command = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let mut properties = vec![format!("title={}", property(diagnostic.code))];
        if let Some(label) = diagnostic.labels.first() {
            let place = place(&label.span, None);
            properties.insert(0, format!("file={}", property(place.file)));
            properties.push(format!("line={},endLine={}", place.line, place.end_line));
            if place.line == place.end_line {
                properties.push(format!(
                    "col={},endColumn={}",
                    place.column, place.end_column
                ));
            }
        }
        let text = [
            vec![wording.message(diagnostic)],
            hints(diagnostic, wording),
        ]
        .concat()
        .join("\n");
        out.push_str(&format!(
            "::{command} {}::{}\n",
            properties.join(","),
            data(&text)
        ));
    }
    out
}

fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
