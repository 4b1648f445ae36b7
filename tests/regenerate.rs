//! Building again: exactly what has changed is made anew, and nothing is taken for
//! fresh that is not.
//!
//! Input: a project that is built, and one change after the other. Output: after each
//! the number of files that were made is that of the files which used what was changed,
//! and every byte is that of a build from nothing.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::lab::{self, BASE};

const ID: &str = "bac-ninh-xaysomboun-2025-2027";
const AGREEMENT: &str = "agreements/a.yaml";

/// A project of one draft: three texts and three PDFs.
fn project(name: &str) -> PathBuf {
    let folder = lab::empty_folder(name).join("project");
    fs::create_dir_all(folder.join("agreements")).expect("a folder");
    let draft = BASE.replace("status: final", "status: draft");
    fs::write(folder.join(AGREEMENT), draft).expect("a file");
    folder
}

/// What the last line of a build says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Said {
    made: usize,
    unchanged: usize,
    removed: usize,
}

fn build(folder: &Path, arguments: &[&str]) -> Said {
    let arguments: Vec<&str> = ["build"].iter().chain(arguments).copied().collect();
    let output = lab::alternat(folder, &arguments);
    let said = lab::stderr(&output);
    assert!(output.status.success(), "{arguments:?}: {said}");
    let number = |before: &str, after: &str| -> Option<usize> {
        let at = |line: &&str| line.starts_with(before) && line.contains(after);
        let (number, _) = said.lines().find(at)?.split_once(after)?;
        number.rsplit(' ').next()?.parse().ok()
    };
    Said {
        made: number("made ", " file").expect("a summary"),
        unchanged: number("", " file unchanged")
            .or_else(|| number("", " files unchanged"))
            .unwrap_or_default(),
        removed: number("", " removed").unwrap_or_default(),
    }
}

/// Returns all documents of a project.
fn documents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let output = folder.join("output");
    let names = lab::files_below(&output).into_iter();
    names
        .map(|name| {
            let bytes = fs::read(output.join(&name)).expect("readable");
            (name, bytes)
        })
        .collect()
}

/// Asserts that a build makes so many files, that the next one makes none, and that all
/// of them are those of a build from nothing.
fn made(folder: &Path, what: &str, arguments: &[&str], files: usize) -> Said {
    let said = build(folder, arguments);
    assert_eq!(said.made, files, "{what}: {said:?}");
    let again = build(folder, arguments);
    let all = said.made + said.unchanged;
    assert_eq!((again.made, again.unchanged), (0, all), "{what}: {again:?}");
    let scratch = folder.with_file_name("scratch");
    if scratch.exists() {
        fs::remove_dir_all(&scratch).expect("removable");
    }
    lab::copy_folder(folder, &scratch);
    fs::remove_dir_all(scratch.join("output")).expect("removable");
    build(&scratch, arguments);
    let (here, there) = (documents(folder), documents(&scratch));
    assert_eq!(
        here.keys().collect::<Vec<_>>(),
        there.keys().collect::<Vec<_>>(),
        "{what}"
    );
    for (name, bytes) in &here {
        assert!(
            *bytes == there[name],
            "{what}: {name} is not what a build from nothing makes"
        );
    }
    said
}

/// Puts a template of the repository into the project, with one change.
fn template(folder: &Path, path: &str, from: &str, to: &str) {
    let place = folder.join("templates").join(path);
    fs::create_dir_all(place.parent().expect("a parent")).expect("a folder");
    let text = fs::read_to_string(lab::repository().join("templates").join(path));
    let text = text.expect("a template");
    assert!(text.contains(from), "{path} has no {from}");
    fs::write(place, text.replacen(from, to, 1)).expect("a file");
}

