//! Letters that only look right, and texts in an encoding from before Unicode.
//!
//! What belongs to a language is data: the letters of its pack, and the loan
//! letters and signs of its watch list. What else a text has is reported once
//! for each text and letter, with how often it occurs and what was probably
//! meant. Where [`crate::text::legacy`] recognises a whole text, that is said instead.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::language::Language;
use crate::source::Span;
use crate::text::lookalike::{self, Strange};

use super::case::Case;
use super::rule::Finder;

/// Finds texts in an encoding from before Unicode.
pub(super) fn legacy_encoding(case: &Case<'_>, finder: &mut Finder<'_>) {
    for passage in case.passages() {
        let Some(encoding) = case.encoding(passage) else {
            continue;
        };
        let finding = finder
            .finding()
            .at(&passage.span)
            .with("encoding", encoding.name());
        let finding = match encoding.beginning(&passage.words) {
            Some(read) => finding.with("read", read).hint("reads"),
            None => finding,
        };
        finder.push(finding.hint("convert"));
    }
}

/// Letters of one kind in one text.
struct Found {
    /// What was meant, in place of a look-alike.
    meant: Option<String>,
    /// Whether the letter passes for the one that was meant.
    deceives: bool,
    letters: BTreeSet<char>,
    /// The first place.
    first: Range<usize>,
    count: usize,
}

/// Finds letters that pass for others.
pub(super) fn look_alike_letter(case: &Case<'_>, finder: &mut Finder<'_>) {
    each_text(case, finder, true);
}

/// Finds letters and signs that the languages of the agreement do not have.
pub(super) fn unusual_letter(case: &Case<'_>, finder: &mut Finder<'_>) {
    each_text(case, finder, false);
}

fn each_text(case: &Case<'_>, finder: &mut Finder<'_>, deceiving: bool) {
    let mut alphabets: BTreeMap<&Language, BTreeSet<char>> = BTreeMap::new();
    for language in &case.agreement.languages {
        alphabets.insert(language, alphabet(case, language));
    }
    for passage in case.passages().filter(|text| case.encoding(text).is_none()) {
        let Some(known) = alphabets.get(&passage.language) else {
            continue;
        };
        for (kind, found) in strangers(&passage.words, known) {
            if found.deceives == deceiving {
                let place = passage.place(&found.first);
                finder.push(report(finder, kind, &found, &passage.words, &place));
            }
        }
    }
    let Some(known) = alphabets.values().next() else {
        return;
    };
    for (path, words) in case.agreement.contact_values() {
        let span = case.positions.at(&path);
        for (kind, found) in strangers(words, known) {
            if found.deceives == deceiving {
                let place = span.find(words.get(found.first.clone()).unwrap_or_default());
                finder.push(report(finder, kind, &found, words, &place));
            }
        }
    }
}

/// Returns what a text of `language` may have beyond ASCII: its own letters,
/// those of the other languages, which it may quote, loan letters and signs.
fn alphabet(case: &Case<'_>, language: &Language) -> BTreeSet<char> {
    let packs = case
        .agreement
        .languages
        .iter()
        .filter_map(|language| case.pack(language));
    let mut known: BTreeSet<char> = packs
        .flat_map(|pack| pack.typography.letters.chars())
        .collect();
    for language in case.agreement.languages.iter().chain([language]) {
        for key in ["loan_letters", "signs"] {
            known.extend(
                case.watch(language)
                    .word(key)
                    .into_iter()
                    .flat_map(str::chars),
            );
        }
    }
    known
}

