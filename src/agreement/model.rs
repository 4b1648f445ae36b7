//! The model of one agreement, as its parties would describe it.
//!
//! Only `load` builds it, so every value here has already the right form. A
//! value that is not known is `None`: a draft prints a dotted line for it and
//! an original is refused. The model holds no spans; a [`Text`] remembers its
//! key path instead, and
//! [`Positions`](super::Positions) tells where that stands in the file.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::language::Language;

use super::appointment::Appointment;
use super::signatures::{Signatory, Signing, Witness};
use super::term::{Renewal, Term, Termination};
use super::text::Text;

/// One agreement.
#[derive(Clone, Debug)]
pub struct Agreement {
    /// Names the agreement and its output folder: `[a-z0-9-]`, at most 100 letters.
    pub id: String,
    /// Which title words and formulas a language uses, a key of its `kinds`.
    pub kind: String,
    /// The languages of the originals, at least one, in agreed order.
    pub languages: Vec<Language>,
    /// The language in which the text was negotiated; the others translate it.
    pub drafted_in: Language,
    /// The number under which an office files it, as printed above the title.
    pub number: Option<Text>,
    /// What the agreement is about, as printed under the title.
    pub subject: Option<Text>,
    /// How far the agreement has come.
    pub status: Status,
    /// Whether each original names its holder first.
    pub party_order: PartyOrder,
    /// What stands above the title.
    pub header: Header,
    /// How two languages stand on one page.
    pub layout: Layout,
    /// Whether each page of an original has room for the parties' initials.
    pub initials: bool,
    /// How clauses are numbered.
    pub numbering: Numbering,
    /// How many originals there are, and in which languages.
    pub originals: Originals,
    /// For how long the agreement is made.
    pub term: Term,
    /// How it goes on after its term.
    pub renewal: Option<Renewal>,
    /// How a party ends it before that.
    pub termination: Option<Termination>,
    /// The language whose text decides where the languages differ.
    pub prevailing: Option<Prevailing>,
    /// The agreement that this one succeeds.
    pub predecessor: Option<Predecessor>,
    /// The agreement that this one amends, of an amendment.
    pub amends: Option<Amends>,
    /// The parties in agreed order: 2 to [`MAX_PARTIES`](crate::language::MAX_PARTIES).
    pub parties: Vec<Party>,
    /// Bases, aim and defined terms.
    pub preamble: Text,
    /// What the parties will do together.
    pub content: Vec<Clause>,
    /// Who carries it out and how.
    pub implementation: Vec<Clause>,
    /// What stands on pages of its own behind the signatures.
    pub annexes: Vec<Annex>,
    /// Where and when it is signed.
    pub signing: Signing,
    /// Who signs under the parties.
    pub witnesses: Vec<Witness>,
    /// What only the text says is due.
    pub due: Vec<Appointment>,
    /// Who has read each translation.
    pub review: BTreeMap<Language, Review>,
    /// Findings that are intended.
    pub allow: Vec<Allowance>,
}

/// How far an agreement has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Under negotiation: blanks are allowed.
    Draft,
    /// Agreed, and ready to be signed.
    Final,
    /// Signed: the words no longer change.
    Signed,
}

/// In which order an original names the parties.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartyOrder {
    /// The holder first, then the others in agreed order.
    Alternat,
    /// The agreed order in every original.
    Fixed,
}

/// What stands above the title of each original.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Header {
    /// Nothing: a joint document carries no single state's header.
    None,
    /// The name of the state and its motto, as the language pack gives them.
    State,
    /// The name of the first party, as mass organisations do.
    Union,
}

/// How two languages stand on one page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Side by side, clause by clause.
    Columns,
    /// One under the other, clause by clause: for long clauses.
    Stacked,
}

impl Layout {
    /// Returns the word for the layout in the form and in `page/`.
    pub fn name(self) -> &'static str {
        match self {
            Layout::Columns => "columns",
            Layout::Stacked => "stacked",
        }
    }
}

/// How clauses are numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbering {
    /// From 1 in each section, and the sections in Roman figures.
    Sections,
    /// As articles, through the whole agreement.
    Articles,
}

/// How many originals there are, and in which languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Originals {
    /// In which languages each of them is.
    pub form: OriginalForm,
    /// How many of a kind each party keeps.
    pub each: usize,
}

impl Default for Originals {
    fn default() -> Self {
        Self {
            form: OriginalForm::Separate,
            each: 1,
        }
    }
}

impl Originals {
    /// Returns the words of the form for them: `joint 2`.
    pub fn words(&self) -> String {
        format!("{} {}", self.form.name(), self.each)
    }
}

/// In which languages an original is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OriginalForm {
    /// Each in one language.
    Separate,
    /// Each in all languages, side by side.
    Joint,
}

