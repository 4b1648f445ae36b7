//! Where a line may end.
//!
//! Input: the blocks of a cell, and words that stay whole. Output: the same blocks;
//! each text whose lines Typst would break otherwise has beside `text`, which is what is
//! read, `set`, which is what is to be set: the same letters, among them characters that
//! are not seen. A zero-width space lets a line end, a word joiner and a no-break space
//! forbid it. The text layer has none of them.
//!
//! A paragraph is looked at as a whole, however its words are emphasised.

use std::ops::Range;

use crate::document::tree::{Block, Inline};
use crate::text::lao;

/// Lets a line end.
const SPACE: char = '\u{200b}';

/// Forbids it.
const JOINER: char = '\u{2060}';

/// A space at which no line ends.
const NO_BREAK: char = '\u{a0}';

/// An address, of mail or of a page, that is as long may end its line within.
const LONG_ADDRESS: usize = 30;

/// How the lines of one language are broken.
#[derive(Clone, Copy)]
pub(super) struct Rules<'a> {
    /// Words that stay whole.
    pub(super) whole: &'a [String],
    /// Whether Typst looks for Lao words by itself, so that it must be kept from
    /// parting those that were found here.
    pub(super) joined: bool,
    /// In a narrow column with even sides a line has few spaces, so what is held
    /// together tears it: the words before whose numbers alone no line ends. Elsewhere
    /// a number stays with whatever it counts.
    pub(super) narrow: Option<&'a [String]>,
}

/// Sets where the lines of blocks may end.
pub(super) fn hold(blocks: &mut [Block], rules: Rules<'_>) {
    for block in blocks {
        match block {
            Block::Heading { body, .. } | Block::Paragraph { body } => {
                hold_words(body, rules, false);
            }
            Block::List { items, .. } => {
                items.iter_mut().for_each(|item| hold(item, rules));
            }
            Block::Quote { body } => hold(body, rules),
            Block::Table { head, rows, .. } => {
                let cells = head.iter_mut().chain(rows.iter_mut().flatten());
                cells.for_each(|cell| hold_words(cell, rules, true));
            }
        }
    }
}

/// Returns JSON in which a person sees the characters that are not seen.
pub(super) fn shown(json: &str) -> String {
    let mut shown = String::with_capacity(json.len() * 5 / 4);
    for letter in json.chars() {
        match letter {
            SPACE | JOINER | NO_BREAK => shown.push_str(&format!("\\u{:04x}", u32::from(letter))),
            _ => shown.push(letter),
        }
    }
    shown
}

/// Sets where the words of a paragraph may be parted, or those of a table's cell.
pub(super) fn hold_words(words: &mut [Inline], rules: Rules<'_>, table: bool) {
    let mut whole = String::new();
    gather(words, &mut whole);
    let marks = Marks::of(&whole, rules, table);
    set(words, &whole, &marks, 0);
}

/// Gathers the letters of a paragraph.
fn gather(words: &[Inline], whole: &mut String) {
    for inline in words {
        match inline {
            Inline::Text { text, .. } => whole.push_str(text),
            Inline::Break => whole.push('\n'),
            Inline::Strong { body }
            | Inline::Emph { body }
            | Inline::Link { body, .. }
            | Inline::Changed { body, .. } => {
                gather(body, whole);
            }
        }
    }
}

/// Sets each text of a paragraph from `at` on; returns where they end.
fn set(words: &mut [Inline], whole: &str, marks: &Marks, mut at: usize) -> usize {
    for inline in words {
        match inline {
            Inline::Text { text, set } => {
                let part = at..at + text.len();
                at = part.end;
                *set = Some(marks.set(whole, part)).filter(|set| set != text);
            }
            Inline::Break => at += 1,
            Inline::Strong { body }
            | Inline::Emph { body }
            | Inline::Link { body, .. }
            | Inline::Changed { body, .. } => {
                at = self::set(body, whole, marks, at);
            }
        }
    }
    at
}

/// What is not seen in a text, by the place in bytes before which it comes.
struct Marks {
    before: Vec<Option<char>>,
    /// The spaces at which no line ends.
    glued: Vec<bool>,
}

