//! The folders of documents: what is written into them, and what is taken out.
//!
//! Input: what came of an agreement. Output: `output/<id>/` with all of it, or as it
//! was; its manifest; and what no longer belongs there is gone, if the program wrote it.
//! What somebody else put there is neither removed nor overwritten.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::diagnostic::{Diagnostic, Outcome};
use crate::source::Source;
use crate::workshop::{Made, OutputFile, PRINTS};

use super::hold::Hold;
use super::home::Project;
use super::manifest::{self, Manifest, Moment, Output, Trust};
use super::output::{self, refuse_strangers};
use super::reason::Reason;
use super::stage::{self, Stage};
use super::{plain, prints, reach};

/// What is to be written of an agreement.
#[derive(Clone, Copy)]
pub struct Written<'a> {
    /// The agreement's file, by its name.
    pub source: &'a str,
    /// The digest of all that it was made from.
    pub inputs: &'a str,
    /// When it was made.
    pub moment: Moment,
    /// What came of it.
    pub made: &'a Made,
    /// The manifest that has what was found, where another build found it.
    pub told: Option<&'a Manifest>,
}

/// What was done to the documents of an agreement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// Files that were made, also those that came out as they were.
    pub made: usize,
    /// Files that were left as they are.
    pub unchanged: usize,
    /// Files that were taken away.
    pub removed: usize,
}

impl Project {
    /// Returns the manifest of the documents of an agreement, if there is one.
    pub fn manifest(&self, id: &str) -> Option<Manifest> {
        self.manifest_or_folder(id).flatten()
    }

    /// Tells whether anything stands in the place of a document.
    pub fn is_there(&self, id: &str, path: &str) -> bool {
        reach::is_there(&self.output().join(id).join(path))
    }

    /// Returns the paths of the documents of a manifest that are as they were written.
    pub fn whole(&self, id: &str, manifest: &Manifest, trust: Trust) -> BTreeSet<String> {
        let folder = self.output().join(id);
        let outputs = manifest.outputs.iter();
        let whole = outputs.filter(|(path, output)| output.is_at(&folder.join(path), trust));
        whole.map(|(path, _)| path.clone()).collect()
    }

    /// Writes the documents of one agreement: all of them, or none. Returns nothing where
    /// another build has meanwhile changed those that were to stand.
    ///
    /// # Errors
    /// A place that cannot be written, or where something stands that is none of ours.
    pub fn publish(&self, id: &str, written: Written<'_>) -> Result<Option<Published>, Diagnostic> {
        let (root, output) = (&self.reach.root, self.output());
        let shown = |path: &str| Self::output_name(id, path);
        let unwritable = |path: &str| {
            let name = shown(path).trim_end_matches('/').to_owned();
            move |reason: Reason| reason.unwritable(name)
        };
        let folder = output.join(id);
        let made = written.made;
        let new: BTreeSet<&str> = made.files.iter().map(|file| file.path.as_str()).collect();
        for path in new.iter().copied().chain([manifest::NAME]) {
            refuse_strangers(root, &folder.join(path), Reason::unwritable)?;
        }
        fs::create_dir_all(&output)
            .map_err(|error| Reason::from(error).unwritable("output".into()))?;
        let _hold = Hold::take(&output, id)?;
        let before = Manifest::read(&folder);
        let Some(mut after) = next(&before, &folder, written) else {
            return Ok(None);
        };
        for file in &made.files {
            refuse_foreign(&folder, &before, file)
                .map_err(|fault| fault.with("file", shown(&file.path)))?;
        }
        let stands = |path: &str| made.products.contains_key(path) && !new.contains(path);
        let prints = !made.products.is_empty() || new.iter().any(|path| path.starts_with(PRINTS));
        let stale = match prints {
            true => prints::stale(&folder, &made.files, &stands),
            // Word files say nothing of what is printed.
            false => BTreeSet::new(),
        };
        let gone = |path: &str| {
            let surplus = !made.products.is_empty()
                && !made.products.contains_key(path)
                && before.as_ref().is_some_and(|before| {
                    before.outputs.contains_key(path) && before.wrote(&folder, path)
                });
            path == manifest::NAME || surplus || stale.contains(path)
        };
        // Asked while both folders are whole.
        let known = before.iter().flat_map(Manifest::paths);
        let gone: BTreeSet<String> = known
            .chain(&stale)
            .filter(|path| gone(path))
            .cloned()
            .collect();
        let same: BTreeSet<&str> = made
            .files
            .iter()
            .filter(|file| is_there(&folder, file))
            .map(|file| file.path.as_str())
            .collect();
        let mut stage = Stage::begin(&output, id).map_err(unwritable(""))?;
        let left_out = |path: &str| {
            path == manifest::NAME
                || gone.contains(path)
                || new.contains(path) && !same.contains(path)
        };
        stage.keep(&left_out).map_err(unwritable(""))?;
        for file in &made.files {
            let facts = match same.contains(file.path.as_str()) {
                true => fs::symlink_metadata(folder.join(&file.path)).map_err(Reason::from),
                false => stage.write(&file.path, &file.bytes),
            };
            let facts = facts.map_err(unwritable(&file.path))?;
            let record = Output::of(&file.bytes, &facts);
            after.record(&file.path, record, made);
        }
        after.forget(&gone);
        stage
            .describe(&after, &after.between(&before))
            .map_err(unwritable(manifest::NAME))?;
        stage
            .switch(&|path| path == manifest::NAME || gone.contains(path))
            .map_err(unwritable(""))?;
        Ok(Some(Published {
            made: new.len(),
            unchanged: made.products.len().saturating_sub(new.len()),
            removed: gone.len() - usize::from(gone.contains(manifest::NAME)),
        }))
    }

