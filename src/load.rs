//! YAML to [`Agreement`], with the position of every key.
//!
//! All faults of a file are reported at once: unknown keys with the nearest
//! known one, missing and mistyped values, and texts that lack a language.
//! After this stage no value is untyped and no name is unchecked.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::agreement::{
    Agreement, Allowance, Clause, Contact, FormerName, Header, Language, MAX_PARTIES, Moment,
    Party, PartyOrder, Positions, Predecessor, Review, Signatory, Signing, Status, Term, Text,
};
use crate::diagnostic::{Diagnostic, Outcome};
use crate::source::{Source, Span};
use crate::yaml::{self, Node, Value};

/// An agreement together with where it stands in its file.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The agreement.
    pub agreement: Agreement,
    /// Where each of its keys stands.
    pub positions: Positions,
}

/// Reads an agreement.
///
/// # Errors
/// Every fault of the file: invalid YAML, or keys and values that the form
/// does not have.
pub fn load(source: &Source) -> Outcome<Loaded> {
    let root = yaml::parse(source)?;
    let mut decoder = Decoder {
        positions: Positions::new(source),
        subject: String::new(),
        faults: Vec::new(),
        languages: Vec::new(),
    };
    match decoder.agreement(&root) {
        Some(agreement) if decoder.faults.is_empty() => Ok(Loaded {
            agreement,
            positions: decoder.positions,
        }),
        _ => Err(decoder.faults),
    }
}

struct Decoder {
    positions: Positions,
    /// The party or clause that is being read, by id.
    subject: String,
    faults: Vec<Diagnostic>,
    languages: Vec<Language>,
}

/// A mapping of the file, at its key path; the root's path is empty.
struct Form<'a> {
    path: String,
    span: Span,
    entries: BTreeMap<&'a str, &'a Node>,
}

impl<'a> Form<'a> {
    fn path(&self, key: &str) -> String {
        if self.path.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.path)
        }
    }

    /// Returns the value of `key`, unless it is absent or blank.
    fn filled(&self, key: &str) -> Option<&'a Node> {
        self.entries
            .get(key)
            .copied()
            .filter(|node| !matches!(node.value, Value::Blank))
    }
}

// The parts of the form, parent before child.
impl Decoder {
    fn agreement(&mut self, root: &Node) -> Option<Agreement> {
        let form = self.form(
            root,
            "",
            &[
                "id",
                "kind",
                "languages",
                "drafted_in",
                "term",
                "status",
                "party_order",
                "header",
                "predecessor",
                "parties",
                "preamble",
                "content",
                "implementation",
                "signing",
                "review",
                "allow",
            ],
        )?;
        self.languages = self.languages(&form);
        // Without the languages every text of the file would seem at fault.
        if self.languages.is_empty() || !self.faults.is_empty() && self.languages_are_at_fault() {
            return None;
        }
        let id = self.need(&form, "id").and_then(|node| self.id(node));
        let kind = self.need(&form, "kind").and_then(|node| self.line(node));
        let drafted_in = form
            .filled("drafted_in")
            .and_then(|node| self.language(node));
        let parties = self.list(&form, "parties", Self::party);
        self.check_parties(&form, &parties);
        let agreement = Agreement {
            id: id.unwrap_or_default(),
            kind: kind.unwrap_or_default(),
            drafted_in: drafted_in.or_else(|| self.languages.first().cloned())?,
            status: self
                .choice(&form, "status", &STATUSES)
                .unwrap_or(Status::Draft),
            party_order: self
                .choice(&form, "party_order", &ORDERS)
                .unwrap_or(PartyOrder::Alternat),
            header: self
                .choice(&form, "header", &HEADERS)
                .unwrap_or(Header::None),
            term: self.term(&form),
            predecessor: self.predecessor(&form),
            parties,
            preamble: self.text(&form, "preamble", Prose::Markdown),
            content: self.list(&form, "content", Self::clause),
            implementation: self.list(&form, "implementation", Self::clause),
            signing: self.signing(&form),
            review: self.review(&form),
            allow: self.optional_list(&form, "allow", Self::allowance),
            languages: self.languages.clone(),
        };
        self.unique(
            agreement
                .clauses()
                .map(|clause| (clause.id.as_str(), clause.path.as_str())),
        );
        Some(agreement)
    }

