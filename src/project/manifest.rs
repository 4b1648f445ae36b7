//! What a folder of documents holds, and from what it was made.
//!
//! Input: the documents of one agreement and the keys of what they were made from.
//! Output: `.manifest.json` beside them, by which a later build knows what it need not
//! do; and back. It belongs to one machine and to one build of the program, and is
//! not kept under version control. Without it everything is made anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, Metadata};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::source::Source;
use crate::text::digest;
use crate::workshop::{Days, Made, SurveyCounts};

use super::plain;

/// What the file is called, in the folder of an agreement.
pub(super) const NAME: &str = ".manifest.json";

/// The version of what the file holds; another one is not read.
const VERSION: u32 = 1;

/// A larger file is none of ours.
const MAX_BYTES: usize = 16 << 20;

/// What the folder of an agreement holds.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Manifest {
    version: u32,
    /// The agreement's file, by its name below the root.
    pub source: String,
    /// The digest of all that the documents and the findings depend on; empty where
    /// they are not known to be of one piece.
    pub inputs: String,
    findings: Vec<Finding>,
    /// The first and the last day on which the same is found, as `2025-08-01`.
    #[serde(default)]
    days: [Option<String>; 2],
    /// The date of the build, where documents have it.
    #[serde(default)]
    dated: Option<String>,
    /// What was still to be done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts: Option<SurveyCounts>,
    /// The documents, by their paths below the folder.
    pub outputs: BTreeMap<String, Output>,
    /// What parties print for the signing, by its path.
    pub(super) prints: BTreeMap<String, Output>,
}

/// One file as it was written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Output {
    /// The digest of all that it was made from.
    pub product: String,
    /// Whether it gave findings while it was made.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub noted: bool,
    /// In bytes.
    size: u64,
    /// When it was last changed, in seconds and their parts since 1970, as the file
    /// system says it.
    time: String,
    digest: String,
}

/// How a file is told to be as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    /// By its size and the time of its last change; by its bytes where the time is
    /// another one.
    Time,
    /// By its bytes.
    Bytes,
}

impl Output {
    /// Describes a file that holds `bytes`.
    pub(super) fn of(bytes: &[u8], metadata: &Metadata) -> Self {
        Self {
            product: String::new(),
            noted: false,
            size: bytes.len() as u64,
            time: time(metadata),
            digest: digest::sha256(bytes),
        }
    }

    /// Tells whether the file at `path` is the one that was written.
    pub(super) fn is_at(&self, path: &Path, trust: Trust) -> bool {
        let Ok(found) = fs::symlink_metadata(path) else {
            return false;
        };
        if !found.is_file() || found.len() != self.size {
            return false;
        }
        if trust == Trust::Time && time(&found) == self.time {
            return true;
        }
        let most = usize::try_from(self.size).unwrap_or(usize::MAX);
        plain::read(path, most).is_ok_and(|plain| digest::sha256(&plain.bytes) == self.digest)
    }
}

#[cfg(unix)]
fn time(metadata: &Metadata) -> String {
    use std::os::unix::fs::MetadataExt;
    format!("{}.{:09}", metadata.mtime(), metadata.mtime_nsec())
}

#[cfg(not(unix))]
fn time(_: &Metadata) -> String {
    // Every file is read there.
    String::from("unknown")
}

/// The time at which a build is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    /// The day on which agreements are checked.
    pub today: NaiveDate,
    /// The date of documents whose agreement states none.
    pub default_date: Option<NaiveDate>,
}

fn shown(day: Option<NaiveDate>) -> String {
    day.map_or("none".to_owned(), |day| day.to_string())
}