impl Marks {
    fn of(text: &str, rules: Rules<'_>, table: bool) -> Self {
        let mut marks = Self {
            before: vec![None; text.len() + 1],
            glued: vec![false; text.len()],
        };
        let whole = occurrences(text, rules.whole);
        // The columns of a table may be narrow: its names may end a line at a space.
        if !table {
            for range in whole.iter().flat_map(Range::clone) {
                marks.glued[range] = true;
            }
        }
        marks.addresses(text);
        marks.signs(text, rules.narrow);
        marks.lao(text, &whole, rules);
        marks
    }

    /// Returns a part of the text with what is not seen.
    fn set(&self, text: &str, part: Range<usize>) -> String {
        let mut set = String::with_capacity(part.len() * 5 / 4);
        for (at, letter) in text[part.clone()].char_indices() {
            let at = part.start + at;
            set.extend(self.before[at]);
            set.push(if letter == ' ' && self.glued[at] {
                NO_BREAK
            } else {
                letter
            });
        }
        // What comes behind the last letter of all.
        if part.end == text.len() {
            set.extend(self.before[part.end]);
        }
        set
    }

    /// A long address may end its line behind its signs, and before a hyphen, which
    /// would not be read at the end of a line.
    fn addresses(&mut self, text: &str) {
        let addresses = text.split(|letter: char| !letter.is_ascii_graphic());
        for address in addresses.filter(|address| address.len() >= LONG_ADDRESS) {
            let start = address.as_ptr() as usize - text.as_ptr() as usize;
            for (at, letter) in address.bytes().enumerate() {
                match letter {
                    b'@' | b'.' | b'/' | b'_' => self.before[start + at + 1] = Some(SPACE),
                    b'-' => self.before[start + at] = Some(SPACE),
                    _ => {}
                }
            }
        }
    }

    /// Numbers, dashes, hyphens and the signs of Lao stay with what they belong to.
    fn signs(&mut self, text: &str, narrow: Option<&[String]>) {
        // A dotted blank may be broken anywhere, so that it does not tear its line.
        let dotted = text.contains("……");
        let letters: Vec<(usize, char)> = text.char_indices().collect();
        let letter = |index: usize| letters.get(index).map_or('\n', |(_, letter)| *letter);
        for (index, &(at, here)) in letters.iter().enumerate() {
            let before = index.checked_sub(1).map_or('\n', letter);
            let (next, third) = (letter(index + 1), letter(index + 2));
            let behind = at + here.len_utf8();
            match here {
                ' ' => {
                    let dash = |letter| matches!(letter, '-' | '–');
                    // "02 năm", "2 ປີ"
                    let counted = is_digit(before)
                        && !is_space(next)
                        && !is_digit(next)
                        && !matches!(next, '(' | '–' | '-');
                    // "hai (02)", "số 5", "ngày 05", "ວັນທີ 5"
                    let counts = !is_space(before)
                        && !is_digit(before)
                        && !matches!(before, ',' | '.' | ';' | ':' | '–' | '-')
                        && (is_digit(next) || next == '(' && is_digit(third));
                    // "2022 - 2025": some readers drop a hyphen at the end of a line.
                    let dashed = dash(next) && third == ' '
                        || dash(before) && index.checked_sub(2).map(letter) == Some(' ');
                    let numbered = match narrow {
                        Some(words) => is_digit(next) && ends_with_any(&text[..at], words),
                        None => counted || counts,
                    };
                    self.glued[at] |= numbered || dashed || is_sign(next);
                }
                // A dash allows a break behind it even before a no-break space.
                '-' | '–' if before == ' ' && next == ' ' => self.before[behind] = Some(JOINER),
                '-' if next != ' ' && next != '\n' => self.before[behind] = Some(JOINER),
                '…' if dotted => self.before[behind] = Some(SPACE),
                _ if is_sign(here) && before != ' ' && before != '\n' => {
                    self.before[at] = Some(JOINER);
                }
                _ => {}
            }
        }
    }

    /// A line may end between Lao words, and nowhere within one.
    fn lao(&mut self, text: &str, whole: &[Range<usize>], rules: Rules<'_>) {
        let inside = |place: usize| {
            let index = whole.partition_point(|range| range.end <= place);
            whole.get(index).is_some_and(|range| range.start < place)
        };
        for run in lao_runs(text) {
            let letters = &text[run.clone()];
            let within = lao::within_word(letters).map(|place| run.start + place);
            for place in within {
                self.before[place] = rules.joined.then_some(JOINER);
            }
            let between = lao::between_words(letters).into_iter();
            for place in between.map(|place| run.start + place) {
                if !inside(place) {
                    self.before[place] = Some(SPACE);
                }
            }
        }
    }
}

