//! Slips that people make in YAML: made by script in the agreements of the
//! repository, each kind at ten places and in both languages, and told at their
//! lines; the line that a finding proposes gives the text that was meant.

use std::collections::BTreeMap;
use std::fs;

use alternat::agreement::load;
use alternat::diagnostic::Diagnostic;
use alternat::source::Source;
use alternat::text::yaml::{self, Node, Value};

use crate::lab;

/// So many places are tried for each kind and language.
const PLACES: usize = 10;

/// A slip that was made: the file with it, its line, and the file as meant.
struct Made {
    slipped: String,
    line: usize,
    meant: Option<String>,
}

/// A line of an agreement in parts: `      vi: Hai bên`.
struct Entry<'a> {
    before: &'a [&'a str],
    after: &'a [&'a str],
    indent: &'a str,
    key: &'a str,
    value: &'a str,
}

impl Entry<'_> {
    fn file(&self, lines: &str) -> String {
        let (before, after) = (self.before.join("\n"), self.after.join("\n"));
        format!("{before}\n{lines}\n{after}\n")
    }

    /// Makes a slip: `lines` for the entry, which was meant as the text `meant`.
    fn slip(&self, lines: &str, meant: &str) -> Made {
        let quoted = meant.replace('\'', "''");
        let right = format!("{}{}: '{quoted}'", self.indent, self.key);
        Made {
            slipped: self.file(lines),
            line: self.before.len() + 1,
            meant: Some(self.file(&right)),
        }
    }

    /// Makes a slip in the value alone.
    fn value(&self, value: &str) -> Made {
        self.slip(&format!("{}{}: {value}", self.indent, self.key), value)
    }

    fn whole(&self) -> String {
        format!("{}: {}", self.key, self.value)
    }

    /// Returns the value in two parts, the first of one word.
    fn parts(&self) -> (&str, &str) {
        self.value.split_once(' ').unwrap_or((self.value, "ba"))
    }
}

