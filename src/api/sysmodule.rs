//! `Include/sysmodule.h`: the objects of the module `sys`.

use super::{PyOS_vsnprintf, required_text};
use crate::abi::{PyObject, PyTupleObject, va_list};
use crate::format::str_from_va_list;
use crate::format::values;
use crate::interpreter::audit::{self, AuditHook};
use crate::interpreter::{console, hooks, standard_output, sys};
use crate::objects::{str, tuple};
use crate::runtime::memory::Lossy;
use crate::runtime::refusal::null_argument;
use crate::runtime::{Arg, IntoC, Own, Result, Text, error, raise};
use core::ffi::{CStr, c_char, c_int, c_void};

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

variadic! {
    /// Writes a text that C's `printf` formats to `sys.stdout`, `void PySys_WriteStdout(const char *format, ...)`: at most 1000 bytes, and
    /// a note if there are more. Where `sys.stdout` does not take it, it goes to C's stream. The error indicator does not change.
    ///
    /// # Safety
    /// `format` is NULL or NUL-terminated, followed by the arguments it asks for.
    PySys_WriteStdout = pycapsule_PySys_WriteStdout
}

variadic! {
    /// Writes a text of any length to `sys.stdout`, `void PySys_FormatStdout(const char *format, ...)`: see `PyUnicode_FromFormatV` for the
    /// format. The error indicator does not change.
    ///
    /// # Safety
    /// `format` is NULL or NUL-terminated, followed by the arguments it asks for.
    PySys_FormatStdout = pycapsule_PySys_FormatStdout
}

variadic! {
    /// Tells the audit hooks of an event, `int PySys_Audit(const char *event, const char *format, ...)`: 0, or -1 when a hook refuses it, with
    /// the error that the hook has set. The arguments are a tuple that `Py_BuildValue` makes; without a format it is empty. A pending error stays
    /// unless a hook refuses.
    ///
    /// # Safety
    /// Both texts are NUL-terminated, and `format` may be NULL; it is followed by the arguments it asks for.
    PySys_Audit = pycapsule_PySys_Audit
}

/// `PySys_Audit` with its `...` as a `va_list`, for `csrc/variadic.c`. The symbol is not exported.
///
/// # Safety
/// As for `PySys_Audit`, with a `va_list` of the arguments that the format asks for.
#[unsafe(no_mangle)]
unsafe extern "C" fn pycapsule_audit(event: Text, format: Text, arguments: va_list) -> c_int {
    if !audit::is_on() {
        return 0;
    }
    let before = error::take();
    let made = match format.get() {
        Some(format) if !format.is_empty() => {
            // SAFETY: C's caller passed the format and its arguments, of which `csrc/variadic.c` made a list.
            let made = unsafe { values::build(format, arguments) };
            made.and_then(|made| made.downcast().map_or_else(tuple::of_one, Ok))
        }
        _ => Ok(tuple::empty().to_own()),
    };
    tell(event, made, before)
}

/// Tells the hooks of an event. An error that was pending is restored unless one refuses.
fn tell(event: Text, arguments: Result<Own<PyTupleObject>>, before: error::Indicator) -> c_int {
    let event = required_text(event, "PySys_Audit");
    match event.and_then(|event| Ok((event, arguments?))) {
        Ok((event, arguments)) if audit::tell(event, arguments.borrow()) => {
            error::put_back(before);
            0
        }
        _ => -1,
    }
}

/// Tells the audit hooks of an event with a tuple of arguments, which may be NULL: 0, or -1 when a hook refuses it, with the error that the hook
/// has set. TypeError for another object than a tuple.
#[unsafe(no_mangle)]
pub extern "C" fn PySys_AuditTuple(event: Text, args: Arg) -> c_int {
    let given = args.map_or_else(|| Ok(tuple::empty()), |args| args.downcast().ok_or(args));
    match given {
        Err(args) => Err::<(), _>(raise!(TypeError, "args must be tuple, got {}", args.class().name())).into_c(),
        Ok(_) if !audit::is_on() => 0,
        Ok(arguments) => tell(event, Ok(arguments.to_own()), error::take()),
    }
}

/// Adds a function that is told of events (`PySys_Audit`): 0, or -1 with the error by which another hook refuses it. A RuntimeError refuses it
/// without an error. The library itself raises only the event `sys.addaudithook`, and two at the end.
///
/// # Safety
/// Any thread may call the function with the pointer until the process ends.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySys_AddAuditHook(hook: Option<AuditHook>, userData: *mut c_void) -> c_int {
    let Some(hook) = hook else { return Err::<(), _>(null_argument("PySys_AddAuditHook")).into_c() };
    // SAFETY: both functions have the same condition.
    match unsafe { audit::add(hook, userData) } {
        Ok(true) => 0,
        _ => -1,
    }
}

/// `PySys_WriteStderr` with its `...` as a `va_list`, for `csrc/variadic.c`. The symbol is not exported.
///
/// # Safety
/// As for `PySys_WriteStderr`, with a `va_list` of the arguments that the format asks for.
#[unsafe(no_mangle)]
unsafe extern "C" fn pycapsule_write_stderr(format: *const c_char, arguments: va_list) -> c_int {
    // SAFETY: C's caller passed the format and its arguments, of which `csrc/variadic.c` made a list.
    unsafe { write_pieces(format, arguments, |text| console::say(format_args!("{}", Lossy(text)))) }
}

/// Formats a text as `printf` does, and passes it on, and a note if it was longer than 1000 bytes. Returns 0.
///
/// # Safety
/// `format` is NULL or NUL-terminated, with a `va_list` of the arguments that it asks for.
unsafe fn write_pieces(format: *const c_char, arguments: va_list, say: impl Fn(&[u8])) -> c_int {
    const ROOM: usize = 1001;
    let mut text = [0; ROOM];
    // SAFETY: the array has this size, and the caller's list is one for the format.
    let length = unsafe { PyOS_vsnprintf(text.as_mut_ptr().cast(), ROOM, format, arguments) };
    say(CStr::from_bytes_until_nul(&text).unwrap_or_default().to_bytes());
    if usize::try_from(length).is_ok_and(|length| length >= ROOM) {
        say(b"... truncated");
    }
    0
}

/// `PySys_WriteStdout` with its `...` as a `va_list`, for `csrc/variadic.c`. The symbol is not exported.
///
/// # Safety
/// As for `PySys_WriteStdout`, with a `va_list` of the arguments that the format asks for.
#[unsafe(no_mangle)]
unsafe extern "C" fn pycapsule_write_stdout(format: *const c_char, arguments: va_list) -> c_int {
    // SAFETY: C's caller passed the format and its arguments, of which `csrc/variadic.c` made a list.
    unsafe { write_pieces(format, arguments, standard_output::say) }
}

/// `PySys_FormatStdout` with its `...` as a `va_list`, for `csrc/variadic.c`. The symbol is not exported.
///
/// # Safety
/// As for `PySys_FormatStdout`, with a `va_list` of the arguments that the format asks for.
#[unsafe(no_mangle)]
unsafe extern "C" fn pycapsule_format_stdout(format: *const c_char, arguments: va_list) -> c_int {
    if !format.is_null() {
        let before = error::take();
        // SAFETY: C's caller passed the format, which is not NULL, and its arguments, of which `csrc/variadic.c` made a list.
        let text = unsafe { str_from_va_list(CStr::from_ptr(format), arguments) };
        let text = text.as_ref().ok().and_then(|text| text.borrow().downcast());
        if let Some(Ok(text)) = text.map(str::utf8) {
            standard_output::say(text.as_bytes());
        }
        error::put_back(before);
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
