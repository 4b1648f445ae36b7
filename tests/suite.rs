//! All integration tests, in one program.

mod cli;
mod conformance;
mod editions;
mod golden;
mod lab;
mod lines;
mod readback;
mod seed;
mod shape;
mod tidy;
