//! `Include/pyerrors.h`: the error indicator and the exception classes. Attributes of exceptions, handled exceptions
//! and the functions that make exceptions are in files of their own.

mod exception;
mod handled;
mod make;
mod unicode;

pub use exception::*;
pub use handled::*;
pub use make::*;
pub use unicode::*;

use super::{required, required_text};
use crate::abi::exceptions::exceptions;
use crate::abi::{Exc, PyObject, va_list};
use crate::format;
use crate::interpreter::{files, hooks};
use crate::objects::{dict, exceptions, fatal};
use crate::runtime::memory::Lossy;
use crate::runtime::refusal::{bad_argument_type, null_argument};
use crate::runtime::{Arg, Given, IntoC, OutObject, Place, Raised, Ref, Result, Text, error, events, memory, raise};
use crate::strict::{self, Look};
use core::ffi::{CStr, c_char, c_int};

// The pointers to the exception classes.
exceptions!(pointers);

/// The class of the pending error: a borrowed reference, or NULL when there is none.
#[unsafe(no_mangle)]
pub extern "C" fn PyErr_Occurred() -> *mut PyObject {
    // Out of line, so that the unwatched path spills no registers.
    #[cold]
    #[inline(never)]
    fn watched() -> *mut PyObject {
        strict::looked(Look::Check);
        pending()
    }
    #[inline(always)]
    fn pending() -> *mut PyObject {
        exceptions::address_of_class()
    }
    if events::watched() {
        return watched();
    }
    pending()
}

/// Clears the error indicator.
#[unsafe(no_mangle)]
pub extern "C" fn PyErr_Clear() {
    // Out of line, so that the unwatched path spills no registers.
    #[cold]
    #[inline(never)]
    fn watched() {
        strict::looked(Look::Check);
        error::clear();
    }
    if events::watched() {
        return watched();
    }
    error::clear();
}

/// Tells the checker, if it is on, that the caller reads the error indicator.
#[inline]
pub(super) fn looked(look: Look) {
    if events::watched() {
        strict::looked(look);
    }
}

/// Raises an exception of class `exception` with a message in UTF-8, which is copied.
///
/// A message that is not UTF-8 raises UnicodeDecodeError instead. An object that is not an exception class raises
/// SystemError.
#[unsafe(no_mangle)]
pub extern "C" fn PyErr_SetString(exception: Arg, string: Text) {
    raised(match (required(exception, "PyErr_SetString"), string.get()) {
        (Ok(class), Some(string)) => exceptions::raise_text(class, string.to_bytes()),
        (Ok(_), None) => null_argument("PyErr_SetString"),
        (Err(error), _) => error,
    });
}

/// Raises an exception of class `exception`. A `value` that is an instance of the class is raised itself; otherwise it is the
/// argument of a new exception. NULL and None stand for no arguments, a tuple for all arguments.
#[unsafe(no_mangle)]
pub extern "C" fn PyErr_SetObject(exception: Arg, value: Arg) {
    raised(match required(exception, "PyErr_SetObject") {
        Ok(class) => exceptions::raise_object(class, value),
        Err(error) => error,
    });
}

variadic! {
    /// Raises an exception of class `exception` with a formatted message,
    /// `PyObject *PyErr_Format(PyObject *exception, const char *format, ...)`: see [`PyErr_FormatV`].
    ///
    /// # Safety
    /// As for [`PyErr_FormatV`].
    PyErr_Format = pycapsule_PyErr_Format
}

/// Raises an exception of class `exception` with the text of a format, in ASCII, and a `va_list`. Always returns NULL.
///
/// The pending error is cleared first, since formatting may call any code. A format that fails raises its own error:
/// see `PyUnicode_FromFormatV`.
///
/// # Safety
/// `arguments` is a `va_list` of the arguments that the format asks for.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_FormatV(exception: Arg, format: Text, arguments: va_list) -> *mut PyObject {
    error::clear();
    // SAFETY: the caller passes the arguments that the format asks for.
    Result::<Ref>::Err(unsafe { formatted("PyErr_Format", exception, format, arguments) }).into_c()
}

/// Raises an exception with the text of a format.
///
/// # Safety
/// `arguments` is a `va_list` of the arguments that the format asks for.
unsafe fn formatted(function: &'static str, exception: Arg, format: Text, arguments: va_list) -> Raised {
    let message = required(exception, function).and_then(|class| {
        let format = required_text(format, function)?;
        // SAFETY: the caller passes the arguments that the format asks for.
        let message = unsafe { format::str_from_va_list(format, arguments) }?;
        Ok((class, message))
    });
    match message {
        Ok((class, message)) => exceptions::raise_message(class, message),
        Err(error) => error,
    }
}