type Make = fn(&Entry<'_>) -> Made;

/// Slips in a line `vi: text`, by name.
const KINDS: [(&str, Make); 40] = [
    ("colon at the end", |e| e.value(&format!("{}:", e.value))),
    ("colon inside", |e| {
        let (one, two) = e.parts();
        e.value(&format!("{one}: {two}"))
    }),
    ("one space too few", |e| {
        e.slip(&format!("{}{}", &e.indent[1..], e.whole()), e.value)
    }),
    ("one space too many", |e| {
        e.slip(&format!("{} {}", e.indent, e.whole()), e.value)
    }),
    ("two spaces too many", |e| {
        e.slip(&format!("{}  {}", e.indent, e.whole()), e.value)
    }),
    ("no closing mark", |e| {
        e.slip(&format!("{}{}: \"{}", e.indent, e.key, e.value), e.value)
    }),
    ("no closing apostrophe", |e| {
        e.slip(&format!("{}{}: '{}", e.indent, e.key, e.value), e.value)
    }),
    ("no opening mark", |e| {
        e.slip(&format!("{}{}: {}\"", e.indent, e.key, e.value), e.value)
    }),
    ("marks within marks", |e| {
        let (one, two) = e.parts();
        let text = format!("{one} \"hai ຕັ້ງ\" {two}");
        e.slip(&format!("{}{}: \"{text}\"", e.indent, e.key), &text)
    }),
    ("marks around the first words", |e| {
        let (one, two) = e.parts();
        e.value(&format!("\"{one}\" {two}"))
    }),
    ("marks around the first and the last words", |e| {
        let (one, two) = e.parts();
        e.value(&format!("\"{one} ກ\" {two} \"ຕັ້ງ ề\""))
    }),
    ("apostrophe within", |e| {
        let (one, two) = e.parts();
        let text = format!("{one} K'ho {two}");
        e.slip(&format!("{}{}: '{text}'", e.indent, e.key), &text)
    }),
    ("typographic marks", |e| {
        let text = format!("{}: ກ", e.value);
        e.slip(&format!("{}{}: “{text}”", e.indent, e.key), &text)
    }),
    ("tab before", |e| {
        let tabs = "\t".repeat(e.indent.len() / 2);
        e.slip(&format!("{tabs}{}", e.whole()), e.value)
    }),
    ("tab among spaces", |e| {
        e.slip(&format!("{}\t{}", &e.indent[2..], e.whole()), e.value)
    }),
    ("no-break spaces before", |e| {
        e.slip(
            &format!("{}{}", e.indent.replace(' ', "\u{a0}"), e.whole()),
            e.value,
        )
    }),
    ("zero-width space before", |e| {
        e.slip(&format!("{}\u{200b}{}", e.indent, e.whole()), e.value)
    }),
    ("no space behind the colon", |e| {
        e.slip(&format!("{}{}:{}", e.indent, e.key, e.value), e.value)
    }),
    ("no-break space behind the colon", |e| {
        e.slip(&format!("{}{}:\u{a0}{}", e.indent, e.key, e.value), e.value)
    }),
    ("no colon", |e| {
        e.slip(&format!("{}{} {}", e.indent, e.key, e.value), e.value)
    }),
    ("full-width colon", |e| {
        e.slip(&format!("{}{}：{}", e.indent, e.key, e.value), e.value)
    }),
    ("semicolon", |e| {
        e.slip(&format!("{}{}; {}", e.indent, e.key, e.value), e.value)
    }),
    ("starts with **", |e| e.value(&format!("**{}**", e.value))),
    ("starts with *", |e| e.value(&format!("*{}", e.value))),
    ("starts with &", |e| e.value(&format!("& {}", e.value))),
    ("starts with &word", |e| {
        e.value(&format!("&hai {}", e.value))
    }),
    ("starts with a link", |e| {
        e.value(&format!("[{}](party:x) ຕັ້ງ", e.value))
    }),
    ("starts with {", |e| e.value(&format!("{{x}} {}", e.value))),
    ("starts with !word", |e| {
        e.value(&format!("!hai {}", e.value))
    }),
    ("starts with %", |e| e.value(&format!("%{}", e.value))),
    ("starts with @", |e| e.value(&format!("@{}", e.value))),
    ("starts with `", |e| e.value(&format!("`{}`", e.value))),
    ("starts with |", |e| e.value(&format!("|{}", e.value))),
    ("starts with >", |e| e.value(&format!("> {}", e.value))),
    ("starts with -", |e| e.value(&format!("- {}", e.value))),
    ("starts with ?", |e| e.value(&format!("? {}", e.value))),
    ("starts with #", |e| e.value(&format!("#398 {}", e.value))),
    ("a # within", |e| {
        let (one, two) = e.parts();
        e.value(&format!("{one} #398 {two}"))
    }),
    ("a second line at the edge", |e| {
        let text = format!("{} ຕັ້ງ ề", e.value);
        let mut made = e.slip(&format!("{}{}\nຕັ້ງ ề", e.indent, e.whole()), &text);
        made.line += 1;
        made
    }),
    ("a line of dashes", |e| {
        let mut made = e.slip(&format!("---\n{}{}", e.indent, e.whole()), e.value);
        made.meant = None;
        made
    }),
];

/// Slips in other lines: a line of an agreement to what becomes of it.
type Spoil = fn(&str) -> Option<String>;

const OTHERS: [(&str, Spoil); 14] = [
    ("item too far right", |line| {
        item(line).map(|_| format!(" {line}"))
    }),
    ("item too far left", |line| {
        item(line).map(|_| line[1..].to_owned())
    }),
    ("item without a space", |line| {
        item(line).map(|item| line.replacen(item, &item.replacen("- ", "-", 1), 1))
    }),
    ("key too far right", |line| {
        key(line).map(|_| format!(" {line}"))
    }),
    ("key too far left", |line| {
        key(line).map(|_| line[1..].to_owned())
    }),
    ("key with a tab", |line| {
        key(line).map(|key| format!("\t{key}"))
    }),
    ("brace not closed", |line| {
        braces(line).map(|_| line.replacen('}', "", 1))
    }),
    ("brace too many", |line| {
        braces(line).map(|_| line.replacen('}', "}}", 1))
    }),
    ("brace not opened", |line| {
        braces(line).map(|_| line.replacen('{', "", 1))
    }),
    ("comma forgotten", |line| {
        braces(line).map(|_| line.replacen(',', "", 1))
    }),
    ("comma twice", |line| {
        braces(line).map(|_| line.replacen(',', ",,", 1))
    }),
    ("colon between braces", |line| {
        braces(line)
            .filter(|_| line.contains("vi:"))
            .map(|_| line.replacen(',', ": x,", 1))
    }),
    ("mark between braces", |line| {
        braces(line)
            .filter(|_| line.contains("vi:"))
            .map(|_| line.replacen("vi: ", "vi: \"", 1))
    }),
    ("line of a text at the edge", |line| {
        prose(line).map(str::to_owned)
    }),
];

fn item(line: &str) -> Option<&str> {
    let item = line.trim_start();
    (item.starts_with("- id:") && line.starts_with("  ")).then_some(item)
}

fn key(line: &str) -> Option<&str> {
    let key = line.trim_start();
    let names = [
        "title:",
        "text:",
        "phone:",
        "email:",
        "name:",
        "signatory:",
        "contact:",
        "post:",
    ];
    let own = names.iter().any(|name| key.starts_with(name));
    (own && line.starts_with("    ")).then_some(key)
}

fn braces(line: &str) -> Option<&str> {
    let one = line.matches('{').count() == 1 && line.trim_end().ends_with('}');
    (one && line.contains(", ") && !line.contains('"')).then_some(line)
}

/// A line of running text below `>-`.
fn prose(line: &str) -> Option<&str> {
    let text = line.trim_start();
    let plain =
        !text.contains(':') && text.starts_with(|c: char| !c.is_ascii()) && text.contains(' ');
    (plain && line.starts_with("    ") && !text.starts_with("- ")).then_some(text)
}

fn agreements() -> Vec<String> {
    let folder = lab::repository().join("agreements");
    let names = lab::files_below(&folder);
    let names = names.iter().filter(|name| {
        name.ends_with(".yaml") && *name != "glossary.yaml" && *name != "parties.yaml"
    });
    names
        .map(|name| fs::read_to_string(folder.join(name)).expect("an agreement"))
        .collect()
}

/// Returns some of many, spread evenly.
fn spread<T>(all: Vec<T>) -> Vec<T> {
    let count = all.len();
    let chosen = |at: usize| (0..PLACES).any(|place| place * count / PLACES == at);
    let all = all.into_iter().enumerate();
    all.filter(|(at, _)| chosen(*at))
        .map(|(_, one)| one)
        .collect()
}

/// Makes every slip of [`KINDS`] in texts of `language`.
fn in_texts(language: &str, make: Make) -> Vec<Made> {
    let mut all = Vec::new();
    for file in agreements() {
        let lines: Vec<&str> = file.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            let content = line.trim_start();
            let Some((key, value)) = content.split_once(": ") else {
                continue;
            };
            let plain = value.starts_with(char::is_alphabetic) && !value.contains([':', '#', '"']);
            if key == language && plain && line.starts_with("      ") {
                let entry = Entry {
                    before: &lines[..at],
                    after: &lines[at + 1..],
                    indent: &line[..line.len() - content.len()],
                    key,
                    value,
                };
                all.push(make(&entry));
            }
        }
    }
    spread(all)
}

