//! Encoding: making `bytes` from a `str`, in UTF-8, ASCII or Latin-1.

use super::codec::Codec;
use super::codec_error::EncodeError;
use super::handler::Handler;
use super::layout::{Points, Str, points};
use crate::objects::bytes::{self, NewBytes};
use crate::runtime::Result;
use crate::runtime::memory::{self, Array, Malloc};
use core::ptr::NonNull;

/// The length of the UTF-8 form. UnicodeEncodeError when the string has a surrogate.
pub(super) fn utf8_length(s: Str<'_>) -> Result<usize> {
    let mut length = 0;
    for (position, point) in points(s).iter().enumerate() {
        length += char::from_u32(point).ok_or_else(|| EncodeError::from(Codec::Utf8, s, position).raise(0))?.len_utf8();
    }
    Ok(length)
}

/// Writes the UTF-8 form.
///
/// # Safety
/// There is room for the number of bytes that [`utf8_length`] returns.
pub(super) unsafe fn write_utf8(points: Points<'_>, mut to: NonNull<u8>) {
    for point in points.iter().filter_map(char::from_u32) {
        let mut buffer = [0; 4];
        let encoded = point.encode_utf8(&mut buffer).as_bytes();
        // SAFETY: the characters' lengths add up to the length of the UTF-8 form, for which there is room.
        unsafe {
            to.copy_from_nonoverlapping(NonNull::from(encoded).cast(), encoded.len());
            to = to.add(encoded.len());
        }
    }
}

/// The string in UTF-8, as `bytes`.
pub fn to_utf8(s: Str<'_>) -> Result<NewBytes> {
    let length = utf8_length(s)?;
    if let (0..=1, Points::Ascii(ascii)) = (length, points(s)) {
        return bytes::from_slice(ascii);
    }
    let encoded = bytes::blank(length)?;
    if let Some(data) = NonNull::new(bytes::data(encoded.borrow())) {
        // SAFETY: `blank` made room for this many bytes.
        unsafe { write_utf8(points(s), data) };
    }
    Ok(encoded)
}

/// The string in UTF-8, as `bytes`. U+DC80 to U+DCFF become the bytes 80 to FF, which could not be decoded.
pub fn to_utf8_escaped(s: Str<'_>) -> Result<NewBytes> {
    if let Points::Ascii(ascii) = points(s) {
        return bytes::from_slice(ascii);
    }
    let mut encoded: Array<u8> = Array::new_in(Malloc);
    for (position, point) in points(s).iter().enumerate() {
        let mut buffer = [0; 4];
        let part = match (char::from_u32(point), point) {
            (Some(character), _) => character.encode_utf8(&mut buffer).as_bytes(),
            (None, 0xdc80..=0xdcff) => &[(point & 0xff) as u8],
            (None, _) => return Err(EncodeError::from(Codec::Utf8, s, position).raise(0)),
        };
        memory::extend(&mut encoded, part)?;
    }
    bytes::from_slice(&encoded)
}

/// The string as `bytes`, one byte for each character, in ASCII or Latin-1.
fn to_narrow(s: Str<'_>, codec: Codec) -> Result<NewBytes> {
    let missing = points(s).iter().position(|point| !codec.has(point));
    if let Some(start) = missing {
        return Err(EncodeError::from(codec, s, start).raise(0));
    }
    match points(s) {
        Points::Ascii(narrow) | Points::Latin1(narrow) => bytes::from_slice(narrow),
        wide => {
            let mut narrow: Array<u8> = Array::new_in(Malloc);
            memory::reserve(&mut narrow, wide.len())?;
            memory::fill(&mut narrow, wide.iter().map(|point| point as u8));
            bytes::from_slice(&narrow)
        }
    }
}

/// The string in an encoding, as `bytes`, with a handler for characters that can't be encoded; LookupError for an
/// encoding other than UTF-8, ASCII and Latin-1.
pub fn encode(s: Str<'_>, encoding: &str, handler: Handler<'_>) -> Result<NewBytes> {
    match (Codec::named(encoding)?, handler) {
        (Codec::Utf8, Handler::Strict) => to_utf8(s),
        (Codec::Ascii, Handler::Strict) => to_ascii(s),
        (Codec::Latin1, Handler::Strict) => to_latin1(s),
        (codec, handler) => encode_handled(s, codec, handler),
    }
}

/// [`encode`] with an error handler that may replace characters.
fn encode_handled(s: Str<'_>, codec: Codec, handler: Handler<'_>) -> Result<NewBytes> {
    let mut encoded: Array<u8> = Array::new_in(Malloc);
    let mut position = 0;
    while let Some(point) = points(s).get(position) {
        if codec.has(point) {
            let mut buffer = [0; 4];
            let part = match (codec, char::from_u32(point)) {
                (Codec::Utf8, Some(character)) => character.encode_utf8(&mut buffer).as_bytes(),
                _ => &[point as u8],
            };
            memory::extend(&mut encoded, part)?;
            position += 1;
        } else {
            let error = EncodeError::from(codec, s, position);
            handler.encode(&mut encoded, &error)?;
            position = error.range.end;
        }
    }
    bytes::from_slice(&encoded)
}

/// The string in ASCII, as `bytes`.
pub fn to_ascii(s: Str<'_>) -> Result<NewBytes> {
    to_narrow(s, Codec::Ascii)
}

/// The string in Latin-1, as `bytes`.
pub fn to_latin1(s: Str<'_>) -> Result<NewBytes> {
    to_narrow(s, Codec::Latin1)
}
