//! What the verbs open: the project, its workshop and the agreements that are
//! named; options as typed become options as resolved.

use std::path::{Path, PathBuf};
use std::thread;

use alternat::agreement::lock::Lock;
use alternat::agreement::{Register, amendment, load};
use alternat::diagnostic::{Diagnostic, Outcome};
use alternat::messages::Messages;
use alternat::press::pdf::Attachment;
use alternat::project::Project;
use alternat::source::Source;
use alternat::workshop::{Options, Workshop, in_order};

use super::global::Global;
use super::rehearsal::Rehearsal;
use super::today;

/// A project at work.
pub(crate) struct Opened {
    pub(crate) project: Project,
    pub(crate) workshop: Workshop,
    /// Where what the project's own templates make is tried first.
    rehearsal: Option<Rehearsal>,
}

/// Opens the project and prepares its workshop.
pub(crate) fn open(global: &Global, attachment: Attachment) -> Outcome<Opened> {
    let own = Project::own_templates(&project(global).materials()?);
    let rehearsal = match own.is_empty() {
        true => None,
        false => Some(Rehearsal::start(global, own).map_err(|fault| vec![fault])?),
    };
    let opened = alone(global, attachment)?;
    Ok(Opened {
        rehearsal,
        ..opened
    })
}

/// Opens the project without any rehearsal.
pub(crate) fn alone(global: &Global, attachment: Attachment) -> Outcome<Opened> {
    let project = project(global);
    let options = Options {
        font_folders: global.font_path.clone(),
        attachment,
        // What is no date was refused before.
        default_date: source_date().unwrap_or_default(),
        today: Some(today()),
    };
    let workshop = Workshop::new(project.materials()?, options)?;
    Ok(Opened {
        project,
        workshop,
        rehearsal: None,
    })
}

/// Opens the project alone.
pub(crate) fn project(global: &Global) -> Project {
    Project::new(&global.root).follow_links(global.follow_links)
}

/// Reads the parties that the project knows; none where it has no such file.
///
/// # Errors
/// A file that cannot be read, or that is at fault.
pub(crate) fn register(project: &Project) -> Outcome<Register> {
    let parties = project.materials()?.parties;
    Ok(parties
        .as_ref()
        .map(Register::read)
        .transpose()?
        .unwrap_or_default())
}

/// Reads the files of all agreements, and nothing that stands beside them; adds a
/// fault for each that cannot be read.
pub(crate) fn sources(project: &Project, faults: &mut Vec<Diagnostic>) -> Vec<Source> {
    let files = project.agreements().unwrap_or_else(|found| {
        faults.extend(found);
        Vec::new()
    });
    let mut sources = Vec::new();
    for file in files {
        match project.read(&file) {
            Ok(source) => sources.push(source),
            Err(fault) => faults.push(fault),
        }
    }
    sources
}

/// The last second of the year 9999; a PDF has no room for a later one.
const LAST_SECOND: i64 = 253_402_300_799;

/// Reads `SOURCE_DATE_EPOCH`, the day that reproducible builds agree on.
///
/// # Errors
/// What is there instead of a number of seconds.
pub(crate) fn source_date() -> Result<Option<chrono::NaiveDate>, String> {
    let Some(typed) = std::env::var_os("SOURCE_DATE_EPOCH") else {
        return Ok(None);
    };
    let typed = typed.to_string_lossy();
    let digits = typed.bytes().all(|byte| byte.is_ascii_digit());
    let seconds = typed.parse().ok().filter(|_| digits);
    let seconds = seconds.filter(|seconds| *seconds <= LAST_SECOND);
    let time = seconds.and_then(|seconds| chrono::DateTime::from_timestamp(seconds, 0));
    let day = time.map(|time| time.date_naive());
    day.map(Some).ok_or_else(|| typed.into_owned())
}

/// Returns the day of today, or that of `SOURCE_DATE_EPOCH`.
pub(crate) fn today() -> chrono::NaiveDate {
    let stated = source_date().unwrap_or_default();
    stated.unwrap_or_else(|| today::today(None))
}

/// An agreement's file, and its lock if it has one.
pub(crate) struct Input {
    pub(crate) source: Source,
    pub(crate) lock: Option<Source>,
    /// Whether nothing may be made of it, for what was reported when it was read.
    pub(crate) refused: bool,
}

/// How agreements are tried first, where a project has templates of its own.
#[derive(Clone, Copy)]
pub(crate) struct Rehearsed<'a> {
    /// Whether pages are made.
    pub(crate) pages: bool,
    /// On how many threads, as typed.
    pub(crate) jobs: Option<&'a str>,
}

impl Opened {
    /// Reads the agreements that are named, or all of the project; adds a fault
    /// for each that cannot be read, or made within the limits.
    pub(crate) fn inputs(
        &self,
        named: &[PathBuf],
        rehearsed: Rehearsed<'_>,
        faults: &mut Vec<Diagnostic>,
    ) -> Vec<Input> {
        let whole = named.is_empty();
        let files = match named {
            [] => self.project.agreements(),
            named => Ok(self.project.distinct(named)),
        };
        let files = files.unwrap_or_else(|found| {
            faults.extend(found);
            Vec::new()
        });
        let mut inputs = Vec::new();
        for file in files {
            match self.input(&file) {
                Ok(mut input) => {
                    let unfit = self.unfit(&input.source);
                    input.refused = !unfit.is_empty();
                    faults.extend(unfit);
                    inputs.push(input);
                }
                Err(fault) => faults.push(fault),
            }
        }
        faults.extend(self.strays(&mut inputs, whole));
        self.survivors(inputs, rehearsed, faults)
    }

