//! What a review keeps of a text: enough to notice a later change.

use std::fs;

use alternat::source::Source;

use crate::lab::{self, BASE, changed, check};

#[test]
fn a_sheet_has_every_text_with_room_beside_it() {
    let folder = lab::project("review-sheet", &[lab::OWN]);
    let file = "agreements/dak-lak-attapeu-sekong-salavan-champasak-2022-2027.yaml";
    let output = lab::alternat(&folder, &["review", "lo", file, "--sheet"]);
    let made = "output/dak-lak-attapeu-sekong-salavan-champasak-2022-2027/review/lo";
    assert_eq!(
        lab::stderr(&output),
        format!("{made}.md, {made}.pdf: read it, tick what is right, and write what is not\n")
    );
    let sheet = fs::read_to_string(folder.join(format!("{made}.md"))).expect("made");
    let source = fs::read_to_string(folder.join(file)).expect("a file");
    let agreement = alternat::agreement::load::load(&Source::new(file, source))
        .expect("sound")
        .agreement;
    let lines = lab::pdf_lines(&folder.join(format!("{made}.pdf")));
    let pdf = lab::squeeze(&lines.concat());
    let lao = alternat::language::Language("lo".to_owned());
    let letters = |text: &str| lab::squeeze(text).replace(['\u{200b}', '\u{2060}'], "");
    for clause in agreement.clauses() {
        let title = clause.title.as_ref().and_then(|title| title.get(&lao));
        if let Some(title) = title {
            assert!(sheet.contains(title), "{title}");
            assert!(letters(&pdf).contains(&letters(title)), "{title}");
        }
    }
    // The doubtful terms come first, those of the text before the others.
    let at = |words: &str| sheet.find(words).unwrap_or_else(|| panic!("{words}"));
    let used = at("\u{25a1} ຂໍ້ຕົກລົງ ວ່າດ້ວຍ ການຮ່ວມມື ເພື່ອສັນຕິພາບ");
    let unused = at("\u{25a1} ບົດບັນທຶກຄວາມເຂົ້າໃຈ");
    assert!(used < unused && unused < at("## Toàn văn"));
    let rooms = sheet.matches("\u{25a1} ຖືກຕ້ອງ").count();
    assert!(rooms > agreement.clauses().count(), "{rooms}");
    assert!(!pdf.contains("DỰTHẢO"));
    lab::assert_sound(&folder.join(format!("{made}.pdf")));
    let other = lab::alternat(&folder, &["review", "en", file, "--sheet"]);
    assert!(lab::stderr(&other).contains("error[language-not-listed]"));
    let neither = lab::alternat(&folder, &["review", "lo", file]);
    assert_eq!(neither.status.code(), Some(2));
}

#[test]
fn a_review_notices_changes() {
    let source = Source::new("x.yaml", BASE);
    let agreement = alternat::agreement::load::load(&source)
        .expect("sound")
        .agreement;
    let lao = alternat::language::Language("lo".to_owned());
    let digests = alternat::agreement::review::digests(&agreement, &lao);
    let list: Vec<String> = digests
        .iter()
        .map(|(part, d)| format!("{part}: \"{d}\""))
        .collect();
    let record = format!(
        "review: {{lo: {{by: ກ, digests: {{{}}}}}}}\nsigning:",
        list.join(", ")
    );
    let reviewed = changed("signing:", &record);
    let findings = check(reviewed.clone());
    assert!(findings.is_empty(), "{findings:?}");
    let later = reviewed.replace("thăm nhau mỗi năm", "thăm nhau hai năm");
    let stale: Vec<String> = check(later)
        .iter()
        .filter(|f| f.code == "stale-translation")
        .map(|f| f.values["part"].clone())
        .collect();
    assert_eq!(stale, ["visits"]);
    // Every word that is printed in the language, or was translated, is covered.
    for (from, to, part) in [
        ("ກ່ຽວກັບການຢ້ຽມຢາມ", "ການຢ້ຽມຢາມ", "visits"),
        ("Trần Thị Thủy,", "Trần Thị Thúy,", "parties"),
        ("post: {vi: Chủ tịch", "post: {vi: Phó Chủ tịch", "parties"),
        (
            "lo: ສະຫະພັນແມ່ຍິງແຂວງບັກນິງ",
            "lo: ສະຫະພັນແມ່ຍິງແຂວງບັກຊາງ",
            "parties",
        ),
        (
            "formula: [copies]",
            "formula: [non-binding, copies]",
            "legal",
        ),
        ("lo: ແຂວງບັກນິງ}", "lo: ແຂວງບັກຊາງ}", "signing"),
    ] {
        assert!(reviewed.contains(from), "{from}");
        let found = check(reviewed.replacen(from, to, 1));
        let mut stale = found.iter().filter(|it| it.code == "stale-translation");
        assert!(stale.any(|it| it.values["part"] == part), "{from}");
    }
}
