//! What `compare` shows is what changed, and nothing else: the new text is what was kept
//! and put in, the old one what was kept and taken out, letter for letter.

use std::collections::BTreeMap;
use std::fs;

use alternat::document::compare::{Comparison, Fate, compare};
use alternat::document::markdown;
use alternat::document::parallel;
use alternat::document::seen;
use alternat::document::tree::{Block, Change, Event, Node, Parallel, walk};
use alternat::language::Language;
use alternat::source::Source;
use alternat::workshop::Redline;

use crate::docx::{self, Node as Xml};
use crate::lab::{self, Dice, Wanted, workshop};

/// Returns the texts of a final agreement, side by side.
fn text(yaml: &str) -> Option<Parallel> {
    let made = workshop().make(&Source::new("x.yaml", yaml), None, Wanted::TEXTS);
    let documents: Vec<_> = ["vi", "lo"]
        .iter()
        .map(|code| {
            let file = made
                .files
                .iter()
                .find(|file| file.path == format!("{code}.md"))?;
            let text = String::from_utf8(file.bytes.clone()).expect("UTF-8");
            let source = Source::new(format!("{code}.md"), text);
            Some(markdown::parse(&source, &Language((*code).to_owned())).expect("our Markdown"))
        })
        .collect::<Option<_>>()?;
    let documents: Vec<_> = documents.iter().collect();
    Some(parallel::pair(&documents).expect("paired texts"))
}

/// Returns the lines of a text in a language.
fn lines(text: &Parallel, language: usize) -> Vec<String> {
    let rows = text.sections.iter().flat_map(|section| &section.rows);
    let words = rows.map(|row| of_blocks(&row[language].blocks));
    let words: String = words.collect();
    let lines = words.lines().map(str::to_owned);
    lines.filter(|line| !line.trim().is_empty()).collect()
}

/// Returns the words of blocks; the rows of tables as they are typed.
fn of_blocks(blocks: &[Block]) -> String {
    let is_table = |block: &Block| {
        let mut found = false;
        walk(std::slice::from_ref(block), &mut |event| {
            found |= matches!(event, Event::Start(Node::Table(_)));
        });
        found
    };
    let words = blocks.iter().map(|block| match is_table(block) {
        true => alternat::document::tree::plain_text(std::slice::from_ref(block)),
        false => seen::words(std::slice::from_ref(block)),
    });
    words.collect()
}

/// Returns the lines of one side of a comparison.
fn side(comparison: &Comparison, language: usize, side: Change, out: Fate) -> Vec<String> {
    let parts = comparison.parts.iter().filter(|part| part.fate != out);
    let mut lines = Vec::new();
    for paragraph in parts.flat_map(|part| &part.texts[language]) {
        let pieces = paragraph.pieces.iter();
        let pieces = pieces.filter(|it| [Change::Kept, side].contains(&it.change));
        let text: String = pieces.map(|piece| piece.text.as_str()).collect();
        lines.extend(text.lines().map(str::to_owned));
    }
    lines.retain(|line| !line.trim().is_empty());
    lines
}

/// A row of dashes below the header of a table; it is not seen where all is at the left.
fn without_rules(mut lines: Vec<String>) -> Vec<String> {
    let rule = |line: &String| line.starts_with('|') && line.chars().all(|c| "|-: ".contains(c));
    lines.retain(|line| !rule(line));
    lines
}

fn assert_whole(old: &Parallel, new: &Parallel) {
    let comparison = compare(old, new);
    for language in 0..2 {
        let now = side(&comparison, language, Change::Inserted, Fate::Left);
        assert_eq!(without_rules(now), without_rules(lines(new, language)));
        // A part that moved comes where it stands now; each old one is there once.
        let sorted = |mut lines: Vec<String>| {
            lines.sort();
            without_rules(lines)
        };
        let before = side(&comparison, language, Change::Deleted, Fate::Left);
        assert_eq!(sorted(before), sorted(lines(old, language)));
    }
}

