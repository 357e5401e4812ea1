//! `Include/refcount.h`: reference counting as functions, for code that does not inline it.

use super::required;
use crate::abi::{Py_ssize_t, PyObject};
use crate::runtime::{Arg, Given, IntoC, Obj, extension_object, gc, reference};
use core::ffi::c_int;
use core::ptr::NonNull;

/// Adds a reference. NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn Py_IncRef(o: Arg) {
    if let Some(o) = o {
        o.to_ref().into_ptr();
    }
}

/// Drops a reference, and destroys the object when that was the last. NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn Py_DecRef(o: Given) {
    drop(o);
}

/// Destroys an object. The inline `Py_DECREF` calls it when the count has become 0.
///
/// # Safety
/// `o` is NULL or an object whose last reference was given back.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_Dealloc(o: *mut PyObject) {
    if let Some(o) = NonNull::new(o) {
        // SAFETY: C calls this once the count is zero; the object is whole then and has no other user.
        unsafe { reference::dealloc_often(o) }
    }
}

/// [`Py_IncRef`] for code that is built for the limited API.
#[unsafe(no_mangle)]
pub extern "C" fn _Py_IncRef(o: Arg) {
    Py_IncRef(o)
}

/// [`Py_DecRef`] for code that is built for the limited API.
#[unsafe(no_mangle)]
pub extern "C" fn _Py_DecRef(o: Given) {
    Py_DecRef(o)
}

/// A new reference to `o`, or NULL with SystemError when `o` is NULL.
#[unsafe(no_mangle)]
pub extern "C" fn Py_NewRef(o: Arg) -> *mut PyObject {
    required(o, "Py_NewRef").map(Obj::to_ref).into_c()
}

/// A new reference to `o`; NULL gives NULL.
#[unsafe(no_mangle)]
pub extern "C" fn Py_XNewRef(o: Arg) -> *mut PyObject {
    o.map_or(core::ptr::null_mut(), |o| o.to_ref().into_ptr())
}

/// The number of references to `o`; for an immortal object a number that never changes; 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn Py_REFCNT(o: Arg) -> Py_ssize_t {
    o.map_or(0, |o| o.refcnt() as Py_ssize_t)
}

/// Sets the number of references to `o`, unless it is immortal. Never destroys the object, even at 0. NULL is fine.
///
/// # Safety
/// Exactly `refcnt` references are dropped afterwards.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_SetRefcnt(o: Arg, refcnt: Py_ssize_t) {
    if let Some(o) = o {
        // SAFETY: C counts the references itself when it sets their number.
        unsafe { o.set_refcnt(refcnt as u32) };
    }
}

/// Whether this is the only reference to `o`, and no other thread can make one: 1 or 0; 0 for NULL. Never sets an error.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnstable_Object_IsUniquelyReferenced(o: Arg) -> c_int {
    o.is_some_and(|o| o.refcnt() == 1).into()
}

/// Whether the only reference to `o` is on the stack of Python code that calls this function: always 0, because there is no Python
/// code. Never sets an error.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnstable_Object_IsUniqueReferencedTemporary(_: Arg) -> c_int {
    0
}

/// Whether `o` is immortal: 1 or 0; 0 for NULL. Never sets an error.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnstable_IsImmortal(o: Arg) -> c_int {
    o.is_some_and(Obj::is_immortal).into()
}

/// Makes an object immortal: it is never destroyed. Code of mypyc calls it. NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn _Py_SetImmortal(o: Arg) {
    if let Some(o) = o {
        if gc::is_gc(o) {
            gc::untrack(o);
        }
        o.immortalize();
    }
}

/// Asks for reference counts that are settled later: 0, because only CPython's build without the GIL has them. Never sets an error.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnstable_Object_EnableDeferredRefcount(_: Arg) -> c_int {
    0
}

/// Prepares `o` for `PyUnstable_TryIncRef` in other threads. Does nothing, because the GIL excludes these. NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnstable_EnableTryIncRef(_: Arg) {}

/// Adds a reference to `o` unless the last one is gone: 1 if there is a new reference, else 0. 0 for NULL. Never sets an error.
///
/// # Safety
/// `o` is NULL or an object whose memory is not freed yet.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnstable_TryIncRef(o: *mut PyObject) -> c_int {
    // SAFETY: the memory of the object is not freed yet.
    NonNull::new(o).is_some_and(|o| unsafe { extension_object::try_incref(o) }).into()
}

/// Makes the memory of an object count one reference, as a new object does. The other fields stay.
///
/// # Safety
/// `o` can be written as an object, and no code has a reference to it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_NewReference(o: *mut PyObject) {
    // SAFETY: the caller's memory can be written.
    unsafe { (&raw mut (*o).ob_refcnt).write(1) };
}
