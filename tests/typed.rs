//! What was typed is what is printed, or a finding says at its line why not.

use std::path::Path;

use alternat::agreement::{Field, Text, load};
use alternat::diagnostic::{Diagnostic, Findings};
use alternat::document::differences::Differences;
use alternat::document::reading::Reading;
use alternat::document::template::{self, Templates};
use alternat::document::tree::{Role, plain_text};
use alternat::document::{edition, markdown};
use alternat::language::{Language, Shelf};
use alternat::project::Project;
use alternat::source::Source;
use alternat::text::letters;

use crate::lab::{BASE, Made, Wanted, repository, side_by_side, workshop};

/// Returns the base with a first clause whose text in both languages is `markdown`,
/// under the header `style`.
fn agreement(markdown: &str, style: &str) -> Source {
    let start = BASE.find("    text:\n      vi: |-").expect("a clause");
    let end = BASE.find("  - id: visits").expect("the second clause");
    let block: String = markdown
        .lines()
        .map(|line| match line.trim() {
            "" => "\n".to_owned(),
            _ => format!("        {line}\n"),
        })
        .collect();
    let text = format!("    text:\n      vi: {style}\n{block}      lo: {style}\n{block}");
    let base = format!("{}{text}{}", &BASE[..start], &BASE[end..]);
    Source::new("agreements/x.yaml", base)
}

/// The codes that say that something is not printed as it was typed.
const CODES: [&str; 10] = [
    "lines-joined",
    "typed-not-printed",
    "mark-changed",
    "line-joined",
    "accidental-list",
    "mark-left-over",
    "bold-misread",
    "table-row",
    "table-unread",
    "cannot-typeset",
];

/// Returns the findings at the clause, as `code` and place.
fn found(source: &Source) -> Vec<String> {
    let end = source.text().find("  - id: visits").expect("a clause");
    let inside = |f: &&Diagnostic| {
        let label = f.labels.first();
        CODES.contains(&f.code) && label.is_some_and(|l| l.span.range().start < end)
    };
    let findings = workshop().check(source, None).findings;
    let line = |f: &Diagnostic| format!("{} {}", f.code, f.labels[0].span.text().trim());
    let mut lines: Vec<String> = findings.iter().filter(inside).map(line).collect();
    // Both languages have the text, so each finding is there twice.
    lines.sort();
    lines.dedup();
    lines
}

