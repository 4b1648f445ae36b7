//! Tables in texts: what a cell says is printed in that cell, in every edition, or a
//! finding says at its line why not.

use std::fs;

use alternat::document::markdown;
use alternat::document::tree::{Align, Block, plain_text};
use alternat::language::Language;
use alternat::source::Source;

use crate::lab::{self, BASE, Dice};

const VI: &str = "vi: Hai bên thăm nhau mỗi năm.";
const LO: &str = "lo: ສອງຝ່າຍຢ້ຽມຢາມກັນທຸກປີ.";

/// Returns the base with its second clause saying this, line for line.
fn saying(vi: &str, lo: &str) -> String {
    let block = |text: &str| text.replace('\n', "\n        ");
    let text = lab::changed(VI, &format!("vi: |-\n        {}", block(vi)));
    text.replace(LO, &format!("lo: |-\n        {}", block(lo)))
}

/// Returns the findings at the second clause, as `code hint line`.
fn found(text: &str) -> Vec<String> {
    let start = text.find("  - id: visits").expect("the clause");
    let end = text.find("implementation:").expect("what follows");
    let findings = lab::check(text.to_owned());
    let inside = findings.iter().filter(|f| {
        let place = f.labels.first().map(|label| label.span.range().start);
        f.is_error() && place.is_some_and(|place| (start..end).contains(&place))
    });
    let line = |f: &alternat::diagnostic::Diagnostic| {
        let hint = f.hints.first().copied().unwrap_or_default();
        format!("{} {hint}: {}", f.code, f.labels[0].span.text())
    };
    let mut lines: Vec<String> = inside.map(line).collect();
    lines.sort();
    lines.dedup();
    lines
}

#[test]
fn rows_that_would_lose_words_are_refused_at_their_line() {
    for (rows, expected) in [
        (
            "| a | b |\n| --- | --- |\n| ế | ể | ễ |",
            "table-row many: | ế | ể | ễ |",
        ),
        (
            "| a | b |\n| --- | --- |\n| ế | ể |\n| ế |",
            "table-row few: | ế |",
        ),
        (
            "| a | b |\n| --- | --- |\n| ế | ể",
            "table-row line: | ế | ể",
        ),
        (
            "| a | b |\n| --- | --- |\n| ế | ể |\nHai bên.",
            "table-row line: Hai bên.",
        ),
        ("a | b\n--- | ---\nế | ể", "table-row line: a | b"),
        (
            "| a | b |\n| --- |\n| ế | ể |",
            "table-unread marks: | a | b |",
        ),
        ("| a | b |\n| ế | ể |", "table-unread marks: | a | b |"),
        (
            "| a | b |\n| === | === |\n| ế | ể |",
            "table-unread marks: | a | b |",
        ),
        (
            "| a | b |\n\n| --- | --- |\n| ế | ể |",
            "table-unread marks: | --- | --- |",
        ),
        (
            "Bảng:\na | b |\n--- | --- |\n| ế | ể |",
            "table-unread line: a | b |",
        ),
        ("Tháng\tViệc\n1\tHọp", "table-unread tabs: Tháng\tViệc"),
        (
            "- ế\n\n  | a | b |\n  | --- | --- |\n  | ế | ể |",
            "cannot-typeset apart: | a | b |",
        ),
        (
            "| a | b |\n| --- | --- |\n| ế<br>ể | ễ |",
            "cannot-typeset cell: <br>",
        ),
        (
            "| a | b |\n| --- | --- |\n| **ế | ể** |",
            "mark-left-over space: **",
        ),
    ] {
        let found = found(&saying(rows, rows));
        assert!(found.contains(&expected.to_owned()), "{rows:?}: {found:?}");
    }
}

#[test]
fn a_value_of_one_line_holds_no_table() {
    let row = "\"| a | b |\\n|---|---|\\n| ế | ể |\"";
    let text = lab::changed("vi: Về thăm viếng", &format!("vi: {row}"));
    let found = found(&text);
    assert!(
        found.iter().any(|f| f.starts_with("table-unread plain")),
        "{found:?}"
    );
}

#[test]
fn rows_below_a_folded_header_are_told_once() {
    let rows = "| a | b |\n| --- | --- |\n| ế | ể |";
    let text = saying(rows, rows).replace("vi: |-\n        | a", "vi: >-\n        | a");
    let rows = found(&text);
    let rows: Vec<&String> = rows
        .iter()
        .filter(|f| f.starts_with("table-unread"))
        .collect();
    assert_eq!(rows, ["table-unread fold: | --- | --- |"]);
}

