//! `alternat completions`: what a shell completes while a command is typed.

use std::io;
use std::process::ExitCode;

use clap::Command;
use clap_complete::Shell;

use super::super::report::human::Reporter;

#[derive(Debug, clap::Args)]
pub(crate) struct CompletionsArgs {
    /// The shell
    pub(crate) shell: Shell,
}

/// Prints the completions of `whole`, the command line of the program.
pub(crate) fn run(
    args: &CompletionsArgs,
    mut whole: Command,
    reporter: &mut Reporter,
) -> io::Result<ExitCode> {
    let name = whole.get_name().to_owned();
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut whole, name, &mut script);
    reporter.print(&script);
    Ok(ExitCode::SUCCESS)
}
