//! A folder of documents that takes the place of another at once.
//!
//! Input: the folder of an agreement's documents, and the files that are new. Output:
//! the folder with these, and with all else that was in it, by one step of the file
//! system: whoever looks, and whenever the program is ended, the documents are those of
//! before or those of now. The new folder is put together in `.<id>.<process>.<n>.part`
//! beside the old one; what stays is in both, under two names of one file. Then they
//! change places, and the old one is removed.
//!
//! Where the file system cannot do that, a manifest comes first that knows the files of
//! before and of now and takes none of them for up to date; then the files are renamed one
//! after the other, and the manifest comes last: what was cut off is made anew, and what
//! is gone is still known to be ours.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::manifest::{self, Manifest};
use super::output::is_left_over;
use super::reason::Reason;

/// A folder that is put together beside the one whose place it takes.
pub(super) struct Stage {
    /// `output/.x.4711.0.part`, which goes with all that is in it.
    part: PathBuf,
    /// The new folder in it, named by the number that the file system gave it: what
    /// stands there under another number is the folder of before.
    folder: PathBuf,
    live: PathBuf,
    /// The new files, by their paths.
    new: Vec<String>,
    /// The text of the manifest while files are renamed one after the other.
    between: String,
    /// Whether all else that was in the old folder is in the new one too.
    linked: bool,
    /// Whether what is in `part` is of no use to anybody.
    disposable: bool,
}

/// So many names are tried.
const MOST_NAMES: usize = 100;

impl Stage {
    /// Starts a folder that is to take the place of `output/<id>`.
    pub(super) fn begin(output: &Path, id: &str) -> Result<Self, Reason> {
        let mut part = Err(io::Error::from(ErrorKind::AlreadyExists));
        for number in 0..MOST_NAMES {
            let name = format!(".{id}.{}.{number}.part", std::process::id());
            let path = output.join(name);
            part = fs::create_dir(&path).map(|()| path);
            if !part.as_ref().is_err_and(is_taken) {
                break;
            }
        }
        let part = part?;
        let mut stage = Self {
            folder: part.join("new"),
            part,
            live: output.join(id),
            new: Vec::new(),
            between: String::new(),
            linked: true,
            disposable: true,
        };
        fs::create_dir(&stage.folder)?;
        let numbered = stage.part.join(number(&stage.folder)?);
        fs::rename(&stage.folder, &numbered)?;
        stage.folder = numbered;
        Ok(stage)
    }

    /// Takes over what the old folder holds, but for what is `left_out`.
    pub(super) fn keep(&mut self, left_out: &dyn Fn(&str) -> bool) -> Result<(), Reason> {
        let (live, folder) = (self.live.clone(), self.folder.clone());
        if fs::symlink_metadata(&live).is_ok_and(|found| found.is_dir()) {
            self.linked = link_below(&live, &folder, "", left_out)?;
        }
        Ok(())
    }

    /// Tells whether nothing is in it.
    pub(super) fn is_empty(&self) -> bool {
        self.linked && fs::read_dir(&self.folder).is_ok_and(|mut found| found.next().is_none())
    }

    /// Writes a new file and returns what the system says of it.
    pub(super) fn write(&mut self, path: &str, bytes: &[u8]) -> Result<fs::Metadata, Reason> {
        let place = self.folder.join(path);
        if let Some(folder) = place.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut file = fs::File::create_new(&place)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        self.new.push(path.to_owned());
        Ok(file.metadata()?)
    }

    /// Writes the manifest, and keeps what it says while the work is half done.
    pub(super) fn describe(&mut self, after: &Manifest, between: &Manifest) -> Result<(), Reason> {
        self.between = between.json();
        self.write(manifest::NAME, after.json().as_bytes())
            .map(drop)
    }

    /// Puts the new folder in the place of the old one. `is_gone` tells of a file of the
    /// old one that it is not to be kept.
    pub(super) fn switch(mut self, is_gone: &dyn Fn(&str) -> bool) -> Result<(), Reason> {
        if fs::symlink_metadata(&self.live).is_err() {
            return Ok(fs::rename(&self.folder, &self.live)?);
        }
        if self.linked {
            grant_below(&self.live, &self.folder);
            match exchange(&self.folder, &self.live) {
                Ok(()) => {
                    self.disposable = retire(&self.folder, &self.live, "", is_gone);
                    return Ok(());
                }
                Err(error) if is_unable(&error) => {}
                Err(error) => return Err(error.into()),
            }
        }
        self.rename_each(is_gone)
    }

    /// Takes the old folder away, of which nothing is to be kept.
    pub(super) fn remove_old(mut self, is_gone: &dyn Fn(&str) -> bool) -> Result<(), Reason> {
        let old = self.part.join("old");
        fs::rename(&self.live, &old)?;
        self.disposable = retire(&old, &self.live, "", is_gone);
        Ok(())
    }

