//! The operators of `bytes`: length, concatenation, repetition, items, search, comparison, hash; and the repr.

use super::{BYTES, Bytes, MOST, NewBytes, as_slice, from_parts};
use crate::abi::*;
use crate::objects::index;
use crate::objects::str::{self, Builder};
use crate::objects::{int, slots};
use crate::protocol::{compare, number};
use crate::runtime::{Obj, Ref, Result, error, known, memory, raise};
use core::ffi::c_int;
use core::sync::atomic::AtomicIsize;

pub(super) static mut SEQUENCE: PySequenceMethods = PySequenceMethods {
    sq_length: slots::unary(length),
    sq_concat: slots::binary(slot_concat),
    sq_repeat: slots::indexed(repeat),
    sq_item: slots::indexed(item),
    sq_contains: slots::binary(contains),
    ..PySequenceMethods::BLANK
};

pub(super) static mut MAPPING: PyMappingMethods = PyMappingMethods {
    mp_length: slots::unary(length),
    mp_subscript: slots::binary(subscript),
    ..PyMappingMethods::BLANK
};

/// The bytes of both objects joined; TypeError unless both are `bytes`.
pub fn concat(a: Obj<'_>, b: Obj<'_>) -> Result<Ref> {
    let (Some(left), Some(right)) = (a.downcast(), b.downcast()) else {
        return Err(raise!(TypeError, "can't concat {} to {}", b.class().name(), a.class().name()));
    };
    let (left, right) = (as_slice(left), as_slice(right));
    match (left.is_empty() && b.is_exactly(BYTES), right.is_empty() && a.is_exactly(BYTES)) {
        (true, _) => Ok(b.to_ref()),
        (_, true) => Ok(a.to_ref()),
        _ => {
            let length = left.len().checked_add(right.len()).ok_or_else(memory::out_of_memory)?;
            from_parts([left, right].into_iter(), length).map(NewBytes::into_ref)
        }
    }
}

fn slot_concat(bytes: Bytes<'_>, other: Obj<'_>) -> Result<Ref> {
    concat(*bytes, other)
}

fn repeat(o: Bytes<'_>, count: isize) -> Result<Ref> {
    let bytes = as_slice(o);
    let count = usize::try_from(count).unwrap_or(0);
    if count == 1 && o.is_exactly(BYTES) {
        return Ok(o.to_ref());
    }
    let length = bytes.len().checked_mul(count).filter(|&length| length <= isize::MAX as usize);
    let Some(length) = length else { return Err(raise!(OverflowError, "repeated bytes are too long")) };
    if length > MOST {
        return Err(memory::out_of_memory());
    }
    from_parts(core::iter::repeat_n(bytes, if length == 0 { 0 } else { count }), length).map(NewBytes::into_ref)
}

fn length(o: Bytes<'_>) -> Result<isize> {
    Ok(as_slice(o).len() as isize)
}

/// The byte at an index, as an `int`; IndexError outside.
fn item(o: Bytes<'_>, index: isize) -> Result<Ref> {
    match usize::try_from(index).ok().and_then(|index| as_slice(o).get(index)) {
        Some(&byte) => int::from_i64(byte.into()),
        None => Err(index::out_of_range("index out of range")),
    }
}

fn subscript(o: Bytes<'_>, key: Obj<'_>) -> Result<Ref> {
    item(o, index::position(key, as_slice(o).len(), "byte")?)
}

/// Whether an object contains a byte, or the bytes of another object as a subsequence.
fn contains(o: Bytes<'_>, part: Obj<'_>) -> Result<bool> {
    let bytes = as_slice(o);
    if number::is_index(part)
        && let Ok(number) = index::as_ssize_t(part, None)
    {
        // A number that does not fit into a `Py_ssize_t` is clamped, and the result is not a byte either.
        return match u8::try_from(number) {
            Ok(byte) => Ok(bytes.contains(&byte)),
            Err(_) => Err(raise!(ValueError, "byte must be in range(0, 256)")),
        };
    }
    // CPython tries to get a number from any object, and clears the error of that, or an error that was pending.
    error::clear();
    match part.downcast().map(as_slice) {
        None => Err(raise!(TypeError, "a bytes-like object is required, not '{}'", part.class().name())),
        Some([]) => Ok(true),
        Some(part) => Ok(bytes.windows(part.len()).any(|window| window == part)),
    }
}

/// `b'…'` with escapes for all bytes that are not printable ASCII. With `smart_quotes`, bytes with single quotes and
/// without double ones are put in double quotes.
pub fn repr(o: Bytes<'_>, smart_quotes: bool) -> Result<Ref> {
    let bytes = as_slice(o);
    let double = smart_quotes && bytes.contains(&b'\'') && !bytes.contains(&b'"');
    let quote = if double { b'"' } else { b'\'' };
    let mut text = Builder::new();
    text.push(b'b'.into())?;
    text.push(quote.into())?;
    for &byte in bytes {
        match byte {
            b'\'' | b'"' if byte != quote => text.push(byte.into())?,
            _ => text.extend(byte.escape_ascii().map(u32::from))?,
        }
    }
    text.push(quote.into())?;
    text.finish()
}

pub(super) fn smart_repr(o: Bytes<'_>) -> Result<Ref> {
    repr(o, true)
}

pub(super) fn hash(o: Bytes<'_>) -> Result<isize> {
    // SAFETY: the field lives as long as the object. Once other code has the object, only this line reads and writes
    // the field.
    let kept = unsafe { AtomicIsize::from_ptr(&raw mut (*o.fields()).ob_shash) };
    Ok(str::remembered(kept, || str::hash_bytes(as_slice(o))))
}

pub(super) fn compare(a: Bytes<'_>, b: Obj<'_>, op: c_int) -> Result<Ref> {
    let Some(b) = b.downcast() else { return Ok(known::NOT_IMPLEMENTED.to_ref()) };
    match op {
        Py_LT..=Py_GE => Ok(compare::answer(op, Some(Some(as_slice(a).cmp(as_slice(b))))).to_ref()),
        _ => Err(raise!(TypeError, "bad argument type for built-in operation")),
    }
}
