//! What `docs/` says of the rules is what the program says.

use std::collections::BTreeMap;
use std::fs;

use alternat::agreement::keys::{AGREEMENT, Kind, Part};
use alternat::agreement::manual::{self, Example};
use alternat::check::RULES;
use alternat::source::Source;
use alternat::text::yaml::{self, Node, Value};
use serde_json::Value as Json;

use crate::lab::{self, BASE, Wanted, workshop};

#[test]
fn the_documented_table_is_the_real_one() {
    let docs = fs::read_to_string(lab::repository().join("docs/rules.md"));
    let docs = docs.expect("docs/rules.md");
    let table = lab::stdout(&lab::alternat(&lab::repository(), &["check", "--list"]));
    assert!(
        docs.contains(&table),
        "put this into docs/rules.md:\n{table}"
    );
    let counts = |family: &str| {
        let rules = RULES.iter().filter(|rule| rule.family.name() == family);
        rules.count()
    };
    for family in RULES.iter().map(|rule| rule.family.name()) {
        let line = format!("| {family} | {} |", counts(family));
        assert!(docs.contains(&line), "docs/rules.md lacks `{line}`");
    }
    for number in 1..=45 {
        let number = format!("L{number:02}");
        assert!(
            docs.contains(&number),
            "docs/rules.md does not speak of {number}"
        );
    }
}

#[test]
fn the_documented_form_is_the_real_one() {
    current(&["schema", "--docs"], "docs/form.md");
    current(&["schema", "--parties", "--docs"], "docs/parties.md");
}

fn current(arguments: &[&str], file: &str) {
    let made = lab::alternat(&lab::repository(), arguments);
    let path = lab::repository().join(file);
    if lab::updating() {
        fs::write(&path, &made.stdout).expect("writable");
    }
    let kept = fs::read(&path).expect("a page");
    let current = made.stdout == kept;
    assert!(current, "`UPDATE=1 make test` makes {file} anew");
}

#[test]
fn slips_are_told_by_every_key_of_the_form() {
    let keys = form().into_values().flat_map(|(part, _)| part.names());
    let unknown: Vec<&str> = keys
        .filter(|key| !yaml::known_keys().any(|known| known == *key))
        .collect();
    assert!(unknown.is_empty(), "`text/yaml/words.rs` lacks {unknown:?}");
}

/// The way to a part of the form: its keys from the root, each with whether a list
/// or languages stand under it.
type Way = Vec<&'static str>;

/// Finds the first way to each part.
fn ways(part: &'static Part, way: &Way, found: &mut BTreeMap<&'static str, (&'static Part, Way)>) {
    if found.contains_key(part.name) {
        return;
    }
    found.insert(part.name, (part, way.clone()));
    for key in part.keys {
        if let Kind::Part(below) | Kind::List(below, ..) | Kind::ByLanguage(below) = key.kind {
            let mut way = way.clone();
            way.push(key.name);
            if let Kind::ByLanguage(_) = key.kind {
                way.push("lo");
            }
            ways(below, &way, found);
        }
    }
}

fn form() -> BTreeMap<&'static str, (&'static Part, Way)> {
    let mut found = BTreeMap::new();
    ways(&AGREEMENT, &Vec::new(), &mut found);
    found
}

/// Returns YAML as JSON, which can be changed.
fn json(text: &str) -> Json {
    fn value(node: &Node) -> Json {
        match &node.value {
            Value::Blank => Json::Null,
            Value::Scalar(text) => Json::String(text.clone()),
            Value::List(items) => Json::Array(items.iter().map(value).collect()),
            Value::Map(entries) => {
                let entries = entries.iter();
                Json::Object(entries.map(|e| (e.key.clone(), value(&e.node))).collect())
            }
        }
    }
    let node = yaml::parse(&Source::new("docs/form.yaml", text));
    value(&node.unwrap_or_else(|faults| panic!("{text}: {faults:?}")))
}

/// Returns JSON as the YAML that people write, without escapes.
fn yaml(value: &Json, indent: &str) -> String {
    let deeper = format!("{indent}  ");
    match value {
        Json::Object(entries) => {
            let entries = entries.iter();
            let entry = |(key, below)| format!("\n{indent}{key}:{}", yaml(below, &deeper));
            entries.map(entry).collect()
        }
        Json::Array(items) if items.is_empty() => " []".to_owned(),
        Json::Array(items) => {
            let item = |item| format!("\n{indent}-{}", yaml(item, &deeper));
            items.iter().map(item).collect()
        }
        Json::String(text) if text.contains('\n') => {
            let lines = text.lines().map(|line| match line {
                "" => "\n".to_owned(),
                line => format!("\n{indent}{line}"),
            });
            format!(" |-{}", lines.collect::<String>())
        }
        Json::String(text) => format!(" '{}'", text.replace('\'', "''")),
        _ => String::new(),
    }
}

