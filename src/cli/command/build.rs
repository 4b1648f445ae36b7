//! `alternat build`: makes the documents of each agreement.

use std::io;
use std::process::ExitCode;
use std::time::Instant;

use alternat::press::pdf::Attachment;

use super::super::global::Global;
use super::super::open::{self, Rehearsed};
use super::super::report::human::Reporter;
use super::asked::BuildArgs;
use super::comparing;
use super::emit::{self, Emit};
use super::making;

pub(crate) fn run(
    global: &Global,
    build: &BuildArgs,
    reporter: &mut Reporter,
) -> io::Result<ExitCode> {
    let start = Instant::now();
    let opened = match open::open(global, Attachment::unless(build.no_attach)) {
        Ok(opened) => opened,
        Err(findings) => {
            reporter.findings(&findings)?;
            return Ok(reporter.exit_code());
        }
    };
    match build.emit {
        Some(stage) => {
            let mut faults = Vec::new();
            let rehearsed = Rehearsed {
                pages: matches!(stage, Emit::Signatures),
                jobs: build.jobs.as_deref(),
            };
            let inputs = opened.inputs(&build.files, rehearsed, &mut faults);
            reporter.findings(&faults)?;
            let edition = build.edition.as_deref();
            emit::run(&opened, &inputs, stage, edition, reporter)?;
        }
        None if build.check => comparing::run(&opened, build, reporter)?,
        None => making::run(&opened, build, start, reporter)?,
    }
    Ok(reporter.exit_code())
}
