//! The built-in object layouts that public macros, or well-known client code, look into.

use super::methods::*;
use super::object::*;
use core::ffi::{c_char, c_int, c_void};

/// `Objects/capsule.c` (64 bytes): opaque in CPython's headers, but real code casts to it.
#[repr(C)]
#[derive(Debug)]
pub struct PyCapsule {
    /// The object head.
    pub ob_base: PyObject,
    /// The pointer that the capsule carries; never NULL.
    pub pointer: *mut c_void,
    /// The name as it was given; not copied, not freed.
    pub name: *const c_char,
    /// The context, or NULL.
    pub context: *mut c_void,
    /// Called at count 0 with the capsule, or NULL.
    pub destructor: PyCapsule_Destructor,
    /// Shows the objects behind the pointer to the garbage collector; or NULL.
    pub traverse_func: traverseproc,
    /// Drops the references behind the pointer; or NULL.
    pub clear_func: inquiry,
}

/// `Include/pycapsule.h`: the function that a capsule calls with itself when its last reference goes.
pub type PyCapsule_Destructor = Option<unsafe extern "C" fn(*mut PyObject)>;

/// `Include/cpython/tupleobject.h` (40 bytes with one item).
#[repr(C)]
#[derive(Debug)]
pub struct PyTupleObject {
    /// Head; the size is the number of items.
    pub ob_base: PyVarObject,
    /// The hash once computed, or -1.
    pub ob_hash: Py_hash_t,
    /// The first of `ob_size` owned references; NULL only before the tuple is handed out.
    pub ob_item: [*mut PyObject; 1],
}

/// `Include/cpython/listobject.h` (40 bytes).
#[repr(C)]
#[derive(Debug)]
pub struct PyListObject {
    /// Head; the size is the number of items.
    pub ob_base: PyVarObject,
    /// `ob_size` owned references, or NULL when nothing is allocated.
    pub ob_item: *mut *mut PyObject,
    /// The number of references that there is room for.
    pub allocated: Py_ssize_t,
}

/// `Include/cpython/dictobject.h` (48 bytes): the number of items is public, the rest ours.
#[repr(C)]
#[derive(Debug)]
pub struct PyDictObject {
    /// The object head.
    pub ob_base: PyObject,
    /// Number of items.
    pub ma_used: Py_ssize_t,
    /// Unused here (CPython: watchers).
    pub _ma_watcher_tag: u64,
    /// The table (`objects::dict`), or NULL before the first item is put in.
    pub ma_keys: *mut c_void,
    /// Unused here (CPython: values of a split table).
    pub ma_values: *mut c_void,
}

/// `Include/cpython/setobject.h`: a place in the table of a set.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct setentry {
    /// The key; NULL in a place that never had one, and an object of the library's own in one whose key was removed.
    pub key: *mut PyObject,
    /// The hash of the key.
    pub hash: Py_hash_t,
}

/// `Include/cpython/setobject.h` (200 bytes).
#[repr(C)]
#[derive(Debug)]
pub struct PySetObject {
    /// The object head.
    pub ob_base: PyObject,
    /// Number of places with a key, or with a key that was removed.
    pub fill: Py_ssize_t,
    /// Number of keys.
    pub used: Py_ssize_t,
    /// The number of places in the table, less one.
    pub mask: Py_ssize_t,
    /// The table: `smalltable`, or a block of its own.
    pub table: *mut setentry,
    /// The hash of a frozenset, or -1.
    pub hash: Py_hash_t,
    /// The place from which `pop` searches for a key.
    pub finger: Py_ssize_t,
    /// The table of a small set.
    pub smalltable: [setentry; PySet_MINSIZE],
    /// Weak references to the set.
    pub weakreflist: *mut PyObject,
}

/// The number of places in the table of a small set.
pub const PySet_MINSIZE: usize = 8;

