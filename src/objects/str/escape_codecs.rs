//! The encodings unicode-escape and raw-unicode-escape: characters written as in the source text of a literal.

use super::builder::Builder;
use super::codec::Codec;
use super::codec_error::DecodeError;
use super::handler::Handler;
use super::layout::{Str, points};
use crate::objects::bytes::{self, NewBytes};
use crate::objects::escape::{Escape, InvalidEscape, escape};
use crate::runtime::memory::{self, Array, Malloc, Text};
use crate::runtime::{Ref, Result, raise};

/// A string from the text of a literal, with all escapes of one.
pub fn decode_unicode_escape(bytes: &[u8], handler: Handler<'_>) -> Result<Ref> {
    let mut text = Builder::new();
    let mut invalid = InvalidEscape::NONE;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        if byte != b'\\' {
            text.push(byte.into())?;
            continue;
        }
        let start = at - 1;
        let broken = match bytes.get(at..).map(escape) {
            Some(Escape::Nothing) => {
                at += 1;
                continue;
            }
            Some(Escape::Byte(byte)) => {
                text.push(byte.into())?;
                at += 1;
                continue;
            }
            Some(Escape::Octal(number, size)) => {
                if number > 0xff {
                    invalid.note(number);
                }
                text.push(number)?;
                at += size;
                continue;
            }
            Some(Escape::Letter(b'x')) => hexadecimal(bytes, at + 1, 2, "truncated \\xXX escape"),
            Some(Escape::Letter(b'u')) => hexadecimal(bytes, at + 1, 4, "truncated \\uXXXX escape"),
            Some(Escape::Letter(b'U')) => hexadecimal(bytes, at + 1, 8, "truncated \\UXXXXXXXX escape"),
            Some(Escape::Letter(b'N')) => Err(named(bytes, at + 1)?),
            Some(Escape::Letter(letter)) => {
                invalid.note(letter.into());
                text.push(b'\\'.into())?;
                text.push(letter.into())?;
                at += 1;
                continue;
            }
            Some(Escape::End) | None => Err((at, "\\ at end of string")),
        };
        at = match broken.and_then(|(point, end)| point.ok_or((end, "illegal Unicode character")).map(|p| (p, end))) {
            Ok((point, end)) => {
                text.push(point)?;
                end
            }
            Err((end, reason)) => {
                handler.decode(&mut text, &DecodeError::new(Codec::UnicodeEscape, bytes, start..end, reason))?
            }
        };
    }
    let text = text.finish()?;
    invalid.warn()?;
    Ok(text)
}

/// A string from the text of a raw literal: `\uXXXX` and `\UXXXXXXXX` are the only escapes.
pub fn decode_raw_unicode_escape(bytes: &[u8], handler: Handler<'_>) -> Result<Ref> {
    let mut text = Builder::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let start = at;
        at += 1;
        let read = match (byte, bytes.get(at)) {
            (b'\\', Some(b'u')) => hexadecimal(bytes, at + 1, 4, "truncated \\uXXXX escape"),
            (b'\\', Some(b'U')) => hexadecimal(bytes, at + 1, 8, "truncated \\UXXXXXXXX escape"),
            // A backslash protects the next one, so that it begins no escape.
            (b'\\', Some(&next)) => {
                text.push(byte.into())?;
                text.push(next.into())?;
                at += 1;
                continue;
            }
            _ => {
                text.push(byte.into())?;
                continue;
            }
        };
        at = match read.and_then(|(point, end)| point.ok_or((end, "\\Uxxxxxxxx out of range")).map(|p| (p, end))) {
            Ok((point, end)) => {
                text.push(point)?;
                end
            }
            Err((end, reason)) => {
                handler.decode(&mut text, &DecodeError::new(Codec::RawUnicodeEscape, bytes, start..end, reason))?
            }
        };
    }
    text.finish()
}

/// The end of broken bytes, and the reason why they are.
type Broken = (usize, &'static str);

/// The code point of `count` hexadecimal digits at a place, `None` beyond Unicode; and the place after them.
fn hexadecimal(
    bytes: &[u8],
    start: usize,
    count: usize,
    truncated: &'static str,
) -> core::result::Result<(Option<u32>, usize), Broken> {
    let digits = bytes.get(start..).unwrap_or_default().iter().take(count);
    let digits = digits.map_while(|&digit| char::from(digit).to_digit(16));
    let (read, number) = digits.fold((0, 0), |(read, number), digit| (read + 1, number << 4 | digit));
    if read < count {
        return Err((start + read, truncated));
    }
    Ok(((number <= char::MAX.into()).then_some(number), start + count))
}

/// The fault of a character's name in braces. This library has no names of characters.
fn named(bytes: &[u8], start: usize) -> Result<Broken> {
    let Some((b'{', name)) = bytes.get(start..).and_then(<[u8]>::split_first).map(|(first, rest)| (*first, rest))
    else {
        return Ok((start, "malformed \\N character escape"));
    };
    match name.iter().position(|&byte| byte == b'}') {
        None => Ok((bytes.len(), "malformed \\N character escape")),
        Some(0) => Ok((start + 1, "malformed \\N character escape")),
        Some(_) => Err(raise!(NotImplementedError, "names of characters (\\N{{…}}) are not supported by pycapsule")),
    }
}

/// The string as the text of a literal, in ASCII.
pub fn to_unicode_escape(s: Str<'_>) -> Result<NewBytes> {
    escaped(s, |point| match point {
        0x09 => Written::Short(b"\\t"),
        0x0a => Written::Short(b"\\n"),
        0x0d => Written::Short(b"\\r"),
        0x5c => Written::Short(b"\\\\"),
        0x20..0x7f => Written::Byte(point as u8),
        _ => Written::Number,
    })
}

/// The string as the text of a raw literal, in Latin-1.
pub fn to_raw_unicode_escape(s: Str<'_>) -> Result<NewBytes> {
    escaped(s, |point| u8::try_from(point).map_or(Written::Number, Written::Byte))
}

/// The form of a character in a literal.
enum Written {
    Byte(u8),
    Short(&'static [u8; 2]),
    /// Its number in hexadecimal.
    Number,
}

fn escaped(s: Str<'_>, form: fn(u32) -> Written) -> Result<NewBytes> {
    let mut encoded: Array<u8> = Array::new_in(Malloc);
    memory::reserve(&mut encoded, points(s).len())?;
    for point in points(s).iter() {
        match form(point) {
            Written::Byte(byte) => memory::push(&mut encoded, byte)?,
            Written::Short(two) => memory::extend(&mut encoded, two)?,
            Written::Number => push_number(&mut encoded, point)?,
        }
    }
    bytes::from_slice(&encoded)
}

/// Appends `\xNN`, `\uNNNN` or `\UNNNNNNNN`.
pub(super) fn push_number(encoded: &mut Array<u8>, point: u32) -> Result<()> {
    let text = match point {
        ..0x100 => Text::format(format_args!("\\x{point:02x}")),
        0x100..0x10000 => Text::format(format_args!("\\u{point:04x}")),
        _ => Text::format(format_args!("\\U{point:08x}")),
    }?;
    memory::extend(encoded, text.as_str().as_bytes())
}