#[test]
fn exactly_what_used_a_changed_input_is_made_anew() {
    let folder = project("regenerate");
    let edit = |from: &str, to: &str| lab::edit(&folder, AGREEMENT, from, to);
    made(&folder, "the first build", &[], 6);
    made(&folder, "nothing", &[], 0);
    // Every PDF carries the agreement, so that only texts show which clause it was.
    edit("ສອງຝ່າຍຢ້ຽມຢາມກັນທຸກປີ", "ສອງຝ່າຍຢ້ຽມຢາມກັນທຸກສອງປີ");
    made(&folder, "a clause in Lao", &[], 5);
    edit("# A sound agreement", "# ໝາຍເຫດ");
    made(&folder, "a comment", &[], 3);
    edit("phone: 0222 3821 234", "phone:");
    made(&folder, "a value that is not known", &[], 6);
    made(&folder, "PDFs without it", &["--no-attach"], 3);
    edit("ທຸກສອງປີ", "ທຸກປີ");
    made(
        &folder,
        "a clause in Lao, not attached",
        &["--no-attach"],
        4,
    );
    edit("# ໝາຍເຫດ", "# Ghi chú");
    made(&folder, "a comment, not attached", &["--no-attach"], 0);
    let glossary = "place_sekong: {kind: name, vi: Sê Kông, lo: ເຊກອງ, status: K}\n";
    fs::write(folder.join("agreements/glossary.yaml"), glossary).expect("a file");
    made(&folder, "a name of the glossary", &["--no-attach"], 3);
    let more = "place_camau: {kind: name, vi: Cà Mau, lo: ກ່າເມົາ, status: K}\n";
    let glossary = format!("{glossary}{more}");
    fs::write(folder.join("agreements/glossary.yaml"), glossary).expect("a file");
    made(&folder, "a name that nobody uses", &["--no-attach"], 0);
    template(
        &folder,
        "lo/closing.md",
        "ລົງນາມໃນວັນທີ {{ signing.date_long }} ທີ່",
        "ລົງນາມ {{ signing.date_long }} ທີ່",
    );
    made(&folder, "a template in Lao", &["--no-attach"], 4);
    template(
        &folder,
        "lo/words.yaml",
        "draft_mark: ຮ່າງ",
        "draft_mark: ຮ່າງ 2",
    );
    made(&folder, "a word of a pack", &["--no-attach"], 2);
    let faces = folder.with_file_name("faces");
    fs::create_dir_all(&faces).expect("a folder");
    let path = faces.to_str().expect("UTF-8");
    let with_faces = ["--no-attach", "--font-path", path];
    for (name, files) in [
        ("NotoSerifLao-Regular.ttf", 3),
        ("LiberationSerif-Bold.ttf", 3),
        ("Phetsarath_OT.ttf", 0),
    ] {
        fs::copy(face(name), faces.join(name)).expect("a copy");
        made(&folder, name, &with_faces, files);
    }
    template(&folder, "page/main.typ", "\n", "\n\n");
    made(&folder, "the look", &with_faces, 3);
    // A look of the project's own may use any face.
    fs::remove_file(faces.join("Phetsarath_OT.ttf")).expect("removable");
    made(&folder, "a face that the look may use", &with_faces, 3);
}

