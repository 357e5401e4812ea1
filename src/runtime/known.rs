//! The built-in types and single objects, known by their addresses alone.
//!
//! Rooms above define them, where their slots are, and every slot depends on many other files. A file that only has to
//! recognise a type, or that returns `None`, takes the handle from here and depends on no slot. This is one of the arrows
//! through the linker that ARCHITECTURE.md lists. The symbols are exported, so that C and Rust use the same address even when
//! a program that is not position-independent has copied an object into itself.

use super::{Obj, Type};
use crate::abi::{Exc, PyLongObject, PyObject, PyTypeObject};

unsafe extern "C" {
    static mut PyBaseObject_Type: PyTypeObject;
    static mut PyBool_Type: PyTypeObject;
    static mut PyByteArray_Type: PyTypeObject;
    static mut PyBytes_Type: PyTypeObject;
    static mut PyCFunction_Type: PyTypeObject;
    static mut PyCMethod_Type: PyTypeObject;
    static mut PyCapsule_Type: PyTypeObject;
    static mut PyComplex_Type: PyTypeObject;
    static mut PyCode_Type: PyTypeObject;
    static mut PyContextToken_Type: PyTypeObject;
    static mut PyContextVar_Type: PyTypeObject;
    static mut PyContext_Type: PyTypeObject;
    static mut PyDict_Type: PyTypeObject;
    static mut PyFloat_Type: PyTypeObject;
    static mut PyFrozenSet_Type: PyTypeObject;
    static mut PyFrame_Type: PyTypeObject;
    static mut PyList_Type: PyTypeObject;
    static mut Py_GenericAliasType: PyTypeObject;
    static mut PyLong_Type: PyTypeObject;
    static mut PyMemoryView_Type: PyTypeObject;
    static mut PyModule_Type: PyTypeObject;
    static mut PyModuleDef_Type: PyTypeObject;
    static mut PyStaticMethod_Type: PyTypeObject;
    static mut PyRange_Type: PyTypeObject;
    static mut PySlice_Type: PyTypeObject;
    static mut PySet_Type: PyTypeObject;
    static mut PyTraceBack_Type: PyTypeObject;
    static mut PyTuple_Type: PyTypeObject;
    static mut PyType_Type: PyTypeObject;
    static mut PyUnicode_Type: PyTypeObject;
    static mut _PyWeakref_CallableProxyType: PyTypeObject;
    static mut _PyWeakref_ProxyType: PyTypeObject;
    static mut _PyWeakref_RefType: PyTypeObject;
    static mut _Py_EllipsisObject: PyObject;
    static mut _Py_FalseStruct: PyLongObject;
    static mut _Py_NoneStruct: PyObject;
    static mut _Py_NotImplementedStruct: PyObject;
    static mut _Py_TrueStruct: PyLongObject;
    /// The exception classes, in the order of [`Exc`].
    static mut pycapsule_exceptions: [PyTypeObject; Exc::ALL.len()];
}

// The array of exception classes is not part of the C API, which has a pointer to each. A symbol that is hidden where
// it is used is hidden in the library, too.
core::arch::global_asm!(".hidden pycapsule_exceptions");

/// The handle of a type that another room defines.
const fn class(symbol: *mut PyTypeObject) -> Type<'static> {
    // SAFETY: each symbol above is a static type object, complete at compile time.
    unsafe { Type::from_ptr_unchecked(symbol) }
}

/// The handle of an object that another room defines.
const fn object<T>(symbol: *mut T) -> Obj<'static> {
    // SAFETY: each symbol above is a static object, complete at compile time, and begins with an object head.
    unsafe { Obj::from_static(symbol) }
}

