//! `Include/cpython/object.h` and `Include/pybuffer.h`: the slots of protocols, which a type points to.

use super::object::*;
use core::ffi::{c_char, c_int, c_void};
use core::mem::offset_of;

/// `Include/cpython/object.h`: the number protocol's slots.
#[repr(C)]
#[derive(Debug)]
#[expect(missing_docs, reason = "the fields are CPython's, one operator each")]
pub struct PyNumberMethods {
    pub nb_add: binaryfunc,
    pub nb_subtract: binaryfunc,
    pub nb_multiply: binaryfunc,
    pub nb_remainder: binaryfunc,
    pub nb_divmod: binaryfunc,
    pub nb_power: ternaryfunc,
    pub nb_negative: unaryfunc,
    pub nb_positive: unaryfunc,
    pub nb_absolute: unaryfunc,
    pub nb_bool: inquiry,
    pub nb_invert: unaryfunc,
    pub nb_lshift: binaryfunc,
    pub nb_rshift: binaryfunc,
    pub nb_and: binaryfunc,
    pub nb_xor: binaryfunc,
    pub nb_or: binaryfunc,
    pub nb_int: unaryfunc,
    pub nb_reserved: *mut c_void,
    pub nb_float: unaryfunc,
    pub nb_inplace_add: binaryfunc,
    pub nb_inplace_subtract: binaryfunc,
    pub nb_inplace_multiply: binaryfunc,
    pub nb_inplace_remainder: binaryfunc,
    pub nb_inplace_power: ternaryfunc,
    pub nb_inplace_lshift: binaryfunc,
    pub nb_inplace_rshift: binaryfunc,
    pub nb_inplace_and: binaryfunc,
    pub nb_inplace_xor: binaryfunc,
    pub nb_inplace_or: binaryfunc,
    pub nb_floor_divide: binaryfunc,
    pub nb_true_divide: binaryfunc,
    pub nb_inplace_floor_divide: binaryfunc,
    pub nb_inplace_true_divide: binaryfunc,
    pub nb_index: unaryfunc,
    pub nb_matrix_multiply: binaryfunc,
    pub nb_inplace_matrix_multiply: binaryfunc,
}

/// `Include/cpython/object.h`: the sequence protocol's slots.
#[repr(C)]
#[derive(Debug)]
#[expect(missing_docs, reason = "the fields are CPython's, one operation each")]
pub struct PySequenceMethods {
    pub sq_length: lenfunc,
    pub sq_concat: binaryfunc,
    pub sq_repeat: ssizeargfunc,
    pub sq_item: ssizeargfunc,
    pub was_sq_slice: *mut c_void,
    pub sq_ass_item: ssizeobjargproc,
    pub was_sq_ass_slice: *mut c_void,
    pub sq_contains: objobjproc,
    pub sq_inplace_concat: binaryfunc,
    pub sq_inplace_repeat: ssizeargfunc,
}

/// `Include/cpython/object.h`: the mapping protocol's slots.
#[repr(C)]
#[derive(Debug)]
#[expect(missing_docs, reason = "the fields are CPython's, one operation each")]
pub struct PyMappingMethods {
    pub mp_length: lenfunc,
    pub mp_subscript: binaryfunc,
    pub mp_ass_subscript: objobjargproc,
}

/// `Include/cpython/object.h`: the slots of asynchronous iteration (32 bytes).
#[repr(C)]
#[derive(Debug)]
#[expect(missing_docs, reason = "the fields are CPython's, one operation each")]
pub struct PyAsyncMethods {
    pub am_await: unaryfunc,
    pub am_aiter: unaryfunc,
    pub am_anext: unaryfunc,
    pub am_send: sendfunc,
}

/// `am_send`: sends a value into an iterator, and stores a new reference to the result at the address.
pub type sendfunc = Option<unsafe extern "C" fn(*mut PyObject, *mut PyObject, *mut *mut PyObject) -> PySendResult>;

/// The answer of `am_send`: 0 when the iterator is done, -1 for an error, 1 when it continues (CPython: an
/// enumeration).
pub type PySendResult = c_int;

/// `Include/cpython/object.h`: the buffer protocol's slots (16 bytes).
#[repr(C)]
#[derive(Debug)]
pub struct PyBufferProcs {
    /// Fills the struct and returns 0, or returns -1 with an error set.
    pub bf_getbuffer: getbufferproc,
    /// Called before the struct's reference to the object is given back; may be NULL.
    pub bf_releasebuffer: releasebufferproc,
}

/// `bf_getbuffer`; the number states which parts of the struct the caller needs.
pub type getbufferproc = Option<unsafe extern "C" fn(*mut PyObject, *mut Py_buffer, c_int) -> c_int>;
/// `bf_releasebuffer`
pub type releasebufferproc = Option<unsafe extern "C" fn(*mut PyObject, *mut Py_buffer)>;

