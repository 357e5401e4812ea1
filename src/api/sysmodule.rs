//! `Include/sysmodule.h`: the objects of the module `sys`.

use super::required_text;
use crate::abi::PyObject;
use crate::interpreter::{hooks, sys};
use crate::runtime::{Arg, IntoC, Text};
use core::ffi::c_int;

/// An object of `sys` by its name in UTF-8: a borrowed reference, or NULL, never with an error. An error of the look-up
/// is reported to `sys.unraisablehook`, and a pending error stays.
#[unsafe(no_mangle)]
pub extern "C" fn PySys_GetObject(name: Text) -> *mut PyObject {
    let message = format_args!("Exception ignored in PySys_GetObject()");
    let found = hooks::quietly(message, || required_text(name, "PySys_GetObject").and_then(sys::get_named));
    found.flatten().map_or(core::ptr::null_mut(), |object| object.as_ptr())
}

/// Sets an object of `sys` by its name in UTF-8, or deletes it when `v` is NULL: 0, or -1 with an error set. Deleting a
/// missing object is not an error.
#[unsafe(no_mangle)]
pub extern "C" fn PySys_SetObject(name: Text, v: Arg) -> c_int {
    required_text(name, "PySys_SetObject").and_then(|name| sys::set(name, v)).into_c()
}
