//! Letters that stand for another: what each is, and what was probably meant.
//!
//! Input: one letter. Output: what kind it is, as a key of the program's words,
//! and the letter of the Vietnamese, Lao or English keyboard in its place. No
//! agreement and no language is known here. The tables follow the letters that
//! are drawn alike (Unicode's own list of them is far longer), what Word's symbol
//! fonts leave behind in the private use area, and the forms of East Asian
//! keyboards.

/// What a letter is that no text of an agreement should have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strange {
    /// The kind, a key of the program's words: `@letter-cyrillic`.
    pub kind: &'static str,
    /// What was probably meant, where that can be told.
    pub meant: Option<String>,
}

/// Letters that are drawn like others, and those.
const CYRILLIC: [&str; 2] = [
    "АВЕЅІЈКМНОРСТУХаеѕіјорсухһԁԛԝԚԜҮүЬк",
    "ABESIJKMHOPCTYXaesijopcyxhdqwQWYybk",
];
const GREEK: [&str; 2] = [
    "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαβεικνορτυχϲϳγη\u{37e}\u{387}",
    "ABEZHIKMNOPTYXabeikvoptuxcjyn;·",
];
const LATIN: [&str; 2] = [
    "ÐƉðɖƊɗƀƁɓıɩſȷǍǎĔĕŎŏƟɵʉɑɡɪʏʟɴʀᴀᴄᴅᴇᴊᴋᴍᴏᴘᴛᴜᴠᴡᴢĸǃꞌ",
    "ĐĐđđĐđbBbiisjĂăÊêƠơOoưagiylnracdejkmoptuvwzk!'",
];
const SIGNS: [&str; 2] = [
    "\u{2010}\u{2011}\u{2012}\u{2024}\u{2027}\u{2044}\u{2215}\u{2236}\u{a789}\u{201a}\u{2c8}\u{2bc}\u{2b9}\u{2032}\u{2c6}\u{2dc}\u{a6}",
    "---.·//::,''''^~|",
];
const LIGATURES: [(char, &str); 13] = [
    ('ﬀ', "ff"),
    ('ﬁ', "fi"),
    ('ﬂ', "fl"),
    ('ﬃ', "ffi"),
    ('ﬄ', "ffl"),
    ('ﬅ', "st"),
    ('ﬆ', "st"),
    ('ĳ', "ij"),
    ('Ĳ', "IJ"),
    ('ǆ', "dž"),
    ('ǳ', "dz"),
    ('ǉ', "lj"),
    ('ǌ', "nj"),
];
const ROMAN: [&str; 16] = [
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "L", "C", "D", "M",
];
/// What the places of Word's fonts Symbol and Wingdings were typed for.
const SYMBOLS: [(u32, &str); 19] = [
    (0x28, "☎"),
    (0x2a, "✉"),
    (0x2d, "-"),
    (0x6c, "•"),
    (0x6e, "•"),
    (0x6f, "□"),
    (0x71, "□"),
    (0x76, "•"),
    (0x9f, "•"),
    (0xa7, "•"),
    (0xa8, "□"),
    (0xb0, "°"),
    (0xb1, "±"),
    (0xb3, "≥"),
    (0xb4, "×"),
    (0xb7, "•"),
    (0xd8, "•"),
    (0xe0, "→"),
    (0xfc, "✓"),
];
const SUPERSCRIPTS: [&str; 2] = [
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱªº₀₁₂₃₄₅₆₇₈₉",
    "0123456789+-=()nia°0123456789",
];

