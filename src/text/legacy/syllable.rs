//! Vietnamese syllables: whether a run of letters can be one at all.
//!
//! Input: a word. Output: yes or no. The onsets and rhymes are those that the
//! orthography has, loans such as `xoong` included; that a syllable can be
//! written does not say that it is a word.

use std::collections::BTreeSet;
use std::sync::LazyLock;

/// The vowels, each without a tone and with acute, grave, hook, tilde and dot.
pub(super) const VOWELS: [&str; 12] = [
    "aáàảãạ",
    "ăắằẳẵặ",
    "âấầẩẫậ",
    "eéèẻẽẹ",
    "êếềểễệ",
    "iíìỉĩị",
    "oóòỏõọ",
    "ôốồổỗộ",
    "ơớờởỡợ",
    "uúùủũụ",
    "ưứừửữự",
    "yýỳỷỹỵ",
];

type Words = LazyLock<BTreeSet<&'static str>>;

static ONSETS: Words = LazyLock::new(|| {
    " b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
        .split(' ')
        .collect()
});

static RHYMES: Words = LazyLock::new(|| {
    "a ac ach ai am an ang anh ao ap at au ay ak ăc ăk ăm ăn ăng ăp ăt âc âm ân \
    âng âp ât âu ây e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu i ia ich im in inh ip \
    it iu iêc iêm iên iêng iêp iêt iêu o oa oac oach oai oam oan oang oanh oao oap oat oay oăc \
    oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi \
    ơm ơn ơp ơt u ua uân uâng uât uây uê uêch uênh uêu ui um un ung uc up ut uơ uôc uôi uôm uôn \
    uông uôt uy uya uych uyên uyêt uynh uyt uyu ư ưa ưc ưi ưng ươc ươi ươm ươn ương ươp ươt ươu \
    ưt ưu y yêm yên yêng yêt yêu"
        .split(' ')
        .collect()
});

/// Takes a letter, in lower case, apart: the vowel without its tone, and which
/// tone it bears, 0 for none.
pub(super) fn parts(letter: char) -> (char, usize) {
    if letter.is_ascii() {
        return (letter, 0);
    }
    let row = VOWELS.iter().find_map(|row| {
        let tone = row.chars().position(|other| other == letter)?;
        Some((row.chars().next()?, tone))
    });
    row.unwrap_or((letter, 0))
}

/// Returns a vowel with a tone, or nothing where it can bear none.
pub(super) fn toned(vowel: char, tone: usize) -> Option<char> {
    let small = vowel.to_lowercase().next()?;
    let row = VOWELS.iter().find(|row| row.starts_with(small))?;
    let letter = row.chars().nth(tone)?;
    match vowel == small {
        true => Some(letter),
        false => letter.to_uppercase().next(),
    }
}

/// Tells whether `word` can be a syllable of Vietnamese, whatever its capitals.
pub(super) fn is_syllable(word: &str) -> bool {
    // The longest, `nghiêng`, has seven letters.
    if word.is_empty() || word.chars().count() > 7 {
        return false;
    }
    let mut bare = String::new();
    let mut tones = word.chars().flat_map(char::to_lowercase).map(|letter| {
        let (vowel, tone) = parts(letter);
        bare.push(vowel);
        tone
    });
    let tone = tones.by_ref().try_fold(0, |seen, tone| match (seen, tone) {
        (seen, 0) => Some(seen),
        (0, tone) => Some(tone),
        _ => None,
    });
    let Some(tone) = tone else { return false };
    // A syllable that ends in a stop bears the acute or the dot.
    let stopped = bare.ends_with(['c', 'k', 'p', 't']) || bare.ends_with("ch");
    if stopped && !matches!(tone, 1 | 5) {
        return false;
    }
    let vowel = |letter: char| VOWELS.iter().any(|row| row.starts_with(letter));
    let onset = bare.find(vowel).unwrap_or(bare.len());
    // The vowels of `qu` and `gi` may belong to the onset.
    let more = ["qu", "gi"]
        .iter()
        .filter(|onset| bare.starts_with(**onset));
    let mut splits = more.map(|onset| onset.len()).chain([onset]);
    splits.any(|at| {
        let (onset, rhyme) = bare.split_at(at);
        ONSETS.contains(onset) && (RHYMES.contains(rhyme) || bare == "gi")
    })
}

/// Tells whether the capitals of `word` are written as people write them: none,
/// the first, or all.
pub(super) fn is_cased(word: &str) -> bool {
    let small = |word: &str| !word.chars().any(char::is_uppercase);
    let rest = word.char_indices().nth(1).map_or("", |(at, _)| &word[at..]);
    small(rest) || !word.chars().any(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_told_from_other_runs_of_letters() {
        for word in "Việt quốc nghiêng gì giết Thỏa THUẬN xoong khuya quý hoà hòa ủy uỷ".split(' ')
        {
            assert!(is_syllable(word) && is_cased(word), "{word}");
        }
        for word in "bªn nhaát beân Châteauneuf Müller việc̣ hocc mat hôòi liªn été".split(' ')
        {
            assert!(!is_syllable(word), "{word}");
        }
        assert!(!is_cased("nhÊt") && !is_cased("CéNG") && is_cased("Ý") && is_cased("HÀ"));
    }
}
