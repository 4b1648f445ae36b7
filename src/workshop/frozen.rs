//! What was signed: the lock of an agreement, and whether it still holds.
//!
//! Input: an agreement and its lock. Output: what readers see now, to be locked;
//! or what no longer is as it was signed. The trees are compared wherever an
//! agreement is read, the pages where they are laid out.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::agreement::lock::{Held, Lock, Seen};
use crate::agreement::{Agreement, Status};
use crate::diagnostic::{Diagnostic, Outcome, Severity};
use crate::document::edition::{self, Edition, Purpose};
use crate::document::seen;
use crate::document::tree::{Document, plain_text};
use crate::language::Language;
use crate::press::typeset;
use crate::source::{Source, Span};
use crate::text::digest::{self, Hasher};

use super::changed::Changed;
use super::desk::Desk;
use super::file::OutputFile;
use super::imprint::Imprint;
use super::made::Made;
use super::sheet::contrast;
use super::shop::Workshop;
use super::texts::Text;

/// The rules that an agreement must keep to be frozen: what was signed is frozen
/// as it was signed, whatever the others say.
const UNFINISHED: [&str; 2] = ["blank-in-original", "placeholder-in-original"];

/// What is to be locked of an agreement.
#[derive(Clone, Debug)]
pub struct Frozen {
    /// The agreement, by id.
    pub id: String,
    /// What its readers see.
    pub seen: Seen,
    /// Where its pages print other words than its text has.
    pub strays: Vec<Diagnostic>,
}

/// What the pages of all editions print.
#[derive(Default)]
struct Pages {
    page: BTreeMap<String, String>,
    frame: BTreeMap<String, Vec<String>>,
    /// The edition, the text and the pieces of the first stray words, by language.
    strays: BTreeMap<String, (String, String, Vec<String>)>,
}

impl Workshop {
    /// Returns what is to be locked of an agreement as it is now.
    ///
    /// # Errors
    /// As [`Workshop::make`]; and an agreement that is not signed has no lock.
    pub fn freeze(&self, source: &Source) -> Outcome<Frozen> {
        let (reading, mut faults) = self.read(source)?;
        let found = self.rules(&reading).into_iter();
        faults.extend(found.filter(|finding| UNFINISHED.contains(&finding.code)));
        if reading.agreement.status != Status::Signed {
            let at = reading.positions.at("status");
            faults.push(Diagnostic::error("not-signed").at(&at).hint("sign"));
        }
        if faults.iter().any(Diagnostic::is_error) {
            return Err(faults);
        }
        let desk = Desk::new(self, &reading);
        let Pages {
            page,
            frame,
            strays,
        } = desk.all_pages()?;
        let tree = desk.trees()?;
        typeset::forget();
        let at = reading.positions.at("status");
        let told = strays.values().map(|(edition, text, printed)| {
            let (before, now) = contrast(text, printed);
            let told = Diagnostic::new("page-not-text", Severity::Warning).at(&at);
            let told = told.with("edition", edition).with("before", before);
            told.with("now", now).hint("text").hint("page")
        });
        Ok(Frozen {
            id: reading.agreement.id.clone(),
            strays: told.collect(),
            seen: Seen { tree, page, frame },
        })
    }

    /// Compares an agreement with its lock: its trees, and if they are as they
    /// were signed its pages.
    pub fn compare(&self, source: &Source, lock: &Source) -> Made {
        let mut made = Made::default();
        let reading = match self.sound(source) {
            Ok(reading) => reading,
            Err(findings) => return Made { findings, ..made },
        };
        made.id = Some(reading.agreement.id.clone());
        let desk = Desk::new(self, &reading);
        match desk.compare_with_lock(Some(lock), &mut made) {
            Ok(()) => desk.compare_pages(lock, &mut made),
            Err(faults) => made.findings.extend(faults),
        }
        typeset::forget();
        made
    }
}

