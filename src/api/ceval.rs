//! `Include/ceval.h`: releasing the GIL around work that needs no objects, and taking it again.

use super::pystate::pointer;
use crate::runtime::ThreadStateArg;
use crate::runtime::thread::{self, PyThreadState};

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
