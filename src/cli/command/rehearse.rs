//! `alternat rehearse`, which people do not use: makes what it is asked for within
//! limits and throws it away.
//!
//! Input: lines of JSON, as `rehearsal` writes them. Output: lines that say which
//! template is being used, and that all is done.

use std::io::{self, BufRead, Write};
use std::process::ExitCode;

use alternat::press::pdf::Attachment;
use alternat::source::Source;
use alternat::workshop::{Wanted, Workshop, in_order};

use super::super::global::Global;
use super::super::limits;
use super::super::open;
use super::super::rehearsal::{AT, DONE};

/// An agreement and its lock, by name and text, and whether pages are wanted.
type Asked = (String, String, Option<(String, String)>, bool);

pub(crate) fn run(global: &Global) -> io::Result<ExitCode> {
    limits::memory();
    limits::more_time();
    let opened = open::alone(global, Attachment::Source);
    say(DONE)?;
    // Who asked finds the same faults.
    let Ok(opened) = opened else {
        return Ok(ExitCode::SUCCESS);
    };
    let workshop = opened.workshop.announcing(announce);
    for line in io::stdin().lock().lines() {
        let Ok(asked) = serde_json::from_str::<Asked>(&line?) else {
            return Ok(ExitCode::FAILURE);
        };
        limits::more_time();
        // On a thread with the stack that the work has there.
        in_order(&[asked], 1, |asked| make(&workshop, asked), |_, ()| ());
        say(DONE)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn make(workshop: &Workshop, (name, text, lock, pages): &Asked) {
    let source = Source::new(name, text);
    let lock = lock.as_ref().map(|(name, text)| Source::new(name, text));
    let wanted = match pages {
        true => Wanted::EVERYTHING,
        false => Wanted::TEXTS,
    };
    workshop.check(&source, lock.as_ref());
    workshop.make(&source, lock.as_ref(), wanted);
}

fn announce(template: &str) {
    // Nobody listens any more: the work is done for nothing, and ends.
    let _ = say(&format!("{AT}{}", template.replace('\n', " ")));
}

fn say(line: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{line}")?;
    out.flush()
}
