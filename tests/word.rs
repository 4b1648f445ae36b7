//! Word files hold what the tree holds: every word, number, language and look. They are
//! read by a reader of their own, not by Word; `make word` asks other programs.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use alternat::source::Source;
use serde_json::Value;

use crate::docx::{self, Node, Paragraph};
use crate::lab::{self, Dice, Wanted, workshop};

/// Returns the agreements of the repository and of the suite, all as drafts.
fn agreements() -> Vec<Source> {
    let mut folders = vec![lab::repository().join("agreements")];
    let suite = fs::read_dir(lab::repository().join("tests/suite")).expect("the suite");
    folders.extend(suite.map(|case| case.expect("a case").path().join("agreements")));
    let mut sources = Vec::new();
    for folder in folders {
        for name in lab::files_below(&folder) {
            let other = ["glossary.yaml", "parties.yaml"].contains(&name.as_str());
            if !name.ends_with(".yaml") || other {
                continue;
            }
            let text = fs::read_to_string(folder.join(&name)).expect("an agreement");
            let text = text.replace("status: final", "status: draft");
            sources.push(Source::new(
                name,
                text.replace("status: signed", "status: draft"),
            ));
        }
    }
    assert!(sources.len() > 20, "too few agreements");
    sources
}

/// Returns the Word files of an agreement, by path without the ending.
fn word_files(source: &Source) -> BTreeMap<String, Vec<u8>> {
    let made = workshop().make(source, None, Wanted::WORD);
    let errors: Vec<_> = made.findings.iter().filter(|it| it.is_error()).collect();
    assert!(errors.is_empty(), "{}: {errors:?}", source.name());
    let files = made.files.into_iter();
    files
        .map(|file| (file.path.replace(".docx", ""), file.bytes))
        .collect()
}

/// Returns what pages receive of each edition of a draft.
fn inputs(source: &Source) -> BTreeMap<String, Value> {
    let wanted = Wanted {
        forms: &[&alternat::workshop::PAGE_INPUT],
        ..Wanted::WORD
    };
    let files = workshop().make(source, None, wanted).files.into_iter();
    files
        .map(|file| {
            let value = serde_json::from_slice(&file.bytes).expect("JSON");
            (file.path.replace(".json", ""), value)
        })
        .collect()
}

#[test]
fn every_word_language_and_look_of_the_tree_is_there() {
    let sources = agreements();
    let counts = lab::side_by_side(&sources, 2, |source| {
        let (files, inputs) = (word_files(source), inputs(source));
        assert_eq!(
            files.keys().collect::<Vec<_>>(),
            inputs.keys().collect::<Vec<_>>(),
            "{}",
            source.name()
        );
        for (path, bytes) in &files {
            compare(&format!("{} {path}", source.name()), bytes, &inputs[path]);
            lint(bytes);
        }
        files.len()
    });
    assert!(counts.iter().sum::<usize>() > 60);
}

/// What a paragraph is compared by: its language, its letters without the spaces that a
/// mark has behind it, and how each looks.
type Seen = (String, String, Vec<(bool, bool)>);

