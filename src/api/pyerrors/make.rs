//! Making exception classes, and exceptions of particular classes.

use super::raised;
use crate::abi::{Exc, Py_ssize_t, PyObject};
use crate::api::{required, required_text};
use crate::interpreter::{garbage, pending};
use crate::objects::str::Handler;
use crate::objects::{bytes, exceptions, str};
use crate::runtime::refusal::null_argument;
use crate::runtime::{Arg, Given, IntoC, Ref, Result, Text, errno, raise};
use crate::types::exception_class;
use core::ffi::{CStr, c_char, c_int};

/// Makes an exception class from a name with a dot, "module.Name": a new reference, or NULL with an error set.
///
/// `base` is a class or a tuple of classes; NULL stands for `Exception`. `dict` holds the class's attributes; NULL
/// stands for an empty one. If `dict` has no `__module__`, it is added; then `dict` is copied. A name without a dot is
/// a SystemError.
#[unsafe(no_mangle)]
pub extern "C" fn PyErr_NewException(name: Text, base: Arg, dict: Arg) -> *mut PyObject {
    PyErr_NewExceptionWithDoc(name, Text::null(), base, dict)
}

/// Makes an exception class as [`PyErr_NewException`] does, with documentation, which is added to `dict` as `__doc__`.
#[unsafe(no_mangle)]
pub extern "C" fn PyErr_NewExceptionWithDoc(name: Text, doc: Text, base: Arg, dict: Arg) -> *mut PyObject {
    let Some(name) = name.get() else {
        return Result::<Ref>::Err(null_argument("PyErr_NewException")).into_c();
    };
    exception_class::new(name.to_bytes(), doc.get().map(CStr::to_bytes), base, dict).into_c()
}

/// Raises an error for the number in C's `errno`: an exception of class `exception` made from the number and the
/// system's message for it. For OSError, the number selects the subclass. Always returns NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyErr_SetFromErrno(exception: Arg) -> *mut PyObject {
    PyErr_SetFromErrnoWithFilenameObjects(exception, None, None)
}

/// Raises an error for the number in C's `errno`, as [`PyErr_SetFromErrno`] does, for a file. Its name is in the file
/// system's encoding; NULL stands for no name. Always returns NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyErr_SetFromErrnoWithFilename(exception: Arg, filename: Text) -> *mut PyObject {
    let number = errno::get();
    let raise = || {
        let class = required(exception, "PyErr_SetFromErrnoWithFilename")?;
        let decode = |filename: &CStr| str::decode_utf8(filename.to_bytes(), Handler::SurrogateEscape);
        let filename = filename.get().map(decode).transpose()?;
        Ok(exceptions::raise_system_error(class, number, filename.as_ref().map(Ref::borrow), None))
    };
    Result::<Ref>::Err(raise().unwrap_or_else(|error| error)).into_c()
}

/// Raises an error for the number in C's `errno`, as [`PyErr_SetFromErrno`] does, for a file whose name is an object;
/// NULL stands for no name. Always returns NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyErr_SetFromErrnoWithFilenameObject(exception: Arg, filename: Arg) -> *mut PyObject {
    PyErr_SetFromErrnoWithFilenameObjects(exception, filename, None)
}

/// Raises an error for the number in C's `errno`, as [`PyErr_SetFromErrno`] does, for two files; NULL stands for no
/// name. Always returns NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyErr_SetFromErrnoWithFilenameObjects(
    exception: Arg,
    filename: Arg,
    filename2: Arg,
) -> *mut PyObject {
    let number = errno::get();
    let error = required(exception, "PyErr_SetFromErrno")
        .map(|class| exceptions::raise_system_error(class, number, filename, filename2));
    Result::<Ref>::Err(error.unwrap_or_else(|error| error)).into_c()
}

/// Raises ImportError with a message, about a module and the file it is in, both of which may be NULL. Always returns
/// NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyErr_SetImportError(message: Arg, name: Arg, path: Arg) -> *mut PyObject {
    PyErr_SetImportErrorSubclass(Some(Exc::ImportError.class().as_obj()), message, name, path)
}

/// Raises an exception of a class derived from ImportError, as [`PyErr_SetImportError`] does. TypeError for any other
/// class, and for a message that is NULL. Always returns NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyErr_SetImportErrorSubclass(exception: Arg, message: Arg, name: Arg, path: Arg) -> *mut PyObject {
    let error = required(exception, "PyErr_SetImportErrorSubclass")
        .and_then(|class| exceptions::raise_import_error_of(class, message, name, path));
    Result::<Ref>::Err(error.unwrap_or_else(|error| error)).into_c()
}

/// A new UnicodeDecodeError: a new reference, or NULL with an error set.
///
/// # Safety
/// `object` has `length` readable bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeDecodeError_Create(
    encoding: Text,
    object: *const c_char,
    length: Py_ssize_t,
    start: Py_ssize_t,
    end: Py_ssize_t,
    reason: Text,
) -> *mut PyObject {
    const NAME: &str = "PyUnicodeDecodeError_Create";
    let make = || {
        let (encoding, reason) = (required_text(encoding, NAME)?.to_bytes(), required_text(reason, NAME)?.to_bytes());
        let object = match usize::try_from(length) {
            Ok(0) => &[],
            // SAFETY: the caller passes as many readable bytes as it states; they are copied before any other code
            // runs.
            Ok(length) if !object.is_null() => unsafe { core::slice::from_raw_parts(object.cast::<u8>(), length) },
            _ => return Err(null_argument(NAME)),
        };
        let object = bytes::from_slice(object)?;
        exceptions::decode_error(str::from_utf8(encoding)?, object.into_ref(), (start, end), str::from_utf8(reason)?)
    };
    make().into_c()
}

/// Makes `exception` the context of the pending error, or the pending error when there is none, and steals the
/// reference to it. NULL is allowed; SystemError for an object that is not an exception.
#[unsafe(no_mangle)]
pub extern "C" fn _PyErr_ChainExceptions1(exception: Given) {
    match exception {
        Some(exception) if exceptions::is_instance(exception.borrow()) => exceptions::chain_before_pending(exception),
        Some(_) => raised(raise!(SystemError, "_PyErr_ChainExceptions1 called with an object that is no exception")),
        None => {}
    }
}

/// 0, or -1 with KeyboardInterrupt after `PyErr_SetInterrupt`. There are no other handlers of signals. If the program
/// has made many objects, as CPython's collector counts them, garbage among the young ones is collected.
#[unsafe(no_mangle)]
pub extern "C" fn PyErr_CheckSignals() -> c_int {
    garbage::collect_if_due();
    pending::check_interrupt().into_c()
}
