//! The command line of Alternat.
//!
//! Exit codes: 0 done, 1 an agreement or a template is at fault, 2 wrong
//! command line.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
