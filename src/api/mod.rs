//! The C face: every exported function, one file for each of CPython's headers. A function here turns C's arguments
//! into Rust's, calls one function below, and turns its result into CPython's return convention. No rules live here.

pub mod abstract_;
pub mod boolobject;
pub mod bytesobject;
pub mod ceval;
pub mod dictobject;
pub mod floatobject;
pub mod import;
pub mod listobject;
pub mod longobject;
pub mod methodobject;
pub mod modsupport;
pub mod moduleobject;
pub mod object;
pub mod objimpl;
pub mod pycapsule;
pub mod pyerrors;
pub mod pylifecycle;
pub mod pymem;
pub mod pystate;
pub mod pythonrun;
pub mod refcount;
pub mod sysmodule;
pub mod tupleobject;
pub mod unicodeobject;
pub mod warnings;

use crate::abi::PyObject;
use crate::objects::object::null_argument;
use crate::runtime::{Obj, Result};

/// Borrows an argument; where CPython would crash on NULL, SystemError names the function.
///
/// # Safety
/// `o` is NULL or a live object for the length of the call.
#[inline]
unsafe fn argument<'a>(o: *mut PyObject, function: &'static str) -> Result<Obj<'a>> {
    // SAFETY: the caller's promise.
    unsafe { Obj::from_ptr(o) }.ok_or_else(|| null_argument(function))
}
