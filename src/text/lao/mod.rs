//! Lao words: where a line may end among letters that stand without spaces.
//!
//! Input: a run of Lao letters. Output: the places between its words, in bytes.
//!
//! Words come from ICU4X's dictionary; its other model, a neural one, parts many that
//! are in it (ມິດ|ຕະພາບ). Where the dictionary loses its way, in a name or an
//! abbreviation that it does not have, it would go on in the middle of syllables
//! (ສປ|ປແ|ມ່ຍິ|ງແ|ຂວງ). So a place counts only where a syllable may start, and behind
//! a failure a shorter word is looked for, else the next syllable.

use std::borrow::Cow;
use std::sync::LazyLock;

use icu_segmenter::options::LineBreakOptions;
use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed};

use super::letters::is_lao;

mod piece;
mod syllable;

use self::piece::Piece;
use self::syllable::Start;

static DICTIONARY: LazyLock<LineSegmenterBorrowed<'static>> =
    LazyLock::new(|| LineSegmenter::new_dictionary(LineBreakOptions::default()));

/// So many syllables that are no known word stay together at most: a longer name would
/// tear its line.
const LONGEST_UNKNOWN: usize = 4;

/// So many syllables that are pieces of words stay together at most, for the same reason.
const LONGEST_JOINED: usize = 6;

/// So much of a run is looked at together, in bytes, and so long is no word.
const PIECE: usize = 900;
const LONGEST_WORD: usize = 150;

/// No syllable has as many letters, marks left out.
const LONGEST_SYLLABLE: usize = 6;

/// Tells the letters and marks of which Lao words consist: all but digits.
pub fn is_letter(letter: char) -> bool {
    is_lao(letter) && !('\u{ed0}'..='\u{ed9}').contains(&letter)
}

/// Returns the places between the words of `run`, which holds nothing but Lao letters,
/// in bytes and in order. Its two ends are not among them.
pub fn between_words(run: &str) -> Vec<usize> {
    let (spelled, moved) = spelled(run);
    let mut places = words(&spelled);
    for place in &mut places {
        *place += moved.iter().filter(|at| **at < *place).count() * 'ນ'.len_utf8();
    }
    places
}

/// Spells a run as the dictionary does: what was two letters, ຫ before ນ, ມ or ລ, is one
/// or has a sign today. Returns also where a letter went, in bytes of what is returned.
fn spelled(run: &str) -> (Cow<'_, str>, Vec<usize>) {
    let mut moved = Vec::new();
    if !run.contains("ຫນ") && !run.contains("ຫມ") && !run.contains("ຫລ") {
        return (Cow::Borrowed(run), moved);
    }
    let mut spelled = String::with_capacity(run.len());
    let mut letters = run.chars().peekable();
    while let Some(letter) = letters.next() {
        let one = match letters.peek() {
            Some('ນ') if letter == 'ຫ' => 'ໜ',
            Some('ມ') if letter == 'ຫ' => 'ໝ',
            Some('ລ') if letter == 'ຫ' => {
                letters.next();
                spelled.push_str("ຫຼ");
                continue;
            }
            _ => {
                spelled.push(letter);
                continue;
            }
        };
        letters.next();
        moved.push(spelled.len());
        spelled.push(one);
    }
    (Cow::Owned(spelled), moved)
}

fn words(run: &str) -> Vec<usize> {
    let starts = syllable::starts(run);
    let mut words = Words {
        run,
        starts: &starts,
        ends: Vec::new(),
        unknown: 0,
    };
    let mut from = 0;
    while from < run.len() {
        let at = words.known(from);
        from = match at > from {
            true => at,
            false => words
                .found_shorter(from)
                .unwrap_or_else(|| words.lost(from)),
        };
    }
    words.without_pieces()
}

/// Tells whether one word may end with `before` and another start with `next`, as far as
/// these two letters tell.
pub fn may_part(before: char, next: char) -> bool {
    let sign = matches!(next, '\u{ec6}' | '\u{eaf}');
    let part = syllable::is_mark(next) || syllable::is_following(next) || sign;
    !syllable::is_leading(before) && !part
}

