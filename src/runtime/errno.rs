//! C's `errno`.

use core::ffi::c_int;

/// The number of the last error of this thread's system calls.
pub fn get() -> c_int {
    // SAFETY: the C library returns the address of this thread's number.
    unsafe { *libc::__errno_location() }
}

/// Sets the number, as functions of C do which have no other way to say why they failed.
pub fn set(number: c_int) {
    // SAFETY: the C library returns the address of this thread's number.
    unsafe { *libc::__errno_location() = number };
}