variadic! {
    /// `PyErr_Format` with the pending error, if there is one, as the cause and the context of the new one,
    /// `PyObject *_PyErr_FormatFromCause(PyObject *exception, const char *format, ...)`. Code of mypyc calls it.
    ///
    /// # Safety
    /// As for [`PyErr_FormatV`].
    _PyErr_FormatFromCause = pycapsule__PyErr_FormatFromCause
}

/// `_PyErr_FormatFromCause` with its `...` as a `va_list`, for `csrc/variadic.c`. The symbol is not exported.
///
/// # Safety
/// As for [`PyErr_FormatV`].
#[unsafe(no_mangle)]
unsafe extern "C" fn pycapsule_format_from_cause(exception: Arg, format: Text, arguments: va_list) -> *mut PyObject {
    let cause = error::occurred().then(error::take);
    // SAFETY: the caller passes the arguments that the format asks for.
    let raised = unsafe { formatted("_PyErr_FormatFromCause", exception, format, arguments) };
    Result::<Ref>::Err(match cause {
        Some(cause) => error::with_cause(raised, cause),
        None => raised,
    })
    .into_c()
}

/// Raises KeyError for a key, which may be a tuple. Code of mypyc calls it.
#[unsafe(no_mangle)]
pub extern "C" fn _PyErr_SetKeyError(key: Arg) {
    raised(required(key, "_PyErr_SetKeyError").map_or_else(|error| error, dict::missing));
}

/// Raises an exception of class `exception` without arguments.
#[unsafe(no_mangle)]
pub extern "C" fn PyErr_SetNone(exception: Arg) {
    PyErr_SetObject(exception, None);
}

/// Raises MemoryError. Always returns NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyErr_NoMemory() -> *mut PyObject {
    Result::<Ref>::Err(memory::out_of_memory()).into_c()
}

/// Raises TypeError "bad argument type for built-in operation". Always returns 0.
#[unsafe(no_mangle)]
pub extern "C" fn PyErr_BadArgument() -> c_int {
    raised(bad_argument_type());
    0
}

/// Raises SystemError "bad argument to internal function".
#[unsafe(no_mangle)]
pub extern "C" fn PyErr_BadInternalCall() {
    raised(raise!(SystemError, "bad argument to internal function"));
}

/// Raises SystemError "FILE:LINE: bad argument to internal function". The macro `PyErr_BadInternalCall` calls it.
#[unsafe(no_mangle)]
pub extern "C" fn _PyErr_BadInternalCall(filename: Text, lineno: c_int) {
    let filename = Lossy(filename.get().unwrap_or(c"(null)").to_bytes());
    raised(raise!(SystemError, "{filename}:{lineno}: bad argument to internal function"));
}

/// Takes the pending error: a new reference to the exception, or NULL when there is none. Clears the indicator.
#[unsafe(no_mangle)]
pub extern "C" fn PyErr_GetRaisedException() -> *mut PyObject {
    looked(Look::Take("PyErr_GetRaisedException"));
    exceptions::fetch().map_or(core::ptr::null_mut(), Ref::into_ptr)
}

/// Makes `exception` the pending error, and steals the reference to it; NULL clears the indicator.
///
/// An object that is not an exception raises SystemError instead.
#[unsafe(no_mangle)]
pub extern "C" fn PyErr_SetRaisedException(exception: Given) {
    match exception {
        None => error::clear(),
        Some(exception) if exceptions::is_instance(exception.borrow()) => raised(exceptions::restore(exception)),
        Some(_) => raised(raise!(SystemError, "PyErr_SetRaisedException called with an object that is no exception")),
    }
}

/// Takes the pending error as its class, the exception and its traceback: new references, and the last may be NULL.
/// Without an error all three are NULL. Clears the indicator.
#[unsafe(no_mangle)]
pub extern "C" fn PyErr_Fetch(type_: OutObject, value: OutObject, traceback: OutObject) {
    looked(Look::Take("PyErr_Fetch"));
    let exception = exceptions::fetch();
    let class = exception.as_ref().map(|exception| exception.borrow().class().as_obj().to_ref());
    let trace = exception.as_ref().and_then(|exception| exceptions::traceback(exception.borrow()));
    type_.hand_out(class);
    value.hand_out(exception);
    traceback.hand_out(trace);
}

