//! What changed between two texts: two terms, or two drafts of one.
//!
//! Input: the texts of both, in the same languages, paired part by part. Output: every part
//! of either, in the order of the new text: kept, changed word by word, added, dropped,
//! moved. From it the new text is had again as what was kept and put in, and the old one as
//! what was kept and taken out, letter for letter.

mod held;
mod items;
mod paragraphs;
mod parts;
mod show;
mod words;

pub use self::paragraphs::Look;
pub use self::parts::{Comparison, Fate, Held, Paragraph, Part, compare};
pub use self::show::{Sides, markdown, redline, tree};
pub use self::words::Piece;
