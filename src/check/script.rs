//! Letters, marks and digits of the two scripts.
//!
//! Most of these rules read the file's own letters, because what is safe to
//! repair was repaired when the file was read; here it is reported.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::source::Span;
use crate::text::letters::{self, is_lao_tone};

use super::case::Case;
use super::passage::Passage;
use super::rule::Finder;
use super::text::{self, is_lao, is_latin, is_point};

/// Reports the first place in each passage's own letters that `find` names.
fn in_raw(case: &Case<'_>, finder: &mut Finder<'_>, find: impl Fn(&str) -> Option<(usize, usize)>) {
    for passage in case.passages() {
        if let Some((start, end)) = find(passage.span.text()) {
            let place = passage.span.part(start..end);
            let finding = finder
                .finding()
                .with("letters", names(place.text()))
                .at(&place);
            finder.push(finding.hint("replace"));
        }
    }
}

/// Returns letters by code point: `U+0ECD U+0EB2`.
fn names(letters: &str) -> String {
    let names: Vec<String> = letters
        .chars()
        .take(8)
        .map(|letter| format!("U+{:04X}", u32::from(letter)))
        .collect();
    names.join(" ")
}

/// Finds letters that are put together from parts, and marks in another order
/// than the standard one: once for each text.
pub(super) fn decomposed_letters(case: &Case<'_>, finder: &mut Finder<'_>) {
    for passage in case.passages() {
        let raw = passage.span.text();
        if letters::first_decomposed(raw).is_none() || case.encoding(passage).is_some() {
            continue;
        }
        let mut parts = clusters(raw)
            .filter(|cluster| letters::first_decomposed(&raw[cluster.clone()]).is_some());
        let Some(first) = parts.next() else { continue };
        let place = passage.span.part(first);
        let finding = finder
            .finding()
            .at(&place)
            .with("letter", letters::normalise(place.text()))
            .with("letters", names(place.text()))
            .with("count", (1 + parts.count()).to_string());
        finder.push(finding.hint("replace"));
    }
}

/// Returns each letter of `text` with the marks behind it.
fn clusters(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut starts = text
        .char_indices()
        .filter(|(_, c)| !is_combining(*c))
        .map(|(at, _)| at);
    let mut start = starts.next();
    std::iter::from_fn(move || {
        let from = start?;
        start = starts.next();
        Some(from..start.unwrap_or(text.len()))
    })
}

fn is_combining(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}') || lao_mark(letter)
}

fn previous(text: &str, at: usize) -> usize {
    text[..at]
        .char_indices()
        .next_back()
        .map_or(at, |(at, _)| at)
}

/// Finds U+0ECD U+0EB2 where U+0EB3 is meant.
pub(super) fn split_am(case: &Case<'_>, finder: &mut Finder<'_>) {
    in_raw(case, finder, |raw| {
        let split = letters::split_am(raw)?;
        Some((split.start, split.end))
    });
}

/// Finds two U+0EC0 where U+0EC1 is meant.
pub(super) fn doubled_e(case: &Case<'_>, finder: &mut Finder<'_>) {
    in_raw(case, finder, |raw| {
        let doubled = "\u{ec0}\u{ec0}";
        raw.find(doubled).map(|at| (at, at + doubled.len()))
    });
}

/// Finds a Lao mark that cannot stand after the letter before it.
pub(super) fn mark_order(case: &Case<'_>, finder: &mut Finder<'_>) {
    in_raw(case, finder, |raw| {
        let mut before = ' ';
        for (at, letter) in raw.char_indices() {
            let misplaced = match letter {
                _ if !lao_mark(letter) => false,
                _ if !is_lao(before) => true,
                // A tone mark is the last of the marks on a consonant.
                _ if is_lao_tone(letter) => is_lao_tone(before) || lao_spacing_vowel(before),
                _ => is_lao_tone(before) || lao_spacing_vowel(before) || before == letter,
            };
            if misplaced {
                let start = if is_lao(before) {
                    previous(raw, at)
                } else {
                    at
                };
                return Some((start, at + letter.len_utf8()));
            }
            before = letter;
        }
        None
    });
}

