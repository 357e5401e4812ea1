//! Codec errors: UnicodeEncodeError and UnicodeDecodeError, with the object and the place of the error in it.

use super::codec::Codec;
use super::layout::{Str, points};
use super::transcode::from_str;
use super::width::bits;
use crate::abi::{Exc, PyTupleObject};
use crate::objects::{bytes, int, tuple};
use crate::runtime::{Obj, Own, Raised, Result, error};
use core::ops::Range;

/// Characters that can't be encoded.
#[derive(Debug)]
pub struct EncodeError<'a> {
    /// The encoding.
    pub codec: Codec,
    /// The string.
    pub s: Str<'a>,
    /// The range of the wrong characters: at least one.
    pub range: Range<usize>,
}

impl<'a> EncodeError<'a> {
    /// The characters from `start` on that the codec can't encode.
    pub fn from(codec: Codec, s: Str<'a>, start: usize) -> Self {
        let count = points(s).iter().skip(start).take_while(|&point| !codec.has(point)).count();
        EncodeError { codec, s, range: start..start + count }
    }

    /// The first characters in a row that the codec does not have: there are some.
    #[cold]
    pub fn first(codec: Codec, s: Str<'a>) -> Self {
        let start = points(s).iter().position(|point| !codec.has(point)).unwrap_or_default();
        Self::from(codec, s, start)
    }

    /// Raises UnicodeEncodeError for all characters of the range except the first `done`, which were encoded.
    #[cold]
    pub fn raise(&self, done: usize) -> Raised {
        let range = self.range.start + done..self.range.end;
        raise(Exc::UnicodeEncodeError, arguments(self.codec.name(), *self.s, &range, self.codec.reason()))
    }

    /// The arguments of the exception.
    pub fn arguments(&self) -> Result<Own<PyTupleObject>> {
        arguments(self.codec.name(), *self.s, &self.range, self.codec.reason())
    }

    /// Writes the characters of a handler's replacement, if the encoding has each of them without looking at its neighbours.
    pub(super) fn push_text(&self, text: Str<'_>, mut push: impl FnMut(u32) -> Result<()>) -> Result<()> {
        let limit = if self.codec == Codec::Latin1 { 0x100 } else { 0x80 };
        match bits(points(text)) < limit {
            true => points(text).iter().try_for_each(&mut push),
            false => Err(self.raise(0)),
        }
    }
}

/// Bytes that can't be decoded.
#[derive(Debug)]
pub struct DecodeError<'a> {
    /// The encoding.
    pub codec: Codec,
    /// All bytes.
    pub bytes: &'a [u8],
    /// The range of the wrong bytes: at least one.
    pub range: Range<usize>,
    reason: &'static str,
}

impl<'a> DecodeError<'a> {
    /// Bytes of a range at which no whole UTF-8 character begins.
    pub fn of_utf8(bytes: &'a [u8], range: Range<usize>) -> Self {
        let reason = match bytes.get(range.clone()) {
            Some([0xc2..=0xf4, ..]) if range.end == bytes.len() => "unexpected end of data",
            Some([0xc2..=0xf4, ..]) => "invalid continuation byte",
            _ => "invalid start byte",
        };
        DecodeError { codec: Codec::Utf8, bytes, range, reason }
    }

    /// Bytes of a range that are not ASCII.
    pub fn of_ascii(bytes: &'a [u8], range: Range<usize>) -> Self {
        DecodeError { codec: Codec::Ascii, bytes, range, reason: "ordinal not in range(128)" }
    }

    /// Bytes of a range that are no character in an encoding, and the reason.
    pub fn new(codec: Codec, bytes: &'a [u8], range: Range<usize>, reason: &'static str) -> Self {
        DecodeError { codec, bytes, range, reason }
    }

    /// The first bytes that are not UTF-8; `None` when all are.
    pub fn first_in_utf8(bytes: &'a [u8]) -> Option<Self> {
        let chunk = bytes.utf8_chunks().next().filter(|chunk| !chunk.invalid().is_empty())?;
        let start = chunk.valid().len();
        Some(Self::of_utf8(bytes, start..start + chunk.invalid().len()))
    }

    /// Raises UnicodeDecodeError.
    #[cold]
    pub fn raise(&self) -> Raised {
        raise(Exc::UnicodeDecodeError, self.arguments())
    }

    /// The arguments of the exception.
    pub fn arguments(&self) -> Result<Own<PyTupleObject>> {
        let object = bytes::from_slice(self.bytes)?;
        arguments(self.codec.name(), object.as_obj(), &self.range, self.reason)
    }
}

/// The arguments of both errors: encoding, object, start, end and reason.
pub(super) fn arguments(
    encoding: &str,
    object: Obj<'_>,
    range: &Range<usize>,
    reason: &str,
) -> Result<Own<PyTupleObject>> {
    tuple::from_slice(&[
        from_str(encoding)?.borrow(),
        object,
        int::from_i64(range.start as i64)?.borrow(),
        int::from_i64(range.end as i64)?.borrow(),
        from_str(reason)?.borrow(),
    ])
}

/// Raises one of the two errors.
pub(super) fn raise(class: Exc, arguments: Result<Own<PyTupleObject>>) -> Raised {
    match arguments {
        // The class is called, as in CPython. If an error is pending, the result of the call is a SystemError.
        Ok(arguments) => error::raise_by_call(class, arguments),
        Err(raised) => raised,
    }
}
