//! The words of the pages of one edition, and whether they are those of a text.
//!
//! Input: the words of laid-out pages, in pieces, and what the template was given
//! to put around the text. Output: the sentences around it; whether pieces read as
//! a text; and where they do not, the first difference, in words for people.

use std::collections::{BTreeMap, BTreeSet};

use crate::press::input::Setting;
use crate::press::printed::{Around, Printed};
use crate::text::letters::{is_mark, normalise};

/// The words of the pages of one edition.
pub(super) struct Sheet {
    pub(super) printed: Printed,
    drawn: BTreeSet<String>,
    title: String,
    /// The sentences that the template was given to put around the text.
    given: BTreeMap<String, Vec<String>>,
}

impl Sheet {
    pub(super) fn new(printed: Printed, drawn: BTreeSet<String>, setting: &Setting) -> Self {
        let mut given: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for sentences in [&setting.footers, &setting.language_names] {
            for (language, sentence) in sentences {
                let of_language = given.entry(language.clone()).or_default();
                of_language.push(sentence.clone());
            }
        }
        Self {
            printed,
            drawn,
            title: setting.title.clone(),
            given,
        }
    }

    /// Returns the sentences at the head and the foot of the pages, the title
    /// that programs show, and what is drawn across the pages.
    pub(super) fn sentences(&self) -> Vec<String> {
        let mut sentences = vec![self.title.clone()];
        sentences.extend(self.drawn.iter().cloned());
        for around in &self.printed.around {
            for (language, pieces) in &around.words {
                let given = self.given.get(language).into_iter().flatten();
                let mut given = given.filter(|sentence| reads_as(sentence, pieces));
                let sentence = match given.next() {
                    Some(sentence) => Some(sentence.clone()),
                    None => without_page(around, self.printed.pages, &pieces.join(" ")),
                };
                sentences.extend(sentence);
            }
        }
        sentences
    }
}

/// Returns a sentence with signs for the number of its page and of all pages;
/// nothing where it is but these.
fn without_page(around: &Around, pages: usize, sentence: &str) -> Option<String> {
    let (page, pages) = (around.page.to_string(), pages.to_string());
    let mut kept = String::new();
    let (mut number, mut numbers_alone) = (String::new(), true);
    for letter in sentence.chars().chain(['\0']) {
        if letter.is_ascii_digit() {
            number.push(letter);
            continue;
        }
        let counts = number == page || number == pages;
        numbers_alone &= counts || number.is_empty();
        kept += if counts { "#" } else { &number };
        number.clear();
        kept.push(letter);
        numbers_alone &= !letter.is_alphabetic();
    }
    (!numbers_alone).then(|| kept.trim_end_matches('\0').to_owned())
}

/// Tells whether pieces of printed words are the words of `text`. Between two
/// pieces a space may stand or not; within one they are compared.
pub(super) fn reads_as(text: &str, pieces: &[String]) -> bool {
    let (text, printed) = (folded(text), seamed(pieces));
    let places = agreeing(&text, &printed);
    let rest = printed.get(places[places.len() - 1]..).unwrap_or_default();
    places.len() > text.len() && rest.iter().all(|letter| *letter == SEAM)
}

/// Returns the places in printed words of the letters of a text, and behind them,
/// as far as both agree.
fn agreeing(text: &[char], printed: &[char]) -> Vec<usize> {
    let (mut places, mut by) = (vec![0], 0);
    for letter in text {
        loop {
            match printed.get(by) {
                Some(other) if letter == other || (' ', SEAM) == (*letter, *other) => break,
                Some(&SEAM) => by += 1,
                _ => return places,
            }
        }
        by += 1;
        places.push(by);
    }
    places
}

/// Returns the letters of pieces, with seams between them.
fn seamed(pieces: &[String]) -> Vec<char> {
    let pieces: Vec<String> = pieces.iter().map(|piece| normalise(piece)).collect();
    folded(&pieces.join(&SEAM.to_string()))
}

/// Where two pieces meet.
const SEAM: char = '\0';

