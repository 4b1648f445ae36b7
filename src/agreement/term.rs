//! For how long an agreement is made, and how it goes on after that.
//!
//! A term is one of these things: between two years or two days, from one of them on,
//! or so many years from the day of signing. Nothing here knows a language.

use std::fmt;

use chrono::{Datelike, Months, NaiveDate};

/// A calendar year, or a day in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// A year of the Gregorian calendar.
    Year(i32),
    /// A day.
    Day(NaiveDate),
}

impl fmt::Display for Moment {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Moment::Year(year) => write!(out, "{year}"),
            Moment::Day(day) => write!(out, "{day}"),
        }
    }
}

impl Moment {
    /// Returns the year.
    pub fn year(self) -> i32 {
        match self {
            Moment::Year(year) => year,
            Moment::Day(day) => day.year(),
        }
    }

    /// Returns the first day that the moment may mean.
    pub fn first_day(self) -> Option<NaiveDate> {
        match self {
            Moment::Year(year) => NaiveDate::from_ymd_opt(year, 1, 1),
            Moment::Day(day) => Some(day),
        }
    }

    /// Returns the last day that the moment may mean.
    pub fn last_day(self) -> Option<NaiveDate> {
        match self {
            Moment::Year(year) => NaiveDate::from_ymd_opt(year, 12, 31),
            Moment::Day(day) => Some(day),
        }
    }
}

/// For how long an agreement is made; `None` is what is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term {
    /// From one year until another, or from one day until another.
    Between {
        /// The first year or day.
        from: Option<Moment>,
        /// The last year or day.
        to: Option<Moment>,
    },
    /// From a year or day, without an end.
    Since(Option<Moment>),
    /// So many years from the day of signing.
    Years(Option<u32>),
    /// That of the agreement which it amends: none of its own.
    OfAmended,
}

impl Default for Term {
    fn default() -> Self {
        Term::Between {
            from: None,
            to: None,
        }
    }
}

impl Term {
    /// Tells whether something of it is not known.
    pub fn is_open(self) -> bool {
        match self {
            Term::Between { from, to } => from.is_none() || to.is_none(),
            Term::Since(from) => from.is_none(),
            Term::Years(years) => years.is_none(),
            Term::OfAmended => false,
        }
    }

    /// Tells whether it has, or will have, a last day.
    pub fn ends(self) -> bool {
        match self {
            Term::Between { .. } | Term::Years(_) | Term::OfAmended => true,
            Term::Since(_) => false,
        }
    }

    /// Returns the first day of a term that was agreed on the day `signed`.
    pub fn first_day(self, signed: Option<NaiveDate>) -> Option<NaiveDate> {
        match self {
            Term::Between { from, .. } | Term::Since(from) => from?.first_day(),
            Term::Years(_) => signed,
            Term::OfAmended => None,
        }
    }

    /// Returns the last day of a term that was agreed on the day `signed`. Three years
    /// from 20 March 2026 end on 19 March 2029; a year from 29 February 2028 on 28
    /// February 2029.
    pub fn last_day(self, signed: Option<NaiveDate>) -> Option<NaiveDate> {
        match self {
            Term::Between { to, .. } => to?.last_day(),
            Term::Since(_) | Term::OfAmended => None,
            Term::Years(years) => {
                let (signed, months) = (signed?, years?.checked_mul(12)?);
                let same = signed.checked_add_months(Months::new(months))?;
                // There is no such day in that year: the last one of February it is.
                if same.day() != signed.day() {
                    return Some(same);
                }
                same.pred_opt()
            }
        }
    }

    /// Returns its first and its last year, where it names both.
    pub fn years(self) -> Option<(i32, i32)> {
        match self {
            Term::Between { from, to } => Some((from?.year(), to?.year())),
            Term::Since(_) | Term::Years(_) | Term::OfAmended => None,
        }
    }

    /// Returns how many years it has, those begun included.
    pub fn length(self) -> Option<u32> {
        match self {
            Term::Years(years) => years,
            Term::Since(_) | Term::OfAmended => None,
            Term::Between { from, to } => {
                let (first, last) = (from?.first_day()?, to?.last_day()?);
                let whole = last.succ_opt()?.years_since(first)?;
                let rest = Term::Years(Some(whole)).last_day(Some(first)) < Some(last);
                Some(whole + u32::from(rest))
            }
        }
    }
}

/// How an agreement goes on after its term unless a party objects; `None` is what is
/// not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Renewal {
    /// For how many years each time.
    pub years: Option<u32>,
    /// How many months before the end a party must say that it objects.
    pub notice_months: Option<u32>,
}

impl Renewal {
    /// Tells whether something of it is not known.
    pub fn is_open(self) -> bool {
        self.years.is_none() || self.notice_months.is_none()
    }
}

/// How a party ends an agreement before its term does; `None` is what is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Termination {
    /// How many months before the end that it wants a party must say so.
    pub notice_months: Option<u32>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn years_are_counted_from_the_signing() {
        for (signed, years, last) in [
            ("2026-03-20", 3, "2029-03-19"),
            ("2026-01-01", 5, "2030-12-31"),
            ("2026-03-01", 2, "2028-02-29"),
            ("2028-02-29", 1, "2029-02-28"),
            ("2028-02-29", 4, "2032-02-28"),
            ("2026-02-28", 2, "2028-02-27"),
        ] {
            let term = Term::Years(Some(years));
            assert_eq!(
                term.last_day(Some(day(signed))),
                Some(day(last)),
                "{signed}"
            );
            assert_eq!(term.first_day(Some(day(signed))), Some(day(signed)));
            assert_eq!(term.last_day(None), None);
        }
        assert_eq!(
            Term::Years(Some(u32::MAX)).last_day(Some(day("2026-03-20"))),
            None
        );
    }

    #[test]
    fn years_begun_are_counted() {
        let days = |from: &str, to: &str| Term::Between {
            from: Some(Moment::Day(day(from))),
            to: Some(Moment::Day(day(to))),
        };
        for (from, to, length) in [
            ("2026-03-20", "2029-03-19", 3),
            ("2026-03-20", "2029-03-20", 4),
            ("2026-03-20", "2026-03-20", 1),
            ("2025-07-01", "2027-12-31", 3),
            ("2028-02-29", "2029-02-28", 1),
        ] {
            assert_eq!(days(from, to).length(), Some(length), "{from} {to}");
        }
        let years = Term::Between {
            from: Some(Moment::Year(2025)),
            to: Some(Moment::Year(2027)),
        };
        assert_eq!(years.length(), Some(3));
    }
}
