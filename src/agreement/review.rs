//! What a review of a translation remembers of the text that was read.

use std::collections::BTreeMap;

use crate::language::Language;
use crate::text::digest;

use super::model::Agreement;
use super::text::Text;
use super::texts::Field;

/// What a part of the text says: its texts, and the sentences of the language pack in it.
#[derive(Default)]
struct Part<'a> {
    texts: Vec<Option<&'a Text>>,
    formulas: Vec<&'a str>,
}

/// Returns the digest of each part of the text in `language` together with the
/// text it was translated from: by keys of the form what stands around the clauses, as
/// `parties`, and each clause and annex by its id; one that is called so shares the digest.
/// A review record keeps them.
pub fn digests(agreement: &Agreement, language: &Language) -> BTreeMap<String, String> {
    let mut parts: BTreeMap<&str, Part<'_>> = BTreeMap::new();
    if agreement.subject.is_some() {
        let part = parts.entry("subject").or_default();
        part.texts.push(agreement.subject.as_ref());
    }
    let part = parts.entry("preamble").or_default();
    part.texts.push(Some(&agreement.preamble));
    for clause in agreement.clauses() {
        let points = clause.points.iter().map(|point| point.text.as_ref());
        let texts = [clause.title.as_ref(), clause.text.as_ref()];
        let part = parts.entry(&clause.id).or_default();
        part.texts.extend(texts.into_iter().chain(points));
        let points = clause.points.iter().flat_map(|point| &point.formulas);
        let formulas = clause.formulas.iter().chain(points);
        part.formulas.extend(formulas.map(String::as_str));
    }
    for annex in &agreement.annexes {
        let part = parts.entry(&annex.id).or_default();
        part.texts.extend([Some(&annex.title), Some(&annex.text)]);
    }
    for (field, text) in agreement.texts() {
        if let Some(name) = around(field) {
            parts.entry(name).or_default().texts.push(Some(text));
        }
    }
    let digest = |Part { texts, formulas }: Part<'_>| {
        let languages = [&agreement.drafted_in, language].into_iter();
        let words = languages.flat_map(|language| {
            let texts = texts.iter();
            texts.map(|text| text.and_then(|text| text.get(language)).unwrap_or_default())
        });
        digest::short(words.chain(formulas))
    };
    let parts = parts.into_iter();
    parts
        .map(|(name, part)| (name.to_owned(), digest(part)))
        .collect()
}

/// Returns the part to which a text belongs that stands around the clauses: a key of the
/// form. Former names are not printed.
fn around(field: Field) -> Option<&'static str> {
    match field {
        Field::Number => Some("number"),
        Field::Amended => Some("amends"),
        Field::Name(_)
        | Field::Short(_)
        | Field::State(_)
        | Field::Authority(_)
        | Field::Post(_)
        | Field::Signatory(_)
        | Field::Office(_)
        | Field::Person(_)
        | Field::Address(_) => Some("parties"),
        Field::Place | Field::PlaceOf(_) => Some("signing"),
        Field::WitnessPost(_) | Field::Witness(_) => Some("witnesses"),
        Field::FormerName(_)
        | Field::Subject
        | Field::Preamble
        | Field::Title(_)
        | Field::Clause(_)
        | Field::Point(..)
        | Field::AnnexTitle(_)
        | Field::Annex(_) => None,
    }
}