/// Returns the base with its clauses in pieces: what is before them, each, what is behind.
fn clauses() -> (String, Vec<String>, String) {
    let base = lab::BASE;
    let start = base.find("content:\n").expect("clauses") + "content:\n".len();
    let end = base.find("implementation:\n").expect("more clauses");
    let mut clauses: Vec<String> = Vec::new();
    for line in base[start..end].lines() {
        match clauses.last_mut() {
            Some(clause) if !line.starts_with("  - id:") => clause.push_str(&format!("{line}\n")),
            _ => clauses.push(format!("{line}\n")),
        }
    }
    (base[..start].to_owned(), clauses, base[end..].to_owned())
}

fn clause(id: &str, vi: &str, lo: &str) -> String {
    format!("  - id: {id}\n    text:\n      vi: |-\n        {vi}\n      lo: |-\n        {lo}\n")
}

const WORDS: [(&str, &str); 8] = [
    ("trao đổi đoàn", "ແລກປ່ຽນຄະນະ"),
    ("hằng năm", "ທຸກປີ"),
    ("**quan trọng**", "**ສຳຄັນ**"),
    ("*thân thiện*", "*ມິດຕະພາບ*"),
    ("phụ nữ và trẻ em", "ແມ່ຍິງ ແລະ ເດັກ"),
    ("chia sẻ kinh nghiệm", "ແບ່ງປັນປະສົບການ"),
    ("tuyên truyền", "ໂຄສະນາ"),
    ("hòa bình, ổn định", "ສັນຕິພາບ, ໝັ້ນຄົງ"),
];

/// Returns an agreement of clauses of its own.
fn generated(dice: &mut Dice, ids: &[&str]) -> String {
    let (before, _, behind) = clauses();
    let clauses = ids.iter().map(|id| {
        let words: Vec<_> = (0..3 + dice.roll(8))
            .map(|_| WORDS[dice.roll(WORDS.len())])
            .collect();
        let vi: Vec<&str> = words.iter().map(|(vi, _)| *vi).collect();
        let lo: Vec<&str> = words.iter().map(|(_, lo)| *lo).collect();
        let list = if dice.roll(3) == 0 {
            "\n\n        - một\n        - hai"
        } else {
            ""
        };
        let lao = list.replace("một", "ໜຶ່ງ").replace("hai", "ສອງ");
        let vi = format!("Hai bên {}.{list}", vi.join(" "));
        clause(id, &vi, &format!("ສອງຝ່າຍ {}.{lao}", lo.join(" ")))
    });
    format!("{before}{}{behind}", clauses.collect::<String>())
}

#[test]
fn both_texts_are_had_again_letter_for_letter() {
    let mut dice = Dice(29);
    let ids = ["mot", "hai", "ba", "bon", "nam", "sau"];
    let mut texts = Vec::new();
    for _ in 0..24 {
        let mut own: Vec<&str> = ids.iter().filter(|_| dice.roll(4) > 0).copied().collect();
        for _ in 0..dice.roll(3) {
            let (one, other) = (dice.roll(own.len()), dice.roll(own.len()));
            if !own.is_empty() {
                own.swap(one, other);
            }
        }
        if !own.is_empty() {
            texts.extend(text(&generated(&mut dice, &own)));
        }
    }
    assert!(texts.len() > 12, "{} sound texts", texts.len());
    let mut moved = 0;
    for pair in texts.windows(2) {
        assert_whole(&pair[0], &pair[1]);
        let parts = compare(&pair[0], &pair[1]).parts;
        moved += parts.iter().filter(|part| part.fate == Fate::Moved).count();
    }
    assert!(moved > 3, "nothing moved");
}

/// Returns what `compare` makes of two files.
fn shown(old: &str, new: &str, form: Redline) -> Vec<u8> {
    let (old, new) = (Source::new("old.yaml", old), Source::new("new.yaml", new));
    let mut made = workshop().redline(&old, &new, &[form]);
    assert!(
        made.findings.iter().all(|it| !it.is_error()),
        "{:?}",
        made.findings
    );
    made.files.remove(0).bytes
}

