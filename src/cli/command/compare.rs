//! `alternat compare`: shows what changed between two agreements.

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use alternat::diagnostic::Diagnostic;
use alternat::press::pdf::Attachment;
use alternat::workshop::{Redline, Wanted};

use super::super::global::Global;
use super::super::open::{Opened, open};
use super::super::report::human::Reporter;
use super::changes;

#[derive(Debug, clap::Args)]
pub(crate) struct CompareArgs {
    /// The old agreement: its file or its id
    pub(crate) old: PathBuf,
    /// The new agreement: its file or its id
    pub(crate) new: PathBuf,
}

const FORMS: [Redline; 3] = [Redline::Text, Redline::Pages, Redline::Word];

pub(crate) fn run(
    global: &Global,
    compare: &CompareArgs,
    reporter: &mut Reporter,
) -> io::Result<ExitCode> {
    match open(global, Attachment::Source) {
        Ok(opened) => write(&opened, compare, reporter)?,
        Err(faults) => reporter.findings(&faults)?,
    }
    Ok(reporter.exit_code())
}

fn write(opened: &Opened, compare: &CompareArgs, reporter: &mut Reporter) -> io::Result<()> {
    let read = |named: &Path| opened.input(&file(opened, named)?);
    let (old, new) = match (read(&compare.old), read(&compare.new)) {
        (Ok(old), Ok(new)) => (old, new),
        (old, new) => {
            let faults: Vec<Diagnostic> = old.err().into_iter().chain(new.err()).collect();
            return reporter.findings(&faults);
        }
    };
    for input in [&old, &new] {
        let mut made = opened
            .workshop
            .make(&input.source, input.lock.as_ref(), Wanted::TEXTS);
        // Nobody is shown the words of a signed agreement that are not what was signed.
        if made.files.is_empty() {
            return changes::show(&opened.project, &mut made, reporter);
        }
    }
    let made = opened.workshop.redline(&old.source, &new.source, &FORMS);
    reporter.findings(&made.findings)?;
    let Some(id) = made.id.as_deref().filter(|_| !made.files.is_empty()) else {
        return Ok(());
    };
    let fault = opened.project.add(id, &new.source, &made.files).err();
    reporter.findings(fault.as_slice())?;
    for file in made.files.iter().filter(|_| fault.is_none()) {
        reporter.line(&alternat::project::Project::output_name(id, &file.path))?;
    }
    Ok(())
}

/// Returns the file of what was named: a file, or the id of an agreement of the project.
fn file(opened: &Opened, named: &Path) -> Result<PathBuf, Diagnostic> {
    let Some(id) = named.to_str().filter(|_| !named.exists()) else {
        return Ok(named.to_owned());
    };
    let file = opened.named(id)?;
    Ok(file.unwrap_or_else(|| named.to_owned()))
}
