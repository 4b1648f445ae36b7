//! What a review of a translation remembers of the text that was read.

use std::collections::BTreeMap;

use crate::language::Language;
use crate::text::digest;

use super::model::Agreement;
use super::text::Text;

/// Returns the digest of each part of the text in `language` together with the
/// text it was translated from: `subject`, `preamble`, and each clause and annex by its id; one
/// that is called so shares the digest. A review record keeps them.
pub fn digests(agreement: &Agreement, language: &Language) -> BTreeMap<String, String> {
    let mut parts: BTreeMap<&str, Vec<Option<&Text>>> = BTreeMap::new();
    if agreement.subject.is_some() {
        parts.insert("subject", vec![agreement.subject.as_ref()]);
    }
    parts.insert("preamble", vec![Some(&agreement.preamble)]);
    for clause in agreement.clauses() {
        let points = clause.points.iter().map(|point| point.text.as_ref());
        let texts = [clause.title.as_ref(), clause.text.as_ref()];
        let part = parts.entry(&clause.id).or_default();
        part.extend(texts.into_iter().chain(points));
    }
    for annex in &agreement.annexes {
        let part = parts.entry(&annex.id).or_default();
        part.extend([Some(&annex.title), Some(&annex.text)]);
    }
    let digest = |texts: Vec<Option<&Text>>| {
        let languages = [&agreement.drafted_in, language].into_iter();
        let words = languages.flat_map(|language| {
            let texts = texts.iter();
            texts.map(|text| text.and_then(|text| text.get(language)).unwrap_or_default())
        });
        digest::short(words)
    };
    let parts = parts.into_iter();
    parts
        .map(|(name, texts)| (name.to_owned(), digest(texts)))
        .collect()
}
