//! What the rules look at: one agreement with its texts, and all that is known
//! of its languages.

use std::cell::Cell;

use chrono::NaiveDate;

use crate::agreement::open::{self, OpenPoint};
use crate::agreement::{Agreement, Positions, Status};
use crate::document::copies::Copies;
use crate::document::enumerations::Enumerations;
use crate::document::reading::Reading;
use crate::document::references::References;
use crate::language::glossary::Glossary;
use crate::language::pack::LanguagePack;
use crate::language::watch::WatchList;
use crate::language::{Language, Shelf};
use crate::text::legacy::Encoding;

use super::encoding::{Encodings, encodings};
use super::lexicon::{Lexicon, Lexicons};
use super::passage::{self, Group, Passage};
use super::text;

/// Everything that the rules may look at.
pub struct Case<'a> {
    pub(super) agreement: &'a Agreement,
    pub(super) positions: &'a Positions,
    shelf: &'a Shelf,
    lexicons: &'a Lexicons,
    /// Where parties are enumerated.
    pub(super) enumerations: &'a Enumerations,
    /// What the texts may refer to.
    pub(super) references: &'a References,
    /// Who states how many originals there are.
    pub(super) copies: &'a Copies,
    /// Each text of the agreement in all its languages, in document order.
    pub(super) groups: Vec<Group>,
    /// The characters of the file that neither of the scripts has, comments
    /// included, with their bytes.
    pub(super) strays: Vec<(usize, char)>,
    /// The texts that are not in Unicode.
    encodings: Encodings,
    /// What must be settled before an original may be signed; a draft may have
    /// it open.
    pub(super) open: Vec<OpenPoint>,
    /// The day of the check, where it is to count.
    today: Option<NaiveDate>,
    /// On which days the rules would say the same.
    days: Cell<Days>,
}

/// Days on which the same is found: all, or from a day on, or until a day, both included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Days {
    /// The first of them, if there is one.
    pub from: Option<NaiveDate>,
    /// The last of them, if there is one.
    pub until: Option<NaiveDate>,
}

impl Days {
    /// Tells whether a day is one of them.
    pub fn have(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

impl<'a> Case<'a> {
    /// Prepares an agreement for the rules. A Markdown field that was not read
    /// into a tree is left out: what is wrong with it has been said.
    pub fn new(reading: &'a Reading, shelf: &'a Shelf, lexicons: &'a Lexicons) -> Self {
        let Reading {
            agreement,
            positions,
            enumerations,
            copies,
            references,
            ..
        } = reading;
        let groups = passage::gather(reading, shelf, lexicons);
        Self {
            enumerations,
            copies,
            references,
            encodings: encodings(&groups, shelf),
            agreement,
            positions,
            shelf,
            lexicons,
            groups,
            strays: text::strays(positions.source().text()),
            today: None,
            days: Cell::default(),
            open: match agreement.status {
                Status::Draft => Vec::new(),
                Status::Final | Status::Signed => open::points(agreement),
            },
        }
    }

    /// Sets the day of the check.
    pub fn on(mut self, today: Option<NaiveDate>) -> Self {
        self.today = today;
        self
    }

    /// Tells whether it is `day` or later; nothing where no day counts. No rule learns more
    /// of the day than this, so it is known how long the findings hold.
    pub(super) fn has_come(&self, day: NaiveDate) -> Option<bool> {
        let come = day <= self.today?;
        let mut days = self.days.get();
        match come {
            true => days.from = days.from.max(Some(day)),
            false => {
                let eve = day.pred_opt();
                days.until = days
                    .until
                    .map_or(eve, |until| eve.map(|eve| eve.min(until)));
            }
        }
        self.days.set(days);
        Some(come)
    }

    /// Returns the days on which the rules that were applied would say the same.
    pub fn days(&self) -> Days {
        self.days.get()
    }

    pub(super) fn passages(&self) -> impl Iterator<Item = &Passage> {
        self.groups.iter().flat_map(|group| &group.passages)
    }

    /// Returns the encoding of a text that is not in Unicode.
    pub(super) fn encoding(&self, passage: &Passage) -> Option<Encoding> {
        self.encodings.get(&passage.span.range().start).copied()
    }

    pub(super) fn pack(&self, language: &Language) -> Option<&'a LanguagePack> {
        self.shelf.pack(language)
    }

    /// Returns the watch list of `language`; an empty one where it has none.
    pub(super) fn watch(&self, language: &Language) -> &'a WatchList {
        self.shelf.watch(language)
    }

    pub(super) fn glossary(&self) -> &'a Glossary {
        self.shelf.glossary()
    }

    pub(super) fn lexicon(&self, language: &Language) -> &'a Lexicon {
        self.lexicons.of(language)
    }
}
