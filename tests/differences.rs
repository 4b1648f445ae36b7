//! The sheet of differences tells every paragraph in which the originals differ, and
//! no other. What differs is found here in what is printed of each original.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use crate::lab::{self, squeeze};
use crate::readback::paragraphs;

/// A wording as the sheet tells it: where it stands, whose it is, the words.
type Told = (String, String, String);

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

/// Returns what `page/main.typ` receives, by edition.
fn inputs(folder: &Path) -> BTreeMap<String, Value> {
    let output = lab::alternat(folder, &["build", "--emit", "json"]);
    assert!(output.status.success(), "{}", lab::stderr(&output));
    let all = lab::json(&output);
    let all = list(&all).iter();
    all.map(|input| (text(&input["path"]).to_owned(), input.clone()))
        .collect()
}

/// Returns the holders and the language's originals, in agreed order.
fn originals<'a>(inputs: &'a BTreeMap<String, Value>, language: &str) -> Vec<(String, &'a Value)> {
    let custody = list(&inputs["originals/custody"]["sections"][0]["rows"]);
    let ids = custody.iter().map(|row| text(&row["id"]));
    let ids = ids.filter(|id| !["custody", "total"].contains(id));
    let path = |id: &str| format!("originals/{id}.{language}");
    ids.map(|id| (id.to_owned(), &inputs[&path(id)])).collect()
}

/// Returns where a part stands, in the words of its language.
fn place(language: &str, role: &str, row: &Value) -> String {
    let vietnamese = language == "vi";
    let part = match role {
        "content" => "I",
        "implementation" => "II",
        _ => {
            let known = [
                ("header", "Đầu trang", "ສ່ວນຫົວເອກະສານ"),
                ("preamble", "Phần mở đầu", "ພາກນຳ"),
                ("closing", "Phần kết", "ພາກທ້າຍ"),
            ];
            let (_, vi, lo) = known.into_iter().find(|known| known.0 == role).expect(role);
            return squeeze(if vietnamese { vi } else { lo });
        }
    };
    let number = &row["cells"][0][0]["start"];
    let word = if vietnamese { "Khoản" } else { "ຂໍ້" };
    squeeze(&format!("{word} {part}.{number}"))
}

/// Returns the wordings that are to be told of the originals in a language.
fn expected(inputs: &BTreeMap<String, Value>, language: &str) -> Vec<Told> {
    let originals = originals(inputs, language);
    let mut told = Vec::new();
    for (index, section) in list(&originals[0].1["sections"]).iter().enumerate() {
        let role = text(&section["role"]);
        if ["title", "contacts", "signatures"].contains(&role) {
            continue;
        }
        for (row_index, row) in list(&section["rows"]).iter().enumerate() {
            let count = paragraphs(&row["cells"][0]).len();
            for paragraph in 0..count {
                let mut wordings: Vec<(String, Vec<&str>)> = Vec::new();
                for (holder, original) in &originals {
                    let row = &original["sections"][index]["rows"][row_index];
                    let words = squeeze(&paragraphs(&row["cells"][0])[paragraph]);
                    match wordings.iter_mut().find(|known| known.0 == words) {
                        Some(known) => known.1.push(holder),
                        None => wordings.push((words, vec![holder])),
                    }
                }
                if wordings.len() > 1 {
                    told.extend(wordings.into_iter().map(|(words, holders)| {
                        (place(language, role, row), holders.join(" "), words)
                    }));
                }
            }
        }
    }
    told
}

/// Returns the wordings that the sheet tells in one of its columns; a holder is
/// known by its name on the custody sheet.
fn told(inputs: &BTreeMap<String, Value>, column: usize) -> Vec<Told> {
    let custody = list(&inputs["originals/custody"]["sections"][0]["rows"]);
    let names = custody.iter().map(|row| {
        let name = squeeze(&paragraphs(&row["cells"][column])[0]);
        let name = name.trim_end_matches("giữ:").trim_end_matches("ເກັບຮັກສາ:");
        (text(&row["id"]).to_owned(), name.to_owned())
    });
    let names: Vec<(String, String)> = names.collect();
    let mut told = Vec::new();
    for section in list(&inputs["originals/differences"]["sections"]) {
        assert_eq!(section["role"], "differences");
        let cell = list(&section["rows"][0]["cells"][column]);
        if cell[0]["level"] != 2 {
            continue;
        }
        let heading = squeeze(&paragraphs(&section["rows"][0]["cells"][column])[0]);
        for block in &cell[1..] {
            let all = squeeze(&paragraphs(&Value::from(vec![block.clone()]))[0]);
            let Value::String(lead) = &block["body"][0]["body"][0]["text"] else {
                panic!("no holder: {all}");
            };
            let lead = squeeze(lead);
            let known = names.iter().filter(|(_, name)| lead.contains(name));
            let holders: Vec<&str> = known.map(|(id, _)| id.as_str()).collect();
            let words = all.strip_prefix(&lead).expect("holders first").to_owned();
            told.push((heading.clone(), holders.join(" "), words));
        }
    }
    told
}

