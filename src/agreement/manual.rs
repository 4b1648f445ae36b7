//! The table of keys as a page for people: what each key means, an example of it,
//! and what the example prints.
//!
//! Input: the sentences of a language, and the examples of `docs/form.yaml`, one
//! entry for each key. Output: Markdown, the file `docs/form.md`.

use crate::messages::Messages;
use crate::source::Source;
use crate::text::yaml::{self, Node};

use super::keys::{AGREEMENT, Key, Kind, Part, REGISTER};

const EXAMPLES: &str = include_str!("../../docs/form.yaml");

/// How a key is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The key, with the name of its part: `party.name`.
    pub key: String,
    /// Lines of an agreement that have the key.
    pub yaml: String,
    /// Words of the Vietnamese Markdown that come of it; none where it prints
    /// nothing by itself.
    pub prints: Option<String>,
}

/// Returns all examples, in the order of their file.
pub fn examples() -> Vec<Example> {
    let root = yaml::parse(&Source::new("docs/form.yaml", EXAMPLES));
    let root = root.expect("the examples are YAML, by test");
    let text = |node: &Node, key: &str| {
        let text = node.get(key)?.text()?;
        Some(text.trim_end().to_owned())
    };
    let examples = root.entries().iter().map(|entry| Example {
        key: entry.key.clone(),
        yaml: text(&entry.node, "example").unwrap_or_default(),
        prints: text(&entry.node, "prints"),
    });
    examples.collect()
}

/// Returns the page, with what each key means in the language of `messages`.
pub fn markdown(messages: &Messages) -> String {
    let mut page = Page {
        messages,
        examples: examples(),
        seen: Vec::new(),
        out: String::new(),
    };
    page.paragraph(&format!("# {}", messages.word("form-title")));
    page.paragraph("<!-- alternat schema --docs -->");
    page.paragraph(messages.word("form-intro"));
    page.part(&AGREEMENT, "");
    page.out
}

/// Returns the page of `agreements/parties.yaml`, likewise. Its examples are those of an
/// agreement where the keys are the same.
pub fn markdown_of_parties(messages: &Messages) -> String {
    let mut page = Page {
        messages,
        examples: examples(),
        seen: Vec::new(),
        out: String::new(),
    };
    page.paragraph("# `agreements/parties.yaml`");
    page.paragraph("<!-- alternat schema --parties --docs -->");
    page.paragraph(messages.word("parties-intro"));
    page.part(&REGISTER, "");
    page.out
}

struct Page<'a> {
    messages: &'a Messages,
    examples: Vec<Example>,
    /// The parts that are explained.
    seen: Vec<&'static str>,
    out: String,
}

impl Page<'_> {
    /// Explains a part at `path` and the parts in it, each once.
    fn part(&mut self, part: &'static Part, path: &str) {
        if self.seen.contains(&part.name) {
            return;
        }
        self.seen.push(part.name);
        let name = if path.is_empty() { part.name } else { path };
        self.paragraph(&format!("## `{name}`"));
        for key in part.keys {
            self.key(part, key);
        }
        for key in part.keys {
            if let Kind::Part(below) | Kind::List(below, ..) | Kind::ByLanguage(below) = key.kind {
                let path = match path {
                    "" => key.name.to_owned(),
                    path => format!("{path}.{}", key.name),
                };
                self.part(below, &path);
            }
        }
    }

    fn key(&mut self, part: &Part, key: &Key) {
        let name = format!("{}.{}", part.name, key.name);
        self.paragraph(&format!("### `{}`", key.name));
        let messages = self.messages;
        let meaning = messages.get(&format!("keys.{name}"));
        self.paragraph(meaning.unwrap_or_default());
        let example = self.examples.iter().find(|example| example.key == name);
        let Some(example) = example.cloned() else {
            return;
        };
        self.paragraph(&format!("```yaml\n{}\n```", example.yaml));
        match example.prints {
            Some(prints) => {
                self.paragraph(messages.word("form-prints"));
                self.paragraph(&format!("```markdown\n{prints}\n```"));
            }
            None => self.paragraph(messages.word("form-silent")),
        }
    }

    fn paragraph(&mut self, text: &str) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out.push_str(text);
        self.out.push('\n');
    }
}