/// Tells marks that stand above or below a Lao consonant.
fn lao_mark(letter: char) -> bool {
    matches!(letter, '\u{eb1}' | '\u{eb4}'..='\u{ebc}' | '\u{ec8}'..='\u{ecd}')
}

/// Tells Lao vowels that stand before or after a consonant, in a column of
/// their own.
fn lao_spacing_vowel(letter: char) -> bool {
    matches!(
        letter,
        '\u{eb0}' | '\u{eb2}' | '\u{eb3}' | '\u{ec0}'..='\u{ec4}'
    )
}

/// Finds Thai letters: many look like Lao ones.
pub(super) fn thai_letter(case: &Case<'_>, finder: &mut Finder<'_>) {
    let told: Vec<&Span> = case
        .passages()
        .filter(|passage| case.encoding(passage).is_some())
        .map(|passage| &passage.span)
        .collect();
    for place in runs(case, |letter| ('\u{e00}'..='\u{e7f}').contains(&letter)) {
        if told.iter().any(|span| span.holds(&place)) {
            continue;
        }
        let finding = finder.finding().at(&place);
        let finding = finding
            .with("letters", names(place.text()))
            .with("text", place.text());
        finder.push(finding.hint("replace"));
    }
}

/// Returns each run of strays of a kind.
fn runs(case: &Case<'_>, kind: impl Fn(char) -> bool) -> Vec<Span> {
    let source = case.positions.source();
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for &(at, letter) in case.strays.iter().filter(|(_, letter)| kind(*letter)) {
        match runs.last_mut() {
            Some((_, end)) if *end == at => *end = at + letter.len_utf8(),
            _ => runs.push((at, at + letter.len_utf8())),
        }
    }
    let mut places: Vec<Span> = runs
        .into_iter()
        .map(|(start, end)| source.span(start..end))
        .collect();
    // What parties take from the register is as good as typed in the agreement.
    for span in case.positions.elsewhere() {
        let letters = super::text::strays(span.text()).into_iter();
        let letters = letters.filter(|(_, letter)| kind(*letter));
        places.extend(letters.map(|(at, letter)| span.part(at..at + letter.len_utf8())));
    }
    places
}

/// Where a letter that nobody sees stands for the first time, and how often it
/// does.
type Unseen = BTreeMap<(usize, char), (Span, usize)>;

/// Reports each letter of a kind once for each text, and once for what is left
/// of the file: its other values and its comments. An escape of YAML, `\u200b`,
/// or of Markdown, `&#8203;`, hides such a letter even from the file.
fn unseen(case: &Case<'_>, finder: &mut Finder<'_>, kind: fn(char) -> bool) {
    let source = case.positions.source();
    let mut texts: Vec<(usize, usize)> = Vec::new();
    let (mut told, mut found) = (Vec::new(), Unseen::new());
    for passage in case.passages() {
        let range = passage.span.range();
        if case.encoding(passage).is_some() {
            told.push(range.clone());
        } else if passage.words.contains(kind) {
            for letter in passage.words.chars().filter(|letter| kind(*letter)) {
                if !passage.span.text().contains(letter) {
                    let first = || (passage.span.clone(), 0);
                    found.entry((range.start, letter)).or_insert_with(first).1 += 1;
                }
            }
        }
        texts.push((range.start, range.end));
    }
    texts.sort_unstable();
    for &(at, letter) in case.strays.iter().filter(|(_, letter)| kind(*letter)) {
        if told.iter().any(|range| range.contains(&at)) {
            continue;
        }
        let before = texts
            .partition_point(|(start, _)| *start <= at)
            .checked_sub(1);
        let text = before.map(|text| texts[text]).filter(|(_, end)| at < *end);
        let first = || (source.span(at..at + letter.len_utf8()), 0);
        let text = text.map_or(usize::MAX, |(start, _)| start);
        found.entry((text, letter)).or_insert_with(first).1 += 1;
    }
    for ((_, letter), (place, count)) in found {
        let finding = finder
            .finding()
            .at(&place)
            .with("kind", unseen_name(letter));
        let finding = finding.with("letters", names(letter.encode_utf8(&mut [0; 4])));
        let hint = match is_wide(letter) {
            true => "space",
            false => "remove",
        };
        finder.push(finding.with("count", count.to_string()).hint(hint));
    }
}

