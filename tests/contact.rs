//! What a contact prints: its lines in the order of the form, each as typed, and a
//! link that leads where the paper says.

use alternat::source::Source;

use crate::lab::{Wanted, changed, workshop};

/// Returns the blocks of the first contact in the pages of a draft of the base, with
/// these lines in its contact.
fn contact(lines: &str) -> serde_json::Value {
    let text = changed(
        "email: phunu@bacninh.gov.vn",
        &format!("email: phunu@bacninh.gov.vn\n{lines}"),
    );
    let text = text.replacen("status: final", "status: draft", 1);
    let wanted = Wanted {
        forms: &[&alternat::workshop::PAGE_INPUT],
        edition: Some("draft/vi"),
        holder: None,
    };
    let made = workshop().make(&Source::new("x.yaml", text), None, wanted);
    assert!(!made.files.is_empty(), "{lines}: {:?}", made.findings);
    let input: serde_json::Value = serde_json::from_slice(&made.files[0].bytes).expect("JSON");
    let sections = input["sections"].as_array().expect("sections");
    let section = sections
        .iter()
        .find(|section| section["role"] == "contacts");
    section.expect("contacts")["rows"][1]["cells"][0].clone()
}

/// Returns the lines of a block, and the targets of its links.
fn lines(body: &serde_json::Value) -> (Vec<String>, Vec<String>) {
    let (mut lines, mut targets) = (vec![String::new()], Vec::new());
    for inline in body.as_array().expect("words") {
        match inline["kind"].as_str() {
            Some("break") => lines.push(String::new()),
            Some("link") => {
                targets.push(inline["target"].as_str().expect("a target").to_owned());
                let words = inline["body"][0]["text"].as_str().expect("words");
                lines.last_mut().expect("a line").push_str(words);
            }
            _ => {
                let words = inline["text"].as_str().expect("words");
                lines.last_mut().expect("a line").push_str(words);
            }
        }
    }
    (lines, targets)
}

#[test]
fn lines_stand_in_the_order_of_the_form() {
    let blocks = contact(
        "      messaging: \"Zalo: 0912 345 678\"\n      website: https://hoi.vn\n      \
         fax: 0222 3821 235\n      person: {vi: Bà Ngưỡng, lo: ທ່ານນາງ ງ່ອງ}\n",
    );
    let (lines, targets) = lines(&blocks[1]["body"]);
    let labels: Vec<&str> = lines
        .iter()
        .filter_map(|line| line.split(':').next())
        .collect();
    let form = [
        "Người liên hệ",
        "Địa chỉ",
        "Số điện thoại",
        "Fax",
        "Email",
        "Website",
        "Nhắn tin",
    ];
    assert_eq!(labels, form);
    assert_eq!(lines[0], "Người liên hệ: Bà Ngưỡng");
    assert_eq!(lines[6], "Nhắn tin: Zalo: 0912 345 678");
    assert_eq!(targets, ["https://hoi.vn"]);
}

#[test]
fn a_web_site_leads_where_the_paper_says() {
    for (typed, link) in [
        ("https://hoi.vn/ế_a_b*c*?x=1&amp;y=[z]", true),
        (r"HTTPS://hoi.la/ນ້ຳ\_x\*", true),
        ("http://a.vn/(b)'c", true),
        ("https://a.vn, https://b.vn", false),
        ("https://a.vn <x>", false),
        ("https://", false),
        ("www.hoi.vn", false),
        ("javascript://a.vn", false),
        ("mailto:a@b.vn", false),
        ("*hoi*.vn", false),
        ("[hoi](https://la.la)", false),
        ("<https://a.vn>", false),
    ] {
        let quoted = typed.replace('\\', "\\\\");
        for key in ["website", "messaging"] {
            let blocks = contact(&format!("      {key}: \"{quoted}\"\n"));
            let (lines, targets) = lines(&blocks[1]["body"]);
            let last = lines.last().expect("a line");
            let (_, printed) = last.split_once(": ").expect("a label");
            assert_eq!(printed, typed, "{key}");
            let wanted = if link && key == "website" {
                vec![typed]
            } else {
                Vec::new()
            };
            assert_eq!(targets, wanted, "{key}");
        }
    }
}

#[test]
fn what_is_left_out_has_no_line() {
    let blocks = contact("      website:\n      messaging: ~\n");
    let (lines, _) = lines(&blocks[1]["body"]);
    assert_eq!(lines.len(), 3, "{lines:?}");
    // A person that is not known yet is a dotted line.
    let blocks = contact("      person: {vi: , lo: }\n");
    assert!(
        blocks[1]["body"][0]["text"]
            .as_str()
            .expect("words")
            .contains("……")
    );
}
