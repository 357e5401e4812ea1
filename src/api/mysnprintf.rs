//! `Include/pyerrors.h` (`Python/mysnprintf.c`): C's `snprintf` that always ends its output with a NUL.

use crate::abi::va_list;
use crate::runtime::refusal::null_argument;
use core::ffi::{c_char, c_int};

variadic! {
    /// Formats as C's `snprintf` does, `int PyOS_snprintf(char *str, size_t size, const char *format, ...)`: see
    /// [`PyOS_vsnprintf`].
    ///
    /// # Safety
    /// As for [`PyOS_vsnprintf`].
    PyOS_snprintf = pycapsule_PyOS_snprintf
}

/// Formats as C's `vsnprintf` does. Returns the length of the whole text; the part that was written ends with a NUL.
///
/// With a size of 0 nothing is written, and `text` may be NULL. A size above the range of `int` gives -666, and only
/// the NUL is written. A NULL pointer gives -1 with SystemError.
///
/// # Safety
/// `text` is NULL or has room for `size` bytes, `format` is NULL or NUL-terminated; `arguments` is a `va_list` of the
/// arguments that the format asks for.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyOS_vsnprintf(
    text: *mut c_char,
    size: usize,
    format: *const c_char,
    arguments: va_list,
) -> c_int {
    unsafe extern "C" {
        fn vsnprintf(text: *mut c_char, size: usize, format: *const c_char, arguments: va_list) -> c_int;
    }
    if format.is_null() || (text.is_null() && size > 0) {
        let crate::runtime::Raised { .. } = null_argument("PyOS_vsnprintf");
        return -1;
    }
    // SAFETY: C passes room for `size` bytes, a format, and a list of its arguments, by its address as C does.
    unsafe {
        let length = if size > c_int::MAX as usize - 1 { -666 } else { vsnprintf(text, size, format, arguments) };
        if size > 0 {
            text.add(size - 1).write(0);
        }
        length
    }
}