/// Returns where Lao letters stand together.
fn lao_runs(text: &str) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, letter) in text.char_indices() {
        let end = at + letter.len_utf8();
        match runs.last_mut() {
            _ if !lao::is_letter(letter) => {}
            Some(run) if run.end == at => run.end = end,
            _ => runs.push(at..end),
        }
    }
    runs
}

/// Returns where the words stand in a text, the first and longest where two overlap.
fn occurrences(text: &str, words: &[String]) -> Vec<Range<usize>> {
    let found = words.iter().flat_map(|word| {
        let places = text.match_indices(word.as_str());
        let ranges = places.map(|(at, word)| at..at + word.len());
        ranges.filter(|range| is_apart(text, range))
    });
    let mut found: Vec<Range<usize>> = found.collect();
    found.sort_by_key(|range| (range.start, usize::MAX - range.end));
    let mut end = 0;
    found.retain(|range| {
        let free = range.start >= end;
        end = if free { range.end } else { end };
        free
    });
    found
}

/// Tells whether letters stand for themselves and are not cut out of syllables.
fn is_apart(text: &str, range: &Range<usize>) -> bool {
    let parts = |at: usize| {
        let before = text[..at].chars().next_back().unwrap_or(' ');
        let next = text[at..].chars().next().unwrap_or(' ');
        is_sign(next) || lao::may_part(before, next)
    };
    parts(range.start) && parts(range.end)
}

/// Tells whether a text ends with one of these words, however it is written.
fn ends_with_any(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| {
        let letters = word.chars().count();
        let start = text.char_indices().rev().nth(letters.saturating_sub(1));
        start.is_some_and(|(at, _)| {
            let before = text[..at].chars().next_back();
            let opens = before.is_none_or(|it| !it.is_alphabetic() || lao::is_letter(it));
            opens && text[at..].to_lowercase() == *word && is_apart(text, &(at..text.len()))
        })
    })
}

fn is_space(letter: char) -> bool {
    matches!(letter, ' ' | '\n')
}

fn is_digit(letter: char) -> bool {
    letter.is_ascii_digit() || ('\u{ed0}'..='\u{ed9}').contains(&letter)
}

