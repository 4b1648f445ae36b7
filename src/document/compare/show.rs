//! What changed as a text of its own: a table of all that did, then both texts in one.

use std::collections::BTreeMap;

use super::super::markdown::escaped;
use super::super::tree::{Align, Block, Change, Inline, Parallel, ParallelSection, Role, Unit};
use super::paragraphs::{Look, inline};
use super::parts::{Comparison, Fate, Held, Paragraph, Part};
use super::words::split;
use crate::language::Language;
use crate::text::letters::is_mark;

/// What the two texts are called, and the words for what became of their parts.
pub struct Sides<'a> {
    /// The id of the old text.
    pub old: &'a str,
    /// The id of the new text.
    pub new: &'a str,
    /// For each language of the comparison, its words under `comparison`.
    pub words: Vec<&'a BTreeMap<String, String>>,
    /// For each language, what it calls each of them.
    pub names: Vec<Vec<&'a str>>,
}

impl Sides<'_> {
    fn word(&self, language: usize, key: &str) -> String {
        let words = self.words.get(language);
        let word = words.and_then(|words| words.get(key));
        let word = word.map_or(key, String::as_str);
        word.replace("{old}", self.old).replace("{new}", self.new)
    }
}

/// So many letters of a part stand in the table of what changed.
const LABEL: usize = 48;

/// Returns the comparison as a text: its heading, a table of the parts that changed, and
/// every part of both texts.
pub fn tree(comparison: &Comparison, sides: &Sides<'_>) -> Parallel {
    let languages = 0..comparison.languages.len();
    let span = |language: usize| {
        let first = comparison.parts.first()?;
        first.spans.get(language).cloned()
    };
    let unit = |id: &str, language: usize, blocks: Vec<Block>| {
        let span = span(language)?;
        let id = id.to_owned();
        Some(Unit { id, blocks, span })
    };
    let summary = |language| unit("summary", language, summary(comparison, sides, language));
    let head = section(vec![languages.clone().filter_map(summary).collect()]);
    let shown = comparison
        .parts
        .iter()
        .filter(|part| part.fate != Fate::Left);
    let shown = shown.map(|part| (None, part));
    let held = comparison.held.iter().map(|held| (Some(held), &held.part));
    let rows = shown.chain(held).map(|(held, part)| {
        let units = languages.clone().filter_map(|language| {
            let mut blocks = Vec::new();
            let whose = held.map(|held| whose(held, sides, language));
            let notes = whose
                .into_iter()
                .chain(note(comparison, part, sides, language));
            for note in notes {
                blocks.push(paragraph(vec![strong(&format!("[{note}]"))]));
            }
            blocks.extend(part.texts.get(language)?.iter().map(block));
            let span = part.spans.get(language)?.clone();
            let id = "part".to_owned();
            Some(Unit { id, blocks, span })
        });
        units.collect()
    });
    Parallel {
        languages: comparison.languages.clone(),
        sections: vec![head, section(rows.collect())],
    }
}

/// Returns both texts in one, and nothing else: what was put in makes the new text, what was
/// taken out the old one, each in its own order.
pub fn redline(comparison: &Comparison) -> Parallel {
    let rows = comparison.parts.iter().map(|part| {
        let texts = match part.fate {
            Fate::Moved => part.one_side(Change::Inserted),
            _ => part.texts.clone(),
        };
        let units = texts.iter().zip(&part.spans).map(|(text, span)| Unit {
            id: "part".to_owned(),
            blocks: text.iter().map(block).collect(),
            span: span.clone(),
        });
        units.collect()
    });
    Parallel {
        languages: comparison.languages.clone(),
        sections: vec![section(rows.collect())],
    }
}

fn section(rows: Vec<Vec<Unit>>) -> ParallelSection {
    ParallelSection {
        role: Role::Differences,
        rows,
    }
}

