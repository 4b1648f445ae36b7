//! What the verbs open: the project, its workshop and the agreements that are
//! named; options as typed become options as resolved.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::thread;

use alternat::agreement::lock::Lock;
use alternat::agreement::{Register, amendment, ids, load};
use alternat::diagnostic::{Diagnostic, Outcome};
use alternat::messages::Messages;
use alternat::press::pdf::Attachment;
use alternat::project::{Basis, Moment, Project};
use alternat::source::Source;
use alternat::text::digest;
use alternat::workshop::{Options, Workshop, in_order};

use super::global::Global;
use super::rehearsal::Rehearsal;
use super::today;

/// A project at work.
pub(crate) struct Opened {
    pub(crate) project: Project,
    pub(crate) workshop: Workshop,
    pub(crate) moment: Moment,
    /// The files that all agreements share, by name.
    shared: BTreeMap<String, Source>,
    /// The files of agreements by their id, once one was asked for.
    by_id: OnceLock<BTreeMap<String, Vec<PathBuf>>>,
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
    let (materials, read) = project.recorded(|| project.materials());
    let materials = materials?;
    let own = Project::own_templates(&materials);
    let lists = materials.glossary.iter().chain(&materials.parties);
    let files = materials.templates.values().chain(lists);
    let shared = files.map(|file| (file.name().to_owned(), file.clone()));
    let shared = shared.collect();
    let moment = Moment {
        today: today(),
        // What is no date was refused before.
        default_date: source_date().unwrap_or_default(),
    };
    let options = Options {
        font_folders: global.font_path.clone(),
        attachment,
        default_date: moment.default_date,
        today: Some(moment.today),
        read,
        own_look: own.iter().any(|name| name.ends_with(".typ")),
    };
    let workshop = Workshop::new(materials, options)?;
    Ok(Opened {
        project,
        workshop,
        moment,
        shared,
        by_id: OnceLock::new(),
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
    all(project, faults, |file| project.read(file))
}

/// Reads the files of all agreements, each as `read` does; adds a fault for each that
/// cannot be read.
fn all<T>(
    project: &Project,
    faults: &mut Vec<Diagnostic>,
    read: impl Fn(&Path) -> Result<T, Diagnostic>,
) -> Vec<T> {
    let files = project.agreements().unwrap_or_else(|found| {
        faults.extend(found);
        Vec::new()
    });
    let mut found = Vec::new();
    for file in files {
        match read(&file) {
            Ok(it) => found.push(it),
            Err(fault) => faults.push(fault),
        }
    }
    found
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
    /// The digest of all files that were read for it.
    read: String,
    /// Whether nothing may be made of it, for what was reported when it was read.
    pub(crate) refused: bool,
}

/// The agreements of a project, and whose documents are to stay.
pub(crate) struct Gathered {
    pub(crate) inputs: Vec<Input>,
    pub(crate) census: Census,
}

/// Whose documents are to stay: those of each agreement that there is, whatever is wrong
/// with it, and of each lock that binds.
pub(crate) struct Census {
    pub(crate) ids: BTreeSet<String>,
    /// Whether all files of the project were read, and nobody else is to be asked.
    pub(crate) is_sure: bool,
}

impl Census {
    fn count(&mut self, source: &Source) {
        match ids::id(source) {
            Some(id) => drop(self.ids.insert(id)),
            None => self.is_sure = false,
        }
    }
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
        let mut inputs = self.gathered(named, faults).inputs;
        let fell = self.fallen(&inputs.iter().collect::<Vec<_>>(), rehearsed, faults);
        let mut fell = fell.into_iter();
        inputs.retain(|_| !fell.next().unwrap_or_default());
        inputs
    }

    /// Reads the agreements that are named, or all of the project; adds a fault for each
    /// that cannot be read.
    pub(crate) fn gathered(&self, named: &[PathBuf], faults: &mut Vec<Diagnostic>) -> Gathered {
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
        let mut census = Census {
            ids: BTreeSet::new(),
            is_sure: true,
        };
        for file in files {
            match self.input(&file) {
                Ok(mut input) => {
                    let unfit = self.unfit(&input.source);
                    input.refused = !unfit.is_empty();
                    faults.extend(unfit);
                    census.count(&input.source);
                    inputs.push(input);
                }
                Err(fault) => {
                    census.is_sure = false;
                    faults.push(fault);
                }
            }
        }
        census.is_sure &= whole && !inputs.is_empty();
        faults.extend(self.strays(&mut inputs, whole, &mut census));
        Gathered { inputs, census }
    }

    /// Tells of each agreement whether it cannot be made within the limits; adds a fault
    /// for each such.
    pub(crate) fn fallen(
        &self,
        inputs: &[&Input],
        Rehearsed { pages, jobs: asked }: Rehearsed<'_>,
        faults: &mut Vec<Diagnostic>,
    ) -> Vec<bool> {
        let Some(rehearsal) = &self.rehearsal else {
            return vec![false; inputs.len()];
        };
        let mut fell = Vec::new();
        in_order(
            inputs,
            jobs(asked),
            |input| rehearsal.of(&input.source, input.lock.as_ref(), pages),
            |_, tried| {
                fell.push(tried.is_err());
                faults.extend(tried.err());
            },
        );
        fell
    }

    /// Returns the digest of all that the documents and findings of an agreement depend
    /// on.
    pub(crate) fn key(&self, input: &Input) -> String {
        let inputs = |it: &Input| self.workshop.inputs(&it.source, it.lock.as_ref());
        // What changed since the agreement before it is told beside it.
        let before = match self.predecessor(&input.source) {
            Ok(before) => before.map_or(String::new(), |before| inputs(&before)),
            Err(fault) => fault.code.to_owned(),
        };
        digest::of_pieces([inputs(input).as_str(), &input.read, &before])
    }

    /// Returns what a build of these agreements is made from; on so many threads, as typed.
    pub(crate) fn basis(&self, inputs: &[Input], asked: Option<&str>) -> Basis {
        let mut keys = BTreeMap::new();
        in_order(
            inputs,
            jobs(asked),
            |input| self.key(input),
            |input, key| drop(keys.insert(input.source.name().to_owned(), key)),
        );
        let default_date = self.moment.default_date.map(|date| date.to_string());
        Basis { keys, default_date }
    }

    /// Returns the id of an agreement, or nothing that any folder is called.
    pub(crate) fn id(&self, input: &Input) -> String {
        ids::id(&input.source).unwrap_or_default()
    }

    /// Returns a file that was read, by its name.
    pub(crate) fn file(&self, input: &Input, name: &str) -> Option<Source> {
        let own = [Some(&input.source), input.lock.as_ref()];
        let mut own = own.into_iter().flatten();
        let file = own.find(|file| file.name() == name);
        file.or_else(|| self.shared.get(name)).cloned()
    }

    /// Finds locks whose agreement is not beside them, as it was deleted, renamed or
    /// moved; and takes out what has the id of a lock that stands beside another file.
    fn strays(&self, inputs: &mut Vec<Input>, whole: bool, census: &mut Census) -> Vec<Diagnostic> {
        let locks = match self.project.locks() {
            Ok(locks) => locks,
            Err(faults) => {
                census.is_sure = false;
                return faults;
            }
        };
        let mut of_id: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, input) in inputs.iter().enumerate() {
            if let Some(id) = ids::id(&input.source) {
                of_id.entry(id).or_default().push(index);
            }
        }
        let mut out = BTreeSet::new();
        let mut faults = Vec::new();
        for (file, beside) in &locks {
            let lock = match Lock::parse(file) {
                Ok(lock) => lock,
                Err(found) => {
                    census.is_sure = false;
                    faults.extend(found.into_iter().filter(|_| whole && !beside));
                    continue;
                }
            };
            if !lock.binds() {
                continue;
            }
            let id = lock.id(file);
            census.ids.insert(id.clone());
            let told = faults.len();
            for index in of_id.get(&id).into_iter().flatten() {
                let input = &inputs[*index];
                let own = input.lock.as_ref().map(Source::name) == Some(file.name());
                if !own && out.insert(*index) {
                    faults.push(elsewhere(input, file, &id));
                }
            }
            if whole && !beside && faults.len() == told {
                let fault = Diagnostic::error("lock-alone").at(&file.span(0..0));
                let fault = fault.with("lock", file.name()).with("locked", id);
                faults.push(fault.hint("restore").hint("release"));
            }
        }
        let mut indices = 0..;
        inputs.retain(|_| indices.next().is_none_or(|index| !out.contains(&index)));
        faults
    }

