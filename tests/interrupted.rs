//! Builds that are cut off, that meet each other, or that have no room: the documents of
//! an agreement are those of before or those of now, and the next build completes them.
//!
//! Input: a project that turns from one state into another and back. Output: after each
//! accident one of the two sets, byte for byte, and nothing beside it.

#![cfg(unix)]
#![expect(clippy::print_stdout, reason = "its counts are for docs/trust.md")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Instant;

use crate::lab::{self, BASE, Dice};

const ID: &str = "bac-ninh-xaysomboun-2025-2027";
const AGREEMENT: &str = "agreements/a.yaml";

type Documents = BTreeMap<String, Vec<u8>>;

/// A project that has two states: a draft of two languages, and a final of one fewer
/// file under other names.
struct Trial {
    folder: PathBuf,
    texts: [String; 2],
    sets: [Documents; 2],
}

impl Trial {
    fn new(name: &str) -> Self {
        let folder = lab::empty_folder(name).join("project");
        fs::create_dir_all(folder.join("agreements")).expect("a folder");
        let draft = BASE.replace("status: final", "status: draft");
        let other = draft.replace("mỗi năm", "hằng năm");
        let other = other.replace("id: visits", "id: visits-2");
        assert_ne!(draft, other);
        let trial = Self {
            folder,
            texts: [draft, other],
            sets: [Documents::new(), Documents::new()],
        };
        let sets = [0, 1].map(|state| {
            let _ = fs::remove_dir_all(trial.folder.join("output"));
            trial.turn(state);
            trial.build();
            trial.documents()
        });
        assert_ne!(sets[0], sets[1]);
        Self { sets, ..trial }
    }

    fn turn(&self, state: usize) {
        fs::write(self.folder.join(AGREEMENT), &self.texts[state]).expect("writable");
    }

    fn documents(&self) -> Documents {
        let folder = self.folder.join("output").join(ID);
        let names = lab::files_below(&folder).into_iter();
        names
            .map(|name| {
                let bytes = fs::read(folder.join(&name)).expect("readable");
                (name, bytes)
            })
            .collect()
    }

    /// Returns which of the two sets is there.
    fn state(&self) -> Option<usize> {
        let there = self.documents();
        self.sets.iter().position(|set| *set == there)
    }

    /// Returns the names of what builds leave that are cut off.
    fn left(&self) -> Vec<String> {
        let found = fs::read_dir(self.folder.join("output")).expect("a folder");
        let names = found.map(|entry| entry.expect("an entry").file_name());
        let names = names.map(|name| name.to_string_lossy().into_owned());
        names
            .filter(|name| name != ID && name != "filler")
            .collect()
    }

    fn start(&self, arguments: &[&str]) -> Child {
        Command::new(env!("CARGO_BIN_EXE_alternat"))
            .arg("build")
            .args(arguments)
            .current_dir(&self.folder)
            .env_clear()
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program was built for this test")
    }

    fn build(&self) {
        let output = lab::alternat(&self.folder, &["build"]);
        assert!(output.status.success(), "{}", lab::stderr(&output));
        assert!(self.left().is_empty(), "{:?}", self.left());
    }

    /// Kills so many builds, each at another moment from this thousandth of a build on;
    /// returns how many were half done.
    fn kill(&self, times: usize, from: usize) -> usize {
        let mut dice = Dice(15);
        self.turn(0);
        let start = Instant::now();
        let _ = self.start(&["--force"]).wait();
        let whole = start.elapsed();
        let (mut states, mut half, mut left, mut ended) = ([0, 0], 0, 0, 0);
        for time in 0..times {
            self.turn((time + 1) % 2);
            let mut build = self.start(&[]);
            thread::sleep(whole.mul_f64((from + dice.roll(1050 - from)) as f64 / 1000.0));
            ended += usize::from(build.try_wait().is_ok_and(|ended| ended.is_some()));
            // As a machine ends a program, as a person does, and as a system does that stops.
            match ["KILL", "INT", "TERM"][time % 3] {
                "KILL" => drop(build.kill()),
                signal => send(&build, signal),
            }
            build.wait().expect("it has ended");
            let state = self.state();
            match state {
                Some(state) => states[usize::from(state == (time + 1) % 2)] += 1,
                None => half += 1,
            }
            left += usize::from(!self.left().is_empty());
            if time % 4 == 3 || state.is_none() {
                self.build();
                assert_eq!(self.state(), Some((time + 1) % 2), "kill {time}");
            }
        }
        self.build();
        println!(
            "{times} builds killed: {} sets of before, {} of now, {half} half done; \
             {left} left something, which the next cleared; {ended} had ended",
            states[0], states[1]
        );
        half
    }

