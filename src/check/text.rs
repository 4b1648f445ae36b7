//! Reading words: sentences, numbers, dates and addresses.
//!
//! Input: the words of a passage. Output: ranges of bytes in them.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::language::pack::LanguagePack;
use crate::text::folding::Needle;
use crate::text::letters::digit;

pub(super) use crate::text::folding::{Folded, is_whole, lower};
pub(super) use crate::text::letters::is_lao;

/// Tells letters that are written in Vietnamese or in other Latin scripts.
pub(super) fn is_latin(letter: char) -> bool {
    match letter {
        'A'..='Z' | 'a'..='z' => true,
        '×' | '÷' => false,
        'ª' | 'µ' | 'º' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => true,
        _ => false,
    }
}

/// Returns the characters of neither script, with their bytes.
pub(super) fn strays(text: &str) -> Vec<(usize, char)> {
    let known = |letter: char| letter.is_ascii() || is_lao(letter) || is_latin(letter);
    let letters = text.char_indices();
    letters.filter(|(_, letter)| !known(*letter)).collect()
}

/// Trims white space off the ends of a range of `text`.
pub(super) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let start = range.start + part.len() - part.trim_start().len();
    start..(start + part.trim().len())
}

/// Returns the sentences of `text`: they end with a stop before white space,
/// or with the paragraph. The stops of a point's number, `1.1.`, end none.
pub(super) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for (at, stop) in text.match_indices(['.', '?', '!', '\n']) {
        let end = at + stop.len();
        let words = text[start..end].trim_start();
        if stop == "." && words.chars().all(|c| c == '.' || digit(c).is_some()) {
            continue;
        }
        if stop == "\n" || text[end..].chars().next().is_none_or(char::is_whitespace) {
            sentences.push(trimmed(text, start..end));
            start = end;
        }
    }
    sentences.push(trimmed(text, start..text.len()));
    sentences.retain(|range| !range.is_empty());
    sentences
}

/// A number written in figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) range: Range<usize>,
    /// In Western digits, without leading zeros and grouping: `2025`, `2.5`.
    pub(super) value: String,
}

/// Returns the numbers in `text`.
pub(super) fn numbers(text: &str) -> Vec<Number> {
    let mut numbers: Vec<Number> = Vec::new();
    let mut letters = text.char_indices().peekable();
    while let Some((start, letter)) = letters.next() {
        let Some(first) = digit(letter) else { continue };
        let mut value = first.to_string();
        let mut end = start + letter.len_utf8();
        while let Some(&(at, next)) = letters.peek() {
            let after = &text[at + next.len_utf8()..];
            match digit(next) {
                Some(figure) => value.push_str(&figure.to_string()),
                // A point before three digits groups, before others divides.
                None if matches!(next, '.' | ',') && leading_digits(after) > 0 => {
                    if leading_digits(after) != 3 {
                        value.push('.');
                    }
                }
                None => break,
            }
            end = at + next.len_utf8();
            letters.next();
        }
        numbers.push(Number {
            range: start..end,
            value: plain(&value),
        });
    }
    numbers
}

fn leading_digits(text: &str) -> usize {
    text.chars().map_while(digit).count()
}

fn plain(value: &str) -> String {
    let plain = value.trim_start_matches('0');
    if plain.is_empty() || plain.starts_with('.') {
        format!("0{plain}")
    } else {
        plain.to_owned()
    }
}

/// A number word with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NumberWord {
    pub(super) range: Range<usize>,
    pub(super) value: usize,
}

/// Returns the number words in `folded`, the longest at each place; `known` are
/// the words for 1, 2, 3 and so on.
pub(super) fn number_words(folded: &Folded, known: &[Needle]) -> Vec<NumberWord> {
    let mut words: Vec<NumberWord> = Vec::new();
    for (index, word) in known.iter().enumerate().rev() {
        let value = index + 1;
        let places = folded.find(word).into_iter();
        words.extend(places.map(|range| NumberWord { range, value }));
    }
    words.sort_by_key(|word| (word.range.start, Reverse(word.range.end)));
    let mut end = 0;
    words.retain(|word| {
        let inside = word.range.end <= end;
        end = end.max(word.range.end);
        !inside
    });
    words
}

/// Ranges of a text, kept so that it is quick to tell what lies in them.
pub(super) struct Cover {
    /// Where each range starts, in order, and how far it or one before it goes.
    reach: Vec<(usize, usize)>,
}