/// `Include/pybuffer.h`: the memory of an object, as `bf_getbuffer` describes it (80 bytes).
#[repr(C)]
#[derive(Debug)]
pub struct Py_buffer {
    /// The first item.
    pub buf: *mut c_void,
    /// The object, which the struct owns a reference to; NULL for a buffer of no object.
    pub obj: *mut PyObject,
    /// Number of bytes.
    pub len: Py_ssize_t,
    /// Bytes per item.
    pub itemsize: Py_ssize_t,
    /// Whether the memory must not be written to.
    pub readonly: c_int,
    /// Number of dimensions.
    pub ndim: c_int,
    /// The kind of the items, in the format language of the module `struct`; NULL for bytes.
    pub format: *mut c_char,
    /// `ndim` numbers of items, or NULL.
    pub shape: *mut Py_ssize_t,
    /// `ndim` distances in bytes, or NULL when the items are contiguous.
    pub strides: *mut Py_ssize_t,
    /// `ndim` offsets to add after following a pointer, or NULL without pointers.
    pub suboffsets: *mut Py_ssize_t,
    /// Private to the exporting object.
    pub internal: *mut c_void,
}

/// Most dimensions that a buffer has.
pub const PyBUF_MAX_NDIM: c_int = 64;
/// Buffer request: bytes in a row.
pub const PyBUF_SIMPLE: c_int = 0;
/// Buffer request: memory that can be written.
pub const PyBUF_WRITABLE: c_int = 0x0001;
/// Buffer request: the kind of the items.
pub const PyBUF_FORMAT: c_int = 0x0004;
/// Buffer request: the shape.
pub const PyBUF_ND: c_int = 0x0008;
/// Buffer request: shape and strides.
pub const PyBUF_STRIDES: c_int = 0x0010 | PyBUF_ND;
/// Buffer request: items in a row, the last index varying fastest.
pub const PyBUF_C_CONTIGUOUS: c_int = 0x0020 | PyBUF_STRIDES;
/// Buffer request: items in a row, the first index varying fastest.
pub const PyBUF_F_CONTIGUOUS: c_int = 0x0040 | PyBUF_STRIDES;
/// Buffer request: items in a row, in either order.
pub const PyBUF_ANY_CONTIGUOUS: c_int = 0x0080 | PyBUF_STRIDES;
/// Buffer request: suboffsets too.
pub const PyBUF_INDIRECT: c_int = 0x0100 | PyBUF_STRIDES;
/// Buffer request: [`PyBUF_ND`], to be written.
pub const PyBUF_CONTIG: c_int = PyBUF_ND | PyBUF_WRITABLE;
/// Buffer request: [`PyBUF_ND`].
pub const PyBUF_CONTIG_RO: c_int = PyBUF_ND;
/// Buffer request: [`PyBUF_STRIDES`], to be written.
pub const PyBUF_STRIDED: c_int = PyBUF_STRIDES | PyBUF_WRITABLE;
/// Buffer request: [`PyBUF_STRIDES`].
pub const PyBUF_STRIDED_RO: c_int = PyBUF_STRIDES;
/// Buffer request: strides and format, to be written.
pub const PyBUF_RECORDS: c_int = PyBUF_STRIDES | PyBUF_WRITABLE | PyBUF_FORMAT;
/// Buffer request: strides and format.
pub const PyBUF_RECORDS_RO: c_int = PyBUF_STRIDES | PyBUF_FORMAT;
/// Buffer request: everything, to be written.
pub const PyBUF_FULL: c_int = PyBUF_INDIRECT | PyBUF_WRITABLE | PyBUF_FORMAT;
/// Buffer request: everything.
pub const PyBUF_FULL_RO: c_int = PyBUF_INDIRECT | PyBUF_FORMAT;
/// The kind of a memoryview: one that can only be read.
pub const PyBUF_READ: c_int = 0x100;
/// The kind of a memoryview: one that can be written.
pub const PyBUF_WRITE: c_int = 0x200;

// The numbers are those of CPython's headers; `c_tests/abi/core.txt` has the same sizes and offsets, compared with
// those headers.
const _: () = {
    assert!(size_of::<PyAsyncMethods>() == 32 && offset_of!(PyAsyncMethods, am_send) == 24);
    assert!(size_of::<PyBufferProcs>() == 16 && offset_of!(PyBufferProcs, bf_releasebuffer) == 8);
    assert!(size_of::<Py_buffer>() == 80 && offset_of!(Py_buffer, readonly) == 32);
    assert!(offset_of!(Py_buffer, ndim) == 36 && offset_of!(Py_buffer, format) == 40);
    assert!(size_of::<PyNumberMethods>() == 288 && size_of::<PySequenceMethods>() == 80);
    assert!(size_of::<PyMappingMethods>() == 24);
};

impl PyNumberMethods {
    /// All slots empty.
    // SAFETY: every field is a nullable pointer, and null is all zeros.
    pub const BLANK: Self = unsafe { core::mem::zeroed() };
}

impl PySequenceMethods {
    /// All slots empty.
    // SAFETY: every field is a nullable pointer, and null is all zeros.
    pub const BLANK: Self = unsafe { core::mem::zeroed() };
}

impl PyMappingMethods {
    /// All slots empty.
    // SAFETY: every field is a nullable pointer, and null is all zeros.
    pub const BLANK: Self = unsafe { core::mem::zeroed() };
}

impl PyAsyncMethods {
    /// All slots empty.
    pub const BLANK: Self = PyAsyncMethods { am_await: None, am_aiter: None, am_anext: None, am_send: None };
}

impl Py_buffer {
    /// A buffer of no object, without memory.
    // SAFETY: every field is an integer or a nullable pointer, for all of which zero is a value.
    pub const BLANK: Self = unsafe { core::mem::zeroed() };
}

impl PyBufferProcs {
    /// All slots empty.
    pub const BLANK: Self = PyBufferProcs { bf_getbuffer: None, bf_releasebuffer: None };
}
