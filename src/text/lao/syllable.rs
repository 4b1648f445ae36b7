//! Where Lao syllables may start.
//!
//! A syllable is a consonant or a pair of them with a vowel around it: before it (ເ ແ ໂ
//! ໃ ໄ), over or under it, behind it, or ວ or ອ between two consonants; then perhaps a
//! consonant that closes it. Input: Lao letters. Output: the places before letters that
//! open a syllable. A letter without a vowel of its own closes one.

/// How sure it is that a syllable starts somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Start {
    /// It does.
    Sure,
    /// It does, or the letter is the second of a pair or its neighbour is: ກວ, ກຣ.
    Possible,
}

/// Tells the vowels that stand before their consonant.
pub(super) fn is_leading(letter: char) -> bool {
    ('\u{ec0}'..='\u{ec4}').contains(&letter)
}

/// Tells marks over and under a letter.
pub(super) fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{eb1}' | '\u{eb4}'..='\u{ebc}' | '\u{ec8}'..='\u{ece}')
}

/// Tells vowels that stand behind their consonant, ຽ included.
pub(super) fn is_following(letter: char) -> bool {
    matches!(letter, '\u{eb0}' | '\u{eb2}' | '\u{eb3}' | '\u{ebd}')
}

/// Tells consonants, and pairs that are one letter: ໜ.
pub(super) fn is_consonant(letter: char) -> bool {
    matches!(letter, '\u{e81}'..='\u{eae}' | '\u{edc}'..='\u{edf}')
}

/// Tells tone marks and the sign over a letter that is not spoken.
fn is_tone(letter: char) -> bool {
    matches!(letter, '\u{ec8}'..='\u{ecc}')
}

/// Returns the places within `run` where a syllable starts, in bytes and in order.
pub(super) fn starts(run: &str) -> Vec<(usize, Start)> {
    let (places, letters): (Vec<usize>, Vec<char>) = run.char_indices().unzip();
    let mut opens: Vec<Option<Start>> = vec![None; letters.len()];
    for index in (1..letters.len()).rev() {
        opens[index] = match needs_closing(&letters[..index]) {
            true => None,
            false => start(&letters, &opens, index),
        };
    }
    let starts = places.into_iter().zip(opens);
    starts
        .filter_map(|(at, start)| Some((at, start?)))
        .collect()
}

/// Tells whether the letter behind these belongs to their syllable: after a vowel that
/// awaits its consonant, and after ັ and ົ, which never end a syllable.
fn needs_closing(before: &[char]) -> bool {
    let sign = before.iter().rev().find(|letter| !is_tone(**letter));
    let last = before.last();
    last.is_some_and(|last| is_leading(*last)) || matches!(sign, Some('\u{eb1}' | '\u{ebb}'))
}

/// Tells whether the letter at `index` opens a syllable; it is known which of those
/// behind it do.
fn start(letters: &[char], opens: &[Option<Start>], index: usize) -> Option<Start> {
    let at = |place: usize| letters.get(place).copied().unwrap_or(' ');
    let (letter, next, third) = (at(index), at(index + 1), at(index + 2));
    let bears = |letter: char| (is_mark(letter) && letter != '\u{ecc}') || is_following(letter);
    let pairs = |letter: char| matches!(letter, 'ວ' | 'ຣ' | 'ລ');
    if is_leading(letter) {
        return is_consonant(next).then_some(Start::Sure);
    }
    if !is_consonant(letter) {
        return None;
    }
    // ຫ before a sonorant is not spoken, but raises its tone.
    let raised = |letter: char| matches!(letter, 'ງ' | 'ຍ' | 'ນ' | 'ມ' | 'ລ' | 'ວ' | 'ຣ');
    if index > 0 && at(index - 1) == 'ຫ' && raised(letter) {
        return None;
    }
    if letter == 'ຫ' && raised(next) && bears(third) {
        return Some(Start::Sure);
    }
    // Behind a letter that can only close its syllable nothing is in doubt.
    let paired = index > 0 && is_consonant(at(index - 1)) && !needs_closing(&letters[..index - 1]);
    let second = pairs(letter) && paired;
    if bears(next) {
        return Some(if second { Start::Possible } else { Start::Sure });
    }
    // ວ and ອ are the vowel between two consonants: ສວນ, ສອງ.
    let between = matches!(next, 'ວ' | 'ອ') && is_consonant(third) && third != 'ອ';
    let between = between && letter != 'ອ';
    if between && opens.get(index + 2).copied().flatten().is_none() {
        return Some(if second { Start::Possible } else { Start::Sure });
    }
    // A sonorant is never the first of a pair.
    let first = !raised(letter) && letter != 'ອ';
    (first && pairs(next) && bears(third)).then_some(Start::Possible)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Parts a run wherever a syllable may start: `|` where it is sure, `¦` else.
    fn parted(run: &str) -> String {
        let mut parted = run.to_owned();
        for (at, start) in starts(run).into_iter().rev() {
            parted.insert(at, if start == Start::Sure { '|' } else { '¦' });
        }
        parted
    }

    #[test]
    fn syllables_start_with_a_consonant_that_has_a_vowel() {
        for (run, expected) in [
            ("ມິດຕະພາບ", "ມິດ|ຕະ|ພາບ"),
            ("ສາທາລະນະລັດ", "ສາ|ທາ|ລະ|ນະ|ລັດ"),
            ("ແມ່ຍິງແຂວງ", "ແມ່|ຍິງ|ແຂວງ"),
            ("ສປປແມ່ຍິງ", "ສປປ|ແມ່|ຍິງ"),
            ("ສອງຝ່າຍ", "ສອງ|ຝ່າຍ"),
            ("ຫວຽດນາມ", "ຫວຽດ|ນາມ"),
            ("ຕົວເມືອງ", "ຕົວ|ເມືອງ"),
            ("ກວດກາ", "ກວດ|ກາ"),
            ("ນັກວິຊາການ", "ນັກ|ວິ|ຊາ|ການ"),
            ("ຄວາມ", "ຄ¦ວາມ"),
            ("ເຄື່ອນໄຫວ", "ເຄື່ອນ|ໄຫວ"),
            ("ອື່ນໆ", "ອື່ນໆ"),
            ("ມືອື່ນ", "ມື|ອື່ນ"),
            ("ອິນເຕີເນັດ", "ອິນ|ເຕີ|ເນັດ"),
        ] {
            assert_eq!(parted(run), expected);
        }
    }
}
