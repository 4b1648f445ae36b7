//! Letters that only look right: each look-alike in real sentences, and texts
//! that must stay silent.

use alternat::diagnostic::Diagnostic;
use alternat::project::Project;
use alternat::source::Source;

use crate::lab::{BASE, Options, Workshop, repository, workshop};

/// Codes that speak of letters.
const LETTERS: [&str; 8] = [
    "legacy-encoding",
    "look-alike-letter",
    "unusual-letter",
    "missing-glyph",
    "hidden-character",
    "decomposed-letters",
    "thai-letter",
    "foreign-script",
];

fn letters(text: &str) -> Vec<Diagnostic> {
    let findings = workshop()
        .check(&Source::new("x.yaml", text), None)
        .findings;
    let of_letters = |f: &Diagnostic| LETTERS.contains(&f.code);
    findings.into_iter().filter(of_letters).collect()
}

/// Puts `vi` and `lo` in the place of a clause's texts.
fn clause(vi: &str, lo: &str) -> String {
    let quoted = |text: &str| format!("'{}'", text.replace('\'', "''"));
    BASE.replace("Hai bên thăm nhau mỗi năm.", &quoted(vi))
        .replace("ສອງຝ່າຍຢ້ຽມຢາມກັນທຸກປີ.", &quoted(lo))
}

fn shown(findings: &[Diagnostic]) -> Vec<String> {
    let line = |f: &Diagnostic| format!("{} {:?}", f.code, f.values);
    findings.iter().map(line).collect()
}

