//! What changed between two paragraphs, word by word.
//!
//! Input: the letters of both, and how they look. Output: pieces that were kept, taken out
//! or put in; from them either paragraph is had again, letter for letter. Vietnamese is
//! compared by words between spaces, Lao by the words of its dictionary.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::super::tree::Change;
use super::paragraphs::{Look, Plain};
use crate::text::lao;

/// Letters of one look that were kept, taken out or put in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What became of them.
    pub change: Change,
    /// The letters; `\n` is the end of a line.
    pub text: String,
    /// How they look.
    pub look: Look,
}

/// A word, a sign, or the white space between two of them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Word {
    text: String,
    look: Look,
}

impl Word {
    fn is_space(&self) -> bool {
        self.text.chars().all(char::is_whitespace)
    }
}

/// Returns the words of a paragraph, every letter in one of them.
pub(super) fn words(paragraph: &Plain) -> Vec<Word> {
    let mut words = Vec::new();
    for (text, look) in &paragraph.0 {
        let word = |range: Range<usize>| Word {
            text: text[range].to_owned(),
            look: *look,
        };
        words.extend(ranges(text).into_iter().map(word));
    }
    words
}

/// Returns the words of a text.
pub(super) fn split(text: &str) -> impl Iterator<Item = String> {
    ranges(text).into_iter().map(|range| text[range].to_owned())
}

/// What letters make a word together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Lao,
    Word,
    Space,
    /// Each by itself.
    Sign,
}

fn kind(letter: char) -> Kind {
    match letter {
        letter if lao::is_letter(letter) => Kind::Lao,
        letter if letter.is_whitespace() => Kind::Space,
        letter if letter.is_alphanumeric() => Kind::Word,
        // A mark belongs to the letter that it stands on.
        letter if crate::text::letters::is_mark(letter) => Kind::Word,
        _ => Kind::Sign,
    }
}

/// Returns the places of the words of a text.
fn ranges(text: &str) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut last = Kind::Sign;
    for (at, letter) in text.char_indices() {
        let kind = kind(letter);
        let end = at + letter.len_utf8();
        match ranges.last_mut() {
            Some(range) if kind == last && kind != Kind::Sign => range.end = end,
            _ => ranges.push(at..end),
        }
        last = kind;
    }
    ranges.into_iter().flat_map(|it| parted(text, it)).collect()
}

/// Parts a run of Lao letters into its words.
fn parted(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let run = &text[range.clone()];
    if !run.starts_with(lao::is_letter) {
        return vec![range];
    }
    let mut starts = vec![0];
    starts.extend(lao::between_words(run));
    let ends = starts.iter().skip(1).copied().chain([run.len()]);
    let words = starts.iter().zip(ends);
    words
        .map(|(start, end)| range.start + start..range.start + end)
        .collect()
}

/// Returns how alike two paragraphs are, from 0 to 1: by the share of their words, spaces
/// and signs left out, that both have in one order.
pub(super) fn likeness(old: &[Word], new: &[Word]) -> f64 {
    let count = |words: &[Word]| words.iter().map(weight).sum::<usize>();
    let total = count(old) + count(new);
    if total == 0 {
        return 1.0;
    }
    let same = |op: &DiffOp| match *op {
        DiffOp::Equal { old_index, len, .. } => count(&old[old_index..old_index + len]),
        _ => 0,
    };
    let ops = capture_diff_slices(Algorithm::Myers, old, new);
    let same: usize = ops.iter().map(same).sum();
    2.0 * same as f64 / total as f64
}

/// What a word counts: as many letters as it has, and a sign nothing.
fn weight(word: &Word) -> usize {
    let letters = word.text.chars();
    letters.filter(|letter| letter.is_alphanumeric()).count()
}

/// Returns what changed between two paragraphs.
pub(super) fn compare(old: &[Word], new: &[Word]) -> Vec<Piece> {
    let mut runs: Vec<(Vec<Word>, Vec<Word>, bool)> = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, old, new) {
        let (from, to) = (op.old_range(), op.new_range());
        let equal = matches!(op, DiffOp::Equal { .. });
        let (out, put) = (old[from].to_vec(), new[to].to_vec());
        match runs.last_mut() {
            // What was taken out comes first, then what was put in instead.
            Some((last_out, last_in, false)) if !equal => {
                last_out.extend(out);
                last_in.extend(put);
            }
            _ => runs.push((out, put, equal)),
        }
    }
    let mut pieces = Vec::new();
    for (out, put, equal) in joined(runs) {
        if equal {
            add(&put, Change::Kept, &mut pieces);
        } else {
            add(&out, Change::Deleted, &mut pieces);
            add(&put, Change::Inserted, &mut pieces);
        }
    }
    pieces
}

/// Joins changes with nothing but a space between them: three words in a row that changed
/// are one change.
fn joined(runs: Vec<(Vec<Word>, Vec<Word>, bool)>) -> Vec<(Vec<Word>, Vec<Word>, bool)> {
    let mut joined: Vec<(Vec<Word>, Vec<Word>, bool)> = Vec::new();
    let count = runs.len();
    for (index, (out, put, equal)) in runs.into_iter().enumerate() {
        let between = equal && index > 0 && index + 1 < count && put.iter().all(Word::is_space);
        match joined.last_mut() {
            Some((last_out, last_in, last_equal)) if between || (!equal && !*last_equal) => {
                *last_equal = false;
                last_out.extend(out);
                last_in.extend(put);
            }
            _ => joined.push((out, put, equal)),
        }
    }
    joined
}

/// Returns a paragraph that was kept, taken out or put in as a whole.
pub(super) fn whole(paragraph: &[Word], change: Change) -> Vec<Piece> {
    let mut pieces = Vec::new();
    add(paragraph, change, &mut pieces);
    pieces
}

fn add(words: &[Word], change: Change, pieces: &mut Vec<Piece>) {
    for word in words {
        match pieces.last_mut() {
            Some(last) if last.change == change && last.look == word.look => {
                last.text.push_str(&word.text);
            }
            _ => pieces.push(Piece {
                change,
                text: word.text.clone(),
                look: word.look,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> Vec<Word> {
        words(&Plain(vec![(text.to_owned(), Look::default())]))
    }

    fn shown(old: &str, new: &str) -> String {
        let pieces = compare(&plain(old), &plain(new)).into_iter();
        let shown = pieces.map(|piece| match piece.change {
            Change::Kept => piece.text,
            Change::Deleted => format!("[-{}]", piece.text),
            Change::Inserted => format!("[+{}]", piece.text),
        });
        shown.collect()
    }

    #[test]
    fn words_are_taken_out_and_put_in() {
        assert_eq!(
            shown(
                "Hai bên trao đổi 05 đoàn mỗi năm.",
                "Hai bên trao đổi 06 đoàn hằng năm."
            ),
            "Hai bên trao đổi [-05][+06] đoàn [-mỗi][+hằng] năm."
        );
        assert_eq!(
            shown("một hai ba bốn", "một năm sáu bốn"),
            "một [-hai ba][+năm sáu] bốn"
        );
        assert_eq!(shown("a b", "a b"), "a b");
        assert_eq!(shown("", "a"), "[+a]");
    }

    #[test]
    fn lao_is_compared_by_its_words() {
        assert_eq!(
            shown("ສະຫະພັນແມ່ຍິງແຂວງບັກຢາງ", "ສະຫະພັນແມ່ຍິງແຂວງບັກນິງ"),
            "ສະຫະພັນແມ່ຍິງແຂວງບັກ[-ຢາງ][+ນິງ]"
        );
    }
}
