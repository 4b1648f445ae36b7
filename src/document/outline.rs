//! The outline of a text: its sections and parts in order, with their numbers.
//!
//! The one place where clauses are numbered: templates print these numbers, and
//! whoever speaks of a clause asks here for its number.

use crate::agreement::{Agreement, Clause, Header, Numbering};

use super::differences::{Differences, Place};
use super::edition::{REVIEW_PARTS, TextKind};
use super::numbering::Number;
use super::tree::Role;

/// The sections of a text, in reading order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// The sections; one that is interrupted comes again without its heading.
    pub sections: Vec<Section>,
}

/// One section of an outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// What the section is for.
    pub role: Role,
    /// Its heading, if it has one.
    pub heading: Option<Heading>,
    /// Its parts.
    pub parts: Vec<Part>,
}

/// The heading of a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// The template that words it.
    pub template: &'static str,
    /// Its number: in Roman figures, or that of an article.
    pub number: String,
}

impl Heading {
    /// Returns how packs call the level that it numbers.
    pub fn level(&self) -> &'static str {
        match self.template {
            "contacts-article" => "article",
            "annex-heading" => "annex",
            _ => "section",
        }
    }
}

/// One part of a section, the same in every language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Names the part: a clause's or a party's id, or a fixed word.
    pub id: String,
    /// The template that words it.
    pub template: &'static str,
    /// What it is about.
    pub about: About,
}

/// What a part is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// The agreement as a whole.
    Agreement,
    /// A party, an index into the agreement's.
    Party(usize),
    /// A signatory of a party: its index, and that among its signatories.
    Signatory(usize, usize),
    /// A witness, an index into the agreement's.
    Witness(usize),
    /// A clause.
    Clause {
        /// Its index among all clauses.
        index: usize,
        /// Its number.
        number: Number,
    },
    /// A point of a clause.
    Point {
        /// The index of the clause among all.
        clause: usize,
        /// Its index among the points of the clause.
        index: usize,
        /// Its number.
        number: Number,
    },
    /// An annex.
    Annex {
        /// Its index among all.
        index: usize,
        /// Its number.
        number: Number,
    },
    /// A part in which the originals differ.
    Difference {
        /// Where it stands in them.
        place: Place,
        /// Its section there.
        role: Role,
        /// The number of the heading that differs.
        heading: Option<String>,
        /// The number of the clause or of the point.
        number: Option<Number>,
    },
}

impl About {
    /// Returns the number of a clause, a point or an annex.
    pub fn number(&self) -> Option<&Number> {
        match self {
            About::Clause { number, .. }
            | About::Point { number, .. }
            | About::Annex { number, .. } => Some(number),
            About::Agreement
            | About::Party(_)
            | About::Signatory(..)
            | About::Witness(_)
            | About::Difference { .. } => None,
        }
    }
}

impl Outline {
    /// Returns the outline of the sheet that tells where the originals differ:
    /// each such part is a section by itself.
    pub fn of_differences(
        agreement: &Agreement,
        order: &[usize],
        differences: &Differences,
    ) -> Self {
        let text = Self::of(agreement, TextKind::Agreement, order);
        let mut writer = Writer::new(agreement, order);
        writer.differences(&text, differences);
        Self {
            sections: writer.sections,
        }
    }

    /// Returns the outline of a text that names the parties in `order`; for the
    /// sheet of differences, that of the originals.
    pub fn of(agreement: &Agreement, kind: TextKind, order: &[usize]) -> Self {
        let mut writer = Writer::new(agreement, order);
        match kind {
            TextKind::Custody => writer.custody(),
            TextKind::Reviewing => writer.reviewing(),
            TextKind::Agreement | TextKind::Draft | TextKind::Conformed | TextKind::Differences => {
                writer.text(kind)
            }
        }
        Self {
            sections: writer.sections,
        }
    }

    /// Returns the number of the clause or point that is the part `id`.
    pub fn number_of(&self, id: &str) -> Option<&Number> {
        let parts = self.sections.iter().flat_map(|section| &section.parts);
        // A clause may be called as a part that has no number: "closing".
        let mut called = parts.filter(|part| part.id == id);
        called.find_map(|part| part.about.number())
    }
}

