//! The error handlers of codecs by name (`Python/codecs.c`).

use super::builder::Builder;
use super::codec::Codec;
use super::codec_error::{DecodeError, EncodeError};
use super::escape_codecs::push_number;
use super::layout::points;
use super::wide_codecs::{Order, Wide};
use crate::abi::PyASCIIObject;
use crate::objects::bytes::{self, NewBytes};
use crate::runtime::memory::{self, Array, Text};
use crate::runtime::{Own, Raised, Ref, Result, raise};

/// The treatment of bytes that can't be decoded, and of characters that can't be encoded.
#[derive(Debug, Clone, Copy)]
pub enum Handler<'a> {
    /// Raises an error.
    Strict,
    /// Leaves them out.
    Ignore,
    /// Writes one U+FFFD in their place.
    Replace,
    /// Writes `\xNN` for each.
    BackslashReplace,
    /// Writes U+DCNN for each, so that they can be encoded again.
    SurrogateEscape,
    /// Decodes a surrogate that is written in UTF-8, and encodes it so.
    SurrogatePass,
    /// Writes `&#N;` for each. Only for encoding.
    XmlCharRefReplace,
    /// Writes `\N{NAME}` for each. Only for encoding.
    NameReplace,
    /// One that the program may have registered. It is looked up only when a handler is needed.
    Registered(Registered<'a>),
}

/// A replacement, and the position at which the codec continues.
pub type Answer<T> = Result<(T, usize)>;

/// A handler that the program has registered, by its name, and the functions that call it.
#[derive(Debug, Clone, Copy)]
pub struct Registered<'a> {
    /// The name.
    pub name: &'a [u8],
    /// The text for bytes that can't be decoded, a `str`.
    pub decode: fn(&[u8], &DecodeError<'_>) -> Answer<Ref>,
    /// The replacement of characters that can't be encoded.
    pub encode: fn(&[u8], &EncodeError<'_>) -> Answer<Replacement>,
}

/// A replacement of characters that can't be encoded.
#[derive(Debug)]
pub enum Replacement {
    /// Characters to encode.
    Text(Own<PyASCIIObject>),
    /// Bytes, which stay as they are.
    Bytes(NewBytes),
}

impl<'a> Handler<'a> {
    /// The handler of the library with this name.
    pub fn built_in(name: &[u8]) -> Option<Self> {
        Some(match name {
            b"strict" => Handler::Strict,
            b"ignore" => Handler::Ignore,
            b"replace" => Handler::Replace,
            b"backslashreplace" => Handler::BackslashReplace,
            b"surrogateescape" => Handler::SurrogateEscape,
            b"surrogatepass" => Handler::SurrogatePass,
            b"xmlcharrefreplace" => Handler::XmlCharRefReplace,
            b"namereplace" => Handler::NameReplace,
            _ => return None,
        })
    }

    /// Appends the replacement of the bytes, and returns the position at which decoding continues.
    pub(super) fn decode(self, text: &mut Builder, error: &DecodeError<'_>) -> Result<usize> {
        let broken = error.bytes.get(error.range.clone()).unwrap_or_default();
        match self {
            Handler::Strict => return Err(error.raise()),
            Handler::Ignore => {}
            Handler::Replace => text.push(char::REPLACEMENT_CHARACTER.into())?,
            Handler::BackslashReplace => broken.iter().try_for_each(|&byte| text.push_escape(byte.into()))?,
            Handler::SurrogateEscape => {
                // ASCII is never escaped.
                let escaped = broken.iter().take(4).take_while(|byte| !byte.is_ascii());
                let count = escaped.clone().count();
                if count == 0 {
                    return Err(error.raise());
                }
                text.extend(escaped.map(|&byte| 0xdc00 + u32::from(byte)))?;
                return Ok(error.range.start + count);
            }
            Handler::SurrogatePass => {
                let rest = error.bytes.get(error.range.start..).unwrap_or_default();
                let (surrogate, size) = match (error.codec, rest) {
                    (Codec::Utf8, &[0xed, second @ 0xa0..=0xbf, third @ 0x80..=0xbf, ..]) => {
                        (Some(0xd000 | u32::from(second & 0x3f) << 6 | u32::from(third & 0x3f)), 3)
                    }
                    (Codec::Utf16(order), rest) => (Wide::Two.unit(rest, order == Order::Big), 2),
                    (Codec::Utf32(order), rest) => (Wide::Four.unit(rest, order == Order::Big), 4),
                    _ => (None, 0),
                };
                let Some(surrogate @ 0xd800..0xe000) = surrogate else { return Err(error.raise()) };
                text.push(surrogate)?;
                return Ok(error.range.start + size);
            }
            Handler::XmlCharRefReplace | Handler::NameReplace => {
                return Err(raise!(TypeError, "don't know how to handle UnicodeDecodeError in error callback"));
            }
            Handler::Registered(registered) => {
                let (replacement, position) = (registered.decode)(registered.name, error)?;
                text.push_object(replacement.borrow())?;
                return Ok(position);
            }
        }
        Ok(error.range.end)
    }

    /// Appends the replacement of characters that can't be encoded, and returns the position at which encoding continues.
    pub(super) fn encode(self, encoded: &mut Array<u8>, error: &EncodeError<'_>) -> Result<usize> {
        let mut broken = points(error.s).iter().skip(error.range.start).take(error.range.len());
        match self {
            Handler::Strict => return Err(error.raise(0)),
            Handler::Ignore => {}
            Handler::Replace => broken.try_for_each(|_| memory::push(encoded, b'?'))?,
            Handler::BackslashReplace => broken.try_for_each(|point| push_number(encoded, point))?,
            Handler::XmlCharRefReplace => broken.try_for_each(|point| append(encoded, format_args!("&#{point};")))?,
            Handler::SurrogateEscape => {
                for (index, point) in broken.enumerate() {
                    let 0xdc80..=0xdcff = point else { return Err(error.raise(index)) };
                    memory::push(encoded, point as u8)?;
                }
            }
            Handler::SurrogatePass if error.codec == Codec::Utf8 => broken.try_for_each(|point| {
                let last = |shift: u32| 0x80 | (point >> shift & 0x3f) as u8;
                memory::extend(encoded, &[0xe0 | (point >> 12) as u8, last(6), last(0)])
            })?,
            Handler::SurrogatePass => return Err(error.raise(0)),
            Handler::NameReplace => return Err(no_names()),
            Handler::Registered(registered) => {
                let (replacement, position) = (registered.encode)(registered.name, error)?;
                match replacement {
                    Replacement::Bytes(replacement) => {
                        memory::extend(encoded, bytes::as_slice(replacement.borrow()))?;
                    }
                    Replacement::Text(replacement) => {
                        error.push_text(replacement.borrow(), |point| memory::push(encoded, point as u8))?
                    }
                }
                return Ok(position);
            }
        }
        Ok(error.range.end)
    }
}

/// NotImplementedError: the library has no names of characters.
#[cold]
pub fn no_names() -> Raised {
    raise!(NotImplementedError, "the error handler 'namereplace' is not supported by pycapsule")
}

fn append(encoded: &mut Array<u8>, text: core::fmt::Arguments<'_>) -> Result<()> {
    memory::extend(encoded, Text::format(text)?.as_str().as_bytes())
}