impl Cover {
    pub(super) fn new(ranges: impl IntoIterator<Item = Range<usize>>) -> Self {
        let ranges = ranges.into_iter().map(|range| (range.start, range.end));
        let mut reach: Vec<(usize, usize)> = ranges.collect();
        reach.sort_unstable();
        let mut far = 0;
        for (_, end) in &mut reach {
            far = far.max(*end);
            *end = far;
        }
        Self { reach }
    }

    /// Tells whether `range` lies in one of the ranges.
    pub(super) fn holds(&self, range: &Range<usize>) -> bool {
        self.reach_before(range.start + 1) >= range.end
    }

    /// Tells whether `range` has a part in common with one of the ranges.
    pub(super) fn meets(&self, range: &Range<usize>) -> bool {
        self.reach_before(range.end) > range.start
    }

    /// Returns how far the ranges go that start before `at`.
    fn reach_before(&self, at: usize) -> usize {
        let count = self.reach.partition_point(|(start, _)| *start < at);
        count.checked_sub(1).map_or(0, |last| self.reach[last].1)
    }
}

/// A quantity in words and figures, `hai (02)` or `02 (hai)`.
pub(super) struct Pair {
    pub(super) range: Range<usize>,
    pub(super) word: usize,
    pub(super) figure: usize,
}

/// Returns the quantities that are given both in words and in figures.
pub(super) fn pairs(text: &str, numbers: &[Number], words: &[NumberWord]) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for number in numbers {
        let Ok(figure) = number.value.parse::<usize>() else {
            continue;
        };
        let next = words.partition_point(|word| word.range.start < number.range.start);
        for word in &words[next.saturating_sub(1)..words.len().min(next + 1)] {
            let figures_after = gap(text, word.range.end, number.range.start) == Some("(")
                && text[number.range.end..].starts_with(')');
            let words_after = gap(text, number.range.end, word.range.start) == Some("(")
                && text[word.range.end..].starts_with(')');
            if figures_after || words_after {
                let start = word.range.start.min(number.range.start);
                let end = word.range.end.max(number.range.end) + 1;
                let word = word.value;
                let range = start..end;
                pairs.push(Pair {
                    range,
                    word,
                    figure,
                });
            }
        }
    }
    pairs
}

/// Returns what stands between two places that are near each other.
pub(super) fn gap(text: &str, start: usize, end: usize) -> Option<&str> {
    let near = end
        .checked_sub(start)
        .is_some_and(|bytes| bytes <= WIDEST_GAP);
    near.then(|| text.get(start..end).map(str::trim)).flatten()
}

/// Bytes between a number and the word or number that belongs to it.
const WIDEST_GAP: usize = 40;

/// A date, or part of one, in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TypedDate {
    pub(super) range: Range<usize>,
    pub(super) form: DateForm,
    /// Absent from `tháng 11 năm 2022`.
    pub(super) day: Option<u32>,
    pub(super) month: u32,
    /// Absent from `ngày 8 tháng 3`.
    pub(super) year: Option<i32>,
}

/// How a date is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DateForm {
    /// In figures: `28/11/2022`.
    Numeric,
    /// With words: `ngày 28 tháng 11 năm 2022`, `28 ພະຈິກ 2022`.
    Long,
}

/// Returns the forms of dates of `pack`, the longest first.
pub(super) fn date_forms(pack: &LanguagePack) -> Vec<(DateForm, String)> {
    let long = pack.date_pattern("long").unwrap_or_default();
    let from = |slot: &str| long.find(slot).map_or("", |at| &long[at..]);
    let until_month = ["{month_name}", "{month}"]
        .iter()
        .find_map(|slot| long.find(slot).map(|at| &long[..at + slot.len()]))
        .unwrap_or_default();
    let day_at = until_month.find("{day}").unwrap_or_default();
    let month_at = ["{month_name}", "tháng {month}", "{month}"]
        .into_iter()
        .find(|slot| long.contains(slot))
        .unwrap_or("{month}");
    let mut forms = vec![
        (DateForm::Long, from("{day}").to_owned()),
        (DateForm::Numeric, "{day}/{month}/{year}".to_owned()),
        (DateForm::Numeric, "{day}-{month}-{year}".to_owned()),
        (DateForm::Numeric, "{day}.{month}.{year}".to_owned()),
        (DateForm::Long, from(month_at).to_owned()),
        (DateForm::Long, until_month[day_at..].to_owned()),
    ];
    forms.retain(|(_, pattern)| !pattern.is_empty());
    forms
}

