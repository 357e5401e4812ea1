//! The exception a thread is handling, which becomes the context of those raised meanwhile.

use super::hand_out;
use crate::abi::PyObject;
use crate::objects::{constants, exceptions};
use crate::runtime::{Obj, Ref, error};

/// The exception this thread is handling: a new reference, or NULL without an error when there is none.
#[unsafe(no_mangle)]
pub extern "C" fn PyErr_GetHandledException() -> *mut PyObject {
    error::handled().map_or(core::ptr::null_mut(), Ref::into_ptr)
}

/// Sets the exception this thread is handling, which becomes the context of those raised from then on; NULL and None
/// stand for none.
///
/// # Safety
/// `exc` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_SetHandledException(exc: *mut PyObject) {
    // SAFETY: the caller's promise.
    let exc = unsafe { Obj::from_ptr(exc) }.filter(|exc| exceptions::is_instance(*exc));
    drop(error::set_handled(exc.map(Obj::to_ref)));
}

/// The exception this thread is handling as its class, itself and its traceback: new references, the first and the last
/// None and the second NULL when there is none.
///
/// # Safety
/// Each pointer is NULL or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_GetExcInfo(
    type_: *mut *mut PyObject,
    value: *mut *mut PyObject,
    traceback: *mut *mut PyObject,
) {
    let exception = error::handled();
    let class = exception.as_ref().map_or(constants::NONE, |exception| exception.borrow().class().as_obj()).to_ref();
    let trace = exception.as_ref().and_then(|exception| exceptions::traceback(exception.borrow()).get());
    let trace = trace.unwrap_or_else(|| constants::NONE.to_ref());
    // SAFETY: the caller's promise.
    unsafe { hand_out([type_, value, traceback], [Some(class), exception, Some(trace)]) }
}

/// Sets the exception this thread is handling, and takes over the three references. The class and the traceback are not
/// used: the exception has its own.
///
/// # Safety
/// Each is NULL or a live object to which the caller owns a reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_SetExcInfo(type_: *mut PyObject, value: *mut PyObject, traceback: *mut PyObject) {
    // SAFETY: the caller's promise.
    unsafe {
        let owned = [Ref::from_ptr(type_), Ref::from_ptr(value), Ref::from_ptr(traceback)];
        PyErr_SetHandledException(value);
        drop(owned);
    }
}
