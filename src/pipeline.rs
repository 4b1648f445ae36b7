//! Joins the stages: the only module that knows them all.
//!
//! Input: the text of an agreement, and a [`Workshop`] with everything that all
//! agreements share. Output: the files of its folder, in memory. This module
//! never touches the disk.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use chrono::NaiveDate;

use crate::agreement::{Agreement, Language, Status};
use crate::check::{self, Case, Shared};
use crate::diagnostic::{Diagnostic, Outcome, Severity, Warned};
use crate::document::{Block, Document, Parallel, plain_text};
use crate::edition::{self, Edition, Purpose};
use crate::glossary::{Glossary, TermKind};
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

/// What all agreements share.
pub struct Workshop {
    shared: Shared,
    templates: Templates,
    page: Source,
    fonts: Fonts,
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
                Ok(Self {
                    shared: Shared::new(packs, watch, Glossary::default()),
                    templates,
                    page,
                    fonts,
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
        let faults = self.inspect(&loaded);
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

    fn setting(&self, loaded: &Loaded, edition: &Edition, text: &Parallel) -> Outcome<Setting> {
        let agreement = &loaded.agreement;
        let mut setting = Setting {
            id: agreement.id.clone(),
            path: edition.path.clone(),
            title: String::new(),
            purpose: edition.purpose.name(),
            layout: agreement.layout.name(),
            watermark: None,
            footers: BTreeMap::new(),
            language_names: BTreeMap::new(),
            typography: BTreeMap::new(),
            date: self.date(agreement),
            names: Vec::new(),
            attachment: (self.attachment == Attachment::Source)
                .then(|| format!("{}.yaml", agreement.id)),
        };
        let (mut titles, mut marks) = (Vec::new(), Vec::new());
        for language in &edition.languages {
            let pack = self.pack(language)?;
            titles.push(title(agreement, pack));
            marks.push(pack.draft_mark.as_str());
            let at = loaded.positions.at("id");
            let footer = template::footer(agreement, edition, pack, &self.templates, &at)?;
            setting
                .footers
                .insert(language.0.clone(), footer.trim().to_owned());
            let name = pack
                .languages
                .get(&language.0)
                .unwrap_or(&language.0)
                .clone();
            setting.language_names.insert(language.0.clone(), name);
            setting.names.extend(self.names(agreement, pack, text));
            setting
                .typography
                .insert(language.0.clone(), self.fonts.available(&pack.typography));
        }
        setting.title = titles.join(" / ");
        setting.watermark = (edition.purpose == Purpose::Draft).then(|| marks.join(" · "));
        Ok(setting)
    }

    /// Returns the names in `text` that are not to be broken at the end of a
    /// line: of the languages, the signatories, the parties' places, and the
    /// short ones of the glossary.
    fn names(&self, agreement: &Agreement, pack: &LanguagePack, text: &Parallel) -> Vec<String> {
        let language = &pack.language;
        let mut names: Vec<String> = pack.languages.values().cloned().collect();
        let signatories = agreement
            .parties
            .iter()
            .filter_map(|p| p.signatory.name.get(language));
        names.extend(signatories.map(str::to_owned));
        let parties: Vec<&str> = agreement
            .parties
            .iter()
            .filter_map(|party| party.name.get(language))
            .collect();
        names.extend(own_parts(&parties));
        let glossary = self
            .shared
            .glossary()
            .entries
            .iter()
            .filter(|term| term.kind == TermKind::Name);
        let glossary = glossary.filter_map(|term| term.by_language.get(language));
        names.extend(
            glossary
                .filter(|name| name.chars().count() <= LONGEST_WHOLE_NAME)
                .cloned(),
        );
        let capitals: Vec<String> = names.iter().map(|name| name.to_uppercase()).collect();
        names.extend(capitals);
        let units = text
            .sections
            .iter()
            .flat_map(|section| section.rows.iter().flatten());
        let words: String = units.map(|unit| plain_text(&unit.blocks)).collect();
        names.retain(|name| name.chars().count() > 1 && words.contains(name.as_str()));
        // A longer name first, so that a shorter one within it does not part it.
        names.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        names.dedup();
        names
    }

    /// Returns the document's own date: when it was signed, else when the
    /// term begins, else the build's fixed date.
    fn date(&self, agreement: &Agreement) -> NaiveDate {
        let start = || agreement.term.from.and_then(|moment| moment.first_day());
        agreement
            .signing
            .date
            .or_else(start)
            .or(self.default_date)
            .unwrap_or_default()
    }

    fn pack(&self, language: &Language) -> Outcome<&LanguagePack> {
        self.shared
            .packs()
            .get(language)
            .ok_or_else(|| vec![self.unknown_language(language)])
    }

    fn unknown_language(&self, language: &Language) -> Diagnostic {
        let known: Vec<&str> = self
            .shared
            .packs()
            .keys()
            .map(|language| language.0.as_str())
            .collect();
        Diagnostic::error("unknown-language")
            .with("language", language.0.clone())
            .with("known", known.join(", "))
            .hint("known")
    }

    /// Finds what the loader cannot know: languages, kinds and formulas that
    /// no pack has, and Markdown that cannot be typeset. Returns the trees of
    /// the Markdown fields that are sound.
    fn inspect(&self, loaded: &Loaded) -> (Vec<Diagnostic>, Trees) {
        let mut faults = Vec::new();
        for (index, language) in loaded.agreement.languages.iter().enumerate() {
            let at = loaded.positions.at(&format!("languages[{index}]"));
            match self.shared.packs().get(language) {
                None => faults.push(self.unknown_language(language).at(&at)),
                Some(pack) => {
                    faults.extend(self.templates.missing_parts(language, &at));
                    faults.extend(self.fonts.check(pack).map(|fault| fault.at(&at)));
                    faults.extend(self.unknown_words(loaded, pack));
                }
            }
        }
        let mut trees = Trees::new();
        let parties = loaded.agreement.parties.iter();
        let parties: Vec<&str> = parties.map(|party| party.id.as_str()).collect();
        for (path, words) in markdown_fields(&loaded.agreement) {
            match markdown::field(words, &loaded.positions.at(&path), &parties) {
                Ok(blocks) => drop(trees.insert(path, blocks)),
                Err(found) => faults.extend(found),
            }
        }
        (faults, trees)
    }

    /// Remarks on each language whose first family has no bold.
    fn missing_bold(&self, loaded: &Loaded) -> Vec<Diagnostic> {
        let mut remarks = Vec::new();
        for (index, language) in loaded.agreement.languages.iter().enumerate() {
            let Some(pack) = self.shared.packs().get(language) else {
                continue;
            };
            let typography = self.fonts.available(&pack.typography);
            if let (Some(family), Some(bold)) = (typography.fonts.first(), typography.bold.first())
                && family != bold
            {
                let at = loaded.positions.at(&format!("languages[{index}]"));
                let remark = Diagnostic::new("missing-bold", Severity::Warning).at(&at);
                remarks.push(remark.with("family", family).with("bold", bold));
            }
        }
        remarks
    }

    fn unknown_words(&self, loaded: &Loaded, pack: &LanguagePack) -> Vec<Diagnostic> {
        let agreement = &loaded.agreement;
        let mut faults = Vec::new();
        if !pack.kinds.contains_key(&agreement.kind) {
            let kinds: Vec<&str> = pack.kinds.keys().map(String::as_str).collect();
            let fault = Diagnostic::error("unknown-kind")
                .at(&loaded.positions.at("kind"))
                .with("kind", agreement.kind.clone())
                .with("language", pack.language.0.clone());
            faults.push(fault.with("choices", kinds.join(", ")).hint("known"));
        }
        let known = self.templates.formulas(&pack.language);
        for clause in agreement.clauses() {
            for (index, formula) in clause.formulas.iter().enumerate() {
                if known.contains(formula) {
                    continue;
                }
                let names: Vec<&str> = known.iter().map(String::as_str).collect();
                let path = format!("{}.formula[{index}]", clause.path);
                let fault = Diagnostic::error("unknown-formula")
                    .at(&loaded.positions.at(&path))
                    .with("formula", formula.clone())
                    .with("language", pack.language.0.clone());
                faults.push(fault.with("known", names.join(", ")).hint("known"));
            }
        }
        faults
    }
}

/// The tree of each Markdown field, by its key path.
type Trees = BTreeMap<String, Vec<Block>>;

/// A Markdown field in one language: its key path and its text.
type MarkdownField<'a> = (String, &'a str);

fn markdown_fields(agreement: &Agreement) -> impl Iterator<Item = MarkdownField<'_>> {
    let clauses = agreement
        .clauses()
        .filter_map(|clause| clause.text.as_ref());
    let texts = std::iter::once(&agreement.preamble).chain(clauses);
    texts.flat_map(|text| {
        let languages = agreement.languages.iter();
        languages.filter_map(|language| Some((text.path_in(language), text.get(language)?)))
    })
}

