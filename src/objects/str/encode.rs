//! From a `str` to bytes: UTF-8, ASCII and Latin-1.

use super::codec::Codec;
use super::handler::{EncodeError, Handler, encode_error};
use super::{Points, points};
use crate::objects::bytes;
use crate::runtime::memory::{self, Array, Malloc};
use crate::runtime::{Obj, Raised, Ref, Result};
use core::ptr::NonNull;

/// UnicodeEncodeError for the characters from `start` on that are not `encodable`.
#[cold]
fn refuse(
    s: Obj<'_>,
    start: usize,
    encodable: impl Fn(u32) -> bool,
    encoding: &'static str,
    reason: &'static str,
) -> Raised {
    let count = points(s).iter().skip(start).take_while(|&point| !encodable(point)).count();
    encode_error(encoding, s, start..start + count, reason)
}

fn refuse_surrogates(s: Obj<'_>, start: usize) -> Raised {
    refuse(s, start, |point| char::from_u32(point).is_some(), "utf-8", "surrogates not allowed")
}

/// How many bytes the UTF-8 form has. UnicodeEncodeError when the string has a surrogate.
pub(super) fn utf8_length(s: Obj<'_>) -> Result<usize> {
    let mut length = 0;
    for (position, point) in points(s).iter().enumerate() {
        length += char::from_u32(point).ok_or_else(|| refuse_surrogates(s, position))?.len_utf8();
    }
    Ok(length)
}

/// Writes the UTF-8 form.
///
/// # Safety
/// There is room for as many bytes as [`utf8_length`] says.
pub(super) unsafe fn write_utf8(points: Points<'_>, mut to: NonNull<u8>) {
    for point in points.iter().filter_map(char::from_u32) {
        let mut buffer = [0; 4];
        let encoded = point.encode_utf8(&mut buffer).as_bytes();
        // SAFETY: the caller's promise: the lengths add up to what there is room for.
        unsafe {
            to.copy_from_nonoverlapping(NonNull::from(encoded).cast(), encoded.len());
            to = to.add(encoded.len());
        }
    }
}

/// The string in UTF-8, as `bytes`.
pub fn to_utf8(s: Obj<'_>) -> Result<Ref> {
    let length = utf8_length(s)?;
    if length <= 1 {
        return bytes::from_slice(super::utf8(s)?.as_bytes());
    }
    let encoded = bytes::blank(length)?;
    if let Some(data) = NonNull::new(bytes::data(encoded.borrow())) {
        // SAFETY: `blank` made room for this many bytes.
        unsafe { write_utf8(points(s), data) };
    }
    Ok(encoded)
}

/// The string in UTF-8, as `bytes`, where U+DC80 to U+DCFF are the bytes 80 to FF that could not be decoded.
pub fn to_utf8_escaped(s: Obj<'_>) -> Result<Ref> {
    if let Points::Ascii(ascii) = points(s) {
        return bytes::from_slice(ascii);
    }
    let mut encoded: Array<u8> = Array::new_in(Malloc);
    for (position, point) in points(s).iter().enumerate() {
        let mut buffer = [0; 4];
        let part = match (char::from_u32(point), point) {
            (Some(character), _) => character.encode_utf8(&mut buffer).as_bytes(),
            (None, 0xdc80..=0xdcff) => &[(point & 0xff) as u8],
            (None, _) => return Err(refuse_surrogates(s, position)),
        };
        memory::extend(&mut encoded, part)?;
    }
    bytes::from_slice(&encoded)
}

/// The string as `bytes`, one for each character.
fn to_narrow(s: Obj<'_>, limit: u32, encoding: &'static str, reason: &'static str) -> Result<Ref> {
    let wide = points(s).iter().position(|point| point >= limit);
    if let Some(start) = wide {
        return Err(refuse(s, start, |point| point < limit, encoding, reason));
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

/// The string in an encoding, as `bytes`, with a handler for what that does not have; LookupError unless the encoding is
/// UTF-8, ASCII or Latin-1.
pub fn encode(s: Obj<'_>, encoding: &str, handler: Handler<'_>) -> Result<Ref> {
    match (Codec::named(encoding)?, handler) {
        (Codec::Utf8, Handler::Strict) => to_utf8(s),
        (Codec::Ascii, Handler::Strict) => to_ascii(s),
        (Codec::Latin1, Handler::Strict) => to_latin1(s),
        (codec, handler) => encode_handled(s, codec, handler),
    }
}

/// As the function above, with an error handler that may replace characters.
fn encode_handled(s: Obj<'_>, codec: Codec, handler: Handler<'_>) -> Result<Ref> {
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
            let start = position;
            position += points(s).iter().skip(start).take_while(|&point| !codec.has(point)).count();
            handler.encode(&mut encoded, &EncodeError { codec, s, range: start..position })?;
        }
    }
    bytes::from_slice(&encoded)
}

/// The string in ASCII, as `bytes`.
pub fn to_ascii(s: Obj<'_>) -> Result<Ref> {
    to_narrow(s, 0x80, "ascii", "ordinal not in range(128)")
}

/// The string in Latin-1, as `bytes`.
pub fn to_latin1(s: Obj<'_>) -> Result<Ref> {
    to_narrow(s, 0x100, "latin-1", "ordinal not in range(256)")
}
