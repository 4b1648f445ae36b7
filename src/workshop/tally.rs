//! How much has been rendered and read: whether each text was made only once.

use std::sync::atomic::{AtomicUsize, Ordering};

/// What a workshop has done since it was opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Texts rendered from templates.
    pub rendered: usize,
    /// Rendered texts read into trees.
    pub read: usize,
    /// Markdown fields of agreements read into trees.
    pub fields: usize,
}

/// Counts on all threads.
#[derive(Debug, Default)]
pub(super) struct Counter {
    rendered: AtomicUsize,
    read: AtomicUsize,
    fields: AtomicUsize,
}

impl Counter {
    pub(super) fn count_rendered(&self) {
        self.rendered.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn count_read(&self) {
        self.read.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn count_fields(&self, number: usize) {
        self.fields.fetch_add(number, Ordering::Relaxed);
    }

    pub(super) fn tally(&self) -> Tally {
        Tally {
            rendered: self.rendered.load(Ordering::Relaxed),
            read: self.read.load(Ordering::Relaxed),
            fields: self.fields.load(Ordering::Relaxed),
        }
    }
}
