//! What three independent readers read back from a PDF is what was written,
//! letter for letter, part by part.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::lab::{self, squeeze};
use crate::typed;

#[test]
fn the_agreements_of_the_repository() {
    check(&lab::project("readback-repository", &[lab::OWN]));
}

#[test]
fn two_four_and_five_parties_and_three_languages() {
    check(&lab::project("readback-suite", &lab::SUITE));
}

#[test]
fn tables_of_two_four_and_five_parties() {
    let folder = lab::project(
        "readback-tables",
        &["tables", "two-parties", "five-parties"],
    );
    let file = |id: &str| folder.join(format!("agreements/{id}.yaml"));
    let read = |id: &str| std::fs::read_to_string(file(id)).expect("an agreement");
    let tables = read("tables");
    let tables = tables.split("\n\n").filter(|text| text.contains("--: |"));
    // A wide one and a narrow one in Vietnamese, then in Lao.
    let [wide, narrow, wide_lo, narrow_lo] = tables.collect::<Vec<_>>()[..] else {
        panic!("other tables");
    };
    for (id, layout, vi, lo) in [
        ("two-parties", "columns", narrow, narrow_lo),
        ("five-parties", "stacked", wide, wide_lo),
    ] {
        let text = read(id);
        let start = text.find("content:\n").expect("clauses");
        let end = text.find("implementation:\n").expect("more clauses");
        let clause = |vi: &str, lo: &str| {
            format!(
                "  text:\n      vi: |-\n        Số liệu năm:\n\n{vi}\n      lo: |-\n        ຕົວເລກປີ:\n\n{lo}\n"
            )
        };
        let clauses = clause(vi, lo);
        let text = format!(
            "{}content:\n  - id: tables\n  {clauses}{}",
            &text[..start],
            &text[end..]
        );
        let text = text.replacen(
            "party_order:",
            &format!("layout: {layout}\nparty_order:"),
            1,
        );
        std::fs::write(file(id), text).expect("writable");
    }
    check(&folder);
}

#[test]
fn the_official_face_of_lao() {
    let folder = lab::project("readback-phetsarath", &["two-parties", "four-parties"]);
    lab::set_lao_in(&folder, "Phetsarath OT, Noto Serif Lao, Liberation Serif");
    check(&folder);
}

#[test]
fn a_long_address_is_broken_and_read_whole() {
    let folder = lab::project("readback-address", &["four-parties"]);
    let long =
        "van-phong.doi-ngoai_hop-tac.quoc-te.huong-giang@vp.ngoai-vu.huong-giang.example.org";
    lab::edit(
        &folder,
        "agreements/four-parties.yaml",
        "huong-giang@example.org",
        long,
    );
    check(&folder);
}

/// Builds a project and compares every part of every PDF.
fn check(folder: &Path) {
    let built = lab::alternat(folder, &["build"]);
    assert!(built.status.success(), "{}", lab::stderr(&built));
    let emitted = lab::alternat(folder, &["build", "--emit", "json"]);
    let inputs = lab::json(&emitted);
    let inputs = inputs.as_array().expect("a list of editions");
    let paths: Vec<String> = inputs.iter().map(|input| pdf_of(folder, input)).collect();
    assert!(paths.len() >= 6, "too few documents");
    let read = read_back(&paths);
    let mut faults = Vec::new();
    for (input, path) in inputs.iter().zip(&paths) {
        for (reader, pages) in &read[path] {
            faults.extend(compare(input, pages).map(|fault| format!("{path}: {reader}: {fault}")));
            let lost = unprinted(folder, input, pages);
            faults
                .extend(lost.map(|word| format!("{path}: {reader}: typed and not there: {word}")));
        }
    }
    let shown: Vec<&String> = faults.iter().take(10).collect();
    assert!(
        faults.is_empty(),
        "{} parts differ:\n{shown:#?}",
        faults.len()
    );
}

fn pdf_of(folder: &Path, input: &Value) -> String {
    let word = |key: &str| input[key].as_str().expect("a word").to_owned();
    let path = folder
        .join("output")
        .join(word("id"))
        .join(word("path") + ".pdf");
    path.to_str().expect("a UTF-8 path").to_owned()
}

