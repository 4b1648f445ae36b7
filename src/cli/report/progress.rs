//! How far a long piece of work is.
//!
//! Input: each item as it is done. Output: one line that changes in its place on a
//! terminal, and a line now and then elsewhere.

use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

use super::human::Reporter;

/// How often it is told on a terminal, and elsewhere.
const OFTEN: Duration = Duration::from_millis(100);
const SELDOM: Duration = Duration::from_secs(15);

/// Of fewer items nothing is told elsewhere: the last line comes soon.
const MANY: usize = 8;

/// How wide the bar is, in letters.
const WIDTH: usize = 20;

/// How far a piece of work is.
pub(crate) struct Progress {
    total: usize,
    done: usize,
    start: Instant,
    told: Instant,
    quiet: bool,
    terminal: bool,
}

impl Progress {
    /// Starts a piece of work of so many items.
    pub(crate) fn new(total: usize, quiet: bool) -> Self {
        let now = Instant::now();
        Self {
            total,
            done: 0,
            start: now,
            told: now,
            quiet,
            terminal: io::stderr().is_terminal(),
        }
    }

    /// Counts one more item, and tells of it when it is time.
    pub(crate) fn step(&mut self, name: &str, reporter: &mut Reporter) -> io::Result<()> {
        self.done += 1;
        let pause = if self.terminal { OFTEN } else { SELDOM };
        let few = !self.terminal && self.total < MANY;
        if self.quiet || few || self.done == self.total || self.told.elapsed() < pause {
            return Ok(());
        }
        self.told = Instant::now();
        let line = self.line(self.start.elapsed(), reporter.messages());
        let line = line.replace("{file}", name);
        match self.terminal {
            true => reporter.status(&format!("[{}] {line}", self.bar())),
            false => reporter.line(&line),
        }
    }

    fn line(&self, time: Duration, messages: &alternat::messages::Messages) -> String {
        let each = time.as_secs_f64() / self.done as f64;
        let left = (each * (self.total - self.done) as f64).round() as usize;
        let numbers = [("done", self.done), ("total", self.total), ("left", left)];
        let line = messages.counted("progress", &numbers);
        line.replace("{rate}", &format!("{:.1}", 1.0 / each.max(1e-6)))
    }

    fn bar(&self) -> String {
        let full = WIDTH * self.done / self.total.max(1);
        "=".repeat(full) + &" ".repeat(WIDTH - full)
    }
}

#[cfg(test)]
mod tests {
    use alternat::messages::Messages;

    use super::*;

    #[test]
    fn rate_and_time_left_are_those_of_what_is_done() {
        let mut progress = Progress::new(100, false);
        progress.done = 25;
        let line = progress.line(Duration::from_secs(50), &Messages::of("en"));
        assert!(line.contains("25 of 100"), "{line}");
        assert!(line.contains("0.5") && line.contains("150 s"), "{line}");
        assert_eq!(progress.bar(), "=====               ");
    }
}
