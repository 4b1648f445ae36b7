//! A text of the form, in each language of an agreement.

use std::collections::BTreeMap;

use crate::language::Language;

/// A text in several languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Where the text stands in the file: `content[1].text`.
    pub path: String,
    /// The text of each language of the agreement; `None` is a blank.
    pub by_language: BTreeMap<Language, Option<String>>,
}

impl Text {
    /// Returns the text in `language`, unless it is blank.
    pub fn get(&self, language: &Language) -> Option<&str> {
        self.by_language.get(language)?.as_deref()
    }

    /// Returns the key path of the text in `language`.
    pub fn path_in(&self, language: &Language) -> String {
        format!("{}.{language}", self.path)
    }
}
