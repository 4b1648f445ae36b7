//! Letters that no face has, found before anything is laid out.
//!
//! Input: an agreement with the trees of its Markdown fields, and the templates
//! and word lists of its languages. Output: one error for each field and letter,
//! at its place in the file that has it. `typeset` looks again, as the last
//! resort: only there the very words of a document are known.

use std::collections::BTreeMap;

use crate::agreement::{Agreement, Language, Text};
use crate::diagnostic::{Diagnostic, Findings, Severity};
use crate::document::plain_text;
use crate::language::{LanguagePack, Typography};
use crate::load::Loaded;
use crate::lookalike;
use crate::pipeline::{Trees, Workshop};
use crate::source::{Source, Span};
use crate::world::Fonts;
use crate::yaml::{self, Node, Value};

impl Workshop {
    /// Finds the letters of an agreement's own texts that no face has.
    pub(super) fn missing_glyphs(&self, loaded: &Loaded, trees: &Trees, faults: &mut Findings) {
        let agreement = &loaded.agreement;
        for language in &agreement.languages {
            let Some(pack) = self.shared.packs().get(language) else {
                continue;
            };
            let mut look = |words: &str, path: &str| {
                let place = loaded.positions.at(path);
                let found = of_text(&self.fonts, pack, words, path, &place);
                faults.extend(found);
            };
            for text in texts(agreement) {
                let path = text.path_in(language);
                match (trees.get(&path), text.get(language)) {
                    (Some(blocks), _) => look(&plain_text(blocks), &path),
                    (None, Some(words)) => look(words, &path),
                    (None, None) => {}
                }
            }
            // What is the same in all languages is told of one.
            if agreement.languages.first() == Some(language) {
                for (path, value) in contact_values(agreement) {
                    look(value, &path);
                }
            }
        }
    }
}

/// Returns the texts that are printed.
fn texts(agreement: &Agreement) -> Vec<&Text> {
    let mut texts = vec![&agreement.preamble, &agreement.signing.place];
    for party in &agreement.parties {
        texts.extend([&party.name, &party.state]);
        texts.extend(&party.short);
        texts.extend(party.formerly.iter().map(|former| &former.name));
        texts.extend([&party.signatory.post, &party.signatory.name]);
        texts.extend([&party.contact.office, &party.contact.address]);
    }
    for clause in agreement.clauses() {
        texts.extend(&clause.title);
        texts.extend(&clause.text);
    }
    texts
}

fn contact_values(agreement: &Agreement) -> impl Iterator<Item = (String, &str)> {
    let parties = agreement.parties.iter().enumerate();
    parties.flat_map(|(index, party)| {
        let contact = &party.contact;
        let values = [
            ("phone", &contact.phone),
            ("fax", &contact.fax),
            ("email", &contact.email),
        ];
        values.into_iter().filter_map(move |(key, value)| {
            let path = format!("parties[{index}].contact.{key}");
            Some((path, value.as_deref()?))
        })
    })
}

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

fn of_text(
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

/// Says once what is found twice of a letter that no face has. A finding of a
/// whole word or text takes such letters in, and is as grave as they are; one of
/// the letter itself gives way to them.
pub(super) fn without_echoes(findings: &mut Vec<Diagnostic>) {
    const WIDER: [&str; 2] = ["legacy-encoding", "thai-letter"];
    const ECHOES: [&str; 3] = ["look-alike-letter", "unusual-letter", "hidden-character"];
    let place = |finding: &Diagnostic| finding.labels.first().map(|label| label.span.clone());
    let of = |findings: &[Diagnostic], codes: &[&str]| -> Vec<Span> {
        let found = findings
            .iter()
            .filter(|finding| codes.contains(&finding.code));
        found.filter_map(place).collect()
    };
    let missing = of(findings, &["missing-glyph"]);
    if missing.is_empty() {
        return;
    }
    for finding in findings
        .iter_mut()
        .filter(|finding| WIDER.contains(&finding.code))
    {
        let holds = |span: &Span| missing.iter().any(|letter| span.holds(letter));
        if place(finding).is_some_and(|span| holds(&span)) {
            finding.severity = Severity::Error;
        }
    }
    let wider = of(findings, &WIDER);
    let within = |spans: &[Span], finding: &Diagnostic| {
        let place = place(finding);
        place.is_some_and(|place| spans.iter().any(|span| span.holds(&place)))
    };
    findings.retain(|finding| match finding.code {
        "missing-glyph" => !within(&wider, finding),
        code => !ECHOES.contains(&code) || !within(&missing, finding),
    });
}

/// The faults of the files of each language.
pub(super) type OfLanguages = BTreeMap<Language, Vec<Diagnostic>>;
