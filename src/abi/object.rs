//! `Include/object.h` and `Include/cpython/object.h`: the object head, the type object and the types of its slots.

use super::protocols::{PyAsyncMethods, PyBufferProcs, PyMappingMethods, PyNumberMethods, PySequenceMethods};
use core::ffi::{c_char, c_int, c_uint, c_ulong, c_void};
use core::mem::offset_of;

/// A size or an index, in a unit that each function names (CPython: `Py_ssize_t`).
pub type Py_ssize_t = isize;
/// A hash value; -1 is reserved for "an error is set" (CPython: `Py_hash_t`).
pub type Py_hash_t = isize;
/// A code point (CPython: `Py_UCS4`).
pub type Py_UCS4 = u32;
/// C's `va_list` as a parameter: on x86-64 and on aarch64, the address of one.
pub type va_list = *mut c_void;

/// The head of every object (16 bytes).
///
/// The reference count is the low 32 bits of the word; the high 32 hold flags. Code compiled with headers before 3.12
/// adds to and subtracts from the whole word, which leaves the flags unchanged.
#[repr(C)]
#[derive(Debug)]
pub struct PyObject {
    /// Count in the low half, flags in the high half.
    pub ob_refcnt: u64,
    /// The object's type. The object owns a reference to it if it is a heap type.
    pub ob_type: *mut PyTypeObject,
}

/// The head of an object with a number of items (24 bytes).
#[repr(C)]
#[derive(Debug)]
pub struct PyVarObject {
    /// The object head.
    pub ob_base: PyObject,
    /// Number of items, in the type's own unit.
    pub ob_size: Py_ssize_t,
}

/// The collector's head, before an object whose type has [`Py_TPFLAGS_HAVE_GC`] (16 bytes); both links are NULL while
/// the object is untracked.
#[repr(C)]
#[derive(Debug)]
pub struct PyGC_Head {
    /// Next tracked object.
    pub next: *mut PyGC_Head,
    /// Previous tracked object.
    pub prev: *mut PyGC_Head,
}

/// A static object whose type has [`Py_TPFLAGS_HAVE_GC`], after the head that the collector expects before it.
#[repr(C)]
#[derive(Debug)]
#[cfg_attr(doc, doc(hidden))]
pub struct Headed<T> {
    head: PyGC_Head,
    /// The object.
    pub object: T,
}

impl<T> Headed<T> {
    /// The object after its own head; it is untracked.
    pub const fn new(object: T) -> Self {
        Headed { head: PyGC_Head { next: core::ptr::null_mut(), prev: core::ptr::null_mut() }, object }
    }
}

/// The count word of a statically allocated immortal object: flags "immortal" and "static", count 3 << 30.
pub const STATIC_IMMORTAL_REFCNT: u64 = 0x0005_0000_C000_0000;
/// The count word of an immortal object on the heap.
pub const IMMORTAL_REFCNT: u64 = 0x0001_0000_C000_0000;

impl PyObject {
    /// The head of a static, immortal object of a type.
    pub const fn immortal(ob_type: *mut PyTypeObject) -> Self {
        PyObject { ob_refcnt: STATIC_IMMORTAL_REFCNT, ob_type }
    }
}

impl PyVarObject {
    /// The head of a static, immortal object with a number of items.
    pub const fn immortal(ob_type: *mut PyTypeObject, ob_size: Py_ssize_t) -> Self {
        PyVarObject { ob_base: PyObject::immortal(ob_type), ob_size }
    }
}

