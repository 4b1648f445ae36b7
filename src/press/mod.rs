//! Everything of Typst: a paired text to laid-out pages, and pages to PDF. No
//! other room names one of its crates.

pub mod measure;
pub mod overflow;
pub mod pdf;
pub mod printed;
pub mod textlayer;
pub mod typeset;
pub mod world;
