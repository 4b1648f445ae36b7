//! How many originals there are: the formula, the feet of the pages, the custody
//! sheet and the files say the same, for every form and number.

use std::fs;
use std::path::{Path, PathBuf};

use alternat::agreement::{Agreement, OriginalForm, load};
use alternat::source::Source;

use crate::lab;

/// Projects of 2, 4 and 5 parties, and one of three languages.
const PROJECTS: [&str; 4] = [
    "two-parties",
    "four-parties",
    "five-parties",
    "three-languages",
];

/// Builds a project of the suite with other originals.
fn build(test: &str, project: &str, form: &str, each: usize) -> (PathBuf, Agreement) {
    let folder = lab::empty_folder(&format!("originals-{test}-{project}-{form}-{each}"));
    let suite = lab::repository().join("tests/suite").join(project);
    lab::copy_folder(&suite.join("agreements"), &folder.join("agreements"));
    let file = folder.join(format!("agreements/{project}.yaml"));
    let text = fs::read_to_string(&file).expect("an agreement");
    let key = format!("originals: {{form: {form}, each: {each}}}\nstatus:");
    let text = text.replacen("status:", &key, 1);
    let text = text.replacen("party_order: fixed", "party_order: alternat", 1);
    fs::write(&file, &text).expect("a file");
    let output = lab::alternat(&folder, &["build"]);
    assert!(output.status.success(), "{}", lab::stderr(&output));
    let loaded = load::load(&Source::new("x.yaml", text)).expect("a sound agreement");
    (folder, loaded.agreement)
}

/// Returns the files that are to be there, each with its holder, its number and how
/// many there are of its kind.
fn wanted(agreement: &Agreement) -> Vec<(String, usize, usize, usize)> {
    let each = agreement.originals.each;
    let of = agreement.parties.len() * each;
    let mut wanted = Vec::new();
    for (holder, party) in agreement.parties.iter().enumerate() {
        let names: Vec<String> = match agreement.originals.form {
            OriginalForm::Joint => vec![party.id.clone()],
            OriginalForm::Separate => {
                let languages = agreement.languages.iter();
                languages
                    .map(|language| format!("{}.{language}", party.id))
                    .collect()
            }
        };
        for name in names {
            for copy in 1..=each {
                let name = match each {
                    1 => format!("{name}.pdf"),
                    _ => format!("{name}-{copy}.pdf"),
                };
                wanted.push((name, holder, holder * each + copy, of));
            }
        }
    }
    wanted.sort();
    wanted
}

fn assert_all_agree(folder: &Path, agreement: &Agreement) {
    let wanted = wanted(agreement);
    let mut files: Vec<String> = wanted.iter().map(|(file, ..)| file.clone()).collect();
    files.extend(["custody", "differences"].map(|sheet| format!("{sheet}.pdf")));
    files.sort();
    let mut made = lab::files_below(&folder.join("originals"));
    made.retain(|file| file.ends_with(".pdf"));
    assert_eq!(made, files);
    let custody = fs::read_to_string(folder.join("originals/custody.md")).expect("a sheet");
    for (file, holder, number, of) in &wanted {
        let line = format!("{number}/{of} ({file})");
        assert_eq!(
            custody.matches(&line).count(),
            2,
            "{line} in both languages"
        );
        let text = lab::pdf_text(&folder.join("originals").join(file));
        let foot = format!("{number}/{of} - ");
        assert!(
            text.contains(&foot),
            "{foot} at the foot of {file}:\n{text}"
        );
        let name = agreement.parties[*holder].short_name();
        let feet = text.lines().filter(|line| line.contains(&foot));
        let feet = feet.map(lab::squeeze).collect::<Vec<_>>();
        let named = |name: &str| feet.iter().any(|foot| foot.contains(&lab::squeeze(name)));
        let mut names = agreement
            .languages
            .iter()
            .filter_map(|language| name.get(language));
        assert!(names.any(named), "{name:?} at the foot of {file}:\n{text}");
    }
    let words = |number: usize| {
        [
            "", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười",
        ][number]
    };
    let said = |number: usize| format!("{} ({number:02}) bản", words(number));
    let text = fs::read_to_string(folder.join("vi.md")).expect("a text");
    let total = said(agreement.parties.len() * agreement.originals.each);
    let kept = format!("mỗi bên giữ {}", said(agreement.originals.each));
    assert!(
        text.contains(&total) && text.contains(&kept),
        "{total}, {kept}:\n{text}"
    );
}

