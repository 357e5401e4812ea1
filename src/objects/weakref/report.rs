//! Calls of the callbacks of weak references. An error of one can't be raised: the exported function that reports such
//! errors gets it, through the linker, because that room is above.

use crate::abi::PyObject;
use crate::objects::call;
use crate::runtime::Obj;
use core::ffi::{CStr, c_char};

unsafe extern "C" {
    fn PyErr_FormatUnraisable(format: *const c_char, ...);
}

/// When a callback is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// At the end of the object.
    Destruction,
    /// In a garbage collection.
    Collection,
}

/// Calls a callback with its weak reference, and reports an error.
pub fn call_back(reference: Obj<'_>, callback: Obj<'_>, when: When) {
    if call::vectorcall(callback, &[reference], None).is_ok() {
        return;
    }
    let format: &CStr = match when {
        When::Destruction => c"Exception ignored while calling weakref callback %R",
        When::Collection => c"Exception ignored on calling weakref callback %R",
    };
    // SAFETY: the format asks for one object, and the callback is one.
    unsafe { PyErr_FormatUnraisable(format.as_ptr(), callback.as_ptr().cast::<PyObject>()) };
}
