//! Markdown: read into the tree, and written so that plain values stay plain.

mod mentions;
mod read;
mod write;

pub use self::mentions::ordered;
pub use self::read::{field, parse, words};
pub use self::write::{escape, hang, is_list_mark};
