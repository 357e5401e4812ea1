//! Decoding: making a `str` from bytes in UTF-8, ASCII or Latin-1, from a name, or from a message.

use super::build::{from_ascii, from_latin1};
use super::builder::Builder;
use super::codec::Codec;
use super::codec_error::DecodeError;
use super::escape_codecs::{decode_raw_unicode_escape, decode_unicode_escape};
use super::handler::Handler;
use super::hash::HashedName;
use super::layout::{Points, as_exact, points};
use super::shared::short_ascii;
use super::transcode::transcode;
use super::utf7::decode_utf7;
use super::wide_codecs::{Wide, decode_wide};
use super::words::is_ascii;
use crate::runtime::memory::Message;
use crate::runtime::{Ref, Result};

/// A string from bytes that should be UTF-8; UnicodeDecodeError when they are not.
#[inline]
pub fn from_utf8(bytes: &[u8]) -> Result<Ref> {
    match bytes {
        [] | [0..0x80] => Ok(short_ascii(bytes).to_ref()),
        // SAFETY: the bytes were just looked at.
        _ if is_ascii(bytes) => unsafe { from_ascii(bytes) },
        _ => decode_utf8(bytes, Handler::Strict),
    }
}

/// A string from bytes that should be UTF-8, with a handler for bytes that are not.
pub fn decode_utf8(bytes: &[u8], handler: Handler<'_>) -> Result<Ref> {
    if let Some(s) = transcode(bytes)? {
        return Ok(s);
    }
    let mut text = Builder::new();
    let mut position = 0;
    while let Some(chunk) = bytes.get(position..).and_then(|rest| rest.utf8_chunks().next()) {
        text.push_str(chunk.valid())?;
        let start = position + chunk.valid().len();
        position = start + chunk.invalid().len();
        if start < position {
            position = handler.decode(&mut text, &DecodeError::of_utf8(bytes, start..position))?;
        }
    }
    text.finish()
}

/// A string from bytes, with U+FFFD for each part that is not UTF-8. If the bytes were `cut`, an incomplete character
/// at their end is left out.
pub fn from_utf8_replaced(bytes: &[u8], cut: bool) -> Result<Ref> {
    if cut { Ok(decode_utf8_start(bytes, Handler::Replace)?.0) } else { decode_utf8(bytes, Handler::Replace) }
}

/// A string from bytes of which the rest may come later, and the number of bytes that were decoded: an incomplete character at
/// their end is left out (CPython: `PyUnicode_DecodeUTF8Stateful`).
pub fn decode_utf8_start(bytes: &[u8], handler: Handler<'_>) -> Result<(Ref, usize)> {
    let incomplete = match (bytes, bytes.utf8_chunks().last().map(|chunk| chunk.invalid())) {
        // CPython takes two of a surrogate's three bytes for an incomplete character.
        ([.., 0xed, 0xa0..=0xbf], _) => 2,
        (_, Some(incomplete @ [0xc2..=0xf4, ..])) => incomplete.len(),
        _ => 0,
    };
    let done = bytes.len() - incomplete;
    Ok((decode_utf8(bytes.get(..done).unwrap_or_default(), handler)?, done))
}

/// A string from bytes that should be ASCII, with a handler for bytes that are not.
pub fn decode_ascii(bytes: &[u8], handler: Handler<'_>) -> Result<Ref> {
    if is_ascii(bytes) {
        // SAFETY: the bytes were just checked.
        return unsafe { from_ascii(bytes) };
    }
    let mut text = Builder::new();
    let mut position = 0;
    while let Some(&byte) = bytes.get(position) {
        position = match byte.is_ascii() {
            true => text.push(byte.into()).map(|()| position + 1)?,
            false => handler.decode(&mut text, &DecodeError::of_ascii(bytes, position..position + 1))?,
        };
    }
    text.finish()
}

/// A string from bytes in an encoding.
pub fn decode(bytes: &[u8], codec: Codec, handler: Handler<'_>) -> Result<Ref> {
    match codec {
        Codec::Utf8 => decode_utf8(bytes, handler),
        Codec::Ascii => decode_ascii(bytes, handler),
        Codec::Latin1 | Codec::Charmap => from_latin1(bytes),
        Codec::Utf16(order) => Ok(decode_wide(bytes, Wide::Two, order, handler, false)?.text),
        Codec::Utf32(order) => Ok(decode_wide(bytes, Wide::Four, order, handler, false)?.text),
        Codec::Utf7 => Ok(decode_utf7(bytes, handler, false)?.0),
        Codec::UnicodeEscape => decode_unicode_escape(bytes, handler),
        Codec::RawUnicodeEscape => decode_raw_unicode_escape(bytes, handler),
    }
}

/// A string with the characters of a name, whose hash is known already; UnicodeDecodeError when it is not UTF-8.
pub fn from_name(name: HashedName<'_>) -> Result<Ref> {
    let s = from_utf8(name.text())?;
    if name.text().len() > 1
        && let Some(s) = as_exact(s.borrow())
        && let Points::Ascii(_) = points(s)
    {
        // SAFETY: a str of two characters or more is never a shared one, so other code has not seen this one.
        unsafe { (*s.fields()).hash = name.hash() };
    }
    Ok(s)
}

/// A string with formatted text.
pub fn format(arguments: core::fmt::Arguments<'_>) -> Result<Ref> {
    from_message(&Message::format(arguments)?)
}

/// A string with the characters of a message.
pub fn from_message(message: &Message) -> Result<Ref> {
    decode_utf8(message.as_bytes(), Handler::SurrogatePass)
}
