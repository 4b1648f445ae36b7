//! What a lock notices: changes past it, by kind, and what it leaves free.
//!
//! `tests/locks/base.yaml` is frozen as it is; then one thing is changed in it, in
//! a template or in the look, and the lock is asked. The ordinary suite takes every
//! tenth of the changes; `make trial` takes all of them and prints the counts that
//! `docs/trust.md` has.

use std::collections::{BTreeMap, BTreeSet};

use alternat::agreement::lock::{Held, Lock};
use alternat::project::Project;
use alternat::source::Source;
use alternat::workshop::Materials;

use crate::lab::{self, Options, Workshop};

const BASE: &str = include_str!("locks/base.yaml");

/// A change: of the agreement, or of a template.
#[derive(Clone)]
struct Change {
    kind: &'static str,
    /// The file below `templates/`, or nothing for the agreement.
    file: &'static str,
    from: String,
    to: String,
}

/// Changes of one kind.
fn changes<'a>(
    kind: &'static str,
    file: &'static str,
    pairs: impl IntoIterator<Item = (&'a str, String)>,
) -> Vec<Change> {
    let change = |(from, to): (&str, String)| Change {
        kind,
        file: if file == "page/" {
            page_file(from)
        } else {
            file
        },
        from: from.to_owned(),
        to,
    };
    pairs.into_iter().map(change).collect()
}

/// Returns the file of `templates/page/` that has something.
fn page_file(from: &str) -> &'static str {
    let files = [
        "page/main.typ",
        "page/setup.typ",
        "page/words.typ",
        "page/blocks.typ",
        "page/rows.typ",
        "page/signatures.typ",
    ];
    let has = |file: &&str| {
        let file = lab::repository().join("templates").join(file);
        std::fs::read_to_string(file).is_ok_and(|text| text.contains(from))
    };
    files.into_iter().find(has).unwrap_or(files[0])
}

fn pairs<'a>(pairs: &[(&'a str, &str)]) -> Vec<(&'a str, String)> {
    let pairs = pairs.iter();
    pairs.map(|(from, to)| (*from, (*to).to_owned())).collect()
}

/// Words of the agreement, in both scripts, each of which stands in it once.
const WORDS: [&str; 12] = [
    "công tác",
    "cán bộ",
    "Chi phí",
    "Thư gửi",
    "nước uống",
    "báo cáo",
    "ວຽກງານ",
    "ພະນັກງານ",
    "ຄ່າໃຊ້ຈ່າຍ",
    "ຈົດໝາຍ",
    "ນ້ຳດື່ມ",
    "ລາຍງານ",
];

/// Spaces and signs that are not seen.
const ODD: [char; 10] = [
    '\u{a0}', '\u{202f}', '\u{2009}', '\u{2003}', '\u{3000}', '\u{200b}', '\u{2060}', '\u{ad}',
    '\u{feff}', '\u{200d}',
];

fn of_words() -> Vec<Change> {
    let mut all = changes("words", "", WORDS.map(|word| (word, format!("{word} x"))));
    all.extend(changes(
        "words",
        "",
        pairs(&[
            ("kinh nghiệm**", "tiền bạc**"),
            ("Trần Thị Ngưỡng", "Trần Thị Nguỡng"),
            ("ນ້ຳດື່ມ", "ນໍ້າດື່ນ"),
            ("ບົວຄຳ ຕັ້ງໝັ້ນ", "ບົວຄຳ ຕັງໝັ້ນ"),
            ("bản Đồng", "bản Dồng"),
            ("tỉnh Sông Lam", "Tỉnh Sông Lam"),
        ]),
    ));
    all.extend(changes(
        "numbers",
        "",
        pairs(&[
            ("cử 02", "cử 2"),
            ("02 ພະນັກງານ", "03 ພະນັກງານ"),
            ("mỗi năm 1 lần", "mỗi năm 11 lần"),
            ("date: 2025-02-05", "date: 2025-02-06"),
            ("from: 2025", "from: 2024"),
            ("3821 234", "3821 235"),
            ("020 55512345", "02 055512345"),
            ("ປີລະ 1", "ປີລະ 2"),
        ]),
    ));
    all.extend(changes(
        "punctuation",
        "",
        pairs(&[
            ("công tác. Mỗi", "công tác; Mỗi"),
            ("đi học. Chi", "đi học, Chi"),
            ("nước uống;", "nước uống,"),
            ("ນ້ຳດື່ມ;", "ນ້ຳດື່ມ"),
            ("thống nhất như sau:", "thống nhất như sau."),
            ("nhớ nguồn.", "nhớ nguồn!"),
        ]),
    ));
    all
}

