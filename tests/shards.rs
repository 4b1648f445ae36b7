//! A build in parts: what `merge` takes for the whole of one build, and what it does not.
//!
//! Input: a project of five agreements, one of which nothing is made of but texts and
//! drafts, built at once and in three parts. Output: the same folders, byte for byte; and
//! where a part is missing, double, of other files or torn, an error that names it.

use std::fs;
use std::path::{Path, PathBuf};

use crate::lab::{self, BASE};

const ID: &str = "bac-ninh-xaysomboun-2025-2027";
const PARTS: usize = 3;

/// A project of drafts, without their documents.
fn project(folder: &Path) {
    fs::create_dir_all(folder.join("agreements")).expect("a folder");
    for name in ["a", "b", "c", "d", "e"] {
        let text = BASE.replace("status: final", "status: draft");
        let text = text.replace(ID, &format!("of-{name}"));
        fs::write(folder.join(format!("agreements/{name}.yaml")), text).expect("a file");
    }
}

fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = lab::alternat(folder, arguments);
    (output.status.code(), lab::stderr(&output))
}

/// Returns the documents below a folder, without what belongs to one machine.
fn documents(output: &Path) -> Vec<(String, Vec<u8>)> {
    let names = lab::files_below(output).into_iter();
    let documents = names.filter(|name| !name.contains("/.") && !name.starts_with('.'));
    let read = |name: &String| fs::read(output.join(name)).expect("readable");
    documents.map(|name| (name.clone(), read(&name))).collect()
}

/// Three machines that each make a part, and one that has none of it.
struct Farm {
    folder: PathBuf,
    home: PathBuf,
}

impl Farm {
    fn new(name: &str) -> Self {
        let folder = lab::empty_folder(name);
        for part in 1..=PARTS {
            let machine = folder.join(format!("machine-{part}"));
            project(&machine);
            let shard = format!("{part}/{PARTS}");
            let (code, said) = run(&machine, &["build", "--shard", &shard]);
            assert_eq!(code, Some(0), "{said}");
        }
        let home = folder.join("home");
        project(&home);
        Self { folder, home }
    }

    fn part(&self, part: usize) -> String {
        let output = self.folder.join(format!("machine-{part}/output"));
        output.to_str().expect("UTF-8").to_owned()
    }

    fn merge(&self, folders: &[String], more: &[&str]) -> (Option<i32>, String) {
        let folders = folders.iter().map(String::as_str);
        let arguments: Vec<&str> = ["merge"].into_iter().chain(folders).collect();
        run(&self.home, &[&arguments, more].concat())
    }

    fn all(&self) -> Vec<String> {
        (1..=PARTS).map(|part| self.part(part)).collect()
    }

    /// Asserts that the parts are refused, for a reason and by a name, and nothing is written.
    fn refused(&self, folders: &[String], reason: &str, name: &str) {
        let (code, said) = self.merge(folders, &[]);
        assert_eq!(code, Some(1), "{said}");
        assert!(said.contains("error[shards-unfit]"), "{said}");
        assert!(said.contains(reason) && said.contains(name), "{said}");
        assert!(!self.home.join("output").exists(), "{reason}");
    }
}

