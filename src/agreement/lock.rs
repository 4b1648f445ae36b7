//! The lock of a signed agreement: digests of what each reader sees of it, and
//! what became of earlier ones.
//!
//! It stands beside the agreement as `<id>.lock` and is written by `alternat
//! freeze` alone. Input: the text of the file. Output: what is locked; and the
//! text of a lock, which reads back as the same value.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::NaiveDate;

use crate::diagnostic::{Diagnostic, Outcome};
use crate::language::Language;
use crate::source::{Source, Span};
use crate::text::digest;
use crate::text::letters::normalise;
use crate::text::yaml::{self, Node, Value};

/// What a lock says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lock {
    /// The agreement, by id; a lock of the first form does not say it.
    pub agreement: Option<String>,
    /// What binds now.
    pub held: Held,
    /// What bound before, the earliest first.
    pub history: Vec<Release>,
}

/// What binds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Held {
    /// Nothing: what was signed was released.
    Nothing,
    /// The words of each language alone: a lock of the first form.
    Words(BTreeMap<Language, String>),
    /// All that readers see.
    Seen(Seen),
}

/// Digests of what readers of an agreement's editions see.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// SHA-256 of the tree of each text, by the path of its edition: `vi`,
    /// `originals/bac-ninh.vi`.
    pub tree: BTreeMap<String, String>,
    /// SHA-256 of the words of all pages, by language.
    pub page: BTreeMap<String, String>,
    /// The distinct sentences around the text, by edition: its title, those at the
    /// head and the foot of its pages, its notice, the whole of the custody sheet.
    pub frame: BTreeMap<String, Vec<String>>,
}

/// A signed state that was given up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    /// On which day.
    pub on: NaiveDate,
    /// Why.
    pub reason: String,
    /// SHA-256 of what was locked, as [`Lock::digest`] returns it.
    pub lock: String,
}

/// The number of today's form; the first form has none.
const VERSION: &str = "2";

/// The key of the digest of all other lines.
const SEAL: &str = "seal";

impl Lock {
    /// Reads a lock.
    ///
    /// # Errors
    /// Anything that `alternat freeze` does not write.
    pub fn parse(source: &Source) -> Outcome<Self> {
        let root = yaml::parse(source).map_err(|faults| {
            let label = faults.first().and_then(|fault| fault.labels.first());
            let whole = || source.span(0..0);
            vec![invalid(
                &label.map_or_else(whole, |label| label.span.clone()),
            )]
        })?;
        let read = match root.get("version") {
            Some(_) => today(&root),
            None => digests(&root, "").map(|words| Self {
                agreement: None,
                held: Held::Words(words.into_iter().map(|(l, d)| (Language(l), d)).collect()),
                history: Vec::new(),
            }),
        };
        read.map_err(|span| vec![invalid(&span)])
    }

    /// Returns the id of the agreement that the lock in `file` is of. One of the
    /// first form is named by its file alone.
    pub fn id(&self, file: &Source) -> String {
        let stem = || Some(Path::new(file.name()).file_stem()?.to_string_lossy());
        let named = self.agreement.clone();
        named.or_else(|| stem().map(Into::into)).unwrap_or_default()
    }

    /// Tells whether the lock binds anything.
    pub fn binds(&self) -> bool {
        self.held != Held::Nothing
    }

    /// Returns the digest of what is locked.
    pub fn digest(&self) -> String {
        let now = Self {
            history: Vec::new(),
            ..self.clone()
        };
        digest::sha256(now.unsealed().as_bytes())
    }

    /// Returns the lock as the text of its file. Its last line is a digest of the
    /// others: one that was cut, merged or edited is no lock any more.
    pub fn text(&self) -> String {
        let text = self.unsealed();
        let seal = digest::sha256(text.as_bytes());
        format!("{text}{SEAL}: {seal}\n")
    }

