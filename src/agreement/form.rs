//! The kinds of value that the form of an agreement is made of.
//!
//! Input: nodes of a YAML file. Output: texts by language, ids, dates, choices
//! and lists, each remembered with its place; whatever has another form is
//! reported, and reading goes on.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::calendar;
use super::keys::{Kind, Part};
use super::positions::Positions;
use super::term::Moment;
use super::text::Text;
use crate::diagnostic::{Diagnostic, Findings};
use crate::language::Language;
use crate::source::{Source, Span};
use crate::text::points;
use crate::text::yaml::{self, Entry, Node, Value};

/// Telephone numbers and e-mail addresses of an office, in bytes.
const MAX_LINE_BYTES: usize = 1000;

/// What stands for a text that there is not to be.
const NONE: &str = "none";

/// Reads the values of a file and remembers its faults.
pub(super) struct Decoder {
    pub(super) positions: Positions,
    /// The party or clause that is being read, by id.
    pub(super) subject: String,
    pub(super) faults: Findings,
    pub(super) languages: Vec<Language>,
    /// Where each formula stands.
    pub(super) formulas: BTreeMap<String, Span>,
}

/// A mapping of the file, at its key path; the root's path is empty.
pub(super) struct Form<'a> {
    pub(super) path: String,
    pub(super) span: Span,
    /// The keys that it may have; none where they are languages.
    part: Option<&'static Part>,
    entries: BTreeMap<&'a str, &'a Node>,
    /// The keys that unknown ones were probably meant to be.
    mistyped: Vec<String>,
}

impl<'a> Form<'a> {
    pub(super) fn path(&self, key: &str) -> String {
        if self.path.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.path)
        }
    }

    /// Returns the value of `key`, if the file has it.
    pub(super) fn get(&self, key: &str) -> Option<&'a Node> {
        self.entries.get(key).copied()
    }

    /// Tells whether `key` is there, if only misspelt.
    pub(super) fn has(&self, key: &str) -> bool {
        let mut mistyped = self.mistyped.iter();
        self.get(key).is_some() || mistyped.any(|mistyped| mistyped == key)
    }

    /// Returns the value of `key`, unless it is absent or blank.
    pub(super) fn filled(&self, key: &str) -> Option<&'a Node> {
        let node = self.get(key);
        node.filter(|node| !matches!(node.value, Value::Blank))
    }

    /// Returns what the table says may stand under `key`.
    fn kind(&self, key: &str) -> Option<Kind> {
        Some(self.part?.key(key)?.kind)
    }
}

impl Decoder {
    /// Starts with a file of which nothing is read yet.
    pub(super) fn new(source: &Source) -> Self {
        Self {
            positions: Positions::new(source),
            subject: String::new(),
            faults: Findings::default(),
            languages: Vec::new(),
            formulas: BTreeMap::new(),
        }
    }

