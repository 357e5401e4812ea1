//! The mapping protocol, as far as the objects' own slots answer (CPython: `PyMapping_*`). `objects::subscript` has
//! `o[key]` for objects of all kinds.

use super::suite;
use crate::abi::{Py_ssize_t, binaryfunc};
use crate::runtime::{IntoC, Obj, Raised, Ref, Result, error, raise};

/// Whether the object gives items by key (CPython: `PyMapping_Check`).
pub fn check(o: Obj<'_>) -> bool {
    suite::mapping(o).is_some_and(|suite| suite.mp_subscript.is_some())
}

/// The number of items of a mapping (CPython: `PyMapping_Size`).
pub fn size(o: Obj<'_>) -> Result<isize> {
    if let Some(length) = suite::mapping_length(o)? {
        return Ok(length);
    }
    Err(no_size(o))
}

#[cold]
#[inline(never)]
fn no_size(o: Obj<'_>) -> Raised {
    match suite::sequence(o).is_some_and(|suite| suite.sq_length.is_some()) {
        true => raise!(TypeError, "{} is not a mapping", o.class().name()),
        false => raise!(TypeError, "object of type '{}' has no len()", o.class().name()),
    }
}

/// Whether the object has a length at all.
pub fn has_length(o: Obj<'_>) -> bool {
    suite::sequence(o).is_some_and(|suite| suite.sq_length.is_some())
        || suite::mapping(o).is_some_and(|suite| suite.mp_length.is_some())
}

/// `len(o)` (CPython: `PyObject_Size`).
#[inline]
pub fn len(o: Obj<'_>) -> Result<isize> {
    match suite::sequence_length(o)? {
        Some(length) => Ok(length),
        None => size(o),
    }
}

/// Works as [`len`], for a function for C: the fast path is a tail call (see `suite::is_trusted`).
#[inline(always)]
pub fn len_as_c(o: Obj<'_>) -> Py_ssize_t {
    match suite::sequence(o).and_then(|suite| suite.sq_length) {
        // SAFETY: the slot belongs to the type of `o`, which is alive.
        Some(slot) if suite::is_trusted(o) => unsafe { slot(o.as_ptr()) },
        _ => checked_len(o),
    }
}

/// The length that any type gives. Out of line, since the steps after the call of the slot would keep [`len_as_c`] from
/// a tail call.
#[inline(never)]
fn checked_len(o: Obj<'_>) -> Py_ssize_t {
    len(o).into_c()
}

/// `mp_subscript` of a built-in type, whose results can be returned unchecked: see `suite::is_trusted`.
#[inline(always)]
pub fn trusted_item(o: Obj<'_>) -> binaryfunc {
    suite::mapping(o).filter(|_| suite::is_trusted(o)).and_then(|suite| suite.mp_subscript)
}

/// The item that `mp_subscript` gives for a key; `None` without the slot.
#[inline]
pub fn item(o: Obj<'_>, key: Obj<'_>) -> Result<Option<Ref>> {
    let Some(slot) = suite::mapping(o).and_then(|suite| suite.mp_subscript) else { return Ok(None) };
    // SAFETY: the slot belongs to the type of `o`, and takes any object as the key.
    let item = unsafe { Ref::from_ptr(slot(o.as_ptr(), key.as_ptr())) };
    item.map(Some).ok_or_else(|| error::fetched_from_c("__getitem__"))
}

/// Sets the item of a key by `mp_ass_subscript`, or deletes it when there is no value; `false` without the slot.
pub fn set_item(o: Obj<'_>, key: Obj<'_>, value: Option<Obj<'_>>) -> Result<bool> {
    let Some(slot) = suite::mapping(o).and_then(|suite| suite.mp_ass_subscript) else { return Ok(false) };
    let value = value.map_or(core::ptr::null_mut(), Obj::as_ptr);
    // SAFETY: the slot belongs to the type of `o`, and takes any object as the key; a NULL value deletes.
    match unsafe { slot(o.as_ptr(), key.as_ptr(), value) } {
        0 => Ok(true),
        _ => Err(error::fetched_from_c("__setitem__")),
    }
}