fn compare(name: &str, bytes: &[u8], input: &Value) {
    let read = docx::paragraphs(bytes);
    let names = input["language_names"].as_object().expect("names");
    let headers = read.iter().filter(|paragraph| paragraph.is_header);
    for header in headers {
        assert!(
            names.values().any(|name| name == header.text.as_str()),
            "{name}"
        );
    }
    let read: Vec<Seen> = read
        .iter()
        .filter(|paragraph| !paragraph.is_header)
        .map(seen)
        .collect();
    let (mut tree, mut in_order) = (Vec::new(), Vec::new());
    for section in input["sections"].as_array().expect("sections") {
        let role = section["role"].as_str().expect("a role");
        let signs = ["signatures", "witnesses"].contains(&role);
        for row in section["rows"].as_array().expect("rows") {
            let languages = input["languages"].as_array().expect("languages").iter();
            for (language, cell) in languages.zip(row["cells"].as_array().expect("cells")) {
                let language = tag(language.as_str().expect("a code"));
                let mut blocks = Walker::new(language, role, signs && row["id"] != "");
                blocks.blocks(cell, None);
                // Whoever signs stands beside others; the closing is above the signatures.
                if !signs && role != "closing" {
                    in_order.extend(blocks.seen.iter().cloned());
                }
                tree.append(&mut blocks.seen);
            }
        }
    }
    let sorted = |list: &[Seen]| {
        let mut list = list.to_vec();
        list.sort();
        list
    };
    let (read_sorted, tree_sorted) = (sorted(&read), sorted(&tree));
    for (one, other) in read_sorted.iter().zip(&tree_sorted) {
        assert_eq!(one, other, "{name}");
    }
    assert_eq!(read_sorted.len(), tree_sorted.len(), "{name}");
    let mut rest = read.iter();
    for paragraph in &in_order {
        assert!(
            rest.any(|it| it == paragraph),
            "{name}: out of order: {paragraph:?}"
        );
    }
}

/// Returns a paragraph that was read, with one space where a tab hangs it on its mark.
fn seen(paragraph: &Paragraph) -> Seen {
    let text = paragraph.text.replace('\t', " ");
    (paragraph.language.clone(), text, paragraph.looks.clone())
}

/// Returns the tag that Word has for a language.
fn tag(code: &str) -> &'static str {
    match code {
        "vi" => "vi-VN",
        "lo" => "lo-LA",
        "en" => "en-GB",
        other => panic!("no tag for {other}"),
    }
}

/// Reads blocks of `document.json` as paragraphs.
struct Walker {
    language: &'static str,
    /// Whether all words look so because of where they stand.
    bold: bool,
    emph: bool,
    signs: bool,
    seen: Vec<Seen>,
}

impl Walker {
    fn new(language: &'static str, role: &str, signs: bool) -> Self {
        Self {
            language,
            bold: false,
            emph: role == "notice",
            signs,
            seen: Vec::new(),
        }
    }

    /// Reads blocks, the first of which `mark` stands before.
    fn blocks(&mut self, blocks: &Value, mark: Option<String>) {
        let blocks = blocks.as_array().expect("blocks");
        let mut mark = mark;
        // A mark stands before words, or alone.
        if blocks
            .first()
            .is_none_or(|first| first["kind"] != "paragraph")
        {
            self.add(mark.take(), &Value::Array(Vec::new()), self.bold);
        }
        let last = blocks.len().saturating_sub(1);
        for (index, block) in blocks.iter().enumerate() {
            let signs = self.signs && (index == 0 || index == last);
            match block["kind"].as_str().expect("a kind") {
                "paragraph" => {
                    let emph = self.emph;
                    self.emph |= self.signs && !signs;
                    self.add(mark.take(), &block["body"], self.bold || signs);
                    self.emph = emph;
                }
                "heading" => self.add(None, &block["body"], true),
                "quote" => self.blocks(&block["body"], None),
                "list" => {
                    for (index, item) in
                        block["items"].as_array().expect("items").iter().enumerate()
                    {
                        let paren = if block["paren"] == true { ")" } else { "." };
                        let number = block["start"].as_u64().map(|it| it + index as u64);
                        let mark = number.map_or("-".to_owned(), |it| format!("{it}{paren}"));
                        self.blocks(item, Some(mark));
                    }
                }
                "table" => {
                    let head = block["head"].as_array().expect("cells");
                    head.iter().for_each(|cell| self.add(None, cell, true));
                    for row in block["rows"].as_array().expect("rows") {
                        let cells = row.as_array().expect("cells").iter();
                        cells.for_each(|cell| self.add(None, cell, self.bold));
                    }
                }
                other => panic!("a new kind of block: {other}"),
            }
        }
    }

