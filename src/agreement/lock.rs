//! The lock of a signed agreement: the digest of each language's words.
//!
//! It stands beside the agreement as `<id>.lock` and is written once, at
//! signing, by `alternat freeze`. A build that would change the words fails.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Outcome};
use crate::language::Language;
use crate::source::Source;
use crate::text::yaml::{self, Value};

/// The key of the originals; the others are codes of languages.
const ORIGINALS: &str = "originals";

/// The digests of a signed text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock {
    /// SHA-256 of each language's words, in hexadecimal.
    pub digests: BTreeMap<Language, String>,
    /// How many originals were signed, in the words of the form; none where there
    /// was one of each language for each party.
    pub originals: Option<String>,
}

impl Lock {
    /// Reads a lock.
    ///
    /// # Errors
    /// Invalid YAML, or anything but a digest for each language.
    pub fn parse(source: &Source) -> Outcome<Self> {
        let root = yaml::parse(source)?;
        let mut lock = Self::default();
        let mut faults = Vec::new();
        let Value::Map(entries) = &root.value else {
            return Err(vec![Diagnostic::error("invalid-lock").at(&root.span)]);
        };
        for entry in entries {
            match &entry.node.value {
                Value::Scalar(words) if entry.key == ORIGINALS => {
                    lock.originals = Some(words.clone());
                }
                Value::Scalar(digest)
                    if digest.len() == 64 && digest.bytes().all(|b| b.is_ascii_hexdigit()) =>
                {
                    lock.digests
                        .insert(Language(entry.key.clone()), digest.clone());
                }
                _ => faults.push(Diagnostic::error("invalid-lock").at(&entry.node.span)),
            }
        }
        if faults.is_empty() {
            Ok(lock)
        } else {
            Err(faults)
        }
    }

    /// Returns the lock as the text of its file.
    pub fn text(&self) -> String {
        let mut text = String::from("# SHA-256 of the words that were signed, by language.\n");
        for (language, digest) in &self.digests {
            text.push_str(&format!("{language}: {digest}\n"));
        }
        if let Some(originals) = &self.originals {
            text.push_str(&format!("{ORIGINALS}: {originals}\n"));
        }
        text
    }
}
