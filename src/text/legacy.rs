//! Texts in an encoding from before Unicode: what it is, and how they would read.
//!
//! Input: a text as it was pasted, read as Windows-1252 or Latin-1. Output: the
//! name of its encoding, and its beginning in Unicode where that can be told.
//! Nothing here changes a text.
//!
//! A text is recognised by its words, never by a letter: a word counts for an
//! encoding when it cannot be a Vietnamese syllable as it stands and is one after
//! the conversion, and against it when it is none before and after. `Liªn` counts
//! for TCVN3, `Châteauneuf` against it.
//!
//! Where the tables come from:
//! - TCVN3 (ABC): the upper half of TCVN 5712:1993, as the C library's `iconv`
//!   has it (`TCVN5712-1`); fonts named `.Vn…` show its small letters as capitals.
//! - VISCII: RFC 1456, as `iconv` has it.
//! - VPS: the table of the Vietnamese Professionals Society, as input programs
//!   that still write it have it.
//! - VNI for Windows: a vowel is followed by one letter of Windows-1252 for its
//!   tone, or for its tone and its circumflex or breve.
//! - Windows-1258: Microsoft's code page, whose tones follow their vowels.
//! - UTF-8 read as Windows-1252 or 1258: UTF-8 itself.
//! - Lao of the fonts Alice, Saysettha and their like: there is no one table, so
//!   it is told by the density of the signs of Latin-1 (`¦¾ê¾ì½­½ìñ©`), or by a
//!   Lao text that has Thai letters only, and is not converted.

mod syllable;

use self::syllable::{is_cased, is_syllable, toned};

/// An encoding from before Unicode, or one that was read as another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Encoding {
    /// TCVN 5712, as the fonts `.VnTime` have it.
    Tcvn3,
    /// VNI for Windows.
    Vni,
    /// VISCII.
    Viscii,
    /// VPS.
    Vps,
    /// Windows-1258 read as Windows-1252.
    Windows1258,
    /// UTF-8 read as Windows-1252 or 1258.
    Utf8,
    /// A Lao font on the letters of Latin-1.
    LaoLatin,
    /// A Lao font on the letters of Thai.
    LaoThai,
}

const VIETNAMESE: [Encoding; 5] = [
    Encoding::Tcvn3,
    Encoding::Vni,
    Encoding::Viscii,
    Encoding::Vps,
    Encoding::Windows1258,
];

