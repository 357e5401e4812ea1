//! Iteration: `PyObject_GetIter` and `PyIter_*`.

use crate::abi::PyObject;
use crate::api::argument;
use crate::objects::iterator;
use crate::runtime::{IntoC, Obj};
use core::ffi::c_int;

/// An iterator over an object: a new reference, or NULL with TypeError for what is not iterable, SystemError for NULL.
///
/// # Safety
/// `o` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_GetIter(o: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's promise.
    unsafe { argument(o, "PyObject_GetIter") }.and_then(iterator::of).into_c()
}

/// Whether the object is an iterator: 1 or 0. Never sets an error.
///
/// # Safety
/// `o` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyIter_Check(o: *mut PyObject) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { Obj::from_ptr(o) }.is_some_and(iterator::check).into()
}

/// The next item of an iterator: a new reference, or NULL, at the end without an error, with TypeError for what is no
/// iterator, SystemError for NULL.
///
/// # Safety
/// `iterator` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyIter_Next(iterator: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's promise.
    unsafe { argument(iterator, "PyIter_Next") }.and_then(iterator::next).into_c()
}

/// The next item of an iterator: 1 with a new reference in `*item`; 0 with NULL there at the end; -1 with NULL and an
/// error set, TypeError for what is no iterator.
///
/// # Safety
/// `iterator` is NULL or a live object; `item` can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyIter_NextItem(iterator: *mut PyObject, item: *mut *mut PyObject) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let next = argument(iterator, "PyIter_NextItem").and_then(iterator::next);
        crate::api::hand_out(next, item)
    }
}
