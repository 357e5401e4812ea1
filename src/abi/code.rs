//! `Include/cpython/code.h`, `Include/internal/pycore_interpframe_structs.h` and `Include/cpython/traceback.h`: code, frames and
//! tracebacks, which describe where C code raised an error. No code runs in them.

use super::object::{PyObject, PyVarObject};
use core::ffi::{c_char, c_int, c_void};

/// A code object (208 bytes, and 2 for each instruction).
#[repr(C)]
#[derive(Debug)]
#[expect(missing_docs, reason = "the fields are CPython's; its header describes them")]
pub struct PyCodeObject {
    pub ob_base: PyVarObject,
    pub co_consts: *mut PyObject,
    pub co_names: *mut PyObject,
    pub co_exceptiontable: *mut PyObject,
    pub co_flags: c_int,
    pub co_argcount: c_int,
    pub co_posonlyargcount: c_int,
    pub co_kwonlyargcount: c_int,
    pub co_stacksize: c_int,
    pub co_firstlineno: c_int,
    pub co_nlocalsplus: c_int,
    pub co_framesize: c_int,
    pub co_nlocals: c_int,
    pub co_ncellvars: c_int,
    pub co_nfreevars: c_int,
    pub co_version: u32,
    pub co_localsplusnames: *mut PyObject,
    pub co_localspluskinds: *mut PyObject,
    pub co_filename: *mut PyObject,
    pub co_name: *mut PyObject,
    pub co_qualname: *mut PyObject,
    pub co_linetable: *mut PyObject,
    pub co_weakreflist: *mut PyObject,
    pub co_executors: *mut c_void,
    pub _co_cached: *mut c_void,
    pub _co_instrumentation_version: usize,
    pub _co_monitoring: *mut c_void,
    pub _co_unique_id: isize,
    pub _co_firsttraceable: c_int,
    pub co_extra: *mut c_void,
    pub co_code_adaptive: [u8; 2],
}

/// The frame of the interpreter in a frame object (80 bytes).
#[repr(C)]
#[derive(Debug)]
#[expect(missing_docs, reason = "the fields are CPython's; its header describes them")]
pub struct _PyInterpreterFrame {
    pub f_executable: *mut PyObject,
    pub previous: *mut _PyInterpreterFrame,
    pub f_funcobj: *mut PyObject,
    pub f_globals: *mut PyObject,
    pub f_builtins: *mut PyObject,
    pub f_locals: *mut PyObject,
    pub frame_obj: *mut PyFrameObject,
    pub instr_ptr: *mut c_void,
    pub stackpointer: *mut c_void,
    pub owner: usize,
}

/// A frame (152 bytes).
#[repr(C)]
#[derive(Debug)]
#[expect(missing_docs, reason = "the fields are CPython's; its header describes them")]
pub struct PyFrameObject {
    pub ob_base: PyObject,
    pub f_back: *mut PyObject,
    pub f_frame: *mut _PyInterpreterFrame,
    pub f_trace: *mut PyObject,
    pub f_lineno: c_int,
    pub f_trace_lines: c_char,
    pub f_trace_opcodes: c_char,
    pub f_extra_locals: *mut PyObject,
    pub f_locals_cache: *mut PyObject,
    pub f_overwritten_fast_locals: *mut PyObject,
    pub _f_frame_data: _PyInterpreterFrame,
}

/// Options of a compiler of Python (8 bytes).
#[repr(C)]
#[derive(Debug)]
pub struct PyCompilerFlags {
    /// `CO_FUTURE_…` and `PyCF_…`.
    pub cf_flags: c_int,
    /// The minor version of Python whose syntax counts.
    pub cf_feature_version: c_int,
}

/// The source is one statement of an interactive session.
pub const Py_single_input: c_int = 256;
/// The source is a file.
pub const Py_file_input: c_int = 257;
/// The source is an expression.
pub const Py_eval_input: c_int = 258;
/// The source is the type of a function.
pub const Py_func_type_input: c_int = 345;

/// A generator, coroutine or asynchronous generator of Python code (152 bytes).
#[repr(C)]
#[derive(Debug)]
#[expect(missing_docs, reason = "the fields are CPython's; its header describes them")]
pub struct PyGenObject {
    pub ob_base: PyObject,
    pub gi_weakreflist: *mut PyObject,
    pub gi_name: *mut PyObject,
    pub gi_qualname: *mut PyObject,
    pub gi_exc_state: [*mut PyObject; 2],
    pub gi_origin_or_finalizer: *mut PyObject,
    pub gi_hooks_inited: c_char,
    pub gi_closed: c_char,
    pub gi_running_async: c_char,
    pub gi_frame_state: c_char,
    pub gi_iframe: _PyInterpreterFrame,
}

/// A line of a traceback (40 bytes).
#[repr(C)]
#[derive(Debug)]
pub struct PyTracebackObject {
    /// The object head.
    pub ob_base: PyObject,
    /// The next line, which is nearer to the error, or NULL.
    pub tb_next: *mut PyObject,
    /// The frame.
    pub tb_frame: *mut PyObject,
    /// The last instruction.
    pub tb_lasti: c_int,
    /// The line of the source.
    pub tb_lineno: c_int,
}

const _: () = {
    assert!(core::mem::offset_of!(PyCodeObject, co_code_adaptive) == 208 && size_of::<PyFrameObject>() == 152);
    assert!(size_of::<PyGenObject>() == 152);
    assert!(core::mem::offset_of!(PyFrameObject, f_lineno) == 40 && size_of::<PyTracebackObject>() == 40);
};