/// Returns the places within `word` at which another program's idea of Lao words might
/// part it: before each letter with its marks, in bytes.
pub fn within_word(word: &str) -> impl Iterator<Item = usize> {
    let letters = word.char_indices().zip(word.chars().skip(1));
    letters.filter_map(|((at, before), letter)| {
        let part = syllable::is_leading(before) || syllable::is_mark(letter);
        (!part).then_some(at + before.len_utf8())
    })
}

/// Words as they are found.
struct Words<'a> {
    run: &'a str,
    /// Where syllables start, in order.
    starts: &'a [(usize, Start)],
    ends: Vec<usize>,
    /// How many syllables before the last end are no known word.
    unknown: usize,
}

impl<'a> Words<'a> {
    /// Tells whether a word may end at a place.
    fn may_end(&self, at: usize) -> bool {
        at == self.run.len()
            || self
                .starts
                .binary_search_by_key(&at, |start| start.0)
                .is_ok()
    }

    /// Adds the words from `from` on for as long as they are made of syllables; returns
    /// where they end. It may end sooner: a run is looked at in pieces, so that a long one
    /// takes no longer than as many short ones.
    fn known(&mut self, from: usize) -> usize {
        let piece = self.piece(from);
        let last = from + piece.len() == self.run.len();
        let mut at = from;
        for end in dictionary(piece) {
            let cut = !last && end + LONGEST_WORD > piece.len();
            // No word is a single letter, but a dictionary of lost places makes some.
            let single = self.run[at..from + end].chars().nth(1).is_none();
            if cut || single || !self.may_end(from + end) {
                return at;
            }
            at = from + end;
            self.ends.push(at);
            self.unknown = 0;
        }
        at
    }

    /// Adds the longest word at `from` that ends where a syllable does, if there is one;
    /// returns its end.
    fn found_shorter(&mut self, from: usize) -> Option<usize> {
        let first = from + dictionary(self.piece(from)).next()?;
        let until = self.starts.partition_point(|start| start.0 < first);
        let ends = self.starts[self.after(from)..until].iter().rev();
        let mut ends = ends.map(|start| start.0);
        let end = ends.find(|end| is_word(&self.run[from..*end]))?;
        self.ends.push(end);
        self.unknown = 0;
        Some(end)
    }

    /// Returns which start of a syllable is the first behind `from`.
    fn after(&self, from: usize) -> usize {
        self.starts.partition_point(|start| start.0 <= from)
    }

    /// Returns the letters from `from` on, as many as are looked at together.
    fn piece(&self, from: usize) -> &'a str {
        let rest = &self.run[from..];
        let mut ends = rest.char_indices().map(|(at, _)| at);
        ends.find(|at| *at >= PIECE)
            .map_or(rest, |end| &rest[..end])
    }

    /// Passes over a syllable that starts no known word; returns where it ends.
    fn lost(&mut self, from: usize) -> usize {
        let mut starts = self.starts[self.after(from)..].iter();
        let end = starts.find(|start| start.1 == Start::Sure);
        let end = end.map(|start| start.0);
        let end = end.unwrap_or(self.run.len()).min(self.too_long(from));
        self.unknown = (self.unknown + 1) % LONGEST_UNKNOWN;
        if self.unknown != 1 {
            self.ends.pop();
        }
        self.ends.push(end);
        end
    }

    /// Returns the ends without those between pieces of words, and without that of the run.
    fn without_pieces(self) -> Vec<usize> {
        let syllables = |from: usize, to: usize| {
            let before = |at: usize| self.starts.partition_point(|start| start.0 < at);
            1 + before(to) - self.starts.partition_point(|start| start.0 <= from)
        };
        let piece = |from: usize, to: usize| Piece {
            letters: &self.run[from..to],
            syllables: syllables(from, to),
        };
        let (mut kept, mut opens, mut from) = (Vec::new(), 0, 0);
        for ends in self.ends.windows(2) {
            let (end, next) = (ends[0], ends[1]);
            let joined = syllables(opens, next) <= LONGEST_JOINED;
            if !joined || !piece(from, end).holds(piece(end, next)) {
                kept.push(end);
                opens = end;
            }
            from = end;
        }
        kept
    }

    /// Returns a place where letters from `from` on may be parted before they are too
    /// many for a line, be they no Lao at all.
    fn too_long(&self, from: usize) -> usize {
        let rest = &self.run[from..];
        let pairs = rest.char_indices().skip(1).zip(rest.chars());
        let places = pairs.filter(|((_, next), before)| may_part(*before, *next));
        let mut places = places.map(|((at, _), _)| from + at).skip(LONGEST_SYLLABLE);
        places.next().unwrap_or(self.run.len())
    }
}

