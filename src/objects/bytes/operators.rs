//! The operators of `bytes`: length, concatenation, repetition, items, search, comparison, hash; and the repr.

use super::{BYTES, Bytes, MOST, NewBytes, as_slice, from_parts, from_slice};
use crate::abi::*;
use crate::objects::byte_methods::{argument, shown};
use crate::objects::slice::Positions;
use crate::objects::str::{self, Builder};
use crate::objects::{formatting, index};
use crate::objects::{int, slots};
use crate::protocol::{buffer, compare};
use crate::runtime::refusal::bad_argument_type;
use crate::runtime::{Obj, Own, Ref, Result, known, memory, raise};
use core::ffi::c_int;
use core::sync::atomic::AtomicIsize;

pub(super) static mut NUMBER: PyNumberMethods =
    PyNumberMethods { nb_remainder: slots::operator(remainder), ..PyNumberMethods::BLANK };

/// `format % arguments`
fn remainder(format: Obj<'_>, arguments: Obj<'_>) -> Result<Ref> {
    match format.downcast() {
        Some(format) => formatting::format_bytes(as_slice(format), arguments).map(Own::into_ref),
        None => Ok(known::NOT_IMPLEMENTED.to_ref()),
    }
}

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

/// The bytes of both objects joined; TypeError unless both have a buffer.
pub fn concat(a: Obj<'_>, b: Obj<'_>) -> Result<Ref> {
    let joined = |left: &[u8], right: &[u8]| match (
        left.is_empty() && b.is_exactly(BYTES),
        right.is_empty() && a.is_exactly(BYTES),
    ) {
        (true, _) => Ok(b.to_ref()),
        (_, true) => Ok(a.to_ref()),
        _ => {
            let length = left.len().checked_add(right.len()).ok_or_else(memory::out_of_memory)?;
            from_parts([left, right].into_iter(), length).map(NewBytes::into_ref)
        }
    };
    if let (Some(left), Some(right)) = (a.downcast_exactly(BYTES), b.downcast_exactly(BYTES)) {
        return joined(as_slice(left), as_slice(right));
    }
    // SAFETY: making bytes runs no code of the program.
    let both = unsafe { buffer::with_both(a, b, joined) };
    both.unwrap_or_else(|_| Err(raise!(TypeError, "can't concat {} to {}", b.class().name(), a.class().name())))
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
    match index::as_slice(key) {
        Some(key) => select(o, Positions::of(key, || as_slice(o).len())?),
        None => item(o, index::position(key, as_slice(o).len(), "byte")?),
    }
}

/// The bytes that a slice names; the object itself if it is a `bytes` and all of them are named in their order.
fn select(o: Bytes<'_>, positions: Positions) -> Result<Ref> {
    let bytes = as_slice(o);
    if let Some(range) = positions.as_range() {
        if range.len() == bytes.len() && o.is_exactly(BYTES) {
            return Ok(o.to_ref());
        }
        return from_slice(bytes.get(range).unwrap_or_default()).map(Own::into_ref);
    }
    let mut selected = memory::Array::new_in(memory::Malloc);
    memory::reserve(&mut selected, positions.count)?;
    memory::fill(&mut selected, positions.iter().filter_map(|at| bytes.get(at).copied()));
    from_slice(&selected).map(Own::into_ref)
}

/// Whether an object contains a byte, or the bytes of another object as a subsequence.
fn contains(o: Bytes<'_>, part: Obj<'_>) -> Result<bool> {
    // SAFETY: the search runs no code of the program.
    unsafe { argument::with_contained(part, |part| Ok(memory::contains(as_slice(o), part))) }
}

/// `b'…'` with escapes for all bytes that are not printable ASCII. With `smart_quotes`, bytes with single quotes and
/// without double ones are put in double quotes.
pub fn repr(o: Bytes<'_>, smart_quotes: bool) -> Result<Ref> {
    let mut text = Builder::new();
    shown::push_repr(&mut text, as_slice(o), smart_quotes, false)?;
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
        _ => Err(bad_argument_type()),
    }
}
