//! `instancemethod`: a callable of any kind that is bound to an instance when it is looked up in the instance's class,
//! as a function written in Python is.

use super::{bound, forward, shown_name};
use crate::abi::*;
use crate::objects::arguments::exactly;
use crate::objects::dict::Dict;
use crate::objects::slots::{self, Owner};
use crate::objects::tuple::Tuple;
use crate::objects::{call, class_defaults, str};
use crate::protocol::{callable, compare};
use crate::runtime::{Layout, Obj, Ref, Result, Type, View, gc, instance, known, raise};
use crate::types::attribute;
use core::ffi::c_int;
use core::mem::offset_of;

static_type! {
    /// The type of callables that become methods of instances.
    pub PyInstanceMethod_Type as INSTANCE_METHOD = PyTypeObject {
        tp_name: c"instancemethod".as_ptr(),
        tp_basicsize: size_of::<PyInstanceMethodObject>() as Py_ssize_t,
        tp_dealloc: slots::dealloc::<PyInstanceMethodObject>(),
        tp_repr: slots::unary(repr),
        tp_hash: class_defaults::NO_HASH,
        tp_call: slots::call(call_slot),
        tp_getattro: slots::binary(getattr),
        tp_traverse: slots::traverse::<PyInstanceMethodObject>(),
        tp_richcompare: slots::compare(compare_callables),
        tp_members: (&raw mut MEMBERS).cast(),
        tp_getset: (&raw mut GETSETS).cast(),
        tp_descr_get: slots::describe(bind),
        tp_new: slots::new(new_by_call),
        ..class_defaults::COLLECTED
    }
}

static mut MEMBERS: [PyMemberDef; 2] =
    [PyMemberDef::object(c"__func__", offset_of!(PyInstanceMethodObject, func)).read_only(), PyMemberDef::END];

static mut GETSETS: [PyGetSetDef; 2] = [slots::getter(c"__doc__", doc), PyGetSetDef::END];

/// A borrowed reference to an instance method.
pub type InstanceMethod<'a> = View<'a, PyInstanceMethodObject>;

// SAFETY: the type can't be subclassed, and its objects are made by `new`.
unsafe impl Layout for PyInstanceMethodObject {
    fn check(o: Obj<'_>) -> bool {
        o.is_exactly(INSTANCE_METHOD)
    }
}

// SAFETY: an instance method owns its callable.
unsafe impl Owner for PyInstanceMethodObject {
    const FIELDS: &'static [usize] = &[offset_of!(PyInstanceMethodObject, func)];
}

/// A new instance method (CPython: `PyInstanceMethod_New`).
pub fn new(callable: Obj<'_>) -> Result<Ref> {
    // SAFETY: the fields begin with a head whose count is 1, and the type takes part in collection.
    let made = unsafe {
        instance::write_new::<_, true>(|| PyInstanceMethodObject {
            ob_base: PyObject { ob_refcnt: 1, ob_type: INSTANCE_METHOD.as_ptr() },
            func: callable.to_ref().into_ptr(),
        })
    }?;
    gc::track(made.borrow());
    Ok(made)
}

/// The callable of an instance method.
pub fn callable<'a>(method: InstanceMethod<'a>) -> Obj<'a> {
    // SAFETY: an instance method keeps its callable, which never changes.
    unsafe { Obj::from_ptr_unchecked((*method.fields()).func) }
}

/// `instancemethod(callable)`
fn new_by_call(_: Type<'_>, arguments: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
    let [function] = exactly("instancemethod", arguments, keywords)?;
    if !callable::is_callable(function) {
        return Err(raise!(TypeError, "first argument must be callable"));
    }
    new(function)
}

/// `tp_descr_get`: a method bound to the instance; for the class itself, the callable.
fn bind(method: InstanceMethod<'_>, o: Option<Obj<'_>>, _: Option<Obj<'_>>) -> Result<Ref> {
    match o {
        Some(o) => bound::new(callable(method), o),
        None => Ok(callable(method).to_ref()),
    }
}

fn call_slot(method: InstanceMethod<'_>, arguments: Tuple<'_>, keywords: Option<Dict<'_>>) -> Option<Ref> {
    call::call_as_c(callable(method), arguments, keywords)
}

fn getattr(method: InstanceMethod<'_>, name: Obj<'_>) -> Result<Ref> {
    forward(*method, callable(method), name)
}

fn doc(method: InstanceMethod<'_>) -> Result<Ref> {
    attribute::get_str(callable(method), "__doc__")
}

/// `<instancemethod NAME at ADDRESS>`
fn repr(method: InstanceMethod<'_>) -> Result<Ref> {
    let name = shown_name(callable(method), &["__name__"])?;
    str::format(format_args!("<instancemethod {} at {:p}>", str::as_text(name.borrow()), method.as_ptr()))
}

/// Two instance methods are equal when their callables are.
fn compare_callables(a: InstanceMethod<'_>, b: Obj<'_>, op: c_int) -> Result<Ref> {
    let answer = match b.downcast() {
        Some(b) if matches!(op, Py_EQ | Py_NE) => {
            known::bool(compare::equal(callable(a), callable(b))? == (op == Py_EQ))
        }
        _ => known::NOT_IMPLEMENTED,
    };
    Ok(answer.to_ref())
}
