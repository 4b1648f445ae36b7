//! `alternat freeze`: records what was signed, brings a record up to date, or
//! gives up a signed state, with the reason.

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use alternat::agreement::lock::{Held, Lock, Release};
use alternat::diagnostic::{Diagnostic, Outcome};
use alternat::press::pdf::Attachment;
use alternat::project::Project;
use alternat::source::Source;
use alternat::text::letters::normalise;
use alternat::workshop::{Frozen, Made, of_another};
use chrono::NaiveDate;

use super::super::global::Global;
use super::super::open::{Opened, Rehearsed, open, source_date};
use super::super::report::human::Reporter;
use super::changes;

#[derive(Debug, clap::Args)]
pub(crate) struct FreezeArgs {
    /// Agreements whose status is `signed`
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// Accept other sentences around the signed text, and locks of the first form
    #[arg(long, conflicts_with = "release")]
    pub(crate) upgrade: bool,
    /// Give up what was signed, for this reason; the lock keeps it
    #[arg(long, value_name = "REASON")]
    pub(crate) release: Option<String>,
    /// On which day, as 2025-01-31 [default: that of SOURCE_DATE_EPOCH]
    #[arg(long, value_name = "DATE", requires = "release")]
    pub(crate) on: Option<String>,
}

/// What is to be printed of one file.
enum Said {
    /// A word of the program with the name of the lock.
    Line(&'static str, String),
    /// What no longer is as it was signed, and findings on it.
    Changes(Box<Made>, Vec<Diagnostic>),
}

pub(crate) fn run(
    global: &Global,
    freeze: &FreezeArgs,
    reporter: &mut Reporter,
) -> io::Result<ExitCode> {
    match open(global, Attachment::Source) {
        Ok(opened) => {
            let rehearsed = Rehearsed {
                pages: false,
                jobs: None,
            };
            for file in &freeze.files {
                let mut faults = Vec::new();
                // To give up a lock, its agreement need not be there any more.
                if freeze.release.is_none() {
                    opened.inputs(std::slice::from_ref(file), rehearsed, &mut faults);
                }
                if !faults.is_empty() {
                    reporter.findings(&faults)?;
                    continue;
                }
                say(&opened, one(&opened, file, freeze), reporter)?;
            }
        }
        Err(findings) => reporter.findings(&findings)?,
    }
    Ok(reporter.exit_code())
}

fn say(opened: &Opened, said: Outcome<Vec<Said>>, reporter: &mut Reporter) -> io::Result<()> {
    for said in said.unwrap_or_else(|faults| vec![Said::Changes(Box::default(), faults)]) {
        match said {
            Said::Line(word, name) => {
                reporter.line(&reporter.word(word).replace("{file}", &name))?;
            }
            Said::Changes(mut made, findings) => {
                changes::show(&opened.project, &mut made, reporter)?;
                reporter.findings(&findings)?;
            }
        }
    }
    Ok(())
}

fn one(opened: &Opened, file: &Path, freeze: &FreezeArgs) -> Outcome<Vec<Said>> {
    let project = &opened.project;
    let existing = project.lock(file).map_err(|fault| vec![fault])?;
    let lock = existing.as_ref().map(Lock::parse).transpose()?;
    let (existing, binding) = (existing.as_ref(), lock.as_ref().filter(|lock| lock.binds()));
    if freeze.release.is_some() || freeze.upgrade {
        let (Some(source), Some(lock)) = (existing, binding) else {
            let name = file.display().to_string();
            return Err(vec![Diagnostic::error("no-lock").with("file", name)]);
        };
        return match &freeze.release {
            Some(reason) => {
                // What is no day was refused before.
                let on = freeze.on.as_deref().and_then(|day| day.parse().ok());
                release(project, file, source, lock, reason, on)
            }
            None => upgrade(opened, file, source, lock),
        };
    }
    let source = project.read(file).map_err(|fault| vec![fault])?;
    if let (Some(existing), Some(_)) = (existing, binding) {
        return Ok(vec![again(opened, file, &source, existing)]);
    }
    let frozen = opened.workshop.freeze(&source)?;
    if let (Some(existing), Some(lock)) = (existing, &lock)
        && lock.id(existing) != frozen.id
    {
        return Err(vec![of_another(existing, &lock.id(existing), &frozen.id)]);
    }
    let history = lock.map(|lock| lock.history).unwrap_or_default();
    let strays = Said::Changes(Box::default(), frozen.strays.clone());
    write(project, file, existing, &held(frozen, history))?;
    Ok(vec![strays, Said::Line("frozen", shown(file))])
}

/// Compares an agreement that is frozen already, and writes nothing.
fn again(opened: &Opened, file: &Path, source: &Source, existing: &Source) -> Said {
    let made = opened.workshop.compare(source, existing);
    if made.findings.is_empty() {
        return Said::Line("frozen-already", shown(file));
    }
    let errors = made.findings.iter().any(Diagnostic::is_error);
    let fault = || already_frozen(file);
    let faults = errors.then(fault).into_iter().collect();
    Said::Changes(Box::new(made), faults)
}

fn already_frozen(file: &Path) -> Diagnostic {
    Diagnostic::error("already-frozen")
        .with("lock", shown(file))
        .hint("restore")
        .hint("release")
}

/// Brings a lock up to date where the text and its pages are as they were signed.
fn upgrade(opened: &Opened, file: &Path, existing: &Source, lock: &Lock) -> Outcome<Vec<Said>> {
    const ACCEPTED: [&str; 2] = ["signed-frame-changed", "old-lock"];
    let project = &opened.project;
    let source = project.read(file).map_err(|fault| vec![fault])?;
    let mut made = opened.workshop.compare(&source, existing);
    let accepted = |finding: &Diagnostic| ACCEPTED.contains(&finding.code);
    let refused = |finding: &&Diagnostic| finding.is_error() && !accepted(finding);
    if made.findings.iter().any(|finding| refused(&finding)) {
        let fault = already_frozen(file);
        return Ok(vec![Said::Changes(Box::new(made), vec![fault])]);
    }
    let upgraded = held(opened.workshop.freeze(&source)?, lock.history.clone());
    if upgraded == *lock {
        return Ok(vec![Said::Line("frozen-already", shown(file))]);
    }
    write(project, file, Some(existing), &upgraded)?;
    made.findings.retain(accepted);
    for finding in &mut made.findings {
        finding.soften();
        finding.hints.clear();
    }
    let said = Said::Changes(Box::new(made), Vec::new());
    Ok(vec![said, Said::Line("upgraded", shown(file))])
}

/// Gives up what was signed. The agreement itself need not be there any more.
fn release(
    project: &Project,
    file: &Path,
    existing: &Source,
    lock: &Lock,
    reason: &str,
    on: Option<NaiveDate>,
) -> Outcome<Vec<Said>> {
    let Some(on) = on.or_else(|| source_date().ok().flatten()) else {
        return Err(vec![Diagnostic::error("release-undated").hint("on")]);
    };
    let refused = match reason.trim() {
        "" => Some("reason"),
        _ => reason.contains(char::is_control).then_some("letters"),
    };
    if let Some(hint) = refused {
        return Err(vec![Diagnostic::error("release-reason").hint(hint)]);
    }
    let mut history = lock.history.clone();
    history.push(Release {
        on,
        reason: normalise(reason.trim()),
        lock: lock.digest(),
    });
    let released = Lock {
        agreement: Some(lock.id(existing)),
        held: Held::Nothing,
        history,
    };
    write(project, file, Some(existing), &released)?;
    Ok(vec![Said::Line("released", shown(file))])
}

fn held(frozen: Frozen, history: Vec<Release>) -> Lock {
    Lock {
        agreement: Some(frozen.id),
        held: Held::Seen(frozen.seen),
        history,
    }
}

/// Writes a lock that reads back as it is.
fn write(project: &Project, file: &Path, before: Option<&Source>, lock: &Lock) -> Outcome<()> {
    let text = lock.text();
    let read = Lock::parse(&Source::new(shown(file), text.as_str()));
    if read.ok().as_ref() != Some(lock) {
        return Err(vec![Diagnostic::error("release-reason").hint("letters")]);
    }
    let written = project.write_lock(file, before, &text);
    written.map_err(|fault| vec![fault])
}

fn shown(file: &Path) -> String {
    Project::lock_path(file).display().to_string()
}
