//! The command line as its users meet it.

use std::fs;

use alternat::agreement::lock::{Held, Lock};
use alternat::source::Source;

use crate::lab;

const SIGNED: &str = "four-parties";

/// The file of [`SIGNED`].
const AGREEMENT: &str = "agreements/four-parties.yaml";

#[test]
fn every_formula_is_shown_in_every_language() {
    let project = lab::project("formulas", &["two-parties"]);
    let shown = lab::stdout(&lab::alternat(&project, &["explain", "formula"]));
    let templates = lab::repository().join("templates");
    let formulas = lab::files_below(&templates.join("vi/formulas"));
    assert!(formulas.len() >= 10, "{formulas:?}");
    for name in formulas.iter().map(|file| file.trim_end_matches(".md")) {
        let (_, said) = shown.split_once(&format!("\n{name}\n")).expect(name);
        let said: Vec<&str> = said.lines().take(3).collect();
        for (line, language) in said.iter().zip(["en", "lo", "vi"]) {
            let words = line.strip_prefix(&format!("  {language}: ")).expect(name);
            assert!(
                words.ends_with('.') && !words.contains(['{', '\\']),
                "{line}"
            );
        }
    }
}

#[test]
fn exit_codes_tell_the_kind_of_fault() {
    let folder = lab::empty_folder("cli-codes");
    assert_eq!(lab::alternat(&folder, &["build"]).status.code(), Some(1));
    assert_eq!(lab::alternat(&folder, &["biuld"]).status.code(), Some(2));
    assert_eq!(
        lab::alternat(&folder, &["--version"]).status.code(),
        Some(0)
    );
}

#[test]
fn check_tells_by_its_exit_code_who_is_at_fault() {
    let code = |arguments: &[&str]| lab::alternat(&lab::repository(), arguments).status.code();
    assert_eq!(code(&["check"]), Some(0));
    assert_eq!(code(&["check", "--deny", "warnings"]), Some(0));
    assert_eq!(code(&["check", "no-such-file.yaml"]), Some(1));
    assert_eq!(code(&["check", "--format", "colour"]), Some(2));
    assert_eq!(code(&["explain", "number-missing"]), Some(0));
    assert_eq!(code(&["explain", "number-mising"]), Some(1));
    // The base has `status: final`; with a late signing it has a warning.
    let file = lab::empty_folder("cli-late").join("late.yaml");
    let late = lab::changed("date: 2025-08-01", "date: 2026-03-01");
    fs::write(&file, late).expect("a file");
    let file = file.display().to_string();
    assert_eq!(code(&["check", &file]), Some(0));
    assert_eq!(code(&["check", "--deny", "warnings", &file]), Some(1));
}

#[test]
fn the_limbs_of_friendship_are_named_in_the_language_of_the_text() {
    let file = lab::empty_folder("cli-limbs").join("limbs.yaml");
    let lao = "ຄວາມສາມັກຄີພິເສດ, ການຮ່ວມມືຮອບດ້ານ";
    let fourth = "ຄວາມຜູກພັນຍຸດທະສາດ";
    let said = |text: &str, signed: &str| {
        let text = format!("ສອງຝ່າຍຢ້ຽມຢາມກັນທຸກປີ ຕາມ{text}");
        let changed = lab::changed("ສອງຝ່າຍຢ້ຽມຢາມກັນທຸກປີ", &text);
        let changed = changed.replace("date: 2025-08-01", &format!("date: {signed}"));
        fs::write(&file, changed).expect("a file");
        let file = file.display().to_string();
        lab::stderr(&lab::alternat(&lab::repository(), &["check", &file]))
    };
    let late = said(lao, "2025-12-02");
    assert!(late.contains(&format!("add `{fourth}`")), "{late}");
    assert!(!late.contains("gắn kết"), "{late}");
    // Which limb or which day is wrong is for both sides to say.
    let early = said(&format!("{lao}, {fourth}"), "2025-08-01");
    assert!(early.contains("[friendship-limbs]"), "{early}");
    assert!(!early.contains("add `"), "{early}");
}

