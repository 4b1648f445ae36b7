//! `alternat check`: looks for what goes wrong in agreements.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::thread;

use alternat::check::RULES;
use alternat::diagnostic::{Diagnostic, Outcome, Severity};
use alternat::pipeline::{self, Workshop};
use alternat::project::Project;
use alternat::source::Source;
use alternat::wording::Wording;

use crate::args::{Args, CheckArgs, Deny, Format};
use crate::format;
use crate::report::Reporter;

pub(crate) fn run(args: &Args, check: &CheckArgs, reporter: &mut Reporter) -> io::Result<ExitCode> {
    if check.list {
        io::stdout()
            .lock()
            .write_all(table(reporter.wording()).as_bytes())?;
        return Ok(ExitCode::SUCCESS);
    }
    let project = Project::new(&args.root);
    let (findings, count) = match prepare(args, check, &project) {
        Ok((workshop, files)) => inspect(&project, &workshop, &files, check.jobs),
        Err(faults) => (faults, 0),
    };
    let findings = sorted(findings);
    print(&findings, count, check.format, reporter)?;
    let severity = |severity| findings.iter().filter(|f| f.severity == severity).count();
    let denied = check.deny == Some(Deny::Warnings) && severity(Severity::Warning) > 0;
    Ok(if severity(Severity::Error) > 0 || denied {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

fn prepare(args: &Args, check: &CheckArgs, project: &Project) -> Outcome<(Workshop, Vec<PathBuf>)> {
    let files = match check.files.as_slice() {
        [] => project.agreements()?,
        named => named.to_vec(),
    };
    let workshop = Workshop::new(project.templates()?, &args.font_path)?;
    Ok((workshop.with_glossary(project.glossary()?), files))
}

/// Returns the findings of all files, and how many were read.
fn inspect(
    project: &Project,
    workshop: &Workshop,
    files: &[PathBuf],
    jobs: Option<usize>,
) -> (Vec<Diagnostic>, usize) {
    let mut findings = Vec::new();
    let mut sources: Vec<Source> = Vec::new();
    for file in files {
        match project.read(file) {
            Ok(source) => sources.push(source),
            Err(fault) => findings.push(fault),
        }
    }
    let cores = || thread::available_parallelism().map_or(1, usize::from);
    let jobs = jobs.unwrap_or_else(cores);
    let found = pipeline::side_by_side(&sources, jobs, |source| workshop.check(source));
    findings.extend(found.into_iter().flatten());
    (findings, sources.len())
}

/// Puts findings in the order of their places.
fn sorted(mut findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    findings.sort_by(|a, b| a.place().cmp(&b.place()));
    findings
}

fn print(
    findings: &[Diagnostic],
    count: usize,
    format: Format,
    reporter: &mut Reporter,
) -> io::Result<()> {
    let text = match format {
        Format::Human => {
            reporter.findings(findings)?;
            let summary = format::summary(findings, count, reporter.wording());
            return reporter.line(&summary);
        }
        Format::Json => format::json(findings, count, reporter.wording()),
        Format::Sarif => format::sarif(findings, reporter.wording()),
        Format::Github => format::github(findings, reporter.wording()),
    };
    io::stdout().lock().write_all(text.as_bytes())
}

/// Returns the table of rules, in Markdown.
fn table(wording: &Wording) -> String {
    let mut table = String::from("| code | error | family | severity | what it finds |\n");
    table.push_str("|---|---|---|---|---|\n");
    for rule in RULES {
        table.push_str(&format!(
            "| `{}` | {} | {} | {} | {} |\n",
            rule.code,
            rule.number,
            rule.family.name(),
            format::severity(rule.severity),
            wording.title(rule.code),
        ));
    }
    table
}
