//! A project's own templates that do not come to an end, or fill the memory: an
//! error that names the template, in good time, and the other agreements.

#![cfg(target_os = "linux")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use crate::lab;

const TITLE: &str = "vi/title.md";
const PAGE: &str = "page/main.typ";

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
            let (version, rest) = built_in.split_once('\n').expect("a version");
            let at = "json(\"document.json\").id == \"two-parties\"";
            format!("{version}\n#if {at} {{\n{body}\n}}\n{rest}")
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

/// Templates of words into which each attack below is put.
const WORDED: [&str; 10] = [
    "vi/title.md",
    "lo/title.md",
    "vi/preamble.md",
    "lo/preamble.md",
    "vi/clause.md",
    "lo/contact.md",
    "vi/closing.md",
    "lo/signature.md",
    "vi/content-heading.md",
    "vi/formulas/in-force.md",
];

/// Words without end: time, memory, and text.
const WORDS_WITHOUT_END: [&str; 3] = [
    "{% for a in range(end=100000) %}{% for b in range(end=100000) %}{% endfor %}{% endfor %}",
    "{% set_global x = \"ນ້ຳ\" %}{% for a in range(end=60) %}{% set_global x = x ~ x %}{% endfor %}",
    "{% for a in range(end=100000) %}{% for b in range(end=100000) %}ngưỡng {% endfor %}{% endfor %}",
];

const PAGES_WITHOUT_END: [&str; 30] = [
    "let x = range(1000000000)",
    "for i in range(20000) { pagebreak() }",
    "for i in range(3000) { pagebreak() }",
    "set page(height: 0pt, margin: 0pt); [a]",
    "set page(width: 1e9cm, height: 1e9cm); [a]",
    "let x = \"ab\"; for i in range(60) { x = x + x }; x",
    "show \"a\": \"aa\"; [a]",
    "let f(n) = f(n + 1); f(0)",
    "let f(n) = if n == 0 { 1 } else { f(n - 1) + f(n - 1) }; [#f(60)]",
    "while true { }",
    "let i = 0; while i >= 0 { i += 1 }",
    "for i in range(2000000) { [a #parbreak()] }",
    "table(columns: 1000, ..range(1000000).map(i => [x]))",
    "\"a\" * 1000000000",
    "lorem(100000000)",
    "grid(columns: (1fr,) * 1000000)",
    "image(\"/etc/passwd\")",
    "read(\"/etc/passwd\")",
    "json(\"../../x\")",
    "plugin(\"x.wasm\")",
    "import \"@preview/a:0.1.0\"",
    "panic(\"x\")",
    "let a = (); for i in range(1000000000) { a.push(i) }",
    "let a = (1,); for i in range(60) { a = a + a }",
    "context { for i in range(10000000) { measure([a #i]) } }",
    "let s = state(\"x\", 0); for i in range(10000000) { s.update(n => n + 1) }",
    "str.repeat",
    "regex(\"(a+)+$\").replace",
    "set page(width: 1pt, height: 1pt); [a]",
    "for i in range(100000) { footnote[a] }",
];

#[test]
#[ignore = "ten minutes: make trial"]
#[expect(clippy::print_stdout, reason = "its counts are for docs/trust.md")]
fn every_attack_of_a_template_ends_by_name() {
    let words = WORDED.iter().flat_map(|template| {
        let bodies = WORDS_WITHOUT_END.iter();
        bodies.map(move |body| (*template, *body))
    });
    let pages = PAGES_WITHOUT_END.iter().map(|body| (PAGE, *body));
    let attacks: Vec<(usize, (&str, &str))> = words.chain(pages).enumerate().collect();
    let faults = lab::side_by_side(&attacks, 2, |(number, (template, body))| {
        let folder = project(&format!("attack-{number}"), template, body);
        let (status, said, time) = run(&folder, &["build", "--jobs", "1"]);
        // What Typst computes in time may still not fit its page, or even be fine.
        let place = format!("templates/{template}");
        let named = said.contains(&place) || said.contains("error[text-overflows]");
        let other = folder.join("output/four-parties/vi.md").exists();
        let made = folder.join("output/two-parties").exists();
        let ended = match status {
            Some(0) => made,
            status => status == Some(1) && named && !made,
        };
        let sound = ended && other && !said.contains("root:");
        let fault = format!("{template} {body}: {status:?} in {time:?}: {said:.300}");
        (!sound || time > Duration::from_secs(60)).then_some(fault)
    });
    let faults: Vec<String> = faults.into_iter().flatten().collect();
    println!(
        "{} attacks, {} not ended by name",
        attacks.len(),
        faults.len()
    );
    assert!(faults.is_empty(), "{faults:#?}");
}

/// Returns the seconds of processor time in which the side-by-side pages of an
/// agreement of so many clauses are laid out, each of which refers to another.
fn seconds(clauses: usize) -> f64 {
    let folder = lab::project(&format!("limits-long-{clauses}"), &["two-parties"]);
    let file = folder.join("agreements/two-parties.yaml");
    let text = fs::read_to_string(&file).expect("an agreement");
    let (head, rest) = text.split_once("\ncontent:\n").expect("clauses");
    let (_, tail) = rest.split_once("\nsigning:").expect("an end");
    let clause = |index: usize| {
        let to = index * 7 % clauses;
        format!(
            "  - id: c{index}\n    text:\n      vi: Hai bên trao đổi kinh nghiệm theo [](clause:c{to}).\n      lo: ສອງຝ່າຍແລກປ່ຽນບົດຮຽນ ຕາມ [](clause:c{to}).\n"
        )
    };
    let content: String = (0..clauses).map(clause).collect();
    let text = format!("{head}\ncontent:\n{content}signing:{tail}");
    let text = text.replacen("status: final", "status: draft", 1);
    fs::write(&file, text).expect("writable");
    let run = "\"$0\" build --emit signatures --edition draft/vi-lo >/dev/null || exit 1; times";
    let output = Command::new("bash")
        .args(["-c", run, env!("CARGO_BIN_EXE_alternat")])
        .current_dir(&folder)
        .output()
        .expect("there is a shell");
    assert!(output.status.success(), "{}", lab::stderr(&output));
    // The second line is of the processes that it started: `0m1.234s 0m0.056s`.
    let said = lab::stdout(&output);
    let times = said.lines().nth(1).expect("times");
    let user = times.split_whitespace().next().expect("a time");
    let (minutes, seconds) = user.trim_end_matches('s').split_once('m').expect("a time");
    minutes.parse::<f64>().expect("minutes") * 60.0 + seconds.parse::<f64>().expect("seconds")
}

#[test]
#[ignore = "a minute: make trial"]
#[expect(clippy::print_stdout, reason = "its times are for people")]
fn every_page_takes_about_as_long_as_another() {
    let (short, long) = (seconds(250), seconds(1000));
    println!("250 clauses: {short:.1} s; 1000: {long:.1} s");
    // One table for the whole text took ten times as long.
    assert!(long < 7.0 * short, "{short} s and {long} s");
}
