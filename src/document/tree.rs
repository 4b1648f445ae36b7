//! The document tree: what a reader of one language reads, without its look.
//!
//! `markdown` builds it from rendered Markdown, `parallel` pairs two of them,
//! and `typeset` hands it to `templates/page/` as JSON in exactly this
//! shape: the serde attributes below are that file's documentation.

use std::fmt;

use serde::Serialize;

use crate::language::Language;
use crate::source::Span;

/// One language's whole text.
#[derive(Clone, Debug)]
pub struct Document {
    /// The language of every word in it.
    pub language: Language,
    /// The sections in reading order; a role may come more than once.
    pub sections: Vec<Section>,
}

/// A stretch of the document that is laid out in its own way.
#[derive(Clone, Debug)]
pub struct Section {
    /// What the section is for.
    pub role: Role,
    /// The parts that are paired between languages.
    pub units: Vec<Unit>,
}

/// What a section is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// State, motto or issuing organisation.
    Header,
    /// The agreement's name, its parties and its term.
    Title,
    /// Bases, aim and defined terms.
    Preamble,
    /// The clauses of cooperation.
    Content,
    /// The clauses of implementation.
    Implementation,
    /// Offices and how to reach them.
    Contacts,
    /// Copies, place and date.
    Closing,
    /// The signature blocks.
    Signatures,
    /// The signature blocks of witnesses.
    Witnesses,
    /// An annex.
    Annex,
    /// What a conformed copy says of itself.
    Notice,
    /// What a draft still lacks.
    OpenPoints,
    /// Who keeps which originals.
    Custody,
    /// In which words the originals differ.
    Differences,
    /// What stands around the text on the sheet of a reviewer.
    Reviewing,
}

impl Role {
    /// All roles.
    pub const ALL: [Role; 15] = [
        Role::Header,
        Role::Title,
        Role::Preamble,
        Role::Content,
        Role::Implementation,
        Role::Contacts,
        Role::Closing,
        Role::Signatures,
        Role::Witnesses,
        Role::Annex,
        Role::Notice,
        Role::OpenPoints,
        Role::Custody,
        Role::Differences,
        Role::Reviewing,
    ];

    /// Returns the word that marks the section in Markdown.
    pub fn name(self) -> &'static str {
        match self {
            Role::Header => "header",
            Role::Title => "title",
            Role::Preamble => "preamble",
            Role::Content => "content",
            Role::Implementation => "implementation",
            Role::Contacts => "contacts",
            Role::Closing => "closing",
            Role::Signatures => "signatures",
            Role::Witnesses => "witnesses",
            Role::Annex => "annex",
            Role::Notice => "notice",
            Role::OpenPoints => "open-points",
            Role::Custody => "custody",
            Role::Differences => "differences",
            Role::Reviewing => "reviewing",
        }
    }
}

/// A part of a section that says the same thing in every language.
#[derive(Clone, Debug)]
pub struct Unit {
    /// Names the part: a clause's or a party's id, or a fixed word. Points add
    /// their places: `exchanges.2.1`.
    pub id: String,
    /// Its blocks.
    pub blocks: Vec<Block>,
    /// Its Markdown.
    pub span: Span,
}

impl Unit {
    /// Returns 0 for a clause, 1 for a point of it and 2 for a point of that.
    pub fn depth(&self) -> usize {
        self.id.matches('.').count()
    }
}

/// A paragraph, or what stands like one.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Block {
    /// A heading; the title has level 1.
    Heading {
        /// 1 to 6.
        level: u8,
        /// Its words.
        body: Vec<Inline>,
    },
    /// A paragraph.
    Paragraph {
        /// Its words.
        body: Vec<Inline>,
    },
    /// A list.
    List {
        /// The number of the first item of a numbered list.
        start: Option<u64>,
        /// Whether the numbers are written `1)` and not `1.`.
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        paren: bool,
        /// The items.
        items: Vec<Vec<Block>>,
    },
    /// A quotation.
    Quote {
        /// What is quoted.
        body: Vec<Block>,
    },
    /// A table.
    Table {
        /// How each column is aligned.
        align: Vec<Align>,
        /// The cells of the header, one for each column.
        head: Vec<Vec<Inline>>,
        /// The cells of the rows below it, one for each column.
        rows: Vec<Vec<Vec<Inline>>>,
    },
}

