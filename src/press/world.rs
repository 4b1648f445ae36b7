//! What Typst may see: the faces, the files of `page/`, and one document as data.
//!
//! This is the only module that reads fonts. A template can open nothing but
//! the files listed here: no project file, no package, no network, no clock.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{LazyLock, Mutex, PoisonError};

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::FileId;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_kit::fonts::FontStore;

use crate::diagnostic::Diagnostic;
use crate::language::pack::{LanguagePack, Typography};
use crate::text::digest::Hasher;

use super::template::PageTemplate;

mod faces {
    include!(concat!(env!("OUT_DIR"), "/faces.rs"));
}

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// The faces that documents are set in.
pub struct Fonts {
    store: FontStore,
    faces: Vec<Face>,
    /// The digests of sets of families, once they are asked for.
    digests: Mutex<BTreeMap<BTreeSet<String>, String>>,
}

/// One face and where it comes from.
#[derive(Clone, Debug)]
pub struct Face {
    /// The family's name.
    pub family: String,
    /// Whether it is a bold.
    pub bold: bool,
    /// Whether it is an italic.
    pub italic: bool,
    /// Where it comes from.
    pub origin: Origin,
}

/// Where a face comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A folder that the user named.
    Folder(PathBuf),
    /// Embedded when the program was built.
    Embedded,
    /// Installed on this machine.
    System(PathBuf),
}

impl Fonts {
    /// Gathers faces: first those of `folders`, then the embedded ones, and
    /// those of the system only for families that none of these has.
    pub fn gather(folders: &[PathBuf], packs: &[&LanguagePack]) -> Self {
        let mut fonts = Self {
            store: FontStore::new(),
            faces: Vec::new(),
            digests: Mutex::default(),
        };
        for folder in folders {
            for (path, info) in typst_kit::fonts::scan(folder) {
                fonts.add(&info, Origin::Folder(path.path.clone()));
                fonts.store.push((path, info));
            }
        }
        for (_, data) in faces::FACES {
            for font in Font::iter(Bytes::new(*data)) {
                let info = font.info().clone();
                fonts.add(&info, Origin::Embedded);
                fonts.store.push((font, info));
            }
        }
        if packs
            .iter()
            .any(|pack| fonts.family(&pack.typography).is_none())
        {
            for (path, info) in typst_kit::fonts::system() {
                fonts.add(&info, Origin::System(path.path.clone()));
                fonts.store.push((path, info));
            }
        }
        fonts
    }

    fn add(&mut self, info: &typst::text::FontInfo, origin: Origin) {
        self.faces.push(Face {
            family: info.family.clone(),
            bold: info.variant.weight.to_number() >= 600,
            italic: info.variant.style != typst::text::FontStyle::Normal,
            origin,
        });
    }

    /// Returns all faces in the order in which they are looked for.
    pub fn faces(&self) -> &[Face] {
        &self.faces
    }

