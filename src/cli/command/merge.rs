//! `alternat merge`: several shards become one `output/`.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use alternat::press::pdf::Attachment;

use super::super::global::Global;
use super::super::open;
use super::super::report::human::Reporter;
use super::removing;

#[derive(Debug, clap::Args)]
pub(crate) struct MergeArgs {
    /// The folders `output/` of the shards; this project's own if none is named
    pub(crate) folders: Vec<PathBuf>,
    /// Remove the documents of agreements that are no more
    #[arg(long)]
    pub(crate) prune: bool,
}

pub(crate) fn run(
    global: &Global,
    merge: &MergeArgs,
    reporter: &mut Reporter,
) -> io::Result<ExitCode> {
    let project = open::project(global);
    let done = project.shards(&merge.folders);
    let done = done.and_then(|whole| project.adopt(&whole));
    let (agreements, files) = match done {
        Ok(done) => done,
        Err(fault) => {
            reporter.findings(&[fault])?;
            return Ok(reporter.exit_code());
        }
    };
    let mut removed = 0;
    if merge.prune {
        match open::open(global, Attachment::Source) {
            Ok(opened) => {
                let mut faults = Vec::new();
                let census = opened.gathered(&[], &mut faults).census;
                reporter.findings(&faults)?;
                removed = removing::run(&opened, &census, reporter)?;
            }
            Err(faults) => reporter.findings(&faults)?,
        }
    }
    let numbers = [
        ("files", files),
        ("agreements", agreements),
        ("removed", removed),
        ("errors", reporter.errors()),
    ];
    let summary = reporter.messages().counted("merge-summary", &numbers);
    reporter.line(&summary.replace("{folder}", &project.output_folder()))?;
    Ok(reporter.exit_code())
}
