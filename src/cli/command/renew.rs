//! `alternat renew`: starts the agreement of the next term with the words of the
//! last one.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use alternat::agreement::renew::Successor;
use alternat::agreement::term::Moment;
use alternat::diagnostic::Outcome;
use alternat::press::pdf::Attachment;
use alternat::workshop::Renewed;
use chrono::NaiveDate;

use super::super::global::Global;
use super::super::open::{self, Opened, Rehearsed};
use super::super::report::human::Reporter;

#[derive(Debug, clap::Args)]
pub(crate) struct RenewArgs {
    /// The agreement of the last term
    pub(crate) file: PathBuf,
    /// The new term, as 2025-2027, or as 2026-03-20/2029-03-19
    #[arg(long, value_name = "TERM")]
    pub(crate) term: String,
    /// The new agreement's id [default: the old one's with the years of the new term]
    #[arg(long)]
    pub(crate) id: Option<String>,
    /// Where to write the new agreement [default: its id, in `agreements/`]
    #[arg(short, long, value_name = "FILE", conflicts_with = "dry_run")]
    pub(crate) output: Option<PathBuf>,
    /// Print the new agreement, and write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

pub(crate) fn run(
    global: &Global,
    renew: &RenewArgs,
    reporter: &mut Reporter,
) -> io::Result<ExitCode> {
    match open::open(global, Attachment::Source) {
        Ok(opened) => match renewed(&opened, renew) {
            Ok(renewed) => say(&opened, renew, renewed, reporter)?,
            Err(faults) => reporter.findings(&faults)?,
        },
        Err(faults) => reporter.findings(&faults)?,
    }
    Ok(reporter.exit_code())
}

fn say(
    opened: &Opened,
    renew: &RenewArgs,
    renewed: Renewed,
    reporter: &mut Reporter,
) -> io::Result<()> {
    let Renewed { id, file, looks } = renewed;
    if renew.dry_run {
        reporter.print(file.text().as_bytes());
        return reporter.findings(&looks);
    }
    match opened.project.start(
        &id,
        renew.output.as_deref(),
        file.text(),
        opened.workshop.register(),
    ) {
        Ok(name) => {
            reporter.findings(&looks)?;
            let said = reporter.word("renewed").replace("{file}", &name);
            reporter.line(&said.replace("{looks}", &looks.len().to_string()))
        }
        Err(faults) => reporter.findings(&faults),
    }
}

fn renewed(opened: &Opened, renew: &RenewArgs) -> Outcome<Renewed> {
    let rehearsed = Rehearsed {
        pages: false,
        jobs: None,
    };
    let mut faults = Vec::new();
    let file = std::slice::from_ref(&renew.file);
    let inputs = opened.inputs(file, rehearsed, &mut faults);
    let Some(input) = inputs.first().filter(|_| faults.is_empty()) else {
        return Err(faults);
    };
    // What is no term was refused before.
    let (from, to) = term(&renew.term).ok_or_else(Vec::new)?;
    let id = renew.id.clone();
    let output = renew.output.as_ref();
    let successor = Successor {
        id,
        from,
        to,
        today: Some(open::today()),
        file: output.map(|path| path.display().to_string()),
    };
    opened
        .workshop
        .renew(&input.source, input.lock.as_ref(), &successor)
}

/// Reads two years, or two days, the first not after the second; nothing else.
pub(crate) fn term(typed: &str) -> Option<(Moment, Moment)> {
    if let Some((from, to)) = typed.split_once('/') {
        let day = |typed: &str| {
            let day: NaiveDate = typed.parse().ok()?;
            (day.to_string() == typed).then_some(day)
        };
        let (from, to) = (day(from)?, day(to)?);
        return (from <= to).then_some((Moment::Day(from), Moment::Day(to)));
    }
    let year = |typed: &str| {
        let digits = typed.bytes().all(|byte| byte.is_ascii_digit());
        let year: i32 = typed.parse().ok().filter(|_| digits)?;
        (1900..2200).contains(&year).then_some(year)
    };
    let (from, to) = typed.split_once('-').unwrap_or((typed, typed));
    let (from, to) = (year(from)?, year(to)?);
    (from <= to).then_some((Moment::Year(from), Moment::Year(to)))
}
