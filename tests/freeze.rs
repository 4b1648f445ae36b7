//! `alternat freeze` and the locks that it writes: whose they are, how they are
//! given up and brought up to date, and that of two at once one loses.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::thread;

use alternat::project::Project;

use crate::lab;

const AGREEMENT: &str = "agreements/four-parties.yaml";
const LOCK: &str = "agreements/four-parties.lock";

/// Returns a project with a frozen agreement of four parties.
fn frozen(name: &str) -> PathBuf {
    let folder = lab::project(name, &["four-parties"]);
    let said = run(&folder, &["freeze", AGREEMENT], 0);
    assert!(said.contains("is written"), "{said}");
    folder
}

/// Runs the program, which must end with `code`; returns what it said.
fn run(folder: &Path, args: &[&str], code: i32) -> String {
    ended(&lab::alternat(folder, args), code)
}

fn ended(output: &Output, code: i32) -> String {
    let said = lab::stderr(output);
    assert_eq!(output.status.code(), Some(code), "{said}");
    said
}

fn read(folder: &Path, file: &str) -> String {
    fs::read_to_string(folder.join(file)).expect("readable")
}

fn rename(folder: &Path, from: &str, to: &str) {
    fs::rename(folder.join(from), folder.join(to)).expect("renamed");
}

fn copy(folder: &Path, from: &str, to: &str) {
    fs::copy(folder.join(from), folder.join(to)).expect("a copy");
}

/// Asserts that `check` and `build` find an error that names the lock.
fn refused(folder: &Path, code: &str, lock: &str) -> String {
    for verb in ["build", "check"] {
        let said = run(folder, &[verb], 1);
        let told = said.contains(&format!("error[{code}]: ")) && said.contains(lock);
        assert!(told, "{verb} does not say {code} of {lock}: {said}");
    }
    run(folder, &["check"], 1)
}

#[test]
fn a_lock_is_of_one_agreement() {
    let other = "agreements/y.yaml";
    let folder = frozen("freeze-new-id");
    lab::edit(&folder, AGREEMENT, "id: four-parties", "id: five-parties");
    refused(&folder, "lock-of-another", LOCK);
    assert!(!folder.join("output").exists());

    // A copy of both, under another id.
    let folder = frozen("freeze-copy");
    copy(&folder, AGREEMENT, other);
    copy(&folder, LOCK, "agreements/y.lock");
    refused(&folder, "lock-elsewhere", "agreements/y.lock");
    lab::edit(&folder, other, "id: four-parties", "id: y");
    refused(&folder, "lock-of-another", "agreements/y.lock");
    let said = run(&folder, &["check", other], 1);
    assert!(said.contains("error[lock-of-another]"), "{said}");

    // Renamed, and deleted.
    let folder = frozen("freeze-renamed");
    rename(&folder, AGREEMENT, other);
    refused(&folder, "lock-elsewhere", LOCK);
    fs::remove_file(folder.join(other)).expect("removed");
    refused(&folder, "lock-alone", LOCK);
    let release = ["freeze", "--release", "bỏ", "--on", "2026-01-02", AGREEMENT];
    run(&folder, &release, 0);
    let said = run(&folder, &["check"], 1);
    assert!(!said.contains("lock-alone"), "{said}");
}

/// Another file with the id of what was signed is refused wherever it stands, and
/// whether it is named or not: it would overwrite the signed documents.
#[test]
fn a_lock_binds_its_id_wherever_the_file_stands() {
    const SIGNED: &str = "output/four-parties/vi.md";
    let built = frozen("freeze-elsewhere");
    run(&built, &["build", AGREEMENT], 0);
    for place in [
        "agreements/y.yaml",
        "agreements/old/y.yaml",
        "work/four-parties.yaml",
    ] {
        for moved in [true, false] {
            let folder = lab::empty_folder("freeze-elsewhere-tried");
            lab::copy_folder(&built, &folder);
            let parent = folder.join(place);
            fs::create_dir_all(parent.parent().expect("a folder")).expect("made");
            match moved {
                true => rename(&folder, AGREEMENT, place),
                false => copy(&folder, AGREEMENT, place),
            }
            lab::edit(&folder, place, "mỗi năm 2 lần", "mỗi năm 3 lần");
            for args in [
                &["check", place][..],
                &["build", place],
                &["build", "--check", place],
                &["freeze", place],
            ] {
                let said = run(&folder, args, 1);
                let told = said.contains("error[lock-elsewhere]: ") && said.contains(LOCK);
                assert!(told, "{args:?}: {said}");
            }
            assert_eq!(read(&folder, SIGNED), read(&built, SIGNED));
            assert!(!folder.join(place).with_extension("lock").exists());
        }
    }
}