    /// Opens a mapping, refusing keys that the part does not have and naming
    /// those that it needs.
    pub(super) fn form<'a>(
        &mut self,
        node: &'a Node,
        path: &str,
        part: &'static Part,
    ) -> Option<Form<'a>> {
        let mut form = self.open(node, path, &part.names())?;
        form.part = Some(part);
        for key in part.keys.iter().filter(|key| key.needed) {
            self.need(&form, key.name);
        }
        let has = |key: &&&str| form.has(key);
        if let (Some(usual), None) = (part.either.first(), part.either.iter().find(has)) {
            self.need(&form, usual);
        }
        Some(form)
    }

    /// Opens a mapping whose keys are among `known`.
    fn open<'a>(&mut self, node: &'a Node, path: &str, known: &[&str]) -> Option<Form<'a>> {
        let Value::Map(entries) = &node.value else {
            self.mistyped(node, "@a-mapping");
            return None;
        };
        let mut form = Form {
            path: path.to_owned(),
            span: node.span.clone(),
            part: None,
            entries: BTreeMap::new(),
            mistyped: Vec::new(),
        };
        for entry in entries {
            if known.contains(&entry.key.as_str()) {
                self.positions
                    .insert(form.path(&entry.key), &entry.node.span);
                form.entries.insert(&entry.key, &entry.node);
            } else {
                let fault = unknown_key(entry, known);
                form.mistyped.extend(fault.values.get("nearest").cloned());
                self.faults.push(fault);
            }
        }
        Some(form)
    }

    /// Opens a mapping that may be absent or blank.
    pub(super) fn part<'a>(&mut self, form: &Form<'a>, key: &str, part: &'static Part) -> Form<'a> {
        debug_assert!(matches!(form.kind(key), Some(Kind::Part(_))), "{key}");
        let path = form.path(key);
        let node = form.filled(key);
        let opened = node.and_then(|node| self.form(node, &path, part));
        opened.unwrap_or_else(|| empty(form, path, Some(part)))
    }

    /// Opens a mapping by language that may be absent or blank.
    pub(super) fn by_language<'a>(&mut self, form: &Form<'a>, key: &str) -> Form<'a> {
        debug_assert!(matches!(form.kind(key), Some(Kind::ByLanguage(_))), "{key}");
        let path = form.path(key);
        let languages = self.languages.clone();
        let codes: Vec<&str> = languages.iter().map(|l| l.0.as_str()).collect();
        let node = form.filled(key);
        let opened = node.and_then(|node| self.open(node, &path, &codes));
        opened.unwrap_or_else(|| empty(form, path, None))
    }

    /// Reports a key that is absent, unless it is there with a slip.
    pub(super) fn need(&mut self, form: &Form<'_>, key: &str) {
        if form.has(key) {
            return;
        }
        let start = form.span.range().start;
        let first = form.span.source().span(start..start + 1);
        let fault = Diagnostic::error("missing-key")
            .at(&first)
            .with("key", key)
            .hint("add");
        self.faults.push(fault);
    }

    pub(super) fn list<T>(
        &mut self,
        form: &Form<'_>,
        key: &str,
        read: fn(&mut Self, &Node, &str) -> Option<T>,
    ) -> Vec<T> {
        let items = self.items(form, key);
        items
            .into_iter()
            .filter_map(|(item, path)| read(self, item, &path))
            .collect()
    }

    /// Returns the items of a list, each with its path.
    pub(super) fn items<'a>(&mut self, form: &Form<'a>, key: &str) -> Vec<(&'a Node, String)> {
        debug_assert!(matches!(form.kind(key), Some(Kind::List(..))), "{key}");
        let Some(node) = form.filled(key) else {
            return Vec::new();
        };
        let Value::List(items) = &node.value else {
            self.mistyped(node, "@a-list");
            return Vec::new();
        };
        let mut found = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let path = format!("{}[{index}]", form.path(key));
            self.positions.insert(path.clone(), &item.span);
            found.push((item, path));
        }
        found
    }

    /// Reads a text; an absent or blank one is blank in every language.
    pub(super) fn text(&mut self, form: &Form<'_>, key: &str) -> Text {
        let path = form.path(key);
        self.optional_text(form, key).unwrap_or_else(|| Text {
            path,
            by_language: self.languages.iter().map(|l| (l.clone(), None)).collect(),
        })
    }

    /// Reads a text, or the word `none`, which stands for all languages at once.
    pub(super) fn text_or_none(&mut self, form: &Form<'_>, key: &str) -> Option<Text> {
        let none = |node: &Node| node.text().is_some_and(|text| text.trim() == NONE);
        let node = form.get(key);
        if node.is_some_and(none) {
            return None;
        }
        for entry in node.map(Node::entries).unwrap_or_default() {
            if none(&entry.node) {
                let fault = Diagnostic::error("none-in-language").at(&entry.node.span);
                self.faults.push(fault.with("key", key).hint("whole"));
            }
        }
        Some(self.text(form, key))
    }

    pub(super) fn optional_text(&mut self, form: &Form<'_>, key: &str) -> Option<Text> {
        let plain = matches!(form.kind(key), Some(Kind::Plain | Kind::PlainOrNone));
        let lines = matches!(form.kind(key), Some(Kind::Lines));
        debug_assert!(
            plain || lines || matches!(form.kind(key), Some(Kind::Markdown)),
            "{key}"
        );
        let node = form.get(key)?;
        let path = form.path(key);
        let languages = self.languages.clone();
        let mut text = Text {
            path: path.clone(),
            by_language: BTreeMap::new(),
        };
        if matches!(node.value, Value::Blank) {
            text.by_language = languages
                .into_iter()
                .map(|language| (language, None))
                .collect();
            return Some(text);
        }
        let codes: Vec<&str> = languages
            .iter()
            .map(|language| language.0.as_str())
            .collect();
        if !matches!(node.value, Value::Map(_)) {
            let fault = Diagnostic::error("not-by-language").at(&node.span);
            let fault = fault.with("languages", codes.join(", ")).hint("split");
            self.faults.push(match form.kind(key) {
                Some(Kind::PlainOrNone) => fault.hint("none"),
                _ => fault,
            });
            return None;
        }
        let by_language = self.open(node, &path, &codes)?;
        for language in &languages {
            let value = by_language.get(&language.0);
            // A text of one word may be cut as well.
            self.faults
                .extend(value.and_then(|node| yaml::cut_text(&node.span)));
            let value = match value {
                None if by_language.has(&language.0) => None,
                None => {
                    self.lacks_language(&by_language, language);
                    None
                }
                Some(node) if plain => self.optional(node).map(|text| fold(&text)),
                Some(node) if lines => Some(self.lines(node)),
                Some(node) => {
                    let text = self.optional(node);
                    text.map(|text| points::apart(text.trim_end()).into_owned())
                }
            };
            text.by_language
                .insert(language.clone(), value.filter(|value| !value.is_empty()));
        }
        Some(text)
    }

    /// Reads a text of one line or of several: a list of them, or one with line ends.
    fn lines(&mut self, node: &Node) -> String {
        let lines: Vec<String> = match &node.value {
            Value::List(items) => items
                .iter()
                .filter_map(|item| self.optional(item).map(|line| fold(&line)))
                .collect(),
            _ => {
                let text = self.optional(node).unwrap_or_default();
                text.split('\n').map(fold).collect()
            }
        };
        let lines = lines.into_iter().filter(|line| !line.is_empty());
        lines.collect::<Vec<_>>().join("\n")
    }

    pub(super) fn lacks_language(&mut self, form: &Form<'_>, language: &Language) {
        let key = form.path.rsplit('.').next().unwrap_or_default();
        // Only texts within a list belong to a party or a clause.
        let owner = if form.path.contains('[') {
            &self.subject
        } else {
            "@the-agreement"
        };
        let fault = Diagnostic::error("one-language-only")
            .at(&form.span)
            .with("text", key)
            .with("owner", owner)
            .with("language", language.0.clone())
            .hint("add");
        self.faults.push(fault);
    }

    /// Reads a text that may be blank.
    pub(super) fn optional(&mut self, node: &Node) -> Option<String> {
        match &node.value {
            Value::Blank => None,
            Value::Scalar(text) => Some(text.clone()).filter(|text| !text.trim().is_empty()),
            Value::List(_) | Value::Map(_) => {
                self.mistyped(node, "@text");
                None
            }
        }
    }

    pub(super) fn optional_line(&mut self, form: &Form<'_>, key: &str) -> Option<String> {
        debug_assert!(matches!(form.kind(key), Some(Kind::Line)), "{key}");
        let node = form.filled(key)?;
        let line = self.optional(node).map(|text| fold(&text))?;
        if line.len() > MAX_LINE_BYTES {
            let start = node.span.range().start;
            let at = node.span.source().span(start..start + 1);
            let fault = Diagnostic::error("text-too-long").at(&at);
            let fault = fault.with("size", line.len().to_string());
            self.faults
                .push(fault.with("most", MAX_LINE_BYTES.to_string()));
        }
        Some(line)
    }

    pub(super) fn line(&mut self, node: &Node) -> Option<String> {
        match &node.value {
            Value::Scalar(text) if !text.trim().is_empty() => Some(fold(text)),
            _ => {
                self.mistyped(node, "@text");
                None
            }
        }
    }

    /// Reads a name that is safe in a path on every system.
    pub(super) fn id(&mut self, node: &Node) -> Option<String> {
        let id = self.line(node)?;
        let letters = id
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        // Windows keeps these names for devices.
        let port = id.strip_prefix("com").or_else(|| id.strip_prefix("lpt"));
        let numbered = |port: &str| matches!(port.as_bytes(), [b'0'..=b'9']);
        let device =
            matches!(id.as_str(), "con" | "prn" | "aux" | "nul") || port.is_some_and(numbered);
        if !letters || id.starts_with('-') || id.len() > 100 || device {
            let shown: String = id.chars().take(40).collect();
            self.faults.push(
                Diagnostic::error("invalid-id")
                    .at(&node.span)
                    .typed("id", &shown)
                    .hint("form"),
            );
            return None;
        }
        Some(id)
    }

    pub(super) fn choice<T: Copy>(
        &mut self,
        form: &Form<'_>,
        key: &str,
        choices: &[(&str, T)],
    ) -> Option<T> {
        debug_assert!(matches!(form.kind(key), Some(Kind::Choice(_))), "{key}");
        let node = form.filled(key)?;
        let word = self.line(node)?;
        let chosen = choices
            .iter()
            .find(|(name, _)| *name == word)
            .map(|(_, value)| *value);
        if chosen.is_none() {
            let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
            let fault = Diagnostic::error("unknown-choice").at(&node.span);
            let fault = fault
                .with("value", &word)
                .with("key", key)
                .with("choices", names.join(", "));
            self.faults.push(suggest(fault, &word, &names));
        }
        chosen
    }

    pub(super) fn date(&mut self, form: &Form<'_>, key: &str) -> Option<NaiveDate> {
        debug_assert!(matches!(form.kind(key), Some(Kind::Date)), "{key}");
        self.value(form, key, calendar::date)
    }

    pub(super) fn moment(&mut self, form: &Form<'_>, key: &str) -> Option<Moment> {
        let kind = form.kind(key);
        debug_assert!(matches!(kind, Some(Kind::Moment | Kind::End)), "{key}");
        self.value(form, key, calendar::moment)
    }

    /// Reads a number from 1 to the most that the table of keys allows.
    pub(super) fn number(&mut self, form: &Form<'_>, key: &str) -> Option<u32> {
        let Some(Kind::Number(most)) = form.kind(key) else {
            debug_assert!(false, "{key}");
            return None;
        };
        self.value(form, key, |text| calendar::number(text, most))
    }

    /// Reads a value of one line, unless it is absent or blank.
    fn value<T>(
        &mut self,
        form: &Form<'_>,
        key: &str,
        read: impl Fn(&str) -> Result<T, Diagnostic>,
    ) -> Option<T> {
        let node = form.filled(key)?;
        let text = self.line(node)?;
        let read = read(&text).map_err(|fault| fault.at(&node.span));
        read.map_err(|fault| self.faults.push(fault)).ok()
    }

    pub(super) fn unique<'a>(&mut self, named: impl Iterator<Item = (&'a str, &'a str)>) {
        let mut first: BTreeMap<&str, &str> = BTreeMap::new();
        let mut seen = BTreeSet::new();
        for (id, path) in named.filter(|(id, _)| !id.is_empty()) {
            if !seen.insert(id) {
                let span = |path: &str| self.positions.at(&format!("{path}.id"));
                let fault = Diagnostic::error("repeated-id")
                    .at(&span(path))
                    .with("id", id);
                let fault = fault.label("first", &span(first.get(id).copied().unwrap_or_default()));
                self.faults.push(fault);
            } else {
                first.insert(id, path);
            }
        }
    }

    pub(super) fn mistyped(&mut self, node: &Node, expected: &str) {
        let found = match node.value {
            Value::Blank => "@nothing",
            Value::Scalar(_) => "@text",
            Value::List(_) => "@a-list",
            Value::Map(_) => "@a-mapping",
        };
        let fault = Diagnostic::error("wrong-type").at(&node.span);
        self.faults
            .push(fault.with("expected", expected).with("found", found));
    }
}

