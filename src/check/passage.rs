//! The texts of an agreement as the rules read them: without markup, and with
//! a way back from each word to its place in the file.

use std::cell::OnceCell;
use std::iter::Peekable;
use std::ops::Range;

use crate::agreement::{Field, Text};
use crate::document::mention::{mentioned, referenced};
use crate::document::reading::Reading;
use crate::document::references::References;
use crate::document::tree::{Align, Block, Event, Node, walk};
use crate::language::pack::LanguagePack;
use crate::language::{Language, Shelf};
use crate::source::Span;
use crate::text::letters;

use super::lexicon::Lexicons;
use super::slip::Placed;
use super::text::{self, Folded, Number, NumberWord, TypedDate};

/// One text in all its languages.
pub(super) struct Group {
    /// Where the whole text stands.
    pub(super) span: Span,
    /// The languages in which it is not blank, in the agreement's order.
    pub(super) passages: Vec<Passage>,
    /// The languages in which it is blank.
    pub(super) blank: Vec<Language>,
}

/// Bytes of a text in which words are looked for that are not found letter by
/// letter; in a longer one, the whole text is pointed at.
const LONGEST_SEARCH: usize = 4 << 10;

/// One text in one language.
pub(super) struct Passage {
    pub(super) field: Field,
    pub(super) language: Language,
    /// The key path of the text in its language.
    pub(super) path: String,
    /// The words without markup, a line for each paragraph.
    pub(super) words: String,
    /// The words in lower case, with single spaces.
    pub(super) folded: Folded,
    /// The words without accents and tone marks.
    pub(super) bare: Folded,
    /// The words without marks, white space, hyphens and dots.
    pub(super) joined: Folded,
    /// The numbers in figures.
    pub(super) numbers: Vec<Number>,
    /// The numbers in words.
    pub(super) number_words: Vec<NumberWord>,
    pub(super) dates: Vec<TypedDate>,
    /// E-mail and web addresses and telephone numbers.
    pub(super) addresses: Vec<(Range<usize>, String)>,
    /// The tree, of a Markdown field.
    pub(super) blocks: Vec<Block>,
    /// The mentions of parties, as ranges of `words`.
    pub(super) mentions: Vec<(Range<usize>, String)>,
    /// The references to clauses, in order.
    pub(super) references: Vec<Reference>,
    /// The tables, with their cells as ranges of `words`.
    pub(super) tables: Vec<Table>,
    /// The targets of other links.
    pub(super) links: Vec<(Range<usize>, String)>,
    /// Where the text stands in the file.
    pub(super) span: Span,
    /// The text as it was typed, markup included.
    pub(super) typed: String,
    /// What is printed otherwise than it was typed, once that is asked.
    slips: OnceCell<Vec<Placed>>,
    /// The way back to the file's letters, once a place is asked for.
    alignment: OnceCell<Alignment>,
}

/// A reference to a clause or to a point.
pub(super) struct Reference {
    /// Its words, as a range of the text's.
    pub(super) range: Range<usize>,
    /// What it refers to.
    pub(super) id: String,
    /// The same with its scheme, as it was typed.
    pub(super) target: String,
    /// Whether its words are computed, and none of them typed.
    pub(super) computed: bool,
}

impl Passage {
    /// Returns where the words at `range` stand in the file.
    pub(super) fn place(&self, range: &Range<usize>) -> Span {
        if let Some(reference) = self.computed_at(range) {
            let target = format!("({})", reference.target);
            return self.span.find(&target);
        }
        let alignment = self.alignment.get_or_init(|| {
            let computed = computed(&self.references);
            Alignment::new(&self.words, self.span.text(), &computed)
        });
        match alignment.raw(range) {
            Some(found) => self.span.part(found),
            // The words are written with escapes, or are not in the file at all.
            None if self.span.text().len() > LONGEST_SEARCH => self.span.clone(),
            None => self.span.find(self.at(range)),
        }
    }

    /// Returns the computed reference in which `range` lies.
    fn computed_at(&self, range: &Range<usize>) -> Option<&Reference> {
        let mut references = self.references.iter();
        references.find(|reference| reference.computed && within(range, &reference.range))
    }

    /// Returns what is printed otherwise than it was typed.
    pub(super) fn slips(&self, find: fn(&Self) -> Vec<Placed>) -> &[Placed] {
        self.slips.get_or_init(|| find(self))
    }

    /// Returns the words at `range`.
    pub(super) fn at(&self, range: &Range<usize>) -> &str {
        self.words.get(range.clone()).unwrap_or_default()
    }
}

/// Tells whether `range` lies in `whole`.
fn within(range: &Range<usize>, whole: &Range<usize>) -> bool {
    whole.start <= range.start && range.end <= whole.end
}

/// Returns where no words were typed.
fn computed(references: &[Reference]) -> Vec<Range<usize>> {
    let references = references.iter().filter(|reference| reference.computed);
    references
        .map(|reference| reference.range.clone())
        .collect()
}