/// Returns what is said of both texts before they come.
fn summary(comparison: &Comparison, sides: &Sides<'_>, language: usize) -> Vec<Block> {
    let word = |key: &str| sides.word(language, key);
    let mut blocks = vec![
        Block::Heading {
            level: 1,
            body: inline(&word("title"), Look::default()),
        },
        paragraph(inline(&word("sides"), Look::default())),
    ];
    let changed = comparison
        .parts
        .iter()
        .filter(|part| part.differs() && part.fate != Fate::Left)
        .map(|part| (None, part));
    let held = comparison.held.iter().map(|held| (Some(held), &held.part));
    let changed: Vec<(Option<&Held>, &Part)> = changed.chain(held).collect();
    if changed.is_empty() {
        blocks.push(paragraph(vec![strong(&word("none"))]));
        return blocks;
    }
    let head = [word("row"), word("part")].into_iter();
    let names = sides.names.get(language).into_iter().flatten();
    let head = head.chain(names.map(|name| (*name).to_owned()));
    let head: Vec<Vec<Inline>> = head.map(|name| inline(&name, Look::default())).collect();
    let rows = (1..).zip(&changed).map(|(number, (held, part))| {
        let number: usize = number;
        let only = !part.only_in().is_empty();
        let look = Look {
            strong: only,
            emph: false,
        };
        let label = label(part, language);
        let label = match held {
            Some(held) => format!("{label} ({})", whose(held, sides, language)),
            None => label,
        };
        let label = inline(&label, look);
        let fates = (0..comparison.languages.len()).map(|of| {
            let fate = sides.word(language, fate(part, of));
            inline(&fate, look)
        });
        let number = inline(&number.to_string(), look);
        [number, label].into_iter().chain(fates).collect()
    });
    let rows: Vec<Vec<Vec<Inline>>> = rows.collect();
    blocks.push(Block::Table {
        align: vec![Align::Left; head.len()],
        head,
        rows,
    });
    let mut legend = vec![changed_words(Change::Deleted, &word("deleted"))];
    legend.extend(inline("; ", Look::default()));
    legend.push(changed_words(Change::Inserted, &word("inserted")));
    legend.extend(inline(".", Look::default()));
    blocks.push(paragraph(legend));
    blocks
}

/// Returns what became of a part in a language, as a key of the pack.
fn fate(part: &Part, language: usize) -> &'static str {
    let changed = part.differs_in(language);
    match part.fate {
        Fate::Stays if changed => "changed",
        Fate::Stays => "same",
        Fate::Added => "added",
        Fate::Split(_) => "split",
        Fate::Dropped | Fate::Left => "dropped",
        Fate::Moved if changed => "moved-changed",
        Fate::Moved => "moved",
    }
}

/// Says in whose originals a part stands so.
fn whose(held: &Held, sides: &Sides<'_>, language: usize) -> String {
    let name = held.holder.get(language).map_or("", String::as_str);
    sides.word(language, "held").replace("{party}", name)
}

/// Returns what is to be noted at a part, if its words do not show it.
fn note(
    comparison: &Comparison,
    part: &Part,
    sides: &Sides<'_>,
    language: usize,
) -> Option<String> {
    let only = part.only_in();
    if !only.is_empty() {
        let names = only
            .iter()
            .filter_map(|of| sides.names.get(language)?.get(*of));
        let names: Vec<&str> = names.copied().collect();
        let note = sides.word(language, "only");
        return Some(note.replace("{languages}", &names.join(", ")));
    }
    match part.fate {
        Fate::Stays | Fate::Left => None,
        Fate::Split(from) => {
            let from = comparison.parts.get(from)?;
            let label = label(from, language);
            Some(format!("{}: {label}", sides.word(language, "split")))
        }
        _ => Some(sides.word(language, fate(part, language))),
    }
}

/// Returns the first words of a part: as they are now, or as they were where none is left.
fn label(part: &Part, language: usize) -> String {
    let text = |gone: bool| {
        let mut paragraphs = part.texts.get(language).into_iter().flatten();
        let texts = paragraphs.by_ref().map(|paragraph| {
            let pieces = paragraph.pieces.iter();
            let shown = pieces.filter(|piece| gone || piece.change != Change::Deleted);
            let text: String = shown.map(|piece| piece.text.as_str()).collect();
            text.replace('\n', " ")
        });
        let mut texts = texts.filter(|text| !text.trim().is_empty());
        texts.next()
    };
    let text = text(part.fate == Fate::Dropped).or_else(|| text(true));
    let text = text.unwrap_or_default();
    let letters = |text: &str| text.chars().filter(|letter| !is_mark(*letter)).count();
    if letters(&text) <= LABEL {
        return text;
    }
    let mut label = String::new();
    for word in split(&text) {
        if letters(&label) + letters(&word) > LABEL {
            break;
        }
        label.push_str(&word);
    }
    format!("{}…", label.trim_end())
}

