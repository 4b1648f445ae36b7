//! What was typed is what is printed.
//!
//! Input: a Markdown field as it was typed, and the tree that is printed. The
//! tree is spelled out once more beside the typed text: words letter by letter,
//! `**` around what is bold, a mark before each item. Whatever the two do not
//! have in common is a slip: a sign that is not printed, a number that changes,
//! a line that is joined with the one before. Output: findings at those places.

use std::ops::Range;

use crate::diagnostic::Severity;
use crate::document::mention::referenced;
use crate::document::tree::{Block, Inline};
use crate::text::letters::{digit, is_lao};

use super::case::Case;
use super::openings::{self, Openings};
use super::passage::{Alignment, Passage};
use super::residue;
use super::rows;
use super::rule::Finder;
use super::slip::{Placed, Slip};
use super::unlinked;

/// Returns the slips of a Markdown field.
fn slips(passage: &Passage) -> Vec<Placed> {
    let raw = passage.span.text();
    let style = openings::Style::of(&passage.span);
    let folded = openings::folded(&passage.span, style);
    let told = folded.iter().any(|slip| slip.code == rows::UNREAD);
    let mut walk = Walk::new(&passage.typed, style.joins_paragraphs(raw));
    walk.field(&passage.blocks);
    let mut slips = walk.slips;
    slips.extend(residue::left_over(&passage.typed, &walk.literal));
    if !told {
        slips.extend(rows::unread(&passage.typed, &walk.literal));
    }
    let mut placed: Vec<Placed> = Vec::new();
    if !slips.is_empty() {
        let alignment = Alignment::new(&passage.typed, raw, &[]);
        for slip in slips {
            let text = passage.typed[slip.range.clone()].to_owned();
            let span = match alignment.raw(&slip.range) {
                Some(found) => passage.span.part(found),
                // The text is written with escapes of YAML.
                None => passage.span.find(&text),
            };
            placed.push(Placed { slip, text, span });
        }
    }
    for slip in folded {
        let span = passage.span.part(slip.range.clone());
        let text = span.text().to_owned();
        placed.push(Placed { slip, text, span });
    }
    placed
}

/// Hands over the slips of one code.
fn report(case: &Case<'_>, finder: &mut Finder<'_>, code: &str) {
    for passage in case.passages().filter(|passage| passage.field.is_prose()) {
        for Placed { slip, text, span } in
            passage.slips(slips).iter().filter(|p| p.slip.code == code)
        {
            let mut finding = finder.finding().at(span).with("text", text);
            finding.severity = slip.severity;
            if let Some(printed) = &slip.printed {
                finding = finding.with("printed", printed);
            }
            finder.push(slip.hints.iter().fold(finding, |f, hint| f.hint(hint)));
        }
    }
}

/// Finds signs that are typed and not printed.
pub(super) fn typed_not_printed(case: &Case<'_>, finder: &mut Finder<'_>) {
    report(case, finder, "typed-not-printed");
    unlinked::marks(case, finder);
}

/// Finds marks and numbers of lists that are printed as others.
pub(super) fn mark_changed(case: &Case<'_>, finder: &mut Finder<'_>) {
    report(case, finder, "mark-changed");
}

/// Finds lines that begin as points do and are joined with the line before.
pub(super) fn line_joined(case: &Case<'_>, finder: &mut Finder<'_>) {
    report(case, finder, "line-joined");
}

/// Finds lists that a dash or a number at the start of a line made by accident.
pub(super) fn accidental_list(case: &Case<'_>, finder: &mut Finder<'_>) {
    report(case, finder, "accidental-list");
}

/// Finds marks of Markdown that are printed as they stand.
pub(super) fn mark_left_over(case: &Case<'_>, finder: &mut Finder<'_>) {
    report(case, finder, "mark-left-over");
}

/// Finds rows of a table that would be printed as running text.
pub(super) fn table_unread(case: &Case<'_>, finder: &mut Finder<'_>) {
    report(case, finder, rows::UNREAD);
    for passage in case.passages().filter(|passage| !passage.field.is_prose()) {
        if let Some(range) = rows::first(&passage.typed) {
            let finding = finder.finding().at(&passage.place(&range));
            let finding = finding.with("text", &passage.typed[range]);
            finder.push(finding.hint("plain"));
        }
    }
}