/// Returns the rows of the table of what changed, in the first language.
fn table(markdown: &str) -> Vec<Vec<String>> {
    let cell = markdown.split("</td>").next().expect("a cell");
    let rows = cell.lines().filter(|line| line.starts_with("| ")).skip(2);
    let bare = |cell: &str| cell.trim().replace("<strong>", "").replace("</strong>", "");
    rows.map(|row| {
        row.trim_matches('|')
            .split(" | ")
            .skip(1)
            .map(bare)
            .collect()
    })
    .collect()
}

#[test]
fn three_clauses_that_were_changed_are_exactly_what_is_shown() {
    let (before, _, behind) = clauses();
    let all = [
        clause("mot", "Hai bên trao đổi 05 đoàn.", "ສອງຝ່າຍແລກປ່ຽນ 05 ຄະນະ."),
        clause("hai", "Hai bên chia sẻ kinh nghiệm.", "ສອງຝ່າຍແບ່ງປັນປະສົບການ."),
        clause("ba", "Hai bên gặp nhau hằng năm.", "ສອງຝ່າຍພົບກັນທຸກປີ."),
        clause("bon", "Hai bên giữ liên lạc.", "ສອງຝ່າຍຮັກສາການຕິດຕໍ່."),
    ];
    let file = |clauses: &[String]| format!("{before}{}{behind}", clauses.concat());
    let old = file(&all);
    let mut changed = all.clone();
    changed[0] = changed[0].replace("05", "06");
    changed[1] = changed[1].replace("kinh nghiệm", "kiến thức");
    changed[3] = clause("khac", "Các cơ quan báo cáo kết quả.", "ບັນດາອົງການລາຍງານຜົນ.");
    let new = file(&changed);
    let markdown = String::from_utf8(shown(&old, &new, Redline::Text)).expect("UTF-8");
    let right = [
        ["1\\. Hai bên trao đổi 06 đoàn.", "sửa", "sửa"],
        ["2\\. Hai bên chia sẻ kiến thức.", "sửa", "không đổi"],
        ["4\\. Các cơ quan báo cáo kết quả.", "thêm mới", "thêm mới"],
        ["4\\. Hai bên giữ liên lạc.", "bỏ", "bỏ"],
    ];
    let mut rows = table(&markdown);
    rows.sort();
    assert_eq!(rows, right, "{markdown}");
    assert!(
        markdown.contains("trao đổi <del>05</del><ins>06</ins> đoàn"),
        "{markdown}"
    );
    assert!(
        markdown.contains("[chỉ thay đổi trong tiếng Việt\\]")
            || markdown.contains("chỉ thay đổi trong tiếng Việt")
    );
    assert!(!markdown.contains("<del>Hai bên gặp"));
    // The same file twice.
    let same = String::from_utf8(shown(&old, &old, Redline::Text)).expect("UTF-8");
    assert!(same.contains("giống nhau từng chữ") && !same.contains("<del>"));
    let moved = file(&[
        all[1].clone(),
        all[2].clone(),
        all[3].clone(),
        all[0].clone(),
    ]);
    let markdown = String::from_utf8(shown(&old, &moved, Redline::Text)).expect("UTF-8");
    let fates: Vec<&str> = markdown.matches("chuyển chỗ và sửa").collect();
    assert!(fates.len() >= 2, "{markdown}");
}

