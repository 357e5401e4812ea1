//! Warnings of objects. The rules for them are in `interpreter`, above: the exported function is reached through the
//! linker.

use crate::abi::{Exc, Py_ssize_t, PyObject};
use crate::runtime::{Result, error};
use core::ffi::{CStr, c_char, c_int};

unsafe extern "C" {
    fn PyErr_WarnEx(category: *mut PyObject, text: *const c_char, stack_level: Py_ssize_t) -> c_int;
}

/// Issues a warning of a category (CPython: `PyErr_WarnEx`); an error when a filter makes it one.
pub fn issue(category: Exc, text: &CStr) -> Result<()> {
    // SAFETY: the category is a built-in class, and the text is NUL-terminated.
    match unsafe { PyErr_WarnEx(category.class().as_obj().as_ptr(), text.as_ptr(), 1) } {
        0 => Ok(()),
        _ => Err(error::fetched_from_c("PyErr_WarnEx")),
    }
}
