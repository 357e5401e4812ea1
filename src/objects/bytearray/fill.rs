//! Calling the type: `bytearray(source)`, and `bytearray(text, encoding, errors)`.

use super::{ByteArray, data, len, resize, splice, with};
use crate::abi::*;
use crate::objects::arguments::Signature;
use crate::objects::byte_methods::argument;
use crate::objects::bytes;
use crate::objects::codecs;
use crate::objects::dict::Dict;
use crate::objects::index;
use crate::objects::tuple::{self, Tuple};
use crate::protocol::{buffer, iteration, number};
use crate::runtime::{Obj, Ref, Result, error, memory, raise};

const SIGNATURE: Signature<3> =
    Signature { function: "bytearray", names: ["source", "encoding", "errors"], required: 0 };

/// `tp_init`: replaces the bytes by those of a source: zeros for an integer, the bytes of a buffer, the integers of an iterable,
/// or a `str` in an encoding (CPython: `bytearray.__init__`).
pub(super) fn init(o: ByteArray<'_>, arguments: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<()> {
    let [source, encoding, errors] = SIGNATURE.parse(tuple::items(arguments), keywords)?;
    let (encoding, errors) = (SIGNATURE.text(1, &encoding)?, SIGNATURE.text(2, &errors)?);
    resize(o, 0)?;
    let source = source.as_ref().map(Ref::borrow);
    match (source.and_then(Obj::downcast), encoding) {
        (Some(text), Some(encoding)) => {
            let encoded = codecs::encode(text, encoding.as_bytes(), errors.map(core::primitive::str::as_bytes))?;
            append(o, bytes::as_slice(encoded.borrow()))
        }
        (Some(_), None) => Err(raise!(TypeError, "string argument without an encoding")),
        (None, Some(_)) => Err(raise!(TypeError, "encoding without a string argument")),
        (None, None) if errors.is_some() => Err(raise!(TypeError, "errors without a string argument")),
        (None, None) => source.map_or(Ok(()), |source| from_object(o, source)),
    }
}

/// Fills an empty object from a source that is not a `str`.
fn from_object(o: ByteArray<'_>, source: Obj<'_>) -> Result<()> {
    if number::is_index(source) {
        match index::as_ssize_t(source, Some(Exc::OverflowError)) {
            Ok(count) => return zeros(o, count),
            Err(raised) if !argument::is_type_error() => return Err(raised),
            Err(_) => error::clear(),
        }
    }
    if buffer::check(source) {
        return buffer::with(source, PyBUF_FULL_RO, |form| {
            let length = form.fields().len;
            resize(o, usize::try_from(length).unwrap_or(0))?;
            // SAFETY: the object was given room for as many bytes, which no other code uses.
            unsafe { buffer::to_contiguous(data(o), form, length, Some(buffer::Order::C)) }
        });
    }
    let mut items = iteration::Items::of(source).map_err(|raised| {
        iteration::instead_of_type_error(raised, || {
            raise!(TypeError, "cannot convert '{}' object to bytearray", source.class().name())
        })
    })?;
    while let Some(item) = items.advance()? {
        push(o, argument::byte(item.borrow())?)?;
    }
    Ok(())
}

/// Makes the object so many zeros.
fn zeros(o: ByteArray<'_>, count: isize) -> Result<()> {
    let Ok(count) = usize::try_from(count) else { return Err(raise!(ValueError, "negative count")) };
    resize(o, count)?;
    // SAFETY: the function only writes.
    unsafe { with(o, |bytes| bytes.fill(0)) };
    Ok(())
}

/// Appends a byte.
pub fn push(o: ByteArray<'_>, byte: u8) -> Result<()> {
    append(o, &[byte])
}

/// Appends bytes, which are not the object's own.
pub(super) fn append(o: ByteArray<'_>, bytes: &[u8]) -> Result<()> {
    let length = len(o);
    if length.checked_add(bytes.len()).is_none_or(|length| length > isize::MAX as usize) {
        return Err(memory::out_of_memory());
    }
    // SAFETY: the range is the object's end. Bytes of the object itself are borrowed only together with an export, and then
    // `splice` fails before it copies any.
    unsafe { splice(o, length..length, bytes) }
}