#[test]
fn an_empty_folder_is_told_what_it_lacks() {
    let folder = lab::empty_folder("cli-empty");
    let said = lab::stderr(&lab::alternat(&folder, &["build"]));
    assert_eq!(
        said,
        "error[no-agreements]: there is no agreement in `./agreements`\n = hint: write one YAML file \
         for each agreement into this folder, or start one with `alternat new ID`\n\n"
    );
}

#[test]
fn a_new_agreement_is_a_draft_that_can_be_built() {
    let folder = lab::empty_folder("cli-new");
    let said = lab::stderr(&lab::alternat(
        &folder,
        &["new", "hue-savannakhet-2026-2028"],
    ));
    assert!(
        said.starts_with("agreements/hue-savannakhet-2026-2028.yaml is started"),
        "{said}"
    );
    let file = "agreements/hue-savannakhet-2026-2028.yaml";
    let checked = lab::stderr(&lab::alternat(&folder, &["check", file]));
    let output = lab::alternat(&folder, &["build"]);
    assert!(output.status.success(), "{}", lab::stderr(&output));
    // A text that ends in a colon or holds a comment's sign needs no quotation marks.
    let typed = "vi: |-\n    Hai bên thống nhất #1 các nội dung sau:\n";
    lab::edit(&folder, file, "vi: |-\n\n  lo", &format!("{typed}  lo"));
    let filled = lab::stderr(&lab::alternat(&folder, &["build"]));
    assert!(!filled.contains("error["), "{filled}");
    let text = fs::read_to_string(folder.join("output/hue-savannakhet-2026-2028/vi.md"));
    assert!(text.expect("made").contains("#1 các nội dung sau:"));
    assert!(checked.contains("0 errors, 0 warnings"), "{checked}");
    assert!(
        folder
            .join("output/hue-savannakhet-2026-2028/draft/vi-lo.pdf")
            .exists()
    );
    let again = lab::alternat(&folder, &["new", "hue-savannakhet-2026-2028"]);
    assert!(lab::stderr(&again).contains("error[name-taken]"));
    let outside = lab::alternat(&folder, &["new", "../../etc"]);
    assert!(lab::stderr(&outside).contains("error[invalid-id]"));
}

