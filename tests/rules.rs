//! The rules, each in cases that a reviewer can read: `tests/rules/` holds a
//! file for each family, and `README.md` there says how a case is written.
//!
//! Input: the base, a sound agreement, and the changes of each case. Output:
//! every finding of the changed agreement, which must be those that the case
//! lists. `UPDATE=1 make test` rewrites the lists, never a name or a change.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::Range;
use std::path::PathBuf;

use alternat::check::{self, RULES};
use alternat::diagnostic::{Diagnostic, Severity};
use alternat::source::Span;

use crate::lab::{self, BASE};
use crate::letters::{is_lao_mark, plain, visible};

/// Words longer than this are shown by their first and last letters.
const LONG: usize = 60;

/// One `===` of a file.
struct Case {
    /// The rule, a colon, and what the case is about.
    name: String,
    /// The lines of the changes, as they are written.
    written: Vec<String>,
    /// The findings, as they are written.
    expected: Vec<String>,
}

/// The cases of a family.
struct File {
    path: PathBuf,
    family: String,
    /// What stands before the first case.
    head: String,
    cases: Vec<Case>,
}

impl File {
    fn read(name: &str) -> Self {
        let path = lab::repository().join("tests/rules").join(name);
        let text = fs::read_to_string(&path).expect("UTF-8");
        let mut parts = text.split("=== ");
        // A case starts where a line does.
        let broken = |line: &&str| line.contains("=== ") && !line.starts_with("=== ");
        assert_eq!(text.lines().find(broken), None, "{name}");
        let head = parts.next().unwrap_or_default().to_owned();
        Self {
            path,
            family: name.trim_end_matches(".txt").to_owned(),
            head,
            cases: parts.map(Case::read).collect(),
        }
    }

    /// Returns the file with these findings.
    fn with(&self, found: &[Vec<String>]) -> String {
        let cases = self.cases.iter().zip(found).map(|(case, found)| {
            let lines = case.written.iter().chain(found);
            let lines: Vec<&str> = lines.map(String::as_str).collect();
            format!("=== {}\n{}\n", case.name, lines.join("\n"))
        });
        let cases: Vec<String> = cases.collect();
        format!("{}{}", self.head, cases.join("\n"))
    }
}

impl Case {
    fn read(part: &str) -> Self {
        let mut lines = part.trim_end().lines();
        let name = lines.next().unwrap_or_default().to_owned();
        let lines: Vec<&str> = lines.collect();
        let end = lines.iter().take_while(|line| is_change(line)).count();
        let owned = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect();
        Self {
            name,
            written: owned(&lines[..end]),
            expected: owned(&lines[end..]),
        }
    }

    /// Returns the rule that the case is about.
    fn code(&self) -> &str {
        self.name.split(':').next().unwrap_or_default()
    }

    fn fires(&self) -> bool {
        let code = |line: &String| line.split(' ').nth(1) == Some(self.code());
        self.expected.iter().any(code)
    }

    /// Returns the base with the changes.
    fn apply(&self) -> Result<String, String> {
        changed(BASE, &self.written)
    }

    /// Returns the findings as a case lists them, or what is wrong with the case.
    fn found(&self, family: &str) -> Result<Vec<String>, String> {
        let rule = check::rule(self.code()).filter(|rule| rule.family.name() == family);
        rule.ok_or_else(|| format!("the family {family} has no rule `{}`", self.code()))?;
        if let Some(line) = self.expected.iter().find(|line| is_change(line)) {
            return Err(format!("a change follows the findings: {line}"));
        }
        let hidden = self.written.iter().find(|line| visible(line) != **line);
        if let Some(line) = hidden {
            return Err(format!("write it so: {}", visible(line)));
        }
        let findings = lab::check(self.apply()?);
        match findings.iter().find(|f| check::rule(f.code).is_none()) {
            Some(finding) => Err(format!("no agreement any more: {}", shown(finding))),
            None => Ok(list(findings)),
        }
    }
}

