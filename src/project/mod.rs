//! The folders on disk: `agreements/`, `templates/` and `output/`.
//!
//! The only room that touches files. What may be read is answered in one place,
//! `reach`; `output` writes a file under a temporary name and renames it, `stage` a whole
//! folder, so a reader never meets half of one, and none follows a link to another place.

mod documents;
mod hold;
mod home;
mod likely;
mod manifest;
mod output;
mod plain;
mod prints;
mod reach;
mod reason;
mod shards;
mod stage;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use crate::agreement::{Register, ids, load};
use crate::diagnostic::{Diagnostic, Outcome};
use crate::source::Source;
use crate::text::yaml::MAX_BYTES;
use crate::workshop::{Materials, OutputFile};

pub use self::documents::{Published, Written};
pub use self::home::Project;
pub use self::manifest::{Manifest, Moment, Output, Trust};
pub use self::shards::{Basis, Shard, Whole};

use self::output::{Draft, Guard, refuse_strangers};
use self::plain::Plain;
use self::reach::is_there;
use self::reason::Reason;

mod defaults {
    include!(concat!(env!("OUT_DIR"), "/templates.rs"));
}

/// Tells whether a path leads to a folder.
pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// Returns the finding that something cannot be written.
pub fn unwritable(file: String, error: io::Error) -> Diagnostic {
    Reason::from(error).unwritable(file)
}

/// The names and terms of a project, and the parties that it knows: beside the
/// agreements, and none themselves.
const GLOSSARY: &str = "glossary.yaml";
const PARTIES: &str = "parties.yaml";

/// How many folders a template may lie below `templates/`.
const DEPTH: usize = 3;

/// So many files of templates are read.
const MOST_TEMPLATES: usize = 1000;

impl Project {
    /// Returns the agreements of the project, in order of their names.
    ///
    /// # Errors
    /// A folder that cannot be read or holds no agreement.
    pub fn agreements(&self) -> Outcome<Vec<PathBuf>> {
        let folder = self.reach.root.join("agreements");
        let mut files = self.reach.list(&folder)?;
        files.retain(|path| is_agreement(path));
        if files.is_empty() {
            let shown = folder.display().to_string();
            return Err(vec![
                Diagnostic::error("no-agreements")
                    .with("folder", shown)
                    .hint("add"),
            ]);
        }
        Ok(files)
    }

    /// Returns the file of the parties that the project knows, if it has one.
    pub fn parties(&self) -> Option<PathBuf> {
        let file = self.reach.root.join("agreements").join(PARTIES);
        is_there(&file).then_some(file)
    }

    /// Tells whether a file is one of parties, by its name.
    pub fn is_parties(path: &Path) -> bool {
        path.file_name().is_some_and(|name| name == PARTIES)
    }

    /// Tells whether the project has a file of this name.
    pub fn has(&self, name: &str) -> bool {
        is_there(&self.reach.root.join(name))
    }