#[test]
fn formula_feet_custody_and_files_say_the_same() {
    for project in PROJECTS {
        for (form, each) in [("joint", 1), ("joint", 2), ("separate", 2)] {
            let (folder, agreement) = build("same", project, form, each);
            assert_all_agree(&folder.join("output").join(project), &agreement);
        }
    }
}

#[test]
fn a_joint_original_names_its_holder_and_its_language_first_and_is_signed_once() {
    for project in PROJECTS {
        let (folder, agreement) = build("first", project, "joint", 1);
        let pages = lab::json(&lab::alternat(&folder, &["build", "--emit", "json"]));
        let places = lab::json(&lab::alternat(&folder, &["build", "--emit", "signatures"]));
        for party in &agreement.parties {
            let path = format!("originals/{}", party.id);
            let pages = pages.as_array().expect("editions").iter();
            let page = pages.clone().find(|page| page["path"] == path.as_str());
            let page = page.expect("an original");
            assert_eq!(page["languages"][0], party.language.0.as_str(), "{path}");
            assert_eq!(
                page["languages"].as_array().map(Vec::len),
                Some(agreement.languages.len())
            );
            let sections = page["sections"].as_array().expect("sections").iter();
            for section in sections.filter(|s| s["role"] == "contacts" || s["role"] == "signatures")
            {
                let mut rows = section["rows"].as_array().expect("rows").iter();
                let first = rows.find(|row| row["id"] != "").expect("a part");
                assert_eq!(
                    first["id"],
                    party.id.as_str(),
                    "{path}: {}",
                    section["role"]
                );
            }
            let places = places[&path].as_array().expect("places");
            assert_eq!(places.len(), agreement.parties.len(), "{path}");
            assert_eq!(places[0]["party"], party.id.as_str());
        }
    }
}

#[test]
fn other_originals_than_those_that_were_signed_are_refused() {
    let folder = lab::empty_folder("originals-frozen");
    let suite = lab::repository().join("tests/suite/joint-originals");
    lab::copy_folder(&suite.join("agreements"), &folder.join("agreements"));
    let file = folder.join("agreements/joint-originals.yaml");
    // A clause that fits four originals of either form.
    let text = fs::read_to_string(&file).expect("an agreement");
    let text = text.replace(", mỗi bản bằng tiếng Việt và tiếng Lào", "");
    let text = text.replace(", ແຕ່ລະສະບັບເປັນພາສາຫວຽດນາມ ແລະ ພາສາລາວ", "");
    fs::write(&file, &text).expect("a file");
    let freeze = ["freeze", "agreements/joint-originals.yaml"];
    let frozen = lab::alternat(&folder, &freeze);
    assert!(frozen.status.success(), "{}", lab::stderr(&frozen));
    assert!(lab::alternat(&folder, &["build"]).status.success());
    for other in ["", "originals: {each: 1}"] {
        let text = text.replacen("originals: {form: joint, each: 2}", other, 1);
        fs::write(&file, text).expect("a file");
        let output = lab::alternat(&folder, &["build"]);
        assert!(!output.status.success(), "{other}");
        let said = lab::stderr(&output);
        assert!(said.contains("signed-text-changed"), "{said}");
    }
}

#[test]
fn a_party_does_not_lose_its_original_to_a_sheet() {
    let suite = lab::repository().join("tests/suite/joint-originals");
    for (each, refused) in [(1, true), (2, true)] {
        let folder = lab::empty_folder(&format!("originals-sheet-{each}"));
        lab::copy_folder(&suite.join("agreements"), &folder.join("agreements"));
        let file = folder.join("agreements/joint-originals.yaml");
        let text = fs::read_to_string(&file).expect("an agreement");
        let text = text
            .replace("bac-ninh\n", "custody\n")
            .replace("party:bac-ninh", "party:custody");
        fs::write(&file, text.replace("each: 2", &format!("each: {each}"))).expect("a file");
        let said = lab::stderr(&lab::alternat(&folder, &["build"]));
        assert_eq!(said.contains("id-of-a-sheet"), refused, "{said}");
    }
}
