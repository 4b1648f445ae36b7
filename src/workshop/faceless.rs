//! Letters of templates and word lists that no face has.
//!
//! Input: the files of a language and its faces. Output: one error for each file
//! and letter, at its place.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::language::pack::{LanguagePack, Typography};
use crate::press::world::Fonts;
use crate::source::{Source, Span};
use crate::text::lookalike;
use crate::text::yaml::{self, Node, Value};

/// Returns the faults of a language's own files: its templates and word list.
pub(super) fn of_files(
    fonts: &Fonts,
    pack: &LanguagePack,
    files: &BTreeMap<String, Source>,
) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    let folder = format!("{}/", pack.language);
    for (path, source) in files.iter().filter(|(path, _)| path.starts_with(&folder)) {
        let part = format!("templates/{path}");
        if path.ends_with(".md") {
            // A comment is not printed; blanks keep every place where it is.
            let text = without_comments(source.text());
            let whole = source.span(0..source.text().len());
            for (letter, at, count) in missing(fonts, &pack.typography, &text) {
                let place = whole.part(at..at + letter.len_utf8());
                faults.push(fault(pack, letter, count, &part).at(&place));
            }
        } else if path.ends_with("/words.yaml")
            && let Ok(root) = yaml::parse(source)
        {
            of_words(fonts, pack, &root, &part, &mut faults);
        }
    }
    faults
}

/// Looks through a word list; how the language is set is no word of it.
fn of_words(
    fonts: &Fonts,
    pack: &LanguagePack,
    node: &Node,
    part: &str,
    faults: &mut Vec<Diagnostic>,
) {
    match &node.value {
        Value::Scalar(words) => faults.extend(of_text(fonts, pack, words, part, &node.span)),
        Value::List(items) => {
            for item in items {
                of_words(fonts, pack, item, part, faults);
            }
        }
        Value::Map(entries) => {
            for entry in entries.iter().filter(|entry| entry.key != "typography") {
                of_words(fonts, pack, &entry.node, part, faults);
            }
        }
        Value::Blank => {}
    }
}

fn without_comments(template: &str) -> String {
    let mut text = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, comment)) = rest.split_once("{#") {
        let (comment, after) = comment.split_once("#}").unwrap_or((comment, ""));
        text.push_str(before);
        let length = rest.len() - before.len() - after.len();
        debug_assert!(length >= comment.len());
        text.extend(std::iter::repeat_n(' ', length));
        rest = after;
    }
    text + rest
}

pub(super) fn of_text(
    fonts: &Fonts,
    pack: &LanguagePack,
    words: &str,
    part: &str,
    place: &Span,
) -> Vec<Diagnostic> {
    let missing = missing(fonts, &pack.typography, words).into_iter();
    let fault = |(letter, _, count): (char, usize, usize)| {
        let at = place.find(letter.encode_utf8(&mut [0; 4]));
        fault(pack, letter, count, part).at(&at)
    };
    missing.map(fault).collect()
}

/// Returns each letter that no face has, its first byte, and how often it occurs.
fn missing(fonts: &Fonts, typography: &Typography, words: &str) -> Vec<(char, usize, usize)> {
    let mut found: BTreeMap<char, (usize, usize)> = BTreeMap::new();
    let beyond = words
        .char_indices()
        .filter(|(_, letter)| !letter.is_ascii());
    for (at, letter) in beyond {
        found.entry(letter).or_insert((at, 0)).1 += 1;
    }
    let lacks = |letter: char| {
        // Templates set some names in capitals.
        let mut forms = letter.to_uppercase().chain([letter]);
        !letter.is_whitespace() && forms.any(|form| !fonts.covers(typography, form))
    };
    let mut found: Vec<(char, usize, usize)> = found
        .into_iter()
        .filter(|(letter, _)| lacks(*letter))
        .map(|(letter, (at, count))| (letter, at, count))
        .collect();
    found.sort_by_key(|(_, at, _)| *at);
    found
}

fn fault(pack: &LanguagePack, letter: char, count: usize, part: &str) -> Diagnostic {
    let typography = &pack.typography;
    let code = format!("U+{:04X}", u32::from(letter));
    let bare = letter.is_control() || ('\u{e000}'..='\u{f8ff}').contains(&letter);
    let fault = Diagnostic::error("missing-glyph")
        .with(
            "letters",
            if bare {
                code
            } else {
                format!("{letter} ({code})")
            },
        )
        .with("count", count.to_string())
        .with("part", part)
        .with("language", pack.language.0.clone())
        .with("families", typography.fonts.join(", "))
        .with("package", typography.package.clone());
    if typography.letters.contains(letter) {
        return fault.hint("install");
    }
    match lookalike::strange(letter).and_then(|strange| strange.meant) {
        Some(meant) => fault.with("meant", meant).hint("meant"),
        None => fault.hint("replace"),
    }
}
