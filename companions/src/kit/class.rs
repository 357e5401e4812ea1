//! Static types, and the C functions of their slots over Rust functions.

use super::arguments::Call;
use super::object::{Obj, Raised, Ref, Result};
use super::table::{named, to_c};
use core::cell::UnsafeCell;
use core::ffi::{CStr, c_int, c_void};
use core::ptr::null_mut;
use pyo3_ffi as ffi;
use pyo3_ffi::{PyGetSetDef, PyMemberDef, PyNumberMethods, PyObject, PyTypeObject};

/// A static type. Its fields are those of CPython's `PyTypeObject`, with the functions of [`slot`].
#[repr(transparent)]
pub struct Class(UnsafeCell<PyTypeObject>);

// SAFETY: the interpreter reads and writes a type under the GIL, which each caller of this crate holds.
unsafe impl Sync for Class {}

/// A type whose fields are all zero but the reference count, for the fields that a definition leaves out.
pub const EMPTY: PyTypeObject = PyTypeObject {
    ob_base: ffi::PyVarObject { ob_base: ffi::PyObject_HEAD_INIT, ob_size: 0 },
    // SAFETY: each field after the head is a number, a pointer that may be NULL, or a function that may be missing.
    ..unsafe { core::mem::zeroed() }
};

/// Operators that are all missing.
// SAFETY: each field is a function that may be missing.
pub const NO_NUMBERS: PyNumberMethods = unsafe { core::mem::zeroed() };

impl Class {
    /// The type of this definition.
    pub const fn new(definition: PyTypeObject) -> Class {
        Class(UnsafeCell::new(definition))
    }

    /// The type for a field of C.
    pub const fn as_ptr(&self) -> *mut PyTypeObject {
        self.0.get()
    }

    /// The type as an object. It is ready: [`Class::ready`] was called.
    pub fn obj(&'static self) -> Obj<'static> {
        // SAFETY: a static type is an object that lives for ever.
        unsafe { Obj::from_ptr(self.as_ptr().cast()) }.expect("a static")
    }

    /// Makes the type ready (`PyType_Ready`).
    pub fn ready(&'static self) -> Result<()> {
        // SAFETY: a static type, whose fields are those of its definition.
        match unsafe { ffi::PyType_Ready(self.as_ptr()) } {
            0 => Ok(()),
            _ => Err(Raised::pending()),
        }
    }

    /// Puts an attribute into the type's own dict, as an object that is made of the type itself, and that no program can set.
    pub fn add(&'static self, name: &CStr, value: &Ref) -> Result<()> {
        // SAFETY: a type that is ready has a dict. A name that ends with NUL, and an object.
        match unsafe { ffi::PyDict_SetItemString((*self.as_ptr()).tp_dict, name.as_ptr(), value.as_ptr()) } {
            0 => Ok(()),
            _ => Err(Raised::pending()),
        }
    }

    /// Whether an object is of this type, or of one derived from it.
    pub fn has(&'static self, object: Obj<'_>) -> bool {
        // SAFETY: an object and a type.
        unsafe { ffi::PyObject_TypeCheck(object.as_ptr(), self.as_ptr()) != 0 }
    }

    /// Whether a class is this type.
    pub fn is(&'static self, class: Obj<'_>) -> bool {
        class.as_ptr() == self.as_ptr().cast()
    }
}

/// A table of operators, in a static.
#[repr(transparent)]
pub struct Numbers(UnsafeCell<PyNumberMethods>);

// SAFETY: the interpreter reads the table under the GIL, and nothing writes it after the type is ready.
unsafe impl Sync for Numbers {}

impl Numbers {
    /// The table of these operators.
    pub const fn new(operators: PyNumberMethods) -> Numbers {
        Numbers(UnsafeCell::new(operators))
    }

