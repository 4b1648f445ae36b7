//! What was signed: the lock of an agreement, and whether its words still hold.

use crate::agreement::{Agreement, Originals, Status};
use crate::agreement::lock::Lock;
use crate::diagnostic::{Diagnostic, Outcome, Severity};
use crate::document::edition;
use crate::document::tree::{Document, plain_text};
use crate::language::Language;
use crate::source::{Source, Span};
use crate::text::digest;

use super::changed::Changed;
use super::desk::Desk;
use super::file::OutputFile;
use super::made::Made;
use super::shop::Workshop;

/// The rules that an agreement must keep to be frozen: what was signed is frozen
/// as it was signed, whatever the others say.
const UNFINISHED: [&str; 2] = ["blank-in-original", "placeholder-in-original"];

impl Workshop {
    /// Returns the lock of an agreement as its text is now.
    ///
    /// # Errors
    /// As [`Workshop::make`]; and an agreement that is not signed has no lock.
    pub fn lock(&self, source: &Source) -> Outcome<Lock> {
        let (reading, mut faults) = self.read(source)?;
        let found = self.rules(&reading).into_iter();
        faults.extend(found.filter(|finding| UNFINISHED.contains(&finding.code)));
        if reading.agreement.status != Status::Signed {
            let at = reading.positions.at("status");
            faults.push(Diagnostic::error("not-signed").at(&at).hint("sign"));
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let desk = Desk::new(self, &reading);
        let mut lock = Lock {
            originals: originals(&reading.agreement),
            ..Lock::default()
        };
        for language in &reading.agreement.languages {
            let edition = edition::signed_text(&reading.agreement, language);
            let text = desk.texts.get(&edition, language)?;
            let digest = digest_of(&text.document);
            lock.digests.insert(language.clone(), digest);
        }
        Ok(lock)
    }
}

impl Desk<'_> {
    /// Compares an agreement with its lock. A lock binds whatever the status says:
    /// what was signed does not become a draft again.
    ///
    /// # Errors
    /// A lock that cannot be read, and texts that cannot be rendered.
    pub(super) fn compare_with_lock(&self, lock: Option<&Source>, made: &mut Made) -> Outcome<()> {
        let agreement = &self.reading.agreement;
        let signed = agreement.status == Status::Signed;
        let at = self.reading.positions.at("status");
        let Some(file) = lock else {
            if signed {
                let finding = Diagnostic::new("not-frozen", Severity::Warning).at(&at);
                made.findings.push(finding.hint("freeze"));
            }
            return Ok(());
        };
        if !signed {
            let fault = Diagnostic::error("lock-binds").at(&at);
            let fault = fault.with("lock", file.name());
            made.findings.push(fault.hint("signed").hint("anew"));
        }
        let lock = Lock::parse(file)?;
        if lock.originals != originals(agreement) {
            made.findings.push(self.originals_changed(&lock, file));
        }
        for language in lock.digests.keys() {
            if !agreement.languages.contains(language) {
                made.findings.push(changed(&at, language, file));
            }
        }
        for language in &agreement.languages {
            let text = self
                .texts
                .get(&edition::signed_text(agreement, language), language)?;
            if lock.digests.get(language) != Some(&digest_of(&text.document)) {
                made.findings.push(changed(&at, language, file));
                let file = OutputFile {
                    path: format!("{language}.md"),
                    bytes: text.markdown.text().as_bytes().to_vec(),
                };
                let document = &text.document;
                let changed = Changed::new(file, document, self.reading, language);
                made.changed.push(changed);
            }
        }
        Ok(())
    }
}

impl Desk<'_> {
    /// Says that there are other originals now than those that were signed.
    fn originals_changed(&self, lock: &Lock, file: &Source) -> Diagnostic {
        let usual = Originals::default().words();
        let now = self.reading.agreement.originals.words();
        Diagnostic::error("signed-originals-changed")
            .at(&self.reading.positions.at("originals"))
            .with("now", now)
            .with("before", lock.originals.as_ref().unwrap_or(&usual))
            .with("lock", file.name())
            .hint("restore")
    }
}

/// Returns the originals in the words of the form, unless they are the usual ones.
fn originals(agreement: &Agreement) -> Option<String> {
    let originals = agreement.originals;
    (originals != Originals::default()).then(|| originals.words())
}

/// Says that the text in `language` is no longer what the lock has.
fn changed(at: &Span, language: &Language, lock: &Source) -> Diagnostic {
    Diagnostic::error("signed-text-changed")
        .at(at)
        .with("language", language.0.clone())
        .with("lock", lock.name())
        .hint("restore")
}

impl Made {
    /// Points at the words of a changed text that `signed`, what was signed in
    /// Markdown, does not have, where they stand in a field of the agreement.
    pub fn point_at_change(&mut self, path: &str, signed: &str) {
        let changed = self.changed.iter().find(|text| text.file.path == path);
        let Some((text, span)) = changed.and_then(|text| Some((text, text.place(signed)?))) else {
            return;
        };
        let language = Some(&text.language.0);
        let fault = self.findings.iter_mut().find(|fault| {
            fault.code == "signed-text-changed" && fault.values.get("language") == language
        });
        if let Some(label) = fault.and_then(|fault| fault.labels.first_mut()) {
            label.span = span;
        }
    }
}

/// Returns the digest of a document's words.
fn digest_of(document: &Document) -> String {
    let units = document.sections.iter().flat_map(|section| &section.units);
    let words: String = units.map(|unit| plain_text(&unit.blocks)).collect();
    digest::of_words([words.as_str()])
}