/// Returns the dates in `text`, in the `forms` of a language whose `months` have
/// these names.
pub(super) fn dates(text: &str, forms: &[(DateForm, String)], months: &[String]) -> Vec<TypedDate> {
    let mut dates: BTreeMap<usize, TypedDate> = BTreeMap::new();
    let figures = text.char_indices();
    let figures = figures.filter(|(_, letter)| digit(*letter).is_some());
    let figures: Vec<usize> = figures.map(|(at, _)| at).collect();
    if figures.is_empty() {
        return Vec::new();
    }
    for (form, pattern) in forms {
        for at in starts(text, pattern, months, &figures) {
            let before = dates.range(..=at).next_back();
            let taken = before.is_some_and(|(_, date)| at < date.range.end);
            if taken || !starts_word(text, at) {
                continue;
            }
            if let Some(date) = match_date(&text[at..], pattern, months) {
                let range = at..at + date.range.end;
                let form = *form;
                let date = TypedDate {
                    range,
                    form,
                    ..date
                };
                dates.insert(at, date);
            }
        }
    }
    dates.into_values().collect()
}

/// Returns where a date of the form `pattern` may start: at one of the `figures`,
/// or at the words that the form starts with.
fn starts(text: &str, pattern: &str, months: &[String], figures: &[usize]) -> Vec<usize> {
    let literal = pattern.split('{').next().unwrap_or_default().trim_end();
    let mut starts = Vec::new();
    if pattern.starts_with("{month_name}") {
        let named = months.iter().flat_map(|name| text.match_indices(name));
        starts.extend(named.map(|(at, _)| at));
        starts.sort_unstable();
    } else if literal.is_empty() {
        starts.extend(figures);
    } else {
        starts.extend(text.match_indices(literal).map(|(at, _)| at));
    }
    starts
}

fn starts_word(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    let here = text[at..].chars().next();
    match (before.and_then(digit), here.and_then(digit)) {
        (Some(_), Some(_)) => false,
        (_, Some(_)) => !text[..at].ends_with(['/', '-', '.']),
        _ => true,
    }
}

/// Matches `pattern`, such as `{day} tháng {month} năm {year}`, at the start
/// of `text`.
fn match_date(text: &str, pattern: &str, months: &[String]) -> Option<TypedDate> {
    let mut rest = text;
    let mut date = TypedDate {
        range: 0..0,
        form: DateForm::Long,
        day: None,
        month: 0,
        year: None,
    };
    let mut pattern = pattern;
    while !pattern.is_empty() {
        if let Some(slot) = pattern
            .strip_prefix('{')
            .and_then(|slot| slot.split('}').next())
        {
            pattern = &pattern[slot.len() + 2..];
            match slot {
                "day" => date.day = Some(figures(&mut rest, 1..=2)?),
                "month" => date.month = figures(&mut rest, 1..=2)?,
                "year" => date.year = i32::try_from(figures(&mut rest, 4..=4)?).ok(),
                _ => date.month = month_name(&mut rest, months)?,
            }
            continue;
        }
        let literal = pattern.split('{').next().unwrap_or_default();
        pattern = &pattern[literal.len()..];
        for word in literal.split_inclusive(' ') {
            let spaced = word.ends_with(' ');
            let word = word.trim_end();
            rest = rest.strip_prefix(word)?;
            if spaced {
                let trimmed = rest.trim_start();
                if trimmed.len() == rest.len() {
                    return None;
                }
                rest = trimmed;
            }
        }
    }
    let valid = (1..=12).contains(&date.month) && date.day.is_none_or(|d| (1..=31).contains(&d));
    date.range = 0..text.len() - rest.len();
    (valid && leading_digits(rest) == 0).then_some(date)
}

fn figures(rest: &mut &str, length: std::ops::RangeInclusive<usize>) -> Option<u32> {
    let count = leading_digits(rest);
    if !length.contains(&count) {
        return None;
    }
    let value = rest.chars().take(count).filter_map(digit);
    let value = value.fold(0, |value, figure| value * 10 + figure);
    let width: usize = rest.chars().take(count).map(char::len_utf8).sum();
    *rest = &rest[width..];
    Some(value)
}

