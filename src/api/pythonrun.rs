//! `Include/pythonrun.h`: printing errors.

use super::pyerrors::looked;
use crate::interpreter::{console, lifecycle};
use crate::runtime::Arg;
use crate::strict::Look;
use core::ffi::c_int;

/// Prints the pending error to standard error and clears it, and keeps it in `sys.last_exc`. Without an error it does
/// nothing; a SystemExit ends the process.
#[unsafe(no_mangle)]
pub extern "C" fn PyErr_Print() {
    looked(Look::Take("PyErr_Print"));
    lifecycle::print_pending(true);
}

/// Prints the pending error as `PyErr_Print` does. The error is kept in `sys.last_exc` if `set_sys_last_vars` is not 0.
#[unsafe(no_mangle)]
pub extern "C" fn PyErr_PrintEx(set_sys_last_vars: c_int) {
    looked(Look::Take("PyErr_PrintEx"));
    lifecycle::print_pending(set_sys_last_vars != 0);
}

/// Writes an exception to standard error, with its traceback, notes, cause and context. The class and the traceback are
/// not used, because the exception has its own. NULL does nothing.
#[unsafe(no_mangle)]
pub extern "C" fn PyErr_Display(_type: Arg, value: Arg, _traceback: Arg) {
    PyErr_DisplayException(value);
}

/// Writes an exception to standard error, with its traceback, notes, cause and context. NULL does nothing.
#[unsafe(no_mangle)]
pub extern "C" fn PyErr_DisplayException(exception: Arg) {
    if let Some(exception) = exception {
        console::show(exception);
    }
}
