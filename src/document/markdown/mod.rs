//! Markdown: read into the tree, and written so that plain values stay plain.

mod build;
mod dialect;
mod inspect;
mod links;
mod mentions;
mod read;
mod references;
mod write;

pub use self::inspect::Known;
pub use self::mentions::ordered;
pub use self::read::{field, parse, words};
pub use self::references::referred;
pub use self::write::{escape, escaped, hang, is_list_mark, linked};
