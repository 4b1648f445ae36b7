//! `alternat settle`: writes into agreements what they take from the parties that the
//! project knows.

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use alternat::agreement::Register;
use alternat::diagnostic::Outcome;
use alternat::project::Project;

use super::super::global::Global;
use super::super::open;
use super::super::report::human::Reporter;

#[derive(Debug, clap::Args)]
pub(crate) struct SettleArgs {
    /// Agreements that say `party: …`
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
}

pub(crate) fn run(
    global: &Global,
    settle: &SettleArgs,
    reporter: &mut Reporter,
) -> io::Result<ExitCode> {
    let project = open::project(global);
    let parties = project.materials().map(|materials| materials.parties);
    let register = parties.and_then(|parties| parties.as_ref().map(Register::read).transpose());
    match register {
        Ok(register) => {
            let register = register.unwrap_or_default();
            for file in project.distinct(&settle.files) {
                match one(&project, &register, &file) {
                    Ok((name, settled)) => {
                        let said = if settled {
                            "settled"
                        } else {
                            "settled-already"
                        };
                        reporter.line(&reporter.word(said).replace("{file}", &name))?;
                    }
                    Err(faults) => reporter.findings(&faults)?,
                }
            }
        }
        Err(faults) => reporter.findings(&faults)?,
    }
    Ok(reporter.exit_code())
}

/// Writes the parties into a file; returns its name, and whether there was anything to
/// write.
fn one(project: &Project, register: &Register, file: &Path) -> Outcome<(String, bool)> {
    let source = project.read(file).map_err(|fault| vec![fault])?;
    let settled = register.settled(&source)?;
    let changed = settled.text() != source.text();
    if changed {
        let written = project.rewrite(file, &source, settled.text());
        written.map_err(|fault| vec![fault])?;
    }
    Ok((source.name().to_owned(), changed))
}
