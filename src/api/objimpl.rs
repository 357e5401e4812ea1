//! `Include/objimpl.h`: the memory of objects, and the garbage collector.

use super::pymem::resized;
use crate::abi::Py_ssize_t;
use crate::interpreter::garbage;
use crate::runtime::{Arg, GivenBlock, IntoC, Untyped, gc, memory};
use core::ffi::{c_int, c_void};

/// `size` bytes, or one for a size of 0; NULL, without an error, when there is no memory or `size` is above
/// `PY_SSIZE_T_MAX`. The caller frees them with `PyObject_Free`.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_Malloc(size: usize) -> *mut c_void {
    memory::allocate(size).into_c()
}

/// `count` times `size` zeroed bytes; NULL, without an error, when there is no memory or the product is above
/// `PY_SSIZE_T_MAX`. The caller frees them with `PyObject_Free`.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_Calloc(count: usize, size: usize) -> *mut c_void {
    memory::allocate_zeroed(count, size).into_c()
}

/// Changes a block's size, and returns its new address; NULL, without an error and with the block unchanged, when there
/// is no memory. A NULL block makes it `PyObject_Malloc`.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_Realloc(old: GivenBlock, size: usize) -> *mut c_void {
    resized(old, size)
}

/// Frees a block. NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_Free(old: GivenBlock) {
    drop(old);
}

/// Collects garbage: objects in cycles to which no reference leads from outside. Returns the number of those objects; 0
/// after `PyGC_Disable`, and during a collection. Errors during the collection are written to standard error and
/// dropped; the error indicator does not change.
#[unsafe(no_mangle)]
pub extern "C" fn PyGC_Collect() -> Py_ssize_t {
    garbage::collect() as Py_ssize_t
}

/// Enables the collector. Returns 1 if it was enabled before, else 0. Collections never start by themselves.
#[unsafe(no_mangle)]
pub extern "C" fn PyGC_Enable() -> c_int {
    gc::set_enabled(true).into()
}

/// Disables the collector, also for `PyGC_Collect`. Returns 1 if it was enabled before, else 0.
#[unsafe(no_mangle)]
pub extern "C" fn PyGC_Disable() -> c_int {
    gc::set_enabled(false).into()
}

/// Whether the collector is enabled: 1 or 0.
#[unsafe(no_mangle)]
pub extern "C" fn PyGC_IsEnabled() -> c_int {
    gc::is_enabled().into()
}

/// Whether the collector tracks the object: 1 or 0. Never sets an error.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_GC_IsTracked(o: Arg) -> c_int {
    o.is_some_and(gc::is_tracked).into()
}

/// Whether the collector can track the object: 1 or 0. Never sets an error.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_IS_GC(o: Arg) -> c_int {
    o.is_some_and(gc::is_gc).into()
}

/// Stops tracking an object: the first step of the `tp_dealloc` of a container. Does nothing for an object that is not
/// tracked, and for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_GC_UnTrack(o: Untyped) {
    if let Some(o) = o {
        gc::untrack(o);
    }
}
