//! Joins the stages: the only module that knows them all.
//!
//! Input: the text of an agreement, and a [`Workshop`] with everything that all
//! agreements share. Output: the files of its folder, in memory. This module
//! never touches the disk.

mod glyphs;
mod inspect;
mod setting;
mod workers;

use std::collections::BTreeMap;
use std::path::PathBuf;

use chrono::NaiveDate;

use crate::agreement::{Language, Status};
use crate::check::{self, Case, Shared};
use crate::diagnostic::{Diagnostic, Outcome, Severity, Warned};
use crate::document::{Block, Document, Parallel, plain_text};
use crate::edition::{self, Edition};
use crate::glossary::Glossary;
use crate::language::LanguagePack;
use crate::load::{self, Loaded};
use crate::lock::Lock;
use crate::pdf::{self, Attachment};
use crate::source::Source;
use crate::template::{self, Templates};
use crate::typeset::{self, PagedDocument, Setting, SignaturePlace};
use crate::watchlist::WatchList;
use crate::world::Fonts;
use crate::{digest, markdown, parallel, textlayer};

pub use self::workers::side_by_side;

/// What all agreements share.
pub struct Workshop {
    shared: Shared,
    templates: Templates,
    page: Source,
    fonts: Fonts,
    /// Letters of templates and word lists that no face has.
    faceless: glyphs::OfLanguages,
    /// Whether PDFs carry the agreement's source.
    pub attachment: Attachment,
    /// The date of documents whose agreement states none, from
    /// `SOURCE_DATE_EPOCH`.
    pub default_date: Option<NaiveDate>,
}

/// One file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputFile {
    /// Its path below the agreement's folder: `originals/bac-giang.vi.pdf`.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What came of one agreement.
#[derive(Debug, Default)]
pub struct Made {
    /// Its id, once that is known.
    pub id: Option<String>,
    /// Its files; none where there is an error.
    pub files: Vec<OutputFile>,
    /// What was found, errors included.
    pub findings: Vec<Diagnostic>,
    /// The texts that differ from what was signed, and are therefore refused.
    pub changed: Vec<OutputFile>,
}

/// How much is to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// The Markdown only.
    Texts,
    /// The Markdown and the PDFs.
    Everything,
}

impl Workshop {
    /// Prepares templates and faces; `files` are the template files by their
    /// path below `templates/`.
    ///
    /// # Errors
    /// Packs and templates that cannot be read.
    pub fn new(files: BTreeMap<String, Source>, font_folders: &[PathBuf]) -> Outcome<Self> {
        let page = files
            .get("page.typ")
            .cloned()
            .unwrap_or_else(|| Source::new("templates/page.typ", ""));
        let mut packs = BTreeMap::new();
        let mut faults = Vec::new();
        for (path, source) in &files {
            let Some(code) = path.strip_suffix("/words.yaml") else {
                continue;
            };
            match LanguagePack::read(Language(code.to_owned()), source) {
                Ok(pack) => drop(packs.insert(pack.language.clone(), pack)),
                Err(found) => faults.extend(found),
            }
        }
        let mut watch = BTreeMap::new();
        for (path, source) in &files {
            let Some(code) = path.strip_suffix("/watch.yaml") else {
                continue;
            };
            match WatchList::read(source) {
                Ok(list) => drop(watch.insert(Language(code.to_owned()), list)),
                Err(found) => faults.extend(found),
            }
        }
        let markdown = files.iter().filter(|(path, _)| path.ends_with(".md"));
        let templates =
            Templates::new(markdown.map(|(path, source)| (path.clone(), source.clone())));
        match templates {
            Ok(templates) if faults.is_empty() => {
                let list: Vec<LanguagePack> = packs.values().cloned().collect();
                let fonts = Fonts::gather(font_folders, &list);
                let of_files = |pack: &LanguagePack| glyphs::of_files(&fonts, pack, &files);
                let faceless = list
                    .iter()
                    .map(|pack| (pack.language.clone(), of_files(pack)));
                let faceless = faceless.collect();
                Ok(Self {
                    shared: Shared::new(packs, watch, Glossary::default()),
                    templates,
                    page,
                    fonts,
                    faceless,
                    attachment: Attachment::Source,
                    default_date: None,
                })
            }
            Ok(_) => Err(faults),
            Err(found) => Err(faults.into_iter().chain(found).collect()),
        }
    }

    /// Returns the same with the project's names and terms.
    pub fn with_glossary(mut self, glossary: Glossary) -> Self {
        self.shared = self.shared.with_glossary(glossary);
        self
    }

    /// Returns the language packs, in order of their codes.
    pub fn packs(&self) -> impl Iterator<Item = &LanguagePack> {
        self.shared.packs().values()
    }