fn paragraph(body: Vec<Inline>) -> Block {
    Block::Paragraph { body }
}

fn strong(text: &str) -> Inline {
    Inline::Strong {
        body: inline(text, Look::default()),
    }
}

fn changed_words(change: Change, text: &str) -> Inline {
    Inline::Changed {
        change,
        body: inline(text, Look::default()),
    }
}

fn block(paragraph: &Paragraph) -> Block {
    let words = paragraph.pieces.iter().flat_map(|piece| {
        let words = inline(&piece.text, piece.look);
        match piece.change {
            Change::Kept => words,
            change => vec![Inline::Changed {
                change,
                body: words,
            }],
        }
    });
    Block::Paragraph {
        body: words.collect(),
    }
}

/// Returns a comparison as Markdown: what was taken out is struck, what was put in
/// underlined, and the languages stand beside each other.
pub fn markdown(text: &Parallel, names: &[&str]) -> String {
    let languages = text.languages.iter().zip(names);
    let head = |(language, name): (&Language, &&str)| {
        format!("<th lang=\"{language}\">{}</th>\n", escape(name))
    };
    let heads: String = languages.map(head).collect();
    let mut out = format!("<table>\n<tr>\n{heads}</tr>\n");
    for row in text.sections.iter().flat_map(|section| &section.rows) {
        out.push_str("<tr valign=\"top\">\n");
        for (language, unit) in text.languages.iter().zip(row) {
            let blocks: Vec<String> = unit.blocks.iter().map(of_block).collect();
            let blocks = blocks.join("\n\n");
            out.push_str(&format!("<td lang=\"{language}\">\n\n{blocks}\n\n</td>\n"));
        }
        out.push_str("</tr>\n");
    }
    out + "</table>\n"
}

fn of_block(block: &Block) -> String {
    match block {
        Block::Heading { level, body } => {
            let marks = "#".repeat(usize::from(*level));
            format!("{marks} {}", of_words(body))
        }
        Block::Paragraph { body } => of_words(body),
        Block::Table { align, head, rows } => {
            let row = |cells: &[Vec<Inline>]| {
                let cells = cells.iter().map(|cell| format!(" {} |", of_words(cell)));
                format!("|{}", cells.collect::<String>())
            };
            let marks = align.iter().map(|align| format!(" {} |", align.mark()));
            let mut lines = vec![row(head), format!("|{}", marks.collect::<String>())];
            lines.extend(rows.iter().map(|cells| row(cells)));
            lines.join("\n")
        }
        // A comparison has paragraphs for these.
        Block::List { items, .. } => {
            let items = items.iter().flatten().map(of_block);
            items.collect::<Vec<_>>().join("\n\n")
        }
        Block::Quote { body } => {
            let blocks: Vec<String> = body.iter().map(of_block).collect();
            blocks.join("\n\n")
        }
    }
}

fn of_words(body: &[Inline]) -> String {
    let word = |inline: &Inline| match inline {
        Inline::Text { text, .. } => {
            // The spaces at the ends of a piece stand between words.
            let words = text.trim_matches(' ');
            let start = text.len() - text.trim_start_matches(' ').len();
            let end = text.len() - start - words.len();
            format!("{}{}{}", " ".repeat(start), escaped(words), " ".repeat(end))
        }
        Inline::Break => "<br>".to_owned(),
        Inline::Strong { body } => format!("<strong>{}</strong>", of_words(body)),
        Inline::Emph { body } => format!("<em>{}</em>", of_words(body)),
        Inline::Link { body, .. } => of_words(body),
        Inline::Changed { change, body } => {
            let body = of_words(body);
            match change {
                Change::Kept => body,
                Change::Inserted => format!("<ins>{body}</ins>"),
                Change::Deleted => format!("<del>{body}</del>"),
            }
        }
    };
    body.iter().map(word).collect()
}

fn escape(name: &str) -> String {
    name.replace('&', "&amp;").replace('<', "&lt;")
}
