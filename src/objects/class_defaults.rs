//! The slots and flags that every static type starts from.

use super::{class_order, object, slots};
use crate::abi::*;
use crate::runtime::known;

// C compares a type's slots with these exported functions, so the slots must contain the addresses that C sees. A
// program that is not position-independent may define these symbols itself.
unsafe extern "C" {
    fn PyObject_GenericGetAttr(o: *mut PyObject, name: *mut PyObject) -> *mut PyObject;
    fn PyObject_GenericSetAttr(o: *mut PyObject, name: *mut PyObject, value: *mut PyObject) -> core::ffi::c_int;
    fn PyObject_HashNotImplemented(o: *mut PyObject) -> Py_hash_t;
    fn PyObject_SelfIter(o: *mut PyObject) -> *mut PyObject;
    fn PyObject_Free(block: *mut core::ffi::c_void);
    fn PyType_GenericNew(class: *mut PyTypeObject, args: *mut PyObject, keywords: *mut PyObject) -> *mut PyObject;
    fn PyType_GenericAlloc(class: *mut PyTypeObject, items: Py_ssize_t) -> *mut PyObject;
    fn PyVectorcall_Call(callable: *mut PyObject, args: *mut PyObject, keywords: *mut PyObject) -> *mut PyObject;
    fn _Py_union_type_or(a: *mut PyObject, b: *mut PyObject) -> *mut PyObject;
    fn PyObject_GC_Del(o: *mut core::ffi::c_void);
}

/// `tp_hash` of a type whose instances have no hash.
pub const NO_HASH: hashfunc = Some(PyObject_HashNotImplemented);

/// `tp_call` of a type whose objects have a vectorcall function.
pub const VECTORCALL: ternaryfunc = Some(PyVectorcall_Call);

/// `tp_new` of a type whose `tp_init` reads the arguments: an instance all of whose fields are zero.
pub const GENERIC_NEW: newfunc = Some(PyType_GenericNew);

/// `nb_or` of classes and of aliases: a union of both.
pub const UNION: binaryfunc = Some(_Py_union_type_or);

/// `tp_iter` of an iterator: returns the iterator itself.
pub const ITSELF: getiterfunc = Some(PyObject_SelfIter);

/// A plain subtype of `object`: the fields of every static type that does not say otherwise.
pub const DEFAULTS: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(known::TYPE.as_ptr(), 0),
    tp_basicsize: size_of::<PyObject>() as Py_ssize_t,
    tp_dealloc: slots::dealloc::<PyObject>(),
    tp_repr: slots::unary(object::plain_repr),
    tp_hash: slots::unary(object::plain_hash),
    tp_str: slots::unary(object::plain_str),
    tp_getattro: Some(PyObject_GenericGetAttr),
    tp_setattro: Some(PyObject_GenericSetAttr),
    tp_richcompare: slots::compare(object::plain_compare),
    tp_flags: _Py_TPFLAGS_STATIC_BUILTIN | Py_TPFLAGS_IMMUTABLETYPE | Py_TPFLAGS_READY,
    tp_base: known::OBJECT.as_ptr(),
    tp_bases: class_order::OBJECT_ALONE,
    tp_init: slots::init(object::plain_init),
    tp_alloc: Some(PyType_GenericAlloc),
    tp_free: Some(PyObject_Free),
    ..PyTypeObject::BLANK
};

/// A plain subtype of `object` whose instances take part in garbage collection.
pub const COLLECTED: PyTypeObject =
    PyTypeObject { tp_flags: DEFAULTS.tp_flags | Py_TPFLAGS_HAVE_GC, tp_free: Some(PyObject_GC_Del), ..DEFAULTS };
