//! What the sources promise about themselves.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::lab::{self, code, sources};

/// Each foreign crate, and the only files that may name it.
const HOMES: [(&str, &[&str]); 23] = [
    ("granit_parser", &["text/yaml/scan"]),
    ("clap_complete", &["cli/command/completions"]),
    ("clap_mangen", &["cli/command/man"]),
    ("unicode_width", &["cli/report/table"]),
    ("serde_yaml", &["text/yaml"]),
    ("unicode_normalization", &["text/letters"]),
    ("memchr", &["text/folding"]),
    ("icu_segmenter", &["text/lao/mod"]),
    ("sha2", &["text/digest"]),
    (
        "tera",
        &["document/template/wording", "document/template/writer"],
    ),
    (
        "pulldown_cmark",
        &[
            "document/markdown/dialect",
            "document/markdown/build",
            "document/markdown/inspect",
            "document/markdown/read",
            "document/markdown/links",
        ],
    ),
    (
        "typst",
        &[
            "press/world",
            "press/typeset",
            "press/overflow",
            "press/printed",
            "press/measure",
            "press/tags",
            "press/template",
            "press/input",
            "press/ending",
            "press/torn",
            "press/textlayer/mod",
            "press/textlayer/cluster",
            "press/textlayer/face",
            "press/textlayer/faces",
            "press/textlayer/runs",
            "press/textlayer/unseen",
            "press/pdf",
        ],
    ),
    ("typst_pdf", &["press/pdf"]),
    ("typst_kit", &["press/world"]),
    (
        "serde_json",
        &[
            "agreement/schema",
            "press/input",
            "press/typeset",
            "project/manifest",
            "project/shards",
            "cli/command/emit",
            "cli/command/rehearse",
            "cli/rehearsal",
            "cli/report/parts",
            "cli/report/sarif",
        ],
    ),
    (
        "clap",
        &[
            "cli/mod",
            "cli/args",
            "cli/global",
            "cli/command",
            "cli/report/human",
        ],
    ),
    ("quick_xml", &["word/xml"]),
    ("flate2", &["word/zip"]),
    ("crc32fast", &["word/zip"]),
    ("similar", &["cli/report/human", "document/compare/words"]),
    ("libc", &["project/plain"]),
    ("rustix", &["cli/limits", "project/stage"]),
    (
        "codespan_reporting",
        &[
            "cli/report/human",
            "cli/report/excerpt",
            "cli/report/streams",
        ],
    ),
];

/// Returns the rank of each room, from the table in `src/lib.rs`: rooms on one
/// line have the same.
fn ranks() -> BTreeMap<String, usize> {
    let lib = fs::read_to_string(lab::repository().join("src/lib.rs")).expect("a source");
    let rows = lib.lines().filter_map(|line| line.strip_prefix("//! | "));
    let rows = rows.skip(1).enumerate();
    let named = rows.flat_map(|(rank, row)| {
        let rooms = row.split('|').next().unwrap_or_default();
        let names = rooms.split('`').skip(1).step_by(2);
        names.map(move |name| (name.to_owned(), rank))
    });
    named.collect()
}

/// Returns the module that a file is: `a/b` is `a::b`, and `a/mod` is `a`.
fn module(file: &str) -> String {
    let file = file.strip_suffix("/mod").unwrap_or(file);
    file.replace('/', "::")
}

/// Returns every path in `code`, those in the braces of a `use` written out.
fn paths(code: &str) -> Vec<String> {
    let mut starts: Vec<usize> = ["crate::", "alternat::", "super::", "self::"]
        .iter()
        .flat_map(|start| code.match_indices(start).map(|(at, _)| at))
        .collect();
    starts.sort_unstable();
    let mut paths = Vec::new();
    for at in starts {
        // `super` of `super::super` is met with the first of them.
        let goes_on = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
        if !code[..at].ends_with(goes_on) {
            expand("", &code[at..], &mut paths);
        }
    }
    paths
}

/// Adds what a path with braces stands for; returns how long it is.
fn expand(prefix: &str, text: &str, paths: &mut Vec<String>) -> usize {
    let end = text
        .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'))
        .unwrap_or(text.len());
    let path = format!("{prefix}{}", &text[..end]);
    if !(text[end..].starts_with('{') && path.ends_with("::")) {
        paths.push(path);
        return end;
    }
    let mut at = end + 1;
    while let Some(next) = text[at..].chars().next() {
        match next {
            '}' => return at + 1,
            c if c.is_alphanumeric() || c == '_' => at += expand(&path, &text[at..], paths),
            c => at += c.len_utf8(),
        }
    }
    at
}