    /// Returns the faces that documents are set in.
    pub fn fonts(&self) -> &Fonts {
        &self.fonts
    }

    /// Makes the files of one agreement; `lock` is the text of its lock file.
    pub fn make(&self, source: &Source, lock: Option<&Source>, extent: Extent) -> Made {
        let loaded = match load::load(source) {
            Ok(loaded) => loaded,
            Err(findings) => {
                return Made {
                    findings,
                    ..Made::default()
                };
            }
        };
        let mut made = Made {
            id: Some(loaded.agreement.id.clone()),
            ..Made::default()
        };
        let (faults, blocks) = self.inspect(&loaded);
        made.findings = faults;
        made.findings.extend(self.missing_bold(&loaded));
        let mut found = self.rules(&loaded, blocks);
        if loaded.agreement.status == Status::Draft {
            // A draft is there to be discussed, its faults included.
            found.iter_mut().for_each(Diagnostic::soften);
        }
        made.findings.extend(found);
        glyphs::without_echoes(&mut made.findings);
        if made.findings.iter().any(Diagnostic::is_error) {
            return made;
        }
        if let Err(faults) = self.compare_with_lock(&loaded, lock, &mut made) {
            made.findings.extend(faults);
        }
        if !made.changed.is_empty() || made.findings.iter().any(Diagnostic::is_error) {
            return made;
        }
        match self.files(&loaded, extent, &mut made.findings) {
            Ok(files) => made.files = files,
            Err(faults) => made.findings.extend(faults),
        }
        typeset::forget();
        made
    }

    /// Returns everything that is wrong with one agreement.
    pub fn check(&self, source: &Source) -> Vec<Diagnostic> {
        match load::load(source) {
            Ok(loaded) => {
                let (mut findings, blocks) = self.inspect(&loaded);
                findings.extend(self.rules(&loaded, blocks));
                glyphs::without_echoes(&mut findings);
                findings
            }
            Err(findings) => findings,
        }
    }

    /// Applies the rules of [`check`] to an agreement with these trees.
    fn rules(&self, loaded: &Loaded, blocks: Trees) -> Vec<Diagnostic> {
        let case = Case::new(&loaded.agreement, &loaded.positions, &self.shared, blocks);
        check::check(&case)
    }

    /// Returns what `page.typ` receives for each edition.
    ///
    /// # Errors
    /// As [`Workshop::make`].
    pub fn page_inputs(&self, source: &Source) -> Outcome<Vec<String>> {
        let loaded = load::load(source)?;
        let (faults, _) = self.inspect(&loaded);
        if !faults.is_empty() {
            return Err(faults);
        }
        let mut inputs = Vec::new();
        for edition in edition::editions(&loaded.agreement) {
            let text = self.text(&loaded, &edition)?;
            let setting = self.setting(&loaded, &edition, &text)?;
            inputs.push(typeset::page_input(&text, &setting));
        }
        Ok(inputs)
    }

