//! Whole projects and broken agreements, compared with files that a reviewer
//! can read. `UPDATE=1 make test` rewrites them.
//!
//! A project is a folder of `tests/suite/`; `expected/` beside its agreements
//! holds every Markdown file, what `page/main.typ` receives, and the text that
//! comes back from each PDF. A broken agreement is a file of `tests/errors/`,
//! with what the program says of it beside it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::lab;

#[test]
fn projects_come_out_as_expected() {
    let suite = lab::repository().join("tests/suite");
    let mut cases: Vec<_> = fs::read_dir(&suite)
        .expect("tests/suite")
        .flatten()
        .collect();
    cases.sort_by_key(|case| case.file_name());
    assert!(cases.len() >= 5, "the projects are missing");
    let mut differences = Vec::new();
    for case in cases {
        differences.extend(check_project(&case.path()));
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

fn check_project(case: &Path) -> Vec<String> {
    let name = case.file_name().expect("a name").to_str().expect("UTF-8");
    let folder = lab::empty_folder(&format!("golden-{name}"));
    lab::copy_folder(case, &folder);
    let output = lab::alternat(&folder, &["build"]);
    let editions = lab::json(&lab::alternat(&folder, &["build", "--emit", "json"]));
    let first = editions[0]["path"].as_str().expect("an edition");
    let emit = ["build", "--emit", "json", "--edition", first];
    let input = lab::stdout(&lab::alternat(&folder, &emit));
    let made = folder.join("output").join(name);
    let mut found = vec![
        ("stderr.txt".to_owned(), lab::stderr(&output)),
        ("document.json".to_owned(), input),
    ];
    for file in lab::files_below(&made) {
        let path = made.join(&file);
        match file.strip_suffix(".pdf") {
            Some(stem) => {
                lab::assert_sound(&path);
                found.push((format!("{stem}.txt"), lab::pdf_text(&path)));
            }
            None => found.push((file, fs::read_to_string(&path).expect("Markdown"))),
        }
    }
    compare(&case.join("expected"), &found)
}

#[test]
fn broken_agreements_are_explained() {
    let folder = lab::repository().join("tests/errors");
    let names = lab::files_below(&folder);
    let cases: Vec<&String> = names
        .iter()
        .filter(|name| name.ends_with(".yaml"))
        .collect();
    assert!(cases.len() >= 20, "the broken agreements are missing");
    let mut found = Vec::new();
    for case in &cases {
        let project = lab::empty_folder(&format!("error-{case}"));
        fs::create_dir(project.join("agreements")).expect("a folder");
        fs::copy(folder.join(case), project.join("agreements").join(case)).expect("a copy");
        let output = lab::alternat(&project, &["build"]);
        assert_eq!(
            output.status.code(),
            Some(1),
            "{case}: {}",
            lab::stderr(&output)
        );
        assert!(
            !project.join("output").exists(),
            "{case} left something behind"
        );
        found.push((case.replace(".yaml", ".stderr"), lab::stderr(&output)));
    }
    let expected: Vec<(String, String)> = found;
    let differences = compare_some(&folder, &expected, |name| name.ends_with(".stderr"));
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

fn compare(expected: &Path, found: &[(String, String)]) -> Vec<String> {
    compare_some(expected, found, |_| true)
}

/// Compares files with what was found, and reports expected files that nothing
/// was found for. With `UPDATE=1` it rewrites them instead.
fn compare_some(
    expected: &Path,
    found: &[(String, String)],
    counts: fn(&str) -> bool,
) -> Vec<String> {
    let update = lab::updating();
    let mut differences = Vec::new();
    for (name, text) in found {
        let path = expected.join(name);
        if update {
            fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            fs::write(&path, text).expect("writable");
        } else if fs::read_to_string(&path).ok().as_deref() != Some(text) {
            differences.push(format!("{} differs; it is now:\n{text}", path.display()));
        }
    }
    let names: BTreeSet<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
    for name in lab::files_below(expected)
        .iter()
        .filter(|name| counts(name))
    {
        if !names.contains(name.as_str()) {
            let orphan = expected.join(name);
            if update {
                fs::remove_file(&orphan).expect("removable");
            } else {
                differences.push(format!("{} is expected but was not made", orphan.display()));
            }
        }
    }
    differences
}

/// What only laid-out pages show: `check` typesets nothing.
const OF_PAGES: [&str; 6] = [
    "show-missed",
    "page-template",
    "pdf-standard",
    "text-overflows",
    "signed-page-changed",
    "signed-frame-changed",
];

/// Returns the codes of the errors that were printed, with their places.
fn errors(said: &str) -> BTreeSet<String> {
    let mut lines = said.lines().peekable();
    let mut found = BTreeSet::new();
    while let Some(line) = lines.next() {
        if let Some(code) = line.strip_prefix("error[") {
            let code = code.split(']').next().expect("a code").to_owned();
            let place = lines.next_if(|line| line.trim_start().starts_with("┌─"));
            found.insert(format!("{code} {}", place.unwrap_or_default().trim()));
        }
    }
    found
}

#[test]
fn check_finds_all_that_build_refuses() {
    let folder = lab::repository().join("tests/errors");
    let names = lab::files_below(&folder);
    for case in names.iter().filter(|name| name.ends_with(".yaml")) {
        let project = lab::empty_folder(&format!("refused-{case}"));
        fs::create_dir(project.join("agreements")).expect("a folder");
        fs::copy(folder.join(case), project.join("agreements").join(case)).expect("a copy");
        let built = errors(&lab::stderr(&lab::alternat(&project, &["build"])));
        let checked = lab::alternat(&project, &["check"]);
        let in_text = |error: &&String| !OF_PAGES.iter().any(|code| error.starts_with(code));
        let refused = built.iter().any(|error| in_text(&error));
        assert_eq!(checked.status.code(), Some(i32::from(refused)), "{case}");
        let checked = errors(&lab::stderr(&checked));
        let missed: Vec<&String> = built.difference(&checked).filter(in_text).collect();
        assert!(missed.is_empty(), "{case}: check does not find {missed:?}");
    }
}

#[test]
fn check_finds_what_templates_and_locks_refuse() {
    for (template, body, code) in [
        ("vi/closing.md", "{{ nothing }}", "template-render"),
        ("lo/footer.md", "{{ holder.nobody }}", "template-render"),
        ("vi/title.md", "# x\n\n<b>ế</b>", "cannot-typeset"),
        ("lo/notice.md", "<!-- part: ນ້ຳ -->", "unpaired-part"),
    ] {
        let project = lab::project("refused-template", &["four-parties"]);
        let path = project.join("templates").join(template);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, body).expect("writable");
        let built = lab::stderr(&lab::alternat(&project, &["build"]));
        assert!(
            built.contains(&format!("error[{code}]")),
            "{template}: {built}"
        );
        let checked = lab::alternat(&project, &["check"]);
        assert_eq!(checked.status.code(), Some(1));
        assert!(
            lab::stderr(&checked).contains(&format!("error[{code}]")),
            "{template}"
        );
    }
    let project = lab::project("refused-lock", &["four-parties"]);
    let file = "agreements/four-parties.yaml";
    assert!(lab::alternat(&project, &["freeze", file]).status.success());
    lab::edit(&project, file, "Các bên trao đổi", "Các bên chia sẻ");
    let checked = lab::stderr(&lab::alternat(&project, &["check"]));
    assert!(checked.contains("error[signed-text-changed]"), "{checked}");
}
