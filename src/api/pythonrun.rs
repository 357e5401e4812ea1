//! `Include/pythonrun.h`: printing errors, and compiling and running Python source, for which there is no compiler here.

use super::pyerrors::looked;
use crate::abi::PyObject;
use crate::interpreter::{console, lifecycle};
use crate::runtime::refusal::{COMPILER, not_supported};
use crate::runtime::{Arg, FlagsArg, IntoC, Ref, Result, Text};
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

/// The answer to a wish to compile: NULL with NotImplementedError.
fn no_compiler(function: &'static str) -> *mut PyObject {
    Result::<Ref>::Err(not_supported(function, COMPILER)).into_c()
}

/// Compiles Python source: NULL with NotImplementedError, because there is no compiler of Python.
#[unsafe(no_mangle)]
pub extern "C" fn Py_CompileString(_source: Text, _filename: Text, _start: c_int) -> *mut PyObject {
    no_compiler("Py_CompileString")
}

/// Compiles Python source: NULL with NotImplementedError, because there is no compiler of Python.
#[unsafe(no_mangle)]
pub extern "C" fn Py_CompileStringFlags(
    _source: Text,
    _filename: Text,
    _start: c_int,
    _flags: FlagsArg,
) -> *mut PyObject {
    no_compiler("Py_CompileStringFlags")
}

/// Compiles Python source: NULL with NotImplementedError, because there is no compiler of Python.
#[unsafe(no_mangle)]
pub extern "C" fn Py_CompileStringExFlags(
    _source: Text,
    _filename: Text,
    _start: c_int,
    _flags: FlagsArg,
    _optimize: c_int,
) -> *mut PyObject {
    no_compiler("Py_CompileStringExFlags")
}

/// Compiles Python source: NULL with NotImplementedError, because there is no compiler of Python.
#[unsafe(no_mangle)]
pub extern "C" fn Py_CompileStringObject(
    _source: Text,
    _filename: Arg,
    _start: c_int,
    _flags: FlagsArg,
    _optimize: c_int,
) -> *mut PyObject {
    no_compiler("Py_CompileStringObject")
}

/// Compiles and runs Python source: NULL with NotImplementedError, because there is no compiler of Python.
#[unsafe(no_mangle)]
pub extern "C" fn PyRun_String(_source: Text, _start: c_int, _globals: Arg, _locals: Arg) -> *mut PyObject {
    no_compiler("PyRun_String")
}

/// Compiles and runs Python source: NULL with NotImplementedError, because there is no compiler of Python.
#[unsafe(no_mangle)]
pub extern "C" fn PyRun_StringFlags(
    _source: Text,
    _start: c_int,
    _globals: Arg,
    _locals: Arg,
    _flags: FlagsArg,
) -> *mut PyObject {
    no_compiler("PyRun_StringFlags")
}

/// Prints that there is no compiler: -1.
fn not_run(function: &'static str) -> c_int {
    no_compiler(function);
    lifecycle::print_pending(true);
    -1
}

/// Compiles and runs Python source as the module `__main__`, and prints its error as [`PyErr_Print`] does: -1, and the error is
/// NotImplementedError, because there is no compiler of Python.
#[unsafe(no_mangle)]
pub extern "C" fn PyRun_SimpleString(_source: Text) -> c_int {
    not_run("PyRun_SimpleString")
}

/// Compiles and runs Python source as the module `__main__`, and prints its error as [`PyErr_Print`] does: -1, and the error is
/// NotImplementedError, because there is no compiler of Python.
#[unsafe(no_mangle)]
pub extern "C" fn PyRun_SimpleStringFlags(_source: Text, _flags: FlagsArg) -> c_int {
    not_run("PyRun_SimpleStringFlags")
}
