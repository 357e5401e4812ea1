//! The types that the checker shows to C.

use super::PyObject;
use core::ffi::{c_char, c_int, c_void};

/// A report, for a callback. The texts live as long as the callback runs.
#[derive(Debug)]
#[repr(C)]
pub struct pycapsule_report {
    /// The kind of mistake, for example `"name-changed"`.
    pub kind: *const c_char,
    /// `"ERROR"` or `"WARNING"`.
    pub severity: *const c_char,
    /// The mistake, in one sentence.
    pub message: *const c_char,
    /// The whole report, as it is written to standard error.
    pub text: *const c_char,
    /// The capsule, which may be destroyed already: compare the address, but do not use the object. NULL if the report
    /// is about no capsule, or about several.
    pub capsule: *const PyObject,
}

/// A function that is shown each report. It returns 1 to suppress the report, which then is not written, does not count
/// and does not end the run; 0 for the default handling.
pub type pycapsule_report_callback = Option<unsafe extern "C" fn(*const pycapsule_report, *mut c_void) -> c_int>;
