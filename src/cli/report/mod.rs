//! Findings, printed for people and for programs.
//!
//! Input: findings in the order in which they are to be printed. Output: text.

pub(crate) mod agenda;
mod excerpt;
pub(crate) mod github;
pub(crate) mod human;
pub(crate) mod ics;
pub(crate) mod json;
mod parts;
pub(crate) mod progress;
pub(crate) mod sarif;
mod streams;
pub(crate) mod table;

pub(crate) use self::parts::{pretty, severity, summary};