fn of_marks() -> Vec<Change> {
    let mut all = changes(
        "emphasis",
        "",
        WORDS.map(|word| (word, format!("*{word}*"))),
    );
    all.extend(changes(
        "emphasis",
        "",
        WORDS.map(|word| (word, format!("**{word}**"))),
    ));
    all.extend(changes(
        "emphasis",
        "",
        pairs(&[
            ("**kinh nghiệm**", "kinh nghiệm"),
            ("**kinh nghiệm**", "*kinh nghiệm*"),
            ("*hai hội*", "hai hội"),
            ("**ປະສົບການ** ວຽກງານ", "**ປະສົບການ ວຽກງານ**"),
            ("*ສອງສະຫະພັນ*", "**ສອງສະຫະພັນ**"),
        ]),
    ));
    all.extend(changes(
        "links",
        "",
        pairs(&[
            (
                "chung](https://example.org/chung)",
                "chung](https://example.org/rieng)",
            ),
            (
                "chung](https://example.org/chung)",
                "chung](http://example.org/chung)",
            ),
            (
                "chung](https://example.org/chung)",
                "chung](https://example.org/chung#2)",
            ),
            ("[trang chung](https://example.org/chung)", "trang chung"),
            (
                "ເວັບ](https://example.org/chung)",
                "ເວັບ](mailto:a@example.org)",
            ),
            (
                "[ໜ້າເວັບ](https://example.org/chung)",
                "ໜ້າ[ເວັບ](https://example.org/chung)",
            ),
            ("*hai hội*", "*[hai hội](https://example.org)*"),
        ]),
    ));
    let between = [
        "công tác. Mỗi",
        "đi học. Chi",
        "giữ nước:",
        "ວຽກງານ. ແຕ່",
        "ໄປຮຽນ. ຄ່າ",
    ];
    for odd in ODD {
        let spaces = between[..2].iter().chain(&between[3..]);
        all.extend(changes(
            "odd spaces",
            "",
            spaces.map(|words| (*words, words.replacen(' ', &odd.to_string(), 1))),
        ));
    }
    all.extend(changes(
        "odd spaces",
        "",
        ODD.map(|odd| {
            (
                "name: {vi: Bua Khăm",
                format!("name: {{vi: \"Bua{odd}Khăm\""),
            )
        }),
    ));
    all
}

fn of_blocks() -> Vec<Change> {
    let split = [
        "công tác. ",
        "đi học. ",
        "Thư gửi ",
        "ວຽກງານ. ",
        "ໄປຮຽນ. ",
        "ຈົດໝາຍ",
    ];
    let mut all = changes(
        "paragraphs",
        "",
        split.map(|words| (words, format!("{}\n\n        ", words.trim_end()))),
    );
    all.extend(changes(
        "paragraphs",
        "",
        pairs(&[
            ("chịu.\n\n        Thư", "chịu.\n        Thư"),
            ("ຮັບຜິດຊອບ.\n\n        ຈົດ", "ຮັບຜິດຊອບ.\n        ຈົດ"),
            ("công tác. Mỗi", "công tác.\\\n        Mỗi"),
        ]),
    ));
    let lines = [
        "Hai bên chia sẻ",
        "Thư gửi qua",
        "ສອງຝ່າຍແລກປ່ຽນ",
        "ຈົດໝາຍສົ່ງ",
        "Hai bên giữ nước",
    ];
    for (kind, mark) in [("quotations", "> "), ("lists", "- "), ("lists", "3. ")] {
        all.extend(changes(
            kind,
            "",
            lines.map(|line| (line, format!("{mark}{line}"))),
        ));
    }
    all.extend(changes(
        "quotations",
        "",
        pairs(&[("> Uống", "Uống"), ("> ກິນ", "- ກິນ")]),
    ));
    all.extend(changes(
        "lists",
        "",
        pairs(&[
            ("- nước uống", "1. nước uống"),
            (
                "        - nước uống;\n        - nước tưới.",
                "        - nước uống;\n          - nước tưới.",
            ),
            (
                "        - nước uống;\n        - nước tưới.",
                "        - nước tưới;\n        - nước uống.",
            ),
        ]),
    ));
    all
}

