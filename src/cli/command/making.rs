//! `alternat build` as it makes documents: those that are not what they should be.
//!
//! Input: the plan of a build. Output: each agreement's documents, written as soon as
//! they are made; what was found; and what was done, in one line.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use alternat::diagnostic::Diagnostic;
use alternat::project::{Published, Shard, Written};
use alternat::workshop::{Made, Redline, Standing, Wanted, in_order};

use super::super::open::{self, Opened};
use super::super::report::human::Reporter;
use super::super::report::progress::Progress;
use super::asked::BuildArgs;
use super::changes;
use super::planned::{Job, Plan};
use super::redlined;
use super::removing;

/// What came of one agreement.
enum Came {
    /// Nothing need be done; these are the findings of last time, and the number of files.
    Fresh(Vec<Diagnostic>, usize),
    /// It was worked on.
    Worked(Box<Worked>),
    /// An agreement before it failed.
    Skipped,
}

struct Worked {
    made: Made,
    /// What was written; nothing where there was a fault.
    published: Option<Published>,
    fault: Option<Diagnostic>,
    making: Duration,
    writing: Duration,
}

/// What was done altogether.
#[derive(Default)]
struct Sum {
    made: usize,
    unchanged: usize,
    removed: usize,
    failed: usize,
}

/// Makes the documents and writes those of each agreement as it is done.
/// `start` is when the program began to work.
pub(crate) fn run(
    opened: &Opened,
    build: &BuildArgs,
    start: Instant,
    reporter: &mut Reporter,
) -> io::Result<()> {
    opened.project.clear_left();
    let Some(plan) = Plan::of(opened, build, reporter)? else {
        return Ok(());
    };
    let mut record = record(opened, &plan);
    let mut sum = Sum {
        failed: plan.refused,
        ..Sum::default()
    };
    let stop = AtomicBool::new(build.fail_fast && plan.refused > 0);
    let mut progress = Progress::new(plan.jobs.len(), build.quiet);
    let mut printed = Ok(());
    in_order(
        &plan.jobs,
        open::jobs(build.jobs.as_deref()),
        |job| {
            let came = match stop.load(Ordering::Relaxed) {
                true => Came::Skipped,
                false => work(opened, job, build),
            };
            if build.fail_fast && came.failed() {
                stop.store(true, Ordering::Relaxed);
            }
            came
        },
        |job, came| {
            let id = came.is_done().then(|| opened.id(&job.input));
            let told = tell(opened, job, came, build, &mut sum, reporter);
            if let Some(record) = &mut record {
                record.made.insert(job.input.source.name().to_owned(), id);
            }
            let told = told.and_then(|()| progress.step(job.input.source.name(), reporter));
            if told.is_err() {
                printed = told;
            }
        },
    );
    printed?;
    reporter.clear_status()?;
    if let Some(record) = &record {
        reporter.findings(opened.project.write_shard(record).err().as_slice())?;
    }
    let whole = build.files.is_empty() && build.is_whole() && plan.shard.is_none();
    if whole && !stop.load(Ordering::Relaxed) {
        sum.removed += removing::run(opened, &plan.census, reporter)?;
    }
    if plan.count == 0 || build.quiet {
        return Ok(());
    }
    // A first build of a single agreement has nothing else to tell.
    let told = sum.unchanged + sum.removed > 0 || plan.count > 1 && sum.failed > 0;
    let rest = (told || build.verbose || io::stderr().is_terminal()).then(|| start.elapsed());
    summary(opened, &plan, &sum, rest, reporter)
}

/// Starts the record of a shard, if this is one, in which nothing is made yet.
fn record(opened: &Opened, plan: &Plan) -> Option<Shard> {
    let (number, of) = plan.shard?;
    opened.project.forget_shard(number, of);
    let mut record = Shard::new(number, of, plan.basis.clone());
    record.made = plan.own.iter().map(|name| (name.clone(), None)).collect();
    Some(record)
}

impl Came {
    fn is_done(&self) -> bool {
        match self {
            Came::Fresh(..) => true,
            Came::Worked(worked) => worked.published.is_some(),
            Came::Skipped => false,
        }
    }

    fn failed(&self) -> bool {
        matches!(self, Came::Worked(worked) if worked.published.is_none())
    }
}