fn month_name(rest: &mut &str, months: &[String]) -> Option<u32> {
    for (month, name) in (1..).zip(months) {
        if let Some(after) = rest.strip_prefix(name.as_str()) {
            *rest = after;
            return Some(month);
        }
    }
    None
}

/// Returns the e-mail addresses, web addresses and telephone numbers in
/// `text`, each as it is compared between languages.
pub(super) fn addresses(text: &str) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    let marks = |text: &str| text.contains(['@', ':']) || text.contains("www.");
    let words = marks(text).then(|| words(text)).into_iter().flatten();
    for (start, word) in words.filter(|(_, word)| marks(word)) {
        let core = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
        let at = start + word.find(core).unwrap_or_default();
        let link = core.contains("://") || core.starts_with("www.");
        if (core.contains('@') && core.contains('.')) || link {
            let core = core.to_lowercase();
            found.push((at..at + core.len(), core));
        }
    }
    found.extend(telephones(text));
    found.sort_by_key(|(range, _)| range.start);
    found
}

/// Tells whether `word`, which stands at the byte `at`, is the mark of a lettered
/// point: `a)`, `(b)`, `c.` at the start of a line.
pub(super) fn is_point(words: &str, at: usize, word: &str) -> bool {
    let line = words[..at].rfind('\n').map_or(0, |line| line + 1);
    let core = word.strip_prefix('(').unwrap_or(word);
    let mut letters = core.chars();
    let letter = letters.next().filter(char::is_ascii_alphabetic);
    let stops = |rest: &str| {
        let after = rest.strip_prefix([')', '.', '/']);
        after.is_some_and(|after| after.is_empty() || after.starts_with(is_lao))
    };
    let parenthesis = letters.as_str().starts_with(')');
    letter.is_some()
        && stops(letters.as_str())
        && (parenthesis || words[line..at].trim().is_empty())
}

/// Returns each word with its place.
pub(super) fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let start = text.as_ptr() as usize;
    text.split_whitespace()
        .map(move |word| (word.as_ptr() as usize - start, word))
}

/// Returns runs of at least eight digits, set apart by spaces, dots and
/// hyphens, that start as telephone numbers do.
fn telephones(text: &str) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    let mut rest = 0;
    while let Some(offset) = text[rest..].find(|c: char| c == '+' || digit(c).is_some()) {
        let start = rest + offset;
        let joins = |c: char| digit(c).is_some() || matches!(c, '+' | ' ' | '.' | '-' | '(' | ')');
        let length = text[start..]
            .find(|c| !joins(c))
            .unwrap_or(text.len() - start);
        let run = text[start..start + length].trim_end_matches(|c: char| digit(c).is_none());
        let figures: String = run
            .chars()
            .filter_map(digit)
            .map(|d| d.to_string())
            .collect();
        if figures.len() >= 8 && run.starts_with(['+', '0']) {
            found.push((start..start + run.len(), figures));
        }
        rest = start + length.max(1);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn covers_tell_what_lies_in_them() {
        let cover = Cover::new([8..9, 2..6, 3..4]);
        for range in [2..6, 3..4, 4..6, 8..9, 5..6] {
            assert!(cover.holds(&range), "{range:?}");
        }
        for range in [1..3, 5..7, 6..8, 9..10, 2..9] {
            assert!(!cover.holds(&range), "{range:?}");
        }
        assert!(cover.meets(&(1..3)) && cover.meets(&(5..7)) && cover.meets(&(0..20)));
        assert!(!cover.meets(&(0..2)) && !cover.meets(&(6..8)) && !cover.meets(&(9..12)));
    }

    #[test]
    fn latin_letters_are_the_alphabetic_ones() {
        for letter in ('\0'..'\u{250}').chain('\u{1e00}'..='\u{1eff}') {
            assert_eq!(is_latin(letter), letter.is_alphabetic(), "{letter:?}");
        }
        assert!("ກໜ้Яあ\u{301}".chars().all(|letter| !is_latin(letter)));
    }

    #[test]
    fn numbers_have_one_form() {
        let values = |text| {
            numbers(text)
                .into_iter()
                .map(|n| n.value)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            values("02 năm, 1.000 và 1,000; 2,5% ໒໐໒໕"),
            ["2", "1000", "1000", "2.5", "2025"]
        );
        assert_eq!(values("năm 2024. 5 không"), ["2024", "5"]);
    }
}
