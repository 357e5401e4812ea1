//! `Include/cpython/classobject.h`: a callable together with the object that it is bound to.

use super::object::*;

/// A method that is bound to an object (48 bytes).
#[repr(C)]
#[derive(Debug)]
pub struct PyMethodObject {
    /// The object head.
    pub ob_base: PyObject,
    /// The callable.
    pub im_func: *mut PyObject,
    /// The object that becomes the first argument.
    pub im_self: *mut PyObject,
    /// The first weak reference, or NULL.
    pub im_weakreflist: *mut PyObject,
    /// The vectorcall function.
    pub vectorcall: vectorcallfunc,
}

/// A callable that becomes a method when it is looked up in the class of an object (24 bytes).
#[repr(C)]
#[derive(Debug)]
pub struct PyInstanceMethodObject {
    /// The object head.
    pub ob_base: PyObject,
    /// The callable.
    pub func: *mut PyObject,
}
