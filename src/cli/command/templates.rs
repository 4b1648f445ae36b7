//! `alternat templates`: the built-in templates, to be changed by a project.

use std::io;
use std::process::ExitCode;

use alternat::diagnostic::Diagnostic;
use alternat::project::Project;

use super::super::global::Global;
use super::super::open;
use super::super::report::human::Reporter;

#[derive(Debug, clap::Args)]
pub(crate) struct TemplatesArgs {
    /// What to copy into the project's `templates/`: a file, as `page/rows.typ`, or a whole
    /// folder, as `vi`; without it, all are listed
    pub(crate) names: Vec<String>,
}

pub(crate) fn run(
    global: &Global,
    args: &TemplatesArgs,
    reporter: &mut Reporter,
) -> io::Result<ExitCode> {
    if args.names.is_empty() {
        let names = Project::built_in().map(|(name, _)| format!("{name}\n"));
        reporter.print(names.collect::<String>().as_bytes());
        return Ok(ExitCode::SUCCESS);
    }
    let project = open::project(global);
    for asked in &args.names {
        let asked = asked.trim_end_matches('/');
        let mut files = Project::built_in()
            .filter(|(name, _)| {
                let rest = name.strip_prefix(asked);
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            })
            .peekable();
        if files.peek().is_none() {
            let fault = Diagnostic::error("unknown-template").typed("name", asked);
            let known = Project::built_in().map(|(name, _)| name);
            reporter.findings(&[fault.nearest(asked, known).hint("list")])?;
        }
        for (name, text) in files {
            let file = format!("templates/{name}");
            let said = match project.plant(&file, text) {
                Ok(true) => "init-made",
                Ok(false) => "init-kept",
                Err(fault) => {
                    reporter.findings(&[fault])?;
                    continue;
                }
            };
            reporter.line(&reporter.word(said).replace("{file}", &file))?;
        }
    }
    Ok(reporter.exit_code())
}
