//! The state of reading a refused file: its lines, what is open, and the slips
//! found so far.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::super::silent;
use super::super::words::{key_of, known_keys, word_length};

/// Longer lines are not shown as they should stand: nobody could compare them.
pub(super) const LONGEST_TYPED: usize = 1500;

/// After so many slips the rest of a file is not read.
const MOST: usize = 1000;

/// A slip: what it is, where, and the line as it should stand.
#[derive(Clone, Debug)]
pub(super) struct Slip {
    pub(super) code: &'static str,
    pub(super) hint: &'static str,
    pub(super) range: Range<usize>,
    pub(super) values: Vec<(&'static str, String)>,
    /// What its line should be.
    pub(super) typed: Option<String>,
}

/// What a level of the file is made of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    Keys,
    List,
}

/// A depth at which lines stand.
#[derive(Clone, Debug)]
pub(super) struct Level {
    pub(super) indent: usize,
    pub(super) kind: Kind,
    /// The key that it is the value of.
    pub(super) key: String,
    /// The line that opened it, and whether others have followed.
    pub(super) first: usize,
    pub(super) alone: bool,
    /// The byte of that line at which its key or dash stands.
    pub(super) start: usize,
}

/// A line without its end.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    /// The byte at which it starts.
    pub(super) start: usize,
    pub(super) text: &'a str,
}

impl<'a> Line<'a> {
    pub(super) fn indent(&self) -> usize {
        self.text.len() - self.text.trim_start_matches(' ').len()
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    pub(super) fn content(&self) -> &'a str {
        self.text.trim_start()
    }
}

/// What the last key or list item had, which decides what may follow.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Last {
    /// Nothing: deeper lines may follow.
    Empty,
    /// A text, whose further lines stand at this indentation.
    Text(usize),
    /// A value that is complete.
    Done,
}

pub(super) struct Scanner<'a> {
    pub(super) text: &'a str,
    pub(super) lines: Vec<Line<'a>>,
    /// The line that is read next.
    pub(super) next: usize,
    pub(super) levels: Vec<Level>,
    pub(super) last: Last,
    /// The key that was read last, and the one before it.
    pub(super) key: String,
    pub(super) opener: String,
    /// What is known to be a key.
    pub(super) keys: BTreeSet<&'a str>,
    /// Below which keys each key has been seen.
    pub(super) parents: BTreeMap<String, BTreeSet<String>>,
    pub(super) slips: Vec<Slip>,
    /// Whether anything but comments and directives has been read.
    pub(super) begun: bool,
    /// The anchors and aliases of the file.
    pub(super) names: silent::Names<'a>,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str, parents: BTreeMap<String, BTreeSet<String>>) -> Self {
        let mut lines = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let bare = line.trim_end_matches(['\n', '\r']);
            lines.push(Line { start, text: bare });
            start += line.len();
        }
        let mut keys: BTreeSet<&str> = known_keys().collect();
        keys.extend(lines.iter().filter_map(|line| {
            let content = line.content().trim_start_matches("- ").trim_start();
            key_of(content).map(|(key, _)| key)
        }));
        Self {
            text,
            lines,
            next: 0,
            levels: Vec::new(),
            last: Last::Empty,
            key: String::new(),
            opener: String::new(),
            keys,
            parents,
            slips: Vec::new(),
            begun: false,
            names: silent::Names::of(text),
        }
    }

    pub(super) fn key_at(&self, rest: &'a str) -> Option<(&'a str, usize)> {
        key_of(rest).filter(|_| self.is_key(rest))
    }

    /// Tells whether `rest` starts with a key and its colon.
    pub(super) fn is_key(&self, rest: &str) -> bool {
        key_of(rest).is_some_and(|(key, _)| self.keys.contains(key))
    }

    /// Tells whether `rest` starts with a known key that lacks a colon or space.
    pub(super) fn near_key(&self, rest: &str) -> bool {
        let (word, after) = rest.split_at(word_length(rest));
        let colon = after.trim_start().starts_with([':', '：', '﹕', ';', '=']);
        self.keys.contains(word) && colon && !after.starts_with("://")
    }

    /// Returns the line `at` with `range` of the text replaced.
    pub(super) fn line_with(&self, at: usize, range: Range<usize>, with: &str) -> Option<String> {
        let line = self.lines[at];
        if line.text.len() > LONGEST_TYPED {
            return None;
        }
        let (start, end) = (range.start - line.start, range.end - line.start);
        Some(format!(
            "{}{with}{}",
            &line.text[..start],
            &line.text[end.max(start)..]
        ))
    }

    pub(super) fn slip(
        &mut self,
        code: &'static str,
        hint: &'static str,
        range: Range<usize>,
        typed: impl Into<Option<String>>,
    ) {
        self.slip_with(code, hint, range, typed, Vec::new());
    }

    pub(super) fn slip_with(
        &mut self,
        code: &'static str,
        hint: &'static str,
        range: Range<usize>,
        typed: impl Into<Option<String>>,
        values: Vec<(&'static str, String)>,
    ) {
        if self.slips.len() >= MOST {
            self.next = self.lines.len();
            return;
        }
        self.slips.push(Slip {
            code,
            hint,
            range,
            values,
            typed: typed.into(),
        });
    }
}
