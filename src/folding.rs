//! Words made comparable: without capitals, accents or joints.
//!
//! Input: words. Output: the folded words, with a way back to the bytes of the
//! original. Phrases that are looked for again and again are folded once, as a
//! [`Phrase`].

use std::ops::Range;

use crate::yaml;

/// Words to look for, folded as [`Folded::lower`] folds a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Phrase {
    /// The words as they are shown.
    pub shown: String,
    /// The words as they are looked for.
    pub folded: String,
}

impl Phrase {
    /// Folds `shown`.
    pub fn new(shown: impl Into<String>) -> Self {
        let shown = shown.into();
        Self {
            folded: lower(&shown),
            shown,
        }
    }
}

/// A text made comparable, with a way back to the original's bytes.
pub struct Folded {
    /// The folded text.
    pub text: String,
    /// For each byte of `text`, where its letter starts in the original; and
    /// one more for the end.
    origin: Vec<usize>,
    triples: Triples,
}

impl Folded {
    /// Folds capitals and white space.
    pub fn lower(text: &str) -> Self {
        Self::new(text, lower_letter)
    }

    /// Folds capitals and white space, and drops accents and tone marks.
    pub fn bare(text: &str) -> Self {
        Self::new(text, bare_letter)
    }

    /// Returns this text without white space, hyphens and dots.
    pub fn joined(&self) -> Self {
        let mut joined = Self::empty(self.text.len());
        for (at, letter) in self.text.char_indices().filter(|(_, c)| !joins(*c)) {
            joined.text.push(letter);
            joined.origin.resize(joined.text.len(), self.origin[at]);
        }
        joined.origin.extend(self.origin.last());
        joined.triples = Triples::of(&joined.text);
        joined
    }

    fn empty(capacity: usize) -> Self {
        Self {
            text: String::with_capacity(capacity),
            origin: Vec::with_capacity(capacity + 1),
            triples: Triples::default(),
        }
    }

    fn new(text: &str, fold: fn(char, &mut String)) -> Self {
        let mut folded = Self::empty(text.len());
        for (at, letter) in letters(text) {
            fold(letter, &mut folded.text);
            folded.origin.resize(folded.text.len(), at);
        }
        folded.origin.push(text.trim_end().len());
        folded.triples = Triples::of(&folded.text);
        folded
    }

    /// Returns each place of `needle`, itself folded, where it stands as
    /// words of its own, as ranges of the original.
    pub fn find<'a>(&'a self, needle: &'a str) -> impl Iterator<Item = Range<usize>> + use<'a> {
        self.places(needle)
            .filter(|at| is_whole(&self.text, *at..*at + needle.len()))
            .map(|at| self.origin[at]..self.end(at + needle.len()))
    }

    /// As [`Folded::find`], for a folding that drops the spaces: whether a
    /// place cuts a word in two is seen in the `original`.
    pub fn find_joined<'a>(
        &'a self,
        needle: &'a str,
        original: &'a str,
    ) -> impl Iterator<Item = Range<usize>> + use<'a> {
        self.places(needle)
            .map(|at| {
                let start = self.origin[at];
                let found = &original[start..self.end(at + needle.len())];
                start..start + found.trim_end_matches(joins).len()
            })
            .filter(|range| is_whole(original, range.clone()))
    }

    /// Returns the bytes at which `needle` stands in the folded text.
    fn places<'a>(&'a self, needle: &'a str) -> impl Iterator<Item = usize> + use<'a> {
        let likely = !needle.is_empty() && self.triples.may_hold(needle);
        let places = likely.then(|| self.text.match_indices(needle));
        places.into_iter().flatten().map(|(at, _)| at)
    }

    /// Tells whether `needle`, itself folded, stands here.
    pub fn has(&self, needle: &str) -> bool {
        self.find(needle).next().is_some()
    }

    /// Returns the folded words from the byte `at` of the original on.
    pub fn after(&self, at: usize) -> &str {
        &self.text[self.place(at)..]
    }

    /// Returns the folded words before the byte `at` of the original.
    pub fn before(&self, at: usize) -> &str {
        &self.text[..self.place(at)]
    }

    fn place(&self, at: usize) -> usize {
        let letters = &self.origin[..self.text.len()];
        letters.partition_point(|origin| *origin < at)
    }

    /// Returns where the letter before the byte `at` ends in the original,
    /// marks that were dropped after it included.
    fn end(&self, at: usize) -> usize {
        let next = self.origin.get(at).copied();
        next.unwrap_or_else(|| self.origin.last().copied().unwrap_or_default())
    }
}

