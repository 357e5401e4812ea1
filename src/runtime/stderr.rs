//! Standard error, unbuffered: for what is said to whoever runs the program, not to the code that calls us.

use super::error;
use super::memory::Text;
use core::fmt::{self, Write};

/// The descriptor as a target of `write!`.
#[derive(Debug)]
pub struct Stderr;

impl Write for Stderr {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let mut rest = text.as_bytes();
        while !rest.is_empty() {
            // SAFETY: the bytes are readable.
            match usize::try_from(unsafe { libc::write(libc::STDERR_FILENO, rest.as_ptr().cast(), rest.len()) }) {
                Ok(written) => rest = rest.get(written..).unwrap_or_default(),
                Err(_) if std::io::Error::last_os_error().raw_os_error() == Some(libc::EINTR) => {}
                Err(_) => return Err(fmt::Error),
            }
        }
        Ok(())
    }
}

/// Writes a line after the library's name, whole, so that those of several threads do not mix. What can't be written is
/// not; the error indicator stays as it is.
pub fn say(arguments: fmt::Arguments<'_>) {
    let before = error::take();
    let _ = match Text::format(format_args!("pycapsule: {arguments}\n")) {
        Ok(line) => Stderr.write_str(line.as_str()),
        Err(_) => writeln!(Stderr, "pycapsule: {arguments}"),
    };
    error::put_back(before);
}
