//! Comparison and hash of memoryviews: the values of the items count, not their formats.

use super::contiguous::in_a_row;
use super::item::{self, Native};
use super::{Kept, MemoryView, form, is_released};
use crate::abi::*;
use crate::objects::struct_format::{Part, Parts};
use crate::objects::{bytes, str};
use crate::protocol::buffer::{self, Form, Order, step};
use crate::protocol::{compare as operator, hash as hashes};
use crate::runtime::memory::{self, Array, Malloc};
use crate::runtime::{Obj, Ref, Result, error, known, raise};
use core::ffi::c_int;

/// `==` and `!=` with any object that has a buffer (`tp_richcompare`).
pub(super) fn compare(a: MemoryView<'_>, b: Obj<'_>, op: c_int) -> Result<Ref> {
    let answer = |equal: bool| Ok(known::bool(equal == (op == Py_EQ)).to_ref());
    if op != Py_EQ && op != Py_NE {
        return Ok(known::NOT_IMPLEMENTED.to_ref());
    }
    let other: Option<MemoryView<'_>> = b.downcast();
    if is_released(a) || other.is_some_and(is_released) {
        return answer(a.is(b));
    }
    let kept = Kept::of(a)?;
    let form = kept.form();
    if let Some(other) = other {
        let other = Kept::of(other)?;
        return answer(equal(&form, &other.form())?);
    }
    match buffer::with(b, PyBUF_FULL_RO, |other| Ok(equal(&form, other))) {
        Ok(equal) => answer(equal?),
        Err(_) => {
            error::clear();
            Ok(known::NOT_IMPLEMENTED.to_ref())
        }
    }
}

/// Whether two buffers have the same shape. A dimension without items ends the comparison.
pub(super) fn same_shape(a: &Form<'_>, b: &Form<'_>) -> bool {
    if a.ndim() != b.ndim() {
        return false;
    }
    for at in 0..a.ndim() {
        match (a.shape(at), b.shape(at)) {
            (a, b) if a != b => return false,
            (0, _) => return true,
            _ => {}
        }
    }
    true
}

fn equal(a: &Form<'_>, b: &Form<'_>) -> Result<bool> {
    if !same_shape(a, b) {
        return Ok(false);
    }
    let of = match (Native::of(a), Native::of(b)) {
        (Some(a), Some(b)) if a == b => Items::Native(a.code()),
        _ => Items::Any,
    };
    if let Items::Any = of
        && (Parts::check(item::format(a).to_bytes()).is_err() || Parts::check(item::format(b).to_bytes()).is_err())
    {
        // Items of an unknown format are equal to none.
        return Ok(false);
    }
    // SAFETY: the start of each memory is that of its first dimension, and both have the same shape.
    unsafe { rows_equal(a, b, of, (a.start(), b.start()), 0) }
}

/// How the items of two buffers are compared.
#[derive(Debug, Clone, Copy)]
enum Items {
    /// Both have this native format.
    Native(u8),
    /// Each is unpacked by its own format.
    Any,
}

/// Whether the rows of two buffers are equal, from a dimension on.
///
/// # Safety
/// Each start is that of the dimension in its memory. Both have the same shape.
unsafe fn rows_equal(a: &Form<'_>, b: &Form<'_>, of: Items, start: (*mut u8, *mut u8), at: usize) -> Result<bool> {
    if at == a.ndim() {
        // SAFETY: below the last dimension there is an item.
        return unsafe { items_equal(a, b, of, start) };
    }
    let (left, right) = (a.dimension(at), b.dimension(at));
    for index in 0..left.shape {
        // SAFETY: the index is inside the dimension of both.
        unsafe {
            let start = (step(start.0, left, index), step(start.1, right, index));
            if !rows_equal(a, b, of, start, at + 1)? {
                return Ok(false);
            }
        }
    }
    Ok(true)
}

