//! What people have complained of, each with what must happen: either it stands on
//! the page as typed, or a finding stands at its line.

use std::fs;

use crate::lab;

/// A clause in Vietnamese and in Lao, as typed, and the codes of the errors and
/// warnings that it must have; none where it stands on the page as it is.
const CLAUSES: &[(&str, &str, &[&str])] = &[
    // Words cut at ` #`.
    (
        "Hai bên họp tại cột mốc #398 và cột mốc #400 mỗi năm hai lần.",
        "ສອງຝ່າຍປະຊຸມຢູ່ຫຼັກໝາຍ #398 ແລະ ຫຼັກໝາຍ #400 ປີລະສອງຄັ້ງ.",
        &["text-cut"],
    ),
    // A text that ends in a colon.
    (
        "Hai bên thống nhất các nội dung sau:",
        "ສອງຝ່າຍຕົກລົງດັ່ງນີ້:",
        &["colon-in-text"],
    ),
    // Points typed as people type them.
    (
        "|-\n        Hai bên thống nhất:\n        a) Trao đổi đoàn;\n        b) Tổ chức hội chợ.",
        "|-\n        ສອງຝ່າຍຕົກລົງ:\n        ກ) ແລກປ່ຽນຄະນະ;\n        ຂ) ຈັດງານ.",
        &[],
    ),
    (
        "|-\n        Gồm:\n        1.1. Một;\n        1.2. Hai.",
        "|-\n        ມີ:\n        1.1. ໜຶ່ງ;\n        1.2. ສອງ.",
        &[],
    ),
    (
        "|-\n        Gồm:\n        • Một;\n        • Hai.",
        "|-\n        ມີ:\n        • ໜຶ່ງ;\n        • ສອງ.",
        &["line-joined"],
    ),
    (
        ">-\n        Gồm:\n        - Một;\n        - Hai.",
        ">-\n        ມີ:\n        - ໜຶ່ງ;\n        - ສອງ.",
        &["lines-joined"],
    ),
    (
        "|-\n        | Tháng | Việc |\n        |---|---|\n        | 1 | Họp |",
        "|-\n        | ເດືອນ | ວຽກ |\n        |---|---|\n        | 1 | ປະຊຸມ |",
        &[],
    ),
    ("Như đã nêu[^1].", "ດັ່ງທີ່ກ່າວ[^1].", &["mark-left-over"]),
    (
        "'**Trao đổi đoàn:**hai bên họp.'",
        "'**ແລກປ່ຽນ:**ສອງຝ່າຍປະຊຸມ.'",
        &["mark-left-over"],
    ),
    (
        "|-\n        Giai đoạn 2026\n        - 2030 và sau đó.",
        "|-\n        ໄລຍະ 2026\n        - 2030 ແລະ ຕໍ່ໄປ.",
        &["accidental-list"],
    ),
    // Letters that only look right.
    (
        "Đoàn Ðiện Biên đến thăm.",
        "ຄະນະໄປຢ້ຽມຢາມ.",
        &["look-alike-letter"],
    ),
    (
        "Hội Ɖồng Nai đến thăm.",
        "ຄະນະໄປຢ້ຽມຢາມ.",
        &["look-alike-letter"],
    ),
    (
        "H\u{430}i bên đến thăm.",
        "ສອງຝ່າຍໄປຢ້ຽມຢາມ.",
        &["look-alike-letter"],
    ),
    (
        "Hai bªn thèng nhÊt hîp t¸c.",
        "ສອງຝ່າຍຕົກລົງຮ່ວມມື.",
        &["legacy-encoding"],
    ),
    // A copies clause of one's own.
    (
        "Thỏa thuận này được làm thành hai bộ, mỗi bên giữ một bộ.",
        "ຂໍ້ຕົກລົງນີ້ ເຮັດເປັນ ສອງຊຸດ, ແຕ່ລະຝ່າຍເກັບຮັກສາ ໜຶ່ງຊຸດ.",
        &["copies-twice"],
    ),
    // A letter without a glyph is found by `check`, at its place.
    ("Hai bên \u{f0b7} họp.", "ສອງຝ່າຍປະຊຸມ.", &["missing-glyph"]),
    // Values that start with a mark.
    ("**Hai bên** họp.", "**ສອງຝ່າຍ** ປະຊຸມ.", &["reserved-start"]),
    (
        "[Hội](party:bac-ninh) họp.",
        "[ສະຫະພັນ](party:bac-ninh) ປະຊຸມ.",
        &["reserved-start"],
    ),
    ("vi: Hai bên", "lo: ສອງຝ່າຍ", &["colon-in-text"]),
    // Who is Party A?
    ("Bên A chịu chi phí.", "ຝ່າຍ ກ ຮັບຜິດຊອບ.", &["ordinal-party"]),
    // What is right stands on the page.
    (
        "|-\n        Hai bên thống nhất:\n\n        1) Trao đổi đoàn;\n        2) Tổ chức hội chợ.",
        "|-\n        ສອງຝ່າຍຕົກລົງ:\n\n        1) ແລກປ່ຽນຄະນະ;\n        2) ຈັດງານ.",
        &[],
    ),
    (
        "\"Hai bên họp tại cột mốc #398:\"",
        "\"ສອງຝ່າຍປະຊຸມຢູ່ຫຼັກໝາຍ #398:\"",
        &[],
    ),
];

