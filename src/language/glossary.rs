//! The project's glossary: names and terms in each language, and the variants
//! that are not to be used.
//!
//! Input: `agreements/glossary.yaml`. Output: a [`Glossary`]. A project without
//! the file has an empty one.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Outcome};
use crate::source::{Source, Span};
use crate::text::yaml::{self, Node};

use super::code::Language;

/// Names and terms in several languages.
#[derive(Clone, Debug, Default)]
pub struct Glossary {
    /// The entries in the order of the file.
    pub entries: Vec<Term>,
}

/// One name or term.
#[derive(Clone, Debug)]
pub struct Term {
    /// Names the entry: `place_bac_giang`.
    pub key: String,
    /// What the entry is.
    pub kind: TermKind,
    /// The wording in each language.
    pub by_language: BTreeMap<Language, String>,
    /// Further wordings that are right, by language.
    pub also: BTreeMap<Language, Vec<String>>,
    /// Wordings that are not to be used, by language.
    pub avoid: BTreeMap<Language, Vec<String>>,
    /// Where the wordings come from; `K` where no source was seen.
    pub status: String,
    /// Where the entry stands.
    pub span: Span,
}

/// What a glossary entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TermKind {
    /// The name of a place or an organisation: it is in every language of a
    /// clause, or in none.
    Name,
    /// A sentence or part of one that has one right wording.
    Formula,
    /// A word; other words may stand for it.
    Word,
}

const KINDS: [(&str, TermKind); 3] = [
    ("name", TermKind::Name),
    ("formula", TermKind::Formula),
    ("word", TermKind::Word),
];

const KEYS: [&str; 4] = ["kind", "status", "also", "avoid"];

impl Glossary {
    /// Reads a glossary.
    ///
    /// # Errors
    /// Invalid YAML, and every key and kind that a glossary does not have.
    pub fn read(source: &Source) -> Outcome<Self> {
        let root = yaml::parse(source)?;
        let mut faults = Vec::new();
        let entries = root
            .entries()
            .iter()
            .map(|entry| term(entry, &mut faults))
            .collect();
        if faults.is_empty() {
            Ok(Self { entries })
        } else {
            Err(faults)
        }
    }
}

impl Term {
    /// Returns every right wording in `language`.
    pub fn right<'a>(&'a self, language: &Language) -> impl Iterator<Item = &'a str> {
        let also = self.also.get(language).into_iter().flatten();
        let main = self.by_language.get(language).into_iter();
        main.chain(also).map(String::as_str)
    }
}

fn term(entry: &yaml::Entry, faults: &mut Vec<Diagnostic>) -> Term {
    let node = &entry.node;
    let mut by_language = BTreeMap::new();
    for part in node.entries() {
        let code = part.key.len() <= 3 && part.key.bytes().all(|b| b.is_ascii_lowercase());
        match part.node.text() {
            Some(text) if code => {
                by_language.insert(Language(part.key.clone()), text.to_owned());
            }
            _ if KEYS.contains(&part.key.as_str()) => {}
            _ => faults.push(
                Diagnostic::error("unknown-key")
                    .at(&part.key_span)
                    .with("key", part.key.clone())
                    .with("known", format!("vi, lo, en, {}", KEYS.join(", ")))
                    .hint("known"),
            ),
        }
    }
    Term {
        key: entry.key.clone(),
        kind: kind(node, faults),
        by_language,
        also: variants(node.get("also")),
        avoid: variants(node.get("avoid")),
        status: node
            .get("status")
            .and_then(Node::text)
            .unwrap_or("K")
            .to_owned(),
        span: entry.key_span.clone(),
    }
}

fn kind(node: &Node, faults: &mut Vec<Diagnostic>) -> TermKind {
    let Some(kind) = node.get("kind") else {
        return TermKind::Word;
    };
    let word = kind.text().unwrap_or_default();
    let known = KINDS.iter().find(|(name, _)| *name == word);
    known.map_or_else(
        || {
            let fault = Diagnostic::error("unknown-choice").at(&kind.span);
            let fault = fault.with("value", word).with("key", "kind");
            let fault = fault.with("choices", "name, formula, word");
            let known = KINDS.iter().map(|(name, _)| *name);
            faults.push(fault.nearest(word, known).hint("known"));
            TermKind::Word
        },
        |(_, kind)| *kind,
    )
}

/// Reads `{vi: [a, b], lo: c}`.
fn variants(node: Option<&Node>) -> BTreeMap<Language, Vec<String>> {
    let mut variants = BTreeMap::new();
    for part in node.map_or(&[][..], Node::entries) {
        let items = part.node.items().iter().chain([&part.node]);
        let words = items.filter_map(Node::text).map(str::to_owned).collect();
        variants.insert(Language(part.key.clone()), words);
    }
    variants
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_wordings_and_variants() {
        let text = "place_x: {kind: name, vi: tỉnh Sê Kông, lo: ແຂວງເຊກອງ, status: S, avoid: {vi: [Xê Công]}}\n";
        let glossary = Glossary::read(&Source::new("g", text)).expect("a glossary");
        let term = &glossary.entries[0];
        assert_eq!(term.kind, TermKind::Name);
        assert_eq!(term.avoid[&Language("vi".to_owned())], ["Xê Công"]);
        let faults = Glossary::read(&Source::new("g", "x: {kind: nme, colour: red}\n"));
        assert_eq!(faults.expect_err("two faults").len(), 2);
    }
}
