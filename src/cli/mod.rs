//! The command line: what is typed, what is opened for it, what is reported.
//!
//! One file of [`command`] stands for each verb, with its arguments and what it
//! does. Words go to standard error, data alone to standard output.

mod args;
mod command;
mod global;
mod open;
mod report;

use std::io;
use std::process::ExitCode;

use clap::Parser;

use self::args::{Args, Command};
use self::report::human::Reporter;

/// Does what the command line says.
pub(crate) fn run() -> ExitCode {
    let Args { command, global } = Args::parse();
    let mut reporter = Reporter::new(global.color, open::messages(global.lang.as_deref()));
    let result = match &command {
        Command::Build(build) => command::build::run(&global, build, &mut reporter),
        Command::Check(check) => command::check::run(&global, check, &mut reporter),
        Command::Explain(explain) => command::explain::run(explain, &mut reporter),
        Command::Fonts => command::fonts::run(&global, &mut reporter),
        Command::Freeze(freeze) => command::freeze::run(&global, freeze, &mut reporter),
        Command::New(new) => command::new::run(&global, new, &mut reporter),
        Command::Review(review) => command::review::run(&global, review, &mut reporter),
        Command::Schema(schema) => command::schema::run(&schema, &reporter),
    };
    match result {
        Ok(code) => code,
        // Whoever reads our output has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}
