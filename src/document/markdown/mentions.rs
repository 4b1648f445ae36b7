//! Mentions of parties in Markdown: the markup goes, and the words stand in the
//! order of an original.
//!
//! Input: a Markdown field, its enumerations, and an order of parties. Output: the
//! field without the markup of mentions. Only the names of enumerations that move
//! change places; every other word stays where it was typed.

use std::ops::Range;

use super::super::mention::{Run, Verdict, mentioned};
use super::links::links;

struct Mention<'a> {
    party: String,
    /// The whole link.
    range: Range<usize>,
    /// Its words, markup included.
    words: &'a str,
}

/// Returns `text` with the parties of each moving enumeration in `order`, and
/// without the markup of mentions. The items of `runs` are the mentions of the
/// text, in order.
pub fn ordered(text: &str, runs: &[Run], order: &[&str]) -> String {
    let mentions = mentions(text);
    let rank = |mention: &Mention<'_>| order.iter().position(|party| *party == mention.party);
    // Which mention's words stand in the place of each.
    let mut stands: Vec<usize> = (0..mentions.len()).collect();
    for run in runs.iter().filter(|run| run.verdict == Verdict::Moves) {
        if joined_by_words_alone(text, &mentions, run) {
            let mut ranked: Vec<usize> = run.items.clone().collect();
            ranked.sort_by_key(|index| rank(&mentions[*index]));
            stands[run.items.clone()].copy_from_slice(&ranked);
        }
    }
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    for (place, stands) in mentions.iter().zip(stands) {
        out.push_str(&text[copied..place.range.start]);
        push_words(&mut out, mentions[stands].words);
        copied = place.range.end;
    }
    out.push_str(&text[copied..]);
    out
}

/// Tells whether the Markdown between the names of a run has no markup: the words
/// alone are what was decided on.
fn joined_by_words_alone(text: &str, mentions: &[Mention<'_>], run: &Run) -> bool {
    let Some(items) = mentions.get(run.items.clone()) else {
        return false;
    };
    items.windows(2).all(|pair| {
        let gap = &text[pair[0].range.end..pair[1].range.start];
        !gap.contains(['*', '_', '`', '\\', '&', '<', '>', '[', ']'])
    })
}

/// Adds the words of a mention. At the start of a line they would act as a mark
/// of Markdown that they were not within the link.
fn push_words(out: &mut String, words: &str) {
    let line = out.rsplit('\n').next().unwrap_or_default();
    let starts = line
        .chars()
        .all(|c| c.is_whitespace() || matches!(c, '>' | '-' | '*' | '+'));
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    if starts && words.starts_with(['#', '>', '+', '-', '=']) {
        out.push('\\');
    } else if starts && digits > 0 && words[digits..].starts_with(['.', ')']) {
        out.push_str(&words[..digits]);
        out.push('\\');
        return out.push_str(&words[digits..]);
    }
    out.push_str(words);
}

fn mentions(text: &str) -> Vec<Mention<'_>> {
    let links = links(text).into_iter();
    let mentions = links.filter_map(|link| {
        Some(Mention {
            party: mentioned(&link.target)?.0.to_owned(),
            range: link.range,
            words: &text[link.words],
        })
    });
    mentions.collect()
}
