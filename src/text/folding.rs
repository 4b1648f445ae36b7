//! Words made comparable: without capitals, accents or joints.
//!
//! Input: words. Output: the folded words, with a way back to the bytes of the
//! original. What is looked for again and again is folded once, as a [`Needle`].

use std::iter::repeat_n;
use std::ops::Range;
use std::sync::OnceLock;

use memchr::memmem::Finder;

use super::letters::{self, is_lao};

/// Folded words to look for.
#[derive(Clone, Debug)]
pub struct Needle {
    text: String,
    /// Made when it is first wanted: most needles never are.
    finder: OnceLock<Finder<'static>>,
    /// Some of its triples, from its start to its end.
    triples: [u16; Self::TRIPLES],
}

impl Needle {
    const TRIPLES: usize = 6;

    /// Takes words that are folded as the texts are in which they are looked
    /// for.
    pub fn new(folded: String) -> Self {
        let all: Vec<u16> = triples(&folded).collect();
        let last = all.len().saturating_sub(1);
        let spread = |n: usize| all.get(n * last / (Self::TRIPLES - 1)).copied();
        Self {
            finder: OnceLock::new(),
            triples: std::array::from_fn(|n| spread(n).unwrap_or(Triples::ALWAYS)),
            text: folded,
        }
    }

    /// Folds `words` as [`Folded::lower`] does.
    pub fn lower(words: &str) -> Self {
        Self::new(lower(words))
    }

    /// Returns the folded words.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns each place in `text`.
    fn places<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Range<usize>> + use<'a> {
        let finder = self
            .finder
            .get_or_init(|| Finder::new(&self.text).into_owned());
        let places = finder.find_iter(text.as_bytes());
        places.map(|at| at..at + self.text.len())
    }
}

/// Words that are looked for, and shown when they are found.
#[derive(Clone, Debug)]
pub struct Phrase {
    /// The words as they are shown.
    pub shown: String,
    /// The words as they are looked for in [`Folded::lower`].
    pub folded: Needle,
}

impl Phrase {
    /// Folds `shown`.
    pub fn new(shown: impl Into<String>) -> Self {
        let shown = shown.into();
        Self {
            folded: Needle::lower(&shown),
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
            let origin = self.origin[at];
            joined.origin.extend(repeat_n(origin, letter.len_utf8()));
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

    fn new(text: &str, fold: impl Fn(char, &mut String)) -> Self {
        let mut folded = Self::empty(text.len());
        for (at, letter) in letters(text) {
            fold(letter, &mut folded.text);
            let bytes = folded.text.len() - folded.origin.len();
            folded.origin.extend(repeat_n(at, bytes));
        }
        folded.origin.push(text.trim_end().len());
        folded.triples = Triples::of(&folded.text);
        folded
    }

    /// Returns each place where `needle` stands as words of its own, as ranges
    /// of the original.
    pub fn find(&self, needle: &Needle) -> Vec<Range<usize>> {
        if !self.may_hold(needle) {
            return Vec::new();
        }
        let places = needle.places(&self.text);
        places
            .filter(|range| is_whole(&self.text, range.clone()))
            .map(|range| self.origin[range.start]..self.end(range.end))
            .collect()
    }

    /// As [`Folded::find`], for a folding that drops the spaces: whether a
    /// place cuts a word in two is seen in the `original`.
    pub fn find_joined(&self, needle: &Needle, original: &str) -> Vec<Range<usize>> {
        if !self.may_hold(needle) {
            return Vec::new();
        }
        let places = needle.places(&self.text);
        places
            .map(|place| {
                let start = self.origin[place.start];
                let found = &original[start..self.end(place.end)];
                start..start + found.trim_end_matches(joins).len()
            })
            .filter(|range| is_whole(original, range.clone()))
            .collect()
    }

    fn may_hold(&self, needle: &Needle) -> bool {
        !needle.text.is_empty() && self.triples.may_hold(needle)
    }

    /// Tells whether `needle` stands here.
    pub fn has(&self, needle: &Needle) -> bool {
        !self.find(needle).is_empty()
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

/// The three-letter sequences of a text, each as one of 4096 bits: most needles
/// that a text does not hold are told by a few of their sequences.
struct Triples([u64; Self::WORDS]);

impl Triples {
    const WORDS: usize = 64;

    /// A bit that every text has, in place of the triples that a short needle
    /// lacks.
    const ALWAYS: u16 = 0;

    fn of(text: &str) -> Self {
        let mut bits = Self::default();
        for bit in triples(text) {
            bits.0[usize::from(bit / 64)] |= 1 << (bit % 64);
        }
        bits
    }

    fn may_hold(&self, needle: &Needle) -> bool {
        let has = |bit: &u16| self.0[usize::from(bit / 64)] >> (bit % 64) & 1 == 1;
        needle.triples.iter().all(has)
    }
}

impl Default for Triples {
    fn default() -> Self {
        let mut bits = [0; Self::WORDS];
        bits[usize::from(Self::ALWAYS / 64)] |= 1 << (Self::ALWAYS % 64);
        Self(bits)
    }
}

fn triples(text: &str) -> impl Iterator<Item = u16> {
    let (mut first, mut second) = (0_u32, 0_u32);
    let bits = text.chars().map(move |letter| {
        let third = u32::from(letter);
        let key = first.wrapping_mul(0x9e37_79b1) ^ second.wrapping_mul(0x85eb_ca6b) ^ third;
        (first, second) = (second, third);
        (key.wrapping_mul(0xc2b2_ae35) >> 20) as u16
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

fn folded(text: &str, fold: impl Fn(char, &mut String)) -> String {
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
        lower_letter(letters::bare(letter), out);
    }
}

fn lower_letter(letter: char, out: &mut String) {
    if letter.is_ascii() {
        out.push(letter.to_ascii_lowercase());
    } else if is_lao(letter) {
        // Lao has no capitals.
        out.push(letter);
    } else {
        letter.to_lowercase().for_each(|small| out.push(small));
    }
}

/// Tells what stands between the syllables of a name.
fn joins(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '-' | '–' | '.' | '\'' | '’')
}

/// Tells Lao tone marks, the accents of the writing.
fn is_mark(letter: char) -> bool {
    letters::is_lao_tone(letter) || matches!(letter, '\u{300}'..='\u{36f}')
}

/// Tells whether `letter` belongs to a script that sets words apart by spaces.
fn parts_words(letter: char) -> bool {
    !is_lao(letter) && letter.is_alphanumeric()
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
        let found = |text: &Folded, words: &str| text.find(&Needle::lower(words)).len();
        assert_eq!(found(&folded, "Hai bên"), 1);
        assert_eq!(found(&folded, "a"), 0);
        assert_eq!(found(&folded, ""), 0);
        assert_eq!(found(&folded, "một trong hai"), 1);
        let lao = Folded::lower("ທັງສອງຝ່າຍ ນ້ຳ");
        assert_eq!(found(&lao, "ສອງຝ່າຍ"), 1);
        assert_eq!(found(&lao, "ນ້ຳ"), 1);
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
