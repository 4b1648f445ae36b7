//! Help: each verb opens with an example that is one, shells complete every verb, each
//! has a page, and what is mistyped is met with the nearest thing.

use std::fs;
use std::process::Command;

use crate::lab;

/// Returns the verbs that `--help` lists.
fn verbs() -> Vec<String> {
    let help = lab::stdout(&lab::alternat(&lab::repository(), &["--help"]));
    let (_, listed) = help.split_once("Commands:\n").expect("a list of verbs");
    let (listed, _) = listed.split_once("\n\n").expect("its end");
    let verbs = listed.lines().filter_map(|line| {
        let verb = line.strip_prefix("  ")?.split(' ').next()?;
        (!verb.is_empty() && verb != "help").then(|| verb.to_owned())
    });
    verbs.collect()
}

#[test]
fn help_opens_with_an_example() {
    let root = lab::repository();
    assert!(verbs().len() > 12);
    for verb in verbs() {
        let help = lab::stdout(&lab::alternat(&root, &[&verb, "--help"]));
        let first = help.lines().next().unwrap_or_default();
        let example = first
            .strip_prefix("Example: alternat ")
            .unwrap_or_else(|| panic!("{help}"));
        let command = example.split(" > ").next().unwrap_or_default();
        let words: Vec<&str> = command.split(' ').collect();
        assert_eq!(words[0], verb, "{first}");
        // What it names is there, and so is every option.
        for word in words.iter().filter(|word| word.starts_with("--")) {
            assert!(help.contains(*word), "{word}: {help}");
        }
        for word in words.iter().filter(|word| word.starts_with("agreements/")) {
            assert!(root.join(word).exists(), "{word}");
        }
    }
}

#[test]
fn shells_complete_every_verb() {
    let root = lab::repository();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = lab::stdout(&lab::alternat(&root, &["completions", shell]));
        for verb in verbs() {
            assert!(script.contains(&verb), "{shell} lacks {verb}");
        }
        assert!(!script.contains("rehearse"), "{shell} offers a hidden verb");
    }
    // What bash makes of the script.
    let file = lab::empty_folder("help-bash").join("alternat");
    fs::write(
        &file,
        lab::stdout(&lab::alternat(&root, &["completions", "bash"])),
    )
    .expect("a file");
    let typed = "source $0; COMP_WORDS=(alternat du); COMP_CWORD=1; _alternat alternat du alternat; \
                 echo ${COMPREPLY[@]}";
    let completed = Command::new("bash").args(["-c", typed]).arg(&file).output();
    assert_eq!(lab::stdout(&completed.expect("bash")), "due\n");
}

#[test]
fn every_verb_has_a_page() {
    let folder = lab::empty_folder("help-man");
    let output = lab::alternat(&folder, &["man", "pages"]);
    let pages = lab::files_below(&folder.join("pages"));
    assert_eq!(pages.len(), verbs().len() + 1);
    assert_eq!(
        lab::stderr(&output),
        format!("{} pages written into pages\n", pages.len())
    );
    for verb in verbs() {
        let page = fs::read_to_string(folder.join(format!("pages/alternat-{verb}.1")));
        let page = page.expect("a page");
        assert!(page.contains(&format!("alternat\\-{verb} \\- ")), "{page}");
        assert!(page.contains("Example: alternat "), "{page}");
    }
}

#[test]
fn a_mistyped_verb_is_met_with_the_nearest() {
    let output = lab::alternat(&lab::repository(), &["biuld"]);
    assert_eq!(
        lab::stderr(&output),
        "error: unrecognized subcommand 'biuld'\n\n  tip: a similar subcommand exists: 'build'\n\n\
         Usage: alternat [OPTIONS] <COMMAND>\n\nFor more information, try '--help'.\n"
    );
}

#[test]
fn a_mistyped_code_or_id_is_met_with_the_nearest() {
    let root = lab::repository();
    let said = lab::stderr(&lab::alternat(&root, &["explain", "number-mising"]));
    assert!(
        said.contains("hint: did you mean `number-missing`?"),
        "{said}"
    );
    let folder = lab::project("help-holder", &["two-parties"]);
    let said = lab::stderr(&lab::alternat(&folder, &["build", "--for", "song-nuc"]));
    assert!(said.contains("hint: did you mean `song-nuoc`?"), "{said}");
}

