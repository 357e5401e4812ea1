//! The operators of `bytearray`: length, concatenation, repetition, items, search, comparison; and the repr.

use super::{ByteArray, Export, blank, data, fill, from_slice, len, resize, slices, splice, with};
use crate::abi::*;
use crate::objects::byte_methods::{argument, shown};
use crate::objects::str::Builder;
use crate::objects::{bytes, formatting, index};
use crate::objects::{int, slots};
use crate::protocol::{buffer, compare, sequence};
use crate::runtime::{Obj, Ref, Result, error, known, memory, raise};
use core::cmp::Ordering;
use core::ffi::c_int;

pub(super) static mut NUMBER: PyNumberMethods =
    PyNumberMethods { nb_remainder: slots::operator(remainder), ..PyNumberMethods::BLANK };

/// `format % arguments`, a new `bytearray`. The format is copied, since code of the program could change it meanwhile.
fn remainder(format: Obj<'_>, arguments: Obj<'_>) -> Result<Ref> {
    let Some(format) = format.downcast() else { return Ok(known::NOT_IMPLEMENTED.to_ref()) };
    // SAFETY: making bytes runs no code of the program.
    let copy = unsafe { with(format, |format| bytes::from_slice(format)) }?;
    let formatted = formatting::format_bytes(bytes::as_slice(copy.borrow()), arguments)?;
    from_slice(bytes::as_slice(formatted.borrow())).map(|made| made.into_ref())
}

pub(super) static mut SEQUENCE: PySequenceMethods = PySequenceMethods {
    sq_length: slots::unary(length),
    sq_concat: slots::binary(slot_concat),
    sq_repeat: slots::indexed(repeat),
    sq_item: slots::indexed(item),
    sq_ass_item: slots::assign_indexed(assign_item),
    sq_contains: slots::binary(contains),
    sq_inplace_concat: slots::binary(concat_in_place),
    sq_inplace_repeat: slots::indexed(repeat_in_place),
    ..PySequenceMethods::BLANK
};

pub(super) static mut MAPPING: PyMappingMethods = PyMappingMethods {
    mp_length: slots::unary(length),
    mp_subscript: slots::binary(subscript),
    mp_ass_subscript: slots::assign(assign_subscript),
};

fn length(o: ByteArray<'_>) -> Result<isize> {
    Ok(len(o) as isize)
}

/// The bytes of two objects joined, as a new `bytearray`; TypeError unless both have a buffer (CPython: `PyByteArray_Concat`).
pub fn concat(a: Obj<'_>, b: Obj<'_>) -> Result<Ref> {
    if !buffer::check(a) || !buffer::check(b) {
        return Err(raise!(TypeError, "can't concat {} to {}", b.class().name(), a.class().name()));
    }
    let joined = |left: &[u8], right: &[u8]| {
        let o = blank(left.len().checked_add(right.len()).ok_or_else(memory::out_of_memory)?)?;
        // SAFETY: the new object has room for both, and no other code knows it.
        unsafe {
            data(o.borrow()).copy_from_nonoverlapping(left.as_ptr(), left.len());
            data(o.borrow()).add(left.len()).copy_from_nonoverlapping(right.as_ptr(), right.len());
        }
        Ok(o.into_ref())
    };
    // SAFETY: `joined` runs no code of the program. The second object's code runs before it, while the first has an export.
    let both = unsafe { buffer::with_both(a, b, joined) };
    both.unwrap_or_else(|_| Err(raise!(TypeError, "can't concat {} to {}", b.class().name(), a.class().name())))
}

fn slot_concat(o: ByteArray<'_>, other: Obj<'_>) -> Result<Ref> {
    concat(*o, other)
}

fn concat_in_place(o: ByteArray<'_>, other: Obj<'_>) -> Result<Ref> {
    // SAFETY: appending to the object runs no code of the program.
    let appended = unsafe { buffer::with_simple(other, |bytes| fill::append(o, bytes)) };
    let refuse = |_| Err(raise!(TypeError, "can't concat {} to {}", other.class().name(), o.class().name()));
    appended.unwrap_or_else(refuse)?;
    Ok(o.to_ref())
}

/// The length of bytes that are repeated.
fn repeated(o: ByteArray<'_>, count: isize) -> Result<usize> {
    let count = usize::try_from(count).unwrap_or(0);
    let length = len(o).checked_mul(count).filter(|&length| length < isize::MAX as usize);
    length.ok_or_else(memory::out_of_memory)
}