/// Returns all texts of an agreement in document order.
pub(super) fn gather(reading: &Reading, shelf: &Shelf, lexicons: &Lexicons) -> Vec<Group> {
    let mut gatherer = Gatherer {
        reading,
        shelf,
        lexicons,
        groups: Vec::new(),
    };
    for (field, text) in reading.agreement.texts() {
        gatherer.add(field, text);
    }
    gatherer.groups
}

struct Gatherer<'a> {
    reading: &'a Reading,
    shelf: &'a Shelf,
    lexicons: &'a Lexicons,
    groups: Vec<Group>,
}

impl Gatherer<'_> {
    fn add(&mut self, field: Field, text: &Text) {
        let mut group = Group {
            span: self.reading.positions.at(&text.path),
            passages: Vec::new(),
            blank: Vec::new(),
        };
        for language in &self.reading.agreement.languages {
            match text.get(language) {
                Some(words) => {
                    let passage = self.passage(field, text, language, words);
                    group.passages.extend(passage);
                }
                None => group.blank.push(language.clone()),
            }
        }
        self.groups.push(group);
    }

    /// Returns nothing for Markdown that could not be read: that has been
    /// reported by the stage that tried.
    fn passage(
        &mut self,
        field: Field,
        typed: &Text,
        language: &Language,
        words: &str,
    ) -> Option<Passage> {
        let path = typed.path_in(language);
        let mut reader = Reader::new(&self.reading.references, self.shelf.pack(language));
        let mut blocks = Vec::new();
        if field.is_prose() {
            blocks = self.reading.fields.get(&path)?.to_vec();
            walk(&blocks, &mut |event| reader.event(event));
        } else {
            reader.words.push_str(words);
        }
        let lexicon = self.lexicons.of(language);
        let folded = Folded::lower(&reader.words);
        let bare = Folded::bare(&reader.words);
        // The numbers of a computed reference are compared as a reference.
        let computed = computed(&reader.references);
        let typed_at = |range: &Range<usize>| !computed.iter().any(|whole| within(range, whole));
        let mut numbers = text::numbers(&reader.words);
        numbers.retain(|number| typed_at(&number.range));
        let mut number_words = text::number_words(&folded, &lexicon.numbers);
        number_words.retain(|number| typed_at(&number.range));
        Some(Passage {
            field,
            language: language.clone(),
            joined: bare.joined(),
            bare,
            numbers,
            number_words,
            dates: text::dates(&reader.words, &lexicon.dates, &lexicon.months),
            addresses: text::addresses(&reader.words),
            folded,
            words: reader.words,
            blocks,
            mentions: reader.mentions,
            references: reader.references,
            tables: reader.tables,
            links: reader.links,
            span: self.reading.positions.at(&path),
            path,
            typed: words.to_owned(),
            slips: OnceCell::new(),
            alignment: OnceCell::new(),
        })
    }
}

/// A table of a passage.
pub(super) struct Table {
    pub(super) align: Vec<Align>,
    /// The words of each cell, the header's first.
    pub(super) rows: Vec<Vec<Range<usize>>>,
}

/// Collects the words of a tree.
struct Reader<'a> {
    targets: &'a References,
    pack: Option<&'a LanguagePack>,
    words: String,
    /// Where the open link's words start.
    link: usize,
    mentions: Vec<(Range<usize>, String)>,
    references: Vec<Reference>,
    links: Vec<(Range<usize>, String)>,
    /// Where the open cell's words start.
    cell: usize,
    tables: Vec<Table>,
}

impl<'a> Reader<'a> {
    fn new(targets: &'a References, pack: Option<&'a LanguagePack>) -> Self {
        Self {
            targets,
            pack,
            words: String::new(),
            link: 0,
            mentions: Vec::new(),
            references: Vec::new(),
            links: Vec::new(),
            cell: 0,
            tables: Vec::new(),
        }
    }

    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Text(text) => self.words.push_str(text),
            Event::Break | Event::End(Node::Heading(_) | Node::Paragraph) => self.words.push('\n'),
            Event::Start(Node::Table(align)) => self.tables.push(Table {
                align: align.to_vec(),
                rows: Vec::new(),
            }),
            Event::Start(Node::Head | Node::Row) => {
                let table = self.tables.last_mut();
                table.into_iter().for_each(|t| t.rows.push(Vec::new()));
            }
            Event::Start(Node::Cell) => self.cell = self.words.len(),
            Event::End(Node::Cell) => {
                let range = self.cell..self.words.len();
                let table = self.tables.last_mut();
                let row = table.and_then(|table| table.rows.last_mut());
                row.into_iter().for_each(|row| row.push(range.clone()));
                self.words.push('\n');
            }
            Event::Start(Node::Link(_)) => self.link = self.words.len(),
            Event::End(Node::Link(target)) => self.link(target),
            Event::Start(_) | Event::End(_) => {}
        }
    }

    fn link(&mut self, target: &str) {
        if let Some(id) = referenced(target) {
            return self.reference(id, target);
        }
        let range = self.link..self.words.len();
        match mentioned(target) {
            Some((party, _)) => self.mentions.push((range, party.to_owned())),
            None => self.links.push((range, target.to_owned())),
        }
    }

    fn reference(&mut self, id: &str, typed: &str) {
        let computed = self.link == self.words.len();
        if let (true, Some(target), Some(pack)) = (computed, self.targets.get(id), self.pack) {
            let line = self.words.rsplit('\n').next().unwrap_or_default();
            let before = line.trim_end().chars().next_back();
            self.words.push_str(&target.words(pack, before));
        }
        self.references.push(Reference {
            range: self.link..self.words.len(),
            id: id.to_owned(),
            target: typed.to_owned(),
            computed,
        });
    }
}

