//! What a build is to do: for each agreement, what is up to date already.
//!
//! Input: the agreements that are named, or all. Output: those that documents can be
//! made of, each with the key of all that they depend on, and what its manifest says of
//! the documents that are there. Nothing is parsed and nothing rendered for it.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use alternat::agreement::ids;
use alternat::agreement::load::{self, Loaded};
use alternat::agreement::{Register, Status};
use alternat::diagnostic::Diagnostic;
use alternat::project::{Basis, Manifest, Trust};
use alternat::workshop::in_order;

use super::super::open::{self, Census, Gathered, Input, Opened, Rehearsed};
use super::super::report::human::Reporter;
use super::super::shard;
use super::asked::BuildArgs;

/// What a build is to do.
pub(crate) struct Plan {
    pub(crate) jobs: Vec<Job>,
    /// How many agreements were read.
    pub(crate) count: usize,
    /// How many of them nothing is made of.
    pub(crate) refused: usize,
    pub(crate) census: Census,
    /// Which shard it is, and of how many.
    pub(crate) shard: Option<(usize, usize)>,
    /// What the whole project is made from, where it is a shard.
    pub(crate) basis: Basis,
    /// The names of those that are this shard's.
    pub(crate) own: Vec<String>,
}

/// An agreement that documents can be made of.
pub(crate) struct Job {
    pub(crate) input: Input,
    pub(crate) state: State,
}

/// What there is of an agreement's documents.
#[derive(Default)]
pub(crate) struct State {
    /// The digest of all that they depend on now.
    pub(crate) key: String,
    /// What was written last.
    pub(crate) manifest: Option<Manifest>,
    /// The paths of those that are as they were written.
    pub(crate) whole: BTreeSet<String>,
}

impl State {
    fn of(opened: &Opened, input: &Input, trust: Trust) -> Self {
        let id = opened.id(input);
        let manifest = opened.project.manifest(&id);
        let whole = manifest
            .as_ref()
            .map(|m| opened.project.whole(&id, m, trust));
        Self {
            key: opened.key(input),
            whole: whole.unwrap_or_default(),
            manifest,
        }
    }

    /// Returns the findings of last time, if they and all documents but those that are
    /// `excused` are what would be made now.
    pub(crate) fn fresh(
        &self,
        opened: &Opened,
        input: &Input,
        excused: &dyn Fn(&str) -> bool,
    ) -> Option<Vec<Diagnostic>> {
        let manifest = self.manifest.as_ref();
        let manifest = manifest.filter(|manifest| manifest.inputs == self.key)?;
        if !manifest.holds(opened.moment) {
            return None;
        }
        let stands = |path: &String| self.whole.contains(path) || excused(path);
        let all = manifest.outputs.keys().all(stands);
        let findings = all.then(|| manifest.findings(&|name| opened.file(input, name)));
        findings.flatten()
    }

    /// Returns the product keys of the documents that are as they were written, and gave
    /// no findings, which would have to be made again.
    pub(crate) fn standing(&self) -> BTreeMap<String, String> {
        let outputs = self.manifest.iter().flat_map(|manifest| &manifest.outputs);
        let whole = outputs.filter(|(path, it)| !it.noted && self.whole.contains(*path));
        whole
            .map(|(path, output)| (path.clone(), output.product.clone()))
            .collect()
    }
}

