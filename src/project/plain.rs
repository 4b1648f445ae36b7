//! Regular files, read without blocking and within a bound.
//!
//! Input: the path of something that may be anything. Output: its bytes, or why
//! it is not read: a folder, a pipe or a device is never opened for reading.

use std::fs::{self, File, OpenOptions};
use std::io::Read;
use std::path::Path;

use super::reason::Reason;

/// What was read of a file.
pub(super) struct Plain {
    /// Its first bytes, one more than asked for where it is longer.
    pub(super) bytes: Vec<u8>,
    /// How long the whole of it is, as the system says.
    pub(super) size: u64,
}

/// Reads a regular file that is no link, up to one byte more than `most`.
pub(super) fn read(path: &Path, most: usize) -> Result<Plain, Reason> {
    let file = open(path)?;
    let size = file.metadata()?.len();
    let mut bytes = Vec::new();
    file.take(most as u64 + 1).read_to_end(&mut bytes)?;
    Ok(Plain { bytes, size })
}

/// Opens a regular file that is no link.
pub(super) fn open(path: &Path) -> Result<File, Reason> {
    regular(fs::symlink_metadata(path)?)?;
    let file = options().read(true).open(path)?;
    // It may have been replaced since.
    regular(file.metadata()?)?;
    Ok(file)
}

/// Opens a regular file that is no link, to read and write it; makes it where there is
/// nothing.
pub(super) fn open_or_create(path: &Path) -> Result<File, Reason> {
    let mut options = options();
    let file = options.read(true).write(true).create(true).open(path)?;
    regular(file.metadata()?)?;
    Ok(file)
}

fn regular(metadata: fs::Metadata) -> Result<(), Reason> {
    match metadata.file_type() {
        found if found.is_file() => Ok(()),
        found => Err(Reason::of_type(found)),
    }
}

/// Returns options with which opening neither waits nor follows a last link.
#[cfg(unix)]
fn options() -> OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = OpenOptions::new();
    options.custom_flags(libc::O_NONBLOCK | libc::O_NOFOLLOW);
    options
}

#[cfg(not(unix))]
fn options() -> OpenOptions {
    OpenOptions::new()
}
