//! The library as a Rust program uses it: every name comes from the crate's root.

use pycapsule::*;
use std::ffi::{CStr, c_char, c_int, c_void};
use std::mem::transmute;
use std::ptr::null_mut;

/// The message of the pending error, which is cleared.
fn take_message() -> String {
    // SAFETY: an error is pending, so that the exception is a live object, and so is its text; both are dropped once. The
    // message is copied before that.
    unsafe {
        let error = PyErr_GetRaisedException();
        let text = PyObject_Str(Obj::from_ptr(error));
        let message = CStr::from_ptr(PyUnicode_AsUTF8(Obj::from_ptr(text))).to_string_lossy().into_owned();
        Py_DecRef(Ref::from_ptr(text));
        Py_DecRef(Ref::from_ptr(error));
        message
    }
}

#[test]
fn a_capsule_gives_its_pointer_by_its_name_alone() {
    let mut meter = 41;
    // SAFETY: the names are static, `meter` outlives the capsule, and the only reference is dropped once.
    unsafe {
        let capsule = PyCapsule_New((&raw mut meter).cast(), Name::new(c"water.meter"), None);
        assert_eq!(PyCapsule_GetPointer(Obj::from_ptr(capsule), Name::new(c"water.meter")), (&raw mut meter).cast());
        assert_eq!(PyCapsule_GetPointer(Obj::from_ptr(capsule), Name::new(c"gas.meter")), null_mut());
        assert_ne!(PyErr_ExceptionMatches(Obj::from_ptr(PyExc_ValueError)), 0);
        assert_eq!(take_message(), "PyCapsule_GetPointer called with incorrect name");
        Py_DecRef(Ref::from_ptr(capsule));
    }
}

/// Counts its calls in the int that its capsule has for a context.
unsafe extern "C" fn count(capsule: *mut PyObject) {
    // SAFETY: the library calls this with the live capsule, whose context is an int that outlives it.
    unsafe { *PyCapsule_GetContext(Obj::from_ptr(capsule)).cast::<c_int>() += 1 };
}

#[test]
fn a_destructor_is_called_once() {
    let (mut pointed, mut calls): (c_int, c_int) = (0, 0);
    // SAFETY: both ints outlive the capsule, and the only reference is dropped once.
    unsafe {
        let capsule = PyCapsule_New((&raw mut pointed).cast(), Name::new(c"counted"), Some(count));
        assert_eq!(PyCapsule_SetContext(Obj::from_ptr(capsule), (&raw mut calls).cast::<c_void>()), 0);
        Py_DecRef(Ref::from_ptr(capsule));
    }
    assert_eq!(calls, 1);
}

#[test]
fn static_types_are_those_of_objects() {
    // SAFETY: the only reference to the list is dropped once.
    unsafe {
        let list = PyList_New(0);
        let class = Py_TYPE(Obj::from_ptr(list));
        assert_eq!(class, &raw mut PyList_Type);
        assert_ne!((*class).tp_flags & Py_TPFLAGS_LIST_SUBCLASS, 0);
        Py_DecRef(Ref::from_ptr(list));
    }
}

#[test]
fn a_variadic_function_is_called_through_its_c_type() {
    type Format = unsafe extern "C" fn(*mut PyObject, *const c_char, ...) -> *mut PyObject;
    // SAFETY: `PyErr_Format` has this type in C, and the arguments are those of its format.
    unsafe {
        let format: Format = transmute(PyErr_Format as unsafe extern "C" fn());
        format(PyExc_ValueError, c"%d of %s".as_ptr(), 3 as c_int, c"water".as_ptr());
    }
    assert_eq!(take_message(), "3 of water");
}