/// Makes a slip of [`OTHERS`].
fn in_others(spoil: Spoil) -> Vec<Made> {
    let mut all = Vec::new();
    for file in agreements() {
        let lines: Vec<&str> = file.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            if let Some(spoilt) = spoil(line) {
                let mut slipped = lines.clone();
                slipped[at] = &spoilt;
                all.push(Made {
                    slipped: slipped.join("\n") + "\n",
                    line: at + 1,
                    meant: Some(file.clone()).filter(|_| !spoilt.contains(": x,")),
                });
            }
        }
    }
    spread(all)
}

/// How the slips of a kind were answered.
#[derive(Default)]
struct Score {
    tried: usize,
    there: usize,
    off: Vec<String>,
    proposed: usize,
    wrong: Vec<String>,
    several: usize,
    codes: BTreeMap<&'static str, usize>,
}

impl Score {
    fn count(&mut self, made: &Made) {
        self.tried += 1;
        let source = Source::new("x.yaml", made.slipped.as_str());
        let Err(mut faults) = load::load(&source) else {
            self.off.push(format!("line {}: no finding", made.line));
            return;
        };
        faults.sort_by(|a, b| a.place().cmp(&b.place()));
        let fault = &faults[0];
        *self.codes.entry(fault.code).or_default() += 1;
        self.several += usize::from(faults.len() > 1);
        let line = fault.labels[0].span.line();
        if line == made.line && fault.code != "yaml-syntax" {
            self.there += 1;
        } else {
            self.off
                .push(format!("line {}: {} at {line}", made.line, fault.code));
        }
        self.try_out(made, fault);
    }