/// How the cells of a column stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Align {
    /// At the left, as text does.
    Left,
    /// In the middle.
    Center,
    /// At the right, as numbers do.
    Right,
}

impl Align {
    /// Returns the mark of a column, as it is typed below the header.
    pub fn mark(self) -> &'static str {
        match self {
            Align::Left => "---",
            Align::Center => ":-:",
            Align::Right => "--:",
        }
    }
}

/// Words, or what stands among them.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Inline {
    /// Letters, exactly as they are to be read.
    Text {
        /// The letters.
        text: String,
        /// The same with characters that are not seen, where its lines may not end as
        /// the typesetter would end them; only what a page receives has it.
        #[serde(skip_serializing_if = "Option::is_none")]
        set: Option<String>,
    },
    /// Words that matter; bold in Vietnamese and in Lao.
    Strong {
        /// The words.
        body: Vec<Inline>,
    },
    /// Words set apart; italic in Vietnamese, upright in Lao.
    Emph {
        /// The words.
        body: Vec<Inline>,
    },
    /// Words that lead somewhere.
    Link {
        /// Where to.
        target: String,
        /// The words.
        body: Vec<Inline>,
    },
    /// Words that stand in one of two texts only, where these are compared.
    Changed {
        /// In which.
        change: Change,
        /// The words.
        body: Vec<Inline>,
    },
    /// The end of a line, by the author's will.
    Break,
}

/// What became of words from an old text to a new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// They are in both.
    Kept,
    /// They are in the new one.
    Inserted,
    /// They are in the old one.
    Deleted,
}

impl Change {
    /// Returns its name.
    pub fn name(self) -> &'static str {
        match self {
            Change::Kept => "kept",
            Change::Inserted => "inserted",
            Change::Deleted => "deleted",
        }
    }
}

/// Two or more languages side by side, clause by clause.
#[derive(Clone, Debug)]
pub struct Parallel {
    /// The languages of the columns.
    pub languages: Vec<Language>,
    /// The sections, each with its rows.
    pub sections: Vec<ParallelSection>,
}

/// One section of a parallel text.
#[derive(Clone, Debug)]
pub struct ParallelSection {
    /// What the section is for.
    pub role: Role,
    /// The rows: the same unit in every language, in the order of `languages`.
    pub rows: Vec<Vec<Unit>>,
}

/// A container of the tree, as [`walk`] meets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Node<'a> {
    /// A heading, with its level.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// A list, with the number of its first item if it is a numbered one.
    List(Option<Number>),
    /// An item of a list, with its number.
    Item(Option<Number>),
    /// A quotation.
    Quote,
    /// A table, with the alignment of its columns.
    Table(&'a [Align]),
    /// The header of a table.
    Head,
    /// A row of a table, below the header.
    Row,
    /// A cell of a table.
    Cell,
    /// Strong words.
    Strong,
    /// Emphasised words.
    Emph,
    /// A link, with its target.
    Link(&'a str),
    /// Words that stand in one of two texts only.
    Changed(Change),
}

/// The number of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number {
    /// The number.
    pub value: u64,
    /// Whether it is written `1)` and not `1.`.
    pub paren: bool,
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.value, if self.paren { ')' } else { '.' })
    }
}

