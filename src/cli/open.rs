//! What the verbs open: the project, its workshop and the agreements that are
//! named; options as typed become options as resolved.

use std::path::{Path, PathBuf};
use std::thread;

use alternat::diagnostic::{Diagnostic, Outcome};
use alternat::messages::Messages;
use alternat::press::pdf::Attachment;
use alternat::project::Project;
use alternat::source::Source;
use alternat::workshop::{Options, Workshop};

use super::global::Global;

/// A project at work.
pub(crate) struct Opened {
    pub(crate) project: Project,
    pub(crate) workshop: Workshop,
}

/// Opens the project and prepares its workshop.
pub(crate) fn open(global: &Global, attachment: Attachment) -> Outcome<Opened> {
    let project = project(global);
    let options = Options {
        font_folders: global.font_path.clone(),
        attachment,
        default_date: source_date(),
    };
    let workshop = Workshop::new(project.materials()?, options)?;
    Ok(Opened { project, workshop })
}

/// Opens the project alone.
pub(crate) fn project(global: &Global) -> Project {
    Project::new(&global.root).follow_links(global.follow_links)
}

/// Reads `SOURCE_DATE_EPOCH`, the day that reproducible builds agree on.
fn source_date() -> Option<chrono::NaiveDate> {
    let seconds: i64 = std::env::var("SOURCE_DATE_EPOCH").ok()?.parse().ok()?;
    chrono::DateTime::from_timestamp(seconds, 0).map(|time| time.date_naive())
}

/// An agreement's file, and its lock if it has one.
pub(crate) struct Input {
    pub(crate) source: Source,
    pub(crate) lock: Option<Source>,
}

impl Opened {
    /// Reads the agreements that are named, or all of the project; adds a fault
    /// for each that cannot be read.
    pub(crate) fn inputs(&self, named: &[PathBuf], faults: &mut Vec<Diagnostic>) -> Vec<Input> {
        let files = match named {
            [] => self.project.agreements(),
            named => Ok(named.to_vec()),
        };
        let files = files.unwrap_or_else(|found| {
            faults.extend(found);
            Vec::new()
        });
        let mut inputs = Vec::new();
        for file in files {
            match self.input(&file) {
                Ok(input) => inputs.push(input),
                Err(fault) => faults.push(fault),
            }
        }
        inputs
    }

    /// Reads one agreement.
    pub(crate) fn input(&self, file: &Path) -> Result<Input, Diagnostic> {
        Ok(Input {
            source: self.project.read(file)?,
            lock: self.project.lock(file)?,
        })
    }
}

/// Returns on how many threads to work: as asked, or one for each core.
pub(crate) fn jobs(asked: Option<usize>) -> usize {
    let cores = || thread::available_parallelism().map_or(1, usize::from);
    asked.unwrap_or_else(cores)
}

/// Returns the sentences in the language asked for, or in that of the
/// environment's locale.
pub(crate) fn messages(asked: Option<&str>) -> Messages {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let locale = || ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set);
    let tag = asked.map(str::to_owned).or_else(locale);
    let tag = tag.unwrap_or_default().to_lowercase();
    Messages::of(tag.split(['_', '-', '.', '@']).next().unwrap_or_default())
}