    /// Writes a file that the project does not have yet; tells whether it did.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn plant(&self, name: &str, text: &str) -> Result<bool, Diagnostic> {
        let path = self.reach.root.join(name);
        if is_there(&path) {
            return Ok(false);
        }
        write_whole(&self.reach.root, &path, text.as_bytes()).map(|()| true)
    }

    /// Writes another text of an agreement in the place of `before`.
    ///
    /// # Errors
    /// A file that is not `before` any more, and one that cannot be written.
    pub fn rewrite(&self, path: &Path, before: &Source, text: &str) -> Result<(), Diagnostic> {
        if self.read(path)?.text() != before.text() {
            let fault = Diagnostic::error("changed-meanwhile").with("file", before.name());
            return Err(fault.hint("again"));
        }
        let folder = path.parent().unwrap_or(path);
        write_whole(folder, path, text.as_bytes())
    }

    /// Writes the first text of a new agreement, into `file` or into one of its id in
    /// `agreements/`, and returns its name.
    ///
    /// # Errors
    /// A text that is no agreement, a name that is taken, and a file that
    /// cannot be written.
    pub fn start(
        &self,
        id: &str,
        file: Option<&Path>,
        text: &str,
        register: &Register,
    ) -> Outcome<String> {
        let name = match file {
            Some(file) => self.reach.name(file),
            None => format!("agreements/{id}.yaml"),
        };
        let source = Source::new(name.clone(), text);
        let refused = |hint| {
            let fault = Diagnostic::error("invalid-id").typed("id", id);
            Err(vec![fault.hint(hint)])
        };
        if [GLOSSARY, PARTIES].contains(&format!("{id}.yaml").as_str()) {
            return refused("glossary");
        }
        // What is read must be what was typed.
        let blank = id.is_empty() || id.contains(char::is_whitespace);
        if blank || ids::id(&source).as_deref() != Some(id) {
            return refused("form");
        }
        load::load_with(&source, register)?;
        let path = match file {
            Some(file) => file.to_owned(),
            None => self.reach.root.join(&name),
        };
        if is_there(&path) {
            return Err(vec![
                Diagnostic::error("name-taken")
                    .with("file", name)
                    .hint("other"),
            ]);
        }
        let folder = match file {
            Some(file) => file.parent().unwrap_or(file),
            None => &self.reach.root,
        };
        match write_whole(folder, &path, text.as_bytes()) {
            Ok(()) => Ok(name),
            Err(fault) => Err(vec![fault]),
        }
    }

    /// Writes a text to a file that somebody names, in the place of what is there.
    ///
    /// # Errors
    /// A file that cannot be written, and what is there but no file.
    pub fn save(&self, path: &Path, text: &str) -> Result<(), Diagnostic> {
        // Only the file itself is ours to look at; its folder is named as it is.
        let folder = path.parent().unwrap_or(path);
        write_whole(folder, path, text.as_bytes())
            .map_err(|fault| fault.with("file", path.display().to_string()))
    }

    /// Returns the files that are named, each once, in their order.
    pub fn distinct(&self, named: &[PathBuf]) -> Vec<PathBuf> {
        let mut seen = BTreeSet::new();
        let mut files = named.to_vec();
        files.retain(|path| seen.insert(reach::identity(path)));
        files
    }

    /// Reads a file, under its name below the root.
    ///
    /// # Errors
    /// A file that cannot be read, is too large, or is not UTF-8.
    pub fn read(&self, path: &Path) -> Result<Source, Diagnostic> {
        let name = self.reach.name(path);
        let read = self.reach.read(path, MAX_BYTES);
        let Plain { bytes, size } = read.map_err(|fault| self.likely(path, fault))?;
        if bytes.len() > MAX_BYTES {
            let source = Source::new(name, "");
            return Err(Diagnostic::error("file-too-large")
                .at(&source.span(0..0))
                .with("size", size.to_string()));
        }
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Source::new(name, text)),
            Err(error) => Err(not_utf8(
                &name,
                error.as_bytes(),
                error.utf8_error().valid_up_to(),
            )),
        }
    }

    /// Reads what the project brings to all its agreements.
    ///
    /// # Errors
    /// Files that cannot be read.
    pub fn materials(&self) -> Outcome<Materials> {
        let list = |name: &str| {
            let path = self.reach.root.join("agreements").join(name);
            is_there(&path).then(|| self.read(&path)).transpose()
        };
        match (self.templates(), list(GLOSSARY), list(PARTIES)) {
            (Ok(templates), Ok(glossary), Ok(parties)) => Ok(Materials {
                templates,
                glossary,
                parties,
            }),
            (templates, glossary, parties) => {
                let faults = templates.err().into_iter().flatten();
                let lists = glossary.err().into_iter().chain(parties.err());
                Err(faults.chain(lists).collect())
            }
        }
    }

    /// Returns the built-in templates: the path of each below `templates/`, and its text.
    pub fn built_in() -> impl Iterator<Item = (&'static str, &'static str)> {
        defaults::TEMPLATES.iter().copied()
    }

    /// Returns the names of the templates that are not the built-in ones.
    pub fn own_templates(materials: &Materials) -> Vec<String> {
        let built_in: BTreeMap<&str, &str> = Self::built_in().collect();
        let own = materials.templates.iter();
        let own = own.filter(|(name, file)| built_in.get(name.as_str()) != Some(&file.text()));
        own.map(|(name, _)| name.clone()).collect()
    }

    /// Returns the template files by their path below `templates/`: the
    /// built-in ones, replaced file by file by the project's own.
    ///
    /// # Errors
    /// Files that cannot be read.
    fn templates(&self) -> Outcome<BTreeMap<String, Source>> {
        let built_in = Self::built_in().map(|(path, text)| {
            let file = Source::new(format!("templates/{path}"), text);
            (path.to_owned(), file)
        });
        let mut files: BTreeMap<String, Source> = built_in.collect();
        let folder = self.reach.root.join("templates");
        let mut faults = Vec::new();
        for path in self.templates_below(&folder, DEPTH, &mut faults) {
            let name = path
                .strip_prefix(&folder)
                .unwrap_or(&path)
                .to_string_lossy()
                .replace('\\', "/");
            match self.read(&path) {
                Ok(source) => drop(files.insert(name, source)),
                Err(fault) => faults.push(fault),
            }
        }
        if faults.is_empty() {
            Ok(files)
        } else {
            Err(faults)
        }
    }

    /// Returns the paths of the templates in a folder and those below it; adds a
    /// fault for each that stands in the place of one.
    fn templates_below(
        &self,
        folder: &Path,
        depth: usize,
        faults: &mut Vec<Diagnostic>,
    ) -> Vec<PathBuf> {
        let mut files = Vec::new();
        let listed = self.reach.list(folder);
        let listed = listed.unwrap_or_else(|found| {
            faults.extend(found);
            Vec::new()
        });
        for path in listed {
            let unreadable = |reason: Reason| reason.unreadable(self.reach.name(&path));
            match self.reach.is_folder(&path) {
                // A folder with the name of a file is a fault when it is read.
                _ if is_template(&path) && files.len() < MOST_TEMPLATES => files.push(path),
                _ if is_template(&path) => {
                    faults.push(unreadable(Reason::MANY));
                    break;
                }
                Ok(true) if depth == 0 => faults.push(unreadable(Reason::DEEP)),
                Ok(true) => files.extend(self.templates_below(&path, depth - 1, faults)),
                Ok(false) if replaces_folder(&path) => faults.push(unreadable(Reason::NO_FOLDER)),
                Ok(false) => {}
                Err(fault) => faults.push(fault),
            }
        }
        files
    }

    /// Returns the path of an agreement's lock: beside its file, with
    /// the ending `lock`.
    pub fn lock_path(agreement: &Path) -> PathBuf {
        agreement.with_extension("lock")
    }

    /// Reads the lock of an agreement, if it has one.
    ///
    /// # Errors
    /// A lock that is there but cannot be read.
    pub fn lock(&self, agreement: &Path) -> Result<Option<Source>, Diagnostic> {
        let path = Self::lock_path(agreement);
        is_there(&path).then(|| self.read(&path)).transpose()
    }

    /// Returns the locks of the project, each with whether an agreement stands
    /// beside it.
    ///
    /// # Errors
    /// A lock that cannot be read.
    pub fn locks(&self) -> Outcome<Vec<(Source, bool)>> {
        let files = self.reach.list(&self.reach.root.join("agreements"))?;
        let is_lock = |path: &&PathBuf| path.extension().is_some_and(|ending| ending == "lock");
        let agreements = files.iter().filter(|file| is_agreement(file));
        let beside: BTreeSet<PathBuf> = agreements.map(|file| Self::lock_path(file)).collect();
        let locks = files
            .iter()
            .filter(is_lock)
            .map(|path| Ok((self.read(path)?, beside.contains(path))));
        locks.collect::<Result<_, _>>().map_err(|fault| vec![fault])
    }

    /// Writes the lock of an agreement in the place of `before`, or where there was
    /// none. Of two that write at once, one loses.
    ///
    /// # Errors
    /// A lock that is not `before` any more, and a file that cannot be written.
    pub fn write_lock(
        &self,
        agreement: &Path,
        before: Option<&Source>,
        text: &str,
    ) -> Result<(), Diagnostic> {
        let path = Self::lock_path(agreement);
        let shown = path.display().to_string();
        let folder = path.parent().unwrap_or(&path);
        refuse_strangers(folder, &path, Reason::unwritable)?;
        let taken = || Diagnostic::error("lock-taken").with("lock", shown.as_str());
        let unwritable = |reason: Reason| reason.unwritable(shown.clone());
        let Some(guard) = Guard::take(&path).map_err(unwritable)? else {
            let name = Guard::beside(&path).display().to_string();
            return Err(taken().with("guard", name).hint("again").hint("guard"));
        };
        // While the guard is there, nobody else writes the lock.
        let now = self.lock(agreement)?;
        if now.as_ref().map(Source::text) != before.map(Source::text) {
            return Err(taken().hint("again"));
        }
        guard.publish(text.as_bytes()).map_err(unwritable)
    }

    /// Returns the folder that the documents go into, for people.
    pub fn output_folder(&self) -> String {
        let folder = self.reach.root.join("output").display().to_string();
        format!("{}/", folder.strip_prefix("./").unwrap_or(&folder))
    }

    /// Reads what `output/` holds now in the place of `file`.
    ///
    /// # Errors
    /// What is there is no file of about that size, or cannot be read.
    pub fn current(&self, id: &str, file: &OutputFile) -> Result<Option<Vec<u8>>, Diagnostic> {
        let name = Self::output_name(id, &file.path);
        let path = self.reach.root.join(&name);
        if !is_there(&path) {
            return Ok(None);
        }
        refuse_strangers(&self.reach.root, &path, Reason::unreadable)?;
        let most = file.bytes.len() * 2 + MAX_GROWTH;
        match plain::read(&path, most) {
            Ok(plain) if plain.bytes.len() > most => Err(Reason::LARGE.unreadable(name)),
            Ok(plain) => Ok(Some(plain.bytes)),
            Err(reason) => Err(reason.unreadable(name)),
        }
    }
}

