//! From an empty folder to a draft: `init`, `new` with its questions on a terminal, in
//! every language, and `build`.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use alternat::messages::Messages;
use alternat::source::Source;
use alternat::text::yaml::{self, Node};

use crate::lab;

/// Runs the program on a terminal of its own, and types the answers.
fn typed(folder: &Path, args: &[&str], answers: &[&str]) -> Output {
    let script = lab::repository().join("tests/terminal.py");
    let mut child = Command::new("python3")
        .arg(script)
        .arg(folder)
        .arg(env!("CARGO_BIN_EXE_alternat"))
        .args(args)
        .env_remove("LC_ALL")
        .env_remove("LANG")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python3");
    let lines: String = answers.iter().map(|answer| format!("{answer}\n")).collect();
    let mut stdin = child.stdin.take().expect("it has an input");
    stdin.write_all(lines.as_bytes()).expect("it reads");
    drop(stdin);
    child.wait_with_output().expect("it ends")
}

fn root(folder: &Path, id: &str) -> Node {
    let file = format!("agreements/{id}.yaml");
    let text = fs::read_to_string(folder.join(&file)).expect("an agreement");
    yaml::parse(&Source::new(file, text)).expect("YAML")
}

fn value<'a>(node: &'a Node, path: &[&str]) -> Option<&'a str> {
    let found = path
        .iter()
        .try_fold(node, |node, step| match step.parse::<usize>() {
            Ok(place) => node.items().get(place),
            Err(_) => node.get(step),
        });
    found?.text()
}

#[test]
fn a_newcomer_has_a_draft_in_a_minute_in_every_language() {
    for language in Messages::languages() {
        let begun = Instant::now();
        let folder = lab::empty_folder(&format!("starting-{language}"));
        let made = lab::alternat(&folder, &["init", "--lang", language]);
        assert!(made.status.success(), "{}", lab::stderr(&made));
        let (vi, lo) = (
            "Hội Liên hiệp Phụ nữ thành phố Huế",
            "ສະຫະພັນແມ່ຍິງນະຄອນເວ້ ນ້ຳ ຕັ້ງ",
        );
        let answers = [
            "",
            vi,
            lo,
            "",
            "ສະຫະພັນ: \"ກ\" # ຂ",
            "",
            "lo",
            "",
            "4",
            "về nước # 1",
            "  ກ່ຽວກັບນ້ຳ",
            "2026-2028",
            "2",
            "2",
            "2",
            "non-binding copies",
            "",
        ];
        let asked = typed(&folder, &["new", "--lang", language], &answers);
        let said = lab::stdout(&asked);
        assert!(asked.status.success(), "{said}");
        // What was typed is seen on the terminal as it was typed.
        assert!(said.contains(lo) && !said.contains("ask-"), "{said}");
        let id = "hue-party-2-2026-2028";
        let root = root(&folder, id);
        for (path, wanted) in [
            (&["kind"][..], Some("memorandum")),
            (&["parties", "0", "name", "vi"], Some(vi)),
            (&["parties", "0", "name", "lo"], Some(lo)),
            (&["parties", "1", "name", "vi"], Some("ສະຫະພັນ: \"ກ\" # ຂ")),
            (&["parties", "1", "name", "lo"], None),
            (&["parties", "1", "language"], Some("lo")),
            (&["subject", "vi"], Some("về nước # 1")),
            (&["subject", "lo"], Some("  ກ່ຽວກັບນ້ຳ")),
            (&["term", "from"], Some("2026")),
            (&["numbering"], Some("articles")),
            (&["originals", "form"], Some("joint")),
            (&["originals", "each"], Some("2")),
            (&["implementation", "0", "formula", "1"], Some("copies")),
        ] {
            assert_eq!(value(&root, path), wanted, "{language}: {path:?}");
        }
        let built = lab::alternat(&folder, &["build", "--lang", language]);
        assert!(built.status.success(), "{}", lab::stderr(&built));
        assert!(folder.join(format!("output/{id}/draft/vi-lo.pdf")).exists());
        assert!(
            begun.elapsed() < Duration::from_secs(60),
            "{:?}",
            begun.elapsed()
        );
    }
}

