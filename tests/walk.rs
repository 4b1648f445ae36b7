//! Signatures never stand on a page without words of the agreement above them:
//! agreements whose text grows line by line, so that its end walks down a page.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::lab;

/// About a line at full width, in each language.
const LINES: [(&str, &str, &str); 2] = [
    (
        "vi",
        "Hai bên thăm nhau mỗi năm.",
        " Hai bên trao đổi kinh nghiệm về công tác phụ nữ, dân số và gia đình ở hai tỉnh.",
    ),
    (
        "lo",
        "ສອງຝ່າຍຢ້ຽມຢາມກັນທຸກປີ.",
        " ສອງຝ່າຍແລກປ່ຽນບົດຮຽນກ່ຽວກັບວຽກງານແມ່ຍິງ ແລະ ຄອບຄົວຢູ່ສອງແຂວງ.",
    ),
];

/// How the posts of the signatories begin.
const POSTS: [&str; 2] = ["CHỦ TỊCH", "ປະທານ"];

/// Fewest lines of the agreement above signatures.
const ABOVE: usize = 2;

/// Tries a text that is longer by so many lines, in a layout; returns the pages on
/// which signatures have too few lines above them, and how many pages were looked at.
fn walk(lines: usize, layout: &str) -> (Vec<String>, usize) {
    let folder = lab::project(&format!("walk-{layout}-{lines}"), &["joint-originals"]);
    let file = "agreements/joint-originals.yaml";
    for (_, from, more) in LINES {
        lab::edit(
            &folder,
            file,
            from,
            &(from.to_owned() + &more.repeat(lines)),
        );
    }
    let layout = format!("layout: {layout}\nstatus: signed");
    lab::edit(&folder, file, "status: signed", &layout);
    let output = lab::alternat(&folder, &["build"]);
    assert!(output.status.success(), "{}", lab::stderr(&output));
    let places = lab::json(&lab::alternat(&folder, &["build", "--emit", "signatures"]));
    let made = folder.join("output/joint-originals");
    let (mut lone, mut looked) = (Vec::new(), 0);
    for (edition, places) in places.as_object().expect("editions") {
        let places = places.as_array().expect("places").iter();
        let pages: BTreeSet<u64> = places.filter_map(|place| place["page"].as_u64()).collect();
        for page in pages {
            let above = lines_above(&made.join(format!("{edition}.pdf")), page);
            looked += 1;
            if above < ABOVE {
                lone.push(format!("{lines} {edition}, page {page}: {above} lines"));
            }
        }
    }
    fs::remove_dir_all(folder).expect("removable");
    (lone, looked)
}

/// Returns how many lines stand above the first post of a page, but for its number.
fn lines_above(pdf: &Path, page: u64) -> usize {
    let page = page.to_string();
    let output = Command::new("pdftotext")
        .args(["-layout", "-f", &page, "-l", &page])
        .args([pdf, Path::new("-")])
        .output();
    let output = output.expect("pdftotext is missing: `make tools` installs poppler-utils");
    let text = String::from_utf8(output.stdout).expect("pdftotext writes UTF-8");
    let is_post = |line: &&str| POSTS.iter().any(|post| line.contains(post));
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let body = lines.filter(|line| *line != page);
    body.take_while(|line| !is_post(line)).count()
}

#[test]
fn signatures_have_words_above_them_at_some_lengths() {
    for (lines, layout) in [(13, "columns"), (21, "columns"), (30, "stacked")] {
        let (lone, looked) = walk(lines, layout);
        assert!(looked >= 5, "{looked}");
        assert!(lone.is_empty(), "{}", lone.join("\n"));
    }
}

#[test]
#[ignore = "takes minutes; `make trial` runs it"]
#[expect(clippy::print_stdout, reason = "its counts are for people")]
fn signatures_have_words_above_them_at_every_length() {
    let lengths: Vec<(usize, &str)> = (0..45)
        .flat_map(|lines| [(lines, "columns"), (lines, "stacked")])
        .collect();
    let found = lab::side_by_side(&lengths, 2, |(lines, layout)| walk(*lines, layout));
    let looked: usize = found.iter().map(|(_, looked)| looked).sum();
    let lone: Vec<String> = found.into_iter().flat_map(|(lone, _)| lone).collect();
    println!(
        "{looked} pages with signatures, {} without words above",
        lone.len()
    );
    assert!(lone.is_empty(), "{}", lone.join("\n"));
}
