//! Standard output and standard error, which may be gone.
//!
//! Input: words and data. Output: the same, as far as anybody takes them: a
//! reader that has left, or a full disk, changes neither what is made nor, but
//! for data that is lost, the exit code.

use std::io::{self, Write};

use codespan_reporting::term::termcolor::{ColorSpec, StandardStream, WriteColor};

/// Standard error: what cannot be said is not said.
pub(crate) struct Words(pub(crate) StandardStream);

impl Write for Words {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.0.write(bytes) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Err(error),
            Err(_) => Ok(bytes.len()),
            written => written,
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        let _ = self.0.flush();
        Ok(())
    }
}

impl WriteColor for Words {
    fn supports_color(&self) -> bool {
        self.0.supports_color()
    }

    fn set_color(&mut self, color: &ColorSpec) -> io::Result<()> {
        let _ = self.0.set_color(color);
        Ok(())
    }

    fn reset(&mut self) -> io::Result<()> {
        let _ = self.0.reset();
        Ok(())
    }
}

/// Writes data to standard output. A reader that has left has seen enough.
///
/// # Errors
/// The data is lost for another reason, such as a full disk.
pub(crate) fn print(data: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let written = out.write_all(data).and_then(|()| out.flush());
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}
