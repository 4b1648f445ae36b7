//! What stands around the paragraph of an enumeration and names no party: a list of
//! shares or duties below it or above it, the cells of its row, the next paragraph.
//!
//! Input: the paragraphs of a text, with where each stands. Output: the same
//! enumerations, of which those keep their order whose parties could have one each
//! of the things around them.

use std::collections::BTreeMap;

use super::super::mention::{Verdict, mentioned};
use super::super::tree::{Block, Event, Node, walk};
use super::grammar::Grammar;
use super::values::values;
use super::words::folded;
use super::{InLanguage, Item};

/// A paragraph, or what stands like one.
#[derive(Default)]
pub(super) struct Paragraph {
    pub(super) words: String,
    /// The parties mentioned in it.
    pub(super) items: Vec<Item>,
    /// How many lists, quotations, tables and points it stands in.
    depth: usize,
    /// Whether it is one of the things that stand in a row: a plain paragraph, or the
    /// first of an item, a point, a quotation or a row below the head.
    opens: bool,
    /// The row of a table that it is a cell of.
    row: Option<usize>,
}

/// Returns the paragraphs of the field at `path`.
pub(super) fn paragraphs(path: &str, blocks: &[Block]) -> Vec<Paragraph> {
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut open = Paragraph::default();
    let mut depth = path.matches("points").count();
    let mut items = depth;
    let (mut start, mut row, mut begins) = (0, 0, true);
    walk(blocks, &mut |event| match event {
        Event::Text(text) => open.words.push_str(text),
        Event::Break => open.words.push('\n'),
        Event::Start(Node::Link(_)) => start = open.words.len(),
        Event::End(Node::Link(target)) => {
            open.items
                .extend(mentioned(target).map(|(party, fixed)| Item {
                    party: party.to_owned(),
                    range: start..open.words.len(),
                    fixed,
                }));
        }
        Event::Start(Node::List(_) | Node::Table(_)) => depth += 1,
        Event::End(Node::List(_) | Node::Table(_) | Node::Quote) => depth -= 1,
        Event::Start(Node::Quote) => (depth, begins) = (depth + 1, true),
        Event::Start(Node::Item(_)) => (items, begins) = (items + 1, true),
        Event::End(Node::Item(_)) => items -= 1,
        Event::Start(node @ (Node::Head | Node::Row)) => {
            (row, begins) = (row + 1, node == Node::Row);
        }
        Event::End(node @ (Node::Paragraph | Node::Heading(_) | Node::Cell)) => {
            let is_cell = node == Node::Cell;
            open.depth = depth;
            open.row = is_cell.then_some(row);
            open.opens = std::mem::take(&mut begins) || items == 0 && !is_cell;
            paragraphs.push(std::mem::take(&mut open));
        }
        Event::Start(_) | Event::End(_) => {}
    });
    paragraphs
}

/// Tells whether a row of a table has so many cells.
fn has_row_of(paragraphs: &[&Paragraph], cells: usize) -> bool {
    let mut rows = paragraphs.chunk_by(|one, next| one.row == next.row);
    rows.any(|row| row.len() == cells && row[0].row.is_some())
}

/// Keeps the enumerations in their places whose parties could have one each of the
/// things around them, up to the next paragraphs that name a party.
pub(super) fn keep_what_is_shared_around(mut fields: Vec<&mut InLanguage>, grammar: &Grammar<'_>) {
    let mut doubts = Vec::new();
    {
        let all: Vec<(usize, usize, &Paragraph)> = fields
            .iter()
            .enumerate()
            .flat_map(|(at, field)| {
                let paragraphs = field.paragraphs.iter().enumerate();
                paragraphs.map(move |(index, paragraph)| (at, index, paragraph))
            })
            .collect();
        let nameless = |(_, _, paragraph): &&(usize, usize, &Paragraph)| paragraph.items.is_empty();

        for (at, (field, index, named)) in all.iter().enumerate() {
            let runs = &fields[*field].runs[*index];
            if runs.iter().all(|run| run.verdict == Verdict::Fixed) {
                continue;
            }
            let below = all[at + 1..]
                .iter()
                .take_while(nameless)
                .map(|(_, _, paragraph)| *paragraph);
            let above = all[..at]
                .iter()
                .rev()
                .take_while(nameless)
                .map(|(_, _, paragraph)| *paragraph);
            let around = Around {
                grammar,
                named,
                below: below.collect(),
                above: above.collect(),
            };
            for (place, run) in runs.iter().enumerate() {
                if around.may_be_shared_by(run.items.len()) {
                    doubts.push((*field, *index, place));
                }
            }
        }
    }
    for (field, paragraph, place) in doubts {
        let run = &mut fields[field].runs[paragraph][place];
        if run.verdict != Verdict::Fixed {
            run.verdict = Verdict::Assigned;
        }
    }
}

/// A paragraph with enumerations, and the nameless ones around it, the nearest first.
struct Around<'a> {
    grammar: &'a Grammar<'a>,
    named: &'a Paragraph,
    below: Vec<&'a Paragraph>,
    above: Vec<&'a Paragraph>,
}

impl Around<'_> {
    fn may_be_shared_by(&self, names: usize) -> bool {
        let has_value = |paragraph: &&&Paragraph| !values(&paragraph.words).is_empty();
        let within = |paragraph: &&&Paragraph| self.is_within(paragraph);
        let above = self.above.iter().filter(within);
        let mut all = self.below.iter().chain(&self.above);
        all.any(|paragraph| self.grammar.shares(&paragraph.words))
            || self.below.iter().filter(has_value).count() >= names
            || above.filter(has_value).count() >= names
            || self.have_one_each(&self.below, true, names)
            || self.have_one_each(&self.above, false, names)
            || self.cells() == names
            || self.named.row.is_none() && has_row_of(&self.below, names)
    }

    /// Tells whether what stands above is a list above the sentence, or a cell beside
    /// it, and no paragraph of its own.
    fn is_within(&self, paragraph: &Paragraph) -> bool {
        match self.named.row {
            Some(row) => paragraph.row == Some(row),
            None => paragraph.depth > self.named.depth,
        }
    }

    /// Tells whether things stand in a row of which each party may have one: items,
    /// points, quotations or rows, and paragraphs that the sentence opens.
    fn have_one_each(&self, paragraphs: &[&Paragraph], below: bool, names: usize) -> bool {
        let words = self.named.words.trim_end();
        let row = |paragraph: &&Paragraph| paragraph.words.trim_end().ends_with(';');
        let goes_on = !words.ends_with(['.', ';']) || {
            words.ends_with('.') && paragraphs.first().is_some_and(row)
        };
        let open = words.ends_with(':') || self.named.depth == 0 && goes_on;
        let least = self.named.depth + usize::from(!below || !open);
        let mut rows: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for paragraph in paragraphs.iter().filter(|paragraph| paragraph.opens) {
            if self.named.row.is_none() && paragraph.depth >= least {
                let row = rows.entry(paragraph.depth).or_default();
                row.push(folded(&paragraph.words));
            }
        }
        let together = self.grammar.together();
        rows.values().any(|things| {
            let things: Vec<&str> = things.iter().map(String::as_str).collect();
            together.could_have_one_each(&things, names)
        })
    }

    /// Returns how many cells beside the names hold more than a number.
    fn cells(&self) -> usize {
        let beside = |side: &[&Paragraph]| {
            let same = side.iter().take_while(|cell| cell.row == self.named.row);
            same.filter(|cell| cell.words.contains(char::is_alphabetic))
                .count()
        };
        match self.named.row {
            Some(_) => beside(&self.below) + beside(&self.above),
            None => 0,
        }
    }
}
