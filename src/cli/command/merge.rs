//! `alternat merge`: several shards become one `output/`.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use alternat::press::pdf::Attachment;

use super::super::global::Global;
use super::super::open::{self, Gathered};
use super::super::report::human::Reporter;
use super::removing;

#[derive(Debug, clap::Args)]
pub(crate) struct MergeArgs {
    /// The folders `output/` of the shards; this project's own if none is named
    pub(crate) folders: Vec<PathBuf>,
    /// Remove the documents of agreements that are no more
    #[arg(long)]
    pub(crate) prune: bool,
    /// The shards were built with `--no-attach`
    #[arg(long)]
    pub(crate) no_attach: bool,
}

pub(crate) fn run(
    global: &Global,
    merge: &MergeArgs,
    reporter: &mut Reporter,
) -> io::Result<ExitCode> {
    let mut faults = Vec::new();
    let done = open::alone(global, Attachment::unless(merge.no_attach)).and_then(|opened| {
        let Gathered { inputs, census } = opened.gathered(&[], &mut faults);
        let whole = opened
            .project
            .shards(&merge.folders, &opened.basis(&inputs, None));
        let adopted = whole.and_then(|whole| opened.project.adopt(&whole));
        adopted
            .map(|done| (opened, census, done))
            .map_err(|fault| vec![fault])
    });
    reporter.findings(&faults)?;
    let (opened, census, (agreements, files)) = match done {
        Ok(done) => done,
        Err(faults) => {
            reporter.findings(&faults)?;
            return Ok(reporter.exit_code());
        }
    };
    let removed = match merge.prune {
        true => removing::run(&opened, &census, reporter)?,
        false => 0,
    };
    let numbers = [
        ("files", files),
        ("agreements", agreements),
        ("removed", removed),
        ("errors", reporter.errors()),
    ];
    let summary = reporter.messages().counted("merge-summary", &numbers);
    reporter.line(&summary.replace("{folder}", &opened.project.output_folder()))?;
    Ok(reporter.exit_code())
}
