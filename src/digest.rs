//! Digests: whether a text is still the same.

use sha2::{Digest, Sha256};

/// Returns the SHA-256 digest (FIPS 180-4) of the words of `text`, in
/// hexadecimal. White space counts only as the end of a word, so a text may be
/// laid out anew without becoming another one.
pub fn of_words(text: &str) -> String {
    let mut hasher = Sha256::new();
    for word in text.split_whitespace() {
        hasher.update(word);
        hasher.update(b" ");
    }
    hasher
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::of_words;

    #[test]
    fn only_words_count() {
        assert_eq!(of_words("Điều 1.\n\nນ້ຳ "), of_words("Điều  1. ນ້ຳ"));
        assert_ne!(of_words("hai bên"), of_words("haibên"));
    }
}
