//! What changed in the originals of one party alone: names that stand in another order
//! there than they stood before.
//!
//! Input: the comparison of the texts in agreed order, and that of the texts as a holder's
//! originals have them. Output: the parts in which the second shows what the first does not.

use super::super::tree::Change;
use super::parts::{Comparison, Fate, Held, Part};
use super::words::split;

impl Comparison {
    /// Adds what changed in the originals of a holder, and not in agreed order: there the
    /// same words were not taken out and put in, whatever their order.
    pub fn add_held(&mut self, holder: &[String], held: Comparison) {
        let languages = 0..self.languages.len();
        let parts = held.parts.into_iter();
        let new = parts.filter(|part| {
            let same = |agreed: &&Part| agreed.key == part.key && agreed.fate != Fate::Left;
            let agreed = self.parts.iter().find(same);
            let told = agreed.is_some_and(|agreed| {
                let moved = |part: &Part| part.fate == Fate::Moved;
                let mut languages = languages.clone();
                let same_words = |it| changed(agreed, it) == changed(part, it);
                moved(agreed) == moved(part) && languages.all(same_words)
            });
            part.fate != Fate::Left && part.differs() && !told
        });
        let new: Vec<Held> = new
            .map(|part| Held {
                holder: holder.to_vec(),
                part,
            })
            .collect();
        self.held.extend(new);
    }
}

/// Returns the words that were taken out of a part, and those that were put in, sorted.
fn changed(part: &Part, language: usize) -> [Vec<String>; 2] {
    [Change::Deleted, Change::Inserted].map(|change| {
        let paragraphs = part.texts.get(language).into_iter().flatten();
        let pieces = paragraphs.flat_map(|it| &it.pieces);
        let pieces = pieces.filter(|piece| piece.change == change);
        let words = pieces.flat_map(|piece| split(&piece.text));
        let mut words: Vec<String> = words.filter(|word| !word.trim().is_empty()).collect();
        words.sort();
        words
    })
}
