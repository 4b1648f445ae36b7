//! What stands in the place of a file: links, folders, pipes and devices are
//! named, none is followed, read or waited for.
//!
//! Input: a project with one thing in the wrong place. Output: the finding that
//! names it, within the limits that `sh` sets, and nothing of another place in
//! any document.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use crate::lab;

const AGREEMENT: &str = "agreements/two-parties.yaml";

/// Words that no document may have, since they stand outside of the project.
const SECRET: &str = "Điều mật ນ້ຳ";

/// The inputs of a project, each of which a link may stand in the place of.
const INPUTS: [&str; 7] = [
    AGREEMENT,
    "agreements/other.yaml",
    "agreements/two-parties.lock",
    "agreements/glossary.yaml",
    "agreements/parties.yaml",
    "templates/vi/open-points.md",
    "templates/page/main.typ",
];

/// Returns a project, and a secret file beside it.
fn project(name: &str) -> (PathBuf, PathBuf) {
    let folder = lab::empty_folder(&format!("files-{name}"));
    let root = folder.join("project");
    let from = lab::repository().join("tests/suite/two-parties/agreements");
    lab::copy_folder(&from, &root.join("agreements"));
    fs::create_dir_all(root.join("templates/vi")).expect("a folder");
    let secret = folder.join("secret");
    fs::write(&secret, SECRET).expect("a file");
    (root, secret)
}

/// Runs the program with two seconds of processor time and half a gigabyte; it
/// may not wait either. Returns its exit code and what it said.
fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let start = Instant::now();
    let output = Command::new("timeout")
        .args(["20", "sh", "-c"])
        .arg("ulimit -t 10 && ulimit -d 512000 && exec \"$0\" \"$@\"")
        .arg(env!("CARGO_BIN_EXE_alternat"))
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .output()
        .expect("there is a shell");
    assert!(start.elapsed() < Duration::from_secs(15), "{arguments:?}");
    let said = lab::stderr(&output) + &lab::stdout(&output);
    (output.status.code(), said)
}

/// Asserts that `build` and `check` fail with this code and name this place, and
/// that nothing of it gets anywhere.
fn refused(folder: &Path, place: &str, code: &str) {
    for verb in [
        &["build"][..],
        &["check"],
        &["build", "--check"],
        &["build", "--emit", "md"],
    ] {
        let (status, said) = run(folder, verb);
        assert_eq!(status, Some(1), "{place}: {verb:?}: {said:.2000}");
        assert!(
            said.contains(&format!("error[{code}]")),
            "{place}: {verb:?}: {said:.2000}"
        );
        assert!(
            said.contains(&format!("`{place}`")),
            "{place}: {verb:?}: {said:.2000}"
        );
        assert!(
            !said.contains("Điều mật"),
            "{place}: {verb:?}: {said:.2000}"
        );
        assert!(
            !said.contains("os error"),
            "{place}: {verb:?}: {said:.2000}"
        );
    }
    for file in lab::files_below(&folder.join("output")) {
        let bytes = fs::read(folder.join("output").join(&file)).expect("made");
        assert!(
            !String::from_utf8_lossy(&bytes).contains("Điều mật"),
            "{file}"
        );
    }
}

fn put_aside(path: &Path) {
    fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    if path.exists() {
        fs::remove_file(path).expect("removable");
    }
}

#[test]
fn links_out_of_the_project_are_refused() {
    for input in INPUTS {
        let (root, secret) = project("link");
        put_aside(&root.join(input));
        symlink(&secret, root.join(input)).expect("a link");
        refused(&root, input, "link-outside");
        // A path that is written in another way leads to the same place.
        let named = root.join("../project/./agreements/two-parties.yaml");
        let (status, said) = run(&root, &["check", named.to_str().expect("UTF-8")]);
        assert_eq!(
            status == Some(1),
            input != "agreements/other.yaml",
            "{input}: {said}"
        );
    }
}