    /// Returns the first family of `typography` that there is.
    pub fn family<'a>(&self, typography: &'a Typography) -> Option<&'a str> {
        let has = |family: &&String| self.store.book().contains_family(&family.to_lowercase());
        typography.fonts.iter().find(has).map(String::as_str)
    }

    /// Returns `typography` with those of its families that there are. Where
    /// the first has no bold, words in bold are set in the first that has one.
    pub fn available(&self, typography: &Typography) -> Typography {
        let has = |family: &&String| self.store.book().contains_family(&family.to_lowercase());
        let fonts: Vec<String> = typography.fonts.iter().filter(has).cloned().collect();
        let (with, without): (Vec<_>, Vec<_>) = fonts
            .iter()
            .cloned()
            .partition(|family| self.has_bold(family));
        let bold = with.into_iter().chain(without).collect();
        Typography {
            fonts,
            bold,
            ..typography.clone()
        }
    }

    /// Tells whether `family` has a bold face.
    pub fn has_bold(&self, family: &str) -> bool {
        self.faces
            .iter()
            .any(|face| face.family == family && face.bold)
    }

    /// Returns the letters that no face of `family` has.
    pub fn missing(&self, family: &str, letters: &str) -> String {
        let book = self.store.book();
        let family = family.to_lowercase();
        let lacks = |letter: &char| {
            let mut infos = book
                .select_family(&family)
                .filter_map(|index| book.info(index));
            !infos.any(|info| info.coverage.contains((*letter).into()))
        };
        letters
            .chars()
            .filter(|letter| !letter.is_whitespace())
            .filter(lacks)
            .collect()
    }

    /// Returns a fault if there is no face for `pack`.
    pub fn check(&self, pack: &LanguagePack) -> Option<Diagnostic> {
        if self.family(&pack.typography).is_some() {
            return None;
        }
        let fault = Diagnostic::error("missing-font")
            .with("language", pack.language.0.clone())
            .with("families", pack.typography.fonts.join(", "))
            .with("package", pack.typography.package.clone());
        Some(fault.hint("install"))
    }

    /// Returns the digest of the faces that `typography` names.
    pub fn digest(&self, typography: &Typography) -> String {
        let named = typography.fonts.iter().chain(&typography.bold);
        let named: BTreeSet<String> = named.map(|family| family.to_lowercase()).collect();
        let mut kept = self.digests.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(digest) = kept.get(&named) {
            return digest.clone();
        }
        let mut hasher = Hasher::default();
        for family in &named {
            hasher.add(family);
            for index in self.store.book().select_family(family) {
                let font = self.store.font(index);
                hasher.add_bytes(font.as_ref().map_or(&[], |font| font.data().as_slice()));
            }
        }
        let digest = hasher.finish();
        kept.insert(named, digest.clone());
        digest
    }

    /// Returns the digest of all faces but the embedded ones, which belong to the program:
    /// those of folders by what is in them, those of the system by where they are.
    pub fn digest_of_all(&self) -> String {
        let mut kept = self.digests.lock().unwrap_or_else(PoisonError::into_inner);
        // No family is called so.
        let all = BTreeSet::from([String::new(), "*".to_owned()]);
        let digest = kept.entry(all).or_insert_with(|| {
            let mut hasher = Hasher::default();
            for (index, face) in self.faces.iter().enumerate() {
                hasher.add(&face.family);
                match &face.origin {
                    Origin::Embedded => {}
                    Origin::Folder(_) => {
                        let font = self.store.font(index);
                        hasher.add_bytes(font.as_ref().map_or(&[], |font| font.data().as_slice()));
                    }
                    Origin::System(path) => {
                        let found = std::fs::metadata(path).ok();
                        let facts = found.map(|found| (found.len(), found.modified().ok()));
                        hasher.add(&format!("{path:?} {facts:?}"));
                    }
                }
            }
            hasher.finish()
        });
        digest.clone()
    }

    /// Tells whether the faces of `typography` have a glyph for `letter`.
    pub fn covers(&self, typography: &Typography, letter: char) -> bool {
        let book = self.store.book();
        let mut families = typography.fonts.iter().map(|family| family.to_lowercase());
        families.any(|family| {
            let mut infos = book
                .select_family(&family)
                .filter_map(|index| book.info(index));
            infos.any(|info| info.coverage.contains(letter.into()))
        })
    }
}

/// The files that one document is made of.
pub struct DocumentWorld<'a> {
    fonts: &'a Fonts,
    page: &'a PageTemplate,
    files: BTreeMap<&'static str, Bytes>,
    date: Option<Datetime>,
}

impl<'a> DocumentWorld<'a> {
    /// Lays out what `page` makes of `files`, which stand beside its own; `date` is what
    /// the template is told is today.
    pub fn new(
        fonts: &'a Fonts,
        page: &'a PageTemplate,
        files: BTreeMap<&'static str, Bytes>,
        date: Option<Datetime>,
    ) -> Self {
        Self {
            fonts,
            page,
            files,
            date,
        }
    }
}

impl World for DocumentWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.store.book()
    }

    fn main(&self) -> FileId {
        self.page.main_id()
    }

    fn source(&self, id: FileId) -> FileResult<typst::syntax::Source> {
        let parsed = self.page.parsed(id).cloned();
        parsed.ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let path = id.get().vpath().get_without_slash();
        self.files.get(path).cloned().ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.store.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        self.date
    }
}
