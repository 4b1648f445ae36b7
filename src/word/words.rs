//! Words of the tree as runs of one look, and the parts of runs that are of one script.

use crate::document::tree::{Change, Inline};

use super::paper::{Content, Look, Run};

/// Returns the runs of `body`. `dots` tells whether the dots of blanks are a look of
/// their own.
pub(super) fn runs(body: &[Inline], look: &Look, dots: bool) -> Vec<Run> {
    let mut runs = Vec::new();
    add(body, look, dots, &mut runs);
    runs
}

fn add(body: &[Inline], look: &Look, dots: bool, runs: &mut Vec<Run>) {
    for inline in body {
        match inline {
            // Where a line of a page may end is no matter of the words.
            Inline::Text { text, set: _ } => add_text(text, look, dots, runs),
            Inline::Strong { body } => {
                let look = Look {
                    strong: true,
                    ..look.clone()
                };
                add(body, &look, dots, runs);
            }
            Inline::Emph { body } => {
                let look = Look {
                    emph: true,
                    ..look.clone()
                };
                add(body, &look, dots, runs);
            }
            Inline::Link { target, body } => {
                let look = Look {
                    link: Some(target.clone()),
                    ..look.clone()
                };
                add(body, &look, dots, runs);
            }
            Inline::Changed { change, body } => {
                let look = Look {
                    change: Some(*change).filter(|change| *change != Change::Kept),
                    ..look.clone()
                };
                add(body, &look, dots, runs);
            }
            Inline::Break => push(Content::Break, look, runs),
        }
    }
}

/// Adds letters, what stands for a place apart from the others.
fn add_text(text: &str, look: &Look, dots: bool, runs: &mut Vec<Run>) {
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let dotted = if dots { dots_at(rest) } else { 0 };
        let (content, length) = match first {
            '\t' => (Content::Tab, 1),
            '\n' => (Content::Break, 1),
            _ if dotted > 0 => (Content::Text(rest[..dotted].to_owned()), dotted),
            _ => {
                let length = plain(rest, dots);
                (Content::Text(rest[..length].to_owned()), length)
            }
        };
        let look = Look {
            blank: dotted > 0,
            ..look.clone()
        };
        push(content, &look, runs);
        rest = &rest[length..];
    }
}

fn push(content: Content, look: &Look, runs: &mut Vec<Run>) {
    runs.push(Run {
        content,
        look: look.clone(),
    });
}

/// Returns how many bytes at the start of `text` are the dots of a blank.
fn dots_at(text: &str) -> usize {
    let dots = text.len() - text.trim_start_matches(DOTS).len();
    if dots > DOTS.len_utf8() { dots } else { 0 }
}

const DOTS: char = '…';

/// Returns how many bytes at the start of `text` are plain letters: at least one letter.
fn plain(text: &str, dots: bool) -> usize {
    let ends = |(at, letter): &(usize, char)| {
        matches!(letter, '\t' | '\n') || dots && dots_at(&text[*at..]) > 0
    };
    let mut letters = text.char_indices().skip(1);
    letters.find(ends).map_or(text.len(), |(at, _)| at)
}

/// Letters that Word sets in the face and size of complex scripts, or in the usual ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Script<'a> {
    pub(super) text: &'a str,
    pub(super) complex: bool,
}

/// Parts `text` by script. What belongs to none, such as digits and spaces, goes with what
/// precedes it; at the start with the language, which is complex or not.
pub(super) fn scripts(text: &str, complex: bool) -> Vec<Script<'_>> {
    let mut scripts = Vec::new();
    let (mut start, mut current) = (0, complex);
    for (at, letter) in text.char_indices() {
        let of = is_complex(letter).then_some(true);
        let of = of.or(letter.is_alphabetic().then_some(false));
        if let Some(of) = of.filter(|of| *of != current) {
            if at > start {
                scripts.push(Script {
                    text: &text[start..at],
                    complex: current,
                });
            }
            (start, current) = (at, of);
        }
    }
    if start < text.len() {
        scripts.push(Script {
            text: &text[start..],
            complex: current,
        });
    }
    scripts
}

/// Tells letters that Word treats as complex: Hebrew to Sinhala, Thai, Lao, Tibetan,
/// Myanmar, Khmer.
pub(super) fn is_complex(letter: char) -> bool {
    matches!(letter, '\u{590}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{19e0}'..='\u{19ff}')
}

/// Returns the end of the mark that was typed at the start of `text`, if it has one that
/// its paragraph hangs on: `a)`, `(a)`, `1)`, `1.1.`; spaces follow.
pub(super) fn typed_mark(text: &str) -> Option<usize> {
    let end = text.find([' ', '\u{a0}'])?;
    let mark = &text[..end];
    let is_mark = match mark.strip_suffix(')') {
        Some(inner) => {
            let letters = inner.strip_prefix('(').unwrap_or(inner);
            let few = (1..=2).contains(&letters.chars().count());
            few && letters.chars().all(char::is_alphabetic) || is_figure(inner, 1)
        }
        None => is_figure(mark.strip_suffix('.').unwrap_or(mark), 2),
    };
    is_mark.then_some(end)
}

/// Tells whether `text` is of at least so many numbers with points between them.
fn is_figure(text: &str, least: usize) -> bool {
    let numbers: Vec<&str> = text.split('.').collect();
    let is_number =
        |number: &&str| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    numbers.len() >= least && numbers.iter().all(is_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_go_with_the_letters_before_them() {
        let parted = |text, complex| -> Vec<(bool, &str)> {
            let scripts = scripts(text, complex).into_iter();
            scripts
                .map(|script| (script.complex, script.text))
                .collect()
        };
        assert_eq!(parted("2025 ປີ 2027", true), [(true, "2025 ປີ 2027")]);
        assert_eq!(
            parted("ອີເມວ: a1@b.vn, ນ້ຳ 2", true),
            [(true, "ອີເມວ: "), (false, "a1@b.vn, "), (true, "ນ້ຳ 2")]
        );
        assert_eq!(parted("12 tháng", false), [(false, "12 tháng")]);
        assert_eq!(parted("", true), []);
    }

    #[test]
    fn marks_that_were_typed_are_told() {
        for mark in ["a)", "(b)", "1)", "1.1.", "2.3", "ກ)"] {
            assert_eq!(
                typed_mark(&format!("{mark} lời")),
                Some(mark.len()),
                "{mark}"
            );
        }
        for none in ["1. lời", "abc) lời", "a. lời", ") lời", "a)lời", "2025 lời"] {
            assert_eq!(typed_mark(none), None, "{none}");
        }
    }

    #[test]
    fn runs_have_every_letter() {
        let text = "ngày ………… tháng\t…, đ/c …… x\ny";
        let body = [Inline::Text {
            text: text.into(),
            set: None,
        }];
        let look = Look::default();
        for dots in [true, false] {
            let runs = runs(&body, &look, dots);
            let letters = runs.iter().map(|run| match &run.content {
                Content::Text(text) => text.as_str(),
                Content::Tab => "\t",
                Content::Break => "\n",
            });
            assert_eq!(letters.collect::<String>(), text);
            assert_eq!(
                runs.iter().filter(|run| run.look.blank).count(),
                if dots { 2 } else { 0 }
            );
        }
    }
}
