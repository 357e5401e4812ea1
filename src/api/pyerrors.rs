//! `Include/pyerrors.h`: the error indicator and the exception classes here, exceptions and how they are made in files of
//! their own.

mod exception;
mod handled;
mod make;

pub use exception::*;
pub use handled::*;
pub use make::*;

use super::{argument, c_string};
use crate::abi::{Exc, PyObject, va_list};
use crate::format;
use crate::import::{console, hooks};
use crate::objects::object::null_argument;
use crate::objects::{exceptions, fatal};
use crate::runtime::memory::Lossy;
use crate::runtime::{IntoC, Obj, Raised, Ref, Result, error, events, memory, raise};
use crate::strict::{self, Look};
use core::ffi::{CStr, c_char, c_int};

macro_rules! export {
    ($($symbol:ident = $class:ident,)*) => { $(
        #[doc = concat!("The class `", stringify!($class), "`.")]
        #[unsafe(no_mangle)]
        pub static mut $symbol: *mut PyObject = exceptions::type_pointer(Exc::$class).cast();
    )* };
}
export! {
    PyExc_BaseException = BaseException,
    PyExc_Exception = Exception,
    PyExc_BaseExceptionGroup = BaseExceptionGroup,
    PyExc_GeneratorExit = GeneratorExit,
    PyExc_KeyboardInterrupt = KeyboardInterrupt,
    PyExc_SystemExit = SystemExit,
    PyExc_ArithmeticError = ArithmeticError,
    PyExc_AssertionError = AssertionError,
    PyExc_AttributeError = AttributeError,
    PyExc_BufferError = BufferError,
    PyExc_EOFError = EOFError,
    PyExc_ImportError = ImportError,
    PyExc_LookupError = LookupError,
    PyExc_MemoryError = MemoryError,
    PyExc_NameError = NameError,
    PyExc_OSError = OSError,
    PyExc_ReferenceError = ReferenceError,
    PyExc_RuntimeError = RuntimeError,
    PyExc_StopAsyncIteration = StopAsyncIteration,
    PyExc_StopIteration = StopIteration,
    PyExc_SyntaxError = SyntaxError,
    PyExc_SystemError = SystemError,
    PyExc_TypeError = TypeError,
    PyExc_ValueError = ValueError,
    PyExc_Warning = Warning,
    PyExc_InterpreterError = InterpreterError,
    PyExc_InterpreterNotFoundError = InterpreterNotFoundError,
    PyExc_FloatingPointError = FloatingPointError,
    PyExc_OverflowError = OverflowError,
    PyExc_ZeroDivisionError = ZeroDivisionError,
    PyExc_ModuleNotFoundError = ModuleNotFoundError,
    PyExc_IndexError = IndexError,
    PyExc_KeyError = KeyError,
    PyExc_UnboundLocalError = UnboundLocalError,
    PyExc_BlockingIOError = BlockingIOError,
    PyExc_ChildProcessError = ChildProcessError,
    PyExc_ConnectionError = ConnectionError,
    PyExc_BrokenPipeError = BrokenPipeError,
    PyExc_ConnectionAbortedError = ConnectionAbortedError,
    PyExc_ConnectionRefusedError = ConnectionRefusedError,
    PyExc_ConnectionResetError = ConnectionResetError,
    PyExc_FileExistsError = FileExistsError,
    PyExc_FileNotFoundError = FileNotFoundError,
    PyExc_InterruptedError = InterruptedError,
    PyExc_IsADirectoryError = IsADirectoryError,
    PyExc_NotADirectoryError = NotADirectoryError,
    PyExc_PermissionError = PermissionError,
    PyExc_ProcessLookupError = ProcessLookupError,
    PyExc_TimeoutError = TimeoutError,
    PyExc_NotImplementedError = NotImplementedError,
    PyExc_PythonFinalizationError = PythonFinalizationError,
    PyExc_RecursionError = RecursionError,
    PyExc_IndentationError = IndentationError,
    PyExc_TabError = TabError,
    _PyExc_IncompleteInputError = IncompleteInputError,
    PyExc_UnicodeError = UnicodeError,
    PyExc_UnicodeDecodeError = UnicodeDecodeError,
    PyExc_UnicodeEncodeError = UnicodeEncodeError,
    PyExc_UnicodeTranslateError = UnicodeTranslateError,
    PyExc_BytesWarning = BytesWarning,
    PyExc_DeprecationWarning = DeprecationWarning,
    PyExc_EncodingWarning = EncodingWarning,
    PyExc_FutureWarning = FutureWarning,
    PyExc_ImportWarning = ImportWarning,
    PyExc_PendingDeprecationWarning = PendingDeprecationWarning,
    PyExc_ResourceWarning = ResourceWarning,
    PyExc_RuntimeWarning = RuntimeWarning,
    PyExc_SyntaxWarning = SyntaxWarning,
    PyExc_UnicodeWarning = UnicodeWarning,
    PyExc_UserWarning = UserWarning,
    PyExc_EnvironmentError = OSError,
    PyExc_IOError = OSError,
}