#[test]
fn each_look_alike_is_found_wherever_it_stands() {
    let table = [
        ('a', "\u{430}\u{251}\u{ff41}\u{1d41a}ａ"),
        ('A', "\u{410}\u{391}\u{ff21}Ⓐ"),
        ('B', "\u{412}\u{392}"),
        ('c', "\u{441}\u{3f2}ⓒ𝐜"),
        ('e', "\u{435}𝑒"),
        ('H', "\u{41d}\u{397}"),
        ('i', "\u{456}\u{131}ｉ"),
        ('o', "\u{43e}\u{3bf}\u{585}ｏ"),
        ('p', "\u{440}"),
        ('x', "\u{445}"),
        ('y', "\u{443}"),
        ('h', "\u{4bb}𝗁"),
        ('n', "\u{578}"),
        ('Đ', "\u{d0}\u{189}"),
        ('đ', "\u{f0}\u{256}"),
        ('b', "\u{180}"),
        ('ă', "\u{1ce}"),
        ('1', "１①𝟏"),
        (':', "："),
    ];
    let places = [
        "Hai bên tổ chức Hội nghị: Bản An Đồng, xã Điện Biên, đường Hồ Chí Minh 1, phạm vi.",
        "Điện Biên: cơ quan đầu mối phối hợp xây dựng kế hoạch năm 2021; Hà Nội, Bắc Ninh, Ai Cập.",
        "Đoàn đại biểu, Hội đồng Anh, Bình, căn bản an xã hội 11: phối hợp chặt chẽ, y tế.",
    ];
    let mut tried = 0;
    for (letter, alikes) in table {
        for alike in alikes.chars() {
            for place in places.iter().filter(|place| place.contains(letter)) {
                for count in [1, 2] {
                    let text = place.replacen(letter, &alike.to_string(), count);
                    let written = text.matches(alike).count();
                    let found = letters(&clause(&text, "ສອງຝ່າຍຢ້ຽມຢາມກັນທຸກປີ."));
                    let said = found.iter().any(|f| {
                        f.is_error()
                            && f.values.get("meant") == Some(&letter.to_string())
                            && f.values.get("count") == Some(&written.to_string())
                            && f.labels[0].span.text() == alike.to_string()
                    });
                    assert!(said && found.len() == 1, "{text}: {:?}", shown(&found));
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 150, "{tried}");
}

#[test]
fn other_strange_characters_are_found_once() {
    for (vi, code, count) in [
        ("Điều Ⅳ và Ⅳ của Ⅳ", "missing-glyph", "3"),
        ("ﬁle của hai bên", "look-alike-letter", "1"),
        ("Gồm:\u{f0b7} một;\u{f0b7} hai", "missing-glyph", "2"),
        ("Hai bên 🙂 thăm 🙂 nhau", "missing-glyph", "2"),
        ("Hai bên \u{2192} thăm", "unusual-letter", "1"),
        ("Thỏa thuận¹ này", "unusual-letter", "1"),
        ("Thỏa thuận² này", "unusual-letter", "1"),
        ("việc\u{0304}\u{0327}g", "look-alike-letter", "1"),
        (
            "Hai\u{200b} bên\u{200b} thăm\u{200b}",
            "hidden-character",
            "3",
        ),
        ("Hai\u{ad} bên\u{ad}", "hidden-character", "2"),
        ("Hai be\u{302}n tha\u{306}m nhau", "decomposed-letters", "2"),
    ] {
        let found = letters(&clause(vi, "ສອງຝ່າຍຢ້ຽມຢາມກັນທຸກປີ."));
        let said = found.iter().filter(|f| f.code == code).collect::<Vec<_>>();
        assert_eq!(said.len(), 1, "{vi}: {:?}", shown(&found));
        assert_eq!(said[0].values["count"], count, "{vi}");
        assert_eq!(said[0].labels[0].span.source().name(), "x.yaml");
    }
}

#[test]
fn a_letter_is_found_in_every_field() {
    for typed in [
        "Hội Liên hiệp Phụ nữ tỉnh Bắc Ninh, lo",
        "Hội LHPN tỉnh Bắc Ninh, lo",
        "nước Cộng hòa Dân chủ Nhân dân Lào",
        "Trần Thị Thủy",
        "Văn phòng",
        "phường Kinh Bắc",
        "Về thăm viếng",
        "thống nhất ký kết",
        "báo cáo hằng năm",
        "place: {vi: tỉnh",
    ] {
        for (alike, letter) in [("\u{43d}\u{430}", 'a'), ("\u{f0b7}", '•')] {
            let to = format!("{typed}{alike}");
            let at = to.replacen(", lo", "", 1);
            let text = match typed.strip_suffix(", lo") {
                Some(head) => BASE.replacen(typed, &format!("{head}{alike}, lo"), 1),
                None => BASE.replacen(typed, &to, 1),
            };
            let found = letters(&text);
            let hit = |f: &Diagnostic| f.is_error() && f.values["meant"] == letter.to_string();
            let known = found
                .iter()
                .filter(|f| f.values.contains_key("meant"))
                .any(hit);
            assert!(known, "{at}: {:?}", shown(&found));
        }
    }
    let found = letters(&BASE.replacen("phunu@bacninh", "phunu@b\u{430}cninh", 1));
    assert!(
        found.iter().any(|f| f.code == "look-alike-letter"),
        "{:?}",
        shown(&found)
    );
}

#[test]
fn texts_that_only_look_strange_stay_silent() {
    let vietnamese = "Ông François Hollande, bà Ségolène Royal|Châteauneuf-du-Pape|Müller và Böhm|\
        São Paulo|Ñuñoa, Perú|Ørsted, Åland, Ærø|Dvořák, Škoda, Żółć, Győr|İstanbul|Noël, Zoë|\
        Washington, Wales, Zürich, Fiji, Java|500 m², 30 km², 12 m³|35°C, 20 ± 5 %|1.000 €, 5 £, \
        100 ₫|№ 5, § 3|“Việt Nam”, ‘Lào’, «Điện Biên»|2026–2028, Hà Nội — Viêng Chăn|v.v…|\
        • một • hai|5 × 3 = 15|½ và ¼|van-phong@bacninh.gov.vn|https://bacninh.gov.vn/a?b=c&d|\
        70/2020/QH14|64/2021/NĐ-CP|Điều 5(2)(a)|COVID-19|Ý, Ỷ, Ử, Ẵ, Ặ|THỎA THUẬN HỢP TÁC|\
        Đắk Lắk, Krông Pắc, Ea H’leo|Plei Kần; Ia H'Drai|A Pa Chải, Nậm Pồ, Xốp Cộp|UNESCO, ASEAN|\
        tiếng Lào: ຂໍ້ຕົກລົງ|100 ₭|15%|08:00 - 17:30|a) một; b) hai|(1) một; (2) hai|1/2|\
        +84 24 3799 1234|#5|C++|A&B|50 µm|≤ 5, ≥ 3|Wi-Fi 5 GHz|©, ®, ™|tháng 3 ÷ tháng 5|\
        Xaysomboun, Sê Kông, Hủa Phăn|Nguyễn Thị Ế|ông Tư, bà Đỗ Ỷ Ỡ";
    for text in vietnamese.split('|').map(str::trim) {
        let found = letters(&clause(text, "ສອງຝ່າຍ"));
        let found: Vec<String> = shown(&found)
            .into_iter()
            .filter(|f| !f.starts_with("foreign-script"))
            .collect();
        assert!(found.is_empty(), "{text}: {found:?}");
    }
    let lao = "ກ) ໜຶ່ງ; ຂ) ສອງ|ປະຊຸມ ໆ|ຯລຯ|ໂປໂລ ຯ|100 ₭|35°C|ມ²|“ລາວ”|ASEAN, WTO|ພາກ III|\
        64/2021/NĐ-CP|www.lwu.gov.la|ນ້ຳ ຕັ້ງ ເຊື່ອ|໒໐໒໖|ສປປ ລາວ – ຫວຽດນາມ|lwu@xaysomboun.gov.la|\
        ໜອງຄາຍ, ໝາກ|ຮຽນ, ປຽກ|• ໜຶ່ງ|70/2020/QH14";
    for text in lao.split('|').map(str::trim) {
        let found = letters(&clause("Hai bên", text));
        assert!(found.is_empty(), "{text}: {:?}", shown(&found));
    }
}

#[test]
fn lettered_points_in_lao_get_their_own_hint() {
    let found = letters(&clause("a) một; b) hai", "a) ໜຶ່ງ; b) ສອງ"));
    assert_eq!(found.len(), 1, "{:?}", shown(&found));
    assert_eq!(
        (found[0].code, found[0].hints.as_slice()),
        ("foreign-script", &["point"][..])
    );
    assert_eq!(found[0].values["text"], "a)");
}

#[test]
fn a_text_in_an_old_encoding_is_told_once() {
    for (vi, lo) in [
        ("Héi Liªn hiÖp Phô n÷ hai tØnh thèng nhÊt", "ສອງຝ່າຍ"),
        ("Há»™i LiÃªn hiá»‡p Phá»¥ ná»¯ hai tá»‰nh", "ສອງຝ່າຍ"),
        ("Hai bên", "¦¾ê¾ì½\u{ad}½ìñ© ¯½§¾êò¯½Äª"),
        ("Hai bên", "สาทาละนะลัด ปะชาทิปะไต"),
    ] {
        let found = letters(&clause(vi, lo));
        assert_eq!(found.len(), 1, "{:?}", shown(&found));
        assert_eq!(found[0].code, "legacy-encoding");
        assert!(found[0].is_error());
    }
    // YAML refuses letters that come of reading VPS as Latin-1.
    let vps = "Hai bên thÓng nhÃt thæm nhau m\u{87}i næm, phÓi h®p";
    let found = letters(&clause(vps, "ສອງຝ່າຍ"));
    assert_eq!(found.len(), 1, "{:?}", shown(&found));
    assert_eq!(found[0].values["encoding"], "@encoding-vps");
}

#[test]
fn letters_of_templates_are_told_at_the_template() {
    let project = Project::new(repository());
    let mut materials = project.materials().expect("readable");
    let files = &mut materials.templates;
    let closing = files["vi/closing.md"]
        .text()
        .replace("này", "n水ày {# 火 #}");
    files.insert(
        "vi/closing.md".to_owned(),
        Source::new("templates/vi/closing.md", closing),
    );
    let words = files["lo/words.yaml"]
        .text()
        .replace("draft_mark: ຮ່າງ", "draft_mark: ຮ່າງ山");
    files.insert(
        "lo/words.yaml".to_owned(),
        Source::new("templates/lo/words.yaml", words),
    );
    let workshop = Workshop::new(materials, Options::default()).expect("sound");
    let found = workshop.check(&Source::new("x.yaml", BASE), None).findings;
    let places: Vec<(&str, &str)> = found
        .iter()
        .filter(|f| f.code == "missing-glyph")
        .map(|f| (f.labels[0].span.source().name(), f.labels[0].span.text()))
        .collect();
    assert_eq!(
        places,
        [
            ("templates/vi/closing.md", "水"),
            ("templates/lo/words.yaml", "山")
        ]
    );
}
