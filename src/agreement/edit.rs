//! Changes to the text of an agreement's file. Comments, the order of keys and the
//! look of what is not changed stay. The result is read again, and holds what the
//! file held and what was meant to change, or there is no result.

use std::collections::BTreeMap;
use std::ops::Range;
use std::str::FromStr;

use yaml_edit::path::YamlPath;
use yaml_edit::{Document, Mapping, ScalarValue};

use crate::source::Source;
use crate::text::yaml::{self, Node, Value};

/// What stands for a value that is not known.
const BLANK: &str = "~";

/// The values of a file by their paths: `parties[0].name.vi`.
type Leaves = BTreeMap<String, Leaf>;

#[derive(Clone, Debug, PartialEq, Eq)]
enum Leaf {
    Blank,
    Word(String),
    Nothing,
}

/// The text of a file, to be changed.
pub(super) struct Edit {
    document: Document,
    name: String,
    /// What the file holds after all changes.
    meant: Leaves,
    /// The first path at which a change could not be made.
    failed: Option<String>,
}

impl Edit {
    /// Starts with a file; nothing where it cannot be read.
    pub(super) fn new(source: &Source) -> Option<Self> {
        Some(Self {
            document: Document::from_str(source.text()).ok()?,
            name: source.name().to_owned(),
            meant: leaves(source)?,
            failed: None,
        })
    }

    /// Tells whether something stands at `path`.
    pub(super) fn has(&self, path: &str) -> bool {
        self.meant.keys().any(|known| is_below(known, path))
    }

    /// Writes a word at `path`: `term.from`, `parties[0].id`.
    pub(super) fn set(&mut self, path: &str, word: &str) {
        self.write(path, word, Leaf::Word(word.to_owned()));
    }

    /// Writes a text at `path`, whatever stands in it.
    pub(super) fn set_text(&mut self, path: &str, text: &str) {
        let leaf = Leaf::Word(text.to_owned());
        let value = match yaml::written(text) == text {
            true => ScalarValue::plain(text),
            false => ScalarValue::double_quoted(text),
        };
        self.put(path, value, leaf);
    }

    /// Returns the word at `path`, if there is one.
    pub(super) fn word(&self, path: &str) -> Option<&str> {
        match self.meant.get(path)? {
            Leaf::Word(word) => Some(word),
            Leaf::Blank | Leaf::Nothing => None,
        }
    }

    /// Leaves the value at `path` open.
    pub(super) fn blank(&mut self, path: &str) {
        self.write(path, BLANK, Leaf::Blank);
    }

    fn write(&mut self, path: &str, word: &str, leaf: Leaf) {
        // The crate would put years and blanks between quotation marks, as texts.
        let value = match leaf == Leaf::Blank || word.parse::<u32>().is_ok() {
            true => ScalarValue::parse(word),
            false => ScalarValue::plain(word),
        };
        self.put(path, value, leaf);
    }

    fn put(&mut self, path: &str, value: ScalarValue, leaf: Leaf) {
        let written = self.document.try_set_path(path, value);
        self.note(path, written.is_ok());
        self.meant.retain(|known, _| !is_below(known, path));
        self.meant.insert(path.to_owned(), leaf);
    }

    /// Adds a mapping called `key`, still empty, before the key `next` of the file.
    pub(super) fn start(&mut self, key: &str, next: &str) {
        let added = self.document.insert_before(next, key, Mapping::new());
        self.note(key, added);
    }

    /// Adds a mapping at `path` that is to stand on one line, still empty.
    pub(super) fn start_line(&mut self, path: &str) {
        let added = self.document.try_set_path(path, Mapping::new_flow());
        self.note(path, added.is_ok());
    }

    /// Takes away what stands at `path`, with its key.
    pub(super) fn remove(&mut self, path: &str) {
        let removed = self.document.try_remove_path(path);
        self.note(path, removed.is_ok());
        self.meant.retain(|known, _| !is_below(known, path));
    }

