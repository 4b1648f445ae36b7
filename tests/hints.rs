//! No hint, followed to the letter, changes what an agreement says: the hints of
//! each rule are followed in one of its cases, and the result is read.
//!
//! Input: `tests/rules/hints.txt`, written as `tests/rules/README.md` says.
//! Output: the hints are those in the file; what was done by them silences the
//! finding, brings no error, and leaves the words that the file says.
//! `UPDATE=1 make test` rewrites the hints alone.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use alternat::check::RULES;
use alternat::diagnostic::Diagnostic;
use alternat::messages::Messages;
use alternat::source::Source;

use crate::lab::{self, BASE, Wanted, workshop};
use crate::rules::{changed, firing, is_change};

/// A hint, what is done by it, and what comes of the words.
struct Deed {
    hint: String,
    changes: Vec<String>,
    end: String,
}

/// A case of a rule and what its finding says should be done.
struct Followed {
    name: String,
    deeds: Vec<Deed>,
}

impl Followed {
    fn read(part: &str) -> Self {
        let mut lines = part.trim_end().lines();
        let name = lines.next().unwrap_or_default().to_owned();
        let mut deeds: Vec<Deed> = Vec::new();
        for line in lines {
            match (line.strip_prefix("hint: "), deeds.last_mut()) {
                (Some(hint), _) => deeds.push(Deed {
                    hint: hint.to_owned(),
                    changes: Vec::new(),
                    end: String::new(),
                }),
                (None, Some(deed)) if is_change(line) => deed.changes.push(line.to_owned()),
                (None, Some(deed)) if deed.end.is_empty() => line.clone_into(&mut deed.end),
                _ => panic!("{name}: `{line}` has no place"),
            }
        }
        Self { name, deeds }
    }

    fn code(&self) -> &str {
        self.name.split(':').next().unwrap_or_default()
    }

    /// Returns the different hints, as they are written.
    fn hints(&self) -> Vec<&str> {
        let mut hints: Vec<&str> = self.deeds.iter().map(|deed| deed.hint.as_str()).collect();
        hints.dedup();
        hints
    }

    fn written(&self) -> String {
        let deeds = self.deeds.iter().map(|deed| {
            let changes = deed.changes.join("\n");
            format!("hint: {}\n{changes}\n{}\n", deed.hint, deed.end)
        });
        format!("=== {}\n{}", self.name, deeds.collect::<String>())
    }

    /// Puts the hints of today in the place of those that are written.
    fn update(&mut self) -> Result<(), String> {
        let hints = hints(&lab::check(firing(&self.name)?), self.code());
        let old: Vec<String> = self.hints().into_iter().map(str::to_owned).collect();
        if old.len() != hints.len() {
            return Err(format!("it has {} hints: {hints:#?}", hints.len()));
        }
        for deed in &mut self.deeds {
            let at = old.iter().position(|hint| *hint == deed.hint);
            deed.hint.clone_from(&hints[at.expect("it is one of them")]);
        }
        Ok(())
    }

    /// Returns all that is wrong with the hints.
    fn faults(&self) -> Vec<String> {
        let slip = match firing(&self.name) {
            Ok(slip) => slip,
            Err(fault) => return vec![fault],
        };
        let before = lab::check(slip.clone());
        let hints = hints(&before, self.code());
        if hints.is_empty() || self.hints() != hints {
            return vec![format!("the hints are {hints:#?}")];
        }
        let followed = self.deeds.iter().filter_map(|deed| {
            let fault = deed.follow(&slip, &before, self.code()).err()?;
            Some(format!("hint: {}\n{fault}", deed.hint))
        });
        followed.collect()
    }
}

impl Deed {
    fn follow(&self, slip: &str, before: &[Diagnostic], code: &str) -> Result<(), String> {
        let mended = changed(slip, &self.changes)?;
        let after = lab::check(mended.clone());
        let count = |list: &[Diagnostic]| list.iter().filter(|one| one.code == code).count();
        if count(&after) >= count(before) {
            return Err("the rule is not silent".to_owned());
        }
        let (old, new) = (errors(before), errors(&after));
        let more = |(code, count): &(&&str, &usize)| old.get(**code).is_none_or(|old| old < count);
        if let Some((code, _)) = new.iter().find(more) {
            return Err(format!("a new error: {code}"));
        }
        self.compare(slip, &said(&mended)?)
    }

