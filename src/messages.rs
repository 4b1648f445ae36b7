//! What the program says to people, in the language they read.
//!
//! Each `messages/<lang>.yaml` holds, for each diagnostic code, a title, the
//! message with `{slots}`, what labels and hints say, and an explanation.
//! English is complete by test; another language falls back to it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::source::Source;
use crate::text::yaml::{self, Node, Value};

const FILES: [(&str, &str); 3] = [
    ("en", include_str!("../messages/en.yaml")),
    ("vi", include_str!("../messages/vi.yaml")),
    ("lo", include_str!("../messages/lo.yaml")),
];

/// The sentences of one language.
#[derive(Clone, Debug, Default)]
pub struct Messages {
    /// The language's code.
    language: &'static str,
    /// Sentences by dotted path: `codes.unknown-key.message`.
    sentences: BTreeMap<String, String>,
}

impl Messages {
    /// Returns the sentences of `language`; English fills its gaps.
    pub fn of(language: &str) -> Self {
        let known = FILES.iter().find(|(code, _)| *code == language);
        let (code, text) = *known.unwrap_or(&FILES[0]);
        let mut messages = Self {
            language: code,
            sentences: BTreeMap::new(),
        };
        for text in [FILES[0].1, text] {
            if let Ok(root) = yaml::parse(&Source::new("messages.yaml", text)) {
                messages.gather("", &root);
            }
        }
        messages
    }

    /// Returns the sentences of `language` alone, without the English sentences
    /// that fill its gaps.
    pub fn alone(language: &str) -> Self {
        let mut messages = Self::default();
        for (code, text) in FILES.iter().filter(|(code, _)| *code == language) {
            messages.language = code;
            if let Ok(root) = yaml::parse(&Source::new("messages.yaml", *text)) {
                messages.gather("", &root);
            }
        }
        messages
    }

    /// Returns the languages that there are sentences for.
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

    /// Returns the word at `key` with its `{number}` slots filled. A noun is
    /// written `{files:file|files}`, for one and for more.
    pub fn counted(&self, key: &str, numbers: &[(&str, usize)]) -> String {
        let mut sentence = self.word(key).to_owned();
        for (name, number) in numbers {
            sentence = sentence.replace(&format!("{{{name}}}"), &number.to_string());
            let slot = format!("{{{name}:");
            while let Some((before, rest)) = sentence.split_once(&slot) {
                let Some((nouns, after)) = rest.split_once('}') else {
                    break;
                };
                let (one, more) = nouns.split_once('|').unwrap_or((nouns, nouns));
                let noun = if *number == 1 { one } else { more };
                sentence = format!("{before}{noun}{after}");
            }
        }
        sentence
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
                Some(typed) if typed.starts_with('@') => typed,
                Some(word) => self.get(&format!("words.{word}")).unwrap_or(value),
                None => value,
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
