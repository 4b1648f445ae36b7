//! What the tests share: a place to work in, the program, and PDF readers.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

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

/// Runs the program in `folder`, with nothing in its environment that could
/// change what it does.
pub(crate) fn alternat(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_alternat"))
        .args(args)
        .current_dir(folder)
        .env_clear()
        .output()
        .expect("the program was built for this test")
}

/// Returns what the program said, as text.
pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("the program speaks UTF-8")
}

/// Returns all files below `folder`, by their path below it, sorted.
pub(crate) fn files_below(folder: &Path) -> Vec<String> {
    fn gather(folder: &Path, root: &Path, files: &mut Vec<String>) {
        let Ok(entries) = fs::read_dir(folder) else {
            return;
        };
        for path in entries.map(|entry| entry.expect("readable").path()) {
            if path.is_dir() {
                gather(&path, root, files);
            } else {
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
    let words = repository().join("templates/lo/words.yaml");
    let words = fs::read_to_string(words).expect("the Lao words");
    let default = "fonts: [Noto Serif Lao, Liberation Serif]";
    assert!(words.contains(default), "the Lao faces have changed");
    fs::create_dir_all(folder.join("templates/lo")).expect("a folder");
    let words = words.replace(default, &format!("fonts: [{families}]"));
    fs::write(folder.join("templates/lo/words.yaml"), words).expect("writable");
}

/// Returns the text of a PDF as poppler reads it.
pub(crate) fn pdf_text(pdf: &Path) -> String {
    let output = Command::new("pdftotext").arg(pdf).arg("-").output();
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