#[test]
fn a_clause_that_was_split_is_told() {
    let (before, _, behind) = clauses();
    let (one, two) = (
        (
            "Hai bên trao đổi đoàn công tác mỗi năm một lần.",
            "ສອງຝ່າຍແລກປ່ຽນຄະນະເຮັດວຽກປີລະເທື່ອ.",
        ),
        (
            "Cơ quan đầu mối chuẩn bị chương trình và kinh phí.",
            "ຈຸດປະສານງານກະກຽມແຜນງານ ແລະ ງົບປະມານ.",
        ),
    );
    let both = clause(
        "mot",
        &format!("{} {}", one.0, two.0),
        &format!("{} {}", one.1, two.1),
    );
    let old = format!("{before}{both}{behind}");
    let parts = clause("mot", one.0, one.1) + &clause("hai", two.0, two.1);
    let new = format!("{before}{parts}{behind}");
    let (Some(old), Some(new)) = (text(&old), text(&new)) else {
        panic!("the texts are sound");
    };
    let comparison = compare(&old, &new);
    let split = comparison.parts.iter().find_map(|part| match part.fate {
        Fate::Split(from) => Some(from),
        _ => None,
    });
    assert!(comparison.parts[split.expect("a split")].differs_in(0));
}

#[test]
fn words_that_are_not_what_was_signed_are_compared_with_nothing() {
    let folder = lab::project("compare-signed", &[lab::OWN]);
    let (old, new) = (
        "bac-giang-xaysomboun-2022-2025",
        "bac-ninh-xaysomboun-2025-2027",
    );
    let compared = || lab::alternat(&folder, &["compare", old, new]);
    let first = compared();
    assert!(first.status.success(), "{}", lab::stderr(&first));
    let shown = folder.join(format!("output/{new}/compare/{old}.md"));
    fs::remove_file(&shown).expect("it was made");
    let file = format!("agreements/{old}.yaml");
    lab::edit(
        &folder,
        &file,
        "Về vận động, hỗ trợ phụ nữ",
        "Về hỗ trợ phụ nữ",
    );
    assert!(!compared().status.success() && !shown.exists());
}

/// Returns the words of a Word file with its changes accepted or rejected, by language.
fn decided(bytes: &[u8], gone: &str) -> BTreeMap<String, Vec<String>> {
    fn words(node: &Xml, gone: &str, by: &mut BTreeMap<String, Vec<String>>) {
        if node.name == "w:tr"
            && node
                .child("w:trPr")
                .is_some_and(|it| it.child("w:tblHeader").is_some())
        {
            return;
        }
        if node.name == gone {
            return;
        }
        if node.name == "w:r" {
            let look = node.child("w:rPr").expect("a look");
            let language = look.child("w:lang").expect("a language").attribute("w:val");
            let texts = node
                .children
                .iter()
                .filter(|it| ["w:t", "w:delText"].contains(&it.name.as_str()));
            let text: String = texts.map(|it| it.text.as_str()).collect();
            by.entry(language.to_owned()).or_default().push(text);
        }
        for child in &node.children {
            words(child, gone, by);
        }
    }
    let mut by = BTreeMap::new();
    words(
        &docx::xml(&docx::files(bytes)["word/document.xml"]),
        gone,
        &mut by,
    );
    by
}

#[test]
fn word_files_accepted_are_the_new_text_and_rejected_the_old() {
    let folder = lab::repository().join("agreements");
    let read = |id: &str| fs::read_to_string(folder.join(format!("{id}.yaml"))).expect("it");
    let old = read("bac-giang-xaysomboun-2022-2025").replace("status: signed", "status: final");
    let moved = {
        let (before, clauses, behind) = clauses();
        let mut other = clauses.clone();
        other.rotate_left(1);
        (
            format!("{before}{}{behind}", clauses.concat()),
            format!("{before}{}{behind}", other.concat()),
        )
    };
    let pairs = [(old.clone(), old.replace("đoàn", "phái bộ")), moved];
    for (old, new) in pairs {
        let bytes = shown(&old, &new, Redline::Word);
        for (gone, yaml) in [("w:del", &new), ("w:ins", &old)] {
            let text = text(yaml).expect("a sound text");
            let read = decided(&bytes, gone);
            for (language, tag) in ["vi-VN", "lo-LA"].iter().enumerate() {
                let right = lab::squeeze(&lines(&text, language).concat());
                assert_eq!(lab::squeeze(&read[*tag].concat()), right, "{gone} {tag}");
            }
        }
        assert!(
            !docx::xml(&docx::files(&bytes)["word/document.xml"])
                .named("w:delText")
                .is_empty()
        );
    }
}

