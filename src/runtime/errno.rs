//! C's `errno`.

use super::line::Line;
use core::ffi::{CStr, c_int};

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

/// The C library's text for an error's number.
pub fn text(number: c_int) -> Line<128> {
    let mut buffer = [0; 128];
    // SAFETY: the function writes at most so many bytes into the buffer, and a NUL at the end of its text.
    unsafe { libc::strerror_r(number, buffer.as_mut_ptr().cast(), buffer.len()) };
    let mut line = Line::new();
    line.push(CStr::from_bytes_until_nul(&buffer).unwrap_or_default().to_bytes());
    line
}
