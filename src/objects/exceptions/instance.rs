//! Exception instances: their fields, how they are made, and their text.

use crate::abi::*;
use crate::objects::{object, str, tuple};
use crate::runtime::{Obj, Ref, Result, Type, gc, instance};
use core::ffi::{c_int, c_void};
use core::ptr::NonNull;

/// Whether the object is a class made from `BaseException` (CPython: `PyExceptionClass_Check`).
pub fn is_class(o: Obj<'_>) -> bool {
    o.as_type().is_some_and(|class| class.has_flag(Py_TPFLAGS_BASE_EXC_SUBCLASS))
}

/// Whether the object is an exception (CPython: `PyExceptionInstance_Check`).
pub fn is_instance(o: Obj<'_>) -> bool {
    o.has_flag(Py_TPFLAGS_BASE_EXC_SUBCLASS)
}

/// A new exception with these arguments.
pub fn new(class: Type<'_>, args: Ref) -> Result<Ref> {
    let o = instance::allocate(class, 0)?;
    // SAFETY: a new instance of an exception type, whose layout begins with this one.
    unsafe {
        (*o.cast::<PyBaseExceptionObject>().as_ptr()).args = args.into_ptr();
        let exception = Ref::from_ptr_unchecked(o.as_ptr());
        gc::track(exception.borrow());
        Ok(exception)
    }
}

/// The `args` tuple.
fn args(exception: Obj<'_>) -> Obj<'_> {
    // SAFETY: an exception's args are a tuple from the moment it is made.
    unsafe { Obj::from_ptr_unchecked((*exception.cast::<PyBaseExceptionObject>()).args) }
}

/// `str()` of an exception: nothing, the one argument's text, or the tuple's.
fn text(exception: Obj<'_>) -> Result<Ref> {
    match tuple::items(args(exception)) {
        [] => str::from_str(""),
        [argument] => object::to_str(*argument),
        _ => object::to_str(args(exception)),
    }
}

/// # Safety
/// `o` is an exception.
pub(super) unsafe extern "C" fn str_slot(o: *mut PyObject) -> *mut PyObject {
    use crate::runtime::IntoC;
    // SAFETY: the slot's contract.
    text(unsafe { Obj::from_ptr_unchecked(o) }).into_c()
}

/// The owned object fields of the common head.
fn fields(o: *mut PyObject) -> [*mut *mut PyObject; 6] {
    let head = o.cast::<PyBaseExceptionObject>();
    // SAFETY: only addresses of fields are taken.
    unsafe {
        [
            &raw mut (*head).dict,
            &raw mut (*head).args,
            &raw mut (*head).notes,
            &raw mut (*head).traceback,
            &raw mut (*head).context,
            &raw mut (*head).cause,
        ]
    }
}

/// # Safety
/// `o` is an exception nobody refers to any more.
pub(super) unsafe extern "C" fn dealloc_slot(o: *mut PyObject) {
    // SAFETY: the slot's contract; each field is NULL or an owned reference.
    unsafe {
        gc::untrack(Obj::from_ptr_unchecked(o));
        for field in fields(o) {
            drop(Ref::from_ptr(field.replace(core::ptr::null_mut())));
        }
        instance::free(NonNull::new_unchecked(o));
    }
}

/// # Safety
/// `o` is an exception.
pub(super) unsafe extern "C" fn traverse_slot(o: *mut PyObject, visit: visitproc, argument: *mut c_void) -> c_int {
    // SAFETY: the slot's contract; each field is NULL or an owned reference.
    unsafe {
        for field in fields(o) {
            visit!(visit, argument, *field);
        }
    }
    0
}

/// # Safety
/// `o` is an exception that the collector found unreachable.
pub(super) unsafe extern "C" fn clear_slot(o: *mut PyObject) -> c_int {
    let head = o.cast::<PyBaseExceptionObject>();
    // SAFETY: the slot's contract; args stays, since code may still ask for it.
    unsafe {
        for field in fields(o) {
            if field != &raw mut (*head).args {
                drop(Ref::from_ptr(field.replace(core::ptr::null_mut())));
            }
        }
    }
    0
}