/// Returns the text of each page, by file and reader.
fn read_back(paths: &[String]) -> BTreeMap<String, BTreeMap<String, Vec<String>>> {
    let python = lab::repository().join("target/tools/readers/bin/python");
    let mut child = Command::new(python)
        .arg(lab::repository().join("tests/readers/read.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the readers are missing: `make tools` installs them");
    let mut stdin = child.stdin.take().expect("a pipe");
    stdin
        .write_all(paths.join("\n").as_bytes())
        .expect("a listening child");
    drop(stdin);
    let output = child.wait_with_output().expect("a child that ends");
    assert!(output.status.success(), "a reader failed");
    let mut read = BTreeMap::new();
    for line in String::from_utf8(output.stdout).expect("UTF-8").lines() {
        let file: Value = serde_json::from_str(line).expect("a line of JSON");
        let pages = file["pages"].as_object().expect("pages by reader").iter();
        let texts = |value: &Value| {
            value
                .as_array()
                .expect("pages")
                .iter()
                .map(text_of)
                .collect()
        };
        let path = text_of(&file["path"]);
        read.insert(
            path,
            pages
                .map(|(reader, pages)| (reader.clone(), texts(pages)))
                .collect(),
        );
    }
    read
}

fn text_of(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

/// Returns the words of the agreement's fields that the pages do not hold.
fn unprinted(folder: &Path, input: &Value, pages: &[String]) -> impl Iterator<Item = String> {
    let file = format!("agreements/{}.yaml", text_of(&input["id"]));
    let languages = input["languages"].as_array().expect("languages").iter();
    let words = match ["custody", "differences"].contains(&text_of(&input["purpose"]).as_str()) {
        true => Vec::new(),
        false => typed::words(&folder.join(file), languages.map(text_of)),
    };
    // Titles and posts are printed in capitals.
    let pages = bare_pages(input, pages).into_iter();
    let pages: Vec<String> = pages.map(|page| page.to_lowercase()).collect();
    words
        .into_iter()
        .filter(move |word| !holds(&pages, &word.to_lowercase()))
}

/// Returns the pages without white space, footers and numbers of pages.
fn bare_pages(input: &Value, pages: &[String]) -> Vec<String> {
    let footers: Vec<String> = input["footers"]
        .as_object()
        .expect("footers")
        .values()
        .map(|f| squeeze(&text_of(f)))
        .collect();
    let bare = |(index, page): (usize, &String)| {
        let mut text = squeeze(page);
        for footer in footers.iter().filter(|footer| !footer.is_empty()) {
            // The foot comes last; the words may also stand in the text.
            if let Some(at) = text.rfind(footer.as_str()) {
                text.replace_range(at..at + footer.len(), "");
            }
        }
        let number = (index + 1).to_string();
        match text.strip_prefix(&number).filter(|_| index > 0) {
            Some(rest) => rest.to_owned(),
            None => text,
        }
    };
    pages.iter().enumerate().map(bare).collect()
}

/// Returns a fault for each part of `input` that the pages do not hold.
fn compare(input: &Value, pages: &[String]) -> impl Iterator<Item = String> {
    let pages = bare_pages(input, pages);
    let mut faults = Vec::new();
    for section in input["sections"].as_array().expect("sections") {
        for row in section["rows"].as_array().expect("rows") {
            for cell in row["cells"].as_array().expect("cells") {
                for paragraph in paragraphs(cell) {
                    let expected = squeeze(&paragraph);
                    if !holds(&pages, &expected) {
                        faults.push(format!("{} {}: {expected}", section["role"], row["id"]));
                    }
                }
            }
        }
    }
    faults.into_iter()
}

/// Returns the text of each paragraph and heading of some blocks.
pub(crate) fn paragraphs(blocks: &Value) -> Vec<String> {
    let mut texts = Vec::new();
    for block in blocks.as_array().expect("blocks") {
        match block["kind"].as_str().expect("a kind") {
            "paragraph" | "heading" => texts.push(words(&block["body"])),
            "quote" => texts.extend(paragraphs(&block["body"])),
            "table" => {
                let rows = block["rows"].as_array().expect("rows").iter();
                // The cells of a row are read one after the other.
                let row = |row: &Value| row.as_array().expect("cells").iter().map(words).collect();
                texts.extend(std::iter::once(&block["head"]).chain(rows).map(row));
            }
            "list" => {
                for (index, item) in block["items"].as_array().expect("items").iter().enumerate() {
                    let mut inner = paragraphs(item);
                    let mark = match block["start"].as_u64() {
                        Some(start) => {
                            let stop = if block["paren"] == true { ')' } else { '.' };
                            format!("{}{stop}", start + index as u64)
                        }
                        None => "-".to_owned(),
                    };
                    if let Some(first) = inner.first_mut() {
                        first.insert_str(0, &mark);
                    }
                    texts.extend(inner);
                }
            }
            other => panic!("a new kind of block: {other}"),
        }
    }
    texts
}

fn words(body: &Value) -> String {
    let mut text = String::new();
    for inline in body.as_array().expect("words") {
        match inline["kind"].as_str().expect("a kind") {
            "text" => text.push_str(inline["text"].as_str().expect("letters")),
            "break" => {}
            _ => text.push_str(&words(&inline["body"])),
        }
    }
    text
}

/// Tells whether `text` stands on one page, or runs over from one to the next.
fn holds(pages: &[String], text: &str) -> bool {
    pages.iter().any(|page| page.contains(text))
        || pages
            .windows(2)
            .any(|two| runs_over(&two[0], &two[1], text))
}

fn runs_over(page: &str, next: &str, text: &str) -> bool {
    let cuts = text.char_indices().map(|(at, _)| at).skip(1);
    cuts.into_iter()
        .any(|cut| page.contains(&text[..cut]) && next.contains(&text[cut..]))
}
