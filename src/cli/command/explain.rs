//! `alternat explain`: what a code means, with an example and its remedy; or the
//! formulas, with their words in each language.

use std::io::{self, Write};
use std::process::ExitCode;

use alternat::check;
use alternat::diagnostic::Diagnostic;
use alternat::press::pdf::Attachment;

use super::super::global::Global;
use super::super::limits;
use super::super::open;
use super::super::report::human::Reporter;
use super::super::report::severity;

#[derive(Debug, clap::Args)]
pub(crate) struct ExplainArgs {
    /// A code, such as `number-missing`; or `formula`, for the sentences that `formula:` prints
    pub(crate) code: String,
}

/// What is asked for to see the formulas.
const FORMULA: &str = "formula";

pub(crate) fn run(
    global: &Global,
    explain: &ExplainArgs,
    reporter: &mut Reporter,
) -> io::Result<ExitCode> {
    match explain.code.as_str() {
        FORMULA => formulas(global, reporter),
        code => meaning(code, reporter),
    }
}

fn meaning(code: &str, reporter: &mut Reporter) -> io::Result<ExitCode> {
    let path = |key: &str| format!("codes.{code}.{key}");
    let Some(text) = reporter.messages().get(&path("explain")) else {
        let fault = Diagnostic::error("unknown-code").typed("value", code);
        let paths = reporter.messages().paths();
        let codes = paths.filter_map(|path| path.strip_prefix("codes.")?.strip_suffix(".explain"));
        let fault = fault.nearest(code, codes);
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

/// Prints each formula with its words, as an agreement of two parties has them.
fn formulas(global: &Global, reporter: &mut Reporter) -> io::Result<ExitCode> {
    // The project's own templates are rendered.
    limits::memory();
    limits::more_time();
    let opened = open::alone(global, Attachment::None);
    let formulas = match opened.and_then(|opened| opened.workshop.formulas()) {
        Ok(formulas) => formulas,
        Err(findings) => {
            reporter.findings(&findings)?;
            return Ok(ExitCode::FAILURE);
        }
    };
    let mut out = Vec::new();
    writeln!(out, "{}", reporter.word("formulas-intro"))?;
    for formula in formulas {
        writeln!(out, "\n{}", formula.name)?;
        for (language, words) in formula.words {
            writeln!(out, "  {language}: {words}")?;
        }
    }
    reporter.print(&out);
    Ok(ExitCode::SUCCESS)
}
