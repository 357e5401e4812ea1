//! The rows of a type's tables of methods and computed attributes, each made of a safe function.

use super::{arguments, receiver, the};
use crate::abi::*;
use crate::objects::dict::{self, Dict};
use crate::objects::tuple::{self, Tuple};
use crate::runtime::{IntoC, Layout, Obj, Own, Ref, Result, View};
use core::ffi::{CStr, c_int, c_void};
use core::ptr::null_mut;

/// A row of a type's table of computed attributes, for one that can only be read.
pub const fn getter<L: Layout, F>(name: &'static CStr, _: F) -> PyGetSetDef
where
    F: Fn(View<'_, L>) -> Result<Ref> + Copy,
{
    unsafe extern "C" fn get<L: Layout, F: Fn(View<'_, L>) -> Result<Ref> + Copy>(
        o: *mut PyObject,
        _: *mut c_void,
    ) -> *mut PyObject {
        // SAFETY: a getter is called on objects of the type whose table it is in.
        the::<F>()(unsafe { receiver(o) }).into_c()
    }
    PyGetSetDef { name: name.as_ptr(), get: Some(get::<L, F>), ..PyGetSetDef::END }
}

/// A row of a type's table of computed attributes, for one that can be read and set, and deleted without a value.
pub const fn getset<L: Layout, G, S>(name: &'static CStr, get: G, _: S) -> PyGetSetDef
where
    G: Fn(View<'_, L>) -> Result<Ref> + Copy,
    S: Fn(View<'_, L>, Option<Obj<'_>>) -> Result<()> + Copy,
{
    unsafe extern "C" fn set<L: Layout, S: Fn(View<'_, L>, Option<Obj<'_>>) -> Result<()> + Copy>(
        o: *mut PyObject,
        value: *mut PyObject,
        _: *mut c_void,
    ) -> c_int {
        // SAFETY: a setter is called on objects of the type whose table it is in; the value is an object or NULL.
        unsafe { the::<S>()(receiver(o), Obj::from_ptr(value)).into_c() }
    }
    PyGetSetDef { set: Some(set::<L, S>), ..getter(name, get) }
}

/// A row of a type's table of methods.
const fn method_row(name: &'static CStr, flags: c_int, function: *mut c_void) -> PyMethodDef {
    PyMethodDef { ml_name: name.as_ptr(), ml_meth: function, ml_flags: flags, ..PyMethodDef::END }
}

/// A method without arguments.
pub const fn method_noargs<L: Layout, F>(name: &'static CStr, _: F) -> PyMethodDef
where
    F: Fn(View<'_, L>) -> Result<Ref> + Copy,
{
    unsafe extern "C" fn call<L: Layout, F: Fn(View<'_, L>) -> Result<Ref> + Copy>(
        this: *mut PyObject,
        _: *mut PyObject,
    ) -> *mut PyObject {
        // SAFETY: a method is called on objects of the type whose table it is in.
        the::<F>()(unsafe { receiver(this) }).into_c()
    }
    method_row(name, METH_NOARGS, call::<L, F> as *mut c_void)
}

/// A method with one argument.
pub const fn method_o<L: Layout, F>(name: &'static CStr, _: F) -> PyMethodDef
where
    F: Fn(View<'_, L>, Obj<'_>) -> Result<Ref> + Copy,
{
    unsafe extern "C" fn call<L: Layout, F: Fn(View<'_, L>, Obj<'_>) -> Result<Ref> + Copy>(
        this: *mut PyObject,
        argument: *mut PyObject,
    ) -> *mut PyObject {
        // SAFETY: a method is called on objects of the type whose table it is in, and here with one argument.
        unsafe { the::<F>()(receiver(this), Obj::from_ptr_unchecked(argument)).into_c() }
    }
    method_row(name, METH_O, call::<L, F> as *mut c_void)
}

/// A method with any number of arguments by position.
pub const fn method_fastcall<L: Layout, F>(name: &'static CStr, _: F) -> PyMethodDef
where
    F: Fn(View<'_, L>, &[Obj<'_>]) -> Result<Ref> + Copy,
{
    unsafe extern "C" fn call<L: Layout, F: Fn(View<'_, L>, &[Obj<'_>]) -> Result<Ref> + Copy>(
        this: *mut PyObject,
        arguments: *const *mut PyObject,
        count: Py_ssize_t,
    ) -> *mut PyObject {
        // SAFETY: a method is called on objects of the type whose table it is in, and this one with an array of
        // arguments.
        unsafe { the::<F>()(receiver(this), positional(arguments, count)).into_c() }
    }
    method_row(name, METH_FASTCALL, call::<L, F> as *mut c_void)
}

/// A static method with any number of arguments by position. It is called without an object.
pub const fn method_static<F>(name: &'static CStr, _: F) -> PyMethodDef
where
    F: Fn(&[Obj<'_>]) -> Result<Ref> + Copy,
{
    unsafe extern "C" fn call<F: Fn(&[Obj<'_>]) -> Result<Ref> + Copy>(
        _: *mut PyObject,
        arguments: *const *mut PyObject,
        count: Py_ssize_t,
    ) -> *mut PyObject {
        // SAFETY: this method is called with an array of arguments.
        the::<F>()(unsafe { positional(arguments, count) }).into_c()
    }
    method_row(name, METH_FASTCALL | METH_STATIC, call::<F> as *mut c_void)
}

/// The arguments of a method that takes them by position.
///
/// # Safety
/// `arguments` is an array of `count` live objects, and may be NULL when `count` is 0.
unsafe fn positional<'a>(arguments: *const *mut PyObject, count: Py_ssize_t) -> &'a [Obj<'a>] {
    match count {
        0 => &[],
        // SAFETY: the array is not empty, so it is not NULL, and C keeps its objects alive until the call returns.
        count => unsafe { core::slice::from_raw_parts(arguments.cast(), count as usize) },
    }
}

/// A method with positional arguments in a tuple.
pub const fn method_varargs<L: Layout, F>(name: &'static CStr, _: F) -> PyMethodDef
where
    F: Fn(View<'_, L>, Tuple<'_>) -> Result<Ref> + Copy,
{
    unsafe extern "C" fn call<L: Layout, F: Fn(View<'_, L>, Tuple<'_>) -> Result<Ref> + Copy>(
        this: *mut PyObject,
        args: *mut PyObject,
    ) -> *mut PyObject {
        // SAFETY: a method is called on objects of the type whose table it is in, and this one with a tuple.
        let (this, arguments) = unsafe { (receiver(this), arguments(args, null_mut())) };
        arguments.and_then(|(args, _)| the::<F>()(this, args)).into_c()
    }
    method_row(name, METH_VARARGS, call::<L, F> as *mut c_void)
}

/// A method with positional arguments and keyword arguments: a tuple, and a dict if there are names.
pub const fn method_keywords<L: Layout, F>(name: &'static CStr, _: F) -> PyMethodDef
where
    F: Fn(View<'_, L>, Tuple<'_>, Option<Dict<'_>>) -> Result<Ref> + Copy,
{
    unsafe extern "C" fn call<L: Layout, F: Fn(View<'_, L>, Tuple<'_>, Option<Dict<'_>>) -> Result<Ref> + Copy>(
        this: *mut PyObject,
        args: *mut PyObject,
        keywords: *mut PyObject,
    ) -> *mut PyObject {
        // SAFETY: a method is called on objects of the type whose table it is in, and this one with a tuple and a dict
        // or NULL.
        let (this, arguments) = unsafe { (receiver(this), arguments(args, keywords)) };
        arguments.and_then(|(args, keywords)| the::<F>()(this, args, keywords)).into_c()
    }
    method_row(name, METH_VARARGS | METH_KEYWORDS, call::<L, F> as *mut c_void)
}

/// A method with positional arguments in an array, and keyword arguments: a dict if there are names. Without names no
/// object is made for the arguments.
pub const fn method_named<L: Layout, F>(name: &'static CStr, _: F) -> PyMethodDef
where
    F: Fn(View<'_, L>, &[Obj<'_>], Option<Dict<'_>>) -> Result<Ref> + Copy,
{
    unsafe extern "C" fn call<L: Layout, F: Fn(View<'_, L>, &[Obj<'_>], Option<Dict<'_>>) -> Result<Ref> + Copy>(
        this: *mut PyObject,
        arguments: *const *mut PyObject,
        count: Py_ssize_t,
        names: *mut PyObject,
    ) -> *mut PyObject {
        // SAFETY: a method is called on objects of the type whose table it is in, and this one with an array of
        // arguments, which the values of the names follow, and with names that are NULL or a tuple.
        let (this, given, names) = unsafe {
            let names = Obj::from_ptr(names).and_then(Obj::downcast);
            let values = names.map_or(0, tuple::len) as Py_ssize_t;
            (receiver(this), positional(arguments, count + values), names)
        };
        let (given, values) = given.split_at(count as usize);
        let keywords = dict::of_names(names, values);
        keywords.and_then(|keywords| the::<F>()(this, given, keywords.as_ref().map(Own::borrow))).into_c()
    }
    method_row(name, METH_FASTCALL | METH_KEYWORDS, call::<L, F> as *mut c_void)
}
