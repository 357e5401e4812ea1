//! `Include/warnings.h`: warnings.

use super::c_string;
use crate::abi::{Py_ssize_t, PyObject, va_list};
use crate::format;
use crate::import::warnings;
use crate::objects::str;
use crate::runtime::{IntoC, Obj};
use core::ffi::{c_char, c_int};

/// Issues a warning of a category, NULL for RuntimeWarning, with a text in UTF-8: 0, or -1 with an error set.
///
/// It is written to standard error if CPython's default filters show the category and it was not shown before. There are
/// no Python frames here, so the stack level does not matter.
///
/// # Safety
/// `category` is NULL or a live object, `message` is NULL or NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_WarnEx(
    category: *mut PyObject,
    message: *const c_char,
    _stack_level: Py_ssize_t,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        c_string(message, "PyErr_WarnEx")
            .and_then(|message| str::from_utf8(message.to_bytes()))
            .and_then(|message| warnings::issue(Obj::from_ptr(category), message.borrow()))
            .into_c()
    }
}

variadic! {
    /// Issues a warning with a formatted text,
    /// `int PyErr_WarnFormat(PyObject *category, Py_ssize_t stack_level, const char *format, ...)`: see [`PyErr_WarnEx`], and
    /// `PyUnicode_FromFormatV` for the format.
    ///
    /// # Safety
    /// `category` is NULL or a live object, `format` is NULL or NUL-terminated, followed by the arguments it asks for.
    PyErr_WarnFormat = pycapsule_PyErr_WarnFormat
}

for_variadic! {
    /// What `PyErr_WarnFormat` does with its arguments.
    fn pycapsule_warn(
        category: *mut PyObject,
        _stack_level: Py_ssize_t,
        format: *const c_char,
        arguments: va_list,
    ) -> c_int {
        // SAFETY: what the caller of PyErr_WarnFormat promised.
        unsafe {
            c_string(format, "PyErr_WarnFormat")
                .and_then(|format| format::from_va_list(format, arguments))
                .and_then(|message| warnings::issue(Obj::from_ptr(category), message.borrow()))
                .into_c()
        }
    }
}