    /// Puts the proposed line in the place of the line of the finding.
    fn try_out(&mut self, made: &Made, fault: &Diagnostic) {
        let (Some(typed), Some(meant)) = (fault.details.first(), &made.meant) else {
            return;
        };
        self.proposed += 1;
        let mut lines: Vec<&str> = made.slipped.lines().collect();
        lines[fault.labels[0].span.line() - 1] = typed;
        let file = lines.join("\n") + "\n";
        let mended = yaml::parse(&Source::new("x.yaml", file)).map(|node| shape(&node));
        let meant = yaml::parse(&Source::new("x.yaml", meant.as_str())).map(|node| shape(&node));
        if mended.ok() != Some(meant.expect("the file as meant is valid")) {
            self.wrong.push(typed.clone());
        }
    }
}

/// Returns a tree without its places.
fn shape(node: &Node) -> String {
    match &node.value {
        Value::Blank => "~".to_owned(),
        Value::Scalar(text) => format!("{text:?}"),
        Value::List(items) => items
            .iter()
            .map(|item| format!("[{}]", shape(item)))
            .collect(),
        Value::Map(entries) => entries
            .iter()
            .map(|entry| format!("{{{}: {}}}", entry.key, shape(&entry.node)))
            .collect(),
    }
}

/// Prints the table of kinds: `cargo test slips_are_told -- --nocapture`.
#[expect(
    clippy::print_stdout,
    reason = "the table is for whoever runs the test"
)]
fn show(scores: &[(String, Score)]) {
    println!("tried at-line several proposed wrong  kind");
    for (name, score) in scores {
        println!(
            "{:5} {:7} {:7} {:8} {:5}  {name} {:?}",
            score.tried,
            score.there,
            score.several,
            score.proposed,
            score.wrong.len(),
            score.codes
        );
        score
            .off
            .iter()
            .take(3)
            .for_each(|off| println!("      {off}"));
        score
            .wrong
            .iter()
            .take(2)
            .for_each(|wrong| println!("      wrong: {wrong}"));
    }
}

#[test]
fn slips_are_told_at_their_lines() {
    let mut scores: Vec<(String, Score)> = Vec::new();
    for (name, make) in KINDS {
        for language in ["vi", "lo"] {
            let mut score = Score::default();
            in_texts(language, make)
                .iter()
                .for_each(|made| score.count(made));
            scores.push((format!("{name} ({language})"), score));
        }
    }
    for (name, spoil) in OTHERS {
        let mut score = Score::default();
        in_others(spoil).iter().for_each(|made| score.count(made));
        scores.push((name.to_owned(), score));
    }
    show(&scores);
    let total =
        |count: fn(&Score) -> usize| scores.iter().map(|(_, score)| count(score)).sum::<usize>();
    let (tried, there) = (total(|score| score.tried), total(|score| score.there));
    assert!(tried >= 600, "only {tried} slips were made");
    assert!(
        there * 100 >= tried * 95,
        "{there} of {tried} at their lines"
    );
    assert_eq!(
        total(|score| score.wrong.len()),
        0,
        "a proposed line changes the text"
    );
}