impl Encoding {
    /// Returns the encoding's name, a key of the program's words.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Tcvn3 => "@encoding-tcvn3",
            Encoding::Vni => "@encoding-vni",
            Encoding::Viscii => "@encoding-viscii",
            Encoding::Vps => "@encoding-vps",
            Encoding::Windows1258 => "@encoding-1258",
            Encoding::Utf8 => "@encoding-utf8",
            Encoding::LaoLatin => "@encoding-lao-latin",
            Encoding::LaoThai => "@encoding-lao-thai",
        }
    }

    /// Returns how the beginning of `text` would read in Unicode; nothing where
    /// there is no table for it.
    pub fn beginning(self, text: &str) -> Option<String> {
        let short = &text[..text.floor_char_boundary(BEGINNING)];
        let short = match short.len() < text.len() {
            true => short.rfind([' ', '\n']).map_or(short, |at| &short[..at]),
            false => short,
        };
        let words = |decode: &dyn Fn(&str) -> String| -> String {
            // Where some words are sound, only the others were pasted.
            let mixed = short.chars().any(|letter| byte(letter).is_none());
            let word = |word: &str| match mixed && is_sound(word) {
                true => word.to_owned(),
                false => decode(word),
            };
            short
                .split_inclusive(|c: char| parts_words(c))
                .map(word)
                .collect()
        };
        let read = match self {
            Encoding::LaoLatin | Encoding::LaoThai => return None,
            Encoding::Utf8 => {
                let once = from_utf8(short).0;
                let (twice, count) = from_utf8(&once);
                if count > 1 { twice } else { once }
            }
            _ => words(&|word| self.decode(word)),
        };
        Some(read.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// Converts a text, signs that the encoding does not have left as they are.
    fn decode(self, text: &str) -> String {
        match self {
            Encoding::Tcvn3 => by_table(text, TCVN3),
            Encoding::Viscii => by_table(text, VISCII),
            Encoding::Vps => by_table(text, VPS),
            Encoding::Vni => after_vowels(text, vni_letter, vni_mark),
            Encoding::Windows1258 => after_vowels(text, letter_1258, mark_1258),
            Encoding::Utf8 => from_utf8(text).0,
            Encoding::LaoLatin | Encoding::LaoThai => text.to_owned(),
        }
    }
}

/// Bytes of a text that are shown converted.
const BEGINNING: usize = 90;

/// Letters, at the bytes from 0x80 on; `.` where the encoding has none.
const TCVN3: &str = ".................................ĂÂÊÔƠƯĐăâêôơưđẰ.....àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ";
const VISCII: &str = "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ";
const VPS: &str = "ÀẢÃẤẦẨọỗĂếềểệẮẰẲẾ..ỀỂỄỐỒỔỖýỷỵỚỜỞ.ắằẳẵặỠớÙờởỡŨỨợỪổỬỲỸÍÌộỈĨÓửữÒỎÕựầÁÂấẩẫậđẻÉÊẹỉễịỹƯỦồốÔỏơÈừứÚũưÝẺ.àáâãảạă.èéêẽìí.ĩẴĐòóôõ.Ơụùúủ.ỶẼỳ";

/// The letters of Windows-1252 at the bytes from 0x80 to 0x9F; `.` for none.
const WINDOWS: &str = "€.‚ƒ„…†‡ˆ‰Š‹Œ.Ž..‘’“”•–—˜™š›œ.žŸ";

/// Returns the byte that was read as `letter`, as Windows-1252 or Latin-1.
fn byte(letter: char) -> Option<u8> {
    match letter {
        '.' => Some(b'.'),
        '\0'..='\u{ff}' => u8::try_from(u32::from(letter)).ok(),
        // What Windows-1258 has in its place.
        'Ă' => Some(0xc3),
        _ => {
            let place = WINDOWS.chars().position(|other| other == letter)?;
            u8::try_from(0x80 + place).ok()
        }
    }
}

fn by_table(text: &str, table: &str) -> String {
    let read = |letter: char| {
        let place = byte(letter)?.checked_sub(0x80)?;
        table.chars().nth(place.into()).filter(|read| *read != '.')
    };
    text.chars()
        .map(|letter| read(letter).unwrap_or(letter))
        .collect()
}

/// A mark that stands behind its vowel: what it makes of it, and the tone.
type Mark = (Option<char>, usize);

/// Joins marks with the vowels before them.
fn after_vowels(
    text: &str,
    plain: fn(char) -> char,
    mark: fn(char, char) -> Option<Mark>,
) -> String {
    let mut read = String::with_capacity(text.len());
    // The vowel before, as it was typed.
    let mut vowel: Option<char> = None;
    for letter in text.chars() {
        let joined = vowel.take().and_then(|before| {
            let (base, tone) = mark(before, letter)?;
            let base = base.unwrap_or_else(|| plain(before));
            toned(like(base, before), tone)
        });
        if let Some(joined) = joined {
            read.pop();
            read.push(joined);
            continue;
        }
        read.push(plain(letter));
        vowel = Some(letter);
    }
    read
}

/// Returns `letter` as a capital where `other` is one.
fn like(letter: char, other: char) -> char {
    match other.is_uppercase() {
        true => letter.to_uppercase().next().unwrap_or(letter),
        false => letter,
    }
}

fn small(letter: char) -> char {
    letter.to_lowercase().next().unwrap_or(letter)
}

fn vni_letter(letter: char) -> char {
    let read = match small(letter) {
        'ö' => 'ư',
        'ô' => 'ơ',
        'ñ' => 'đ',
        'æ' => 'ỉ',
        'ó' => 'ĩ',
        'ò' => 'ị',
        'î' => 'ỵ',
        _ => return letter,
    };
    like(read, letter)
}

fn vni_mark(vowel: char, mark: char) -> Option<Mark> {
    let (vowel, mark) = (small(vowel), small(mark));
    if let Some(tone) = "ùøûõï".chars().position(|other| other == mark) {
        return "aeouyôö".contains(vowel).then_some((None, tone + 1));
    }
    if let Some(tone) = "âáàåãä".chars().position(|other| other == mark) {
        let base = match vowel {
            'a' => 'â',
            'e' => 'ê',
            'o' => 'ô',
            _ => return None,
        };
        return Some((Some(base), tone));
    }
    let tone = "êéèúüë".chars().position(|other| other == mark)?;
    (vowel == 'a').then_some((Some('ă'), tone))
}

fn letter_1258(letter: char) -> char {
    match letter {
        'Ã' => 'Ă',
        'ã' => 'ă',
        'Õ' => 'Ơ',
        'õ' => 'ơ',
        'Ý' => 'Ư',
        'ý' => 'ư',
        'Ð' => 'Đ',
        'ð' => 'đ',
        _ => letter,
    }
}

fn mark_1258(vowel: char, mark: char) -> Option<Mark> {
    let tone = "ìÌÒÞò".chars().position(|other| other == mark)? + 1;
    let plain = small(letter_1258(vowel));
    toned(plain, 0).map(|base| (Some(base), tone))
}

/// Reads letters as the bytes of UTF-8 that they were. Returns the text, and how
/// many letters were put together.
fn from_utf8(text: &str) -> (String, usize) {
    let mut read = String::with_capacity(text.len());
    let mut count = 0;
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = match byte(first) {
            Some(0xc3..=0xc6) => 2,
            Some(0xe0..=0xe2) => 3,
            _ => 1,
        };
        let bytes: Vec<u8> = rest.chars().take(length).map_while(byte).collect();
        let found = std::str::from_utf8(&bytes).ok().filter(|_| length > 1);
        let spaced = first == 'Ã' && rest[first.len_utf8()..].starts_with(' ');
        let taken = match found.and_then(|found| found.chars().next()) {
            Some(letter) => {
                read.push(letter);
                count += 1;
                length
            }
            // The second byte of `à` is a space that others made an ordinary one.
            None if spaced => {
                read.push('à');
                2
            }
            None => {
                read.push(first);
                1
            }
        };
        rest = rest
            .char_indices()
            .nth(taken)
            .map_or("", |(at, _)| &rest[at..]);
    }
    (read, count)
}

