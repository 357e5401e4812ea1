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

use super::dict::Dict;
use super::tuple::{self, Tuple};
use crate::abi::*;
use crate::runtime::refusal::bad_argument;
use crate::runtime::{Field, IntoC, Layout, Obj, Ref, Result, Type, View, gc, instance};
use core::ffi::{CStr, c_int, c_ulong, c_void};
use core::ptr::NonNull;

/// The value of a type that has only one value and no bytes: a function item, or a closure that captures nothing.
const fn the<F: Copy>() -> F {
    const { assert!(size_of::<F>() == 0, "a slot is made of a function that captures nothing") };
    // SAFETY: the type has no bytes, so nothing is read, and its value exists: it was passed to the function that made
    // the slot.
    unsafe { NonNull::<F>::dangling().read() }
}

/// The first argument of a slot.
///
/// # Safety
/// `o` is a live object of the type that has the slot, or of one derived from it, and that type's objects begin with an
/// `L`.
unsafe fn receiver<'a, L>(o: *mut PyObject) -> View<'a, L> {
    // SAFETY: `o` is a live object that begins with an `L`, as this function's caller promises, and an object is not
    // NULL.
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
    // SAFETY: both are NULL or live objects, as this function's caller promises.
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

/// Has the collector track an instance of a class that is not built in. The built-in base may take no part in collection, and knows
/// nothing of the fields that the class adds.
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
        // SAFETY: a method is called on objects of the type whose table it is in, and this one with an array of arguments.
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
        // SAFETY: the array has as many objects, as this function's caller promises.
        count => unsafe { core::slice::from_raw_parts(arguments.cast(), count as usize) },
    }
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

/// The references that objects of a layout own, in one list that `tp_dealloc`, `tp_traverse` and `tp_clear` use.
///
/// # Safety
/// Each of [`Owner::FIELDS`] is the offset in `Self` of a pointer that is NULL or an owned reference. The functions
/// visit and drop the other references that the object owns, and no more. Where [`Owner::OWNS_NOTHING`] is true, an object whose
/// type is built in and takes no part in collection owns no reference and no memory but its own block.
pub unsafe trait Owner: Layout + Sized {
    /// The offsets of the fields that own a reference.
    const FIELDS: &'static [usize] = &[];

    /// Whether built-in types with this layout have objects that own nothing, which [`dealloc`] frees without further steps.
    const OWNS_NOTHING: bool = false;

    /// Calls a visitor with each reference that is not in one of the fields, until it returns a number other than 0.
    fn visit(_: View<'_, Self>, _: &mut dyn FnMut(*mut PyObject) -> c_int) -> c_int {
        0
    }

    /// Drops the references that are not in one of the fields, and frees other memory that the object owns. The object is whole
    /// and empty afterwards.
    ///
    /// # Safety
    /// `tp_clear` or `tp_dealloc` is being called with the object, and no code has borrowed anything that the object owns.
    unsafe fn empty(_: View<'_, Self>) {}
}

/// The fields that own a reference.
fn owned_fields<'a, L: Owner>(o: View<'a, L>) -> impl Iterator<Item = &'a Field> {
    // SAFETY: the implementation of `Owner` promises that its offsets are those of such fields.
    L::FIELDS.iter().map(move |&offset| unsafe { Field::at(o.as_ptr().byte_add(offset).cast()) })
}

/// `tp_clear`: drops every reference, so that cycles break.
pub const fn clear<L: Owner>() -> inquiry {
    unsafe extern "C" fn slot<L: Owner>(o: *mut PyObject) -> c_int {
        // SAFETY: the collector calls a slot with an object of the slot's type. The object is garbage, so no code that runs has
        // borrowed from it.
        let o = unsafe {
            let o = receiver::<L>(o);
            L::empty(o);
            o
        };
        owned_fields(o).for_each(|field| field.set(None));
        0
    }
    Some(slot::<L>)
}

/// `tp_traverse`: calls the collector's visitor with every reference.
pub const fn traverse<L: Owner>() -> traverseproc {
    unsafe extern "C" fn slot<L: Owner>(o: *mut PyObject, visit: visitproc, argument: *mut c_void) -> c_int {
        let Some(visit) = visit else { return 0 };
        // SAFETY: the collector calls the slot with an object of the slot's type, and no other code changes it
        // meanwhile.
        let o = unsafe { receiver::<L>(o) };
        let mut show = |pointer: *mut PyObject| match pointer.is_null() {
            true => 0,
            // SAFETY: the reference is the object's, and the visitor gets the argument that came with it.
            false => unsafe { visit(pointer, argument) },
        };
        for field in owned_fields(o) {
            let answer = show(field.as_ptr());
            if answer != 0 {
                return answer;
            }
        }
        L::visit(o, &mut show)
    }
    Some(slot::<L>)
}

/// `tp_dealloc`: drops every reference, and frees the memory by the type's `tp_free`.
pub const fn dealloc<L: Owner>() -> destructor {
    unsafe extern "C" fn slot<L: Owner>(o: *mut PyObject) {
        const BUILT_IN: c_ulong = _Py_TPFLAGS_STATIC_BUILTIN;
        // SAFETY: CPython calls the slot with an object of the slot's type to which no reference is left, so no code has borrowed
        // from it, and no code uses it afterwards.
        unsafe {
            let this = receiver::<L>(o);
            // The fast path: one comparison for both flags.
            if L::OWNS_NOTHING && this.class().flags() & (BUILT_IN | Py_TPFLAGS_HAVE_GC) == BUILT_IN {
                return instance::free_uncollected(NonNull::new_unchecked(o));
            }
            if this.has_flag(Py_TPFLAGS_HAVE_GC) {
                gc::untrack(*this);
            }
            L::empty(this);
            owned_fields(this).for_each(|field| field.set(None));
            instance::free_by_type(NonNull::new_unchecked(o));
        }
    }
    Some(slot::<L>)
}
