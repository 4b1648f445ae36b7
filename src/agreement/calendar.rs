//! Years, days and numbers as they are typed.
//!
//! Input: the words of one value. Output: the year, day or number that it is, or what
//! is wrong with it, with the value as it was probably meant; the place is the
//! caller's.

use chrono::NaiveDate;

use super::term::Moment;
use crate::diagnostic::Diagnostic;

/// What is read, or what is wrong with it.
type Read<T> = Result<T, Diagnostic>;

/// The years of the Buddhist era are ahead by so many.
const BUDDHIST: i32 = 543;

/// Years that no agreement of the common calendar names, but one of the Buddhist era.
const BUDDHIST_YEARS: std::ops::RangeInclusive<i32> = 1900 + BUDDHIST..=2200 + BUDDHIST;

/// Reads a date as `2022-11-28`, the one form in which day and month cannot
/// be mistaken for each other (ISO 8601).
pub(super) fn date(text: &str) -> Read<NaiveDate> {
    let western = western(text);
    if is_buddhist(&western) {
        return Err(buddhist(text, &western));
    }
    let fault = Diagnostic::error("invalid-date").with("value", text);
    match (exact_date(&western), last_of_month(&western)) {
        (Some(date), _) if western == text => Ok(date),
        (Some(_), _) => Err(fault.with("right", western).hint("figures")),
        (None, Some(last)) => Err(fault.with("right", last.to_string()).hint("month")),
        (None, None) => Err(fault.hint("form")),
    }
}

/// Reads a year, or a date.
pub(super) fn moment(text: &str) -> Read<Moment> {
    let western = western(text);
    let figures = western.bytes().all(|byte| byte.is_ascii_digit());
    if !figures || western.len() > 5 {
        return date(text).map(Moment::Day).map_err(|mut fault| {
            // A word may be meant as well as a date.
            if fault.hints == ["form"] {
                fault.hints = vec!["moment"];
            }
            fault
        });
    }
    let fault = Diagnostic::error("invalid-year").with("value", text);
    let four = western.len() == 4;
    let year = western.parse::<i32>().ok().filter(|_| four);
    let year = year.unwrap_or_default();
    match year {
        _ if BUDDHIST_YEARS.contains(&year) => Err(buddhist(text, &western)),
        1900..=9999 if western == text => Ok(Moment::Year(year)),
        1900..=9999 => Err(fault.with("right", western).hint("figures")),
        _ => Err(fault.hint("form")),
    }
}

/// Reads a number from 1 to `most`.
pub(super) fn number(text: &str, most: u32) -> Read<u32> {
    let western = western(text);
    let digits = western.len() < 4 && western.bytes().all(|byte| byte.is_ascii_digit());
    let number = western.parse::<u32>().ok().filter(|_| digits);
    let fault = Diagnostic::error("invalid-number").with("value", text);
    let fault = fault.with("most", most.to_string());
    match number.filter(|number| (1..=most).contains(number)) {
        Some(number) if western == text => Ok(number),
        Some(_) => Err(fault.with("right", western).hint("figures")),
        None => Err(fault.hint("form")),
    }
}

/// Reads the four, two and two figures of a day that the calendar has.
fn exact_date(text: &str) -> Option<NaiveDate> {
    let (year, month, day) = parts(text)?;
    NaiveDate::from_ymd_opt(year, month, day?)
}

/// Returns year, month and perhaps day of what is written as `2026-03-20` or `2026-03`.
fn parts(text: &str) -> Option<(i32, u32, Option<u32>)> {
    let shape = matches!(text.len(), 7 | 10)
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    let mut parts = text.split('-').filter(|_| shape);
    let (year, month) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Some((year, month, parts.next().and_then(|day| day.parse().ok())))
}

/// Returns the last day of the month of a month alone, or of a day that the month
/// does not have.
fn last_of_month(text: &str) -> Option<NaiveDate> {
    let (year, month, _) = parts(text)?;
    let mut days = (28..=31).rev();
    days.find_map(|day| NaiveDate::from_ymd_opt(year, month, day))
}

/// Tells a date whose year is of the Buddhist era.
fn is_buddhist(text: &str) -> bool {
    parts(text).is_some_and(|(year, _, day)| day.is_some() && BUDDHIST_YEARS.contains(&year))
}

/// Says that the year of `text`, in Western digits `western`, is of the Buddhist era.
fn buddhist(text: &str, western: &str) -> Diagnostic {
    let (year, rest) = western.split_at(western.len().min(4));
    let year = year.parse::<i32>().unwrap_or_default() - BUDDHIST;
    let fault = Diagnostic::error("buddhist-year").with("value", text);
    fault.with("right", format!("{year}{rest}")).hint("common")
}

/// Returns `text` with its figures in Western digits.
fn western(text: &str) -> String {
    let digit = |letter: char| match letter {
        '\u{ed0}'..='\u{ed9}' => Some(u32::from(letter) - 0xed0),
        '\u{e50}'..='\u{e59}' => Some(u32::from(letter) - 0xe50),
        '\u{ff10}'..='\u{ff19}' => Some(u32::from(letter) - 0xff10),
        _ => None,
    };
    let western = |letter| digit(letter).and_then(|value| char::from_digit(value, 10));
    let letters = text.chars();
    letters
        .map(|letter| western(letter).unwrap_or(letter))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What comes of a value: the value, or the code, the hint and what was meant.
    fn told<T: std::fmt::Debug>(read: Read<T>) -> String {
        match read {
            Ok(value) => format!("{value:?}"),
            Err(fault) => {
                let right = fault.values.get("right").cloned().unwrap_or_default();
                format!("{} {} {right}", fault.code, fault.hints.join(" "))
            }
        }
    }

    #[test]
    fn moments_are_years_or_days() {
        for (text, expected) in [
            ("2026", "Year(2026)"),
            ("2026-03-20", "Day(2026-03-20)"),
            ("2028-02-29", "Day(2028-02-29)"),
            ("2026-02-29", "invalid-date month 2026-02-28"),
            ("2026-03", "invalid-date month 2026-03-31"),
            ("2026-13", "invalid-date moment "),
            ("20/3/2026", "invalid-date moment "),
            ("open", "invalid-date moment "),
            ("208", "invalid-year form "),
            ("02026", "invalid-year form "),
            ("໒໐໒໖", "invalid-year figures 2026"),
            ("໒໐໒໖-໐໓-໒໐", "invalid-date figures 2026-03-20"),
            ("2569", "buddhist-year common 2026"),
            ("໒໕໖໙", "buddhist-year common 2026"),
            ("2569-03-20", "buddhist-year common 2026-03-20"),
            ("2571-02-29", "buddhist-year common 2028-02-29"),
        ] {
            assert_eq!(told(moment(text)), expected, "{text}");
        }
    }

    #[test]
    fn numbers_are_figures() {
        for (text, expected) in [
            ("5", "5"),
            ("05", "5"),
            ("99", "99"),
            ("100", "invalid-number form "),
            ("0", "invalid-number form "),
            ("-3", "invalid-number form "),
            ("+3", "invalid-number form "),
            ("2.5", "invalid-number form "),
            ("5 năm", "invalid-number form "),
            ("ຫ້າ", "invalid-number form "),
            ("໕", "invalid-number figures 5"),
            ("５", "invalid-number figures 5"),
        ] {
            assert_eq!(told(number(text, 99)), expected, "{text}");
        }
    }
}
