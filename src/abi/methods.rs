//! `Include/methodobject.h`, `descrobject.h` and `moduleobject.h`: the tables by which C describes functions,
//! attributes and modules.

use super::object::*;
use core::ffi::{CStr, c_char, c_int, c_void};

/// A C function in the signature of `METH_NOARGS`, `METH_O` and `METH_VARARGS`; the others are cast to it.
pub type PyCFunction = binaryfunc;

/// One C function offered to callers (32 bytes); a table of them ends at a NULL `ml_name`.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct PyMethodDef {
    /// The function's name.
    pub ml_name: *const c_char,
    /// The function; `ml_flags` determines the signature by which it is called.
    pub ml_meth: *mut c_void,
    /// A combination of the `METH_*` constants.
    pub ml_flags: c_int,
    /// Documentation, or NULL.
    pub ml_doc: *const c_char,
}

impl PyMethodDef {
    /// The end of a table.
    pub const END: Self = PyMethodDef {
        ml_name: core::ptr::null(),
        ml_meth: core::ptr::null_mut(),
        ml_flags: 0,
        ml_doc: core::ptr::null(),
    };

    /// This row, with a documentation.
    pub const fn with_doc(self, doc: &'static CStr) -> Self {
        PyMethodDef { ml_doc: doc.as_ptr(), ..self }
    }

    /// This row, for a method whose first argument is a class, with a documentation.
    pub const fn of_class(self, doc: &'static CStr) -> Self {
        PyMethodDef { ml_flags: self.ml_flags | METH_CLASS, ..self.with_doc(doc) }
    }

    /// This row, for a method that the dict of the type has instead of a slot, with a documentation.
    pub const fn instead_of_slot(self, doc: &'static CStr) -> Self {
        PyMethodDef { ml_flags: self.ml_flags | METH_COEXIST, ..self.with_doc(doc) }
    }
}

/// Called as `f(self, args)` with a tuple.
pub const METH_VARARGS: c_int = 0x0001;
/// With `METH_VARARGS`: called as `f(self, args, kwargs)`.
pub const METH_KEYWORDS: c_int = 0x0002;
/// Called as `f(self, NULL)`.
pub const METH_NOARGS: c_int = 0x0004;
/// Called as `f(self, argument)`.
pub const METH_O: c_int = 0x0008;
/// A class method (type tables only).
pub const METH_CLASS: c_int = 0x0010;
/// A static method (type tables only).
pub const METH_STATIC: c_int = 0x0020;
/// The entry replaces a slot wrapper of the same name (type tables only).
pub const METH_COEXIST: c_int = 0x0040;
/// Called as `f(self, args, nargs)` with an array.
pub const METH_FASTCALL: c_int = 0x0080;
/// With `METH_FASTCALL | METH_KEYWORDS`: called as `f(self, defining_class, args, nargs, kwnames)`.
pub const METH_METHOD: c_int = 0x0200;

/// A computed attribute (40 bytes); a table ends at a NULL name.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct PyGetSetDef {
    /// The attribute's name.
    pub name: *const c_char,
    /// The getter: returns a new reference, or NULL with an error set.
    pub get: Option<unsafe extern "C" fn(*mut PyObject, *mut c_void) -> *mut PyObject>,
    /// The setter: sets the attribute, or deletes it when the value is NULL. Without a setter the attribute is
    /// read-only.
    pub set: Option<unsafe extern "C" fn(*mut PyObject, *mut PyObject, *mut c_void) -> c_int>,
    /// Documentation, or NULL.
    pub doc: *const c_char,
    /// An argument for both functions.
    pub closure: *mut c_void,
}

impl PyGetSetDef {
    /// The end of a table.
    pub const END: Self = PyGetSetDef {
        name: core::ptr::null(),
        get: None,
        set: None,
        doc: core::ptr::null(),
        closure: core::ptr::null_mut(),
    };
}

/// An attribute stored at an offset in the object (40 bytes); a table ends at a NULL name.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct PyMemberDef {
    /// The attribute's name.
    pub name: *const c_char,
    /// One of the `Py_T_*` kinds.
    pub kind: c_int,
    /// The offset in the object, in bytes.
    pub offset: Py_ssize_t,
    /// `Py_READONLY` and others.
    pub flags: c_int,
    /// Documentation, or NULL.
    pub doc: *const c_char,
}

impl PyMemberDef {
    /// The end of a table.
    pub const END: Self = PyMemberDef { name: core::ptr::null(), kind: 0, offset: 0, flags: 0, doc: core::ptr::null() };

    /// A row for an object field, which reads as None while it is NULL.
    pub const fn object(name: &'static CStr, offset: usize) -> Self {
        PyMemberDef { name: name.as_ptr(), kind: _Py_T_OBJECT, offset: offset as Py_ssize_t, ..Self::END }
    }

    /// A row for a `Py_ssize_t` field.
    pub const fn size(name: &'static CStr, offset: usize) -> Self {
        PyMemberDef { kind: Py_T_PYSSIZET, ..Self::object(name, offset) }
    }

    /// This row, for an attribute that can't be set.
    pub const fn read_only(self) -> Self {
        PyMemberDef { flags: Py_READONLY, ..self }
    }
}