/// A text as it is typed, and what is found at which words.
const REPORTED: &[(&str, &[&str])] = &[
    (
        "Hai bên:\na. ế;\nb. ể.",
        &["line-joined a.", "line-joined b."],
    ),
    (
        "Hai bên:\n1.1. ế\n1.2. ể",
        &["line-joined 1.1.", "line-joined 1.2."],
    ),
    (
        "Hai bên:\n1.1 ế\n1.2 ể",
        &["line-joined 1.1", "line-joined 1.2"],
    ),
    (
        "Hai bên:\n(1) ế\n(2) ể",
        &["line-joined (1)", "line-joined (2)"],
    ),
    ("Hai bên\n(a) ế", &["line-joined (a)"]),
    (
        "Hai bên:\n1/ ế;\n2/ ể.",
        &["line-joined 1/", "line-joined 2/"],
    ),
    (
        "Hai bên:\n1- ế;\n2- ể.",
        &["line-joined 1-", "line-joined 2-"],
    ),
    (
        "Hai bên:\n1: ế;\n2: ể.",
        &["line-joined 1:", "line-joined 2:"],
    ),
    ("1.Hai bên ế.\n2.Hai bên ể.", &["line-joined 2."]),
    (
        "Hai bên:\nThứ nhất, ế.\nThứ hai, ể.",
        &["line-joined Thứ hai", "line-joined Thứ nhất"],
    ),
    ("STT\tTên\n1\tế\n2\tể", &["table-unread STT\tTên"]),
    ("ສອງຝ່າຍ:\nນ້ຳ;\nຕັ້ງ.", &["line-joined ຕັ້ງ.", "line-joined ນ້ຳ;"]),
    (
        "[](party:bac-ninh) ế",
        &["typed-not-printed [](party:bac-ninh)"],
    ),
    ("Hai bên:\n• ế\n• ể", &["line-joined •"]),
    ("Hai bên:\n– ế\n— ể", &["line-joined –", "line-joined —"]),
    ("Hai bên:\n-Trao đổi\n-Hỗ trợ", &["line-joined -"]),
    ("Hai bên:\n    - ế", &["line-joined -"]),
    (
        "ສອງຝ່າຍ:\n໑. ນ້ຳ\n໒. ຕັ້ງ",
        &["line-joined ໑.", "line-joined ໒."],
    ),
    (
        "Hai bên:\ni) ế\nii) ể",
        &["line-joined i)", "line-joined ii)"],
    ),
    (
        "Hai bên:\nĐiều 1. ế\nĐiều 2. ể",
        &["line-joined Điều 1", "line-joined Điều 2"],
    ),
    ("ສອງຝ່າຍ\nມາດຕາ 1 ນ້ຳ", &["line-joined ມາດຕາ 1"]),
    ("Hai bên\n2. ế", &["line-joined 2."]),
    ("giai đoạn 2028\n- 2030", &["accidental-list -"]),
    ("- ế;\n- ể.\nHai bên tiếp tục.", &["line-joined Hai"]),
    ("> ế\nể", &["line-joined ể"]),
    (">5 triệu đồng", &["typed-not-printed >"]),
    ("doanh thu\n> 5 triệu", &["typed-not-printed >"]),
    ("3. ế\n5. ể\n9. ễ", &["mark-changed 5.", "mark-changed 9."]),
    ("01. ế\n02. ể", &["mark-changed 01.", "mark-changed 02."]),
    ("+ ế\n+ ể", &["mark-changed +"]),
    ("| a | b |\n| ế | ể |", &["table-unread | a | b |"]),
    ("| a | b |\n|---|---|\n| ế |", &["table-row | ế |"]),
    (
        "Hai bên[^1] thăm.",
        &["mark-left-over [", "mark-left-over ]", "mark-left-over ^"],
    ),
    ("Hai ~~bên~~ thăm.", &["mark-left-over ~~"]),
    ("Hai ==bên== thăm.", &["mark-left-over =="]),
    ("10 m^2^ đất", &["mark-left-over ^"]),
    ("Hai $bên$ thăm.", &["mark-left-over $"]),
    ("::: note\nHai bên", &["mark-left-over :::"]),
    (
        "Hai&nbsp;bên&amp;ế",
        &["typed-not-printed &amp;", "typed-not-printed &nbsp;"],
    ),
    (
        r"Hai \*bên\* ở C:\_x",
        &[r"typed-not-printed \*", r"typed-not-printed \_"],
    ),
    ("Xem <http://x.vn> nhé", &["typed-not-printed <"]),
    ("# Hai bên", &["cannot-typeset # Hai bên"]),
    ("Hai bên\n===", &["cannot-typeset Hai bên"]),
    ("Hai bên\n---", &["cannot-typeset Hai bên"]),
    ("ế\n\n    Hai bên", &["cannot-typeset Hai bên"]),
    ("ế\n\n* * *", &["cannot-typeset * * *"]),
    ("Hai `bên` thăm.", &["typed-not-printed `"]),
    ("Xem [ế][ể].", &["mark-left-over [", "mark-left-over ]"]),
    ("Xem [ế thăm.", &["mark-left-over ["]),
    ("![ế](x)", &["cannot-typeset ![ế](x)"]),
    (
        "Hai __bên__ và _ế_",
        &["typed-not-printed _", "typed-not-printed __"],
    ),
    ("**Trao đổi đoàn:**hai bên", &["mark-left-over **"]),
    ("**ກ:**ຂ", &["mark-left-over **"]),
    ("**ກ:**ຂ**: ຄ**", &["bold-misread **"]),
    ("* ế*", &["mark-left-over *"]),
    ("Hai **bên thăm", &["mark-left-over **"]),
    (r"Hai bên \", &[r"mark-left-over \"]),
    ("Hai _x_y", &["mark-left-over _"]),
    (
        "[ế] (party:bac-ninh) và ](",
        &["mark-left-over [", "mark-left-over ]"],
    ),
];

#[test]
fn what_is_not_printed_as_typed_is_reported_at_its_words() {
    let mut faults = Vec::new();
    for (markdown, expected) in REPORTED {
        let found = found(&agreement(markdown, "|-"));
        if found != *expected {
            faults.push(format!("{markdown:?}: {found:?}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Texts that are printed as they were typed.
const RIGHT: &[&str] = &[
    "Hai bên:\na) ế;\nb) ể.",
    "ສອງຝ່າຍ:\nກ) ນ້ຳ;\nຂ) ຕັ້ງ.",
    "Gồm:\n1.1. Ế, ể\nvà ễ;\n1.2. Ợ.",
    "Hai bên:\n\na) ế;\n\nb) ể.",
    "Hai bên:\n- ế;\n- ể.",
    "Hai bên:\n\n1) ế;\n2) ể.",
    "1. ế\n2. ể\n\n   ễ",
    "7. ế\n8. ể",
    "* ế\n* ể",
    "Hai bên lập hai\n(02) bản, trong năm\n2027. Hai bên chi\n1.000 đồng,\n-2 độ, từ\n1.1.2027 (điều 1 và\n2) theo\nĐiều 5 của Luật.",
    "**Trao đổi đoàn**: hai bên *cùng* làm, **ກ**:ຂ",
    "***ế*** và **ể *ễ* ề**",
    "- ế\n  ể\n  - ễ\n    1. ề\n\n- Hai",
    "> ế\n> ể\n>\n> - ễ\n> - ề\n\nHai bên",
    "ế  \nể\\\nễ",
    "[Hội *LHPN*](party:bac-ninh) và [ế](https://x.vn/a_(b)) a_b@c.vn, 10$ và 20$, 3 x 5, ~5, a = b",
    "5 < 6 và 7 > 6; A & B; \"ế\" “ể” ‘ễ’ … C:\\x @#%{}/",
    "Bảng:\n| a | b |\n|:--|--:|\n| *ế* \\| ể | |\n\nHết.",
    "Họp số 5-6, giai đoạn 2026 - 2030\tvà  khác.",
];

#[test]
fn what_is_printed_as_typed_is_let_through() {
    for markdown in RIGHT {
        assert_eq!(found(&agreement(markdown, "|-")), [""; 0], "{markdown:?}");
    }
}

#[test]
fn lines_that_yaml_joins_are_reported() {
    for (markdown, expected) in [
        ("Hai bên:\n- ế;\n- ể.", "lines-joined - ế;"),
        ("Hai bên:\na) ế;", "lines-joined a) ế;"),
        ("doanh thu\n> 5 triệu", "line-joined >"),
        ("Hai bên \\\nMỗi bên", "mark-left-over \\"),
        ("Hai bên.\n\nMỗi bên.", "line-joined Mỗi"),
        ("Hai bên.\n  Mỗi bên.", "line-joined Mỗi"),
    ] {
        assert_eq!(
            found(&agreement(markdown, ">-")),
            [expected],
            "{markdown:?}"
        );
    }
    for markdown in [
        "Hai bên:\n\n- ế;\n\n- ể.",
        "Hai\nbên\n\n\nMỗi bên\n(02) bản",
        "Hai bên:\nTrao đổi;\nGiao lưu;\nHợp tác.",
    ] {
        assert_eq!(found(&agreement(markdown, ">-")), [""; 0], "{markdown:?}");
    }
}

/// A generator of the same numbers in every run (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % most as u64) as usize
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

const WORDS: [&str; 16] = [
    "Hai bên",
    "trao đổi",
    "ສອງຝ່າຍ",
    "ນ້ຳ",
    "ຕັ້ງ",
    "ế",
    "2030",
    "(02)",
    "5",
    "Điều 5",
    "“Hội”",
    "Lào",
    "v.v.",
    "10.000",
    "e\u{302}\u{301}",
    "ນ\u{ecd}\u{ec9}\u{eb2}",
];
const MARKS: [&str; 30] = [
    "**",
    "*",
    "***",
    "_",
    "__",
    "`",
    "~~",
    "==",
    "^",
    "$",
    "[",
    "]",
    "](",
    ")",
    "](party:bac-ninh)",
    "<",
    ">",
    "&",
    "&nbsp;",
    "\\",
    "\\*",
    "|",
    "[^1]",
    "!",
    "#",
    "  ",
    "<http://x.vn>",
    ":",
    "“",
    "”",
];
const OPENERS: [&str; 34] = [
    "- ",
    "- ",
    "* ",
    "+ ",
    "1. ",
    "2. ",
    "3. ",
    "1) ",
    "2) ",
    "01. ",
    "a) ",
    "b) ",
    "a. ",
    "ກ) ",
    "ຂ. ",
    "໑. ",
    "i) ",
    "1.1. ",
    "1.1 ",
    "(1) ",
    "(a) ",
    "• ",
    "– ",
    "— ",
    "-",
    "Điều 1. ",
    "ມາດຕາ 1 ",
    "> ",
    "| ",
    "# ",
    "    ",
    "  ",
    "::: ",
    "===",
];
const JOINTS: [&str; 12] = [
    " ", " ", " ", "", ", ", ": ", ":", "; ", " - ", "-", ".", "/",
];

/// Returns a text as somebody may type it.
fn typed_text(dice: &mut Dice) -> String {
    let mut text = String::new();
    for _ in 0..1 + dice.below(5) {
        if dice.below(3) == 0 {
            text.push_str(dice.pick(&OPENERS));
        }
        for _ in 0..1 + dice.below(5) {
            let marked = dice.below(4) == 0;
            let mark = if marked { dice.pick(&MARKS) } else { "" };
            text.push_str(mark);
            text.push_str(dice.pick(&WORDS));
            if marked && dice.below(3) > 0 {
                text.push_str(mark);
            }
            text.push_str(dice.pick(&JOINTS));
        }
        text.push_str(dice.pick(&["\n", "\n", "\n\n", "\\\n", "  \n"]));
    }
    text.trim_end_matches('\n').trim_start().to_owned()
}

/// What a person reads in a typed text: a line for each paragraph, letters without
/// white space. Of Markdown only what nobody can read otherwise is taken away:
/// pairs of stars right around words, `[words](target)`, `>` and the `\` at the end
/// of a line. Lines that begin as points do are lines of their own.
fn as_read(typed: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut apart = true;
    for typed_line in typed.lines() {
        let line = typed_line.trim();
        let bare = line.strip_prefix("> ").unwrap_or(line);
        let point = bare
            .split_once(' ')
            .is_some_and(|(first, _)| is_point(first));
        let starred = bare.strip_prefix("* ").map(|rest| format!("- {rest}"));
        let bare = starred.as_deref().unwrap_or(bare);
        let words = without_marks(bare.strip_suffix('\\').unwrap_or(bare));
        let words: String = words.chars().filter(|c| !c.is_whitespace()).collect();
        match lines.last_mut() {
            Some(last) if !apart && !point => last.push_str(&words),
            _ => lines.push(words),
        }
        apart = bare.is_empty() || bare.ends_with('\\') || typed_line.ends_with("  ");
    }
    lines.retain(|line| !line.is_empty());
    lines
}

/// Tells what a reader takes for the mark of a point.
fn is_point(word: &str) -> bool {
    let Some(core) = word.strip_suffix([')', '.']) else {
        return ["-", "*", "+", "•", "–", "—"].contains(&word);
    };
    let short = |part: &str| !part.is_empty() && part.len() < 3 && part.parse::<u8>().is_ok();
    core.chars().count() == 1 || core.chars().all(|c| c == 'i') || core.split('.').all(short)
}

/// Removes pairs of stars that stand right around words, and targets of links.
fn without_marks(line: &str) -> String {
    let mut text = line.to_owned();
    while let (Some(close), true) = (text.find("](party:bac-ninh)"), text.contains('[')) {
        let Some(open) = text[..close].rfind('[') else {
            break;
        };
        text.replace_range(close..close + "](party:bac-ninh)".len(), "");
        text.replace_range(open..open + 1, "");
    }
    text.replace('*', "")
}

/// Returns the lines of the first clause as they are printed, without white space.
fn as_printed(made: &Made) -> Vec<String> {
    let file = made
        .files
        .iter()
        .find(|file| file.path == "vi.md")
        .expect("a text");
    let text = String::from_utf8(file.bytes.clone()).expect("UTF-8");
    let document = markdown::parse(&Source::new("vi.md", text), &Language("vi".to_owned()));
    let sections = document.expect("our own Markdown").sections;
    let mut units = sections.iter().flat_map(|section| &section.units);
    let unit = units
        .find(|unit| unit.id == "friendship")
        .expect("the clause");
    let text = plain_text(&unit.blocks);
    let text = text.strip_prefix("1. ").expect("a numbered clause");
    let text = text.strip_prefix("Về trao đổi đoàn:").unwrap_or(text);
    let squeeze = |line: &str| {
        line.chars()
            .filter(|c| !c.is_whitespace())
            .collect::<String>()
    };
    text.lines()
        .map(squeeze)
        .filter(|line| !line.is_empty())
        .collect()
}

/// Generated texts in every run.
const TEXTS: usize = 800;

#[test]
fn generated_texts_are_printed_as_typed_or_reported() {
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    let texts: Vec<String> = (0..TEXTS).map(|_| typed_text(&mut dice)).collect();
    let numbered: Vec<(usize, &String)> = texts.iter().enumerate().collect();
    let faults = side_by_side(&numbered, 2, |(index, typed)| {
        // Of a break by two spaces nothing is left where YAML joins the lines.
        let folded = index % 3 == 0 && !typed.contains("  \n");
        let source = agreement(typed, if folded { ">-" } else { "|-" })
            .text()
            .replace("status: final", "status: draft");
        let title = BASE
            .lines()
            .find(|line| line.contains("title: "))
            .expect("a title");
        let source = match index % 2 {
            0 => source,
            _ => source.replacen(title, "", 1),
        };
        let source = Source::new("agreements/x.yaml", source);
        if !found(&source).is_empty() {
            return None;
        }
        let made = workshop().make(&source, None, Wanted::TEXTS);
        let errors: Vec<&str> = made
            .findings
            .iter()
            .filter(|f| f.is_error())
            .map(|f| f.code)
            .collect();
        if !errors.is_empty() {
            return None;
        }
        let (read, printed) = (as_read(&letters::normalise(typed)), as_printed(&made));
        Some(
            (read != printed)
                .then(|| format!("{typed:?}\n  read as {read:?}\n  printed {printed:?}")),
        )
    });
    let silent = faults.iter().flatten().count();
    let lies: Vec<&String> = faults.iter().flatten().flatten().collect();
    let shown: Vec<&&String> = lies.iter().take(8).collect();
    assert!(lies.is_empty(), "{} of {silent}:\n{shown:#?}", lies.len());
    assert!(silent > TEXTS / 6, "only {silent} texts without a finding");
}

/// Strings made of everything that Markdown, Tera or a template could act on.
fn plain_value(dice: &mut Dice) -> String {
    let mut text = String::new();
    for _ in 0..1 + dice.below(8) {
        match dice.below(6) {
            0..3 => {
                let sign = b"!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"[dice.below(32)];
                text.push(char::from(sign));
            }
            3 => text.push_str(&dice.below(40).to_string()),
            4 => text.push(' '),
            _ => text.push_str(dice.pick(&WORDS)),
        }
    }
    let text = letters::normalise(&text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn plain_values_come_back_unchanged() {
    let contexts = [
        ("{{ parties[0].name }}", "", ""),
        ("{{ parties[0].name }} x", "", " x"),
        ("Tên: {{ parties[0].name }}.", "Tên: ", "."),
        ("**{{ parties[0].name }}**", "", ""),
        ("**GIỮA {{ parties[0].name }},**\\\n**x**", "GIỮA ", ",\nx"),
        ("- {{ parties[0].name }}", "- ", ""),
        ("1. **{{ parties[0].name }}:** x", "1. ", ": x"),
        ("x\n\n{{ parties[0].name }}\\\nx", "x\n", "\nx"),
    ];
    let mut dice = Dice(0xd1ce);
    let loaded = load::load(&Source::new("x.yaml", BASE)).expect("a sound base");
    let language = Language("vi".to_owned());
    let project = Project::new(repository());
    let files = project.materials().expect("the templates").templates;
    let shelf = Shelf::read(&files, None).expect("the packs");
    let mut reading = Reading::of(loaded, &shelf, &mut Findings::default());
    let key = edition::texts(&reading.agreement)[0].text(&language);
    let mut values = 0;
    for (template, before, after) in contexts {
        let markdown = files.iter().filter(|(path, _)| path.ends_with(".md"));
        let sources = markdown.map(|(path, source)| match path.as_str() {
            "vi/preamble.md" => (path.clone(), Source::new("preamble.md", template)),
            _ => (path.clone(), source.clone()),
        });
        let templates = Templates::new(sources).expect("sound templates");
        let pack = workshop()
            .packs()
            .find(|pack| pack.language == language)
            .expect("a pack");
        for _ in 0..650 {
            let value = plain_value(&mut dice);
            if value.is_empty() {
                continue;
            }
            values += 1;
            let names = &mut reading.agreement.parties[0].name.by_language;
            names.insert(language.clone(), Some(value.clone()));
            let text = template::render(&reading, &key, &Differences::default(), pack, &templates);
            let text = Source::new("vi.md", text.expect("a rendered text"));
            let document = markdown::parse(&text, &language);
            let document =
                document.unwrap_or_else(|found| panic!("{value:?} in {template:?}: {found:?}"));
            let mut sections = document.sections.iter();
            let section = sections
                .find(|section| section.role == Role::Preamble)
                .expect("it");
            let printed = plain_text(&section.units[0].blocks);
            assert_eq!(
                printed.trim_end_matches('\n'),
                format!("{before}{value}{after}"),
                "{template:?}"
            );
        }
    }
    assert!(values > 5000, "{values}");
}

#[test]
fn one_mark_stands_after_a_title() {
    for (title, printed) in [
        ("Về văn hóa", "Về văn hóa: Hai"),
        ("\"Về văn hóa:\"", "Về văn hóa: Hai"),
        ("\"Về văn hóa :\"", "Về văn hóa: Hai"),
        ("Về văn hóa.", "Về văn hóa. Hai"),
        ("Ai chủ trì?", "Ai chủ trì? Hai"),
        ("Về văn hóa…", "Về văn hóa… Hai"),
    ] {
        let text = BASE.replace("Về trao đổi đoàn", title);
        let made = workshop().make(&Source::new("x.yaml", text), None, Wanted::TEXTS);
        let file = made
            .files
            .iter()
            .find(|file| file.path == "vi.md")
            .expect("a text");
        let text = String::from_utf8(file.bytes.clone())
            .expect("UTF-8")
            .replace("**", "");
        assert!(text.contains(&format!("1. {printed}")), "{title}");
    }
}

#[test]
fn one_colon_stands_after_an_office() {
    let text = BASE.replacen("vi: Văn phòng,", "vi: \"Văn phòng:\",", 1);
    let made = workshop().make(&Source::new("x.yaml", text), None, Wanted::TEXTS);
    let file = made.files.iter().find(|file| file.path == "vi.md");
    let text = String::from_utf8(file.expect("a text").bytes.clone()).expect("UTF-8");
    assert!(text.contains("của Văn phòng:**"), "{text}");
}

/// Returns the words of all fields of an agreement that are printed in `languages`,
/// as they stand between white space and signs.
pub(crate) fn words(file: &Path, languages: impl Iterator<Item = String>) -> Vec<String> {
    let text = std::fs::read_to_string(file).expect("an agreement");
    let agreement = load::load(&Source::new("x.yaml", text))
        .expect("a sound one")
        .agreement;
    // What explains a party is not printed, and its short name not everywhere.
    let unseen = |field| matches!(field, Field::Short(_) | Field::FormerName(_));
    let texts = agreement.texts().into_iter();
    let texts: Vec<&Text> = texts
        .filter(|(field, _)| !unseen(*field))
        .map(|(_, text)| text)
        .collect();
    let mut lines: Vec<&str> = agreement.contact_values().map(|(_, value)| value).collect();
    for language in languages.map(Language) {
        lines.extend(texts.iter().filter_map(|text| text.get(&language)));
    }
    let printed = |line: &str| {
        // Of a mention or a reference only its words are printed.
        let parts = line.split("](").enumerate();
        let parts = parts.map(|(index, part)| match index {
            0 => part,
            _ => part.split_once(')').map_or("", |(_, rest)| rest),
        });
        parts.collect::<Vec<_>>().join(" ")
    };
    let apart = |c: char| c.is_whitespace() || c.is_ascii_punctuation();
    let mut words: Vec<String> = lines
        .into_iter()
        .map(printed)
        .flat_map(|line| line.split(apart).map(str::to_owned).collect::<Vec<_>>())
        .filter(|word| !word.is_empty())
        .collect();
    words.sort();
    words.dedup();
    words
}