impl OriginalForm {
    /// Returns the word for it in the form.
    pub fn name(self) -> &'static str {
        match self {
            OriginalForm::Separate => "separate",
            OriginalForm::Joint => "joint",
        }
    }
}

/// The language whose text decides where the languages differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prevailing {
    /// One of the agreement's, as far as it is known.
    pub language: Option<Language>,
}

/// Each formula that prints what a key of the file gives, with that key.
pub const GIVEN: [(&str, &str); 3] = [
    ("renewal", "renewal"),
    ("termination", "termination"),
    ("prevailing-language", "prevailing_language"),
];

/// What the file gives a formula.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    /// Its key is not there.
    Absent,
    /// Its key is there, and something of it is not known yet.
    Open,
    /// All that it prints.
    Whole,
}

/// An earlier agreement of the same parties, under its historic name.
#[derive(Clone, Debug)]
pub struct Predecessor {
    /// Its id, where its file is at hand.
    pub agreement: Option<String>,
    /// Its term.
    pub term: Term,
    /// The day on which it was signed.
    pub signed: Option<NaiveDate>,
}

/// The agreement that an amendment amends.
#[derive(Clone, Debug)]
pub struct Amends {
    /// Its id, where its file is at hand.
    pub agreement: Option<String>,
    /// The day on which it was signed.
    pub signed: Option<NaiveDate>,
    /// What it is called, as printed under the title.
    pub title: Text,
}

/// One of the organisations that conclude the agreement.
#[derive(Clone, Debug)]
pub struct Party {
    /// Names the party in files and in mentions: `[a-z0-9-]`.
    pub id: String,
    /// The language whose text the party reads first.
    pub language: Language,
    /// The full name, as in the title.
    pub name: Text,
    /// The name used in running text, where it is shorter.
    pub short: Option<Text>,
    /// Earlier names, the latest first.
    pub formerly: Vec<FormerName>,
    /// The state, as in the title; none of an organisation, and where all offices
    /// are of one state that need not be named.
    pub state: Option<Text>,
    /// Who signs, under each other: at least one.
    pub signatories: Vec<Signatory>,
    /// Whom to write to.
    pub contact: Contact,
}

impl Party {
    /// Returns the name used in running text.
    pub fn short_name(&self) -> &Text {
        self.short.as_ref().unwrap_or(&self.name)
    }
}

/// A name that a party bore before.
#[derive(Clone, Debug)]
pub struct FormerName {
    /// The name.
    pub name: Text,
    /// The first day on which it was no longer the name.
    pub until: Option<NaiveDate>,
}

/// How a party is reached.
#[derive(Clone, Debug)]
pub struct Contact {
    /// The office that answers.
    pub office: Text,
    /// The person to ask for; left out of the document where there is none.
    pub person: Option<Text>,
    /// The postal address.
    pub address: Text,
    /// A telephone number as it is to be printed.
    pub phone: Option<String>,
    /// A fax number; left out of the document where there is none.
    pub fax: Option<String>,
    /// An e-mail address.
    pub email: Option<String>,
    /// A web site; left out of the document where there is none.
    pub website: Option<String>,
    /// Where messages are read, as it is to be printed: `Zalo: 0912 345 678`; left
    /// out of the document where there is none.
    pub messaging: Option<String>,
    /// When somebody last made sure that this is right.
    pub verified_on: Option<NaiveDate>,
}

impl Contact {
    /// Returns the values that are the same in all languages, with their keys.
    pub fn values(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let values = [
            ("phone", &self.phone),
            ("fax", &self.fax),
            ("email", &self.email),
            ("website", &self.website),
            ("messaging", &self.messaging),
        ];
        let values = values.into_iter();
        values.filter_map(|(key, value)| Some((key, value.as_deref()?)))
    }
}

/// A numbered point of the agreement.
#[derive(Clone, Debug)]
pub struct Clause {
    /// Names the clause, in every language: `[a-z0-9-]`.
    pub id: String,
    /// Where the clause stands in the file: `content[1]`.
    pub path: String,
    /// The title, printed before the text.
    pub title: Option<Text>,
    /// The text, in Markdown; absent where formulas say it all.
    pub text: Option<Text>,
    /// Sentences of the language pack that follow the text.
    pub formulas: Vec<String>,
    /// The points under the text, in reading order, each before its own.
    pub points: Vec<Point>,
    /// Whether the contacts are printed right after this clause.
    pub contacts_here: bool,
}

/// A point of a clause.
#[derive(Clone, Debug)]
pub struct Point {
    /// Names the point where something refers to it: `[a-z0-9-]`.
    pub id: Option<String>,
    /// Where the point stands in the file: `content[1].points[0]`.
    pub path: String,
    /// Its place among the points of the clause, from 1, and then among those of
    /// the point that it belongs to.
    pub place: Vec<usize>,
    /// The text, in Markdown; absent where formulas say it all.
    pub text: Option<Text>,
    /// Sentences of the language pack that follow the text.
    pub formulas: Vec<String>,
}

