//! Questions on the terminal, one line each, and the answers to them.
//!
//! Input: questions in the reader's language. Output: what was typed. Everything is
//! plain lines, so that a screen reader tells it as it stands. An answer that cannot be
//! taken is asked for again, with the reason.

use std::io::{self, BufRead};

use super::report::human::Reporter;

/// Why there is no answer.
pub(crate) enum Unanswered {
    /// The input ended.
    Left,
    /// The terminal failed.
    Broken(io::Error),
}

impl From<io::Error> for Unanswered {
    fn from(error: io::Error) -> Self {
        Self::Broken(error)
    }
}

/// An answer, or why there is none.
pub(crate) type Answer<T> = Result<T, Unanswered>;

/// Who asks.
pub(crate) struct Asker<'a> {
    pub(crate) reporter: &'a mut Reporter,
}

impl Asker<'_> {
    /// Returns a sentence of the program.
    pub(crate) fn word(&self, key: &str) -> String {
        self.reporter.word(key)
    }

    /// Says a line.
    pub(crate) fn say(&mut self, line: &str) -> Answer<()> {
        Ok(self.reporter.line(line)?)
    }

    /// Says what can be chosen, each with its number.
    pub(crate) fn list(&mut self, choices: &[String]) -> Answer<()> {
        for (number, choice) in (1..).zip(choices) {
            self.say(&format!("  {number}  {choice}"))?;
        }
        Ok(())
    }

    /// Asks for one line, as it is typed, until `take` takes it; it gives the reason, a
    /// key of the program's words, for which it does not.
    pub(crate) fn ask<T>(
        &mut self,
        question: &str,
        mut take: impl FnMut(&str) -> Result<T, &'static str>,
    ) -> Answer<T> {
        loop {
            self.reporter.ask(&format!("{question}: "))?;
            let line = typed()?;
            let taken = match line.as_deref() {
                None => Err("ask-not-text"),
                Some(line) if line.contains(char::is_control) => Err("ask-control"),
                Some(line) => take(line),
            };
            match taken {
                Ok(answer) => return Ok(answer),
                Err(reason) => {
                    let reason = self.word(reason);
                    self.say(&self.word("ask-again").replace("{reason}", &reason))?;
                }
            }
        }
    }

    /// Asks for a number of the list of `choices`, or one of them; nothing is the first.
    pub(crate) fn choose(&mut self, question: &str, choices: &[&str]) -> Answer<usize> {
        self.ask(&format!("{question} [1]"), |line| match line.trim() {
            "" => Ok(0),
            typed => chosen(typed, choices),
        })
    }

    /// Asks for a text; nothing where the line is empty.
    pub(crate) fn text(&mut self, question: &str) -> Answer<Option<String>> {
        self.ask(question, |line| {
            Ok(Some(line.to_owned()).filter(|line| !line.trim().is_empty()))
        })
    }
}

/// Returns the place of a choice that is named, or given by its number.
pub(crate) fn chosen(typed: &str, choices: &[&str]) -> Result<usize, &'static str> {
    let number = typed.parse::<usize>().ok();
    let place = number.and_then(|number| number.checked_sub(1));
    let place = place.filter(|place| *place < choices.len());
    let place = place.or_else(|| choices.iter().position(|choice| *choice == typed));
    place.ok_or("ask-not-listed")
}

/// Reads a line without its end; nothing of what is no text.
fn typed() -> Answer<Option<String>> {
    let mut line = Vec::new();
    if io::stdin().lock().read_until(b'\n', &mut line)? == 0 {
        return Err(Unanswered::Left);
    }
    while line.ends_with(b"\n") || line.ends_with(b"\r") {
        line.pop();
    }
    Ok(String::from_utf8(line).ok())
}