    /// Puts each new file in its place, the manifest last.
    fn rename_each(&mut self, is_gone: &dyn Fn(&str) -> bool) -> Result<(), Reason> {
        let is_list = |path: &str| path == manifest::NAME;
        let list = self.live.join(manifest::NAME);
        let described = self.new.iter().any(|path| is_list(path));
        if described {
            let between = self.part.join("between");
            let mut file = fs::File::create_new(&between)?;
            file.write_all(self.between.as_bytes())?;
            file.sync_all()?;
            fs::rename(&between, &list)?;
        }
        for path in self.new.iter().filter(|path| !is_list(path)) {
            let place = self.live.join(path);
            if let Some(folder) = place.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::rename(self.folder.join(path), place)?;
        }
        remove_below(&self.live, "", &|path| !is_list(path) && is_gone(path));
        if described {
            fs::rename(self.folder.join(manifest::NAME), list)?;
        } else if is_gone(manifest::NAME) {
            fs::remove_file(list)?;
            // It stays where it is not empty.
            let _ = fs::remove_dir(&self.live);
        }
        Ok(())
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if self.disposable {
            // A fault of tidying up is no news.
            let _ = fs::remove_dir_all(&self.part);
        }
    }
}

fn is_taken(error: &io::Error) -> bool {
    error.kind() == ErrorKind::AlreadyExists
}

/// Returns the paths of what a folder holds, each with its type, by name.
fn entries(folder: &Path) -> io::Result<Vec<(String, PathBuf, fs::FileType)>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        found.push((name, entry.path(), entry.file_type()?));
    }
    Ok(found)
}

fn below(prefix: &str, name: &str) -> String {
    match prefix {
        "" => name.to_owned(),
        prefix => format!("{prefix}/{name}"),
    }
}

/// Gives all files below a folder a second name below another; returns whether the file
/// system can.
fn link_below(
    from: &Path,
    to: &Path,
    prefix: &str,
    left_out: &dyn Fn(&str) -> bool,
) -> Result<bool, Reason> {
    let mut all = true;
    let found = entries(from)?;
    let was_empty = found.is_empty();
    for (name, path, kind) in found {
        let below = below(prefix, &name);
        let place = to.join(path.file_name().unwrap_or_default());
        if kind.is_dir() {
            fs::create_dir(&place)?;
            all &= link_below(&path, &place, &below, left_out)?;
        } else if !left_out(&below) && !is_left_over(&path) {
            all &= link(&path, &place)?;
        }
    }
    // A folder goes with the last of its files, unless it was empty before.
    if !prefix.is_empty() && !was_empty {
        let _ = fs::remove_dir(to);
    }
    Ok(all)
}

