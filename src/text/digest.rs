//! Digests of texts: short names that change when the text does.
//!
//! Input: the parts of a text. Output: hexadecimal SHA-256. White space is
//! folded first, because YAML may fold a text's lines anew without changing
//! what is printed.

use sha2::{Digest, Sha256};

/// Returns the SHA-256 of `bytes` in 64 hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

fn hexadecimal(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A digest that is made piece by piece; where one piece ends and the next
/// begins counts.
#[derive(Default)]
pub struct Hasher(Sha256);

impl Hasher {
    /// Adds a piece.
    pub fn add(&mut self, piece: &str) {
        self.add_bytes(piece.as_bytes());
    }

    /// Adds a piece that is no text.
    pub fn add_bytes(&mut self, piece: &[u8]) {
        self.0.update((piece.len() as u64).to_le_bytes());
        self.0.update(piece);
    }

    /// Returns the digest in 64 hexadecimal digits.
    pub fn finish(self) -> String {
        hexadecimal(&self.0.finalize())
    }
}

/// Returns the digest of several pieces.
pub fn of_pieces<'a>(pieces: impl IntoIterator<Item = &'a str>) -> String {
    let mut hasher = Hasher::default();
    pieces.into_iter().for_each(|piece| hasher.add(piece));
    hasher.finish()
}

/// The number of hexadecimal digits that a review record keeps of a digest:
/// 48 bits, enough to notice a change, short enough to be pasted.
const SHORT: usize = 12;

/// Returns the first digits of [`of_words`].
pub fn short<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut digest = of_words(parts);
    digest.truncate(SHORT);
    digest
}

/// Returns the digest of the words of `parts`; where one part ends and the
/// next begins counts, line ends do not.
pub fn of_words<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut text = String::new();
    for part in parts {
        for word in part.split_whitespace() {
            text.push_str(word);
            text.push(' ');
        }
        text.push('\n');
    }
    sha256(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_those_of_the_standard() {
        assert_eq!(
            sha256(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }

    #[test]
    fn only_words_count() {
        let one = of_words(["Hai bên\n  hợp tác", "ສອງຝ່າຍ ຮ່ວມມື"]);
        assert_eq!(one, of_words(["Hai  bên hợp tác ", "ສອງຝ່າຍ\nຮ່ວມມື"]));
        assert_ne!(one, of_words(["Hai bên hợp tác ສອງຝ່າຍ", "ຮ່ວມມື"]));
        assert_eq!(one.len(), 64);
        assert_eq!(short(["Hai bên"]).len(), 12);
    }
}
