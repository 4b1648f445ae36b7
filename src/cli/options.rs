//! Options that cannot be meant.
//!
//! Input: the command line as typed, and the day of the environment. Output: a
//! finding for each option whose value nothing can be made of, so that none is
//! passed over in silence.

use std::ffi::OsStr;
use std::path::Path;

use alternat::diagnostic::Diagnostic;
use alternat::messages::Messages;
use alternat::project::is_folder;
use chrono::NaiveDate;

use super::args::{Args, Command};
use super::command;
use super::global::Global;
use super::open;
use super::shard;

/// So many agreements at most are worked on side by side.
const MOST_JOBS: usize = 256;

/// The options of all verbs that are given once; where they stand before and
/// behind the verb, the second would win.
const ONCE: [&str; 4] = ["--root", "--lang", "--color", "--follow-links"];

/// Returns what is wrong with the options; `typed` is the whole command line.
pub(crate) fn faults<'a>(args: &Args, typed: impl Iterator<Item = &'a OsStr>) -> Vec<Diagnostic> {
    let mut faults = repeated(typed);
    faults.extend(of_all(&args.global));
    faults.extend(match &args.command {
        Command::Build(build) => {
            let edition = build
                .edition
                .as_deref()
                .filter(|edition| edition.is_empty());
            let edition = edition.map(|edition| wrong("--edition", edition).hint("empty"));
            let typed = build.shard.as_deref();
            let part = typed.filter(|_| shard::of(typed).is_none());
            let part = part.map(|typed| {
                let hint = if typed == "auto" { "engine" } else { "shard" };
                wrong("--shard", typed).hint(hint)
            });
            jobs(build.jobs.as_deref())
                .into_iter()
                .chain(edition)
                .chain(part)
                .collect()
        }
        Command::Check(check) => jobs(check.jobs.as_deref()).into_iter().collect(),
        Command::New(new) => {
            let term = new.term.as_deref();
            let term = term.filter(|typed| command::renew::term(typed).is_none());
            let fault = term.map(|typed| wrong("--term", typed).hint("term"));
            fault.into_iter().collect()
        }
        Command::Renew(renew) => {
            let term = command::renew::term(&renew.term).is_none();
            let fault = || wrong("--term", &renew.term).hint("term");
            term.then(fault).into_iter().collect()
        }
        Command::Review(review) => reviewed(review.by.as_deref(), review.on.as_deref()),
        Command::List(list) => day("--on", list.on.as_deref()).into_iter().collect(),
        Command::Due(due) => {
            let on = day("--on", due.on.as_deref()).into_iter();
            on.chain(day("--by", due.by.as_deref())).collect()
        }
        Command::Freeze(freeze) => day("--on", freeze.on.as_deref()).into_iter().collect(),
        _ => Vec::new(),
    });
    faults
}

/// Returns what is wrong with the options of all verbs.
fn of_all(global: &Global) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    let folders = global.font_path.iter().map(|path| ("--font-path", path));
    for (option, path) in folders.chain([("--root", &global.root)]) {
        if !is_folder(path) {
            faults.push(wrong(option, &shown(path)).hint("folder"));
        }
    }
    if let Some(tag) = &global.lang
        && open::language(tag).is_none()
    {
        let known: Vec<&str> = Messages::languages().collect();
        let fault = wrong("--lang", tag).with("known", known.join(", "));
        faults.push(fault.hint("language"));
    }
    if let Err(value) = open::source_date() {
        faults.push(wrong("SOURCE_DATE_EPOCH", &value).hint("seconds"));
    }
    faults
}

fn repeated<'a>(typed: impl Iterator<Item = &'a OsStr>) -> Vec<Diagnostic> {
    let typed: Vec<&[u8]> = typed
        .map(OsStr::as_encoded_bytes)
        .take_while(|word| *word != b"--")
        .collect();
    let times = |option: &str| {
        let is_option = |word: &&&[u8]| {
            let rest = word.strip_prefix(option.as_bytes());
            rest.is_some_and(|rest| rest.is_empty() || rest[0] == b'=')
        };
        typed.iter().filter(is_option).count()
    };
    let repeated = ONCE.iter().filter(|option| times(option) > 1);
    let fault = |option| Diagnostic::error("repeated-option").with("option", option);
    repeated.map(|option| fault(*option).hint("once")).collect()
}

fn jobs(typed: Option<&str>) -> Option<Diagnostic> {
    let typed = typed?;
    let digits = typed.bytes().all(|byte| byte.is_ascii_digit());
    let number = typed.parse().ok().filter(|_| digits);
    match number {
        Some(1..=MOST_JOBS) => None,
        _ => {
            let fault = wrong("--jobs", typed).with("most", MOST_JOBS.to_string());
            Some(fault.hint("jobs"))
        }
    }
}

fn reviewed(by: Option<&str>, on: Option<&str>) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    let Some(by) = by else {
        return day("--on", on).into_iter().collect();
    };
    if by.trim().is_empty() {
        faults.push(wrong("--by", by).hint("empty"));
    } else if by.contains(char::is_control) {
        faults.push(wrong("--by", by).hint("line"));
    }
    faults.extend(day("--on", on));
    faults
}

fn day(option: &str, typed: Option<&str>) -> Option<Diagnostic> {
    let typed = typed?;
    let read = NaiveDate::parse_from_str(typed, "%Y-%m-%d");
    let same = read.map(|read| read.to_string()).ok().as_deref() == Some(typed);
    (!same).then(|| wrong(option, typed).hint("day"))
}

fn wrong(option: &str, value: &str) -> Diagnostic {
    Diagnostic::error("wrong-option")
        .with("option", option)
        .typed("value", value)
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}
