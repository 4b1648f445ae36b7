//! `alternat schema`: prints the form of agreements, as a JSON schema for editors
//! or as a page for people.

use std::io;
use std::process::ExitCode;

use alternat::agreement::{manual, schema};

use super::super::report::human::Reporter;

#[derive(Debug, clap::Args)]
pub(crate) struct SchemaArgs {
    /// Prints Markdown instead: every key, what it means, an example, and what that prints
    #[arg(long)]
    pub(crate) docs: bool,
}

pub(crate) fn run(args: &SchemaArgs, reporter: &mut Reporter) -> io::Result<ExitCode> {
    let page = match args.docs {
        true => manual::markdown(reporter.messages()),
        false => schema::json(reporter.messages()),
    };
    reporter.print(page.as_bytes());
    Ok(ExitCode::SUCCESS)
}
