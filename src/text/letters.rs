//! The letters of both scripts: one spelling for each, and what a letter is.
//!
//! Input: text as typed. Output: text in NFC, with Lao U+0ECD U+0EB2 folded to
//! U+0EB3, because NFC does not unify the two spellings of ຳ. (NFKC would: it
//! also tears ຳ, ໜ and ໝ apart, so it is never used.)

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// Returns `text` with one code point sequence for each letter: NFC, and
/// U+0EB3 for the pair U+0ECD U+0EB2, a tone mark between them included.
pub fn normalise(text: &str) -> String {
    let composed = if is_composed(text) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfc().collect())
    };
    let mut normal = String::with_capacity(composed.len());
    let mut rest: &str = &composed;
    while let Some(split) = split_am(rest) {
        let (before, after) = (&rest[..split.start], &rest[split.end..]);
        normal.push_str(before);
        normal.extend(rest[split].chars().filter(|c| is_lao_tone(*c)));
        normal.push('\u{eb3}');
        rest = after;
    }
    normal + rest
}

/// Tells whether `text` is in NFC. Texts of the letters of both scripts, their
/// marks in order, are told without the tables of Unicode.
fn is_composed(text: &str) -> bool {
    let mut before = 0;
    let ordered = text.chars().all(|letter| {
        // The canonical combining class of Lao marks; all else here has none.
        let class = match letter {
            '\u{eba}' => 9,
            '\u{eb8}' | '\u{eb9}' => 118,
            '\u{ec8}'..='\u{ecb}' => 122,
            '\0'..='\u{2ff}' | '\u{e80}'..='\u{eff}' | '\u{1e00}'..='\u{1eff}' => 0,
            _ => return false,
        };
        let ordered = class == 0 || before <= class;
        before = class;
        ordered
    });
    ordered || unicode_normalization::is_nfc(text)
}

/// Returns the first place where U+0ECD U+0EB2 is written for U+0EB3, a tone
/// mark between them included.
pub fn split_am(text: &str) -> Option<Range<usize>> {
    text.match_indices('\u{ecd}').find_map(|(start, sign)| {
        let after = &text[start + sign.len()..];
        let vowel = after.strip_prefix(is_lao_tone).unwrap_or(after);
        let rest = vowel.strip_prefix('\u{eb2}')?;
        Some(start..text.len() - rest.len())
    })
}

/// Tells the four Lao tone marks.
pub fn is_lao_tone(letter: char) -> bool {
    ('\u{ec8}'..='\u{ecb}').contains(&letter)
}

/// Tells marks that stand on the letter before them and take no room.
pub fn is_mark(letter: char) -> bool {
    is_combining_mark(letter)
}

/// Returns `letter` without its accents and other marks: `e` for `ế`.
pub fn bare(letter: char) -> char {
    match letter {
        // Most letters bear no mark; Lao ones are never composed.
        '\0'..='\u{bf}' | '\u{e80}'..='\u{eff}' => letter,
        'đ' => 'd',
        'Đ' => 'D',
        _ => {
            let mut first = None;
            decompose_canonical(letter, |part| first = first.or(Some(part)));
            first.unwrap_or(letter)
        }
    }
}

/// Returns the letters and marks of `text` apart and in order of their code
/// points, so that it does not matter which vowel bears the tone.
pub fn unordered(text: &str) -> Vec<char> {
    let mut letters: Vec<char> = text.nfd().collect();
    letters.sort_unstable();
    letters
}

/// Returns the first place in `text` where [`normalise`]'s first step, NFC,
/// changes a letter.
pub fn first_decomposed(text: &str) -> Option<usize> {
    if is_composed(text) {
        return None;
    }
    let composed: String = text.nfc().collect();
    let same = text.char_indices().zip(composed.chars());
    same.into_iter()
        .find(|((_, typed), composed)| typed != composed)
        .map(|((at, _), _)| at)
        .or(Some(0))
}

/// Returns the value of a digit of either script.
pub fn digit(letter: char) -> Option<u32> {
    match letter {
        '\u{ed0}'..='\u{ed9}' => Some(u32::from(letter) - 0xed0),
        _ => letter.to_digit(10),
    }
}

/// Returns words as a sentence begins.
pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

/// Tells a vowel sign or a tone mark of Lao, which never opens a word.
pub fn is_lao_sign(letter: char) -> bool {
    matches!(letter, '\u{eb0}'..='\u{ebc}' | '\u{ec8}'..='\u{ece}')
}

/// Tells letters, marks and digits of the Lao script.
pub fn is_lao(letter: char) -> bool {
    ('\u{e80}'..='\u{eff}').contains(&letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_have_one_spelling() {
        assert_eq!(normalise("e\u{302}\u{301}"), "ế");
        assert_eq!(normalise("ຈ\u{ecd}\u{eb2}ປາ"), "ຈຳປາ");
        assert_eq!(normalise("ນ\u{ecd}\u{ec9}\u{eb2}"), "ນ\u{ec9}ຳ");
        assert_eq!(normalise("ໜ້າ"), "ໜ້າ");
    }

    #[test]
    fn letters_of_both_scripts_are_told_to_be_composed() {
        let scripts = ('\0'..='\u{2ff}').chain('\u{e80}'..='\u{eff}');
        let letters: Vec<char> = scripts.chain('\u{1e00}'..='\u{1eff}').collect();
        for (one, two) in letters.iter().zip(letters.iter().rev()) {
            for text in [format!("{one}{two}"), format!("{one}\u{ec9}{two}")] {
                let composed = unicode_normalization::is_nfc(&text);
                assert_eq!(is_composed(&text), composed, "{text:?}");
            }
        }
        for marks in [
            "\u{eb8}\u{ec9}",
            "\u{ec9}\u{eb8}",
            "\u{eba}\u{eb9}",
            "\u{eb9}\u{eba}",
        ] {
            let text = format!("ກ{marks}");
            let composed = unicode_normalization::is_nfc(&text);
            assert_eq!(is_composed(&text), composed, "{text:?}");
        }
        assert!(!is_composed("e\u{302}") && is_composed("ế ນ້ຳ ຕັ້ງ"));
    }
}
