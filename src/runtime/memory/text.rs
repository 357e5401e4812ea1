//! Text under construction, the target of every `write!`. A write without memory fails and raises nothing, because the
//! error indicator itself keeps a [`Message`]. The functions that raise MemoryError are in the module above.

use super::array::{Array, append, empty};
use crate::runtime::surrogate::as_surrogate;
use core::fmt::{self, Write};

/// Room for most messages, so that they need not grow piece by piece.
const USUAL: usize = 80;

/// An array with some room, after `write` has written into it; `None` when there is no memory.
fn written<T: Write>(of: impl FnOnce(Array<u8>) -> T, write: impl FnOnce(&mut T) -> fmt::Result) -> Option<T> {
    let mut bytes = empty();
    bytes.try_reserve(USUAL).ok()?;
    let mut text = of(bytes);
    write(&mut text).ok()?;
    Some(text)
}

/// UTF-8 text under construction. After a write that failed, the text can only be dropped.
#[derive(Debug)]
pub struct Text(pub(super) Array<u8>);

impl Text {
    /// An empty text; allocates nothing.
    #[expect(clippy::new_without_default, reason = "the one way to make one")]
    pub const fn new() -> Self {
        Text(empty())
    }

    /// The text of some format arguments; `None` when there is no memory for it.
    pub(super) fn try_format(arguments: fmt::Arguments<'_>) -> Option<Self> {
        written(Text, |text| text.write_fmt(arguments))
    }

    /// The text that was written.
    pub fn as_str(&self) -> &str {
        // SAFETY: only `write_str` and `push_str` change the array, and they append whole `&str`s.
        unsafe { core::str::from_utf8_unchecked(&self.0) }
    }
}

impl Write for Text {
    fn write_str(&mut self, s: &str) -> fmt::Result {
        append(&mut self.0, s.as_bytes()).ok_or(fmt::Error)
    }
}

/// A message that may contain lone surrogates of the objects it names. It is UTF-8, with each surrogate as the three
/// bytes that UTF-8 would use for it. The handler "surrogatepass" decodes that.
#[derive(Debug)]
pub struct Message(Array<u8>);

impl Message {
    /// A message that is this text; `None` when there is no memory for it.
    pub(super) fn try_of(s: &str) -> Option<Self> {
        let mut message = Message(empty());
        append(&mut message.0, s.as_bytes())?;
        Some(message)
    }

    /// The message of some format arguments; `None` when there is no memory for it.
    pub(crate) fn try_format(arguments: fmt::Arguments<'_>) -> Option<Self> {
        written(Message, |message| message.write_fmt(arguments))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::surrogate::surrogate;
    use std::string::ToString;

    #[test]
    fn a_message_keeps_surrogates_and_a_text_shows_them() {
        let written = format_args!("<{}{}\u{FFFD}>", surrogate(0xdcff), surrogate(0xd800)).to_string();
        assert_eq!(written, "<\u{FFFD}\u{FFFD}\u{FFFD}>");
        let text = Text::try_format(format_args!("<{}>", surrogate(0xdcff))).unwrap();
        assert_eq!(text.as_str(), "<\u{FFFD}>");
        let message =
            Message::try_format(format_args!("<{}{}\u{FFFD}>", surrogate(0xdcff), surrogate(0xd800))).unwrap();
        assert_eq!(message.as_bytes(), b"<\xed\xb3\xbf\xed\xa0\x80\xef\xbf\xbd>");
    }
}
