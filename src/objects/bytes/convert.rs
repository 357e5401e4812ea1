//! Conversions of other objects to `bytes`.

use super::{BYTES, NewBytes, as_slice, blank, data, from_slice};
use crate::abi::*;
use crate::objects::{index, mappings, special, str};
use crate::protocol::buffer::{self, Order};
use crate::protocol::{iteration, number};
use crate::runtime::known::{LIST, TUPLE};
use crate::runtime::memory::{self, Array, Malloc};
use crate::runtime::{Obj, Result, error, raise};

/// The `bytes` that the method `__bytes__` of an object gives; `None` for an object without the method.
fn by_method(o: Obj<'_>) -> Result<Option<NewBytes>> {
    let Some(made) = special::call(o, "__bytes__", &[])? else { return Ok(None) };
    made.downcast()
        .map(Some)
        .map_err(|other| raise!(TypeError, "__bytes__ returned non-bytes (type {})", other.borrow().class().name()))
}

/// The bytes of any object: by its method `__bytes__`, or as [`from_object`] makes them (CPython: `PyObject_Bytes`).
pub fn of(o: Obj<'_>) -> Result<NewBytes> {
    if let Some(bytes) = o.downcast_exactly(BYTES) {
        return Ok(bytes.to_own());
    }
    by_method(o)?.map_or_else(|| from_object(o), Ok)
}

/// The bytes of the argument of `bytes(o)`, which has no encoding: zeros for an integer, and others as [`of`] makes them.
pub(super) fn of_argument(o: Obj<'_>) -> Result<NewBytes> {
    if let Some(bytes) = o.downcast_exactly(BYTES) {
        return Ok(bytes.to_own());
    }
    if let Some(bytes) = by_method(o)? {
        return Ok(bytes);
    }
    if str::check(o) {
        return Err(raise!(TypeError, "string argument without an encoding"));
    }
    if number::is_index(o) {
        match index::as_ssize_t(o, Some(Exc::OverflowError)) {
            Ok(count) => {
                let count = usize::try_from(count);
                return count.map_or_else(|_| Err(raise!(ValueError, "negative count")), blank);
            }
            Err(raised) if !error::pending_is(Exc::TypeError) => return Err(raised),
            Err(_) => error::clear(),
        }
    }
    from_object(o)
}

/// The bytes of a buffer, or of an iterable of integers (CPython: `PyBytes_FromObject`). TypeError for other objects, and for a
/// `str`.
pub fn from_object(o: Obj<'_>) -> Result<NewBytes> {
    if let Some(bytes) = o.downcast::<PyBytesObject>() {
        return if o.is_exactly(BYTES) { Ok(bytes.to_own()) } else { from_slice(as_slice(bytes)) };
    }
    if buffer::check(o) {
        return buffer::with(o, PyBUF_FULL_RO, |form| {
            let length = form.fields().len;
            let made = blank(usize::try_from(length).unwrap_or(0))?;
            if length > 0 {
                // SAFETY: the new object has room for as many bytes, and no other code knows it.
                unsafe { buffer::to_contiguous(data(made.borrow()), form, length, Some(Order::C)) }?;
            }
            Ok(made)
        });
    }
    let refuse = || raise!(TypeError, "cannot convert '{}' object to bytes", o.class().name());
    if str::check(o) {
        return Err(refuse());
    }
    let mut items = iteration::Items::of(o).map_err(|raised| iteration::instead_of_type_error(raised, refuse))?;
    let mut bytes: Array<u8> = Array::new_in(Malloc);
    if !o.is_exactly(LIST) && !o.is_exactly(TUPLE) {
        memory::reserve(&mut bytes, mappings::length_hint(o, 64)?.unsigned_abs())?;
    }
    while let Some(item) = items.advance()? {
        let Ok(byte) = u8::try_from(index::as_ssize_t(item.borrow(), None)?) else {
            return Err(raise!(ValueError, "bytes must be in range(0, 256)"));
        };
        memory::push(&mut bytes, byte)?;
    }
    from_slice(&bytes)
}