fn of_tables() -> Vec<Change> {
    changes(
        "tables",
        "",
        pairs(&[
            ("| Tháng | Việc |", "| Việc | Tháng |"),
            ("| Việc thứ 3 |", "| Việc thứ ba |"),
            ("| 4 | Việc thứ 4 |", "| 5 | Việc thứ 4 |"),
            ("| --: | --- |", "| --- | --- |"),
            ("ວຽກທີ 12 |", "*ວຽກທີ 12* |"),
            ("        | 12 | Việc thứ 12 |\n", ""),
            (
                "        | --: | --- |\n        | 1 |",
                "        | --: | :-: |\n        | 1 |",
            ),
        ]),
    )
}

fn of_orders() -> Vec<Change> {
    let mut all = changes(
        "orders",
        "",
        pairs(&[
            ("party_order: alternat", "party_order: fixed"),
            ("languages: [vi, lo]", "languages: [lo, vi]"),
            (
                "id: song-lam\n    language: vi",
                "id: song-lam\n    language: lo",
            ),
            (
                "id: nam-ngum\n    language: lo",
                "id: nam-ngum\n    language: vi",
            ),
            (
                "formula: [non-binding, in-force, amendment, copies]",
                "formula: [in-force, non-binding, amendment, copies]",
            ),
            (
                "formula: [non-binding, in-force, amendment, copies]",
                "formula: [non-binding, in-force, copies]",
            ),
            ("implementation:\n", ""),
            ("status: signed", "status: signed\nnumbering: articles"),
            ("status: signed", "status: signed\nheader: state"),
            ("kind: cooperation-agreement", "kind: memorandum"),
        ]),
    );
    let [head, rest] = parts("content:\n", "  - id: water");
    let [water, _] = parts("  - id: water", "implementation:");
    all.extend(changes(
        "orders",
        "",
        [(
            &*format!("{head}{water}"),
            format!("content:\n{water}{}", head.trim_start_matches("content:\n")),
        )],
    ));
    let _ = rest;
    let [first, _] = parts("  - id: song-lam", "  - id: nam-ngum");
    let [second, _] = parts("  - id: nam-ngum", "preamble:");
    all.extend(changes(
        "orders",
        "",
        [(&*format!("{first}{second}"), format!("{second}{first}"))],
    ));
    // The marks of one language, or of both; `!` keeps an order.
    let plain = |text: &str| {
        let text = text
            .replace("](party:song-lam)", "")
            .replace("](party:nam-ngum)", "");
        text.replace('[', "")
    };
    let keep = |text: &str| text.replace("lam)", "lam!)").replace("ngum)", "ngum!)");
    let turn = |text: &str| {
        let text = text
            .replace("song-lam", "x")
            .replace("nam-ngum", "song-lam");
        text.replace("(party:x", "(party:nam-ngum")
    };
    let [preamble, _] = parts("preamble:", "content:");
    let (vi, lo) = preamble.split_once("  lo:").expect("two languages");
    all.extend(changes(
        "mentions",
        "",
        [
            (&*preamble, plain(&preamble)),
            (&*preamble, keep(&preamble)),
            (&*preamble, turn(&preamble)),
            (vi, plain(vi)),
            (lo, plain(lo)),
            (vi, keep(vi)),
            (lo, turn(lo)),
            (lo, lo.replacen(" ແລະ ", ", ", 1)),
        ],
    ));
    all
}

/// Returns the part of the base from one text to another, and the rest.
fn parts(from: &str, to: &str) -> [String; 2] {
    let start = BASE.find(from).expect("a part");
    let end = start + BASE[start..].find(to).expect("its end");
    [BASE[start..end].to_owned(), BASE[end..].to_owned()]
}