    /// Starts so many pairs of builds at once, and somebody who compares beside them.
    fn pairs(&self, times: usize) {
        for time in 0..times {
            self.turn(time % 2);
            let builds = [self.start(&[]), self.start(&[])];
            let compares = self.start(&["--check"]);
            for mut build in builds {
                let status = build.wait().expect("it ends");
                assert!(status.success(), "pair {time}: {status}");
            }
            let compared = compares.wait_with_output().expect("it ends");
            assert!(
                matches!(compared.status.code(), Some(0 | 1)),
                "{compared:?}"
            );
            assert_eq!(self.state(), Some(time % 2), "pair {time}");
            assert!(self.left().is_empty(), "{:?}", self.left());
            let checked = lab::alternat(&self.folder, &["build", "--check", "--pdf"]);
            assert!(checked.status.success(), "{}", lab::stderr(&checked));
        }
        println!("{times} pairs of builds at once: all of one piece");
    }
}

/// Sends a signal to a process that may have ended.
fn send(process: &Child, signal: &str) {
    let mut kill = Command::new("kill");
    kill.args(["-s", signal, &process.id().to_string()]);
    let _ = kill.stderr(Stdio::null()).status();
}

#[test]
fn twenty_builds_are_killed() {
    assert_eq!(Trial::new("interrupted-kill").kill(20, 0), 0);
}

#[test]
fn two_builds_at_once_agree() {
    Trial::new("interrupted-pairs").pairs(3);
}

#[test]
#[ignore = "takes minutes; `make trial` runs it"]
fn five_hundred_builds_are_killed() {
    assert_eq!(Trial::new("interrupted-kills").kill(500, 0), 0);
}

#[test]
#[ignore = "takes minutes; `make trial` runs it"]
fn a_hundred_pairs_agree() {
    Trial::new("interrupted-hundred").pairs(100);
}

/// A file system of 2 MB, in the place of a project's `output/`.
struct Small(PathBuf);

impl Small {
    fn mount(place: &Path) -> Self {
        fs::create_dir_all(place).expect("a folder");
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=2m", "tmpfs"]);
        let done = mount.arg(place).status();
        assert!(
            done.is_ok_and(|done| done.success()),
            "this trial mounts a file system, which needs the rights of root"
        );
        Self(place.to_owned())
    }