#[test]
fn parts_are_a_whole_or_are_refused() {
    let farm = Farm::new("shards");
    let all = farm.all();
    let [one, two, three] = [1, 2, 3].map(|part| farm.part(part));
    farm.refused(&[], "no record of a shard", "output");
    farm.refused(&[one.clone(), three.clone()], "missing", "2/3");
    farm.refused(
        &[&all[..], std::slice::from_ref(&two)].concat(),
        "twice",
        "2/3",
    );
    // A part that has an agreement of another one, and a part of another number.
    let record =
        |part: usize| PathBuf::from(farm.part(part)).join(format!(".shard-{part}-of-3.json"));
    let text = |part: usize| fs::read_to_string(record(part)).expect("a record");
    let second = text(2);
    let with = |json: &str, from: &str, to: &str| {
        assert!(json.contains(from), "{json}");
        json.replacen(from, to, 1)
    };
    let made = "\"made\": {";
    let double = with(
        &second,
        made,
        &format!("{made}\n    \"agreements/a.yaml\": \"of-a\","),
    );
    let failed = with(&second, "\"of-b\"", "null");
    let fewer = with(&second, "\"of\": 3", "\"of\": 2");
    let lost = with(&second, "    \"agreements/b.yaml\": \"of-b\",\n", "");
    for (text, reason, name) in [
        (double.as_str(), "twice", "agreements/a.yaml"),
        (&failed, "not made", "agreements/b.yaml"),
        (&fewer, "other files", "2/2"),
        (&lost, "missing", "agreements/b.yaml"),
        ("{", "cannot be read", ".shard-2-of-3.json"),
    ] {
        fs::write(record(2), text).expect("writable");
        farm.refused(&all, reason, name);
    }
    fs::write(record(2), &second).expect("writable");
    // A document that is not as it was written.
    let torn = PathBuf::from(&three).join("of-c/vi.md");
    let whole = fs::read(&torn).expect("made");
    fs::write(&torn, &whole[..whole.len() / 2]).expect("writable");
    farm.refused(&all, "as it was written", "of-c/vi.md");
    fs::write(&torn, &whole).expect("writable");
    // Another machine has another file.
    let machine = farm.folder.join("machine-1");
    let file = machine.join("agreements/e.yaml");
    let text = fs::read_to_string(&file).expect("readable");
    fs::write(&file, text.replace("mỗi năm", "hằng năm")).expect("writable");
    assert_eq!(run(&machine, &["build", "--shard", "1/3"]).0, Some(0));
    farm.refused(&all, "other files", "/3");
    fs::write(&file, text).expect("writable");
    assert_eq!(run(&machine, &["build", "--shard", "1/3"]).0, Some(0));
    // The project has gone on since.
    let file = farm.home.join("agreements/d.yaml");
    let text = fs::read_to_string(&file).expect("readable");
    fs::write(&file, text.replace("mỗi năm", "hằng năm")).expect("writable");
    farm.refused(&all, "another one now", "agreements/d.yaml");
    fs::remove_file(&file).expect("removable");
    farm.refused(&all, "another one now", "agreements/d.yaml");
    fs::write(&file, &text).expect("writable");
    let added = farm.home.join("agreements/f.yaml");
    fs::write(&added, text.replace("of-d", "of-f")).expect("a file");
    farm.refused(&all, "another one now", "agreements/f.yaml");
    fs::remove_file(&added).expect("removable");
    let words = farm.home.join("templates/vi/words.yaml");
    fs::create_dir_all(words.parent().expect("a folder")).expect("a folder");
    let built_in = lab::repository().join("templates/vi/words.yaml");
    let built_in = fs::read_to_string(built_in).expect("a file");
    fs::write(&words, format!("# Our own.\n{built_in}")).expect("a file");
    farm.refused(&all, "another one now", "agreements/a.yaml");
    fs::remove_dir_all(farm.home.join("templates")).expect("removable");
    // The same, but built with another option.
    let (code, said) = farm.merge(&all, &["--no-attach"]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("another one now"), "{said}");
    // Beside the documents of an agreement that is no more.
    fs::create_dir_all(farm.home.join("output")).expect("a folder");
    let old = farm.home.join("agreements/old.yaml");
    let text = fs::read_to_string(farm.home.join("agreements/a.yaml")).expect("readable");
    fs::write(&old, text.replace("of-a", "of-old")).expect("a file");
    assert_eq!(
        run(&farm.home, &["build", "agreements/old.yaml"]).0,
        Some(0)
    );
    fs::remove_file(&old).expect("removable");
    let gone = farm.home.join("output/of-old");
    let (code, said) = farm.merge(&all, &[]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("30 files of 5 agreements"), "{said}");
    assert!(gone.exists());
    let (code, said) = farm.merge(&all, &["--prune"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("6 removed"), "{said}");
    assert!(!gone.exists());
    // The same as at once, and nothing is left to do.
    let (code, said) = run(&farm.home, &["build"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("made 0 files"), "{said}");
    let single = farm.folder.join("single");
    project(&single);
    assert_eq!(run(&single, &["build"]).0, Some(0));
    let merged = documents(&farm.home.join("output"));
    assert_eq!(merged.len(), 30);
    assert!(merged == documents(&single.join("output")));
}

#[test]
fn parts_may_share_a_folder() {
    let home = lab::empty_folder("shards-shared");
    project(&home);
    for part in ["1/2", "2/2"] {
        assert_eq!(run(&home, &["build", "--shard", part]).0, Some(0));
    }
    let (code, said) = run(&home, &["merge", "--prune"]);
    assert_eq!(code, Some(0), "{said}");
    let left = lab::files_below(&home.join("output"));
    assert!(
        !left.iter().any(|name| name.contains(".shard-")),
        "{left:?}"
    );
    assert_eq!(documents(&home.join("output")).len(), 30);
    // What was merged is no part any more.
    let (code, said) = run(&home, &["merge"]);
    assert_eq!(code, Some(1), "{said}");
}
