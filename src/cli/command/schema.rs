//! `alternat schema`: prints the JSON schema of agreements, for editors.

use std::io;
use std::process::ExitCode;

use alternat::agreement::schema;

use super::super::report::human::Reporter;

pub(crate) fn run(reporter: &mut Reporter) -> io::Result<ExitCode> {
    let schema = schema::json(reporter.messages());
    reporter.print(schema.as_bytes());
    Ok(ExitCode::SUCCESS)
}
