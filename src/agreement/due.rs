//! What is due of a signed agreement, and on which day.
//!
//! Input: an agreement and the days between which to look. Output: each thing that is
//! due, from the agreement's own data: its term, its renewal, its contacts, and the
//! entries under `due`. Nothing here knows which day it is.

use chrono::{Days, Months, NaiveDate};

use super::appointment::{Appointment, AppointmentKind};
use super::model::{Agreement, Status};
use super::register::Register;
use super::term::{Renewal, Term};

/// Contacts are looked at again after so many months.
const CONTACTS_MONTHS: u32 = 12;

/// So many times of one thing are told at most; a calendar has room for no more.
const MOST_TIMES: u32 = 1200;

/// Something that is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The day.
    pub on: NaiveDate,
    /// What it is.
    pub matter: Matter,
    /// How often it was due before: together with the matter it names the thing, also
    /// after its day was moved.
    pub times: u32,
    /// The party that is to do it, or that it concerns, as an index into the agreement's.
    pub party: Option<usize>,
}

/// What is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Matter {
    /// The agreement ends.
    Expiry,
    /// The agreement goes on for a further term.
    Renewal,
    /// The last day on which a party may say that it is not to go on.
    Notice,
    /// The contacts of a party are to be looked at again.
    Contacts,
    /// What an entry under `due` says, by its index.
    Appointment(usize),
}

impl Matter {
    /// Returns the name of the matter in `agreement`, which programs tell it by.
    pub fn name<'a>(&self, agreement: &'a Agreement) -> &'a str {
        match self {
            Matter::Expiry => "expiry",
            Matter::Renewal => "renewal",
            Matter::Notice => "notice",
            Matter::Contacts => "contacts",
            Matter::Appointment(index) => match agreement.due.get(*index) {
                Some(entry) => entry.kind.name(),
                None => AppointmentKind::Other.name(),
            },
        }
    }
}

/// Returns what is due of an agreement from the day `from` until the day `by`, both
/// included, in order; and from before that what is still to be done: the end of an
/// agreement that nothing follows, and contacts that nobody has looked at since.
/// `succeeded` tells whether a signed agreement has followed, `register` when somebody
/// made sure of a contact for all agreements at once.
pub fn due(
    agreement: &Agreement,
    register: &Register,
    succeeded: bool,
    from: NaiveDate,
    by: NaiveDate,
) -> Vec<Due> {
    // A draft binds nobody, and nor does what another agreement has followed.
    if agreement.status != Status::Signed || succeeded {
        return Vec::new();
    }
    let agenda = Agenda {
        agreement,
        register,
        from,
        by,
        end: agreement.last_day(),
    };
    let mut found = agenda.ends();
    found.extend(agenda.appointments());
    found.extend(agenda.contacts());
    found.sort_by_key(|due| due.on);
    found
}

struct Agenda<'a> {
    agreement: &'a Agreement,
    register: &'a Register,
    from: NaiveDate,
    by: NaiveDate,
    /// The last day of the first term.
    end: Option<NaiveDate>,
}

impl Agenda<'_> {
    /// Returns how the agreement goes on, where that is known.
    fn renewal(&self) -> Option<(u32, Option<u32>)> {
        let Renewal {
            years,
            notice_months,
        } = self.agreement.renewal?;
        Some((years?, notice_months))
    }

    /// Tells whether the agreement is in force on a day after its signing.
    fn binds(&self, day: NaiveDate) -> bool {
        self.renewal().is_some() || self.end.is_none_or(|end| day <= end)
    }

    fn is_asked(&self, day: NaiveDate) -> bool {
        (self.from..=self.by).contains(&day)
    }

    /// Returns the ends of terms, and the days of notice before them.
    fn ends(&self) -> Vec<Due> {
        let Some(end) = self.end else {
            return Vec::new();
        };
        let told = |on, matter, times| Due {
            on,
            matter,
            times,
            party: None,
        };
        let Some((years, notice)) = self.renewal() else {
            let ended = (end <= self.by).then(|| told(end, Matter::Expiry, 0));
            return ended.into_iter().collect();
        };
        let mut found = Vec::new();
        // A further term begins on the day after the last: February has not always its 29th.
        let ends = (0..MOST_TIMES).map_while(|times| {
            let term = Term::Years(Some(years.checked_mul(times)?));
            let last = || term.last_day(end.succ_opt());
            let last = if times == 0 { Some(end) } else { last() };
            Some((times, last?))
        });
        for (times, end) in ends {
            let noticed = notice.and_then(|months| end.checked_sub_months(Months::new(months)));
            if let Some(day) = noticed.filter(|day| self.is_asked(*day)) {
                found.push(told(day, Matter::Notice, times));
            }
            if self.is_asked(end) {
                found.push(told(end, Matter::Renewal, times));
            }
            // The notice before it may still be asked for.
            if noticed.unwrap_or(end) > self.by {
                break;
            }
        }
        found
    }

    fn appointments(&self) -> Vec<Due> {
        let mut found = Vec::new();
        for (index, entry) in self.agreement.due.iter().enumerate() {
            let Some(first) = self.first_day(entry) else {
                continue;
            };
            for (times, on) in repeated(first, entry.every_months) {
                if on > self.by || !self.binds(on) {
                    break;
                }
                if self.is_asked(on) {
                    found.push(Due {
                        on,
                        matter: Matter::Appointment(index),
                        times,
                        party: turn(&entry.parties, times),
                    });
                }
            }
        }
        found
    }

    fn first_day(&self, entry: &Appointment) -> Option<NaiveDate> {
        entry.on.or_else(|| {
            let is_review = entry.kind == AppointmentKind::Review;
            let first = self.agreement.first_day().filter(|_| is_review)?;
            let days = (self.end? - first).num_days();
            first.checked_add_days(Days::new(u64::try_from(days / 2).ok()?))
        })
    }

    /// Returns whose contacts are to be looked at: a year after somebody did, or after
    /// the signing, at which the parties gave them.
    fn contacts(&self) -> Vec<Due> {
        if !self.binds(self.from) {
            return Vec::new();
        }
        let signed = self.agreement.signing.day();
        let parties = self.agreement.parties.iter().enumerate();
        let due = parties.filter_map(|(index, party)| {
            let own = party.contact.verified_on.or(signed);
            let looked_at = own.max(self.register.confirmed(&party.id))?;
            let on = looked_at.checked_add_months(Months::new(CONTACTS_MONTHS))?;
            (on <= self.by && self.binds(on)).then_some(Due {
                on,
                matter: Matter::Contacts,
                times: 0,
                party: Some(index),
            })
        });
        due.collect()
    }
}

/// Returns a day and those that follow it after so many months each, with their
/// number, from 0. Each is counted from the first: after 31 January and 28 February
/// comes 31 March.
fn repeated(first: NaiveDate, months: Option<u32>) -> impl Iterator<Item = (u32, NaiveDate)> {
    let most = if months.is_some() { MOST_TIMES } else { 1 };
    (0..most).map_while(move |times| {
        let months = months.unwrap_or_default().checked_mul(times)?;
        Some((times, first.checked_add_months(Months::new(months))?))
    })
}

/// Returns whose turn it is.
fn turn(parties: &[usize], times: u32) -> Option<usize> {
    let at = (times as usize).checked_rem(parties.len())?;
    parties.get(at).copied()
}
