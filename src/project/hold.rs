//! One build at a time for the documents of one agreement.
//!
//! Input: the folder of an agreement's documents. Output: a lock on `.<id>.lock` beside
//! it, which says whose it is. The system gives it back when the process ends, however
//! it ends; the file goes with whoever holds it.

use std::fs::{self, File, TryLockError};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use crate::diagnostic::Diagnostic;

use super::plain;
use super::reason::Reason;

/// So long another build is waited for: it holds an agreement while it writes, which
/// takes a fraction of a second.
const PATIENCE: Duration = Duration::from_secs(30);

/// How often it is looked whether the other one is done.
const PAUSE: Duration = Duration::from_millis(20);

/// The lock of one agreement's documents.
pub(super) struct Hold {
    path: PathBuf,
    /// Nothing where the file system has no locks.
    file: Option<File>,
}

impl Hold {
    /// Returns the lock's file.
    pub(super) fn beside(output: &Path, id: &str) -> PathBuf {
        output.join(format!(".{id}.lock"))
    }

    /// Waits for the lock of an agreement's documents, below `output`.
    ///
    /// # Errors
    /// Another process has it and does not give it back, or it cannot be written.
    pub(super) fn take(output: &Path, id: &str) -> Result<Self, Diagnostic> {
        let path = Self::beside(output, id);
        let name = || format!("output/.{id}.lock");
        let end = Instant::now() + PATIENCE;
        loop {
            match Self::attempt(&path) {
                Ok(Some(hold)) => return Ok(hold),
                Ok(None) if Instant::now() < end => thread::sleep(PAUSE),
                Ok(None) => {
                    let fault = Diagnostic::error("output-taken").with("file", name());
                    return Err(fault.with("process", holder(&path)).hint("wait"));
                }
                Err(reason) => return Err(reason.unwritable(name())),
            }
        }
    }

    /// Tells whether the file system has locks, so that nobody else can have this one.
    pub(super) fn is_certain(&self) -> bool {
        self.file.is_some()
    }

    /// Takes the lock if nobody has it.
    pub(super) fn attempt(path: &Path) -> Result<Option<Self>, Reason> {
        let mut file = plain::open_or_create(path)?;
        let locked = match file.try_lock() {
            Ok(()) => true,
            Err(TryLockError::WouldBlock) => return Ok(None),
            // Not all file systems have locks; one build at a time is right on them too.
            Err(TryLockError::Error(_)) => false,
        };
        // Whoever had it may have taken the file away since it was opened.
        if locked && !is_same(&file, path) {
            return Ok(None);
        }
        // On a full disk it is taken all the same; the number is for people.
        let number = std::process::id().to_string();
        let _ = file.set_len(0);
        let _ = file.write_all(number.as_bytes());
        Ok(Some(Self {
            path: path.to_owned(),
            file: locked.then_some(file),
        }))
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        // While it is held, nobody else's is removed; a fault of tidying up is no news.
        let _ = fs::remove_file(&self.path);
    }
}

/// Returns the number of the process that holds a lock, as it was written there.
fn holder(path: &Path) -> String {
    let mut number = String::new();
    let read = plain::open(path).map(|file| file.take(20).read_to_string(&mut number));
    let digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    match (read, digits) {
        (Ok(Ok(_)), true) => number,
        _ => "?".to_owned(),
    }
}

#[cfg(unix)]
fn is_same(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let facts = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
    let (own, there) = (file.metadata(), fs::symlink_metadata(path));
    own.ok().map(facts) == there.ok().map(facts)
}

#[cfg(not(unix))]
fn is_same(_: &File, path: &Path) -> bool {
    path.exists()
}
