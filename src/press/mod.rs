//! Everything of Typst: a paired text to laid-out pages, and pages to PDF. No
//! other room names one of its crates.

mod lines;
pub mod measure;
pub mod overflow;
pub mod pdf;
pub mod printed;
mod tags;
pub mod textlayer;
pub mod typeset;
pub mod world;