fn of_templates() -> Vec<Change> {
    let mut all = Vec::new();
    for (kind, file, from, to) in [
        ("footers", "vi/footer.md", "số {{", "số: {{"),
        ("footers", "vi/footer.md", " giữ", ""),
        (
            "footers",
            "vi/footer.md",
            "{{ holder.name }}",
            "{{ holder.language }}",
        ),
        (
            "footers",
            "lo/footer.md",
            "{{ holder.number }}",
            "{{ holder.of }}",
        ),
        ("footers", "vi/footer.md", "không thay", "thay"),
        (
            "footers",
            "lo/footer.md",
            "{{ holder.of }}",
            "{{ holder.number }}",
        ),
        ("notices", "vi/notice.md", "{#", "Bản in. {#"),
        ("notices", "vi/notice.md", "{#", "**Bản in** {#"),
        ("notices", "lo/notice.md", "{#", "ນ້ຳ {#"),
        ("notices", "vi/notice.md", "#}", "#} - bản sao"),
        ("notices", "lo/notice.md", "#}", "#} > ສະບັບ"),
        ("custody sheets", "vi/custody-party.md", " giữ", " lưu"),
        (
            "custody sheets",
            "vi/custody-heading.md",
            "BẢN CHÍNH",
            "BẢN SAO",
        ),
        (
            "custody sheets",
            "vi/custody-party.md",
            "{{ party.name }}",
            "{{ party.id }}",
        ),
        (
            "custody sheets",
            "lo/custody-party.md",
            "{{ original.number }}/",
            "",
        ),
        ("custody sheets", "vi/custody-total.md", "tất cả", "cả thảy"),
        (
            "custody sheets",
            "lo/custody-total.md",
            "ທັງໝົດ {{ total.said }}",
            "ທັງໝົດ {{ total.figures }}",
        ),
        (
            "text templates",
            "vi/closing.md",
            "này được ký ngày",
            "nầy được ký ngày",
        ),
        ("text templates", "vi/title.md", "VÀ ", "với "),
        ("text templates", "vi/contact.md", "Email: ", "Thư: "),
        ("text templates", "vi/content-heading.md", "##", "#"),
        (
            "text templates",
            "lo/title.md",
            "{% endfor %}",
            "{% endfor %}*x*",
        ),
        (
            "text templates",
            "vi/signature.md",
            "**{{ signatory.name",
            "x **{{ signatory.name",
        ),
    ] {
        all.extend(changes(kind, file, pairs(&[(from, to)])));
    }
    all
}

/// Where `page/main.typ` ends and what it sets begins.
const BODY: &str = "\n#heads\n";

fn of_pages() -> Vec<Change> {
    let before = |line: &str| (BODY, format!("\n{line}{BODY}"));
    let words = [
        "kinh nghiệm",
        "cán bộ",
        "02",
        "ປະສົບການ",
        "CHỦ TỊCH",
        "Hai bên",
        "ນ້ຳ",
        ".",
    ];
    let mut all = changes(
        "words of pages",
        "page/",
        words.map(|word| before(&format!("#show \"{word}\": \"tiền bạc\""))),
    );
    all.extend(changes(
        "words of pages",
        "page/",
        words.map(|word| before(&format!("#show \"{word}\": it => it + \" x\""))),
    ));
    all.extend(changes(
        "words of pages",
        "page/",
        [
            before("#show \"kinh nghiệm\": hide"),
            before("#show \"kinh nghiệm\": \"kinhnghiệm\""),
            before("#show \"kinh nghiệm\": \"nghiệm kinh\""),
            before("#show \"cán bộ\": set text(fill: white)"),
            before("#show \"cán bộ\": set text(size: 1pt)"),
            before("#show \"cán bộ\": set text(fill: gradient.linear(white, white))"),
            before("#show \"cán bộ\": set text(fill: tiling(size: (30pt, 30pt))[ ])"),
            before("#show \"cán bộ\": set text(stroke: 5pt + white)"),
            before("#show \"cán bộ\": it => box(scale(x: 10%, y: 10%, origin: left + bottom, it))"),
            before("#show \"cán bộ\": it => box(scale(y: 10%, it))"),
            before("#show \"cán bộ\": upper"),
            before("#show regex(\"\\\\d\"): \"7\""),
            before("#show list: none"),
            before("#show quote: none"),
            before("#show \"-\": \"+\""),
            ("marker: [-]", "marker: [+]".to_owned()),
            (
                "let number = str(block.start) + \". \"",
                "let number = str(block.start + 1) + \". \"".to_owned(),
            ),
            (
                "  for inline in inlines {\n    if inline.kind == \"text\"",
                "  for inline in inlines.rev() {\n    if inline.kind == \"text\"".to_owned(),
            ),
            (" = sections.map(", " = sections.rev().map(".to_owned()),
            (
                "  section.rows.enumerate()",
                "  section.rows.rev().enumerate()".to_owned(),
            ),
            (
                "by-party(rows).chunks(abreast)",
                "by-party(rows).rev().chunks(abreast)".to_owned(),
            ),
            (
                "else if inline.kind == \"emph\" { emphasis(lang, inner(inline.body)) }",
                "else if inline.kind == \"emph\" { }".to_owned(),
            ),
        ],
    ));
    let sentences = [
        "Một câu.",
        "#text(lang: \"lo\", font: style-of(\"lo\").fonts)[ນ້ຳ]",
        "#text(lang: \"en\")[Void.]",
        "#text(lang: \"zxx\")[Void.]",
        "#pdf.artifact[Một câu.]",
        "#around[Một câu.]",
        "#place(top + left)[Một câu.]",
    ];
    all.extend(changes(
        "sentences of pages",
        "page/",
        sentences.map(before),
    ));
    all.extend(changes(
        "sentences of pages",
        "page/",
        [
            (
                "  header-ascent: 8mm,",
                "  header-ascent: 8mm,\n  foreground: place(bottom)[Một câu.],".to_owned(),
            ),
            (
                "  background: watermark,",
                "  background: [Một câu.],".to_owned(),
            ),
            (
                "  footer: footer,",
                "  footer: footer + [Một câu.],".to_owned(),
            ),
            (
                "  if number < 2 { return }",
                "  [Một câu.]\n  if number < 2 { return }".to_owned(),
            ),
            ("  footer: footer,", "  footer: none,".to_owned()),
            (
                "if line != \"\" {",
                "if line != \"\" and lang != \"lo\" {".to_owned(),
            ),
        ],
    ));
    all.extend(changes(
        "sentences of pages",
        "",
        pairs(&[("status: signed", "status: signed\nlayout: stacked")]),
    ));
    all
}

