//! Encoding: making `bytes` from a `str`, in UTF-8, ASCII or Latin-1.

use super::codec::Codec;
use super::codec_error::EncodeError;
use super::escape_codecs::{to_raw_unicode_escape, to_unicode_escape};
use super::handler::Handler;
use super::layout::{Points, Str, points};
use super::utf7::to_utf7;
use super::wide_codecs::{Wide, encode_wide};
use super::width::{Unit, bits};
use super::words::four_times;
use crate::objects::bytes::{self, NewBytes};
use crate::runtime::Result;
use crate::runtime::memory::{self, Array, Malloc};
use core::ptr::NonNull;

/// The length of the UTF-8 form. UnicodeEncodeError when the string has a surrogate.
pub(super) fn utf8_length(s: Str<'_>) -> Result<usize> {
    /// The loop has no branch, so the compiler can count many characters with one instruction.
    fn length<T: Unit>(units: &[T]) -> Option<usize> {
        let (mut length, mut has_surrogate) = (units.len(), false);
        for chunk in units.chunks(1024) {
            let mut more = 0;
            for &unit in chunk {
                let point: u32 = unit.into();
                more += u32::from(point > 0x7f) + u32::from(point > 0x7ff) + u32::from(point > 0xffff);
                has_surrogate |= point & !0x7ff == 0xd800;
            }
            length += more as usize;
        }
        (!has_surrogate).then_some(length)
    }
    let length = match points(s) {
        Points::Ascii(units) => Some(units.len()),
        Points::Latin1(units) => length(units),
        Points::Ucs2(units) => length(units),
        Points::Ucs4(units) => length(units),
    };
    length.ok_or_else(|| EncodeError::first(Codec::Utf8, s).raise(0))
}

/// Writes the UTF-8 form.
///
/// # Safety
/// `to` has room for the number of bytes that [`utf8_length`] returned, and `utf8_length` found no surrogate.
pub(super) unsafe fn write_utf8(points: Points<'_>, to: NonNull<u8>) {
    // SAFETY: `to` has room for the whole form.
    unsafe {
        match points {
            Points::Ascii(ascii) => to.copy_from_nonoverlapping(NonNull::from(ascii).cast(), ascii.len()),
            Points::Latin1(units) => write_units(units, to),
            Points::Ucs2(units) => write_units(units, to),
            Points::Ucs4(units) => write_units(units, to),
        }
    }
}

/// Writes the UTF-8 form of characters of one width.
///
/// # Safety
/// As for [`write_utf8`].
unsafe fn write_units<T: Unit>(units: &[T], mut to: NonNull<u8>) {
    let mut rest = units;
    while let [unit, after @ ..] = rest {
        let point: u32 = (*unit).into();
        let continuation = |shift: u32| 0x80 | (point >> shift) as u8 & 0x3f;
        // SAFETY: the characters' lengths add up to the length of the form, for which there is room.
        unsafe {
            // The fast path: a character of two bytes mostly has neighbours of the same length.
            if point > 0x7f
                && let Some((four, after)) = rest.split_first_chunk()
                && let Some(eight) = four_in_two_bytes(*four)
            {
                to.cast().write(eight);
                to = to.add(8);
                rest = after;
                continue;
            }
            rest = after;
            match point {
                0..0x80 => {
                    to.write(point as u8);
                    to = to.add(1);
                }
                0x80..0x800 => {
                    to.cast().write([0xc0 | (point >> 6) as u8, continuation(0)]);
                    to = to.add(2);
                }
                0x800..0x1_0000 => {
                    to.cast().write([0xe0 | (point >> 12) as u8, continuation(6), continuation(0)]);
                    to = to.add(3);
                }
                _ => {
                    to.cast().write([0xf0 | (point >> 18) as u8, continuation(12), continuation(6), continuation(0)]);
                    to = to.add(4);
                }
            }
        }
    }
}

/// Four characters in UTF-8, if each has two bytes there. All are checked together, as four numbers of 16 bits in a word. The
/// opposite is in `transcode`.
#[inline(always)]
fn four_in_two_bytes<T: Unit>(characters: [T; 4]) -> Option<[u8; 8]> {
    let [a, b, c, d] = characters.map(|character| -> u64 { character.into().into() });
    if (a | b | c | d) > 0xffff {
        return None;
    }
    let word = a | b << 16 | c << 32 | d << 48;
    // In each number that is at least 0x80, the addition carries into the highest bit.
    if word & four_times(0xf800) != 0 || (word + four_times(0x7f80)) & four_times(0x8000) != four_times(0x8000) {
        return None;
    }
    let first = word >> 6 & four_times(0x1f) | four_times(0xc0);
    let second = word & four_times(0x3f) | four_times(0x80);
    Some((first | second << 8).to_le_bytes())
}

/// The string in UTF-8, as `bytes`.
pub fn to_utf8(s: Str<'_>) -> Result<NewBytes> {
    if let Points::Ascii(ascii) = points(s) {
        return bytes::from_slice(ascii);
    }
    let length = utf8_length(s)?;
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
    let has_all = match codec {
        Codec::Ascii => bits(points(s)) < 0x80,
        _ => bits(points(s)) < 0x100,
    };
    if !has_all {
        return Err(EncodeError::first(codec, s).raise(0));
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

/// The string in an encoding, as `bytes`, with a handler for characters that can't be encoded.
pub fn encode(s: Str<'_>, codec: Codec, handler: Handler<'_>) -> Result<NewBytes> {
    match (codec, handler) {
        (Codec::Utf8, Handler::Strict) => to_utf8(s),
        (Codec::Ascii, Handler::Strict) => to_ascii(s),
        (Codec::Latin1 | Codec::Charmap, Handler::Strict) => to_latin1(s),
        (Codec::Utf16(order), handler) => encode_wide(s, Wide::Two, order, handler),
        (Codec::Utf7, _) => to_utf7(s),
        (Codec::UnicodeEscape, _) => to_unicode_escape(s),
        (Codec::RawUnicodeEscape, _) => to_raw_unicode_escape(s),
        (Codec::Utf32(order), handler) => encode_wide(s, Wide::Four, order, handler),
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
            position = handler.encode(&mut encoded, &error)?;
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
