//! Where lines end and begin. The golden texts of `lao-lines` list every line;
//! here is what no line of any document may do.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::lab;

/// Signs that belong to the word before them: repetition, abbreviation, vowels
/// after the consonant, marks, and closing punctuation.
const NEVER_FIRST: &str = "ໆຯະາຳ່້໊໋໌ໍ)]}”’»,;:!?";

/// Signs that belong to the word after them: vowels before the consonant, and
/// opening punctuation.
const NEVER_LAST: &str = "ເແໂໃໄ([{“‘«";

/// Returns the documents of the repository's agreements, and of two others.
fn output() -> &'static Path {
    static OUTPUT: OnceLock<PathBuf> = OnceLock::new();
    OUTPUT.get_or_init(|| {
        let folder = lab::project("lines", &[lab::OWN, "lao-lines", "four-parties"]);
        assert!(lab::alternat(&folder, &["build"]).status.success());
        folder.join("output")
    })
}

#[test]
fn no_line_is_full_of_holes() {
    let (mut all, mut wide) = (0, 0);
    for file in lab::files_below(output()) {
        let size = match file.ends_with("vi-lo.pdf") {
            true => 13.0 * 0.885,
            false => 13.0,
        };
        if !file.ends_with(".pdf") || file.ends_with("custody.pdf") {
            continue;
        }
        for line in lab::pdf_boxes(&output().join(&file)) {
            // What a space is in Liberation Serif and in Noto Serif Lao.
            let lao = line.iter().any(|word| word.text.contains(is_lao));
            let space = size * if lao { 0.26 } else { 0.25 };
            // The room behind the mark of a list is no space.
            let words = &line[usize::from(line[0].text == "-").min(line.len() - 1)..];
            let gaps = words
                .windows(2)
                .map(|two| (two[1].x.start - two[0].x.end) / space);
            let gaps: Vec<f64> = gaps.collect();
            let (least, most) = gaps.iter().fold((9.0_f64, 0.0_f64), |(least, most), gap| {
                (least.min(*gap), most.max(*gap))
            });
            // The spaces of a line are alike; elsewhere two things stand beside each other.
            if gaps.len() < 2 || most > 2.2 * least + 0.3 {
                continue;
            }
            let words: Vec<&str> = line.iter().map(|word| word.text.as_str()).collect();
            assert!(most < 2.05, "{file}: {most:.2} in {}", words.join(" "));
            all += 1;
            wide += usize::from(most > 1.5);
        }
    }
    assert!(all > 1500, "too few lines were read: {all}");
    assert!(25 * wide < all, "{wide} of {all} lines are wide");
}

#[test]
fn no_line_starts_or_ends_with_a_sign_that_belongs_elsewhere() {
    let output = output();
    let mut lines = 0;
    for file in lab::files_below(output)
        .iter()
        .filter(|file| file.ends_with("lo.pdf"))
    {
        for line in lab::pdf_text(&output.join(file)).lines().map(str::trim) {
            let first = line.chars().next().unwrap_or('-');
            let last = line.chars().last().unwrap_or('-');
            assert!(
                !NEVER_FIRST.contains(first),
                "{file}: a line starts so: {line}"
            );
            assert!(!NEVER_LAST.contains(last), "{file}: a line ends so: {line}");
            lines += 1;
        }
    }
    assert!(lines > 500, "too few lines were read");
}

#[test]
fn a_number_keeps_its_unit_and_a_name_its_parts() {
    let folder = lab::project("lines-held", &["lao-lines"]);
    assert!(lab::alternat(&folder, &["build"]).status.success());
    for (file, held) in [
        (
            "lo",
            [
                "2 ຄັ້ງ",
                "15 ວັນ",
                "30 ຄົນ",
                "12 ເມືອງ",
                "120 ຊົ່ວໂມງ",
                "2025 - 2026",
            ],
        ),
        (
            "vi",
            [
                "2 lần",
                "15 ngày",
                "Điều 5",
                "số 12",
                "ngày 05 tháng 01 năm 2025",
                "2025 - 2026",
            ],
        ),
    ] {
        let text = lab::pdf_text(&folder.join(format!("output/lao-lines/draft/{file}.pdf")));
        for words in held {
            assert!(text.contains(words), "{file}: {words} is parted:\n{text}");
        }
    }
}

/// Words that no line may part, from agreements; `tests/lines/words.txt`.
const WORDS: &str = include_str!("lines/words.txt");

/// Returns the words of the list, between others, in an order that differs each time.
fn prose(times: usize) -> String {
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let mut dice = lab::Dice(7);
    let mut prose = String::new();
    for _ in 0..times {
        prose.push_str(words[dice.roll(words.len())]);
        prose.push_str(["ແລະ", "ຂອງ", "ໃນ", " "][dice.roll(4)]);
        if dice.roll(12) == 0 {
            prose.push_str("ວັນທີ 20 ມີນາ 2026 ");
        }
    }
    prose
}

#[test]
fn no_line_parts_a_word_in_any_width_and_face() {
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let agreement = "agreements/lao-lines.yaml";
    let words_of_lao = "templates/lo/words.yaml";
    let prose = prose(300);
    let (mut ends, mut faults) = (0, Vec::new());
    for (index, face) in ["Noto Serif Lao", "Phetsarath OT, Noto Serif Lao"]
        .iter()
        .enumerate()
    {
        for size in [11, 13, 16, 20] {
            let folder = lab::project(&format!("lines-words-{index}-{size}"), &["lao-lines"]);
            let glossary = "agreements/glossary.yaml";
            std::fs::copy(lab::repository().join(glossary), folder.join(glossary))
                .expect("a glossary");
            lab::set_lao_in(&folder, &format!("{face}, Liberation Serif"));
            lab::edit(&folder, words_of_lao, "size: 13", &format!("size: {size}"));
            lab::edit(&folder, agreement, "ກິດຈະກຳຕ່າງໆ, ", &prose);
            let built = lab::alternat(&folder, &["build"]);
            assert!(built.status.success(), "{}", lab::stderr(&built));
            let lines = lab::pdf_lines(&folder.join("output/lao-lines/draft/lo.pdf"));
            for two in lines.windows(2) {
                let parted = words
                    .iter()
                    .filter_map(|word| parted(word, &two[0], &two[1]));
                faults.extend(parted.map(|word| format!("{face}, {size} pt: {word}")));
                ends += usize::from(two[0].ends_with(is_lao) && two[1].starts_with(is_lao));
            }
            // A date stays whole, whatever ends a line.
            let dates = lines.iter().flat_map(|line| line.matches("20 ມີນາ 2026"));
            let expected = prose.matches("20 ມີນາ 2026").count();
            assert_eq!(dates.count(), expected, "{face}, {size} pt");
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(ends > 100, "too few lines end in Lao: {ends}");
}

fn is_lao(letter: char) -> bool {
    ('\u{e80}'..='\u{eff}').contains(&letter)
}

/// Returns how a word is parted by the end of a line.
fn parted(word: &str, line: &str, next: &str) -> Option<String> {
    let mut places = word.char_indices().skip(1).map(|(at, _)| word.split_at(at));
    let (end, start) =
        places.find(|(end, start)| line.ends_with(end) && next.starts_with(start))?;
    Some(format!("{end}|{start}"))
}
