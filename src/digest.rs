//! Digests: whether a text is still the same.

use sha2::{Digest, Sha256};

/// Returns the SHA-256 digest (FIPS 180-4) of the words of `text`, in
/// hexadecimal. White space counts only as the end of a word, so a text may be
/// laid out anew without becoming another one.
pub fn of_words(text: &str) -> String {
    hexadecimal(words(text))
}

/// The number of hexadecimal digits that a review record keeps of a digest:
/// 48 bits, enough to notice a change, short enough to be pasted.
const SHORT: usize = 12;

/// Returns the first digits of a digest of several texts, in which it counts
/// where one ends and the next begins.
pub fn of_parts<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let parts: Vec<String> = parts.into_iter().map(words).collect();
    let mut digest = hexadecimal(parts.join("\n"));
    digest.truncate(SHORT);
    digest
}

/// Returns the words of `text`, each with one space after it.
fn words(text: &str) -> String {
    text.split_whitespace()
        .flat_map(|word| [word, " "])
        .collect()
}

fn hexadecimal(text: String) -> String {
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_count() {
        assert_eq!(of_words("Điều 1.\n\nນ້ຳ "), of_words("Điều  1. ນ້ຳ"));
        assert_ne!(of_words("hai bên"), of_words("haibên"));
    }

    #[test]
    fn parts_are_told_apart() {
        let digest = of_parts(["hai bên", "ສອງຝ່າຍ"]);
        assert_eq!(digest.len(), SHORT);
        assert_eq!(digest, of_parts(["hai\n bên ", "ສອງຝ່າຍ"]));
        assert_ne!(digest, of_parts(["hai bên ສອງຝ່າຍ", ""]));
    }
}
