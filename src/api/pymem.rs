//! `Include/pymem.h`: two families of `malloc`, which are one here (and the same as `PyObject_Malloc` and its like).

use crate::runtime::memory::{self, Block};
use crate::runtime::{GivenBlock, IntoC};
use core::ffi::c_void;
use core::ptr::null_mut;

/// A block of another size, for C: NULL without memory for that, and then C still has the block as it was.
pub(super) fn resized(block: GivenBlock, size: usize) -> *mut c_void {
    Block::resize(block, size).map_or_else(
        |kept| {
            kept.map(Block::into_ptr);
            null_mut()
        },
        Block::into_ptr,
    )
}

/// `size` bytes, or one for a size of 0; NULL, without an error, when there are none or `size` is above
/// `PY_SSIZE_T_MAX`. The caller gives them to `PyMem_Free`.
#[unsafe(no_mangle)]
pub extern "C" fn PyMem_Malloc(size: usize) -> *mut c_void {
    memory::allocate(size).into_c()
}

/// `count` times `size` zeroed bytes; NULL, without an error, when there are none or the product is above
/// `PY_SSIZE_T_MAX`. The caller gives them to `PyMem_Free`.
#[unsafe(no_mangle)]
pub extern "C" fn PyMem_Calloc(count: usize, size: usize) -> *mut c_void {
    memory::allocate_zeroed(count, size).into_c()
}

/// Changes a block's size, and returns where the block is then; NULL, without an error and with the block as it was,
/// when there is no memory for that. For a NULL block it is `PyMem_Malloc`.
#[unsafe(no_mangle)]
pub extern "C" fn PyMem_Realloc(old: GivenBlock, size: usize) -> *mut c_void {
    resized(old, size)
}

/// Frees a block. NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn PyMem_Free(old: GivenBlock) {
    drop(old);
}

/// `size` bytes, or one for a size of 0; NULL, without an error, when there are none or `size` is above
/// `PY_SSIZE_T_MAX`. The caller gives them to `PyMem_RawFree`.
#[unsafe(no_mangle)]
pub extern "C" fn PyMem_RawMalloc(size: usize) -> *mut c_void {
    memory::allocate(size).into_c()
}

/// `count` times `size` zeroed bytes; NULL, without an error, when there are none or the product is above
/// `PY_SSIZE_T_MAX`. The caller gives them to `PyMem_RawFree`.
#[unsafe(no_mangle)]
pub extern "C" fn PyMem_RawCalloc(count: usize, size: usize) -> *mut c_void {
    memory::allocate_zeroed(count, size).into_c()
}

/// Changes a block's size, and returns where the block is then; NULL, without an error and with the block as it was,
/// when there is no memory for that. For a NULL block it is `PyMem_RawMalloc`.
#[unsafe(no_mangle)]
pub extern "C" fn PyMem_RawRealloc(old: GivenBlock, size: usize) -> *mut c_void {
    resized(old, size)
}

/// Frees a block. NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn PyMem_RawFree(old: GivenBlock) {
    drop(old);
}