    /// Returns the lock of an agreement as its text is now.
    ///
    /// # Errors
    /// As [`Workshop::make`]; and an agreement that is not signed has no lock.
    pub fn lock(&self, source: &Source) -> Outcome<Lock> {
        let loaded = load::load(source)?;
        let (mut faults, blocks) = self.inspect(&loaded);
        // What was signed is frozen as it was signed, whatever the other rules say.
        let unfinished = ["blank-in-original", "placeholder-in-original"];
        let found = self.rules(&loaded, blocks).into_iter();
        faults.extend(found.filter(|finding| unfinished.contains(&finding.code)));
        if loaded.agreement.status != Status::Signed {
            let at = loaded.positions.at("status");
            faults.push(Diagnostic::error("not-signed").at(&at).hint("sign"));
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let mut lock = Lock::default();
        for language in &loaded.agreement.languages {
            let (digest, _) = self.signed_words(&loaded, language)?;
            lock.digests.insert(language.clone(), digest);
        }
        Ok(lock)
    }

    /// Returns the digest of a language's words, and its Markdown.
    fn signed_words(&self, loaded: &Loaded, language: &Language) -> Outcome<(String, String)> {
        let edition = edition::signed_text(&loaded.agreement, language);
        let source = self.render(loaded, &edition, language)?;
        let document = markdown::parse(&source, language)?;
        let units = document.sections.iter().flat_map(|section| &section.units);
        let words: String = units.map(|unit| plain_text(&unit.blocks)).collect();
        Ok((digest::of_words([words.as_str()]), source.text().to_owned()))
    }

    fn compare_with_lock(
        &self,
        loaded: &Loaded,
        lock: Option<&Source>,
        made: &mut Made,
    ) -> Outcome<()> {
        if loaded.agreement.status != Status::Signed {
            return Ok(());
        }
        let at = loaded.positions.at("status");
        let Some(file) = lock else {
            let finding = Diagnostic::new("not-frozen", Severity::Warning).at(&at);
            made.findings.push(finding.hint("freeze"));
            return Ok(());
        };
        let lock = Lock::parse(file)?;
        for language in &loaded.agreement.languages {
            let (digest, text) = self.signed_words(loaded, language)?;
            if lock.digests.get(language) != Some(&digest) {
                let fault = Diagnostic::error("signed-text-changed").at(&at);
                let fault = fault
                    .with("language", language.0.clone())
                    .with("lock", file.name());
                made.findings.push(fault.hint("restore"));
                let path = format!("{language}.md");
                made.changed.push(OutputFile {
                    path,
                    bytes: text.into_bytes(),
                });
            }
        }
        Ok(())
    }

    fn files(
        &self,
        loaded: &Loaded,
        extent: Extent,
        findings: &mut Vec<Diagnostic>,
    ) -> Outcome<Vec<OutputFile>> {
        let mut files = Vec::new();
        for edition in edition::texts(&loaded.agreement) {
            let text = self.markdown_of(loaded, &edition)?;
            files.push(OutputFile {
                path: format!("{}.md", edition.path),
                bytes: text.into_bytes(),
            });
        }
        if extent == Extent::Everything {
            for edition in edition::editions(&loaded.agreement) {
                let bytes = self.pdf(loaded, &edition, findings)?;
                files.push(OutputFile {
                    path: format!("{}.pdf", edition.path),
                    bytes,
                });
            }
        }
        Ok(files)
    }

    fn markdown_of(&self, loaded: &Loaded, edition: &Edition) -> Outcome<String> {
        match edition.languages.as_slice() {
            [language] => Ok(self.render(loaded, edition, language)?.text().to_owned()),
            _ => Ok(parallel::markdown(&self.text(loaded, edition)?)),
        }
    }

    fn pdf(
        &self,
        loaded: &Loaded,
        edition: &Edition,
        findings: &mut Vec<Diagnostic>,
    ) -> Outcome<Vec<u8>> {
        let (document, setting) = self.lay_out(loaded, edition)?;
        findings.extend(document.warnings);
        let ident = format!("{}/{}", setting.id, setting.path);
        pdf::export(&document.output, &ident, setting.date, self.attachment)
    }

    fn lay_out(
        &self,
        loaded: &Loaded,
        edition: &Edition,
    ) -> Outcome<(Warned<PagedDocument>, Setting)> {
        let text = self.text(loaded, edition)?;
        let setting = self.setting(loaded, edition, &text)?;
        let source = loaded.positions.source();
        let set = typeset::typeset(&text, &setting, &self.page, source, &self.fonts)?;
        let output = textlayer::repair(set.output);
        Ok((
            Warned {
                output,
                warnings: set.warnings,
            },
            setting,
        ))
    }

    /// Returns where the signatures go in each edition, by its path.
    ///
    /// # Errors
    /// As [`Workshop::make`].
    pub fn signatures(&self, source: &Source) -> Outcome<Vec<(String, Vec<SignaturePlace>)>> {
        let loaded = load::load(source)?;
        let (faults, _) = self.inspect(&loaded);
        if !faults.is_empty() {
            return Err(faults);
        }
        let mut places = Vec::new();
        for edition in edition::editions(&loaded.agreement) {
            let (document, setting) = self.lay_out(&loaded, &edition)?;
            places.push((setting.path, typeset::signature_places(&document.output)));
        }
        Ok(places)
    }

    /// Returns the Markdown of one language of an edition.
    fn render(&self, loaded: &Loaded, edition: &Edition, language: &Language) -> Outcome<Source> {
        let agreement = &loaded.agreement;
        let at = loaded.positions.at("id");
        let text = template::render(
            agreement,
            edition,
            self.pack(language)?,
            &self.templates,
            &at,
        )?;
        let order: Vec<&str> = edition
            .order
            .iter()
            .map(|&party| agreement.parties[party].id.as_str())
            .collect();
        let text = markdown::order_parties(&text, &order);
        Ok(Source::new(format!("{}/{language}.md", agreement.id), text))
    }

    fn text(&self, loaded: &Loaded, edition: &Edition) -> Outcome<Parallel> {
        let mut documents: Vec<Document> = Vec::new();
        for language in &edition.languages {
            documents.push(markdown::parse(
                &self.render(loaded, edition, language)?,
                language,
            )?);
        }
        parallel::pair(&documents)
    }

    fn pack(&self, language: &Language) -> Outcome<&LanguagePack> {
        self.shared
            .packs()
            .get(language)
            .ok_or_else(|| vec![self.unknown_language(language)])
    }
}

/// The tree of each Markdown field, by its key path.
type Trees = BTreeMap<String, Vec<Block>>;
