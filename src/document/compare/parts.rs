//! What became of each part of two texts.

use crate::language::Language;
use crate::source::Span;

use super::super::tree::{Change, Parallel};
use super::items::{Item, Key, items, pairs, stay};
use super::words::{Piece, Word, compare as compare_words, likeness, split, whole};

/// What changed between two texts.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The languages of both.
    pub languages: Vec<Language>,
    /// The parts of both, in the order of the new text; a dropped one stands where it stood.
    pub parts: Vec<Part>,
    /// What changed in one holder's originals alone.
    pub held: Vec<Held>,
}

/// A part of a text.
#[derive(Clone, Debug)]
pub struct Part {
    /// Which part of a text it is.
    pub(super) key: Key,
    /// What became of it.
    pub fate: Fate,
    /// Its paragraphs in each language.
    pub texts: Vec<Vec<Paragraph>>,
    /// Where it stands in each language: in the new text, or in the old one.
    pub spans: Vec<Span>,
}

/// A part that changed otherwise in a holder's originals than in agreed order.
#[derive(Clone, Debug)]
pub struct Held {
    /// What the holder is called, in each language.
    pub holder: Vec<String>,
    /// The part, as that holder's originals have it.
    pub part: Part,
}

/// What became of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It stands where it stood; its words may have changed.
    Stays,
    /// It is new.
    Added,
    /// It is new, but was said in the part with this index before.
    Split(usize),
    /// It is gone.
    Dropped,
    /// It stood elsewhere.
    Moved,
    /// Here stood a part that has moved.
    Left,
}

/// A paragraph of either text, or of both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// What became of it as a whole.
    pub change: Change,
    /// Its letters.
    pub pieces: Vec<Piece>,
}

impl Part {
    /// Tells whether its words in a language are not the same in both texts.
    pub fn differs_in(&self, language: usize) -> bool {
        let paragraphs = self.texts.get(language).into_iter().flatten();
        let mut pieces = paragraphs.flat_map(|it| &it.pieces);
        pieces.any(|piece| piece.change != Change::Kept)
    }

    /// Tells whether it is another one, or elsewhere, in any language.
    pub fn differs(&self) -> bool {
        self.fate != Fate::Stays || (0..self.texts.len()).any(|it| self.differs_in(it))
    }

    /// Returns the languages in which its words changed, where they did not in all.
    pub fn only_in(&self) -> Vec<usize> {
        let languages: Vec<usize> = (0..self.texts.len()).collect();
        let changed: Vec<usize> = languages
            .into_iter()
            .filter(|it| self.differs_in(*it))
            .collect();
        let some = self.fate == Fate::Stays && changed.len() < self.texts.len();
        if some { changed } else { Vec::new() }
    }

    /// Returns its paragraphs as they are on one side only: all that was not taken out,
    /// or all that was not put in, marked so.
    pub(super) fn one_side(&self, change: Change) -> Vec<Vec<Paragraph>> {
        let of = |paragraph: &Paragraph| {
            let pieces = paragraph.pieces.iter();
            let pieces = pieces.filter(|it| [Change::Kept, change].contains(&it.change));
            let pieces: Vec<Piece> = pieces
                .map(|piece| Piece {
                    change,
                    ..piece.clone()
                })
                .collect();
            (!pieces.is_empty()).then_some(Paragraph { change, pieces })
        };
        let texts = self.texts.iter();
        texts
            .map(|text| text.iter().filter_map(of).collect())
            .collect()
    }
}

impl Paragraph {
    fn whole(words: &[Word], change: Change) -> Self {
        Self {
            change,
            pieces: whole(words, change),
        }
    }
}

/// Compares two texts of the same languages.
pub fn compare(old: &Parallel, new: &Parallel) -> Comparison {
    let (before, after) = (items(old), items(new));
    let pairs = pairs(&before, &after);
    let stays = stay(&pairs);
    let mut parts = Vec::new();
    let mut next = 0;
    for (index, item) in after.iter().enumerate() {
        let pair = pairs[index];
        if let Some(place) = pair.filter(|_| stays[index]) {
            gone(&before, next..place, &pairs, &mut parts);
            next = place + 1;
        }
        parts.push(Part {
            key: item.key.clone(),
            fate: match pair {
                None => Fate::Added,
                Some(_) if stays[index] => Fate::Stays,
                Some(_) => Fate::Moved,
            },
            texts: texts(pair.map(|it| &before[it]), item),
            spans: item.spans.clone(),
        });
    }
    gone(&before, next..before.len(), &pairs, &mut parts);
    tell_splits(&mut parts);
    Comparison {
        languages: new.languages.clone(),
        parts,
        held: Vec::new(),
    }
}

