//! The exception that a thread is handling. It becomes the context of exceptions that are raised meanwhile.

use crate::abi::PyObject;
use crate::objects::{constants, exceptions};
use crate::runtime::{Arg, Given, Obj, OutObject, Ref, error};

/// The exception this thread is handling: a new reference, or NULL without an error when there is none.
#[unsafe(no_mangle)]
pub extern "C" fn PyErr_GetHandledException() -> *mut PyObject {
    error::handled().map_or(core::ptr::null_mut(), Ref::into_ptr)
}

/// Sets the exception this thread is handling, which becomes the context of those raised from then on; NULL and None
/// stand for none.
#[unsafe(no_mangle)]
pub extern "C" fn PyErr_SetHandledException(exc: Arg) {
    let exc = exc.filter(|exc| exceptions::is_instance(*exc));
    drop(error::set_handled(exc.map(Obj::to_ref)));
}

/// The exception this thread is handling, as its class, itself and its traceback: new references. Without one the first
/// and the last are None and the second is NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyErr_GetExcInfo(type_: OutObject, value: OutObject, traceback: OutObject) {
    let exception = error::handled();
    let class = exception.as_ref().map_or(constants::NONE, |exception| exception.borrow().class().as_obj()).to_ref();
    let trace = exception.as_ref().and_then(|exception| exceptions::traceback(exception.borrow()));
    let trace = trace.unwrap_or_else(|| constants::NONE.to_ref());
    type_.hand_out(Some(class));
    value.hand_out(exception);
    traceback.hand_out(Some(trace));
}

/// Sets the exception this thread is handling, and steals the three references. The class and the traceback are not
/// used, because the exception has its own.
#[unsafe(no_mangle)]
pub extern "C" fn PyErr_SetExcInfo(type_: Given, value: Given, traceback: Given) {
    PyErr_SetHandledException(value.as_ref().map(Ref::borrow));
    drop([type_, value, traceback]);
}
