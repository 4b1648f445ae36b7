//! Findings, printed for people and for programs.
//!
//! Input: findings in the order in which they are to be printed. Output: text.

mod excerpt;
pub(crate) mod github;
pub(crate) mod human;
pub(crate) mod json;
mod parts;
pub(crate) mod sarif;
mod streams;

pub(crate) use self::parts::{severity, summary};
