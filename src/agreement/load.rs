//! YAML to [`Agreement`], with the position of every key.
//!
//! All faults of a file are reported at once: unknown keys with the nearest
//! known one, missing and mistyped values, and texts that lack a language.
//! After this stage no value is untyped and no name is unchecked.

use std::collections::BTreeMap;

use super::model::{
    Agreement, Allowance, Amends, Annex, Clause, Contact, FormerName, Header, Layout, Numbering,
    OriginalForm, Originals, Party, PartyOrder, Point, Predecessor, Prevailing, Review, Status,
};
use super::positions::Positions;
use crate::diagnostic::{Diagnostic, Outcome};
use crate::language::{Language, MAX_LANGUAGES, MAX_PARTIES};
use crate::source::Source;
use crate::text::yaml::{self, Node, Value};

use super::form::{Decoder, Form};
use super::keys;
use super::register::{REFERENCE, Register};

/// An agreement together with where it stands in its file.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The agreement.
    pub agreement: Agreement,
    /// Where each of its keys stands.
    pub positions: Positions,
}

/// Reads an agreement that takes no party from elsewhere.
///
/// # Errors
/// Every fault of the file: invalid YAML, or keys and values that the form
/// does not have.
pub fn load(source: &Source) -> Outcome<Loaded> {
    load_with(source, &Register::default())
}

/// Reads an agreement, with the parties that it takes from `register`. Their values
/// stand where they were written.
///
/// # Errors
/// As [`load`]; and parties that the register does not have.
pub fn load_with(source: &Source, register: &Register) -> Outcome<Loaded> {
    let root = register.resolve(yaml::parse(source)?)?;
    let mut decoder = Decoder::new(source);
    match decoder.agreement(&root) {
        Some(agreement) if decoder.faults.is_empty() => Ok(Loaded {
            agreement,
            positions: decoder.positions,
        }),
        _ => Err(decoder.faults.into_list()),
    }
}

/// The names of the sheets that lie beside the originals.
const SHEETS: [&str; 2] = ["custody", "differences"];

