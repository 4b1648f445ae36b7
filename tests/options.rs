//! Options that cannot be meant, and readers that have left.
//!
//! Input: command lines. Output: the exit code, and words in the language of
//! messages.

use std::fs;
use std::io::Read;
use std::process::{Command, Stdio};

use crate::lab;

const AGREEMENT: &str = "agreements/two-parties.yaml";

#[test]
fn every_option_is_checked() {
    let folder = lab::project("options-wrong", &["two-parties"]);
    let review = ["review", "lo", AGREEMENT];
    let by = |more: &'static [&'static str]| [&review[..], more].concat();
    let cases: &[(&str, Vec<&str>)] = &[
        ("`--lang` cannot be `xx`", vec!["check", "--lang", "xx"]),
        ("`--lang` cannot be `xx`", vec!["--lang", "xx", "schema"]),
        ("`--lang` cannot be ``", vec!["check", "--lang", ""]),
        ("`--lang` cannot be `vinh`", vec!["check", "--lang", "vinh"]),
        (
            "`--lang` cannot be `@text`",
            vec!["check", "--lang", "@text"],
        ),
        ("`--jobs` cannot be `0`", vec!["check", "--jobs", "0"]),
        (
            "`--jobs` cannot be `99999`",
            vec!["build", "--jobs", "99999"],
        ),
        ("`--jobs` cannot be `+1`", vec!["build", "--jobs", "+1"]),
        ("`--jobs` cannot be `໒`", vec!["build", "--jobs", "໒"]),
        ("`--jobs` cannot be ``", vec!["build", "--jobs", ""]),
        (
            "`--font-path` cannot be `nowhere`",
            vec!["fonts", "--font-path", "nowhere"],
        ),
        (
            "`--font-path` cannot be",
            vec!["check", "--font-path", AGREEMENT],
        ),
        (
            "`--root` cannot be `nowhere`",
            vec!["new", "x", "--root", "nowhere"],
        ),
        (
            "`--edition` cannot be ``",
            vec!["build", "--emit", "md", "--edition", ""],
        ),
        (
            "`--on` cannot be `31/12/2020`",
            by(&["--by", "A", "--on", "31/12/2020"]),
        ),
        (
            "`--on` cannot be `2021-02-29`",
            by(&["--by", "A", "--on", "2021-02-29"]),
        ),
        (
            "`--on` cannot be `2021-2-9`",
            by(&["--by", "A", "--on", "2021-2-9"]),
        ),
        ("`--on` cannot be ``", by(&["--by", "A", "--on", ""])),
        ("`--by` cannot be ` `", by(&["--by", " "])),
        (
            "`--by` cannot be `A\n  on: 2020-01-01`",
            by(&["--by", "A\n  on: 2020-01-01"]),
        ),
        (
            "`--lang` is given more than once",
            vec!["--lang", "en", "check", "--lang=en"],
        ),
        (
            "`--root` is given more than once",
            vec!["--root", ".", "check", "--root", "."],
        ),
        (
            "`--color` is given more than once",
            vec!["--color=never", "check", "--color=never"],
        ),
    ];
    for (words, arguments) in cases {
        let output = lab::alternat(&folder, arguments);
        let said = lab::stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
        assert!(said.contains(words), "{arguments:?}: {said}");
        assert!(said.contains("hint: "), "{arguments:?}: {said}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
    }
    assert_eq!(lab::files_below(&folder), [AGREEMENT]);
}

#[test]
fn the_day_of_the_environment_is_checked() {
    let folder = lab::project("options-epoch", &["two-parties"]);
    for seconds in [
        "abc",
        "",
        "-1",
        "1e9",
        " 1",
        "253402300800",
        "99999999999999999999",
    ] {
        let day = [("SOURCE_DATE_EPOCH", seconds), ("LC_ALL", "lo_LA.UTF-8")];
        let output = lab::alternat_with(&folder, &["build"], &day);
        let said = lab::stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{seconds}: {said}");
        let words = format!("`SOURCE_DATE_EPOCH` ເປັນ `{seconds}` ບໍ່ໄດ້");
        assert!(said.contains(&words), "{said}");
    }
    for seconds in ["0", "1735689600", "253402300799"] {
        let day = [("SOURCE_DATE_EPOCH", seconds)];
        let output = lab::alternat_with(&folder, &["build", "--check"], &day);
        assert_eq!(output.status.code(), Some(1), "{seconds}");
    }
}

