//! Everything of Typst: a paired text to laid-out pages, and pages to PDF. No
//! other room names one of its crates.

mod ending;
pub mod input;
mod lines;
pub mod measure;
pub mod overflow;
pub mod pdf;
pub mod printed;
pub mod tags;
pub mod template;
pub mod textlayer;
pub mod torn;
pub mod typeset;
pub mod world;