/// The class of the pending error: a borrowed reference, or NULL when there is none.
#[unsafe(no_mangle)]
pub extern "C" fn PyErr_Occurred() -> *mut PyObject {
    // A function of its own, so that a call that is not watched has nothing to keep for it.
    #[cold]
    #[inline(never)]
    fn watched() -> *mut PyObject {
        strict::looked(Look::Ask);
        pending()
    }
    #[inline(always)]
    fn pending() -> *mut PyObject {
        exceptions::class_of_pending().map_or(core::ptr::null_mut(), |class| class.as_obj().as_ptr())
    }
    if events::watched() {
        return watched();
    }
    pending()
}

/// Clears the error indicator.
#[unsafe(no_mangle)]
pub extern "C" fn PyErr_Clear() {
    // A function of its own, so that a call nobody watches has nothing to keep for it.
    #[cold]
    #[inline(never)]
    fn watched() {
        strict::looked(Look::Ask);
        error::clear();
    }
    if events::watched() {
        return watched();
    }
    error::clear();
}

/// Lets the checker know that somebody looks at the error indicator, if it wants to.
#[inline]
pub(super) fn looked(look: Look) {
    if events::watched() {
        strict::looked(look);
    }
}

/// Raises an exception of class `exception` with a message in UTF-8, which is copied.
///
/// A message that is not UTF-8 raises UnicodeDecodeError instead; a class that is no exception class, SystemError.
///
/// # Safety
/// `exception` is NULL or a live object, `string` is NULL or NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_SetString(exception: *mut PyObject, string: *const c_char) {
    // SAFETY: the caller's promise.
    let class = match unsafe { argument(exception, "PyErr_SetString") } {
        Ok(class) if !string.is_null() => class,
        Ok(_) => return raised(null_argument("PyErr_SetString")),
        Err(error) => return raised(error),
    };
    // SAFETY: the caller's promise.
    raised(exceptions::raise_text(class, unsafe { CStr::from_ptr(string) }.to_bytes()));
}

/// Raises an exception of class `exception`: `value` itself if it is one of its instances, else one made from it, where
/// NULL and None stand for no argument and a tuple for all of them.
///
/// # Safety
/// `exception` and `value` are NULL or live objects.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_SetObject(exception: *mut PyObject, value: *mut PyObject) {
    // SAFETY: the caller's promise.
    raised(unsafe {
        match argument(exception, "PyErr_SetObject") {
            Ok(class) => exceptions::raise_object(class, Obj::from_ptr(value)),
            Err(error) => error,
        }
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
/// `exception` is NULL or a live object, `format` is NULL or NUL-terminated; `arguments` is a `va_list` of the arguments
/// that the format asks for.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_FormatV(
    exception: *mut PyObject,
    format: *const c_char,
    arguments: va_list,
) -> *mut PyObject {
    error::clear();
    // SAFETY: the caller's promise.
    let message = unsafe {
        argument(exception, "PyErr_Format").and_then(|class| {
            let message = format::from_va_list(c_string(format, "PyErr_Format")?, arguments)?;
            Ok((class, message))
        })
    };
    Result::<Ref>::Err(match message {
        Ok((class, message)) => exceptions::raise_object(class, Some(message.borrow())),
        Err(error) => error,
    })
    .into_c()
}

/// Raises an exception of class `exception` without arguments.
///
/// # Safety
/// `exception` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_SetNone(exception: *mut PyObject) {
    // SAFETY: the caller's promise.
    unsafe { PyErr_SetObject(exception, core::ptr::null_mut()) }
}

/// Raises MemoryError. Always returns NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyErr_NoMemory() -> *mut PyObject {
    Result::<Ref>::Err(memory::out_of_memory()).into_c()
}

