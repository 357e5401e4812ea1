//! What the checker shows to C.

use super::PyObject;
use core::ffi::{c_char, c_int, c_void};

/// A report, for a callback. The texts live as long as the callback runs.
#[derive(Debug)]
#[repr(C)]
pub struct pycapsule_report {
    /// `"name-changed"`, say.
    pub kind: *const c_char,
    /// `"ERROR"` or `"WARNING"`.
    pub severity: *const c_char,
    /// What is wrong, in one sentence.
    pub message: *const c_char,
    /// The whole report, as it would be written.
    pub text: *const c_char,
    /// The capsule, which may be destroyed already; NULL if the report is about none, or about several. Not to be used but
    /// for comparing.
    pub capsule: *const PyObject,
}

/// A function that is shown each report. It returns 1 to have it dealt with: then it is not written, does not count and
/// does not end the run; 0 to let it go its way.
pub type pycapsule_report_callback = Option<unsafe extern "C" fn(*const pycapsule_report, *mut c_void) -> c_int>;
