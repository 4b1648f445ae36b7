//! `alternat check`: looks for what goes wrong in agreements.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use alternat::agreement::ids;
use alternat::check::RULES;
use alternat::diagnostic::{Diagnostic, Severity};
use alternat::messages::Messages;
use alternat::press::pdf::Attachment;
use alternat::workshop::in_order;
use clap::ValueEnum;

use super::super::global::Global;
use super::super::open::{self, Opened, Rehearsed};
use super::super::report::human::Reporter;
use super::super::report::{self, github, json, sarif};

#[derive(Debug, clap::Args)]
pub(crate) struct CheckArgs {
    /// Agreements; all of `agreements/` if none is named
    pub(crate) files: Vec<PathBuf>,
    /// Print the table of rules and check nothing
    #[arg(long, conflicts_with_all = ["files", "format", "deny", "jobs"])]
    pub(crate) list: bool,
    /// How to print the findings
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: Format,
    /// Fail on these too
    #[arg(long, value_name = "WHAT")]
    pub(crate) deny: Option<Deny>,
    /// How many agreements to work on side by side [default: one per core]
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<String>,
}

/// How findings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people, with the lines they speak of
    Human,
    /// As `docs/check-json.schema.json` describes
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Workflow commands of GitHub Actions
    Github,
}

/// What else makes `check` fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Deny {
    /// Warnings
    Warnings,
}

pub(crate) fn run(
    global: &Global,
    check: &CheckArgs,
    reporter: &mut Reporter,
) -> io::Result<ExitCode> {
    if check.list {
        let table = table(reporter.messages());
        reporter.print(table.as_bytes());
        return Ok(ExitCode::SUCCESS);
    }
    let (findings, count) = match open::open(global, Attachment::Source) {
        Ok(opened) => inspect(&opened, check),
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

/// Returns the findings of all files, and how many were read.
fn inspect(opened: &Opened, check: &CheckArgs) -> (Vec<Diagnostic>, usize) {
    let mut findings = Vec::new();
    let jobs = check.jobs.as_deref();
    let rehearsed = Rehearsed { pages: false, jobs };
    let inputs = opened.inputs(&check.files, rehearsed, &mut findings);
    let mut ids = Vec::new();
    in_order(
        &inputs,
        open::jobs(jobs),
        |input| opened.workshop.check(&input.source, input.lock.as_ref()),
        |input, checked| {
            ids.push((checked.id, &input.source));
            findings.extend(checked.findings);
        },
    );
    let same = ids::same_ids(ids.into_iter());
    findings.extend(same.into_iter().map(|same| same.finding));
    (findings, inputs.len())
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
            let summary = report::summary(findings, count, reporter.messages());
            return reporter.line(&summary);
        }
        Format::Json => json::json(findings, count, reporter.messages()),
        Format::Sarif => sarif::sarif(findings, reporter.messages()),
        Format::Github => github::github(findings, reporter.messages()),
    };
    reporter.print(text.as_bytes());
    Ok(())
}

/// Returns the table of rules, in Markdown.
fn table(messages: &Messages) -> String {
    let mut table = String::from("| code | error | family | severity | what it finds |\n");
    table.push_str("|---|---|---|---|---|\n");
    for rule in RULES {
        table.push_str(&format!(
            "| `{}` | {} | {} | {} | {} |\n",
            rule.code,
            rule.number,
            rule.family.name(),
            report::severity(rule.severity),
            messages.title(rule.code),
        ));
    }
    table
}
