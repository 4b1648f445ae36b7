//! A project: the folder that everything of it is in.

use std::path::PathBuf;

use super::reach::Reach;

/// A folder with `agreements/`, and perhaps templates of its own.
#[derive(Clone)]
pub struct Project {
    pub(super) reach: Reach,
}

impl Project {
    /// Opens the project at `root`. Links that lead out of it are refused.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self {
            reach: Reach::new(root.into()),
        }
    }

    /// Lets links among the files that are read lead anywhere, if `allowed`.
    pub fn follow_links(mut self, allowed: bool) -> Self {
        self.reach.follow_links = allowed;
        self
    }

    /// Returns what `read` returns, and the digest of all files of the project that it
    /// reads, whatever they are: their names and their bytes.
    pub fn recorded<T>(&self, read: impl FnOnce() -> T) -> (T, String) {
        self.reach.recorded(read)
    }

    /// Returns the path of a document below the root, for people.
    pub fn output_name(id: &str, path: &str) -> String {
        format!("output/{id}/{path}")
    }

    pub(super) fn output(&self) -> PathBuf {
        self.reach.root.join("output")
    }
}