/// Makes and writes the documents of one agreement, where that need be done.
fn work(opened: &Opened, job: &Job, build: &BuildArgs) -> Came {
    let Job { input, state } = job;
    if let Some(findings) = state.fresh(opened, input, &|_| false) {
        let files = state.manifest.as_ref().map_or(0, |it| it.outputs.len());
        return Came::Fresh(findings, files);
    }
    let start = Instant::now();
    let standing = state.standing();
    let mut made = make(opened, job, build, &standing);
    let mut making = start.elapsed();
    let write = |made: &Made| {
        let written = Written {
            source: input.source.name(),
            inputs: &state.key,
            moment: opened.moment,
            made,
            told: None,
        };
        match made.id.as_deref().filter(|_| made.is_whole()) {
            Some(id) => opened.project.publish(id, written),
            None => Ok(None),
        }
    };
    let mut published = write(&made);
    if matches!(published, Ok(None)) && made.is_whole() {
        // Another build has changed what was to stand.
        let again = Instant::now();
        made = make(opened, job, build, &BTreeMap::new());
        making += again.elapsed();
        published = write(&made);
    }
    // All of them would fill the memory while earlier agreements are waited for.
    made.files.clear();
    let writing = start.elapsed().saturating_sub(making);
    let (published, fault) = match published {
        Ok(published) => (published, None),
        Err(fault) => (None, Some(fault)),
    };
    Came::Worked(Box::new(Worked {
        made,
        published,
        fault,
        making,
        writing,
    }))
}

fn make(
    opened: &Opened,
    job: &Job,
    build: &BuildArgs,
    products: &BTreeMap<String, String>,
) -> Made {
    let (source, lock) = (&job.input.source, job.input.lock.as_ref());
    match &build.holder {
        Some(holder) => opened
            .workshop
            .make(source, lock, Wanted::printed_by(holder)),
        None if build.docx => {
            let mut made = opened.workshop.make(source, lock, Wanted::WORD);
            redlined::add(opened, job, &[Redline::Word], None, &mut made);
            made
        }
        None => {
            let asked = &|_: &str| true;
            let standing = Some(Standing { products, asked });
            let wanted = Wanted::EVERYTHING;
            let mut made = opened.workshop.remake(source, lock, wanted, standing);
            let forms = [Redline::Text, Redline::Pages];
            redlined::add(opened, job, &forms, standing, &mut made);
            made
        }
    }
}

/// Reports what came of one agreement.
fn tell(
    opened: &Opened,
    job: &Job,
    came: Came,
    build: &BuildArgs,
    sum: &mut Sum,
    reporter: &mut Reporter,
) -> io::Result<()> {
    let name = job.input.source.name();
    match came {
        Came::Skipped => Ok(()),
        Came::Fresh(findings, files) => {
            sum.unchanged += files;
            reporter.grave(&findings)?;
            if !build.verbose {
                return Ok(());
            }
            let line = reporter
                .messages()
                .counted("build-fresh", &[("files", files)]);
            reporter.line(&line.replace("{file}", name))
        }
        Came::Worked(mut worked) => {
            changes::show(&opened.project, &mut worked.made, reporter)?;
            reporter.findings(worked.fault.as_slice())?;
            let Some(published) = worked.published else {
                sum.failed += 1;
                return Ok(());
            };
            let Published {
                made,
                unchanged,
                removed,
            } = published;
            sum.made += made;
            sum.unchanged += unchanged;
            sum.removed += removed;
            if !build.verbose {
                return Ok(());
            }
            let numbers = [("files", made), ("unchanged", unchanged)];
            let line = reporter.messages().counted("build-made", &numbers);
            let line = line.replace("{making}", &seconds(worked.making));
            let line = line.replace("{writing}", &seconds(worked.writing));
            reporter.line(&line.replace("{file}", name))
        }
    }
}

fn summary(
    opened: &Opened,
    plan: &Plan,
    sum: &Sum,
    rest: Option<Duration>,
    reporter: &mut Reporter,
) -> io::Result<()> {
    let numbers = [
        ("files", sum.made),
        ("agreements", plan.count),
        ("unchanged", sum.unchanged),
        ("removed", sum.removed),
        ("failed", sum.failed),
        ("errors", reporter.errors()),
        ("warnings", reporter.warnings()),
    ];
    let said = |key| reporter.messages().counted(key, &numbers);
    let (summary, more) = (said("build-summary"), said("build-rest"));
    reporter.line(&summary.replace("{folder}", &opened.project.output_folder()))?;
    match rest {
        Some(time) => reporter.line(&more.replace("{seconds}", &seconds(time))),
        None => Ok(()),
    }
}

fn seconds(time: Duration) -> String {
    format!("{:.2}", time.as_secs_f64())
}
