//! The agreement of the next term, made from the file of the last one.
//!
//! Input: an agreement, and what its successor is to be. Output: the successor's file:
//! a draft with the same clauses, whose day, place, signatories and contacts are open.
//! Comments and the order of keys stay.

use std::collections::BTreeMap;
use std::ops::Range;

use chrono::NaiveDate;

use crate::diagnostic::{Diagnostic, Outcome};
use crate::language::Language;
use crate::source::{Source, Span};
use crate::text::yaml::{self, Node};

use super::edit::{self, Edit};
use super::keys::OPEN;
use super::load::{self, Loaded};
use super::model::Agreement;
use super::register::{Register, Renamed};
use super::term::{Moment, Term};
use super::texts::Field;

/// What the agreement of the next term is to be.
#[derive(Clone, Debug)]
pub struct Successor {
    /// Its id; where none is given, that of the agreement with the years of the new
    /// term.
    pub id: Option<String>,
    /// Its first year or day.
    pub from: Moment,
    /// Its last year or day.
    pub to: Moment,
    /// The day of today: it is signed later.
    pub today: Option<NaiveDate>,
    /// The name of its file; where none is given, `agreements/` and its id.
    pub file: Option<String>,
}

impl Successor {
    /// Returns the id of the successor of `old`, if there is one to be had: with the
    /// years of the new term, and the ids that parties have now.
    fn id_after(&self, old: &Agreement, renamed: &[Renamed]) -> Option<String> {
        let years = |from: i32, to: i32| match from == to {
            true => format!("-{from}"),
            false => format!("-{from}-{to}"),
        };
        let given = self.id.clone();
        given.or_else(|| {
            let (from, to) = old.term.years()?;
            let stem = old.id.strip_suffix(&years(from, to))?;
            let mut stem = format!("-{stem}-");
            for renamed in renamed {
                let before = format!("-{}-", old.parties[renamed.index].id);
                stem = stem.replacen(&before, &format!("-{}-", renamed.id), 1);
            }
            let stem = stem.trim_matches('-');
            Some(stem.to_owned() + &years(self.from.year(), self.to.year()))
        })
    }

    /// Returns the years of the term of `old` and of the new one.
    pub fn years(&self, old: &Agreement) -> Option<[(i32, i32); 2]> {
        let new = (self.from.year(), self.to.year());
        old.term.years().map(|old| [old, new])
    }

    /// Returns the last day of the new term.
    pub fn last_day(&self) -> Option<NaiveDate> {
        self.to.last_day()
    }

    /// Returns the file of the successor of `old`, with what is new in it.
    ///
    /// # Errors
    /// An agreement for whose successor there is no id, and a file that could not be
    /// changed as it was meant.
    pub fn file(&self, old: &Loaded, changes: &Changes<'_>) -> Outcome<Source> {
        if old.agreement.amends.is_some() {
            let fault = Diagnostic::error("renew-failed").at(&old.positions.at("amends"));
            return Err(vec![fault.hint("amended")]);
        }
        let Some(id) = self.id_after(&old.agreement, changes.renamed) else {
            let fault = Diagnostic::error("renew-id").at(&old.positions.at("id"));
            return Err(vec![fault.hint("id")]);
        };
        let failed = |path: &str| vec![failed(&old.positions.at(path))];
        let mut edits = mentions(old, changes.renamed);
        edits.extend(changes.words.iter().cloned());
        let file = edit::exchange(old.positions.source(), edits);
        let file = file.and_then(|file| additions(&file, &old.agreement, changes));
        let file = file.ok_or_else(|| failed(""))?;
        let name = self.file.clone();
        let name = name.unwrap_or_else(|| format!("agreements/{id}.yaml"));
        let named = Source::new(name, file.text());
        let mut edit = Edit::new(&named).ok_or_else(|| failed(""))?;
        edit.set("id", &id);
        self.write(&mut edit, &old.agreement, &changes.confirmed);
        for renamed in changes.renamed {
            rename(&mut edit, &old.agreement, renamed);
        }
        let made = edit.finish().map_err(|path| failed(&path))?;
        // What the form refuses, as an id that is none, is said at its place.
        load::load(&made).map(|_| made)
    }

