//! All integration tests, in one program.

mod agreements;
mod allowances;
mod cli;
mod commonmark;
mod conformance;
mod docs;
mod editions;
mod enumerations;
mod faces;
mod golden;
mod hostile;
mod lab;
mod letters;
mod lines;
mod readback;
mod report;
mod reviews;
mod rules;
mod schema;
mod seed;
mod shape;
mod slips;
mod tidy;
mod wording;
mod words;
mod workshop;
