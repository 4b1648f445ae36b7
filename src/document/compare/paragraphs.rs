//! Blocks as the paragraphs that are compared: their letters, and how each looks.

use super::super::tree::{Align, Block, Event, Inline, Node, walk};

/// How letters look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Look {
    /// They are strong.
    pub strong: bool,
    /// They are set apart.
    pub emph: bool,
}

/// A paragraph, a heading, or a row of a table, with its mark: letters of one look each,
/// where `\n` is the end of a line by the author's will.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Plain(pub(super) Vec<(String, Look)>);

impl Plain {
    pub(super) fn text(&self) -> String {
        self.0.iter().map(|(text, _)| text.as_str()).collect()
    }

    fn push(&mut self, text: &str, look: Look) {
        match self.0.last_mut() {
            Some((last, of)) if *of == look => last.push_str(text),
            _ if text.is_empty() => {}
            _ => self.0.push((text.to_owned(), look)),
        }
    }
}

/// Returns the paragraphs of blocks. Numbers and marks are letters of them, and the cells
/// of a row stand between bars.
pub(super) fn paragraphs(blocks: &[Block]) -> Vec<Plain> {
    let mut reader = Reader::default();
    walk(blocks, &mut |event| reader.event(event));
    reader.end();
    reader.done
}

#[derive(Default)]
struct Reader {
    done: Vec<Plain>,
    open: Plain,
    /// How many containers of words that look so are open.
    strong: usize,
    emph: usize,
    in_cell: bool,
}

impl Reader {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Text(text) if self.in_cell => {
                let text = text.replace('\\', "\\\\").replace('|', "\\|");
                self.push(&text);
            }
            Event::Text(text) => self.push(text),
            Event::Break => self.push("\n"),
            Event::Start(node) => self.start(node),
            Event::End(node) => self.finish(node),
        }
    }

    fn start(&mut self, node: Node<'_>) {
        match node {
            Node::Strong => self.strong += 1,
            Node::Emph => self.emph += 1,
            Node::Heading(_) => {
                self.end();
                self.strong += 1;
            }
            Node::Item(number) => {
                self.end();
                let mark = number.map_or("-".to_owned(), |number| number.to_string());
                self.push(&format!("{mark} "));
            }
            Node::Table(_) | Node::Quote | Node::List(_) => self.end_unless_marked(),
            Node::Head => {
                self.strong += 1;
                self.push("|");
            }
            Node::Row => self.push("|"),
            Node::Cell => {
                self.in_cell = true;
                self.push(" ");
            }
            Node::Paragraph | Node::Link(_) | Node::Changed(_) => {}
        }
    }

    fn finish(&mut self, node: Node<'_>) {
        match node {
            Node::Strong => self.strong -= 1,
            Node::Emph => self.emph -= 1,
            Node::Heading(_) => {
                self.strong -= 1;
                self.end();
            }
            Node::Cell => {
                self.push(" |");
                self.in_cell = false;
            }
            Node::Head => {
                self.strong -= 1;
                self.end();
            }
            Node::Table(align) => self.alignment(align),
            Node::Paragraph | Node::Row | Node::Item(_) | Node::Quote | Node::List(_) => self.end(),
            Node::Link(_) | Node::Changed(_) => {}
        }
    }

    /// Adds how columns stand, where that is not as text does: it is seen.
    fn alignment(&mut self, align: &[Align]) {
        self.end();
        if align.iter().any(|align| *align != Align::Left) {
            let marks = align.iter().map(|align| format!(" {} |", align.mark()));
            self.push(&format!("|{}", marks.collect::<String>()));
            self.end();
        }
    }

    fn push(&mut self, text: &str) {
        let look = Look {
            strong: self.strong > 0,
            emph: self.emph > 0,
        };
        self.open.push(text, look);
    }

    /// Ends a paragraph, but for a mark that stands alone before a list within its item.
    fn end_unless_marked(&mut self) {
        if !self.open.text().ends_with(' ') {
            self.end();
        }
    }

    fn end(&mut self) {
        if !self.open.0.is_empty() {
            self.done.push(std::mem::take(&mut self.open));
        }
    }
}

/// Returns letters of one look as words of the tree.
pub(super) fn inline(text: &str, look: Look) -> Vec<Inline> {
    let mut words = Vec::new();
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            words.push(Inline::Break);
        }
        if !line.is_empty() {
            words.push(Inline::Text {
                text: line.to_owned(),
                set: None,
            });
        }
    }
    if look.emph {
        words = vec![Inline::Emph { body: words }];
    }
    if look.strong {
        words = vec![Inline::Strong { body: words }];
    }
    words
}
