//! All integration tests, in one program.

mod cli;
mod editions;
mod golden;
mod lab;
mod seed;
mod tidy;
