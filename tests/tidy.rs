//! What the sources promise about themselves.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use alternat::wording::Wording;

use crate::lab;

/// The layers of `src/lib.rs`: a file may import from those before its own, and
/// a stage not from another stage, unless that is noted. The parts of a module
/// are of its layer.
const LAYERS: [(&str, u8); 31] = [
    ("source", 0),
    ("diagnostic", 1),
    ("legacy", 1),
    ("lookalike", 1),
    ("yaml", 2),
    ("wording", 3),
    ("digest", 3),
    ("folding", 3),
    ("agreement", 4),
    ("language", 5),
    ("glossary", 5),
    ("watchlist", 5),
    ("edition", 6),
    ("document", 6),
    ("lock", 6),
    ("load", 7),
    ("check", 7),
    ("template", 7),
    ("markdown", 7),
    ("parallel", 7),
    ("world", 7),
    // Lays out what `world` lets Typst see.
    ("typeset", 8),
    ("textlayer", 8),
    ("pdf", 8),
    ("pipeline", 9),
    ("project", 10),
    ("format", 11),
    ("args", 12),
    ("report", 13),
    ("command", 14),
    ("main", 15),
];

/// Each foreign crate, and the only files that may name it.
const HOMES: [(&str, &[&str]); 11] = [
    ("serde_yaml", &["yaml"]),
    ("unicode_normalization", &["yaml"]),
    ("tera", &["template"]),
    ("pulldown_cmark", &["markdown"]),
    (
        "typst",
        &[
            "world",
            "typeset",
            "textlayer",
            "textlayer/face",
            "textlayer/unseen",
            "pdf",
        ],
    ),
    ("typst_pdf", &["pdf"]),
    ("typst_kit", &["world"]),
    ("serde_json", &["typeset", "format"]),
    ("clap", &["args", "main"]),
    ("sha2", &["digest"]),
    ("codespan_reporting", &["report"]),
];

fn sources() -> BTreeMap<String, String> {
    let folder = lab::repository().join("src");
    let files = lab::files_below(&folder)
        .into_iter()
        .filter(|name| name.ends_with(".rs"));
    files
        .map(|name| {
            let text = fs::read_to_string(folder.join(&name)).expect("a source");
            (name.trim_end_matches(".rs").to_owned(), text)
        })
        .collect()
}

/// Returns the code of a source without its comments and unit tests.
fn code(text: &str) -> String {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    code.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Returns the names that follow `prefix` in `code`: `use crate::{a, b::c}` has
/// a and b.
fn imported(code: &str, prefix: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for rest in code.split(prefix).skip(1) {
        let list = match rest.strip_prefix('{') {
            Some(list) => list.split('}').next().unwrap_or_default().to_owned(),
            None => rest
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect(),
        };
        for name in list.split(',') {
            let name: String = name
                .trim()
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            names.insert(name);
        }
    }
    names
}

#[test]
fn files_import_only_from_lower_layers() {
    let layers: BTreeMap<&str, u8> = LAYERS.into_iter().collect();
    for (file, text) in sources().iter().filter(|(file, _)| *file != "lib") {
        let module = file.split('/').next().expect("a name");
        let own = *layers
            .get(module)
            .unwrap_or_else(|| panic!("{file} is in no layer"));
        let code = code(text);
        for name in imported(&code, "crate::")
            .iter()
            .chain(&imported(&code, "alternat::"))
        {
            let Some(layer) = layers.get(name.as_str()) else {
                continue;
            };
            let parts = name == module;
            assert!(
                *layer < own || parts,
                "{file} imports {name}, which is not below it"
            );
        }
    }
}

#[test]
fn each_foreign_crate_has_one_home() {
    for (file, text) in sources() {
        let code = code(&text);
        for (krate, homes) in HOMES {
            let named =
                code.contains(&format!("{krate}::")) || code.contains(&format!("use {krate}"));
            assert!(
                !named || homes.contains(&file.as_str()),
                "{file} names {krate}"
            );
        }
    }
}

#[test]
fn every_file_says_what_it_is() {
    for (file, text) in sources() {
        assert!(text.starts_with("//!"), "{file} has no header");
    }
}

#[test]
fn nothing_reads_the_clock_or_gives_up() {
    for (file, text) in sources() {
        let code = code(&text);
        for word in [
            "Utc::now",
            "Local::now",
            "SystemTime",
            ".unwrap()",
            "panic!(",
            "todo!(",
            "dbg!(",
        ] {
            assert!(!code.contains(word), "{file} has {word}");
        }
    }
}

#[test]
fn the_architecture_page_names_every_module() {
    let sources = sources();
    for file in sources
        .keys()
        .filter(|file| !file.contains('/') && *file != "lib")
    {
        assert!(
            sources["lib"].contains(&format!("`{file}`")),
            "lib.rs does not speak of {file}"
        );
    }
}

#[test]
fn every_sentence_is_worded_and_used() {
    let all: String = sources().values().map(|text| code(text)).collect();
    let wording = Wording::of("en");
    for path in wording.paths().filter(|path| path.starts_with("codes.")) {
        let code = path.split('.').nth(1).expect("a code");
        assert!(all.contains(&format!("\"{code}\"")), "nothing says {code}");
    }
    for start in ["Diagnostic::error(\"", "Diagnostic::new(\""] {
        for code in all.split(start).skip(1) {
            let code = code.split('"').next().expect("a quoted code");
            assert!(
                wording.get(&format!("codes.{code}.message")).is_some(),
                "{code} has no message"
            );
        }
    }
}

#[test]
fn typst_is_built_with_one_comemo() {
    let lock = fs::read_to_string(lab::repository().join("Cargo.lock")).expect("the lock file");
    assert_eq!(
        lock.matches("name = \"comemo\"").count(),
        1,
        "a second comemo disables eviction"
    );
}