struct Writer<'a> {
    agreement: &'a Agreement,
    order: &'a [usize],
    sections: Vec<Section>,
    /// How many sections have been numbered.
    headings: usize,
    /// How many articles have been numbered.
    articles: usize,
}

impl<'a> Writer<'a> {
    fn new(agreement: &'a Agreement, order: &'a [usize]) -> Self {
        Self {
            agreement,
            order,
            sections: Vec::new(),
            headings: 0,
            articles: 0,
        }
    }

    fn text(&mut self, kind: TextKind) {
        let agreement = self.agreement;
        if agreement.header != Header::None {
            self.single(Role::Header, "header");
        }
        self.title();
        self.single(Role::Preamble, "preamble");
        let (content, implementation) = (&agreement.content, &agreement.implementation);
        self.clauses(Role::Content, "content-heading", content, 0);
        self.clauses(
            Role::Implementation,
            "implementation-heading",
            implementation,
            content.len(),
        );
        if !agreement.clauses().any(|clause| clause.contacts_here) {
            match agreement.numbering {
                Numbering::Sections => self.section(Role::Contacts, Some("contacts-heading")),
                Numbering::Articles => self.contacts_article(),
            }
            self.parties("contact");
        }
        self.single(Role::Closing, "closing");
        self.section(Role::Signatures, None);
        self.signatures();
        match kind {
            TextKind::Conformed => self.single(Role::Notice, "notice"),
            TextKind::Draft => self.single(Role::OpenPoints, "open-points"),
            TextKind::Agreement
            | TextKind::Custody
            | TextKind::Differences
            | TextKind::Reviewing => {}
        }
        self.annexes();
    }

    /// Adds a section for each annex; a single one has no number.
    fn annexes(&mut self) {
        let annexes = &self.agreement.annexes;
        for (index, annex) in annexes.iter().enumerate() {
            let number = match annexes.len() {
                1 => String::new(),
                _ => roman(index + 1),
            };
            self.sections.push(Section {
                role: Role::Annex,
                heading: Some(Heading {
                    template: "annex-heading",
                    number: number.clone(),
                }),
                parts: Vec::new(),
            });
            let number = Number::annex(number);
            self.part(&annex.id, "annex", About::Annex { index, number });
        }
    }

    /// Adds a part for each signatory, party by party, and the witnesses under them.
    fn signatures(&mut self) {
        let agreement = self.agreement;
        for &party in self.order {
            let of = &agreement.parties[party];
            for index in 0..of.signatories.len() {
                let id = match index {
                    0 => of.id.clone(),
                    _ => format!("{}.{}", of.id, index + 1),
                };
                self.part(&id, "signature", About::Signatory(party, index));
            }
        }
        if agreement.witnesses.is_empty() {
            return;
        }
        self.sections.push(Section {
            role: Role::Witnesses,
            heading: Some(Heading {
                template: "witnesses-heading",
                number: String::new(),
            }),
            parts: Vec::new(),
        });
        for index in 0..agreement.witnesses.len() {
            let id = (index + 1).to_string();
            self.part(&id, "signature", About::Witness(index));
        }
    }

    fn title(&mut self) {
        self.section(Role::Title, None);
        if self.agreement.number.is_some() {
            self.part("number", "number", About::Agreement);
        }
        self.part("title", "title", About::Agreement);
    }

    /// Adds `clauses`, the first of which has the index `first` among all.
    fn clauses(&mut self, role: Role, heading: &'static str, clauses: &[Clause], first: usize) {
        if clauses.is_empty() {
            return;
        }
        let articles = self.agreement.numbering == Numbering::Articles;
        self.section(role, (!articles).then_some(heading));
        let section = roman(self.headings);
        for (index, clause) in clauses.iter().enumerate() {
            let place = index + 1;
            let (template, number) = match articles {
                true => ("article", self.next_article()),
                false => ("clause", Number::in_section(&section, place)),
            };
            let about = About::Clause {
                index: first + index,
                number: number.clone(),
            };
            self.part(&clause.id, template, about);
            self.points(clause, first + index, &number);
            if clause.contacts_here {
                self.section(Role::Contacts, None);
                self.parties("contact");
                if place < clauses.len() {
                    self.section(role, None);
                }
            }
        }
    }

