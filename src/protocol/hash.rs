//! Hashes.

use super::suite::is_trusted;
use crate::abi::Py_hash_t;
use crate::runtime::{IntoC, Obj, Result, error, raise};
use core::ffi::c_void;

/// `hash(o)`; TypeError for an object without a hash.
#[inline]
pub fn hash(o: Obj<'_>) -> Result<isize> {
    let Some(slot) = o.class().fields().tp_hash else { return unhashable(o) };
    // SAFETY: the slot belongs to the type of `o`, which is alive.
    match unsafe { slot(o.as_ptr()) } {
        -1 => Err(error::fetched_from_c("__hash__")),
        hash => Ok(hash),
    }
}

/// Works as [`hash`], for a function for C: the fast path is a tail call (see `suite::is_trusted`).
#[inline(always)]
pub fn hash_as_c(o: Obj<'_>) -> Py_hash_t {
    match o.class().fields().tp_hash {
        // SAFETY: the slot belongs to the type of `o`, which is alive.
        Some(slot) if is_trusted(o) => unsafe { slot(o.as_ptr()) },
        _ => checked_hash(o),
    }
}

/// The hash that any type gives. Out of line, since the steps after the call of the slot would keep [`hash_as_c`] from
/// a tail call.
#[inline(never)]
fn checked_hash(o: Obj<'_>) -> Py_hash_t {
    hash(o).into_c()
}

/// TypeError: the object has no hash (CPython: `PyObject_HashNotImplemented`).
#[cold]
#[inline(never)]
pub fn unhashable(o: Obj<'_>) -> Result<isize> {
    Err(raise!(TypeError, "unhashable type: '{}'", o.class().name()))
}

/// A pointer as a hash (CPython: `Py_HashPointer`): the address with its low bits, which are always zero, moved to the
/// top.
pub fn of_pointer(pointer: *const c_void) -> isize {
    match (pointer as usize).rotate_right(4) as isize {
        -1 => -2,
        hash => hash,
    }
}
