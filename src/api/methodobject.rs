//! `Include/methodobject.h`: C functions as objects.

use crate::abi::{PyCFunction, PyMethodDef, PyObject, PyTypeObject};
use crate::objects::function;
use crate::objects::object::{bad_argument, null_argument};
use crate::runtime::{IntoC, Obj, Result, Type};
use core::ffi::c_int;

/// A new C function that is bound to `self_`: a new reference, or NULL with SystemError when the definition's flags are no
/// convention. See [`PyCMethod_New`].
///
/// # Safety
/// As for [`PyCMethod_New`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCFunction_New(definition: *mut PyMethodDef, self_: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's promise.
    unsafe { PyCMethod_New(definition, self_, core::ptr::null_mut(), core::ptr::null_mut()) }
}

/// The same, with the `__module__` it gets.
///
/// # Safety
/// As for [`PyCMethod_New`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCFunction_NewEx(
    definition: *mut PyMethodDef,
    self_: *mut PyObject,
    module: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: the caller's promise.
    unsafe { PyCMethod_New(definition, self_, module, core::ptr::null_mut()) }
}

/// The same, with the class that is handed to a function with `METH_METHOD`; SystemError when there is one without the
/// other. The function takes references of its own.
///
/// # Safety
/// `definition` is NULL, or valid for as long as the function lives, with a function of the signature that its flags
/// name; the others are NULL or live objects, the last of them a type.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCMethod_New(
    definition: *mut PyMethodDef,
    self_: *mut PyObject,
    module: *mut PyObject,
    class: *mut PyTypeObject,
) -> *mut PyObject {
    if definition.is_null() {
        return Result::<Obj<'_>>::Err(null_argument("PyCMethod_New")).into_c();
    }
    // SAFETY: the caller's promise.
    unsafe {
        let class = Obj::from_ptr(class.cast()).map(|_| Type::from_ptr_unchecked(class));
        function::new(definition, Obj::from_ptr(self_), Obj::from_ptr(module), class).into_c()
    }
}

/// Borrows an argument that must be a C function: SystemError for anything else.
///
/// # Safety
/// `o` is NULL or a live object.
unsafe fn function_argument<'a>(o: *mut PyObject, name: &'static str) -> Result<Obj<'a>> {
    // SAFETY: the caller's promise.
    unsafe { Obj::from_ptr(o) }.filter(|o| function::check(*o)).ok_or_else(|| bad_argument(name))
}

/// The C function behind a function object, whatever its signature; NULL with SystemError for what is none.
///
/// # Safety
/// `function` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCFunction_GetFunction(function: *mut PyObject) -> PyCFunction {
    // SAFETY: the caller's promise. C casts the pointer to the signature that the flags name.
    unsafe {
        let function = function_argument(function, "PyCFunction_GetFunction").ok()?;
        core::mem::transmute(function::definition(function).ml_meth)
    }
}

/// What a function object is bound to: borrowed, NULL when that is nothing or the function static; NULL with SystemError
/// for what is no function.
///
/// # Safety
/// `function` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCFunction_GetSelf(function: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's promise.
    unsafe { function_argument(function, "PyCFunction_GetSelf") }
        .map_or(core::ptr::null_mut(), function::first_argument)
}

/// The `METH_` flags of a function object; -1 with SystemError for what is none.
///
/// # Safety
/// `function` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCFunction_GetFlags(function: *mut PyObject) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { function_argument(function, "PyCFunction_GetFlags") }
        .map_or(-1, |function| function::definition(function).ml_flags)
}