/// `Include/cpython/longintrepr.h`: a sign and a magnitude (16 bytes with one digit).
#[repr(C)]
#[derive(Debug)]
pub struct _PyLongValue {
    /// Number of digits << 3, bit 2 "immortal small int", low two bits the sign: 0 positive, 1 zero, 2 negative.
    pub lv_tag: usize,
    /// Digits of 30 bits, least significant first.
    pub ob_digit: [u32; 1],
}

/// `Include/cpython/longintrepr.h` (32 bytes with one digit).
#[repr(C)]
#[derive(Debug)]
pub struct PyLongObject {
    /// The object head.
    pub ob_base: PyObject,
    /// The number.
    pub long_value: _PyLongValue,
}

/// `Include/cpython/floatobject.h` (24 bytes).
#[repr(C)]
#[derive(Debug)]
pub struct PyFloatObject {
    /// The object head.
    pub ob_base: PyObject,
    /// The value.
    pub ob_fval: f64,
}

/// `Include/cpython/bytesobject.h` (40 bytes; `tp_basicsize` is 33).
#[repr(C)]
#[derive(Debug)]
pub struct PyBytesObject {
    /// Head; the size is the number of bytes.
    pub ob_base: PyVarObject,
    /// The hash once computed, or -1.
    pub ob_shash: Py_hash_t,
    /// The first of `ob_size` bytes; a NUL follows the last.
    pub ob_sval: [c_char; 1],
}

/// `Include/cpython/bytearrayobject.h` (56 bytes).
#[repr(C)]
#[derive(Debug)]
pub struct PyByteArrayObject {
    /// Head; the size is the number of bytes.
    pub ob_base: PyVarObject,
    /// The size of the block.
    pub ob_alloc: Py_ssize_t,
    /// The block, or NULL when nothing is allocated.
    pub ob_bytes: *mut c_char,
    /// The first byte, inside the block; a NUL follows the last.
    pub ob_start: *mut c_char,
    /// The number of buffers that are not released yet.
    pub ob_exports: Py_ssize_t,
}

/// `Include/cpython/unicodeobject.h` (40 bytes): a string of ASCII characters, which follow the struct.
#[repr(C)]
#[derive(Debug)]
pub struct PyASCIIObject {
    /// The object head.
    pub ob_base: PyObject,
    /// Number of code points.
    pub length: Py_ssize_t,
    /// The hash once computed, or -1.
    pub hash: Py_hash_t,
    /// From the low end: 2 bits interned, 3 bits kind, 1 compact, 1 ascii, 1 statically allocated.
    pub state: u32,
}

/// `Include/cpython/unicodeobject.h` (56 bytes): any other string; its code points follow the struct.
#[repr(C)]
#[derive(Debug)]
pub struct PyCompactUnicodeObject {
    /// The part that every string has.
    pub ob_base: PyASCIIObject,
    /// Number of bytes at `utf8`.
    pub utf8_length: Py_ssize_t,
    /// The UTF-8 form once it was asked for, or NULL.
    pub utf8: *mut c_char,
}

/// `Include/cpython/unicodeobject.h` (64 bytes): `tp_basicsize` of `str`, and the struct that a subclass extends.
#[repr(C)]
#[derive(Debug)]
pub struct PyUnicodeObject {
    /// The part that every string has.
    pub ob_base: PyCompactUnicodeObject,
    /// The code points of a string that is not compact.
    pub data: *mut c_void,
}

/// `Include/cpython/methodobject.h` (56 bytes).
#[repr(C)]
#[derive(Debug)]
pub struct PyCFunctionObject {
    /// The object head.
    pub ob_base: PyObject,
    /// The description of the function, borrowed from C, which never frees it.
    pub m_ml: *mut PyMethodDef,
    /// The first argument of every call, or NULL.
    pub m_self: *mut PyObject,
    /// `__module__`, or NULL.
    pub m_module: *mut PyObject,
    /// Weak references (none are made here).
    pub m_weakreflist: *mut PyObject,
    /// The fast entry that fits the method's flags, or NULL.
    pub vectorcall: vectorcallfunc,
}