    /// Writes into the file what the successor says otherwise than `old`.
    fn write(&self, edit: &mut Edit, old: &Agreement, confirmed: &BTreeMap<usize, NaiveDate>) {
        let term = Term::Between {
            from: Some(self.from),
            to: Some(self.to),
        };
        write_term(edit, "term", term);
        if edit.has("status") {
            edit.set("status", "draft");
        }
        let first = !edit.has("predecessor");
        if first {
            edit.start("predecessor", "parties");
        }
        edit.set("predecessor.agreement", &old.id);
        if first {
            edit.start_line("predecessor.term");
        }
        write_term(edit, "predecessor.term", old.term);
        match old.signing.day() {
            Some(day) => edit.set("predecessor.signed", &day.to_string()),
            None => without(edit, "predecessor.signed"),
        }
        for (field, text) in old.texts() {
            if is_of_one_term(field, old, confirmed) {
                let languages = text.by_language.iter();
                for (language, _) in languages.filter(|(_, text)| text.is_some()) {
                    edit.blank(&text.path_in(language));
                }
            }
        }
        for (path, _) in old.contact_values() {
            let is_verified = |(index, party): (usize, &super::model::Party)| {
                path.starts_with(&format!("parties[{index}]."))
                    && (party.contact.verified_on.is_some() || confirmed.contains_key(&index))
            };
            if !old.parties.iter().enumerate().any(is_verified) {
                edit.blank(&path);
            }
        }
        for (party, day) in confirmed {
            edit.set(
                &format!("parties[{party}].contact.verified_on"),
                &day.to_string(),
            );
        }
        let dates = (0..old.parties.len()).map(|entry| format!("signing.by[{entry}].date"));
        for path in dates.chain(["signing.date".to_owned()]) {
            if edit.has(&path) {
                edit.blank(&path);
            }
        }
        without(edit, "review");
    }
}

/// What is new in the texts of a successor.
#[derive(Debug)]
pub struct Changes<'a> {
    /// Places in the file, with what is to stand there.
    pub words: Vec<(Range<usize>, String)>,
    /// The parties that have other names.
    pub renamed: &'a [Renamed],
    /// Parties whose whole contact the project has confirmed, and when.
    pub confirmed: BTreeMap<usize, NaiveDate>,
    /// The paragraph that opens the preamble, in Markdown, by language.
    pub opening: BTreeMap<Language, String>,
}

/// Returns the parties whose contact is, value by value, one that the project has
/// confirmed later than the agreement says, and the day on which it did.
pub fn confirmed(old: &Agreement, register: &Register) -> BTreeMap<usize, NaiveDate> {
    let parties = old.parties.iter().enumerate();
    let parties = parties.filter_map(|(index, party)| {
        let head = format!("parties[{index}].contact.");
        let texts = old.texts().into_iter().flat_map(|(_, text)| {
            let texts = text.by_language.iter();
            let texts = texts.filter_map(|(code, it)| Some((text.path_in(code), it.as_deref()?)));
            texts.collect::<Vec<_>>()
        });
        let values = texts.chain(old.contact_values());
        let own: Vec<bool> = values
            .filter_map(|(path, value)| {
                let below = path.strip_prefix(&head)?.to_owned();
                Some(register.confirms(&party.id, &below, value))
            })
            .collect();
        let day = register.confirmed(&party.id)?;
        let is_later = party.contact.verified_on.is_none_or(|own| own < day);
        (is_later && !own.is_empty() && own.iter().all(|is| *is)).then_some((index, day))
    });
    parties.collect()
}

/// Returns where the texts mention a party that has another id now.
fn mentions(old: &Loaded, renamed: &[Renamed]) -> Vec<(Range<usize>, String)> {
    let text = old.positions.source().text();
    let places = renamed.iter().flat_map(|renamed| {
        let id = &old.agreement.parties[renamed.index].id;
        let mention = format!("](party:{id}");
        let places = text.match_indices(&mention).collect::<Vec<_>>();
        places.into_iter().filter_map(move |(at, mention)| {
            let end = at + mention.len();
            let whole = text[end..].starts_with([')', '!']);
            whole.then(|| (end - id.len()..end, renamed.id.clone()))
        })
    });
    let mut places = places.collect();
    edit::within_texts(old.positions.source(), &mut places);
    places
}

