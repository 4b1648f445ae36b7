//! `alternat build --check`: tells whether `output/` is what would be made.
//!
//! Input: the plan of a build. Output: a finding for each file that is stale, missing or
//! surplus, with the difference of a text. Nothing is written. PDFs that are there are
//! compared too: by what the manifest says that they were made from, else by making them.

use std::io;

use alternat::diagnostic::Diagnostic;
use alternat::project::Project;
use alternat::workshop::{Made, Redline, Standing, Wanted, in_order};

use super::super::open::{self, Opened};
use super::super::report::human::Reporter;
use super::super::report::progress::Progress;
use super::asked::BuildArgs;
use super::changes;
use super::planned::{Job, Plan};
use super::redlined;

/// What was found of one agreement.
enum Found {
    /// All that there is was written for what is there now: so many files.
    Fresh(Vec<Diagnostic>, usize),
    /// What it would be, and the paths of files that are to be there.
    Made(Box<Made>),
}

/// Compares `output/` with what would be made.
pub(crate) fn run(opened: &Opened, build: &BuildArgs, reporter: &mut Reporter) -> io::Result<()> {
    let Some(plan) = Plan::of(opened, build, reporter)? else {
        return Ok(());
    };
    let mut count = 0;
    let mut printed = Ok(());
    let mut progress = Progress::new(plan.jobs.len(), build.quiet);
    in_order(
        &plan.jobs,
        open::jobs(build.jobs.as_deref()),
        |job| find(opened, job, build),
        |job, found| {
            let told = tell(opened, found, &mut count, reporter);
            let told = told.and_then(|()| progress.step(job.input.source.name(), reporter));
            if told.is_err() {
                printed = told;
            }
        },
    );
    printed?;
    reporter.clear_status()?;
    let census = &plan.census;
    if build.files.is_empty() && census.is_sure {
        match opened.project.folders() {
            Ok(mut folders) => {
                folders.retain(|id| !census.ids.contains(id));
                for id in folders {
                    reporter.findings(&surplus(&opened.project, &id, &|_| false))?;
                }
            }
            Err(faults) => reporter.findings(&faults)?,
        }
    }
    if plan.count == 0 || build.quiet {
        return Ok(());
    }
    let numbers = [
        ("files", count),
        ("agreements", plan.count),
        ("errors", reporter.errors()),
        ("warnings", reporter.warnings()),
    ];
    let summary = reporter.messages().counted("compare-summary", &numbers);
    reporter.line(&summary.replace("{folder}", &opened.project.output_folder()))
}

fn find(opened: &Opened, job: &Job, build: &BuildArgs) -> Found {
    let Job { input, state } = job;
    let id = state.manifest.as_ref().map(|_| opened.id(input));
    let is_there = |path: &str| {
        let id = id.as_deref().unwrap_or_default();
        opened.project.is_there(id, path)
    };
    // PDFs are not under version control: where none is, none need be.
    let excused = |path: &str| !is_text(path) && !build.pdf && !is_there(path);
    if let Some(findings) = state.fresh(opened, input, &excused) {
        return Found::Fresh(findings, state.whole.len());
    }
    let id = opened.id(input);
    let asked = |path: &str| is_text(path) || build.pdf || opened.project.is_there(&id, path);
    let products = &state.standing();
    let standing = Some(Standing {
        products,
        asked: &asked,
    });
    let (source, lock) = (&input.source, input.lock.as_ref());
    let wanted = Wanted::EVERYTHING;
    let mut made = opened.workshop.remake(source, lock, wanted, standing);
    let forms = [Redline::Text, Redline::Pages];
    redlined::add(opened, job, &forms, standing, &mut made);
    Found::Made(Box::new(made))
}

fn is_text(path: &str) -> bool {
    path.ends_with(".md")
}

fn tell(
    opened: &Opened,
    found: Found,
    count: &mut usize,
    reporter: &mut Reporter,
) -> io::Result<()> {
    let mut made = match found {
        Found::Fresh(findings, files) => {
            *count += files;
            return reporter.grave(&findings);
        }
        Found::Made(made) => made,
    };
    changes::show(&opened.project, &mut made, reporter)?;
    let Some(id) = made.id.as_deref().filter(|_| made.is_whole()) else {
        return Ok(());
    };
    let project = &opened.project;
    let there = made
        .products
        .keys()
        .filter(|path| project.is_there(id, path));
    *count += there.count().max(made.files.len());
    for file in &made.files {
        let name = Project::output_name(id, &file.path);
        match project.current(id, file) {
            Err(fault) => reporter.findings(&[fault])?,
            Ok(Some(current)) if current == file.bytes => {}
            Ok(Some(current)) => {
                let finding = Diagnostic::error("stale-output").with("file", name);
                reporter.findings(&[finding.hint("build")])?;
                if is_text(&file.path) {
                    reporter.difference(
                        &String::from_utf8_lossy(&current),
                        &String::from_utf8_lossy(&file.bytes),
                    )?;
                }
            }
            Ok(None) => {
                let finding = Diagnostic::error("missing-output").with("file", name);
                reporter.findings(&[finding.hint("build")])?;
            }
        }
    }
    let known = |path: &str| made.products.contains_key(path);
    reporter.findings(&surplus(project, id, &known))
}

/// Returns a finding for each file that the program wrote and would not write now.
fn surplus(project: &Project, id: &str, products: &dyn Fn(&str) -> bool) -> Vec<Diagnostic> {
    let paths = project.surplus(id, products).into_iter();
    let name = |path: String| Project::output_name(id, &path);
    let finding = |path| Diagnostic::error("surplus-output").with("file", name(path));
    paths.map(|path| finding(path).hint("remove")).collect()
}