    /// Writes documents that somebody asked for beside those that a build makes.
    ///
    /// # Errors
    /// As [`Project::publish`].
    pub fn add(&self, id: &str, source: &Source, files: &[OutputFile]) -> Result<(), Diagnostic> {
        let made = Made {
            files: files.to_vec(),
            ..Made::default()
        };
        let written = Written {
            source: source.name(),
            inputs: "",
            moment: Moment::default(),
            made: &made,
            told: None,
        };
        self.publish(id, written).map(|_| ())
    }

    /// Removes the documents of an agreement that is no more, and returns how many they
    /// were, and the paths of what stays because the program did not write it.
    ///
    /// # Errors
    /// A folder that cannot be changed.
    pub fn remove(&self, id: &str) -> Result<(usize, Vec<String>), Diagnostic> {
        let output = self.output();
        let folder = output.join(id);
        let unwritable = |reason: Reason| reason.unwritable(format!("output/{id}"));
        refuse_strangers(
            &self.reach.root,
            &folder.join(manifest::NAME),
            Reason::unwritable,
        )?;
        let _hold = Hold::take(&output, id)?;
        let Some(before) = Manifest::read(&folder) else {
            return Ok((0, Vec::new()));
        };
        let paths = before.paths().filter(|path| before.wrote(&folder, path));
        let gone: BTreeSet<String> = paths.cloned().collect();
        let is_gone = |path: &str| path == manifest::NAME || gone.contains(path);
        let mut stage = Stage::begin(&output, id).map_err(unwritable)?;
        stage.keep(&is_gone).map_err(unwritable)?;
        let left = output::below(&folder).into_iter();
        let left = left.filter(|path| !is_gone(path));
        let left: Vec<String> = left.map(|path| format!("output/{id}/{path}")).collect();
        let done = match stage.is_empty() {
            true => stage.remove_old(&is_gone),
            false => stage.switch(&is_gone),
        };
        done.map_err(unwritable)?;
        Ok((gone.len(), left))
    }

    /// Returns the paths of what stands among the documents of an agreement and is none of
    /// its `products`, though the program wrote it: what the manifest has, and texts.
    pub fn surplus(&self, id: &str, products: &dyn Fn(&str) -> bool) -> Vec<String> {
        let folder = self.output().join(id);
        let Some(found) = self.manifest_or_folder(id) else {
            return Vec::new();
        };
        let is_text = |path: &str| {
            let read = || plain::read(&folder.join(path), MOST_LOOKED_AT);
            path.ends_with(".md") && read().is_ok_and(|plain| is_ours(&plain.bytes))
        };
        let mut surplus = output::below(&folder);
        surplus.retain(|path| {
            let hidden = path
                .rsplit('/')
                .next()
                .is_some_and(|name| name.starts_with('.'));
            let known = found
                .as_ref()
                .is_some_and(|known| known.outputs.contains_key(path));
            !hidden && !path.starts_with(PRINTS) && !products(path) && (known || is_text(path))
        });
        surplus
    }

    /// Returns the manifest of a folder, if it has one, where there is such a folder.
    fn manifest_or_folder(&self, id: &str) -> Option<Option<Manifest>> {
        let folder = self.output().join(id);
        let there = refuse_strangers(&self.reach.root, &folder.join("x"), Reason::unreadable);
        there.ok().map(|()| Manifest::read(&folder))
    }

    /// Returns the names of the folders in `output/`.
    ///
    /// # Errors
    /// A folder that cannot be read.
    pub fn folders(&self) -> Outcome<Vec<String>> {
        let found = self.reach.list(&self.output())?.into_iter();
        let folders = found.filter(|path| fs::symlink_metadata(path).is_ok_and(|it| it.is_dir()));
        let names = folders.filter_map(|path| path.file_name()?.to_str().map(str::to_owned));
        Ok(names.collect())
    }