/// Returns what `letter` is; nothing of a letter that nothing strange is known of.
pub fn strange(letter: char) -> Option<Strange> {
    let found = |kind, meant: Option<String>| Some(Strange { kind, meant });
    let code = u32::from(letter);
    let one = |table: [&str; 2]| paired(table, letter).map(String::from);
    match code {
        0xaa | 0xb2 | 0xb3 | 0xb9 | 0xba | 0x2070..=0x2089 => {
            found("@letter-superscript", one(SUPERSCRIPTS))
        }
        0x300..=0x36f | 0x1ab0..=0x1aff | 0x1dc0..=0x1dff | 0x20d0..=0x20ff => {
            found("@letter-mark", None)
        }
        0x370..=0x3ff | 0x1f00..=0x1fff if one(SIGNS).is_none() => {
            found("@letter-greek", one(GREEK))
        }
        0x400..=0x52f | 0x1c80..=0x1c8f | 0x2de0..=0x2dff | 0xa640..=0xa69f => {
            found("@letter-cyrillic", one(CYRILLIC))
        }
        0x530..=0x58f => found(
            "@letter-armenian",
            paired(ARMENIAN, letter).map(String::from),
        ),
        0x1a20..=0x1aaf => found("@letter-tai-tham", None),
        0x1950..=0x19df => found("@letter-tai-lue", None),
        0x1780..=0x17ff | 0x19e0..=0x19ff => found("@letter-khmer", None),
        0x2150..=0x218b => found("@letter-roman", roman(code)),
        0x2190..=0x21ff | 0x27f0..=0x27ff | 0x2900..=0x297f => found("@letter-arrow", None),
        0x2460..=0x24ff | 0x2776..=0x2793 | 0x3200..=0x32ff => {
            found("@letter-circled", circled(code))
        }
        0x3040..=0x30ff | 0x3400..=0x9fff | 0xac00..=0xd7af | 0xf900..=0xfaff => {
            found("@letter-east-asian", None)
        }
        0xe000..=0xf8ff => found("@letter-private", symbol(code)),
        0xff01..=0xff5e => found(
            "@letter-full-width",
            char::from_u32(code - 0xfee0).map(String::from),
        ),
        0x1d400..=0x1d7ff => found("@letter-mathematical", mathematical(code)),
        0x2600..=0x27bf | 0x2b00..=0x2bff | 0xfe0f | 0x1f000..=0x1faff => {
            found("@letter-emoji", None)
        }
        0xe80..=0xeff => old_lao(code)
            .then_some(())
            .and_then(|()| found("@letter-old-lao", None)),
        _ => {
            let whole = LIGATURES.iter().find(|(one, _)| *one == letter);
            if let Some((_, parts)) = whole {
                return found("@letter-ligature", Some((*parts).to_owned()));
            }
            if let Some(meant) = paired(LATIN, letter) {
                return found("@letter-latin", Some(meant.into()));
            }
            let meant = paired(SIGNS, letter)?;
            found("@letter-sign", Some(meant.into()))
        }
    }
}

const ARMENIAN: [&str; 2] = ["օոսհցՕՍԼ", "onuhgOUL"];

fn paired([from, to]: [&str; 2], letter: char) -> Option<char> {
    let at = from.chars().position(|other| other == letter)?;
    to.chars().nth(at)
}

fn roman(code: u32) -> Option<String> {
    let at = |first: u32| ROMAN.get(usize::try_from(code.checked_sub(first)?).ok()?);
    match code {
        0x2160..=0x216f => at(0x2160).map(|word| (*word).to_owned()),
        0x2170..=0x217f => at(0x2170).map(|word| word.to_lowercase()),
        _ => None,
    }
}

fn circled(code: u32) -> Option<String> {
    let number = |first: u32, from: u32| Some((code - first + from).to_string());
    let letter =
        |first: u32, from: char| char::from_u32(u32::from(from) + code - first).map(String::from);
    match code {
        0x2460..=0x2473 => number(0x2460, 1),
        0x2474..=0x2487 => Some(format!("({})", code - 0x2473)),
        0x2488..=0x249b => Some(format!("{}.", code - 0x2487)),
        0x249c..=0x24b5 => letter(0x249c, 'a').map(|letter| format!("({letter})")),
        0x24b6..=0x24cf => letter(0x24b6, 'A'),
        0x24d0..=0x24e9 => letter(0x24d0, 'a'),
        0x24ea | 0x24ff => number(code, 0),
        0x24eb..=0x24f4 => number(0x24eb, 11),
        0x24f5..=0x24fe => number(0x24f5, 1),
        0x2776..=0x277f => number(0x2776, 1),
        0x2780..=0x2789 => number(0x2780, 1),
        0x278a..=0x2793 => number(0x278a, 1),
        _ => None,
    }
}