/// Adds the old parts that stood at these places and are not there any more.
fn gone(
    before: &[Item],
    places: std::ops::Range<usize>,
    pairs: &[Option<usize>],
    parts: &mut Vec<Part>,
) {
    for place in places {
        let item = &before[place];
        let fate = match pairs.contains(&Some(place)) {
            true => Fate::Left,
            false => Fate::Dropped,
        };
        let of = |text: &Vec<Vec<Word>>| {
            let paragraphs = text.iter();
            let paragraphs = paragraphs.map(|words| Paragraph::whole(words, Change::Deleted));
            paragraphs.collect()
        };
        parts.push(Part {
            key: item.key.clone(),
            fate,
            texts: item.texts.iter().map(of).collect(),
            spans: item.spans.clone(),
        });
    }
}

/// Returns the paragraphs of a part in each language.
fn texts(old: Option<&Item>, new: &Item) -> Vec<Vec<Paragraph>> {
    let of = |(language, text): (usize, &Vec<Vec<Word>>)| {
        let old = old.and_then(|item| item.texts.get(language));
        aligned(old.map_or(&[][..], Vec::as_slice), text)
    };
    new.texts.iter().enumerate().map(of).collect()
}

/// Two paragraphs are versions of one from this likeness on.
const VERSIONS: f64 = 0.35;

/// So many pairs of paragraphs are looked at at most; of longer parts the first paragraph
/// of one is paired with the first of the other, and so on.
const MOST_PAIRS: usize = 10_000;

/// Pairs the paragraphs of two versions of a part, in order, so that they are as alike as
/// can be.
fn aligned(old: &[Vec<Word>], new: &[Vec<Word>]) -> Vec<Paragraph> {
    let (rows, columns) = (old.len(), new.len());
    let alike = |row: usize, column: usize| {
        if old[row] == new[column] {
            return 1.0;
        }
        let alike = match rows * columns <= MOST_PAIRS {
            true => likeness(&old[row], &new[column]),
            false if row == column => 1.0,
            false => 0.0,
        };
        if alike >= VERSIONS { alike } else { 0.0 }
    };
    let likeness: Vec<Vec<f64>> = (0..rows)
        .map(|row| (0..columns).map(|column| alike(row, column)).collect())
        .collect();
    // The best that can be had of the paragraphs from a pair of places on.
    let mut best = vec![vec![0.0; columns + 1]; rows + 1];
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            let paired = likeness[row][column] + best[row + 1][column + 1];
            best[row][column] = f64::max(best[row + 1][column], best[row][column + 1]);
            if likeness[row][column] > 0.0 {
                best[row][column] = f64::max(best[row][column], paired);
            }
        }
    }
    let (mut row, mut column) = (0, 0);
    let mut paragraphs = Vec::new();
    while row < rows || column < columns {
        let both = row < rows && column < columns;
        let paired = both && likeness[row][column] > 0.0 && {
            let paired = likeness[row][column] + best[row + 1][column + 1];
            paired >= best[row][column]
        };
        if paired {
            paragraphs.push(Paragraph {
                change: Change::Kept,
                pieces: compare_words(&old[row], &new[column]),
            });
            (row, column) = (row + 1, column + 1);
        } else if column == columns || both && best[row + 1][column] >= best[row][column + 1] {
            paragraphs.push(Paragraph::whole(&old[row], Change::Deleted));
            row += 1;
        } else {
            paragraphs.push(Paragraph::whole(&new[column], Change::Inserted));
            column += 1;
        }
    }
    paragraphs
}

/// So much of a new part must have been said elsewhere before, to be split from there.
const SPLIT: f64 = 0.6;

/// Tells which new parts were split from others: their words were taken out there.
fn tell_splits(parts: &mut [Part]) {
    for index in 0..parts.len() {
        if parts[index].fate != Fate::Added {
            continue;
        }
        let from = (0..parts.len()).find(|other| {
            let other = &parts[*other];
            let may = matches!(other.fate, Fate::Stays | Fate::Moved | Fate::Dropped);
            may && (0..parts[index].texts.len()).all(|it| said(&parts[index], other, it) >= SPLIT)
        });
        if let Some(from) = from {
            parts[index].fate = Fate::Split(from);
        }
    }
}

/// Returns how much of a new part was taken out of another one, from 0 to 1: by words of
/// some length.
fn said(new: &Part, other: &Part, language: usize) -> f64 {
    let words = |part: &Part, change: Change| -> Vec<String> {
        let paragraphs = part.texts.get(language).into_iter().flatten();
        let pieces = paragraphs.flat_map(|it| &it.pieces);
        let pieces = pieces.filter(|piece| piece.change == change);
        let words = pieces.flat_map(|piece| split(&piece.text));
        words
            .filter(|word| word.chars().any(char::is_alphabetic))
            .collect()
    };
    let (new, mut gone) = (words(new, Change::Inserted), words(other, Change::Deleted));
    let count = |words: &[String]| words.iter().map(|word| word.chars().count()).sum::<usize>();
    let total = count(&new);
    let mut same = 0;
    for word in new {
        if let Some(at) = gone.iter().position(|other| *other == word) {
            gone.swap_remove(at);
            same += word.chars().count();
        }
    }
    if total == 0 {
        0.0
    } else {
        same as f64 / total as f64
    }
}
