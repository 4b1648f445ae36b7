//! Letters that cannot be told by their look, written out for a reviewer.
//!
//! Input: any text. Output: the same text, in which `{U+200B}` and the like stand
//! for whatever is not plainly Vietnamese or Lao; and the way back.

/// Writes as `{U+200B}` each letter that cannot be told by its look.
pub(crate) fn visible(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut visible = String::new();
    for (index, letter) in letters.iter().enumerate() {
        if can_be_told(&letters[..index], *letter, &letters[index + 1..]) {
            visible.push(*letter);
        } else {
            visible += &format!("{{U+{:04X}}}", u32::from(*letter));
        }
    }
    visible
}

/// Puts the letters in the place of `{U+200B}` and the like.
pub(crate) fn plain(text: &str) -> String {
    let mut parts = text.split("{U+");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (code, rest) = part.split_once('}').expect("`{U+` has its `}`");
        let letter = u32::from_str_radix(code, 16).ok().and_then(char::from_u32);
        plain.push(letter.unwrap_or_else(|| panic!("`{code}` is no letter")));
        plain += rest;
    }
    plain
}

/// Tells whether a letter looks like no other one, where it stands: Vietnamese
/// in whole letters, Lao marks on a consonant, and the usual signs.
fn can_be_told(before: &[char], letter: char, after: &[char]) -> bool {
    let not_tone = |c: &&char| !('\u{ec8}'..='\u{ecb}').contains(*c);
    let last = before.iter().rfind(not_tone);
    let next = after.iter().find(not_tone);
    match letter {
        ' ' => !after.is_empty(),
        // Both halves of a parted AM, and two E that look like EI.
        '\u{ecd}' if next == Some(&'\u{eb2}') => false,
        '\u{eb2}' => last != Some(&'\u{ecd}'),
        '\u{ec0}' => before.last() != Some(&letter) && after.first() != Some(&letter),
        mark if is_lao_mark(mark) => before
            .last()
            .is_some_and(|c| is_lao_mark(*c) || matches!(c, '\u{e81}'..='\u{eae}' | 'ໜ' | 'ໝ')),
        '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => letter.is_alphabetic(),
        '\u{e80}'..='\u{eff}' => true,
        _ => letter.is_ascii_graphic() || "–—…“”‘’«»".contains(letter),
    }
}

/// Tells whether a Lao letter stands above or below another.
pub(crate) fn is_lao_mark(letter: char) -> bool {
    matches!(letter, '\u{eb1}' | '\u{eb4}'..='\u{ebc}' | '\u{ec8}'..='\u{ece}')
}

#[test]
fn what_cannot_be_told_is_written_out() {
    for (letters, shown) in [
        ("Hội LHPN “Ế ợ” – ຂໍ້ຕົກລົງ ນ້ຳ ໜ້າ ຕັ້ງ ແລະ ໆ", ""),
        ("Hai\u{a0}bên\u{200b}", "Hai{U+00A0}bên{U+200B}"),
        ("be\u{302}n ", "be{U+0302}n{U+0020}"),
        ("ນ\u{ecd}\u{ec9}\u{eb2}", "ນ{U+0ECD}້{U+0EB2}"),
        ("ນ\u{ec9}\u{ecd}\u{eb2}", "ນ້{U+0ECD}{U+0EB2}"),
        (
            "\u{ec0}\u{ec0}ຕ່ ຢາ\u{ec9}ມ",
            "{U+0EC0}{U+0EC0}ຕ່ ຢາ{U+0EC9}ມ",
        ),
        ("\u{e01} \u{430}\n", "{U+0E01} {U+0430}{U+000A}"),
    ] {
        let shown = if shown.is_empty() { letters } else { shown };
        assert_eq!(visible(letters), shown);
        assert_eq!(plain(shown), letters);
    }
}