#[test]
fn a_broken_lock_is_an_error() {
    let folder = frozen("freeze-broken");
    let sound = read(&folder, LOCK);
    let lines: Vec<&str> = sound.lines().collect();
    let cut = lines[..lines.len() / 2].join("\n");
    let merged = sound.replacen("tree:", "<<<<<<< HEAD\ntree:", 1);
    let other = sound.replacen("version: 2", "version: 3", 1);
    for broken in ["", "x", cut.as_str(), merged.as_str(), other.as_str()] {
        fs::write(folder.join(LOCK), broken).expect("writable");
        refused(&folder, "invalid-lock", LOCK);
        run(&folder, &["freeze", AGREEMENT], 1);
        assert_eq!(read(&folder, LOCK), broken);
    }
    fs::write(folder.join(LOCK), b"\xff").expect("writable");
    run(&folder, &["check"], 1);
    fs::remove_file(folder.join(LOCK)).expect("removed");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("nowhere", folder.join(LOCK)).expect("a link");
        let said = run(&folder, &["check"], 1);
        assert!(said.contains(LOCK), "{said}");
        run(&folder, &["freeze", AGREEMENT], 1);
    }
}

#[test]
fn a_signed_state_is_left_with_a_reason_alone() {
    let folder = frozen("freeze-release");
    let before = read(&folder, LOCK);
    lab::edit(&folder, AGREEMENT, "status: signed", "status: draft");
    let said = refused(&folder, "lock-binds", LOCK);
    assert!(said.contains("--release"), "{said}");
    let release = |reason: &'static str| ["freeze", "--release", reason, AGREEMENT];
    let said = run(&folder, &release("nhầm"), 1);
    assert!(said.contains("error[release-undated]"), "{said}");
    let day = [("SOURCE_DATE_EPOCH", "1767312000")];
    for reason in [" ", "a\u{1}b", "một\nhai"] {
        let said = ended(&lab::alternat_with(&folder, &release(reason), &day), 1);
        assert!(said.contains("error[release-reason]"), "{said}");
    }
    run(
        &folder,
        &["freeze", "--release", "x", "--on", "hôm nay", AGREEMENT],
        2,
    );
    assert_eq!(read(&folder, LOCK), before);

    // Decomposed letters, quotation marks and signs of YAML.
    let reason = "khóa nhâ\u{300}m: 'ký' #2 ນ້ຳ - \"x\"";
    ended(&lab::alternat_with(&folder, &release(reason), &day), 0);
    let lock = read(&folder, LOCK);
    let line =
        "  - released: 2026-01-02\n    reason: 'khóa nhầm: ''ký'' #2 ນ້ຳ - \"x\"'\n    lock: ";
    assert!(lock.contains(line) && !lock.contains("tree:"), "{lock}");
    run(&folder, &["build"], 0);
    let said = run(
        &folder,
        &["freeze", "--release", "x", "--on", "2026-01-03", AGREEMENT],
        1,
    );
    assert!(said.contains("error[no-lock]"), "{said}");
    assert_eq!(read(&folder, LOCK), lock);

    // Other words are signed; what was given up stays in the lock.
    lab::edit(&folder, AGREEMENT, "status: draft", "status: signed");
    lab::edit(&folder, AGREEMENT, "mỗi năm 2 lần", "mỗi năm 02 lần");
    assert!(run(&folder, &["check"], 0).contains("not-frozen"));
    run(&folder, &["freeze", AGREEMENT], 0);
    run(
        &folder,
        &[
            "freeze",
            "--release",
            "lại",
            "--on",
            "2026-02-01",
            AGREEMENT,
        ],
        0,
    );
    run(&folder, &["freeze", AGREEMENT], 0);
    let lock = read(&folder, LOCK);
    assert!(lock.contains(line) && lock.contains("2026-02-01") && lock.contains("tree:"));
    run(&folder, &["build", "--check"], 1);
    run(&folder, &["build"], 0);
    run(&folder, &["build", "--check"], 0);

    // The history of one agreement does not go on with another.
    run(
        &folder,
        &["freeze", "--release", "z", "--on", "2026-02-01", AGREEMENT],
        0,
    );
    lab::edit(&folder, AGREEMENT, "id: four-parties", "id: y");
    let said = run(&folder, &["freeze", AGREEMENT], 1);
    assert!(said.contains("error[lock-of-another]"), "{said}");
}

