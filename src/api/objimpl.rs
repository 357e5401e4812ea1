//! `Include/objimpl.h`: the memory of objects, and the garbage collector.

use crate::runtime::{IntoC, memory};
use core::ffi::c_void;

/// `size` bytes, or one for a size of 0; NULL, without an error, when there are none or `size` is above
/// `PY_SSIZE_T_MAX`. The caller gives them to `PyObject_Free`.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_Malloc(size: usize) -> *mut c_void {
    memory::allocate(size).into_c()
}

/// `count` times `size` zeroed bytes; NULL, without an error, when there are none or the product is above
/// `PY_SSIZE_T_MAX`. The caller gives them to `PyObject_Free`.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_Calloc(count: usize, size: usize) -> *mut c_void {
    memory::allocate_zeroed(count, size).into_c()
}

/// Changes a block's size, and returns where the block is then; NULL, without an error and with the block as it was,
/// when there is no memory for that. For a NULL block it is `PyObject_Malloc`.
///
/// # Safety
/// `old` is NULL or a block of this family that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_Realloc(old: *mut c_void, size: usize) -> *mut c_void {
    // SAFETY: the caller's promise.
    unsafe { memory::reallocate(old, size) }.into_c()
}

/// Frees a block. NULL is fine.
///
/// # Safety
/// `old` is NULL or a block of this family that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_Free(old: *mut c_void) {
    // SAFETY: the caller's promise.
    unsafe { memory::free(old) }
}