/// Returns the file with the paragraph that opens its preamble, and with the names that
/// parties bore before.
fn additions(file: &Source, old: &Agreement, changes: &Changes<'_>) -> Option<Source> {
    let root = yaml::parse(file).ok()?;
    let mut edits = Vec::new();
    for (language, paragraph) in &changes.opening {
        let node = root.get("preamble")?.get(&language.0)?;
        edits.push(opened(file, node, paragraph)?);
    }
    for renamed in changes.renamed {
        let item = root.get("parties")?.items().get(renamed.index)?;
        edits.push(with_former_name(file, item, old, renamed)?);
    }
    edits.sort_by_key(|(place, _)| place.start);
    let mut text = file.text().to_owned();
    for (place, new) in edits.into_iter().rev() {
        text.replace_range(place, &new);
    }
    Some(Source::new(file.name(), text))
}

/// Puts a paragraph before a text.
fn opened(file: &Source, node: &Node, paragraph: &str) -> Option<(Range<usize>, String)> {
    let place = node.span.range();
    let before = &file.text()[..place.start];
    let header = before.trim_end();
    if !before[header.len()..].contains('\n') {
        let text = format!("{paragraph}\n\n{}", node.text()?);
        return Some((place, yaml::quoted(&text)));
    }
    // Below `>-` a line end is what two of them are below `|-`.
    let line = header.lines().next_back()?;
    let ends = if line.contains('>') { 3 } else { 2 };
    let indent = " ".repeat(file.column_of(place.start) - 1);
    let lines = lines(paragraph).join(&format!("\n{indent}"));
    let text = format!("{lines}{}{indent}", "\n".repeat(ends));
    Some((place.start..place.start, text))
}

/// Letters on a line of a paragraph.
const WIDTH: usize = 96;