/// Longer names, in letters, may be broken: kept whole they would tear a line.
const LONGEST_WHOLE_NAME: usize = 24;

/// Returns what the names of parties do not share at their beginning: of
/// "Hội Phụ nữ tỉnh Bắc Giang" and "Hội Phụ nữ tỉnh Sê Kông" the two places.
fn own_parts(names: &[&str]) -> Vec<String> {
    let Some(first) = names.first() else {
        return Vec::new();
    };
    let shared = |a: &str, b: &str| {
        let same = a
            .char_indices()
            .zip(b.chars())
            .take_while(|((_, a), b)| a == b);
        same.last()
            .map_or(0, |((at, letter), _)| at + letter.len_utf8())
    };
    let mut length = names
        .iter()
        .map(|name| shared(first, name))
        .min()
        .unwrap_or(0);
    // Words that are parted by spaces are kept whole.
    if first.contains(' ') {
        length = first[..length].rfind(' ').map_or(0, |at| at + 1);
    }
    // A vowel or a tone mark never opens a name.
    let opens = |letter: char| !matches!(letter, '\u{eb0}'..='\u{ebc}' | '\u{ec8}'..='\u{ece}');
    let part = |name: &&str| {
        name.get(length..)
            .filter(|part| part.starts_with(opens))
            .map(str::to_owned)
    };
    names.iter().filter_map(part).collect()
}