fn mathematical(code: u32) -> Option<String> {
    let letter = match code {
        // Thirteen alphabets of capitals and small letters.
        0x1d400..=0x1d6a3 => {
            let place = u8::try_from((code - 0x1d400) % 52).ok()?;
            if place < 26 {
                b'A' + place
            } else {
                b'a' + place - 26
            }
        }
        0x1d7ce..=0x1d7ff => b'0' + u8::try_from((code - 0x1d7ce) % 10).ok()?,
        _ => return None,
    };
    Some(char::from(letter).to_string())
}

/// Returns what a place of Word's symbol fonts was typed for: a sign, or the
/// letter of the keyboard.
fn symbol(code: u32) -> Option<String> {
    let place = code.checked_sub(0xf000)?;
    if let Some((_, sign)) = SYMBOLS.iter().find(|(known, _)| *known == place) {
        return Some((*sign).to_owned());
    }
    let letter = char::from_u32(place).filter(char::is_ascii_graphic)?;
    Some(letter.to_string())
}

/// Tells letters for Pali and Khmu, and places of the Lao block without a letter.
fn old_lao(code: u32) -> bool {
    const TODAY: &str = "ກຂຄງຈຊຍດຕຖທນບປຜຝພຟມຢຣລວສຫອຮຯະັາຳິີຶືຸູົຼຽເແໂໃໄໆ່້໊໋໌ໍ໐໑໒໓໔໕໖໗໘໙ໜໝ";
    !TODAY.chars().any(|letter| u32::from(letter) == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_pair_one_letter_with_one() {
        for [from, to] in [CYRILLIC, GREEK, LATIN, SIGNS, SUPERSCRIPTS, ARMENIAN] {
            assert_eq!(from.chars().count(), to.chars().count(), "{from} {to}");
            for letter in from.chars() {
                let found = strange(letter).unwrap_or_else(|| panic!("{letter}"));
                assert!(found.meant.is_some(), "{letter}: {found:?}");
            }
        }
    }

    #[test]
    fn what_was_meant_is_told() {
        for (letter, meant) in [
            ('Ð', "Đ"),
            ('а', "a"),
            ('Ο', "O"),
            ('Ａ', "A"),
            ('：', ":"),
            ('①', "1"),
            ('⑫', "12"),
            ('Ⓑ', "B"),
            ('⒞', "(c)"),
            ('𝐇', "H"),
            ('𝑎', "a"),
            ('𝟘', "0"),
            ('Ⅳ', "IV"),
            ('ⅻ', "xii"),
            ('ﬁ', "fi"),
            ('ı', "i"),
            ('\u{f0b7}', "•"),
            ('\u{f041}', "A"),
            ('¹', "1"),
            ('ɖ', "đ"),
            ('ᴄ', "c"),
            ('ᴢ', "z"),
            ('ꞌ', "'"),
            ('ү', "y"),
            ('к', "k"),
            ('χ', "x"),
            ('η', "n"),
            ('Ǎ', "Ă"),
        ] {
            let found = strange(letter).and_then(|found| found.meant);
            assert_eq!(found.as_deref(), Some(meant), "{letter}");
        }
        for letter in "aàđĐệỢ1 .,;:!?-–—“”‘’«»…•°±×÷½¼€№§©%₫₭ກຳໜໆຯ໙éüçöæñøåßwzfj".chars()
        {
            assert_eq!(strange(letter), None, "{letter}");
        }
        for letter in ['🙂', '→', '水', '\u{ea1f}', '\u{301}', 'ຆ', '\u{ebf}', 'ᨠ'] {
            assert_eq!(
                strange(letter).map(|found| found.meant),
                Some(None),
                "{letter}"
            );
        }
    }
}