    fn unsealed(&self) -> String {
        let mut text = String::from(
            "# What was signed, recorded by `alternat freeze`. Do not edit: docs/trust.md.\n",
        );
        if let Some(id) = &self.agreement {
            text.push_str(&format!("version: {VERSION}\nagreement: {id}\n"));
        }
        match &self.held {
            Held::Nothing => {}
            Held::Words(words) => {
                for (language, digest) in words {
                    text.push_str(&format!("{language}: {digest}\n"));
                }
            }
            Held::Seen(seen) => text.push_str(&seen.text()),
        }
        if !self.history.is_empty() {
            text.push_str("history:\n");
        }
        for release in &self.history {
            text.push_str(&format!("  - released: {}\n", release.on));
            text.push_str(&format!("    reason: {}\n", quoted(&release.reason)));
            text.push_str(&format!("    lock: {}\n", release.lock));
        }
        text
    }
}

impl Seen {
    fn text(&self) -> String {
        let mut text = String::new();
        for (name, digests) in [("tree", &self.tree), ("page", &self.page)] {
            text.push_str(&format!("{name}:\n"));
            for (key, digest) in digests {
                text.push_str(&format!("  {key}: {digest}\n"));
            }
        }
        text.push_str("frame:\n");
        for (edition, sentences) in &self.frame {
            text.push_str(&format!("  {edition}:\n"));
            for sentence in sentences {
                text.push_str(&format!("    - {}\n", quoted(sentence)));
            }
        }
        text
    }
}

/// Returns a text as YAML that cannot be taken for anything else. Its letters
/// are spelled as they will be read back.
fn quoted(text: &str) -> String {
    format!("'{}'", normalise(text).replace('\'', "''"))
}

fn invalid(span: &Span) -> Diagnostic {
    Diagnostic::error("invalid-lock")
        .at(span)
        .with("lock", span.source().name())
        .hint("restore")
}

/// Reads a lock of today's form, or says where it is none.
fn today(root: &Node) -> Result<Lock, Span> {
    let text = |key: &str| root.get(key).and_then(Node::text);
    let id = text("agreement").filter(|id| !id.is_empty());
    let (Some(VERSION), Some(id)) = (text("version"), id) else {
        return Err(root.span.clone());
    };
    let held = match (root.get("tree"), root.get("page"), root.get("frame")) {
        (None, None, None) => Held::Nothing,
        (Some(tree), Some(page), Some(frame)) => Held::Seen(Seen {
            tree: digests(tree, "/.")?,
            page: digests(page, "")?,
            frame: sentences(frame)?,
        }),
        _ => return Err(root.span.clone()),
    };
    let releases = root.get("history").map_or(&[][..], Node::items);
    let history: Vec<Release> = releases.iter().map(release).collect::<Result<_, _>>()?;
    match root.get("history") {
        None if held == Held::Nothing => Err(root.span.clone()),
        Some(node) if history.is_empty() => Err(node.span.clone()),
        _ => sealed(
            root,
            Lock {
                agreement: Some(id.to_owned()),
                held,
                history,
            },
        ),
    }
}

/// Returns the lock if its seal is that of what was read, and nothing was left.
fn sealed(root: &Node, lock: Lock) -> Result<Lock, Span> {
    const KEYS: [&str; 7] = [
        "version",
        "agreement",
        "tree",
        "page",
        "frame",
        "history",
        SEAL,
    ];
    if let Some(entry) = root.entries().iter().find(|e| !KEYS.contains(&&*e.key)) {
        return Err(entry.key_span.clone());
    }
    let seal = root.get(SEAL);
    let read = digest::sha256(lock.unsealed().as_bytes());
    match seal.and_then(Node::text) == Some(&read) {
        true => Ok(lock),
        false => Err(seal.map_or_else(|| root.span.clone(), |seal| seal.span.clone())),
    }
}

/// Reads a digest for each key; `signs` are allowed in a key besides letters.
fn digests(node: &Node, signs: &str) -> Result<BTreeMap<String, String>, Span> {
    let mut read = BTreeMap::new();
    for entry in node.entries() {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || signs.contains(c);
        let digest = entry.node.text().filter(|digest| is_digest(digest));
        let (true, Some(digest)) = (entry.key.chars().all(plain), digest) else {
            return Err(entry.node.span.clone());
        };
        read.insert(entry.key.clone(), digest.to_owned());
    }
    match read.is_empty() {
        true => Err(node.span.clone()),
        false => Ok(read),
    }
}

