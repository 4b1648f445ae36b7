//! `alternat freeze`: records the words of signed agreements.

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use alternat::agreement::lock::Lock;
use alternat::diagnostic::{Diagnostic, Outcome};
use alternat::press::pdf::Attachment;
use alternat::project::Project;

use super::super::global::Global;
use super::super::open::{Opened, Rehearsed, open};
use super::super::report::human::Reporter;

#[derive(Debug, clap::Args)]
pub(crate) struct FreezeArgs {
    /// Agreements whose status is `signed`
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
}

pub(crate) fn run(
    global: &Global,
    freeze: &FreezeArgs,
    reporter: &mut Reporter,
) -> io::Result<ExitCode> {
    match open(global, Attachment::Source) {
        Ok(opened) => {
            let rehearsed = Rehearsed {
                pages: false,
                jobs: None,
            };
            for file in &freeze.files {
                let mut faults = Vec::new();
                opened.inputs(std::slice::from_ref(file), rehearsed, &mut faults);
                if !faults.is_empty() {
                    reporter.findings(&faults)?;
                    continue;
                }
                match freeze_one(&opened, file) {
                    Ok(name) => reporter.line(&reporter.word("frozen").replace("{file}", &name))?,
                    Err(findings) => reporter.findings(&findings)?,
                }
            }
        }
        Err(findings) => reporter.findings(&findings)?,
    }
    Ok(reporter.exit_code())
}

fn freeze_one(opened: &Opened, file: &Path) -> Outcome<String> {
    let Opened {
        project, workshop, ..
    } = opened;
    let source = project.read(file).map_err(|fault| vec![fault])?;
    let lock = workshop.lock(&source)?;
    let path = Project::lock_path(file).display().to_string();
    if let Some(existing) = project.lock(file).map_err(|fault| vec![fault])?
        && Lock::parse(&existing)? != lock
    {
        return Err(vec![
            Diagnostic::error("already-frozen")
                .with("lock", path)
                .hint("delete"),
        ]);
    }
    project
        .write_lock(file, &lock.text())
        .map_err(|fault| vec![fault])?;
    Ok(path)
}
