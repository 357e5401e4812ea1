//! Standard error, unbuffered: for what is said to whoever runs the program, not to the code that calls us.

use super::memory::Text;
use super::{errno, error};
use core::ffi::c_int;
use core::fmt::{self, Write};

/// The descriptor as a target of `write!`.
#[derive(Debug)]
pub struct Stderr;

impl Write for Stderr {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        write_all(libc::STDERR_FILENO, text.as_bytes())
    }
}

/// Writes to a file, as one piece if the system lets it.
pub fn write_all(file: c_int, mut rest: &[u8]) -> fmt::Result {
    while !rest.is_empty() {
        // SAFETY: the bytes are readable.
        match usize::try_from(unsafe { libc::write(file, rest.as_ptr().cast(), rest.len()) }) {
            Ok(written) => rest = rest.get(written..).unwrap_or_default(),
            Err(_) if errno::get() == libc::EINTR => {}
            Err(_) => return Err(fmt::Error),
        }
    }
    Ok(())
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

/// Standard error for one report: what is written is kept until there is a lot of it or the report is dropped, so that
/// those of several threads hardly mix.
#[derive(Debug)]
pub struct Report {
    kept: [u8; 1024],
    length: usize,
}

impl Report {
    /// A report that says nothing yet.
    #[expect(clippy::new_without_default, reason = "the one way to make one")]
    pub const fn new() -> Self {
        Report { kept: [0; 1024], length: 0 }
    }

    fn flush(&mut self) -> fmt::Result {
        let length = core::mem::take(&mut self.length);
        write_all(libc::STDERR_FILENO, self.kept.get(..length).unwrap_or_default())
    }
}

impl Write for Report {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if text.len() > self.kept.len() - self.length {
            self.flush()?;
        }
        match self.kept.get_mut(self.length..self.length + text.len()) {
            Some(free) => {
                free.copy_from_slice(text.as_bytes());
                self.length += text.len();
                Ok(())
            }
            None => write_all(libc::STDERR_FILENO, text.as_bytes()),
        }
    }
}

impl Drop for Report {
    fn drop(&mut self) {
        // What can't be written, is not.
        let _ = self.flush();
    }
}
