//! `Include/bytesobject.h` and `Include/cpython/bytesobject.h`: bytes.

use super::{argument, c_string};
use crate::abi::{Py_ssize_t, PyObject, va_list};
use crate::format;
use crate::objects::bytes;
use crate::objects::object::bad_argument;
use crate::runtime::{IntoC, Obj, Raised, Ref, Result, raise};
use core::ffi::{c_char, c_int};

/// Borrows a `bytes` argument; anything else is TypeError.
///
/// # Safety
/// `o` is NULL or a live object.
unsafe fn bytes_argument<'a>(o: *mut PyObject, function: &'static str) -> Result<Obj<'a>> {
    // SAFETY: the caller's promise.
    let o = unsafe { argument(o, function) }?;
    if bytes::check(o) {
        return Ok(o);
    }
    Err(raise!(TypeError, "expected bytes, {} found", o.class().name()))
}

/// A `bytes` with a NUL-terminated string's bytes: a new reference, or NULL.
///
/// # Safety
/// `text` is NULL or NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyBytes_FromString(text: *const c_char) -> *mut PyObject {
    // SAFETY: the caller's promise.
    unsafe { c_string(text, "PyBytes_FromString").and_then(|text| bytes::from_slice(text.to_bytes())).into_c() }
}

/// A `bytes` with these `size` bytes; with NULL, one of that size for the caller to write before anybody else sees it:
/// a new reference, or NULL.
///
/// A negative size is SystemError, one that no object can have OverflowError.
///
/// # Safety
/// `data` is NULL or `size` bytes that can be read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyBytes_FromStringAndSize(data: *const c_char, size: Py_ssize_t) -> *mut PyObject {
    match usize::try_from(size) {
        Err(_) => Err(raise!(SystemError, "Negative size passed to PyBytes_FromStringAndSize")),
        Ok(size) if data.is_null() => bytes::blank(size),
        // SAFETY: the caller's promise; bytes that C can have in memory are no more than a slice can have.
        Ok(size) => bytes::from_slice(unsafe { core::slice::from_raw_parts(data.cast(), size) }),
    }
    .into_c()
}

variadic! {
    /// A `bytes` from a format and arguments, `PyObject *PyBytes_FromFormat(const char *format, ...)`: see
    /// [`PyBytes_FromFormatV`].
    ///
    /// # Safety
    /// As for [`PyBytes_FromFormatV`].
    PyBytes_FromFormat = pycapsule_PyBytes_FromFormat
}

/// A `bytes` from a format and a `va_list`: a new reference, or NULL with an error set.
///
/// The conversions are `%c %d %i %u %x %s %p %%`, with `l` or `z` before `d` and `u`, and a precision for `%s`; from
/// any other on, the format stands as it is. A `%c` that is no byte is OverflowError.
///
/// # Safety
/// `format` is NULL or NUL-terminated; `arguments` is a `va_list` of the arguments that the format asks for.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyBytes_FromFormatV(format: *const c_char, arguments: va_list) -> *mut PyObject {
    // SAFETY: the caller's promise.
    unsafe {
        c_string(format, "PyBytes_FromFormat").and_then(|format| format::bytes_from_va_list(format, arguments)).into_c()
    }
}

/// The number of bytes, or -1 with TypeError.
///
/// # Safety
/// `o` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyBytes_Size(o: *mut PyObject) -> Py_ssize_t {
    // SAFETY: the caller's promise.
    unsafe { bytes_argument(o, "PyBytes_Size").map(|o| bytes::as_slice(o).len() as Py_ssize_t).into_c() }
}

/// The bytes themselves, ended by a NUL and borrowed; or NULL with TypeError.
///
/// # Safety
/// `o` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyBytes_AsString(o: *mut PyObject) -> *mut c_char {
    // SAFETY: the caller's promise.
    unsafe { bytes_argument(o, "PyBytes_AsString").map_or(core::ptr::null_mut(), |o| bytes::data(o).cast()) }
}