    fn add(&mut self, mark: Option<String>, body: &Value, bold: bool) {
        let look = (bold, self.emph);
        let mut text = mark.clone().unwrap_or_default();
        if mark.is_some() && !body.as_array().expect("words").is_empty() {
            text.push(' ');
        }
        let mut looks: Vec<(bool, bool)> = text.chars().map(|_| look).collect();
        words(body, look, &mut text, &mut looks);
        if !text.is_empty() {
            self.seen.push((self.language.to_owned(), text, looks));
        }
    }
}

fn words(body: &Value, look: (bool, bool), text: &mut String, looks: &mut Vec<(bool, bool)>) {
    for inline in body.as_array().expect("words") {
        match inline["kind"].as_str().expect("a kind") {
            "text" => {
                let letters = inline["text"].as_str().expect("letters");
                text.push_str(letters);
                looks.extend(letters.chars().map(|_| look));
            }
            "break" => {
                text.push('\n');
                looks.push(look);
            }
            "strong" => words(&inline["body"], (true, look.1), text, looks),
            "emph" => words(&inline["body"], (look.0, true), text, looks),
            "link" => words(&inline["body"], look, text, looks),
            other => panic!("a new kind of words: {other}"),
        }
    }
}

/// The order of elements on which Word insists: ECMA-376, Part 1, sections 17.3 to 17.6.
const ORDERS: [(&str, &[&str]); 7] = [
    (
        "w:pPr",
        &[
            "w:pStyle",
            "w:keepNext",
            "w:keepLines",
            "w:pageBreakBefore",
            "w:pBdr",
            "w:spacing",
            "w:ind",
            "w:jc",
            "w:outlineLvl",
            "w:rPr",
            "w:sectPr",
        ],
    ),
    (
        "w:rPr",
        &[
            "w:ins",
            "w:del",
            "w:rStyle",
            "w:rFonts",
            "w:b",
            "w:bCs",
            "w:i",
            "w:iCs",
            "w:noProof",
            "w:sz",
            "w:szCs",
            "w:cs",
            "w:lang",
        ],
    ),
    (
        "w:tcPr",
        &["w:tcW", "w:gridSpan", "w:tcBorders", "w:vAlign"],
    ),
    (
        "w:trPr",
        &["w:cantSplit", "w:trHeight", "w:tblHeader", "w:ins", "w:del"],
    ),
    (
        "w:tblPr",
        &[
            "w:tblW",
            "w:tblInd",
            "w:tblBorders",
            "w:tblLayout",
            "w:tblCellMar",
            "w:tblLook",
        ],
    ),
    (
        "w:sectPr",
        &[
            "w:headerReference",
            "w:footerReference",
            "w:pgSz",
            "w:pgMar",
            "w:pgNumType",
            "w:titlePg",
        ],
    ),
    (
        "w:style",
        &["w:name", "w:basedOn", "w:qFormat", "w:pPr", "w:rPr"],
    ),
];

