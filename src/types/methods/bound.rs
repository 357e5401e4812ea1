//! `method`: a callable bound to an object, which becomes the first argument of each call.

use super::{forward, shown_name};
use crate::abi::*;
use crate::objects::arguments::exactly;
use crate::objects::dict::Dict;
use crate::objects::slots::{self, Owner};
use crate::objects::tuple::{self, Tuple};
use crate::objects::{call, class_defaults, str};
use crate::protocol::{callable, compare, hash, text};
use crate::runtime::{IntoC, Layout, Obj, Ref, Result, Type, View, gc, instance, known, raise};
use crate::types::attribute;
use core::ffi::c_int;
use core::mem::offset_of;

static_type! {
    /// The type of methods that are bound to an object.
    pub PyMethod_Type as BOUND_METHOD = PyTypeObject {
        tp_name: c"method".as_ptr(),
        tp_basicsize: size_of::<PyMethodObject>() as Py_ssize_t,
        tp_dealloc: slots::dealloc::<PyMethodObject>(),
        tp_vectorcall_offset: offset_of!(PyMethodObject, vectorcall) as Py_ssize_t,
        tp_repr: slots::unary(repr),
        tp_hash: slots::unary(hash_of),
        tp_call: class_defaults::VECTORCALL,
        tp_getattro: slots::binary(getattr),
        tp_traverse: slots::traverse::<PyMethodObject>(),
        tp_richcompare: slots::compare(compare_methods),
        tp_weaklistoffset: offset_of!(PyMethodObject, im_weakreflist) as Py_ssize_t,
        tp_members: (&raw mut MEMBERS).cast(),
        tp_getset: (&raw mut GETSETS).cast(),
        tp_descr_get: slots::describe(bind),
        tp_new: slots::new(new_by_call),
        tp_flags: class_defaults::COLLECTED.tp_flags | Py_TPFLAGS_HAVE_VECTORCALL,
        ..class_defaults::COLLECTED
    }
}

static mut MEMBERS: [PyMemberDef; 3] = [
    PyMemberDef::object(c"__func__", offset_of!(PyMethodObject, im_func)).read_only(),
    PyMemberDef::object(c"__self__", offset_of!(PyMethodObject, im_self)).read_only(),
    PyMemberDef::END,
];

static mut GETSETS: [PyGetSetDef; 2] = [slots::getter(c"__doc__", doc), PyGetSetDef::END];

/// A borrowed reference to a bound method.
pub type Method<'a> = View<'a, PyMethodObject>;

// SAFETY: the type can't be subclassed, and its objects are made by `new`.
unsafe impl Layout for PyMethodObject {
    fn check(o: Obj<'_>) -> bool {
        o.is_exactly(BOUND_METHOD)
    }
}

// SAFETY: a method owns its callable and its object.
unsafe impl Owner for PyMethodObject {
    const FIELDS: &'static [usize] = &[offset_of!(PyMethodObject, im_func), offset_of!(PyMethodObject, im_self)];
}

/// A new method: the callable, bound to an object (CPython: `PyMethod_New`).
pub fn new(callable: Obj<'_>, this: Obj<'_>) -> Result<Ref> {
    // SAFETY: the fields begin with a head whose count is 1, and the type takes part in collection.
    let made = unsafe {
        instance::write_new::<_, true>(|| PyMethodObject {
            ob_base: PyObject { ob_refcnt: 1, ob_type: BOUND_METHOD.as_ptr() },
            im_func: callable.to_ref().into_ptr(),
            im_self: this.to_ref().into_ptr(),
            im_weakreflist: core::ptr::null_mut(),
            vectorcall: Some(enter),
        })
    }?;
    gc::track(made.borrow());
    Ok(made)
}

/// The callable of a method.
pub fn callable<'a>(method: Method<'a>) -> Obj<'a> {
    // SAFETY: a method keeps its callable, which never changes.
    unsafe { Obj::from_ptr_unchecked((*method.fields()).im_func) }
}