#[test]
fn what_else_decides_is_never_passed_over() {
    let folder = project("regenerate-else");
    made(&folder, "a draft", &[], 6);
    // Findings come again, in the reader's language.
    let said = |arguments: &[&str]| lab::stderr(&lab::alternat(&folder, arguments));
    lab::edit(
        &folder,
        AGREEMENT,
        "Mỗi bên cử 02 cán bộ",
        "Mỗi bên cử 03 cán bộ",
    );
    let first = said(&["build"]);
    assert!(first.contains("warning[number-missing]"), "{first}");
    let findings = |said: &str| said.split("\nmade ").next().map(str::to_owned);
    assert_eq!(findings(&said(&["build"])), findings(&first));
    assert!(said(&["build", "--lang", "vi"]).contains("cảnh báo"));
    // From draft to final: the drafts go, and nothing else that stands there.
    let own = folder.join("output").join(ID).join("draft/scan.pdf");
    fs::write(&own, "of somebody").expect("a file");
    lab::edit(&folder, AGREEMENT, "03 cán bộ", "02 cán bộ");
    lab::edit(&folder, AGREEMENT, "status: draft", "status: final");
    let done = build(&folder, &[]);
    assert_eq!(done.removed, 3, "{done:?}");
    assert_eq!(fs::read(&own).expect("kept"), b"of somebody");
    fs::remove_file(&own).expect("removable");
    fs::remove_dir(own.parent().expect("a folder")).expect("empty");
    made(&folder, "final", &[], 0);
    lab::edit(&folder, AGREEMENT, "status: final", "status: signed");
    let signed = build(&folder, &[]);
    assert_eq!((signed.removed, signed.made > 3), (0, true), "{signed:?}");
    assert!(said(&["build"]).contains("warning[not-frozen]"));
    let frozen = lab::alternat(&folder, &["freeze", AGREEMENT]);
    assert!(frozen.status.success(), "{}", lab::stderr(&frozen));
    made(&folder, "a lock", &[], 0);
    assert!(!said(&["build"]).contains("not-frozen"));
    // A lock that binds something else is not passed over because nothing else changed.
    let lock = folder.join("agreements/a.lock");
    let text = fs::read_to_string(&lock).expect("readable");
    fs::write(&lock, text.replacen("agreement: bac", "agreement: ba", 1)).expect("writable");
    assert_eq!(lab::alternat(&folder, &["build"]).status.code(), Some(1));
    fs::write(&lock, text).expect("writable");
    made(&folder, "the lock again", &[], 0);
    // What another build of the program made is made anew.
    let manifest = folder.join("output").join(ID).join(".manifest.json");
    let text = fs::read_to_string(&manifest).expect("readable");
    let other: Vec<String> = text
        .lines()
        .map(
            |line| match line.contains("\"product\"") || line.contains("\"inputs\"") {
                true => line.replacen(": \"", ": \"0", 1),
                false => line.to_owned(),
            },
        )
        .collect();
    fs::write(&manifest, other.join("\n")).expect("writable");
    let all = signed.made + signed.unchanged;
    made(&folder, "another program's", &[], all);
    for torn in ["", "{", "null", "[]", &text[..text.len() / 2]] {
        fs::write(&manifest, torn).expect("writable");
        assert_eq!(build(&folder, &[]).made, all, "{torn}");
    }
    fs::remove_file(&manifest).expect("removable");
    made(&folder, "no manifest", &[], all);
    assert_eq!(build(&folder, &["--force"]).made, all);
}

#[test]
fn a_date_of_the_environment_counts() {
    let folder = project("regenerate-date");
    for (from, to) in [
        ("term: {from: 2025-07-01, to: 2027-12-31}", "term:"),
        ("date: 2025-08-01", "date:"),
    ] {
        lab::edit(&folder, AGREEMENT, from, to);
    }
    let date = |seconds: &str| {
        let output = lab::alternat_with(&folder, &["build"], &[("SOURCE_DATE_EPOCH", seconds)]);
        lab::stderr(&output)
    };
    assert!(date("86400").contains("made 6 files"));
    assert!(date("86400").contains("made 0 files"));
    assert!(date("864000").contains("made 3 files"));
}

#[test]
fn the_day_makes_nothing_anew_but_what_is_found() {
    let folder = project("regenerate-day");
    let email = "email: phunu@bacninh.gov.vn";
    lab::edit(
        &folder,
        AGREEMENT,
        email,
        &format!("{email}\n      verified_on: 2025-03-01"),
    );
    let on = |day: &str| {
        let variables = [("SOURCE_DATE_EPOCH", day)];
        lab::stderr(&lab::alternat_with(&folder, &["build", "-v"], &variables))
    };
    let manifest = folder.join("output").join(ID).join(".manifest.json");
    let is_known = || {
        let text = fs::read_to_string(&manifest).expect("a manifest");
        text.contains("contact-unconfirmed")
    };
    // The 1st of March 2026 is the last day of the year; then the day after it, the 1st
    // of May, and the year after; and a clock that goes back.
    assert!(on("1772323200").contains("made 6 files"));
    assert!(!is_known());
    for (day, found, fresh) in [
        ("1772323200", false, true),
        ("1772409600", true, false),
        ("1777593600", true, true),
        ("1804032000", true, true),
        ("1772323200", false, false),
        ("1740787200", false, true),
    ] {
        let said = on(day);
        assert!(said.contains("made 0 files"), "{day}: {said}");
        assert_eq!(is_known(), found, "{day}: {said}");
        let untouched = said.contains(&format!("{AGREEMENT}: 6 files unchanged"));
        assert_eq!(untouched, fresh, "{day}: {said}");
    }
}