/// By how much more than twice its size a text in `output/` may be longer than
/// the one that belongs there, to be compared with it.
const MAX_GROWTH: usize = 64 << 10;

fn draft(root: &Path, path: &Path, bytes: &[u8]) -> Result<Option<Draft>, Diagnostic> {
    refuse_strangers(root, path, Reason::unwritable)?;
    let name = path
        .strip_prefix(root)
        .unwrap_or(path)
        .display()
        .to_string();
    Draft::write(path, bytes).map_err(|reason| reason.unwritable(name))
}

fn write_whole(root: &Path, path: &Path, bytes: &[u8]) -> Result<(), Diagnostic> {
    let written = draft(root, path, bytes)?.map_or(Ok(()), Draft::publish);
    let name = path
        .strip_prefix(root)
        .unwrap_or(path)
        .display()
        .to_string();
    written.map_err(|reason| reason.unwritable(name))
}

fn is_agreement(path: &Path) -> bool {
    let ending = path.extension().unwrap_or_default().to_ascii_lowercase();
    let name = path.file_name().unwrap_or_default();
    (ending == "yaml" || ending == "yml") && name != GLOSSARY && name != PARTIES
}

fn is_template(path: &Path) -> bool {
    path.extension()
        .is_some_and(|e| e == "md" || e == "yaml" || e == "typ")
}

/// Tells whether the built-in templates have a folder of this name.
fn replaces_folder(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut built_in = Project::built_in();
    built_in.any(|(file, _)| {
        let mut parts = file.split('/').rev().skip(1);
        parts.any(|part| part == name)
    })
}

fn not_utf8(name: &str, bytes: &[u8], valid: usize) -> Diagnostic {
    let line = bytes[..valid].iter().filter(|&&byte| byte == b'\n').count() + 1;
    let source = Source::new(name, String::from_utf8_lossy(bytes));
    let at = String::from_utf8_lossy(&bytes[..valid]).len();
    Diagnostic::error("not-utf8")
        .at(&source.span(at..at + 1))
        .with("file", name)
        .with("line", line.to_string())
        .hint("save")
}
