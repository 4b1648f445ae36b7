//! What a review of a translation remembers of the text that was read.

use std::collections::BTreeMap;

use crate::language::Language;
use crate::text::digest;

use super::model::{Agreement, Text};

/// Returns the digest of each part of the text in `language` together with the
/// text it was translated from: `preamble`, and each clause by its id. A review
/// record keeps them.
pub fn digests(agreement: &Agreement, language: &Language) -> BTreeMap<String, String> {
    let mut digests = BTreeMap::new();
    let mut add = |name: &str, texts: &[Option<&Text>]| {
        let languages = [&agreement.drafted_in, language];
        let words = languages.into_iter().flat_map(|language| {
            texts
                .iter()
                .map(|text| text.and_then(|text| text.get(language)).unwrap_or_default())
        });
        digests.insert(name.to_owned(), digest::short(words));
    };
    add("preamble", &[Some(&agreement.preamble)]);
    for clause in agreement.clauses() {
        let points = clause.points.iter().map(|point| point.text.as_ref());
        let texts = [clause.title.as_ref(), clause.text.as_ref()];
        let texts: Vec<Option<&Text>> = texts.into_iter().chain(points).collect();
        add(&clause.id, &texts);
    }
    digests
}
