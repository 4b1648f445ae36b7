//! The file of a new agreement: what is known of it, every key that is usual, blank
//! where nothing is known, and a line on each key that says what it means.
//!
//! Input: what the agreement is to be, and the sentences of a language. Output: a draft
//! that can be built at once. Every value is written so that YAML reads it letter for
//! letter.

use std::collections::{BTreeMap, BTreeSet};

use crate::language::Language;
use crate::messages::Messages;
use crate::text::yaml::{quoted, written};

use super::keys::{self, AMENDMENT};
use super::model::{GIVEN, Numbering, Originals};
use super::term::Moment;

/// What a new agreement is to be.
#[derive(Clone, Debug)]
pub struct Start {
    /// Its id.
    pub id: String,
    /// A key of the packs' `kinds`.
    pub kind: String,
    /// Its languages, in agreed order: at least one.
    pub languages: Vec<Language>,
    /// Its first and its last year or day, where they are known.
    pub term: Option<(Moment, Moment)>,
    /// What it is about, where that is known.
    pub subject: BTreeMap<Language, String>,
    /// How its clauses are numbered.
    pub numbering: Numbering,
    /// How many originals there are.
    pub originals: Originals,
    /// Its parties, in agreed order.
    pub parties: Vec<StartParty>,
    /// Sentences of the language packs, in their order.
    pub formulas: Vec<String>,
}

/// A party of a new agreement.
#[derive(Clone, Debug)]
pub struct StartParty {
    /// Its id.
    pub id: String,
    /// Whether the project knows it under that id.
    pub known: bool,
    /// The language that it reads first, of one that is not known.
    pub language: Language,
    /// Its name in each language, as far as it is given.
    pub name: BTreeMap<Language, String>,
}

impl Start {
    /// Returns a start of which nothing is known but the id: two parties in two
    /// languages.
    pub fn blank(id: &str) -> Self {
        let languages: Vec<Language> = ["vi", "lo"].map(|code| Language(code.to_owned())).into();
        let party = |id: &str, language: &Language| StartParty {
            id: id.to_owned(),
            known: false,
            language: language.clone(),
            name: BTreeMap::new(),
        };
        Self {
            id: id.to_owned(),
            kind: "cooperation-agreement".to_owned(),
            term: None,
            subject: BTreeMap::new(),
            numbering: Numbering::Sections,
            originals: Originals::default(),
            parties: vec![
                party("first", &languages[0]),
                party("second", &languages[1]),
            ],
            formulas: FORMULAS.map(str::to_owned).into(),
            languages,
        }
    }

    /// Returns its file.
    pub fn file(&self, messages: &Messages) -> String {
        let mut writer = Writer {
            start: self,
            messages,
            told: BTreeSet::new(),
            out: String::new(),
        };
        writer.agreement();
        writer.out
    }
}

/// The sentences that nearly every agreement has.
pub const FORMULAS: [&str; 4] = ["non-binding", "in-force", "amendment", "copies"];

struct Writer<'a> {
    start: &'a Start,
    messages: &'a Messages,
    /// The keys that are explained, with their parts.
    told: BTreeSet<String>,
    out: String,
}