#[test]
fn parties_that_the_project_knows_are_chosen() {
    let folder = lab::project("starting-known", &[]);
    let from = lab::repository().join("agreements/parties.yaml");
    fs::create_dir_all(folder.join("agreements")).expect("a folder");
    fs::copy(from, folder.join("agreements/parties.yaml")).expect("a copy");
    // There is no xx; there are so many parties, none twice and two at least; and so on.
    let answers = [
        "en, xx",
        "lo vi",
        "99",
        "xaysomboun",
        "3",
        "",
        "1",
        "",
        "",
        "",
        "27",
        "2027-2025",
        "2026-03-20/2029-03-19",
        "",
        "",
        "0",
        "11",
        "",
        "1 1",
        "",
        "X",
        "",
    ];
    let asked = typed(&folder, &["new", "--lang", "en"], &answers);
    let said = lab::stdout(&asked);
    assert!(asked.status.success(), "{said}");
    assert_eq!(said.matches("please answer again").count(), 10, "{said}");
    let root = root(&folder, "xaysomboun-bac-ninh-2026-2029");
    assert_eq!(value(&root, &["parties", "1", "party"]), Some("bac-ninh"));
    assert_eq!(value(&root, &["languages", "0"]), Some("lo"));
    assert_eq!(value(&root, &["term", "to"]), Some("2029-03-19"));
    let built = lab::alternat(&folder, &["build"]);
    assert!(built.status.success(), "{}", lab::stderr(&built));
    let text = fs::read_to_string(folder.join("output/xaysomboun-bac-ninh-2026-2029/vi.md"));
    assert!(
        text.expect("made")
            .contains("HỘI LIÊN HIỆP PHỤ NỮ TỈNH BẮC NINH")
    );
}

#[test]
fn whoever_leaves_has_written_nothing() {
    let folder = lab::empty_folder("starting-left");
    // Ctrl-D, and Ctrl-C.
    for leave in ["\u{4}", "\u{3}"] {
        let asked = typed(&folder, &["new"], &["", "Hội A", leave]);
        assert!(!asked.status.success(), "{}", lab::stdout(&asked));
        assert!(!folder.join("agreements").exists());
    }
}

#[test]
fn everything_can_be_said_on_the_command_line() {
    let folder = lab::empty_folder("starting-flags");
    let args = [
        "new",
        "--languages",
        "vi,lo",
        "--party",
        "hue:vi",
        "--party",
        "salavan:lo",
        "--name",
        "hue.vi=Hội: \"A\" # b",
        "--name",
        "hue.lo=ນ້ຳ ຕັ້ງ",
        "--kind",
        "plan",
        "--subject",
        "vi=* một",
        "--subject",
        "lo=- ໜຶ່ງ",
        "--term",
        "2026-2028",
        "--numbering",
        "articles",
        "--originals",
        "joint:2",
        "--formula",
        "in-force,renewal,copies",
    ];
    let made = lab::alternat(&folder, &args);
    assert!(made.status.success(), "{}", lab::stderr(&made));
    let root = root(&folder, "hue-salavan-2026-2028");
    assert_eq!(
        value(&root, &["parties", "0", "name", "vi"]),
        Some("Hội: \"A\" # b")
    );
    assert_eq!(value(&root, &["subject", "vi"]), Some("* một"));
    assert!(root.get("renewal").is_some());
    let built = lab::alternat(&folder, &["build"]);
    assert!(built.status.success(), "{}", lab::stderr(&built));
    for (wrong, code) in [
        (&["--kind", "treaty"][..], 1),
        (&["--languages", "vi,vi"], 1),
        (&["--term", "27"], 2),
        (&["--numbering", "x"], 1),
        (&["--originals", "joint:11"], 1),
        (&["--formula", "x"], 1),
        (&["--name", "hue.vi=x"], 1),
        (&["--subject", "x"], 1),
        (&[], 1),
    ] {
        let made = lab::alternat(&folder, &[&["new"], wrong].concat());
        assert_eq!(
            made.status.code(),
            Some(code),
            "{wrong:?}: {}",
            lab::stderr(&made)
        );
    }
    assert_eq!(lab::files_below(&folder.join("agreements")).len(), 1);
}

#[test]
fn a_project_is_made_and_nothing_is_written_over() {
    let mut pages = Vec::new();
    for language in Messages::languages() {
        let folder = lab::empty_folder(&format!("starting-init-{language}"));
        fs::write(folder.join(".gitignore"), "mine\n").expect("writable");
        let made = lab::alternat(&folder, &["init", "--lang", language]);
        assert!(made.status.success(), "{}", lab::stderr(&made));
        assert_eq!(
            fs::read_to_string(folder.join(".gitignore")).expect("there"),
            "mine\n"
        );
        let files = lab::files_below(&folder);
        assert_eq!(files.len(), 7, "{files:?}");
        pages.push(fs::read_to_string(folder.join("README.md")).expect("there"));
        // Every command that the page names is one.
        let help = lab::stdout(&lab::alternat(&folder, &["help"]));
        for command in pages[pages.len() - 1].split("alternat ").skip(1) {
            let verb: String = command
                .chars()
                .take_while(char::is_ascii_lowercase)
                .collect();
            assert!(
                verb == "help" || help.contains(&format!("\n  {verb} ")),
                "{verb}"
            );
        }
        lab::edit(&folder, "README.md", "# ", "## ");
        let again = lab::alternat(&folder, &["init", "--lang", language]);
        assert!(again.status.success(), "{}", lab::stderr(&again));
        assert!(
            fs::read_to_string(folder.join("README.md"))
                .expect("there")
                .starts_with("## ")
        );
    }
    pages.sort();
    pages.dedup();
    assert_eq!(pages.len(), 3);
}