/// `Include/cpython/methodobject.h` (64 bytes): a function that knows its class.
#[repr(C)]
#[derive(Debug)]
pub struct PyCMethodObject {
    /// The function.
    pub func: PyCFunctionObject,
    /// The class given to `PyCMethod_New`.
    pub mm_class: *mut PyTypeObject,
}

/// `Objects/moduleobject.c` in 3.14: opaque in CPython's headers.
#[repr(C)]
#[derive(Debug)]
pub struct PyModuleObject {
    /// The object head.
    pub ob_base: PyObject,
    /// The module's dict; never NULL once the module is handed out.
    pub md_dict: *mut PyObject,
    /// The definition it was made from, or NULL.
    pub md_def: *mut PyModuleDef,
    /// `m_size` zeroed bytes, or NULL.
    pub md_state: *mut c_void,
    /// Weak references (none are made here).
    pub md_weaklist: *mut PyObject,
    /// The name given at creation.
    pub md_name: *mut PyObject,
}

/// `Include/cpython/weakrefobject.h` (64 bytes): a weak reference or a proxy.
#[repr(C)]
#[derive(Debug)]
pub struct PyWeakReference {
    /// The object head.
    pub ob_base: PyObject,
    /// The object that it refers to, which it does not own; None once that is dead.
    pub wr_object: *mut PyObject,
    /// Called with the reference when the object dies, or NULL.
    pub wr_callback: *mut PyObject,
    /// The hash of the object once computed, or -1.
    pub hash: Py_hash_t,
    /// The reference before it in the object's list, or NULL.
    pub wr_prev: *mut PyWeakReference,
    /// The reference after it in the object's list, or NULL.
    pub wr_next: *mut PyWeakReference,
    /// The fast entry of a call.
    pub vectorcall: vectorcallfunc,
}

/// `Include/import.h`: one built-in module (16 bytes); a table ends at a NULL name.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct _inittab {
    /// The module's name.
    pub name: *const c_char,
    /// Its `PyInit_` function.
    pub initfunc: Option<unsafe extern "C" fn() -> *mut PyObject>,
}

/// `PyGILState_Ensure`'s answer: whether the thread held the GIL before (0) or not (1).
pub type PyGILState_STATE = c_int;

/// `Include/cpython/modsupport.h`: whether a parser is complete (1 byte).
#[repr(C)]
#[derive(Debug)]
pub struct _PyOnceFlag {
    /// 0 at first.
    pub v: u8,
}

/// `Include/cpython/modsupport.h` (72 bytes): the description of a function's arguments in code that Argument Clinic
/// has written. Such code sets the names, and the format or the function's name.
#[repr(C)]
#[derive(Debug)]
pub struct _PyArg_Parser {
    /// The format, or NULL for a function that converts the arguments by itself.
    pub format: *const c_char,
    /// The names of the arguments, up to a NULL. The first may be empty: those arguments have no name.
    pub keywords: *const *const c_char,
    /// The function's name for errors, or NULL.
    pub fname: *const c_char,
    /// The message for errors of types, or NULL.
    pub custom_msg: *const c_char,
    /// Set when the fields that follow are valid.
    pub once: _PyOnceFlag,
    /// Not used.
    pub is_kwtuple_owned: c_int,
    /// The number of arguments without a name.
    pub pos: c_int,
    /// The fewest arguments.
    pub min: c_int,
    /// The most positional arguments.
    pub max: c_int,
    /// A tuple of the names.
    pub kwtuple: *mut PyObject,
    /// Not used.
    pub next: *mut _PyArg_Parser,
}

const _: () = assert!(size_of::<_PyArg_Parser>() == 72 && core::mem::offset_of!(_PyArg_Parser, kwtuple) == 56);