    /// Takes an item out of a list of the file; those behind it move up.
    pub(super) fn remove_item(&mut self, list: &str, place: usize) {
        let path = format!("{list}[{place}]");
        let items = self.document.get_sequence(list);
        let removed = items.and_then(|items| items.remove(place));
        self.note(&path, removed.is_some());
        self.meant.retain(|known, _| !is_below(known, &path));
        let moved = |known: &str| {
            let rest = known.strip_prefix(list)?.strip_prefix('[')?;
            let (at, rest) = rest.split_once(']')?;
            let at = at.parse::<usize>().ok().filter(|at| *at > place)?;
            Some(format!("{list}[{}]{rest}", at - 1))
        };
        let old = std::mem::take(&mut self.meant).into_iter();
        self.meant = old
            .map(|(path, leaf)| (moved(&path).unwrap_or(path), leaf))
            .collect();
    }

    fn note(&mut self, path: &str, done: bool) {
        if !done && self.failed.is_none() {
            self.failed = Some(path.to_owned());
        }
    }

    /// Returns the changed file.
    ///
    /// # Errors
    /// The path at which it does not hold what it was meant to.
    pub(super) fn finish(self) -> Result<Source, String> {
        if let Some(path) = self.failed {
            return Err(path);
        }
        let made = Source::new(self.name, self.document.to_string());
        let Some(read) = leaves(&made) else {
            return Err(String::new());
        };
        match difference(&self.meant, &read) {
            Some(path) => Err(path),
            None => Ok(made),
        }
    }
}

/// Exchanges words of the texts of a file at places in it. Nothing where that would
/// change anything but the texts in which they stand: whether those say what was meant
/// is for their readers to tell.
pub(super) fn exchange(
    source: &Source,
    mut changes: Vec<(Range<usize>, String)>,
) -> Option<Source> {
    changes.sort_by_key(|(place, _)| place.start);
    let mut text = source.text().to_owned();
    for (place, new) in changes.iter().rev() {
        text.replace_range(place.clone(), new);
    }
    let made = Source::new(source.name(), text);
    let root = yaml::parse(source).ok()?;
    let mut spans = Vec::new();
    texts(&root, String::new(), &mut spans);
    let mut touched = Vec::new();
    for (place, _) in &changes {
        let mut around = spans
            .iter()
            .filter(|(_, span)| span.start <= place.start && place.end <= span.end);
        touched.push(around.next()?.0.clone());
        // An alias stands for a text in two places.
        if around.next().is_some() {
            return None;
        }
    }
    let untouched = |source: &Source| {
        let mut leaves = leaves(source)?;
        let texts = leaves.iter_mut().filter(|(path, _)| touched.contains(path));
        for (_, leaf) in texts {
            if matches!(leaf, Leaf::Word(_)) {
                *leaf = Leaf::Nothing;
            }
        }
        Some(leaves)
    };
    (untouched(source)? == untouched(&made)?).then_some(made)
}

/// Keeps the places that stand in a text of a file, and not in a comment.
pub(super) fn within_texts(source: &Source, places: &mut Vec<(Range<usize>, String)>) {
    let mut spans = Vec::new();
    if let Ok(root) = yaml::parse(source) {
        texts(&root, String::new(), &mut spans);
    }
    places.retain(|(place, _)| {
        let holds = |span: &Range<usize>| span.start <= place.start && place.end <= span.end;
        spans.iter().any(|(_, span)| holds(span))
    });
}

/// Gathers the places of texts by their paths.
fn texts(node: &Node, path: String, found: &mut Vec<(String, Range<usize>)>) {
    match &node.value {
        Value::Scalar(_) => found.push((path, node.span.range())),
        Value::Blank => {}
        Value::List(items) => {
            for (index, item) in items.iter().enumerate() {
                texts(item, format!("{path}[{index}]"), found);
            }
        }
        Value::Map(entries) => {
            for entry in entries {
                let dot = if path.is_empty() { "" } else { "." };
                texts(&entry.node, format!("{path}{dot}{}", entry.key), found);
            }
        }
    }
}

