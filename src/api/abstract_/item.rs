//! Items by key: `PyObject_Size`, `PyObject_GetItem` and their companions, and `PyMapping_*`.

use super::object_argument;
use crate::abi::{Py_ssize_t, PyObject};
use crate::objects::object::null_error;
use crate::objects::{mapping, str};
use crate::runtime::{IntoC, Obj, Ref, Result};
use core::ffi::{CStr, c_char, c_int};

/// A key from a NUL-terminated string in UTF-8; NULL is a SystemError.
///
/// # Safety
/// `key` is NULL or NUL-terminated.
unsafe fn key_from_c(key: *const c_char) -> Result<Ref> {
    if key.is_null() {
        return Err(null_error());
    }
    // SAFETY: the caller's promise.
    str::from_utf8(unsafe { CStr::from_ptr(key) }.to_bytes())
}

/// `len(o)`, or -1 with TypeError for what has no length, SystemError for NULL.
///
/// # Safety
/// `o` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_Size(o: *mut PyObject) -> Py_ssize_t {
    // SAFETY: the caller's promise.
    unsafe { object_argument(o) }.and_then(mapping::len).into_c()
}

/// `len(o)`, or -1 with TypeError for what has no length, SystemError for NULL.
///
/// # Safety
/// `o` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_Length(o: *mut PyObject) -> Py_ssize_t {
    // SAFETY: the caller's promise.
    unsafe { object_argument(o) }.and_then(mapping::len).into_c()
}

/// `o[key]`: a new reference, or NULL with KeyError or IndexError, TypeError for what has no items, SystemError for
/// NULL.
///
/// # Safety
/// Both are NULL or live objects.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_GetItem(o: *mut PyObject, key: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's promise.
    unsafe { object_argument(o).and_then(|o| mapping::get(o, object_argument(key)?)).into_c() }
}

/// `o[key] = value`: 0, or -1 with IndexError, TypeError for what can't be changed, SystemError for NULL.
///
/// # Safety
/// All are NULL or live objects.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_SetItem(o: *mut PyObject, key: *mut PyObject, value: *mut PyObject) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        object_argument(o).and_then(|o| mapping::set(o, object_argument(key)?, Some(object_argument(value)?))).into_c()
    }
}

/// `del o[key]`: 0, or -1 with KeyError or IndexError, TypeError for what can't be changed, SystemError for NULL.
///
/// # Safety
/// Both are NULL or live objects.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_DelItem(o: *mut PyObject, key: *mut PyObject) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { object_argument(o).and_then(|o| mapping::set(o, object_argument(key)?, None)).into_c() }
}

/// `del o[key]` for a key in UTF-8. See [`PyObject_DelItem`].
///
/// # Safety
/// `o` is NULL or a live object, `key` NULL or NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_DelItemString(o: *mut PyObject, key: *const c_char) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { object_argument(o).and_then(|o| mapping::set(o, key_from_c(key)?.borrow(), None)).into_c() }
}

/// Whether items can be asked for by key: 1 or 0, which is also the answer for NULL. Never sets an error.
///
/// # Safety
/// `o` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMapping_Check(o: *mut PyObject) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { Obj::from_ptr(o) }.is_some_and(mapping::check).into()
}

/// The number of items, or -1 with TypeError for what has none or is a sequence, SystemError for NULL.
///
/// # Safety
/// `o` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMapping_Size(o: *mut PyObject) -> Py_ssize_t {
    // SAFETY: the caller's promise.
    unsafe { object_argument(o) }.and_then(mapping::size).into_c()
}

/// The number of items, or -1 with TypeError for what has none or is a sequence, SystemError for NULL.
///
/// # Safety
/// `o` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMapping_Length(o: *mut PyObject) -> Py_ssize_t {
    // SAFETY: the caller's promise.
    unsafe { object_argument(o) }.and_then(mapping::size).into_c()
}

/// `o[key]` for a key in UTF-8. See [`PyObject_GetItem`].
///
/// # Safety
/// `o` is NULL or a live object, `key` NULL or NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMapping_GetItemString(o: *mut PyObject, key: *const c_char) -> *mut PyObject {
    // SAFETY: the caller's promise.
    unsafe { key_from_c(key).and_then(|key| mapping::get(object_argument(o)?, key.borrow())).into_c() }
}

/// `o[key] = value` for a key in UTF-8. See [`PyObject_SetItem`].
///
/// # Safety
/// `o` and `value` are NULL or live objects, `key` is NULL or NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMapping_SetItemString(o: *mut PyObject, key: *const c_char, value: *mut PyObject) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        key_from_c(key)
            .and_then(|key| mapping::set(object_argument(o)?, key.borrow(), Some(object_argument(value)?)))
            .into_c()
    }
}
