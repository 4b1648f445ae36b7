//! Changes sound inputs at random until something panics, hangs or swells.
//!
//! ```sh
//! cargo run --example fuzz -- load|markdown|document-tree [--seconds N] [--seed N]
//! ```
//!
//! Input: the agreements of the repository, `tests/errors/`, and snippets that
//! are known to be hard. An input whose faults are new joins them. Output: the
//! seed, a count, and each input that broke a promise in `fuzz/crashes/`: no
//! panic, at most one second and 200 MB. Runs on stable Rust, on one thread,
//! and gives the same inputs for the same seed.

#![expect(clippy::print_stdout, reason = "a fuzzer says what it does")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use alternat::agreement::load;
use alternat::diagnostic::{Diagnostic, Findings};
use alternat::document::markdown;
use alternat::language::Language;
use alternat::project::Project;
use alternat::source::Source;
use alternat::workshop::{Options, PAGE_INPUT, Wanted, Workshop};

const LONGEST: Duration = Duration::from_secs(1);
/// After this the input is taken to hang.
const HANGS: Duration = Duration::from_secs(20);
const MOST_KB: usize = 200 << 10;
const CORPUS: usize = 400;
/// As in `workshop::in_order`.
const STACK_BYTES: usize = 16 << 20;

/// Pieces that are put into inputs, set apart by `¦`.
const TOKENS: &str = "¦\n¦\n\n¦  ¦\t¦: ¦- ¦? ¦[¦]¦{¦}¦*¦**¦_¦`¦```¦> ¦# ¦1. ¦~¦&a ¦*a¦|-\n¦\"¦'¦\\¦\
    <!-- section: content -->¦<!-- part: x -->¦<b>¦&#0;¦&amp;¦](party:bac-ninh)¦[a]: /b\n¦![¦\
    \u{202e}¦\u{ecd}\u{eb2}¦\u{301}¦ໜ້າ¦ngày 31/02/2022¦hai (03) bản¦+84¦{{ x }}¦./.";

type Target = Arc<dyn Fn(&str) -> Vec<Diagnostic> + Send + Sync>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |name: &str, usual: u64| {
        let at = arguments.iter().position(|argument| argument == name);
        let value = at.and_then(|at| arguments.get(at + 1)?.parse().ok());
        value.unwrap_or(usual)
    };
    let (seconds, seed) = (number("--seconds", 60), number("--seed", 1));
    let name = arguments.first().cloned().unwrap_or_default();
    let (Some(target), corpus) = (target(&name), corpus(name == "markdown")) else {
        println!("fuzz load|markdown|document-tree [--seconds N] [--seed N]");
        return ExitCode::from(2);
    };
    println!(
        "{name}: seed {seed}, {seconds} s, {} inputs to start from",
        corpus.len()
    );
    let fuzzer = Fuzzer {
        name,
        target,
        corpus,
        seen: BTreeSet::new(),
        dice: Dice(seed),
    };
    match fuzzer.run(Duration::from_secs(seconds)) {
        0 => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

/// Returns what is done with each input.
fn target(name: &str) -> Option<Target> {
    match name {
        "load" => Some(Arc::new(|text| {
            load::load(&Source::new("x.yaml", text))
                .err()
                .unwrap_or_default()
        })),
        "markdown" => Some(Arc::new(read_markdown)),
        "document-tree" => {
            let project = Project::new(root());
            let materials = project.materials().expect("the templates are readable");
            let workshop = Workshop::new(materials, Options::default()).expect("they are sound");
            Some(Arc::new(move |text| whole_path(&workshop, text)))
        }
        _ => None,
    }
}

fn read_markdown(text: &str) -> Vec<Diagnostic> {
    let field = Source::new("x.yaml", text);
    let mut found = Findings::default();
    let known = markdown::Known {
        parties: vec!["bac-ninh"],
        clauses: vec!["visits"],
        annexes: Vec::new(),
    };
    markdown::field(text, &field.span(0..text.len()), &known, &mut found);
    let ordered = markdown::ordered(text, &[], &["xaysomboun", "bac-ninh"]);
    let page = Source::new("x.md", format!("<!-- section: content -->\n\n{ordered}"));
    let parsed = markdown::parse(&page, &Language("vi".to_owned()));
    found.extend(parsed.err().into_iter().flatten());
    found.into_list()
}

fn whole_path(workshop: &Workshop, text: &str) -> Vec<Diagnostic> {
    let source = Source::new("x.yaml", text);
    let made = workshop.make(&source, None, Wanted::TEXTS);
    let grave = made.findings.iter().any(Diagnostic::is_error);
    assert!(!grave || made.files.is_empty(), "files in spite of errors");
    let forms = &[&PAGE_INPUT];
    let edition = None;
    let paged = workshop.make(
        &source,
        None,
        Wanted {
            forms,
            edition,
            holder: None,
        },
    );
    made.findings.into_iter().chain(paged.findings).collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Returns the inputs to start from, in order of their names.
fn corpus(markdown: bool) -> Vec<String> {
    let agreements = Project::new(root()).agreements();
    let mut paths = agreements.expect("the agreements are listed");
    if markdown {
        let text =
            |file: &PathBuf| Some(root().join("output").join(file.file_stem()?).join("vi.md"));
        paths = paths.iter().filter_map(text).collect();
    } else {
        let errors = fs::read_dir(root().join("tests/errors")).expect("a folder");
        paths.extend(errors.flatten().map(|entry| entry.path()));
        paths.retain(|path| path.extension().is_some_and(|ending| ending == "yaml"));
    }
    paths.sort();
    let texts = paths
        .iter()
        .filter_map(|path| fs::read_to_string(path).ok());
    texts.chain(TOKENS.split('¦').map(str::to_owned)).collect()
}

/// A small generator of pseudo-random numbers, so that inputs come again.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        let next = self.0.wrapping_mul(6_364_136_223_846_793_005);
        self.0 = next.wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides.max(1)
    }
}

