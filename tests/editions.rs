//! The promise in the name: each original names its holder first.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use alternat::agreement::load;
use alternat::agreement::{Agreement, Status};
use alternat::language::Language;
use alternat::source::Source;

use crate::lab::{self, squeeze};

fn agreement(path: &Path) -> Agreement {
    let text = fs::read_to_string(path).expect("an agreement");
    load::load(&Source::new("x.yaml", text))
        .expect("a valid agreement")
        .agreement
}

/// Derives, from the agreement and those beside it, the files that are to come out.
fn expected_files(agreement: &Agreement, beside: &Path) -> Vec<String> {
    let codes: Vec<&str> = agreement.languages.iter().map(|l| l.0.as_str()).collect();
    let mut views: Vec<String> = codes.iter().map(|code| (*code).to_owned()).collect();
    views.push(codes[..2].join("-"));
    let mut files: Vec<String> = views.iter().map(|view| format!("{view}.md")).collect();
    if agreement.status == Status::Draft {
        files.extend(views.iter().map(|view| format!("draft/{view}.pdf")));
    } else {
        for party in &agreement.parties {
            files.extend(
                codes
                    .iter()
                    .map(|code| format!("originals/{}.{code}.pdf", party.id)),
            );
        }
        files.extend([
            "originals/custody.md".to_owned(),
            "originals/custody.pdf".to_owned(),
            "originals/differences.md".to_owned(),
            "originals/differences.pdf".to_owned(),
        ]);
    }
    if agreement.status == Status::Signed {
        files.extend(views.iter().map(|view| format!("signed/{view}.pdf")));
    }
    let before = agreement.predecessor.as_ref();
    let before = before.and_then(|before| before.agreement.as_deref());
    if let Some(id) = before.filter(|id| beside.join(format!("{id}.yaml")).exists()) {
        files.extend([format!("compare/{id}.md"), format!("compare/{id}.pdf")]);
    }
    files.sort();
    files
}

fn build(name: &str, source: &Path) -> std::path::PathBuf {
    let folder = lab::empty_folder(&format!("editions-{name}"));
    lab::copy_folder(&source.join("agreements"), &folder.join("agreements"));
    let output = lab::alternat(&folder, &["build"]);
    assert!(output.status.success(), "{}", lab::stderr(&output));
    folder
}

#[test]
fn each_agreement_yields_exactly_its_files() {
    let folder = build("repository", &lab::repository());
    let mut numbers = BTreeMap::new();
    for name in lab::files_below(&folder.join("agreements")) {
        let Some(id) = name
            .strip_suffix(".yaml")
            .filter(|id| !["glossary", "parties"].contains(id))
        else {
            continue;
        };
        let agreement = agreement(&folder.join("agreements").join(&name));
        let made = lab::files_below(&folder.join("output").join(id));
        let expected = expected_files(&agreement, &folder.join("agreements"));
        assert_eq!(made, expected, "{id}");
        numbers.insert(agreement.parties.len(), made.len());
    }
    assert_eq!(numbers.keys().copied().collect::<Vec<_>>(), [2, 4, 5]);
}

#[test]
fn four_parties_get_eight_originals_and_five_get_ten() {
    for (name, number) in [("four-parties", 8), ("five-parties", 10)] {
        let folder = build(name, &lab::repository().join("tests/suite").join(name));
        let originals = lab::files_below(&folder.join("output").join(name).join("originals"));
        let pdfs = originals
            .iter()
            .filter(|file| file.ends_with(".pdf") && file.split('.').count() == 3);
        assert_eq!(pdfs.count(), number, "{name}");
    }
}