/// Restores an error that `PyErr_Fetch` took, and steals the three references; a NULL class clears the indicator.
///
/// A value that is not an instance of exactly this class is the argument, or the tuple of arguments, of a new
/// exception.
#[unsafe(no_mangle)]
pub extern "C" fn PyErr_Restore(type_: Given, value: Given, traceback: Given) {
    match type_ {
        Some(class) => raised(exceptions::restore_parts(class, value, traceback)),
        None => error::clear(),
    }
}

/// Turns a class and a value that were fetched into an instance and its class. If that fails, the new error replaces
/// them.
#[unsafe(no_mangle)]
pub extern "C" fn PyErr_NormalizeException(type_: Place, value: Place, _traceback: Place) {
    let (Some(type_), Some(value)) = (type_, value) else { return };
    let Some(class) = type_.replace(None) else { return };
    let (class, exception) = exceptions::normalize(class, value.replace(None));
    drop((type_.replace(Some(class)), value.replace(Some(exception))));
}

/// Reports that a tuple of exceptions is nested too deep, and leaves the pending error alone.
#[cold]
fn ignore_depth() {
    let pending = error::take();
    let _ = raise!(RecursionError, "maximum recursion depth exceeded while checking exception tuple");
    hooks::write_unraisable_text(format_args!("Exception ignored while checking exception tuple"));
    error::put_back(pending);
}

/// Whether a handler for `exc`, a class or a tuple of classes, handles an exception or exception class: 1 or 0.
///
/// Tuples nested too deeply for the stack match nothing; that is reported to `sys.unraisablehook`.
#[unsafe(no_mangle)]
pub extern "C" fn PyErr_GivenExceptionMatches(given: Arg, exc: Arg) -> c_int {
    match (given, exc) {
        (Some(given), Some(expected)) => exceptions::matches(given, expected, ignore_depth).into(),
        _ => 0,
    }
}

/// Whether a handler for `exc`, a class or a tuple of classes, handles the pending error: 1 or 0.
#[unsafe(no_mangle)]
pub extern "C" fn PyErr_ExceptionMatches(exc: Arg) -> c_int {
    looked(Look::Check);
    PyErr_GivenExceptionMatches(exceptions::class_of_pending().as_ref().map(Ref::borrow), exc)
}

/// Reports the pending error, which can't be raised, to `sys.unraisablehook`, which writes it to standard error; clears
/// it. `object` is where the error happened, for example a callback; it may be NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyErr_WriteUnraisable(object: Arg) {
    looked(Look::Take("PyErr_WriteUnraisable"));
    hooks::write_unraisable(None, object);
}

variadic! {
    /// Reports the pending error, which can't be raised, after a message about the operation that failed, and clears it,
    /// `void PyErr_FormatUnraisable(const char *format, ...)`: see `PyUnicode_FromFormatV` for the format. NULL stands for no
    /// message.
    ///
    /// # Safety
    /// `format` is NULL or NUL-terminated, followed by the arguments it asks for.
    PyErr_FormatUnraisable = pycapsule_PyErr_FormatUnraisable
}

/// `PyErr_FormatUnraisable` with its `...` as a `va_list`, for `csrc/variadic.c`. The symbol is not exported.
///
/// # Safety
/// As for `PyErr_FormatUnraisable`, with a `va_list` of the arguments that the format asks for.
#[unsafe(no_mangle)]
unsafe extern "C" fn pycapsule_write_unraisable(format: *const c_char, arguments: va_list) -> c_int {
    let before = error::take();
    // SAFETY: C's caller passed the format, which is not NULL here, and its arguments, of which `csrc/variadic.c` made
    // a list.
    let message =
        unsafe { (!format.is_null()).then(|| crate::format::str_from_va_list(CStr::from_ptr(format), arguments)) };
    // The error is reported even if its message can't be made.
    let message = message.and_then(Result::ok);
    error::put_back(before);
    hooks::write_unraisable(message.as_ref().map(Ref::borrow), None);
    0
}

/// Ends the process with SIGABRT: the message, the pending error and the name of the thread go to standard error. In C
/// a macro of this name passes the name of the function that contains the call.
#[unsafe(no_mangle)]
pub extern "C" fn Py_FatalError(message: Text) -> ! {
    _Py_FatalErrorFunc(Text::null(), message)
}

/// Ends the process as [`Py_FatalError`] does, with the function's name before the message. The macro `Py_FatalError` calls
/// it.
#[unsafe(no_mangle)]
pub extern "C" fn _Py_FatalErrorFunc(function: Text, message: Text) -> ! {
    fatal::end(function.get(), message.get(), files::FILES)
}

/// Ends a function whose only result is the error that it set.
fn raised(_: Raised) {}
