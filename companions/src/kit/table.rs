//! Tables of functions: their entries, and the C functions that call the Rust functions.

use super::arguments::{Call, Positional};
use super::object::{Obj, Raised, Ref, Result};
use core::ffi::{CStr, c_int};
use core::ptr::{NonNull, null_mut};
use pyo3_ffi as ffi;
use pyo3_ffi::{PyMethodDef, PyMethodDefPointer, PyObject};

/// A table of functions, in a static. It ends with a zeroed entry.
#[repr(transparent)]
pub struct Functions<const N: usize>([PyMethodDef; N]);

// SAFETY: the pointers of the table are those of static texts and functions, and the table is never written.
unsafe impl<const N: usize> Sync for Functions<N> {}

impl<const N: usize> Functions<N> {
    /// The table of these entries; the last is `PyMethodDef::zeroed()`.
    pub const fn new(entries: [PyMethodDef; N]) -> Self {
        assert!(entries[N - 1].ml_name.is_null(), "the table ends with PyMethodDef::zeroed()");
        Functions(entries)
    }

    /// The table for C.
    pub const fn as_ptr(&self) -> *mut PyMethodDef {
        self.0.as_ptr().cast_mut()
    }
}

/// The entry of a function or method that takes arguments by position and by keyword ([`Call::bind`]). `F` is the type of the function itself,
/// which has no size.
pub const fn function<F>(name: &'static CStr, function: F, doc: &'static CStr) -> PyMethodDef
where
    F: Fn(Call<'_>) -> Result<Ref> + Copy + 'static,
{
    entry(
        name,
        function,
        PyMethodDefPointer { PyCFunctionWithKeywords: enter::<F> },
        ffi::METH_VARARGS | ffi::METH_KEYWORDS,
        doc,
    )
}

/// The entry of a function that takes arguments by position alone.
pub const fn positional<F>(name: &'static CStr, function: F, doc: &'static CStr) -> PyMethodDef
where
    F: Fn(Positional<'_>) -> Result<Ref> + Copy + 'static,
{
    entry(name, function, PyMethodDefPointer { PyCFunctionFast: enter_positional::<F> }, ffi::METH_FASTCALL, doc)
}

/// The entry of a function of one argument.
pub const fn one<F>(name: &'static CStr, function: F, doc: &'static CStr) -> PyMethodDef
where
    F: Fn(Obj<'_>) -> Result<Ref> + Copy + 'static,
{
    entry(name, function, PyMethodDefPointer { PyCFunction: enter_one::<F> }, ffi::METH_O, doc)
}

/// The entry of a method of one argument.
pub const fn method_one<F>(name: &'static CStr, function: F, doc: &'static CStr) -> PyMethodDef
where
    F: Fn(Obj<'_>, Obj<'_>) -> Result<Ref> + Copy + 'static,
{
    entry(name, function, PyMethodDefPointer { PyCFunction: enter_method_one::<F> }, ffi::METH_O, doc)
}

/// The entry of a method without arguments.
pub const fn method_none<F>(name: &'static CStr, function: F, doc: &'static CStr) -> PyMethodDef
where
    F: Fn(Obj<'_>) -> Result<Ref> + Copy + 'static,
{
    entry(name, function, PyMethodDefPointer { PyCFunction: enter_method_none::<F> }, ffi::METH_NOARGS, doc)
}

/// The entry as one of a class method, whose object is the class.
pub const fn of_class(mut entry: PyMethodDef) -> PyMethodDef {
    entry.ml_flags |= ffi::METH_CLASS;
    entry
}

const fn entry<F: Copy + 'static>(
    name: &'static CStr,
    _function: F,
    pointer: PyMethodDefPointer,
    flags: c_int,
    doc: &'static CStr,
) -> PyMethodDef {
    const { assert!(size_of::<F>() == 0, "a function, not a closure with values of its own") };
    PyMethodDef { ml_name: name.as_ptr(), ml_meth: pointer, ml_flags: flags, ml_doc: doc.as_ptr() }
}

/// The function that a type without size names.
pub(super) fn named<F: Copy + 'static>() -> &'static F {
    // SAFETY: a value without size has no bytes that could be wrong, and `entry` was given one of this type.
    unsafe { NonNull::<F>::dangling().as_ref() }
}

/// The result for C: a new reference, or NULL with the error indicator set.
pub(crate) fn to_c(result: Result<Ref>) -> *mut PyObject {
    match result {
        Ok(result) => result.into_ptr(),
        Err(Raised { .. }) => null_mut(),
    }
}

/// The C function of a table for the convention METH_VARARGS | METH_KEYWORDS.
unsafe extern "C" fn enter<F>(this: *mut PyObject, positional: *mut PyObject, keywords: *mut PyObject) -> *mut PyObject
where
    F: Fn(Call<'_>) -> Result<Ref> + Copy + 'static,
{
    // SAFETY: the convention gives an object, a tuple, and a dict or NULL, alive during the call.
    let (this, positional, keywords) =
        unsafe { (Obj::from_ptr(this), Obj::from_ptr(positional), Obj::from_ptr(keywords)) };
    let (Some(this), Some(positional)) = (this, positional) else { return null_mut() };
    to_c(named::<F>()(Call::new(this, positional, keywords)))
}

/// The C function of a table for the convention METH_FASTCALL.
unsafe extern "C" fn enter_positional<F>(
    _this: *mut PyObject,
    arguments: *mut *mut PyObject,
    count: isize,
) -> *mut PyObject
where
    F: Fn(Positional<'_>) -> Result<Ref> + Copy + 'static,
{
    // SAFETY: the convention gives so many objects in a row (perhaps none, and no row), alive during the call. An `Obj` is a pointer to
    // an object.
    let arguments: &[Obj<'_>] = unsafe {
        if count == 0 { &[] } else { core::slice::from_raw_parts(arguments.cast_const().cast(), count as usize) }
    };
    to_c(named::<F>()(Positional::new(arguments)))
}

/// The C function of a table for the convention METH_O.
unsafe extern "C" fn enter_one<F>(_this: *mut PyObject, argument: *mut PyObject) -> *mut PyObject
where
    F: Fn(Obj<'_>) -> Result<Ref> + Copy + 'static,
{
    // SAFETY: the convention gives an object that is alive during the call.
    let Some(argument) = (unsafe { Obj::from_ptr(argument) }) else { return null_mut() };
    to_c(named::<F>()(argument))
}

/// The C function of a table for METH_O, with the object.
unsafe extern "C" fn enter_method_one<F>(this: *mut PyObject, argument: *mut PyObject) -> *mut PyObject
where
    F: Fn(Obj<'_>, Obj<'_>) -> Result<Ref> + Copy + 'static,
{
    // SAFETY: the convention gives two objects that are alive during the call.
    let (this, argument) = unsafe { (Obj::from_ptr(this), Obj::from_ptr(argument)) };
    let (Some(this), Some(argument)) = (this, argument) else { return null_mut() };
    to_c(named::<F>()(this, argument))
}

/// The C function of a table for METH_NOARGS.
unsafe extern "C" fn enter_method_none<F>(this: *mut PyObject, _nothing: *mut PyObject) -> *mut PyObject
where
    F: Fn(Obj<'_>) -> Result<Ref> + Copy + 'static,
{
    // SAFETY: the convention gives an object that is alive during the call.
    let Some(this) = (unsafe { Obj::from_ptr(this) }) else { return null_mut() };
    to_c(named::<F>()(this))
}
