//! `Include/objimpl.h`: the memory of objects, and the garbage collector.

use super::pymem::resized;
use crate::abi::Py_ssize_t;
use crate::interpreter::garbage;
use crate::runtime::{Arg, GivenBlock, IntoC, Untyped, gc, memory};
use core::ffi::{c_int, c_void};

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
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_Realloc(old: GivenBlock, size: usize) -> *mut c_void {
    resized(old, size)
}

/// Frees a block. NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_Free(old: GivenBlock) {
    drop(old);
}

/// Collects garbage: objects in cycles to which no reference leads from outside. Returns the number of those objects; 0 when
/// collecting is switched off with `PyGC_Disable`, and during a collection. Errors that come up are shown on standard
/// error and dropped; the error indicator stays as it was.
#[unsafe(no_mangle)]
pub extern "C" fn PyGC_Collect() -> Py_ssize_t {
    garbage::collect() as Py_ssize_t
}

/// Switches collecting on. Returns 1 if it was on before, else 0. Collections never start by themselves.
#[unsafe(no_mangle)]
pub extern "C" fn PyGC_Enable() -> c_int {
    gc::set_enabled(true).into()
}

/// Switches collecting off, also for `PyGC_Collect`. Returns 1 if it was on before, else 0.
#[unsafe(no_mangle)]
pub extern "C" fn PyGC_Disable() -> c_int {
    gc::set_enabled(false).into()
}

/// Whether collecting is switched on: 1 or 0.
#[unsafe(no_mangle)]
pub extern "C" fn PyGC_IsEnabled() -> c_int {
    gc::is_enabled().into()
}

/// Whether the collector knows the object: 1 or 0. Never sets an error.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_GC_IsTracked(o: Arg) -> c_int {
    o.is_some_and(gc::is_tracked).into()
}

/// Whether the object can be known to the collector: 1 or 0. Never sets an error.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_IS_GC(o: Arg) -> c_int {
    o.is_some_and(gc::is_gc).into()
}

/// Makes the collector forget an object: the first thing that the `tp_dealloc` of a container does. Does nothing for an
/// object that the collector does not know, and for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_GC_UnTrack(o: Untyped) {
    if let Some(o) = o {
        gc::untrack(o);
    }
}
