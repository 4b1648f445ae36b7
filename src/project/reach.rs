//! Which files may be read: the one place that answers it.
//!
//! Input: a path in the project or one that was named. Output: its bytes, or what
//! a folder holds; or a finding. A path of the project stays within its root, and
//! a file elsewhere is read where it was named: no link leads to another place
//! unless links are allowed.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::diagnostic::{Diagnostic, Outcome};
use crate::text::digest::Hasher;

use super::plain::{self, Plain};
use super::reason::Reason;

/// How far a project reaches.
#[derive(Clone)]
pub(super) struct Reach {
    pub(super) root: PathBuf,
    /// Whether links may lead anywhere.
    pub(super) follow_links: bool,
    /// The digest of all that was read since it was asked last.
    read: Arc<Mutex<Hasher>>,
}

impl Reach {
    pub(super) fn new(root: PathBuf) -> Self {
        Self {
            root,
            follow_links: false,
            read: Arc::default(),
        }
    }

    /// Returns what `read` returns, and the digest of all files that it reads.
    pub(super) fn recorded<T>(&self, read: impl FnOnce() -> T) -> (T, String) {
        let take =
            || std::mem::take(&mut *self.read.lock().unwrap_or_else(PoisonError::into_inner));
        take();
        let result = read();
        (result, take().finish())
    }

    /// Returns the name of a path for people: that below the root.
    pub(super) fn name(&self, path: &Path) -> String {
        let below = path.strip_prefix(&self.root).unwrap_or(path);
        below.display().to_string()
    }

    /// Reads a regular file, up to one byte more than `most`.
    pub(super) fn read(&self, path: &Path, most: usize) -> Result<Plain, Diagnostic> {
        let real = self.real(path)?;
        let plain = plain::read(&real, most);
        let plain = plain.map_err(|reason| reason.unreadable(self.name(path)))?;
        let mut record = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        record.add(&self.name(path));
        record.add_bytes(&plain.bytes);
        Ok(plain)
    }

    /// Returns what a folder holds, sorted, without hidden files; nothing where
    /// there is no such folder.
    pub(super) fn list(&self, folder: &Path) -> Outcome<Vec<PathBuf>> {
        if !is_there(folder) {
            return Ok(Vec::new());
        }
        let fault = |error: io::Error| Reason::from(error).unreadable(self.name(folder));
        let real = self.real(folder).map_err(|fault| vec![fault])?;
        let entries = fs::read_dir(real).map_err(|error| vec![fault(error)])?;
        let (mut found, mut faults) = (Vec::new(), Vec::new());
        for entry in entries {
            match entry {
                Ok(entry) if entry.file_name().to_string_lossy().starts_with('.') => {}
                Ok(entry) => found.push(folder.join(entry.file_name())),
                Err(error) => faults.push(fault(error)),
            }
        }
        found.sort();
        if faults.is_empty() {
            Ok(found)
        } else {
            Err(faults)
        }
    }

    /// Tells whether the path leads to a folder.
    pub(super) fn is_folder(&self, path: &Path) -> Result<bool, Diagnostic> {
        let metadata = fs::symlink_metadata(self.real(path)?);
        let metadata = metadata.map_err(|error| Reason::from(error).unreadable(self.name(path)))?;
        Ok(metadata.is_dir())
    }

    /// Returns where a path leads, if it may be followed.
    fn real(&self, path: &Path) -> Result<PathBuf, Diagnostic> {
        let unreadable = |error: io::Error| match broken_link(path) {
            Some(link) => Diagnostic::error("broken-link")
                .with("file", self.name(&link))
                .hint("replace"),
            None => Reason::from(error).unreadable(self.name(path)),
        };
        let real = fs::canonicalize(path).map_err(unreadable)?;
        let home = match self.holds(path).map_err(unreadable)? {
            true => fs::canonicalize(&self.root),
            // `canonicalize` takes no empty path.
            false => fs::canonicalize(Path::new(".").join(path.parent().unwrap_or(path))),
        };
        if self.follow_links || real.starts_with(home.map_err(unreadable)?) {
            return Ok(real);
        }
        Err(Diagnostic::error("link-outside")
            .with("file", self.name(path))
            .with("target", real.display().to_string())
            .hint("replace"))
    }

    /// Tells whether a path, as it is written, lies below the root.
    fn holds(&self, path: &Path) -> io::Result<bool> {
        Ok(absolute(path)?.starts_with(absolute(&self.root)?))
    }
}

/// Tells whether anything stands at a path, be it a broken link or out of reach.
pub(super) fn is_there(path: &Path) -> bool {
    let absent = [io::ErrorKind::NotFound, io::ErrorKind::NotADirectory];
    match fs::symlink_metadata(path) {
        Ok(_) => true,
        Err(error) => !absent.contains(&error.kind()),
    }
}

/// Returns what two paths to one file have in common.
pub(super) fn identity(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// Returns the path from the root of the system, as it is written: no link is
/// looked at.
fn absolute(path: &Path) -> io::Result<PathBuf> {
    let mut steps = PathBuf::new();
    for step in std::path::absolute(Path::new(".").join(path))?.components() {
        match step {
            Component::ParentDir => drop(steps.pop()),
            Component::CurDir => {}
            step => steps.push(step),
        }
    }
    Ok(steps)
}

/// Returns the first link on a path that leads to nothing.
fn broken_link(path: &Path) -> Option<PathBuf> {
    let mut places: Vec<&Path> = path.ancestors().collect();
    places.reverse();
    let is_link = |place: &Path| fs::symlink_metadata(place).is_ok_and(|found| found.is_symlink());
    let broken = |place: &&&Path| is_link(place) && fs::metadata(place).is_err();
    places.iter().find(broken).map(|place| place.to_path_buf())
}