/// Returns the ends of the words of a text as the dictionary has them.
fn dictionary(text: &str) -> impl Iterator<Item = usize> {
    DICTIONARY.segment_str(text).skip(1)
}

/// Tells whether the dictionary has a word. A sign that ends every word makes sure that
/// it is no mere beginning of one.
fn is_word(word: &str) -> bool {
    dictionary(&format!("{word}\u{eaf}")).next() == Some(word.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parted(run: &str) -> String {
        let mut parted = run.to_owned();
        for place in between_words(run).into_iter().rev() {
            parted.insert(place, '|');
        }
        parted
    }

    #[test]
    fn words_are_whole() {
        let expected = [
            "ມິດຕະພາບ",
            "ສາທາລະນະລັດ",
            "ຂໍ້ມູນ|ຂ່າວສານ",
            "ມອບໝາຍ",
            "ເສດຖະກິດ",
            "ສະຫະພັນແມ່ຍິງ|ແຂວງ",
            "ສະໜັບສະໜູນ",
            "ອື່ນໆ",
            "ທັງສອງ|ຝ່າຍ|ຈະ|ແລກປ່ຽນ",
            // Not in the dictionary, or in today's letters only.
            "ອິນເຕີເນັດ",
            "ບາເຕຣີ",
            "ກຽດຕິຍົດ",
            "ອັດຕະໂນມັດ",
            "ຂນົບ|ທັມ|ນຽມ",
            "ຕຳແຫນ່ງ|ຫົວຫນ້າ|ຂະແຫນງ",
            "ຫມາກ|ໄມ້|ແລະ|ຫລາຍ|ຢ່າງ",
        ];
        let found = expected.map(|word| parted(&word.replace('|', "")));
        assert_eq!(found, expected);
    }

    #[test]
    fn behind_an_unknown_abbreviation_words_are_found_again() {
        assert_eq!(parted("ສປປແມ່ຍິງແຂວງ"), "ສປປ|ແມ່ຍິງ|ແຂວງ");
    }

    #[test]
    fn letters_that_are_no_words_do_not_tear_a_line() {
        for run in ["ກຂ".repeat(40), "ເ".repeat(60) + "ກ", "ບັກນິງ".repeat(20)]
        {
            let mut at = 0;
            for place in between_words(&run).into_iter().chain([run.len()]) {
                let letters = run[at..place].chars().filter(|c| !syllable::is_mark(*c));
                let leading = run[at..place].contains('ເ');
                assert!(letters.count() <= 32 || leading, "{}", parted(&run));
                at = place;
            }
        }
    }

    #[test]
    fn a_long_run_is_parted_as_a_short_one() {
        let (short, times) = ("ສະຫະພັນແມ່ຍິງແຂວງບັກນິງສປປມິດຕະພາບ", 3000);
        let places = between_words(short);
        let long = between_words(&short.repeat(times));
        let whole = |place: &&usize| place.is_multiple_of(short.len());
        assert_eq!(long.iter().filter(whole).count(), times - 1);
        assert_eq!(long.len(), places.len() * times + times - 1);
    }

    #[test]
    fn no_place_is_within_a_syllable() {
        // Two thousand runs of letters in an order of their own.
        let letters: Vec<char> = "ກຂງດຕນບປມຍລວຫອະາຳັິີົຸ່້ຽເແໂໄໆຯຼໜ".chars().collect();
        let mut state = 1u32;
        for _ in 0..2000 {
            let mut run = String::new();
            for _ in 0..12 {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                run.push(letters[(state >> 16) as usize % letters.len()]);
            }
            for place in between_words(&run) {
                let before = run[..place].chars().next_back().expect("a letter");
                let next = run[place..].chars().next().expect("a letter");
                assert!(!syllable::is_leading(before), "{run}: {}", parted(&run));
                assert!(!syllable::is_mark(next), "{run}: {}", parted(&run));
                assert!(!"ະາຳຽໆຯ".contains(next), "{run}: {}", parted(&run));
            }
        }
    }
}
