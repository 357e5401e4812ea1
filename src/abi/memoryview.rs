//! `Include/cpython/memoryobject.h`: memoryviews, and the buffers that they share.

use super::object::*;
use super::protocols::Py_buffer;
use core::ffi::c_int;

/// A buffer that memoryviews share (112 bytes).
#[repr(C)]
#[derive(Debug)]
pub struct _PyManagedBufferObject {
    /// The object head.
    pub ob_base: PyObject,
    /// `_Py_MANAGED_BUFFER_RELEASED`, once the buffer is given back.
    pub flags: c_int,
    /// The number of memoryviews that are not released.
    pub exports: Py_ssize_t,
    /// The buffer, as its object filled it.
    pub master: Py_buffer,
}

/// A memoryview (144 bytes and its arrays).
#[repr(C)]
#[derive(Debug)]
pub struct PyMemoryViewObject {
    /// Head; the size is the number of places in the arrays.
    pub ob_base: PyVarObject,
    /// The buffer that it shares.
    pub mbuf: *mut _PyManagedBufferObject,
    /// The hash once computed, or -1.
    pub hash: Py_hash_t,
    /// A combination of the `_Py_MEMORYVIEW_*` constants.
    pub flags: c_int,
    /// The number of buffers that it has exported itself.
    pub exports: Py_ssize_t,
    /// Its own description of the buffer. `obj` is borrowed from the shared buffer.
    pub view: Py_buffer,
    /// Weak references.
    pub weakreflist: *mut PyObject,
    /// The first number of the shape, after which strides and suboffsets follow.
    pub ob_array: [Py_ssize_t; 1],
}

/// Flag of a shared buffer: it is given back.
pub const _Py_MANAGED_BUFFER_RELEASED: c_int = 0x001;
/// Flag of a shared buffer: its format is freed with it.
pub const _Py_MANAGED_BUFFER_FREE_FORMAT: c_int = 0x002;
/// Flag of a memoryview: it is released.
pub const _Py_MEMORYVIEW_RELEASED: c_int = 0x001;
/// Flag of a memoryview: its items are in a row, in C's order.
pub const _Py_MEMORYVIEW_C: c_int = 0x002;
/// Flag of a memoryview: its items are in a row, in Fortran's order.
pub const _Py_MEMORYVIEW_FORTRAN: c_int = 0x004;
/// Flag of a memoryview: it has no dimension.
pub const _Py_MEMORYVIEW_SCALAR: c_int = 0x008;
/// Flag of a memoryview: it has suboffsets.
pub const _Py_MEMORYVIEW_PIL: c_int = 0x010;
/// Flag of a memoryview: no new view of its buffer may be made.
pub const _Py_MEMORYVIEW_RESTRICTED: c_int = 0x020;

const _: () = assert!(size_of::<_PyManagedBufferObject>() == 112 && size_of::<PyMemoryViewObject>() == 152);
