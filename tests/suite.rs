//! All integration tests, in one program.

mod cli;
mod conformance;
mod editions;
mod golden;
mod lab;
mod readback;
mod seed;
mod tidy;
