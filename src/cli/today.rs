//! The day on which the program runs: the one place that reads the clock.

use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{DateTime, NaiveDate};

/// Viet Nam and Laos are so many seconds ahead of UTC, all year round.
const AHEAD: u64 = 7 * 60 * 60;

/// Returns the day that was asked for, or the day that it is in Hanoi and Vientiane.
pub(crate) fn today(asked: Option<&str>) -> NaiveDate {
    // What is no day was refused before.
    asked.and_then(|day| day.parse().ok()).unwrap_or_else(now)
}

fn now() -> NaiveDate {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let seconds = since.map_or(0, |since| since.as_secs().saturating_add(AHEAD));
    let time = i64::try_from(seconds).ok();
    let time = time.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    time.map(|time| time.date_naive()).unwrap_or_default()
}