/// What [`walk`] meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event<'a> {
    /// A container begins.
    Start(Node<'a>),
    /// A container ends.
    End(Node<'a>),
    /// Letters.
    Text(&'a str),
    /// The end of a line, by the author's will.
    Break,
}

/// Shows a tree to `visit`, in reading order.
pub fn walk<'a>(blocks: &'a [Block], visit: &mut impl FnMut(Event<'a>)) {
    for block in blocks {
        match block {
            Block::Heading { level, body } => {
                visit(Event::Start(Node::Heading(*level)));
                walk_inlines(body, visit);
                visit(Event::End(Node::Heading(*level)));
            }
            Block::Paragraph { body } => {
                visit(Event::Start(Node::Paragraph));
                walk_inlines(body, visit);
                visit(Event::End(Node::Paragraph));
            }
            Block::List {
                start,
                paren,
                items,
            } => {
                let number = |index: u64| {
                    start.map(|start| Number {
                        value: start.saturating_add(index),
                        paren: *paren,
                    })
                };
                visit(Event::Start(Node::List(number(0))));
                for (index, item) in (0..).zip(items) {
                    let number = number(index);
                    visit(Event::Start(Node::Item(number)));
                    walk(item, visit);
                    visit(Event::End(Node::Item(number)));
                }
                visit(Event::End(Node::List(number(0))));
            }
            Block::Quote { body } => {
                visit(Event::Start(Node::Quote));
                walk(body, visit);
                visit(Event::End(Node::Quote));
            }
            Block::Table { align, head, rows } => {
                visit(Event::Start(Node::Table(align)));
                walk_row(Node::Head, head, visit);
                for row in rows {
                    walk_row(Node::Row, row, visit);
                }
                visit(Event::End(Node::Table(align)));
            }
        }
    }
}

fn walk_row<'a>(node: Node<'a>, cells: &'a [Vec<Inline>], visit: &mut impl FnMut(Event<'a>)) {
    visit(Event::Start(node));
    for cell in cells {
        visit(Event::Start(Node::Cell));
        walk_inlines(cell, visit);
        visit(Event::End(Node::Cell));
    }
    visit(Event::End(node));
}

fn walk_inlines<'a>(body: &'a [Inline], visit: &mut impl FnMut(Event<'a>)) {
    for inline in body {
        let (node, body) = match inline {
            Inline::Text { text, .. } => {
                visit(Event::Text(text));
                continue;
            }
            Inline::Break => {
                visit(Event::Break);
                continue;
            }
            Inline::Strong { body } => (Node::Strong, body),
            Inline::Emph { body } => (Node::Emph, body),
            Inline::Link { target, body } => (Node::Link(target), body),
            Inline::Changed { change, body } => (Node::Changed(*change), body),
        };
        visit(Event::Start(node));
        walk_inlines(body, visit);
        visit(Event::End(node));
    }
}

/// Returns the plain text of `blocks`, a line for each paragraph and for each row of
/// a table. Two tables that differ in anything, be it one word in another cell or
/// another alignment, differ in their text.
pub fn plain_text(blocks: &[Block]) -> String {
    let mut text = String::new();
    let mut columns: &[Align] = &[];
    let mut in_cell = false;
    walk(blocks, &mut |event| match event {
        Event::End(Node::Item(_)) if !text.ends_with('\n') => text.push('\n'),
        Event::Text(letters) if in_cell => {
            text.push_str(&letters.replace('\\', "\\\\").replace('|', "\\|"));
        }
        Event::Text(letters) => text.push_str(letters),
        Event::Start(Node::Table(align)) => columns = align,
        Event::Start(Node::Head | Node::Row) => text.push('|'),
        Event::Start(Node::Cell) => {
            in_cell = true;
            text.push(' ');
        }
        Event::End(Node::Cell) => {
            in_cell = false;
            text.push_str(" |");
        }
        Event::End(Node::Row) => text.push('\n'),
        Event::End(Node::Head) => {
            text.push_str("\n|");
            for align in columns {
                text.push_str(&format!(" {} |", align.mark()));
            }
            text.push('\n');
        }
        Event::Start(Node::Item(Some(number))) => text.push_str(&format!("{number} ")),
        Event::Start(Node::Item(None)) => text.push_str("- "),
        Event::Break | Event::End(Node::Heading(_) | Node::Paragraph) => text.push('\n'),
        Event::Start(_) | Event::End(_) => {}
    });
    text
}
