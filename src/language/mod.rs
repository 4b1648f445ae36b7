//! All that is known of a language is data: its pack and its watch list, two
//! files in its folder of `templates/`, and the project's glossary.

mod code;
pub mod glossary;
pub mod names;
pub mod pack;
mod shelf;
pub mod watch;

pub use self::code::{Language, MAX_LANGUAGES, MAX_PARTIES};
pub use self::shelf::Shelf;