/// Tells whether two trees hold the same values, in whatever order of keys.
pub(super) fn same(one: &Node, two: &Node) -> bool {
    let of = |node: &Node| {
        let mut leaves = Leaves::new();
        gather(node, String::new(), &mut leaves);
        leaves
    };
    of(one) == of(two)
}

/// Compares the values of two files.
///
/// # Errors
/// The first path at which they differ.
pub(super) fn same_values(one: &Source, two: &Source) -> Result<(), String> {
    let (Some(one), Some(two)) = (leaves(one), leaves(two)) else {
        return Err(String::new());
    };
    difference(&one, &two).map_or(Ok(()), Err)
}

/// Returns the first path at which two files differ.
fn difference(one: &Leaves, two: &Leaves) -> Option<String> {
    let paths = one.keys().chain(two.keys());
    let mut paths = paths.filter(|path| one.get(*path) != two.get(*path));
    paths.next().cloned()
}

/// Tells whether a path is `whole`, or leads below it.
fn is_below(path: &str, whole: &str) -> bool {
    let rest = path.strip_prefix(whole);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

fn leaves(source: &Source) -> Option<Leaves> {
    let root = yaml::parse(source).ok()?;
    let mut leaves = Leaves::new();
    gather(&root, String::new(), &mut leaves);
    Some(leaves)
}

fn gather(node: &Node, path: String, leaves: &mut Leaves) {
    let leaf = match &node.value {
        Value::Blank => Leaf::Blank,
        Value::Scalar(text) => Leaf::Word(text.clone()),
        Value::List(items) if !items.is_empty() => {
            for (index, item) in items.iter().enumerate() {
                gather(item, format!("{path}[{index}]"), leaves);
            }
            return;
        }
        Value::Map(entries) if !entries.is_empty() => {
            for entry in entries {
                let dot = if path.is_empty() { "" } else { "." };
                gather(&entry.node, format!("{path}{dot}{}", entry.key), leaves);
            }
            return;
        }
        Value::List(_) | Value::Map(_) => Leaf::Nothing,
    };
    leaves.insert(path, leaf);
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "a: x  # one\nlist:\n  # first\n  - code: p\n    at: q\n  - code: r\n    at: s\n  # third\n  - code: t\n    at: u\n";

    fn edited(change: impl FnOnce(&mut Edit)) -> Result<String, String> {
        let mut edit = Edit::new(&Source::new("x.yaml", FILE)).expect("sound");
        change(&mut edit);
        edit.finish().map(|made| made.text().to_owned())
    }

    #[test]
    fn items_go_and_comments_stay() {
        for (places, left) in [
            (
                &[0][..],
                "# first\n  - code: r\n    at: s\n  # third\n  - code: t\n    at: u\n",
            ),
            (
                &[1],
                "# first\n  - code: p\n    at: q\n  # third\n  - code: t\n    at: u\n",
            ),
            (&[2, 0], "# first\n  - code: r\n    at: s\n  # third\n"),
        ] {
            let made = edited(|edit| {
                for place in places {
                    edit.remove_item("list", *place);
                }
            });
            assert_eq!(made, Ok(format!("a: x  # one\nlist:\n  {left}")));
        }
    }

    #[test]
    fn values_change_where_they_stand() {
        let blank = FILE.replacen("a: x", "a: ~", 1);
        assert_eq!(edited(|edit| edit.blank("a")), Ok(blank));
        let year = FILE.replacen("at: s", "at: 2027", 1);
        assert_eq!(edited(|edit| edit.set("list[1].at", "2027")), Ok(year));
        assert_eq!(
            edited(|edit| edit.remove("list")),
            Ok("a: x  # one\n".to_owned())
        );
        let gone = edited(|edit| edit.remove_item("list", 3));
        assert_eq!(gone, Err("list[3]".to_owned()));
    }

    #[test]
    fn what_stands_for_two_values_is_not_changed() {
        let file = Source::new("x.yaml", "a: &x one\nb: *x\n");
        let mut edit = Edit::new(&file).expect("sound");
        edit.blank("a");
        assert!(edit.finish().is_err());
        assert!(exchange(&file, vec![(6..9, "two".to_owned())]).is_none());
    }
}