#[test]
fn what_is_meant_is_taken() {
    let folder = lab::project("options-right", &["two-parties"]);
    for arguments in [
        &["check", "--lang", "vi_VN.UTF-8"][..],
        &["--lang", "LO", "check", "--jobs", "256"],
        &[
            "check",
            "--jobs",
            "1",
            "--font-path",
            ".",
            "--font-path",
            ".",
        ],
        &["check", "--root", ".", "--", AGREEMENT],
        &[
            "review",
            "lo",
            AGREEMENT,
            "--by",
            "Bà ຄຳ 'O'",
            "--on",
            "2024-02-29",
        ],
    ] {
        let output = lab::alternat(&folder, arguments);
        assert_eq!(
            output.status.code(),
            Some(0),
            "{arguments:?}: {}",
            lab::stderr(&output)
        );
    }
    // A file that is named twice is one agreement.
    let twice = lab::alternat(
        &folder,
        &[
            "check",
            AGREEMENT,
            "./agreements/../agreements/two-parties.yaml",
        ],
    );
    assert!(
        lab::stderr(&twice).contains("checked 1 agreement:"),
        "{}",
        lab::stderr(&twice)
    );
}

#[test]
fn only_an_id_that_is_read_as_typed_starts_an_agreement() {
    let folder = lab::empty_folder("options-new");
    for id in [
        "glossary",
        "x ",
        " x",
        "",
        "x # y",
        "'x'",
        "\"x\"",
        "&a x",
        "!!str x",
        "x\nkind: plan",
        "X",
        "../x",
        "x.yaml",
        "con",
        "[x]",
        "~",
        "ẹ",
        "@text",
    ] {
        let output = lab::alternat(&folder, &["new", "--", id]);
        let said = lab::stderr(&output);
        assert_eq!(output.status.code(), Some(1), "{id}: {said}");
        assert!(said.contains("error[invalid-id]"), "{id}: {said}");
        assert!(said.contains(&format!("`{id}`")), "{id}: {said}");
    }
    assert!(lab::files_below(&folder).is_empty());
}

#[test]
fn faults_of_the_system_come_in_the_language_of_messages() {
    let folder = lab::project("options-system", &["two-parties"]);
    fs::write(folder.join("output"), "").expect("a file");
    let long = "x".repeat(300);
    for (language, missing, name, folders) in [
        (
            "en",
            "there is no such file",
            "takes no such name",
            "it is not a folder",
        ),
        (
            "vi",
            "không có tệp này",
            "không nhận tên như vậy",
            "không phải là thư mục",
        ),
        ("lo", "ບໍ່ມີໄຟລ໌ນີ້", "ລະບົບບໍ່ຮັບຊື່ແບບນີ້", "ນີ້ບໍ່ແມ່ນໂຟນເດີ"),
    ] {
        let said = |arguments: &[&str]| {
            let output = lab::alternat(&folder, &[&["--lang", language], arguments].concat());
            assert_eq!(output.status.code(), Some(1), "{arguments:?}");
            lab::stderr(&output)
        };
        assert!(said(&["check", "nowhere.yaml"]).contains(missing));
        assert!(said(&["check", &long]).contains(name));
        assert!(said(&["build"]).contains(folders));
    }
}

/// Runs the program with its words and data going to these places, and returns
/// its exit code.
fn code(folder: &std::path::Path, arguments: &[&str], data: Place, words: Place) -> Option<i32> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_alternat"))
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .stdout(data.stdio())
        .stderr(words.stdio())
        .spawn()
        .expect("the program was built for this test");
    // Where a pipe was made, its reader leaves before anything is written.
    drop((child.stdout.take(), child.stderr.take()));
    child.wait().expect("the program ends").code()
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Place {
    Nowhere,
    Left,
    Full,
}