#[test]
fn tables_are_compared_cell_by_cell() {
    let vi = "Bảng:\n\n| Năm | Số đoàn | Bên |\n| --- | --: | --- |\n| 2025 | 2 | [ế](party:bac-ninh) |\n| 2026 | 3 | |";
    let lo = "ຕາຕະລາງ:\n\n| ປີ | ຄະນະ | ຝ່າຍ |\n| --- | --: | --- |\n| 2025 | 2 | [ນ້ຳ](party:bac-ninh) |\n| 2026 | 3 | |";
    assert_eq!(found(&saying(vi, lo)), [""; 0]);
    // A number may be a word, and a column marked `:--` is one at the left.
    assert_eq!(found(&saying(vi, &lo.replace("| 2 |", "| ສອງ |"))), [""; 0]);
    assert_eq!(
        found(&saying(vi, &lo.replace("| --- | --:", "| :-- | -----:"))),
        [""; 0]
    );
    for (from, to, expected) in [
        (
            "| 2025 | 2 |",
            "| 2 | 2025 |",
            "table-mismatch cell: | 2 | 2025 | [ນ້ຳ](party:bac-ninh) |",
        ),
        (
            "| 2026 | 3 | |",
            "| 2026 | | 3 |",
            "table-mismatch empty: | 2026 | | 3 |",
        ),
        (
            "--: | --- |",
            "--- | --- |",
            "table-mismatch align: | ປີ | ຄະນະ | ຝ່າຍ |",
        ),
        (
            "\n| 2026 | 3 | |",
            "",
            "table-mismatch size: | ປີ | ຄະນະ | ຝ່າຍ |",
        ),
        (
            "[ນ້ຳ](party:bac-ninh) |\n| 2026 | 3 | |",
            "ນ້ຳ |\n| 2026 | 3 | [ນ້ຳ](party:bac-ninh) |",
            "table-mismatch cell: | 2025 | 2 | ນ້ຳ |",
        ),
    ] {
        let found = found(&saying(vi, &lo.replace(from, to)));
        assert!(found.contains(&expected.to_owned()), "{from:?}: {found:?}");
    }
    // What one language lacks altogether is told once, by the rule for it.
    let found = found(&saying(vi, &lo.replace("| 3 |", "| 7 |")));
    assert!(
        found.iter().all(|f| f.starts_with("number-missing")),
        "{found:?}"
    );
}

/// Returns the words of a cell as somebody may type them, and as they are printed.
fn cell(dice: &mut Dice) -> (String, String) {
    const CELLS: [(&str, &str); 12] = [
        ("ế", "ế"),
        ("ນ້ຳ ຕັ້ງ", "ນ້ຳ ຕັ້ງ"),
        ("", ""),
        ("**ề ợ**", "ề ợ"),
        ("*ກ*", "ກ"),
        (r"a \| b", "a | b"),
        ("# 1", "# 1"),
        ("- ế", "- ế"),
        ("1. ế", "1. ế"),
        ("1.200,5", "1.200,5"),
        ("[Hội](party:bac-ninh)", "Hội"),
        ("> 5 (a) ---", "> 5 (a) ---"),
    ];
    let (typed, printed) = CELLS[dice.roll(CELLS.len())];
    (typed.to_owned(), printed.to_owned())
}

/// Returns a table as it is typed, and the words of its cells.
fn table(dice: &mut Dice) -> (String, Vec<Align>, Vec<Vec<String>>) {
    let columns = 1 + dice.roll(5);
    let align: Vec<Align> = (0..columns)
        .map(|_| [Align::Left, Align::Center, Align::Right][dice.roll(3)])
        .collect();
    let mut lines = Vec::new();
    let mut words = Vec::new();
    for _ in 0..2 + dice.roll(4) {
        let row: Vec<(String, String)> = (0..columns).map(|_| cell(dice)).collect();
        let room = [" ", "  ", "\t"][dice.roll(3)];
        let typed = row.iter().map(|(typed, _)| format!("{room}{typed} |"));
        lines.push(format!("|{}", typed.collect::<String>()));
        words.push(row.into_iter().map(|(_, printed)| printed).collect());
    }
    let marks = align.iter().map(|align| format!("{}|", align.mark()));
    lines.insert(1, format!("|{}", marks.collect::<String>()));
    (lines.join("\n"), align, words)
}

