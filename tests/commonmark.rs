//! The examples of the CommonMark specification as texts of a clause: each is
//! typeset or refused, and the clauses around it stay what they are.

use std::fs;

use alternat::diagnostic::Diagnostic;
use alternat::document::markdown;
use alternat::language::Language;
use alternat::source::Source;

use crate::lab::{self, BASE, Made, Wanted, side_by_side, workshop};

/// One example of so many is typeset as well.
const TYPESET: usize = 20;

/// Returns the Markdown of each example. The package is not ours to copy.
fn examples() -> Vec<String> {
    let path = lab::repository().join("target/tools/commonmark/package/spec.txt");
    let spec = fs::read_to_string(path);
    let spec = spec.expect("the specification is missing: `make tools` fetches it");
    let fence = "`".repeat(32);
    let opening = format!("{fence} example\n");
    spec.split(opening.as_str())
        .skip(1)
        .map(|part| {
            let example = part.split(&fence).next().unwrap_or_default();
            let (markdown, _) = example.split_once("\n.\n").unwrap_or_default();
            markdown.replace('→', "\t")
        })
        .collect()
}

/// Returns the base with `markdown` as the text of its first clause.
fn agreement(markdown: &str, titled: bool) -> Source {
    let start = BASE
        .find("    text:\n      vi: |-")
        .expect("the first clause");
    let end = BASE.find("  - id: visits").expect("the second clause");
    // Strings of JSON are strings of YAML.
    let quoted = serde_json::to_string(markdown).expect("text");
    let text = format!("    text: {{vi: {quoted}, lo: {quoted}}}\n");
    let mut base = format!("{}{text}{}", &BASE[..start], &BASE[end..]);
    base = base.replacen("status: final", "status: draft", 1);
    if !titled {
        let title = BASE.lines().find(|line| line.contains("title: "));
        base = base.replacen(title.expect("a title"), "", 1);
    }
    Source::new("agreements/x.yaml", base)
}

/// Returns the sections and the ids of the units of each language.
fn skeleton(made: &Made) -> Vec<String> {
    let texts = made.files.iter().filter(|file| file.path.ends_with(".md"));
    let texts = texts.filter(|file| matches!(file.path.as_str(), "vi.md" | "lo.md"));
    texts
        .map(|file| {
            let text = String::from_utf8(file.bytes.clone()).expect("UTF-8");
            let language = Language(file.path[..2].to_owned());
            let document = markdown::parse(&Source::new("x.md", text), &language);
            let sections = document.expect("our own Markdown").sections;
            let section = |section: &alternat::document::tree::Section| {
                let ids: Vec<&str> = section.units.iter().map(|unit| unit.id.as_str()).collect();
                format!("{}: {}", section.role.name(), ids.join(" "))
            };
            sections.iter().map(section).collect::<Vec<_>>().join("\n")
        })
        .collect()
}

#[test]
fn examples_are_typeset_or_refused() {
    let examples = examples();
    assert!(examples.len() > 600, "{} examples", examples.len());
    for titled in [true, false] {
        let whole = skeleton(&workshop().make(&agreement("x", titled), None, Wanted::TEXTS));
        assert_eq!(whole.len(), 2);
        let numbered: Vec<(usize, &String)> = examples.iter().enumerate().collect();
        let faults = side_by_side(&numbered, 2, |(index, example)| {
            let extent = match index % TYPESET {
                0 => Wanted::EVERYTHING,
                _ => Wanted::TEXTS,
            };
            let made = workshop().make(&agreement(example, titled), None, extent);
            if made.findings.iter().any(Diagnostic::is_error) {
                return None;
            }
            let kept = skeleton(&made) == whole;
            Some((!kept).then(|| format!("{example:?} breaks the clauses around it")))
        });
        let typeset = faults.iter().flatten().count();
        let refused = faults.len() - typeset;
        assert!(
            typeset > 300 && refused > 200,
            "titled {titled}: {typeset} typeset, {refused} refused"
        );
        let broken: Vec<String> = faults.into_iter().flatten().flatten().collect();
        assert!(broken.is_empty(), "{}", broken.join("\n"));
        assert!(typeset > 200 && refused > 100, "{typeset} and {refused}");
    }
}
