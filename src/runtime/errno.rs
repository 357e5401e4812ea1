//! C's `errno`.

use core::ffi::c_int;

/// The number of the error that the last system call of this thread reported.
pub fn get() -> c_int {
    // SAFETY: the C library gives the address of this thread's number.
    unsafe { *libc::__errno_location() }
}
