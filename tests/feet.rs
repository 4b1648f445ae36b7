//! The foot and the head of pages: initials and numbers.

use std::fs;
use std::path::{Path, PathBuf};

use crate::lab::{self, BASE};

fn built(name: &str, text: &str, words: Option<&str>) -> PathBuf {
    let folder = lab::empty_folder(name);
    fs::create_dir_all(folder.join("agreements")).expect("a folder");
    fs::write(folder.join("agreements/a.yaml"), text).expect("a file");
    if let Some(number) = words {
        fs::create_dir_all(folder.join("templates/vi")).expect("a folder");
        let built_in = lab::repository().join("templates/vi/words.yaml");
        let built_in = fs::read_to_string(built_in).expect("a file");
        let own = format!("page_number: \"{number}\"\n{built_in}");
        fs::write(folder.join("templates/vi/words.yaml"), own).expect("a file");
    }
    let output = lab::alternat(&folder, &["build"]);
    assert!(output.status.success(), "{}", lab::stderr(&output));
    folder.join("output/bac-ninh-xaysomboun-2025-2027")
}

/// Returns the last lines of each page.
fn feet(pdf: &Path) -> Vec<String> {
    let text = lab::pdf_text(pdf);
    let pages = text.split('\u{c}').filter(|page| !page.trim().is_empty());
    let feet = pages.map(|page| {
        let lines: Vec<&str> = page.lines().filter(|it| !it.trim().is_empty()).collect();
        lines[lines.len().saturating_sub(4)..].join("\n")
    });
    feet.collect()
}

#[test]
fn each_page_of_an_original_has_room_for_initials() {
    let wanted = format!("initials: true\n{BASE}");
    let folder = built("initials", &wanted, None);
    let names = ["Hội LHPN tỉnh Bắc Ninh", "Hội LHPN tỉnh Xay Sôm Bun"];
    for (original, names) in [
        ("bac-ninh.vi", names),
        ("xaysomboun.vi", [names[1], names[0]]),
        (
            "xaysomboun.lo",
            ["ສະຫະພັນແມ່ຍິງແຂວງໄຊສົມບູນ", "ສະຫະພັນແມ່ຍິງແຂວງບັກນິງ"],
        ),
    ] {
        let pdf = folder.join(format!("originals/{original}.pdf"));
        for foot in feet(&pdf) {
            let places = names.map(|name| foot.find(name));
            assert!(
                places[0].is_some() && places[0] < places[1],
                "{original}: {foot}"
            );
        }
    }
    // Nobody signs the sheets.
    let project = folder.ancestors().nth(2).expect("the project");
    for (edition, is_signed) in [
        ("originals/bac-ninh.vi", true),
        ("originals/custody", false),
    ] {
        let asked = [
            "build",
            "--emit",
            "json",
            "--edition",
            edition,
            "agreements/a.yaml",
        ];
        let page = lab::json(&lab::alternat(project, &asked));
        assert_eq!(page.get("initials").is_some(), is_signed, "{edition}");
    }
}

#[test]
fn a_pack_tells_of_how_many_pages() {
    let folder = built("page-number", BASE, Some("trang {page}/{pages}"));
    let text = lab::pdf_text(&folder.join("originals/bac-ninh.vi.pdf"));
    let pages: Vec<&str> = text
        .split('\u{c}')
        .filter(|it| !it.trim().is_empty())
        .collect();
    assert!(pages.len() > 1, "{text}");
    assert!(!pages[0].contains("trang 1/"), "{}", pages[0]);
    for (number, page) in (2..).zip(&pages[1..]) {
        let told = format!("trang {number}/{}", pages.len());
        assert!(page.contains(&told), "{page}");
    }
    // The pack of the first language decides.
    let lao = lab::pdf_text(&folder.join("originals/bac-ninh.lo.pdf"));
    assert!(!lao.contains("trang"), "{lao}");
}
