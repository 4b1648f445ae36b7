//! `alternat init`: makes a project. What is there already stays as it is.

use std::io;
use std::process::ExitCode;

use alternat::agreement::schema;
use alternat::messages::Messages;

use super::super::global::Global;
use super::super::open;
use super::super::report::human::Reporter;
use super::new::SCHEMA;

/// The names and terms by which languages are compared; any project may change them.
const GLOSSARY: &str = include_str!("../../../agreements/glossary.yaml");
const WORKFLOW: &str = include_str!("init/workflow.yml");
const IGNORED: &str = "# Made anew by `alternat build`.\noutput/**/*.pdf\n";

/// What a project begins with, in each language of messages.
const PAGES: [(&str, &str, &str); 3] = [
    (
        "en",
        include_str!("init/README.en.md"),
        include_str!("init/parties.en.yaml"),
    ),
    (
        "vi",
        include_str!("init/README.vi.md"),
        include_str!("init/parties.vi.yaml"),
    ),
    (
        "lo",
        include_str!("init/README.lo.md"),
        include_str!("init/parties.lo.yaml"),
    ),
];

pub(crate) fn run(global: &Global, reporter: &mut Reporter) -> io::Result<ExitCode> {
    let project = open::project(global);
    for (name, text) in files(reporter.messages()) {
        let said = match project.plant(name, &text) {
            Ok(true) => "init-made",
            Ok(false) => "init-kept",
            Err(fault) => {
                reporter.findings(&[fault])?;
                continue;
            }
        };
        reporter.line(&reporter.word(said).replace("{file}", name))?;
    }
    let code = reporter.exit_code();
    if code == ExitCode::SUCCESS {
        reporter.line(&reporter.word("init-next"))?;
    }
    Ok(code)
}

/// Returns the files of a new project.
fn files(messages: &Messages) -> Vec<(&'static str, String)> {
    let own = PAGES.iter().find(|page| page.0 == messages.language());
    let (_, readme, parties) = own.unwrap_or(&PAGES[0]);
    vec![
        ("README.md", (*readme).to_owned()),
        ("agreements/parties.yaml", (*parties).to_owned()),
        ("agreements/glossary.yaml", GLOSSARY.to_owned()),
        (SCHEMA, schema::json(messages)),
        (
            "schema/parties.schema.json",
            schema::json_of_parties(messages),
        ),
        (".github/workflows/agreements.yml", WORKFLOW.to_owned()),
        (".gitignore", IGNORED.to_owned()),
    ]
}
