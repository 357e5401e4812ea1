//! `Include/object.h`: what any object can be asked.

use super::argument;
use crate::abi::PyObject;
use crate::objects::{attribute, object, str};
use crate::runtime::IntoC;

/// `str(o)`: a new reference to a `str`, or NULL with an error set. NULL gives `<NULL>`.
///
/// # Safety
/// `o` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_Str(o: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's promise.
    match unsafe { crate::runtime::Obj::from_ptr(o) } {
        Some(o) => object::to_str(o),
        None => str::from_str("<NULL>"),
    }
    .into_c()
}

/// The attribute `name` of `o`: a new reference, or NULL with an error set.
///
/// # Safety
/// Both are NULL or live objects.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_GetAttr(o: *mut PyObject, name: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's promise.
    unsafe {
        argument(o, "PyObject_GetAttr").and_then(|o| attribute::get(o, argument(name, "PyObject_GetAttr")?)).into_c()
    }
}