/// Returns each text to be replaced, with its replacement.
fn changes(written: &[String]) -> Vec<(String, String)> {
    let mut changes: Vec<[Vec<String>; 2]> = Vec::new();
    for line in written {
        let (mark, words) = line.split_at(3);
        let words = plain(words.strip_prefix(' ').unwrap_or(words));
        let going = changes.last().is_some_and(|[_, new]| new.is_empty());
        match changes.last_mut() {
            Some([old, _]) if mark == "---" && going => old.push(words),
            Some([_, new]) if mark == "+++" => new.push(words),
            _ if mark == "---" => changes.push([vec![words], Vec::new()]),
            _ => changes.push([Vec::new(), vec![words]]),
        }
    }
    let joined = changes.iter();
    joined
        .map(|[old, new]| (old.join("\n"), new.join("\n")))
        .collect()
}

/// Returns a text with the changes that are written so.
pub(crate) fn changed(text: &str, written: &[String]) -> Result<String, String> {
    let mut places: Vec<(Range<usize>, String)> = Vec::new();
    for (old, new) in changes(written) {
        let mut found = text.match_indices(&old);
        let (Some((at, _)), false) = (found.next(), old.is_empty()) else {
            return Err(format!("the text has no `{}`", visible(&old)));
        };
        if found.next().is_some() {
            return Err(format!("the text has several `{}`", visible(&old)));
        }
        places.push((at..at + old.len(), new));
    }
    places.sort_by_key(|(range, _)| range.start);
    if places.windows(2).any(|two| two[0].0.end > two[1].0.start) {
        return Err("two changes are of the same words".to_owned());
    }
    let mut changed = text.to_owned();
    for (range, new) in places.into_iter().rev() {
        changed.replace_range(range, &new);
    }
    match changed == text {
        true => Err("nothing is changed".to_owned()),
        false => Ok(changed),
    }
}

/// Returns the changed base of the case of this name, in which its rule fires.
pub(crate) fn firing(name: &str) -> Result<String, String> {
    let files = files();
    let mut cases = files.iter().flat_map(|file| &file.cases);
    let case = cases.find(|case| case.name == name && case.fires());
    case.ok_or_else(|| "no rule fires in a case of this name".to_owned())?
        .apply()
}

pub(crate) fn is_change(line: &str) -> bool {
    line.starts_with("---") || line.starts_with("+++")
}

fn files() -> Vec<File> {
    let names = lab::files_below(&lab::repository().join("tests/rules"));
    let own = |name: &&String| name.ends_with(".txt") && *name != "hints.txt";
    let names = names.iter().filter(own);
    names.map(|name| File::read(name)).collect()
}

/// Returns a line for each finding, in the order in which they are reported.
fn list(mut findings: Vec<Diagnostic>) -> Vec<String> {
    if findings.is_empty() {
        return vec!["none".to_owned()];
    }
    findings.sort_by(|one, two| one.place().cmp(&two.place()));
    findings.iter().map(shown).collect()
}

fn shown(finding: &Diagnostic) -> String {
    let severity = match finding.severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    };
    let place = finding.labels.first().map(|label| place(&label.span));
    let place = place.unwrap_or_default();
    format!("{severity} {}{place}", finding.code)
}

/// Returns the words of a place, and where those stand more than once, enough of
/// the line around them to tell which are meant.
fn place(span: &Span) -> String {
    let (text, range) = (span.source().text(), span.range());
    let line = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let indented = text[line..range.start].len() - text[line..range.start].trim_start().len();
    let line = line + indented;
    let end = text[range.end..].find('\n');
    let end = end.map_or(text.len(), |at| range.end + at);
    let mut around = range.clone();
    while text.matches(&text[around.clone()]).count() > 1 && around != (line..end) {
        let before = text[line..around.start].trim_end();
        around.start = line + before.rfind(' ').map_or(0, |at| at + 1);
        let after = &text[around.end..end];
        let blank = after.len() - after.trim_start().len();
        let next = after.trim_start().find(' ');
        around.end = next.map_or(end, |at| around.end + blank + at);
    }
    let words = quoted(span.text());
    match around == range {
        true => format!(" at {words}"),
        false => format!(" at {words} in {}", quoted(&text[around])),
    }
}

