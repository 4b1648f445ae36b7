//! What all agreements share: languages, templates, faces, options.

use std::collections::BTreeMap;
use std::path::PathBuf;

use chrono::NaiveDate;

use crate::agreement::Register;
use crate::check::Lexicons;
use crate::diagnostic::{Diagnostic, Outcome};
use crate::document::template::Templates;
use crate::language::pack::LanguagePack;
use crate::language::{Language, Shelf};
use crate::press::pdf::Attachment;
use crate::press::template::PageTemplate;
use crate::press::world::Fonts;
use crate::source::Source;
use crate::text::digest::Hasher;

use super::faceless::of_files;
use super::tally::{Counter, Tally};

/// The digest of all that this build of the program is made of: sources, crates,
/// templates, faces and compiler.
pub const PROGRAM: &str = env!("ALTERNAT_PROGRAM");

/// What a project brings along.
pub struct Materials {
    /// The template files by their path below `templates/`.
    pub templates: BTreeMap<String, Source>,
    /// The project's names and terms, if it has a file of them.
    pub glossary: Option<Source>,
    /// The parties that the project knows, if it has a file of them.
    pub parties: Option<Source>,
}

/// What is asked for, whatever the project.
#[derive(Clone, Debug)]
pub struct Options {
    /// Folders with further faces, before the built-in ones.
    pub font_folders: Vec<PathBuf>,
    /// Whether PDFs carry the agreement's source.
    pub attachment: Attachment,
    /// The date of documents whose agreement states none. It is in no key of inputs:
    /// [`Made::undated`] tells whether they depend on it.
    ///
    /// [`Made::undated`]: super::Made::undated
    pub default_date: Option<NaiveDate>,
    /// The day on which agreements are checked, where it is to count. Nothing that is
    /// made depends on it, and no key; [`Made::days`] tells how long findings hold.
    ///
    /// [`Made::days`]: super::Made::days
    pub today: Option<NaiveDate>,
    /// The digest of all files that were read to open the project, whatever they are.
    pub read: String,
    /// Whether pages are made by a look of the project's own, which may use any face
    /// and any file that it is given.
    pub own_look: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            font_folders: Vec::new(),
            attachment: Attachment::Source,
            default_date: None,
            today: None,
            read: String::new(),
            own_look: true,
        }
    }
}

/// What all agreements share.
pub struct Workshop {
    pub(super) shelf: Shelf,
    pub(super) register: Register,
    pub(super) lexicons: Lexicons,
    pub(super) templates: Templates,
    pub(super) page: PageTemplate,
    /// The digest of all templates of pages.
    pub(super) look: String,
    pub(super) fonts: Fonts,
    /// Letters of templates and word lists that no face has, by language.
    pub(super) faceless: BTreeMap<Language, Vec<Diagnostic>>,
    pub(super) options: Options,
    /// The digest of all of the above.
    pub(super) materials: String,
    pub(super) counter: Counter,
}

impl Workshop {
    /// Prepares templates, languages and faces.
    ///
    /// # Errors
    /// Packs, templates, a glossary and a register of parties that cannot be read.
    pub fn new(materials: Materials, options: Options) -> Outcome<Self> {
        let digest = digest_of(&materials, &options);
        let Materials {
            templates,
            glossary,
            parties,
        } = materials;
        let page = PageTemplate::new(&templates);
        let look = look_of(&templates);
        let shelf = Shelf::read(&templates, glossary.as_ref());
        let files = templates;
        let markdown = files.iter().filter(|(path, _)| path.ends_with(".md"));
        let templates = Templates::new(markdown.map(|(path, file)| (path.clone(), file.clone())));
        let register = parties.as_ref().map(Register::read).transpose();
        match (shelf, templates, register, page) {
            (Ok(shelf), Ok(templates), Ok(register), Ok(page)) => {
                let packs: Vec<&LanguagePack> = shelf.packs().values().collect();
                let fonts = Fonts::gather(&options.font_folders, &packs);
                let faceless = packs.iter().map(|pack| {
                    let faults = of_files(&fonts, pack, &files);
                    (pack.language.clone(), faults)
                });
                Ok(Self {
                    faceless: faceless.collect(),
                    fonts,
                    lexicons: Lexicons::new(&shelf),
                    shelf,
                    register: register.unwrap_or_default(),
                    templates,
                    page,
                    options,
                    look,
                    materials: digest,
                    counter: Counter::default(),
                })
            }
            (shelf, templates, register, page) => {
                let faults = shelf.err().into_iter().chain(templates.err());
                let faults = faults.chain(register.err()).chain(page.err());
                Err(faults.flatten().collect())
            }
        }
    }

    /// Tells `announce` the name of each template before it is used.
    pub fn announcing(mut self, announce: fn(&str)) -> Self {
        self.templates = self.templates.announcing(announce);
        self
    }

    /// Returns the language packs, in order of their codes.
    pub fn packs(&self) -> impl Iterator<Item = &LanguagePack> {
        self.shelf.packs().values()
    }

    /// Returns what stands before the names of places, in all languages.
    pub fn unit_words(&self) -> Vec<String> {
        let languages = self.shelf.packs().keys();
        let units = languages.flat_map(|code| self.shelf.watch(code).list("unit_words"));
        units.map(|unit| unit.shown.clone()).collect()
    }

    /// Returns the parties that the project knows.
    pub fn register(&self) -> &Register {
        &self.register
    }

    /// Returns the faces that documents are set in.
    pub fn fonts(&self) -> &Fonts {
        &self.fonts
    }

    /// Returns how much has been rendered and read so far.
    pub fn tally(&self) -> Tally {
        self.counter.tally()
    }
}

/// Returns the digest of what all agreements of a project share, but for the
/// faces.
fn digest_of(materials: &Materials, options: &Options) -> String {
    let mut hasher = Hasher::default();
    hasher.add(PROGRAM);
    let lists = materials.glossary.iter().chain(&materials.parties);
    for file in materials.templates.values().chain(lists) {
        hasher.add(file.name());
        hasher.add(file.text());
    }
    hasher.add(&options.read);
    hasher.add(&format!("{:?} {}", options.attachment, options.own_look));
    hasher.finish()
}

/// Returns the digest of everything that Typst may read to lay out pages, but for the
/// document itself.
fn look_of(templates: &BTreeMap<String, Source>) -> String {
    let mut hasher = Hasher::default();
    let files = templates.iter();
    for (path, file) in files.filter(|(path, _)| path.ends_with(".typ")) {
        hasher.add(path);
        hasher.add(file.text());
    }
    hasher.finish()
}
