//! Letters that no face has, found before anything is laid out.
//!
//! Input: an agreement as it was read. Output: one error for each field and letter,
//! at its place in the file. `typeset` looks again, as the last
//! resort: only there the very words of a document are known.

use crate::diagnostic::{Diagnostic, Findings, Severity};
use crate::document::reading::Reading;
use crate::document::tree::plain_text;
use crate::source::Span;

use super::faceless::of_text;
use super::shop::Workshop;

impl Workshop {
    /// Finds the letters of an agreement's own texts that no face has.
    pub(super) fn missing_glyphs(&self, reading: &Reading, faults: &mut Findings) {
        let agreement = &reading.agreement;
        for language in &agreement.languages {
            let Some(pack) = self.shelf.pack(language) else {
                continue;
            };
            let mut look = |words: &str, path: &str| {
                let place = reading.positions.at(path);
                let found = of_text(&self.fonts, pack, words, path, &place);
                faults.extend(found);
            };
            for (_, text) in agreement.texts() {
                let path = text.path_in(language);
                match (reading.fields.get(&path), text.get(language)) {
                    (Some(blocks), _) => look(&plain_text(blocks), &path),
                    (None, Some(words)) => look(words, &path),
                    (None, None) => {}
                }
            }
            // What is the same in all languages is told of one.
            if agreement.languages.first() == Some(language) {
                for (path, value) in agreement.contact_values() {
                    look(value, &path);
                }
            }
        }
    }
}

/// Says once what is found twice of a letter that no face has. A finding of a
/// whole word or text takes such letters in, and is as grave as they are; one of
/// the letter itself gives way to them.
pub(super) fn without_echoes(findings: &mut Vec<Diagnostic>) {
    const WIDER: [&str; 2] = ["legacy-encoding", "thai-letter"];
    const ECHOES: [&str; 3] = ["look-alike-letter", "unusual-letter", "hidden-character"];
    let place = |finding: &Diagnostic| finding.labels.first().map(|label| label.span.clone());
    let of = |findings: &[Diagnostic], codes: &[&str]| -> Vec<Span> {
        let found = findings
            .iter()
            .filter(|finding| codes.contains(&finding.code));
        found.filter_map(place).collect()
    };
    let missing = of(findings, &["missing-glyph"]);
    if missing.is_empty() {
        return;
    }
    for finding in findings
        .iter_mut()
        .filter(|finding| WIDER.contains(&finding.code))
    {
        let holds = |span: &Span| missing.iter().any(|letter| span.holds(letter));
        if place(finding).is_some_and(|span| holds(&span)) {
            finding.severity = Severity::Error;
        }
    }
    let wider = of(findings, &WIDER);
    let within = |spans: &[Span], finding: &Diagnostic| {
        let place = place(finding);
        place.is_some_and(|place| spans.iter().any(|span| span.holds(&place)))
    };
    findings.retain(|finding| match finding.code {
        "missing-glyph" => !within(&wider, finding),
        code => !ECHOES.contains(&code) || !within(&missing, finding),
    });
}
