//! A project's own templates that do not come to an end, or fill the memory: an
//! error that names the template, in good time, and the other agreements.

#![cfg(target_os = "linux")]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::lab;

const TITLE: &str = "vi/title.md";
const PAGE: &str = "page.typ";

/// Returns a project of two agreements, in the first of which a template does
/// something else than in the other.
fn project(name: &str, template: &str, body: &str) -> PathBuf {
    let folder = lab::project(&format!("limits-{name}"), &["two-parties", "four-parties"]);
    let file = folder.join("templates").join(template);
    fs::create_dir_all(file.parent().expect("a parent")).expect("a folder");
    let built_in = lab::repository().join("templates").join(template);
    let built_in = fs::read_to_string(built_in).expect("a template");
    let text = match template {
        PAGE => {
            format!("#if json(\"document.json\").id == \"two-parties\" {{\n{body}\n}}\n{built_in}")
        }
        _ => format!("{{% if parties | length == 2 %}}{body}{{% endif %}}\n{built_in}"),
    };
    fs::write(file, text).expect("a template");
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, Duration) {
    let start = Instant::now();
    let output = lab::alternat(folder, arguments);
    (output.status.code(), lab::stderr(&output), start.elapsed())
}

#[test]
fn templates_that_never_end_are_named_and_the_others_made() {
    let nested =
        "{% for a in range(end=100000) %}{% for b in range(end=100000) %}{% endfor %}{% endfor %}";
    let double = "{% set_global x = \"ນ້ຳ\" %}{% for a in range(end=60) %}{% set_global x = x ~ x %}{% endfor %}";
    let huge = "set page(width: 1e9cm, height: 1e9cm); [a]";
    for (name, template, body) in [
        ("nested", TITLE, nested),
        ("double", TITLE, double),
        ("range", PAGE, "let x = range(1000000000)"),
        ("pages", PAGE, "for i in range(20000) { pagebreak() }"),
        ("zero", PAGE, "set page(height: 0pt, margin: 0pt); [a]"),
        ("huge", PAGE, huge),
    ] {
        let folder = project(name, template, body);
        let (status, said, time) = match template {
            PAGE => run(&folder, &["build", "--jobs", "2"]),
            _ => run(&folder, &["build", "--emit", "md", "--jobs", "2"]),
        };
        assert_eq!(status, Some(1), "{name}: {said:.2000}");
        let place = format!("templates/{template}");
        assert!(said.contains(&place), "{name}: {said:.2000}");
        // The other agreement takes its time, too.
        assert!(time < Duration::from_secs(60), "{name}: {time:?}");
        if template == PAGE {
            assert!(folder.join("output/four-parties/vi.md").exists(), "{name}");
        }
        assert!(!folder.join("output/two-parties").exists(), "{name}");
    }
}