impl Desk<'_> {
    /// Refuses an agreement whose texts are not those of its lock.
    ///
    /// # Errors
    /// What is not as it was signed, and as [`Desk::compare_with_lock`].
    pub(super) fn as_signed(&self, lock: Option<&Source>) -> Outcome<()> {
        let mut made = Made::default();
        self.compare_with_lock(lock, &mut made)?;
        made.findings.retain(Diagnostic::is_error);
        match made.findings.is_empty() {
            true => Ok(()),
            false => Err(made.findings),
        }
    }

    /// Compares an agreement with its lock. A lock binds whatever the status says:
    /// what was signed does not become a draft again.
    ///
    /// # Errors
    /// A lock that cannot be read, and texts that cannot be rendered.
    pub(super) fn compare_with_lock(&self, lock: Option<&Source>, made: &mut Made) -> Outcome<()> {
        let agreement = &self.reading.agreement;
        let signed = agreement.status == Status::Signed;
        let at = self.reading.positions.at("status");
        let read = lock.map(|file| Lock::parse(file).map(|lock| (file, lock)));
        let binding = read.transpose()?.filter(|(_, lock)| lock.binds());
        let Some((file, lock)) = binding else {
            if signed {
                let finding = Diagnostic::new("not-frozen", Severity::Warning).at(&at);
                made.findings.push(finding.hint("freeze"));
            }
            return Ok(());
        };
        let locked = lock.id(file);
        if locked != agreement.id {
            let at = self.reading.positions.at("id");
            made.findings
                .push(of_another(file, &locked, &agreement.id).at(&at));
            return Ok(());
        }
        if !signed {
            let fault = Diagnostic::error("lock-binds").at(&at);
            let fault = fault.with("lock", file.name()).hint("signed");
            made.findings.push(fault.hint("release").hint("anew"));
        }
        match &lock.held {
            Held::Nothing => Ok(()),
            Held::Words(words) => self.compare_words(words, file, made),
            Held::Seen(seen) => self.compare_trees(seen, file, made),
        }
    }

    /// Compares the words alone with a lock of the first form.
    fn compare_words(
        &self,
        words: &BTreeMap<Language, String>,
        file: &Source,
        made: &mut Made,
    ) -> Outcome<()> {
        let agreement = &self.reading.agreement;
        let at = self.reading.positions.at("status");
        let old = Diagnostic::new("old-lock", Severity::Warning).at(&at);
        let old = old.with("lock", file.name()).hint("upgrade");
        made.findings.push(old);
        for language in words.keys() {
            if !agreement.languages.contains(language) {
                made.findings
                    .push(changed(&at, &language.0, file).hint("restore"));
            }
        }
        for language in &agreement.languages {
            let text = self.signed_text(language)?;
            if words.get(language) != Some(&words_digest(&text.document)) {
                made.findings
                    .push(changed(&at, &language.0, file).hint("restore"));
                made.changed.push(self.changed_text(language)?);
            }
        }
        Ok(())
    }

    /// Compares the tree of each text with the one that was signed.
    fn compare_trees(&self, seen: &Seen, file: &Source, made: &mut Made) -> Outcome<()> {
        let agreement = &self.reading.agreement;
        let at = self.reading.positions.at("status");
        let now = self.trees()?;
        let paths: BTreeSet<&String> = seen.tree.keys().chain(now.keys()).collect();
        let mut differing: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for path in paths {
            if seen.tree.get(path) != now.get(path) {
                let language = path.rsplit(['.', '/']).next().unwrap_or(path);
                // Of several originals each has its number: `bac-ninh.vi-2`.
                let language = language.split('-').next().unwrap_or(language);
                differing.entry(language).or_default().push(path);
            }
        }
        for (language, paths) in differing {
            let known = agreement.languages.iter().find(|l| l.0 == language);
            let own = paths.contains(&language);
            let finding = changed(&at, language, file).with("editions", paths.join(", "));
            let hint = if own { "restore" } else { "order" };
            made.findings.push(finding.hint(hint));
            if let (Some(language), true) = (known, own) {
                made.changed.push(self.changed_text(language)?);
            }
        }
        Ok(())
    }

    fn signed_text(&self, language: &Language) -> Outcome<Rc<Text>> {
        let edition = edition::signed_text(&self.reading.agreement, language);
        self.texts.get(&edition, language)
    }

    fn changed_text(&self, language: &Language) -> Outcome<Changed> {
        let text = self.signed_text(language)?;
        let file = OutputFile {
            path: format!("{language}.md"),
            bytes: text.markdown.text().as_bytes().to_vec(),
        };
        Ok(Changed::new(file, &text.document, self.reading, language))
    }

    /// Returns the digest of each text's tree, by the path of its edition.
    fn trees(&self) -> Outcome<BTreeMap<String, String>> {
        let agreement = &self.reading.agreement;
        let languages = agreement.languages.iter();
        let texts = languages.map(|language| edition::signed_text(agreement, language));
        let mut trees = BTreeMap::new();
        for edition in texts.chain(edition::originals(agreement)) {
            for language in &edition.languages {
                let key = match edition.languages.len() {
                    1 => edition.path.clone(),
                    _ => format!("{}.{language}", edition.path),
                };
                let text = self.texts.get(&edition, language)?;
                trees.insert(key, seen::digest(&text.document));
            }
        }
        Ok(trees)
    }

    /// Returns what all pages print, but for the sheet that compares them.
    fn all_pages(&self) -> Outcome<Pages> {
        let mut pages = Pages::default();
        let mut hashers: BTreeMap<String, Hasher> = BTreeMap::new();
        for edition in locked_pages(&self.reading.agreement) {
            let Imprint {
                page,
                frame,
                strays,
            } = self.imprint(&edition)?;
            for (language, words) in page {
                let hasher = hashers.entry(language).or_default();
                hasher.add(&edition.path);
                hasher.add(&words);
            }
            pages.frame.insert(edition.path.clone(), frame);
            for (language, (text, printed)) in strays {
                let path = edition.path.clone();
                let stray = pages.strays.entry(language);
                stray.or_insert((path, text, printed));
            }
        }
        let digests = hashers.into_iter();
        pages.page = digests
            .map(|(language, h)| (language, h.finish()))
            .collect();
        Ok(pages)
    }

    /// Compares the pages of an agreement, whose trees are as they were signed,
    /// with its lock.
    pub(super) fn compare_pages(&self, file: &Source, made: &mut Made) {
        let Ok(Lock {
            held: Held::Seen(seen),
            ..
        }) = Lock::parse(file)
        else {
            return;
        };
        if made.findings.iter().any(Diagnostic::is_error) {
            return;
        }
        let now = match self.all_pages() {
            Ok(now) => now,
            Err(faults) => return made.findings.extend(faults),
        };
        let at = self.reading.positions.at("status");
        let languages: BTreeSet<&String> = seen.page.keys().chain(now.page.keys()).collect();
        for language in languages {
            if seen.page.get(language) != now.page.get(language) {
                made.findings.push(page_changed(&at, language, &now, file));
            }
        }
        made.findings
            .extend(frame_changed(&at, &seen.frame, &now.frame, file));
    }
}