/// Puts words between backticks; of long ones, how they start and end.
fn quoted(words: &str) -> String {
    let mut lines = words.lines();
    let (first, last) = (lines.next().unwrap_or_default(), lines.last());
    if last.is_none() && words.chars().count() <= LONG {
        return format!("`{}`", visible(words));
    }
    let last = last.unwrap_or(first);
    let cut = |line: &str, at: usize| match line.char_indices().nth(at) {
        // Marks stay with their letter.
        Some((at, _)) => at + line[at..].find(|c| !is_lao_mark(c)).unwrap_or_default(),
        None => line.len(),
    };
    let head = first[..cut(first, LONG / 2)].trim();
    let letters = last.chars().count();
    let tail = last[cut(last, letters.saturating_sub(LONG / 2))..].trim();
    format!("`{}` … `{}`", visible(head), visible(tail))
}

#[test]
fn the_base_is_sound() {
    assert_eq!(list(lab::check(BASE)), ["none"]);
}

#[test]
fn each_case_has_its_findings() {
    let (mut faults, mut names) = (Vec::new(), BTreeSet::new());
    for file in files() {
        let (mut found, before) = (Vec::new(), faults.len());
        for case in &file.cases {
            let (path, name) = (file.path.display(), &case.name);
            if !names.insert(name.clone()) {
                faults.push(format!("{path}: two cases are `{name}`"));
            }
            match case.found(&file.family) {
                Ok(list) => found.push(list),
                Err(fault) => faults.push(format!("{path}: {name}: {fault}")),
            }
        }
        if faults.len() > before {
            continue;
        }
        if lab::updating() {
            fs::write(&file.path, file.with(&found)).expect("writable");
            continue;
        }
        for (case, found) in file.cases.iter().zip(&found) {
            if let Some(difference) = difference(&case.expected, found) {
                let (path, name) = (file.path.display(), &case.name);
                faults.push(format!("{path}\n=== {name}\n{difference}"));
            }
        }
    }
    assert!(faults.is_empty(), "\n\n{}\n", faults.join("\n\n"));
}

/// Says what is missing and what is new in a list of findings.
fn difference(expected: &[String], found: &[String]) -> Option<String> {
    let lacks = |list: &[String], other: &[String], what: &str| {
        let mut left = other.to_vec();
        let mut lines = Vec::new();
        for line in list {
            match left.iter().position(|other| other == line) {
                Some(at) => drop(left.remove(at)),
                None => lines.push(format!("{what}: {line}")),
            }
        }
        lines
    };
    let mut lines = lacks(expected, found, "missing");
    lines.extend(lacks(found, expected, "new"));
    if lines.is_empty() && expected != found {
        lines.push(format!("in another order: {}", found.join("; ")));
    }
    (!lines.is_empty()).then(|| lines.join("\n"))
}

#[test]
fn every_rule_fires_and_stays_silent_in_a_case() {
    let rules: BTreeSet<String> = RULES.iter().map(|rule| rule.code.to_owned()).collect();
    let mut named: BTreeMap<bool, BTreeSet<String>> = BTreeMap::new();
    for case in files().iter().flat_map(|file| &file.cases) {
        let codes = named.entry(case.fires()).or_default();
        codes.insert(case.code().to_owned());
    }
    for (fires, what) in [(true, "fires"), (false, "stays silent")] {
        let known = named.remove(&fires).unwrap_or_default();
        let lacking: Vec<&String> = rules.difference(&known).collect();
        assert!(
            lacking.is_empty(),
            "no case in which it {what}: {lacking:?}"
        );
    }
}
