//! Text of bounded length, for messages to people. Nothing here allocates, because a message may have to be written
//! when the heap is corrupt.

use super::lossy::Lossy;
use core::ffi::CStr;
use core::fmt::{self, Write};

/// A text of at most `N` bytes; bytes that do not fit are left out.
#[derive(Debug, Clone, Copy)]
pub struct Line<const N: usize> {
    bytes: [u8; N],
    length: usize,
}

impl<const N: usize> Line<N> {
    /// An empty text.
    #[expect(clippy::new_without_default, reason = "for statics, which a default can't make")]
    pub const fn new() -> Self {
        Line { bytes: [0; N], length: 0 }
    }

    /// The text of some format arguments.
    pub fn of(arguments: fmt::Arguments<'_>) -> Self {
        let mut line = Line::new();
        // Writing to a line never fails.
        let _ = fmt::write(&mut line.writer(), arguments);
        line
    }

    /// A target of `write!` that appends to the line; its type is the same for lines of all lengths.
    pub fn writer(&mut self) -> Writer<'_> {
        Writer { bytes: &mut self.bytes, length: &mut self.length }
    }

    /// Appends as many of the bytes as there is room for.
    pub fn push(&mut self, bytes: &[u8]) {
        self.writer().push(bytes);
    }

    /// The text as a C string. Without room, a NUL replaces the last byte.
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
    /// The number of bytes for which there is still room.
    pub fn room(&self) -> usize {
        self.bytes.len() - *self.length
    }

    /// Removes the bytes that were written since there was this much room.
    pub fn back_to(&mut self, room: usize) {
        *self.length = self.bytes.len().saturating_sub(room).min(*self.length);
    }

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

/// A name in a sentence: in quotes, or NULL. Bytes that are not text are written as C escapes, because a name that was
/// freed can contain anything.
#[derive(Debug, Clone, Copy)]
pub struct Quoted<'a>(pub Option<&'a [u8]>);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(name) => write!(f, "\"{}\"", Escaped(name)),
            None => f.write_str("NULL"),
        }
    }
}

/// Bytes as in a C string literal: those that are not text, or would move a terminal's cursor, are in hexadecimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Escaped<'a>(pub &'a [u8]);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for chunk in self.0.utf8_chunks() {
            chunk.valid().chars().try_for_each(|c| match c {
                '"' | '\\' => write!(f, "\\{c}"),
                c => write_or_escape(f, c),
            })?;
            chunk.invalid().iter().try_for_each(|byte| write!(f, "\\x{byte:02x}"))?;
        }
        Ok(())
    }
}

/// Writes a character, or the bytes of a control character.
fn write_or_escape(out: &mut fmt::Formatter<'_>, c: char) -> fmt::Result {
    if !c.is_control() {
        return out.write_char(c);
    }
    c.encode_utf8(&mut [0; 4]).bytes().try_for_each(|byte| write!(out, "\\x{byte:02x}"))
}

/// A text that stays on its line: line ends and other control characters are written as C escapes.
#[derive(Debug)]
pub struct OneLine<T>(pub T);

impl<T: fmt::Display> fmt::Display for OneLine<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        struct Filter<'a, 'b>(&'a mut fmt::Formatter<'b>);
        impl Write for Filter<'_, '_> {
            fn write_str(&mut self, text: &str) -> fmt::Result {
                text.chars().try_for_each(|c| write_or_escape(self.0, c))
            }
        }
        write!(Filter(f), "{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::string::ToString;

    #[test]
    fn a_line_keeps_the_bytes_that_fit() {
        assert_eq!(Line::<4>::of(format_args!("{}{}", "ab", "cdef")).as_bytes(), b"abcd");
        assert_eq!(Line::<2>::of(format_args!("aé")).to_string(), "a\u{FFFD}");
        assert_eq!(Line::<8>::new().as_bytes(), b"");
        let mut line = Line::<8>::of(format_args!("abc"));
        assert_eq!(line.writer().room(), 5);
        line.writer().back_to(6);
        assert_eq!(line.as_bytes(), b"ab");
        line.writer().back_to(1);
        assert_eq!(line.as_bytes(), b"ab");
    }

    #[test]
    fn a_name_is_quoted_unless_it_is_null() {
        assert_eq!(Quoted(Some(b"a.b")).to_string(), "\"a.b\"");
        assert_eq!(Quoted(None).to_string(), "NULL");
        assert_eq!(Quoted(Some("é\"\\\n".as_bytes())).to_string(), "\"é\\\"\\\\\\x0a\"");
        assert_eq!(Quoted(Some(b"\xffa\x1b")).to_string(), "\"\\xffa\\x1b\"");
        assert_eq!(Quoted(Some("\u{9b}1m".as_bytes())).to_string(), "\"\\xc2\\x9b1m\"");
        assert_eq!(OneLine("a\nb\"\\é").to_string(), "a\\x0ab\"\\é");
    }
}
