//! Standard error, unbuffered, for messages to the person who runs the program.

use super::errno;
use super::surrogate::as_surrogate;
use core::ffi::c_int;
use core::fmt::{self, Write};

/// The descriptor as a target of `write!`. A surrogate is written as its escape.
#[derive(Debug)]
pub struct Stderr;

impl Write for Stderr {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if let Some(point) = as_surrogate(text) {
            return write!(self, "\\u{point:x}");
        }
        write_all(libc::STDERR_FILENO, text.as_bytes())
    }
}

/// Writes to a file, in one piece if the system allows it.
pub fn write_all(file: c_int, mut rest: &[u8]) -> fmt::Result {
    while !rest.is_empty() {
        // SAFETY: write reads no more than the slice, whose length it gets.
        match usize::try_from(unsafe { libc::write(file, rest.as_ptr().cast(), rest.len()) }) {
            Ok(written) => rest = rest.get(written..).unwrap_or_default(),
            Err(_) if errno::get() == libc::EINTR => {}
            Err(_) => return Err(fmt::Error),
        }
    }
    Ok(())
}

/// Standard error, or another file, for one report. The text is kept until it is long or the report is dropped, so that
/// the reports of several threads hardly mix. A surrogate is written as its escape.
#[derive(Debug)]
pub struct Report {
    file: c_int,
    kept: [u8; 1024],
    length: usize,
}

impl Report {
    /// An empty report.
    #[expect(clippy::new_without_default, reason = "the one way to make one")]
    pub const fn new() -> Self {
        Report::to(libc::STDERR_FILENO)
    }

    /// An empty report for another file.
    pub const fn to(file: c_int) -> Self {
        Report { file, kept: [0; 1024], length: 0 }
    }

    fn flush(&mut self) -> fmt::Result {
        let length = core::mem::take(&mut self.length);
        write_all(self.file, self.kept.get(..length).unwrap_or_default())
    }
}

impl Write for Report {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if let Some(point) = as_surrogate(text) {
            return write!(self, "\\u{point:x}");
        }
        if text.len() > self.kept.len() - self.length {
            self.flush()?;
        }
        match self.kept.get_mut(self.length..self.length + text.len()) {
            Some(free) => {
                free.copy_from_slice(text.as_bytes());
                self.length += text.len();
                Ok(())
            }
            None => write_all(self.file, text.as_bytes()),
        }
    }
}

impl Drop for Report {
    fn drop(&mut self) {
        // Write errors are ignored: there is nowhere to report them.
        let _ = self.flush();
    }
}
