//! `Include/sysmodule.h`: the objects of the module `sys`.

use super::c_string;
use crate::abi::PyObject;
use crate::import::{hooks, sys};
use crate::runtime::{IntoC, Obj, error};
use core::ffi::{c_char, c_int};

/// An object of `sys` by its name in UTF-8: a borrowed reference, or NULL, never with an error: one of its own goes to
/// `sys.unraisablehook`, and a pending one stays.
///
/// # Safety
/// `name` is NULL or NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySys_GetObject(name: *const c_char) -> *mut PyObject {
    let before = error::take();
    // SAFETY: the caller's promise.
    let found = unsafe { c_string(name, "PySys_GetObject") }.and_then(sys::get_named);
    if found.is_err() {
        hooks::write_unraisable_text(format_args!("Exception ignored in PySys_GetObject()"));
    }
    error::put_back(before);
    found.ok().flatten().map_or(core::ptr::null_mut(), |object| object.as_ptr())
}

/// Sets an object of `sys` by its name in UTF-8, or deletes it when `v` is NULL: 0, or -1 with an error set. Deleting what
/// is not there is no error.
///
/// # Safety
/// `name` is NULL or NUL-terminated; `v` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySys_SetObject(name: *const c_char, v: *mut PyObject) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { c_string(name, "PySys_SetObject").and_then(|name| sys::set(name, Obj::from_ptr(v))).into_c() }
}
