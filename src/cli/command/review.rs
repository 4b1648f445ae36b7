//! `alternat review`: the record of a translation that was read, to be pasted
//! into the agreement. It changes no file: what was read is for people to say.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use alternat::agreement::review::digests;
use alternat::agreement::{Register, load};
use alternat::diagnostic::{Diagnostic, Outcome};
use alternat::language::Language;

use super::super::global::Global;
use super::super::open;
use super::super::report::human::Reporter;

#[derive(Debug, clap::Args)]
pub(crate) struct ReviewArgs {
    /// The language that was read, such as `lo`
    pub(crate) language: String,
    /// The agreement
    pub(crate) file: PathBuf,
    /// Who has read it
    #[arg(long, value_name = "NAME")]
    pub(crate) by: String,
    /// On which day, as 2025-01-31
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<String>,
}

pub(crate) fn run(
    global: &Global,
    review: &ReviewArgs,
    reporter: &mut Reporter,
) -> io::Result<ExitCode> {
    match record(global, review) {
        Ok(record) => {
            reporter.print(record.as_bytes());
            Ok(ExitCode::SUCCESS)
        }
        Err(faults) => {
            reporter.findings(&faults)?;
            Ok(ExitCode::FAILURE)
        }
    }
}

fn record(global: &Global, review: &ReviewArgs) -> Outcome<String> {
    let project = open::project(global);
    let source = project.read(&review.file).map_err(|fault| vec![fault])?;
    let parties = project.materials()?.parties;
    let register = parties.as_ref().map(Register::read).transpose()?;
    let agreement = load::load_with(&source, &register.unwrap_or_default())?.agreement;
    let language = Language(review.language.clone());
    if !agreement.languages.contains(&language) {
        let fault = Diagnostic::error("language-not-listed").with("language", language.0);
        return Err(vec![fault.hint("list")]);
    }
    let mut record = format!("review:\n  {language}:\n    by: {}\n", quoted(&review.by));
    if let Some(day) = &review.on {
        record.push_str(&format!("    on: {day}\n"));
    }
    record.push_str("    digests:\n");
    for (part, digest) in digests(&agreement, &language) {
        record.push_str(&format!("      {part}: \"{digest}\"\n"));
    }
    Ok(record)
}

/// Returns a name as YAML that cannot be taken for anything else.
fn quoted(name: &str) -> String {
    format!("'{}'", name.replace('\'', "''"))
}
