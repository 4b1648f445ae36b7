//! The folders on disk: `agreements/`, `templates/` and `output/`.
//!
//! The only module that touches files. It writes a file under a temporary name
//! and renames it, so a reader never meets half of one, and it never follows a
//! link out of `output/`.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use crate::agreement::load;
use crate::diagnostic::{Diagnostic, Outcome};
use crate::source::Source;
use crate::text::yaml::MAX_BYTES;
use crate::workshop::{Materials, OutputFile};

mod defaults {
    include!(concat!(env!("OUT_DIR"), "/templates.rs"));
}

/// A folder with `agreements/`, and perhaps templates of its own.
#[derive(Clone, Debug)]
pub struct Project {
    root: PathBuf,
}

impl Project {
    /// Opens the project at `root`.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// Returns the agreements of the project, in order of their names.
    ///
    /// # Errors
    /// A folder that cannot be read or holds no agreement.
    pub fn agreements(&self) -> Outcome<Vec<PathBuf>> {
        let folder = self.root.join("agreements");
        let entries = match fs::read_dir(&folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(vec![unreadable(&folder, &error)]),
            Ok(entries) => entries.flatten().collect(),
        };
        let mut files: Vec<PathBuf> = entries
            .iter()
            .map(|entry| entry.path())
            .filter(|p| is_agreement(p))
            .collect();
        files.sort();
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

    /// Writes the first text of a new agreement, and returns its name.
    ///
    /// # Errors
    /// A text that is no agreement, a name that is taken, and a file that
    /// cannot be written.
    pub fn start(&self, id: &str, text: &str) -> Outcome<String> {
        let name = format!("agreements/{id}.yaml");
        load::load(&Source::new(name.clone(), text))?;
        let path = self.root.join(&name);
        if path.exists() {
            return Err(vec![
                Diagnostic::error("name-taken")
                    .with("file", name)
                    .hint("other"),
            ]);
        }
        let written = self
            .refuse_links(&path)
            .and_then(|()| write_whole(&path, text.as_bytes()));
        match written {
            Ok(()) => Ok(name),
            Err(error) => Err(vec![unwritable(name, &error)]),
        }
    }

    /// Reads a file, under its name below the root.
    ///
    /// # Errors
    /// A file that cannot be read, is too large, or is not UTF-8.
    pub fn read(&self, path: &Path) -> Result<Source, Diagnostic> {
        let name = path
            .strip_prefix(&self.root)
            .unwrap_or(path)
            .display()
            .to_string();
        let bytes = read_bounded(path).map_err(|error| unreadable(path, &error))?;
        if bytes.len() > MAX_BYTES {
            let size = fs::metadata(path)
                .map_or(0, |metadata| metadata.len())
                .to_string();
            let source = Source::new(name, "");
            return Err(Diagnostic::error("file-too-large")
                .at(&source.span(0..0))
                .with("size", size));
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
        let glossary = self.root.join("agreements/glossary.yaml");
        let glossary = glossary.is_file().then(|| self.read(&glossary)).transpose();
        match (self.templates(), glossary) {
            (Ok(templates), Ok(glossary)) => Ok(Materials {
                templates,
                glossary,
            }),
            (templates, glossary) => {
                let faults = templates.err().into_iter().flatten();
                Err(faults.chain(glossary.err()).collect())
            }
        }
    }

    /// Returns the template files by their path below `templates/`: the
    /// built-in ones, replaced file by file by the project's own.
    ///
    /// # Errors
    /// Files that cannot be read.
    fn templates(&self) -> Outcome<BTreeMap<String, Source>> {
        let built_in = defaults::TEMPLATES.iter();
        let mut files: BTreeMap<String, Source> = built_in
            .map(|(path, text)| {
                (
                    (*path).to_owned(),
                    Source::new(format!("templates/{path}"), *text),
                )
            })
            .collect();
        let folder = self.root.join("templates");
        let mut faults = Vec::new();
        for path in files_below(&folder, 3) {
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
        if path.exists() {
            self.read(&path).map(Some)
        } else {
            Ok(None)
        }
    }

    /// Writes the lock of an agreement that has none.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn write_lock(&self, agreement: &Path, text: &str) -> Result<(), Diagnostic> {
        let path = Self::lock_path(agreement);
        write_whole(&path, text.as_bytes())
            .map_err(|error| unwritable(path.display().to_string(), &error))
    }

    /// Returns the folder that the documents go into, for people.
    pub fn output_folder(&self) -> String {
        let folder = self.root.join("output").display().to_string();
        format!("{}/", folder.strip_prefix("./").unwrap_or(&folder))
    }

    /// Returns the path of an output file below the root, for people.
    pub fn output_name(id: &str, file: &OutputFile) -> String {
        format!("output/{id}/{}", file.path)
    }

    /// Reads what `output/` holds now in the place of `file`.
    pub fn current(&self, id: &str, file: &OutputFile) -> Option<Vec<u8>> {
        fs::read(self.root.join(Self::output_name(id, file))).ok()
    }

    /// Writes the files of one agreement. Files that are as they should be
    /// already are left alone.
    ///
    /// # Errors
    /// The first file that cannot be written.
    pub fn write(&self, id: &str, files: &[OutputFile]) -> Result<(), Diagnostic> {
        for file in files {
            let name = Self::output_name(id, file);
            let path = self.root.join(&name);
            let written = self
                .refuse_links(&path)
                .and_then(|()| write_whole(&path, &file.bytes));
            written.map_err(|error| unwritable(name, &error))?;
        }
        Ok(())
    }

    /// Fails if any folder or file between the root and `path` is a link.
    fn refuse_links(&self, path: &Path) -> io::Result<()> {
        let mut place = self.root.clone();
        for part in path.strip_prefix(&self.root).unwrap_or(path).components() {
            place.push(part);
            if fs::symlink_metadata(&place).is_ok_and(|metadata| metadata.is_symlink()) {
                return Err(io::Error::other(format!(
                    "`{}` is a link to another place",
                    place.display()
                )));
            }
        }
        Ok(())
    }
}

fn is_agreement(path: &Path) -> bool {
    let hidden = path
        .file_name()
        .is_none_or(|name| name.to_string_lossy().starts_with('.'));
    let yaml = path
        .extension()
        .is_some_and(|ending| ending == "yaml" || ending == "yml");
    // The glossary is not an agreement.
    let glossary = path.file_stem().is_some_and(|stem| stem == "glossary");
    yaml && !hidden && !glossary && path.is_file()
}

fn files_below(folder: &Path, depth: usize) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut files = Vec::new();
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() && depth > 0 {
            files.extend(files_below(&path, depth - 1));
        } else if path
            .extension()
            .is_some_and(|e| e == "md" || e == "yaml" || e == "typ")
        {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// Reads a regular file, and no more of it than shows that it is too large.
fn read_bounded(path: &Path) -> io::Result<Vec<u8>> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("it is not a regular file"));
    }
    let mut bytes = Vec::new();
    File::open(path)?
        .take(MAX_BYTES as u64 + 1)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn unreadable(path: &Path, error: &io::Error) -> Diagnostic {
    let file = path.display().to_string();
    Diagnostic::error("unreadable-file")
        .with("file", file)
        .with("reason", error.to_string())
}

fn unwritable(file: String, error: &io::Error) -> Diagnostic {
    Diagnostic::error("unwritable-file")
        .with("file", file)
        .with("reason", error.to_string())
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

fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if fs::read(path).is_ok_and(|current| current == bytes) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    let temporary = path.with_file_name(name);
    let written = File::create(&temporary).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    let renamed = written.and_then(|()| fs::rename(&temporary, path));
    if renamed.is_err() {
        // The fault to report is the first one, not that of tidying up.
        let _ = fs::remove_file(&temporary);
    }
    renamed
}