/// `PyObject *f(PyObject *)`
pub type unaryfunc = Option<unsafe extern "C" fn(*mut PyObject) -> *mut PyObject>;
/// `PyObject *f(PyObject *, PyObject *)`
pub type binaryfunc = Option<unsafe extern "C" fn(*mut PyObject, *mut PyObject) -> *mut PyObject>;
/// `PyObject *f(PyObject *, PyObject *, PyObject *)`
pub type ternaryfunc = Option<unsafe extern "C" fn(*mut PyObject, *mut PyObject, *mut PyObject) -> *mut PyObject>;
/// `int f(PyObject *)`
pub type inquiry = Option<unsafe extern "C" fn(*mut PyObject) -> c_int>;
/// `Py_ssize_t f(PyObject *)`
pub type lenfunc = Option<unsafe extern "C" fn(*mut PyObject) -> Py_ssize_t>;
/// `PyObject *f(PyObject *, Py_ssize_t)`
pub type ssizeargfunc = Option<unsafe extern "C" fn(*mut PyObject, Py_ssize_t) -> *mut PyObject>;
/// `int f(PyObject *, Py_ssize_t, PyObject *)`
pub type ssizeobjargproc = Option<unsafe extern "C" fn(*mut PyObject, Py_ssize_t, *mut PyObject) -> c_int>;
/// `int f(PyObject *, PyObject *)`
pub type objobjproc = Option<unsafe extern "C" fn(*mut PyObject, *mut PyObject) -> c_int>;
/// `int f(PyObject *, PyObject *, PyObject *)`
pub type objobjargproc = Option<unsafe extern "C" fn(*mut PyObject, *mut PyObject, *mut PyObject) -> c_int>;
/// The function that `tp_traverse` calls for each object it refers to.
pub type visitproc = Option<unsafe extern "C" fn(*mut PyObject, *mut c_void) -> c_int>;
/// `tp_traverse`: calls the visitor with every referenced object, and returns the first answer that is not zero.
pub type traverseproc = Option<unsafe extern "C" fn(*mut PyObject, visitproc, *mut c_void) -> c_int>;
/// `void f(void *)`
pub type freefunc = Option<unsafe extern "C" fn(*mut c_void)>;
/// `tp_dealloc` and `tp_finalize`
pub type destructor = Option<unsafe extern "C" fn(*mut PyObject)>;
/// The function that `PyUnstable_GC_VisitObjects` calls with each tracked object.
pub type gcvisitobjects_t = Option<unsafe extern "C" fn(*mut PyObject, *mut c_void) -> c_int>;
/// `tp_getattr`
pub type getattrfunc = Option<unsafe extern "C" fn(*mut PyObject, *mut c_char) -> *mut PyObject>;
/// `tp_getattro`
pub type getattrofunc = binaryfunc;
/// `tp_setattr`
pub type setattrfunc = Option<unsafe extern "C" fn(*mut PyObject, *mut c_char, *mut PyObject) -> c_int>;
/// `tp_setattro`: a NULL value deletes
pub type setattrofunc = objobjargproc;
/// `tp_repr` and `tp_str`
pub type reprfunc = unaryfunc;
/// `tp_hash`
pub type hashfunc = Option<unsafe extern "C" fn(*mut PyObject) -> Py_hash_t>;
/// `tp_richcompare`
pub type richcmpfunc = Option<unsafe extern "C" fn(*mut PyObject, *mut PyObject, c_int) -> *mut PyObject>;
/// `tp_iter`
pub type getiterfunc = unaryfunc;
/// `tp_iternext`
pub type iternextfunc = unaryfunc;
/// `tp_descr_get`
pub type descrgetfunc = ternaryfunc;
/// `tp_descr_set`
pub type descrsetfunc = objobjargproc;
/// `tp_init`
pub type initproc = objobjargproc;
/// `tp_new`
pub type newfunc = Option<unsafe extern "C" fn(*mut PyTypeObject, *mut PyObject, *mut PyObject) -> *mut PyObject>;
/// `tp_alloc`
pub type allocfunc = Option<unsafe extern "C" fn(*mut PyTypeObject, Py_ssize_t) -> *mut PyObject>;
/// A callable's fast entry: arguments in an array, keyword names in a tuple.
pub type vectorcallfunc =
    Option<unsafe extern "C" fn(*mut PyObject, *const *mut PyObject, usize, *mut PyObject) -> *mut PyObject>;

