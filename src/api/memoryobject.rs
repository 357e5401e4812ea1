//! `Include/memoryobject.h`: memoryviews.

use super::required;
use crate::abi::{Py_buffer, Py_ssize_t, PyBUF_READ, PyBUF_WRITE, PyObject};
use crate::objects::memoryview;
use crate::protocol::buffer::Order;
use crate::runtime::refusal::{bad_argument, null_argument};
use crate::runtime::{Arg, IntoC};
use core::ffi::{c_char, c_int};
use core::ptr::NonNull;

/// A memoryview of an object's memory: a new reference, or NULL with an error set; TypeError for an object without a
/// buffer.
#[unsafe(no_mangle)]
pub extern "C" fn PyMemoryView_FromObject(o: Arg) -> *mut PyObject {
    required(o, "PyMemoryView_FromObject").and_then(memoryview::of).into_c()
}

/// A memoryview of `size` bytes at `mem`, to be read (`PyBUF_READ`) or written (`PyBUF_WRITE`): a new reference, or
/// NULL with an error set; SystemError for a negative size, and for other flags.
///
/// # Safety
/// `mem` is `size` bytes that last longer than the view, and each view made from it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMemoryView_FromMemory(mem: *mut c_char, size: Py_ssize_t, flags: c_int) -> *mut PyObject {
    const NAME: &str = "PyMemoryView_FromMemory";
    if mem.is_null() && size > 0 {
        return crate::runtime::Result::<crate::runtime::Ref>::Err(null_argument(NAME)).into_c();
    }
    if size < 0 || flags != PyBUF_READ && flags != PyBUF_WRITE {
        return crate::runtime::Result::<crate::runtime::Ref>::Err(bad_argument(NAME)).into_c();
    }
    // SAFETY: C promises memory of this size, which lasts longer than the view.
    unsafe { memoryview::of_memory(mem, size, flags == PyBUF_READ) }.into_c()
}

/// A memoryview of the memory that a filled buffer describes. The buffer stays its owner's, who releases it after the
/// view. A new reference, or NULL with an error set; ValueError when `buf` is NULL.
///
/// # Safety
/// `info` is a filled buffer. Its memory, its format and its arrays last longer than the view, and each view made from
/// it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMemoryView_FromBuffer(info: *const Py_buffer) -> *mut PyObject {
    NonNull::new(info.cast_mut())
        .ok_or_else(|| null_argument("PyMemoryView_FromBuffer"))
        // SAFETY: C gave a filled buffer.
        .and_then(|info| unsafe { memoryview::of_buffer(info) })
        .into_c()
}

/// A memoryview whose items are in a row, in the order 'C', 'F' (Fortran) or 'A' (any): of the object's memory, or of a
/// copy if `buffertype` is `PyBUF_READ` and the items are not in a row. A new reference, or NULL with an error set;
/// BufferError when `buffertype` is `PyBUF_WRITE` and the memory is read-only, or its items are not in a row.
#[unsafe(no_mangle)]
pub extern "C" fn PyMemoryView_GetContiguous(base: Arg, buffertype: c_int, order: c_char) -> *mut PyObject {
    required(base, "PyMemoryView_GetContiguous")
        .and_then(|o| memoryview::contiguous(o, buffertype == PyBUF_WRITE, Order::named(order as u8)))
        .into_c()
}