/// What looks like a slip and is none: a value behind `vi:`, and its text.
const ALIKE: [(&str, &str); 63] = [
    ("\"Hai bên: một\"", "Hai bên: một"),
    ("'Hai bên thống nhất:'", "Hai bên thống nhất:"),
    ("Hai bên lúc 12:30", "Hai bên lúc 12:30"),
    ("tỷ lệ 1:2", "tỷ lệ 1:2"),
    ("https://example.org/ề#mục", "https://example.org/ề#mục"),
    ("Cột mốc số#398", "Cột mốc số#398"),
    ("C# và F# ຕັ້ງ", "C# và F# ຕັ້ງ"),
    ("\"cột mốc #398\"", "cột mốc #398"),
    ("'cột mốc #398'", "cột mốc #398"),
    ("Ngụy Thị Tuyến    # chưa rõ", "Ngụy Thị Tuyến"),
    ("Hai bên  # ghi chú", "Hai bên"),
    ("ສອງຝ່າຍ   ## ບັນທຶກ", "ສອງຝ່າຍ"),
    ("draft # draft or final", "draft"),
    ("2025-07-01 # the day", "2025-07-01"),
    ("\"Hai bên\" # ghi chú", "Hai bên"),
    ("'Hai bên'  # 2 bên", "Hai bên"),
    (
        "|-\n  cột mốc #398\n  # không phải ghi chú",
        "cột mốc #398\n# không phải ghi chú",
    ),
    (">-\n  cột mốc #398\n  và #400", "cột mốc #398 và #400"),
    (">- # ghi chú\n  một\n  hai", "một hai"),
    ("|- # danh sách\n  - một\n  - hai", "- một\n- hai"),
    ("\"**Hai bên** họp\"", "**Hai bên** họp"),
    ("|-\n  **Hai bên** họp:\n  *một*", "**Hai bên** họp:\n*một*"),
    ("'[Hủa Phăn](party:x) và'", "[Hủa Phăn](party:x) và"),
    ("Hai bên [Hủa Phăn](party:x)", "Hai bên [Hủa Phăn](party:x)"),
    ("Hai bên * và & và !", "Hai bên * và & và !"),
    ("-5 độ", "-5 độ"),
    ("-ề", "-ề"),
    ("+84 236 3822 041", "+84 236 3822 041"),
    ("?ề", "?ề"),
    (":ề", ":ề"),
    ("~ề", "~ề"),
    ("$5", "$5"),
    ("(một) hai", "(một) hai"),
    ("50% ຕັ້ງ @ nhà", "50% ຕັ້ງ @ nhà"),
    ("Hai bên - một", "Hai bên - một"),
    ("Hai bên \"A\" và \"B\"", "Hai bên \"A\" và \"B\""),
    ("gọi là \"hai bên\"", "gọi là \"hai bên\""),
    ("“Hai bên” họp", "“Hai bên” họp"),
    ("“Hai bên”", "“Hai bên”"),
    ("K'ho và Ba'na", "K'ho và Ba'na"),
    ("'K''ho'", "K'ho"),
    ("\"gọi là \\\"hai bên\\\"\"", "gọi là \"hai bên\""),
    ("\"một\\nhai\"", "một\nhai"),
    ("\"C:\\\\tam\"", "C:\\tam"),
    ("'C:\\tam'", "C:\\tam"),
    ("C:\\tam\\ề", "C:\\tam\\ề"),
    ("\"Hai bên\n  họp\n\n  tại\"", "Hai bên họp\ntại"),
    ("Hai bên\n  họp tại\n  ຕັ້ງ", "Hai bên họp tại ຕັ້ງ"),
    (">-\n  giai đoạn 2026\n  - 2030", "giai đoạn 2026 - 2030"),
    (
        ">-\n  Việt Nam\n  - Lào ngày\n  20",
        "Việt Nam - Lào ngày 20",
    ),
    (">-\n  năm\n  2026. Hai bên", "năm 2026. Hai bên"),
    (">-\n  - một\n\n  - hai", "- một\n- hai"),
    (">-\n  một\n    - hai\n    - ba", "một\n  - hai\n  - ba"),
    (">-\n  ສອງຝ່າຍ ເຫັນດີ\n  ແລະ ລົງນາມ", "ສອງຝ່າຍ ເຫັນດີ ແລະ ລົງນາມ"),
    (
        "|-\n  một\n\n\n    hai\n  ba: bốn",
        "một\n\n\n  hai\nba: bốn",
    ),
    ("|-\n  ---\n  ...", "---\n..."),
    ("Hội\tHuế", "Hội\tHuế"),
    ("một, hai, ba", "một, hai, ba"),
    ("một {hai} ba", "một {hai} ba"),
    ("một [hai]", "một [hai]"),
    ("!!str 123", "123"),
    ("màn hình 32\"", "màn hình 32\""),
    ("Điều 1) một a) hai", "Điều 1) một a) hai"),
];

