//! Days as a calendar file, by RFC 5545.
//!
//! Input: what is due, in words. Output: iCalendar: lines of at most 75 octets, none
//! of which ends within a letter, and events that last the whole day.

use alternat::text::letters::is_mark;
use chrono::{Days, NaiveDate};

/// One day in a calendar.
pub(crate) struct Event {
    /// Names the event for ever, also after its day was moved.
    pub(crate) uid: String,
    /// The day.
    pub(crate) on: NaiveDate,
    /// The day of the data that it was made from.
    pub(crate) stamp: NaiveDate,
    /// What is due.
    pub(crate) summary: String,
    /// Where that is said.
    pub(crate) description: String,
}

/// A line has so many octets at most, its end not counted (RFC 5545, 3.1).
const MOST_OCTETS: usize = 75;

/// Returns a calendar with these events, named `name`.
pub(crate) fn calendar(name: &str, events: &[Event]) -> String {
    let mut lines = Lines(String::new());
    lines.add("BEGIN", "VCALENDAR");
    lines.add("VERSION", "2.0");
    let product = format!("-//Alternat//Alternat {}//EN", env!("CARGO_PKG_VERSION"));
    lines.add("PRODID", &product);
    lines.add("CALSCALE", "GREGORIAN");
    lines.text("X-WR-CALNAME", name);
    for event in events {
        lines.add("BEGIN", "VEVENT");
        lines.text("UID", &event.uid);
        lines.add(
            "DTSTAMP",
            &format!("{}T000000Z", day(event.on.min(event.stamp))),
        );
        lines.add("DTSTART;VALUE=DATE", &day(event.on));
        // The first day on which it is over (RFC 5545, 3.6.1).
        let over = event.on.checked_add_days(Days::new(1)).unwrap_or(event.on);
        lines.add("DTEND;VALUE=DATE", &day(over));
        lines.text("SUMMARY", &event.summary);
        lines.text("DESCRIPTION", &event.description);
        lines.add("TRANSP", "TRANSPARENT");
        lines.add("END", "VEVENT");
    }
    lines.add("END", "VCALENDAR");
    lines.0
}

fn day(day: NaiveDate) -> String {
    day.format("%Y%m%d").to_string()
}

struct Lines(String);

impl Lines {
    /// Adds a property whose value is a text (RFC 5545, 3.3.11).
    fn text(&mut self, name: &str, text: &str) {
        let mut value = String::new();
        for letter in text.chars() {
            match letter {
                '\\' | ';' | ',' => value.extend(['\\', letter]),
                '\n' => value += "\\n",
                // No value may hold them (RFC 5545, 3.1).
                letter if letter.is_control() && letter != '\t' => {}
                letter => value.push(letter),
            }
        }
        self.add(name, &value);
    }

    fn add(&mut self, name: &str, value: &str) {
        let line = format!("{name}:{value}");
        let mut octets = 0;
        for letter in letters(&line) {
            if octets + letter.len() > MOST_OCTETS {
                self.0 += "\r\n ";
                // The space counts.
                octets = 1;
            }
            octets += letter.len();
            self.0 += letter;
        }
        self.0 += "\r\n";
    }
}

/// More marks than these do not stand on one letter.
const MOST_OF_A_LETTER: usize = 24;

/// Returns the letters of a line, each with the marks on it.
fn letters(line: &str) -> Vec<&str> {
    let (mut letters, mut start) = (Vec::new(), 0);
    for (at, letter) in line.char_indices().skip(1) {
        if !is_mark(letter) || at - start > MOST_OF_A_LETTER {
            letters.push(&line[start..at]);
            start = at;
        }
    }
    letters.push(&line[start..]);
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_between_letters() {
        let on = NaiveDate::from_ymd_opt(2026, 12, 31).expect("a day");
        let event = Event {
            uid: "x".to_owned(),
            on,
            stamp: on,
            summary: "ສະຫະພັນແມ່ຍິງ, Hội; \\ và\nhai".repeat(5),
            description: String::new(),
        };
        let made = calendar("x", &[event]);
        assert!(made.split("\r\n").all(|line| line.len() <= MOST_OCTETS));
        assert!(!made.replace("\r\n", "").contains(['\r', '\n']));
        let starts = made.split("\r\n ").skip(1);
        assert!(starts.clone().count() > 1);
        for start in starts {
            assert!(!start.starts_with(is_mark), "{start}");
        }
        let unfolded = made.replace("\r\n ", "");
        let words = "ສະຫະພັນແມ່ຍິງ\\, Hội\\; \\\\ và\\nhai".repeat(5);
        assert!(unfolded.contains(&format!("SUMMARY:{words}\r\n")), "{made}");
        assert!(unfolded.contains("DTSTART;VALUE=DATE:20261231\r\n"));
        assert!(unfolded.contains("DTEND;VALUE=DATE:20270101\r\n"));
    }
}
