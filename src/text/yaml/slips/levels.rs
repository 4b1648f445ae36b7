//! At which depth a line stands, and at which it was meant to stand.
//!
//! Input: the column of a key or list item. Output: the column it was meant to
//! have, after a finding where it has another.

use super::super::words::key_of;
use super::scanner::{Kind, Last, Level, Scanner};

impl Scanner<'_> {
    /// Enters the level of a key or list item at `column`; `inner` behind a dash.
    pub(super) fn place(
        &mut self,
        at: usize,
        column: usize,
        start: usize,
        kind: Kind,
        inner: bool,
    ) -> usize {
        let parent = self.owner(kind);
        if inner || self.levels.is_empty() {
            self.open(at, column, start, kind, parent);
            return column;
        }
        let mut left = Vec::new();
        let empty = self.last == Last::Empty;
        while self
            .levels
            .last()
            .is_some_and(|level| level.indent > column)
        {
            left.extend(self.levels.pop());
        }
        // A list may stand right below its key, at the same depth.
        if kind == Kind::Keys
            && let [.., above, top] = self.levels.as_slice()
            && top.kind == Kind::List
            && top.indent == column
            && above.indent == column
        {
            left.extend(self.levels.pop());
        }
        match self.levels.last_mut() {
            Some(top) if top.indent == column && top.kind == kind => {
                top.alone = false;
                column
            }
            Some(top) if top.indent == column && kind == Kind::List && empty && left.is_empty() => {
                self.open(at, column, start, kind, parent);
                column
            }
            Some(top) if top.indent < column && empty && left.is_empty() => {
                self.open(at, column, start, kind, parent);
                column
            }
            _ => self.misplaced(at, column, start, kind, left),
        }
    }

    /// Returns the key that a new level would be the value of.
    fn owner(&self, kind: Kind) -> String {
        match self.levels.last() {
            Some(level) if level.kind == Kind::List && kind == Kind::Keys => level.key.clone(),
            _ if kind == Kind::List => self.key.clone(),
            _ => self.opener.clone(),
        }
    }

    fn open(&mut self, at: usize, indent: usize, start: usize, kind: Kind, key: String) {
        self.levels.push(Level {
            indent,
            kind,
            key,
            first: at,
            alone: true,
            start,
        });
    }

    /// Reports a line at a depth where nothing is open, and enters the level
    /// that it was meant for: `left` are those that it seems to have ended.
    fn misplaced(
        &mut self,
        at: usize,
        column: usize,
        start: usize,
        kind: Kind,
        left: Vec<Level>,
    ) -> usize {
        self.levels.extend(left.into_iter().rev());
        let known = self.parents.get(&self.key);
        let cost = |level: &Level| {
            let strange =
                kind == Kind::Keys && known.is_some_and(|known| !known.contains(&level.key));
            (
                level.indent.abs_diff(column) * 2 + if strange { 5 } else { 0 },
                usize::MAX - level.indent,
            )
        };
        let levels = self.levels.iter().enumerate();
        let fitting = levels.filter(|(_, level)| level.kind == kind);
        let Some((index, _)) = fitting.min_by_key(|(_, level)| cost(level)) else {
            let parent = self.owner(kind);
            self.open(at, column, start, kind, parent);
            return column;
        };
        let above = index.checked_sub(1).map(|index| self.levels[index].indent);
        self.levels.truncate(index + 1);
        let level = self.levels[index].clone();
        // Two lines differ, and it is the first that stands at an odd depth.
        let step = |indent: usize| above.is_some_and(|above| indent == above + 2);
        if level.alone && above.is_none() && column == 0 {
            self.indent_slip(level.first, level.indent, 0, level.start);
            self.levels[index].indent = 0;
        } else if self.first_item(index, column) {
            self.levels[index].indent = column;
        } else if level.alone && step(column) && !step(level.indent) {
            self.indent_slip(level.first, level.indent, column, level.start);
            self.levels[index].indent = column;
        } else if level.indent != column {
            self.indent_slip(at, column, level.indent, start);
        }
        self.levels[index].alone = false;
        self.levels[index].indent
    }

    /// Reports the first item of a list where the second key of the item, at
    /// `column`, shows that it is the dash that stands at an odd depth.
    fn first_item(&mut self, index: usize, column: usize) -> bool {
        let [.., above, list, keys] = &self.levels[..=index] else {
            return false;
        };
        let meant = (list.indent + column).checked_sub(keys.indent);
        let even = |indent: usize| indent == above.indent || indent == above.indent + 2;
        let Some(meant) = meant.filter(|meant| even(*meant) && !even(list.indent)) else {
            return false;
        };
        if !(keys.alone && list.alone && list.kind == Kind::List && keys.kind == Kind::Keys) {
            return false;
        }
        let (first, found, start) = (list.first, list.indent, list.start);
        self.indent_slip(first, found, meant, start);
        self.levels[index - 1].indent = meant;
        true
    }

    /// Reports the line `at`, which has `found` spaces instead of `meant`.
    fn indent_slip(&mut self, at: usize, found: usize, meant: usize, start: usize) {
        let line = self.lines[at];
        let typed = format!("{}{}", " ".repeat(meant), line.content());
        let hint = if found < meant { "more" } else { "less" };
        let values = vec![("found", found.to_string()), ("meant", meant.to_string())];
        let end = start
            + self.text[start..line.start + line.text.len()]
                .find(' ')
                .unwrap_or(1);
        self.slip_with("wrong-indent", hint, start..end, typed, values);
    }

    /// Guesses how deep a line was meant to stand whose tabs do not tell.
    pub(super) fn meant_depth(&self, content: &str) -> usize {
        let Some(top) = self.levels.last() else {
            return 0;
        };
        if self.last == Last::Empty {
            return top.indent + 2;
        }
        let list = content.starts_with("- ");
        let kind = if list { Kind::List } else { Kind::Keys };
        let key = key_of(content.trim_start_matches("- ")).map_or("", |(key, _)| key);
        let known = self.parents.get(key);
        let mut levels = self.levels.iter().rev().filter(|level| level.kind == kind);
        let first = levels
            .clone()
            .next()
            .map_or(top.indent, |level| level.indent);
        let fits = |level: &&Level| known.is_some_and(|known| known.contains(&level.key));
        levels.find(fits).map_or(first, |level| level.indent)
    }
}