/// Raises TypeError "bad argument type for built-in operation". Always returns 0.
#[unsafe(no_mangle)]
pub extern "C" fn PyErr_BadArgument() -> c_int {
    raised(raise!(TypeError, "bad argument type for built-in operation"));
    0
}

/// Raises SystemError "bad argument to internal function".
#[unsafe(no_mangle)]
pub extern "C" fn PyErr_BadInternalCall() {
    raised(raise!(SystemError, "bad argument to internal function"));
}

/// Raises SystemError "FILE:LINE: bad argument to internal function": what the macro `PyErr_BadInternalCall` calls.
///
/// # Safety
/// `filename` is NULL or NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyErr_BadInternalCall(filename: *const c_char, lineno: c_int) {
    let filename = if filename.is_null() {
        c"(null)"
    } else {
        // SAFETY: the caller's promise.
        unsafe { CStr::from_ptr(filename) }
    };
    let filename = Lossy(filename.to_bytes());
    raised(raise!(SystemError, "{filename}:{lineno}: bad argument to internal function"));
}

/// Takes the pending error: a new reference to the exception, or NULL when there is none. Clears the indicator.
#[unsafe(no_mangle)]
pub extern "C" fn PyErr_GetRaisedException() -> *mut PyObject {
    looked(Look::Take("PyErr_GetRaisedException"));
    exceptions::fetch().map_or(core::ptr::null_mut(), Ref::into_ptr)
}

/// Makes `exception` the pending error, and takes over the reference to it; NULL clears the indicator.
///
/// An object that is no exception raises SystemError instead.
///
/// # Safety
/// `exception` is NULL or a live object to which the caller owns a reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_SetRaisedException(exception: *mut PyObject) {
    // SAFETY: the caller's promise.
    match unsafe { Ref::from_ptr(exception) } {
        None => error::clear(),
        Some(exception) if exceptions::is_instance(exception.borrow()) => raised(exceptions::restore(exception)),
        Some(_) => raised(raise!(SystemError, "PyErr_SetRaisedException called with an object that is no exception")),
    }
}

/// Takes the pending error as its class, the exception and its traceback: new references, the last possibly NULL; three
/// times NULL when there is none. Clears the indicator.
///
/// # Safety
/// Each pointer is NULL or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_Fetch(
    type_: *mut *mut PyObject,
    value: *mut *mut PyObject,
    traceback: *mut *mut PyObject,
) {
    looked(Look::Take("PyErr_Fetch"));
    let exception = exceptions::fetch();
    let class = exception.as_ref().map(|exception| exception.borrow().class().as_obj().to_ref());
    let trace = exception.as_ref().and_then(|exception| exceptions::traceback(exception.borrow()).get());
    // SAFETY: the caller's promise.
    unsafe { hand_out([type_, value, traceback], [class, exception, trace]) }
}

/// Writes new references, or NULL.
///
/// # Safety
/// Each place is NULL or can be written.
#[inline(always)]
unsafe fn hand_out([a, b, c]: [*mut *mut PyObject; 3], [first, second, third]: [Option<Ref>; 3]) {
    // SAFETY: the caller's promise.
    let hand = |place: *mut *mut PyObject, part: Option<Ref>| unsafe {
        if let Some(place) = place.as_mut() {
            *place = part.map_or(core::ptr::null_mut(), Ref::into_ptr);
        }
    };
    hand(a, first);
    hand(b, second);
    hand(c, third);
}

/// Puts an error back that `PyErr_Fetch` took, and takes over the three references; a NULL class clears the indicator.
///
/// A value that is no instance of exactly this class is the argument, or the tuple of arguments, of a new one.
///
/// # Safety
/// Each is NULL or a live object to which the caller owns a reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_Restore(type_: *mut PyObject, value: *mut PyObject, traceback: *mut PyObject) {
    // SAFETY: the caller's promise.
    let (class, value, traceback) = unsafe { (Ref::from_ptr(type_), Ref::from_ptr(value), Ref::from_ptr(traceback)) };
    match class {
        Some(class) => raised(exceptions::restore_parts(class, value, traceback)),
        None => error::clear(),
    }
}

