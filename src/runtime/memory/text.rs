//! Text under construction, the target of every `write!`; bytes from C as text; and how a lone surrogate of a `str`, which
//! UTF-8 has no form for, comes through a `write!` into a message.

use super::{Array, Malloc, append, extend, out_of_memory, reserve};
use crate::runtime::Result;
use core::fmt::{self, Write};

/// Room for most messages, so that one need not grow piece by piece.
const USUAL: usize = 80;

/// UTF-8 text under construction. A write that finds no memory fails, and the text is then only good for being dropped.
#[derive(Debug)]
pub struct Text(Array<u8>);

impl Text {
    /// An empty text; allocates nothing.
    #[expect(clippy::new_without_default, reason = "the one way to make one")]
    pub const fn new() -> Self {
        Text(Array::new_in(Malloc))
    }

    /// The text of some format arguments, or MemoryError.
    pub fn format(arguments: fmt::Arguments<'_>) -> Result<Self> {
        let mut text = Text::new();
        reserve(&mut text.0, USUAL)?;
        text.write_fmt(arguments).map_err(|_| out_of_memory())?;
        Ok(text)
    }

    /// Appends, or sets MemoryError.
    pub fn push_str(&mut self, s: &str) -> Result<()> {
        extend(&mut self.0, s.as_bytes())
    }

    /// The text that was written.
    pub fn as_str(&self) -> &str {
        // SAFETY: only whole `&str`s are ever appended.
        unsafe { core::str::from_utf8_unchecked(&self.0) }
    }
}

impl Write for Text {
    fn write_str(&mut self, s: &str) -> fmt::Result {
        append(&mut self.0, s.as_bytes()).ok_or(fmt::Error)
    }
}

/// A message that may hold lone surrogates of the objects it names: UTF-8, with each of them as the three bytes that UTF-8
/// would have for it (the handler "surrogatepass" reads that).
#[derive(Debug)]
pub struct Message(Array<u8>);

impl Message {
    /// A message that is this text.
    pub fn of(s: &str) -> Result<Self> {
        let mut message = Message(Array::new_in(Malloc));
        extend(&mut message.0, s.as_bytes())?;
        Ok(message)
    }

    /// The message of some format arguments, or MemoryError.
    pub fn format(arguments: fmt::Arguments<'_>) -> Result<Self> {
        let mut message = Message(Array::new_in(Malloc));
        reserve(&mut message.0, USUAL)?;
        message.write_fmt(arguments).map_err(|_| out_of_memory())?;
        Ok(message)
    }

    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl Write for Message {
    fn write_str(&mut self, s: &str) -> fmt::Result {
        let appended = match as_surrogate(s) {
            None => append(&mut self.0, s.as_bytes()),
            Some(point) => {
                let [high, low] = [point >> 6, point].map(|bits| 0x80 | (bits & 0x3f) as u8);
                append(&mut self.0, &[0xed, high, low])
            }
        };
        appended.ok_or(fmt::Error)
    }
}

/// The first surrogate.
const FIRST: u32 = 0xd800;

/// U+FFFD in UTF-8, once for each surrogate. Its place says which one a copy stands for.
static REPLACEMENTS: [[u8; 3]; 0x800] = [[0xef, 0xbf, 0xbd]; 0x800];

/// The text that stands for a surrogate in a `write!`: U+FFFD, by which a [`Message`] and a builder of a `str` know the
/// surrogate, since they compare its address. Any other target shows it as it is. Empty for what is no surrogate.
pub fn surrogate(point: u32) -> &'static str {
    let replacement = point.checked_sub(FIRST).and_then(|index| REPLACEMENTS.get(index as usize));
    replacement.and_then(|bytes| core::str::from_utf8(bytes).ok()).unwrap_or_default()
}

/// The surrogate that a text stands for, if it is one of [`surrogate`]'s.
#[inline]
pub fn as_surrogate(s: &str) -> Option<u32> {
    let place = s.as_ptr().addr().wrapping_sub(REPLACEMENTS.as_ptr().addr());
    (place < size_of_val(&REPLACEMENTS)).then_some(FIRST + (place / 3) as u32)
}

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

#[cfg(test)]
mod tests {
    use super::*;
    use std::string::ToString;

    #[test]
    fn each_surrogate_is_known_and_nothing_else_is() {
        for point in 0xd800..0xe000 {
            assert_eq!(as_surrogate(surrogate(point)), Some(point));
            assert_eq!(surrogate(point), "\u{FFFD}");
        }
        for point in [0, 0xd7ff, 0xe000, u32::MAX] {
            assert_eq!(surrogate(point), "");
        }
        for text in ["", "\u{FFFD}", "a"] {
            assert_eq!(as_surrogate(text), None);
        }
    }

    #[test]
    fn a_message_keeps_surrogates_and_a_text_shows_them() {
        let written = format_args!("<{}{}\u{FFFD}>", surrogate(0xdcff), surrogate(0xd800)).to_string();
        assert_eq!(written, "<\u{FFFD}\u{FFFD}\u{FFFD}>");
        let text = Text::format(format_args!("<{}>", surrogate(0xdcff))).unwrap();
        assert_eq!(text.as_str(), "<\u{FFFD}>");
        let message = Message::format(format_args!("<{}{}\u{FFFD}>", surrogate(0xdcff), surrogate(0xd800))).unwrap();
        assert_eq!(message.as_bytes(), b"<\xed\xb3\xbf\xed\xa0\x80\xef\xbf\xbd>");
    }
}