/// `Include/cpython/object.h`: a type (416 bytes). Code compiled with headers before 3.12 makes types of 408 bytes, so
/// nothing past `tp_vectorcall` is read from a type that the library did not make.
#[repr(C)]
#[derive(Debug)]
#[expect(missing_docs, reason = "the fields are CPython's; its documentation has a section for each")]
pub struct PyTypeObject {
    pub ob_base: PyVarObject,
    pub tp_name: *const c_char,
    pub tp_basicsize: Py_ssize_t,
    pub tp_itemsize: Py_ssize_t,
    pub tp_dealloc: destructor,
    pub tp_vectorcall_offset: Py_ssize_t,
    pub tp_getattr: getattrfunc,
    pub tp_setattr: setattrfunc,
    pub tp_as_async: *mut PyAsyncMethods,
    pub tp_repr: reprfunc,
    pub tp_as_number: *mut PyNumberMethods,
    pub tp_as_sequence: *mut PySequenceMethods,
    pub tp_as_mapping: *mut PyMappingMethods,
    pub tp_hash: hashfunc,
    pub tp_call: ternaryfunc,
    pub tp_str: reprfunc,
    pub tp_getattro: getattrofunc,
    pub tp_setattro: setattrofunc,
    pub tp_as_buffer: *mut PyBufferProcs,
    pub tp_flags: c_ulong,
    pub tp_doc: *const c_char,
    pub tp_traverse: traverseproc,
    pub tp_clear: inquiry,
    pub tp_richcompare: richcmpfunc,
    pub tp_weaklistoffset: Py_ssize_t,
    pub tp_iter: getiterfunc,
    pub tp_iternext: iternextfunc,
    pub tp_methods: *mut super::PyMethodDef,
    pub tp_members: *mut super::PyMemberDef,
    pub tp_getset: *mut super::PyGetSetDef,
    pub tp_base: *mut PyTypeObject,
    pub tp_dict: *mut PyObject,
    pub tp_descr_get: descrgetfunc,
    pub tp_descr_set: descrsetfunc,
    pub tp_dictoffset: Py_ssize_t,
    pub tp_init: initproc,
    pub tp_alloc: allocfunc,
    pub tp_new: newfunc,
    pub tp_free: freefunc,
    pub tp_is_gc: inquiry,
    pub tp_bases: *mut PyObject,
    pub tp_mro: *mut PyObject,
    pub tp_cache: *mut PyObject,
    pub tp_subclasses: *mut c_void,
    pub tp_weaklist: *mut PyObject,
    pub tp_del: destructor,
    pub tp_version_tag: c_uint,
    pub tp_finalize: destructor,
    pub tp_vectorcall: vectorcallfunc,
    pub tp_watched: u8,
    pub tp_versions_used: u16,
}

