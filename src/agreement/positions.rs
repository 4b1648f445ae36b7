//! Where the values of an agreement stand in its file.

use std::collections::BTreeMap;
use std::ops::Bound;

use crate::source::{Source, Span};

/// Where each key path of an agreement stands in its file.
#[derive(Clone, Debug)]
pub struct Positions {
    source: Source,
    spans: BTreeMap<String, Span>,
}

impl Positions {
    /// Starts an empty table for `source`.
    pub fn new(source: &Source) -> Self {
        Self {
            source: source.clone(),
            spans: BTreeMap::new(),
        }
    }

    /// Returns the file.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// Remembers where the value at `path` stands.
    pub fn insert(&mut self, path: impl Into<String>, span: &Span) {
        self.spans.insert(path.into(), span.clone());
    }

    /// Returns where the value at `path` stands, if the file has it.
    pub fn exact(&self, path: &str) -> Option<Span> {
        self.spans.get(path).cloned()
    }

    /// Returns where the values stand that are taken from another file: no mappings and
    /// lists of them.
    pub fn elsewhere(&self) -> impl Iterator<Item = &Span> {
        let values = self.spans.iter().filter(|(path, span)| {
            let mut next = self
                .spans
                .range::<String, _>((Bound::Excluded(*path), Bound::Unbounded));
            let below = next.next().is_some_and(|(next, _)| {
                let rest = next.strip_prefix(path.as_str());
                rest.is_some_and(|rest| rest.starts_with(['.', '[']))
            });
            !span.source().is(&self.source) && !below
        });
        values.map(|(_, span)| span)
    }

    /// Returns where the value at `path` stands, or the nearest enclosing
    /// value that the file has.
    pub fn at(&self, path: &str) -> Span {
        let mut path = path;
        loop {
            if let Some(span) = self.spans.get(path) {
                return span.clone();
            }
            match path.rfind(['.', '[']) {
                Some(end) => path = &path[..end],
                None => return self.source.span(0..0),
            }
        }
    }
}
