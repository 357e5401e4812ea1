//! `Include/cpython/funcobject.h`: class methods, static methods, and functions of Python code, which can't be made here.

use super::required;
use crate::abi::PyObject;
use crate::runtime::refusal::{INTERPRETER, bad_argument, not_supported};
use crate::runtime::{Arg, IntoC, Ref, Result};
use crate::types::methods::class_or_static::{self, ClassMethod, StaticMethod};
use core::ffi::c_int;

/// A new `classmethod`, which binds `callable` to the class in which it is looked up: a new reference, or NULL with SystemError
/// for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyClassMethod_New(callable: Arg) -> *mut PyObject {
    required(callable, "PyClassMethod_New").and_then(class_or_static::new::<ClassMethod>).into_c()
}

/// A new `staticmethod`, which returns `callable` unchanged when it is looked up: a new reference, or NULL with SystemError for
/// NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyStaticMethod_New(callable: Arg) -> *mut PyObject {
    required(callable, "PyStaticMethod_New").and_then(class_or_static::new::<StaticMethod>).into_c()
}

/// The answer about a function of Python code, which no object is here: NULL with SystemError.
fn no_function(name: &'static str) -> *mut PyObject {
    Result::<Ref>::Err(bad_argument(name)).into_c()
}

/// The answer to a change of a function of Python code, which no object is here: -1 with SystemError.
fn not_changed(name: &'static str) -> c_int {
    Result::<()>::Err(bad_argument(name)).into_c()
}

/// The code of a function of Python code: NULL with SystemError, since no object is one without a compiler of Python.
#[unsafe(no_mangle)]
pub extern "C" fn PyFunction_GetCode(_function: Arg) -> *mut PyObject {
    no_function("PyFunction_GetCode")
}

/// The global names of a function of Python code: NULL with SystemError, since no object is one without a compiler of Python.
#[unsafe(no_mangle)]
pub extern "C" fn PyFunction_GetGlobals(_function: Arg) -> *mut PyObject {
    no_function("PyFunction_GetGlobals")
}

/// The module of a function of Python code: NULL with SystemError, since no object is one without a compiler of Python.
#[unsafe(no_mangle)]
pub extern "C" fn PyFunction_GetModule(_function: Arg) -> *mut PyObject {
    no_function("PyFunction_GetModule")
}

/// The defaults of a function of Python code: NULL with SystemError, since no object is one without a compiler of Python.
#[unsafe(no_mangle)]
pub extern "C" fn PyFunction_GetDefaults(_function: Arg) -> *mut PyObject {
    no_function("PyFunction_GetDefaults")
}

/// The defaults of keyword arguments of a function of Python code: NULL with SystemError, since no object is one without a compiler of Python.
#[unsafe(no_mangle)]
pub extern "C" fn PyFunction_GetKwDefaults(_function: Arg) -> *mut PyObject {
    no_function("PyFunction_GetKwDefaults")
}

/// The closure of a function of Python code: NULL with SystemError, since no object is one without a compiler of Python.
#[unsafe(no_mangle)]
pub extern "C" fn PyFunction_GetClosure(_function: Arg) -> *mut PyObject {
    no_function("PyFunction_GetClosure")
}

/// The annotations of a function of Python code: NULL with SystemError, since no object is one without a compiler of Python.
#[unsafe(no_mangle)]
pub extern "C" fn PyFunction_GetAnnotations(_function: Arg) -> *mut PyObject {
    no_function("PyFunction_GetAnnotations")
}

/// Replaces the defaults of a function of Python code: -1 with SystemError, since no object is one without a compiler of Python.
#[unsafe(no_mangle)]
pub extern "C" fn PyFunction_SetDefaults(_function: Arg, _defaults: Arg) -> c_int {
    not_changed("PyFunction_SetDefaults")
}

/// Replaces the defaults of keyword arguments of a function of Python code: -1 with SystemError, since no object is one without a compiler of Python.
#[unsafe(no_mangle)]
pub extern "C" fn PyFunction_SetKwDefaults(_function: Arg, _defaults: Arg) -> c_int {
    not_changed("PyFunction_SetKwDefaults")
}

/// Replaces the closure of a function of Python code: -1 with SystemError, since no object is one without a compiler of Python.
#[unsafe(no_mangle)]
pub extern "C" fn PyFunction_SetClosure(_function: Arg, _closure: Arg) -> c_int {
    not_changed("PyFunction_SetClosure")
}

/// A function of Python code: NULL with NotImplementedError, because there is no interpreter of Python.
#[unsafe(no_mangle)]
pub extern "C" fn PyFunction_New(_code: Arg, _globals: Arg) -> *mut PyObject {
    Result::<Ref>::Err(not_supported("PyFunction_New", INTERPRETER)).into_c()
}

/// A function of Python code: NULL with NotImplementedError, because there is no interpreter of Python.
#[unsafe(no_mangle)]
pub extern "C" fn PyFunction_NewWithQualName(_code: Arg, _globals: Arg, _qualname: Arg) -> *mut PyObject {
    Result::<Ref>::Err(not_supported("PyFunction_NewWithQualName", INTERPRETER)).into_c()
}

/// Replaces the annotations of a function of Python code: -1 with SystemError, since no object is one without a compiler of Python.
#[unsafe(no_mangle)]
pub extern "C" fn PyFunction_SetAnnotations(_function: Arg, _annotations: Arg) -> c_int {
    not_changed("PyFunction_SetAnnotations")
}
