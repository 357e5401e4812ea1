//! `Include/cpython/pystate.h`: the thread state, whose fields compiled code reads and writes, and of
//! `Include/cpython/monitoring.h` the state of an event.

use super::code::PyFrameObject;
use super::object::PyObject;
use core::cell::Cell;
use core::ffi::{c_int, c_uint, c_ulong, c_void};

/// The state of an event in a scope of an extension module's own code (2 bytes).
#[repr(C)]
#[derive(Debug)]
pub struct PyMonitoringState {
    /// The tools that asked for the event, each a bit.
    pub active: Cell<u8>,
    /// Unused.
    pub opaque: Cell<u8>,
}

/// One handled exception (16 bytes): each coroutine has one of its own, linked to the one below.
#[repr(C)]
#[derive(Debug)]
pub struct _PyErr_StackItem {
    /// The exception that is being handled, or NULL.
    pub exc_value: *mut PyObject,
    /// The one below; NULL for that of the thread state itself.
    pub previous_item: *mut _PyErr_StackItem,
}

/// A function that follows Python code, called with its object, a frame, an event and the event's value.
pub type Py_tracefunc = Option<unsafe extern "C" fn(*mut PyObject, *mut PyFrameObject, c_int, *mut PyObject) -> c_int>;

/// A thread state (832 bytes).
#[repr(C)]
#[derive(Debug)]
#[expect(missing_docs, reason = "the fields are CPython's; its header describes them")]
pub struct PyThreadState {
    pub prev: *mut PyThreadState,
    pub next: *mut PyThreadState,
    pub interp: *mut c_void,
    pub eval_breaker: usize,
    pub _status: c_uint,
    pub holds_gil: c_int,
    pub _whence: c_int,
    pub state: c_int,
    pub py_recursion_remaining: c_int,
    pub py_recursion_limit: c_int,
    pub recursion_headroom: c_int,
    pub tracing: c_int,
    pub what_event: c_int,
    pub current_frame: *mut c_void,
    pub c_profilefunc: Py_tracefunc,
    pub c_tracefunc: Py_tracefunc,
    pub c_profileobj: *mut PyObject,
    pub c_traceobj: *mut PyObject,
    pub current_exception: *mut PyObject,
    pub exc_info: *mut _PyErr_StackItem,
    pub dict: *mut PyObject,
    pub gilstate_counter: c_int,
    pub async_exc: *mut PyObject,
    pub thread_id: c_ulong,
    pub native_thread_id: c_ulong,
    pub delete_later: *mut PyObject,
    pub critical_section: usize,
    pub coroutine_origin_tracking_depth: c_int,
    pub async_gen_firstiter: *mut PyObject,
    pub async_gen_finalizer: *mut PyObject,
    pub context: *mut PyObject,
    pub context_ver: u64,
    pub id: u64,
    pub datastack_chunk: *mut c_void,
    pub datastack_top: *mut *mut PyObject,
    pub datastack_limit: *mut *mut PyObject,
    pub exc_state: _PyErr_StackItem,
    pub current_executor: *mut PyObject,
    pub dict_global_version: u64,
    pub threading_local_key: *mut PyObject,
    pub threading_local_sentinel: *mut PyObject,
    pub remote_debugger_support: [u32; 129],
    pub datastack_cached_chunk: *mut c_void,
}

// The numbers are those of CPython's header; `c_tests/abi/core.txt` has the offsets, compared with that header.
const _: () = {
    assert!(size_of::<PyThreadState>() == 832);
    assert!(
        core::mem::offset_of!(PyThreadState, current_exception) == 112
            && core::mem::offset_of!(PyThreadState, exc_info) == 120
    );
    assert!(
        core::mem::offset_of!(PyThreadState, context) == 208 && core::mem::offset_of!(PyThreadState, exc_state) == 256
    );
};
