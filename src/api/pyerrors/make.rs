//! Making exception classes, and exceptions of particular classes.

use super::raised;
use crate::abi::{Exc, Py_ssize_t, PyObject};
use crate::api::{argument, c_string};
use crate::objects::object::null_argument;
use crate::objects::str::Handler;
use crate::objects::{bytes, exceptions, str};
use crate::runtime::{IntoC, Obj, Ref, Result, errno, raise};
use core::ffi::{CStr, c_char, c_int};

/// Makes an exception class from a name with a dot, "module.Name": a new reference, or NULL with an error set.
///
/// `base` is a class or a tuple of classes, NULL stands for `Exception`. `dict` holds the class's attributes; it is copied,
/// after `__module__` was put into it if it had none; NULL stands for an empty one. A name without a dot is a SystemError.
///
/// # Safety
/// `name` is NULL or NUL-terminated, `base` and `dict` are NULL or live objects.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_NewException(
    name: *const c_char,
    base: *mut PyObject,
    dict: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: the caller's promise.
    unsafe { PyErr_NewExceptionWithDoc(name, core::ptr::null(), base, dict) }
}

/// Makes an exception class as [`PyErr_NewException`] does, with documentation, which goes into `dict` as `__doc__`.
///
/// # Safety
/// `name` and `doc` are NULL or NUL-terminated, `base` and `dict` are NULL or live objects.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_NewExceptionWithDoc(
    name: *const c_char,
    doc: *const c_char,
    base: *mut PyObject,
    dict: *mut PyObject,
) -> *mut PyObject {
    if name.is_null() {
        return Result::<Ref>::Err(null_argument("PyErr_NewException")).into_c();
    }
    // SAFETY: the caller's promise.
    unsafe {
        let doc = (!doc.is_null()).then(|| CStr::from_ptr(doc).to_bytes());
        exceptions::new_class(CStr::from_ptr(name).to_bytes(), doc, Obj::from_ptr(base), Obj::from_ptr(dict)).into_c()
    }
}

/// Raises what the number in C's `errno` stands for, an exception of class `exception` made from the number and the system's
/// message: for OSError, that of the number. Always returns NULL.
///
/// # Safety
/// `exception` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_SetFromErrno(exception: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's promise.
    unsafe { PyErr_SetFromErrnoWithFilenameObjects(exception, core::ptr::null_mut(), core::ptr::null_mut()) }
}

/// The same, about a file whose name is given in the encoding of the file system; NULL stands for none.
///
/// # Safety
/// `exception` is NULL or a live object; `filename` is NULL or NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_SetFromErrnoWithFilename(
    exception: *mut PyObject,
    filename: *const c_char,
) -> *mut PyObject {
    let number = errno::get();
    // SAFETY: the caller's promise.
    unsafe {
        let raise = || {
            let class = argument(exception, "PyErr_SetFromErrnoWithFilename")?;
            let filename = if filename.is_null() {
                None
            } else {
                Some(str::decode_utf8(CStr::from_ptr(filename).to_bytes(), Handler::SurrogateEscape)?)
            };
            Ok(exceptions::raise_system_error(class, number, filename.as_ref().map(Ref::borrow), None))
        };
        Result::<Ref>::Err(raise().unwrap_or_else(|error| error)).into_c()
    }
}

/// The same, about a file whose name is an object; NULL stands for none.
///
/// # Safety
/// `exception` and `filename` are NULL or live objects.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_SetFromErrnoWithFilenameObject(
    exception: *mut PyObject,
    filename: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: the caller's promise.
    unsafe { PyErr_SetFromErrnoWithFilenameObjects(exception, filename, core::ptr::null_mut()) }
}

/// The same, about two files; NULL stands for none.
///
/// # Safety
/// `exception`, `filename` and `filename2` are NULL or live objects.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_SetFromErrnoWithFilenameObjects(
    exception: *mut PyObject,
    filename: *mut PyObject,
    filename2: *mut PyObject,
) -> *mut PyObject {
    let number = errno::get();
    // SAFETY: the caller's promise.
    let error = unsafe {
        argument(exception, "PyErr_SetFromErrno").map(|class| {
            exceptions::raise_system_error(class, number, Obj::from_ptr(filename), Obj::from_ptr(filename2))
        })
    };
    Result::<Ref>::Err(error.unwrap_or_else(|error| error)).into_c()
}

/// Raises ImportError with a message, about a module and the file it is in, both of which may be NULL. Always returns NULL.
///
/// # Safety
/// All are NULL or live objects.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_SetImportError(
    message: *mut PyObject,
    name: *mut PyObject,
    path: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: the caller's promise.
    unsafe { PyErr_SetImportErrorSubclass(Exc::ImportError.class().as_obj().as_ptr(), message, name, path) }
}

/// The same, for a class made from ImportError; TypeError for any other, and for a message that is NULL.
///
/// # Safety
/// All are NULL or live objects.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_SetImportErrorSubclass(
    exception: *mut PyObject,
    message: *mut PyObject,
    name: *mut PyObject,
    path: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: the caller's promise.
    let error = unsafe {
        argument(exception, "PyErr_SetImportErrorSubclass").and_then(|class| {
            let [message, name, path] = [message, name, path].map(|part| Obj::from_ptr(part));
            exceptions::raise_import_error_of(class, message, name, path)
        })
    };
    Result::<Ref>::Err(error.unwrap_or_else(|error| error)).into_c()
}

/// A new UnicodeDecodeError: a new reference, or NULL with an error set.
///
/// # Safety
/// The texts are NULL or NUL-terminated; `object` has `length` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeDecodeError_Create(
    encoding: *const c_char,
    object: *const c_char,
    length: Py_ssize_t,
    start: Py_ssize_t,
    end: Py_ssize_t,
    reason: *const c_char,
) -> *mut PyObject {
    const NAME: &str = "PyUnicodeDecodeError_Create";
    // SAFETY: the caller's promise.
    let make = || unsafe {
        let (encoding, reason) = (c_string(encoding, NAME)?.to_bytes(), c_string(reason, NAME)?.to_bytes());
        let object = match usize::try_from(length) {
            Ok(0) => &[],
            Ok(length) if !object.is_null() => core::slice::from_raw_parts(object.cast::<u8>(), length),
            _ => return Err(null_argument(NAME)),
        };
        let object = bytes::from_slice(object)?;
        exceptions::decode_error(str::from_utf8(encoding)?, object, (start, end), str::from_utf8(reason)?)
    };
    make().into_c()
}

/// Makes `exception` the context of the pending error, or the pending error when there is none, and takes over the reference
/// to it. NULL is fine; SystemError for what is no exception.
///
/// # Safety
/// `exception` is NULL, or a live object to which the caller owns a reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyErr_ChainExceptions1(exception: *mut PyObject) {
    // SAFETY: the caller's promise.
    match unsafe { Ref::from_ptr(exception) } {
        Some(exception) if exceptions::is_instance(exception.borrow()) => exceptions::chain_before_pending(exception),
        Some(_) => raised(raise!(SystemError, "_PyErr_ChainExceptions1 called with an object that is no exception")),
        None => {}
    }
}

/// Whether a handler in Python raised an error for a signal that came in: there are none, so always 0.
#[unsafe(no_mangle)]
pub extern "C" fn PyErr_CheckSignals() -> c_int {
    0
}
