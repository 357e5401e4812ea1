//! `Include/methodobject.h`: C functions as objects.

use super::{PyObject_Call, typed};
use crate::abi::{PyCFunction, PyMethodDef, PyObject};
use crate::objects::function::{self};
use crate::runtime::refusal::null_argument;
use crate::runtime::{Arg, IntoC, Obj, Result, TypeArg};
use core::ffi::c_int;

/// A new C function that is bound to `self_`: a new reference, or NULL with SystemError when the definition's flags
/// name no calling convention. See [`PyCMethod_New`].
///
/// # Safety
/// As for [`PyCMethod_New`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCFunction_New(definition: *mut PyMethodDef, self_: Arg) -> *mut PyObject {
    // SAFETY: `PyCMethod_New` requires of the definition the same as this function.
    unsafe { PyCMethod_New(definition, self_, None, None) }
}

/// A new C function that is bound to `self_`, with its `__module__`: a new reference, or NULL with SystemError when the
/// definition's flags name no calling convention. See [`PyCMethod_New`].
///
/// # Safety
/// As for [`PyCMethod_New`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCFunction_NewEx(definition: *mut PyMethodDef, self_: Arg, module: Arg) -> *mut PyObject {
    // SAFETY: `PyCMethod_New` requires of the definition the same as this function.
    unsafe { PyCMethod_New(definition, self_, module, None) }
}

/// A new C function that is bound to `self_`, with its `__module__`, and with the class that is passed to a function
/// with `METH_METHOD`: a new reference, or NULL with SystemError when the flags name no calling convention, for a class
/// without that flag, or for the flag without a class. The function takes references of its own.
///
/// # Safety
/// `definition` is NULL, or valid for as long as the function lives, with a function of the signature that its flags
/// name. The others are NULL or live objects, and the last is a type.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCMethod_New(
    definition: *mut PyMethodDef,
    self_: Arg,
    module: Arg,
    class: TypeArg,
) -> *mut PyObject {
    if definition.is_null() {
        return Result::<Obj<'_>>::Err(null_argument("PyCMethod_New")).into_c();
    }
    // SAFETY: the definition is not NULL, and C keeps it for as long as the function lives.
    unsafe { function::new(definition, self_, module, class) }.into_c()
}

/// The C function of a function object, whatever its signature; NULL with SystemError for any other object.
#[unsafe(no_mangle)]
pub extern "C" fn PyCFunction_GetFunction(function: Arg) -> PyCFunction {
    let function = typed(function, "PyCFunction_GetFunction").ok()?;
    // SAFETY: a definition holds the address of a function, or NULL; C calls it by the convention that its flags name.
    unsafe { core::mem::transmute(function::definition(function).ml_meth) }
}

/// The object that a function is bound to: a borrowed reference; NULL when the function is not bound or is static; NULL
/// with SystemError for any other object.
#[unsafe(no_mangle)]
pub extern "C" fn PyCFunction_GetSelf(function: Arg) -> *mut PyObject {
    typed(function, "PyCFunction_GetSelf").map_or(core::ptr::null_mut(), function::first_argument)
}

/// The `METH_` flags of a function object; -1 with SystemError for any other object.
#[unsafe(no_mangle)]
pub extern "C" fn PyCFunction_GetFlags(function: Arg) -> c_int {
    typed(function, "PyCFunction_GetFlags").map_or(-1, |function| function::definition(function).ml_flags)
}

/// Calls an object with a tuple of arguments and a dict of keyword arguments, or NULL for none, under the name that it
/// had for C functions alone. Returns a new reference, or NULL with an error set, as [`PyObject_Call`] does.
#[unsafe(no_mangle)]
pub extern "C" fn PyCFunction_Call(callable: Arg, arguments: Arg, keywords: Arg) -> *mut PyObject {
    PyObject_Call(callable, arguments, keywords)
}
