//! Files as they are written: whole or not at all, and never through a link.
//!
//! Input: paths below a root, and bytes. Output: files, or a finding that names
//! the place in the way. Each file is written beside its place under a name that
//! nothing has, and renamed once all are complete. What a build that was cut off
//! left behind is cleared by the next: nobody holds its lock any more.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::diagnostic::Diagnostic;

use super::plain;
use super::reason::Reason;

/// Fails if anything between the root and `path` is no folder, or `path` itself
/// no regular file; what is not there may be made. `fault` tells what the fault is.
pub(super) fn refuse_strangers(
    root: &Path,
    path: &Path,
    fault: fn(Reason, String) -> Diagnostic,
) -> Result<(), Diagnostic> {
    let below = path.strip_prefix(root).unwrap_or(path);
    let mut place = root.to_owned();
    for part in below.components() {
        place.push(part);
        let name = || {
            place
                .strip_prefix(root)
                .unwrap_or(&place)
                .display()
                .to_string()
        };
        let found = match fs::symlink_metadata(&place) {
            Ok(metadata) => metadata.file_type(),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(fault(error.into(), name())),
        };
        let reason = match (place == path, found) {
            (true, found) if found.is_file() => continue,
            (false, found) if found.is_dir() => continue,
            (false, found) if found.is_file() => Reason::NO_FOLDER,
            (_, found) => Reason::of_type(found),
        };
        return Err(fault(reason, name()));
    }
    Ok(())
}

/// A file that is written and waits to be renamed; without that it is removed.
pub(super) struct Draft {
    temporary: PathBuf,
    target: PathBuf,
    /// Keeps the lock that tells other builds to let it be.
    _file: File,
}

impl Draft {
    /// Writes `bytes` beside `target`; nothing where it has them already.
    pub(super) fn write(target: &Path, bytes: &[u8]) -> Result<Option<Self>, Reason> {
        if plain::read(target, bytes.len()).is_ok_and(|plain| plain.bytes == bytes) {
            return Ok(None);
        }
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder)?;
        }
        let (temporary, mut file) = create_beside(target)?;
        // Not all file systems have locks; without them nothing is cleared.
        let _ = file.try_lock();
        let written = file.write_all(bytes).and_then(|()| file.sync_all());
        let draft = Self {
            temporary,
            target: target.to_owned(),
            _file: file,
        };
        written.map_err(Reason::from)?;
        Ok(Some(draft))
    }

    /// Puts the file in its place.
    pub(super) fn publish(self) -> Result<(), Reason> {
        Ok(fs::rename(&self.temporary, &self.target)?)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // Once it is renamed it has left; a fault of tidying up is no news.
        let _ = fs::remove_file(&self.temporary);
    }
}

/// A file beside another that only one program at a time holds; whoever holds it
/// may write the other.
pub(super) struct Guard {
    target: PathBuf,
    file: File,
    /// Whether it was renamed, and its name may be another's by now.
    left: bool,
}

impl Guard {
    /// Returns the guard of a file: `x.lock.part`.
    pub(super) fn beside(target: &Path) -> PathBuf {
        let mut name = target.file_name().unwrap_or_default().to_owned();
        name.push(".part");
        target.with_file_name(name)
    }

    /// Takes the guard of `target`; nothing where it is taken.
    pub(super) fn take(target: &Path) -> Result<Option<Self>, Reason> {
        match File::create_new(Self::beside(target)) {
            Ok(file) => Ok(Some(Self {
                target: target.to_owned(),
                file,
                left: false,
            })),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Puts `bytes` in the place of the target.
    pub(super) fn publish(mut self, bytes: &[u8]) -> Result<(), Reason> {
        self.file.write_all(bytes)?;
        self.file.sync_all()?;
        fs::rename(Self::beside(&self.target), &self.target)?;
        self.left = true;
        Ok(())
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        if !self.left {
            // A fault of tidying up is no news.
            let _ = fs::remove_file(Self::beside(&self.target));
        }
    }
}

/// So many names are tried for one file.
const MOST_NAMES: usize = 100;

/// Creates a file that was not there, beside `target`.
fn create_beside(target: &Path) -> io::Result<(PathBuf, File)> {
    let mut taken = None;
    for number in 0..MOST_NAMES {
        let mut name = target.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{}.{number}.part", std::process::id()));
        let temporary = target.with_file_name(name);
        match File::create_new(&temporary) {
            Ok(file) => return Ok((temporary, file)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => taken = Some(error),
            Err(error) => return Err(error),
        }
    }
    Err(taken.unwrap_or_else(|| ErrorKind::AlreadyExists.into()))
}

/// Removes what builds that were cut off left in a folder and in those below it.
/// Nothing is said of what cannot be removed: no document depends on it.
pub(super) fn clear(folder: &Path, depth: usize) {
    let is_folder = fs::symlink_metadata(folder).is_ok_and(|found| found.is_dir());
    let entries = is_folder.then(|| fs::read_dir(folder).ok()).flatten();
    for entry in entries.into_iter().flatten().flatten() {
        let path = entry.path();
        if depth > 0 && entry.file_type().is_ok_and(|found| found.is_dir()) {
            clear(&path, depth - 1);
        } else if is_left_over(&path) {
            let _ = fs::remove_file(&path);
        }
    }
}

/// Returns the paths of all files below a folder, sorted.
pub(super) fn below(folder: &Path) -> Vec<String> {
    fn gather(folder: &Path, prefix: &str, paths: &mut Vec<String>) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
            match entry.file_type().is_ok_and(|found| found.is_dir()) {
                true => gather(&entry.path(), &format!("{path}/"), paths),
                false => paths.push(path),
            }
        }
    }
    let mut paths = Vec::new();
    gather(folder, "", &mut paths);
    paths.sort();
    paths
}

/// Tells whether a file was left by a build that was cut off.
pub(super) fn is_left_over(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    is_left(&name) && plain::open(path).is_ok_and(|file| file.try_lock().is_ok())
}

/// Tells whether a name is one of [`create_beside`]: `vi.md.4711.0.part`.
fn is_left(name: &str) -> bool {
    let Some(rest) = name.strip_suffix(".part") else {
        return false;
    };
    let mut ends = rest.rsplitn(3, '.');
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let numbers = ends.by_ref().take(2).filter(|part| is_number(part)).count();
    numbers == 2 && ends.next().is_some_and(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::is_left;

    #[test]
    fn only_our_own_names_are_cleared() {
        for name in ["vi.md.4711.0.part", "a.lock.1.99.part"] {
            assert!(is_left(name), "{name}");
        }
        for name in [
            "vi.md",
            "vi.md.part",
            "vi.part",
            "1.2.part",
            "a.b.2.part",
            "a.1..part",
        ] {
            assert!(!is_left(name), "{name}");
        }
    }
}
