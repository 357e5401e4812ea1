//! `Include/refcount.h`: reference counting as functions, for code that does not inline it.

use crate::abi::PyObject;
use crate::runtime::{Obj, Ref, reference};
use core::ptr::NonNull;

/// Adds a reference. NULL is fine.
///
/// # Safety
/// `o` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_IncRef(o: *mut PyObject) {
    // SAFETY: the caller's promise.
    if let Some(o) = unsafe { Obj::from_ptr(o) } {
        o.to_ref().into_ptr();
    }
}

/// Takes a reference away, and destroys the object when that was the last. NULL is fine.
///
/// # Safety
/// `o` is NULL or a live object to which the caller owns a reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_DecRef(o: *mut PyObject) {
    // SAFETY: the caller's promise.
    drop(unsafe { Ref::from_ptr(o) });
}

/// Destroys an object: what the inline `Py_DECREF` calls when the count has come down to 0.
///
/// # Safety
/// `o` is an object that nobody refers to any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_Dealloc(o: *mut PyObject) {
    // SAFETY: the caller's promise.
    if let Some(o) = NonNull::new(o) {
        unsafe { reference::dealloc(o) }
    }
}
