//! `Include/pythonrun.h`: printing errors.

use super::pyerrors::looked;
use crate::abi::PyObject;
use crate::import::{console, hooks};
use crate::runtime::Obj;
use crate::strict::Look;
use core::ffi::c_int;

/// Prints the pending error to standard error and clears it, and keeps it in `sys.last_exc`. Without an error it does
/// nothing; a SystemExit ends the process.
#[unsafe(no_mangle)]
pub extern "C" fn PyErr_Print() {
    looked(Look::Take("PyErr_Print"));
    hooks::print_pending(true);
}

/// The same; the error is kept in `sys.last_exc` if `set_sys_last_vars` is not 0.
#[unsafe(no_mangle)]
pub extern "C" fn PyErr_PrintEx(set_sys_last_vars: c_int) {
    looked(Look::Take("PyErr_PrintEx"));
    hooks::print_pending(set_sys_last_vars != 0);
}

/// Writes an exception to standard error with all that belongs to it. The class and the traceback are not used: the
/// exception has its own. NULL is fine.
///
/// # Safety
/// `value` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_Display(_type: *mut PyObject, value: *mut PyObject, _traceback: *mut PyObject) {
    // SAFETY: the caller's promise.
    unsafe { PyErr_DisplayException(value) }
}

/// Writes an exception to standard error with all that belongs to it. NULL is fine.
///
/// # Safety
/// `exception` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_DisplayException(exception: *mut PyObject) {
    // SAFETY: the caller's promise.
    if let Some(exception) = unsafe { Obj::from_ptr(exception) } {
        console::show(exception);
    }
}
