//! What a part of a build did, where several machines share the work.
//!
//! Input: the agreements of a project with the keys of all that they depend on, and those
//! of one shard. Output: `output/.shard-K-of-N.json`; and of several such records, that
//! they are the whole of one build: each agreement once, from the files that the project
//! has now and by the same program, and each document as it was written.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::diagnostic::Diagnostic;
use crate::workshop::{Made, OutputFile};

use super::documents::Written;
use super::home::Project;
use super::manifest::{Manifest, Moment, Trust};
use super::output::refuse_strangers;
use super::reason::Reason;
use super::{output, plain};

/// The version of what a record holds.
const VERSION: u32 = 2;

/// A larger file is none of ours.
const MAX_BYTES: usize = 64 << 20;

/// What a build is made from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    /// Every agreement of the project, by the name of its file, with the digest of all
    /// that it depends on.
    pub keys: BTreeMap<String, String>,
    /// The date of documents whose agreement states none, as `2025-08-01`.
    pub default_date: Option<String>,
}

impl Basis {
    /// Returns the name of an agreement that is not the same in another one, or what they
    /// differ in besides.
    fn differs(&self, other: &Self) -> Option<String> {
        let names = self.keys.keys().chain(other.keys.keys());
        let mut names = names.filter(|name| self.keys.get(*name) != other.keys.get(*name));
        let date = || Some("SOURCE_DATE_EPOCH".to_owned());
        match self.default_date == other.default_date {
            true => names.next().cloned(),
            false => date(),
        }
    }
}

/// The record of one shard.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Shard {
    version: u32,
    /// Which one it is, from 1.
    pub number: usize,
    /// Of how many.
    pub of: usize,
    /// What the whole build is made from.
    pub basis: Basis,
    /// The agreements that this shard was to make, each with its id where it was made.
    pub made: BTreeMap<String, Option<String>>,
}

impl Shard {
    /// Starts the record of a shard.
    pub fn new(number: usize, of: usize, basis: Basis) -> Self {
        Self {
            version: VERSION,
            number,
            of,
            basis,
            made: BTreeMap::new(),
        }
    }

    fn name(&self) -> String {
        format!(".shard-{}-of-{}.json", self.number, self.of)
    }
}

/// A record, and the folder of documents that it lies in.
type Found = (PathBuf, Shard);

/// Shards that are the whole of one build.
pub struct Whole(Vec<Found>);

