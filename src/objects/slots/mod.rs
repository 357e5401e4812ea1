//! Slots: how a safe function becomes the C function that a type object holds.
//!
//! ```text
//! fn repr(list: List<'_>) -> Result<Ref> { … }
//! … tp_repr: slots::unary(repr), …
//! ```
//!
//! Each function here is for one C signature. It takes a Rust function that captures nothing. It returns the C function
//! that borrows its arguments, calls the Rust function, and returns the result by CPython's convention ([`IntoC`]).
//! CPython passes a slot an object of the slot's type first. This is the only assumption, and it is made here instead
//! of in sixty places.

mod owner;
mod rows;

pub use owner::{Owner, clear, dealloc, traverse};
pub use rows::{
    getset, getter, method_fastcall, method_keywords, method_named, method_noargs, method_o, method_static,
    method_varargs,
};

use super::dict::Dict;
use super::tuple::{self, Tuple};
use crate::abi::*;
use crate::runtime::refusal::bad_argument;
use crate::runtime::{IntoC, Layout, Obj, Ref, Result, Type, View, gc};
use core::ffi::c_int;
use core::ptr::NonNull;

/// The value of a type that has only one value and no bytes: a function item, or a closure that captures nothing.
///
/// # Safety
/// The value exists: it was passed to the function that made the caller.
pub(crate) const unsafe fn passed<F: Copy>() -> F {
    const { assert!(size_of::<F>() == 0, "a slot is made of a function that captures nothing") };
    // SAFETY: the type has no bytes, so nothing is read, and nothing but its value could be there: it was passed.
    unsafe { NonNull::<F>::dangling().read() }
}

/// The function of which a slot or a row was made.
const fn the<F: Copy>() -> F {
    // SAFETY: each function of this folder that names a C function with an `F` was called with the `F`.
    unsafe { passed() }
}

/// The first argument of a slot.
///
/// # Safety
/// `o` is a live object of the type that has the slot, or of one derived from it, and that type's objects begin with an
/// `L`.
unsafe fn receiver<'a, L>(o: *mut PyObject) -> View<'a, L> {
    // SAFETY: the object is of the slot's type, whose objects begin with an `L`, and CPython never passes NULL for it.
    unsafe { View::new_unchecked(Obj::from_ptr_unchecked(o)) }
}

