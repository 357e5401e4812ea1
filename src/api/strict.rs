//! The checker's own functions, for test suites. CPython does not have them. Their names begin with `pycapsule_`. None
//! of them sets an error, and all but the last can be called without the GIL.

use crate::abi::{PyObject, pycapsule_report_callback};
use crate::runtime::memory;
use crate::runtime::options::Failing;
use crate::strict;
use core::ffi::{c_int, c_void};

/// A function that is called with each capsule. It returns 0 to continue with the next.
pub type pycapsule_visitor = Option<unsafe extern "C" fn(*mut PyObject, *mut c_void) -> c_int>;

/// Switches the checker on (1) or off (0), as `PYCAPSULE_OPTIONS=strict=1` does from the beginning. Capsules that were
/// made while it was off are not watched. Returns 1 if the checker was on, else 0.
#[unsafe(no_mangle)]
pub extern "C" fn pycapsule_strict(on: c_int) -> c_int {
    strict::switch(on != 0).into()
}

/// The number of live capsules that were made while the checker was on; -1 while it is off.
#[unsafe(no_mangle)]
pub extern "C" fn pycapsule_live_count() -> isize {
    strict::live_count().and_then(|count| count.try_into().ok()).unwrap_or(-1)
}

/// Calls `visit` with each live capsule, a borrowed reference, and `argument`, in the order in which they were made,
/// until it returns a number other than 0. Returns that number, or 0. The visitor may make and destroy capsules; it is
/// called with the new ones too. While the checker is off no capsule is visited, and a warning is written to standard
/// error once.
///
/// # Safety
/// `visit` is NULL, or may be called with a borrowed reference and `argument`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pycapsule_visit_live(visit: pycapsule_visitor, argument: *mut c_void) -> c_int {
    let Some(visit) = visit else { return 0 };
    // SAFETY: the capsule is live, since the checker has just looked it up, and the caller lets `visit` be called with
    // it.
    strict::visit_live(&mut |capsule| unsafe { visit(capsule, argument) })
}

/// The current point in time, for `pycapsule_leaked_since`.
#[unsafe(no_mangle)]
pub extern "C" fn pycapsule_checkpoint() -> u64 {
    strict::checkpoint()
}

/// The number of live capsules that were made since `checkpoint`. Each is reported as a leak once, either here or at
/// the end. Those of one place are reported together. The run goes on. While the checker is off the number is 0, and a
/// warning is written to standard error once: call `pycapsule_strict(1)` before the first checkpoint.
#[unsafe(no_mangle)]
pub extern "C" fn pycapsule_leaked_since(checkpoint: u64) -> usize {
    strict::leaked_since(checkpoint)
}

/// Makes the `n`-th allocation from now on fail, 1 being the next, and with `and_later` all that follow; 0 ends it. The
/// library's own allocations fail, in any function, as if there were no memory. This works with the checker off, too.
#[unsafe(no_mangle)]
pub extern "C" fn pycapsule_fail_alloc(n: usize, and_later: c_int) {
    memory::fail((n > 0).then_some(Failing { first: n, and_later: and_later != 0 }));
}

/// Calls `callback` with each report and `argument` from now on; NULL ends it. When it returns 1, the report is
/// suppressed: it is not written, does not count and does not end the run. The callback may call the API.
///
/// # Safety
/// `callback` is NULL, or may be called with a report and `argument`, from any thread, until another one replaces it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pycapsule_on_report(callback: pycapsule_report_callback, argument: *mut c_void) {
    strict::set_callback(callback, argument);
}
