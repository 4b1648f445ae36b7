//! `alternat fmt`: the one layout of agreements' files, with all that they say.

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use alternat::agreement::layout::{layout, layout_of_parties};
use alternat::diagnostic::{Diagnostic, Outcome};
use alternat::project::Project;

use super::super::global::Global;
use super::super::open;
use super::super::report::human::Reporter;

#[derive(Debug, clap::Args)]
pub(crate) struct FmtArgs {
    /// Agreements and `parties.yaml`; all of `agreements/` if none is named. The glossary
    /// stays as it is typed: a term on a line
    pub(crate) files: Vec<PathBuf>,
    /// Write nothing, and fail if a file is laid out otherwise
    #[arg(long)]
    pub(crate) check: bool,
}

pub(crate) fn run(
    global: &Global,
    args: &FmtArgs,
    reporter: &mut Reporter,
) -> io::Result<ExitCode> {
    let project = open::project(global);
    let files = match args.files.as_slice() {
        [] => project
            .agreements()
            .map(|files| files.into_iter().chain(project.parties()).collect()),
        named => Ok(project.distinct(named)),
    };
    let files = match files {
        Ok(files) => files,
        Err(faults) => {
            reporter.findings(&faults)?;
            return Ok(reporter.exit_code());
        }
    };
    let (mut changed, all) = (0, files.len());
    for file in files {
        match laid_out(&project, &file, args.check) {
            Ok(is_new) => changed += usize::from(is_new),
            Err(faults) => reporter.findings(&faults)?,
        }
    }
    let numbers = [("changed", changed), ("files", all)];
    let word = if args.check {
        "fmt-checked"
    } else {
        "fmt-summary"
    };
    let said = reporter.messages().counted(word, &numbers);
    reporter.line(&said)?;
    Ok(reporter.exit_code())
}

/// Lays a file out and writes it; tells whether it was laid out otherwise.
fn laid_out(project: &Project, file: &Path, check: bool) -> Outcome<bool> {
    let before = project.read(file).map_err(|fault| vec![fault])?;
    let made = match Project::is_parties(file) {
        true => layout_of_parties(&before)?,
        false => layout(&before)?,
    };
    if made.text() == before.text() {
        return Ok(false);
    }
    if check {
        let fault = Diagnostic::error("layout-differs").at(&before.span(0..0));
        return Err(vec![fault.hint("run")]);
    }
    let written = project.rewrite(file, &before, made.text());
    written.map(|()| true).map_err(|fault| vec![fault])
}
