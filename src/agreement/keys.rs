//! The table of keys: every key of the form, with what may stand under it.
//!
//! `load` reads a file by this table, the schema for editors is made from it,
//! and what each key means is in `messages/<lang>.yaml` under `keys`, by part and
//! key. A new key of the form starts here.

use super::appointment::AppointmentKind;
use super::model::{Header, Layout, Numbering, OriginalForm, PartyOrder, Status};

/// A mapping of the form.
#[derive(Debug)]
pub struct Part {
    /// Names the part in the messages: `party`.
    pub name: &'static str,
    /// Its keys, in the order in which the starting form has them.
    pub keys: &'static [Key],
    /// Keys of which it needs at least one, the usual one first.
    pub either: &'static [&'static str],
    /// A key in the place of all that it needs.
    pub instead: Option<&'static str>,
}

/// A key of the form.
#[derive(Debug)]
pub struct Key {
    /// As it is written.
    pub name: &'static str,
    /// What may stand under it.
    pub kind: Kind,
    /// Whether every file must have it. Its value may be empty all the same,
    /// where the kind allows that.
    pub needed: bool,
}

/// What may stand under a key.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A name of `[a-z0-9-]`.
    Id,
    /// Words on one line.
    Word,
    /// Letters or figures as they are to be printed, or nothing.
    Line,
    /// The code of a language.
    Language,
    /// A list of codes of languages.
    Languages,
    /// A day, or nothing.
    Date,
    /// A year or a day, or nothing.
    Moment,
    /// A year or a day, the word [`OPEN`], or nothing.
    End,
    /// A number from 1 to so many, or nothing.
    Number(u32),
    /// One of these words, or nothing.
    Choice(&'static [&'static str]),
    /// A text in each language in which each character is itself.
    Plain,
    /// The same, or the word `none`.
    PlainOrNone,
    /// A text in each language, of one line or of several, in which each character is
    /// itself.
    Lines,
    /// A text in each language, in Markdown.
    Markdown,
    /// One id, or a list of them.
    Ids,
    /// A mapping of its own.
    Part(&'static Part),
    /// A list of mappings, of at least and at most so many.
    List(&'static Part, usize, usize),
    /// A mapping for each language.
    ByLanguage(&'static Part),
    /// Digests by the names of what they are of.
    Digests,
}

impl Part {
    /// Returns the key called `name`.
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }

    /// Returns the names of its keys.
    pub fn names(&self) -> Vec<&'static str> {
        self.keys.iter().map(|key| key.name).collect()
    }
}

const fn needed(name: &'static str, kind: Kind) -> Key {
    Key {
        name,
        kind,
        needed: true,
    }
}

const fn key(name: &'static str, kind: Kind) -> Key {
    Key {
        name,
        kind,
        needed: false,
    }
}

/// The whole form.
pub static AGREEMENT: Part = Part {
    name: "agreement",
    keys: &[
        needed("id", Kind::Id),
        needed("kind", Kind::Word),
        needed("languages", Kind::Languages),
        key("drafted_in", Kind::Language),
        key("number", Kind::Plain),
        key("subject", Kind::Plain),
        key("term", Kind::Part(&TERM)),
        key("renewal", Kind::Part(&RENEWAL)),
        key("termination", Kind::Part(&TERMINATION)),
        key("prevailing_language", Kind::Language),
        key("status", Kind::Choice(&names(&STATUSES))),
        key("party_order", Kind::Choice(&names(&ORDERS))),
        key("header", Kind::Choice(&names(&HEADERS))),
        key("layout", Kind::Choice(&names(&LAYOUTS))),
        key("initials", Kind::Choice(&names(&INITIALS))),
        key("numbering", Kind::Choice(&names(&NUMBERINGS))),
        key("originals", Kind::Part(&ORIGINALS)),
        key("predecessor", Kind::Part(&PREDECESSOR)),
        key("amends", Kind::Part(&AMENDS)),
        needed(
            "parties",
            Kind::List(&PARTY, 2, crate::language::MAX_PARTIES),
        ),
        key("preamble", Kind::Markdown),
        needed("content", Kind::List(&CLAUSE, 0, MANY)),
        needed("implementation", Kind::List(&CLAUSE, 0, MANY)),
        key("annexes", Kind::List(&ANNEX, 0, MANY)),
        key("signing", Kind::Part(&SIGNING)),
        key("witnesses", Kind::List(&WITNESS, 0, MOST_SIGNATORIES)),
        key("due", Kind::List(&DUE, 0, MANY)),
        key("review", Kind::ByLanguage(&REVIEW)),
        key("allow", Kind::List(&ALLOWANCE, 0, MANY)),
    ],
    either: &[],
    instead: None,
};

/// More items than any file has room for.
pub const MANY: usize = usize::MAX;

/// The kind of an agreement that amends another.
pub const AMENDMENT: &str = "amendment";

/// From when until when, or for how many years.
pub static TERM: Part = Part {
    name: "term",
    keys: &[
        key("from", Kind::Moment),
        key("to", Kind::End),
        key("years", Kind::Number(MOST_YEARS)),
    ],
    either: &[],
    instead: None,
};

