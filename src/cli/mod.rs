//! The command line: what is typed, what is opened for it, what is reported.
//!
//! One file of [`command`] stands for each verb, with its arguments and what it
//! does. Words go to standard error, data alone to standard output.

mod args;
mod ask;
mod command;
mod global;
mod limits;
mod open;
mod options;
mod rehearsal;
mod report;
mod shard;
mod today;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use self::args::{Args, Command};
use self::report::human::Reporter;

/// The exit code for a command line that cannot be meant.
const WRONG_COMMAND_LINE: u8 = 2;

/// Does what the command line says.
pub(crate) fn run() -> ExitCode {
    let args = Args::parse();
    let messages = open::messages(args.global.lang.as_deref());
    let mut reporter = Reporter::new(args.global.color, messages);
    let typed: Vec<OsString> = std::env::args_os().skip(1).collect();
    let faults = options::faults(&args, typed.iter().map(OsString::as_os_str));
    if !faults.is_empty() {
        // Nobody may hear it; the exit code tells as well.
        let _ = reporter.findings(&faults);
        return WRONG_COMMAND_LINE.into();
    }
    let Args { command, global } = args;
    let result = match &command {
        Command::Build(build) => command::build::run(&global, build, &mut reporter),
        Command::Check(check) => command::check::run(&global, check, &mut reporter),
        Command::Completions(shell) => {
            command::completions::run(shell, Args::command(), &mut reporter)
        }
        Command::Compare(compare) => command::compare::run(&global, compare, &mut reporter),
        Command::Due(due) => command::due::run(&global, due, &mut reporter),
        Command::Explain(explain) => command::explain::run(&global, explain, &mut reporter),
        Command::Fmt(fmt) => command::fmt::run(&global, fmt, &mut reporter),
        Command::Fonts => command::fonts::run(&global, &mut reporter),
        Command::Freeze(freeze) => command::freeze::run(&global, freeze, &mut reporter),
        Command::Merge(merge) => command::merge::run(&global, merge, &mut reporter),
        Command::List(list) => command::list::run(&global, list, &mut reporter),
        Command::Man(man) => command::man::run(&global, man, Args::command(), &mut reporter),
        Command::Init => command::init::run(&global, &mut reporter),
        Command::New(new) => command::new::run(&global, new, &mut reporter),
        Command::Rehearse => command::rehearse::run(&global),
        Command::Renew(renew) => command::renew::run(&global, renew, &mut reporter),
        Command::Review(review) => command::review::run(&global, review, &mut reporter),
        Command::Settle(settle) => command::settle::run(&global, settle, &mut reporter),
        Command::Schema(schema) => command::schema::run(schema, &mut reporter),
        Command::Templates(names) => command::templates::run(&global, names, &mut reporter),
    };
    match result {
        Ok(code) => reporter.unless_lost(code),
        Err(_) => ExitCode::FAILURE,
    }
}
