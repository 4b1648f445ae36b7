//! `alternat build`: makes the documents of each agreement.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread;

use alternat::diagnostic::{Diagnostic, Outcome, Severity};
use alternat::pdf::Attachment;
use alternat::pipeline::{self, Extent, Made, Workshop};
use alternat::project::Project;
use alternat::source::Source;

use crate::args::{Args, BuildArgs, Emit};
use crate::format;
use crate::report::Reporter;

pub(crate) fn run(args: &Args, build: &BuildArgs, reporter: &mut Reporter) -> io::Result<ExitCode> {
    let project = Project::new(&args.root);
    let (workshop, files) = match prepare(args, build, &project) {
        Ok(prepared) => prepared,
        Err(findings) => {
            reporter.findings(&findings)?;
            return Ok(ExitCode::FAILURE);
        }
    };
    let mut inputs = Vec::new();
    for file in &files {
        match read(&project, file) {
            Ok(input) => inputs.push(input),
            Err(fault) => reporter.findings(&[fault])?,
        }
    }
    match build.emit {
        Some(emit) => show(&workshop, &inputs, emit, reporter)?,
        None => make(&project, &workshop, &inputs, build, reporter)?,
    }
    Ok(if reporter.errors() == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// An agreement's file, and its lock if it has one.
struct Input {
    source: Source,
    lock: Option<Source>,
}

fn read(project: &Project, file: &Path) -> Result<Input, Diagnostic> {
    Ok(Input {
        source: project.read(file)?,
        lock: project.lock(file)?,
    })
}

fn prepare(args: &Args, build: &BuildArgs, project: &Project) -> Outcome<(Workshop, Vec<PathBuf>)> {
    let files = match build.files.as_slice() {
        [] => project.agreements()?,
        named => named.to_vec(),
    };
    let mut workshop = Workshop::new(project.templates()?, &args.font_path)?;
    if build.no_attach {
        workshop.attachment = Attachment::None;
    }
    workshop.default_date = source_date();
    Ok((workshop.with_glossary(project.glossary()?), files))
}

/// Reads `SOURCE_DATE_EPOCH`, the day that reproducible builds agree on.
fn source_date() -> Option<chrono::NaiveDate> {
    let seconds: i64 = std::env::var("SOURCE_DATE_EPOCH").ok()?.parse().ok()?;
    chrono::DateTime::from_timestamp(seconds, 0).map(|time| time.date_naive())
}

fn show(
    workshop: &Workshop,
    inputs: &[Input],
    emit: Emit,
    reporter: &mut Reporter,
) -> io::Result<()> {
    let mut out = io::stdout().lock();
    for Input { source, lock } in inputs {
        match emit {
            Emit::Md => {
                let made = workshop.make(source, lock.as_ref(), Extent::Texts);
                reporter.findings(&made.findings)?;
                for file in made.files {
                    out.write_all(&file.bytes)?;
                }
            }
            Emit::Json => match workshop.page_inputs(source) {
                Ok(inputs) => {
                    for input in inputs {
                        writeln!(out, "{input}")?;
                    }
                }
                Err(findings) => reporter.findings(&findings)?,
            },
            Emit::Signatures => match workshop.signatures(source) {
                Ok(editions) => out.write_all(format::signatures(&editions).as_bytes())?,
                Err(findings) => reporter.findings(&findings)?,
            },
        }
    }
    Ok(())
}

fn make(
    project: &Project,
    workshop: &Workshop,
    inputs: &[Input],
    build: &BuildArgs,
    reporter: &mut Reporter,
) -> io::Result<()> {
    let extent = if build.check {
        Extent::Texts
    } else {
        Extent::Everything
    };
    let cores = || thread::available_parallelism().map_or(1, usize::from);
    let jobs = build.jobs.unwrap_or_else(cores);
    let mut made = pipeline::side_by_side(inputs, jobs, |input| {
        workshop.make(&input.source, input.lock.as_ref(), extent)
    });
    refuse_same_ids(inputs, &mut made);
    let mut count = 0;
    for result in &made {
        reporter.findings(&worth_a_stop(&result.findings))?;
        show_changes(project, result, reporter)?;
        let Some(id) = result.id.as_deref().filter(|_| !result.files.is_empty()) else {
            continue;
        };
        if build.check {
            compare(project, id, result, reporter)?;
        } else if let Err(fault) = project.write(id, &result.files) {
            reporter.findings(&[fault])?;
            continue;
        }
        count += result.files.len();
    }
    let done = if build.check {
        "compare-summary"
    } else {
        "build-summary"
    };
    let summary = reporter
        .word(done)
        .replace("{files}", &count.to_string())
        .replace("{agreements}", &inputs.len().to_string())
        .replace("{errors}", &reporter.errors().to_string())
        .replace("{warnings}", &reporter.warnings().to_string());
    reporter.line(&summary)
}

/// Returns the findings but for notes, which `alternat check` shows.
fn worth_a_stop(findings: &[Diagnostic]) -> Vec<Diagnostic> {
    findings
        .iter()
        .filter(|finding| finding.severity > Severity::Note)
        .cloned()
        .collect()
}

/// Takes away the files of agreements that share an id, so that neither
/// overwrites the other.
fn refuse_same_ids(inputs: &[Input], made: &mut [Made]) {
    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    for index in 0..made.len() {
        let Some(id) = made[index].id.clone() else {
            continue;
        };
        let earlier = *first.entry(id.clone()).or_insert(index);
        if earlier != index {
            let fault = Diagnostic::error("same-id")
                .at(&inputs[index].source.span(0..0))
                .label("other", &inputs[earlier].source.span(0..0))
                .with("id", id);
            made[index].findings.push(fault);
            made[index].files.clear();
            made[earlier].files.clear();
        }
    }
}

fn compare(project: &Project, id: &str, made: &Made, reporter: &mut Reporter) -> io::Result<()> {
    for file in &made.files {
        let name = Project::output_name(id, file);
        match project.current(id, file) {
            Some(current) if current == file.bytes => {}
            Some(current) => {
                reporter.findings(&[Diagnostic::error("stale-output")
                    .with("file", name)
                    .hint("build")])?;
                reporter.difference(
                    &String::from_utf8_lossy(&current),
                    &String::from_utf8_lossy(&file.bytes),
                )?;
            }
            None => reporter.findings(&[Diagnostic::error("missing-output")
                .with("file", name)
                .hint("build")])?,
        }
    }
    Ok(())
}

/// Shows how a signed text would change, where `output/` still has it.
fn show_changes(project: &Project, made: &Made, reporter: &mut Reporter) -> io::Result<()> {
    let Some(id) = &made.id else { return Ok(()) };
    for file in &made.changed {
        if let Some(signed) = project.current(id, file) {
            reporter.line(&Project::output_name(id, file))?;
            reporter.difference(
                &String::from_utf8_lossy(&signed),
                &String::from_utf8_lossy(&file.bytes),
            )?;
        }
    }
    Ok(())
}
