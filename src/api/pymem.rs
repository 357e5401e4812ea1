//! `Include/pymem.h`: two families of `malloc`, which are one here, also with `PyObject_Malloc` and the functions
//! beside it.

use crate::runtime::memory::{self, Block};
use crate::runtime::{GivenBlock, IntoC};
use core::ffi::c_void;
use core::ptr::null_mut;

/// Resizes a block for C: NULL without memory, and then C still owns the old block, unchanged.
pub(super) fn resized(block: GivenBlock, size: usize) -> *mut c_void {
    Block::resize(block, size).map_or_else(
        |kept| {
            kept.map(Block::into_ptr);
            null_mut()
        },
        Block::into_ptr,
    )
}

/// `size` bytes, or one for a size of 0; NULL, without an error, when there is no memory or `size` is above
/// `PY_SSIZE_T_MAX`. The caller frees them with `PyMem_Free`.
#[unsafe(no_mangle)]
pub extern "C" fn PyMem_Malloc(size: usize) -> *mut c_void {
    memory::allocate(size).into_c()
}

/// `count` times `size` zeroed bytes; NULL, without an error, when there is no memory or the product is above
/// `PY_SSIZE_T_MAX`. The caller frees them with `PyMem_Free`.
#[unsafe(no_mangle)]
pub extern "C" fn PyMem_Calloc(count: usize, size: usize) -> *mut c_void {
    memory::allocate_zeroed(count, size).into_c()
}

/// Changes a block's size, and returns its new address; NULL, without an error and with the block unchanged, when there
/// is no memory. A NULL block makes it `PyMem_Malloc`.
#[unsafe(no_mangle)]
pub extern "C" fn PyMem_Realloc(old: GivenBlock, size: usize) -> *mut c_void {
    resized(old, size)
}

/// Frees a block. NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn PyMem_Free(old: GivenBlock) {
    drop(old);
}

/// `size` bytes, or one for a size of 0; NULL, without an error, when there is no memory or `size` is above
/// `PY_SSIZE_T_MAX`. The caller frees them with `PyMem_RawFree`.
#[unsafe(no_mangle)]
pub extern "C" fn PyMem_RawMalloc(size: usize) -> *mut c_void {
    memory::allocate(size).into_c()
}

/// `count` times `size` zeroed bytes; NULL, without an error, when there is no memory or the product is above
/// `PY_SSIZE_T_MAX`. The caller frees them with `PyMem_RawFree`.
#[unsafe(no_mangle)]
pub extern "C" fn PyMem_RawCalloc(count: usize, size: usize) -> *mut c_void {
    memory::allocate_zeroed(count, size).into_c()
}

/// Changes a block's size, and returns its new address; NULL, without an error and with the block unchanged, when there
/// is no memory. A NULL block makes it `PyMem_RawMalloc`.
#[unsafe(no_mangle)]
pub extern "C" fn PyMem_RawRealloc(old: GivenBlock, size: usize) -> *mut c_void {
    resized(old, size)
}

/// Frees a block. NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn PyMem_RawFree(old: GivenBlock) {
    drop(old);
}