/// `object`
pub const OBJECT: Type<'static> = class(&raw mut PyBaseObject_Type);
/// `bool`
pub const BOOL: Type<'static> = class(&raw mut PyBool_Type);
/// `bytearray`
pub const BYTEARRAY: Type<'static> = class(&raw mut PyByteArray_Type);
/// `bytes`
pub const BYTES: Type<'static> = class(&raw mut PyBytes_Type);
/// `PyCapsule`
pub const CAPSULE: Type<'static> = class(&raw mut PyCapsule_Type);
/// `builtin_function_or_method`
pub const FUNCTION: Type<'static> = class(&raw mut PyCFunction_Type);
/// `builtin_method`
pub const METHOD: Type<'static> = class(&raw mut PyCMethod_Type);
/// `complex`
pub const COMPLEX: Type<'static> = class(&raw mut PyComplex_Type);
/// `dict`
pub const DICT: Type<'static> = class(&raw mut PyDict_Type);
/// `float`
pub const FLOAT: Type<'static> = class(&raw mut PyFloat_Type);
/// `frozenset`
pub const FROZENSET: Type<'static> = class(&raw mut PyFrozenSet_Type);
/// `types.GenericAlias`
pub const GENERIC_ALIAS: Type<'static> = class(&raw mut Py_GenericAliasType);
/// `list`
pub const LIST: Type<'static> = class(&raw mut PyList_Type);
/// `int`
pub const INT: Type<'static> = class(&raw mut PyLong_Type);
/// `memoryview`
pub const MEMORYVIEW: Type<'static> = class(&raw mut PyMemoryView_Type);
/// `module`
pub const MODULE: Type<'static> = class(&raw mut PyModule_Type);
/// `moduledef`
pub const MODULE_DEFINITION: Type<'static> = class(&raw mut PyModuleDef_Type);
/// `staticmethod`
pub const STATIC_METHOD: Type<'static> = class(&raw mut PyStaticMethod_Type);
/// `range`
pub const RANGE: Type<'static> = class(&raw mut PyRange_Type);
/// `slice`
pub const SLICE: Type<'static> = class(&raw mut PySlice_Type);
/// `set`
pub const SET: Type<'static> = class(&raw mut PySet_Type);
/// `tuple`
pub const TUPLE: Type<'static> = class(&raw mut PyTuple_Type);
/// `type`
pub const TYPE: Type<'static> = class(&raw mut PyType_Type);
/// `str`
pub const STR: Type<'static> = class(&raw mut PyUnicode_Type);
/// `code`
pub const CODE: Type<'static> = class(&raw mut PyCode_Type);
/// `_contextvars.Context`
pub const CONTEXT: Type<'static> = class(&raw mut PyContext_Type);
/// `_contextvars.ContextVar`
pub const CONTEXT_VAR: Type<'static> = class(&raw mut PyContextVar_Type);
/// `_contextvars.Token`
pub const CONTEXT_TOKEN: Type<'static> = class(&raw mut PyContextToken_Type);
/// `frame`
pub const FRAME: Type<'static> = class(&raw mut PyFrame_Type);
/// `traceback`
pub const TRACEBACK: Type<'static> = class(&raw mut PyTraceBack_Type);
/// `weakref.ReferenceType`
pub const WEAK_REFERENCE: Type<'static> = class(&raw mut _PyWeakref_RefType);
/// `weakref.ProxyType`
pub const PROXY: Type<'static> = class(&raw mut _PyWeakref_ProxyType);
/// `weakref.CallableProxyType`
pub const CALLABLE_PROXY: Type<'static> = class(&raw mut _PyWeakref_CallableProxyType);

/// `Ellipsis`
pub const ELLIPSIS: Obj<'static> = object(&raw mut _Py_EllipsisObject);
/// `False`
pub const FALSE: Obj<'static> = object(&raw mut _Py_FalseStruct);
/// `None`
pub const NONE: Obj<'static> = object(&raw mut _Py_NoneStruct);
/// `NotImplemented`
pub const NOT_IMPLEMENTED: Obj<'static> = object(&raw mut _Py_NotImplementedStruct);
/// `True`
pub const TRUE: Obj<'static> = object(&raw mut _Py_TrueStruct);

/// `True` or `False`.
pub const fn bool(value: bool) -> Obj<'static> {
    if value { TRUE } else { FALSE }
}

impl Exc {
    /// The address of the exception's type object.
    pub const fn type_pointer(self) -> *mut PyTypeObject {
        // SAFETY: an enum's value is below the number of its values, which is the length of the array.
        unsafe { (&raw mut pycapsule_exceptions).cast::<PyTypeObject>().add(self as usize) }
    }

    /// The exception's type object.
    pub const fn class(self) -> Type<'static> {
        class(self.type_pointer())
    }

    /// The built-in exception class that this object is, if it is one.
    pub fn of_class(class: Obj<'_>) -> Option<Exc> {
        let offset = class.as_ptr().addr().checked_sub((&raw const pycapsule_exceptions).addr())?;
        Exc::ALL.get(offset / size_of::<PyTypeObject>()).copied()
    }
}