#[test]
fn generated_tables_are_printed_cell_for_cell() {
    let mut dice = Dice(0x7ab1e);
    for _ in 0..150 {
        let (typed, align, words) = table(&mut dice);
        let text = saying(
            &format!("Bảng:\n\n{typed}\n\nHết."),
            &format!("ນ້ຳ:\n\n{typed}\n\nຕັ້ງ."),
        );
        let source = Source::new(
            "agreements/x.yaml",
            text.replace("status: final", "status: draft"),
        );
        let made = lab::workshop().make(&source, None, lab::Wanted::TEXTS);
        let slips = made.findings.iter().filter(|f| f.is_error());
        let slips: Vec<_> = slips.map(|f| (f.code, f.labels[0].span.text())).collect();
        assert!(slips.is_empty(), "{typed}\n{slips:?}");
        let file = made
            .files
            .iter()
            .find(|file| file.path == "vi.md")
            .expect("a text");
        let text = String::from_utf8(file.bytes.clone()).expect("UTF-8");
        let document = markdown::parse(&Source::new("vi.md", text), &Language("vi".to_owned()));
        let sections = document.expect("our own Markdown").sections;
        let mut units = sections.iter().flat_map(|section| &section.units);
        let unit = units.find(|unit| unit.id == "visits").expect("the clause");
        let [Block::List { items, .. }] = unit.blocks.as_slice() else {
            panic!("a numbered clause");
        };
        let Some(Block::Table {
            align: read,
            head,
            rows,
        }) = items[0].get(1)
        else {
            panic!("no table: {:?}", items[0]);
        };
        assert_eq!(*read, align);
        let bare = |cell: &Vec<_>| {
            let text = plain_text(&[Block::Paragraph { body: cell.clone() }]);
            text.trim_end_matches('\n').to_owned()
        };
        let row = |row: &Vec<Vec<_>>| row.iter().map(bare).collect::<Vec<_>>();
        let printed: Vec<Vec<String>> = std::iter::once(head).chain(rows).map(row).collect();
        assert_eq!(printed, words, "{typed}");
    }
}

#[test]
fn tables_that_differ_anywhere_have_other_words() {
    let source = |rows: &str| Source::new("x.md", format!("<!-- section: content -->\n\n{rows}"));
    let text = |rows: &str| {
        let document = markdown::parse(&source(rows), &Language("lo".to_owned()));
        plain_text(&document.expect("a table").sections[0].units[0].blocks)
    };
    let all = [
        "| a | b |\n|---|---|\n| ນ້ຳ | |",
        "| a | b |\n|---|---|\n| | ນ້ຳ |",
        "| a | b |\n|---|---|\n| | |\n| ນ້ຳ | |",
        "| a | b |\n|---|--:|\n| ນ້ຳ | |",
        "| a | b |\n|---|---|\n| ນ້ຳ \\| | |",
        "| a |\n|---|\n| ນ້ຳ \\| \\| |",
        "\\| a \\| b \\|\n\\| --- \\| --- \\|\n\\| ນ້ຳ \\| \\|",
    ];
    let mut texts: Vec<String> = all.iter().map(|rows| text(rows)).collect();
    texts.sort();
    texts.dedup();
    assert_eq!(texts.len(), all.len());
}

#[test]
fn a_cell_that_is_moved_after_the_freeze_is_noticed() {
    let folder = lab::project("tables-frozen", &["tables"]);
    let file = "agreements/tables.yaml";
    assert!(lab::alternat(&folder, &["freeze", file]).status.success());
    assert!(lab::alternat(&folder, &["build"]).status.success());
    let whole = fs::read_to_string(folder.join(file)).expect("the agreement");
    let moves: [&[(&str, &str)]; 3] = [
        &[
            ("Tập huấn | | 80 | |", "Tập huấn | 80 | | |"),
            ("ຕັ້ງໃຈ | | 80 | |", "ຕັ້ງໃຈ | 80 | | |"),
        ],
        &[("--- | --: |\n        | 2023", "--- | --- |\n        | 2023")],
        &[(
            "| 2023 | 2 |\n        | 2024 | 3 |",
            "| 2024 | 3 |\n        | 2023 | 2 |",
        )],
    ];
    for pairs in moves {
        let mut changed = whole.clone();
        for (from, to) in pairs {
            assert!(changed.contains(from), "{from}");
            changed = changed.replace(from, to);
        }
        fs::write(folder.join(file), changed).expect("writable");
        let built = lab::stderr(&lab::alternat(&folder, &["build"]));
        assert!(built.contains("error[signed-text-changed]"), "{built}");
        assert!(!built.contains("error[table-mismatch]"), "{built}");
    }
    // The room around the words is nobody's.
    let roomy = whole.replace("| 2023 | 2 |", "|  2023 |2|");
    fs::write(folder.join(file), roomy).expect("writable");
    assert!(lab::alternat(&folder, &["build"]).status.success());
}