/// Finds marks that open where they were meant to close.
pub(super) fn bold_misread(case: &Case<'_>, finder: &mut Finder<'_>) {
    report(case, finder, "bold-misread");
}

/// What became of a typed sign that is not the one expected.
enum Explained {
    /// It is not printed.
    Skipped,
    /// It is printed as the letter expected.
    Printed,
    /// Nothing explains it.
    No,
}

/// Reads the typed text beside the tree.
struct Walk<'a> {
    typed: &'a str,
    at: usize,
    openings: Openings<'a>,
    /// Whether a single line end of the text is an empty line of the file.
    joins: bool,
    /// Whether the words of the paragraph have begun.
    inside: bool,
    /// Parentheses that the paragraph has opened and not closed.
    parens: usize,
    /// The column of the mark of each open item.
    items: Vec<usize>,
    /// Whether the words are those of a cell.
    in_table: bool,
    quotes: usize,
    strong: usize,
    emph: usize,
    /// Where signs are printed that Markdown could have acted on.
    literal: Vec<usize>,
    lost: bool,
    slips: Vec<Slip>,
}

/// Signs that Markdown, or a dialect of it, acts on.
const SIGNS: &str = "*_`[]~=^$|:\\";

impl<'a> Walk<'a> {
    fn new(typed: &'a str, joins: bool) -> Self {
        Self {
            typed,
            at: 0,
            openings: Openings::of(typed),
            joins,
            inside: false,
            parens: 0,
            items: Vec::new(),
            in_table: false,
            quotes: 0,
            strong: 0,
            emph: 0,
            literal: Vec::new(),
            lost: false,
            slips: Vec::new(),
        }
    }