/// Asserts what Word asks of a file, as far as that can be told without it.
fn lint(bytes: &[u8]) {
    let files = docx::files(bytes);
    let parts: BTreeMap<&String, Node> = files
        .iter()
        .map(|(name, it)| (name, docx::xml(it)))
        .collect();
    for part in parts.values() {
        for (name, order) in ORDERS {
            for node in part.named(name) {
                let places = node.children.iter().map(|child| {
                    let place = order.iter().position(|known| *known == child.name);
                    place.unwrap_or_else(|| panic!("{} in {name}", child.name))
                });
                let places: Vec<usize> = places.collect();
                assert!(places.is_sorted(), "{name}: {places:?}");
            }
        }
        for text in part.named("w:t") {
            let kept = text.attribute("xml:space") == "preserve";
            assert!(
                kept || text.text == text.text.trim(),
                "spaces are trimmed: {text:?}"
            );
        }
    }
    let named = |name: &str| files.keys().find(|it| *it == name).map(|it| &parts[it]);
    let document = named("word/document.xml").expect("a document");
    for look in document.named("w:rPr") {
        let has = |name: &str| look.child(name).is_some();
        for (one, other) in [("w:b", "w:bCs"), ("w:i", "w:iCs"), ("w:sz", "w:szCs")] {
            assert_eq!(has(one), has(other), "{look:?}");
        }
        if let Some(fonts) = look.child("w:rFonts") {
            assert_eq!(fonts.attributes.len(), 4, "{fonts:?}");
        }
    }
    runs_have_their_script(document);
    names_are_known(
        document,
        named("word/_rels/document.xml.rels").expect("relations"),
    );
    for cell in document.named("w:tc") {
        assert_eq!(cell.children.last().map(|it| it.name.as_str()), Some("w:p"));
    }
    for pair in document.named("w:body")[0].children.windows(2) {
        let tables = pair.iter().filter(|it| it.name == "w:tbl").count();
        assert!(tables < 2, "two tables touch");
    }
    for table in document.named("w:tbl") {
        let columns = table.child("w:tblGrid").expect("columns").children.len();
        for row in table.children.iter().filter(|it| it.name == "w:tr") {
            let cells = row.children.iter().filter(|it| it.name == "w:tc");
            let spans = cells.map(|cell| {
                let span = cell.child("w:tcPr").and_then(|it| it.child("w:gridSpan"));
                span.map_or(1, |it| it.attribute("w:val").parse().expect("a number"))
            });
            assert_eq!(spans.sum::<usize>(), columns);
        }
    }
    let types = &parts[&"[Content_Types].xml".to_owned()];
    for name in files
        .keys()
        .filter(|name| name.ends_with(".xml") && name.contains('/'))
    {
        let known = types
            .children
            .iter()
            .any(|it| it.attribute("PartName") == format!("/{name}"));
        assert!(known, "{name} has no type");
    }
}

fn runs_have_their_script(document: &Node) {
    for run in document.named("w:r") {
        let look = run.child("w:rPr").expect("a look");
        let complex = look.child("w:cs").is_some();
        let language = look.child("w:lang").expect("a language");
        assert!(!complex || language.attribute("w:bidi") == language.attribute("w:val"));
        for text in run.named("w:t") {
            let is_lao = |letter: char| ('\u{e80}'..='\u{eff}').contains(&letter);
            let latin = |letter: char| letter.is_alphabetic() && !is_lao(letter);
            assert!(complex || !text.text.contains(is_lao), "{text:?}");
            assert!(!complex || !text.text.contains(latin), "{text:?}");
        }
    }
}

/// Bookmarks are paired and have names of their own; links lead somewhere.
fn names_are_known(document: &Node, relations: &Node) {
    let starts = document.named("w:bookmarkStart");
    let ends = document.named("w:bookmarkEnd");
    let ids = |nodes: &[&Node]| -> BTreeSet<String> {
        nodes
            .iter()
            .map(|it| it.attribute("w:id").to_owned())
            .collect()
    };
    assert_eq!(ids(&starts), ids(&ends));
    assert_eq!(ids(&starts).len(), starts.len());
    let names: BTreeSet<String> = starts
        .iter()
        .map(|it| it.attribute("w:name").to_lowercase())
        .collect();
    assert_eq!(names.len(), starts.len(), "a name twice");
    assert!(names.iter().all(|name| name.len() <= 40));
    let known: BTreeSet<&str> = relations
        .children
        .iter()
        .map(|it| it.attribute("Id"))
        .collect();
    for node in document.all() {
        for (name, value) in &node.attributes {
            match name.as_str() {
                "r:id" => assert!(known.contains(value.as_str()), "{value}"),
                "w:anchor" => assert!(names.contains(&value.to_lowercase()), "{value}"),
                _ => {}
            }
        }
    }
}