// The parts of the form, parent before child.
impl Decoder {
    fn agreement(&mut self, root: &Node) -> Option<Agreement> {
        let form = self.form(root, "", &keys::AGREEMENT)?;
        self.languages = self.languages(&form);
        // Without the languages every text of the file would seem at fault.
        if self.languages.is_empty() || !self.faults.is_empty() && self.languages_are_at_fault() {
            return None;
        }
        let id = form.get("id").and_then(|node| self.id(node));
        let kind = form.get("kind").and_then(|node| self.line(node));
        self.kind_fits(&form, kind.as_deref());
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
            number: self.optional_text(&form, "number"),
            subject: self.optional_text(&form, "subject"),
            status: self
                .choice(&form, "status", &keys::STATUSES)
                .unwrap_or(Status::Draft),
            party_order: self
                .choice(&form, "party_order", &keys::ORDERS)
                .unwrap_or(PartyOrder::Alternat),
            header: self
                .choice(&form, "header", &keys::HEADERS)
                .unwrap_or(Header::None),
            layout: self
                .choice(&form, "layout", &keys::LAYOUTS)
                .unwrap_or(Layout::Columns),
            initials: self
                .choice(&form, "initials", &keys::INITIALS)
                .unwrap_or(false),
            numbering: self
                .choice(&form, "numbering", &keys::NUMBERINGS)
                .unwrap_or(Numbering::Sections),
            originals: self.originals(&form, &parties),
            signing: self.signing(&form, &parties),
            witnesses: self.list(&form, "witnesses", Self::witness),
            due: self.appointments(&form, &parties),
            term: self.own_term(&form),
            renewal: self.renewal(&form),
            termination: self.termination(&form),
            prevailing: self.prevailing(&form),
            predecessor: self.predecessor(&form),
            amends: self.amends(&form),
            parties,
            preamble: self.text(&form, "preamble"),
            content: self.list(&form, "content", Self::clause),
            implementation: self.list(&form, "implementation", Self::clause),
            annexes: self.list(&form, "annexes", Self::annex),
            review: self.review(&form),
            allow: self.list(&form, "allow", Self::allowance),
            languages: self.languages.clone(),
        };
        let clauses = agreement.clauses().flat_map(|clause| {
            let points = clause.points.iter();
            let points = points.map(|point| (point.id.as_deref().unwrap_or(""), &point.path));
            std::iter::once((clause.id.as_str(), &clause.path)).chain(points)
        });
        let annexes = agreement.annexes.iter();
        let annexes = annexes.map(|annex| (annex.id.as_str(), &annex.path));
        let named = clauses.chain(annexes);
        self.unique(named.map(|(id, path)| (id, path.as_str())));
        self.formulas_are_given(&agreement);
        self.parties_are_settled(&agreement);
        Some(agreement)
    }

    /// Reports the parties of an agreement that is to be signed, or was, whose names
    /// would change with the register.
    fn parties_are_settled(&mut self, agreement: &Agreement) {
        if agreement.status == Status::Draft {
            return;
        }
        for index in 0..agreement.parties.len() {
            let path = format!("parties[{index}].{REFERENCE}");
            let span = self.positions.exact(&path);
            if let Some(span) = span.filter(|span| !span.text().trim().is_empty()) {
                let fault = Diagnostic::error("party-not-settled").at(&span);
                let fault = fault.label("status", &self.positions.at("status"));
                let fault = fault.typed("party", span.text());
                self.faults.push(fault.hint("settle"));
            }
        }
    }

    fn languages_are_at_fault(&self) -> bool {
        self.faults
            .iter()
            .any(|fault| matches!(fault.code, "invalid-language" | "repeated-language"))
    }

    fn languages(&mut self, form: &Form<'_>) -> Vec<Language> {
        let Some(node) = form.get("languages") else {
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
        let form = self.form(node, path, &keys::PARTY)?;
        let id = form.get("id").and_then(|node| self.id(node));
        self.subject = id.clone().unwrap_or_default();
        let language = form.get("language").and_then(|node| self.language(node));
        let signatories = self.signatories(&form);
        let party = Party {
            id: id.unwrap_or_default(),
            language: language.unwrap_or_else(|| Language(String::new())),
            name: self.text(&form, "name"),
            short: self.optional_text(&form, "short"),
            formerly: self.list(&form, "formerly", Self::former_name),
            state: self.text_or_none(&form, "state"),
            signatories,
            contact: self.contact(&form),
        };
        self.listed(&party.language, &form.path("language"));
        Some(party)
    }

    /// Reports a language that is not one of the agreement's.
    fn listed(&mut self, language: &Language, path: &str) {
        if !self.languages.contains(language) && !language.0.is_empty() {
            let fault = Diagnostic::error("language-not-listed").at(&self.positions.at(path));
            let fault = fault.with("language", language.0.clone());
            self.faults.push(fault.hint("list"));
        }
    }

    /// Reads the language that decides; empty is not known yet.
    fn prevailing(&mut self, form: &Form<'_>) -> Option<Prevailing> {
        form.get("prevailing_language")?;
        let node = form.filled("prevailing_language");
        let language = node.and_then(|node| self.language(node));
        if let Some(language) = &language {
            self.listed(language, "prevailing_language");
        }
        Some(Prevailing { language })
    }

    fn former_name(&mut self, node: &Node, path: &str) -> Option<FormerName> {
        let form = self.form(node, path, &keys::FORMER_NAME)?;
        Some(FormerName {
            name: self.text(&form, "name"),
            until: self.date(&form, "until"),
        })
    }

    fn contact(&mut self, party: &Form<'_>) -> Contact {
        let form = self.part(party, "contact", &keys::CONTACT);
        Contact {
            office: self.text(&form, "office"),
            person: self.optional_text(&form, "person"),
            address: self.text(&form, "address"),
            phone: self.optional_line(&form, "phone"),
            fax: self.optional_line(&form, "fax"),
            email: self.optional_line(&form, "email"),
            website: self.optional_line(&form, "website"),
            messaging: self.optional_line(&form, "messaging"),
            verified_on: self.date(&form, "verified_on"),
        }
    }

    fn clause(&mut self, node: &Node, path: &str) -> Option<Clause> {
        let form = self.form(node, path, &keys::CLAUSE)?;
        let id = form.get("id").and_then(|node| self.id(node));
        self.subject = id.clone().unwrap_or_default();
        self.says_something(&form);
        Some(Clause {
            id: id.unwrap_or_default(),
            path: path.to_owned(),
            title: self.optional_text(&form, "title"),
            text: self.optional_text(&form, "text"),
            formulas: self.formulas(&form),
            points: self.points(&form),
            contacts_here: self
                .choice(&form, "contacts", &keys::CONTACTS)
                .unwrap_or(false),
        })
    }

    fn annex(&mut self, node: &Node, path: &str) -> Option<Annex> {
        let form = self.form(node, path, &keys::ANNEX)?;
        let id = form.get("id").and_then(|node| self.id(node));
        self.subject = id.clone().unwrap_or_default();
        Some(Annex {
            id: id.unwrap_or_default(),
            path: path.to_owned(),
            title: self.text(&form, "title"),
            text: self.text(&form, "text"),
        })
    }

    /// Refuses a clause or point of which nothing but its number would be printed,
    /// or whose formula would stand between its words and its points.
    fn says_something(&mut self, form: &Form<'_>) {
        let holds = |node: &&Node| !matches!(&node.value, Value::List(items) if items.is_empty());
        let (formula, points) = (form.filled("formula"), form.filled("points"));
        match (formula.filter(holds), points.filter(holds)) {
            (Some(formula), Some(_)) => {
                let fault = Diagnostic::error("formula-above-points").at(&formula.span);
                self.faults.push(fault.hint("point"));
            }
            (None, None) if form.get("text").is_none() => {
                if let Some(node) = form.get("formula").or_else(|| form.get("points")) {
                    let fault = Diagnostic::error("says-nothing").at(&node.span);
                    self.faults.push(fault.hint("say"));
                }
            }
            _ => {}
        }
    }

    /// Reads the points of a clause and their own, two deep.
    fn points(&mut self, clause: &Form<'_>) -> Vec<Point> {
        let mut points = Vec::new();
        for (place, (node, path)) in (1..).zip(self.items(clause, "points")) {
            let Some(form) = self.form(node, &path, &keys::POINT) else {
                continue;
            };
            self.says_something(&form);
            points.push(self.point(&form, vec![place]));
            for (below, (node, path)) in (1..).zip(self.items(&form, "points")) {
                if let Some(form) = self.form(node, &path, &keys::SUB_POINT) {
                    self.says_something(&form);
                    points.push(self.point(&form, vec![place, below]));
                }
            }
        }
        points
    }

    fn point(&mut self, form: &Form<'_>, place: Vec<usize>) -> Point {
        Point {
            id: form.filled("id").and_then(|node| self.id(node)),
            path: form.path.clone(),
            place,
            text: self.optional_text(form, "text"),
            formulas: self.formulas(form),
        }
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
                let formulas = items.iter().filter_map(|item| self.formula(item));
                formulas.collect()
            }
            _ => self.formula(node).into_iter().collect(),
        }
    }

    /// Reads the name of a formula, which stands once in an agreement.
    fn formula(&mut self, node: &Node) -> Option<String> {
        let formula = self.id(node)?;
        if let Some(first) = self.formulas.insert(formula.clone(), node.span.clone()) {
            let fault = Diagnostic::error("repeated-formula").at(&node.span);
            let fault = fault.label("first", &first).hint("remove");
            self.faults.push(fault.with("text", formula.clone()));
        }
        Some(formula)
    }

    fn originals(&mut self, form: &Form<'_>, parties: &[Party]) -> Originals {
        let form = self.part(form, "originals", &keys::ORIGINALS);
        let usual = Originals::default();
        let form_of_all = self.choice(&form, "form", &keys::ORIGINAL_FORMS);
        let each = self.number(&form, "each");
        let read = Originals {
            form: form_of_all.unwrap_or(usual.form),
            each: each.map_or(usual.each, |each| each as usize),
        };
        // A joint original bears its holder's name alone.
        if read.form == OriginalForm::Joint {
            for (index, party) in parties.iter().enumerate() {
                if SHEETS.contains(&party.id.as_str()) {
                    let span = self.positions.at(&format!("parties[{index}].id"));
                    let fault = Diagnostic::error("id-of-a-sheet").at(&span);
                    self.faults.push(fault.with("id", &party.id).hint("other"));
                }
            }
        }
        read
    }

    fn predecessor(&mut self, form: &Form<'_>) -> Option<Predecessor> {
        let node = form.filled("predecessor")?;
        let path = form.path("predecessor");
        let form = self.form(node, &path, &keys::PREDECESSOR)?;
        Some(Predecessor {
            agreement: form.filled("agreement").and_then(|node| self.id(node)),
            term: self.term(&form),
            signed: self.date(&form, "signed"),
        })
    }

    /// Reports an amendment that does not say what it amends, and another agreement
    /// that does.
    fn kind_fits(&mut self, form: &Form<'_>, kind: Option<&str>) {
        let is_amendment = kind == Some(keys::AMENDMENT);
        match form.get("amends") {
            None if is_amendment => self.need(form, "amends"),
            Some(amends) if kind.is_some() && !is_amendment => {
                let fault = Diagnostic::error("amends-without-kind").at(&amends.span);
                let fault = fault.label("kind", &self.positions.at("kind"));
                self.faults.push(fault.hint("kind"));
            }
            _ => {}
        }
    }

    fn amends(&mut self, form: &Form<'_>) -> Option<Amends> {
        form.get("amends")?;
        let amends = self.part(form, "amends", &keys::AMENDS);
        self.subject = "@the-agreement".to_owned();
        Some(Amends {
            agreement: amends.filled("agreement").and_then(|node| self.id(node)),
            signed: self.date(&amends, "signed"),
            title: self.text(&amends, "title"),
        })
    }

    fn review(&mut self, form: &Form<'_>) -> BTreeMap<Language, Review> {
        let languages = self.languages.clone();
        let review = self.by_language(form, "review");
        let mut reviews = BTreeMap::new();
        for language in &languages {
            let Some(node) = review.filled(&language.0) else {
                continue;
            };
            let path = review.path(&language.0);
            let Some(form) = self.form(node, &path, &keys::REVIEW) else {
                continue;
            };
            let by = form.get("by").and_then(|node| self.line(node));
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
        let form = self.form(node, path, &keys::ALLOWANCE)?;
        let mut line = |key: &str| form.get(key).and_then(|node| self.line(node));
        Some(Allowance {
            code: line("code")?,
            at: line("at")?,
            reason: line("reason")?,
            path: path.to_owned(),
        })
    }

    fn check_parties(&mut self, form: &Form<'_>, parties: &[Party], count: usize) {
        if form.get("parties").is_some() && !(2..=MAX_PARTIES).contains(&count) {
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
