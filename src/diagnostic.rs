//! The one type in which every stage says what is wrong.
//!
//! A diagnostic is data: a code, the places it speaks of, and the values that
//! its sentences need. The sentences themselves are in `wording/<lang>.yaml`
//! (see [`crate::messages`]), so that an officer reads them in her language.

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

/// From this likeness on, two words are likely to be the same with a slip.
const NEAR: f64 = 0.8;

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

    /// Fills the slot `{name}` with what somebody typed, an `@` in front included,
    /// which otherwise stands for a word of the program.
    pub fn typed(self, name: &'static str, value: &str) -> Self {
        let mark = if value.starts_with('@') { "@" } else { "" };
        self.with(name, format!("{mark}{value}"))
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

    /// Adds the remedy `nearest`, with the known word that `word` was probably meant to
    /// be; nothing where none is near.
    pub fn nearest<'a>(self, word: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        let likely = known
            .into_iter()
            .map(|known| (strsim::jaro_winkler(word, known), known))
            .filter(|(likeness, _)| *likeness > NEAR);
        match likely.max_by(|a, b| a.0.total_cmp(&b.0)) {
            Some((_, nearest)) => self.with("nearest", nearest).hint("nearest"),
            None => self,
        }
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

/// Findings as they are collected: the first hundred of each code, and how many
/// more there were. A hostile file could fill the memory with them otherwise.
#[derive(Debug, Default)]
pub struct Findings {
    list: Vec<Diagnostic>,
    /// How often each code was found.
    counts: BTreeMap<&'static str, usize>,
}

impl Findings {
    /// So many of a code are kept.
    pub const MOST: usize = 100;

    /// Adds a finding, or counts it where its code has been found too often.
    pub fn push(&mut self, finding: Diagnostic) {
        let count = self.counts.entry(finding.code).or_default();
        *count += 1;
        if *count <= Self::MOST {
            self.list.push(finding);
        }
    }

    /// Tells whether further findings of `code` would only be counted.
    pub fn is_full(&self, code: &str) -> bool {
        self.counts
            .get(code)
            .is_some_and(|count| *count >= Self::MOST)
    }

    /// Returns the findings that are kept.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// Tells whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Returns the findings; where a code has more of them, the last one that is
    /// kept is followed by their number, as grave as it is.
    pub fn into_list(mut self) -> Vec<Diagnostic> {
        for (code, count) in self.counts.iter().filter(|(_, count)| **count > Self::MOST) {
            let mut kept = self.list.iter().rev();
            let Some(last) = kept.find(|finding| finding.code == *code) else {
                continue;
            };
            let more = (count - Self::MOST).to_string();
            let mut rest = Diagnostic::new("more-findings", last.severity);
            rest = rest.with("code", *code).with("number", more);
            if let Some(label) = last.labels.first() {
                let end = label.span.range().end;
                rest = rest.at(&label.span.source().span(end..end));
            }
            self.list.push(rest);
        }
        self.list
    }
}

impl Extend<Diagnostic> for Findings {
    fn extend<T: IntoIterator<Item = Diagnostic>>(&mut self, findings: T) {
        findings.into_iter().for_each(|finding| self.push(finding));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn what_is_too_much_is_counted() {
        let source = Source::new("x.yaml", "ຕັ້ງ ế ".repeat(200));
        let mut findings = Findings::default();
        for at in 0..103 {
            findings.push(Diagnostic::error("thai-letter").at(&source.span(at..at + 1)));
        }
        findings.push(Diagnostic::new("dots", Severity::Warning));
        let list = findings.into_list();
        assert_eq!(list.len(), 102);
        let rest = list.last().expect("the number of the others");
        assert_eq!(
            (rest.code, rest.severity),
            ("more-findings", Severity::Error)
        );
        assert_eq!(rest.values["number"], "3");
        assert_eq!(
            rest.labels[0].span.range().start,
            source.span(99..100).range().end
        );
    }
}