/// What stands in the place of an end that there is not.
pub const OPEN: &str = "open";

/// More years are a slip; some agreements have a term of half a century.
const MOST_YEARS: u32 = 99;

/// How it goes on after its term.
pub static RENEWAL: Part = Part {
    name: "renewal",
    keys: &[
        key("years", Kind::Number(MOST_YEARS)),
        key("notice_months", Kind::Number(MOST_MONTHS)),
    ],
    either: &[],
    instead: None,
};

/// More months of notice are a slip.
const MOST_MONTHS: u32 = 60;

/// How a party ends it before its term does.
pub static TERMINATION: Part = Part {
    name: "termination",
    keys: &[key("notice_months", Kind::Number(MOST_MONTHS))],
    either: &[],
    instead: None,
};

/// How many originals there are.
pub static ORIGINALS: Part = Part {
    name: "originals",
    keys: &[
        key("form", Kind::Choice(&names(&ORIGINAL_FORMS))),
        key("each", Kind::Number(MAX_EACH)),
    ],
    either: &[],
    instead: None,
};

/// The largest number of originals of a kind that one party keeps.
pub const MAX_EACH: u32 = 10;

/// The agreement that this one succeeds.
pub static PREDECESSOR: Part = Part {
    name: "predecessor",
    keys: &[
        key("agreement", Kind::Id),
        key("term", Kind::Part(&TERM)),
        key("signed", Kind::Date),
    ],
    either: &[],
    instead: None,
};

/// The agreement that this one amends.
pub static AMENDS: Part = Part {
    name: "amends",
    keys: &[
        key("agreement", Kind::Id),
        key("signed", Kind::Date),
        needed("title", Kind::Plain),
    ],
    either: &[],
    instead: None,
};

/// One party.
pub static PARTY: Part = Part {
    name: "party",
    keys: &[
        key("party", Kind::Id),
        needed("id", Kind::Id),
        needed("language", Kind::Language),
        needed("name", Kind::Plain),
        key("short", Kind::Plain),
        key("formerly", Kind::List(&FORMER_NAME, 0, MANY)),
        key("state", Kind::PlainOrNone),
        key("signatory", Kind::Part(&SIGNATORY)),
        key("signatories", Kind::List(&SIGNATORY, 0, MOST_SIGNATORIES)),
        key("contact", Kind::Part(&CONTACT)),
    ],
    either: &[],
    instead: Some("party"),
};

/// A name that a party bore before.
pub static FORMER_NAME: Part = Part {
    name: "former-name",
    keys: &[key("name", Kind::Plain), key("until", Kind::Date)],
    either: &[],
    instead: None,
};

/// The parties that a project knows.
pub static REGISTER: Part = Part {
    name: "register",
    keys: &[needed("parties", Kind::List(&KNOWN_PARTY, 0, MANY))],
    either: &[],
    instead: None,
};

/// One of them.
pub static KNOWN_PARTY: Part = Part {
    name: "known-party",
    keys: &[
        needed("id", Kind::Id),
        needed("language", Kind::Language),
        needed("name", Kind::Plain),
        key("short", Kind::Plain),
        key("since", Kind::Date),
        key("formerly", Kind::List(&KNOWN_FORMER, 0, MANY)),
        key("state", Kind::PlainOrNone),
        key("contact", Kind::Part(&CONTACT)),
    ],
    either: &[],
    instead: None,
};

/// What one of them was before.
pub static KNOWN_FORMER: Part = Part {
    name: "known-former",
    keys: &[
        key("id", Kind::Id),
        needed("name", Kind::Plain),
        key("short", Kind::Plain),
        key("until", Kind::Date),
    ],
    either: &[],
    instead: None,
};

/// Who signs for a party.
pub static SIGNATORY: Part = Part {
    name: "signatory",
    keys: &[
        key("authority", Kind::Lines),
        key("post", Kind::Lines),
        key("name", Kind::Plain),
    ],
    either: &[],
    instead: None,
};

/// More people than these do not sign for one party.
pub const MOST_SIGNATORIES: usize = 10;

/// Who signs as a witness.
pub static WITNESS: Part = Part {
    name: "witness",
    keys: &[key("post", Kind::Lines), key("name", Kind::Plain)],
    either: &[],
    instead: None,
};

/// Where and when one party signs.
pub static SIGNED_APART: Part = Part {
    name: "signed-apart",
    keys: &[
        needed("party", Kind::Id),
        key("date", Kind::Date),
        key("place", Kind::Plain),
    ],
    either: &[],
    instead: None,
};

/// How a party is reached.
pub static CONTACT: Part = Part {
    name: "contact",
    keys: &[
        key("office", Kind::Plain),
        key("person", Kind::Plain),
        key("address", Kind::Plain),
        key("phone", Kind::Line),
        key("fax", Kind::Line),
        key("email", Kind::Line),
        key("website", Kind::Line),
        key("messaging", Kind::Line),
        key("verified_on", Kind::Date),
    ],
    either: &[],
    instead: None,
};