impl Point {
    /// Returns the id under which the part stands in a document, for a point of the
    /// clause called so: `exchanges.2.1`. A clause's id has no dot.
    pub fn part(&self, clause: &str) -> String {
        let place = self.place.iter().map(usize::to_string);
        std::iter::once(clause.to_owned())
            .chain(place)
            .collect::<Vec<_>>()
            .join(".")
    }
}

/// A text on pages of its own, part of the agreement.
#[derive(Clone, Debug)]
pub struct Annex {
    /// Names the annex, unlike any clause or point: `[a-z0-9-]`.
    pub id: String,
    /// Where the annex stands in the file: `annexes[0]`.
    pub path: String,
    /// Its title.
    pub title: Text,
    /// Its text, in Markdown.
    pub text: Text,
}

/// Who has read a translation, and when.
#[derive(Clone, Debug)]
pub struct Review {
    /// The reader.
    pub by: String,
    /// The day.
    pub on: Option<NaiveDate>,
    /// The digest of each part as it was read: `preamble`, and the clauses by
    /// id. Empty where none was recorded.
    pub digests: BTreeMap<String, String>,
}

/// A finding of `check` that is intended.
#[derive(Clone, Debug)]
pub struct Allowance {
    /// Where the allowance stands in the file: `allow[0]`.
    pub path: String,
    /// The code of the finding.
    pub code: String,
    /// Where it is allowed: a key path, or a clause's id.
    pub at: String,
    /// Why.
    pub reason: String,
}

impl Predecessor {
    /// Returns the last day of its term, if it has one.
    pub fn last_day(&self) -> Option<NaiveDate> {
        self.term.last_day(self.signed)
    }
}

impl Agreement {
    /// Returns the first day of the term, as far as it is known.
    pub fn first_day(&self) -> Option<NaiveDate> {
        self.term.first_day(self.signing.day())
    }

    /// Returns the last day of the term, as far as it is known and has one.
    pub fn last_day(&self) -> Option<NaiveDate> {
        self.term.last_day(self.signing.day())
    }

    /// Returns all clauses in the order of the document.
    pub fn clauses(&self) -> impl Iterator<Item = &Clause> {
        self.content.iter().chain(&self.implementation)
    }

    /// Returns the formulas of clauses and points, each with the path of the list
    /// in which it stands.
    pub fn formulas(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.clauses().flat_map(|clause| {
            let points = clause.points.iter();
            let points = points.map(|point| (point.path.as_str(), point.formulas.as_slice()));
            std::iter::once((clause.path.as_str(), clause.formulas.as_slice())).chain(points)
        })
    }

    /// Tells whether a clause or a point uses the formula called `name`.
    pub fn uses(&self, name: &str) -> bool {
        let mut formulas = self.formulas().flat_map(|(_, formulas)| formulas);
        formulas.any(|formula| formula == name)
    }

    /// Tells whether the file has what the formula called `name` prints, and has all of
    /// it; nothing of a formula that needs no key.
    pub fn given(&self, name: &str) -> Option<Given> {
        let whole = |open: bool| if open { Given::Open } else { Given::Whole };
        let given = match name {
            "renewal" => self.renewal.map(|renewal| whole(renewal.is_open())),
            "termination" => self.termination.map(|it| whole(it.notice_months.is_none())),
            "prevailing-language" => {
                let prevailing = self.prevailing.as_ref();
                prevailing.map(|prevailing| whole(prevailing.language.is_none()))
            }
            _ => return None,
        };
        Some(given.unwrap_or(Given::Absent))
    }

    /// Tells whether each original is in all languages.
    pub fn is_joint(&self) -> bool {
        self.originals.form == OriginalForm::Joint
    }

    /// Returns how many originals of one kind there are: of a language, or where they
    /// are joint, of all of them.
    pub fn originals_of_a_kind(&self) -> usize {
        self.parties.len() * self.originals.each
    }

    /// Returns how many originals there are in all.
    pub fn originals_in_all(&self) -> usize {
        self.originals_of_a_kind() * self.kinds_of_originals()
    }

    /// Returns how many originals a party keeps.
    pub fn originals_of_a_party(&self) -> usize {
        self.originals.each * self.kinds_of_originals()
    }

    fn kinds_of_originals(&self) -> usize {
        match self.originals.form {
            OriginalForm::Separate => self.languages.len(),
            OriginalForm::Joint => 1,
        }
    }

    /// Tells whether the text in `language` has been read by somebody who
    /// knows the language, or was negotiated in it.
    pub fn is_reviewed(&self, language: &Language) -> bool {
        *language == self.drafted_in || self.review.contains_key(language)
    }
}
