//! What stands above and in the title: the number, the subject, the parties and
//! their states.

use std::collections::BTreeMap;

use alternat::source::Source;

use crate::lab::{Wanted, workshop};

/// Returns an agreement of parties with these states, under `head`.
fn agreement(states: &[&str], head: &str) -> String {
    let party = |(index, state): (usize, &&str)| {
        let state = match *state {
            "none" => "none".to_owned(),
            state => format!("{{vi: {state}, lo: {state} ນ້ຳ, en: {state}}}"),
        };
        let name = format!("Hội Ngưỡng {index}");
        format!(
            "  - id: p{index}\n    language: vi\n    \
             name: {{vi: {name}, lo: {name}, en: {name}}}\n    state: {state}\n"
        )
    };
    let parties: String = states.iter().enumerate().map(party).collect();
    format!(
        "id: x\nkind: plan\nlanguages: [vi, lo, en]\n{head}parties:\n{parties}\
         content: []\nimplementation: []\n"
    )
}

/// Returns the title section of an agreement in a language.
fn title(text: String, language: &str) -> String {
    let made = workshop().make(&Source::new("x.yaml", text), None, Wanted::TEXTS);
    let name = format!("{language}.md");
    let file = made.files.iter().find(|file| file.path == name);
    let file = file.unwrap_or_else(|| panic!("{:?}", made.findings));
    let text = String::from_utf8(file.bytes.clone()).expect("UTF-8");
    let (_, title) = text.split_once("section: title -->").expect("a title");
    let (title, _) = title
        .split_once("<!-- section: preamble")
        .expect("a preamble");
    title.to_owned()
}

/// Returns all ways to give so many parties one of the states.
fn assignments(parties: u32) -> Vec<Vec<&'static str>> {
    let states = ["none", "Việt Nam", "Lào"];
    let count = 3_usize.pow(parties);
    let digits = |number: usize| (0..parties).map(move |place| number / 3_usize.pow(place) % 3);
    (0..count)
        .map(|number| digits(number).map(|digit| states[digit]).collect())
        .collect()
}

#[test]
fn no_title_says_of_a_party_that_it_is_of_another_state() {
    for parties in [2, 4, 5] {
        for language in ["vi", "lo", "en"] {
            let mut seen = BTreeMap::new();
            for states in assignments(parties) {
                let title = title(agreement(&states, ""), language);
                if let Some(other) = seen.insert(title.clone(), states.clone()) {
                    panic!("{other:?} and {states:?} print the same:\n{title}");
                }
            }
        }
    }
}

#[test]
fn parties_without_a_state_have_no_line_for_it() {
    for (states, lines) in [
        (
            vec!["none", "none"],
            "**GIỮA HỘI NGƯỠNG 0**\\\n**VÀ HỘI NGƯỠNG 1**\n",
        ),
        (
            vec!["none", "Lào"],
            "**GIỮA HỘI NGƯỠNG 0**\\\n**VÀ HỘI NGƯỠNG 1 (LÀO)**\n",
        ),
        (
            vec!["Lào", "Lào"],
            "**GIỮA HỘI NGƯỠNG 0**\\\n**VÀ HỘI NGƯỠNG 1,**\\\n**LÀO**\n",
        ),
        (
            vec!["Lào", "none", "Lào", "Việt Nam"],
            "**GIỮA HỘI NGƯỠNG 0 (LÀO),**\\\n**HỘI NGƯỠNG 1,**\\\n\
             **HỘI NGƯỠNG 2 (LÀO)**\\\n**VÀ HỘI NGƯỠNG 3 (VIỆT NAM)**\n",
        ),
    ] {
        let title = title(agreement(&states, ""), "vi");
        assert!(title.contains(lines), "{states:?}: {title}");
        assert!(!title.contains("………… \\"), "{title}");
    }
}

#[test]
fn a_number_and_a_subject_are_printed_as_typed() {
    for typed in [
        "Số 12/TT-HPN",
        "12. Hội",
        "12.1 ໜ",
        "# 5",
        "- 7",
        "*ế*",
        "5 * 3 * ợ",
        "> ນ້ຳ",
        "(về ຕັ້ງ)",
        "== x",
        "a) ế",
        "[1] & <b>",
        r"C:\ế\",
        "**",
        "!",
        "http://a.vn_b_",
    ] {
        let quoted = typed.replace('\\', "\\\\");
        let both = format!("{{vi: \"{quoted}\", lo: \"{quoted}\", en: \"{quoted}\"}}");
        let head = format!("number: {both}\nsubject: {both}\n");
        let text = agreement(&["none", "none"], &head);
        let made = workshop().make(
            &Source::new("x.yaml", text),
            None,
            Wanted {
                forms: &[&alternat::workshop::PAGE_INPUT],
                edition: Some("draft/vi"),
                holder: None,
            },
        );
        assert!(!made.files.is_empty(), "{:?}", made.findings);
        let input: serde_json::Value = serde_json::from_slice(&made.files[0].bytes).expect("JSON");
        let sections = input["sections"].as_array().expect("sections");
        let section = sections.iter().find(|section| section["role"] == "title");
        let rows = section.expect("a title")["rows"].as_array().expect("rows");
        let number = &rows[0]["cells"][0];
        assert_eq!(number.as_array().expect("blocks").len(), 1, "{typed}");
        assert_eq!(number[0]["body"][0]["text"], *typed, "{number}");
        let subject = &rows[1]["cells"][0][1]["body"];
        assert_eq!(subject[0]["kind"], "strong", "{subject}");
        assert_eq!(subject[0]["body"][0]["text"], *typed, "{subject}");
    }
}