#[test]
fn linked_folders_are_refused_and_may_be_allowed() {
    for (linked, place) in [
        ("agreements", "agreements"),
        ("templates", "templates"),
        ("templates/vi", "templates/vi"),
    ] {
        let (root, _) = project("folder");
        fs::write(
            root.join("templates/vi/title.md"),
            "# Sự thật {{ kind.title }}\n",
        )
        .expect("a file");
        let elsewhere = root.with_file_name("elsewhere");
        fs::rename(root.join(linked), &elsewhere).expect("movable");
        symlink(&elsewhere, root.join(linked)).expect("a link");
        refused(&root, place, "link-outside");
        let (status, said) = run(&root, &["build", "--follow-links", "--emit", "md"]);
        assert_eq!(status, Some(0), "{linked}: {said}");
        assert!(said.contains("Sự thật"), "{linked}: {said}");
        let file = root.join(AGREEMENT);
        let named = run(&root, &["check", file.to_str().expect("UTF-8")]);
        assert_eq!(named.0, Some(1), "{linked}: {}", named.1);
    }
}

#[test]
fn links_within_the_project_are_read() {
    let (root, _) = project("within");
    fs::create_dir(root.join("shared")).expect("a folder");
    fs::rename(root.join(AGREEMENT), root.join("shared/a.yaml")).expect("movable");
    symlink("../shared/a.yaml", root.join(AGREEMENT)).expect("a link");
    let (status, said) = run(&root, &["check"]);
    assert_eq!(status, Some(0), "{said}");
    // The project itself may be reached by a link.
    let link = root.with_file_name("link");
    symlink(&root, &link).expect("a link");
    let (status, said) = run(&link, &["check", "--root", link.to_str().expect("UTF-8")]);
    assert_eq!(status, Some(0), "{said}");
}

#[test]
fn what_is_no_file_is_named_and_never_waited_for() {
    for input in INPUTS {
        let (root, _) = project("strange");
        let place = root.join(input);
        put_aside(&place);
        symlink("nowhere", &place).expect("a link");
        refused(&root, input, "broken-link");
        clear(&place);
        let own = place.file_name().expect("a name");
        symlink(own, &place).expect("a link");
        refused(&root, input, "broken-link");
        clear(&place);
        let made = Command::new("mkfifo").arg(&place).status();
        assert!(made.expect("mkfifo is there").success());
        refused(&root, input, "unreadable-file");
        clear(&place);
        fs::create_dir(&place).expect("a folder");
        refused(&root, input, "unreadable-file");
        clear(&place);
        symlink("/dev/zero", &place).expect("a link");
        refused(&root, input, "link-outside");
        let (status, said) = run(&root, &["check", "--follow-links"]);
        assert_eq!(status, Some(1), "{input}: {said}");
        assert!(said.contains("it is a device"), "{input}: {said}");
        clear(&place);
        let large = fs::File::create(&place).and_then(|file| file.set_len(1 << 40));
        if large.is_ok() {
            let (status, said) = run(&root, &["check"]);
            assert_eq!(status, Some(1), "{input}: {said}");
            assert!(said.contains("file-too-large"), "{input}: {said}");
        }
    }
}

/// Removes what stands at a place, and whatever it holds.
fn clear(place: &Path) {
    let found = fs::symlink_metadata(place).expect("something stands there");
    let removed = match found.is_dir() {
        true => fs::remove_dir_all(place),
        false => fs::remove_file(place),
    };
    removed.expect("removable");
}

#[test]
fn what_is_no_folder_is_named() {
    for (place, code) in [
        ("agreements", "unreadable-file"),
        ("templates", "unreadable-file"),
        ("templates/vi", "unreadable-file"),
        ("templates/vi/formulas", "unreadable-file"),
    ] {
        let (root, _) = project("no-folder");
        let path = root.join(place);
        if path.exists() {
            fs::remove_dir_all(&path).expect("removable");
        }
        fs::write(&path, "").expect("a file");
        refused(&root, place, code);
        clear(&path);
        symlink("nowhere", &path).expect("a link");
        refused(&root, place, "broken-link");
    }
    let (root, _) = project("deep");
    let deep = "templates/a/b/c/d";
    fs::create_dir_all(root.join(deep)).expect("folders");
    refused(&root, deep, "unreadable-file");
    let (root, _) = project("many");
    for number in 0..=1000 {
        fs::write(root.join(format!("templates/{number}.md")), "").expect("a file");
    }
    refused(&root, "templates/999.md", "unreadable-file");
}

