//! How long a thousand agreements take: `make bench`.
//!
//! Input: the agreements of this repository, varied in ids, years and names.
//! Output: the seconds to load them, to check them and to render their
//! Markdown, on all cores, each measured in the same run.

#![expect(clippy::print_stdout, reason = "a benchmark prints its numbers")]

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use alternat::agreement::load;
use alternat::project::Project;
use alternat::source::Source;
use alternat::workshop::{Options, Wanted, Workshop, in_order};

const AGREEMENTS: usize = 1000;

/// Each stage is measured this often; the quickest time counts.
const ROUNDS: usize = 3;

const PLACES: [&str; 5] = ["Bắc Giang", "Sơn La", "Hà Giang", "Nghệ An", "Lào Cai"];

fn main() {
    let project = Project::new(Path::new(env!("CARGO_MANIFEST_DIR")));
    let materials = project.materials().expect("the templates are readable");
    let workshop = Workshop::new(materials, Options::default()).expect("they are sound");
    let sources = thousand(&project);
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let load = measure(&sources, cores, |source| load::load(source).is_ok());
    let check = measure(&sources, cores, |source| {
        !workshop.check(source, None).findings.is_empty()
    });
    let make = measure(&sources, cores, |source| {
        workshop.make(source, None, Wanted::TEXTS).id.is_some()
    });
    let render = make.saturating_sub(check);
    println!("{AGREEMENTS} agreements on {cores} cores");
    for (what, time) in [
        ("load", load),
        ("load and check", check),
        ("render", render),
    ] {
        let each = time.as_micros() / AGREEMENTS as u128;
        println!(
            "{what:<15} {:>6.3} s  {each:>6} µs each",
            time.as_secs_f64()
        );
    }
    let ratio = |time: Duration| check.as_secs_f64() / time.as_secs_f64();
    println!(
        "checking takes {:.1} times as long as loading alone,",
        ratio(load)
    );
    println!(
        "and {:.1} times as long as rendering the Markdown",
        ratio(render)
    );
}

/// Returns the quickest time in which `work` is done on all sources.
fn measure(sources: &[Source], cores: usize, work: impl Fn(&Source) -> bool + Sync) -> Duration {
    let rounds = (0..ROUNDS).map(|_| {
        let start = Instant::now();
        in_order(sources, cores, &work, |source, done| {
            assert!(done, "{} was not read", source.name());
        });
        start.elapsed()
    });
    rounds.min().unwrap_or_default()
}

/// Returns a thousand agreements of which no two are the same.
fn thousand(project: &Project) -> Vec<Source> {
    let files = project.agreements().expect("the agreements are listed");
    let read = |file| project.read(file).expect("an agreement is readable");
    let originals: Vec<Source> = files.iter().map(|file| read(file)).collect();
    let varied = originals.iter().cycle().enumerate();
    varied
        .take(AGREEMENTS)
        .map(|(n, source)| vary(source, n))
        .collect()
}

fn vary(source: &Source, number: usize) -> Source {
    let mut text = source
        .text()
        .replacen("id: ", &format!("id: a{number}-"), 1);
    // From the last year on, so that none is moved twice.
    for year in (2015..2030).rev() {
        text = text.replace(&year.to_string(), &(year + number / 6 % 30).to_string());
    }
    text = text.replace(PLACES[0], PLACES[number % PLACES.len()]);
    Source::new(format!("agreements/a{number}.yaml"), text)
}
