//! `Include/refcount.h`: reference counting as functions, for code that does not inline it.

use super::argument;
use crate::abi::{Py_ssize_t, PyObject};
use crate::runtime::{IntoC, Obj, Ref, reference};
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
    if let Some(o) = NonNull::new(o) {
        // SAFETY: the caller's promise.
        unsafe { reference::dealloc_often(o) }
    }
}

/// The same as [`Py_IncRef`]: what code built for the limited API calls.
///
/// # Safety
/// `o` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_IncRef(o: *mut PyObject) {
    // SAFETY: the caller's promise.
    unsafe { Py_IncRef(o) }
}

/// The same as [`Py_DecRef`]: what code built for the limited API calls.
///
/// # Safety
/// `o` is NULL or a live object to which the caller owns a reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_DecRef(o: *mut PyObject) {
    // SAFETY: the caller's promise.
    unsafe { Py_DecRef(o) }
}

/// A new reference to `o`, or NULL with SystemError when `o` is NULL.
///
/// # Safety
/// `o` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_NewRef(o: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's promise.
    unsafe { argument(o, "Py_NewRef") }.map(Obj::to_ref).into_c()
}

/// A new reference to `o`; NULL gives NULL.
///
/// # Safety
/// `o` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_XNewRef(o: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's promise.
    unsafe { Obj::from_ptr(o) }.map_or(core::ptr::null_mut(), |o| o.to_ref().into_ptr())
}

/// The number of references to `o`; for an immortal object a number that never changes. NULL has none.
///
/// # Safety
/// `o` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_REFCNT(o: *mut PyObject) -> Py_ssize_t {
    // SAFETY: the caller's promise.
    unsafe { Obj::from_ptr(o) }.map_or(0, |o| o.refcnt() as Py_ssize_t)
}

/// Sets the number of references to `o`, unless it is immortal. Destroys nothing, also at 0. NULL is fine.
///
/// # Safety
/// `o` is NULL or a live object of which that many references are then accounted for.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_SetRefcnt(o: *mut PyObject, refcnt: Py_ssize_t) {
    // SAFETY: the caller's promise.
    unsafe {
        if let Some(o) = Obj::from_ptr(o) {
            o.set_refcnt(refcnt as u32);
        }
    }
}