    /// The table for a type.
    pub const fn as_ptr(&self) -> *mut PyNumberMethods {
        self.0.get()
    }
}

/// A table of computed attributes, in a static.
#[repr(transparent)]
pub struct Getters<const N: usize>([PyGetSetDef; N]);

// SAFETY: the pointers of the table are those of static texts and functions, and the table is never written.
unsafe impl<const N: usize> Sync for Getters<N> {}

impl<const N: usize> Getters<N> {
    /// The table of these attributes; the last is `PyGetSetDef::default()`, all zero.
    pub const fn new(entries: [PyGetSetDef; N]) -> Self {
        assert!(entries[N - 1].name.is_null(), "the table ends with a zeroed entry");
        Getters(entries)
    }

    /// The table for a type.
    pub const fn as_ptr(&self) -> *mut PyGetSetDef {
        self.0.as_ptr().cast_mut()
    }
}

/// The last entry of a table of computed attributes.
pub const LAST_GETTER: PyGetSetDef =
    PyGetSetDef { name: core::ptr::null(), get: None, set: None, doc: core::ptr::null(), closure: null_mut() };

/// A computed attribute that can't be set.
pub const fn getter<F>(name: &'static CStr, _function: F, doc: &'static CStr) -> PyGetSetDef
where
    F: Fn(Obj<'_>) -> Result<Ref> + Copy + 'static,
{
    const { assert!(size_of::<F>() == 0, "a function, not a closure with values of its own") };
    PyGetSetDef { name: name.as_ptr(), get: Some(enter_getter::<F>), set: None, doc: doc.as_ptr(), closure: null_mut() }
}

/// A table of fields that are attributes, in a static.
#[repr(transparent)]
pub struct Members<const N: usize>([PyMemberDef; N]);

// SAFETY: the pointers of the table are those of static texts, and the table is never written.
unsafe impl<const N: usize> Sync for Members<N> {}

impl<const N: usize> Members<N> {
    /// The table of these fields; the last has no name.
    pub const fn new(entries: [PyMemberDef; N]) -> Self {
        assert!(entries[N - 1].name.is_null(), "the table ends with a zeroed entry");
        Members(entries)
    }

    /// The table for a type.
    pub const fn as_ptr(&self) -> *mut PyMemberDef {
        self.0.as_ptr().cast_mut()
    }
}

/// A comparison, by CPython's numbers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Comparison(c_int);

impl Comparison {
    /// Whether the comparison is `==` or `!=`.
    pub fn is_equality(self) -> bool {
        self == Comparison(ffi::Py_EQ) || self == Comparison(ffi::Py_NE)
    }

    /// The answer of the comparison for two values that are in this order.
    pub fn answer(self, order: core::cmp::Ordering) -> Result<Ref> {
        Ref::bool(match self.0 {
            ffi::Py_LT => order.is_lt(),
            ffi::Py_LE => order.is_le(),
            ffi::Py_EQ => order.is_eq(),
            ffi::Py_NE => order.is_ne(),
            ffi::Py_GT => order.is_gt(),
            _ => order.is_ge(),
        })
    }
}

/// The C functions of slots. Each is made of a Rust function, whose type has no size and names it.
pub mod slot {
    use super::*;

    /// `tp_new`: the class and the arguments, as [`Call::this`] and [`Call::parse`].
    pub const fn new<F>(_function: F) -> Option<ffi::newfunc>
    where
        F: Fn(Call<'_>) -> Result<Ref> + Copy + 'static,
    {
        const { assert!(size_of::<F>() == 0) };
        Some(enter_new::<F>)
    }

    /// A slot of one object, as `tp_repr` and `nb_negative`.
    pub const fn unary<F>(_function: F) -> Option<ffi::unaryfunc>
    where
        F: Fn(Obj<'_>) -> Result<Ref> + Copy + 'static,
    {
        const { assert!(size_of::<F>() == 0) };
        Some(enter_unary::<F>)
    }

    /// A slot of two objects, as `nb_add`.
    pub const fn binary<F>(_function: F) -> Option<ffi::binaryfunc>
    where
        F: Fn(Obj<'_>, Obj<'_>) -> Result<Ref> + Copy + 'static,
    {
        const { assert!(size_of::<F>() == 0) };
        Some(enter_binary::<F>)
    }

    /// `tp_richcompare`.
    pub const fn compare<F>(_function: F) -> Option<ffi::richcmpfunc>
    where
        F: Fn(Obj<'_>, Obj<'_>, Comparison) -> Result<Ref> + Copy + 'static,
    {
        const { assert!(size_of::<F>() == 0) };
        Some(enter_compare::<F>)
    }

    /// `tp_hash`.
    pub const fn hash<F>(_function: F) -> Option<ffi::hashfunc>
    where
        F: Fn(Obj<'_>) -> Result<isize> + Copy + 'static,
    {
        const { assert!(size_of::<F>() == 0) };
        Some(enter_hash::<F>)
    }

    /// `nb_bool`.
    pub const fn truth<F>(_function: F) -> Option<ffi::inquiry>
    where
        F: Fn(Obj<'_>) -> bool + Copy + 'static,
    {
        const { assert!(size_of::<F>() == 0) };
        Some(enter_truth::<F>)
    }
}

/// An object that C gave to a slot, alive during the call.
///
/// # Safety
///
/// The pointer is an object, as each slot gets it.
unsafe fn given<'a>(object: *mut PyObject) -> Obj<'a> {
    // SAFETY: as the caller promises.
    unsafe { Obj::from_ptr(object) }.expect("a slot gets objects")
}

unsafe extern "C" fn enter_new<F>(
    class: *mut PyTypeObject,
    positional: *mut PyObject,
    keywords: *mut PyObject,
) -> *mut PyObject
where
    F: Fn(Call<'_>) -> Result<Ref> + Copy + 'static,
{
    // SAFETY: `tp_new` gets a class, a tuple, and a dict or NULL.
    let call = unsafe { Call::new(given(class.cast()), given(positional), Obj::from_ptr(keywords)) };
    to_c(named::<F>()(call))
}

unsafe extern "C" fn enter_unary<F>(object: *mut PyObject) -> *mut PyObject
where
    F: Fn(Obj<'_>) -> Result<Ref> + Copy + 'static,
{
    // SAFETY: the slot gets an object.
    to_c(named::<F>()(unsafe { given(object) }))
}

unsafe extern "C" fn enter_getter<F>(object: *mut PyObject, _closure: *mut c_void) -> *mut PyObject
where
    F: Fn(Obj<'_>) -> Result<Ref> + Copy + 'static,
{
    // SAFETY: a getter gets an object.
    to_c(named::<F>()(unsafe { given(object) }))
}

unsafe extern "C" fn enter_binary<F>(left: *mut PyObject, right: *mut PyObject) -> *mut PyObject
where
    F: Fn(Obj<'_>, Obj<'_>) -> Result<Ref> + Copy + 'static,
{
    // SAFETY: the slot gets two objects.
    to_c(named::<F>()(unsafe { given(left) }, unsafe { given(right) }))
}

unsafe extern "C" fn enter_compare<F>(left: *mut PyObject, right: *mut PyObject, comparison: c_int) -> *mut PyObject
where
    F: Fn(Obj<'_>, Obj<'_>, Comparison) -> Result<Ref> + Copy + 'static,
{
    // SAFETY: the slot gets two objects.
    to_c(named::<F>()(unsafe { given(left) }, unsafe { given(right) }, Comparison(comparison)))
}

unsafe extern "C" fn enter_hash<F>(object: *mut PyObject) -> isize
where
    F: Fn(Obj<'_>) -> Result<isize> + Copy + 'static,
{
    // SAFETY: the slot gets an object.
    let hash: Result<isize> = named::<F>()(unsafe { given(object) });
    hash.unwrap_or(-1)
}

unsafe extern "C" fn enter_truth<F>(object: *mut PyObject) -> c_int
where
    F: Fn(Obj<'_>) -> bool + Copy + 'static,
{
    // SAFETY: the slot gets an object.
    named::<F>()(unsafe { given(object) }).into()
}