/// The fields that each type object has: those of [`PyTypeObject`] up to `tp_vectorcall`. A type object in code
/// compiled with headers before 3.12 ends there.
#[repr(C)]
#[derive(Debug)]
#[expect(missing_docs, reason = "the fields are CPython's; its documentation has a section for each")]
pub struct TypeFields {
    pub ob_base: PyVarObject,
    pub tp_name: *const c_char,
    pub tp_basicsize: Py_ssize_t,
    pub tp_itemsize: Py_ssize_t,
    pub tp_dealloc: destructor,
    pub tp_vectorcall_offset: Py_ssize_t,
    pub tp_getattr: getattrfunc,
    pub tp_setattr: setattrfunc,
    pub tp_as_async: *mut PyAsyncMethods,
    pub tp_repr: reprfunc,
    pub tp_as_number: *mut PyNumberMethods,
    pub tp_as_sequence: *mut PySequenceMethods,
    pub tp_as_mapping: *mut PyMappingMethods,
    pub tp_hash: hashfunc,
    pub tp_call: ternaryfunc,
    pub tp_str: reprfunc,
    pub tp_getattro: getattrofunc,
    pub tp_setattro: setattrofunc,
    pub tp_as_buffer: *mut PyBufferProcs,
    pub tp_flags: c_ulong,
    pub tp_doc: *const c_char,
    pub tp_traverse: traverseproc,
    pub tp_clear: inquiry,
    pub tp_richcompare: richcmpfunc,
    pub tp_weaklistoffset: Py_ssize_t,
    pub tp_iter: getiterfunc,
    pub tp_iternext: iternextfunc,
    pub tp_methods: *mut super::PyMethodDef,
    pub tp_members: *mut super::PyMemberDef,
    pub tp_getset: *mut super::PyGetSetDef,
    pub tp_base: *mut PyTypeObject,
    pub tp_dict: *mut PyObject,
    pub tp_descr_get: descrgetfunc,
    pub tp_descr_set: descrsetfunc,
    pub tp_dictoffset: Py_ssize_t,
    pub tp_init: initproc,
    pub tp_alloc: allocfunc,
    pub tp_new: newfunc,
    pub tp_free: freefunc,
    pub tp_is_gc: inquiry,
    pub tp_bases: *mut PyObject,
    pub tp_mro: *mut PyObject,
    pub tp_cache: *mut PyObject,
    pub tp_subclasses: *mut c_void,
    pub tp_weaklist: *mut PyObject,
    pub tp_del: destructor,
    pub tp_version_tag: c_uint,
    pub tp_finalize: destructor,
    pub tp_vectorcall: vectorcallfunc,
}

const _: () = assert!(size_of::<TypeFields>() == core::mem::offset_of!(PyTypeObject, tp_watched));

impl PyTypeObject {
    /// All fields zero. The initialiser of every static type starts from it.
    // SAFETY: every field is an integer or a nullable pointer, for all of which zero is a value.
    pub const BLANK: Self = unsafe { core::mem::zeroed() };
}

/// `Include/cpython/object.h`: a type made at run time (936 bytes).
#[repr(C)]
#[derive(Debug)]
#[expect(missing_docs, reason = "the fields are CPython's")]
pub struct PyHeapTypeObject {
    pub ht_type: PyTypeObject,
    pub as_async: PyAsyncMethods,
    pub as_number: PyNumberMethods,
    pub as_mapping: PyMappingMethods,
    pub as_sequence: PySequenceMethods,
    pub as_buffer: PyBufferProcs,
    pub ht_name: *mut PyObject,
    pub ht_slots: *mut PyObject,
    pub ht_qualname: *mut PyObject,
    pub ht_cached_keys: *mut c_void,
    pub ht_module: *mut PyObject,
    pub _ht_tpname: *mut c_char,
    pub ht_token: *mut c_void,
    pub _spec_cache: [*mut c_void; 3],
}

// The numbers are those of CPython's headers; `c_tests/abi/core.txt` has the same offsets, compared with those headers.
const _: () = {
    assert!(offset_of!(PyTypeObject, tp_as_async) == 80 && offset_of!(PyTypeObject, tp_as_buffer) == 160);
    assert!(size_of::<PyTypeObject>() == 416 && size_of::<PyHeapTypeObject>() == 936);
    assert!(offset_of!(PyHeapTypeObject, as_async) == 416 && offset_of!(PyHeapTypeObject, as_number) == 448);
    assert!(offset_of!(PyHeapTypeObject, as_mapping) == 736 && offset_of!(PyHeapTypeObject, as_sequence) == 760);
    assert!(offset_of!(PyHeapTypeObject, as_buffer) == 840 && offset_of!(PyHeapTypeObject, ht_name) == 856);
};

/// Rich comparison: `<`
pub const Py_LT: c_int = 0;
/// Rich comparison: `<=`
pub const Py_LE: c_int = 1;
/// Rich comparison: `==`
pub const Py_EQ: c_int = 2;
/// Rich comparison: `!=`
pub const Py_NE: c_int = 3;
/// Rich comparison: `>`
pub const Py_GT: c_int = 4;
/// Rich comparison: `>=`
pub const Py_GE: c_int = 5;