/// Words beside the file's own letters that became them: they differ by markup,
/// by folded lines and by the spelling of letters before they were normalised.
pub(super) struct Alignment {
    /// Where each letter of the words stands in them, and the letters of the
    /// file that it came from; white space is left out.
    letters: Vec<(usize, Range<usize>)>,
    /// How many bytes of the words have been found in the file.
    found: usize,
}

impl Alignment {
    /// Aligns `words` with `raw`, in which those at the ranges `computed` are not.
    pub(super) fn new(words: &str, raw: &str, computed: &[Range<usize>]) -> Self {
        let mut typed = raw.char_indices().peekable();
        let mut letters: Vec<(usize, Range<usize>)> = Vec::new();
        let length = words.len();
        let is_typed = |at: usize| !computed.iter().any(|range| range.contains(&at));
        let mut words = words
            .char_indices()
            .filter(|(at, c)| !c.is_whitespace() && is_typed(*at))
            .peekable();
        while let Some((at, letter)) = words.next() {
            let Some(mut place) = next_like(letter, &mut typed) else {
                return Self { letters, found: at };
            };
            // Marks that were composed with the letter belong to it.
            let next = words.peek().map(|(_, next)| *next);
            let composed = |c: char| ('\u{300}'..'\u{370}').contains(&c) && next != Some(c);
            while let Some((at, mark)) = typed.next_if(|(_, c)| composed(*c)) {
                place.end = at + mark.len_utf8();
            }
            letters.push((at, place));
        }
        Self {
            letters,
            found: length,
        }
    }

    /// Returns the part of the file's letters that became the words at `range`.
    pub(super) fn raw(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let first = self.letters.partition_point(|(at, _)| *at < range.start);
        let last = self.letters.partition_point(|(at, _)| *at < range.end);
        if range.end > self.found || first == last {
            return None;
        }
        Some(self.letters[first].1.start..self.letters[last - 1].1.end)
    }
}

/// Takes letters of the file until one has become `letter`.
fn next_like(
    letter: char,
    typed: &mut Peekable<impl Iterator<Item = (usize, char)>>,
) -> Option<Range<usize>> {
    loop {
        let (at, found) = typed.next()?;
        if same(letter, found) {
            return Some(at..at + found.len_utf8());
        }
        // The target of a link holds letters, but no words.
        if found == ']' && typed.peek().is_some_and(|(_, next)| *next == '(') {
            typed.find(|(_, c)| *c == ')')?;
        }
    }
}

fn same(letter: char, typed: char) -> bool {
    letter == typed
        || (letter == '\u{eb3}' && typed == '\u{eb2}')
        || (letter > '\u{7f}' && letters::bare(letter) == letters::bare(typed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_through_markup_and_folding() {
        let raw =
            ">-\n  giữa [tỉnh Bắc\n  Giang](party:bac-giang)-[Lào](party:x) và **ba (02)** bản";
        let words = "giữa tỉnh Bắc Giang-Lào và ba (02) bản";
        let find = |needle: &str| {
            let at = words.find(needle).expect("in the words");
            let alignment = Alignment::new(words, raw, &[]);
            let found = alignment
                .raw(&(at..at + needle.len()))
                .expect("in the file");
            raw[found].to_owned()
        };
        assert_eq!(find("ba (02)"), "ba (02)");
        assert_eq!(find("Giang-Lào"), "Giang](party:bac-giang)-[Lào");
        assert_eq!(find("Bắc Giang"), "Bắc\n  Giang");
    }

    #[test]
    fn letters_are_found_before_they_were_normalised() {
        let raw = "Đo\u{302}\u{323}c la\u{323}̂p ຈ\u{ecd}\u{ec9}\u{eb2}ປາ";
        let words = "Độc lập ຈ\u{ec9}ຳປາ";
        let at = words.find("ປາ").expect("there");
        let found = Alignment::new(words, raw, &[])
            .raw(&(at..words.len()))
            .expect("found");
        assert_eq!(&raw[found], "ປາ");
    }
}