/// One clause. It needs a text, unless formulas or points say it all.
pub static CLAUSE: Part = Part {
    name: "clause",
    keys: &[
        needed("id", Kind::Id),
        key("title", Kind::Plain),
        key("text", Kind::Markdown),
        key("formula", Kind::Ids),
        key("points", Kind::List(&POINT, 0, MANY)),
        key("contacts", Kind::Choice(&names(&CONTACTS))),
    ],
    either: &["text", "formula", "points"],
    instead: None,
};

/// A point of a clause.
pub static POINT: Part = Part {
    name: "point",
    keys: &[
        key("id", Kind::Id),
        key("text", Kind::Markdown),
        key("formula", Kind::Ids),
        key("points", Kind::List(&SUB_POINT, 0, MANY)),
    ],
    either: &["text", "formula"],
    instead: None,
};

/// A point of a point.
pub static SUB_POINT: Part = Part {
    name: "sub-point",
    keys: &[
        key("id", Kind::Id),
        key("text", Kind::Markdown),
        key("formula", Kind::Ids),
    ],
    either: &["text", "formula"],
    instead: None,
};

/// What is annexed to it.
pub static ANNEX: Part = Part {
    name: "annex",
    keys: &[
        needed("id", Kind::Id),
        needed("title", Kind::Plain),
        needed("text", Kind::Markdown),
    ],
    either: &[],
    instead: None,
};

/// Where and when it is signed.
pub static SIGNING: Part = Part {
    name: "signing",
    keys: &[
        key("date", Kind::Date),
        key("place", Kind::Plain),
        key(
            "by",
            Kind::List(&SIGNED_APART, 0, crate::language::MAX_PARTIES),
        ),
    ],
    either: &[],
    instead: None,
};

/// What only the text says is due.
pub static DUE: Part = Part {
    name: "due",
    keys: &[
        needed("id", Kind::Id),
        needed("kind", Kind::Choice(&names(&APPOINTMENTS))),
        key("what", Kind::Word),
        key("on", Kind::Date),
        key("every_months", Kind::Number(MOST_MONTHS_BETWEEN)),
        key("parties", Kind::Ids),
    ],
    either: &[],
    instead: None,
};

/// What happens more seldom than every twenty years is no duty of an agreement.
const MOST_MONTHS_BETWEEN: u32 = 240;

/// Who has read a translation.
pub static REVIEW: Part = Part {
    name: "review",
    keys: &[
        needed("by", Kind::Word),
        key("on", Kind::Date),
        key("digests", Kind::Digests),
    ],
    either: &[],
    instead: None,
};

/// A finding that is intended.
pub static ALLOWANCE: Part = Part {
    name: "allowance",
    keys: &[
        needed("code", Kind::Word),
        needed("at", Kind::Word),
        needed("reason", Kind::Word),
    ],
    either: &[],
    instead: None,
};

/// The words for [`Status`].
pub const STATUSES: [(&str, Status); 3] = [
    ("draft", Status::Draft),
    ("final", Status::Final),
    ("signed", Status::Signed),
];

/// The words for [`PartyOrder`].
pub const ORDERS: [(&str, PartyOrder); 2] = [
    ("alternat", PartyOrder::Alternat),
    ("fixed", PartyOrder::Fixed),
];

/// The words for [`Header`].
pub const HEADERS: [(&str, Header); 3] = [
    ("none", Header::None),
    ("state", Header::State),
    ("union", Header::Union),
];

/// The words for [`Layout`].
pub const LAYOUTS: [(&str, Layout); 2] =
    [("columns", Layout::Columns), ("stacked", Layout::Stacked)];

/// Whether each page of an original has room for the parties' initials.
pub const INITIALS: [(&str, bool); 2] = [("true", true), ("false", false)];

/// The words for [`Numbering`].
pub const NUMBERINGS: [(&str, Numbering); 2] = [
    ("sections", Numbering::Sections),
    ("articles", Numbering::Articles),
];

/// The words for [`OriginalForm`].
pub const ORIGINAL_FORMS: [(&str, OriginalForm); 2] = [
    ("separate", OriginalForm::Separate),
    ("joint", OriginalForm::Joint),
];

/// The words for [`AppointmentKind`].
pub const APPOINTMENTS: [(&str, AppointmentKind); 4] = [
    ("review", AppointmentKind::Review),
    ("report", AppointmentKind::Report),
    ("host", AppointmentKind::Host),
    ("other", AppointmentKind::Other),
];

/// Where the contacts are printed: after this clause, or in their own section.
pub const CONTACTS: [(&str, bool); 1] = [("here", true)];

/// Returns the words alone.
const fn names<T: Copy, const N: usize>(choices: &[(&'static str, T); N]) -> [&'static str; N] {
    let mut names = [""; N];
    let mut index = 0;
    while index < N {
        names[index] = choices[index].0;
        index += 1;
    }
    names
}
