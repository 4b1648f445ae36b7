//! `alternat explain`: what a code means, with an example and its remedy.

use std::io::{self, Write};
use std::process::ExitCode;

use alternat::check;
use alternat::diagnostic::Diagnostic;

use super::super::report::human::Reporter;
use super::super::report::severity;

#[derive(Debug, clap::Args)]
pub(crate) struct ExplainArgs {
    /// A code, such as `number-missing`
    pub(crate) code: String,
}

pub(crate) fn run(explain: &ExplainArgs, reporter: &mut Reporter) -> io::Result<ExitCode> {
    let code = explain.code.as_str();
    let path = |key: &str| format!("codes.{code}.{key}");
    let Some(text) = reporter.messages().get(&path("explain")) else {
        let fault = Diagnostic::error("unknown-code").typed("value", code);
        reporter.findings(&[fault.hint("list")])?;
        return Ok(ExitCode::FAILURE);
    };
    let mut out = Vec::new();
    writeln!(out, "{code}: {}", reporter.messages().title(code))?;
    if let Some(rule) = check::rule(code) {
        let severity = reporter.messages().word(severity(rule.severity));
        let number = Some(rule.number).filter(|number| !number.is_empty());
        let number = number.map_or(String::new(), |number| format!(", {number}"));
        writeln!(out, "{severity}, {}{number}", rule.family.name())?;
    }
    writeln!(out, "\n{text}")?;
    reporter.print(&out);
    Ok(ExitCode::SUCCESS)
}