struct Fuzzer {
    name: String,
    target: Target,
    corpus: Vec<String>,
    /// The faults that have been seen together.
    seen: BTreeSet<Vec<&'static str>>,
    dice: Dice,
}

impl Fuzzer {
    /// Returns how many inputs broke a promise.
    fn run(mut self, time: Duration) -> usize {
        let (start, mut count, mut broken) = (Instant::now(), 0, 0);
        while start.elapsed() < time {
            let input = self.input();
            count += 1;
            // Once more, since a busy machine is slow now and then.
            if let Err(why) = self.attempt(&input).or_else(|_| self.attempt(&input)) {
                broken += 1;
                keep(&self.name, &input, &why);
            }
        }
        let kinds = self.seen.len();
        println!(
            "{}: {count} inputs, {kinds} kinds of faults, {broken} broken",
            self.name
        );
        broken
    }

    fn attempt(&mut self, input: &str) -> Result<(), String> {
        let (start, before) = (Instant::now(), memory_kb());
        let (sender, receiver) = mpsc::channel();
        let (target, text) = (Arc::clone(&self.target), input.to_owned());
        let worker = thread::Builder::new().stack_size(STACK_BYTES);
        let worker = worker.spawn(move || sender.send(target(&text)));
        worker.expect("the system grants a thread");
        // A thread that panics hangs up; one that hangs stays behind.
        let found = receiver.recv_timeout(HANGS).map_err(|why| match why {
            mpsc::RecvTimeoutError::Timeout => "it hangs",
            mpsc::RecvTimeoutError::Disconnected => "it panics",
        })?;
        let (time, grown) = (start.elapsed(), memory_kb().saturating_sub(before));
        let codes: BTreeSet<&'static str> = found.iter().map(|finding| finding.code).collect();
        if self.seen.insert(codes.into_iter().collect()) && self.corpus.len() < CORPUS {
            self.corpus.push(input.to_owned());
        }
        match () {
            () if time > LONGEST => Err(format!("{time:?}")),
            () if grown > MOST_KB => Err(format!("{grown} KB")),
            () => Ok(()),
        }
    }

    /// Changes an input of the corpus in a few places.
    fn input(&mut self) -> String {
        let mut bytes = self.pick().into_bytes();
        for _ in 0..=self.dice.roll(5) {
            let at = self.dice.roll(bytes.len() + 1);
            match self.dice.roll(6) {
                0 if at < bytes.len() => bytes[at] ^= 1 << self.dice.roll(8),
                1 => self.move_line(&mut bytes),
                2 => {
                    let other = self.pick().into_bytes();
                    let from = self.dice.roll(other.len() + 1);
                    let to = (from + self.dice.roll(80)).min(other.len());
                    bytes.splice(at..at, other[from..to].iter().copied());
                }
                3 => {
                    let times = 1 << self.dice.roll(10);
                    let token = self.token().repeat(times);
                    bytes.splice(at..at, token.into_bytes());
                }
                _ => {
                    let end = (at + self.dice.roll(12)).min(bytes.len());
                    let token = self.token();
                    bytes.splice(at..end, token.bytes());
                }
            }
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }

    fn token(&mut self) -> &'static str {
        let tokens: Vec<&str> = TOKENS.split('¦').collect();
        tokens[self.dice.roll(tokens.len())]
    }

    fn pick(&mut self) -> String {
        self.corpus[self.dice.roll(self.corpus.len())].clone()
    }

    /// Takes a line away, or puts it elsewhere as well.
    fn move_line(&mut self, bytes: &mut Vec<u8>) {
        let mut lines: Vec<&[u8]> = bytes.split_inclusive(|b| *b == b'\n').collect();
        let (from, to) = (self.dice.roll(lines.len()), self.dice.roll(lines.len()));
        match lines.get(from) {
            Some(line) if self.dice.roll(2) == 0 => lines.insert(to, line),
            Some(_) => drop(lines.remove(from)),
            None => {}
        }
        *bytes = lines.concat();
    }
}

/// Returns the largest memory that the program has had so far.
fn memory_kb() -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = peak.and_then(|peak| peak.trim().split(' ').next()?.parse().ok());
    number.unwrap_or_default()
}

fn keep(name: &str, input: &str, why: &str) {
    let folder = root().join("fuzz/crashes");
    let file = folder.join(format!(
        "{name}-{}",
        &alternat::text::digest::short([input])
    ));
    println!("{}: {why}", file.display());
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(file, input))
        .expect("a crash can be kept");
}
