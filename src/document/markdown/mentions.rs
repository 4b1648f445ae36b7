//! Mentions of parties, and their order in each original.
//!
//! Input: a rendered text with its mentions, and an order of parties. Output:
//! the text without the markup of mentions, which follow the order.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// The scheme of a link that mentions a party: `[the words](party:bac-giang)`.
pub(super) const MENTION: &str = "party:";

/// Puts the mentions of parties into `order` and removes their markup.
///
/// Within each paragraph the mentions form enumerations: a mention of a party
/// that the running enumeration has already starts the next one. The words
/// between mentions stay; the mentions themselves change places, so that they
/// follow `order`.
pub fn order_parties(text: &str, order: &[&str]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    for run in enumerations(text) {
        let mut ranked: Vec<&Mention> = run.iter().collect();
        ranked.sort_by_key(|mention| order.iter().position(|party| *party == mention.party));
        for (slot, mention) in run.iter().zip(ranked) {
            out.push_str(&text[copied..slot.range.start]);
            out.push_str(&text[mention.words.clone()]);
            copied = slot.range.end;
        }
    }
    out.push_str(&text[copied..]);
    out
}

struct Mention {
    party: String,
    /// The whole link.
    range: Range<usize>,
    /// Its words, markup included.
    words: Range<usize>,
}

fn enumerations(text: &str) -> Vec<Vec<Mention>> {
    let mut runs: Vec<Vec<Mention>> = Vec::new();
    let mut run: Vec<Mention> = Vec::new();
    let mut open: Option<Mention> = None;
    for (event, range) in Parser::new_ext(text, Options::empty()).into_offset_iter() {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) if dest_url.starts_with(MENTION) => {
                let party = dest_url[MENTION.len()..].to_owned();
                open = Some(Mention {
                    party,
                    words: range.start + 1..range.start + 1,
                    range,
                });
            }
            Event::End(TagEnd::Link) => {
                let Some(mention) = open.take() else { continue };
                if run.iter().any(|earlier| earlier.party == mention.party) {
                    runs.push(std::mem::take(&mut run));
                }
                run.push(mention);
            }
            Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::Heading(_)) => {
                runs.push(std::mem::take(&mut run));
            }
            _ => {
                if let Some(mention) = &mut open {
                    mention.words.end = mention.words.end.max(range.end);
                }
            }
        }
    }
    runs.push(run);
    runs.retain(|run| !run.is_empty());
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holders_come_first() {
        let text = "1. giữa lãnh đạo [tỉnh **Bắc**](party:a) và [ແຂວງໄຊ](party:b); [A](party:a), [B](party:b) và [C](party:c)";
        assert_eq!(
            order_parties(text, &["a", "b", "c"]),
            "1. giữa lãnh đạo tỉnh **Bắc** và ແຂວງໄຊ; A, B và C"
        );
        assert_eq!(
            order_parties(text, &["b", "a", "c"]),
            "1. giữa lãnh đạo ແຂວງໄຊ và tỉnh **Bắc**; B, A và C"
        );
        assert_eq!(order_parties("[x](y) z", &["a"]), "[x](y) z");
    }
}
