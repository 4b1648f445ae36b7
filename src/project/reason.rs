//! Why a file cannot be read or written, in words of ours.
//!
//! Input: what the system says, or what stands in the place of a file. Output: a
//! finding, whose reason is looked up in the language of messages.

use std::fs::FileType;
use std::io::{self, ErrorKind};

use crate::diagnostic::Diagnostic;

/// A reason: a key of the program's words, and the system's own number for it
/// where the words are not enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reason {
    key: &'static str,
    number: Option<i32>,
}

impl Reason {
    /// The place is no folder, where one is needed.
    pub(super) const NO_FOLDER: Self = Self::new("@io-no-folder");
    /// What is there is far larger than what belongs there.
    pub(super) const LARGE: Self = Self::new("@io-large");
    /// A folder lies deeper than is looked.
    pub(super) const DEEP: Self = Self::new("@io-deep");
    /// There are more files than are read.
    pub(super) const MANY: Self = Self::new("@io-many");

    const fn new(key: &'static str) -> Self {
        Self { key, number: None }
    }

    /// Returns why something of this type is not taken for a file.
    pub(super) fn of_type(found: FileType) -> Self {
        Self::new(match found {
            _ if found.is_symlink() => "@io-link",
            _ if found.is_dir() => "@io-folder",
            _ => special(found),
        })
    }

    /// Returns the finding that `file` cannot be read.
    pub(super) fn unreadable(self, file: String) -> Diagnostic {
        self.said(Diagnostic::error("unreadable-file"), file)
    }

    /// Returns the finding that `file` cannot be written.
    pub(super) fn unwritable(self, file: String) -> Diagnostic {
        self.said(Diagnostic::error("unwritable-file"), file)
    }

    fn said(self, fault: Diagnostic, file: String) -> Diagnostic {
        let fault = fault.with("file", file).with("reason", self.key);
        match self.number {
            Some(number) => fault.with("number", number.to_string()).hint("system"),
            None => fault,
        }
    }
}

impl From<io::Error> for Reason {
    fn from(error: io::Error) -> Self {
        let key = match error.kind() {
            ErrorKind::NotFound => "@io-not-found",
            ErrorKind::PermissionDenied => "@io-permission",
            ErrorKind::AlreadyExists => "@io-taken",
            ErrorKind::IsADirectory => "@io-folder",
            ErrorKind::NotADirectory => "@io-no-folder",
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::WriteZero => "@io-full",
            ErrorKind::ReadOnlyFilesystem => "@io-read-only",
            ErrorKind::InvalidFilename | ErrorKind::InvalidInput => "@io-name",
            _ => "@io-other",
        };
        let number = error.raw_os_error().filter(|_| key == "@io-other");
        Self { key, number }
    }
}

#[cfg(unix)]
fn special(found: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    match found {
        _ if found.is_fifo() => "@io-pipe",
        _ if found.is_block_device() || found.is_char_device() => "@io-device",
        _ => "@io-special",
    }
}

#[cfg(not(unix))]
fn special(_: FileType) -> &'static str {
    "@io-special"
}
