//! What the program says: every code in every language, with the same slots.

use std::collections::BTreeSet;

use alternat::check::RULES;
use alternat::messages::Messages;

use crate::lab;

/// Returns the code of all sources, without white space, so that a call may
/// be broken over lines.
fn code() -> String {
    let sources = lab::sources();
    let code: String = sources.values().map(|text| lab::code(text)).collect();
    code.split_whitespace().collect()
}

/// Returns the codes that diagnostics are started with.
fn used(code: &str) -> BTreeSet<String> {
    let mut codes: BTreeSet<String> = RULES.iter().map(|rule| rule.code.to_owned()).collect();
    for start in ["Diagnostic::error(\"", "Diagnostic::new(\""] {
        for rest in code.split(start).skip(1) {
            codes.extend(rest.split('"').next().map(str::to_owned));
        }
    }
    codes
}

fn codes_of(wording: &Messages) -> BTreeSet<String> {
    let codes = wording
        .paths()
        .filter_map(|path| path.strip_prefix("codes."));
    codes
        .filter_map(|path| path.split('.').next())
        .map(str::to_owned)
        .collect()
}

/// Returns the `{slots}` of a sentence.
fn slots(sentence: &str) -> BTreeSet<&str> {
    let parts = sentence.split('{').skip(1);
    parts
        .filter_map(|part| part.split_once('}').map(|(slot, _)| slot))
        .filter(|slot| {
            !slot.is_empty() && slot.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
        })
        .collect()
}

#[test]
fn every_code_has_its_sentences() {
    let english = Messages::alone("en");
    let code = code();
    for used in used(&code) {
        for key in ["title", "message", "explain"] {
            let path = format!("codes.{used}.{key}");
            assert!(english.get(&path).is_some(), "en.yaml lacks {path}");
        }
    }
}

/// A finding has no number by which a word could be chosen: `{years:year|years}` is
/// for summaries, and would be printed as it stands.
#[test]
fn no_message_chooses_its_words_by_a_number() {
    for language in Messages::languages() {
        let messages = Messages::alone(language);
        for path in messages.paths().filter(|path| path.starts_with("codes.")) {
            let sentence = messages.get(path).unwrap_or_default();
            let chooses = sentence
                .split('{')
                .skip(1)
                .filter_map(|rest| rest.split('}').next())
                .any(|slot| slot.contains(':') && slot.contains('|'));
            assert!(!chooses, "{language}: {path}: {sentence}");
        }
    }
}

#[test]
fn no_sentence_is_left_over() {
    let code = code();
    for known in codes_of(&Messages::alone("en")) {
        assert!(
            code.contains(&format!("\"{known}\"")),
            "no source says {known}"
        );
    }
}

#[test]
fn every_explanation_has_an_example_and_a_remedy() {
    for (language, example, remedy) in [
        ("en", "Example:", "Remedy:"),
        ("vi", "Ví dụ:", "Cách sửa:"),
        ("lo", "ຕົວຢ່າງ:", "ວິທີແກ້:"),
    ] {
        let wording = Messages::alone(language);
        for path in wording.paths().filter(|path| path.ends_with(".explain")) {
            let text = wording.get(path).expect("a path of the wording");
            assert!(
                text.contains(example) && text.contains(remedy),
                "{language}: {path}"
            );
        }
    }
}

#[test]
fn every_language_says_the_same() {
    let english = Messages::alone("en");
    for language in Messages::languages() {
        let other = Messages::alone(language);
        let here: BTreeSet<&str> = english.paths().collect();
        let there: BTreeSet<&str> = other.paths().collect();
        let missing: Vec<&&str> = here.difference(&there).collect();
        let extra: Vec<&&str> = there.difference(&here).collect();
        assert!(missing.is_empty(), "{language}.yaml lacks {missing:?}");
        assert!(extra.is_empty(), "{language}.yaml has {extra:?} besides");
        for path in here.iter().filter(|path| !path.ends_with(".explain")) {
            let (one, two) = (english.get(path), other.get(path));
            let (one, two) = (one.unwrap_or_default(), two.unwrap_or_default());
            let differ = path.contains(".hints.") || path.contains(".labels.");
            let (one, two) = (slots(one), slots(two));
            assert!(
                one == two || (differ && two.is_subset(&one)),
                "{language}: {path}: {one:?} {two:?}"
            );
        }
    }
}

#[test]
fn messages_follow_the_locale() {
    let run = |variable: &str, value: &str| {
        let run = lab::alternat_with(&lab::repository(), &["check"], &[(variable, value)]);
        lab::stderr(&run)
    };
    assert!(run("LANG", "vi_VN.UTF-8").contains("đã kiểm tra 6 thỏa thuận"));
    assert!(run("LC_ALL", "lo_LA.UTF-8").contains("ກວດແລ້ວ 6 ຂໍ້ຕົກລົງ"));
    assert!(run("LANG", "C.UTF-8").contains("checked 6 agreements"));
}
