//! The links of a Markdown field, with the words before and within each.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::dialect::DIALECT;

/// A link, as it was typed.
pub(super) struct Link {
    /// Where it leads.
    pub(super) target: String,
    /// The whole link.
    pub(super) range: Range<usize>,
    /// Its words, markup included.
    pub(super) words: Range<usize>,
    /// The last letter before it in its line, if there is one.
    pub(super) before: Option<char>,
}

/// Returns the links of `text`, in order.
pub(super) fn links(text: &str) -> Vec<Link> {
    let mut links = Vec::new();
    let mut open: Option<Link> = None;
    let mut before = None;
    for (event, range) in Parser::new_ext(text, DIALECT).into_offset_iter() {
        match &event {
            Event::Start(Tag::Link { dest_url, .. }) => {
                open = Some(Link {
                    target: dest_url.to_string(),
                    words: range.start + 1..range.start + 1,
                    range: range.clone(),
                    before,
                });
            }
            Event::End(TagEnd::Link) => links.extend(open.take()),
            _ => {
                if let Some(link) = &mut open {
                    link.words.end = link.words.end.max(range.end);
                }
            }
        }
        match event {
            Event::Text(words) | Event::Code(words) => {
                let last = words.trim_end().chars().next_back();
                before = last.or(before);
            }
            Event::HardBreak | Event::Start(Tag::Paragraph | Tag::Item | Tag::TableCell) => {
                before = None;
            }
            _ => {}
        }
    }
    links
}