    /// Removes what builds that were cut off left among the documents and locks.
    pub fn clear_left(&self) {
        let output = self.output();
        let is_folder = fs::symlink_metadata(&output).is_ok_and(|found| found.is_dir());
        let entries = is_folder.then(|| fs::read_dir(&output).ok()).flatten();
        for entry in entries.into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let lock = name
                .strip_prefix('.')
                .and_then(|name| name.strip_suffix(".lock"));
            let Some(id) = stage::staged(&name).or(lock) else {
                continue;
            };
            // Whoever holds it tidies up behind itself; otherwise the file goes with this.
            let hold = Hold::attempt(&Hold::beside(&output, id)).ok().flatten();
            if hold.as_ref().is_some_and(Hold::is_certain) && stage::staged(&name).is_some() {
                let gone = |folder: &Path, path: &str| {
                    let manifest = || Manifest::read(folder);
                    path == manifest::NAME || manifest().is_some_and(|m| m.wrote(folder, path))
                };
                stage::clear(&entry.path(), &output.join(id), &gone);
            }
        }
        output::clear(&self.reach.root.join("agreements"), 0);
    }
}

/// Returns the manifest of what will be there, with the records of what stands; nothing
/// where that is not what it was.
fn next(before: &Option<Manifest>, folder: &Path, written: Written<'_>) -> Option<Manifest> {
    let Written {
        source,
        inputs,
        moment,
        made,
        told,
    } = written;
    let is_new = |path: &str| made.files.iter().any(|file| file.path == path);
    let whole = !made.products.is_empty();
    // What one party prints says nothing of the other documents.
    let mut after = match (whole, before) {
        (true, _) | (false, None) => Manifest::new(source, inputs, made, moment),
        (false, Some(before)) => before.clone(),
    };
    if !whole {
        after.inputs.clear();
    }
    if let Some(told) = told {
        after.tell(told);
    }
    for (path, product) in &made.products {
        if !is_new(path) {
            let known = before.as_ref()?.outputs.get(path)?;
            let stands = known.product == *product && known.is_at(&folder.join(path), Trust::Time);
            after
                .outputs
                .insert(path.clone(), stands.then(|| known.clone())?);
        }
    }
    if let Some(before) = before {
        after.prints = before.prints.clone();
    }
    Some(after)
}

impl Manifest {
    fn record(&mut self, path: &str, mut output: Output, made: &Made) {
        match made.products.get(path) {
            Some(product) => {
                output.product.clone_from(product);
                output.noted = made.noted.contains(path);
                self.outputs.insert(path.to_owned(), output);
            }
            None => drop(self.prints.insert(path.to_owned(), output)),
        }
    }

    /// Returns what is known while some files are those of `before`, and others are of
    /// this manifest already.
    fn between(&self, before: &Option<Self>) -> Self {
        let mut between = self.clone();
        between.inputs.clear();
        if let Some(before) = before {
            let all = |own: &mut BTreeMap<String, Output>, old: &BTreeMap<String, Output>| {
                for (path, output) in old {
                    own.entry(path.clone()).or_insert_with(|| output.clone());
                }
            };
            all(&mut between.outputs, &before.outputs);
            all(&mut between.prints, &before.prints);
        }
        between
    }

    fn forget(&mut self, gone: &BTreeSet<String>) {
        let kept = |outputs: &mut BTreeMap<String, Output>| {
            outputs.retain(|path, _| !gone.contains(path));
        };
        kept(&mut self.outputs);
        kept(&mut self.prints);
    }
}

/// Tells whether a file has its bytes already.
fn is_there(folder: &Path, file: &OutputFile) -> bool {
    let read = plain::read(&folder.join(&file.path), file.bytes.len());
    read.is_ok_and(|plain| plain.bytes == file.bytes)
}

/// How much of a file is looked at to tell whose it is.
const MOST_LOOKED_AT: usize = 64 << 20;

/// Fails where a file that the program did not write stands in the place of one.
fn refuse_foreign(
    folder: &Path,
    before: &Option<Manifest>,
    file: &OutputFile,
) -> Result<(), Diagnostic> {
    // A document that was edited is made anew; a Word file is there to be edited.
    let ours = |before: &Manifest| {
        let document = before.outputs.contains_key(&file.path) || file.path.starts_with(PRINTS);
        document || before.wrote(folder, &file.path)
    };
    let known = before.as_ref().is_some_and(ours);
    let Ok(plain) = plain::read(&folder.join(&file.path), MOST_LOOKED_AT) else {
        return Ok(());
    };
    if known || plain.bytes == file.bytes || is_ours(&plain.bytes) {
        return Ok(());
    }
    Err(Diagnostic::error("not-ours").hint("move"))
}

/// What every document of ours has: the mark of a part of its text, the head of a sheet
/// in several languages, or the program that made a PDF.
const MARKS: [&[u8]; 3] = [
    b"<!-- section: ",
    b"<table>\n<tr>\n<th lang=\"",
    b"<xmp:CreatorTool>Alternat</xmp:CreatorTool>",
];

/// Tells whether the program wrote a file, by what is in it.
fn is_ours(bytes: &[u8]) -> bool {
    let has = |mark: &[u8]| bytes.windows(mark.len()).any(|part| part == mark);
    MARKS.iter().any(|mark| has(mark))
}
