//! `alternat due`: what is due of signed agreements, for people and for calendars.

use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use alternat::agreement::due::{Due, due};
use alternat::agreement::{Agreement, Register, Status, ids, load};
use alternat::diagnostic::Diagnostic;
use alternat::project::Project;
use alternat::source::Source;
use alternat::workshop::in_order;
use chrono::{Months, NaiveDate};

use super::super::global::Global;
use super::super::open;
use super::super::report::human::Reporter;
use super::super::report::ics::{Event, calendar};
use super::super::report::{agenda, table};
use super::super::today::today;

#[derive(Debug, clap::Args)]
pub(crate) struct DueArgs {
    /// Until which day, as 2027-01-31 [default: a year from now]
    #[arg(long, value_name = "DATE")]
    pub(crate) by: Option<String>,
    /// From which day on [default: today]
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<String>,
    /// Write a calendar file instead, for any calendar program; `-` prints it
    #[arg(long, value_name = "FILE")]
    pub(crate) ics: Option<PathBuf>,
}

/// How far ahead is looked.
const MONTHS_AHEAD: u32 = 12;

/// Returns the last day that is looked at from `day` on, unless one is asked for.
pub(crate) fn until(day: NaiveDate, asked: Option<&str>) -> NaiveDate {
    let asked = asked.and_then(|asked| asked.parse().ok());
    let later = day.checked_add_months(Months::new(MONTHS_AHEAD));
    asked.or(later).unwrap_or(day)
}

/// Returns the ids of the agreements that a signed one has followed.
pub(crate) fn succeeded<'a>(agreements: impl Iterator<Item = &'a Agreement>) -> BTreeSet<String> {
    let signed = agreements.filter(|it| it.status == Status::Signed);
    let followed = signed.filter_map(|it| it.predecessor.as_ref()?.agreement.clone());
    followed.collect()
}

pub(crate) fn run(
    global: &Global,
    args: &DueArgs,
    reporter: &mut Reporter,
) -> io::Result<ExitCode> {
    let project = open::project(global);
    let mut faults = Vec::new();
    let register = open::register(&project).unwrap_or_else(|found| {
        faults.extend(found);
        Register::default()
    });
    let read = read(&project, &register, &mut faults);
    reporter.findings(&faults)?;
    let from = today(args.on.as_deref());
    let by = until(from, args.by.as_deref());
    let over = succeeded(read.iter().map(|(_, agreement)| agreement));
    let mut all: Vec<(Due, &Source, &Agreement)> = Vec::new();
    for (source, agreement) in &read {
        let due = due(agreement, &register, over.contains(&agreement.id), from, by);
        all.extend(due.into_iter().map(|due| (due, source, agreement)));
    }
    all.sort_by_key(|(due, _, agreement)| (due.on, agreement.id.clone()));
    match &args.ics {
        None => {
            reporter.print(listed(&all, from, reporter).as_bytes());
            let numbers = [("number", all.len())];
            let said = reporter.messages().counted("due-summary", &numbers);
            reporter.line(&said.replace("{day}", &by.to_string()))?;
        }
        Some(file) => {
            let text = as_calendar(&all, reporter);
            write(&project, file, &text, all.len(), reporter)?;
        }
    }
    Ok(reporter.exit_code())
}

/// Reads all agreements; adds a fault for each file that is none, and for each that has
/// another one's id.
fn read(
    project: &Project,
    register: &Register,
    faults: &mut Vec<Diagnostic>,
) -> Vec<(Source, Agreement)> {
    let sources = open::sources(project, faults);
    let mut read = Vec::new();
    in_order(
        &sources,
        open::jobs(None),
        |source| load::load_with(source, register),
        |source, loaded| match loaded {
            Ok(loaded) => read.push((source.clone(), loaded.agreement)),
            Err(found) => faults.extend(found),
        },
    );
    // A calendar would take what is due of one for what is due of the other, moved.
    let files = read.iter();
    let same = ids::same_ids(files.map(|(file, agreement)| (Some(agreement.id.clone()), file)));
    faults.extend(same.into_iter().map(|same| same.finding));
    read
}

fn listed(all: &[(Due, &Source, &Agreement)], from: NaiveDate, reporter: &Reporter) -> String {
    let mut text = String::new();
    for (due, _, agreement) in all {
        let mut words = agenda::words(agreement, due, reporter.messages());
        if due.on < from {
            words = format!("{words} ({})", reporter.word("due-over"));
        }
        text += &table::wrapped(&format!("{}  ", due.on), &words);
        text += &format!("{}{}\n", " ".repeat(12), agreement.id);
    }
    text
}

fn as_calendar(all: &[(Due, &Source, &Agreement)], reporter: &Reporter) -> String {
    let events = all.iter().map(|(due, source, agreement)| {
        let words = agenda::words(agreement, due, reporter.messages());
        let names = (0..agreement.parties.len())
            .map(|party| agenda::party_name(agreement, party, reporter.messages()));
        let names = names.collect::<Vec<_>>().join("; ");
        Event {
            uid: agenda::uid(agreement, due),
            on: due.on,
            stamp: agreement.signing.day().unwrap_or(due.on),
            summary: words,
            description: format!("{}\n{names}\n{}", agreement.id, source.name()),
        }
    });
    let name = reporter.word("due-calendar");
    calendar(&name, &events.collect::<Vec<_>>())
}

fn write(
    project: &Project,
    file: &std::path::Path,
    text: &str,
    number: usize,
    reporter: &mut Reporter,
) -> io::Result<()> {
    if file.as_os_str() == "-" {
        reporter.print(text.as_bytes());
        return Ok(());
    }
    match project.save(file, text) {
        Ok(()) => {
            let said = reporter
                .messages()
                .counted("due-saved", &[("number", number)]);
            reporter.line(&said.replace("{file}", &file.display().to_string()))
        }
        Err(fault) => reporter.findings(&[fault]),
    }
}