impl Place {
    fn stdio(self) -> Stdio {
        match self {
            Self::Nowhere => Stdio::null(),
            Self::Left => Stdio::piped(),
            Self::Full => {
                let full = fs::File::options().write(true).open("/dev/full");
                full.expect("a device that is full").into()
            }
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn findings_decide_the_exit_code_and_never_the_pipe() {
    use Place::{Full, Left, Nowhere};
    let sound = lab::project("options-pipe", &["two-parties"]);
    let faulty = lab::project("options-pipe-faulty", &["two-parties", "four-parties"]);
    lab::edit(&faulty, AGREEMENT, "status: final", "status: finale");
    for (data, words) in [(Left, Left), (Nowhere, Full)] {
        for verb in [
            &["check"][..],
            &["build"],
            &["check", "--format", "json"],
            &["build", "--emit", "md"],
        ] {
            let what = format!("{verb:?} {data:?} {words:?}");
            assert_eq!(code(&sound, verb, data, words), Some(0), "{what}");
            assert_eq!(code(&faulty, verb, data, words), Some(1), "{what}");
        }
        for verb in ["schema", "fonts"] {
            assert_eq!(code(&sound, &[verb], data, words), Some(0), "{verb}");
        }
        let wrong = ["check", "--jobs", "0"];
        assert_eq!(code(&sound, &wrong, data, words), Some(2));
    }
    // Data that is lost on a full disk is a fault of its own.
    for verb in [
        &["schema"][..],
        &["check", "--format", "json"],
        &["explain", "dots"],
        &["build", "--emit", "md"],
    ] {
        for words in [Left, Full] {
            assert_eq!(code(&sound, verb, Full, words), Some(1), "{verb:?}");
        }
    }
    // Nobody hears of the one; the other is made all the same.
    fs::remove_dir_all(faulty.join("output")).expect("made");
    assert_eq!(
        code(&faulty, &["build", "--jobs", "1"], Left, Left),
        Some(1)
    );
    assert!(faulty.join("output/four-parties/vi.md").exists());
    let output = Command::new(env!("CARGO_BIN_EXE_alternat"))
        .args(["schema", "--lang", "vi"])
        .stdout(Full.stdio())
        .stderr(Stdio::piped())
        .spawn();
    let mut said = String::new();
    let mut child = output.expect("the program was built for this test");
    let stderr = child.stderr.as_mut().expect("a pipe");
    stderr.read_to_string(&mut said).expect("UTF-8");
    assert!(
        said.contains("không ghi được `đầu ra chuẩn`: đĩa đã đầy"),
        "{said}"
    );
    assert_eq!(child.wait().expect("ends").code(), Some(1));
}

#[test]
fn files_that_were_written_are_counted() {
    let folder = lab::project("options-count", &["two-parties"]);
    let said = lab::stderr(&lab::alternat(&folder, &["build"]));
    let all = lab::files_below(&folder.join("output")).len();
    assert!(
        said.contains(&format!("made {all} files of 1 agreement")),
        "{said}"
    );
    // The last file has no place; none of the others is changed.
    let files = lab::files_below(&folder.join("output"));
    let last = files.iter().rfind(|file| file.ends_with(".pdf"));
    let last = folder.join("output").join(last.expect("a page"));
    fs::remove_file(&last).expect("removable");
    fs::create_dir(&last).expect("a folder");
    lab::edit(&folder, AGREEMENT, "thượng nguồn", "hạ nguồn");
    let output = lab::alternat(&folder, &["build"]);
    assert_eq!(output.status.code(), Some(1));
    let said = lab::stderr(&output);
    assert!(said.contains("made 0 files of 1 agreement"), "{said}");
    let text = fs::read_to_string(folder.join("output/two-parties/vi.md")).expect("kept");
    assert!(
        text.contains("thượng nguồn"),
        "no file is new where one cannot be made"
    );
    let left = lab::files_below(&folder.join("output"));
    assert!(left.iter().all(|file| !file.ends_with(".part")), "{left:?}");
}
