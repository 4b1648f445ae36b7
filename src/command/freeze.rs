//! `alternat freeze`: records the words of signed agreements.

use std::io;
use std::path::Path;
use std::process::ExitCode;

use alternat::diagnostic::{Diagnostic, Outcome};
use alternat::lock::Lock;
use alternat::pipeline::Workshop;
use alternat::project::Project;

use crate::args::{Args, FreezeArgs};
use crate::report::Reporter;

pub(crate) fn run(
    args: &Args,
    freeze: &FreezeArgs,
    reporter: &mut Reporter,
) -> io::Result<ExitCode> {
    let project = Project::new(&args.root);
    let workshop = project
        .templates()
        .and_then(|files| Workshop::new(files, &args.font_path));
    match workshop {
        Ok(workshop) => {
            for file in &freeze.files {
                match freeze_one(&project, &workshop, file) {
                    Ok(name) => {
                        reporter.line(&format!("{name} is written; the signed words are frozen"))?
                    }
                    Err(findings) => reporter.findings(&findings)?,
                }
            }
        }
        Err(findings) => reporter.findings(&findings)?,
    }
    Ok(if reporter.errors() == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn freeze_one(project: &Project, workshop: &Workshop, file: &Path) -> Outcome<String> {
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