#[test]
fn whatever_is_mistyped_is_met_with_the_nearest() {
    let folder = lab::project("help-nearest", &["two-parties"]);
    let file = folder.join("agreements/two-parties.yaml");
    let text = std::fs::read_to_string(&file).expect("a file");
    // What is typed, in the place of what, and what is meant.
    let slips = [
        (
            "kind:",
            "kind: cooperation-agreemnt #",
            "cooperation-agreement",
        ),
        ("status:", "status: darft #", "draft"),
        ("term:", "trem:", "term"),
        (
            "vi: |-\n        ",
            "vi: |-\n        [a](party:song-nuc) ",
            "song-nuoc",
        ),
    ];
    for (typed, slip, meant) in slips {
        assert!(text.contains(typed), "{typed}");
        std::fs::write(&file, text.replacen(typed, slip, 1)).expect("writable");
        let said = lab::stderr(&lab::alternat(&folder, &["check"]));
        let hint = format!("hint: did you mean `{meant}`?");
        assert!(said.contains(&hint), "{slip}: {said}");
    }
    std::fs::write(&file, &text).expect("writable");
    for (arguments, meant) in [
        (
            &["check", "agreements/two-partis.yaml"][..],
            "agreements/two-parties.yaml",
        ),
        (&["check", "two-parties"], "agreements/two-parties.yaml"),
        (
            &["check", "agreements/two.yml"],
            "agreements/two-parties.yaml",
        ),
        (
            &["renew", "two-party", "--term", "2030-2031"],
            "agreements/two-parties.yaml",
        ),
        (
            &[
                "build",
                "--emit",
                "md",
                "--edition",
                "originals/custdy",
                "agreements/two-parties.yaml",
            ],
            "originals/custody",
        ),
        (&["new", "t", "--kind", "memorandm"], "memorandum"),
    ] {
        let said = lab::stderr(&lab::alternat(&folder, arguments));
        let hint = format!("hint: did you mean `{meant}`?");
        assert!(said.contains(&hint), "{arguments:?}: {said}");
    }
}

#[test]
fn built_in_templates_are_copied_and_nothing_is_written_over() {
    let root = lab::repository();
    let folder = lab::project("help-templates", &["two-parties"]);
    let before = lab::files_below(&folder.join("templates"));
    let listed = lab::stdout(&lab::alternat(&folder, &["templates"]));
    let built_in = lab::files_below(&root.join("templates"));
    assert_eq!(listed.lines().count(), built_in.len());
    let copied = lab::alternat(&folder, &["templates", "page", "vi/title.md"]);
    assert!(copied.status.success(), "{}", lab::stderr(&copied));
    for name in listed.lines() {
        let own = folder.join("templates").join(name);
        let asked = name.starts_with("page/") || name == "vi/title.md";
        assert!(
            asked || before.iter().any(|file| file == name) || !own.exists(),
            "{name}"
        );
        if asked {
            let text = fs::read_to_string(root.join("templates").join(name)).expect("a file");
            assert_eq!(fs::read_to_string(&own).expect("a copy"), text);
        }
    }
    // What was changed since stays.
    let own = folder.join("templates/vi/title.md");
    fs::write(&own, "# ế ນ້ຳ\n").expect("a file");
    let said = lab::stderr(&lab::alternat(&folder, &["templates", "vi/title.md"]));
    let kept = "templates/vi/title.md is there already and was left as it is\n";
    assert_eq!(said, kept);
    assert_eq!(fs::read_to_string(&own).expect("a file"), "# ế ນ້ຳ\n");
    let unknown = lab::alternat(&folder, &["templates", "vi/titel.md"]);
    assert!(!unknown.status.success());
    let said = lab::stderr(&unknown);
    assert!(said.contains("hint: did you mean `vi/title.md`?"), "{said}");
}
