//! What the program says to people, in the language they read.
//!
//! Each `wording/<lang>.yaml` holds, for each diagnostic code, a title, the
//! message with `{slots}`, what labels and hints say, and an explanation.
//! English is complete by test; another language falls back to it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::source::Source;
use crate::yaml::{self, Node, Value};

const FILES: [(&str, &str); 3] = [
    ("en", include_str!("wording/en.yaml")),
    ("vi", include_str!("wording/vi.yaml")),
    ("lo", include_str!("wording/lo.yaml")),
];

/// The sentences of one language.
#[derive(Clone, Debug, Default)]
pub struct Wording {
    /// The language's code.
    language: &'static str,
    /// Sentences by dotted path: `codes.unknown-key.message`.
    sentences: BTreeMap<String, String>,
}

impl Wording {
    /// Returns the wording of `language`; English fills its gaps.
    pub fn of(language: &str) -> Self {
        let known = FILES.iter().find(|(code, _)| *code == language);
        let (code, text) = *known.unwrap_or(&FILES[0]);
        let mut wording = Self {
            language: code,
            sentences: BTreeMap::new(),
        };
        for text in [FILES[0].1, text] {
            if let Ok(root) = yaml::parse(&Source::new("wording.yaml", text)) {
                wording.gather("", &root);
            }
        }
        wording
    }

    /// Returns the wording of `language` alone, without the English sentences
    /// that fill its gaps.
    pub fn alone(language: &str) -> Self {
        let mut wording = Self::default();
        for (code, text) in FILES.iter().filter(|(code, _)| *code == language) {
            wording.language = code;
            if let Ok(root) = yaml::parse(&Source::new("wording.yaml", *text)) {
                wording.gather("", &root);
            }
        }
        wording
    }

    /// Returns the languages that there is a wording for.
    pub fn languages() -> impl Iterator<Item = &'static str> {
        FILES.iter().map(|(code, _)| *code)
    }

    fn gather(&mut self, path: &str, node: &Node) {
        match &node.value {
            Value::Scalar(text) => {
                self.sentences
                    .insert(path.to_owned(), text.trim_end().to_owned());
            }
            Value::Map(entries) => {
                for entry in entries {
                    let path = if path.is_empty() {
                        entry.key.clone()
                    } else {
                        format!("{path}.{}", entry.key)
                    };
                    self.gather(&path, &entry.node);
                }
            }
            Value::Blank | Value::List(_) => {}
        }
    }

    /// Returns the language's code.
    pub fn language(&self) -> &'static str {
        self.language
    }

    /// Returns the paths of all sentences.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.sentences.keys().map(String::as_str)
    }

    /// Returns the sentence at `path`, such as `words.error`.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.sentences.get(path).map(String::as_str)
    }

    /// Returns a word of the program, or its key.
    pub fn word<'a>(&'a self, key: &'a str) -> &'a str {
        self.get(&format!("words.{key}")).unwrap_or(key)
    }

    /// Returns the one-line title of a code, or the code.
    pub fn title<'a>(&'a self, code: &'a str) -> &'a str {
        self.get(&format!("codes.{code}.title")).unwrap_or(code)
    }

    /// Returns the message of a diagnostic.
    pub fn message(&self, diagnostic: &Diagnostic) -> String {
        self.sentence(diagnostic, "message")
    }

    /// Returns what a diagnostic says at a label.
    pub fn label(&self, diagnostic: &Diagnostic, key: &str) -> String {
        self.sentence(diagnostic, &format!("labels.{key}"))
    }

    /// Returns a remedy of a diagnostic.
    pub fn hint(&self, diagnostic: &Diagnostic, key: &str) -> String {
        self.sentence(diagnostic, &format!("hints.{key}"))
    }

    fn sentence(&self, diagnostic: &Diagnostic, key: &str) -> String {
        let path = format!("codes.{}.{key}", diagnostic.code);
        let mut sentence = self.get(&path).unwrap_or(&path).to_owned();
        for (name, value) in &diagnostic.values {
            let value = match value.strip_prefix('@') {
                Some(word) if !word.is_empty() => self.word(word),
                _ => value,
            };
            sentence = sentence.replace(&format!("{{{name}}}"), &quoted(value));
        }
        sentence
    }
}

/// A longer value, in letters, is shown by its beginning: it is a text that the
/// reader has before her.
const LONGEST_QUOTE: usize = 400;

fn quoted(value: &str) -> Cow<'_, str> {
    let Some((end, _)) = value.char_indices().nth(LONGEST_QUOTE) else {
        return Cow::Borrowed(value);
    };
    let words = value[..end].rfind(char::is_whitespace).unwrap_or(end);
    Cow::Owned(format!("{} …", value[..words].trim_end()))
}