impl Writer<'_> {
    fn agreement(&mut self) {
        let start = self.start;
        for line in self.messages.word("starter-head").lines() {
            self.out.push_str(&format!("# {line}\n"));
        }
        self.line("agreement", "id", 0, &written(&start.id));
        self.line("agreement", "kind", 0, &written(&start.kind));
        let codes: Vec<&str> = start.languages.iter().map(|code| code.0.as_str()).collect();
        self.line(
            "agreement",
            "languages",
            0,
            &format!("[{}]", codes.join(", ")),
        );
        if !start.subject.is_empty() {
            self.text("agreement", "subject", 0, &start.subject);
        }
        let term = match start.term {
            Some((from, to)) => format!("{{from: {from}, to: {to}}}"),
            None => "{from: , to: }".to_owned(),
        };
        self.line("agreement", "term", 0, &term);
        self.line("agreement", "status", 0, "draft");
        let numbering = keys::NUMBERINGS.iter().find(|it| it.1 == start.numbering);
        let numbering = numbering.map_or("", |it| it.0);
        self.line("agreement", "numbering", 0, numbering);
        let originals = start.originals;
        let originals = format!(
            "{{form: {}, each: {}}}",
            originals.form.name(),
            originals.each
        );
        self.line("agreement", "originals", 0, &originals);
        for (formula, key) in GIVEN {
            if start.formulas.iter().any(|name| name == formula) {
                let blank = match key {
                    "renewal" => "{years: , notice_months: }",
                    "termination" => "{notice_months: }",
                    _ => "",
                };
                self.line("agreement", key, 0, blank);
            }
        }
        if start.kind == AMENDMENT {
            self.line("agreement", "amends", 0, "");
            for key in ["agreement", "signed"] {
                self.line("amends", key, 2, "");
            }
            self.text("amends", "title", 2, &BTreeMap::new());
        }
        self.out.push('\n');
        self.line("agreement", "parties", 0, "");
        for party in &start.parties {
            self.party(party);
        }
        self.out.push('\n');
        self.markdown("agreement", "preamble", 0);
        self.line("agreement", "content", 0, "");
        self.item("clause", "id", "first-clause");
        self.text("clause", "title", 4, &BTreeMap::new());
        self.markdown("clause", "text", 4);
        if start.formulas.is_empty() {
            self.line("agreement", "implementation", 0, "[]");
        } else {
            self.line("agreement", "implementation", 0, "");
            self.item("clause", "id", "legal");
            let formulas = format!("[{}]", start.formulas.join(", "));
            self.line("clause", "formula", 4, &formulas);
        }
        self.out.push('\n');
        self.line("agreement", "signing", 0, "");
        self.line("signing", "date", 2, "");
        self.text("signing", "place", 2, &BTreeMap::new());
    }

    fn party(&mut self, party: &StartParty) {
        let none = BTreeMap::new();
        if party.known {
            self.item("party", "party", &party.id);
        } else {
            self.item("party", "id", &party.id);
            self.line("party", "language", 4, &party.language.0);
            self.text("party", "name", 4, &party.name);
            self.text("party", "state", 4, &none);
        }
        self.line("party", "signatory", 4, "");
        self.text("signatory", "post", 6, &none);
        self.text("signatory", "name", 6, &none);
        if !party.known {
            self.line("party", "contact", 4, "");
            self.text("contact", "office", 6, &none);
            self.text("contact", "address", 6, &none);
            self.line("contact", "phone", 6, "");
            self.line("contact", "email", 6, "");
        }
    }

    /// Explains a key where it stands for the first time.
    fn explain(&mut self, part: &str, key: &str, indent: usize) {
        let path = format!("keys.{part}.{key}");
        if !self.told.insert(path.clone()) {
            return;
        }
        let meaning = self.messages.get(&path).unwrap_or_default();
        let spaces = " ".repeat(indent);
        self.out
            .push_str(&format!("{spaces}# {}\n", first_sentence(meaning)));
    }

    fn line(&mut self, part: &str, key: &str, indent: usize, value: &str) {
        self.explain(part, key, indent);
        let line = format!("{}{key}: {value}", " ".repeat(indent));
        self.out.push_str(line.trim_end());
        self.out.push('\n');
    }

    /// Begins an item of a list below a key of the form.
    fn item(&mut self, part: &str, key: &str, value: &str) {
        self.explain(part, key, 2);
        self.out
            .push_str(&format!("  - {key}: {}\n", written(value)));
    }

    /// Writes a text in each language on one line.
    fn text(&mut self, part: &str, key: &str, indent: usize, text: &BTreeMap<Language, String>) {
        let texts = self
            .start
            .languages
            .iter()
            .map(|code| match text.get(code) {
                Some(text) => format!("{code}: {}", quoted(text)),
                None => format!("{code}: "),
            });
        let texts: Vec<String> = texts.collect();
        if text.is_empty() {
            self.line(part, key, indent, &format!("{{{}}}", texts.join(", ")));
            return;
        }
        self.line(part, key, indent, "");
        for code in &self.start.languages {
            let value = text.get(code).map(|text| written(text)).unwrap_or_default();
            let line = format!("{}{code}: {value}", " ".repeat(indent + 2));
            self.out.push_str(line.trim_end());
            self.out.push('\n');
        }
    }

    /// Leaves room for a text in Markdown in each language.
    fn markdown(&mut self, part: &str, key: &str, indent: usize) {
        self.line(part, key, indent, "");
        for code in &self.start.languages {
            let line = format!("{}{code}: |-\n\n", " ".repeat(indent + 2));
            self.out.push_str(&line);
        }
    }
}