/// Returns all changes that a lock must notice, each kind at least five times.
fn noticed() -> Vec<Change> {
    let mut all = of_words();
    for more in [
        of_marks(),
        of_blocks(),
        of_tables(),
        of_orders(),
        of_templates(),
        of_pages(),
    ] {
        all.extend(more);
    }
    all
}

/// Returns what a lock leaves free: the list of `docs/trust.md`.
fn free() -> Vec<Change> {
    let mut all = Vec::new();
    for (kind, file, from, to) in [
        ("breaks", "", "công tác. Mỗi", "công tác.\n        Mỗi"),
        ("breaks", "", "công tác. Mỗi", "công tác.   Mỗi"),
        ("breaks", "page/", "left: 30mm", "left: 60mm"),
        ("breaks", "page/", "#let gap = 6pt", "#let gap = 30pt"),
        (
            "breaks",
            "page/",
            "doc.at(\"set-as\", default: (:)).at(lang, default: (lang: lang, region: none))",
            "(lang: lang, region: none)",
        ),
        (
            "breaks",
            "page/",
            "inline.at(\"set\", default: inline.text)",
            "inline.at(\"set\", default: inline.text).replace(nbsp, \" \")",
        ),
        (
            "breaks",
            "page/",
            "paper: \"a4\"",
            "width: 210mm, height: 140mm",
        ),
        (
            "faces",
            "vi/words.yaml",
            "fonts: [Liberation Serif",
            "fonts: [Noto Serif Lao, Liberation Serif",
        ),
        ("faces", "page/", "size: 13pt", "size: 11pt"),
        (
            "rows",
            "page/",
            "by-party(rows).chunks(abreast)",
            "by-party(rows).chunks(1)",
        ),
        (
            "colours, lines, pictures",
            "page/",
            BODY,
            "\n#set text(fill: red)\n#heads\n",
        ),
        (
            "colours, lines, pictures",
            "page/",
            BODY,
            "\n#show \"kinh nghiệm\": strike\n#heads\n",
        ),
        (
            "colours, lines, pictures",
            "page/",
            BODY,
            "\n#rect(fill: black)\n#heads\n",
        ),
        ("what is not printed", "", "# Fictitious;", "# Other;"),
        ("what is not printed", "", "id: experience", "id: sharing"),
        (
            "what is not printed",
            "",
            "status: signed",
            "status: signed\nallow: [{code: dots, at: water, reason: x}]",
        ),
        (
            "the sheet of differences",
            "vi/differences-heading.md",
            "#",
            "# x",
        ),
        (
            "templates that are not used",
            "vi/open-points.md",
            "{",
            "x {",
        ),
    ] {
        all.extend(changes(kind, file, pairs(&[(from, to)])));
    }
    all
}