/// Type flag: a static type of the interpreter itself.
pub const _Py_TPFLAGS_STATIC_BUILTIN: c_ulong = 1 << 1;
/// Type flag: the weak references to an instance are in a field before it.
pub(crate) const Py_TPFLAGS_MANAGED_WEAKREF: c_ulong = 1 << 3;
/// Type flag: the dict of an instance is in a field before it.
pub(crate) const Py_TPFLAGS_MANAGED_DICT: c_ulong = 1 << 4;
/// Type flags: there are fields before an instance.
pub(crate) const Py_TPFLAGS_PREHEADER: c_ulong = Py_TPFLAGS_MANAGED_WEAKREF | Py_TPFLAGS_MANAGED_DICT;
/// Type flag: calling the type does not create instances.
pub const Py_TPFLAGS_DISALLOW_INSTANTIATION: c_ulong = 1 << 7;
/// Type flag: the type's attributes can't be changed.
pub const Py_TPFLAGS_IMMUTABLETYPE: c_ulong = 1 << 8;
/// Type flag: made at run time.
pub const Py_TPFLAGS_HEAPTYPE: c_ulong = 1 << 9;
/// Type flag: may be subclassed.
pub const Py_TPFLAGS_BASETYPE: c_ulong = 1 << 10;
/// Type flag: the type supports the vectorcall protocol.
pub const Py_TPFLAGS_HAVE_VECTORCALL: c_ulong = 1 << 11;
/// Type flag: `PyType_Ready` has run.
pub const Py_TPFLAGS_READY: c_ulong = 1 << 12;
/// Type flag: instances take part in garbage collection.
pub const Py_TPFLAGS_HAVE_GC: c_ulong = 1 << 14;
/// Type flag: instances behave as unbound methods.
pub const Py_TPFLAGS_METHOD_DESCRIPTOR: c_ulong = 1 << 17;
/// Type flag: `object.__new__` makes no instances, because the class has abstract methods.
pub const Py_TPFLAGS_IS_ABSTRACT: c_ulong = 1 << 20;
/// Type flag: matches a mapping pattern.
pub const Py_TPFLAGS_MAPPING: c_ulong = 1 << 6;
/// Type flag: matches a sequence pattern.
pub const Py_TPFLAGS_SEQUENCE: c_ulong = 1 << 5;
/// Type flag: `match` compares the subject itself.
pub const _Py_TPFLAGS_MATCH_SELF: c_ulong = 1 << 22;
/// Type flag: the items of an instance are at its end, also in a subclass.
pub const Py_TPFLAGS_ITEMS_AT_END: c_ulong = 1 << 23;
/// Type flag: `int` or a subclass.
pub const Py_TPFLAGS_LONG_SUBCLASS: c_ulong = 1 << 24;
/// Type flag: `list` or a subclass.
pub const Py_TPFLAGS_LIST_SUBCLASS: c_ulong = 1 << 25;
/// Type flag: `tuple` or a subclass.
pub const Py_TPFLAGS_TUPLE_SUBCLASS: c_ulong = 1 << 26;
/// Type flag: `bytes` or a subclass.
pub const Py_TPFLAGS_BYTES_SUBCLASS: c_ulong = 1 << 27;
/// Type flag: `str` or a subclass.
pub const Py_TPFLAGS_UNICODE_SUBCLASS: c_ulong = 1 << 28;
/// Type flag: `dict` or a subclass.
pub const Py_TPFLAGS_DICT_SUBCLASS: c_ulong = 1 << 29;
/// Type flag: an exception class.
pub const Py_TPFLAGS_BASE_EXC_SUBCLASS: c_ulong = 1 << 30;
/// Type flag: `type` or a subclass.
pub const Py_TPFLAGS_TYPE_SUBCLASS: c_ulong = 1 << 31;
/// Flag bit of a vectorcall's count: the slot before the first argument may be overwritten.
pub const PY_VECTORCALL_ARGUMENTS_OFFSET: usize = 1 << 63;
