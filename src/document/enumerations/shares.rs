//! What a sentence may share out among parties, one by one: values, places.
//!
//! Input: a sentence. Output: whether it holds several of one kind in a row.

use std::ops::Range;

use super::Item;
use super::grammar::Grammar;
use super::values::{hundred, values};
use super::words::{Searched, folded, sentence};

/// The most bytes of a place that is told by "ຢູ່" alone.
const PLACE: usize = 60;

/// The most bytes between two values that are said of the same thing.
const NEAR: usize = 200;

impl Grammar<'_> {
    /// Tells whether a text that names no party shares something out.
    pub(super) fn shares(&self, words: &str) -> bool {
        self.is_ordinal(words) || self.shares_out((words, 0), &[])
    }

    /// Returns where a text shares values out in an order and names no party: "Hai
    /// bên góp lần lượt 60% và 40%". `named` tells which places name one.
    pub fn unnamed_shares(&self, words: &str, named: &[Range<usize>]) -> Vec<Range<usize>> {
        let respectively = self.watch.list("respectively").iter();
        let searched = Searched::new(words);
        let told = respectively.flat_map(|phrase| searched.find_all(phrase));
        let nameless = |range: &Range<usize>| {
            let (own, start) = sentence(words, range.clone());
            let whole = start..start + own.len();
            let mut together = self.watch.list("together_words").iter();
            let searched = Searched::new(own);
            together.any(|phrase| searched.has(phrase))
                && self.has_values(&folded(own))
                && !named.iter().any(|name| whole.contains(&name.start))
        };
        told.filter(nameless).collect()
    }

    /// Tells whether a sentence holds several values that could be shared out
    /// among the parties one by one.
    pub(super) fn shares_out(&self, (sentence, start): (&str, usize), items: &[Item]) -> bool {
        let searched = Searched::new(sentence);
        let mut respectively = self.watch.list("respectively").iter();
        if respectively.any(|phrase| searched.has(phrase)) {
            return true;
        }
        // The names themselves may hold numbers.
        let mut rest = sentence.to_owned();
        for item in items.iter().rev() {
            let range = item.range.start - start..item.range.end - start;
            rest.replace_range(range, " ");
        }
        let rest = folded(&rest);
        self.has_values(&rest) || self.has_number_words(&rest) || self.has_places(&searched)
    }

    /// Tells whether values in figures stand in a row: "60 và 40", "6:4".
    fn has_values(&self, text: &str) -> bool {
        let values = values(text);
        let mut shares = values
            .iter()
            .filter_map(|range| text[range.clone()].split_once('/'));
        shares.any(|(one, two)| hundred(one, two))
            || values.windows(2).any(|pair| {
                let gap = &text[pair[0].end..pair[1].start];
                let joined = || {
                    let words = self.watch.list("and_words").iter();
                    let mut words = words.chain(self.watch.list("swap_words"));
                    let searched = Searched::new(gap);
                    gap.contains([',', ';']) || words.any(|word| searched.has(word))
                };
                gap.trim() == ":"
                    || hundred(&text[pair[0].clone()], &text[pair[1].clone()])
                    || gap.len() <= NEAR && joined()
            })
    }

    /// Tells whether numbers in words stand in a row: "năm và bảy cán bộ".
    fn has_number_words(&self, text: &str) -> bool {
        let words: Vec<&str> = text.split([' ', ',']).filter(|w| !w.is_empty()).collect();
        let number = |word: &str| self.pack.numbers().iter().any(|known| known == word);
        let and = |word: &str| {
            let words = self.watch.list("and_words").iter();
            words.clone().any(|known| known.folded.as_str() == word)
        };
        words.windows(4).any(|four| {
            let near = |at: usize| number(four[at]);
            near(0) && (and(four[1]) && near(2) || and(four[2]) && near(3))
        }) || matches!(words.as_slice(), [.., a, b, c] if number(a) && and(b) && number(c))
    }

    /// Tells whether several places are named in a row: "tại Hà Nội và Viêng Chăn".
    fn has_places(&self, sentence: &Searched<'_>) -> bool {
        let at = self.watch.list("at_words").iter();
        at.filter_map(|word| sentence.find(word)).any(|found| {
            let rest = &sentence.text[found.end..];
            let phrase = rest.split([',', '.', ';', ':', ')', '(']).next();
            let phrase = phrase.unwrap_or_default();
            let and = self.watch.list("and_words").iter();
            let searched = Searched::new(phrase);
            and.filter_map(|word| searched.find(word)).any(|and| {
                let (one, two) = (&phrase[..and.start], phrase[and.end..].trim_start());
                let capital = |text: &str| text.starts_with(char::is_uppercase);
                one.split_whitespace().any(capital) && capital(two)
            })
        }) || self.has_places_without_capitals(sentence)
    }

    /// Tells the same of a language without capitals: "ຢູ່ຊຳເໜືອ ແລະ ໂມກເຈົາ".
    fn has_places_without_capitals(&self, sentence: &Searched<'_>) -> bool {
        let at = self.watch.list("place_words").iter();
        let mut rest = at.filter_map(|word| Some(&sentence.text[sentence.find(word)?.end..]));
        rest.any(|rest| {
            let and = self.watch.list("and_words").iter();
            let searched = Searched::new(rest);
            let joint = and
                .filter_map(|word| searched.find(word))
                .chain(find_comma(rest));
            let place = joint
                .map(|joint| rest[..joint.start].trim())
                .min_by_key(|p| p.len());
            place.is_some_and(|place| place.len() <= PLACE && !place.contains(' '))
        })
    }
}

fn find_comma(text: &str) -> Option<Range<usize>> {
    text.find(',').map(|at| at..at + 1)
}