/// Returns the editions whose pages are locked.
fn locked_pages(agreement: &Agreement) -> Vec<Edition> {
    let mut editions = edition::editions(agreement);
    editions.retain(|edition| edition.purpose != Purpose::Differences);
    editions
}

/// Says that a lock is of another agreement than the one beside it.
pub fn of_another(lock: &Source, locked: &str, id: &str) -> Diagnostic {
    Diagnostic::error("lock-of-another")
        .with("lock", lock.name())
        .with("locked", locked)
        .with("id", id)
        .hint("id")
        .hint("copy")
}

/// Says that the text in `language` is no longer what the lock has.
fn changed(at: &Span, language: &str, lock: &Source) -> Diagnostic {
    Diagnostic::error("signed-text-changed")
        .at(at)
        .with("language", language)
        .with("lock", lock.name())
}

/// Says that the pages print other words, and which.
fn page_changed(at: &Span, language: &str, now: &Pages, lock: &Source) -> Diagnostic {
    let fault = Diagnostic::error("signed-page-changed")
        .at(at)
        .with("language", language)
        .with("lock", lock.name());
    match now.strays.get(language) {
        None => fault.hint("restore"),
        Some((edition, text, printed)) => {
            let (before, after) = contrast(text, printed);
            fault
                .with("edition", edition)
                .with("before", before)
                .with("now", after)
                .hint("text")
                .hint("page")
                .hint("restore")
        }
    }
}

type Frame = BTreeMap<String, Vec<String>>;

/// Says that other sentences stand around the text, and which.
fn frame_changed(at: &Span, before: &Frame, now: &Frame, lock: &Source) -> Option<Diagnostic> {
    let lines = |sign: char, of: &Frame, other: &Frame| -> Vec<String> {
        let mut lines = Vec::new();
        for (edition, sentences) in of.iter().filter(|(e, s)| other.get(*e) != Some(*s)) {
            let known = other.get(edition).map_or(&[][..], Vec::as_slice);
            let new = |sentence: &&String| !known.contains(sentence);
            // Where none is new, they stand in another order.
            let same = sentences.iter().all(|sentence| known.contains(sentence));
            let told = sentences.iter().filter(|sentence| same || new(sentence));
            lines.extend(told.map(|sentence| format!("{sign} {edition}: {sentence}")));
        }
        lines
    };
    let mut shown = lines('-', before, now);
    shown.extend(lines('+', now, before));
    let fault = Diagnostic::error("signed-frame-changed").at(at);
    let fault = fault
        .with("lock", lock.name())
        .hint("upgrade")
        .hint("restore");
    let told = shown
        .iter()
        .fold(fault, |fault, line| fault.detail(line.as_str()));
    (!shown.is_empty()).then_some(told)
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

/// Returns the digest of a document's words, as locks of the first form have it.
fn words_digest(document: &Document) -> String {
    let units = document.sections.iter().flat_map(|section| &section.units);
    let words: String = units.map(|unit| plain_text(&unit.blocks)).collect();
    digest::of_words([words.as_str()])
}