/// Returns the document's title for catalogues: kind, parties and term.
fn title(agreement: &Agreement, pack: &LanguagePack) -> String {
    let kind = pack
        .kinds
        .get(&agreement.kind)
        .map_or(agreement.kind.as_str(), |kind| &kind.title);
    let names = agreement
        .parties
        .iter()
        .filter_map(|party| party.name.get(&pack.language));
    let mut title = format!("{kind}: {}", names.collect::<Vec<_>>().join(" - "));
    if let (Some(from), Some(to)) = (agreement.term.from, agreement.term.to) {
        title.push_str(&format!(", {} - {}", from.year(), to.year()));
    }
    title
}

/// Typst nests deeply; the main thread's stack is not promised to suffice.
const STACK_BYTES: usize = 16 << 20;

/// Does `work` on each item, on `jobs` threads, and returns the results in the
/// order of the items.
///
/// The threads are plain ones: Typst uses rayon inside, and a thread of rayon's
/// own pool that waits in Typst would take up the next document on top of the
/// first, until its stack overflows.
pub fn side_by_side<T: Sync, R: Send>(
    items: &[T],
    jobs: usize,
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let (sender, receiver) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..jobs.clamp(1, items.len().max(1)) {
            let (sender, next, work) = (sender.clone(), &next, &work);
            let worker = move || {
                while let Some((index, item)) = take(next, items) {
                    if sender.send((index, work(item))).is_err() {
                        break;
                    }
                }
            };
            let builder = thread::Builder::new().stack_size(STACK_BYTES);
            builder
                .spawn_scoped(scope, worker)
                .expect("the system grants a thread");
        }
    });
    drop(sender);
    let mut results: Vec<(usize, R)> = receiver.into_iter().collect();
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

fn take<'a, T>(next: &AtomicUsize, items: &'a [T]) -> Option<(usize, &'a T)> {
    let index = next.fetch_add(1, Ordering::Relaxed);
    items.get(index).map(|item| (index, item))
}
