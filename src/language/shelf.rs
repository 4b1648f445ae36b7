//! All that a project knows of its languages, in one place.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Outcome;
use crate::source::Source;

use super::code::Language;
use super::glossary::Glossary;
use super::pack::LanguagePack;
use super::watch::WatchList;

/// The packs and watch lists of the languages, and the project's glossary.
#[derive(Default)]
pub struct Shelf {
    packs: BTreeMap<Language, LanguagePack>,
    watch: BTreeMap<Language, WatchList>,
    glossary: Glossary,
}

/// Watches for nothing.
static NOTHING: WatchList = WatchList::none();

impl Shelf {
    /// Reads packs and watch lists from the template files, by their path below
    /// `templates/`, and the glossary of a project that has one.
    ///
    /// # Errors
    /// Files that cannot be read.
    pub fn read(files: &BTreeMap<String, Source>, glossary: Option<&Source>) -> Outcome<Self> {
        let mut shelf = Self::default();
        let mut faults = Vec::new();
        for (path, source) in files {
            let Some((code, file)) = path.split_once('/') else {
                continue;
            };
            let language = Language(code.to_owned());
            let read = match file {
                "words.yaml" => LanguagePack::read(language.clone(), source)
                    .map(|pack| drop(shelf.packs.insert(language, pack))),
                "watch.yaml" => {
                    WatchList::read(source).map(|list| drop(shelf.watch.insert(language, list)))
                }
                _ => Ok(()),
            };
            faults.extend(read.err().into_iter().flatten());
        }
        match glossary.map(Glossary::read).transpose() {
            Ok(glossary) => shelf.glossary = glossary.unwrap_or_default(),
            Err(found) => faults.extend(found),
        }
        if faults.is_empty() {
            Ok(shelf)
        } else {
            Err(faults)
        }
    }

    /// Returns the packs, by language.
    pub fn packs(&self) -> &BTreeMap<Language, LanguagePack> {
        &self.packs
    }

    /// Returns the pack of `language`, if it has one.
    pub fn pack(&self, language: &Language) -> Option<&LanguagePack> {
        self.packs.get(language)
    }

    /// Returns the watch list of `language`; an empty one where it has none.
    pub fn watch(&self, language: &Language) -> &WatchList {
        self.watch.get(language).unwrap_or(&NOTHING)
    }

    /// Returns the project's names and terms.
    pub fn glossary(&self) -> &Glossary {
        &self.glossary
    }

    /// Returns every language that something is known of.
    pub fn languages(&self) -> BTreeSet<&Language> {
        let terms = self.glossary.entries.iter();
        let named = terms.flat_map(|term| term.by_language.keys());
        self.packs
            .keys()
            .chain(self.watch.keys())
            .chain(named)
            .collect()
    }
}
