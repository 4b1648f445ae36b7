//! All integration tests, in one program.

mod check;
mod cli;
mod commonmark;
mod conformance;
mod editions;
mod faces;
mod golden;
mod hostile;
mod lab;
mod letters;
mod lines;
mod readback;
mod seed;
mod shape;
mod tidy;
mod wording;
mod words;
