//! YAML to [`Agreement`], with the position of every key.
//!
//! All faults of a file are reported at once: unknown keys with the nearest
//! known one, missing and mistyped values, and texts that lack a language.
//! After this stage no value is untyped and no name is unchecked.

mod form;

use std::collections::BTreeMap;

use crate::agreement::{
    Agreement, Allowance, Clause, Contact, FormerName, Header, Language, Layout, MAX_LANGUAGES,
    MAX_PARTIES, Party, PartyOrder, Positions, Predecessor, Review, Signatory, Signing, Status,
    Term,
};
use crate::diagnostic::{Diagnostic, Findings, Outcome};
use crate::source::Source;
use crate::yaml::{self, Node, Value};

use self::form::{Decoder, Form, Prose};

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
        faults: Findings::default(),
        languages: Vec::new(),
    };
    match decoder.agreement(&root) {
        Some(agreement) if decoder.faults.is_empty() => Ok(Loaded {
            agreement,
            positions: decoder.positions,
        }),
        _ => Err(decoder.faults.into_list()),
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
                "layout",
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
        let count = form.filled("parties").map_or(0, |node| node.items().len());
        let parties = match count {
            0..=MAX_PARTIES => self.list(&form, "parties", Self::party),
            _ => Vec::new(),
        };
        self.check_parties(&form, &parties, count);
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
            layout: self
                .choice(&form, "layout", &LAYOUTS)
                .unwrap_or(Layout::Columns),
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
        if items.len() > MAX_LANGUAGES {
            let fault = Diagnostic::error("too-many-languages")
                .at(&node.span)
                .with("number", items.len().to_string())
                .with("most", MAX_LANGUAGES.to_string());
            self.faults.push(fault);
            return Vec::new();
        }
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
        if !form.has("formula") {
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

    fn check_parties(&mut self, form: &Form<'_>, parties: &[Party], count: usize) {
        if form.entries.contains_key("parties") && !(2..=MAX_PARTIES).contains(&count) {
            let fault = Diagnostic::error("number-of-parties")
                .at(&self.positions.at("parties"))
                .with("number", count.to_string())
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

const LAYOUTS: [(&str, Layout); 2] = [("columns", Layout::Columns), ("stacked", Layout::Stacked)];
