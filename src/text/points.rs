//! Points that are typed in a text, each at the start of a line: `a)`, `ກ)`, `(1)`,
//! `1.1.`
//!
//! Input: a Markdown text. Output: the same, with each such point in a paragraph of
//! its own, as it was typed; Markdown alone would run them together. Only what can
//! be nothing else counts: lines that count up from their first, each after a line
//! that ends as points do. Whatever else looks like points is left for a rule to
//! find.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::letters::digit;

/// What points count by, in the order of each alphabet.
const ALPHABETS: [&str; 2] = [
    "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz",
    "ກຂຄງຈສຊຍດຕຖທນບປຜຝພຟມຢຣລວຫອຮ",
];

/// The look of a mark; points of one look count up together.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Look {
    /// `a)`
    Letter,
    /// `(a)`
    EnclosedLetter,
    /// `(1)`
    EnclosedNumber,
    /// `1.1.`
    Decimal,
}

/// Returns `text` with an empty line above each line that begins a point.
pub fn apart(text: &str) -> Cow<'_, str> {
    let mut out = String::with_capacity(text.len());
    let mut lines: Vec<&str> = Vec::new();
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            push(&mut out, &lines);
            lines.clear();
            out.push_str(line);
        } else {
            lines.push(line);
        }
    }
    push(&mut out, &lines);
    match out.len() == text.len() {
        true => Cow::Borrowed(text),
        false => Cow::Owned(out),
    }
}

/// Adds the lines of a paragraph, its points apart.
fn push(out: &mut String, lines: &[&str]) {
    let parted = are_points(lines);
    for (index, line) in lines.iter().enumerate() {
        if parted && index > 0 && mark(line).is_some() {
            out.push('\n');
        }
        out.push_str(line);
    }
}

/// Tells whether all lines with a mark begin points.
fn are_points(lines: &[&str]) -> bool {
    let mut runs: BTreeMap<Look, Vec<(usize, Vec<u32>)>> = BTreeMap::new();
    for (index, line) in lines.iter().enumerate() {
        if is_markup(line) {
            return false;
        }
        if let Some((look, value)) = mark(line) {
            if index > 0 && !lines[index - 1].trim_end().ends_with([':', ';', '.', ',']) {
                return false;
            }
            runs.entry(look).or_default().push((index, value));
        }
    }
    let counts_up = |run: &Vec<(usize, Vec<u32>)>| {
        let starts = run.iter().take(1).all(|(index, value)| {
            let first = value.last().is_some_and(|last| *last == 1);
            *index == 0 || first
        });
        starts && run.windows(2).all(|pair| pair[0].1 < pair[1].1)
    };
    let most = runs.values().map(Vec::len).max().unwrap_or(0);
    most > 1 && runs.values().all(counts_up)
}

/// Tells lines that mean something to Markdown, or that are indented.
fn is_markup(line: &str) -> bool {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let list = digits > 0 && line[digits..].starts_with([')', '.']) && {
        let next = line[digits + 1..].chars().next();
        next.is_none_or(char::is_whitespace)
    };
    list || line.starts_with(['-', '*', '+', '>', '#', '|', ' ', '\t', '`', '='])
}

/// Reads the mark that a line begins with: its look, and what it counts.
fn mark(line: &str) -> Option<(Look, Vec<u32>)> {
    let (mark, rest) = line.split_once([' ', '\u{a0}', '\t'])?;
    if rest.trim().is_empty() {
        return None;
    }
    if let Some(letter) = mark.strip_suffix(')').and_then(letter) {
        return Some((Look::Letter, vec![letter]));
    }
    let inner = mark
        .strip_prefix('(')
        .and_then(|mark| mark.strip_suffix(')'));
    if let Some(inner) = inner {
        return match letter(inner) {
            Some(letter) => Some((Look::EnclosedLetter, vec![letter])),
            None => Some((Look::EnclosedNumber, vec![number(inner)?])),
        };
    }
    let parts: Option<Vec<u32>> = mark
        .trim_end_matches(['.', ')'])
        .split('.')
        .map(number)
        .collect();
    let parts = parts.filter(|parts| parts.len() > 1)?;
    Some((Look::Decimal, parts))
}

/// Returns the place of a letter in its alphabet, from 1.
fn letter(text: &str) -> Option<u32> {
    let letter: String = text.chars().flat_map(char::to_lowercase).collect();
    let mut alphabets = ALPHABETS
        .iter()
        .flat_map(|alphabet| (1..).zip(alphabet.chars()));
    alphabets.find_map(|(place, known)| letter.chars().eq([known]).then_some(place))
}

/// Reads a number of one or two figures.
fn number(text: &str) -> Option<u32> {
    let digits: Option<Vec<u32>> = text.chars().map(digit).collect();
    let digits = digits.filter(|digits| (1..3).contains(&digits.len()))?;
    Some(digits.iter().fold(0, |value, digit| value * 10 + digit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_get_paragraphs_of_their_own() {
        for (typed, parted) in [
            (
                "Gồm:\na) một;\nb) hai;\nđ) ba.",
                "Gồm:\n\na) một;\n\nb) hai;\n\nđ) ba.",
            ),
            ("ປະກອບມີ:\nກ) ນ້ຳ;\nຂ) ຕັ້ງ;", "ປະກອບມີ:\n\nກ) ນ້ຳ;\n\nຂ) ຕັ້ງ;"),
            ("1.1. một,\nhai;\n1.2 ba.\n", "1.1. một,\nhai;\n\n1.2 ba.\n"),
            (
                "x:\n(1) một;\n(a) hai;\n(b) ba;\n(2) bốn.",
                "x:\n\n(1) một;\n\n(a) hai;\n\n(b) ba;\n\n(2) bốn.",
            ),
            ("b) hai;\nc) ba;", "b) hai;\n\nc) ba;"),
        ] {
            assert_eq!(apart(typed), parted);
        }
    }

    #[test]
    fn other_lines_stay_where_they_are() {
        for typed in [
            "theo điểm\na) và\nb) của",
            "một:\nb) hai;\nc) ba",
            "một:\na) hai;",
            "- một;\na) hai;\nb) ba",
            "gồm:\na) hai;\n1) ba;\nb) bốn",
            "gồm:\nb) hai;\na) ba;",
            "từ 1,\n1.000 đồng;\n2.000 đồng",
            "gồm:\na)\nb)",
            "",
            "\n\n",
        ] {
            assert_eq!(apart(typed), typed);
        }
    }
}