/// Makes what was fetched an instance and its class, if it is not already. A failure to do so takes its place.
///
/// # Safety
/// Each pointer is NULL or points to NULL or to a reference that the caller owns.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_NormalizeException(
    type_: *mut *mut PyObject,
    value: *mut *mut PyObject,
    _traceback: *mut *mut PyObject,
) {
    // SAFETY: the caller's promise; both places are written with references that the caller then owns.
    unsafe {
        let (Some(type_), Some(value)) = (type_.as_mut(), value.as_mut()) else { return };
        let Some(class) = Ref::from_ptr(*type_) else { return };
        let (class, exception) = exceptions::normalize(class, Ref::from_ptr(*value));
        *type_ = class.into_ptr();
        *value = exception.into_ptr();
    }
}

/// Reports that a tuple of exceptions is nested too deep, and leaves the pending error alone.
#[cold]
fn ignore_depth() {
    let pending = error::take();
    let _ = raise!(RecursionError, "maximum recursion depth exceeded while checking exception tuple");
    hooks::write_unraisable_text(format_args!("Exception ignored while checking exception tuple"));
    error::put_back(pending);
}

/// Whether an exception or exception class is what a handler for `exc`, a class or a tuple of such, handles: 1 or 0.
///
/// Tuples nested too deep for the stack hold nothing, which `sys.unraisablehook` is told.
///
/// # Safety
/// Both are NULL or live objects.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_GivenExceptionMatches(given: *mut PyObject, exc: *mut PyObject) -> c_int {
    // SAFETY: the caller's promise.
    match unsafe { (Obj::from_ptr(given), Obj::from_ptr(exc)) } {
        (Some(given), Some(expected)) => exceptions::matches(given, expected, ignore_depth).into(),
        _ => 0,
    }
}

/// Whether the pending error is what a handler for `exc`, a class or a tuple of such, handles: 1 or 0.
///
/// # Safety
/// `exc` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_ExceptionMatches(exc: *mut PyObject) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { PyErr_GivenExceptionMatches(PyErr_Occurred(), exc) }
}

/// Reports the pending error, which can't be raised, to `sys.unraisablehook`, which writes it to standard error; clears it.
/// `object` is what it happened in; NULL is fine.
///
/// # Safety
/// `object` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_WriteUnraisable(object: *mut PyObject) {
    looked(Look::Take("PyErr_WriteUnraisable"));
    // SAFETY: the caller's promise.
    hooks::write_unraisable(None, unsafe { Obj::from_ptr(object) });
}

variadic! {
    /// Reports the pending error, which can't be raised, after a message that says what was being done, and clears it,
    /// `void PyErr_FormatUnraisable(const char *format, ...)`: see `PyUnicode_FromFormatV` for the format. NULL stands for no
    /// message.
    ///
    /// # Safety
    /// `format` is NULL or NUL-terminated, followed by the arguments it asks for.
    PyErr_FormatUnraisable = pycapsule_PyErr_FormatUnraisable
}

for_variadic! {
    /// What `PyErr_FormatUnraisable` does with its arguments.
    fn pycapsule_write_unraisable(format: *const c_char, arguments: va_list) -> c_int {
        let before = error::take();
        // SAFETY: what the caller of PyErr_FormatUnraisable promised.
        let message = unsafe {
            (!format.is_null()).then(|| crate::format::from_va_list(CStr::from_ptr(format), arguments))
        };
        // Without its message the error is reported all the same.
        let message = message.and_then(Result::ok);
        error::put_back(before);
        hooks::write_unraisable(message.as_ref().map(Ref::borrow), None);
        0
    }
}

/// Ends the process with SIGABRT: the message, what error is pending, and what thread this is go to standard error. In C
/// it is a macro too, which names the function it stands in.
///
/// # Safety
/// `message` is NULL or NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_FatalError(message: *const c_char) -> ! {
    // SAFETY: the caller's promise.
    unsafe { _Py_FatalErrorFunc(core::ptr::null(), message) }
}

/// What the macro `Py_FatalError` calls: the same, with the function's name before the message.
///
/// # Safety
/// Both are NULL or NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_FatalErrorFunc(function: *const c_char, message: *const c_char) -> ! {
    // SAFETY: the caller's promise.
    let [function, message] =
        [function, message].map(|text| (!text.is_null()).then(|| unsafe { CStr::from_ptr(text) }));
    fatal::end(function, message, console::FILES)
}

/// The end of a function that has nothing to return but the error it set.
fn raised(_: Raised) {}