fn is_digest(text: &str) -> bool {
    let digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    text.len() == 64 && text.bytes().all(digit)
}

fn sentences(node: &Node) -> Result<BTreeMap<String, Vec<String>>, Span> {
    let mut read = BTreeMap::new();
    for entry in node.entries() {
        let mut of_edition = Vec::new();
        for item in entry.node.items() {
            let sentence = item.text().ok_or_else(|| item.span.clone())?;
            of_edition.push(sentence.to_owned());
        }
        if of_edition.is_empty() {
            return Err(entry.node.span.clone());
        }
        read.insert(entry.key.clone(), of_edition);
    }
    match &node.value {
        Value::Map(_) | Value::Blank => Ok(read),
        Value::Scalar(_) | Value::List(_) => Err(node.span.clone()),
    }
}

fn release(node: &Node) -> Result<Release, Span> {
    let text = |key: &str| node.get(key).and_then(Node::text);
    let on = text("released").and_then(|day| day.parse().ok());
    let lock = text("lock").filter(|digest| is_digest(digest));
    match (on, text("reason"), lock, node.entries().len()) {
        (Some(on), Some(reason), Some(lock), 3) => Ok(Release {
            on,
            reason: reason.to_owned(),
            lock: lock.to_owned(),
        }),
        _ => Err(node.span.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Outcome<Lock> {
        Lock::parse(&Source::new("agreements/x.lock", text))
    }

    fn lock() -> Lock {
        let digest = |text: &str| digest::sha256(text.as_bytes());
        let frame = ["# 'ế' \"#\": - [x]", "ນ້ຳ: ຕັ້ງ, số 1/2 - *x*"];
        let frame = frame.map(str::to_owned);
        Lock {
            agreement: Some("x".to_owned()),
            held: Held::Seen(Seen {
                tree: BTreeMap::from([("originals/a-b.vi".to_owned(), digest("t"))]),
                page: BTreeMap::from([("no".to_owned(), digest("p"))]),
                frame: BTreeMap::from([("a/b-c.no".to_owned(), frame.to_vec())]),
            }),
            history: vec![Release {
                on: NaiveDate::from_ymd_opt(2025, 1, 31).expect("a day"),
                reason: "'ký' lại: #2 ຕັ້ງ".to_owned(),
                lock: digest("l"),
            }],
        }
    }

    #[test]
    fn a_lock_reads_back() {
        let mut lock = lock();
        assert_eq!(parse(&lock.text()).expect("sound"), lock);
        lock.held = Held::Nothing;
        assert_eq!(parse(&lock.text()).expect("sound"), lock);
        assert!(!lock.binds());
        let first = format!("# x\nvi: {}\n", "0".repeat(64));
        let held = parse(&first).expect("the first form").held;
        assert!(matches!(held, Held::Words(words) if words.len() == 1));
    }

    #[test]
    fn a_broken_lock_is_told() {
        let text = lock().text();
        let mut broken: Vec<String> = Vec::new();
        for line in text.lines().skip(1) {
            // A line that is lost, doubled or cut.
            broken.push(text.replacen(&format!("{line}\n"), "", 1));
            broken.push(text.replacen(line, &format!("{line}\n{line}"), 1));
            broken.push(text.replacen(line, &line[..line.len() - 1], 1));
        }
        broken.extend(["", "x", "[]", "vi:", "\u{0}", "version: 2"].map(str::to_owned));
        broken.push(text.replacen("ký", "kí", 1));
        broken.push(format!("{text}x: y\n"));
        for text in broken {
            let faults = parse(&text).expect_err(&text);
            assert_eq!(
                (faults.len(), faults[0].code),
                (1, "invalid-lock"),
                "{text}"
            );
            assert_eq!(faults[0].values["lock"], "agreements/x.lock");
        }
    }
}