#[test]
fn what_changed_in_one_holders_originals_alone_is_shown() {
    let base = lab::BASE;
    let heads = [
        "bản chính do Hội LHPN tỉnh Xay Sôm Bun giữ",
        "ຕົ້ນສະບັບທີ່ ສະຫະພັນແມ່ຍິງແຂວງໄຊສົມບູນ ເກັບຮັກສາ",
    ];
    let shown_of = |new: &str| {
        let bytes = shown(base, new, Redline::Text);
        String::from_utf8(bytes).expect("UTF-8")
    };
    let meant = base.replace("(party:bac-ninh)", "(party:bac-ninh!)");
    let plain = base
        .replace("](party:bac-ninh)", "")
        .replace("](party:xaysomboun)", "")
        .replace("[Hội", "Hội")
        .replace("[ສະຫະພັນ", "ສະຫະພັນ");
    let fixed = base.replace("status: final", "status: final\nparty_order: fixed");
    // Beside other words too.
    let both = meant.replace("thống nhất ký kết", "cùng nhau ký kết");
    for new in [&meant, &plain, &fixed, &both] {
        let made = shown_of(new);
        for head in heads {
            assert!(
                made.contains(&format!("<strong>\\[{head}\\]</strong>")),
                "{made}"
            );
        }
        assert!(made.contains("<del>"), "{made}");
    }
    // What changed in agreed order is told once, also where it names the parties.
    let added = base.replace(
        "Mỗi bên cử 02 cán bộ.",
        "[Bắc Ninh](party:bac-ninh) và [Xay Sôm Bun](party:xaysomboun) cử 02 cán bộ.",
    );
    let added = added.replace(
        "ແຕ່ລະຝ່າຍສົ່ງ 2 ພະນັກງານ.",
        "[ບັກນິງ](party:bac-ninh) ແລະ [ໄຊສົມບູນ](party:xaysomboun) ສົ່ງ 2 ພະນັກງານ.",
    );
    assert!(added != base);
    for new in [
        base.to_owned(),
        base.replace("05 đoàn", "06 đoàn")
            .replace("5 ຄະນະ", "6 ຄະນະ"),
        added,
    ] {
        let made = shown_of(&new);
        assert!(heads.iter().all(|head| !made.contains(head)), "{made}");
    }
}

#[test]
fn an_id_that_two_files_have_names_neither() {
    let folder = lab::empty_folder("compare-same-id");
    fs::create_dir_all(folder.join("agreements")).expect("a folder");
    let mut of_repository = lab::files_below(&lab::repository().join("agreements"));
    of_repository.retain(|name| name.contains("xaysomboun") || name == "glossary.yaml");
    for name in of_repository {
        let file = lab::repository().join("agreements").join(&name);
        fs::copy(file, folder.join("agreements").join(&name)).expect("a copy");
    }
    let (old, new) = (
        "bac-giang-xaysomboun-2022-2025",
        "bac-ninh-xaysomboun-2025-2027",
    );
    let signed = fs::read_to_string(folder.join(format!("agreements/{old}.yaml")));
    let changed = signed
        .expect("a file")
        .replace("hai quốc gia", "ba quốc gia");
    fs::write(folder.join("agreements/a-copy.yaml"), changed).expect("a file");
    let said = lab::alternat(&folder, &["compare", old, new]);
    assert!(!said.status.success());
    let said = lab::stderr(&said);
    assert!(said.starts_with("error[same-id]: two agreements"), "{said}");
    assert!(!folder.join("output").exists());
    // Nor is the draft compared with either.
    let said = lab::alternat(&folder, &["build", &format!("agreements/{new}.yaml")]);
    assert!(!said.status.success());
    assert!(lab::stderr(&said).contains("error[same-id]"));
    assert!(folder.join(format!("output/{new}/vi.md")).exists());
    assert!(!folder.join(format!("output/{new}/compare")).exists());
}
