//! `Include/ceval.h`: releasing the GIL around work that needs no objects, and taking it again.

use super::pystate::pointer;
use crate::abi::PyObject;
use crate::interpreter::registry;
use crate::runtime::memory::Lossy;
use crate::runtime::thread::{self, PyThreadState};
use crate::runtime::{IntoC, Text, ThreadStateArg, stack};
use core::ffi::{CStr, c_int};
use core::ptr::null_mut;
use core::sync::atomic::Ordering;

/// Releases the GIL, as `Py_BEGIN_ALLOW_THREADS` does.
///
/// Returns the thread state, for `PyEval_RestoreThread`. A thread that never asked for the GIL has nothing to release,
/// and gets NULL. The process ends if the thread has released the GIL already.
#[unsafe(no_mangle)]
pub extern "C" fn PyEval_SaveThread() -> *mut PyThreadState {
    pointer(thread::save())
}

/// Waits for the GIL, and continues with a thread state that `PyEval_SaveThread` returned. The process ends if the
/// thread holds the GIL. NULL does nothing in a thread that never asked for the GIL, and ends the process in others.
#[unsafe(no_mangle)]
pub extern "C" fn PyEval_RestoreThread(state: ThreadStateArg) {
    thread::restore(state, "PyEval_RestoreThread");
}

/// `PyEval_RestoreThread`, under the name for thread states that were made for this thread.
#[unsafe(no_mangle)]
pub extern "C" fn PyEval_AcquireThread(state: ThreadStateArg) {
    thread::restore(state, "PyEval_AcquireThread");
}

/// Releases the GIL, which this thread holds with this state. If it does not, the process ends.
#[unsafe(no_mangle)]
pub extern "C" fn PyEval_ReleaseThread(state: ThreadStateArg) {
    thread::release(state);
}

/// Enters a recursion: 0, or -1 with RecursionError when little of the C stack is left. `place` ends the message, as in " in
/// comparison"; NULL means no text.
#[unsafe(no_mangle)]
pub extern "C" fn Py_EnterRecursiveCall(place: Text) -> c_int {
    stack::enter_for_c(Lossy(place.get().map_or(b"", CStr::to_bytes))).into_c()
}

/// Leaves a recursion. Does nothing: the depth is that of the C stack.
#[unsafe(no_mangle)]
pub extern "C" fn Py_LeaveRecursiveCall() {}

/// The largest depth of calls of Python code, which is 1000 until the program sets another. The depth of C code is limited by the
/// size of its stack alone.
#[unsafe(no_mangle)]
pub extern "C" fn Py_GetRecursionLimit() -> c_int {
    stack::PYTHON_CALLS.load(Ordering::Relaxed)
}

/// Sets the largest depth of calls of Python code.
#[unsafe(no_mangle)]
pub extern "C" fn Py_SetRecursionLimit(limit: c_int) {
    stack::PYTHON_CALLS.store(limit, Ordering::Relaxed);
}

/// The dict of the module `builtins`: a borrowed reference, or NULL with an error set.
#[unsafe(no_mangle)]
pub extern "C" fn PyEval_GetBuiltins() -> *mut PyObject {
    registry::builtins_dict().map_or(null_mut(), |builtins| builtins.borrow().as_ptr())
}
