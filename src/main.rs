//! The command line of Alternat.
//!
//! Exit codes: 0 done, 1 an agreement or a template is at fault, 2 wrong
//! command line.

mod args;
mod command;
mod format;
mod report;

use std::io;
use std::process::ExitCode;

use clap::Parser;

use crate::args::{Args, Command};
use crate::report::Reporter;

fn main() -> ExitCode {
    let args = Args::parse();
    let wording = command::wording(args.lang.as_deref());
    let mut reporter = Reporter::new(args.color, wording);
    let result = match &args.command {
        Command::Build(build) => command::build::run(&args, build, &mut reporter),
        Command::Check(check) => command::check::run(&args, check, &mut reporter),
        Command::Explain(explain) => command::explain::run(explain, &mut reporter),
        Command::Fonts => command::fonts::run(&args, &mut reporter),
        Command::Freeze(freeze) => command::freeze::run(&args, freeze, &mut reporter),
        Command::New(new) => command::new::run(&args, new, &mut reporter),
        Command::Review(review) => command::review::run(&args, review, &mut reporter),
    };
    match result {
        Ok(code) => code,
        // Whoever reads our output has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}
