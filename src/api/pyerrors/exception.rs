//! Attributes of exceptions and exception classes.

use super::raised;
use crate::abi::PyObject;
use crate::api::required;
use crate::objects::exceptions::{self, Exception};
use crate::runtime::{Arg, Given, IntoC, Result, raise};
use core::ffi::{CStr, c_char, c_int};

/// The name of an exception class: borrowed, NUL-terminated, alive as long as the class. NULL with SystemError for an
/// object that is not a class.
#[unsafe(no_mangle)]
pub extern "C" fn PyExceptionClass_Name(ob: Arg) -> *const c_char {
    let class = required(ob, "PyExceptionClass_Name").and_then(|class| {
        class
            .as_type()
            .ok_or_else(|| raise!(SystemError, "PyExceptionClass_Name called with an object that is no class"))
    });
    class.map_or(core::ptr::null(), |class| class.with_name(CStr::as_ptr))
}

/// An argument that must be an exception. Any other object, with which CPython would crash, is a SystemError that names
/// the function.
fn exception<'a>(o: Arg<'a>, function: &'static str) -> Result<Exception<'a>> {
    let o = required(o, function)?;
    o.downcast().ok_or_else(|| {
        raise!(SystemError, "{function} called with a '{}' object, which is no exception", o.class().name())
    })
}

/// The traceback of an exception: a new reference, or NULL without an error when there is none.
#[unsafe(no_mangle)]
pub extern "C" fn PyException_GetTraceback(ex: Arg) -> *mut PyObject {
    exception(ex, "PyException_GetTraceback").map(|ex| ex.cells().traceback.get()).into_c()
}

/// Sets the traceback of an exception: 0, or -1 with TypeError for a value that is neither a traceback nor None.
#[unsafe(no_mangle)]
pub extern "C" fn PyException_SetTraceback(ex: Arg, tb: Arg) -> c_int {
    exception(ex, "PyException_SetTraceback").and_then(|ex| exceptions::set_traceback(ex, tb)).into_c()
}

/// The exception that `ex` was raised from: a new reference, or NULL without an error when there is none.
#[unsafe(no_mangle)]
pub extern "C" fn PyException_GetCause(ex: Arg) -> *mut PyObject {
    exception(ex, "PyException_GetCause").map(|ex| ex.cells().cause.get()).into_c()
}

/// Sets the exception that `ex` was raised from, and steals the reference to it; NULL stands for none. The context is
/// not shown from then on.
#[unsafe(no_mangle)]
pub extern "C" fn PyException_SetCause(ex: Arg, cause: Given) {
    if let Ok(ex) = exception(ex, "PyException_SetCause") {
        exceptions::raise_from(ex, cause);
    }
}

/// The exception that was being handled when `ex` was raised: a new reference, or NULL without an error when there is
/// none.
#[unsafe(no_mangle)]
pub extern "C" fn PyException_GetContext(ex: Arg) -> *mut PyObject {
    exception(ex, "PyException_GetContext").map(|ex| ex.cells().context.get()).into_c()
}

/// Sets the exception that was being handled when `ex` was raised, and steals the reference to it; NULL stands for
/// none.
#[unsafe(no_mangle)]
pub extern "C" fn PyException_SetContext(ex: Arg, context: Given) {
    if let Ok(ex) = exception(ex, "PyException_SetContext") {
        ex.cells().context.set(context);
    }
}

/// The `args` tuple of an exception: a new reference.
#[unsafe(no_mangle)]
pub extern "C" fn PyException_GetArgs(ex: Arg) -> *mut PyObject {
    exception(ex, "PyException_GetArgs").map(exceptions::args).into_c()
}

/// Sets the `args` of an exception to a tuple; SystemError is set for any other object.
#[unsafe(no_mangle)]
pub extern "C" fn PyException_SetArgs(ex: Arg, args: Arg) {
    if let (Ok(ex), Ok(args)) = (exception(ex, "PyException_SetArgs"), required(args, "PyException_SetArgs")) {
        match exceptions::replace_args(ex, args) {
            Ok(()) => {}
            Err(error) => raised(error),
        }
    }
}