#[test]
fn every_holder_comes_first_in_its_originals() {
    for name in ["two-parties", "four-parties", "five-parties"] {
        let source = lab::repository().join("tests/suite").join(name);
        let folder = build(&format!("first-{name}"), &source);
        let agreement = agreement(&source.join("agreements").join(format!("{name}.yaml")));
        for (holder, party) in agreement.parties.iter().enumerate() {
            for language in &agreement.languages {
                let file = format!("output/{name}/originals/{}.{language}.pdf", party.id);
                assert_holder_first(
                    &agreement,
                    holder,
                    language,
                    &lab::pdf_text(&folder.join(file)),
                );
            }
        }
    }
}

/// Asserts that in the title, the contacts and the signatures of `text` the
/// holder stands before every other party.
fn assert_holder_first(agreement: &Agreement, holder: usize, language: &Language, text: &str) {
    let text = squeeze(text);
    let heading = if language.0 == "vi" {
        "NỘIDUNGHỢPTÁC"
    } else {
        "ເນື້ອໃນການຮ່ວມມື"
    };
    let (title, rest) = text
        .split_once(heading)
        .expect("the section of the contents");
    let name = |index: usize| agreement.parties[index].name.get(language).expect("a name");
    let office = |index: usize| {
        agreement.parties[index]
            .contact
            .office
            .get(language)
            .expect("an office")
    };
    let signatory = |index: usize| {
        agreement.parties[index].signatories[0]
            .name
            .get(language)
            .expect("a name")
    };
    for other in (0..agreement.parties.len()).filter(|&other| other != holder) {
        // Vietnamese titles are in capitals; Lao has none.
        let shown = |index| match language.0.as_str() {
            "vi" => name(index).to_uppercase(),
            _ => name(index).to_owned(),
        };
        assert_before(title, &shown(holder), &shown(other));
        assert_before(rest, office(holder), office(other));
        assert_before(rest, signatory(holder), signatory(other));
    }
}

#[test]
fn no_name_is_broken_in_a_signature() {
    for name in ["four-parties", "five-parties"] {
        let source = lab::repository().join("tests/suite").join(name);
        let folder = build(&format!("names-{name}"), &source);
        let agreement = agreement(&source.join("agreements").join(format!("{name}.yaml")));
        for language in &agreement.languages {
            let file = format!("output/{name}/originals/nam-ou.{language}.pdf");
            let text = lab::pdf_text(&folder.join(file));
            for party in &agreement.parties {
                let signatory = party.signatories[0].name.get(language).expect("a name");
                assert!(
                    text.contains(signatory),
                    "{signatory} is broken in:\n{text}"
                );
            }
        }
    }
}

#[test]
fn each_signature_has_its_place() {
    let source = lab::repository().join("tests/suite/five-parties");
    let output = lab::alternat(&source, &["build", "--emit", "signatures"]);
    let editions = lab::json(&output);
    let places = editions["originals/phu-bia.lo"]
        .as_array()
        .expect("an original's places");
    let parties: Vec<&str> = places
        .iter()
        .filter_map(|place| place["party"].as_str())
        .collect();
    assert_eq!(
        parties,
        ["phu-bia", "huong-giang", "nam-ou", "nam-tha", "muong-tung"]
    );
    let number = |place: &serde_json::Value, key: &str| place[key].as_f64().expect("a number");
    for place in places {
        assert!(
            number(place, "x") >= 85.0 && number(place, "x") + number(place, "width") < 545.0,
            "{place}"
        );
        assert!(
            number(place, "y") > 70.0 && number(place, "y") + number(place, "height") < 790.0,
            "{place}"
        );
        assert!(
            number(place, "width") > 100.0 && number(place, "height") > 70.0,
            "{place}"
        );
    }
    assert!(
        number(&places[0], "x") < number(&places[1], "x"),
        "the holder signs on the left"
    );
}

fn assert_before(text: &str, first: &str, second: &str) {
    let find = |name: &str| {
        text.find(&squeeze(name))
            .unwrap_or_else(|| panic!("{name} is not in {text}"))
    };
    assert!(
        find(first) < find(second),
        "{first} does not stand before {second}"
    );
}
