//! Which texts of an agreement are in an encoding from before Unicode.

use std::collections::{BTreeMap, BTreeSet};

use crate::language::Shelf;
use crate::text::legacy::{self, Encoding};

use super::passage::{Group, Passage};

/// The encodings of texts that are not in Unicode, by where the texts start.
pub(super) type Encodings = BTreeMap<usize, Encoding>;

/// Recognises the texts in an encoding from before Unicode: first the longer
/// ones by themselves, then short ones beside them.
pub(super) fn encodings(groups: &[Group], shelf: &Shelf) -> Encodings {
    let recognise = |passage: &Passage, known: &[Encoding]| {
        let lao = shelf.watch(&passage.language).word("script") == Some("lao");
        let found = legacy::recognise(&passage.words, lao, known)?;
        Some((passage.span.range().start, found))
    };
    let passages = || groups.iter().flat_map(|group| &group.passages);
    let alone: Encodings = passages().filter_map(|text| recognise(text, &[])).collect();
    if alone.is_empty() {
        return alone;
    }
    let known: BTreeSet<Encoding> = alone.values().copied().collect();
    let known: Vec<Encoding> = known.into_iter().collect();
    passages()
        .filter_map(|text| recognise(text, &known))
        .collect()
}
