//! The ids of a project's agreements, read without the rest of their files.
//!
//! Input: files. Output: the id of each, and those that two of them share.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::source::Source;
use crate::text::yaml;

/// Returns the id that a file gives, read for itself.
pub fn id(source: &Source) -> Option<String> {
    if let Some(id) = plain_id(source.text()) {
        return Some(id.to_owned());
    }
    let root = yaml::parse(source).ok()?;
    root.get("id")?.text().map(str::to_owned)
}

/// Returns the id of a file that gives it as files do, on a line of its own, and nowhere
/// else. The whole of a large file need not be read for it.
fn plain_id(text: &str) -> Option<&str> {
    let mut given = text.match_indices("id:").filter(|(at, _)| {
        let before = text[..*at].chars().next_back();
        before.is_none_or(|before| before == '\n')
    });
    let (at, key) = given.next()?;
    if given.next().is_some() || text.starts_with('{') {
        return None;
    }
    let (line, rest) = text[at + key.len()..].split_once('\n')?;
    let id = line.strip_prefix(' ')?;
    let own = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let starts = id.starts_with(|letter: char| letter.is_ascii_lowercase());
    // What is indented below would go on with it.
    let ends = !rest.starts_with([' ', '\t', '\r']);
    (starts && ends && id != "null" && id.bytes().all(own)).then_some(id)
}

/// Two files that give the same id, by their index.
pub struct SameId {
    /// The first file.
    pub first: usize,
    /// The other one.
    pub second: usize,
    /// What is to be said of it.
    pub finding: Diagnostic,
}

/// Finds agreements that have one id, so that one would overwrite the other.
pub fn same_ids<'a>(files: impl Iterator<Item = (Option<String>, &'a Source)>) -> Vec<SameId> {
    let mut known: BTreeMap<String, (usize, &Source)> = BTreeMap::new();
    let mut found = Vec::new();
    for (second, (id, source)) in files.enumerate() {
        let Some(id) = id else { continue };
        let (first, other) = *known.entry(id.clone()).or_insert((second, source));
        if first != second {
            let finding = Diagnostic::error("same-id")
                .at(&source.span(0..0))
                .label("other", &other.span(0..0))
                .with("id", id);
            found.push(SameId {
                first,
                second,
                finding,
            });
        }
    }
    found
}
