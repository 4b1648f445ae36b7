//! An agreement as its readers see it: which documents there are, in which order
//! each names the parties, their outline, their Markdown, and the tree that the
//! Markdown is read into.

pub mod compare;
pub mod copies;
pub mod differences;
pub mod duration;
pub mod edition;
pub mod enumerations;
pub mod fields;
pub mod level;
pub mod lift;
pub mod markdown;
pub mod mention;
pub mod numbering;
pub mod outline;
pub mod parallel;
pub mod posts;
pub mod reading;
pub mod references;
pub mod rows;
pub mod seen;
pub mod template;
pub mod together;
pub mod tree;