#[test]
fn clauses_keep_their_ids() {
    let files = word_files(&Source::new(
        "x.yaml",
        lab::BASE.replace("status: final", "status: draft"),
    ));
    for (path, language) in [("draft/vi", "vi"), ("draft/vi-lo", "lo")] {
        let document = docx::xml(&docx::files(&files[path])["word/document.xml"]);
        let starts = document.named("w:bookmarkStart");
        let names: Vec<&str> = starts.iter().map(|it| it.attribute("w:name")).collect();
        let ids = lab::BASE
            .lines()
            .filter_map(|line| line.strip_prefix("  - id: "));
        let ids: Vec<&str> = ids.collect();
        assert!(ids.len() > 3);
        for id in ids {
            let id = id.replace('-', "_");
            let ends = |name: &&&str| name.starts_with(language) && name.ends_with(&id);
            assert!(
                names.iter().any(|name| ends(&name)),
                "{path}: {id} in {names:?}"
            );
        }
    }
}

#[test]
fn a_file_to_negotiate_in_is_never_an_original() {
    for status in ["draft", "final", "signed"] {
        let text = lab::BASE.replace("status: final", &format!("status: {status}"));
        let files = word_files(&Source::new("x.yaml", text));
        let paths: Vec<&str> = files.keys().map(String::as_str).collect();
        assert_eq!(paths, ["draft/lo", "draft/vi", "draft/vi-lo"]);
        for (path, bytes) in &files {
            let parts = docx::files(bytes);
            for head in ["word/header1.xml", "word/header2.xml"] {
                let head = docx::xml(&parts[head]);
                let marks: Vec<&str> = head
                    .named("v:textpath")
                    .iter()
                    .map(|it| it.attribute("string"))
                    .filter(|mark| !mark.is_empty())
                    .collect();
                let right: &[&str] = match path.as_str() {
                    "draft/vi" => &["DỰ THẢO"],
                    "draft/lo" => &["ຮ່າງ"],
                    _ => &["DỰ THẢO", "ຮ່າງ"],
                };
                assert_eq!(marks, right, "{status} {path}");
            }
            let signed = |it: &Paragraph| it.text.contains("Đã ký") || it.text.contains("ເຊັນແລ້ວ");
            assert!(
                !docx::paragraphs(bytes).iter().any(signed),
                "{status} {path}"
            );
        }
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let source = Source::new("x.yaml", lab::BASE);
    assert_eq!(word_files(&source), word_files(&source));
}

/// Pieces of text that have a meaning in XML, in Word or in Markdown, or are lost easily.
const PIECES: [&str; 20] = [
    "a < b & c > d",
    "\"ngoặc\"",
    "]]>",
    "<w:t>x</w:t>",
    "&amp;",
    "\u{a0}\u{a0}",
    "  ",
    "…………",
    "…",
    "ນ້ຳ",
    "ຈຳປາ 2025",
    "a1@b.vn",
    "**đậm**",
    "*ngả*",
    "ế",
    "#1",
    "1.1. x",
    "- y",
    "\u{2011}",
    "50 %",
];

#[test]
fn texts_that_mean_something_elsewhere_are_text() {
    let mut dice = Dice(17);
    let mut written = 0;
    for round in 0..24 {
        let mut typed = || -> String {
            let pieces = (0..6).map(|_| PIECES[dice.roll(PIECES.len())]);
            format!("Lời {} hết", pieces.collect::<Vec<_>>().join(" "))
        };
        let (vi, lo) = (typed(), typed());
        let clause = format!(
            "content:\n  - id: odd\n    text:\n      vi: |-\n        {vi}\n      lo: |-\n        {lo}\n"
        );
        let text = lab::changed("content:\n", &clause).replace("status: final", "status: draft");
        let source = Source::new("x.yaml", text);
        let made = workshop().make(&source, None, Wanted::WORD);
        if made.files.is_empty() {
            assert!(made.findings.iter().any(|it| it.is_error()), "{round}");
            continue;
        }
        written += 1;
        let inputs = inputs(&source);
        for file in &made.files {
            compare(
                &format!("{round}: {vi}"),
                &file.bytes,
                &inputs[&file.path.replace(".docx", "")],
            );
            lint(&file.bytes);
        }
    }
    assert!(written > 8, "{written} agreements are sound");
}