    /// Reads all agreements, whatever their locks say; adds a fault for each that cannot
    /// be read.
    pub(crate) fn listed(&self, faults: &mut Vec<Diagnostic>) -> Vec<Input> {
        all(&self.project, faults, |file| self.input(file))
    }

    /// Reads one agreement.
    pub(crate) fn input(&self, file: &Path) -> Result<Input, Diagnostic> {
        let both = || Ok((self.project.read(file)?, self.project.lock(file)?));
        let (both, read) = self.project.recorded(both);
        let (source, lock) = both?;
        Ok(Input {
            source,
            lock,
            read,
            refused: false,
        })
    }

    /// Returns the file of the agreement with this id, if the project has one.
    ///
    /// # Errors
    /// Two files that have it: one of them may be a copy that was changed.
    pub(crate) fn named(&self, id: &str) -> Result<Option<PathBuf>, Diagnostic> {
        let by_id = self.by_id.get_or_init(|| {
            let mut by_id: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
            for file in self.project.agreements().unwrap_or_default() {
                let read = self.project.read(&file).ok();
                if let Some(id) = read.and_then(|source| ids::id(&source)) {
                    by_id.entry(id).or_default().push(file);
                }
            }
            by_id
        });
        let files = by_id.get(id).map_or(&[][..], Vec::as_slice);
        if files.len() > 1 {
            let read = files.iter().map(|file| self.project.read(file));
            let sources = read.collect::<Result<Vec<Source>, _>>()?;
            let given = sources.iter().map(|source| (Some(id.to_owned()), source));
            if let Some(same) = ids::same_ids(given).into_iter().next() {
                return Err(same.finding);
            }
        }
        Ok(files.first().cloned())
    }

    /// Returns the agreement that came before one, where its file is at hand.
    ///
    /// # Errors
    /// As [`Opened::named`].
    pub(crate) fn predecessor(&self, source: &Source) -> Result<Option<Input>, Diagnostic> {
        // Most files name none, and need not be read for it.
        if !source.text().contains("predecessor") {
            return Ok(None);
        }
        let Ok(loaded) = load::load_with(source, self.workshop.register()) else {
            return Ok(None);
        };
        let before = loaded.agreement.predecessor;
        let Some(id) = before.and_then(|before| before.agreement) else {
            return Ok(None);
        };
        let file = match id == loaded.agreement.id {
            true => None,
            false => self.named(&id)?,
        };
        Ok(file.and_then(|file| self.input(&file).ok()))
    }

    /// Returns what does not fit between an amendment and the agreement that it
    /// amends, which is looked for in the project.
    fn unfit(&self, source: &Source) -> Vec<Diagnostic> {
        let Some((amendment, id)) = amendment::amended(source, self.workshop.register()) else {
            return Vec::new();
        };
        let amended = match self.named(&id) {
            Ok(file) => file.and_then(|file| self.project.read(&file).ok()),
            Err(fault) => return vec![fault],
        };
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