/// Returns the base as a draft, in a layout, with a table of so many rows and columns.
fn long(layout: &str, rows: usize, columns: usize) -> String {
    let table = |words: &str, head: &str| {
        let mut lines = vec![format!("|{}", format!(" {head} |").repeat(columns))];
        lines.push(format!("|{}", " --- |".repeat(columns)));
        lines.extend(
            (1..=rows).map(|row| format!("| {row} |{}", format!(" {words} |").repeat(columns - 1))),
        );
        lines.join("\n")
    };
    let text = saying(
        &format!("Bảng:\n\n{}\n\nHết bảng.", table("đoàn ề ợ", "Cột")),
        &format!("ຕາຕະລາງ:\n\n{}\n\nໝົດ.", table("ງານ ນ້ຳ ຕັ້ງ", "ລາຍການ")),
    );
    text.replacen(
        "status: final",
        &format!("status: draft\nlayout: {layout}"),
        1,
    )
}

#[test]
fn a_header_stands_on_each_page_and_wide_tables_over_the_full_width() {
    for (layout, columns) in [
        ("columns", 2),
        ("columns", 5),
        ("stacked", 2),
        ("stacked", 5),
    ] {
        let folder = lab::empty_folder(&format!("tables-{layout}-{columns}"));
        fs::create_dir(folder.join("agreements")).expect("a folder");
        fs::write(folder.join("agreements/x.yaml"), long(layout, 90, columns)).expect("writable");
        let built = lab::alternat(&folder, &["build"]);
        let said = lab::stderr(&built);
        assert!(
            built.status.success() && !said.contains("text-overflows"),
            "{said}"
        );
        let draft = folder.join("output/bac-ninh-xaysomboun-2025-2027/draft");
        for edition in ["vi", "lo", "vi-lo"] {
            let path = draft.join(edition).with_extension("pdf");
            lab::assert_sound(&path);
            let text = lab::squeeze(&lab::pdf_text(&path));
            let head = if edition == "lo" {
                "ລາຍການ"
            } else {
                "Cột"
            };
            let headers = text.matches(head).count();
            let pages = text
                .matches("đoànềợ")
                .count()
                .max(text.matches("ງານນ").count());
            assert!(
                headers >= 2 * columns && pages >= 90,
                "{layout} {columns} {edition}: {headers}"
            );
        }
        let emitted = lab::alternat(
            &folder,
            &["build", "--emit", "json", "--edition", "draft/vi-lo"],
        );
        let lifted = lab::stdout(&emitted).contains("\"wide\": true");
        assert_eq!(
            lifted,
            layout == "columns" && columns == 5,
            "{layout} {columns}"
        );
    }
}

#[test]
fn a_sign_between_words_is_no_table() {
    for text in ["Hotline 1900 | 1800 | 1700.", "ế | ể", "|x| là số", "a\tb"] {
        let found = found(&saying(text, text));
        let tables = found
            .iter()
            .filter(|f| f.starts_with("table") && !text.starts_with('|'));
        assert_eq!(tables.count(), 0, "{text}: {found:?}");
    }
    assert!(!BASE.contains('▦'));
}

#[test]
fn parties_change_places_within_a_cell_alone() {
    let table = |a: &str, b: &str, between: &str, and: &str| {
        format!(
            "{a}:\n\n| [{a}](party:bac-ninh) | [{b}](party:xaysomboun) | ế |\n| --- | --- | --- |\n| 60 | 40 | ế |\n| | | {between} [{a}](party:bac-ninh) {and} [{b}](party:xaysomboun) |"
        )
    };
    let text = saying(
        &table("Bắc", "Xay", "giữa", "và"),
        &table("ບັກ", "ໄຊ", "ລະຫວ່າງ", "ແລະ"),
    );
    let folder = lab::empty_folder("tables-parties");
    fs::create_dir(folder.join("agreements")).expect("a folder");
    fs::write(folder.join("agreements/x.yaml"), text).expect("writable");
    let output = lab::alternat(&folder, &["build"]);
    assert!(output.status.success(), "{}", lab::stderr(&output));
    for (holder, cell) in [
        ("bac-ninh", "giữa Bắc và Xay"),
        ("xaysomboun", "giữa Xay và Bắc"),
    ] {
        let file = format!("output/bac-ninh-xaysomboun-2025-2027/originals/{holder}.vi.pdf");
        let text = lab::squeeze(&lab::pdf_text(&folder.join(file)));
        let row = lab::squeeze(&format!("Bắc Xay ế 60 40 ế {cell}"));
        assert!(text.contains(&row), "{text}");
    }
}
