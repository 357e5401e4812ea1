//! C's `errno`.

use core::ffi::c_int;

/// The number of the last error of this thread's system calls.
pub fn get() -> c_int {
    // SAFETY: the C library returns the address of this thread's number.
    unsafe { *libc::__errno_location() }
}