/// Parts a paragraph into lines, none of which begins like something else than a text.
fn lines(paragraph: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in paragraph.split(' ') {
        let plain = word.starts_with(|c: char| c.is_alphabetic() || c == '[' || c == '(');
        match lines.last_mut() {
            Some(line) if !plain || line.chars().count() + word.chars().count() < WIDTH => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Adds the names of the old agreement to those that a party bore.
fn with_former_name(
    file: &Source,
    item: &Node,
    old: &Agreement,
    renamed: &Renamed,
) -> Option<(Range<usize>, String)> {
    let party = &old.parties[renamed.index];
    let names = party.name.by_language.iter();
    let names: Vec<String> = names
        .filter_map(|(language, name)| {
            Some(format!("{language}: {}", yaml::quoted(name.as_ref()?)))
        })
        .collect();
    let until = renamed.since.map(|since| format!(", until: {since}"));
    let name = format!(
        "{{name: {{{}}}{}}}",
        names.join(", "),
        until.unwrap_or_default()
    );
    if let Some(first) = item.get("formerly").and_then(|node| node.items().first()) {
        // Before the first of a list, between brackets or on lines of its own.
        let start = first.entries().first()?.key_span.range().start;
        let before = file.text()[..start].trim_end_matches(['{', ' ']);
        if before.ends_with('-') {
            let indent = file.column_of(before.len() - 1) - 1;
            let at = before.len() - 1;
            return Some((at..at, format!("- {name}\n{}", " ".repeat(indent))));
        }
        let at = before.len();
        return Some((at..at, format!("{name}, ")));
    }
    if let Some(entry) = item.entries().iter().find(|entry| entry.key == "formerly") {
        let place = entry.node.span.range();
        let start = entry.key_span.range().start;
        let end = place.end.max(entry.key_span.range().end + 1);
        return Some((start..end, format!("formerly: [{name}]")));
    }
    let next = ["state", "signatory", "signatories", "contact", "name"];
    let next = next.iter().find_map(|key| {
        let mut entries = item.entries().iter();
        entries.find(|entry| entry.key == *key)
    })?;
    let at = next.key_span.range().start;
    let line = &file.text()[..at];
    let line = &line[line.rfind('\n').map_or(0, |end| end + 1)..];
    if line.chars().all(|letter| letter == ' ') {
        let added = format!("formerly:\n{line}  - {name}\n{line}");
        return Some((at..at, added));
    }
    let flow = file.text()[..at].trim_end().ends_with(['{', ',']);
    // The first key of an item stands behind its dash.
    let indent = " ".repeat(file.column_of(at) - 1);
    Some(match flow {
        true => (at..at, format!("formerly: [{name}], ")),
        false => (at..at, format!("formerly:\n{indent}  - {name}\n{indent}")),
    })
}

/// Writes the names and the id that a party has now.
fn rename(edit: &mut Edit, old: &Agreement, renamed: &Renamed) {
    let path = format!("parties[{}]", renamed.index);
    edit.set(&format!("{path}.id"), &renamed.id);
    for (key, names) in [("name", &renamed.now.name), ("short", &renamed.now.short)] {
        for language in &old.languages {
            let path = format!("{path}.{key}.{language}");
            let name = names
                .get(language)
                .or_else(|| renamed.now.name.get(language));
            if let (true, Some(name)) = (edit.has(&path), name) {
                edit.set_text(&path, name);
            }
        }
    }
    let before = &old.parties[renamed.index].id;
    for entry in 0..old.parties.len() {
        let path = format!("signing.by[{entry}].party");
        if edit.word(&path) == Some(before) {
            edit.set(&path, &renamed.id);
        }
    }
    for (entry, due) in old.due.iter().enumerate() {
        let turns = due.parties.iter().enumerate();
        for (turn, _) in turns.filter(|(_, party)| **party == renamed.index) {
            edit.set(&format!("due[{entry}].parties[{turn}]"), &renamed.id);
        }
    }
}

/// Tells whether a text is another one, or must be confirmed, in the next term.
fn is_of_one_term(field: Field, old: &Agreement, confirmed: &BTreeMap<usize, NaiveDate>) -> bool {
    match field {
        Field::Number
        | Field::Signatory(_)
        | Field::Place
        | Field::PlaceOf(_)
        | Field::WitnessPost(_)
        | Field::Witness(_) => true,
        Field::Office(party) | Field::Person(party) | Field::Address(party) => {
            old.parties[party].contact.verified_on.is_none() && !confirmed.contains_key(&party)
        }
        _ => false,
    }
}

fn write_term(edit: &mut Edit, path: &str, term: Term) {
    let word = |moment: Option<Moment>| moment.map(|moment| moment.to_string());
    let written = match term {
        Term::Between { from, to } => vec![("from", word(from)), ("to", word(to))],
        Term::Since(from) => vec![("from", word(from)), ("to", Some(OPEN.to_owned()))],
        Term::Years(years) => vec![("years", years.map(|years| years.to_string()))],
        Term::OfAmended => Vec::new(),
    };
    for key in ["from", "to", "years"] {
        let path = format!("{path}.{key}");
        match written.iter().find(|(written, _)| *written == key) {
            Some((_, Some(word))) => edit.set(&path, word),
            Some((_, None)) => edit.blank(&path),
            None => without(edit, &path),
        }
    }
}

fn without(edit: &mut Edit, path: &str) {
    if edit.has(path) {
        edit.remove(path);
    }
}

/// Takes allowances out of a file, by their places in its list, in order.
///
/// # Errors
/// A file that could not be changed as it was meant.
pub fn without_allowances(file: &Loaded, places: &[usize]) -> Outcome<Source> {
    let failed = |path: &str| vec![failed(&file.positions.at(path))];
    let mut edit = Edit::new(file.positions.source()).ok_or_else(|| failed("allow"))?;
    if places.len() == file.agreement.allow.len() {
        without(&mut edit, "allow");
    } else {
        for place in places.iter().rev() {
            edit.remove_item("allow", *place);
        }
    }
    edit.finish().map_err(|path| failed(&path))
}

fn failed(at: &Span) -> Diagnostic {
    Diagnostic::error("renew-failed").at(at).hint("hand")
}
