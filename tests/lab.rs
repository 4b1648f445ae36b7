//! What the tests share: a place to work in, the program and its stages, a sound
//! agreement, and PDF readers.

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use alternat::diagnostic::Diagnostic;
use alternat::project::Project;
use alternat::source::Source;
use chrono::NaiveDate;

// Named here alone, so that the tests do not depend on where they live.
pub(crate) use alternat::workshop::{Made, Options, Wanted, Workshop, in_order};

/// A sound agreement, for tests that change something in it.
pub(crate) const BASE: &str = include_str!("rules/base.yaml");

/// Returns the base with one thing changed.
pub(crate) fn changed(from: &str, to: &str) -> String {
    assert!(BASE.contains(from), "the base has no `{from}`");
    BASE.replacen(from, to, 1)
}

/// Returns the stages with the templates and the glossary of the repository.
pub(crate) fn workshop() -> &'static Workshop {
    static WORKSHOP: OnceLock<Workshop> = OnceLock::new();
    WORKSHOP.get_or_init(|| {
        let project = Project::new(repository());
        let materials = project.materials().expect("the templates are readable");
        let options = Options {
            today: NaiveDate::from_ymd_opt(2026, 6, 30),
            ..Options::default()
        };
        Workshop::new(materials, options).expect("the templates are sound")
    })
}

/// Does `work` on each item, on threads as the program uses them.
pub(crate) fn side_by_side<T: Sync, R: Send>(
    items: &[T],
    jobs: usize,
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let mut results = Vec::new();
    in_order(items, jobs, work, |_, result| results.push(result));
    results
}

/// Returns all that is found in an agreement.
pub(crate) fn check(text: impl Into<String>) -> Vec<Diagnostic> {
    workshop()
        .check(&Source::new("x.yaml", text), None)
        .findings
}

/// Tells whether expectations are to be rewritten.
pub(crate) fn updating() -> bool {
    std::env::var_os("UPDATE").is_some()
}

/// The repository.
pub(crate) fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Returns an empty folder that belongs to the test `name`.
pub(crate) fn empty_folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("a test's folder can be emptied");
    }
    fs::create_dir_all(&folder).expect("a test's folder can be made");
    folder
}

/// Writes `to` wherever a file of a project has `from`.
pub(crate) fn edit(folder: &Path, file: &str, from: &str, to: &str) {
    let path = folder.join(file);
    let text = fs::read_to_string(&path).expect("a file of the project");
    assert!(text.contains(from), "{file} has no `{from}`");
    fs::write(path, text.replace(from, to)).expect("writable");
}

/// Runs the program in `folder`, with nothing in its environment that could
/// change what it does.
pub(crate) fn alternat(folder: &Path, args: &[&str]) -> Output {
    alternat_with(folder, args, &[])
}

/// Runs the program in `folder`, with these variables alone.
pub(crate) fn alternat_with(folder: &Path, args: &[&str], variables: &[(&str, &str)]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_alternat"))
        .args(args)
        .current_dir(folder)
        .env_clear()
        .envs(variables.iter().copied())
        .output()
        .expect("the program was built for this test")
}

/// Returns what the program said, as text.
pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("the program speaks UTF-8")
}

/// Returns what the program printed, as text.
pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("the program prints UTF-8")
}

/// Returns the one JSON document that the program printed.
pub(crate) fn json(output: &Output) -> serde_json::Value {
    serde_json::from_slice(&output.stdout).expect("the program prints JSON")
}

/// Removes white space, which readers of PDFs put where lines and words end.
pub(crate) fn squeeze(text: &str) -> String {
    let letters = text.chars();
    letters.filter(|letter| !letter.is_whitespace()).collect()
}

/// Returns all files below `folder`, by their path below it, sorted; manifests, which
/// differ between machines, are none of them.
pub(crate) fn files_below(folder: &Path) -> Vec<String> {
    fn gather(folder: &Path, root: &Path, files: &mut Vec<String>) {
        let Ok(entries) = fs::read_dir(folder) else {
            return;
        };
        for path in entries.map(|entry| entry.expect("readable").path()) {
            if path.is_dir() {
                gather(&path, root, files);
            } else {
                if path
                    .file_name()
                    .is_some_and(|name| name == ".manifest.json")
                {
                    continue;
                }
                let name = path.strip_prefix(root).expect("below the root");
                files.push(name.to_str().expect("a UTF-8 name").to_owned());
            }
        }
    }
    let mut files = Vec::new();
    gather(folder, folder, &mut files);
    files.sort();
    files
}

