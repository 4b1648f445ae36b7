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
    /// Of the list of parties, `agreements/parties.yaml`, instead of the form of agreements
    #[arg(long)]
    pub(crate) parties: bool,
}

pub(crate) fn run(args: &SchemaArgs, reporter: &mut Reporter) -> io::Result<ExitCode> {
    let print = match (args.parties, args.docs) {
        (false, false) => schema::json,
        (false, true) => manual::markdown,
        (true, false) => schema::json_of_parties,
        (true, true) => manual::markdown_of_parties,
    };
    let page = print(reporter.messages());
    reporter.print(page.as_bytes());
    Ok(ExitCode::SUCCESS)
}
