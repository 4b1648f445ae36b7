//! Findings as workflow commands of GitHub Actions.

use alternat::diagnostic::{Diagnostic, Severity};
use alternat::messages::Messages;

use super::parts::{hints, place};

/// Returns the findings as workflow commands of GitHub Actions, which shows
/// them at the lines of a pull request.
pub(crate) fn github(findings: &[Diagnostic], messages: &Messages) -> String {
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
            vec![messages.message(diagnostic)],
            hints(diagnostic, messages),
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
