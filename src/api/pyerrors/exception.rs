//! What an exception, and an exception class, can be asked.

use super::raised;
use crate::abi::PyObject;
use crate::api::argument;
use crate::objects::exceptions;
use crate::runtime::{IntoC, Obj, Ref, Result, raise};
use core::ffi::{c_char, c_int};

/// The name of an exception class: borrowed, NUL-terminated, alive as long as the class. NULL with SystemError for
/// what is no class.
///
/// # Safety
/// `ob` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyExceptionClass_Name(ob: *mut PyObject) -> *const c_char {
    // SAFETY: the caller's promise.
    let class = unsafe { argument(ob, "PyExceptionClass_Name") }.and_then(|class| {
        class
            .as_type()
            .ok_or_else(|| raise!(SystemError, "PyExceptionClass_Name called with an object that is no class"))
    });
    class.map_or(core::ptr::null(), |class| class.tp_name().as_ptr())
}

/// Borrows an argument that must be an exception; for anything else CPython would crash, here SystemError names the
/// function.
///
/// # Safety
/// `o` is NULL or a live object for the length of the call.
unsafe fn exception<'a>(o: *mut PyObject, function: &'static str) -> Result<Obj<'a>> {
    // SAFETY: the caller's promise.
    let o = unsafe { argument(o, function) }?;
    if exceptions::is_instance(o) {
        return Ok(o);
    }
    Err(raise!(SystemError, "{function} called with a '{}' object, which is no exception", o.class().name()))
}

/// The traceback of an exception: a new reference, or NULL without an error when there is none.
///
/// # Safety
/// `ex` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyException_GetTraceback(ex: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's promise.
    unsafe { exception(ex, "PyException_GetTraceback") }.map(|ex| exceptions::traceback(ex).get()).into_c()
}

/// Sets the traceback of an exception: 0, or -1 with TypeError for what is neither a traceback nor None.
///
/// # Safety
/// `ex` and `tb` are NULL or live objects.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyException_SetTraceback(ex: *mut PyObject, tb: *mut PyObject) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        exception(ex, "PyException_SetTraceback")
            .and_then(|ex| exceptions::set_traceback(ex, Obj::from_ptr(tb)))
            .into_c()
    }
}

/// The exception that `ex` was raised from: a new reference, or NULL without an error when there is none.
///
/// # Safety
/// `ex` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyException_GetCause(ex: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's promise.
    unsafe { exception(ex, "PyException_GetCause") }.map(|ex| exceptions::cause(ex).get()).into_c()
}

/// Sets the exception that `ex` was raised from, and takes over the reference to it; NULL stands for none. The context is
/// not shown from then on.
///
/// # Safety
/// `ex` is NULL or a live object; `cause` is NULL, or an exception to which the caller owns a reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyException_SetCause(ex: *mut PyObject, cause: *mut PyObject) {
    // SAFETY: the caller's promise.
    unsafe {
        let cause = Ref::from_ptr(cause);
        if let Ok(ex) = exception(ex, "PyException_SetCause") {
            exceptions::raise_from(ex, cause);
        }
    }
}

/// The exception that was being handled when `ex` was raised: a new reference, or NULL without an error when there is none.
///
/// # Safety
/// `ex` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyException_GetContext(ex: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's promise.
    unsafe { exception(ex, "PyException_GetContext") }.map(|ex| exceptions::context(ex).get()).into_c()
}

/// Sets the exception that was being handled when `ex` was raised, and takes over the reference to it; NULL stands for none.
///
/// # Safety
/// `ex` is NULL or a live object; `context` is NULL, or an exception to which the caller owns a reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyException_SetContext(ex: *mut PyObject, context: *mut PyObject) {
    // SAFETY: the caller's promise.
    unsafe {
        let context = Ref::from_ptr(context);
        if let Ok(ex) = exception(ex, "PyException_SetContext") {
            exceptions::context(ex).set(context);
        }
    }
}

/// The `args` tuple of an exception: a new reference.
///
/// # Safety
/// `ex` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyException_GetArgs(ex: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's promise.
    unsafe { exception(ex, "PyException_GetArgs") }.map(exceptions::args).into_c()
}

/// Sets the `args` of an exception to a tuple; SystemError is set for anything else.
///
/// # Safety
/// `ex` and `args` are NULL or live objects.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyException_SetArgs(ex: *mut PyObject, args: *mut PyObject) {
    // SAFETY: the caller's promise.
    unsafe {
        if let (Ok(ex), Ok(args)) = (exception(ex, "PyException_SetArgs"), argument(args, "PyException_SetArgs")) {
            match exceptions::replace_args(ex, args) {
                Ok(()) => {}
                Err(error) => raised(error),
            }
        }
    }
}
