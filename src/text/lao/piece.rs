//! Pieces of words: syllables that a dictionary has as words, which seldom are any.
//!
//! A loanword or a name that the dictionary does not have would be parted into such
//! syllables (ອິນ|ເຕີ|ເນັດ, ບາ|ເຕ|ຣີ, ອັດ|ຕະ|ໂນ|ມັດ). A place that is lost costs a line some
//! evenness; a place too many costs its reader a word.

use super::syllable::is_consonant;

/// Short syllables that are words all the same: "will", "each", "group".
const WORDS: [&str; 3] = ["ຈະ", "ລະ", "ຄະ"];

/// Letters between two places at which the dictionary would part them.
#[derive(Clone, Copy)]
pub(super) struct Piece<'a> {
    pub(super) letters: &'a str,
    pub(super) syllables: usize,
}

impl Piece<'_> {
    /// Tells whether no line ends between two pieces.
    pub(super) fn holds(self, next: Piece) -> bool {
        let bound = self.is_lone() || self.is_weak() || next.is_weak();
        let foreign = self.is_foreign() || next.is_foreign();
        bound || foreign && self.may_be_part() && next.may_be_part()
    }

    /// A consonant without a vowel, such as the first of ຂນົບ.
    fn is_lone(self) -> bool {
        self.consonants() == 1 && self.vowel().is_empty()
    }

    /// A short open syllable, as before the main one of a word: ສະ, ບຸ.
    fn is_weak(self) -> bool {
        self.is_open() && matches!(&*self.vowel(), "ະ" | "ິ" | "ຸ") && !WORDS.contains(&self.letters)
    }

    /// An open syllable with ເ or ໂ and without a tone; or ຣ, the letter of other languages.
    fn is_foreign(self) -> bool {
        let open = self.is_open() && matches!(&*self.vowel(), "ເ" | "ໂ" | "ເີ" | "ເິ");
        open || self.letters.contains('ຣ')
    }

    fn may_be_part(self) -> bool {
        self.syllables == 1 || self.is_foreign()
    }

    fn is_open(self) -> bool {
        self.syllables == 1 && self.consonants() == 1
    }

    fn consonants(self) -> usize {
        let letters = self.letters.chars();
        letters.filter(|letter| is_consonant(*letter)).count()
    }

    /// Its letters without consonants; tones are among them.
    fn vowel(self) -> String {
        let letters = self.letters.chars();
        letters.filter(|letter| !is_consonant(*letter)).collect()
    }
}
