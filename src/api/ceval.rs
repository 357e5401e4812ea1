//! `Include/ceval.h`: letting the GIL go around work that needs no objects, and taking it again.

use super::pystate::pointer;
use crate::runtime::ThreadStateArg;
use crate::runtime::thread::{self, PyThreadState};

/// Lets the GIL go, as `Py_BEGIN_ALLOW_THREADS` does.
///
/// Returns the thread state, for `PyEval_RestoreThread`. In a thread that never asked for the GIL there is nothing to
/// let go, and NULL comes back; the process ends if the thread has let the GIL go already.
#[unsafe(no_mangle)]
pub extern "C" fn PyEval_SaveThread() -> *mut PyThreadState {
    pointer(thread::save())
}

/// Waits for the GIL, to go on with a thread state that `PyEval_SaveThread` gave. The process ends if the thread holds
/// the GIL; NULL does nothing in a thread that never asked for the GIL, and ends the process in others.
#[unsafe(no_mangle)]
pub extern "C" fn PyEval_RestoreThread(state: ThreadStateArg) {
    thread::restore(state, "PyEval_RestoreThread");
}

/// `PyEval_RestoreThread`, under the name for thread states that were made for this thread.
#[unsafe(no_mangle)]
pub extern "C" fn PyEval_AcquireThread(state: ThreadStateArg) {
    thread::restore(state, "PyEval_AcquireThread");
}

/// Lets the GIL go, which this thread holds with this state; if it does not, the process ends.
#[unsafe(no_mangle)]
pub extern "C" fn PyEval_ReleaseThread(state: ThreadStateArg) {
    thread::release(state);
}