/// Returns the base with its second clause saying this.
fn saying(vi: &str, lo: &str) -> String {
    let text = lab::changed("vi: Hai bên thăm nhau mỗi năm.", &format!("vi: {vi}"));
    text.replace("lo: ສອງຝ່າຍຢ້ຽມຢາມກັນທຸກປີ.", &format!("lo: {lo}"))
}

#[test]
fn each_complaint_is_answered_at_its_line() {
    let mut faults = Vec::new();
    for (vi, lo, expected) in CLAUSES {
        let text = saying(vi, lo);
        let start = text.find("  - id: visits").expect("the clause");
        let end = text.find("implementation:").expect("what follows");
        let found = lab::check(text.clone());
        let at = |code: &&str| {
            found.iter().any(|f| {
                let place = f.labels.first().map(|label| label.span.range().start);
                f.code == *code && place.is_some_and(|place| (start..end).contains(&place))
            })
        };
        let answered = match expected {
            [] => found.iter().all(|f| !f.is_error()),
            codes => codes.iter().all(at),
        };
        if !answered {
            faults.push(format!(
                "{vi}: {:?}",
                found.iter().map(|f| f.code).collect::<Vec<_>>()
            ));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn two_originals_give_the_same_duties() {
    let folder = lab::empty_folder("complaint-duties");
    fs::create_dir(folder.join("agreements")).expect("a folder");
    let text = saying(
        "\"[Bắc Ninh](party:bac-ninh) chịu chi phí vé máy bay. [Xay Sôm Bun](party:xaysomboun) chịu \
         chi phí ăn ở.\"",
        "\"[ບັກນິງ](party:bac-ninh) ຮັບຜິດຊອບຄ່າປີ້ຍົນ. [ໄຊສົມບູນ](party:xaysomboun) ຮັບຜິດຊອບຄ່າກິນຢູ່.\"",
    );
    fs::write(folder.join("agreements/x.yaml"), text).expect("writable");
    let output = lab::alternat(&folder, &["build"]);
    assert!(output.status.success(), "{}", lab::stderr(&output));
    let originals = folder.join("output/bac-ninh-xaysomboun-2025-2027/originals");
    for holder in ["bac-ninh", "xaysomboun"] {
        let vi = lab::squeeze(&lab::pdf_text(&originals.join(format!("{holder}.vi.pdf"))));
        assert!(vi.contains("BắcNinhchịuchiphívémáybay."), "{vi}");
        assert!(vi.contains("XaySômBunchịuchiphíănở."), "{vi}");
    }
}
