//! The schema of the form: made from the table of keys, kept current, and judged
//! by a validator that is not ours.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use alternat::agreement::keys::{AGREEMENT, Kind, Part, REGISTER};
use alternat::messages::Messages;

use crate::lab;

#[test]
fn the_schemas_are_current() {
    current(&["schema"], "schema/agreement.schema.json");
    current(&["schema", "--parties"], "schema/parties.schema.json");
}

fn current(arguments: &[&str], file: &str) {
    let made = lab::alternat(&lab::repository(), arguments);
    let path = lab::repository().join(file);
    if lab::updating() {
        fs::write(&path, &made.stdout).expect("writable");
    }
    let kept = fs::read(&path).expect("the schema");
    let current = made.stdout == kept;
    assert!(current, "`UPDATE=1 make test` makes {file} anew");
}

/// Shows each part of the form to `visit`, once.
fn parts(part: &'static Part, seen: &mut BTreeMap<&'static str, &'static Part>) {
    if seen.insert(part.name, part).is_some() {
        return;
    }
    for key in part.keys {
        if let Kind::Part(part) | Kind::List(part, ..) | Kind::ByLanguage(part) = key.kind {
            parts(part, seen);
        }
    }
}

#[test]
fn every_key_says_what_it_means_in_every_language() {
    let mut form = BTreeMap::new();
    parts(&AGREEMENT, &mut form);
    parts(&REGISTER, &mut form);
    let keys = form.values().flat_map(|part| {
        let keys = part.keys.iter();
        keys.map(|key| format!("keys.{}.{}", part.name, key.name))
    });
    let keys: Vec<String> = keys.collect();
    assert!(keys.len() > 50, "{keys:?}");
    for language in Messages::languages() {
        let messages = Messages::alone(language);
        for key in &keys {
            let meaning = messages.get(key).unwrap_or_default();
            let said = meaning.ends_with('.') && meaning.chars().count() <= 200;
            assert!(said, "{language}: {key}: {meaning}");
        }
        let known = messages.paths().filter(|path| path.starts_with("keys."));
        let left: Vec<&str> = known
            .filter(|path| !keys.iter().any(|k| k == path))
            .collect();
        assert!(
            left.is_empty(),
            "{language} explains what is no key: {left:?}"
        );
    }
}

/// What the validator says of files: the places at fault; none of a file that is
/// not YAML.
fn validate(files: &[String]) -> BTreeMap<String, Option<Vec<String>>> {
    validate_by("schema/agreement.schema.json", files)
}

fn validate_by(schema: &str, files: &[String]) -> BTreeMap<String, Option<Vec<String>>> {
    let root = lab::repository();
    let python = root.join("target/tools/readers/bin/python");
    let mut child = Command::new(&python)
        .arg(root.join("tests/readers/validate.py"))
        .current_dir(&root)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{}: {error}; `make tools` installs it", python.display()));
    let input = format!("{schema}\n{}\n", files.join("\n"));
    let mut stdin = child.stdin.take().expect("it has an input");
    stdin.write_all(input.as_bytes()).expect("it reads");
    drop(stdin);
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success(), "the validator failed");
    let lines = String::from_utf8(output.stdout).expect("UTF-8");
    let read = |line: &str| {
        let line: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let places = line["found"].as_array().map(|places| {
            let places = places.iter().filter_map(|place| place.as_str());
            places.map(str::to_owned).collect()
        });
        (line["path"].as_str().expect("a path").to_owned(), places)
    };
    lines.lines().map(read).collect()
}

fn yaml_below(folder: &str) -> Vec<String> {
    let names = lab::files_below(&lab::repository().join(folder)).into_iter();
    let names = names.filter(|name| {
        name.ends_with(".yaml") && !name.contains("glossary") && !name.contains("parties")
    });
    names.map(|name| format!("{folder}/{name}")).collect()
}

#[test]
fn sound_agreements_are_accepted() {
    let suite = yaml_below("tests/suite").into_iter();
    let mut files: Vec<String> = suite.filter(|name| name.contains("/agreements/")).collect();
    files.extend(yaml_below("agreements"));
    files.push("tests/rules/base.yaml".to_owned());
    let found = validate(&files);
    assert!(found.len() >= 13, "{found:?}");
    for (file, places) in found {
        assert_eq!(places, Some(Vec::new()), "{file}");
    }
}

#[test]
fn lists_of_parties_are_accepted_and_their_slips_seen() {
    let folder = lab::empty_folder("schema-parties");
    let sound = lab::repository().join("agreements/parties.yaml");
    let sound = fs::read_to_string(sound).expect("the parties");
    let slip = sound.replacen("\n    since:", "\n    sicne:", 1);
    let file = folder.join("slip.yaml").display().to_string();
    fs::write(&file, slip).expect("writable");
    let schema = "schema/parties.schema.json";
    let known = "agreements/parties.yaml".to_owned();
    let found = validate_by(schema, &[known.clone(), file.clone()]);
    assert_eq!(found[&known], Some(Vec::new()));
    assert!(
        found[&file].as_ref().is_some_and(|it| !it.is_empty()),
        "{found:?}"
    );
}

/// `tests/errors/schema.txt` says of each broken agreement whether an editor shows
/// the fault: `seen`, `syntax`, or `not seen` with the reason.
#[test]
fn broken_agreements_are_seen_or_it_is_said_why_not() {
    let list = lab::repository().join("tests/errors/schema.txt");
    let list = fs::read_to_string(list).expect("the list");
    let lines = list.lines().filter(|line| !line.starts_with('#'));
    let marks: BTreeMap<String, &str> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, mark)| (format!("tests/errors/{name}.yaml"), mark))
        .collect();
    let found = validate(&yaml_below("tests/errors"));
    for (file, places) in &found {
        let mark = marks.get(file);
        let mark = mark.unwrap_or_else(|| panic!("schema.txt does not speak of {file}"));
        let right = match places {
            None => *mark == "syntax",
            Some(places) if places.is_empty() => mark.starts_with("not seen, "),
            Some(_) => *mark == "seen",
        };
        assert!(right, "{file} is marked `{mark}`, but: {places:?}");
    }
    let gone: Vec<&String> = marks
        .keys()
        .filter(|file| !found.contains_key(*file))
        .collect();
    assert!(gone.is_empty(), "there is no {gone:?}");
}
