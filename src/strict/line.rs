//! Text of bounded length, for reports: nothing here allocates, since a report may have to be written while memory is
//! what is broken.

use crate::runtime::memory::Lossy;
use core::ffi::CStr;
use core::fmt::{self, Write};

/// A text of at most `N` bytes; what is too much is left out.
#[derive(Debug, Clone, Copy)]
pub struct Line<const N: usize> {
    bytes: [u8; N],
    length: usize,
}

impl<const N: usize> Line<N> {
    /// An empty text.
    pub const fn new() -> Self {
        Line { bytes: [0; N], length: 0 }
    }

    /// What a format gives.
    pub fn of(arguments: fmt::Arguments<'_>) -> Self {
        let mut line = Line::new();
        // It never fails.
        let _ = fmt::write(&mut line.writer(), arguments);
        line
    }

    /// What appends to it: the same for lines of all lengths.
    pub fn writer(&mut self) -> Writer<'_> {
        Writer { bytes: &mut self.bytes, length: &mut self.length }
    }

    /// Keeps as many of the bytes as there is room for.
    pub fn push(&mut self, bytes: &[u8]) {
        self.writer().push(bytes);
    }

    /// The text as C reads it: a NUL takes the place of the last byte when there is no room for one.
    pub fn with_nul(&mut self) -> &CStr {
        self.length = self.length.min(N - 1);
        if let Some(end) = self.bytes.get_mut(self.length) {
            *end = 0;
        }
        CStr::from_bytes_until_nul(&self.bytes).unwrap_or_default()
    }

    /// The text's bytes; a character at the end may be cut.
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}

/// Appends to a line.
#[derive(Debug)]
pub struct Writer<'a> {
    bytes: &'a mut [u8],
    length: &'a mut usize,
}

impl Writer<'_> {
    fn push(&mut self, bytes: &[u8]) {
        for byte in bytes {
            let Some(place) = self.bytes.get_mut(*self.length) else { return };
            *place = *byte;
            *self.length += 1;
        }
    }
}

impl fmt::Write for Writer<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.push(text.as_bytes());
        Ok(())
    }
}

impl<const N: usize> fmt::Display for Line<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Lossy(self.as_bytes()).fmt(f)
    }
}

/// A name in a sentence: in quotes, or NULL. What is no text is written as C writes it, since a name that was freed can read
/// anything.
#[derive(Debug, Clone, Copy)]
pub struct Quoted<'a>(pub Option<&'a [u8]>);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(name) => {
                f.write_char('"')?;
                for chunk in name.utf8_chunks() {
                    chunk.valid().chars().try_for_each(|c| match c {
                        '"' | '\\' => write!(f, "\\{c}"),
                        c if c.is_ascii_control() => write!(f, "\\x{:02x}", c as u32),
                        c => f.write_char(c),
                    })?;
                    chunk.invalid().iter().try_for_each(|byte| write!(f, "\\x{byte:02x}"))?;
                }
                f.write_char('"')
            }
            None => f.write_str("NULL"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::string::ToString;

    #[test]
    fn a_line_keeps_what_there_is_room_for() {
        assert_eq!(Line::<4>::of(format_args!("{}{}", "ab", "cdef")).as_bytes(), b"abcd");
        assert_eq!(Line::<2>::of(format_args!("aé")).to_string(), "a\u{FFFD}");
        assert_eq!(Line::<8>::new().as_bytes(), b"");
    }

    #[test]
    fn a_name_is_quoted_unless_it_is_null() {
        assert_eq!(Quoted(Some(b"a.b")).to_string(), "\"a.b\"");
        assert_eq!(Quoted(None).to_string(), "NULL");
        assert_eq!(Quoted(Some("é\"\\\n".as_bytes())).to_string(), "\"é\\\"\\\\\\x0a\"");
        assert_eq!(Quoted(Some(b"\xffa\x1b")).to_string(), "\"\\xffa\\x1b\"");
    }
}
