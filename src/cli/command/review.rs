//! `alternat review`: a sheet for somebody who reads a translation, and the record that
//! it was read, to be pasted into the agreement. It changes no agreement: what was read
//! is for people to say.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use alternat::agreement::load;
use alternat::agreement::review::digests;
use alternat::diagnostic::{Diagnostic, Outcome};
use alternat::language::Language;
use alternat::press::pdf::Attachment;
use alternat::project::Project;

use super::super::global::Global;
use super::super::limits;
use super::super::open;
use super::super::report::human::Reporter;

#[derive(Debug, clap::Args)]
pub(crate) struct ReviewArgs {
    /// The language that was read, such as `lo`
    pub(crate) language: String,
    /// The agreement
    pub(crate) file: PathBuf,
    /// Who has read it
    #[arg(long, value_name = "NAME", required_unless_present = "sheet")]
    pub(crate) by: Option<String>,
    /// On which day, as 2025-01-31
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<String>,
    /// Make a sheet to read instead, with room to tick and to write
    #[arg(long, conflicts_with_all = ["by", "on"])]
    pub(crate) sheet: bool,
}

pub(crate) fn run(
    global: &Global,
    review: &ReviewArgs,
    reporter: &mut Reporter,
) -> io::Result<ExitCode> {
    if review.sheet {
        return sheet(global, review, reporter);
    }
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

/// Makes the sheet, as Markdown and as a PDF.
fn sheet(global: &Global, review: &ReviewArgs, reporter: &mut Reporter) -> io::Result<ExitCode> {
    // The project's own templates are rendered.
    limits::memory();
    limits::more_time();
    let made = open::alone(global, Attachment::None).and_then(|opened| {
        let input = opened.input(&review.file).map_err(|fault| vec![fault])?;
        let (source, lock) = (&input.source, input.lock.as_ref());
        let language = Language(review.language.clone());
        let made = opened.workshop.review_sheet(source, lock, &language)?;
        let added = opened.project.add(&made.id, source, &made.files);
        added.map(|()| made).map_err(|fault| vec![fault])
    });
    match made {
        Ok(made) => {
            reporter.grave(&made.warnings)?;
            let names = made
                .files
                .iter()
                .map(|file| Project::output_name(&made.id, &file.path));
            let names = names.collect::<Vec<_>>().join(", ");
            reporter.line(&reporter.word("sheet").replace("{files}", &names))?;
        }
        Err(faults) => reporter.findings(&faults)?,
    }
    Ok(reporter.exit_code())
}

fn record(global: &Global, review: &ReviewArgs) -> Outcome<String> {
    let project = open::project(global);
    let source = project.read(&review.file).map_err(|fault| vec![fault])?;
    let agreement = load::load_with(&source, &open::register(&project)?)?.agreement;
    let language = Language(review.language.clone());
    if !agreement.languages.contains(&language) {
        let fault = Diagnostic::error("language-not-listed").with("language", language.0);
        return Err(vec![fault.hint("list")]);
    }
    let mut record = format!(
        "review:\n  {language}:\n    by: {}\n",
        quoted(review.by.as_deref().unwrap_or_default())
    );
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