/// Returns the first sentence of an explanation: its stop stands before a space, and
/// neither in an example nor in brackets.
fn first_sentence(text: &str) -> &str {
    let stops = text.match_indices(". ");
    let ends = stops.filter(|(at, _)| {
        let before = &text[..*at];
        let abbreviated = before.ends_with("e.g") || before.ends_with("v.v");
        let open = before.matches('(').count() > before.matches(')').count();
        let inside = open || before.matches('`').count() % 2 == 1;
        !abbreviated && !inside
    });
    ends.map(|(at, _)| &text[..=at]).next().unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agreement::load::load;
    use crate::source::Source;
    use crate::text::letters::normalise;

    #[test]
    fn what_is_typed_is_in_the_file_letter_for_letter() {
        let (vi, lo) = (Language("vi".to_owned()), Language("lo".to_owned()));
        let starts = [
            "", "  ", "* ", "# ", "- ", "? ", "&a ", "! ", "%", "@", "`", "\"", "'", "[", "{", "|",
            ">",
        ];
        let middles = [
            "ນ້ຳ ຕັ້ງ",
            "Hội: Liên hiệp",
            "Tra\u{302}\u{300}n # Thu\u{309}y",
            "null",
            "012",
        ];
        let ends = ["", "  ", ":", " #", "\"", "'", "\\", "]", ", b: c"];
        for messages in Messages::languages().map(Messages::of) {
            for start in starts {
                for middle in middles {
                    for end in ends {
                        let typed = format!("{start}{middle}{end}");
                        let mut begun = Start::blank("x");
                        let both = || [(vi.clone(), typed.clone()), (lo.clone(), typed.clone())];
                        begun.subject = both().into();
                        begun.parties[0].name = both().into();
                        let file = begun.file(&messages);
                        assert!(file.contains(typed.trim()) || typed.contains(['"', '\'', '\\']));
                        let root = crate::text::yaml::parse(&Source::new("x", file.as_str()));
                        let root = root.unwrap_or_else(|faults| panic!("{file}: {faults:?}"));
                        let subject = root.get("subject").and_then(|node| node.get("lo"));
                        let read = subject.and_then(|node| node.text());
                        assert_eq!(read, Some(normalise(&typed).as_str()), "{file}");
                        assert!(load(&Source::new("x", file.as_str())).is_ok(), "{file}");
                    }
                }
            }
        }
    }

    #[test]
    fn every_key_is_explained_on_one_line() {
        for messages in Messages::languages().map(Messages::of) {
            let mut start = Start::blank("x");
            start.formulas.push("renewal".to_owned());
            let file = start.file(&messages);
            let mut told = BTreeSet::new();
            let mut before = "";
            for line in file.lines() {
                let key = line
                    .trim_start_matches([' ', '-'])
                    .split(':')
                    .next()
                    .unwrap_or_default();
                let is_key = !line.trim().is_empty() && !line.trim().starts_with('#');
                if is_key && !["vi", "lo"].contains(&key) && told.insert(key) {
                    assert!(
                        before.trim().starts_with("# ") && before.ends_with('.'),
                        "{line}"
                    );
                }
                before = line;
            }
            assert!(told.len() > 20, "{told:?}");
        }
    }
}
