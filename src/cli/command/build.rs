//! `alternat build`: makes the documents of each agreement.

use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use alternat::agreement::load::{self, Loaded};
use alternat::agreement::{Register, Status};
use alternat::diagnostic::Diagnostic;
use alternat::press::pdf::Attachment;
use alternat::project::Project;
use alternat::source::Source;
use alternat::workshop::{Made, Redline, Wanted, in_order};

use super::super::global::Global;
use super::super::open::{self, Input, Opened, Rehearsed};
use super::super::report::human::Reporter;
use super::changes;
use super::emit::{self, Emit};

#[derive(Debug, clap::Args)]
pub(crate) struct BuildArgs {
    /// Agreements; all of `agreements/` if none is named
    pub(crate) files: Vec<PathBuf>,
    /// Write nothing; fail if a text in `output/` is not up to date
    #[arg(long, conflicts_with = "emit")]
    pub(crate) check: bool,
    /// Print a stage's result instead of writing files
    #[arg(long, value_name = "STAGE")]
    pub(crate) emit: Option<Emit>,
    /// Print this edition only, such as `draft/vi` or `originals/bac-ninh.vi`
    #[arg(long, value_name = "PATH", requires = "emit")]
    pub(crate) edition: Option<String>,
    /// Make only what this party prints for the signing, in that order, in `for-PARTY/`
    #[arg(long = "for", value_name = "PARTY", conflicts_with_all = ["check", "emit"])]
    pub(crate) holder: Option<String>,
    /// Make only the Word files to negotiate in, in `draft/`
    #[arg(long, conflicts_with_all = ["check", "emit", "holder"])]
    pub(crate) docx: bool,
    /// Leave the agreement's source out of the PDFs
    #[arg(long)]
    pub(crate) no_attach: bool,
    /// How many agreements to work on side by side [default: one per core]
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<String>,
}

pub(crate) fn run(
    global: &Global,
    build: &BuildArgs,
    reporter: &mut Reporter,
) -> io::Result<ExitCode> {
    let attachment = match build.no_attach {
        true => Attachment::None,
        false => Attachment::Source,
    };
    match open::open(global, attachment) {
        Ok(opened) => {
            let mut faults = Vec::new();
            let rehearsed = Rehearsed {
                pages: !build.check
                    && !build.docx
                    && matches!(build.emit, None | Some(Emit::Signatures)),
                jobs: build.jobs.as_deref(),
            };
            let inputs = opened.inputs(&build.files, rehearsed, &mut faults);
            reporter.findings(&faults)?;
            match build.emit {
                Some(stage) => {
                    let edition = build.edition.as_deref();
                    emit::run(&opened, &inputs, stage, edition, reporter)?;
                }
                None => make(&opened, &inputs, build, reporter)?,
            }
        }
        Err(findings) => reporter.findings(&findings)?,
    }
    Ok(reporter.exit_code())
}

/// Makes the documents and writes those of each agreement as it is done.
fn make(
    opened: &Opened,
    inputs: &[Input],
    build: &BuildArgs,
    reporter: &mut Reporter,
) -> io::Result<()> {
    let wanted = match (build.check, &build.holder) {
        (true, _) => Wanted::TEXTS,
        (false, Some(holder)) => Wanted::printed_by(holder),
        (false, None) if build.docx => Wanted::WORD,
        (false, None) => Wanted::EVERYTHING,
    };
    if !build.check {
        opened.project.clear_left();
    }
    let refused = refuse_same_ids(inputs, reporter)?;
    let inputs_left = inputs.iter().enumerate();
    let inputs_left =
        inputs_left.filter(|(index, input)| !refused.contains(index) && !input.refused);
    let mut inputs_left: Vec<&Input> = inputs_left.map(|(_, input)| input).collect();
    if let (Some(holder), true) = (&build.holder, build.files.is_empty()) {
        let register = opened.workshop.register();
        let known = only_signed_by(holder, &mut inputs_left, register);
        if inputs_left.is_empty() {
            let fault = Diagnostic::error("unknown-holder").typed("party", holder);
            let known: Vec<String> = known.into_iter().collect();
            let fault = fault.with("known", known.join(", "));
            let fault = fault.nearest(holder, known.iter().map(String::as_str));
            return reporter.findings(&[fault.hint("known")]);
        }
    }
    let mut count = 0;
    let mut printed = Ok(());
    in_order(
        &inputs_left,
        open::jobs(build.jobs.as_deref()),
        |input| {
            let lock = input.lock.as_ref();
            let mut made = opened.workshop.make(&input.source, lock, wanted);
            let compared = redlined(opened, &input.source, &made, build);
            made.findings.extend(compared.findings);
            made.files.extend(compared.files);
            // The texts alone do not show what the pages print of them.
            if let (true, Some(lock)) = (build.check && !made.files.is_empty(), lock) {
                let pages = opened.workshop.compare(&input.source, lock).findings;
                made.findings
                    .extend(pages.into_iter().filter(Diagnostic::is_error));
            }
            made
        },
        |_, mut made| match finish(&opened.project, &mut made, build, reporter) {
            Ok(files) => count += files,
            Err(error) => printed = Err(error),
        },
    );
    printed?;
    if inputs.is_empty() {
        return Ok(());
    }
    let summary = match build.check {
        true => "compare-summary",
        false => "build-summary",
    };
    let numbers = [
        ("files", count),
        ("agreements", inputs.len()),
        ("errors", reporter.errors()),
        ("warnings", reporter.warnings()),
    ];
    let summary = reporter.messages().counted(summary, &numbers);
    reporter.line(&summary.replace("{folder}", &opened.project.output_folder()))
}

