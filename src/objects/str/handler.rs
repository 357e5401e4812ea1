//! Codec errors: the exceptions, and the error handlers by name (`Python/codecs.c`).

use super::codec::Codec;
use super::{Builder, points};
use crate::abi::Exc;
use crate::objects::{bytes, int, tuple};
use crate::runtime::memory::{self, Array, Lossy, Text};
use crate::runtime::{Obj, Raised, Result, error, raise};
use core::ops::Range;

/// What to do about bytes that can't be decoded, or characters that can't be encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handler<'a> {
    /// Raise.
    Strict,
    /// Leave them out.
    Ignore,
    /// One U+FFFD in their place.
    Replace,
    /// `\xNN` for each.
    BackslashReplace,
    /// U+DCNN for each, so that they can be encoded again.
    SurrogateEscape,
    /// A surrogate written in UTF-8 is that surrogate.
    SurrogatePass,
    /// `&#N;` for each, which is for encoding only.
    XmlCharRefReplace,
    /// `\N{NAME}` for each, which is for encoding only.
    NameReplace,
    /// Not a handler: an error, but only when it is needed.
    Unknown(&'a [u8]),
}

impl<'a> Handler<'a> {
    /// The handler that an `errors` argument names; "strict" when there is none.
    pub fn named(name: Option<&'a [u8]>) -> Self {
        let Some(name) = name else { return Handler::Strict };
        match name {
            b"strict" => Handler::Strict,
            b"ignore" => Handler::Ignore,
            b"replace" => Handler::Replace,
            b"backslashreplace" => Handler::BackslashReplace,
            b"surrogateescape" => Handler::SurrogateEscape,
            b"surrogatepass" => Handler::SurrogatePass,
            b"xmlcharrefreplace" => Handler::XmlCharRefReplace,
            b"namereplace" => Handler::NameReplace,
            _ => Handler::Unknown(name),
        }
    }

    /// Appends what stands in for the bytes, and says where decoding goes on.
    pub(super) fn decode(self, text: &mut Builder, error: &DecodeError<'_>) -> Result<usize> {
        let broken = error.bytes.get(error.range.clone()).unwrap_or_default();
        match self {
            Handler::Strict => return Err(error.raise()),
            Handler::Ignore => {}
            Handler::Replace => text.push(char::REPLACEMENT_CHARACTER.into())?,
            Handler::BackslashReplace => broken.iter().try_for_each(|&byte| text.push_escape(byte.into()))?,
            Handler::SurrogateEscape => text.extend(broken.iter().map(|&byte| 0xdc00 + u32::from(byte)))?,
            Handler::SurrogatePass => match error.bytes.get(error.range.start..) {
                Some(&[0xed, second @ 0xa0..=0xbf, third @ 0x80..=0xbf, ..]) if error.encoding == "utf-8" => {
                    text.push(0xd000 | u32::from(second & 0x3f) << 6 | u32::from(third & 0x3f))?;
                    return Ok(error.range.start + 3);
                }
                _ => return Err(error.raise()),
            },
            Handler::XmlCharRefReplace | Handler::NameReplace => {
                return Err(raise!(TypeError, "don't know how to handle UnicodeDecodeError in error callback"));
            }
            Handler::Unknown(name) => return Err(unknown(name)),
        }
        Ok(error.range.end)
    }

    /// Appends what stands in for characters that can't be encoded.
    pub(super) fn encode(self, encoded: &mut Array<u8>, error: &EncodeError<'_>) -> Result<()> {
        let mut broken = points(error.s).iter().skip(error.range.start).take(error.range.len());
        match self {
            Handler::Strict => Err(error.raise(0)),
            Handler::Ignore => Ok(()),
            Handler::Replace => broken.try_for_each(|_| memory::push(encoded, b'?')),
            Handler::BackslashReplace => broken.try_for_each(|point| match point {
                ..0x100 => append(encoded, format_args!("\\x{point:02x}")),
                0x100..0x10000 => append(encoded, format_args!("\\u{point:04x}")),
                _ => append(encoded, format_args!("\\U{point:08x}")),
            }),
            Handler::XmlCharRefReplace => broken.try_for_each(|point| append(encoded, format_args!("&#{point};"))),
            Handler::SurrogateEscape => {
                for (index, point) in broken.enumerate() {
                    let 0xdc80..=0xdcff = point else { return Err(error.raise(index)) };
                    memory::push(encoded, point as u8)?;
                }
                Ok(())
            }
            Handler::SurrogatePass if error.codec == Codec::Utf8 => broken.try_for_each(|point| {
                let last = |shift: u32| 0x80 | (point >> shift & 0x3f) as u8;
                memory::extend(encoded, &[0xe0 | (point >> 12) as u8, last(6), last(0)])
            }),
            Handler::SurrogatePass => Err(error.raise(0)),
            Handler::NameReplace => {
                Err(raise!(NotImplementedError, "the error handler 'namereplace' is not supported by pycapsule"))
            }
            Handler::Unknown(name) => Err(unknown(name)),
        }
    }
}

/// LookupError: there is no handler of this name.
#[cold]
fn unknown(name: &[u8]) -> Raised {
    match super::from_utf8(name) {
        Ok(_) => raise!(LookupError, "unknown error handler name '{}'", Lossy(name)),
        Err(raised) => raised,
    }
}

fn append(encoded: &mut Array<u8>, text: core::fmt::Arguments<'_>) -> Result<()> {
    memory::extend(encoded, Text::format(text)?.as_str().as_bytes())
}

/// Characters that can't be encoded.
#[derive(Debug)]
pub(super) struct EncodeError<'a> {
    pub codec: Codec,
    pub s: Obj<'a>,
    /// Which of them are wrong: at least one.
    pub range: Range<usize>,
}

impl EncodeError<'_> {
    /// UnicodeEncodeError, about the characters after as many as could be encoded.
    #[cold]
    fn raise(&self, done: usize) -> Raised {
        encode_error(self.codec.name(), self.s, self.range.start + done..self.range.end, self.codec.reason())
    }
}

/// Bytes that can't be decoded.
#[derive(Debug)]
pub(super) struct DecodeError<'a> {
    pub encoding: &'static str,
    pub bytes: &'a [u8],
    /// Which of them are wrong: at least one.
    pub range: Range<usize>,
    pub reason: &'static str,
}

impl DecodeError<'_> {
    /// UnicodeDecodeError.
    #[cold]
    fn raise(&self) -> Raised {
        bytes::from_slice(self.bytes)
            .map(|object| raise(Exc::UnicodeDecodeError, self.encoding, object.borrow(), &self.range, self.reason))
            .unwrap_or_else(|raised| raised)
    }
}

/// UnicodeEncodeError: characters of a `str` that can't be encoded.
#[cold]
pub(super) fn encode_error(encoding: &'static str, s: Obj<'_>, range: Range<usize>, reason: &'static str) -> Raised {
    raise(Exc::UnicodeEncodeError, encoding, s, &range, reason)
}

/// Raises one of the two: both take an encoding, what was coded, where it is wrong from and to, and why.
fn raise(class: Exc, encoding: &str, object: Obj<'_>, range: &Range<usize>, reason: &str) -> Raised {
    let arguments = || {
        tuple::from_slice(&[
            super::from_str(encoding)?.borrow(),
            object,
            int::from_i64(range.start as i64)?.borrow(),
            int::from_i64(range.end as i64)?.borrow(),
            super::from_str(reason)?.borrow(),
        ])
    };
    match arguments() {
        Ok(arguments) => error::raise_by_call(class, arguments),
        Err(raised) => raised,
    }
}