impl Project {
    /// Writes the record of a shard.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn write_shard(&self, shard: &Shard) -> Result<(), Diagnostic> {
        let name = format!("output/{}", shard.name());
        let json = serde_json::to_string_pretty(shard);
        let json = json.expect("a record holds only strings and numbers") + "\n";
        let path = self.reach.root.join(&name);
        refuse_strangers(&self.reach.root, &path, Reason::unwritable)?;
        let written = output::Draft::write(&path, json.as_bytes());
        let written = written.and_then(|draft| draft.map_or(Ok(()), output::Draft::publish));
        written.map_err(|reason| reason.unwritable(name))
    }

    /// Takes the record of a shard away, before it is made anew.
    pub fn forget_shard(&self, number: usize, of: usize) {
        let name = Shard::new(number, of, Basis::default()).name();
        // There need not be one.
        let _ = fs::remove_file(self.output().join(name));
    }

    /// Reads the records in `folders`, or in `output/` where none is named, and proves
    /// that they are the whole of one build from what the project has `now`.
    ///
    /// # Errors
    /// What is missing, double, of other inputs, failed, or not as it was written.
    pub fn shards(&self, folders: &[PathBuf], now: &Basis) -> Result<Whole, Diagnostic> {
        let own = [self.output()];
        let folders = if folders.is_empty() { &own } else { folders };
        let mut found: Vec<Found> = Vec::new();
        for folder in folders {
            let mut names = records(folder);
            names.sort();
            for path in names {
                let read = plain::read(&path, MAX_BYTES).ok();
                let shard = read.and_then(|plain| serde_json::from_slice(&plain.bytes).ok());
                let shard: Option<Shard> = shard.filter(|it: &Shard| it.version == VERSION);
                let shown = path.display().to_string();
                found.push((
                    folder.clone(),
                    shard.ok_or_else(|| unfit("@merge-unread", shown))?,
                ));
            }
        }
        let shown = folders.iter().map(|folder| folder.display().to_string());
        let shown = shown.collect::<Vec<_>>().join(", ");
        let (_, first) = found.first().ok_or_else(|| unfit("@merge-none", shown))?;
        let mut made: BTreeMap<&str, &str> = BTreeMap::new();
        for number in 1..=first.of {
            let mut own = found.iter().filter(|(_, shard)| shard.number == number);
            let name = format!("{number}/{}", first.of);
            match (own.next(), own.next()) {
                (None, _) => return Err(unfit("@merge-missing", name)),
                (Some(_), Some(_)) => return Err(unfit("@merge-twice", name)),
                _ => {}
            }
        }
        for (folder, shard) in &found {
            if shard.of != first.of || shard.basis != first.basis {
                return Err(unfit(
                    "@merge-differ",
                    format!("{}/{}", shard.number, shard.of),
                ));
            }
            for (name, id) in &shard.made {
                let id = id
                    .as_deref()
                    .ok_or_else(|| unfit("@merge-failed", name.clone()))?;
                if made.insert(name, id).is_some() {
                    return Err(unfit("@merge-twice", name.clone()));
                }
                let place = folder.join(id);
                let manifest = Manifest::read(&place).filter(|manifest| {
                    Some(&manifest.inputs) == shard.basis.keys.get(name) && manifest.source == *name
                });
                let manifest = manifest.ok_or_else(|| unfit("@merge-torn", name.clone()))?;
                let mut outputs = manifest.outputs.iter();
                let torn = outputs.find(|(path, it)| !it.is_at(&place.join(path), Trust::Bytes));
                if let Some((path, _)) = torn {
                    let path = place.join(path).display().to_string();
                    return Err(unfit("@merge-torn", path));
                }
            }
        }
        if let Some(differs) = first.basis.differs(now) {
            return Err(unfit("@merge-stale", differs));
        }
        let mut names = now.keys.keys();
        match names.find(|name| !made.contains_key(name.as_str())) {
            Some(name) => Err(unfit("@merge-missing", name.clone())),
            None => Ok(Whole(found)),
        }
    }

    /// Takes the documents of all shards over into `output/`, and their records away;
    /// returns how many agreements and documents there are.
    ///
    /// # Errors
    /// A folder that cannot be written.
    pub fn adopt(&self, Whole(shards): &Whole) -> Result<(usize, usize), Diagnostic> {
        let (mut agreements, mut documents) = (0, 0);
        let home = fs::canonicalize(self.output()).ok();
        for (folder, shard) in shards {
            let here = fs::canonicalize(folder).ok() == home;
            for id in shard.made.values().flatten() {
                agreements += 1;
                let place = folder.join(id);
                let manifest = Manifest::read(&place).unwrap_or_default();
                documents += manifest.outputs.len();
                if !here {
                    self.take_over(id, &place, &manifest)?;
                }
            }
            if here {
                self.forget_shard(shard.number, shard.of);
            }
        }
        Ok((agreements, documents))
    }

    fn take_over(&self, id: &str, from: &Path, manifest: &Manifest) -> Result<(), Diagnostic> {
        let mut made = Made::default();
        for (path, output) in &manifest.outputs {
            let shown = || from.join(path).display().to_string();
            let bytes = fs::read(from.join(path));
            let bytes = bytes.map_err(|error| Reason::from(error).unreadable(shown()))?;
            let path = path.clone();
            made.products.insert(path.clone(), output.product.clone());
            made.noted.extend(output.noted.then(|| path.clone()));
            made.files.push(OutputFile { path, bytes });
        }
        let written = Written {
            source: &manifest.source,
            inputs: &manifest.inputs,
            moment: Moment::default(),
            made: &made,
            told: Some(manifest),
        };
        self.publish(id, written).map(|_| ())
    }
}

fn records(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let is_record = |name: &str| name.starts_with(".shard-") && name.ends_with(".json");
    let records = entries.filter(|entry| is_record(&entry.file_name().to_string_lossy()));
    records.map(|entry| entry.path()).collect()
}

fn unfit(reason: &str, file: String) -> Diagnostic {
    Diagnostic::error("shards-unfit")
        .with("reason", reason)
        .with("file", file)
}