    /// Compares what the agreement said, and with the slip, and says now.
    fn compare(&self, slip: &str, now: &str) -> Result<(), String> {
        let same = |one: &str| match one == now {
            true => Ok(()),
            false => Err(format!("it says\n{}", differing(now, one))),
        };
        if self.end == "says: the base" {
            return same(&said(BASE)?);
        }
        let slip = said(slip)?;
        if self.end == "says: what was typed" {
            return same(&slip);
        }
        let mut named = self.hint.split('`').skip(1).step_by(2);
        if let Some(but) = self.end.strip_prefix("says: what was typed, but ") {
            let (new, old) = but.split_once(" for ").ok_or("`new` for `old`")?;
            let (new, old) = (new.trim_matches('`'), old.trim_matches('`'));
            let lower = new.to_lowercase();
            if !named.any(|named| lower.contains(&named.to_lowercase())) && !old.contains(new) {
                return Err(format!("the hint does not name `{new}`"));
            }
            return same(&slip.replace(&words(old), &words(new)));
        }
        if !self.end.starts_with("decides: the officer, ") {
            return Err(format!("what comes of the words? `{}`", self.end));
        }
        // The words are hers: the hint must not hold them.
        match named.find(|named| now.contains(named) && !slip.contains(named)) {
            Some(named) => Err(format!("the hint dictates `{named}`")),
            None => Ok(()),
        }
    }
}

/// Returns the hints of the first finding of a rule, in English.
fn hints(findings: &[Diagnostic], code: &str) -> Vec<String> {
    let messages = Messages::of("en");
    let of_rule = findings.iter().filter(|finding| finding.code == code);
    let Some(finding) = of_rule.min_by(|a, b| a.place().cmp(&b.place())) else {
        return Vec::new();
    };
    let hints = finding.hints.iter();
    hints.map(|key| messages.hint(finding, key)).collect()
}

fn errors(findings: &[Diagnostic]) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for finding in findings.iter().filter(|finding| finding.is_error()) {
        *counts.entry(finding.code).or_default() += 1;
    }
    counts
}

/// Returns the words of the texts in every language, as a draft.
fn said(agreement: &str) -> Result<String, String> {
    let draft = agreement.replacen("status: final", "status: draft", 1);
    let made = workshop().make(&Source::new("x.yaml", draft), None, Wanted::TEXTS);
    let texts = made.files.iter().filter(|file| file.path.ends_with(".md"));
    let texts: Vec<String> = texts
        .map(|file| {
            let text = String::from_utf8_lossy(&file.bytes);
            // What is still open is said of the agreement, not by it.
            words(
                text.split("<!-- section: open-points")
                    .next()
                    .unwrap_or_default(),
            )
        })
        .collect();
    match texts.is_empty() {
        true => Err(format!("no text: {:?}", made.findings)),
        false => Ok(texts.join("\n")),
    }
}

/// Returns text without stars, backslashes, the marks of tables, line breaks and
/// double blanks.
fn words(text: &str) -> String {
    let marks = |line: &&str| line.contains("---") && line.chars().all(|c| "|-: ".contains(c));
    let lines: Vec<&str> = text.lines().filter(|line| !marks(line)).collect();
    let bare = lines.join("\n").replace(['*', '\\'], "");
    bare.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Shows where two texts part.
fn differing(now: &str, wanted: &str) -> String {
    let same = now.chars().zip(wanted.chars()).take_while(|(a, b)| a == b);
    let start = same.count().saturating_sub(20);
    let part = |text: &str| text.chars().skip(start).take(100).collect::<String>();
    format!("  {}\nand not\n  {}", part(now), part(wanted))
}

#[test]
fn hints_leave_what_the_agreement_says() {
    let path = lab::repository().join("tests/rules/hints.txt");
    let text = fs::read_to_string(&path).expect("UTF-8");
    let mut parts = text.split("=== ");
    let head = parts.next().unwrap_or_default().to_owned();
    let mut cases: Vec<Followed> = parts.map(Followed::read).collect();
    let mut faults = Vec::new();
    for case in &mut cases {
        let updated = match lab::updating() {
            true => case.update(),
            false => Ok(()),
        };
        let found = updated.map_or_else(|fault| vec![fault], |()| case.faults());
        faults.extend(found.iter().map(|fault| format!("{}\n{fault}", case.name)));
    }
    if lab::updating() {
        let cases: Vec<String> = cases.iter().map(Followed::written).collect();
        fs::write(&path, format!("{head}{}", cases.join("\n"))).expect("writable");
    }
    let codes: BTreeSet<&str> = cases.iter().map(Followed::code).collect();
    let lacking = RULES.iter().filter(|rule| !codes.contains(rule.code));
    faults.extend(lacking.map(|rule| format!("{}: no hint of it is followed", rule.code)));
    assert!(faults.is_empty(), "\n\n{}\n", faults.join("\n\n"));
}
