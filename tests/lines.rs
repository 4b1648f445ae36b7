//! Where lines end and begin. The golden texts of `lao-lines` list every line;
//! here is what no line of any document may do.

use crate::lab;

/// Signs that belong to the word before them: repetition, abbreviation, vowels
/// after the consonant, marks, and closing punctuation.
const NEVER_FIRST: &str = "ໆຯະາຳ່້໊໋໌ໍ)]}”’»,;:!?";

/// Signs that belong to the word after them: vowels before the consonant, and
/// opening punctuation.
const NEVER_LAST: &str = "ເແໂໃໄ([{“‘«";

#[test]
fn no_line_starts_or_ends_with_a_sign_that_belongs_elsewhere() {
    let folder = lab::project("lines", &[lab::OWN, "lao-lines"]);
    assert!(lab::alternat(&folder, &["build"]).status.success());
    let output = folder.join("output");
    let mut lines = 0;
    for file in lab::files_below(&output)
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
