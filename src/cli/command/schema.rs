//! `alternat schema`: prints the JSON schema of agreements, for editors.

use std::io::{self, Write};
use std::process::ExitCode;

use alternat::agreement::schema;

use super::super::report::human::Reporter;

pub(crate) fn run(reporter: &Reporter) -> io::Result<ExitCode> {
    let schema = schema::json(reporter.messages());
    io::stdout().lock().write_all(schema.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}
