//! `alternat build --emit`: prints a stage's result instead of writing files.

use std::io;

use alternat::workshop::{MARKDOWN, Made, PAGE_INPUT, PDF, SIGNATURES, Wanted};
use clap::ValueEnum;

use super::super::open::{Input, Opened};
use super::super::report::human::Reporter;

/// A stage whose result can be shown.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Emit {
    /// The Markdown
    Md,
    /// What `page/main.typ` receives
    Json,
    /// Where each signature goes: page and box, in points from the upper left
    Signatures,
    /// The keys of each file: digests of all that was read, and of what it is made from
    Keys,
}

/// Prints the stage's results for all agreements: Markdown as it is, and JSON as
/// one valid value.
pub(crate) fn run(
    opened: &Opened,
    inputs: &[Input],
    stage: Emit,
    edition: Option<&str>,
    reporter: &mut Reporter,
) -> io::Result<()> {
    let mut results = Vec::new();
    for input in inputs {
        let (source, lock) = (&input.source, input.lock.as_ref());
        let mut make = |form| -> io::Result<Made> {
            let forms = &[form];
            let made = opened.workshop.make(
                source,
                lock,
                Wanted {
                    forms,
                    edition,
                    holder: None,
                },
            );
            reporter.grave(&made.findings)?;
            Ok(made)
        };
        match stage {
            Emit::Md => results.extend(texts(make(&MARKDOWN)?)),
            Emit::Json => results.extend(texts(make(&PAGE_INPUT)?)),
            Emit::Signatures => {
                let made = make(&SIGNATURES)?;
                let ending = format!(".{}", SIGNATURES.ending);
                let paths: Vec<String> = made.files.iter().map(|f| f.path.clone()).collect();
                let names = paths.iter().map(|path| path.trim_end_matches(&ending));
                results.extend(object(names.zip(texts(made))));
            }
            Emit::Keys => {
                let forms = &[&MARKDOWN, &PDF];
                let wanted = Wanted {
                    forms,
                    edition,
                    holder: None,
                };
                match opened.workshop.keys(source, lock, wanted) {
                    Ok(keys) => {
                        let keys = keys.iter().map(|(path, keys)| (path.as_str(), keys.json()));
                        results.extend(object(keys));
                    }
                    Err(findings) => reporter.findings(&findings)?,
                }
            }
        }
    }
    let text = match stage {
        Emit::Md => results.concat(),
        Emit::Json | Emit::Signatures | Emit::Keys => value(results),
    };
    reporter.print(text.as_bytes());
    Ok(())
}

fn texts(made: Made) -> impl Iterator<Item = String> {
    let files = made.files.into_iter();
    files.map(|file| String::from_utf8_lossy(&file.bytes).into_owned())
}

/// Returns a JSON object of named JSON values, unless there is none.
fn object<'a>(named: impl Iterator<Item = (&'a str, String)>) -> Option<String> {
    let entries: Vec<String> = named
        .map(|(name, value)| format!("{}: {value}", serde_json::Value::from(name)))
        .collect();
    (!entries.is_empty()).then(|| format!("{{\n{}\n}}", entries.join(",\n")))
}

/// Returns one JSON value: the only one, or a list of all.
fn value(mut values: Vec<String>) -> String {
    match values.len() {
        1 => values.remove(0) + "\n",
        _ => format!("[\n{}\n]\n", values.join(",\n")),
    }
}
