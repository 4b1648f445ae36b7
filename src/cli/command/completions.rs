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
    whole: Command,
    reporter: &mut Reporter,
) -> io::Result<ExitCode> {
    let name = whole.get_name().to_owned();
    // What help does not show, no shell offers.
    let shown = whole.get_subcommands().filter(|verb| !verb.is_hide_set());
    let mut offered = Command::new(env!("CARGO_PKG_NAME"))
        .args(whole.get_arguments().cloned())
        .subcommands(shown.cloned());
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut offered, name, &mut script);
    reporter.print(&script);
    Ok(ExitCode::SUCCESS)
}