/// Tells the signs of repetition and of abbreviation, which stay with their word.
fn is_sign(letter: char) -> bool {
    matches!(letter, '\u{ec6}' | '\u{eaf}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Inline {
        Inline::Text {
            text: text.into(),
            set: None,
        }
    }

    /// Returns the texts of a paragraph as they are set: `|` where a line may end, `+`
    /// where it may not, `~` for a space at which it may not.
    fn set(body: Vec<Inline>, whole: &[&str], joined: bool) -> Vec<String> {
        let whole: Vec<String> = whole.iter().map(|&word| word.to_owned()).collect();
        let rules = Rules {
            whole: &whole,
            joined,
            narrow: None,
        };
        set_by(body, rules)
    }

    fn set_by(body: Vec<Inline>, rules: Rules<'_>) -> Vec<String> {
        let mut blocks = [Block::Paragraph { body }];
        hold(&mut blocks, rules);
        let mut texts = Vec::new();
        let [Block::Paragraph { body }] = &blocks else {
            unreachable!("a paragraph stays one");
        };
        shown_in(body, &mut texts);
        texts
    }

    fn shown_in(body: &[Inline], texts: &mut Vec<String>) {
        for inline in body {
            match inline {
                Inline::Text { text, set } => {
                    let set = set.as_ref().unwrap_or(text).replace(SPACE, "|");
                    texts.push(set.replace(JOINER, "+").replace(NO_BREAK, "~"));
                }
                Inline::Strong { body } => shown_in(body, texts),
                _ => {}
            }
        }
    }

    fn one(words: &str, whole: &[&str]) -> String {
        set(vec![text(words)], whole, false).concat()
    }

    #[test]
    fn numbers_stay_with_what_they_count() {
        for (typed, expected) in [
            ("hai (02) bản", "hai~(02) bản"),
            ("ngày 05 tháng 01 năm 2025.", "ngày~05~tháng~01~năm~2025."),
            ("Điều 5, khoản 2", "Điều~5, khoản~2"),
            ("2022 - 2025", "2022~-+~2025"),
            ("Việt Nam – Lào", "Việt Nam~–+~Lào"),
            ("20 ມີນາ 2026", "20~ມີນາ~2026"),
            ("ວັນທີ 20 ມີນາ 2026 ທີ່ ຮ່າໂນ້ຍ", "ວັນທີ~20~ມີນາ~2026~ທີ່ ຮ່າໂນ້ຍ"),
            ("15 ວັນ, 2,5 ລ້ານ ກີບ", "15~ວັນ, 2,5~ລ້ານ ກີບ"),
            ("໒໐ ຄົນ", "໒໐~ຄົນ"),
            ("Đông-Tây", "Đông-+Tây"),
            ("ຕ່າງ ໆ", "ຕ່າງ~ໆ"),
            ("a@b.vn", "a@b.vn"),
            ("………", "…|…|…|"),
            ("1 2", "1 2"),
        ] {
            assert_eq!(one(typed, &["ມີນາ", "ຮ່າໂນ້ຍ"]), expected, "{typed}");
        }
    }

    #[test]
    fn in_a_narrow_column_few_numbers_are_held() {
        let words = ["điều", "ngày", "ທີ"].map(str::to_owned);
        let rules = Rules {
            whole: &[],
            joined: false,
            narrow: Some(&words),
        };
        for (typed, expected) in [
            ("hai (02) bản", "hai (02) bản"),
            ("Ngày 05 tháng 01", "Ngày~05 tháng 01"),
            ("theo Điều 5, 30 người", "theo Điều~5, 30 người"),
            ("2022 - 2025", "2022~-+~2025"),
            ("ວັນທີ 5 ມີນາ", "ວັນທີ~5 ມີນາ"),
            ("xngày 5", "xngày 5"),
        ] {
            assert_eq!(
                set_by(vec![text(typed)], rules).concat(),
                expected,
                "{typed}"
            );
        }
    }

    #[test]
    fn a_long_address_may_be_parted_behind_its_signs() {
        let address = "van-phong.doi-ngoai@huong-giang.example.org";
        let parted = "van|-+phong.|doi|-+ngoai@|huong|-+giang.|example.|org";
        assert_eq!(
            one(&format!("Email: {address}."), &[]),
            format!("Email: {parted}.|")
        );
    }

    #[test]
    fn names_stay_whole_and_lao_is_parted_between_words() {
        assert_eq!(one("ສອງຝ່າຍແຂວງເຊກອງ", &["ເຊກອງ"]), "ສອງ|ຝ່າຍ|ແຂວງ|ເຊກອງ");
        assert_eq!(one("tỉnh Sê Kông, Sê", &["Sê Kông"]), "tỉnh Sê~Kông, Sê");
        let joined = set(vec![text("ມິດຕະພາບ")], &[], true);
        assert_eq!(joined, ["ມິ+ດ+ຕ+ະ+ພ+າ+ບ"]);
    }

    #[test]
    fn emphasis_within_a_word_does_not_part_it() {
        let strong = Inline::Strong {
            body: vec![text("ຕະພາບ")],
        };
        let body = vec![
            text("ສອງມິດ"),
            strong,
            text("ຝ່າຍ 5"),
            Inline::Break,
            text("ຄົນ"),
        ];
        assert_eq!(set(body, &[], false), ["ສອງ|ມິດ", "ຕະພາບ", "|ຝ່າຍ~5", "ຄົນ"]);
    }

    #[test]
    fn letters_stay_as_they_are() {
        let typed = "ສປປ ລາວ “ຮ່ວມມື” 50% [x] \u{200b}ກ\u{a0}ຂ\u{ec8}\u{ec8}ເເແ ໆໆ ຯ -x - ……";
        let set = set(vec![text(typed)], &["ມື”"], true).concat();
        let bare = |text: &str| -> String {
            let hidden = ['|', '+', '~', ' ', SPACE, JOINER, NO_BREAK];
            text.chars()
                .filter(|letter| !hidden.contains(letter))
                .collect()
        };
        assert_eq!(bare(&set), bare(typed));
    }
}