    fn languages_are_at_fault(&self) -> bool {
        self.faults
            .iter()
            .any(|fault| matches!(fault.code, "invalid-language" | "repeated-language"))
    }

    fn languages(&mut self, form: &Form<'_>) -> Vec<Language> {
        let Some(node) = self.need(form, "languages") else {
            return Vec::new();
        };
        let Value::List(items) = &node.value else {
            self.mistyped(node, "@a-list");
            return Vec::new();
        };
        let mut languages = Vec::new();
        for item in items {
            let Some(language) = self.language(item) else {
                continue;
            };
            if languages.contains(&language) {
                let fault = Diagnostic::error("repeated-language").at(&item.span);
                self.faults.push(fault.with("language", language.0));
            } else {
                languages.push(language);
            }
        }
        if languages.is_empty() {
            self.faults
                .push(Diagnostic::error("no-language").at(&node.span));
        }
        languages
    }

    fn language(&mut self, node: &Node) -> Option<Language> {
        let code = self.line(node)?;
        let valid = (2..=3).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_lowercase());
        if !valid {
            let fault = Diagnostic::error("invalid-language")
                .at(&node.span)
                .with("value", &code);
            self.faults.push(fault);
            return None;
        }
        Some(Language(code))
    }

    fn party(&mut self, node: &Node, path: &str) -> Option<Party> {
        let keys = &[
            "id",
            "language",
            "name",
            "short",
            "formerly",
            "state",
            "signatory",
            "contact",
        ];
        let form = self.form(node, path, keys)?;
        let id = self.need(&form, "id").and_then(|node| self.id(node));
        self.subject = id.clone().unwrap_or_default();
        let language = self
            .need(&form, "language")
            .and_then(|node| self.language(node));
        self.need(&form, "name");
        let signatory = self.part(&form, "signatory", &["post", "name"]);
        let party = Party {
            id: id.unwrap_or_default(),
            language: language.unwrap_or_else(|| Language(String::new())),
            name: self.text(&form, "name", Prose::Plain),
            short: self.optional_text(&form, "short", Prose::Plain),
            formerly: self.optional_list(&form, "formerly", Self::former_name),
            state: self.text(&form, "state", Prose::Plain),
            signatory: Signatory {
                post: self.text(&signatory, "post", Prose::Plain),
                name: self.text(&signatory, "name", Prose::Plain),
            },
            contact: self.contact(&form),
        };
        if !self.languages.contains(&party.language) && !party.language.0.is_empty() {
            let span = self.positions.at(&form.path("language"));
            let fault = Diagnostic::error("language-not-listed").at(&span);
            self.faults.push(
                fault
                    .with("language", party.language.0.clone())
                    .hint("list"),
            );
        }
        Some(party)
    }

    fn former_name(&mut self, node: &Node, path: &str) -> Option<FormerName> {
        let form = self.form(node, path, &["name", "until"])?;
        Some(FormerName {
            name: self.text(&form, "name", Prose::Plain),
            until: self.date(&form, "until"),
        })
    }

    fn contact(&mut self, party: &Form<'_>) -> Contact {
        let keys = &["office", "address", "phone", "fax", "email", "verified_on"];
        let form = self.part(party, "contact", keys);
        Contact {
            office: self.text(&form, "office", Prose::Plain),
            address: self.text(&form, "address", Prose::Plain),
            phone: self.optional_line(&form, "phone"),
            fax: self.optional_line(&form, "fax"),
            email: self.optional_line(&form, "email"),
            verified_on: self.date(&form, "verified_on"),
        }
    }

    fn clause(&mut self, node: &Node, path: &str) -> Option<Clause> {
        let form = self.form(node, path, &["id", "title", "text", "formula", "contacts"])?;
        let id = self.need(&form, "id").and_then(|node| self.id(node));
        self.subject = id.clone().unwrap_or_default();
        if !form.entries.contains_key("formula") {
            self.need(&form, "text");
        }
        Some(Clause {
            id: id.unwrap_or_default(),
            path: path.to_owned(),
            title: self.optional_text(&form, "title", Prose::Plain),
            text: self.optional_text(&form, "text", Prose::Markdown),
            formulas: self.formulas(&form),
            contacts_here: self
                .choice(&form, "contacts", &[("here", true)])
                .unwrap_or(false),
        })
    }

    fn formulas(&mut self, form: &Form<'_>) -> Vec<String> {
        let Some(node) = form.filled("formula") else {
            return Vec::new();
        };
        match &node.value {
            Value::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.positions
                        .insert(format!("{}[{index}]", form.path("formula")), &item.span);
                }
                items.iter().filter_map(|item| self.id(item)).collect()
            }
            _ => self.id(node).into_iter().collect(),
        }
    }

    fn term(&mut self, form: &Form<'_>) -> Term {
        let Some(node) = form.filled("term") else {
            return Term::default();
        };
        let Some(term) = self.form(node, &form.path("term"), &["from", "to"]) else {
            return Term::default();
        };
        let read = Term {
            from: self.moment(&term, "from"),
            to: self.moment(&term, "to"),
        };
        if let (Some(from), Some(to)) = (read.from, read.to)
            && from.first_day() > to.last_day()
        {
            let fault = Diagnostic::error("term-ends-before-start")
                .at(&self.positions.at(&term.path("to")))
                .label("start", &self.positions.at(&term.path("from")))
                .hint("swap");
            self.faults.push(fault);
        }
        read
    }

    fn predecessor(&mut self, form: &Form<'_>) -> Option<Predecessor> {
        let node = form.filled("predecessor")?;
        let path = form.path("predecessor");
        let form = self.form(node, &path, &["agreement", "term", "signed"])?;
        Some(Predecessor {
            agreement: form.filled("agreement").and_then(|node| self.id(node)),
            term: self.term(&form),
            signed: self.date(&form, "signed"),
        })
    }

    fn signing(&mut self, form: &Form<'_>) -> Signing {
        let signing = self.part(form, "signing", &["date", "place"]);
        Signing {
            date: self.date(&signing, "date"),
            place: self.text(&signing, "place", Prose::Plain),
        }
    }

    fn review(&mut self, form: &Form<'_>) -> BTreeMap<Language, Review> {
        let languages = self.languages.clone();
        let codes: Vec<&str> = languages
            .iter()
            .map(|language| language.0.as_str())
            .collect();
        let review = self.part(form, "review", &codes);
        let mut reviews = BTreeMap::new();
        for language in &languages {
            let Some(node) = review.filled(&language.0) else {
                continue;
            };
            let path = review.path(&language.0);
            let Some(form) = self.form(node, &path, &["by", "on", "digests"]) else {
                continue;
            };
            let by = self.need(&form, "by").and_then(|node| self.line(node));
            if let Some(by) = by {
                reviews.insert(
                    language.clone(),
                    Review {
                        by,
                        on: self.date(&form, "on"),
                        digests: self.digests(&form),
                    },
                );
            }
        }
        reviews
    }

    fn digests(&mut self, form: &Form<'_>) -> BTreeMap<String, String> {
        let Some(node) = form.filled("digests") else {
            return BTreeMap::new();
        };
        if !matches!(node.value, Value::Map(_)) {
            self.mistyped(node, "@a-mapping");
        }
        let entries = node.entries().iter();
        entries
            .filter_map(|entry| Some((entry.key.clone(), self.line(&entry.node)?)))
            .collect()
    }

    fn allowance(&mut self, node: &Node, path: &str) -> Option<Allowance> {
        let form = self.form(node, path, &["code", "at", "reason"])?;
        let mut line = |key: &str| self.need(&form, key).and_then(|node| self.line(node));
        Some(Allowance {
            code: line("code")?,
            at: line("at")?,
            reason: line("reason")?,
            path: path.to_owned(),
        })
    }

    fn check_parties(&mut self, form: &Form<'_>, parties: &[Party]) {
        if form.entries.contains_key("parties") && !(2..=MAX_PARTIES).contains(&parties.len()) {
            let fault = Diagnostic::error("number-of-parties")
                .at(&self.positions.at("parties"))
                .with("number", parties.len().to_string())
                .with("most", MAX_PARTIES.to_string());
            self.faults.push(fault);
        }
        let paths: Vec<String> = (0..parties.len())
            .map(|i| format!("parties[{i}]"))
            .collect();
        self.unique(
            parties
                .iter()
                .map(|party| party.id.as_str())
                .zip(paths.iter().map(String::as_str)),
        );
    }
}