/// Returns the module that a path in `file` leads to.
fn target(file: &str, path: &str, modules: &BTreeSet<String>) -> Option<String> {
    let mut here: Vec<String> = module(file).split("::").map(str::to_owned).collect();
    let mut steps = path.split("::").peekable();
    match steps.peek().copied() {
        Some("crate" | "alternat") => {
            here.clear();
            steps.next();
        }
        Some("self") => {
            steps.next();
        }
        _ => {}
    }
    while steps.next_if_eq(&"super").is_some() {
        here.pop();
    }
    let mut found = None;
    for step in std::iter::once("").chain(steps) {
        if !step.is_empty() {
            here.push(step.to_owned());
        }
        let name = here.join("::");
        found = modules.contains(&name).then_some(name).or(found);
    }
    found
}

/// Returns, for each module, the modules that it names.
fn imports(sources: &BTreeMap<String, String>) -> BTreeMap<String, BTreeSet<String>> {
    let modules: BTreeSet<String> = sources.keys().map(|file| module(file)).collect();
    let named = sources.iter().map(|(file, text)| {
        let code = code(text);
        let targets = paths(&code).into_iter();
        let mut targets: BTreeSet<String> = targets
            .filter_map(|path| target(file, &path, &modules))
            .collect();
        targets.remove(&module(file));
        (module(file), targets)
    });
    named.collect()
}

fn room(module: &str) -> &str {
    module.split("::").next().unwrap_or_default()
}

#[test]
fn rooms_know_only_those_below() {
    let (sources, ranks) = (sources(), ranks());
    for (module, targets) in imports(&sources) {
        if ["lib", "main"].contains(&module.as_str()) {
            continue;
        }
        let own = ranks.get(room(&module));
        let own = own.unwrap_or_else(|| panic!("{module} is in no room of src/lib.rs"));
        for target in targets {
            assert!(
                room(&target) == room(&module) || ranks[room(&target)] < *own,
                "{module} names {target}, which is not below it"
            );
        }
    }
    let rooms: BTreeSet<&str> = sources.keys().map(|file| room_of(file)).collect();
    for known in ranks.keys() {
        assert!(
            rooms.contains(known.as_str()),
            "src/lib.rs speaks of {known}"
        );
    }
}

fn room_of(file: &str) -> &str {
    file.split('/').next().unwrap_or_default()
}

#[test]
fn no_two_files_know_each_other() {
    let imports = imports(&sources());
    let mut done: BTreeSet<&str> = BTreeSet::new();
    for module in imports.keys() {
        visit(module, &imports, &mut Vec::new(), &mut done);
    }
}

fn visit<'a>(
    module: &'a str,
    imports: &'a BTreeMap<String, BTreeSet<String>>,
    trail: &mut Vec<&'a str>,
    done: &mut BTreeSet<&'a str>,
) {
    assert!(!trail.contains(&module), "a circle: {trail:?} {module}");
    if !done.contains(module) {
        trail.push(module);
        for target in imports.get(module).into_iter().flatten() {
            visit(target, imports, trail, done);
        }
        trail.pop();
        done.insert(module);
    }
}

#[test]
fn the_reader_of_imports_follows_every_path() {
    let code = "use super::{a::{self, B}, c};\nlet x = crate::d::e(self::f::G, super::super::h);";
    let right = [
        "super::a::self",
        "super::a::B",
        "super::c",
        "crate::d::e",
        "self::f::G",
        "super::super::h",
    ];
    assert_eq!(paths(code), right);
    let modules = ["r", "r::s", "r::a", "d"].map(str::to_owned);
    let modules = BTreeSet::from(modules);
    let target = |path: &str| target("r/s", path, &modules);
    assert_eq!(target("super::a::B").as_deref(), Some("r::a"));
    assert_eq!(target("super::C").as_deref(), Some("r"));
    assert_eq!(target("crate::d::e").as_deref(), Some("d"));
    assert_eq!(target("alternat::r::s::T").as_deref(), Some("r::s"));
}

#[test]
fn texts_are_rendered_and_read_in_the_workshop_alone() {
    for (file, text) in sources() {
        let code = code(&text);
        for call in ["template::render", "template::footer", "markdown::parse"] {
            let home = file.starts_with("workshop/");
            assert!(home || !code.contains(call), "{file} calls {call}");
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
                !named || homes.iter().any(|home| file.starts_with(home)),
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
        // The command line alone knows which day it is, and hands it over.
        let code = match file.as_str() {
            "cli/today" => code.replace("SystemTime", ""),
            _ => code,
        };
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
fn typst_is_built_with_one_comemo() {
    let lock = fs::read_to_string(lab::repository().join("Cargo.lock")).expect("the lock file");
    assert_eq!(
        lock.matches("name = \"comemo\"").count(),
        1,
        "a second comemo disables eviction"
    );
}