#[test]
fn a_faulty_agreement_keeps_its_old_output_and_does_not_stop_the_others() {
    let folder = lab::project("cli-old-output", &[SIGNED, "two-parties"]);
    assert!(lab::alternat(&folder, &["build"]).status.success());
    let old = fs::read(folder.join("output/four-parties/vi.md")).expect("made");
    fs::remove_dir_all(folder.join("output/two-parties")).expect("removable");
    lab::edit(&folder, AGREEMENT, "status: signed", "status: singed");
    let output = lab::alternat(&folder, &["build"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        fs::read(folder.join("output/four-parties/vi.md")).expect("kept"),
        old
    );
    assert!(folder.join("output/two-parties/vi.md").exists());
    let left: Vec<String> = lab::files_below(&folder)
        .into_iter()
        .filter(|f| f.ends_with(".part"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn check_tells_what_is_stale_and_writes_nothing() {
    let folder = lab::project("cli-check", &["two-parties"]);
    assert_eq!(
        lab::alternat(&folder, &["build", "--check"]).status.code(),
        Some(1)
    );
    assert!(!folder.join("output").exists());
    assert!(lab::alternat(&folder, &["build"]).status.success());
    assert_eq!(
        lab::alternat(&folder, &["build", "--check"]).status.code(),
        Some(0)
    );
    let agreement = "agreements/two-parties.yaml";
    lab::edit(&folder, agreement, "thượng nguồn", "hạ nguồn");
    let before = fs::read(folder.join("output/two-parties/vi.md")).expect("made");
    let output = lab::alternat(&folder, &["build", "--check"]);
    assert_eq!(output.status.code(), Some(1));
    let said = lab::stderr(&output);
    assert!(
        said.contains(" »**thượng« nguồn") && said.contains(" »**hạ« nguồn"),
        "{said}"
    );
    let lines: Vec<&str> = said.lines().map(str::trim).collect();
    let first = lines.iter().position(|line| line.starts_with("before: … "));
    let first = first.expect("the words before");
    assert!(lines[first + 1].starts_with("now: … "), "{said}");
    assert_eq!(
        fs::read(folder.join("output/two-parties/vi.md")).expect("kept"),
        before
    );
}

#[test]
fn signed_words_are_frozen() {
    let folder = lab::project("cli-freeze", &[SIGNED]);
    assert!(
        lab::alternat(&folder, &["freeze", AGREEMENT])
            .status
            .success()
    );
    assert!(lab::alternat(&folder, &["build"]).status.success());
    lab::edit(&folder, AGREEMENT, "Các bên trao đổi", "Các bên chia sẻ");
    let output = lab::alternat(&folder, &["build"]);
    assert_eq!(output.status.code(), Some(1));
    let said = lab::stderr(&output);
    assert!(
        said.contains("before: … ")
            && said.contains(" »trao đổi« ")
            && said.contains(" »chia sẻ« "),
        "{said}"
    );
    // The arrow points at the first word that was not signed.
    let file = fs::read_to_string(folder.join(AGREEMENT)).expect("the agreement");
    let (line, text) = file
        .lines()
        .enumerate()
        .find(|(_, line)| line.contains("Các bên chia sẻ"))
        .expect("the changed line");
    let column = text.find("chia").map(|at| text[..at].chars().count() + 1);
    let place = format!(
        "{AGREEMENT}:{}:{}\n",
        line + 1,
        column.expect("the changed word")
    );
    assert!(said.contains(&place), "{place}: {said}");
    assert!(
        lab::stderr(&lab::alternat(&folder, &["freeze", AGREEMENT])).contains("already-frozen")
    );
}

#[test]
fn a_lock_binds_whatever_the_status_says() {
    let agreement = "agreements/four-parties.yaml";
    for status in ["final", "draft"] {
        let folder = lab::project(&format!("cli-lock-{status}"), &[SIGNED]);
        let frozen = lab::alternat(&folder, &["freeze", agreement]);
        assert!(frozen.status.success());
        lab::edit(
            &folder,
            agreement,
            "status: signed",
            &format!("status: {status}"),
        );
        let said = lab::stderr(&lab::alternat(&folder, &["build"]));
        assert!(said.contains("error[lock-binds]"), "{said}");
        lab::edit(&folder, agreement, "Các bên trao đổi", "Các bên chia sẻ");
        for verb in ["build", "check"] {
            let output = lab::alternat(&folder, &[verb]);
            let said = lab::stderr(&output);
            assert_eq!(output.status.code(), Some(1));
            assert!(
                said.contains("error[signed-text-changed]"),
                "{verb}: {said}"
            );
        }
        assert!(!folder.join("output").exists());
    }
}

#[test]
fn a_signed_term_and_renewal_cannot_change() {
    let folder = lab::project("cli-lock-term", &["term-of-years"]);
    let agreement = "agreements/term-of-years.yaml";
    let frozen = lab::alternat(&folder, &["freeze", agreement]);
    assert!(frozen.status.success(), "{}", lab::stderr(&frozen));
    for (signed, now) in [
        ("{years: 5}", "{years: 6}"),
        ("{years: 5}", "{from: 2028-02-29, to: 2033-02-27}"),
        ("notice_months: 1}", "notice_months: 2}"),
    ] {
        lab::edit(&folder, agreement, signed, now);
        let said = lab::stderr(&lab::alternat(&folder, &["check"]));
        let changed = said.matches("error[signed-text-changed]").count();
        assert_eq!(changed, 3, "{now}: {said}");
        lab::edit(&folder, agreement, now, signed);
    }
}

#[test]
fn a_signed_language_cannot_be_dropped() {
    let folder = lab::project("cli-lock-language", &["three-languages"]);
    let agreement = "agreements/three-languages.yaml";
    let frozen = lab::alternat(&folder, &["freeze", agreement]);
    assert!(frozen.status.success(), "{}", lab::stderr(&frozen));
    let lock = folder.join("agreements/three-languages.lock");
    let digest = "0".repeat(64);
    let text = fs::read_to_string(&lock).expect("a lock");
    let mut signed = Lock::parse(&Source::new("x.lock", text)).expect("sound");
    let Held::Seen(seen) = &mut signed.held else {
        panic!("{signed:?}");
    };
    seen.tree.insert("fr".to_owned(), digest);
    fs::write(lock, signed.text()).expect("writable");
    let said = lab::stderr(&lab::alternat(&folder, &["build"]));
    assert!(said.contains("error[signed-text-changed]"), "{said}");
}

#[test]
fn a_changed_template_cannot_change_signed_words() {
    let folder = lab::project("cli-template", &[SIGNED]);
    assert!(
        lab::alternat(&folder, &["freeze", AGREEMENT])
            .status
            .success()
    );
    fs::create_dir_all(folder.join("templates/lo")).expect("a folder");
    fs::write(
        folder.join("templates/lo/content-heading.md"),
        "## {{ number }}. ນ້ຳ\n",
    )
    .expect("writable");
    let said = lab::stderr(&lab::alternat(&folder, &["build"]));
    assert!(said.contains("error[signed-text-changed]"), "{said}");
}

#[test]
fn a_template_error_shows_the_template_and_the_agreement() {
    let folder = lab::project("cli-tera", &["two-parties"]);
    fs::create_dir_all(folder.join("templates/vi")).expect("a folder");
    fs::write(
        folder.join("templates/vi/title.md"),
        "# ຕັ້ງ {{ kind.titel }}\n",
    )
    .expect("writable");
    let said = lab::stderr(&lab::alternat(&folder, &["build"]));
    assert!(said.contains("templates/vi/title.md:1:16"), "{said}");
    assert!(said.contains("agreements/two-parties.yaml"), "{said}");
}

#[test]
fn a_page_template_may_not_read_files() {
    let folder = lab::project("cli-page", &["two-parties"]);
    fs::create_dir_all(folder.join("templates/page")).expect("a folder");
    fs::write(
        folder.join("templates/page/main.typ"),
        "// For document.json 3.\n#read(\"/etc/passwd\")\n",
    )
    .expect("writable");
    let said = lab::stderr(&lab::alternat(&folder, &["build"]));
    assert!(
        said.contains("error[page-template]") && said.contains("templates/page/main.typ:2:7"),
        "{said}"
    );
    assert!(!folder.join("output").exists());
}

#[test]
fn a_page_template_of_another_version_is_refused() {
    let folder = lab::project("cli-page-version", &["two-parties"]);
    fs::create_dir_all(folder.join("templates/page")).expect("a folder");
    fs::write(folder.join("templates/page.typ"), "#let doc = 1\n").expect("writable");
    fs::write(
        folder.join("templates/page/rows.typ"),
        "// For document.json 2.\n",
    )
    .expect("writable");
    let said = lab::stderr(&lab::alternat(&folder, &["build"]));
    for told in [
        "error[page-moved]",
        "templates/page.typ:1:1",
        "error[page-version]",
        "templates/page/rows.typ:1:1",
    ] {
        assert!(said.contains(told), "{told}: {said}");
    }
    assert!(!folder.join("output").exists());
}

#[test]
fn a_show_rule_finds_its_words_or_fails_at_its_place() {
    let folder = lab::project("cli-show", &["two-parties"]);
    let main = lab::repository().join("templates/page/main.typ");
    let main = fs::read_to_string(main).expect("a template");
    let own = folder.join("templates/page/main.typ");
    fs::create_dir_all(own.parent().expect("a folder")).expect("a folder");
    // Several Lao words, in a string, by a name and in a pattern.
    let agreement = fs::read_to_string(folder.join("agreements/two-parties.yaml"));
    assert!(agreement.expect("readable").contains("ສອງຝ່າຍ"));
    for rule in [
        "#show \"ສອງຝ່າຍ\": strike",
        "#let both = \"ສອງຝ່າຍ\"\n#show both: strike",
        "#show regex(\"ສອງ..າຍ\"): strike",
    ] {
        let text = main.replace("\n#heads\n", &format!("\n{rule}\n#heads\n"));
        fs::write(&own, text).expect("writable");
        let said = lab::stderr(&lab::alternat(&folder, &["build"]));
        assert!(
            said.contains("error[show-missed]") && said.contains("templates/page/main.typ:"),
            "{rule}: {said}"
        );
    }
    let rule = "#show seen(\"ສອງຝ່າຍ\"): [XYZ]\n#show \"hai bên\": [HB]";
    let text = main.replace("\n#heads\n", &format!("\n{rule}\n#heads\n"));
    fs::write(&own, text).expect("writable");
    let built = lab::alternat(&folder, &["build"]);
    assert!(built.status.success(), "{}", lab::stderr(&built));
    let lao = lab::pdf_text(&folder.join("output/two-parties/originals/song-nuoc.lo.pdf"));
    assert!(lao.contains("XYZ"), "{lao}");
}

#[cfg(unix)]
#[test]
fn output_never_follows_a_link() {
    let folder = lab::project("cli-link", &["two-parties"]);
    let elsewhere = lab::empty_folder("cli-link-elsewhere");
    std::os::unix::fs::symlink(&elsewhere, folder.join("output")).expect("a link");
    let output = lab::alternat(&folder, &["build"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(lab::stderr(&output).contains("is a link to another place"));
    assert!(lab::files_below(&elsewhere).is_empty());
}

#[test]
fn invalid_utf8_is_shown_at_its_line() {
    let folder = lab::empty_folder("cli-utf8");
    fs::create_dir(folder.join("agreements")).expect("a folder");
    fs::write(folder.join("agreements/x.yaml"), b"id: x\nkind: \xff\n").expect("writable");
    let said = lab::stderr(&lab::alternat(&folder, &["build"]));
    assert!(
        said.contains("error[not-utf8]") && said.contains("agreements/x.yaml:2:7"),
        "{said}"
    );
}

#[test]
fn two_agreements_with_one_id_do_not_overwrite_each_other() {
    let folder = lab::project("cli-same-id", &["two-parties"]);
    fs::copy(
        folder.join("agreements/two-parties.yaml"),
        folder.join("agreements/other.yaml"),
    )
    .expect("a copy");
    let output = lab::alternat(&folder, &["build"]);
    assert!(lab::stderr(&output).contains("error[same-id]"));
    assert!(!folder.join("output").exists());
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let (one, two) = (
        lab::project("cli-bytes-one", &[SIGNED]),
        lab::project("cli-bytes-two", &[SIGNED]),
    );
    assert!(
        lab::alternat(&one, &["build", "--jobs", "1"])
            .status
            .success()
    );
    let root = two.to_str().expect("a UTF-8 path");
    let output = lab::alternat_with(
        &lab::repository(),
        &["build", "--jobs", "4", "--root", root],
        &[("TZ", "Asia/Vientiane"), ("LC_ALL", "lo_LA.UTF-8")],
    );
    assert!(output.status.success());
    for file in lab::files_below(&one.join("output")) {
        let read =
            |folder: &std::path::Path| fs::read(folder.join("output").join(&file)).expect("made");
        assert!(read(&one) == read(&two), "{file} differs");
    }
}
