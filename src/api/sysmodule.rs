//! `Include/sysmodule.h`: the objects of the module `sys`.

use super::{PyOS_vsnprintf, required_text};
use crate::abi::{PyObject, va_list};
use crate::format::str_from_va_list;
use crate::interpreter::{console, hooks, sys};
use crate::objects::str;
use crate::runtime::memory::Lossy;
use crate::runtime::{Arg, IntoC, Text, error};
use core::ffi::{CStr, c_char, c_int};

/// An object of `sys` by its name in UTF-8: a borrowed reference, or NULL, never with an error. An error of the look-up
/// is reported to `sys.unraisablehook`, and a pending error stays.
#[unsafe(no_mangle)]
pub extern "C" fn PySys_GetObject(name: Text) -> *mut PyObject {
    let message = format_args!("Exception ignored in PySys_GetObject()");
    let found = hooks::quietly(message, || required_text(name, "PySys_GetObject").and_then(sys::get_named));
    found.flatten().map_or(core::ptr::null_mut(), |object| object.as_ptr())
}

/// Sets an object of `sys` by its name in UTF-8, or deletes it when `v` is NULL: 0, or -1 with an error set. Deleting a
/// missing object is not an error.
#[unsafe(no_mangle)]
pub extern "C" fn PySys_SetObject(name: Text, v: Arg) -> c_int {
    required_text(name, "PySys_SetObject").and_then(|name| sys::set(name, v)).into_c()
}

/// The dict of the options that `-X` gave to `python`, which is `sys._xoptions`: a borrowed reference, or NULL with an
/// error set. It is empty unless the program changes it.
#[unsafe(no_mangle)]
pub extern "C" fn PySys_GetXOptions() -> *mut PyObject {
    // `sys` keeps the dict alive.
    sys::options().map_or(core::ptr::null_mut(), |options| options.as_ptr())
}

variadic! {
    /// Writes a text that C's `printf` formats to `sys.stderr`, `void PySys_WriteStderr(const char *format, ...)`: at
    /// most 1000 bytes, and a note if there are more. Where `sys.stderr` does not take it, it goes to file descriptor
    /// 2. The error indicator does not change.
    ///
    /// # Safety
    /// `format` is NULL or NUL-terminated, followed by the arguments it asks for.
    PySys_WriteStderr = pycapsule_PySys_WriteStderr
}

variadic! {
    /// Writes a text of any length to `sys.stderr`, `void PySys_FormatStderr(const char *format, ...)`: see
    /// `PyUnicode_FromFormatV` for the format. The error indicator does not change.
    ///
    /// # Safety
    /// `format` is NULL or NUL-terminated, followed by the arguments it asks for.
    PySys_FormatStderr = pycapsule_PySys_FormatStderr
}

/// `PySys_WriteStderr` with its `...` as a `va_list`, for `csrc/variadic.c`. The symbol is not exported.
///
/// # Safety
/// As for `PySys_WriteStderr`, with a `va_list` of the arguments that the format asks for.
#[unsafe(no_mangle)]
unsafe extern "C" fn pycapsule_write_stderr(format: *const c_char, arguments: va_list) -> c_int {
    const ROOM: usize = 1001;
    let mut text = [0; ROOM];
    // SAFETY: the array has this size. C's caller passed the format and its arguments, of which `csrc/variadic.c` made
    // a list.
    let length = unsafe { PyOS_vsnprintf(text.as_mut_ptr().cast(), ROOM, format, arguments) };
    let written = CStr::from_bytes_until_nul(&text).unwrap_or_default().to_bytes();
    console::say(format_args!("{}", Lossy(written)));
    if usize::try_from(length).is_ok_and(|length| length >= ROOM) {
        console::say(format_args!("... truncated"));
    }
    0
}

/// `PySys_FormatStderr` with its `...` as a `va_list`, for `csrc/variadic.c`. The symbol is not exported.
///
/// # Safety
/// As for `PySys_FormatStderr`, with a `va_list` of the arguments that the format asks for.
#[unsafe(no_mangle)]
unsafe extern "C" fn pycapsule_format_stderr(format: *const c_char, arguments: va_list) -> c_int {
    if !format.is_null() {
        let before = error::take();
        // SAFETY: C's caller passed the format, which is not NULL, and its arguments, of which `csrc/variadic.c` made a
        // list.
        let text = unsafe { str_from_va_list(CStr::from_ptr(format), arguments) };
        if let Ok(text) = &text {
            console::say(format_args!("{}", str::as_text(text.borrow())));
        }
        error::put_back(before);
    }
    0
}
