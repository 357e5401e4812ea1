//! Calls whose arguments are made by a format.

use super::object_argument;
use crate::abi::{PyObject, va_list};
use crate::format::values;
use crate::objects::str;
use crate::runtime::refusal::null_error;
use crate::runtime::{Arg, IntoC, Obj, Ref, Result, Text};
use crate::types::attribute;

variadic! {
    /// Calls an object with arguments that a format makes, `PyObject *PyObject_CallFunction(PyObject *callable, const
    /// char *format, ...)`: a new reference, or NULL with an error set. A format that makes one tuple makes all
    /// arguments. NULL is allowed as the format, for no arguments.
    ///
    /// # Safety
    /// As for [`Py_VaBuildValue`](crate::api::Py_VaBuildValue).
    PyObject_CallFunction,
    /// [`PyObject_CallFunction`] for code that was compiled by an older header.
    ///
    /// # Safety
    /// As for [`Py_VaBuildValue`](crate::api::Py_VaBuildValue).
    _PyObject_CallFunction_SizeT,
    /// [`PyObject_CallFunction`] under an old name of the stable ABI.
    ///
    /// # Safety
    /// As for [`Py_VaBuildValue`](crate::api::Py_VaBuildValue).
    PyEval_CallFunction = pycapsule_PyObject_CallFunction
}

/// [`PyObject_CallFunction`] with a `va_list`; not part of the C API.
/// cbindgen:ignore
///
/// # Safety
/// As for [`Py_VaBuildValue`](crate::api::Py_VaBuildValue).
#[unsafe(no_mangle)]
unsafe extern "C" fn pycapsule_call_function(callable: Arg, format: Text, arguments: va_list) -> *mut PyObject {
    // SAFETY: C made the va_list for this format, and reads no more of it before this call returns.
    object_argument(callable).and_then(|callable| unsafe { values::call(callable, format.get(), arguments) }).into_c()
}

variadic! {
    /// Calls a method of an object, `PyObject *PyObject_CallMethod(PyObject *o, const char *name, const char *format,
    /// ...)`, as [`PyObject_CallFunction`] calls an object. TypeError for an attribute that can't be called.
    ///
    /// # Safety
    /// As for [`Py_VaBuildValue`](crate::api::Py_VaBuildValue); `name` is NULL or NUL-terminated.
    PyObject_CallMethod,
    /// [`PyObject_CallMethod`] for code that was compiled by an older header.
    ///
    /// # Safety
    /// As for [`PyObject_CallMethod`].
    _PyObject_CallMethod_SizeT,
    /// [`PyObject_CallMethod`] under an old name of the stable ABI.
    ///
    /// # Safety
    /// As for [`PyObject_CallMethod`].
    PyEval_CallMethod = pycapsule_PyObject_CallMethod
}

/// Calls the method that an object has by a name.
///
/// # Safety
/// `arguments` is a `va_list` of the values that the format asks for.
unsafe fn call_method(o: Arg, name: Result<Ref>, format: Text, arguments: va_list) -> Result<Ref> {
    let (o, name) = (object_argument(o)?, name?);
    let method = attribute::get(o, name.borrow())?;
    // SAFETY: C made the va_list for this format, and reads no more of it before the call returns.
    unsafe { values::call_method(method.borrow(), format.get(), arguments) }
}

/// [`PyObject_CallMethod`] with a `va_list`; not part of the C API.
/// cbindgen:ignore
///
/// # Safety
/// As for [`PyObject_CallMethod`].
#[unsafe(no_mangle)]
unsafe extern "C" fn pycapsule_call_method(o: Arg, name: Text, format: Text, arguments: va_list) -> *mut PyObject {
    let name = name.get().ok_or_else(null_error).and_then(|name| str::from_utf8(name.to_bytes()));
    // SAFETY: C made the va_list for this format.
    unsafe { call_method(o, name, format, arguments) }.into_c()
}

variadic! {
    /// Calls a method of an object whose name is an object, `PyObject *_PyObject_CallMethod(PyObject *o, PyObject
    /// *name, const char *format, ...)`: see [`PyObject_CallMethod`].
    ///
    /// # Safety
    /// As for [`PyObject_CallMethod`].
    _PyObject_CallMethod = pycapsule__PyObject_CallMethod
}

/// [`_PyObject_CallMethod`] with a `va_list`; not part of the C API.
/// cbindgen:ignore
///
/// # Safety
/// As for [`PyObject_CallMethod`].
#[unsafe(no_mangle)]
unsafe extern "C" fn pycapsule_call_method_by_object(
    o: Arg,
    name: Arg,
    format: Text,
    arguments: va_list,
) -> *mut PyObject {
    // SAFETY: C made the va_list for this format.
    unsafe { call_method(o, object_argument(name).map(Obj::to_ref), format, arguments) }.into_c()
}