impl Manifest {
    /// Describes documents that were made from what `inputs` is the digest of.
    pub(super) fn new(source: &str, inputs: &str, made: &Made, moment: Moment) -> Self {
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string());
        Self {
            version: VERSION,
            source: source.to_owned(),
            inputs: inputs.to_owned(),
            findings: made.findings.iter().map(Finding::of).collect(),
            counts: made.counts,
            days: [day(made.days.from), day(made.days.until)],
            dated: made.undated.then(|| shown(moment.default_date)),
            ..Self::default()
        }
    }

    /// Reads the manifest in a folder; none where there is none that can be used.
    pub(super) fn read(folder: &Path) -> Option<Self> {
        let plain = plain::read(&folder.join(NAME), MAX_BYTES).ok()?;
        let manifest: Self = serde_json::from_slice(&plain.bytes).ok()?;
        (manifest.version == VERSION).then_some(manifest)
    }

    /// Takes over what another one tells of what was found.
    pub(super) fn tell(&mut self, other: &Self) {
        self.findings.clone_from(&other.findings);
        self.counts = other.counts;
        self.days.clone_from(&other.days);
        self.dated.clone_from(&other.dated);
    }

    /// Tells whether what was made and found is the same at this time too.
    pub fn holds(&self, moment: Moment) -> bool {
        let dated = self.dated.as_ref();
        if dated.is_some_and(|dated| *dated != shown(moment.default_date)) {
            return false;
        }
        let read = |day: &Option<String>| day.as_deref().map(str::parse).transpose();
        let [from, until] = self.days.each_ref().map(read);
        match (from, until) {
            (Ok(from), Ok(until)) => Days { from, until }.have(moment.today),
            _ => false,
        }
    }

    /// Returns the file's text.
    pub(super) fn json(&self) -> String {
        let json = serde_json::to_string_pretty(self);
        json.expect("a manifest holds only strings, numbers and lists") + "\n"
    }

    /// Returns the findings of the build that wrote it, at their places in `sources`;
    /// none where one of them speaks of a text that is not there.
    pub fn findings(&self, sources: &dyn Fn(&str) -> Option<Source>) -> Option<Vec<Diagnostic>> {
        let findings = self.findings.iter();
        findings.map(|finding| finding.at(sources)).collect()
    }

    /// Tells whether a file is one that the program wrote, by the path that it has and
    /// all that is in it.
    pub(super) fn wrote(&self, folder: &Path, path: &str) -> bool {
        let known = self.outputs.get(path).or_else(|| self.prints.get(path));
        known.is_some_and(|output| output.is_at(&folder.join(path), Trust::Bytes))
    }

    /// Returns the paths of all files that it speaks of.
    pub(super) fn paths(&self) -> impl Iterator<Item = &String> {
        self.outputs.keys().chain(self.prints.keys())
    }
}

/// A finding without the texts that it speaks of.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Finding {
    code: String,
    severity: String,
    values: BTreeMap<String, String>,
    labels: Vec<Place>,
    hints: Vec<String>,
    details: Vec<String>,
}

/// A place by the name of its file, and its bytes.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Place {
    file: String,
    /// How long the text is, in bytes.
    of: usize,
    start: usize,
    end: usize,
    key: Option<String>,
}

const SEVERITIES: [(Severity, &str); 3] = [
    (Severity::Note, "note"),
    (Severity::Warning, "warning"),
    (Severity::Error, "error"),
];

impl Finding {
    fn of(finding: &Diagnostic) -> Self {
        let mut severities = SEVERITIES.iter();
        let severity = severities.find(|(known, _)| *known == finding.severity);
        let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        let values = finding.values.iter();
        let place = |label: &Label| Place {
            file: label.span.source().name().to_owned(),
            of: label.span.source().text().len(),
            start: label.span.range().start,
            end: label.span.range().end,
            key: label.key.map(str::to_owned),
        };
        Self {
            code: finding.code.to_owned(),
            severity: severity.map_or("", |(_, name)| name).to_owned(),
            values: values.map(|(k, v)| ((*k).to_owned(), v.clone())).collect(),
            labels: finding.labels.iter().map(place).collect(),
            hints: owned(&finding.hints),
            details: finding.details.clone(),
        }
    }

    fn at(&self, sources: &dyn Fn(&str) -> Option<Source>) -> Option<Diagnostic> {
        let mut severities = SEVERITIES.iter();
        let (severity, _) = severities.find(|(_, name)| *name == self.severity)?;
        let mut finding = Diagnostic::new(kept(&self.code), *severity);
        for (key, value) in &self.values {
            finding.values.insert(kept(key), value.clone());
        }
        for place in &self.labels {
            let source = sources(&place.file).filter(|it| it.text().len() == place.of)?;
            finding.labels.push(Label {
                span: source.span(place.start..place.end),
                key: place.key.as_deref().map(kept),
            });
        }
        finding.hints = self.hints.iter().map(|hint| kept(hint)).collect();
        finding.details.clone_from(&self.details);
        Some(finding)
    }
}

/// Returns a word for as long as the program runs: the names of findings are few, and
/// are the same in all manifests.
fn kept(word: &str) -> &'static str {
    static WORDS: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut words = WORDS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = words.get(word) {
        return known;
    }
    let word: &'static str = Box::leak(word.to_owned().into_boxed_str());
    words.insert(word);
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_come_back_as_they_were() {
        let source = Source::new("x.yaml", "một: ຕັ້ງ\nhai: ba\n");
        let finding = Diagnostic::new("number-missing", Severity::Warning)
            .at(&source.span(5..14))
            .label("other", &source.span(20..22))
            .typed("number", "@2")
            .hint("same")
            .detail("… 2 …");
        let made = Made {
            findings: vec![finding.clone()],
            ..Made::default()
        };
        let manifest = Manifest::new("x.yaml", "key", &made, Moment::default());
        let read: Manifest = serde_json::from_str(&manifest.json()).expect("its own text");
        let sources = |name: &str| (name == "x.yaml").then(|| source.clone());
        let back = read.findings(&sources).expect("the text is there");
        assert_eq!(format!("{back:?}"), format!("{:?}", [finding]));
        assert!(read.findings(&|_| None).is_none());
    }
}