#[test]
fn the_agreements_that_it_speaks_of_count() {
    let folder = project("regenerate-others");
    let signed = BASE.replace("status: final", "status: signed");
    let old = "agreements/old.yaml";
    fs::write(folder.join(old), signed.replace(ID, "the-old-one")).expect("a file");
    build(&folder, &[]);
    lab::edit(
        &folder,
        AGREEMENT,
        "predecessor: {term: {from: 2022, to: 2025-06-30}}",
        "predecessor: {agreement: the-old-one}",
    );
    let said = build(&folder, &[]);
    assert!(said.made > 3, "{said:?}");
    made(&folder, "a predecessor", &[], 0);
    lab::edit(&folder, old, "ສອງຝ່າຍຢ້ຽມຢາມກັນທຸກປີ", "ສອງຝ່າຍຢ້ຽມຢາມກັນທຸກສອງປີ");
    let said = build(&folder, &[]);
    assert!(said.made > 0, "{said:?}");
    made(&folder, "the predecessor's words", &[], 0);
    // It is no longer at hand.
    fs::remove_file(folder.join(old)).expect("removable");
    let said = build(&folder, &[]);
    assert!(said.removed > 0, "{said:?}");
    made(&folder, "no predecessor", &[], 0);
}

#[test]
fn what_was_done_to_a_document_is_noticed() {
    let folder = project("regenerate-outputs");
    build(&folder, &[]);
    let reference = documents(&folder);
    let place = |path: &str| folder.join("output").join(ID).join(path);
    let restored = |what: &str, arguments: &[&str], files: usize| {
        assert_eq!(build(&folder, arguments).made, files, "{what}");
        assert!(documents(&folder) == reference, "{what}");
    };
    for path in ["vi.md", "draft/lo.pdf"] {
        let bytes = fs::read(place(path)).expect("made");
        fs::write(place(path), &bytes[..bytes.len() / 2]).expect("writable");
        restored("torn", &[], 1);
        fs::remove_file(place(path)).expect("removable");
        restored("missing", &[], 1);
        fs::write(place(path), "").expect("writable");
        restored("empty", &[], 1);
        // A file of the same bytes is left alone, whatever its time.
        fs::write(place(path), &bytes).expect("writable");
        restored("touched", &[], 0);
        let mut other = bytes.clone();
        *other.last_mut().expect("a byte") ^= 1;
        let time = fs::metadata(place(path))
            .and_then(|it| it.modified())
            .expect("a time");
        fs::write(place(path), &other).expect("writable");
        restored("edited", &[], 1);
        fs::write(place(path), &other).expect("writable");
        let written = fs::metadata(place(path))
            .and_then(|it| it.modified())
            .expect("a time");
        assert_ne!(written, time);
        let record = folder.join("output").join(ID).join(".manifest.json");
        let before = fs::read_to_string(&record).expect("a manifest");
        // With the time that the manifest has, only its bytes tell.
        let said: serde_json::Value = serde_json::from_str(&before).expect("JSON");
        let said = said["outputs"][path]["time"].as_str().expect("a time");
        let (seconds, parts) = said.split_once('.').expect("seconds and parts");
        let time = std::time::UNIX_EPOCH
            + std::time::Duration::new(seconds.parse().expect("s"), parts.parse().expect("ns"));
        let file = fs::File::options()
            .write(true)
            .open(place(path))
            .expect("there");
        file.set_modified(time).expect("a time can be set");
        assert_eq!(build(&folder, &[]).made, 0, "trusted by size and time");
        let checked = lab::alternat(&folder, &["build", "--check"]);
        assert_eq!(checked.status.code(), Some(1));
        assert!(lab::stderr(&checked).contains(&format!("{ID}/{path}")));
        restored("forged", &["--verify"], 1);
    }
    fs::remove_dir_all(folder.join("output")).expect("removable");
    restored("all of it", &[], 6);
}

fn face(name: &str) -> PathBuf {
    let folders = ["liberation2", "liberation", "noto", "lao"].into_iter();
    let paths = folders.map(|folder| {
        Path::new("/usr/share/fonts/truetype")
            .join(folder)
            .join(name)
    });
    let mut paths = paths.filter(|path| path.exists());
    paths.next().expect("`make fonts` installs the faces")
}