/// Asserts that the sheet tells what differs; returns how many wordings that are.
fn assert_told(folder: &Path) -> usize {
    let inputs = inputs(folder);
    let mut count = 0;
    for (column, language) in list(&inputs["originals/differences"]["languages"])
        .iter()
        .enumerate()
    {
        let expected = expected(&inputs, text(language));
        assert_eq!(told(&inputs, column), expected, "{language}");
        count += expected.len();
    }
    count
}

#[test]
fn exactly_what_differs_is_told() {
    // In both languages: the preamble, once for each holder, and the languages of
    // the copies, in two orders.
    for (name, count) in [
        ("two-parties", 2 * (2 + 2)),
        ("four-parties", 2 * (4 + 2)),
        ("five-parties", 2 * (5 + 2)),
    ] {
        let folder = lab::project(&format!("differences-{name}"), &[name]);
        assert_eq!(assert_told(&folder), count, "{name}");
    }
}

#[test]
fn a_letterhead_that_names_the_holder_is_told() {
    let folder = lab::project("differences-header", &["four-parties"]);
    let file = "agreements/four-parties.yaml";
    lab::edit(&folder, file, "party_order:", "header: union\nparty_order:");
    assert_eq!(assert_told(&folder), 2 * (4 + 4 + 2));
}

#[test]
fn what_was_typed_is_told_as_it_was_typed() {
    let folder = lab::project("differences-typed", &["four-parties"]);
    let file = "agreements/four-parties.yaml";
    let (from, to) = ("[Hội Nậm U]", "[#Hội_Nậm & U]");
    lab::edit(&folder, file, from, to);
    lab::edit(&folder, file, "Trên tinh thần hữu nghị, ", "");
    assert_eq!(assert_told(&folder), 2 * (4 + 2));
    let sheet = &inputs(&folder)["originals/differences"];
    assert!(sheet.to_string().contains(" #Hội_Nậm & U, Hội Hương Giang"));
}

#[test]
fn where_nothing_differs_the_sheet_says_so() {
    let file = "agreements/four-parties.yaml";
    let said = |folder: &Path| {
        assert_eq!(assert_told(folder), 0);
        let sheet = &inputs(folder)["originals/differences"]["sections"];
        assert_eq!(list(sheet).len(), 2);
        let cells = list(sheet)
            .iter()
            .flat_map(|section| list(&section["rows"][0]["cells"]));
        let words: Vec<String> = cells.flat_map(paragraphs).collect();
        words.join("\n")
    };
    let fixed = lab::project("differences-fixed", &["four-parties"]);
    lab::edit(&fixed, file, "party_order: alternat", "party_order: fixed");
    let words = said(&fixed);
    assert!(words.contains("Lời văn của các bản chính tiếng Việt giống nhau từng chữ."));
    assert!(!words.contains("giữ bản đó trước"), "{words}");
    // The holder first, but no enumeration, and one language.
    let still = lab::project("differences-none", &["four-parties"]);
    lab::edit(&still, file, "language: vi", "language: lo");
    for party in ["huong-giang", "nam-ou", "nam-tha", "phu-bia"] {
        let (from, to) = (format!("(party:{party})"), format!("(party:{party}!)"));
        lab::edit(&still, file, &from, &to);
    }
    let words = said(&still);
    assert!(words.contains("giữ bản đó trước"), "{words}");
    assert!(words.contains("Ngoài ra, lời văn của các bản chính tiếng Việt giống nhau từng chữ."));
}