/// Member kind: a `short`.
pub const Py_T_SHORT: c_int = 0;
/// Member kind: an `int`.
pub const Py_T_INT: c_int = 1;
/// Member kind: a `long`.
pub const Py_T_LONG: c_int = 2;
/// Member kind: a `float`.
pub const Py_T_FLOAT: c_int = 3;
/// Member kind: a `double`.
pub const Py_T_DOUBLE: c_int = 4;
/// Member kind: a `const char *`; NULL reads as None.
pub const Py_T_STRING: c_int = 5;
/// Member kind: an object; NULL reads as None.
pub const _Py_T_OBJECT: c_int = 6;
/// Member kind: a `char`, which reads as a `str`.
pub const Py_T_CHAR: c_int = 7;
/// Member kind: a `signed char`, which reads as a number.
pub const Py_T_BYTE: c_int = 8;
/// Member kind: an `unsigned char`.
pub const Py_T_UBYTE: c_int = 9;
/// Member kind: an `unsigned short`.
pub const Py_T_USHORT: c_int = 10;
/// Member kind: an `unsigned int`.
pub const Py_T_UINT: c_int = 11;
/// Member kind: an `unsigned long`.
pub const Py_T_ULONG: c_int = 12;
/// Member kind: an array of characters that ends with a NUL.
pub const Py_T_STRING_INPLACE: c_int = 13;
/// Member kind: a `char` that is 0 or 1.
pub const Py_T_BOOL: c_int = 14;
/// Member kind: an object; NULL reads as AttributeError.
pub const Py_T_OBJECT_EX: c_int = 16;
/// Member kind: a `long long`.
pub const Py_T_LONGLONG: c_int = 17;
/// Member kind: an `unsigned long long`.
pub const Py_T_ULONGLONG: c_int = 18;
/// Member kind: a `Py_ssize_t`.
pub const Py_T_PYSSIZET: c_int = 19;
/// Member kind: nothing, which reads as None.
pub const _Py_T_NONE: c_int = 20;
/// Member flag: can't be set.
pub const Py_READONLY: c_int = 1;
/// Member flag: reading it is an event for audits.
pub const Py_AUDIT_READ: c_int = 2;
/// Member flag: the offset counts from the end of the base's layout.
pub const Py_RELATIVE_OFFSET: c_int = 8;

/// The description of a slot that a type's dict has as a method (56 bytes).
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct wrapperbase {
    /// The method's name.
    pub name: *const c_char,
    /// The offset of the slot in a type made at run time.
    pub offset: c_int,
    /// The function that fills the slot of a class with a method of this name.
    pub function: *mut c_void,
    /// The function that calls the slot as the method: a `wrapperfunc`, or a `wrapperfunc_kwds`.
    pub wrapper: wrapperfunc,
    /// Documentation, or NULL.
    pub doc: *const c_char,
    /// `PyWrapperFlag_KEYWORDS`, or 0.
    pub flags: c_int,
    /// The name as an object, or NULL.
    pub name_strobj: *mut PyObject,
}

/// Calls a slot as a method: with the object, a tuple of arguments, and the function in the slot.
pub type wrapperfunc = Option<unsafe extern "C" fn(*mut PyObject, *mut PyObject, *mut c_void) -> *mut PyObject>;
/// [`wrapperfunc`] with a dict of keyword arguments, or NULL.
pub type wrapperfunc_kwds =
    Option<unsafe extern "C" fn(*mut PyObject, *mut PyObject, *mut c_void, *mut PyObject) -> *mut PyObject>;
/// The wrapper takes keyword arguments.
pub const PyWrapperFlag_KEYWORDS: c_int = 1;

/// The head of a module definition (40 bytes).
#[repr(C)]
#[derive(Debug)]
pub struct PyModuleDef_Base {
    /// The object head: a definition is an object of type `moduledef`.
    pub ob_base: PyObject,
    /// The `PyInit_` function of a single-phase module.
    pub m_init: Option<unsafe extern "C" fn() -> *mut PyObject>,
    /// The number by which `PyState_FindModule` finds the module; 0 before it has one.
    pub m_index: Py_ssize_t,
    /// A copy of the module's dict, for single-phase modules that are imported again.
    pub m_copy: *mut PyObject,
}

/// One step of multi-phase initialisation (16 bytes); a table ends at slot 0.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct PyModuleDef_Slot {
    /// One of the `Py_mod_*` constants.
    pub slot: c_int,
    /// A function or a constant, depending on the slot.
    pub value: *mut c_void,
}

/// The definition of a module (104 bytes).
#[repr(C)]
#[derive(Debug)]
pub struct PyModuleDef {
    /// The head.
    pub m_base: PyModuleDef_Base,
    /// The module's name.
    pub m_name: *const c_char,
    /// Documentation, or NULL.
    pub m_doc: *const c_char,
    /// Bytes of state per module; -1 for a module that keeps its state in globals.
    pub m_size: Py_ssize_t,
    /// The module's functions, or NULL.
    pub m_methods: *mut PyMethodDef,
    /// The steps of multi-phase initialisation, or NULL.
    pub m_slots: *mut PyModuleDef_Slot,
    /// Passes the objects in the state to a visitor of the garbage collector.
    pub m_traverse: traverseproc,
    /// Drops the objects in the state.
    pub m_clear: inquiry,
    /// Called when the module is destroyed.
    pub m_free: freefunc,
}

/// Module slot: `PyObject *create(PyObject *spec, PyModuleDef *def)`.
pub const Py_mod_create: c_int = 1;
/// Module slot: `int exec(PyObject *module)`.
pub const Py_mod_exec: c_int = 2;
/// Module slot: which interpreters may load the module.
pub const Py_mod_multiple_interpreters: c_int = 3;
/// Module slot: whether the module needs the GIL.
pub const Py_mod_gil: c_int = 4;
/// The version that the headers pass to `PyModule_Create2`.
pub const PYTHON_API_VERSION: c_int = 1013;
/// The version that headers under `Py_LIMITED_API` pass to `PyModule_Create2`.
pub const PYTHON_ABI_VERSION: c_int = 3;