type Kind = (&'static str, Option<String>);

/// Returns the letters of `words` that are not `known`, by kind and by what was
/// meant.
fn strangers(words: &str, known: &BTreeSet<char>) -> BTreeMap<Kind, Found> {
    let mut kinds: BTreeMap<Kind, Found> = BTreeMap::new();
    let mut before = (0, ' ');
    for (at, letter) in words.char_indices() {
        let (previous, base) = std::mem::replace(&mut before, (at, letter));
        let footnote = matches!(letter, '²' | '³') && !matches!(base, 'm' | 'ມ' | 'M');
        if letter.is_ascii() || known.contains(&letter) && !footnote || is_elsewhere(letter) {
            continue;
        }
        let mut strange = lookalike::strange(letter).unwrap_or(Strange {
            kind: "@letter-other",
            meant: None,
        });
        let mut place = at..at + letter.len_utf8();
        if strange.kind == "@letter-mark" && !base.is_whitespace() && at > 0 {
            strange.meant = Some(base.to_string());
            place.start = previous;
        }
        let deceives = strange.meant.is_some() && deceives(&strange, word_at(words, at));
        let meant = strange
            .meant
            .filter(|_| deceives || strange.kind != "@letter-cyrillic");
        let key = (strange.kind, deceives.then(|| meant.clone()).flatten());
        let found = kinds.entry(key).or_insert_with(|| Found {
            meant,
            deceives,
            letters: BTreeSet::new(),
            first: place,
            count: 0,
        });
        found.letters.insert(letter);
        found.count += 1;
    }
    kinds
}

/// Tells letters that other rules speak of: Thai ones, and those that nobody
/// sees.
fn is_elsewhere(letter: char) -> bool {
    ('\u{e00}'..='\u{e7f}').contains(&letter)
        || letter.is_control()
        || super::script::is_hidden(letter)
        || super::script::is_direction(letter)
}

/// Returns the word around the byte `at`.
fn word_at(words: &str, at: usize) -> &str {
    let part = |letter: char| letter.is_alphanumeric();
    let (before, after) = words.split_at(at);
    let length = before
        .chars()
        .rev()
        .take_while(|c| part(*c))
        .map(char::len_utf8);
    let start = at - length.sum::<usize>();
    let end = at + after.find(|c| !part(c)).unwrap_or(after.len());
    words.get(start..end).unwrap_or_default()
}

/// Tells whether a letter passes for the one that was meant: not in a word that
/// is written in its own script, such as `Россия`, and not a mere sign.
fn deceives(strange: &Strange, word: &str) -> bool {
    let own = |letter: char| lookalike::strange(letter).is_some_and(|s| s.kind == strange.kind);
    let whole = word.chars().all(own);
    match strange.kind {
        "@letter-cyrillic" | "@letter-armenian" => {
            let alike = |c: char| lookalike::strange(c).is_some_and(|s| s.meant.is_some());
            !whole || word.chars().all(alike)
        }
        "@letter-greek" => !whole || word.chars().all(|c| "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧον".contains(c)),
        "@letter-superscript" | "@letter-sign" => false,
        _ => true,
    }
}

fn report(
    finder: &Finder<'_>,
    (kind, _): Kind,
    found: &Found,
    words: &str,
    place: &Span,
) -> Diagnostic {
    let names = found.letters.iter().take(8).map(|letter| shown(*letter));
    let finding = finder
        .finding()
        .at(place)
        .with("letters", names.collect::<Vec<_>>().join(", "))
        .with("kind", kind)
        .with("count", found.count.to_string())
        .with("text", around(words, &found.first));
    match &found.meant {
        Some(meant) => finding.with("meant", meant.clone()).hint("meant"),
        None => finding.hint("remove"),
    }
}

/// Returns the word with the letter, to show it by.
fn around(words: &str, place: &Range<usize>) -> String {
    let start = words[..place.start].rfind(char::is_whitespace);
    let start = start.map_or(0, |at| words.ceil_char_boundary(at + 1));
    let end = words[place.end..].find(char::is_whitespace);
    let end = end.map_or(words.len(), |at| place.end + at);
    words[start..end].chars().take(40).collect()
}

/// Returns a letter with its code point: `а (U+0430)`.
pub(super) fn shown(letter: char) -> String {
    let code = format!("U+{:04X}", u32::from(letter));
    let bare = letter.is_control() || matches!(letter, '\u{e000}'..='\u{f8ff}' | '\u{fe0f}');
    match letter {
        _ if bare => code,
        '\u{300}'..='\u{36f}' => format!("\u{25cc}{letter} ({code})"),
        _ => format!("{letter} ({code})"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::text::is_point;
    use super::*;

    #[test]
    fn lettered_points_are_told_from_words() {
        for (words, at) in [
            ("a) ສອງ", 0),
            ("ດັ່ງນີ້: b) ສອງ", "ດັ່ງນີ້: ".len()),
            ("c. ສາມ", 0),
            ("(d) ສີ່", 0),
            ("a)ສອງ", 0),
        ] {
            let word = words[at..].split(' ').next().expect("a word");
            assert!(is_point(words, at, word), "{words}");
        }
        for words in ["a", "ab)", "1)", "A ", "e-mail"] {
            assert!(!is_point(words, 0, words), "{words}");
        }
    }

    #[test]
    fn words_of_another_script_deceive_nobody() {
        let known = BTreeSet::new();
        for (words, deceives) in [
            ("Hаi", true),
            ("Москва", false),
            ("А", true),
            ("СССР", true),
            ("α", false),
            ("hαi", true),
            ("ΟΚ", true),
            ("Αθήνα", false),
        ] {
            let found = strangers(words, &known);
            assert!(found.values().all(|f| f.deceives == deceives), "{words}");
            assert!(!found.is_empty(), "{words}");
        }
    }
}