/// Puts `new` into `old`: mappings key by key, their lists item by item.
fn merge(old: &mut Json, new: Json) {
    match (old, new) {
        (Json::Object(old), Json::Object(new)) => {
            for (key, value) in new {
                merge(old.entry(key).or_insert(Json::Null), value);
            }
        }
        (Json::Array(old), Json::Array(new)) if new.iter().all(Json::is_object) => {
            for (index, value) in new.into_iter().enumerate() {
                if old.len() == index {
                    old.push(Json::Null);
                }
                merge(&mut old[index], value);
            }
        }
        (old, new) => *old = new,
    }
}

/// Returns the texts that an example makes, without marks of parts, and the errors.
fn printed(example: &str) -> Result<Vec<String>, String> {
    let (mut agreement, example) = (json(BASE), json(example));
    // What is a mapping of its own is given as a whole.
    for key in AGREEMENT.keys {
        if let (Kind::Part(_), Some(_)) = (key.kind, example.get(key.name)) {
            agreement[key.name] = Json::Null;
        }
    }
    merge(&mut agreement, example);
    let text = yaml(&agreement, "");
    let made = workshop().make(&Source::new("x.yaml", text), None, Wanted::TEXTS);
    let errors = made.findings.iter().filter(|finding| finding.is_error());
    let codes: Vec<&str> = errors.map(|error| error.code).collect();
    if !codes.is_empty() {
        return Err(format!("has errors: {codes:?}"));
    }
    let own = |path: &str| ["vi.md", "lo.md"].contains(&path);
    let texts = made.files.into_iter().filter(|file| own(&file.path));
    let texts = texts.map(|file| {
        let text = String::from_utf8(file.bytes).expect("UTF-8");
        let lines = text.lines().filter(|line| !line.starts_with("<!-- "));
        lines.map(|line| format!("{line}\n")).collect::<String>()
    });
    // Marks of parts stand between empty lines.
    let texts = texts.map(|text| text.replace("\n\n\n", "\n\n").replace("\n\n\n", "\n\n"));
    Ok(texts.collect())
}

/// Returns what is wrong with an example.
fn fault(example: &Example, way: &[&str], base: &[String]) -> Option<String> {
    let (_, key) = example.key.split_once('.')?;
    let mut place = &json(&example.yaml);
    for step in way.iter().chain([&key]) {
        place = match place {
            Json::Array(items) => items.first()?,
            place => place,
        };
        match place.get(step) {
            Some(below) => place = below,
            None => return Some(format!("has no `{step}`")),
        }
    }
    let texts = match printed(&example.yaml) {
        Ok(texts) => texts,
        Err(fault) => return Some(fault),
    };
    match &example.prints {
        Some(words) if !texts.iter().any(|text| text.contains(words.as_str())) => {
            Some(format!("does not print\n{words}\nbut\n{}", texts[0]))
        }
        None if texts != base => Some("prints something: say what in `prints`".to_owned()),
        _ => None,
    }
}

#[test]
fn every_key_has_an_example_that_is_true() {
    let form = form();
    let base = printed("{}").expect("the base is sound");
    let examples = manual::examples();
    let mut faults = Vec::new();
    for (part, _) in form.values() {
        for key in part.keys {
            let name = format!("{}.{}", part.name, key.name);
            if !examples.iter().any(|example| example.key == name) {
                faults.push(format!(
                    "docs/form.yaml has no entry `{name}:`; write one with `example:`, lines of an \
                     agreement that have the key, and `prints:`, words of vi.md that come of it"
                ));
            }
        }
    }
    for example in &examples {
        let (part, key) = example.key.split_once('.').unwrap_or_default();
        let known = form.get(part).filter(|(part, _)| part.key(key).is_some());
        let fault = match known {
            Some((_, way)) => fault(example, way, &base),
            None => Some("is no key of the form".to_owned()),
        };
        faults.extend(fault.map(|fault| format!("docs/form.yaml: `{}` {fault}", example.key)));
    }
    assert!(faults.is_empty(), "\n\n{}\n", faults.join("\n\n"));
}