/// Tells what stands between words; the signs of Latin-1 may be letters.
fn parts_words(letter: char) -> bool {
    letter.is_whitespace() && letter != '\u{a0}'
        || letter.is_ascii() && !letter.is_ascii_alphanumeric()
}

/// Returns the words of `text` that have more than plain letters.
fn marked_words(text: &str) -> impl Iterator<Item = &str> {
    text.split(parts_words).filter(|word| !word.is_ascii())
}

/// Signs that stand around words of a sound text.
const AROUND: [char; 14] = [
    '“', '”', '‘', '’', '«', '»', '…', '–', '—', '•', '·', '\u{a0}', '\u{200b}', '\u{feff}',
];

/// Tells whether a word stands as Vietnamese, or Lao, does.
fn is_sound(word: &str) -> bool {
    let core = word.trim_matches(AROUND);
    let core = core.trim_matches(|c: char| c.is_ascii() && !c.is_ascii_alphanumeric());
    core.is_ascii()
        || is_cased(core) && is_syllable(core)
        || core
            .chars()
            .all(|letter| matches!(letter, '\u{e80}'..='\u{eff}'))
}

/// Tells capitals whose vowels with marks are small, `CộNG`: TCVN3 has no others.
fn has_small_marks(word: &str) -> bool {
    let fits = |letter: char| letter.is_ascii_uppercase() || !letter.is_ascii();
    word.chars().all(fits)
}

