//! The agreement of the next term, made from the file of the last one.
//!
//! Input: an agreement, and what its successor is to be. Output: the successor's file:
//! a draft with the same clauses, whose day, place, signatories and contacts are open.
//! Comments and the order of keys stay.

use crate::diagnostic::{Diagnostic, Outcome};
use crate::source::{Source, Span};

use super::edit::{self, Edit};
use super::keys::OPEN;
use super::load::{self, Loaded};
use super::model::Agreement;
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
}

impl Successor {
    /// Returns the id of the successor of `old`, if there is one to be had.
    fn id_after(&self, old: &Agreement) -> Option<String> {
        let years = |from: i32, to: i32| match from == to {
            true => format!("-{from}"),
            false => format!("-{from}-{to}"),
        };
        let given = self.id.clone();
        given.or_else(|| {
            let (from, to) = old.term.years()?;
            let stem = old.id.strip_suffix(&years(from, to))?;
            Some(stem.to_owned() + &years(self.from.year(), self.to.year()))
        })
    }

    /// Returns the file of the successor of `old`; `terms` are the places where the
    /// texts of `old` name its own term by its years.
    ///
    /// # Errors
    /// An agreement for whose successor there is no id, and a file that could not be
    /// changed as it was meant.
    pub fn file(&self, old: &Loaded, terms: &[Span]) -> Outcome<Source> {
        if old.agreement.amends.is_some() {
            let fault = Diagnostic::error("renew-failed").at(&old.positions.at("amends"));
            return Err(vec![fault.hint("amended")]);
        }
        let Some(id) = self.id_after(&old.agreement) else {
            let fault = Diagnostic::error("renew-id").at(&old.positions.at("id"));
            return Err(vec![fault.hint("id")]);
        };
        let failed = |path: &str| vec![failed(&old.positions.at(path))];
        let file = self.with_years(old, terms).ok_or_else(|| failed(""))?;
        let named = Source::new(format!("agreements/{id}.yaml"), file.text());
        let mut edit = Edit::new(&named).ok_or_else(|| failed(""))?;
        edit.set("id", &id);
        self.write(&mut edit, &old.agreement);
        let made = edit.finish().map_err(|path| failed(&path))?;
        // What the form refuses, as an id that is none, is said at its place.
        load::load(&made).map(|_| made)
    }

    /// Returns the file with the years of the new term where its texts name the old one.
    fn with_years(&self, old: &Loaded, terms: &[Span]) -> Option<Source> {
        let source = old.positions.source();
        let Some((from, to)) = old.agreement.term.years() else {
            return Some(source.clone());
        };
        let (from, to) = (from.to_string(), to.to_string());
        let (new_from, new_to) = (self.from.year().to_string(), self.to.year().to_string());
        let mut places: Vec<_> = terms.iter().map(Span::range).collect();
        places.sort_by_key(|place| place.start);
        places.dedup();
        let exchanged = places.into_iter().filter_map(|place| {
            let typed = &source.text()[place.clone()];
            let rest = typed.strip_prefix(&from)?.strip_suffix(&to)?;
            Some((place, format!("{new_from}{rest}{new_to}")))
        });
        let exchanged: Vec<_> = exchanged.collect();
        edit::exchange(source, &exchanged, &[from, to, new_from, new_to])
    }

    /// Writes into the file what the successor says otherwise than `old`.
    fn write(&self, edit: &mut Edit, old: &Agreement) {
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
            if is_of_one_term(field, old) {
                let languages = text.by_language.iter();
                for (language, _) in languages.filter(|(_, text)| text.is_some()) {
                    edit.blank(&text.path_in(language));
                }
            }
        }
        for (path, _) in old.contact_values() {
            let is_verified = |(index, party): (usize, &super::model::Party)| {
                path.starts_with(&format!("parties[{index}]."))
                    && party.contact.verified_on.is_some()
            };
            if !old.parties.iter().enumerate().any(is_verified) {
                edit.blank(&path);
            }
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

/// Tells whether a text is another one, or must be confirmed, in the next term.
fn is_of_one_term(field: Field, old: &Agreement) -> bool {
    match field {
        Field::Number
        | Field::Signatory(_)
        | Field::Place
        | Field::PlaceOf(_)
        | Field::WitnessPost(_)
        | Field::Witness(_) => true,
        Field::Office(party) | Field::Person(party) | Field::Address(party) => {
            old.parties[party].contact.verified_on.is_none()
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