fn link(from: &Path, to: &Path) -> Result<bool, Reason> {
    use ErrorKind::{NotFound, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
    match fs::hard_link(from, to) {
        Ok(()) => Ok(true),
        // Somebody took it away meanwhile.
        Err(error) if error.kind() == NotFound => Ok(true),
        Err(error) if [StorageFull, QuotaExceeded, ReadOnlyFilesystem].contains(&error.kind()) => {
            Err(error.into())
        }
        Err(_) => Ok(false),
    }
}

/// Gives folders the rights that they had.
fn grant_below(from: &Path, to: &Path) {
    let rights = fs::symlink_metadata(from).map(|found| found.permissions());
    if let Ok(rights) = rights
        && !rights.readonly()
    {
        // They stay those of every new folder where that is not allowed.
        let _ = fs::set_permissions(to, rights);
    }
    let folders = entries(to).unwrap_or_default().into_iter();
    for (name, path, _) in folders.filter(|(_, _, kind)| kind.is_dir()) {
        let before = from.join(name);
        if fs::symlink_metadata(&before).is_ok_and(|found| found.is_dir()) {
            grant_below(&before, &path);
        }
    }
}

/// Empties a folder that has lost its place. What is not in the new one, and is not
/// gone on purpose, was put there meanwhile by somebody else, and is handed on. Returns
/// whether all of it can go.
fn retire(old: &Path, live: &Path, prefix: &str, is_gone: &dyn Fn(&str) -> bool) -> bool {
    let Ok(found) = entries(old) else {
        return false;
    };
    let mut all = true;
    for (name, path, kind) in found {
        let below = below(prefix, &name);
        let place = live.join(&below);
        let known = fs::symlink_metadata(&place).is_ok();
        if kind.is_dir() {
            all &= retire(&path, live, &below, is_gone);
        } else if !known && !is_gone(&below) && !is_left_over(&path) {
            let folder = place.parent().map_or(Ok(()), fs::create_dir_all);
            all &= folder.and_then(|()| fs::rename(&path, &place)).is_ok();
        }
    }
    all
}

/// Removes the files below a folder that are gone, and the folders that held them alone.
fn remove_below(folder: &Path, prefix: &str, is_gone: &dyn Fn(&str) -> bool) {
    for (name, path, kind) in entries(folder).unwrap_or_default() {
        let below = below(prefix, &name);
        if kind.is_dir() {
            remove_below(&path, &below, is_gone);
            // It stays where it is not empty.
            let _ = fs::remove_dir(&path);
        } else if is_gone(&below) {
            let _ = fs::remove_file(&path);
        }
    }
}

/// Clears `.<id>.<process>.<n>.part`, which a build that was ended has left: a folder
/// that was put together for nothing, or one that had just lost its place, of which
/// `is_gone` tells what is not to be kept.
pub(super) fn clear(part: &Path, live: &Path, is_gone: &dyn Fn(&Path, &str) -> bool) {
    let mut all = true;
    for (name, path, kind) in entries(part).unwrap_or_default() {
        let unused = name == "new" || number(&path).is_ok_and(|number| number == name);
        if kind.is_dir() && !unused {
            all &= retire(&path, live, "", &|below| is_gone(&path, below));
        }
    }
    if all {
        // A fault of tidying up is no news.
        let _ = fs::remove_dir_all(part);
    }
}

/// Tells whether a name is one of [`Stage::begin`], and returns the id in it.
pub(super) fn staged(name: &str) -> Option<&str> {
    let rest = name.strip_prefix('.')?.strip_suffix(".part")?;
    let mut ends = rest.rsplitn(3, '.');
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let numbers = ends.by_ref().take(2).filter(|part| is_number(part)).count();
    ends.next().filter(|id| numbers == 2 && !id.is_empty())
}

/// Returns the number that the file system gave a folder.
#[cfg(unix)]
fn number(folder: &Path) -> io::Result<String> {
    use std::os::unix::fs::MetadataExt;
    Ok(fs::symlink_metadata(folder)?.ino().to_string())
}

#[cfg(not(unix))]
fn number(_: &Path) -> io::Result<String> {
    Ok("new".to_owned())
}

/// Lets two folders change places, in one step.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(ErrorKind::Unsupported.into())
}

/// Tells whether the file system cannot let folders change places.
fn is_unable(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::Unsupported | ErrorKind::InvalidInput | ErrorKind::CrossesDevices
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    type Files<'a> = &'a [(&'a str, &'a str)];

    fn folder(name: &str, files: Files<'_>) -> PathBuf {
        let output = std::env::temp_dir().join(format!("alternat-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&output);
        for (path, text) in files {
            let place = output.join("x").join(path);
            fs::create_dir_all(place.parent().expect("a parent")).expect("a folder");
            fs::write(place, text).expect("a file");
        }
        output
    }

    fn files(output: &Path) -> Vec<(String, String)> {
        let mut found = super::super::output::below(&output.join("x"));
        found.sort();
        let text = |path: &String| fs::read_to_string(output.join("x").join(path));
        let read = found
            .iter()
            .map(|path| (path.clone(), text(path).expect("readable")));
        read.collect()
    }

    fn stage(output: &Path) -> Stage {
        let mut stage = Stage::begin(output, "x").expect("a stage");
        let apart = ["vi.md", "gone.md", "draft/vi.pdf", manifest::NAME];
        let new = |path: &str| apart.contains(&path);
        stage.keep(&new).expect("kept");
        stage.write("vi.md", b"new").expect("written");
        stage.write("final/vi.pdf", b"new").expect("written");
        let after = Manifest::default();
        stage.describe(&after, &after).expect("written");
        stage
    }

    #[test]
    fn both_ways_lead_to_the_same_folder() {
        let before: Files<'_> = &[
            (manifest::NAME, "old"),
            ("vi.md", "old"),
            ("lo.md", "stays"),
            ("gone.md", "old"),
            ("draft/vi.pdf", "old"),
        ];
        let gone = |path: &str| ["gone.md", "draft/vi.pdf"].contains(&path);
        let (one, other) = (folder("one", before), folder("other", before));
        stage(&one).switch(&gone).expect("switched");
        let mut each = stage(&other);
        each.rename_each(&gone).expect("renamed");
        drop(each);
        let text = Manifest::default().json();
        let now = [
            (manifest::NAME, text.as_str()),
            ("final/vi.pdf", "new"),
            ("lo.md", "stays"),
            ("vi.md", "new"),
        ];
        let now = now.map(|(path, text)| (path.to_owned(), text.to_owned()));
        for output in [one, other] {
            assert_eq!(files(&output), now);
            let left = fs::read_dir(&output).expect("a folder").count();
            assert_eq!(left, 1, "{}", output.display());
            fs::remove_dir_all(output).expect("removable");
        }
    }
}