/// What speaks for an encoding, and what against it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Evidence {
    /// Words that are syllables only after the conversion.
    good: usize,
    /// Words that are syllables before and after it, and changed by it.
    neutral: usize,
    /// Words that are none before and after.
    against: usize,
}

impl Evidence {
    fn of(encoding: Encoding, text: &str) -> Self {
        let mut evidence = Self::default();
        for word in marked_words(text) {
            let read = encoding.decode(word);
            let core = read.trim_matches(AROUND);
            let good = core.chars().nth(1).is_some()
                && !core.is_ascii()
                && is_syllable(core)
                && (is_cased(core) || encoding == Encoding::Tcvn3 && has_small_marks(core));
            match (is_sound(word), good && read != word) {
                (true, true) => evidence.neutral += 1,
                (false, true) => evidence.good += 1,
                (false, false) if word.chars().all(|c| byte(c).is_some()) => evidence.against += 1,
                _ => {}
            }
        }
        evidence
    }

    /// Returns what tells two encodings apart that both have enough.
    fn weight(self) -> (usize, usize) {
        (self.good.saturating_sub(self.against), self.neutral)
    }

    /// Tells whether this is enough for a text by itself, or beside another text
    /// in the same encoding.
    fn is_enough(self, known: bool) -> bool {
        match known {
            true => self.good >= 1 && self.good > self.against,
            false => {
                self.good >= 2 && self.good + self.neutral >= 3 && self.good >= 2 * self.against
            }
        }
    }
}

/// Recognises the encoding of `text`, whose language is written in Lao letters
/// where `lao` says so; `known` are encodings that were found in other texts of
/// the same file, of which fewer words are asked.
pub fn recognise(text: &str, lao: bool, known: &[Encoding]) -> Option<Encoding> {
    if lao && is_thai(text) {
        return Some(Encoding::LaoThai);
    }
    let mut strange = marked_words(text).filter(|word| !is_sound(word));
    strange.next()?;
    let (_, sequences) = from_utf8(text);
    if sequences
        >= if known.contains(&Encoding::Utf8) {
            1
        } else {
            2
        }
    {
        return Some(Encoding::Utf8);
    }
    let candidates = VIETNAMESE.map(|encoding| (encoding, Evidence::of(encoding, text)));
    let enough =
        |(encoding, evidence): &(Encoding, Evidence)| evidence.is_enough(known.contains(encoding));
    let best = candidates.into_iter().filter(enough);
    // The first of equal ones: it is the most widely used.
    let best = best.rev().max_by_key(|(encoding, found)| {
        let (good, neutral) = found.weight();
        (good, known.contains(encoding), neutral)
    });
    match best {
        Some((encoding, _)) => Some(encoding),
        None if lao && is_lao_latin(text, known.contains(&Encoding::LaoLatin)) => {
            Some(Encoding::LaoLatin)
        }
        None => None,
    }
}

/// Tells a text that should be Lao and has Thai letters only.
fn is_thai(text: &str) -> bool {
    let of = |from: char, to: char| text.chars().filter(|c| (from..=to).contains(c)).count();
    of('\u{e00}', '\u{e7f}') >= 8 && of('\u{e80}', '\u{eff}') == 0
}

/// Tells a text that should be Lao and has the letters and signs of Latin-1
/// instead, in runs that no language writes: `¦¾ê¾ì½`.
fn is_lao_latin(text: &str, known: bool) -> bool {
    let sign = |c: char| matches!(c, '\u{a1}'..='\u{bf}');
    let letter = |c: char| matches!(c, '\u{c0}'..='\u{ff}');
    let runs = text.split(parts_words).filter_map(|run| {
        let count = |kind: &dyn Fn(char) -> bool| run.chars().filter(|c| kind(*c)).count();
        let (signs, letters) = (count(&sign), count(&letter));
        let strange = signs >= 1 && letters >= 1 && 2 * (signs + letters) > run.chars().count();
        strange.then_some(signs + letters)
    });
    let (count, letters) = runs.fold((0, 0), |(count, sum), run| (count + 1, sum + run));
    letters >= 8 || known && count >= 1
}

#[cfg(test)]
mod tests;
