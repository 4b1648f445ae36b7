//! Hostile and broken input: a clear error in good time, never a panic.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use alternat::diagnostic::Diagnostic;
use alternat::project::Project;
use alternat::source::Source;

use crate::lab::{
    BASE, Dice, Options, Wanted, Workshop, changed, copy_folder, empty_folder, files_below,
    repository, side_by_side, stderr, workshop,
};

/// The time within which an input is answered, in a debug build that shares the
/// machine with other tests; reading all templates anew takes twice as long.
const ENDLESS: Duration = Duration::from_secs(5);

/// Returns what is found, on a thread as the program uses it.
fn findings(text: String) -> Vec<Diagnostic> {
    let start = Instant::now();
    let sources = [Source::new("agreements/x.yaml", text)];
    let mut found = side_by_side(&sources, 1, |source| {
        let checked = workshop().check(source, None).findings;
        let made = workshop().make(source, None, Wanted::TEXTS);
        let grave = made.findings.iter().any(Diagnostic::is_error);
        assert!(
            !grave || made.files.is_empty(),
            "an original was made in spite of errors"
        );
        checked
    });
    assert!(start.elapsed() < ENDLESS, "{:?}", start.elapsed());
    found.pop().unwrap_or_default()
}

fn codes(text: String) -> Vec<&'static str> {
    findings(text).iter().map(|finding| finding.code).collect()
}

/// Returns aliases of aliases: a few hundred bytes that stand for 9 to the 12th.
fn bomb() -> String {
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        let inner = vec![format!("*a{}", level - 1); 9].join(", ");
        bomb += &format!("a{level}: &a{level} [{inner}]\n");
    }
    bomb
}

#[test]
fn bombs_and_depths_are_refused() {
    assert_eq!(codes(bomb()), ["yaml-too-complex"]);
    for deep in ["[", "{a: ", "- ", "? "] {
        assert!(!codes(deep.repeat(100_000)).is_empty());
    }
    assert_eq!(codes("x".repeat(3 << 20)), ["file-too-large"]);
}

#[test]
fn controls_and_surrogates_are_reported() {
    assert_eq!(
        codes(changed("Khăm Sí,", "\"Khăm\\u0000Sí\",")),
        ["control-character"]
    );
    assert!(
        codes(changed("Khăm Sí,", "Khăm\u{0}Sí,"))
            .iter()
            .any(|c| *c == "yaml-syntax" || *c == "control-character")
    );
    assert!(codes(changed("Khăm Sí,", "\"\\ud800\",")).contains(&"yaml-syntax"));
    assert!(codes(changed("Khăm Sí,", "\"\\u202eKhăm Sí\",")).contains(&"direction-control"));
}

#[test]
fn ids_cannot_leave_the_folder() {
    let long = "a".repeat(300);
    for id in [
        "../../etc",
        "/etc",
        "CON",
        "con",
        "com1",
        "''",
        "a/b",
        "a\\b",
        ".",
        "-a",
        "Bắc Giang",
        &long,
        "NUL.yaml",
    ] {
        let text = changed("id: bac-ninh-xaysomboun-2025-2027", &format!("id: {id}"));
        let found = codes(text);
        assert!(
            found
                .iter()
                .any(|c| matches!(*c, "invalid-id" | "wrong-type")),
            "{id}: {found:?}"
        );
    }
}

#[test]
fn markdown_depths_are_refused() {
    let quotes = format!("'{} x'", ">".repeat(10_000));
    let text = changed("vi: Hai bên thăm nhau mỗi năm.", &format!("vi: {quotes}"));
    assert!(codes(text).contains(&"markdown-too-deep"));
    for markup in ["*", "[", "![", "`", "<", "&", "_*", "[a](", "- "] {
        let text = changed(
            "vi: Hai bên thăm nhau mỗi năm.",
            &format!("vi: 'x {}'", markup.repeat(10_000)),
        );
        findings(text);
    }
}

#[test]
fn templates_that_never_end_are_errors() {
    for (name, body) in [
        ("vi/title.md", "{% include \"vi/title.md\" %}"),
        (
            "vi/title.md",
            "{% for a in range(end=999999999) %}{% for b in range(end=999999999) %}x{% endfor %}{% endfor %}",
        ),
        ("vi/title.md", "{{ nothing }}"),
    ] {
        let project = Project::new(repository());
        let mut materials = project.materials().expect("readable");
        materials.templates.insert(
            name.to_owned(),
            Source::new(format!("templates/{name}"), body),
        );
        let start = Instant::now();
        let Ok(workshop) = Workshop::new(materials, Options::default()) else {
            continue;
        };
        let made = workshop.make(&Source::new("x.yaml", BASE), None, Wanted::TEXTS);
        assert!(made.findings.iter().any(Diagnostic::is_error), "{body}");
        assert!(
            start.elapsed() < 2 * ENDLESS,
            "{body}: {:?}",
            start.elapsed()
        );
    }
}

