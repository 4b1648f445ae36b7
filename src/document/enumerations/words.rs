//! Words within words: where a phrase stands by itself, and where a clause ends.
//!
//! Input: a text as typed, or folded, and a word or a phrase. Output: its places.

use std::ops::Range;

use crate::text::folding::{Folded, Phrase, is_whole, lower};
use crate::text::letters::is_lao;

/// A text in which many phrases are looked for.
pub(super) struct Searched<'a> {
    pub(super) text: &'a str,
    lowered: String,
    /// The text with single spaces, where it has white space of another kind.
    spaced: Option<Folded>,
}

impl<'a> Searched<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        // A line end or a space of fixed width is a space as well.
        let other = text.contains(|c: char| c.is_whitespace() && c != ' ');
        Self {
            text,
            lowered: lower_same_length(text),
            spaced: other.then(|| Folded::lower(text)),
        }
    }

    /// Tells whether the text has a phrase as words of its own.
    pub(super) fn has(&self, phrase: &Phrase) -> bool {
        self.find(phrase).is_some()
    }

    /// Returns the first place where the text has a phrase as words of its own.
    pub(super) fn find(&self, phrase: &Phrase) -> Option<Range<usize>> {
        self.find_all(phrase).into_iter().next()
    }

    /// Returns each place where the text has a phrase as words of its own. A Lao letter
    /// by itself, as in "ຝ່າຍ ກ", is not the beginning of a word.
    pub(super) fn find_all(&self, phrase: &Phrase) -> Vec<Range<usize>> {
        let (text, lowered) = (self.text, &self.lowered);
        let needle = phrase.folded.as_str();
        let goes_on = |c: char| c.is_alphanumeric() && !is_lao(c);
        let letter = matches!(phrase.shown.chars().rev().nth(1), Some(' ' | 'ຍ'));
        if let Some(spaced) = &self.spaced {
            let found = spaced.find(&phrase.folded).into_iter();
            let cut = |range: &Range<usize>| letter && text[range.end..].starts_with(is_lao);
            return found.filter(|range| !cut(range)).collect();
        }
        let whole = |at: &usize| {
            let (before, after) = (&lowered[..*at], &lowered[at + needle.len()..]);
            let cut = after.starts_with(is_lao) && letter;
            !before.ends_with(goes_on) && !after.starts_with(goes_on) && !cut
        };
        let places = lowered.match_indices(needle).map(|(at, _)| at);
        places
            .filter(whole)
            .map(|at| at..at + needle.len())
            .collect()
    }
}

/// Returns `text` in lower case with single white space kept byte for byte; a
/// letter that changes its length stays.
fn lower_same_length(text: &str) -> String {
    let same = |letter: char| {
        let mut small = letter.to_lowercase();
        match (small.next(), small.next()) {
            (Some(small), None) if small.len_utf8() == letter.len_utf8() => small,
            _ => letter,
        }
    };
    text.chars().map(same).collect()
}

/// Returns `text` in lower case with single spaces and none at its ends.
pub(super) fn folded(text: &str) -> String {
    lower(text).trim().to_owned()
}

/// Returns each place where `word` stands as words of its own.
pub(super) fn places<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
    let found = text.match_indices(word).filter(|_| !word.is_empty());
    let ranges = found.map(|(at, word)| at..at + word.len());
    ranges.filter(|range| is_whole(text, range.clone()))
}

/// Tells whether `after` begins with the word, or the Lao letters, that `before`
/// ends with: "là A và B là".
pub(super) fn repeats(before: &str, after: &str) -> bool {
    let (before, after) = (before.trim_end(), after.trim_start());
    let word = before.rsplit(' ').next().unwrap_or_default();
    if !word.is_empty() && after.split(' ').next() == Some(word) {
        return true;
    }
    let starts = before.char_indices().rev().take(16).skip(2);
    let mut lao = starts
        .filter(|(_, letter)| is_lao(*letter))
        .map(|(at, _)| &before[at..]);
    lao.any(|end| end.chars().all(is_lao) && after.starts_with(end))
}

/// Returns where clauses stand: they end with a semicolon, and with a stop before
/// white space, unless that belongs to an abbreviation.
pub(super) fn clauses(text: &str) -> Vec<Range<usize>> {
    let mut clauses = Vec::new();
    let mut start = 0;
    for (at, stop) in text.match_indices(['.', '?', '!', ';']) {
        let (before, after) = (&text[start..at], &text[at + 1..]);
        let open = after.chars().next().is_none_or(char::is_whitespace);
        if stop == ";" || open && (stop != "." || !abbreviates(before, after)) {
            clauses.push(start..at + 1);
            start = at + 1;
        }
    }
    clauses.push(start..text.len());
    clauses
}

/// Tells whether a stop belongs to a word: "TP. Huế", "v.v. và".
fn abbreviates(before: &str, after: &str) -> bool {
    let small = after
        .trim_start()
        .chars()
        .next()
        .is_some_and(char::is_lowercase);
    let word = before
        .rsplit(char::is_whitespace)
        .next()
        .unwrap_or_default();
    small
        || !word.is_empty()
            && word
                .chars()
                .all(|letter| "bcdđfghjklmnpqrstvxBCDĐFGHJKLMNPQRSTVX.".contains(letter))
}

/// Returns the sentence around a range, and where it starts.
pub(super) fn sentence(words: &str, range: Range<usize>) -> (&str, usize) {
    let stop = |text: &str, at: usize| {
        let rest = &text[at + 1..];
        rest.is_empty() || rest.starts_with(char::is_whitespace)
    };
    let before = words[..range.start].rmatch_indices(['.', '?', '!', ';', '\n']);
    let start = before.into_iter().find(|(at, _)| stop(words, *at));
    let start = start.map_or(0, |(at, _)| at + 1);
    let mut after = words[range.end..].match_indices(['.', '?', '!', ';', '\n']);
    let end = after.find(|(at, _)| stop(words, range.end + at));
    let end = end.map_or(words.len(), |(at, _)| range.end + at);
    (&words[start..end], start)
}
