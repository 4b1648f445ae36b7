//! In which words the originals of a language differ.
//!
//! Input: the documents of the originals, one for each holder, in agreed order.
//! Output: the parts in which they differ, and in each of these the paragraphs
//! whose words are not the same, with the holders of each wording. Title, contacts
//! and signatures are left out: by the alternat they name the holder first.

use std::collections::{BTreeMap, BTreeSet};

use crate::language::Language;

use super::tree::{Document, Role, plain_text};

/// Where a part stands in every original.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The section, by its index among all.
    pub section: usize,
    /// The part's id; a heading has none.
    pub part: String,
}

/// The wordings of one paragraph: at least two.
pub type Paragraph = Vec<Version>;

/// One wording of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Those whose originals have it, as indices into the agreement's parties.
    pub holders: Vec<usize>,
    /// The words; none where those originals lack the paragraph.
    pub words: String,
}

/// The paragraphs that differ, by language and place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Differences(BTreeMap<Language, BTreeMap<Place, Vec<Paragraph>>>);

impl Differences {
    /// Adds the differences between the originals of a language.
    pub fn compare(&mut self, language: &Language, originals: &[&Document]) {
        let found = between(originals);
        self.0.insert(language.clone(), found);
    }

    /// Tells whether the originals of any language differ at `place`.
    pub fn are_at(&self, place: &Place) -> bool {
        self.0.values().any(|places| places.contains_key(place))
    }

    /// Returns the paragraphs that differ at `place` in a language.
    pub fn at(&self, language: &Language, place: &Place) -> &[Paragraph] {
        let places = self.0.get(language);
        let found = places.and_then(|places| places.get(place));
        found.map_or(&[], Vec::as_slice)
    }
}

/// Returns the paragraphs in which `originals` differ.
pub fn between(originals: &[&Document]) -> BTreeMap<Place, Vec<Paragraph>> {
    let texts: Vec<_> = originals.iter().map(|original| parts(original)).collect();
    let places: BTreeSet<&Place> = texts.iter().flat_map(BTreeMap::keys).collect();
    let differing = places.into_iter().filter_map(|place| {
        let part = texts.iter().map(|text| text.get(place).map(String::as_str));
        let paragraphs = paragraphs(&part.map(Option::unwrap_or_default).collect::<Vec<_>>());
        (!paragraphs.is_empty()).then(|| (place.clone(), paragraphs))
    });
    differing.collect()
}

/// Returns the words of each part that is compared.
fn parts(original: &Document) -> BTreeMap<Place, String> {
    let mut parts = BTreeMap::new();
    for (section, content) in original.sections.iter().enumerate() {
        if matches!(
            content.role,
            Role::Title | Role::Contacts | Role::Signatures
        ) {
            continue;
        }
        for unit in &content.units {
            let part = unit.id.clone();
            let words: &mut String = parts.entry(Place { section, part }).or_default();
            words.push_str(&plain_text(&unit.blocks));
        }
    }
    parts
}

/// Returns the paragraphs that differ between the wordings of one part. Where one
/// of them has more paragraphs than another, the whole part counts as one.
fn paragraphs(part: &[&str]) -> Vec<Paragraph> {
    let lines: Vec<Vec<&str>> = part.iter().map(|words| words.lines().collect()).collect();
    let counts: BTreeSet<usize> = lines.iter().map(Vec::len).collect();
    let rows: Vec<Vec<String>> = match counts.len() {
        1 => {
            let row = |index: usize| lines.iter().map(|lines| lines[index].to_owned()).collect();
            let count = counts.into_iter().next().unwrap_or_default();
            (0..count).map(row).collect()
        }
        _ => vec![lines.iter().map(|lines| lines.join(" ")).collect()],
    };
    let versions = rows.into_iter().map(versions);
    versions.filter(|versions| versions.len() > 1).collect()
}

/// Puts together the holders of the same words, in order of the first of each.
fn versions(row: Vec<String>) -> Paragraph {
    let mut versions: Vec<Version> = Vec::new();
    for (holder, words) in row.into_iter().enumerate() {
        match versions.iter_mut().find(|version| version.words == words) {
            Some(version) => version.holders.push(holder),
            None => versions.push(Version {
                holders: vec![holder],
                words,
            }),
        }
    }
    versions
}

#[cfg(test)]
mod tests {
    use super::*;

    fn versions_of(part: &[&str]) -> Vec<Vec<(Vec<usize>, String)>> {
        let paragraphs = paragraphs(part).into_iter();
        let pairs = |paragraph: Paragraph| {
            let versions = paragraph.into_iter();
            versions.map(|version| (version.holders, version.words))
        };
        paragraphs.map(|p| pairs(p).collect()).collect()
    }

    #[test]
    fn only_what_differs_is_told_and_the_same_words_stand_together() {
        assert!(versions_of(&["a\nb\n", "a\nb\n"]).is_empty());
        let found = versions_of(&["a\nb c\n", "a\nc b\n", "a\nb c\n"]);
        let right = vec![(vec![0, 2], "b c".to_owned()), (vec![1], "c b".to_owned())];
        assert_eq!(found, [right]);
    }

    #[test]
    fn a_paragraph_too_many_is_told() {
        let found = versions_of(&["a\nb\n", "a\nx\nb\n", ""]);
        let right = [(0, "a b"), (1, "a x b"), (2, "")];
        let right = right.map(|(holder, words)| (vec![holder], words.to_owned()));
        assert_eq!(found, [right.to_vec()]);
    }
}