/// Whether two items are equal.
///
/// # Safety
/// There is an item of its buffer at each place.
unsafe fn items_equal(a: &Form<'_>, b: &Form<'_>, of: Items, place: (*mut u8, *mut u8)) -> Result<bool> {
    match of {
        Items::Native(code)
            if a.fields().itemsize == b.fields().itemsize && !matches!(code, b'f' | b'd' | b'e' | b'?') =>
        {
            let size = a.fields().itemsize.max(0) as usize;
            // SAFETY: both items have this size.
            unsafe { Ok(libc::memcmp(place.0.cast(), place.1.cast(), size) == 0) }
        }
        // SAFETY: both items have the format's size.
        Items::Native(code) => unsafe {
            let (left, right) = (item::unpack_sized(code, a, place.0)?, item::unpack_sized(code, b, place.1)?);
            operator::compare(left.borrow(), right.borrow(), Py_EQ).map(|answer| answer.borrow().is(known::TRUE))
        },
        // SAFETY: both items have the size that their buffers state.
        Items::Any => unsafe {
            let (left, right) = (values(a, place.0)?, values(b, place.1)?);
            if left.len() != right.len() {
                return Ok(false);
            }
            for (left, right) in left.iter().zip(&right) {
                if !operator::equal(left.borrow(), right.borrow())? {
                    return Ok(false);
                }
            }
            Ok(true)
        },
    }
}

/// The values of an item, one for each part of its format.
///
/// # Safety
/// There is an item of the buffer at the place.
unsafe fn values(form: &Form<'_>, place: *const u8) -> Result<Array<Ref>> {
    let mut values: Array<Ref> = Array::new_in(Malloc);
    let mut parts = Parts::of(item::format(form).to_bytes());
    // SAFETY: an item has as many bytes as the buffer states.
    let bytes = unsafe { core::slice::from_raw_parts(place, form.fields().itemsize.max(0) as usize) };
    while let Ok(Some(part)) = parts.advance() {
        let Some(part_bytes) = bytes.get(part.offset..part.offset + part.size * part.count) else {
            return Err(raise!(NotImplementedError, "memoryview: the size of an item is not that of its format"));
        };
        match part.code {
            b'x' => {}
            b's' => memory::push(&mut values, bytes::from_slice(part_bytes)?.into_ref())?,
            b'p' => {
                let text = part_bytes
                    .split_first()
                    .map_or(&[][..], |(length, text)| text.get(..usize::from(*length)).unwrap_or(text));
                memory::push(&mut values, bytes::from_slice(text)?.into_ref())?;
            }
            _ => {
                for one in part_bytes.chunks_exact(part.size) {
                    memory::push(&mut values, value(part, one, parts.big_endian)?)?;
                }
            }
        }
    }
    Ok(values)
}

/// The value of a part that is a number or a byte.
fn value(part: Part, bytes: &[u8], big_endian: bool) -> Result<Ref> {
    let mut native = item::Packed::default();
    native.iter_mut().zip(bytes).for_each(|(place, byte)| *place = *byte);
    if big_endian {
        native.iter_mut().zip(bytes.iter().rev()).for_each(|(place, byte)| *place = *byte);
    }
    let code = match (part.code, part.size) {
        (b'l', 4) => b'i',
        (b'L', 4) => b'I',
        (code, _) => code,
    };
    // SAFETY: there are eight bytes, and no format has more.
    unsafe { item::unpack(code, native.as_ptr()) }
}

/// The hash of a read-only view of bytes (`tp_hash`).
pub(super) fn hash(o: MemoryView<'_>) -> Result<isize> {
    // SAFETY: a view's fields can be read.
    let known = unsafe { (*o.fields()).hash };
    if known != -1 {
        return Ok(known);
    }
    let form = form(o)?;
    if form.fields().readonly == 0 {
        return Err(raise!(ValueError, "cannot hash writable memoryview object"));
    }
    if !Native::of(&form).is_some_and(Native::is_byte) {
        return Err(raise!(ValueError, "memoryview: hashing is restricted to formats 'B', 'b' or 'c'"));
    }
    let kept = Kept::of(o)?;
    let form = kept.form();
    // SAFETY: the field is NULL, or the object of the shared buffer, which lives as long as the view is open.
    if let Some(owner) = unsafe { Obj::from_ptr(form.fields().obj) } {
        hashes::hash(owner)?;
    }
    let row = in_a_row(&form, Some(Order::C))?;
    let hash = str::hash_bytes(bytes::as_slice(row.borrow()));
    // SAFETY: a view's fields can be written.
    unsafe { (*o.fields()).hash = hash };
    Ok(hash)
}
