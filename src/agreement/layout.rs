//! The one layout of an agreement's file, and of the list of parties.
//!
//! Input: a file. Output: the same values and comments, with the keys in the order of
//! the form and the languages in that of the agreement. What was laid out is read
//! again, and holds letter for letter what the file held, or there is no result.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Outcome};
use crate::source::Source;
use crate::text::yaml::notation::{Piece, Refused, Shape, Written};
use crate::text::yaml::{self, arrange, scan};

use super::edit;
use super::keys::{AGREEMENT, Kind, Part, REGISTER};

/// So often a layout is laid out again at most, until it stays.
const ROUNDS: usize = 4;

/// Lays a file out.
///
/// # Errors
/// A file that is no YAML, one with what has no place in a layout, and one whose values
/// or comments would not be the same.
pub fn layout(source: &Source) -> Outcome<Source> {
    laid_out(source, &AGREEMENT)
}

/// Lays the list of parties that a project knows out.
///
/// # Errors
/// As [`layout`].
pub fn layout_of_parties(source: &Source) -> Outcome<Source> {
    laid_out(source, &REGISTER)
}

fn laid_out(source: &Source, part: &'static Part) -> Outcome<Source> {
    yaml::parse(source)?;
    // Of two ends of lines one is enough, and a mark at the head says nothing.
    let text = source.text().trim_start_matches('\u{feff}');
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let file = Source::new(source.name(), text);
    let mut made = once(&file, part)?;
    for _ in 0..ROUNDS {
        let again = once(&made, part)?;
        if again.text() == made.text() {
            return same(&file, &made).map(|()| made);
        }
        made = again;
    }
    Err(failed(source, ""))
}

fn once(source: &Source, part: &'static Part) -> Outcome<Source> {
    let mut written = read(source)?;
    let languages = languages(&written.root);
    order(&mut written.root, Some(part), &languages);
    Ok(Source::new(source.name(), arrange::text(&written)))
}

fn read(source: &Source) -> Outcome<Written> {
    scan::read(source.text()).map_err(|Refused(range)| {
        let fault = Diagnostic::error("layout-refused").at(&source.span(range));
        vec![fault.hint("write")]
    })
}

/// Compares what two files hold.
fn same(one: &Source, two: &Source) -> Outcome<()> {
    edit::same_values(one, two).map_err(|path| failed(one, &path))?;
    let comments = |source: &Source| scan::comments(source.text());
    if read(one)?.values() != read(two)?.values() {
        return Err(failed(one, ""));
    }
    let is_same = comments(one) == comments(two);
    is_same.then_some(()).ok_or_else(|| failed(one, "#"))
}

fn failed(source: &Source, path: &str) -> Vec<Diagnostic> {
    let fault = Diagnostic::error("layout-failed").at(&source.span(0..0));
    let path = if path.is_empty() { "…" } else { path };
    vec![fault.with("path", path).hint("hand")]
}

/// Returns the place of each language among those of the file.
fn languages(root: &Piece) -> BTreeMap<String, usize> {
    let listed = pieces(root).iter().find(|piece| piece.name == "languages");
    let codes = listed.map(pieces).unwrap_or_default().iter();
    let codes = codes.filter_map(|piece| match &piece.value {
        Shape::Scalar(code) => Some(code.text.clone()),
        Shape::Collection { .. } => None,
    });
    codes.zip(0..).collect()
}

fn pieces(piece: &Piece) -> &[Piece] {
    match &piece.value {
        Shape::Collection { pieces, .. } => pieces,
        Shape::Scalar(_) => &[],
    }
}

/// Puts the entries of a mapping in order, and what is below them; none without a
/// part of the form stands for texts by language.
fn order(piece: &mut Piece, part: Option<&'static Part>, languages: &BTreeMap<String, usize>) {
    let Shape::Collection { pieces, is_map, .. } = &mut piece.value else {
        return;
    };
    if !*is_map {
        for piece in pieces {
            order(piece, part, languages);
        }
        return;
    }
    // What is not known stays behind, as it stands.
    let place = |name: &str| match part {
        Some(part) => part.keys.iter().position(|key| key.name == name),
        None => languages.get(name).copied(),
    };
    pieces.sort_by_key(|piece| place(&piece.name).unwrap_or(usize::MAX));
    for piece in pieces {
        let kind = part
            .and_then(|part| part.key(&piece.name))
            .map(|key| key.kind);
        match kind {
            Some(Kind::Part(below) | Kind::List(below, ..)) => order(piece, Some(below), languages),
            Some(Kind::ByLanguage(below)) => by_language(piece, below, languages),
            Some(Kind::Plain | Kind::PlainOrNone | Kind::Lines | Kind::Markdown) => {
                order(piece, None, languages);
            }
            _ => {}
        }
    }
}

fn by_language(piece: &mut Piece, part: &'static Part, languages: &BTreeMap<String, usize>) {
    order(piece, None, languages);
    if let Shape::Collection { pieces, .. } = &mut piece.value {
        for piece in pieces {
            order(piece, Some(part), languages);
        }
    }
}
