//! Names of parties and places: what sets one apart from the others.

use crate::text::folding::{Phrase, is_whole, lower};
use crate::text::letters::{is_lao, is_lao_sign};

/// Returns `name` without the word for province, city or district at its
/// ends: `Bắc Giang` of `tỉnh Bắc Giang`.
pub fn core<'a>(name: &'a str, units: &[Phrase]) -> &'a str {
    let lowered = lower(name);
    // A letter may change its length with its case; then the whole name is
    // compared.
    if lowered.len() != name.len() {
        return name;
    }
    for unit in units.iter().map(|unit| unit.folded.as_str()) {
        let front = lowered.starts_with(unit) && is_whole(&lowered, 0..unit.len());
        if front && lowered.len() > unit.len() {
            return name.get(unit.len()..).unwrap_or(name).trim();
        }
        let at = lowered.len().saturating_sub(unit.len());
        if at > 0 && lowered.ends_with(unit) && is_whole(&lowered, at..lowered.len()) {
            return name.get(..at).unwrap_or(name).trim();
        }
    }
    name
}

/// Returns what each name does not share with the beginning of all others, in
/// whole words: of "Hội Phụ nữ tỉnh Bắc Giang" and "Hội Phụ nữ tỉnh Sê Kông" the
/// two places. There is no such part where nothing is shared, or no name known.
pub fn own_parts<'a>(names: &[Option<&'a str>]) -> Vec<Option<&'a str>> {
    let mut known = names.iter().flatten();
    let first = known.next().copied().unwrap_or_default();
    let shared = known.fold(first.len(), |shared, name| shared.min(common(first, name)));
    let part = |name: &'a str| {
        let mut cuts = (1..=shared).rev();
        let cut = cuts.find(|at| name.is_char_boundary(*at) && opens_word(name, *at))?;
        Some(&name[cut..])
    };
    names.iter().map(|name| name.and_then(part)).collect()
}

/// Returns how many bytes two names have in common from their start.
fn common(one: &str, two: &str) -> usize {
    let pairs = one.chars().zip(two.chars());
    pairs
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .sum()
}

/// Tells whether a word may start at `at`: Lao has no spaces between words, but
/// a vowel sign or a tone mark never opens one.
fn opens_word(name: &str, at: usize) -> bool {
    let before = name[..at].chars().next_back();
    let opens = |letter: char| is_lao(letter) && !is_lao_sign(letter);
    before.is_some_and(char::is_whitespace) || name[at..].chars().next().is_some_and(opens)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_parts_are_whole_words() {
        let parts = |one, two| own_parts(&[Some(one), Some(two)]);
        assert_eq!(
            parts("Hội tỉnh Bắc Giang", "Hội tỉnh Bắc Ninh"),
            [Some("Giang"), Some("Ninh")]
        );
        assert_eq!(parts("ແຂວງນ້ຳທາ", "ແຂວງນ້ຳກ"), [Some("ທາ"), Some("ກ")]);
        assert_eq!(parts("ແຂວງນ້ຳ", "ແຂວງນີ"), [Some("ນ້ຳ"), Some("ນີ")]);
        assert_eq!(parts("Hội", "Sở"), [None, None]);
    }

    #[test]
    fn units_are_taken_off_names() {
        let units = ["thành phố", "ແຂວງ", "tỉnh"].map(Phrase::new);
        let core = |name| core(name, &units);
        assert_eq!(core("tỉnh Bắc Giang"), "Bắc Giang");
        assert_eq!(core("ແຂວງນ້ຳທາ"), "ນ້ຳທາ");
        assert_eq!(core("tỉnhBắc"), "tỉnhBắc");
        // Two changes of length that make up for each other.
        let odd = "thành\u{a0}phố İx";
        assert_eq!(core(odd), odd);
    }
}
