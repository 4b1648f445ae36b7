//! Marks of Markdown beside the names of parties.
//!
//! A mention is a link until its text is set for an original, where its words alone
//! stand, in the order of that original. Whether a star opens or closes depends on
//! the letters beside it, so without the link it may be printed as a star.

use crate::diagnostic::Findings;
use crate::document::markdown::{self, Known};
use crate::document::mention::mentioned;
use crate::document::tree::{Block, Event, Node, walk};

use super::case::Case;
use super::passage::Passage;
use super::rule::Finder;

/// What stands where a mark touches a mention.
const BESIDE: [&str; 6] = ["[*", "[_", ")*", ")_", "*[", "_["];

/// Finds mentions beside whose words a mark is another one once the link is gone.
pub(super) fn marks(case: &Case<'_>, finder: &mut Finder<'_>) {
    for passage in case.passages().filter(|passage| passage.field.is_prose()) {
        let touched = passage.mentions.is_empty().then_some(&BESIDE[..0]);
        let touched = touched.unwrap_or(&BESIDE).iter();
        let mut touched = touched.filter(|beside| passage.typed.contains(*beside));
        let Some(first) = touched.next() else {
            continue;
        };
        if !is_kept(case, passage) {
            let finding = finder.finding().at(&passage.span.find(first));
            finder.push(finding.with("text", *first).hint("mention"));
        }
    }
}

/// Tells whether each original has the signs and the marks of the text.
fn is_kept(case: &Case<'_>, passage: &Passage) -> bool {
    let runs = case.enumerations.of(&passage.path);
    let parties = case.agreement.parties.iter();
    let parties: Vec<&str> = parties.map(|party| party.id.as_str()).collect();
    let known = Known {
        parties: parties.clone(),
        clauses: case.references.ids(false),
        annexes: case.references.ids(true),
    };
    let typed = spelled(&passage.blocks);
    (0..parties.len()).all(|holder| {
        let others = (0..parties.len()).filter(|party| *party != holder);
        let order: Vec<&str> = std::iter::once(holder)
            .chain(others)
            .map(|party| parties[party])
            .collect();
        let text = markdown::ordered(&passage.typed, runs, &order);
        let read = markdown::field(&text, &passage.span, &known, &mut Findings::default());
        read.is_some_and(|blocks| spelled(&blocks) == typed)
    })
}

/// Returns the letters and marks of a text, sorted: names that change places are the
/// same, a star that is printed is not.
fn spelled(blocks: &[Block]) -> Vec<String> {
    let mut signs = Vec::new();
    walk(blocks, &mut |event| match event {
        Event::Text(text) => signs.extend(text.chars().map(String::from)),
        Event::Start(Node::Link(target)) if mentioned(target).is_some() => {}
        Event::Start(node) => signs.push(format!("{node:?}")),
        Event::End(_) | Event::Break => {}
    });
    signs.sort_unstable();
    signs
}