/// Returns the sources of the program, by their path below `src/` without the
/// ending.
pub(crate) fn sources() -> BTreeMap<String, String> {
    let folder = repository().join("src");
    let files = files_below(&folder).into_iter();
    let files = files.filter(|name| name.ends_with(".rs"));
    files
        .map(|name| {
            let text = fs::read_to_string(folder.join(&name)).expect("a source");
            (name.trim_end_matches(".rs").to_owned(), text)
        })
        .collect()
}

/// Returns the code of a source without its comments and unit tests.
pub(crate) fn code(text: &str) -> String {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    code.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Copies a folder with all it holds.
pub(crate) fn copy_folder(from: &Path, to: &Path) {
    for name in files_below(from) {
        let target = to.join(&name);
        fs::create_dir_all(target.parent().expect("a parent")).expect("a folder");
        fs::copy(from.join(&name), target).expect("a copy");
    }
}

/// The agreements of this repository, in [`project`].
pub(crate) const OWN: &str = ".";

/// The projects of `tests/suite/` that have everything between them: two, four
/// and five parties, three languages, and blanks.
pub(crate) const SUITE: [&str; 5] = [
    "two-parties",
    "four-parties",
    "five-parties",
    "draft-blanks",
    "three-languages",
];

/// Returns the folder of a project with the agreements of these projects of
/// `tests/suite/`.
pub(crate) fn project(name: &str, cases: &[&str]) -> PathBuf {
    let folder = empty_folder(name);
    for case in cases {
        let source = match *case {
            OWN => repository(),
            case => repository().join("tests/suite").join(case),
        };
        copy_folder(&source.join("agreements"), &folder.join("agreements"));
    }
    folder
}

/// Sets the Lao of a project in these families.
pub(crate) fn set_lao_in(folder: &Path, families: &str) {
    let words = "templates/lo/words.yaml";
    fs::create_dir_all(folder.join("templates/lo")).expect("a folder");
    fs::copy(repository().join(words), folder.join(words)).expect("the Lao words");
    let default = "fonts: [Noto Serif Lao, Liberation Serif]";
    edit(folder, words, default, &format!("fonts: [{families}]"));
}

/// Returns the text of a PDF as poppler reads it.
pub(crate) fn pdf_text(pdf: &Path) -> String {
    poppler(pdf, &[])
}

/// Returns the lines of a PDF in the order in which they were set.
pub(crate) fn pdf_lines(pdf: &Path) -> Vec<String> {
    let text = poppler(pdf, &["-raw"]);
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(str::to_owned).collect()
}

/// A word and where it stands in its line, in points.
pub(crate) struct Word {
    pub(crate) x: Range<f64>,
    pub(crate) text: String,
}

/// Returns the words of each line of a PDF.
pub(crate) fn pdf_boxes(pdf: &Path) -> Vec<Vec<Word>> {
    let read = poppler(pdf, &["-bbox-layout"]);
    let mut lines = Vec::new();
    for row in read.lines().map(str::trim) {
        let number = |name: &str| -> f64 {
            let (_, rest) = row.split_once(name).expect("a place");
            let (number, _) = rest.split_once('"').expect("a number");
            number.parse().expect("a number")
        };
        if row.starts_with("<line ") {
            lines.push(Vec::new());
        } else if let (Some(line), true) = (lines.last_mut(), row.starts_with("<word ")) {
            let (_, rest) = row.split_once('>').expect("a word");
            line.push(Word {
                x: number("xMin=\"")..number("xMax=\""),
                text: rest.trim_end_matches("</word>").to_owned(),
            });
        }
    }
    lines.retain(|line| !line.is_empty());
    lines
}

fn poppler(pdf: &Path, options: &[&str]) -> String {
    let output = Command::new("pdftotext")
        .args(options)
        .arg(pdf)
        .arg("-")
        .output();
    let output = output.expect("pdftotext is missing: `make tools` installs poppler-utils");
    assert!(
        output.status.success(),
        "pdftotext failed on {}",
        pdf.display()
    );
    String::from_utf8(output.stdout).expect("pdftotext writes UTF-8")
}

/// Asserts that qpdf finds no fault in the structure of a PDF.
pub(crate) fn assert_sound(pdf: &Path) {
    let output = Command::new("qpdf").arg("--check").arg(pdf).output();
    let output = output.expect("qpdf is missing: `make tools` installs it");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
}

/// A small generator of pseudo-random numbers, so that failures come again.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides.max(1)
    }
}