    fn remount(&self, how: &str) {
        let mut mount = Command::new("mount");
        let done = mount
            .args(["-o", &format!("remount,{how}")])
            .arg(&self.0)
            .status();
        assert!(done.is_ok_and(|done| done.success()), "remounted");
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

/// A file system that cannot exchange folders, in the place of a project's `output/`.
struct Bound(PathBuf);

impl Bound {
    fn mount(place: &Path) -> Self {
        let real = place.with_file_name("real");
        fs::create_dir_all(&real).expect("a folder");
        let done = Command::new("bindfs").arg(&real).arg(place).status();
        assert!(
            done.is_ok_and(|done| done.success()),
            "this trial needs bindfs and the rights of root"
        );
        Self(place.to_owned())
    }
}

impl Drop for Bound {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

#[test]
#[ignore = "needs bindfs and the rights of root; `make trial` runs it"]
fn what_is_half_done_is_completed_where_folders_cannot_be_exchanged() {
    let trial = Trial::new("interrupted-bound");
    let output = trial.folder.join("output");
    fs::remove_dir_all(&output).expect("removable");
    fs::create_dir_all(&output).expect("a folder");
    let _bound = Bound::mount(&output);
    // Files are written at the end. Whatever was half done, the next build completed.
    let half = trial.kill(60, 700);
    println!("where folders cannot be exchanged, {half} of 60 were half done, and completed");
}

#[test]
#[ignore = "needs the rights of root; `make trial` runs it"]
fn a_full_or_read_only_disk_leaves_the_documents_of_before() {
    let trial = Trial::new("interrupted-disk");
    let output = trial.folder.join("output");
    fs::remove_dir_all(&output).expect("removable");
    let small = Small::mount(&output);
    trial.turn(0);
    trial.build();
    let filler = output.join("filler");
    let mut refused = 0;
    for room in (0..400).step_by(20) {
        trial.turn(1);
        // All that is free but so many kilobytes.
        let mut fill = fs::File::create(&filler).expect("a file");
        let page = [0; 4096];
        while std::io::Write::write_all(&mut fill, &page).is_ok() {}
        let length = fill.metadata().expect("known").len();
        fill.set_len(length.saturating_sub(room << 10))
            .expect("shorter");
        drop(fill);
        let built = lab::alternat(&trial.folder, &["build"]);
        let said = lab::stderr(&built);
        match built.status.code() {
            Some(0) => assert_eq!(trial.state(), Some(1), "{room} kB: {said}"),
            code => {
                refused += 1;
                assert_eq!(
                    (code, trial.state()),
                    (Some(1), Some(0)),
                    "{room} kB: {said}"
                );
                assert!(said.contains("the disk is full"), "{room} kB: {said}");
            }
        }
        assert!(trial.left().is_empty(), "{room} kB: {:?}", trial.left());
        fs::remove_file(&filler).expect("removable");
        trial.build();
        assert_eq!(trial.state(), Some(1));
        trial.turn(0);
        trial.build();
    }
    assert!(
        (5..20).contains(&refused),
        "{refused} of 20 disks were full"
    );
    small.remount("ro");
    let fresh = lab::alternat(&trial.folder, &["build"]);
    assert!(fresh.status.success(), "{}", lab::stderr(&fresh));
    let checked = lab::alternat(&trial.folder, &["build", "--check", "--pdf"]);
    assert!(checked.status.success(), "{}", lab::stderr(&checked));
    trial.turn(1);
    let built = lab::alternat(&trial.folder, &["build"]);
    let said = lab::stderr(&built);
    assert_eq!(
        (built.status.code(), trial.state()),
        (Some(1), Some(0)),
        "{said}"
    );
    assert!(said.contains("error[unwritable-file]"), "{said}");
    small.remount("rw");
    trial.build();
    assert_eq!(trial.state(), Some(1));
    println!(
        "20 disks of 2 MB, {refused} of them full, and one that is read only: none mixed or torn"
    );
}

#[test]
fn what_somebody_else_put_there_is_not_overwritten() {
    let trial = Trial::new("interrupted-foreign");
    let output = trial.folder.join("output");
    fs::remove_dir_all(&output).expect("removable");
    let scan = output.join(ID).join("draft/vi.pdf");
    fs::create_dir_all(scan.parent().expect("a folder")).expect("a folder");
    fs::write(&scan, "a scan").expect("a file");
    let built = lab::alternat(&trial.folder, &["build"]);
    let said = lab::stderr(&built);
    assert_eq!(built.status.code(), Some(1));
    assert!(
        said.contains("error[not-ours]") && said.contains("draft/vi.pdf"),
        "{said}"
    );
    assert_eq!(trial.documents().len(), 1, "none of the others is written");
    fs::rename(&scan, scan.with_file_name("scan.pdf")).expect("movable");
    trial.build();
    assert_eq!(
        trial.documents().remove("draft/scan.pdf").as_deref(),
        Some(&b"a scan"[..])
    );
    // Texts come from version control without a manifest, and may be of any day.
    fs::remove_file(output.join(ID).join(".manifest.json")).expect("removable");
    lab::edit(&output.join(ID), "vi.md", "Hai bên", "Ba bên");
    trial.build();
    let text = fs::read_to_string(output.join(ID).join("vi.md")).expect("made");
    assert!(!text.contains("Ba bên"));
}

#[test]
fn documents_of_what_is_no_more_go_in_whole_runs_alone() {
    let trial = Trial::new("interrupted-gone");
    let run = |arguments: &[&str]| {
        let output = lab::alternat(&trial.folder, arguments);
        (output.status.code(), lab::stderr(&output))
    };
    let other = trial.texts[0].replace(ID, "other");
    let second = trial.folder.join("agreements/b.yaml");
    fs::write(&second, &other).expect("a file");
    trial.turn(0);
    assert_eq!(run(&["build"]).0, Some(0));
    let gone = trial.folder.join("output/other");
    assert_eq!(lab::files_below(&gone).len(), 6);
    // While a file cannot be read, it may be its own.
    fs::write(&second, "id: [other\n").expect("a file");
    assert_eq!(run(&["build"]).0, Some(1));
    assert_eq!(lab::files_below(&gone).len(), 6);
    fs::remove_file(&second).expect("removable");
    assert_eq!(run(&["build", AGREEMENT]).0, Some(0));
    assert_eq!(lab::files_below(&gone).len(), 6);
    let (code, said) = run(&["build", "--check"]);
    assert_eq!(code, Some(1));
    assert_eq!(said.matches("error[surplus-output]").count(), 6, "{said}");
    assert_eq!(lab::files_below(&gone).len(), 6);
    // What somebody changed or added stays, and is named.
    fs::write(gone.join("notes.txt"), "ế").expect("a file");
    fs::write(gone.join("draft/lo.pdf"), "signed").expect("a file");
    let (code, said) = run(&["build"]);
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(lab::files_below(&gone), ["draft/lo.pdf", "notes.txt"]);
    assert_eq!(said.matches("note[kept-file]").count(), 2, "{said}");
    assert!(said.contains("5 removed"), "{said}");
    let (_, said) = run(&["build"]);
    assert!(!said.contains("kept-file"), "{said}");
    fs::remove_dir_all(&gone).expect("removable");
    // Another id: the documents move.
    fs::write(
        trial.folder.join(AGREEMENT),
        other.replace("other", "third"),
    )
    .expect("writable");
    let (code, said) = run(&["build"]);
    assert_eq!(code, Some(0), "{said}");
    let folders = fs::read_dir(trial.folder.join("output")).expect("a folder");
    let folders: Vec<_> = folders
        .map(|it| it.expect("an entry").file_name())
        .collect();
    assert_eq!(folders, ["third"]);
    // A text without a manifest, as version control has it.
    fs::create_dir_all(&gone).expect("a folder");
    let text = trial.folder.join("output/third/vi.md");
    fs::copy(text, gone.join("vi.md")).expect("a copy");
    let (code, said) = run(&["build", "--check"]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("`output/other/vi.md`"), "{said}");
    // Without any agreement nothing is removed: the folder may be another one.
    fs::remove_file(trial.folder.join(AGREEMENT)).expect("removable");
    assert_eq!(run(&["build"]).0, Some(1));
    assert_eq!(
        lab::files_below(&trial.folder.join("output/third")).len(),
        6
    );
}

#[test]
fn one_that_fails_may_stop_the_others() {
    let trial = Trial::new("interrupted-fail");
    let broken = trial.texts[0].replace("status: draft", "status: drift");
    fs::write(
        trial.folder.join("agreements/0.yaml"),
        broken.replace(ID, "broken"),
    )
    .expect("a file");
    fs::remove_dir_all(trial.folder.join("output")).expect("removable");
    let run = |arguments: &[&str]| lab::alternat(&trial.folder, arguments).status.code();
    assert_eq!(run(&["build", "--fail-fast", "--jobs", "1"]), Some(1));
    assert!(!trial.folder.join("output").join(ID).exists());
    assert_eq!(run(&["build", "--keep-going"]), Some(1));
    assert!(trial.folder.join("output").join(ID).exists());
    let quiet = lab::alternat(&trial.folder, &["build", "--quiet", AGREEMENT]);
    assert!(quiet.stderr.is_empty(), "{}", lab::stderr(&quiet));
    let said = lab::stderr(&lab::alternat(
        &trial.folder,
        &["build", "--verbose", AGREEMENT],
    ));
    assert!(
        said.contains(&format!("{AGREEMENT}: 6 files unchanged")),
        "{said}"
    );
}
