//! Values in figures, which may be shared out among parties.
//!
//! Input: words. Output: where numbers and dates stand in them.

use std::ops::Range;

/// Returns values in figures: numbers and dates, but no terms ("2025 - 2027") and
/// no numbers of laws ("70/2020/QH14").
pub(super) fn values(text: &str) -> Vec<Range<usize>> {
    let mut values: Vec<Range<usize>> = Vec::new();
    let mut rest = 0;
    while let Some(at) = text[rest..].find(|c: char| c.is_numeric()) {
        let start = rest + at;
        let part = |c: char| c.is_numeric() || matches!(c, '.' | '/' | '%');
        let length = text[start..]
            .find(|c| !part(c))
            .unwrap_or(text.len() - start);
        let end = start
            + text[start..start + length]
                .trim_end_matches(['.', '/'])
                .len();
        rest = start + length.max(1);
        let law = text[end..]
            .trim_start_matches('/')
            .starts_with(char::is_alphabetic)
            && text[start..end].contains('/');
        let dash = |c: char| matches!(c, '-' | '–' | '—');
        let opens = text[end..]
            .trim_start()
            .strip_prefix(dash)
            .is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_numeric()));
        let closes = text[..start]
            .trim_end()
            .strip_suffix(dash)
            .is_some_and(|before| before.trim_end().ends_with(|c: char| c.is_numeric()));
        if !law && !opens && !closes {
            values.push(start..end);
        }
    }
    values
}

/// Tells whether two values are shares of a hundred.
pub(super) fn hundred(one: &str, two: &str) -> bool {
    let number = |text: &str| text.trim_end_matches('%').parse::<u32>().ok();
    let sum = number(one).zip(number(two));
    sum.and_then(|(one, two)| one.checked_add(two)) == Some(100)
}

/// Tells whether figures stand as shares: "6:4", "6 : 4".
pub(super) fn has_ratio(text: &str) -> bool {
    text.match_indices(':').any(|(at, _)| {
        let (before, after) = (text[..at].trim_end(), text[at + 1..].trim_start());
        before.ends_with(char::is_numeric) && after.starts_with(char::is_numeric)
    })
}

/// Tells whether two figures are joined by a dash, unless they are years.
pub(super) fn dashed(text: &str, members: usize) -> bool {
    let dash = |letter: char| matches!(letter, '-' | '–' | '—');
    let mut found = text.match_indices(dash).filter(|(at, dash)| {
        let (before, after) = (text[..*at].trim_end(), text[at + dash.len()..].trim_start());
        let (one, two) = (
            before.chars().rev().take_while(|c| c.is_numeric()).count(),
            after.chars().take_while(|c| c.is_numeric()).count(),
        );
        one > 0 && two > 0 && (one, two) != (4, 4)
    });
    members == 2 && found.next().is_some()
}