impl Plan {
    /// Reads the agreements, and reports those that nothing can be made of; nothing is
    /// left to do where the party for which to print is unknown.
    pub(crate) fn of(
        opened: &Opened,
        build: &BuildArgs,
        reporter: &mut Reporter,
    ) -> io::Result<Option<Self>> {
        let mut faults = Vec::new();
        let Gathered { inputs, census } = opened.gathered(&build.files, &mut faults);
        let same = same_ids(&inputs, &mut faults);
        reporter.findings(&faults)?;
        let shard = shard::of(build.shard.as_deref());
        let names = inputs.iter().map(|input| input.source.name().to_owned());
        let names: Vec<String> = names.collect();
        let basis = match shard {
            Some(_) => opened.basis(&inputs, build.jobs.as_deref()),
            None => Basis::default(),
        };
        let is_own = |index: usize| shard.is_none_or(|(number, of)| index % of + 1 == number);
        let own = names.into_iter().enumerate();
        let own: Vec<String> = own
            .filter(|(index, _)| is_own(*index))
            .map(|(_, it)| it)
            .collect();
        let listed = own.len();
        let inputs = inputs.into_iter().enumerate();
        let inputs = inputs.filter(|(index, _)| is_own(*index));
        let inputs = inputs.filter(|(index, input)| !same.contains(index) && !input.refused);
        let mut inputs: Vec<Input> = inputs.map(|(_, input)| input).collect();
        let mut refused = listed - inputs.len();
        if let (Some(holder), true) = (&build.holder, build.files.is_empty()) {
            let known = only_signed_by(holder, &mut inputs, opened.workshop.register());
            if inputs.is_empty() {
                let fault = Diagnostic::error("unknown-holder").typed("party", holder);
                let known: Vec<String> = known.into_iter().collect();
                let fault = fault.with("known", known.join(", "));
                let fault = fault.nearest(holder, known.iter().map(String::as_str));
                let hint = if known.is_empty() { "drafts" } else { "known" };
                reporter.findings(&[fault.hint(hint)])?;
                return Ok(None);
            }
        }
        let mut jobs = jobs(opened, inputs, build);
        let mut faults = Vec::new();
        let fell = fallen(opened, &jobs, build, &mut faults);
        reporter.findings(&faults)?;
        refused += fell.len();
        let mut index = 0;
        jobs.retain(|_| {
            index += 1;
            !fell.contains(&(index - 1))
        });
        Ok(Some(Self {
            jobs,
            count: listed,
            refused,
            census,
            shard,
            basis,
            own,
        }))
    }
}

fn jobs(opened: &Opened, inputs: Vec<Input>, build: &BuildArgs) -> Vec<Job> {
    let trust = match build.verify || build.check {
        true => Trust::Bytes,
        false => Trust::Time,
    };
    // What is made for one purpose is always made anew.
    let asked = !build.force && build.is_whole();
    let mut states = Vec::new();
    in_order(
        &inputs,
        open::jobs(build.jobs.as_deref()),
        |input| match asked {
            true => State::of(opened, input, trust),
            false => State {
                key: opened.key(input),
                ..State::default()
            },
        },
        |_, state| states.push(state),
    );
    let both = inputs.into_iter().zip(states);
    both.map(|(input, state)| Job { input, state }).collect()
}

/// Tries what a project's own templates make of those agreements that are not fresh;
/// returns the indices of those that cannot be made within the limits.
fn fallen(
    opened: &Opened,
    jobs: &[Job],
    build: &BuildArgs,
    faults: &mut Vec<Diagnostic>,
) -> BTreeSet<usize> {
    let stale = jobs.iter().enumerate();
    let stale = stale.filter(|(_, job)| job.state.fresh(opened, &job.input, &|_| false).is_none());
    let (indices, inputs): (Vec<usize>, Vec<&Input>) =
        stale.map(|(index, job)| (index, &job.input)).unzip();
    let rehearsed = Rehearsed {
        pages: !build.check && !build.docx,
        jobs: build.jobs.as_deref(),
    };
    let fell = opened.fallen(&inputs, rehearsed, faults);
    let fell = indices.into_iter().zip(fell).filter(|(_, fell)| *fell);
    fell.map(|(index, _)| index).collect()
}

/// Returns the indices of agreements that share an id, so that neither overwrites the
/// other.
fn same_ids(inputs: &[Input], faults: &mut Vec<Diagnostic>) -> BTreeSet<usize> {
    let sources = inputs.iter().map(|input| &input.source);
    let same = ids::same_ids(sources.map(|source| (ids::id(source), source)));
    let mut refused = BTreeSet::new();
    for same in same {
        faults.push(same.finding);
        refused.extend([same.first, same.second]);
    }
    refused
}

/// Keeps the agreements that a party is to sign, and those that cannot be read; returns
/// the ids of all parties that are to sign one.
fn only_signed_by(holder: &str, inputs: &mut Vec<Input>, register: &Register) -> BTreeSet<String> {
    let mut known = BTreeSet::new();
    inputs.retain(|input| {
        let loaded = load::load_with(&input.source, register);
        let Ok(Loaded { agreement, .. }) = loaded else {
            return true;
        };
        if agreement.status == Status::Draft {
            return false;
        }
        let parties = agreement.parties.into_iter();
        let parties: Vec<String> = parties.map(|party| party.id).collect();
        let signs = parties.iter().any(|party| party == holder);
        known.extend(parties);
        signs
    });
    known
}