#[test]
fn of_two_that_freeze_at_once_one_loses() {
    let folder = lab::project("freeze-twice", &["four-parties"]);
    let guard = folder.join("agreements/four-parties.lock.part");
    fs::write(&guard, "").expect("writable");
    let said = run(&folder, &["freeze", AGREEMENT], 1);
    assert!(
        said.contains("error[lock-taken]") && said.contains("lock.part"),
        "{said}"
    );
    assert!(!folder.join(LOCK).exists() && guard.exists());
    fs::remove_file(&guard).expect("removed");

    // All have seen that there is no lock yet.
    let project = Project::new(&folder);
    let file = folder.join(AGREEMENT);
    let results: Vec<bool> = thread::scope(|scope| {
        let write = |n: usize| project.write_lock(&file, None, &format!("{n}\n"));
        let writers: Vec<_> = (0..8).map(|n| scope.spawn(move || write(n))).collect();
        let results = writers
            .into_iter()
            .map(|writer| writer.join().expect("no panic"));
        let code = |fault: &alternat::diagnostic::Diagnostic| fault.code;
        results
            .map(|result| {
                result
                    .map_err(|fault| assert_eq!(code(&fault), "lock-taken"))
                    .is_ok()
            })
            .collect()
    });
    let winner = results.iter().position(|won| *won).expect("one wins");
    assert_eq!(results.iter().filter(|won| **won).count(), 1);
    assert_eq!(read(&folder, LOCK), format!("{winner}\n"));
    assert!(!guard.exists());

    // The program itself: each either writes the lock, or says that it did not.
    fs::remove_file(folder.join(LOCK)).expect("removed");
    let said: Vec<String> = thread::scope(|scope| {
        let freeze = || lab::stderr(&lab::alternat(&folder, &["freeze", AGREEMENT]));
        let runs: Vec<_> = (0..3).map(|_| scope.spawn(freeze)).collect();
        runs.into_iter()
            .map(|run| run.join().expect("no panic"))
            .collect()
    });
    let with = |words: &str| said.iter().filter(|said| said.contains(words)).count();
    assert_eq!(with("is written;"), 1, "{said:?}");
    assert_eq!(
        with("error[lock-taken]") + with("nothing was written"),
        2,
        "{said:?}"
    );
}

/// The digests of the first form, made by the version that wrote it.
const FIRST: &str = "# SHA-256 of the words that were signed, by language.
lo: 67a8c7ea2c9695e2b13a09fdb085e01dba919adc59fb38f4302e1b0740012596
vi: ec6d45431f9fe2e9a8003120b7410cf18e724762174a4c562ee8e8451783534b
";

#[test]
fn a_lock_of_the_first_form_is_brought_up_to_date() {
    let folder = lab::project("freeze-first", &[lab::OWN]);
    let agreement = "agreements/bac-giang-xaysomboun-2022-2025.yaml";
    let lock = "agreements/bac-giang-xaysomboun-2022-2025.lock";
    let today = read(&folder, lock);
    fs::write(folder.join(lock), FIRST).expect("writable");
    assert!(run(&folder, &["check", agreement], 0).contains("warning[old-lock]"));
    let said = run(&folder, &["freeze", agreement], 0);
    assert!(said.contains("warning[old-lock]"), "{said}");
    let sound = read(&folder, agreement);
    lab::edit(&folder, agreement, "phụ nữ hai tỉnh", "phụ nữ ba tỉnh");
    for args in [
        &["check", agreement][..],
        &["freeze", "--upgrade", agreement],
    ] {
        let said = run(&folder, args, 1);
        assert!(said.contains("error[signed-text-changed]"), "{said}");
    }
    assert_eq!(read(&folder, lock), FIRST);
    fs::write(folder.join(agreement), sound).expect("writable");
    run(&folder, &["freeze", "--upgrade", agreement], 0);
    assert_eq!(read(&folder, lock), today);
    let said = run(&folder, &["freeze", "--upgrade", agreement], 0);
    assert!(said.contains("nothing was written"), "{said}");
    assert_eq!(read(&folder, lock), today);
    // The id is the name of the file.
    fs::write(folder.join(lock), FIRST).expect("writable");
    lab::edit(
        &folder,
        agreement,
        "id: bac-giang-xaysomboun-2022-2025",
        "id: x",
    );
    let said = run(&folder, &["freeze", "--upgrade", agreement], 1);
    assert!(said.contains("error[lock-of-another]"), "{said}");
}

