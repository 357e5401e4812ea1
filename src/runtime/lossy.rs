//! Bytes from C as text. They may be invalid UTF-8.

use core::fmt;

/// Shows bytes from C as text: bytes that are not UTF-8 become U+FFFD, as CPython's "replace" handler does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lossy<'a>(pub &'a [u8]);

impl fmt::Display for Lossy<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for chunk in self.0.utf8_chunks() {
            f.write_str(chunk.valid())?;
            if !chunk.invalid().is_empty() {
                f.write_str("\u{FFFD}")?;
            }
        }
        Ok(())
    }
}
