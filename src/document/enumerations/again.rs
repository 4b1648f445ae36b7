//! Words that are said again behind an "and" or a comma.
//!
//! Input: a clause and the small words of its language. Output: whether a word
//! stands right before and right behind a joint, as in "trưởng đoàn và phó trưởng
//! đoàn", "bên mua, bên bán", "đầu năm và cuối năm": two things of one kind, which
//! may be meant of two parties one by one.

use std::ops::Range;

use crate::text::letters::is_lao;

/// Words before and behind a joint that are compared.
const BEFORE: usize = 5;
const BEHIND: usize = 3;

/// Letters with which two Lao phrases, which have no blanks, begin alike.
const ALIKE: usize = 4;

/// Tells whether something is said again at one of the `joints` of `text`, both in
/// small letters; `core` returns what counts of a word.
pub(super) fn is_said_again(
    text: &str,
    joints: impl IntoIterator<Item = Range<usize>>,
    core: impl for<'t> Fn(&'t str) -> Option<&'t str>,
) -> bool {
    joints.into_iter().any(|joint| {
        let before = text[..joint.start].rsplit(ends).next().unwrap_or_default();
        let behind = text[joint.end..].split(ends).next().unwrap_or_default();
        let before = before.split_whitespace().rev().take(BEFORE).map(bare);
        let before: Vec<&str> = before.filter_map(&core).collect();
        let behind = behind.split_whitespace().take(BEHIND).map(bare);
        let mut behind = behind.filter_map(&core);
        behind.any(|word| before.iter().any(|other| alike(word, other)))
    })
}

/// Returns a word without the marks around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|letter: char| !letter.is_alphanumeric() && !is_lao(letter))
}

/// Tells whether no phrase goes on over a letter.
fn ends(letter: char) -> bool {
    matches!(letter, ';' | ':' | '(' | ')' | '\u{1}')
}

/// Tells whether two words are the same, or two Lao phrases begin or end so.
fn alike(one: &str, two: &str) -> bool {
    let start = one.chars().zip(two.chars());
    let start = start.take_while(|(a, b)| a == b && is_lao(*a)).count();
    let shorter = one.chars().count().min(two.chars().count());
    let end = one.chars().rev().zip(two.chars().rev());
    let end = end.take_while(|(a, b)| a == b && is_lao(*a)).count();
    one == two || start >= ALIKE || end >= ALIKE.max(shorter / 2)
}