    fn field(&mut self, blocks: &[Block]) {
        self.blocks(blocks);
        self.inside = false;
        self.space();
        while !self.lost && self.at < self.typed.len() {
            if matches!(self.explain(None), Explained::No) {
                self.lose();
            }
            self.space();
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        let mut after_paragraph = false;
        for block in blocks {
            self.inside = false;
            self.parens = 0;
            match block {
                Block::Heading { body, .. } | Block::Paragraph { body } => self.inlines(body),
                Block::List {
                    start,
                    paren,
                    items,
                } => self.list(*start, *paren, items, after_paragraph),
                Block::Table { head, rows, .. } => self.table(head, rows),
                Block::Quote { body } => {
                    self.space();
                    let start = self.at;
                    let below = after_paragraph && !self.openings.line_before(start).is_empty();
                    if self.take(">") {
                        let apart = self.typed[self.at..].starts_with([' ', '\t', '\n', '>']);
                        let hint = match apart {
                            true if !below || self.joins => None,
                            true => Some("quotation"),
                            false => Some("greater"),
                        };
                        let slip = |hint| Slip::new("typed-not-printed", start..start + 1, &[hint]);
                        self.slips.extend(hint.map(slip));
                    }
                    self.quotes += 1;
                    self.blocks(body);
                    self.inside = false;
                    self.space();
                    self.quotes -= 1;
                }
            }
            after_paragraph = matches!(block, Block::Paragraph { .. });
        }
    }

    fn list(&mut self, start: Option<u64>, paren: bool, items: &[Vec<Block>], interrupts: bool) {
        let stop = if paren { ')' } else { '.' };
        for (index, item) in items.iter().enumerate() {
            self.inside = false;
            self.space();
            while matches!(self.explain(None), Explained::Skipped) {
                self.space();
            }
            let rest = &self.typed[self.at..];
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            let length = (digits + 1).min(rest.len());
            let marked = match start {
                Some(_) => digits > 0 && rest[digits..].starts_with(['.', ')']),
                None => rest.starts_with(['-', '*', '+']),
            };
            if !marked {
                return self.lose();
            }
            let range = self.at..self.at + length;
            if index == 0 && interrupts {
                self.accident(&range, items);
            }
            self.compare_mark(
                range.clone(),
                start.map(|start| (start + index as u64, stop)),
            );
            self.items.push(self.column());
            self.at = range.end;
            self.blocks(item);
            self.items.pop();
        }
    }

    fn table(&mut self, head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) {
        self.in_table = true;
        self.row(head);
        // The line below the header says how the columns are aligned.
        self.space();
        let marks = self.typed[self.at..].lines().next();
        self.at += marks.map_or(0, str::len);
        for row in rows {
            self.space();
            let line = self.typed[self.at..].lines().next().unwrap_or_default();
            // The marks of a second table, which is read as rows of the first.
            if rows::is_marks(line) {
                let range = self.at..self.at + line.trim_end().len();
                self.slips
                    .push(Slip::new("mark-left-over", range, &["tables"]));
            }
            self.row(row);
        }
        self.in_table = false;
    }

    fn row(&mut self, cells: &[Vec<Inline>]) {
        self.inside = false;
        self.space();
        if !self.take("|") {
            return self.lose();
        }
        for cell in cells {
            self.parens = 0;
            self.inlines(cell);
            self.space();
            while !self.lost && !self.take("|") {
                match self.explain(None) {
                    Explained::No => self.lose(),
                    Explained::Skipped | Explained::Printed => self.space(),
                }
            }
        }
        self.inside = false;
    }

    /// Compares the mark of an item with the one that is printed.
    fn compare_mark(&mut self, range: Range<usize>, number: Option<(u64, char)>) {
        let typed = &self.typed[range.clone()];
        let (printed, hint) = match number {
            None if typed == "+" => ("-".to_owned(), "plus"),
            None => return,
            Some((number, stop)) => {
                let zero = typed.starts_with('0') && number > 0;
                let hint = if zero { "zero" } else { "count" };
                (format!("{number}{stop}"), hint)
            }
        };
        if typed != printed {
            let mut slip = Slip::new("mark-changed", range, &[hint]);
            slip.printed = Some(printed);
            self.slips.push(slip);
        }
    }

    /// Tells a list from a line that only begins like one: an item right below a
    /// line that does not introduce it.
    fn accident(&mut self, mark: &Range<usize>, items: &[Vec<Block>]) {
        let before = self.openings.line_before(mark.start);
        // A list within a list is indented, which nobody does by accident.
        let nested = !self.items.is_empty();
        if self.joins || nested || before.is_empty() {
            return;
        }
        let item = self.typed[mark.end..].trim_start();
        let figure = item.starts_with(|c: char| c.is_numeric());
        let introduced = before.ends_with([':', ';', '.', '…']);
        if !introduced && (figure || !before.ends_with(',')) {
            let mut slip = Slip::new("accidental-list", mark.clone(), &["wrap", "blank"]);
            if items.len() > 1 && !figure {
                slip.severity = Severity::Warning;
            }
            self.slips.push(slip);
        }
    }

    fn inlines(&mut self, body: &[Inline]) {
        for inline in body {
            match inline {
                Inline::Text { text, .. } => text.chars().for_each(|letter| self.letter(letter)),
                Inline::Strong { body } => {
                    self.strong += 1;
                    self.marked(body, "**", "__", self.strong > 1);
                    self.strong -= 1;
                }
                Inline::Emph { body } => {
                    self.emph += 1;
                    self.marked(body, "*", "_", self.emph > 1);
                    self.emph -= 1;
                }
                Inline::Link { body, .. } => self.link(body),
                Inline::Changed { body, .. } => self.inlines(body),
                Inline::Break => self.hard_break(),
            }
        }
    }

    /// Reads words between `mark` and `mark`; `other` would do the same, but is
    /// not how texts are marked here.
    fn marked(&mut self, body: &[Inline], mark: &str, other: &'static str, nested: bool) {
        let start = self.at;
        self.delimiter(mark, other);
        let open = self.at.saturating_sub(mark.len()).max(start)..self.at;
        if nested && !self.lost {
            self.slips
                .push(Slip::new("bold-misread", open.clone(), &["outside"]));
        }
        self.inlines(body);
        self.delimiter(mark, other);
        let close = self.at.saturating_sub(mark.len()).max(open.end)..self.at;
        if !self.lost {
            let signs = [open, close];
            let figures = signs.into_iter().find(|sign| self.is_a_sign(sign));
            let slip = |sign| Slip::new("typed-not-printed", sign, &["figures"]);
            self.slips.extend(figures.map(slip));
        }
    }

    /// Tells stars that are a sign of the text, though Markdown takes them for marks:
    /// within a word or a number, as in "10*20", or by themselves between brackets.
    fn is_a_sign(&self, mark: &Range<usize>) -> bool {
        let before = self.typed[..mark.start].chars().next_back();
        let after = self.typed[mark.end..].chars().next();
        let figure = |letter: char| digit(letter).is_some();
        // Lao writes its words without spaces between them, and a part of a word may
        // be bold.
        let goes_on = |letter: char| {
            figure(letter) || mark.len() == 1 && letter.is_alphanumeric() && !is_lao(letter)
        };
        match (before, after) {
            (Some('('), Some(')')) | (Some('['), Some(']')) => true,
            (Some(before), Some(after)) => goes_on(before) && goes_on(after),
            _ => false,
        }
    }

    fn delimiter(&mut self, mark: &str, other: &'static str) {
        while !self.lost {
            self.space();
            let start = self.at;
            if self.take(mark) {
                self.inside = true;
                return;
            }
            if self.take(other) {
                self.inside = true;
                let range = start..self.at;
                return self
                    .slips
                    .push(Slip::new("typed-not-printed", range, &["stars"]));
            }
            if matches!(self.explain(None), Explained::No) {
                self.lose();
            }
        }
    }

    fn link(&mut self, body: &[Inline]) {
        self.space();
        while matches!(self.typed[self.at..].chars().next(), Some('\\' | '&' | '`'))
            && matches!(self.explain(None), Explained::Skipped)
        {
            self.space();
        }
        let start = self.at;
        if self.take("<") {
            self.slips
                .push(Slip::new("typed-not-printed", start..self.at, &["remove"]));
            self.inlines(body);
            self.take(">");
            return;
        }
        if !self.take("[") {
            return self.lose();
        }
        self.inside = true;
        self.inlines(body);
        let target = |rest: &str| rest.starts_with("](").then(|| target_length(&rest[1..]))?;
        while !self.lost {
            self.space();
            if let Some(length) = target(&self.typed[self.at..]) {
                let range = self.at + 2..self.at + length;
                let inside = &self.typed[range.clone()];
                if inside.trim().contains(char::is_whitespace) && !inside.trim().starts_with('<') {
                    self.slips
                        .push(Slip::new("typed-not-printed", range, &["remove"]));
                }
                // Nothing is typed where the words are computed: `[](clause:id)`.
                let computed = referenced(inside).is_some();
                self.at += length + 1;
                if body.is_empty() && !computed {
                    let slip = Slip::new("typed-not-printed", start..self.at, &["remove"]);
                    self.slips.push(slip);
                }
                return;
            }
            if matches!(self.explain(None), Explained::No) {
                self.lose();
            }
        }
    }

    fn hard_break(&mut self) {
        while !self.lost {
            let rest = &self.typed[self.at..];
            let line = rest.lines().next().unwrap_or_default();
            if line.trim().is_empty() || line.trim() == "\\" {
                self.at += line.len();
                break;
            }
            // Signs that are not printed may stand before the end of the line.
            self.at += line.len() - line.trim_start().len();
            if !matches!(self.explain(None), Explained::Skipped) {
                self.lose();
            }
        }
        self.inside = false;
        self.space();
        self.inside = true;
    }

    /// Reads one letter that is printed.
    fn letter(&mut self, letter: char) {
        if letter.is_whitespace() {
            return;
        }
        let mut escaped = false;
        while !self.lost {
            self.space();
            let start = self.at;
            let ampersand = ["&amp;", "&#38;", "&#x26;"];
            let named = ampersand
                .iter()
                .any(|name| self.typed[start..].starts_with(name));
            if !named && self.take(letter.encode_utf8(&mut [0; 4])) {
                self.inside = true;
                match letter {
                    '(' => self.parens += 1,
                    ')' => self.parens = self.parens.saturating_sub(1),
                    _ if SIGNS.contains(letter) && !escaped => self.literal.push(start),
                    _ => {}
                }
                return;
            }
            escaped = self.typed[start..].starts_with('\\');
            match self.explain(Some(letter)) {
                Explained::Skipped => {}
                Explained::Printed => return,
                Explained::No => self.lose(),
            }
        }
    }

    fn take(&mut self, expected: &str) -> bool {
        let found = !self.lost && self.typed[self.at..].starts_with(expected);
        if found {
            self.at += expected.len();
        }
        found
    }

    /// Looks for a reason why the sign here is not the one that is printed next.
    fn explain(&mut self, expected: Option<char>) -> Explained {
        let rest = &self.typed[self.at..];
        let start = self.at;
        let mut letters = rest.chars();
        match letters.next() {
            // There is no other way to write this sign in a cell.
            Some('\\') if self.in_table && rest[1..].starts_with('|') => {
                self.at += 1;
                Explained::Skipped
            }
            Some('\\')
                if letters
                    .next()
                    .is_some_and(|next| next.is_ascii_punctuation()) =>
            {
                let range = start..start + 2;
                self.at += 1;
                self.slips
                    .push(Slip::new("typed-not-printed", range, &["backslash"]));
                Explained::Skipped
            }
            Some('`') => {
                self.at += rest.len() - rest.trim_start_matches('`').len();
                let range = start..self.at;
                self.slips
                    .push(Slip::new("typed-not-printed", range, &["remove"]));
                Explained::Skipped
            }
            Some('&') => {
                let Some(length) = entity_length(rest) else {
                    return Explained::No;
                };
                self.at += length;
                let range = start..self.at;
                self.slips
                    .push(Slip::new("typed-not-printed", range, &["entity"]));
                let next = self.typed[self.at..].trim_start().chars().next();
                if expected.is_none() || next == expected {
                    return Explained::Skipped;
                }
                self.inside = true;
                Explained::Printed
            }
            _ => Explained::No,
        }
    }

    /// Goes on behind white space and behind the marks of quotations.
    fn space(&mut self) {
        if self.lost {
            return;
        }
        let (mut line_ends, mut quoted) = (0, false);
        while let Some(letter) = self.typed[self.at..].chars().next() {
            let mark = letter == '>' && self.quotes > 0 && (line_ends > 0 || !self.inside);
            if !letter.is_whitespace() && !mark {
                break;
            }
            quoted |= mark;
            line_ends += usize::from(letter == '\n');
            self.at += letter.len_utf8();
        }
        if line_ends > 0 && self.inside {
            self.soft_break(quoted);
        }
    }

    /// Looks at a line that goes on with the paragraph of the line before.
    fn soft_break(&mut self, quoted: bool) {
        let line = self.typed[self.at..].lines().next().unwrap_or_default();
        let word = line.split_whitespace().next().map_or(0, str::len);
        let range = self.at..self.at + word;
        if self.joins {
            return self.slips.push(Slip::new("line-joined", range, &["fold"]));
        }
        let opening = self.openings.at(self.at, self.parens > 0);
        match opening {
            // Told once for all rows, by `rows`.
            Some((_, _, true)) => return,
            Some((length, severity, false)) => {
                let range = self.at..self.at + length;
                let mut slip = Slip::new("line-joined", range, &["blank", "wrap"]);
                slip.severity = severity;
                return self.slips.push(slip);
            }
            None => {}
        }
        let outdented = self.items.last().is_some_and(|mark| self.column() <= *mark);
        if outdented || (self.quotes > 0 && !quoted) {
            self.slips.push(Slip::new("line-joined", range, &["lazy"]));
        }
    }

    /// Returns how many bytes of the line stand before the place reached.
    fn column(&self) -> usize {
        let before = &self.typed[..self.at];
        self.at - before.rfind('\n').map_or(0, |end| end + 1)
    }

    /// Gives up: tree and text have nothing in common from here on.
    fn lose(&mut self) {
        if self.lost {
            return;
        }
        self.lost = true;
        if !self
            .slips
            .iter()
            .any(|slip| slip.code == "typed-not-printed")
        {
            let line = self.typed[self.at..].lines().next().unwrap_or_default();
            let range = self.at..self.at + line.len();
            self.slips
                .push(Slip::new("typed-not-printed", range, &["compare"]));
        }
    }
}

/// Returns the length of `(target)` at the start of `rest` without its end.
fn target_length(rest: &str) -> Option<usize> {
    let (mut depth, mut escaped, mut angled) = (0, false, false);
    for (at, letter) in rest.char_indices() {
        match letter {
            _ if escaped => {
                escaped = false;
                continue;
            }
            '\\' => escaped = true,
            '<' if depth == 1 => angled = true,
            '>' => angled = false,
            '(' if !angled => depth += 1,
            ')' if !angled => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// Returns the length of a name of a letter in HTML, `&nbsp;`, at the start of
/// `rest`.
fn entity_length(rest: &str) -> Option<usize> {
    let end = rest.bytes().take(40).position(|byte| byte == b';')?;
    let name = rest[1..end].strip_prefix('#').unwrap_or(&rest[1..end]);
    let named = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    named.then_some(end + 1)
}