#[test]
fn what_stands_in_output_is_neither_followed_nor_read_without_bound() {
    let text = "output/two-parties/vi.md";
    let (root, secret) = project("output");
    assert_eq!(run(&root, &["build"]).0, Some(0));
    let place = root.join(text);
    let original = fs::read(&place).expect("made");
    let faulty = |what: &str, reason: &str, verbs: &[&[&str]]| {
        for verb in verbs {
            let (status, said) = run(&root, verb);
            assert_eq!(status, Some(1), "{what}: {verb:?} {said:.2000}");
            assert!(
                said.contains(text) && said.contains(reason),
                "{what}: {verb:?} {said:.2000}"
            );
            assert!(!said.contains("Điều mật"), "{what}: {said:.2000}");
        }
    };
    let both: &[&[&str]] = &[&["build"], &["build", "--check"]];
    clear(&place);
    Command::new("mkfifo")
        .arg(&place)
        .status()
        .expect("mkfifo is there");
    faulty("a pipe", "it is a pipe", both);
    for (target, reason) in [
        ("/dev/zero", "link to another"),
        ("nowhere", "link to another"),
    ] {
        clear(&place);
        symlink(target, &place).expect("a link");
        faulty(target, reason, both);
    }
    clear(&place);
    symlink(&secret, &place).expect("a link");
    faulty("a secret", "link to another", both);
    assert_eq!(fs::read_to_string(&secret).expect("kept"), SECRET);
    clear(&place);
    fs::create_dir(&place).expect("a folder");
    faulty("a folder", "it is a folder", both);
    clear(&place);
    fs::File::create(&place)
        .and_then(|file| file.set_len(1 << 40))
        .expect("a large file");
    faulty("a large file", "far larger", &both[1..]);
    // It is a file of ours, so that it is replaced.
    assert_eq!(run(&root, &["build"]).0, Some(0));
    assert_eq!(fs::read(&place).expect("made"), original);
    let words: String = (0..12_000).map(|n| format!("{n} ")).collect();
    fs::write(&place, words).expect("writable");
    faulty("other words", "stale-output", &both[1..]);
}

#[test]
fn a_lock_behind_a_link_binds() {
    let (root, _) = project("lock");
    lab::edit(&root, AGREEMENT, "status: final", "status: signed");
    assert_eq!(run(&root, &["freeze", AGREEMENT]).0, Some(0));
    let lock = root.join("agreements/two-parties.lock");
    fs::rename(&lock, root.join("agreements/old")).expect("movable");
    symlink("old.lock", &lock).expect("a link");
    refused(&root, "agreements/two-parties.lock", "broken-link");
    // A lock is never written through a link.
    let (status, said) = run(&root, &["freeze", AGREEMENT]);
    assert_eq!(status, Some(1), "{said}");
    assert!(!root.join("agreements/old.lock").exists());
}

#[test]
fn what_was_left_is_cleared_and_what_is_in_use_is_not() {
    let (root, secret) = project("left");
    let part = |name: &str| root.join("output/two-parties").join(name);
    fs::create_dir_all(part("originals")).expect("a folder");
    for name in ["vi.md.4711.0.part", "originals/x.pdf.1.0.part"] {
        fs::write(part(name), "half").expect("a file");
    }
    let own = root.join("agreements/two-parties.lock.9.0.part");
    fs::write(&own, "half").expect("a file");
    fs::write(part("notes.part"), "of somebody").expect("a file");
    let used = fs::File::create(part("lo.md.4711.0.part")).expect("a file");
    used.lock().expect("a lock");
    symlink(&secret, part("vi.md.4711.1.part")).expect("a link");
    assert_eq!(run(&root, &["build", "--check"]).0, Some(1));
    assert!(
        part("vi.md.4711.0.part").exists(),
        "`--check` writes nothing"
    );
    assert_eq!(run(&root, &["build"]).0, Some(0));
    for name in ["vi.md.4711.0.part", "originals/x.pdf.1.0.part"] {
        assert!(!part(name).exists(), "{name}");
    }
    assert!(!own.exists());
    for name in ["notes.part", "lo.md.4711.0.part", "vi.md.4711.1.part"] {
        assert!(part(name).exists(), "{name}");
    }
    assert_eq!(fs::read_to_string(&secret).expect("kept"), SECRET);
}
