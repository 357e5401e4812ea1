//! `Include/bytearrayobject.h`: bytearrays.

use super::required;
use crate::abi::{Py_ssize_t, PyObject};
use crate::objects::bytearray::{self, BYTEARRAY, ByteArray, operators};
use crate::objects::call;
use crate::runtime::refusal::bad_argument;
use crate::runtime::{Arg, IntoC, Result, memory, raise};
use core::ffi::{c_char, c_int};

/// Borrows a `bytearray` argument; SystemError for any other object, which CPython would misread.
fn bytearray_argument<'a>(o: Arg<'a>, function: &'static str) -> Result<ByteArray<'a>> {
    required(o, function)?.downcast().ok_or_else(|| bad_argument(function))
}

/// `bytearray(o)`: a new reference, or NULL with an error set.
#[unsafe(no_mangle)]
pub extern "C" fn PyByteArray_FromObject(o: Arg) -> *mut PyObject {
    required(o, "PyByteArray_FromObject").and_then(|o| call::vectorcall(BYTEARRAY.as_obj(), &[o], None)).into_c()
}

/// A `bytearray` with the bytes of two objects, one after the other: a new reference, or NULL with TypeError unless
/// both have a buffer.
#[unsafe(no_mangle)]
pub extern "C" fn PyByteArray_Concat(a: Arg, b: Arg) -> *mut PyObject {
    const NAME: &str = "PyByteArray_Concat";
    required(a, NAME).and_then(|a| operators::concat(a, required(b, NAME)?)).into_c()
}

/// A `bytearray` with these `size` bytes, or with so many zeros if `data` is NULL. A new reference, or NULL with an
/// error set: SystemError for a negative size.
///
/// # Safety
/// `data` is NULL or `size` bytes that can be read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyByteArray_FromStringAndSize(data: *const c_char, size: Py_ssize_t) -> *mut PyObject {
    match usize::try_from(size) {
        Err(_) => Err(raise!(SystemError, "Negative size passed to PyByteArray_FromStringAndSize")),
        Ok(_) if size == Py_ssize_t::MAX => Err(memory::out_of_memory()),
        Ok(size) if data.is_null() => bytearray::blank(size),
        // SAFETY: C gave `size` together with the address of as many bytes; they are copied before this call returns.
        Ok(size) => bytearray::from_slice(unsafe { core::slice::from_raw_parts(data.cast(), size) }),
    }
    .into_c()
}

/// The number of bytes; -1 with SystemError for an object that is not a `bytearray`.
#[unsafe(no_mangle)]
pub extern "C" fn PyByteArray_Size(o: Arg) -> Py_ssize_t {
    bytearray_argument(o, "PyByteArray_Size").map(|o| bytearray::len(o) as Py_ssize_t).into_c()
}

/// The bytes themselves, borrowed and NUL-terminated, until the object is resized; NULL with SystemError for an object
/// that is not a `bytearray`.
#[unsafe(no_mangle)]
pub extern "C" fn PyByteArray_AsString(o: Arg) -> *mut c_char {
    bytearray_argument(o, "PyByteArray_AsString").map_or(core::ptr::null_mut(), |o| bytearray::data(o).cast())
}

/// Changes the number of bytes; the values of new ones are not defined. Returns 0, or -1 with an error set: BufferError
/// while a buffer is exported, ValueError for a negative size.
#[unsafe(no_mangle)]
pub extern "C" fn PyByteArray_Resize(o: Arg, size: Py_ssize_t) -> c_int {
    bytearray_argument(o, "PyByteArray_Resize")
        .and_then(|o| match usize::try_from(size) {
            Ok(size) => bytearray::resize(o, size),
            Err(_) => Err(bytearray::negative_size(size)),
        })
        .into_c()
}
