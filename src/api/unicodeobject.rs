//! `Include/unicodeobject.h`: strings.

use super::{argument, c_string};
use crate::abi::{Py_ssize_t, PyObject, va_list};
use crate::format;
use crate::objects::str;
use crate::runtime::{IntoC, Obj, Result, raise};
use core::ffi::c_char;

/// Borrows a `str` argument; anything else is TypeError "bad argument type for built-in operation".
///
/// # Safety
/// `o` is NULL or a live object.
unsafe fn str_argument<'a>(o: *mut PyObject, function: &'static str) -> Result<Obj<'a>> {
    // SAFETY: the caller's promise.
    let o = unsafe { argument(o, function) }?;
    if str::check(o) {
        return Ok(o);
    }
    Err(raise!(TypeError, "bad argument type for built-in operation"))
}

/// The UTF-8 form of a string, which the string keeps: borrowed, NUL-terminated, `*size` bytes long.
///
/// Returns NULL with TypeError when `o` is not a `str`, UnicodeEncodeError when it holds a surrogate. `size` may be NULL.
///
/// # Safety
/// `o` is NULL or a live object; `size` is NULL or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_AsUTF8AndSize(o: *mut PyObject, size: *mut Py_ssize_t) -> *const c_char {
    // SAFETY: the caller's promise.
    unsafe {
        let text = str_argument(o, "PyUnicode_AsUTF8AndSize").and_then(str::utf8);
        if let Some(size) = size.as_mut() {
            *size = text.map_or(-1, |text| text.len() as Py_ssize_t);
        }
        text.map_or(core::ptr::null(), |text| text.as_ptr().cast())
    }
}

/// The UTF-8 form of a string, which the string keeps: borrowed and NUL-terminated. See [`PyUnicode_AsUTF8AndSize`].
///
/// # Safety
/// `o` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_AsUTF8(o: *mut PyObject) -> *const c_char {
    // SAFETY: the caller's promise.
    unsafe { PyUnicode_AsUTF8AndSize(o, core::ptr::null_mut()) }
}

/// A new `str` from a NUL-terminated string in UTF-8: a new reference, or NULL with UnicodeDecodeError.
///
/// # Safety
/// `text` is NULL or NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_FromString(text: *const c_char) -> *mut PyObject {
    // SAFETY: the caller's promise.
    unsafe { c_string(text, "PyUnicode_FromString").and_then(|text| str::from_utf8(text.to_bytes())).into_c() }
}

variadic! {
    /// A new `str` from a format and arguments, `PyObject *PyUnicode_FromFormat(const char *format, ...)`: see
    /// [`PyUnicode_FromFormatV`].
    ///
    /// # Safety
    /// As for [`PyUnicode_FromFormatV`].
    PyUnicode_FromFormat = pycapsule_PyUnicode_FromFormat
}

/// A new `str` from a format, in ASCII, and a `va_list`: a new reference, or NULL with an error set.
///
/// A bad conversion is SystemError, a width or precision that no size can hold ValueError, a `%c` that is no code point
/// OverflowError, a `%N` that is no type TypeError; `%R` and its like may raise anything.
///
/// # Safety
/// `format` is NULL or NUL-terminated; `arguments` is a `va_list` of the arguments that the format asks for.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_FromFormatV(format: *const c_char, arguments: va_list) -> *mut PyObject {
    // SAFETY: the caller's promise.
    unsafe {
        c_string(format, "PyUnicode_FromFormat").and_then(|format| format::from_va_list(format, arguments)).into_c()
    }
}
