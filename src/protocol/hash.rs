//! Hashes.

use super::suite::is_trusted;
use crate::abi::Py_hash_t;
use crate::runtime::{IntoC, Obj, Result, error, raise};
use core::ffi::c_void;
use core::sync::atomic::{AtomicIsize, Ordering::Relaxed};

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

/// [`hash`] for C.
#[inline(always)]
pub fn hash_as_c(o: Obj<'_>) -> Py_hash_t {
    match o.class().fields().tp_hash {
        // SAFETY: the slot belongs to the type of `o`, which is alive.
        Some(slot) if is_trusted(o) => unsafe { slot(o.as_ptr()) },
        _ => checked_hash(o),
    }
}

/// Out of line, since the code behind the call is not for a jump: the hash that a type of C's gives.
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

/// A pointer as a hash (CPython: `Py_HashPointer`): the address with its low bits, which are always zero, moved to the top.
pub fn of_pointer(pointer: *const c_void) -> isize {
    match (pointer as usize).rotate_right(4) as isize {
        -1 => -2,
        hash => hash,
    }
}

/// Computes a hash once and keeps it in the object's field, which is -1 until then. Several threads may ask at the same
/// time.
///
/// # Safety
/// `field` is that field of a live object, and only this function writes to it once the object is handed out.
pub unsafe fn remembered(field: *mut Py_hash_t, compute: impl FnOnce() -> isize) -> isize {
    // SAFETY: the field is aligned as the object is, and lives as long; all later accesses are here, and atomic.
    let field = unsafe { AtomicIsize::from_ptr(field) };
    match field.load(Relaxed) {
        -1 => {
            let hash = compute();
            field.store(hash, Relaxed);
            hash
        }
        hash => hash,
    }
}
