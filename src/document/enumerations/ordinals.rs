//! Parties that are called by their place.
//!
//! Input: words, and the small words of their language. Output: where a text says
//! "Bên A", "đơn vị thứ nhất", "ຝ່າຍ ກ": whom that means depends on the order in which
//! the parties are named.

use std::ops::Range;

use crate::text::letters::is_lao;

use super::grammar::Grammar;
use super::words::Searched;

impl Grammar<'_> {
    /// Tells whether a text calls parties by their place: by one of the phrases for it,
    /// or by a word for a party with an ordinal behind it.
    pub(super) fn is_ordinal(&self, words: &str) -> bool {
        let mut nouns = self.watch.list("party_nouns").iter();
        let searched = Searched::new(words);
        !self.ordinals(words).is_empty()
            || nouns.any(|noun| {
                let found = searched.find_all(noun).into_iter();
                found
                    .map(|noun| noun.end)
                    .any(|end| self.has_ordinal_at(words, end))
            })
    }

    /// Returns each place at which a text calls a party by its place and by nothing
    /// else. "Bên đầu tiên được hỏi" need not be the one that is named first.
    pub fn ordinals(&self, words: &str) -> Vec<Range<usize>> {
        let phrases = self.watch.list("ordinal_parties").iter();
        let searched = Searched::new(words);
        let found = phrases.flat_map(|phrase| searched.find_all(phrase));
        let mut found: Vec<Range<usize>> = found.collect();
        found.sort_by_key(|range| range.start);
        found
    }

    /// Tells whether an ordinal stands at `start`.
    fn has_ordinal_at(&self, words: &str, start: usize) -> bool {
        let rest = &words[start..];
        let rest = &rest[..rest.floor_char_boundary(LONGEST)];
        let blank = rest.len() - rest.trim_start().len();
        let mut ordinals = self.watch.list("ordinals").iter();
        let searched = Searched::new(rest);
        ordinals.any(|ordinal| {
            let mut found = searched.find_all(ordinal).into_iter();
            let Some(found) = found.find(|range| range.start == blank) else {
                return false;
            };
            // "huyện A Lưới" is a name, and a Lao letter may begin a word.
            let behind = &rest[found.end..];
            let letter = rest[found].chars().nth(1).is_none();
            let goes_on =
                behind.starts_with(is_lao) || behind.trim_start().starts_with(char::is_uppercase);
            !letter || !goes_on
        })
    }
}

/// The most bytes of an ordinal and the blank before it.
const LONGEST: usize = 80;