/// The object that a method is bound to.
pub fn this<'a>(method: Method<'a>) -> Obj<'a> {
    // SAFETY: a method keeps its object, which never changes.
    unsafe { Obj::from_ptr_unchecked((*method.fields()).im_self) }
}

/// The vectorcall function of methods.
///
/// # Safety
/// The vectorcall protocol: `method` is a bound method, the array has as many arguments as are counted and named, and
/// `names` is NULL or a tuple. With `PY_VECTORCALL_ARGUMENTS_OFFSET` the place before the array may be written until
/// the return.
unsafe extern "C" fn enter(
    method: *mut PyObject,
    arguments: *const *mut PyObject,
    count: usize,
    names: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: this function is in methods only. The protocol promises an array of that many arguments, which may be
    // NULL without arguments, and a place before it that is ours until the return, if the flag says so.
    unsafe {
        let method: Method<'_> = View::new_unchecked(Obj::from_ptr_unchecked(method));
        let names = Obj::from_ptr(names).and_then(Obj::downcast);
        let length = (count & !PY_VECTORCALL_ARGUMENTS_OFFSET) + names.map_or(0, tuple::len);
        if count & PY_VECTORCALL_ARGUMENTS_OFFSET != 0 {
            let first = arguments.sub(1).cast_mut();
            let kept = first.replace(this(method).as_ptr());
            let all = core::slice::from_raw_parts(first.cast::<Obj<'_>>(), length + 1);
            let result = call::vectorcall(callable(method), all, names);
            first.write(kept);
            return result.into_c();
        }
        let given: &[Obj<'_>] = if length == 0 { &[] } else { core::slice::from_raw_parts(arguments.cast(), length) };
        call::with_first(this(method), given, |all| call::vectorcall(callable(method), all, names)).into_c()
    }
}

/// `tp_descr_get`: a method that is bound already stays so.
fn bind(method: Method<'_>, _: Option<Obj<'_>>, _: Option<Obj<'_>>) -> Result<Ref> {
    Ok(method.to_ref())
}

/// `method(callable, object)`
fn new_by_call(_: Type<'_>, arguments: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
    let [function, this] = exactly("method", arguments, keywords)?;
    if !callable::is_callable(function) {
        return Err(raise!(TypeError, "first argument must be callable"));
    }
    if this.is(known::NONE) {
        return Err(raise!(TypeError, "instance must not be None"));
    }
    new(function, this)
}

fn getattr(method: Method<'_>, name: Obj<'_>) -> Result<Ref> {
    forward(*method, callable(method), name)
}

fn doc(method: Method<'_>) -> Result<Ref> {
    attribute::get_str(callable(method), "__doc__")
}

/// `<bound method NAME of OBJECT>`
fn repr(method: Method<'_>) -> Result<Ref> {
    let name = shown_name(callable(method), &["__qualname__", "__name__"])?;
    let shown = text::repr(this(method))?;
    str::format(format_args!("<bound method {} of {}>", str::as_text(name.borrow()), str::as_text(shown.borrow())))
}

/// Two methods are equal when their callables are, and they are bound to the same object.
fn compare_methods(a: Method<'_>, b: Obj<'_>, op: c_int) -> Result<Ref> {
    let answer = match b.downcast() {
        Some(b) if matches!(op, Py_EQ | Py_NE) => {
            let same = compare::equal(callable(a), callable(b))? && this(a).is(this(b));
            known::bool(same == (op == Py_EQ))
        }
        _ => known::NOT_IMPLEMENTED,
    };
    Ok(answer.to_ref())
}

fn hash_of(method: Method<'_>) -> Result<isize> {
    let hash = hash::of_pointer(this(method).cast()) ^ hash::hash(callable(method))?;
    Ok(if hash == -1 { -2 } else { hash })
}