/// Stores the address of the bytes, borrowed, at `data`, and their number at `size`. Returns 0, or -1 with an error
/// set.
///
/// TypeError when `o` is not a `bytes`; ValueError when `size` is NULL and there is a NUL among the bytes; SystemError
/// when `data` is NULL.
///
/// # Safety
/// `o` is NULL or a live object; `data` and `size` are NULL or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyBytes_AsStringAndSize(
    o: *mut PyObject,
    data: *mut *mut c_char,
    size: *mut Py_ssize_t,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let Some(data) = data.as_mut() else {
            return Result::<()>::Err(bad_argument("PyBytes_AsStringAndSize")).into_c();
        };
        bytes_argument(o, "PyBytes_AsStringAndSize")
            .and_then(|o| {
                *data = bytes::data(o).cast();
                match size.as_mut() {
                    Some(size) => *size = bytes::as_slice(o).len() as Py_ssize_t,
                    None if bytes::as_slice(o).contains(&0) => return Err(raise!(ValueError, "embedded null byte")),
                    None => {}
                }
                Ok(())
            })
            .into_c()
    }
}

/// `b'…'` with escapes for all that is not printable ASCII: a new reference to a `str`, or NULL. Unless `smartquotes`
/// is 0, bytes with single quotes and without double ones stand in double quotes.
///
/// # Safety
/// `o` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyBytes_Repr(o: *mut PyObject, smartquotes: c_int) -> *mut PyObject {
    // SAFETY: the caller's promise.
    unsafe { bytes_argument(o, "PyBytes_Repr").and_then(|o| bytes::repr(o, smartquotes != 0)).into_c() }
}

/// Replaces the `bytes` at `place`, whose reference it takes over, by one with the bytes of `other` after it. On
/// failure there is NULL there, and TypeError or MemoryError set; a NULL `other` leaves NULL without an error.
///
/// # Safety
/// `place` is NULL, or holds NULL or an owned reference; `other` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyBytes_Concat(place: *mut *mut PyObject, other: *mut PyObject) {
    // SAFETY: the caller's promise.
    unsafe {
        let Some(place) = place.as_mut() else {
            let Raised { .. } = bad_argument("PyBytes_Concat");
            return;
        };
        let Some(old) = Ref::from_ptr(core::mem::replace(place, core::ptr::null_mut())) else { return };
        if let Some(other) = Obj::from_ptr(other) {
            *place = bytes::concat(old.borrow(), other).into_c();
        }
    }
}

/// As [`PyBytes_Concat`], and takes over the reference to `other` too.
///
/// # Safety
/// As for [`PyBytes_Concat`]; `other` is NULL or an owned reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyBytes_ConcatAndDel(place: *mut *mut PyObject, other: *mut PyObject) {
    // SAFETY: the caller's promise.
    unsafe {
        PyBytes_Concat(place, other);
        drop(Ref::from_ptr(other));
    }
}

/// Replaces the `bytes` at `place`, whose reference it takes over, by one of another size: its first bytes, and room
/// for the caller to write. Returns 0, or -1 with NULL there and SystemError or MemoryError set.
///
/// # Safety
/// `place` is NULL, or holds NULL or an owned reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyBytes_Resize(place: *mut *mut PyObject, size: Py_ssize_t) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let Some(place) = place.as_mut() else {
            return Result::<()>::Err(bad_argument("_PyBytes_Resize")).into_c();
        };
        let old = Ref::from_ptr(core::mem::replace(place, core::ptr::null_mut()));
        let resized = match (&old, usize::try_from(size)) {
            (Some(old), Ok(size)) if bytes::check(old.borrow()) => {
                let bytes = bytes::as_slice(old.borrow());
                if bytes.len() == size { Ok(old.clone()) } else { bytes::resized(bytes, size) }
            }
            _ => Err(bad_argument("_PyBytes_Resize")),
        };
        resized.map(|resized| *place = resized.into_ptr()).into_c()
    }
}
