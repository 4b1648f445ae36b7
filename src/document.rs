//! The document tree: what a reader of one language reads, without its look.
//!
//! `markdown` builds it from rendered Markdown, `parallel` pairs two of them,
//! and `typeset` hands it to `templates/page.typ` as JSON in exactly this
//! shape: the serde attributes below are that file's documentation.

use serde::Serialize;

use crate::agreement::Language;
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
    /// What a conformed copy says of itself.
    Notice,
    /// What a draft still lacks.
    OpenPoints,
    /// Who keeps which originals.
    Custody,
}

impl Role {
    /// All roles.
    pub const ALL: [Role; 11] = [
        Role::Header,
        Role::Title,
        Role::Preamble,
        Role::Content,
        Role::Implementation,
        Role::Contacts,
        Role::Closing,
        Role::Signatures,
        Role::Notice,
        Role::OpenPoints,
        Role::Custody,
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
            Role::Notice => "notice",
            Role::OpenPoints => "open-points",
            Role::Custody => "custody",
        }
    }
}

/// A part of a section that says the same thing in every language.
#[derive(Clone, Debug)]
pub struct Unit {
    /// Names the part: a clause's or a party's id, or a fixed word.
    pub id: String,
    /// Its blocks.
    pub blocks: Vec<Block>,
    /// Its Markdown.
    pub span: Span,
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
}

/// Words, or what stands among them.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Inline {
    /// Letters, exactly as they are to be read.
    Text {
        /// The letters.
        text: String,
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
    /// The end of a line, by the author's will.
    Break,
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

/// Returns the plain text of `blocks`, a line for each paragraph.
pub fn plain_text(blocks: &[Block]) -> String {
    let mut text = String::new();
    for block in blocks {
        match block {
            Block::Heading { body, .. } | Block::Paragraph { body } => {
                push_inlines(&mut text, body);
                text.push('\n');
            }
            Block::List {
                start,
                paren,
                items,
            } => {
                let stop = if *paren { ')' } else { '.' };
                for (number, item) in (start.unwrap_or(0)..).zip(items) {
                    match start {
                        Some(_) => text.push_str(&format!("{number}{stop} ")),
                        None => text.push_str("- "),
                    }
                    text.push_str(&plain_text(item));
                    if item.is_empty() {
                        text.push('\n');
                    }
                }
            }
            Block::Quote { body } => text.push_str(&plain_text(body)),
        }
    }
    text
}

fn push_inlines(text: &mut String, body: &[Inline]) {
    for inline in body {
        match inline {
            Inline::Text { text: letters } => text.push_str(letters),
            Inline::Strong { body } | Inline::Emph { body } | Inline::Link { body, .. } => {
                push_inlines(text, body);
            }
            Inline::Break => text.push('\n'),
        }
    }
}
