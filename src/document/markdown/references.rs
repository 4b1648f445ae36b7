//! References to clauses and annexes in Markdown: those without words get theirs.
//!
//! Input: a Markdown field, and what each id stands for. Output: the field with the
//! part of the document that each reference leads to, and its words.

use super::super::mention::{ANNEX, REFERENCE, referenced};
use super::links::links;

/// Returns `text` with its references resolved: `find` returns for an id, and the
/// last letter before it in its line, the part that it is and its words, as
/// Markdown. A reference to nothing stays as it is.
pub fn referred(
    text: &str,
    find: impl Fn(&str, Option<char>) -> Option<(String, String)>,
) -> String {
    if !text.contains(REFERENCE) && !text.contains(ANNEX) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    for link in links(text) {
        let Some(id) = referenced(&link.target) else {
            continue;
        };
        let Some((part, computed)) = find(id, link.before) else {
            continue;
        };
        let scheme = &link.target[..link.target.len() - id.len()];
        let words = &text[link.words];
        let words = if words.is_empty() { &computed } else { words };
        out.push_str(&text[copied..link.range.start]);
        out.push_str(&format!("[{words}]({scheme}{part})"));
        copied = link.range.end;
    }
    out.push_str(&text[copied..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(text: &str) -> String {
        referred(text, |id, before| {
            let words = match before {
                None | Some('.') => "Khoản 2 Mục I",
                Some(_) => "khoản 2 Mục I",
            };
            (id == "visits").then(|| ("visits.1".to_owned(), words.to_owned()))
        })
    }

    #[test]
    fn a_reference_gets_its_words() {
        assert_eq!(
            filled("Theo [](clause:visits): [](clause:none)."),
            "Theo [khoản 2 Mục I](clause:visits.1): [](clause:none)."
        );
        assert_eq!(
            filled("**A**\\\n[](clause:visits) và *[](clause:visits)*"),
            "**A**\\\n[Khoản 2 Mục I](clause:visits.1) và *[khoản 2 Mục I](clause:visits.1)*"
        );
        assert_eq!(
            filled("- Nêu tại [*ຂໍ້* này](clause:visits \"x\").\n- [](clause:visits)"),
            "- Nêu tại [*ຂໍ້* này](clause:visits.1).\n- [Khoản 2 Mục I](clause:visits.1)"
        );
    }
}
