//! Making objects by a format.

use super::super::required_text;
use crate::abi::{PyObject, va_list};
use crate::format::values;
use crate::runtime::{IntoC, Text};

variadic! {
    /// Makes an object of values of C by a format, `PyObject *Py_BuildValue(const char *format, ...)`: see
    /// [`Py_VaBuildValue`].
    ///
    /// # Safety
    /// As for [`Py_VaBuildValue`].
    Py_BuildValue,
    /// [`Py_BuildValue`] for code that was compiled by an older header.
    ///
    /// # Safety
    /// As for [`Py_VaBuildValue`].
    _Py_BuildValue_SizeT = pycapsule_Py_BuildValue
}

/// Makes an object of the values in a `va_list` by a format: a new reference, or NULL with an error set.
///
/// A format without units makes None, one with a unit its object, and any other a tuple. SystemError for a format that
/// is wrong and for an object that is NULL without an error. References that the format gives away (`N`) are taken over
/// in any case.
///
/// # Safety
/// `format` is NULL or NUL-terminated; `arguments` is a `va_list` of the values that the format asks for.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_VaBuildValue(format: Text, arguments: va_list) -> *mut PyObject {
    let format = required_text(format, "Py_VaBuildValue");
    // SAFETY: C made the va_list for this format, and reads no more of it before this call returns.
    format.and_then(|format| unsafe { values::build(format, arguments) }).into_c()
}

/// [`Py_VaBuildValue`] for code that was compiled by an older header.
///
/// # Safety
/// As for [`Py_VaBuildValue`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_VaBuildValue_SizeT(format: Text, arguments: va_list) -> *mut PyObject {
    // SAFETY: both functions have the same condition.
    unsafe { Py_VaBuildValue(format, arguments) }
}
