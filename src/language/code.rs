//! Languages by name, and how many of them and of parties there may be.

use std::fmt;

/// A language by its code: `vi`, `lo`, `en`, the name of its template folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Language(pub String);

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The largest number of parties for which the language packs have words.
pub const MAX_PARTIES: usize = 20;

/// The largest number of languages; each party keeps an original in each.
pub const MAX_LANGUAGES: usize = 6;