    fn points(&mut self, of: &Clause, clause: usize, number: &Number) {
        for (index, point) in of.points.iter().enumerate() {
            let about = About::Point {
                clause,
                index,
                number: number.below(&point.place),
            };
            self.part(&point.part(&of.id), "point", about);
        }
    }

    fn next_article(&mut self) -> Number {
        self.articles += 1;
        Number::article(self.articles)
    }

    /// Starts the contacts as an article of their own.
    fn contacts_article(&mut self) {
        self.articles += 1;
        self.sections.push(Section {
            role: Role::Contacts,
            heading: Some(Heading {
                template: "contacts-article",
                number: self.articles.to_string(),
            }),
            parts: Vec::new(),
        });
    }

    fn custody(&mut self) {
        self.section(Role::Custody, None);
        self.part("custody", "custody-heading", About::Agreement);
        self.parties("custody-party");
        self.part("total", "custody-total", About::Agreement);
    }

    fn reviewing(&mut self) {
        self.section(Role::Reviewing, None);
        for (id, template) in REVIEW_PARTS {
            self.part(id, template, About::Agreement);
        }
    }

    fn differences(&mut self, text: &Outline, differences: &Differences) {
        self.section(Role::Differences, None);
        self.part("heading", "differences-heading", About::Agreement);
        let mut last = "differences-none";
        for (index, section) in text.sections.iter().enumerate() {
            let heading = section.heading.iter();
            let heading = heading.map(|heading| ("", Some(heading.number.clone()), None));
            let parts = section.parts.iter();
            let parts = parts.map(|part| (part.id.as_str(), None, part.about.number().cloned()));
            for (id, heading, number) in heading.chain(parts) {
                let place = Place {
                    section: index,
                    part: id.to_owned(),
                };
                if differences.are_at(&place) {
                    let role = section.role;
                    let name = if id.is_empty() { role.name() } else { id };
                    let about = About::Difference {
                        place,
                        role,
                        heading,
                        number,
                    };
                    self.section(Role::Differences, None);
                    self.part(name, "differences-place", about);
                    last = "differences-rest";
                }
            }
        }
        self.section(Role::Differences, None);
        self.part("rest", last, About::Agreement);
    }

    /// Adds a section of one part of the same name.
    fn single(&mut self, role: Role, name: &'static str) {
        self.section(role, None);
        self.part(name, name, About::Agreement);
    }

    /// Starts a section, under the next number if it has a heading.
    fn section(&mut self, role: Role, heading: Option<&'static str>) {
        let heading = heading.map(|template| {
            self.headings += 1;
            Heading {
                template,
                number: roman(self.headings),
            }
        });
        self.sections.push(Section {
            role,
            heading,
            parts: Vec::new(),
        });
    }

    /// Adds a part for each party, in order.
    fn parties(&mut self, template: &'static str) {
        for &party in self.order {
            let id = self.agreement.parties[party].id.clone();
            self.part(&id, template, About::Party(party));
        }
    }

    fn part(&mut self, id: &str, template: &'static str, about: About) {
        if let Some(section) = self.sections.last_mut() {
            section.parts.push(Part {
                id: id.to_owned(),
                template,
                about,
            });
        }
    }
}

/// Returns `number` in Roman figures: `IV`.
fn roman(number: usize) -> String {
    const FIGURES: [(usize, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut rest = number;
    let mut roman = String::new();
    for (value, figure) in FIGURES {
        while rest >= value {
            roman.push_str(figure);
            rest -= value;
        }
    }
    roman
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_number_of_headings_has_a_number() {
        let numbers = [1, 3, 4, 9, 14, 40, 99, 2025].map(roman);
        let right = ["I", "III", "IV", "IX", "XIV", "XL", "XCIX", "MMXXV"];
        assert_eq!(numbers, right);
    }
}
