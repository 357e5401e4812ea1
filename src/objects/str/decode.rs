//! From bytes to a `str`.

use super::build::from_str;
use super::builder::Builder;
use crate::runtime::{Ref, Result, raise};

/// A new string from bytes that should be UTF-8; UnicodeDecodeError when they are not.
pub fn from_utf8(bytes: &[u8]) -> Result<Ref> {
    match core::str::from_utf8(bytes) {
        Ok(text) => from_str(text),
        Err(error) => {
            let position = error.valid_up_to();
            Err(raise!(
                UnicodeDecodeError,
                "'utf-8' codec can't decode byte 0x{:02x} in position {position}: invalid start byte",
                bytes[position]
            ))
        }
    }
}

/// A new string from bytes, with U+FFFD for each part that is not UTF-8. Where the bytes are `cut` off, a character that
/// is not whole at their end is left out instead.
pub fn from_utf8_replaced(bytes: &[u8], cut: bool) -> Result<Ref> {
    if let Ok(text) = core::str::from_utf8(bytes) {
        return from_str(text);
    }
    let mut text = Builder::new();
    let mut chunks = bytes.utf8_chunks().peekable();
    while let Some(chunk) = chunks.next() {
        text.push_str(chunk.valid())?;
        let is_start_of_character = matches!(chunk.invalid(), [0xc2..=0xf4, ..]);
        if !chunk.invalid().is_empty() && !(cut && is_start_of_character && chunks.peek().is_none()) {
            text.push(char::REPLACEMENT_CHARACTER.into())?;
        }
    }
    text.finish()
}
