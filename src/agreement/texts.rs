//! The one walk over the texts of the form.

use super::model::Agreement;
use super::signatures::Signing;
use super::text::Text;

/// What a text of an agreement is, with whose it is: a party by its index, or a
/// clause by its index among all clauses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The number above the title.
    Number,
    /// The line under the title.
    Subject,
    /// What the agreement is called that an amendment amends.
    Amended,
    /// A party's full name.
    Name(usize),
    /// A party's name in running text.
    Short(usize),
    /// A name that a party bore before.
    FormerName(usize),
    /// A party's state.
    State(usize),
    /// For whom, or in whose place, a signatory of a party signs.
    Authority(usize),
    /// The post of a signatory of a party.
    Post(usize),
    /// The name of a signatory of a party.
    Signatory(usize),
    /// The office that answers for a party.
    Office(usize),
    /// The person to ask for there.
    Person(usize),
    /// Its postal address.
    Address(usize),
    /// The preamble.
    Preamble,
    /// A clause's title.
    Title(usize),
    /// A clause's text.
    Clause(usize),
    /// The text of a point: that of a clause, and its index among its points.
    Point(usize, usize),
    /// The place of signing.
    Place,
    /// The place where a party signs on its own.
    PlaceOf(usize),
    /// The post of a witness.
    WitnessPost(usize),
    /// The name of a witness.
    Witness(usize),
    /// The title of an annex.
    AnnexTitle(usize),
    /// The text of an annex.
    Annex(usize),
}

impl Field {
    /// Tells whether the text is made of sentences, in Markdown.
    pub fn is_prose(self) -> bool {
        self.is_of_clause() || matches!(self, Field::Preamble | Field::Annex(_))
    }

    /// Tells whether the text is the name of a person.
    pub fn is_person(self) -> bool {
        matches!(
            self,
            Field::Signatory(_) | Field::Person(_) | Field::Witness(_)
        )
    }

    /// Tells whether the text stands above the name of somebody who signs, in one line
    /// or in several.
    pub fn is_post(self) -> bool {
        matches!(
            self,
            Field::Authority(_) | Field::Post(_) | Field::WitnessPost(_)
        )
    }

    /// Tells whether the text is that of a clause, or of one of its points.
    pub fn is_of_clause(self) -> bool {
        matches!(self, Field::Clause(_) | Field::Point(..))
    }

    /// Tells whether the text is a title: that of a clause or an annex, or what the
    /// agreement is about.
    pub fn is_title(self) -> bool {
        matches!(
            self,
            Field::Title(_) | Field::AnnexTitle(_) | Field::Subject | Field::Amended
        )
    }

    /// Returns the name of the field, a key of the packs' `fields`.
    pub fn name(self) -> &'static str {
        match self {
            Field::Number => "number",
            Field::Subject => "subject",
            Field::Amended => "amended",
            Field::Name(_) => "name",
            Field::Short(_) => "short",
            Field::FormerName(_) => "formerly",
            Field::State(_) => "state",
            Field::Authority(_) => "authority",
            Field::Post(_) => "post",
            Field::Signatory(_) => "signatory",
            Field::Office(_) => "office",
            Field::Person(_) => "person",
            Field::Address(_) => "address",
            Field::Preamble => "preamble",
            Field::Title(_) | Field::AnnexTitle(_) => "title",
            Field::Clause(_) | Field::Point(..) | Field::Annex(_) => "text",
            Field::Place | Field::PlaceOf(_) => "place",
            Field::WitnessPost(_) => "witness_post",
            Field::Witness(_) => "witness",
        }
    }
}

impl Agreement {
    /// Returns every text of the form in the order of the document.
    pub fn texts(&self) -> Vec<(Field, &Text)> {
        let mut texts = Vec::new();
        texts.extend(self.number.as_ref().map(|number| (Field::Number, number)));
        texts.extend(self.subject.as_ref().map(|about| (Field::Subject, about)));
        texts.extend(self.amends.iter().map(|it| (Field::Amended, &it.title)));
        for (index, party) in self.parties.iter().enumerate() {
            texts.push((Field::Name(index), &party.name));
            texts.extend(
                party
                    .short
                    .as_ref()
                    .map(|short| (Field::Short(index), short)),
            );
            let former = party.formerly.iter();
            texts.extend(former.map(|former| (Field::FormerName(index), &former.name)));
            let state = party.state.as_ref();
            texts.extend(state.map(|state| (Field::State(index), state)));
            for signatory in &party.signatories {
                let authority = signatory.authority.as_ref();
                texts.extend(authority.map(|text| (Field::Authority(index), text)));
                texts.push((Field::Post(index), &signatory.post));
                texts.push((Field::Signatory(index), &signatory.name));
            }
            texts.push((Field::Office(index), &party.contact.office));
            let person = party.contact.person.as_ref();
            texts.extend(person.map(|person| (Field::Person(index), person)));
            texts.push((Field::Address(index), &party.contact.address));
        }
        texts.push((Field::Preamble, &self.preamble));
        for (index, clause) in self.clauses().enumerate() {
            texts.extend(
                clause
                    .title
                    .as_ref()
                    .map(|title| (Field::Title(index), title)),
            );
            texts.extend(
                clause
                    .text
                    .as_ref()
                    .map(|text| (Field::Clause(index), text)),
            );
            let points = clause.points.iter().enumerate();
            texts.extend(
                points.filter_map(|(at, point)| {
                    Some((Field::Point(index, at), point.text.as_ref()?))
                }),
            );
        }
        match &self.signing {
            Signing::Together { place, .. } => texts.push((Field::Place, place)),
            Signing::Apart(entries) => {
                let places = entries.iter();
                texts.extend(places.map(|entry| (Field::PlaceOf(entry.party), &entry.place)));
            }
        }
        for (index, witness) in self.witnesses.iter().enumerate() {
            texts.push((Field::WitnessPost(index), &witness.post));
            texts.push((Field::Witness(index), &witness.name));
        }
        for (index, annex) in self.annexes.iter().enumerate() {
            texts.push((Field::AnnexTitle(index), &annex.title));
            texts.push((Field::Annex(index), &annex.text));
        }
        texts
    }

    /// Returns the values of the contacts that are the same in all languages,
    /// each with its path.
    pub fn contact_values(&self) -> impl Iterator<Item = (String, &str)> {
        let parties = self.parties.iter().enumerate();
        parties.flat_map(|(index, party)| {
            let values = party.contact.values();
            values.map(move |(key, value)| (format!("parties[{index}].contact.{key}"), value))
        })
    }
}
