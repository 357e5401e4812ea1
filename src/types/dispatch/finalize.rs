//! The dispatcher of `tp_finalize`.

use super::method;
use super::names::{self, at};
use crate::abi::*;
use crate::runtime::{Obj, error};
use crate::types::class;
use core::ffi::c_char;

unsafe extern "C" {
    // `...` as in C. The report needs the hooks of the interpreter, a room above.
    fn PyErr_FormatUnraisable(format: *const c_char, ...);
}

/// `tp_finalize`: an error of the method is reported, and an error that is pending stays.
///
/// # Safety
/// `o` is a live object.
pub(super) unsafe extern "C" fn finalize(o: *mut PyObject) {
    // SAFETY: CPython calls the slot with a live object.
    let o = unsafe { Obj::from_ptr_unchecked(o) };
    let pending = error::take();
    let found = class::lookup(
        o.class(),
        match names::object::<{ at("__del__") }>() {
            Ok(name) => name,
            Err(_) => return error::put_back(pending),
        },
    );
    if let Ok(Some(method)) = method::find::<{ at("__del__") }>(o)
        && method.call(&[o]).is_err()
    {
        let shown = found.ok().flatten().unwrap_or_else(|| o.to_ref());
        // SAFETY: the format asks for one object, which lives as long as the call.
        unsafe { PyErr_FormatUnraisable(c"Exception ignored while calling deallocator %R".as_ptr(), shown.as_ptr()) };
    }
    error::put_back(pending);
}