/// Writes the first bytes again and again, until they fill a slice.
fn repeat_first(bytes: &mut [u8], first: usize) {
    let mut done = first;
    while done > 0 && done < bytes.len() {
        let more = done.min(bytes.len() - done);
        bytes.copy_within(..more, done);
        done += more;
    }
}

fn repeat(o: ByteArray<'_>, count: isize) -> Result<Ref> {
    let made = blank(repeated(o, count)?)?;
    let first = len(o).min(len(made.borrow()));
    // SAFETY: the new object has room for the first bytes. Nothing here runs code of the program.
    unsafe {
        data(made.borrow()).copy_from_nonoverlapping(data(o), first);
        with(made.borrow(), |bytes| repeat_first(bytes, first));
    }
    Ok(made.into_ref())
}

fn repeat_in_place(o: ByteArray<'_>, count: isize) -> Result<Ref> {
    let (first, length) = (len(o), repeated(o, count)?);
    resize(o, length)?;
    // SAFETY: nothing here runs code of the program.
    unsafe { with(o, |bytes| repeat_first(bytes, first)) };
    Ok(o.to_ref())
}

/// The place of an index; IndexError outside.
fn place(o: ByteArray<'_>, index: isize) -> Result<usize> {
    sequence::inside(index, len(o)).ok_or_else(|| index::out_of_range("bytearray index out of range"))
}

/// The byte at an index, as an `int`; IndexError outside.
fn item(o: ByteArray<'_>, index: isize) -> Result<Ref> {
    let place = place(o, index)?;
    // SAFETY: the place is inside the object.
    int::from_i64(unsafe { data(o).add(place).read() }.into())
}

fn subscript(o: ByteArray<'_>, key: Obj<'_>) -> Result<Ref> {
    if let Some(slice) = key.downcast() {
        return slices::get(o, slice);
    }
    item(o, index::position(key, len(o), "bytearray")?)
}

/// Sets or deletes a byte (`sq_ass_item`). A negative index counts from the end, as in CPython also after `PySequence_SetItem` has
/// added the length. The value is asked before the index is compared with the size, which the value's code may change.
fn assign_item(o: ByteArray<'_>, index: isize, value: Option<Obj<'_>>) -> Result<()> {
    let byte = value.map(argument::byte).transpose()?;
    let place = place(o, if index < 0 { index + len(o) as isize } else { index })?;
    match byte {
        // SAFETY: the place is inside the object.
        Some(byte) => unsafe { data(o).add(place).write(byte) },
        // SAFETY: the place is inside the object.
        None => unsafe { splice(o, place..place + 1, &[]) }?,
    }
    Ok(())
}

fn assign_subscript(o: ByteArray<'_>, key: Obj<'_>, value: Option<Obj<'_>>) -> Result<()> {
    if let Some(slice) = key.downcast() {
        return slices::assign(o, slice, value);
    }
    assign_item(o, index::number(key, "bytearray")?, value)
}

/// Whether an object contains a byte, or the bytes of another object as a subsequence.
fn contains(o: ByteArray<'_>, part: Obj<'_>) -> Result<bool> {
    let _kept = Export::of(o);
    // SAFETY: the search runs no code of the program.
    unsafe { argument::with_contained(part, |part| Ok(with(o, |bytes| memory::contains(bytes, part)))) }
}

/// `bytearray(b'…')`, with the name of the object's class.
pub(super) fn repr(o: ByteArray<'_>) -> Result<Ref> {
    let _kept = Export::of(o);
    let mut text = Builder::new();
    text.push_format(format_args!("{}(", o.class().short_name()))?;
    // SAFETY: making text runs no code of the program.
    unsafe { with(o, |bytes| shown::push_repr(&mut text, bytes, true, true)) }?;
    text.push(b')'.into())?;
    text.finish()
}

/// Compares the bytes of two objects; any object with a buffer can be compared.
pub(super) fn compare(a: ByteArray<'_>, b: Obj<'_>, op: c_int) -> Result<Ref> {
    if !buffer::check(b) {
        return Ok(known::NOT_IMPLEMENTED.to_ref());
    }
    // SAFETY: comparing bytes runs no code of the program.
    let order = unsafe { buffer::with_both(*a, b, |a, b| Ok::<Ordering, _>(a.cmp(b))) };
    let Ok(order) = order else {
        error::clear();
        return Ok(known::NOT_IMPLEMENTED.to_ref());
    };
    Ok(compare::answer(op, Some(Some(order?))).to_ref())
}