/// A place where the base is frozen.
struct Trial {
    lock: Source,
}

impl Trial {
    fn new() -> Self {
        let frozen = workshop(None).freeze(&Source::new("agreements/base.yaml", BASE));
        let frozen = frozen.expect("the base is sound");
        assert!(frozen.strays.is_empty(), "{:?}", frozen.strays);
        let lock = Lock {
            agreement: Some(frozen.id),
            held: Held::Seen(frozen.seen),
            history: Vec::new(),
        };
        Self {
            lock: Source::new("agreements/base.lock", lock.text()),
        }
    }

    /// Returns the errors that a change brings.
    fn errors(&self, change: &Change) -> BTreeSet<&'static str> {
        let of_agreement = change.file.is_empty();
        let text = match of_agreement {
            true => replaced(BASE, change),
            false => BASE.to_owned(),
        };
        let workshop = workshop((!of_agreement).then_some(change));
        let source = Source::new("agreements/base.yaml", text);
        let found = workshop.compare(&source, &self.lock).findings;
        let errors = found.iter().filter(|finding| finding.is_error());
        errors.map(|finding| finding.code).collect()
    }

    /// Tries changes; returns what became of each kind, and what is not as `meant`.
    fn tally(
        &self,
        changes: &[Change],
        meant: bool,
    ) -> (BTreeMap<&'static str, usize>, Vec<String>) {
        // What cannot be changed is told at once.
        let templates = Project::new(lab::repository()).materials();
        let templates = templates.expect("readable").templates;
        for change in changes {
            let file = templates.get(change.file).map(Source::text);
            replaced(file.unwrap_or(BASE), change);
        }
        let results = lab::side_by_side(changes, 2, |change| self.errors(change));
        let (mut counts, mut others) = (BTreeMap::new(), Vec::new());
        for (change, errors) in changes.iter().zip(results) {
            *counts.entry(change.kind).or_default() += 1;
            if errors.is_empty() == meant {
                let Change {
                    kind,
                    file,
                    from,
                    to,
                } = change;
                others.push(format!("{kind} {file}: `{from}` to `{to}`: {errors:?}"));
            }
        }
        (counts, others)
    }
}

fn replaced(text: &str, change: &Change) -> String {
    let Change { file, from, to, .. } = change;
    assert!(text.contains(from.as_str()), "`{file}` has no `{from}`");
    text.replacen(from.as_str(), to, 1)
}

/// Returns the stages with the templates of the repository, one of them changed.
fn workshop(change: Option<&Change>) -> Workshop {
    let materials = Project::new(lab::repository()).materials();
    let Materials { mut templates, .. } = materials.expect("readable");
    if let Some(change) = change {
        let file = templates.get_mut(change.file).expect("a template");
        *file = Source::new(file.name(), replaced(file.text(), change));
    }
    let materials = Materials {
        templates,
        glossary: None,
        parties: None,
    };
    Workshop::new(materials, Options::default()).expect("sound")
}

#[test]
fn a_tenth_of_all_changes_is_noticed() {
    let tenth: Vec<Change> = noticed().into_iter().step_by(10).collect();
    let (_, missed) = Trial::new().tally(&tenth, true);
    assert!(missed.is_empty(), "{}", missed.join("\n"));
    let fifth: Vec<Change> = free().into_iter().step_by(5).collect();
    let (_, noticed) = Trial::new().tally(&fifth, false);
    assert!(noticed.is_empty(), "{}", noticed.join("\n"));
}

#[test]
#[ignore = "takes minutes; `make trial` runs it"]
#[expect(clippy::print_stdout, reason = "its counts are for docs/trust.md")]
fn every_change_is_noticed() {
    let trial = Trial::new();
    let (counts, missed) = trial.tally(&noticed(), true);
    let all: usize = counts.values().sum();
    println!("noticed, of {all} changes: {counts:?}");
    assert!(missed.is_empty(), "{}", missed.join("\n"));
    assert!(all >= 200 && counts.values().all(|count| *count >= 5));
    let (counts, noticed) = trial.tally(&free(), false);
    println!("free: {counts:?}");
    assert!(noticed.is_empty(), "{}", noticed.join("\n"));
}
