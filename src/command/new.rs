//! `alternat new`: starts an agreement, with every value blank.

use std::io;
use std::process::ExitCode;

use alternat::project::Project;

use crate::args::{Args, NewArgs};
use crate::report::Reporter;

const FORM: &str = include_str!("new.yaml");

pub(crate) fn run(args: &Args, new: &NewArgs, reporter: &mut Reporter) -> io::Result<ExitCode> {
    let project = Project::new(&args.root);
    match project.start(&new.id, &FORM.replace("{id}", &new.id)) {
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