/// Changes random letters of the base; nothing may panic.
#[test]
fn random_changes_never_panic() {
    let pieces = [
        "",
        "\n",
        "  ",
        ": ",
        "- ",
        "[",
        "](party:bac-ninh)",
        "*",
        "\"",
        "'",
        "{",
        "}",
        "\u{202e}",
        "\u{ecd}",
        "\u{eb2}",
        "໒",
        "ế",
        "\u{301}",
        "...",
        "02",
        "hai (03) bản tiếng Việt",
        "28/11/2022",
        "ngày 99 tháng 99",
        "giai đoạn",
        "2022 - 2025",
        "+84",
        "@",
        "tỉnh",
        "\u{0}",
        "~",
        "&a",
        "*a",
        "|-\n",
        "\u{e01}",
        "./.",
    ];
    let letters: Vec<char> = BASE.chars().collect();
    let mut dice = Dice(20_251_121);
    for _ in 0..60 {
        let mut text: Vec<char> = letters.clone();
        for _ in 0..=dice.roll(6) {
            let at = dice.roll(text.len());
            let end = (at + dice.roll(12)).min(text.len());
            let piece = pieces[dice.roll(pieces.len())];
            text.splice(at..end, piece.chars());
        }
        findings(text.into_iter().collect());
    }
}

/// Runs the program in `folder` with one second of processor time and 200 MB of
/// memory for its data: beyond them the system stops it.
fn limited(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = Command::new("sh")
        .args([
            "-c",
            "ulimit -t 1 && ulimit -d 204800 && exec \"$0\" \"$@\"",
        ])
        .arg(env!("CARGO_BIN_EXE_alternat"))
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .output()
        .expect("there is a shell");
    (output.status.code(), stderr(&output))
}

/// Checks an agreement within the limits, and returns the codes that are shown.
fn checked(name: &str, text: &[u8]) -> BTreeSet<String> {
    let folder = empty_folder(&format!("hostile-{name}"));
    fs::write(folder.join("x.yaml"), text).expect("a file");
    let (status, said) = limited(&folder, &["check", "x.yaml"]);
    assert!(
        matches!(status, Some(0 | 1)),
        "{name}: {status:?} {said:.2000}"
    );
    assert_eq!(files_below(&folder), ["x.yaml"], "{name}");
    let codes = said
        .lines()
        .filter_map(|line| line.split_once('[')?.1.split_once("]: "));
    codes.map(|(code, _)| code.to_owned()).collect()
}

#[test]
fn answers_come_within_a_second_and_200_mb() {
    let visits = "vi: Hai bên thăm nhau mỗi năm.";
    let clause = |text: &str| changed(visits, &format!("vi: '{text}'")).into_bytes();
    let long = "hai 2 ".repeat(150_000);
    // Far from the longest, since this is a debug build.
    let (two, three) = ("hai 2 ".repeat(1500), "ສອງ 3 ".repeat(700));
    let fields = format!("  - {{id: c, text: {{vi: '{two}', lo: '{three}'}}}}\n");
    let fields = changed("implementation:", &format!("{fields}implementation:"));
    let codes: String = (0..600).map(|n| format!(", {}", letters(n))).collect();
    let parties = changed(
        "parties:\n",
        &format!("parties:\n{}", "  - {}\n".repeat(10_000)),
    );
    let aliases: String = (0..400)
        .map(|n| format!("  - {{id: &i{n} c{n}, text: *text}}\n"))
        .collect();
    let anchor = format!(
        "  - {{id: c, text: &text {{vi: '{0}', lo: '{0}'}}}}\n",
        &long[..30_000]
    );
    let aliases = changed(
        "implementation:",
        &format!("{anchor}{aliases}implementation:"),
    );
    let formulas = changed("[copies]", &format!("[{}]", "ngưỡng, ".repeat(2000)));
    let thai = format!("{BASE}# {}\n", "\u{e01} ".repeat(20_000));
    let cases: &[(&str, Vec<u8>, &str)] = &[
        ("bomb", bomb().into_bytes(), "yaml-too-complex"),
        ("deep", "[".repeat(100_000).into_bytes(), "yaml-too-complex"),
        ("large", vec![b'x'; 100 << 20], "file-too-large"),
        (
            "nul",
            changed("Khăm Sí,", "\"a\\0b\",").into_bytes(),
            "control-character",
        ),
        (
            "surrogate",
            changed("Khăm Sí,", "\"\\ud800\",").into_bytes(),
            "yaml-syntax",
        ),
        (
            "override",
            changed("Khăm Sí,", "\u{202e}Khăm Sí,").into_bytes(),
            "direction-control",
        ),
        (
            "quotes",
            clause(&format!("{} x", ">".repeat(10_000))),
            "markdown-too-deep",
        ),
        ("text", clause(&long), "text-too-long"),
        ("numbers", fields.into_bytes(), "number-missing"),
        (
            "languages",
            changed("[vi, lo]", &format!("[vi, lo{codes}]")).into_bytes(),
            "too-many-languages",
        ),
        ("parties", parties.into_bytes(), "number-of-parties"),
        ("aliases", aliases.into_bytes(), "yaml-too-complex"),
        ("formulas", formulas.into_bytes(), "more-findings"),
        ("thai", thai.into_bytes(), "more-findings"),
    ];
    for (name, text, code) in cases {
        let found = checked(name, text);
        assert!(found.contains(*code), "{name}: {found:?}");
    }
}