    /// Returns the agreements that can be made within the limits; adds a fault for
    /// each other one.
    fn survivors(
        &self,
        inputs: Vec<Input>,
        Rehearsed { pages, jobs: asked }: Rehearsed<'_>,
        faults: &mut Vec<Diagnostic>,
    ) -> Vec<Input> {
        let Some(rehearsal) = &self.rehearsal else {
            return inputs;
        };
        let mut fell = Vec::new();
        in_order(
            &inputs,
            jobs(asked),
            |input| rehearsal.of(&input.source, input.lock.as_ref(), pages),
            |_, tried| {
                fell.push(tried.is_err());
                faults.extend(tried.err());
            },
        );
        let tried = inputs.into_iter().zip(fell);
        tried
            .filter(|(_, fell)| !fell)
            .map(|(input, _)| input)
            .collect()
    }

    /// Finds locks whose agreement is not beside them, as it was deleted, renamed or
    /// moved; and takes out what has the id of a lock that stands beside another file.
    fn strays(&self, inputs: &mut Vec<Input>, whole: bool) -> Vec<Diagnostic> {
        let locks = match self.project.locks() {
            Ok(locks) => locks,
            Err(faults) => return faults,
        };
        let mut faults = Vec::new();
        for (file, beside) in &locks {
            let lock = match Lock::parse(file) {
                Ok(lock) => lock,
                Err(found) => {
                    faults.extend(found.into_iter().filter(|_| whole && !beside));
                    continue;
                }
            };
            if !lock.binds() {
                continue;
            }
            let id = lock.id(file);
            let told = faults.len();
            inputs.retain(|input| {
                let own = input.lock.as_ref().map(Source::name) == Some(file.name());
                let other = !own && load::id(&input.source).as_ref() == Some(&id);
                faults.extend(other.then(|| elsewhere(input, file, &id)));
                !other
            });
            if whole && !beside && faults.len() == told {
                let fault = Diagnostic::error("lock-alone").at(&file.span(0..0));
                let fault = fault.with("lock", file.name()).with("locked", id);
                faults.push(fault.hint("restore").hint("release"));
            }
        }
        faults
    }

    /// Reads one agreement.
    pub(crate) fn input(&self, file: &Path) -> Result<Input, Diagnostic> {
        Ok(Input {
            source: self.project.read(file)?,
            lock: self.project.lock(file)?,
            refused: false,
        })
    }

    /// Returns the file of the agreement with this id, if the project has one.
    pub(crate) fn named(&self, id: &str) -> Option<PathBuf> {
        let mut files = self.project.agreements().unwrap_or_default().into_iter();
        files.find(|file| {
            let read = self.project.read(file).ok();
            read.and_then(|file| load::id(&file)).as_deref() == Some(id)
        })
    }

    /// Returns the agreement that came before one, where its file is at hand.
    pub(crate) fn predecessor(&self, source: &Source) -> Option<Input> {
        // Most files name none, and need not be read for it.
        if !source.text().contains("predecessor") {
            return None;
        }
        let loaded = load::load_with(source, self.workshop.register()).ok()?;
        let id = loaded.agreement.predecessor?.agreement?;
        let file = self.named(&id)?;
        self.input(&file).ok().filter(|_| id != loaded.agreement.id)
    }

    /// Returns what does not fit between an amendment and the agreement that it
    /// amends, which is looked for in the project.
    fn unfit(&self, source: &Source) -> Vec<Diagnostic> {
        let Some((amendment, id)) = amendment::amended(source, self.workshop.register()) else {
            return Vec::new();
        };
        let files = self.project.agreements().unwrap_or_default().into_iter();
        let read = files.filter_map(|file| self.project.read(&file).ok());
        let amended = read
            .into_iter()
            .find(|file| load::id(file).as_deref() == Some(id.as_str()));
        amendment::faults(&amendment, &id, amended.as_ref(), self.workshop.register())
    }
}

/// Says that an agreement has the id of a lock that stands beside another file.
fn elsewhere(input: &Input, lock: &Source, id: &str) -> Diagnostic {
    Diagnostic::error("lock-elsewhere")
        .at(&input.source.span(0..0))
        .with("lock", lock.name())
        .with("locked", id)
        .hint("rename")
        .hint("copy")
}

/// Returns on how many threads to work: as asked, or one for each core.
pub(crate) fn jobs(asked: Option<&str>) -> usize {
    let cores = || thread::available_parallelism().map_or(1, usize::from);
    asked
        .and_then(|number| number.parse().ok())
        .unwrap_or_else(cores)
}

/// Returns the sentences in the language asked for, or in that of the
/// environment's locale.
pub(crate) fn messages(asked: Option<&str>) -> Messages {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let locale = || ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set);
    let chosen = asked.and_then(language);
    let chosen = chosen.or_else(|| locale().as_deref().and_then(language));
    Messages::of(chosen.unwrap_or_default())
}

/// Returns the language of messages that a tag such as `vi_VN.UTF-8` names.
pub(crate) fn language(tag: &str) -> Option<&'static str> {
    let tag = tag.to_lowercase();
    let code = tag.split(['_', '-', '.', '@']).next();
    Messages::languages().find(|known| Some(*known) == code)
}
