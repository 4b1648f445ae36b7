//! `alternat new`: starts an agreement, with every value blank.

use std::io;
use std::process::ExitCode;

use super::super::global::Global;
use super::super::open;
use super::super::report::human::Reporter;

#[derive(Debug, clap::Args)]
pub(crate) struct NewArgs {
    /// The agreement's id, such as `bac-ninh-xaysomboun-2025-2027`
    pub(crate) id: String,
}

const FORM: &str = include_str!("new.yaml");

pub(crate) fn run(global: &Global, new: &NewArgs, reporter: &mut Reporter) -> io::Result<ExitCode> {
    let project = open::project(global);
    match project.start(&new.id, None, &FORM.replace("{id}", &new.id)) {
        Ok(name) => {
            reporter.line(&reporter.word("started").replace("{file}", &name))?;
            Ok(ExitCode::SUCCESS)
        }
        Err(findings) => {
            reporter.findings(&findings)?;
            Ok(ExitCode::FAILURE)
        }
    }
}