/// The three-letter sequences of a text, each as one of 4096 bits: most phrases
/// that a text does not hold are told by their first sequences.
#[derive(Default)]
struct Triples(Vec<u64>);

impl Triples {
    const WORDS: usize = 64;

    fn of(text: &str) -> Self {
        let mut bits = vec![0; Self::WORDS];
        for bit in triples(text) {
            bits[bit / 64] |= 1 << (bit % 64);
        }
        Self(bits)
    }

    fn may_hold(&self, needle: &str) -> bool {
        triples(needle).all(|bit| self.0[bit / 64] >> (bit % 64) & 1 == 1)
    }
}

fn triples(text: &str) -> impl Iterator<Item = usize> {
    let (mut first, mut second) = (0_u32, 0_u32);
    let bits = text.chars().map(move |letter| {
        let third = u32::from(letter);
        let key = first.wrapping_mul(0x9e37_79b1) ^ second.wrapping_mul(0x85eb_ca6b) ^ third;
        (first, second) = (second, third);
        (key.wrapping_mul(0xc2b2_ae35) >> 20) as usize
    });
    bits.skip(2)
}

/// Returns `text` as [`Folded::lower`] folds it.
pub fn lower(text: &str) -> String {
    folded(text, lower_letter)
}

/// Returns `text` as [`Folded::bare`] folds it.
pub fn bare(text: &str) -> String {
    folded(text, bare_letter)
}

/// Returns `text` without marks, capitals and joints.
pub fn skeleton(text: &str) -> String {
    bare(text).replace(joins, "")
}

fn folded(text: &str, fold: fn(char, &mut String)) -> String {
    let mut folded = String::with_capacity(text.len());
    letters(text).for_each(|(_, letter)| fold(letter, &mut folded));
    folded
}

/// Returns the letters of `text` with their places, and one space for each
/// stretch of white space.
fn letters(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut space = false;
    text.char_indices().filter_map(move |(at, letter)| {
        let blank = letter.is_whitespace();
        let more = std::mem::replace(&mut space, blank) && blank;
        let letter = if blank { ' ' } else { letter };
        (!more).then_some((at, letter))
    })
}

fn bare_letter(letter: char, out: &mut String) {
    if !is_mark(letter) {
        lower_letter(yaml::bare(letter), out);
    }
}

fn lower_letter(letter: char, out: &mut String) {
    // Lao has no capitals.
    if is_lao(letter) {
        out.push(letter);
    } else {
        out.extend(letter.to_lowercase());
    }
}

/// Tells what stands between the syllables of a name.
fn joins(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '-' | '–' | '.' | '\'' | '’')
}

/// Tells Lao tone marks, the accents of the writing.
fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{ec8}'..='\u{ecb}' | '\u{300}'..='\u{36f}')
}

/// Tells whether `letter` belongs to a script that sets words apart by spaces.
fn parts_words(letter: char) -> bool {
    letter.is_alphanumeric() && !is_lao(letter)
}

/// Tells letters, marks and digits of the Lao script.
pub fn is_lao(letter: char) -> bool {
    ('\u{e80}'..='\u{eff}').contains(&letter)
}

/// Tells whether the range does not cut a word in two.
pub fn is_whole(text: &str, range: Range<usize>) -> bool {
    let ends = |inside: Option<char>, outside: Option<char>| match (inside, outside) {
        (Some(inside), Some(outside)) => !(parts_words(inside) && parts_words(outside)),
        _ => true,
    };
    let (before, rest) = text.split_at(range.start);
    let (within, after) = rest.split_at(range.end - range.start);
    ends(within.chars().next(), before.chars().next_back())
        && ends(within.chars().next_back(), after.chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_whole_words() {
        let folded = Folded::lower("Các bên và MỘT trong\nhai bên");
        assert_eq!(folded.find("hai bên").count(), 1);
        assert_eq!(folded.find("a").count(), 0);
        assert_eq!(folded.find("một trong hai").count(), 1);
        let lao = Folded::lower("ທັງສອງຝ່າຍ");
        assert_eq!(lao.find("ສອງຝ່າຍ").count(), 1);
    }

    #[test]
    fn skeletons_ignore_marks_and_joints() {
        let folded = Folded::bare("ở Luông-pha-bang này").joined();
        assert!(folded.text.contains(&skeleton("Luông Pha Băng")));
    }

    #[test]
    fn words_around_a_place_are_folded_too() {
        let text = "Hội  Phụ nữ\n(02) BẢN";
        let folded = Folded::lower(text);
        let at = text.find('(').expect("there");
        assert_eq!(folded.before(at), "hội phụ nữ ");
        assert_eq!(folded.after(at + 4), " bản");
    }
}