/// Compares an agreement that was made with the one before it, where its file is at hand.
fn redlined(opened: &Opened, source: &Source, made: &Made, build: &BuildArgs) -> Made {
    let forms: &[Redline] = match build {
        _ if made.files.is_empty() || build.holder.is_some() => return Made::default(),
        _ if build.docx => &[Redline::Word],
        _ if build.check => &[Redline::Text],
        _ => &[Redline::Text, Redline::Pages],
    };
    let Some(old) = opened.predecessor(source) else {
        return Made::default();
    };
    let mut before = opened
        .workshop
        .make(&old.source, old.lock.as_ref(), Wanted::TEXTS);
    // The words of a signed agreement that are not what was signed are compared with nothing.
    if before.files.is_empty() {
        before.findings.retain(Diagnostic::is_error);
        return before;
    }
    opened.workshop.redline(&old.source, source, forms)
}

/// Keeps the agreements that a party is to sign, and those that cannot be read; returns
/// the ids of all parties that are to sign one.
fn only_signed_by(holder: &str, inputs: &mut Vec<&Input>, register: &Register) -> BTreeSet<String> {
    let mut known = BTreeSet::new();
    inputs.retain(|input| {
        let loaded = load::load_with(&input.source, register);
        let Ok(Loaded { agreement, .. }) = loaded else {
            return true;
        };
        if agreement.status == Status::Draft {
            return false;
        }
        let parties = agreement.parties.into_iter();
        let parties: Vec<String> = parties.map(|party| party.id).collect();
        let signs = parties.iter().any(|party| party == holder);
        known.extend(parties);
        signs
    });
    known
}

/// Reports what came of one agreement and writes or compares its files; returns
/// their number.
fn finish(
    project: &Project,
    made: &mut Made,
    build: &BuildArgs,
    reporter: &mut Reporter,
) -> io::Result<usize> {
    changes::show(project, made, reporter)?;
    let Some(id) = made.id.as_deref().filter(|_| !made.files.is_empty()) else {
        return Ok(0);
    };
    if build.check {
        compare(project, id, made, reporter)?;
        return Ok(made.files.len());
    }
    let (count, fault) = project.write(id, &made.files);
    if fault.is_none() && !build.docx {
        project.clear_prints(id, &made.files);
    }
    reporter.findings(fault.as_slice())?;
    Ok(count)
}

/// Reports agreements that share an id and returns their indices, so that
/// neither overwrites the other.
fn refuse_same_ids(inputs: &[Input], reporter: &mut Reporter) -> io::Result<BTreeSet<usize>> {
    let sources = inputs.iter().map(|input| &input.source);
    let mut refused = BTreeSet::new();
    for same in load::same_ids(sources.map(|source| (load::id(source), source))) {
        reporter.findings(&[same.finding])?;
        refused.extend([same.first, same.second]);
    }
    Ok(refused)
}

fn compare(project: &Project, id: &str, made: &Made, reporter: &mut Reporter) -> io::Result<()> {
    for file in &made.files {
        let name = Project::output_name(id, file);
        match project.current(id, file) {
            Err(fault) => reporter.findings(&[fault])?,
            Ok(Some(current)) if current == file.bytes => {}
            Ok(Some(current)) => {
                reporter.findings(&[Diagnostic::error("stale-output")
                    .with("file", name)
                    .hint("build")])?;
                reporter.difference(
                    &String::from_utf8_lossy(&current),
                    &String::from_utf8_lossy(&file.bytes),
                )?;
            }
            Ok(None) => reporter.findings(&[Diagnostic::error("missing-output")
                .with("file", name)
                .hint("build")])?,
        }
    }
    Ok(())
}
