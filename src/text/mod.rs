//! Texts apart from what they say: their letters, YAML, Lao words, words made comparable,
//! digests.

pub mod digest;
pub mod folding;
pub mod lao;
pub mod legacy;
pub mod letters;
pub mod lookalike;
pub mod points;
pub mod yaml;