/// Returns a mapping that the file does not have.
fn empty<'a>(parent: &Form<'a>, path: String, part: Option<&'static Part>) -> Form<'a> {
    Form {
        path,
        span: parent.span.clone(),
        part,
        entries: BTreeMap::new(),
        mistyped: Vec::new(),
    }
}

fn fold(text: &str) -> String {
    text.split([' ', '\t', '\n', '\r'])
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
        // A no-break space at an end is not seen, and would undo the marks around it.
        .trim()
        .to_owned()
}

fn unknown_key(entry: &Entry, known: &[&str]) -> Diagnostic {
    let (key, span) = (&entry.key, &entry.key_span);
    let fault = Diagnostic::error("unknown-key").at(span).with("key", key);
    let fault = fault.with("known", known.join(", "));
    // `{vi: Huế, Việt Nam}`: the second half of a text, in the eyes of YAML a key.
    let before = &span.source().text()[..span.range().start];
    let behind = before.trim_end().ends_with(',');
    let blank = matches!(entry.node.value, Value::Blank) && entry.node.span.range() == span.range();
    if behind && (blank || key.contains(' ') && !key.is_ascii()) {
        return fault.hint("comma");
    }
    suggest(fault, key, known)
}

/// Names the known word that `word` was probably meant to be, or all of them.
pub(super) fn suggest(fault: Diagnostic, word: &str, known: &[&str]) -> Diagnostic {
    let fault = fault.nearest(word, known.iter().copied());
    match fault.values.contains_key("nearest") {
        true => fault,
        false => fault.hint("known"),
    }
}