/// Returns the letters of a text, one space for all white space between two of
/// them, or a seam where there is no space; without what only steers the breaking
/// of lines.
fn folded(text: &str) -> Vec<char> {
    let mut letters: Vec<char> = Vec::new();
    for letter in text.chars() {
        match (letter, letters.last()) {
            ('\u{200b}' | '\u{2060}', _) => {}
            (SEAM, None | Some(&(' ' | SEAM))) => {}
            (SEAM, _) => letters.push(SEAM),
            (space, None | Some(' ')) if space.is_whitespace() => {}
            (space, Some(&SEAM)) if space.is_whitespace() => {
                letters.pop();
                letters.push(' ');
            }
            (space, _) if space.is_whitespace() => letters.push(' '),
            (letter, _) => letters.push(letter),
        }
    }
    while letters.pop_if(|last| [' ', SEAM].contains(last)).is_some() {}
    letters
}

/// How many letters of what is the same are shown around a difference, and how
/// many of what differs.
const AROUND_IT: usize = 24;
const MOST_OF_IT: usize = 80;

/// Returns the parts of a text and of printed pieces from where they begin to
/// differ, with some letters before it, the difference between » and «.
pub(super) fn contrast(text: &str, pieces: &[String]) -> (String, String) {
    let (mut text, mut printed) = (folded(&normalise(text)), seamed(pieces));
    let places = agreeing(&text, &printed);
    // A word keeps its beginning, and a letter its marks.
    let mut start = places.len() - 1;
    let least = start.saturating_sub(AROUND_IT);
    let begins = |at: usize| at == 0 || text[at - 1] == ' ';
    while start > least && !begins(start) {
        start -= 1;
    }
    let from = places[start];
    let (tail, printed_tail) = (text.split_off(start), printed.split_off(from));
    let back = |letters: &[char]| -> Vec<char> { letters.iter().rev().copied().collect() };
    let ends = agreeing(&back(&tail), &back(&printed_tail));
    let mut end = ends.len() - 1;
    while end > 0 && is_mark(tail[tail.len() - end]) {
        end -= 1;
    }
    let (head, rest) = (text, &tail[tail.len() - end..]);
    let show = |middle: &[char]| shown(&head, middle, rest);
    let middle = &printed_tail[..printed_tail.len() - ends[end]];
    (show(&tail[..tail.len() - end]), show(middle))
}

fn shown(head: &[char], middle: &[char], rest: &[char]) -> String {
    let before: String = head[head.len().saturating_sub(AROUND_IT)..]
        .iter()
        .collect();
    let after: String = rest.iter().take(AROUND_IT).collect();
    let cut = if middle.len() > MOST_OF_IT { "…" } else { "" };
    let middle = middle.iter().take(MOST_OF_IT);
    let middle: String = middle.map(|c| if *c == SEAM { ' ' } else { *c }).collect();
    format!("… {before}»{middle}{cut}«{after} …")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<String> {
        text.split('|').map(str::to_owned).collect()
    }

    #[test]
    fn printed_words_are_those_of_the_text() {
        let text = "1. Hai bên  hợp tác.\n- ນ້ຳ ຕັ້ງ\u{200b}ໃຈ\n";
        for same in [
            "1. Hai bên hợp tác.|-|ນ້ຳ ຕັ້ງໃຈ",
            "1.| Hai bên |hợp\u{a0}tác.|- ນ້ຳ| ຕັ້ງ|ໃຈ|",
        ] {
            assert!(reads_as(text, &pieces(same)), "{same}");
        }
        for other in [
            "1. Hai bên hợptác.|-|ນ້ຳ ຕັ້ງໃຈ",
            "1. Hai bên hợp tác.|-|ນ້ຳ ຕັ້ງ ໃຈ",
            "1. Hai bên hợp tác.|-|ນ້ຳ ຕັ້ງໃຈ|x",
            "2. Hai bên hợp tác.|-|ນ້ຳ ຕັ້ງໃຈ",
            "1. Hai bên hợp tác.|-",
        ] {
            assert!(!reads_as(text, &pieces(other)), "{other}");
        }
        assert!(reads_as("", &[]) && !reads_as("x", &[]) && !reads_as("", &pieces("x")));
    }

    #[test]
    fn a_difference_is_shown_in_whole_words() {
        let printed = pieces("chia| sẻ| kinh doanh| hay");
        let (before, now) = contrast("chia sẻ kinh nghiệm hay", &printed);
        assert_eq!(before, "… chia sẻ kinh »nghiệm« hay …");
        assert_eq!(now, "… chia sẻ kinh »doanh« hay …");
        assert_eq!(contrast("", &pieces("x")).1, "… »x« …");
        assert_eq!(contrast("x y", &[]).0, "… »x y« …");
    }
}