/// How a text is to be read.
#[derive(Clone, Copy, PartialEq)]
enum Prose {
    /// Every character is itself; white space is folded to single spaces.
    Plain,
    /// CommonMark.
    Markdown,
}

const STATUSES: [(&str, Status); 3] = [
    ("draft", Status::Draft),
    ("final", Status::Final),
    ("signed", Status::Signed),
];
const ORDERS: [(&str, PartyOrder); 2] = [
    ("alternat", PartyOrder::Alternat),
    ("fixed", PartyOrder::Fixed),
];
const HEADERS: [(&str, Header); 3] = [
    ("none", Header::None),
    ("state", Header::State),
    ("union", Header::Union),
];

// The kinds of value.
impl Decoder {
    /// Opens a mapping, refusing keys that are not among `known`.
    fn form<'a>(&mut self, node: &'a Node, path: &str, known: &[&str]) -> Option<Form<'a>> {
        let Value::Map(entries) = &node.value else {
            self.mistyped(node, "@a-mapping");
            return None;
        };
        let mut form = Form {
            path: path.to_owned(),
            span: node.span.clone(),
            entries: BTreeMap::new(),
        };
        for entry in entries {
            if known.contains(&entry.key.as_str()) {
                self.positions
                    .insert(form.path(&entry.key), &entry.node.span);
                form.entries.insert(&entry.key, &entry.node);
            } else {
                self.faults
                    .push(unknown_key(&entry.key, &entry.key_span, known));
            }
        }
        Some(form)
    }

    /// Opens a mapping that may be absent or blank.
    fn part<'a>(&mut self, form: &Form<'a>, key: &str, known: &[&str]) -> Form<'a> {
        let path = form.path(key);
        let opened = form
            .filled(key)
            .and_then(|node| self.form(node, &path, known));
        opened.unwrap_or(Form {
            path,
            span: form.span.clone(),
            entries: BTreeMap::new(),
        })
    }

    fn need<'a>(&mut self, form: &Form<'a>, key: &str) -> Option<&'a Node> {
        let node = form.entries.get(key).copied();
        if node.is_none() {
            let first = self
                .positions
                .source()
                .span(form.span.range().start..form.span.range().start + 1);
            let fault = Diagnostic::error("missing-key")
                .at(&first)
                .with("key", key)
                .hint("add");
            self.faults.push(fault);
        }
        node
    }

    fn list<T>(
        &mut self,
        form: &Form<'_>,
        key: &str,
        read: fn(&mut Self, &Node, &str) -> Option<T>,
    ) -> Vec<T> {
        self.need(form, key);
        self.optional_list(form, key, read)
    }

    fn optional_list<T>(
        &mut self,
        form: &Form<'_>,
        key: &str,
        read: fn(&mut Self, &Node, &str) -> Option<T>,
    ) -> Vec<T> {
        let Some(node) = form.filled(key) else {
            return Vec::new();
        };
        let Value::List(items) = &node.value else {
            self.mistyped(node, "@a-list");
            return Vec::new();
        };
        let mut values = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let path = format!("{}[{index}]", form.path(key));
            self.positions.insert(path.clone(), &item.span);
            values.extend(read(self, item, &path));
        }
        values
    }

    /// Reads a text; an absent or blank one is blank in every language.
    fn text(&mut self, form: &Form<'_>, key: &str, prose: Prose) -> Text {
        let path = form.path(key);
        self.optional_text(form, key, prose)
            .unwrap_or_else(|| Text {
                path,
                by_language: self.languages.iter().map(|l| (l.clone(), None)).collect(),
            })
    }

    fn optional_text(&mut self, form: &Form<'_>, key: &str, prose: Prose) -> Option<Text> {
        let node = form.entries.get(key).copied()?;
        let path = form.path(key);
        let languages = self.languages.clone();
        let mut text = Text {
            path: path.clone(),
            by_language: BTreeMap::new(),
        };
        if matches!(node.value, Value::Blank) {
            text.by_language = languages
                .into_iter()
                .map(|language| (language, None))
                .collect();
            return Some(text);
        }
        let codes: Vec<&str> = languages
            .iter()
            .map(|language| language.0.as_str())
            .collect();
        if !matches!(node.value, Value::Map(_)) {
            let fault = Diagnostic::error("not-by-language").at(&node.span);
            self.faults
                .push(fault.with("languages", codes.join(", ")).hint("split"));
            return None;
        }
        let by_language = self.form(node, &path, &codes)?;
        for language in &languages {
            let value = match by_language.entries.get(language.0.as_str()) {
                None => {
                    self.lacks_language(&by_language, language);
                    None
                }
                Some(node) if prose == Prose::Plain => self.optional(node).map(|text| fold(&text)),
                Some(node) => self.optional(node).map(|text| text.trim_end().to_owned()),
            };
            text.by_language
                .insert(language.clone(), value.filter(|value| !value.is_empty()));
        }
        Some(text)
    }

    fn lacks_language(&mut self, form: &Form<'_>, language: &Language) {
        let key = form.path.rsplit('.').next().unwrap_or_default();
        // Only texts within a list belong to a party or a clause.
        let owner = if form.path.contains('[') {
            &self.subject
        } else {
            "@the-agreement"
        };
        let fault = Diagnostic::error("one-language-only")
            .at(&form.span)
            .with("text", key)
            .with("owner", owner)
            .with("language", language.0.clone())
            .hint("add");
        self.faults.push(fault);
    }

    /// Reads a text that may be blank.
    fn optional(&mut self, node: &Node) -> Option<String> {
        match &node.value {
            Value::Blank => None,
            Value::Scalar(text) => Some(text.clone()).filter(|text| !text.trim().is_empty()),
            Value::List(_) | Value::Map(_) => {
                self.mistyped(node, "@text");
                None
            }
        }
    }

    fn optional_line(&mut self, form: &Form<'_>, key: &str) -> Option<String> {
        form.filled(key)
            .and_then(|node| self.optional(node))
            .map(|text| fold(&text))
    }

    fn line(&mut self, node: &Node) -> Option<String> {
        match &node.value {
            Value::Scalar(text) if !text.trim().is_empty() => Some(fold(text)),
            _ => {
                self.mistyped(node, "@text");
                None
            }
        }
    }

    /// Reads a name that is safe in a path on every system.
    fn id(&mut self, node: &Node) -> Option<String> {
        let id = self.line(node)?;
        let letters = id
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        // Windows keeps these names for devices.
        let device = matches!(id.as_str(), "con" | "prn" | "aux" | "nul")
            || (id.len() == 4 && (id.starts_with("com") || id.starts_with("lpt")));
        if !letters || id.starts_with('-') || id.len() > 100 || device {
            let shown: String = id.chars().take(40).collect();
            self.faults.push(
                Diagnostic::error("invalid-id")
                    .at(&node.span)
                    .with("id", shown)
                    .hint("form"),
            );
            return None;
        }
        Some(id)
    }

    fn choice<T: Copy>(&mut self, form: &Form<'_>, key: &str, choices: &[(&str, T)]) -> Option<T> {
        let node = form.filled(key)?;
        let word = self.line(node)?;
        let chosen = choices
            .iter()
            .find(|(name, _)| *name == word)
            .map(|(_, value)| *value);
        if chosen.is_none() {
            let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
            let fault = Diagnostic::error("unknown-choice").at(&node.span);
            let fault = fault
                .with("value", &word)
                .with("key", key)
                .with("choices", names.join(", "));
            self.faults.push(suggest(fault, &word, &names));
        }
        chosen
    }

    fn date(&mut self, form: &Form<'_>, key: &str) -> Option<NaiveDate> {
        let node = form.filled(key)?;
        let text = self.line(node)?;
        let date = parse_date(&text);
        if date.is_none() {
            self.faults.push(
                Diagnostic::error("invalid-date")
                    .at(&node.span)
                    .with("value", text)
                    .hint("form"),
            );
        }
        date
    }

    fn moment(&mut self, form: &Form<'_>, key: &str) -> Option<Moment> {
        let node = form.filled(key)?;
        let text = self.line(node)?;
        let year = (text.len() == 4)
            .then(|| text.parse::<u16>().ok())
            .flatten();
        match year {
            Some(year) if year >= 1900 => Some(Moment::Year(year.into())),
            _ => self.date(form, key).map(Moment::Day),
        }
    }

    fn unique<'a>(&mut self, named: impl Iterator<Item = (&'a str, &'a str)>) {
        let mut first: BTreeMap<&str, &str> = BTreeMap::new();
        let mut seen = BTreeSet::new();
        for (id, path) in named.filter(|(id, _)| !id.is_empty()) {
            if !seen.insert(id) {
                let span = |path: &str| self.positions.at(&format!("{path}.id"));
                let fault = Diagnostic::error("repeated-id")
                    .at(&span(path))
                    .with("id", id);
                let fault = fault.label("first", &span(first.get(id).copied().unwrap_or_default()));
                self.faults.push(fault);
            } else {
                first.insert(id, path);
            }
        }
    }

    fn mistyped(&mut self, node: &Node, expected: &str) {
        let found = match node.value {
            Value::Blank => "@nothing",
            Value::Scalar(_) => "@text",
            Value::List(_) => "@a-list",
            Value::Map(_) => "@a-mapping",
        };
        let fault = Diagnostic::error("wrong-type").at(&node.span);
        self.faults
            .push(fault.with("expected", expected).with("found", found));
    }
}

/// Reads a date as `2022-11-28`, the one form in which day and month cannot
/// be mistaken for each other (ISO 8601).
fn parse_date(text: &str) -> Option<NaiveDate> {
    let shape = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    shape
        .then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok())
        .flatten()
}

fn fold(text: &str) -> String {
    text.split([' ', '\t', '\n', '\r'])
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn unknown_key(key: &str, span: &Span, known: &[&str]) -> Diagnostic {
    let fault = Diagnostic::error("unknown-key").at(span).with("key", key);
    suggest(fault.with("known", known.join(", ")), key, known)
}

/// Names the known word that `word` was probably meant to be, or all of them.
fn suggest(fault: Diagnostic, word: &str, known: &[&str]) -> Diagnostic {
    let nearest = known
        .iter()
        .map(|candidate| (strsim::jaro_winkler(word, candidate), candidate))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0));
    match nearest {
        Some((_, nearest)) => fault.with("nearest", *nearest).hint("nearest"),
        None => fault.hint("known"),
    }
}