/// Tells spaces that part words: without them two words would be one.
fn is_wide(letter: char) -> bool {
    matches!(
        letter,
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}' | '\u{3164}'
    )
}

/// Returns what a letter that nobody sees is called, a key of the program's
/// words.
fn unseen_name(letter: char) -> &'static str {
    match letter {
        '\u{a0}' | '\u{202f}' => "@hidden-fixed-space",
        '\u{ad}' => "@hidden-hyphen",
        '\u{200b}' | '\u{2060}' | '\u{feff}' => "@hidden-no-width",
        '\u{200c}' | '\u{200d}' => "@hidden-joiner",
        '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            "@hidden-direction"
        }
        _ => "@hidden-space",
    }
}

/// Tells spaces and joiners that nobody sees.
pub(super) fn is_hidden(letter: char) -> bool {
    matches!(
        letter,
        '\u{a0}' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2000}'..='\u{200a}' | '\u{202f}'
            | '\u{2060}' | '\u{feff}' | '\u{3000}' | '\u{180e}' | '\u{115f}' | '\u{3164}'
    )
}

/// Tells characters that turn the direction of reading round.
pub(super) fn is_direction(letter: char) -> bool {
    matches!(
        letter,
        '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    )
}

/// Finds spaces and joiners that nobody sees.
pub(super) fn hidden_character(case: &Case<'_>, finder: &mut Finder<'_>) {
    unseen(case, finder, is_hidden);
}

/// Finds characters that turn the direction of reading round.
pub(super) fn direction_control(case: &Case<'_>, finder: &mut Finder<'_>) {
    unseen(case, finder, is_direction);
}

/// Finds Lao digits beside Western ones in one language.
pub(super) fn mixed_digits(case: &Case<'_>, finder: &mut Finder<'_>) {
    for language in &case.agreement.languages {
        let mut western = None;
        let mut lao = None;
        for passage in case
            .passages()
            .filter(|passage| passage.language == *language)
        {
            for number in &passage.numbers {
                let digits = passage.at(&number.range);
                let found = if digits.chars().any(is_lao) {
                    &mut lao
                } else {
                    &mut western
                };
                found.get_or_insert_with(|| passage.place(&number.range));
                if digits.chars().any(is_lao) && digits.chars().any(|c| c.is_ascii_digit()) {
                    western.get_or_insert_with(|| passage.place(&number.range));
                }
            }
        }
        if let (Some(western), Some(lao)) = (western, lao) {
            let finding = finder.finding().at(&lao).label("western", &western);
            finder.push(finding.with("typed", lao.text()).hint("western"));
        }
    }
}

/// Finds words of another script in a language: Latin ones in Lao text, Lao
/// ones in Vietnamese.
pub(super) fn foreign_script(case: &Case<'_>, finder: &mut Finder<'_>) {
    for passage in case.passages() {
        let script = case.watch(&passage.language).word("script");
        let is_foreign = match script {
            Some("lao") => is_latin,
            Some("latin") => is_lao,
            _ => continue,
        };
        if !passage.words.contains(is_foreign) || case.encoding(passage).is_some() {
            continue;
        }
        let mut point = None;
        let mut run: Option<Range<usize>> = None;
        let mut runs = Vec::new();
        for (at, word) in text::words(&passage.words) {
            let core = word.trim_matches(|c: char| !c.is_alphanumeric());
            let rest = word.trim_start_matches(|c: char| !c.is_alphanumeric());
            let start = at + word.len() - rest.len();
            if script == Some("lao") && is_point(&passage.words, at, word) {
                // One example is enough: the others follow it.
                point = point.or(Some(start..start + 2));
                runs.extend(run.take());
                continue;
            }
            let common = script == Some("lao") && in_every_script(core);
            if core.contains(is_foreign) && !common {
                let start = run.take().map_or(start, |run| run.start);
                run = Some(start..at + word.trim_end_matches(|c: char| !c.is_alphanumeric()).len());
            } else {
                runs.extend(run.take());
            }
        }
        runs.extend(run);
        if let Some(range) = point {
            let finding = finder.finding().at(&passage.place(&range));
            let finding = finding.with("text", passage.at(&range));
            let language = passage.language.0.clone();
            finder.push(finding.with("language", language).hint("point"));
        }
        for range in runs {
            let finding = finder.finding().at(&passage.place(&range));
            let finding = finding.with("text", passage.at(&range));
            finder.push(
                finding
                    .with("language", passage.language.0.clone())
                    .hint("translate"),
            );
        }
    }
}

/// Tells what is written in Latin letters in every language: addresses of the
/// net, Roman numerals, numbers of documents and abbreviations.
fn in_every_script(word: &str) -> bool {
    let latin: Vec<char> = word.chars().filter(|c| is_latin(*c)).collect();
    let capital = latin.iter().all(|c| c.is_uppercase());
    word.contains('@')
        || word.contains("://")
        || word.starts_with("www.")
        || (capital && (latin.len() <= 5 || word.contains('/')))
}

/// Finds `hòa` in one place and `hoà` in another.
pub(super) fn tone_placement(case: &Case<'_>, finder: &mut Finder<'_>) {
    for language in &case.agreement.languages {
        let mut styles: [Vec<(&Passage, Range<usize>)>; 2] = Default::default();
        for passage in case
            .passages()
            .filter(|passage| passage.language == *language)
        {
            if passage.field.is_person() {
                continue;
            }
            for (at, word) in syllables(&passage.words) {
                if let Some(style) = tone_style(word) {
                    styles[style].push((passage, at..at + word.len()));
                }
            }
        }
        let [old, new] = &styles;
        let (many, few) = if old.len() >= new.len() {
            (old, new)
        } else {
            (new, old)
        };
        let place = |(passage, range): &(&Passage, Range<usize>)| passage.place(range);
        if let Some(first) = many.first().filter(|_| !few.is_empty()) {
            let first = place(first);
            for word in few {
                let finding = finder.finding().at(&place(word)).label("first", &first);
                let typed = word.0.at(&word.1);
                finder.push(finding.with("typed", typed).hint("same"));
            }
        }
    }
}

fn syllables(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let start = text.as_ptr() as usize;
    text.split(|c: char| !is_latin(c))
        .filter(|word| !word.is_empty())
        .map(move |word| (word.as_ptr() as usize - start, word))
}

/// Returns 0 where the tone stands on the first vowel of a final `oa`, `oe` or
/// `uy`, and 1 where it stands on the second.
fn tone_style(syllable: &str) -> Option<usize> {
    let mut letters = syllable.chars().rev();
    let (last, before) = (letters.next()?, letters.next()?);
    let plain = |letter: char| letters::bare(letter).to_ascii_lowercase();
    let pair = (plain(before), plain(last));
    let toned = |letter: char| {
        "áàảãạéèẻẽẹóòỏõọúùủũụýỳỷỹỵ".contains(letter.to_lowercase().next().unwrap_or(letter))
    };
    let after_q = letters.next().is_some_and(|c| matches!(c, 'q' | 'Q'));
    let known = matches!(pair, ('o', 'a' | 'e') | ('u', 'y'));
    if !known || (pair.0 == 'u' && after_q) {
        return None;
    }
    match (toned(before), toned(last)) {
        (true, false) => Some(0),
        (false, true) => Some(1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tones_stand_on_the_first_or_the_second_vowel() {
        for (word, style) in [
            ("hòa", 0),
            ("hoà", 1),
            ("THỦY", 0),
            ("Thuỷ", 1),
            ("khỏe", 0),
        ] {
            assert_eq!(tone_style(word), Some(style), "{word}");
        }
        for word in ["quý", "hoàn", "hoa", "toán", "ủy ban", "của"] {
            assert_eq!(
                tone_style(word.split(' ').next_back().unwrap_or(word)),
                None,
                "{word}"
            );
        }
    }
}