/// Returns a code of three letters.
fn letters(number: u32) -> String {
    let letter = |n: u32| char::from(b'a' + (n % 26) as u8);
    [number / 676, number / 26, number]
        .map(letter)
        .iter()
        .collect()
}

#[test]
fn templates_keep_within_a_second_and_200_mb() {
    for (body, code) in [
        ("{% include \"vi/title.md\" %}", "template-circular"),
        (
            "{% for a in range(end=999999999) %}{{ a }}{% endfor %}",
            "template-render",
        ),
    ] {
        let folder = empty_folder("hostile-template");
        copy_folder(&repository().join("templates"), &folder.join("templates"));
        fs::create_dir(folder.join("agreements")).expect("a folder");
        fs::write(folder.join("agreements/x.yaml"), BASE).expect("an agreement");
        fs::write(folder.join("templates/vi/title.md"), body).expect("a template");
        let (status, said) = limited(&folder, &["build", "--emit", "md"]);
        assert_eq!(status, Some(1), "{body}: {said:.2000}");
        assert!(said.contains(code), "{body}: {said:.2000}");
        assert!(!folder.join("output").exists(), "{body}");
    }
}

/// Whatever stands in a plain field is found in the Markdown's words again.
#[test]
fn plain_values_come_back_unchanged() {
    let alphabet: Vec<char> = "aế ນ້ຳ*_[]()<>#`~|\\&;!-+.=\"'/{}%$@:,0".chars().collect();
    let mut dice = Dice(1);
    for _ in 0..40 {
        let length = 1 + dice.roll(12);
        let value: String = (0..length)
            .map(|_| alphabet[dice.roll(alphabet.len())])
            .collect();
        let value = format!(
            "ກ{}",
            value.split_whitespace().collect::<Vec<_>>().join(" ")
        );
        let quoted = value.replace('\'', "''");
        let text = changed("lo: ຄຳສີ}", &format!("lo: '{quoted}'}}"))
            .replace("status: final", "status: draft");
        let made = workshop().make(&Source::new("x.yaml", text), None, Wanted::TEXTS);
        let file = made.files.iter().find(|file| file.path == "lo.md");
        let file = file.unwrap_or_else(|| panic!("{value}: {:?}", made.findings));
        let markdown = String::from_utf8(file.bytes.clone()).expect("UTF-8");
        let parsed = alternat::document::markdown::parse(
            &Source::new("lo.md", markdown),
            &alternat::language::Language("lo".into()),
        );
        let words: String = parsed
            .expect("our own Markdown")
            .sections
            .iter()
            .flat_map(|section| &section.units)
            .map(|unit| alternat::document::tree::plain_text(&unit.blocks))
            .collect();
        assert!(words.contains(&value), "{value} in {words}");
    }
}

#[test]
fn only_regular_files_are_read() {
    let folder = empty_folder("hostile-files");
    fs::create_dir(folder.join("agreements")).expect("a folder");
    let project = Project::new(&folder);
    let fault = |path: PathBuf| project.read(&path).expect_err("refused").code;
    assert_eq!(fault(folder.join("agreements")), "unreadable-file");
    let large = folder.join("agreements/large.yaml");
    fs::File::create(&large)
        .and_then(|file| file.set_len(100 << 20))
        .expect("a large file");
    assert_eq!(fault(large), "file-too-large");
    let bytes = folder.join("agreements/bytes.yaml");
    fs::write(&bytes, b"id: \xff\xfe\n").expect("a small file");
    assert_eq!(fault(bytes), "not-utf8");
}