/// A slot of one object: `tp_repr`, `tp_hash`, `tp_iter`, `tp_iternext`, `sq_length`, `nb_bool`.
pub const fn unary<L: Layout, R, F>(_: F) -> Option<unsafe extern "C" fn(*mut PyObject) -> R::C>
where
    F: Fn(View<'_, L>) -> R + Copy,
    R: IntoC,
{
    unsafe extern "C" fn slot<L: Layout, R: IntoC, F: Fn(View<'_, L>) -> R + Copy>(o: *mut PyObject) -> R::C {
        // SAFETY: CPython calls a slot with an object of the slot's type.
        the::<F>()(unsafe { receiver(o) }).into_c()
    }
    Some(slot::<L, R, F>)
}

/// A slot of an object and another of any type: `sq_concat`, `sq_contains`, `mp_subscript`, `tp_getattro`.
pub const fn binary<L: Layout, R, F>(_: F) -> Option<unsafe extern "C" fn(*mut PyObject, *mut PyObject) -> R::C>
where
    F: Fn(View<'_, L>, Obj<'_>) -> R + Copy,
    R: IntoC,
{
    unsafe extern "C" fn slot<L: Layout, R: IntoC, F: Fn(View<'_, L>, Obj<'_>) -> R + Copy>(
        o: *mut PyObject,
        other: *mut PyObject,
    ) -> R::C {
        // SAFETY: CPython calls a slot with an object of the slot's type, and here with another that is not NULL.
        unsafe { the::<F>()(receiver(o), Obj::from_ptr_unchecked(other)).into_c() }
    }
    Some(slot::<L, R, F>)
}

/// A slot of an operator, which is called with both operands in their order: one of them is of the slot's type.
pub const fn operator<F>(_: F) -> binaryfunc
where
    F: Fn(Obj<'_>, Obj<'_>) -> Result<Ref> + Copy,
{
    unsafe extern "C" fn slot<F: Fn(Obj<'_>, Obj<'_>) -> Result<Ref> + Copy>(
        a: *mut PyObject,
        b: *mut PyObject,
    ) -> *mut PyObject {
        // SAFETY: CPython calls the slot with two objects.
        unsafe { the::<F>()(Obj::from_ptr_unchecked(a), Obj::from_ptr_unchecked(b)).into_c() }
    }
    Some(slot::<F>)
}

/// `nb_power`, which is called with all three operands in their order.
pub const fn power<F>(_: F) -> ternaryfunc
where
    F: Fn(Obj<'_>, Obj<'_>, Obj<'_>) -> Result<Ref> + Copy,
{
    unsafe extern "C" fn slot<F: Fn(Obj<'_>, Obj<'_>, Obj<'_>) -> Result<Ref> + Copy>(
        a: *mut PyObject,
        b: *mut PyObject,
        c: *mut PyObject,
    ) -> *mut PyObject {
        // SAFETY: CPython calls the slot with three objects.
        let [a, b, c] = [a, b, c].map(|o| unsafe { Obj::from_ptr_unchecked(o) });
        the::<F>()(a, b, c).into_c()
    }
    Some(slot::<F>)
}

/// `tp_richcompare`.
pub const fn compare<L: Layout, F>(_: F) -> richcmpfunc
where
    F: Fn(View<'_, L>, Obj<'_>, c_int) -> Result<Ref> + Copy,
{
    unsafe extern "C" fn slot<L: Layout, F: Fn(View<'_, L>, Obj<'_>, c_int) -> Result<Ref> + Copy>(
        o: *mut PyObject,
        other: *mut PyObject,
        op: c_int,
    ) -> *mut PyObject {
        // SAFETY: CPython calls a slot with an object of the slot's type, and here with another that is not NULL.
        unsafe { the::<F>()(receiver(o), Obj::from_ptr_unchecked(other), op).into_c() }
    }
    Some(slot::<L, F>)
}

/// A slot of an object and an index: `sq_item`, `sq_repeat`.
pub const fn indexed<L: Layout, F>(_: F) -> Option<unsafe extern "C" fn(*mut PyObject, Py_ssize_t) -> *mut PyObject>
where
    F: Fn(View<'_, L>, isize) -> Result<Ref> + Copy,
{
    unsafe extern "C" fn slot<L: Layout, F: Fn(View<'_, L>, isize) -> Result<Ref> + Copy>(
        o: *mut PyObject,
        index: Py_ssize_t,
    ) -> *mut PyObject {
        // SAFETY: CPython calls a slot with an object of the slot's type.
        the::<F>()(unsafe { receiver(o) }, index).into_c()
    }
    Some(slot::<L, F>)
}

/// `sq_ass_item`; without a value it deletes.
pub const fn assign_indexed<L: Layout, F>(_: F) -> ssizeobjargproc
where
    F: Fn(View<'_, L>, isize, Option<Obj<'_>>) -> Result<()> + Copy,
{
    unsafe extern "C" fn slot<L: Layout, F: Fn(View<'_, L>, isize, Option<Obj<'_>>) -> Result<()> + Copy>(
        o: *mut PyObject,
        index: Py_ssize_t,
        value: *mut PyObject,
    ) -> c_int {
        // SAFETY: CPython calls a slot with an object of the slot's type; the value is an object or NULL.
        unsafe { the::<F>()(receiver(o), index, Obj::from_ptr(value)).into_c() }
    }
    Some(slot::<L, F>)
}

/// A slot that assigns under a key or a name, and deletes without a value: `mp_ass_subscript`, `tp_setattro`,
/// `tp_descr_set`.
pub const fn assign<L: Layout, F>(_: F) -> objobjargproc
where
    F: Fn(View<'_, L>, Obj<'_>, Option<Obj<'_>>) -> Result<()> + Copy,
{
    unsafe extern "C" fn slot<L: Layout, F: Fn(View<'_, L>, Obj<'_>, Option<Obj<'_>>) -> Result<()> + Copy>(
        o: *mut PyObject,
        key: *mut PyObject,
        value: *mut PyObject,
    ) -> c_int {
        // SAFETY: CPython calls a slot with an object of the slot's type and a key; the value is an object or NULL.
        unsafe { the::<F>()(receiver(o), Obj::from_ptr_unchecked(key), Obj::from_ptr(value)).into_c() }
    }
    Some(slot::<L, F>)
}

/// `tp_descr_get`: an attribute's value for an instance, for its owner, or for both.
pub const fn describe<L: Layout, F>(_: F) -> descrgetfunc
where
    F: Fn(View<'_, L>, Option<Obj<'_>>, Option<Obj<'_>>) -> Result<Ref> + Copy,
{
    unsafe extern "C" fn slot<L: Layout, F>(
        o: *mut PyObject,
        instance: *mut PyObject,
        owner: *mut PyObject,
    ) -> *mut PyObject
    where
        F: Fn(View<'_, L>, Option<Obj<'_>>, Option<Obj<'_>>) -> Result<Ref> + Copy,
    {
        // SAFETY: CPython calls a slot with an object of the slot's type; the others are objects or NULL.
        unsafe { the::<F>()(receiver(o), Obj::from_ptr(instance), Obj::from_ptr(owner)).into_c() }
    }
    Some(slot::<L, F>)
}

/// The arguments of a call as C passes them to `tp_new`, `tp_init` and `tp_call`: a tuple or NULL, and a dict of
/// keywords or NULL. SystemError for other objects, with which CPython would misread memory.
///
/// # Safety
/// Both are NULL or live objects.
pub unsafe fn arguments<'a>(args: *mut PyObject, keywords: *mut PyObject) -> Result<(Tuple<'a>, Option<Dict<'a>>)> {
    // SAFETY: C keeps the arguments of a call alive until it returns.
    let (args, keywords) = unsafe { (Obj::from_ptr(args), Obj::from_ptr(keywords)) };
    let args = args.map_or(Some(tuple::empty()), Obj::downcast);
    let keywords = keywords.map_or(Some(None), |keywords| keywords.downcast().map(Some));
    args.zip(keywords).ok_or_else(|| bad_argument("the call of a type"))
}

/// `tp_new`.
pub const fn new<F>(_: F) -> newfunc
where
    F: Fn(Type<'_>, Tuple<'_>, Option<Dict<'_>>) -> Result<Ref> + Copy,
{
    unsafe extern "C" fn slot<F: Fn(Type<'_>, Tuple<'_>, Option<Dict<'_>>) -> Result<Ref> + Copy>(
        class: *mut PyTypeObject,
        args: *mut PyObject,
        keywords: *mut PyObject,
    ) -> *mut PyObject {
        // SAFETY: CPython calls the slot with a class, a tuple or NULL, and a dict or NULL.
        let (class, arguments) = unsafe { (Type::from_ptr_unchecked(class), arguments(args, keywords)) };
        let made = arguments.and_then(|(args, keywords)| the::<F>()(class, args, keywords));
        made.inspect(|made| track_derived(class, made.borrow())).into_c()
    }
    Some(slot::<F>)
}

/// Has the collector track an instance of a class that is not built in. The built-in base may take no part in
/// collection, and knows nothing of the fields that the class adds.
fn track_derived(class: Type<'_>, made: Obj<'_>) {
    if !class.has_flag(_Py_TPFLAGS_STATIC_BUILTIN) && made.is_exactly(class) {
        gc::track(made);
    }
}

/// `tp_init`.
pub const fn init<L: Layout, F>(_: F) -> initproc
where
    F: Fn(View<'_, L>, Tuple<'_>, Option<Dict<'_>>) -> Result<()> + Copy,
{
    unsafe extern "C" fn slot<L: Layout, F: Fn(View<'_, L>, Tuple<'_>, Option<Dict<'_>>) -> Result<()> + Copy>(
        o: *mut PyObject,
        args: *mut PyObject,
        keywords: *mut PyObject,
    ) -> c_int {
        // SAFETY: CPython calls a slot with an object of the slot's type, and this one with a tuple or NULL and a dict
        // or NULL.
        let (o, arguments) = unsafe { (receiver(o), arguments(args, keywords)) };
        arguments.and_then(|(args, keywords)| the::<F>()(o, args, keywords)).into_c()
    }
    Some(slot::<L, F>)
}

/// `tp_call`.
pub const fn call<L: Layout, F>(_: F) -> ternaryfunc
where
    F: Fn(View<'_, L>, Tuple<'_>, Option<Dict<'_>>) -> Option<Ref> + Copy,
{
    unsafe extern "C" fn slot<L: Layout, F: Fn(View<'_, L>, Tuple<'_>, Option<Dict<'_>>) -> Option<Ref> + Copy>(
        o: *mut PyObject,
        args: *mut PyObject,
        keywords: *mut PyObject,
    ) -> *mut PyObject {
        // SAFETY: CPython calls a slot with an object of the slot's type, and this one with a tuple and a dict or NULL.
        let (o, arguments) = unsafe { (receiver(o), arguments(args, keywords)) };
        arguments.ok().and_then(|(args, keywords)| the::<F>()(o, args, keywords)).into_c()
    }
    Some(slot::<L, F>)
}