#[test]
fn look_alikes_are_left_alone() {
    for (typed, text) in ALIKE {
        for end in ["", "lo: ຕັ້ງ\n"] {
            let file = format!("vi: {typed}\n{end}");
            let root = yaml::parse(&Source::new("x.yaml", file.as_str()));
            let root = root.unwrap_or_else(|faults| panic!("{file}: {:?}", faults[0]));
            assert_eq!(root.get("vi").and_then(Node::text), Some(text), "{file}");
        }
    }
    for file in [
        "---\nvi: x\n",
        "%YAML 1.2\n---\nvi: x\n",
        "vi: x\n...\n",
        "\u{feff}vi: x\n",
        "vi : x\n",
        "vi:   x\n",
        "vi:\n- x\n- y\n",
        "vi: {a: b, c: [d, e]}  # ghi chú\n",
        "vi: {\n  a: b, # ghi chú\n  c: d,\n}\n",
        "vi: # ghi chú\n  a: b\n",
        "vi: &name Hai bên\nlo: *name\n",
        "vi: &name\n  a: b\nlo: *name\n",
        "vi:   # 5 dòng\nlo: ~\n",
        "vi:\n    a: b\n    c: d\n",
    ] {
        let parsed = yaml::parse(&Source::new("x.yaml", file));
        assert!(parsed.is_ok(), "{file}: {parsed:?}");
    }
}

/// Several slips in one file, and the lines at which they are told.
const TOGETHER: [(&str, &[(usize, &str)]); 14] = [
    (
        "text:\n  vi: Hai bên:\n  lo: ສອງຝ່າຍ:\n",
        &[(2, "colon-in-text"), (3, "colon-in-text")],
    ),
    (
        "text:\n  vi:Hai bên\n  lo: ສອງ: ຝ່າຍ\n",
        &[(2, "key-colon"), (3, "colon-in-text")],
    ),
    (
        "text:\n  vi: **Hai** bên\n  lo: \"ສອງ\ntitle:\n\tvi: một\n",
        &[
            (2, "reserved-start"),
            (3, "quotation-mark"),
            (5, "odd-space"),
        ],
    ),
    (
        "term: {from: 2025, to: 2027\nstatus: draft\ntext:\n  vi: - một\n",
        &[(1, "unpaired-bracket"), (4, "reserved-start")],
    ),
    (
        "vi: Hai bên #398\nlo: ສອງຝ່າຍ #400\n",
        &[(1, "text-cut"), (2, "text-cut")],
    ),
    ("vi: Hai bên\n  họp tại #398\nlo: x\n", &[(2, "text-cut")]),
    (
        "vi: Hanoi #2 và\nlo: {vi: ~, lo: x}}\n",
        &[(2, "unpaired-bracket")],
    ),
    ("a: {vi: Hai bên #398\n  , lo: x}\n", &[(1, "text-cut")]),
    ("vi: >-\n  gồm:\n  - một\n  - hai\n", &[(3, "lines-joined")]),
    ("vi: \"gồm\n  a) một;\n  b) hai\"\n", &[(3, "lines-joined")]),
    ("lo: >-\n  ສອງຝ່າຍ ເ\n  ຫັນດີ\n", &[(3, "word-torn")]),
    ("vi: \"C:\\new\\tam\"\n", &[(1, "backslash")]),
    ("<<: {vi: x}\nlo: y\n", &[(1, "reserved-start")]),
    ("%Hai bên\n---\nvi: x\n", &[(1, "several-documents")]),
];

#[test]
fn several_slips_are_told_at_once() {
    for (file, expected) in TOGETHER {
        let faults = yaml::parse(&Source::new("x.yaml", file)).expect_err(file);
        let mut found: Vec<(usize, &str)> = faults
            .iter()
            .map(|fault| (fault.labels[0].span.line(), fault.code))
            .collect();
        found.sort_unstable();
        assert_eq!(found, expected, "{file}");
    }
}

#[test]
fn no_text_is_too_odd() {
    let signs = [
        "vi",
        "lo",
        ":",
        ": ",
        " ",
        "  ",
        "\n",
        "\n  ",
        "\n    ",
        "- ",
        "-",
        "\"",
        "'",
        "{",
        "}",
        "[",
        "]",
        ",",
        "#",
        " #",
        "&a",
        "*a",
        "!x",
        "|",
        ">-\n",
        "ຕັ້ງ",
        "ề",
        "\t",
        "\u{a0}",
        "\u{200b}",
        "“",
        "”",
        "---\n",
        "%",
        "<<:",
        "\\",
        "id: a\n",
        "text:\n",
        "：",
    ];
    let mut state = 7_u64;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..24 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            text += signs[(state >> 33) as usize % signs.len()];
        }
        // Whatever it is, it is read or refused, and what is refused has a place.
        if let Err(faults) = yaml::parse(&Source::new("x.yaml", text.as_str())) {
            assert!(!faults.is_empty() && !faults[0].labels.is_empty(), "{text}");
        }
    }
}
