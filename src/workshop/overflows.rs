//! Text that runs out of its place, told where it was typed.
//!
//! Input: what the pages of an edition have of it. Output: one error for each
//! field that holds such words, or one at the agreement's id where none does.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::document::edition::Edition;
use crate::document::reading::Reading;
use crate::press::overflow::Overflow;
use crate::source::Span;
use crate::text::folding::lower;

/// Returns the errors of an edition.
pub(super) fn told(found: &[Overflow], reading: &Reading, edition: &Edition) -> Vec<Diagnostic> {
    let mut faults: BTreeMap<usize, Diagnostic> = BTreeMap::new();
    let fault = |overflow: &Overflow, span: &Span| {
        Diagnostic::error("text-overflows")
            .at(span)
            .with("words", overflow.words.trim())
            .with("page", overflow.page.to_string())
            .with("edition", edition.path.clone())
            .hint("shorten")
    };
    for overflow in found {
        if let Some(span) = place(overflow, reading) {
            let told = faults.entry(span.range().start);
            told.or_insert_with(|| fault(overflow, &span));
        }
    }
    // Words of a template stand in no field; most are only run over by others.
    if let (true, Some(first)) = (faults.is_empty(), found.first()) {
        return vec![fault(first, &reading.positions.at("id"))];
    }
    faults.into_values().collect()
}

/// Returns where the words of a line were typed.
fn place(overflow: &Overflow, reading: &Reading) -> Option<Span> {
    let agreement = &reading.agreement;
    let texts = agreement.texts().into_iter().flat_map(|(_, text)| {
        let languages = agreement.languages.iter();
        languages.map(|language| (language.0 == overflow.language, text.path_in(language)))
    });
    let values = agreement.contact_values().map(|(path, _)| (true, path));
    let mut paths: Vec<(bool, String)> = texts.chain(values).collect();
    paths.sort_by_key(|(same, _)| !same);
    let spans = paths
        .iter()
        .filter_map(|(_, path)| reading.positions.exact(path));
    let spans: Vec<Span> = spans.collect();
    let line = bare(&overflow.words);
    let whole = spans.iter().find(|span| {
        let typed = bare(span.text());
        !typed.is_empty() && (typed.contains(&line) || line.contains(&typed))
    });
    if let Some(span) = whole {
        return Some(span.clone());
    }
    let longest = overflow
        .words
        .split_whitespace()
        .max_by_key(|word| word.len())?;
    let longest = bare(longest);
    spans
        .into_iter()
        .find(|span| bare(span.text()).contains(&longest))
}

/// Returns `text` without capitals, white space and marks of Markdown.
fn bare(text: &str) -> String {
    let mut text = lower(text);
    text.retain(|letter| !letter.is_whitespace() && !"*_\\\"'".contains(letter));
    text
}
