//! `Include/cpython/context.h`: contexts and context variables (PEP 567).

use super::{required, required_text};
use crate::abi::PyObject;
use crate::objects::context::{self, token, var};
use crate::objects::str;
use crate::runtime::{Arg, IntoC, OutObject, Ref, Text};
use core::ffi::c_int;

/// An empty context: a new reference, or NULL with an error set.
#[unsafe(no_mangle)]
pub extern "C" fn PyContext_New() -> *mut PyObject {
    context::new().into_c()
}

/// A copy of a context: a new reference, or NULL with TypeError for another object, SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyContext_Copy(context: Arg) -> *mut PyObject {
    required(context, "PyContext_Copy").and_then(context::require).and_then(context::copy).into_c()
}

/// A copy of the current context of this thread: a new reference, or NULL with an error set.
#[unsafe(no_mangle)]
pub extern "C" fn PyContext_CopyCurrent() -> *mut PyObject {
    context::copy_current().into_c()
}

/// Makes a context the current one of this thread: 0, or -1 with RuntimeError when it is entered already, TypeError for
/// another object, SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyContext_Enter(context: Arg) -> c_int {
    required(context, "PyContext_Enter").and_then(context::require).and_then(context::enter).into_c()
}

/// Makes the context before this one the current one again: 0, or -1 with RuntimeError when it is not the current one,
/// TypeError for another object, SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyContext_Exit(context: Arg) -> c_int {
    required(context, "PyContext_Exit").and_then(context::require).and_then(context::exit).into_c()
}

/// A context variable with a name in UTF-8, and a default value unless that is NULL: a new reference, or NULL with an
/// error set.
#[unsafe(no_mangle)]
pub extern "C" fn PyContextVar_New(name: Text, default_value: Arg) -> *mut PyObject {
    required_text(name, "PyContextVar_New")
        .and_then(|name| str::from_utf8(name.to_bytes()))
        .and_then(|name| var::new(name.borrow(), default_value))
        .into_c()
}

/// The value of a variable in the current context. Returns 0 with a new reference in `*value`: the value, else
/// `default_value`, else the variable's own default; NULL there, without an error, when all are missing. -1 with NULL
/// there and TypeError for another object, SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyContextVar_Get(var: Arg, default_value: Arg, value: OutObject) -> c_int {
    let found = required(var, "PyContextVar_Get").and_then(var::require).and_then(|var| var::get(var, default_value));
    let failed = found.is_err();
    value.hand_out(found.unwrap_or(None));
    if failed { -1 } else { 0 }
}

/// Sets a variable in the current context: a new reference to a token for `PyContextVar_Reset`, or NULL with TypeError
/// for another object, SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyContextVar_Set(var: Arg, value: Arg) -> *mut PyObject {
    const NAME: &str = "PyContextVar_Set";
    let set = required(var, NAME).and_then(var::require).and_then(|var| var::set(var, required(value, NAME)?));
    set.map(Ref::from).into_c()
}

/// Restores the value that a variable had before it was set: 0, or -1 with RuntimeError for a token that was used,
/// ValueError for one of another variable or context, TypeError for another object, SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyContextVar_Reset(var: Arg, token: Arg) -> c_int {
    const NAME: &str = "PyContextVar_Reset";
    required(var, NAME)
        .and_then(var::require)
        .and_then(|var| var::reset(var, token::require(required(token, NAME)?)?))
        .into_c()
}
