//! `Include/warnings.h`: warnings.

use super::required_text;
use crate::abi::{Py_ssize_t, va_list};
use crate::format;
use crate::interpreter::warnings;
use crate::objects::str;
use crate::runtime::{Arg, IntoC, Text};
use core::ffi::c_int;

/// Issues a warning of a category, NULL for RuntimeWarning, with a text in UTF-8: 0, or -1 with an error set.
///
/// It is written to standard error if CPython's default filters show the category and this warning was not shown
/// before. There are no Python frames here, so the stack level does not matter.
#[unsafe(no_mangle)]
pub extern "C" fn PyErr_WarnEx(category: Arg, message: Text, _stack_level: Py_ssize_t) -> c_int {
    required_text(message, "PyErr_WarnEx")
        .and_then(|message| str::from_utf8(message.to_bytes()))
        .and_then(|message| warnings::issue(category, message.borrow()))
        .into_c()
}

variadic! {
    /// Issues a warning with a formatted text, `int PyErr_WarnFormat(PyObject *category, Py_ssize_t stack_level, const
    /// char *format, ...)`: see [`PyErr_WarnEx`], and `PyUnicode_FromFormatV` for the format.
    ///
    /// # Safety
    /// `category` is NULL or a live object, `format` is NULL or NUL-terminated, followed by the arguments it asks for.
    PyErr_WarnFormat = pycapsule_PyErr_WarnFormat
}

/// `PyErr_WarnFormat` with its `...` as a `va_list`, for `csrc/variadic.c`. The symbol is not exported.
///
/// # Safety
/// As for `PyErr_WarnFormat`, with a `va_list` of the arguments that the format asks for.
#[unsafe(no_mangle)]
unsafe extern "C" fn pycapsule_warn(category: Arg, _stack_level: Py_ssize_t, format: Text, list: va_list) -> c_int {
    // SAFETY: C's caller passed the arguments for this format, and `csrc/variadic.c` made a list of them.
    let message = |format| unsafe { format::str_from_va_list(format, list) };
    required_text(format, "PyErr_WarnFormat")
        .and_then(message)
        .and_then(|message| warnings::issue(category, message.borrow()))
        .into_c()
}
