//! `alternat man`: a page for `man` of each verb.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Command;
use clap_mangen::Man;

use super::super::global::Global;
use super::super::open;
use super::super::report::human::Reporter;

#[derive(Debug, clap::Args)]
pub(crate) struct ManArgs {
    /// The folder that the pages go into, such as `~/.local/share/man/man1`
    pub(crate) folder: PathBuf,
}

/// Writes the pages of `whole`, the command line of the program.
pub(crate) fn run(
    global: &Global,
    args: &ManArgs,
    whole: Command,
    reporter: &mut Reporter,
) -> io::Result<ExitCode> {
    let project = open::project(global);
    let pages = pages(whole)?;
    for (name, page) in &pages {
        let path = args.folder.join(format!("{name}.1"));
        if let Err(fault) = project.save(&path, page) {
            reporter.findings(&[fault])?;
            return Ok(reporter.exit_code());
        }
    }
    let numbers = [("pages", pages.len())];
    let said = reporter.messages().counted("man-saved", &numbers);
    reporter.line(&said.replace("{folder}", &args.folder.display().to_string()))?;
    Ok(ExitCode::SUCCESS)
}

/// Returns the page of the program and that of each verb, by name.
fn pages(mut whole: Command) -> io::Result<Vec<(String, String)>> {
    whole.build();
    let name = whole.get_name().to_owned();
    let shown = |verb: &&Command| !verb.is_hide_set() && verb.get_name() != "help";
    let verbs = whole.get_subcommands().filter(shown);
    let verbs = verbs.map(|verb| (format!("{name}-{}", verb.get_name()), verb.clone()));
    let mut commands: Vec<_> = verbs.collect();
    commands.insert(0, (name, whole));
    let pages = commands.into_iter().map(|(name, command)| {
        let mut page = Vec::new();
        // The example stands first in help, and last on a page.
        let example = command.get_before_help().cloned().unwrap_or_default();
        let display = command.display_name(name.clone()).after_help(example);
        Man::new(display).render(&mut page)?;
        Ok((name, String::from_utf8_lossy(&page).into_owned()))
    });
    pages.collect()
}