fn template(folder: &Path, file: &str, from: &str, to: &str) {
    let path = folder.join("templates").join(file);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::copy(lab::repository().join("templates").join(file), path).expect("a template");
    lab::edit(folder, &format!("templates/{file}"), from, to);
}

#[test]
fn only_what_stands_around_a_text_may_be_accepted() {
    let folder = frozen("freeze-upgrade");
    run(&folder, &["build"], 0);
    let before = read(&folder, LOCK);
    template(&folder, "vi/footer.md", " giữ", " lưu giữ");
    run(&folder, &["check"], 0);
    let said = run(&folder, &["build"], 1);
    let line = "originals/nam-tha.vi: Bản tiếng Việt số 3/4 - Hội Phụ nữ Nậm Thà";
    for line in [format!("- {line} giữ"), format!("+ {line} lưu giữ")] {
        assert!(said.contains(&line), "{line}: {said}");
    }
    run(&folder, &["build", "--check"], 1);
    run(&folder, &["freeze", AGREEMENT], 1);
    assert_eq!(read(&folder, LOCK), before);
    let said = run(&folder, &["freeze", "--upgrade", AGREEMENT], 0);
    assert!(said.contains(&format!("+ {line} lưu giữ")), "{said}");
    run(&folder, &["build"], 0);
    let upgraded = read(&folder, LOCK);
    let own = |lock: &str| lock.split("frame:").next().map(str::to_owned);
    assert_eq!(own(&upgraded), own(&before));

    // Words of the pages are not accepted, even together with a footer.
    template(
        &folder,
        "page/main.typ",
        "#heads\n",
        "#show \"thông tin\": \"tiền bạc\"\n#heads\n",
    );
    template(&folder, "vi/footer.md", " giữ", " cầm");
    for args in [
        &["build"][..],
        &["build", "--check"],
        &["freeze", "--upgrade", AGREEMENT],
    ] {
        let said = run(&folder, args, 1);
        assert!(said.contains("error[signed-page-changed]"), "{said}");
        let shown = said.contains("»thông tin«") || said.contains(" »tiền bạc");
        assert!(shown, "{said}");
    }
    assert_eq!(read(&folder, LOCK), upgraded);
}

#[test]
fn what_is_not_seen_is_named() {
    let folder = frozen("freeze-named");
    run(&folder, &["build"], 0);
    let sound = read(&folder, AGREEMENT);
    let [vi, lo] = [
        "Các bên trao đổi thông tin mỗi năm 2 lần.",
        "ບັນດາຝ່າຍແລກປ່ຽນຂໍ້ມູນຂ່າວສານ ປີລະ 2 ຄັ້ງ.",
    ];
    let in_both = |from: &str, to: &str| (vi.replace(from, to), lo.replace(from, to));
    for ((to_vi, to_lo), told) in [
        (
            in_both("thông tin", "thông\u{a0}tin"),
            "thông‹odd space U+00A0›tin«",
        ),
        (in_both("thông tin", "*thông tin*"), "»*thông tin*«"),
        ((format!("'> {vi}'"), format!("'> {lo}'")), "»quotation:"),
        (
            in_both("tin", "[tin](https://example.org)"),
            "](https://example.org)",
        ),
    ] {
        let text = sound.replacen(vi, &to_vi, 1).replacen(lo, &to_lo, 1);
        fs::write(folder.join(AGREEMENT), text).expect("writable");
        let said = lab::stderr(&lab::alternat(&folder, &["build"]));
        assert!(said.contains(told), "{told}: {said}");
    }
}

#[test]
fn the_pages_of_every_project_print_their_text() {
    for case in lab::SUITE.iter().filter(|case| **case != "draft-blanks") {
        // The layout is that of one edition; the others are the same.
        let few = ["two-parties", "three-languages"].contains(case);
        for layout in ["columns", "stacked"]
            .iter()
            .filter(|l| few || **l == "columns")
        {
            let folder = lab::project(&format!("freeze-{case}-{layout}"), &[case]);
            let agreement = format!("agreements/{case}.yaml");
            let text = read(&folder, &agreement).replace("status: final", "status: signed");
            let text = format!("{text}\nlayout: {layout}\n");
            fs::write(folder.join(&agreement), text).expect("writable");
            let said = run(&folder, &["freeze", &agreement], 0);
            assert!(!said.contains("page-not-text"), "{said}");
        }
    }
}
