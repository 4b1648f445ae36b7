//! The signed agreement of 2022, word for word, errors included.

use std::collections::BTreeMap;
use std::fs;

use crate::lab;

/// The one place that is computed: the signed text names Lao first where it
/// counts the originals and Vietnamese first where it shares them out; the
/// program keeps one order of languages in both.
const COMPUTED: (&str, &str) = (
    "hai (02) bản tiếng Lào và hai (02) bản tiếng Việt",
    "hai (02) bản tiếng Việt và hai (02) bản tiếng Lào",
);

#[test]
fn every_word_of_the_seed_is_there() {
    let seed = fs::read_to_string(lab::repository().join("tests/seed.md")).expect("the seed");
    let made = lab::repository().join("output/bac-giang-xaysomboun-2022-2025/vi.md");
    let made = fs::read_to_string(made).expect("the text is under version control");
    let seed = words(&seed).join(" ");
    assert_eq!(
        seed.matches(COMPUTED.0).count(),
        1,
        "the computed place has moved"
    );
    let seed = seed.replace(COMPUTED.0, COMPUTED.1);
    let (seed, made) = (seed.split(' ').collect::<Vec<_>>(), words(&made));
    for (index, (expected, found)) in seed.iter().zip(&made).enumerate() {
        let around = &seed[index.saturating_sub(5)..index];
        assert_eq!(found, expected, "after {:?}", around.join(" "));
    }
    assert_eq!(seed.len(), made.len());
}

/// Returns the words of a Markdown text without its markup.
fn words(markdown: &str) -> Vec<String> {
    let mut text = String::new();
    for line in markdown.lines().filter(|line| !line.starts_with("<!--")) {
        // `[a@b](mailto:a@b)` reads as a@b.
        let line = match (line.find('['), line.find("](mailto:")) {
            (Some(open), Some(close)) => format!("{}{}", &line[..open], &line[open + 1..close]),
            _ => line.to_owned(),
        };
        text.push_str(line.trim_start_matches(['#', ' ']).trim_start_matches("- "));
        text.push('\n');
    }
    text.replace(['*', '\\'], "")
        .split_whitespace()
        .map(str::to_owned)
        .collect()
}

#[test]
fn seed_errors_are_found_at_their_lines() {
    let path = lab::repository().join("agreements/bac-giang-xaysomboun-2022-2025.yaml");
    let text = fs::read_to_string(path).expect("the agreement is there");
    let bare = text.split("\nallow:").next().expect("it has allowances");
    let findings = lab::check(bare);
    let found: BTreeMap<(&str, &str), usize> = findings
        .iter()
        .map(|f| ((f.code, f.labels[0].span.text()), f.labels[0].span.line()))
        .collect();
    for (code, words) in [
        ("formula-slip", "thông nhất ký kết thỏa thuận hợp tác"),
        ("dots", "...."),
        ("lower-case-start", "hỗ"),
        ("instrument-drift", "biên bản hợp tác"),
        ("glossary-variant", "Hội Phụ nữ"),
        ("wrong-actor", "một trong hai tỉnh"),
        ("wrong-actor", "tỉnh còn lại"),
        ("undefined-term", "tỉnh bạn"),
        ("signed-late", "2022-11-28"),
        ("abbreviated-post", "LHPN"),
        ("invalid-phone", "0205 921 671"),
        ("phone-grouping", "02043 854 702"),
        ("abolished-unit", "thành phố Bắc Giang"),
        ("state-abbreviation", "XHCN"),
        ("state-abbreviation", "DCND"),
        ("rival-formulas", "hữu nghị vĩ đại"),
        ("sentence-fragment", "Thực hiện"),
        ("spelling-choice", "Hàng năm"),
    ] {
        assert!(found.contains_key(&(code, words)), "{code} at {words}");
    }
}
