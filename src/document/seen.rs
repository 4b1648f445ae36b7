//! What a reader sees of a text, whatever its look.
//!
//! Input: a tree. Output: the digest of its words, numbers, punctuation, kinds of
//! block, emphasis, link targets, odd spaces, and the order of all that; or the
//! same written out for people, a line for each block. How a text is broken into
//! lines, and how many plain spaces part its words, is not in it.

use crate::text::digest::Hasher;

use super::tree::{Block, Document, Event, Node, Role, walk};

/// One thing that is seen.
enum Sight<'a> {
    /// A part begins, so many levels deep in its section.
    Part(Role, usize),
    /// A container begins or ends.
    Mark(bool, Node<'a>),
    /// Words, with one plain space where they were parted by any number.
    Words(String),
    /// The end of a line, by the author's will.
    Break,
}

/// The sections that are around the text and not of it.
pub const AROUND: [Role; 5] = [
    Role::Notice,
    Role::OpenPoints,
    Role::Custody,
    Role::Differences,
    Role::Reviewing,
];

/// Returns the digest of what is seen of the agreement itself.
pub fn digest(document: &Document) -> String {
    let mut hasher = Hasher::default();
    for sight in sights(document) {
        match sight {
            Sight::Part(role, depth) => hasher.add(&format!("part {} {depth}", role.name())),
            Sight::Mark(true, node) => hasher.add(&format!("start {}", named(node))),
            Sight::Mark(false, _) => hasher.add("end"),
            Sight::Words(words) => hasher.add(&format!("words {words}")),
            Sight::Break => hasher.add("break"),
        }
    }
    hasher.finish()
}

/// Returns the name of a container in a digest, which stays whatever the program
/// calls it.
fn named(node: Node<'_>) -> String {
    match node {
        Node::Heading(level) => format!("heading {level}"),
        Node::Paragraph => "paragraph".to_owned(),
        Node::List(Some(_)) => "numbered list".to_owned(),
        Node::List(None) => "list".to_owned(),
        Node::Item(Some(number)) => format!("item {number}"),
        Node::Item(None) => "item".to_owned(),
        Node::Quote => "quotation".to_owned(),
        Node::Table(align) => {
            let marks: Vec<&str> = align.iter().map(|align| align.mark()).collect();
            format!("table {}", marks.join(" "))
        }
        Node::Head => "header of a table".to_owned(),
        Node::Row => "row".to_owned(),
        Node::Cell => "cell".to_owned(),
        Node::Strong => "strong".to_owned(),
        Node::Emph => "emphasis".to_owned(),
        Node::Link(target) => format!("link {target}"),
        Node::Changed(change) => change.name().to_owned(),
    }
}

/// Returns what is seen as lines for people; `name` gives the name of a kind of
/// block or space.
pub fn told(document: &Document, name: &dyn Fn(&str) -> String) -> String {
    let mut text = String::new();
    for sight in sights(document) {
        match sight {
            Sight::Part(..) => {}
            Sight::Break => text.push_str(" ↵ "),
            Sight::Words(words) => text.push_str(&spelled(&words, name)),
            Sight::Mark(starts, node) => match (starts, node) {
                (_, Node::Strong) => text.push_str("**"),
                (_, Node::Emph) => text.push('*'),
                (true, Node::Link(_)) => text.push('['),
                (false, Node::Link(target)) => text.push_str(&format!("]({target})")),
                (true, Node::Heading(_)) => text.push_str(&format!("{}: ", name("block-heading"))),
                (true, Node::Quote) => text.push_str(&format!("{}: ", name("block-quote"))),
                (true, Node::Item(Some(number))) => text.push_str(&format!("{number} ")),
                (true, Node::Item(None)) => text.push_str("- "),
                (true, Node::Paragraph) => text.push_str("¶ "),
                (false, Node::Heading(_) | Node::Paragraph) => text.push('\n'),
                (true, Node::Table(_)) => text.push_str(&format!("{}\n", named(node))),
                (true, Node::Head | Node::Row) => text.push('|'),
                (true, Node::Cell) => text.push(' '),
                (false, Node::Cell) => text.push_str(" |"),
                (false, Node::Head | Node::Row) => text.push('\n'),
                (false, Node::Table(_))
                | (_, Node::List(_) | Node::Changed(_))
                | (false, Node::Quote | Node::Item(_)) => {}
            },
        }
    }
    text
}

/// Returns the words of blocks as pages print them: a line for each paragraph and
/// for each cell of a table.
pub fn words(blocks: &[Block]) -> String {
    let mut text = String::new();
    walk(blocks, &mut |event| match event {
        Event::Text(letters) => text.push_str(letters),
        Event::Start(Node::Item(Some(number))) => text.push_str(&format!("{number} ")),
        Event::Start(Node::Item(None)) => text.push_str("- "),
        Event::Break
        | Event::End(Node::Heading(_) | Node::Paragraph | Node::Cell | Node::Item(_)) => {
            text.push('\n');
        }
        Event::Start(_) | Event::End(_) => {}
    });
    text
}

/// Returns words with each space or sign that is not seen named.
fn spelled(words: &str, name: &dyn Fn(&str) -> String) -> String {
    let mut text = String::new();
    for letter in words.chars() {
        let unseen = letter.is_whitespace()
            || matches!(
                letter,
                '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'
            );
        match letter {
            ' ' => text.push(' '),
            odd if unseen => {
                text.push_str(&format!("‹{} U+{:04X}›", name("odd-space"), u32::from(odd)));
            }
            letter => text.push(letter),
        }
    }
    text
}

fn sights(document: &Document) -> Vec<Sight<'_>> {
    let mut sights = Vec::new();
    for section in &document.sections {
        if AROUND.contains(&section.role) {
            continue;
        }
        for unit in &section.units {
            sights.push(Sight::Part(section.role, unit.depth()));
            walk(&unit.blocks, &mut |event| match event {
                Event::Start(node) => sights.push(Sight::Mark(true, node)),
                Event::End(node) => sights.push(Sight::Mark(false, node)),
                Event::Break => sights.push(Sight::Break),
                Event::Text(text) => add_words(&mut sights, text),
            });
        }
    }
    sights
}

/// Adds words to the last ones, with one plain space for any number of them.
fn add_words(sights: &mut Vec<Sight<'_>>, text: &str) {
    if !matches!(sights.last(), Some(Sight::Words(_))) {
        sights.push(Sight::Words(String::new()));
    }
    let Some(Sight::Words(words)) = sights.last_mut() else {
        return;
    };
    for letter in text.chars() {
        match letter {
            ' ' | '\t' | '\n' | '\r' if words.ends_with(' ') => {}
            ' ' | '\t' | '\n' | '\r' => words.push(' '),
            letter => words.push(letter),
        }
    }
}
