//! The dispatchers of the slots that any object can have: text, hash, comparison, call, attributes, and life.

use super::containers::assign;
use super::method;
use super::names::{self, at};
use crate::abi::*;
use crate::objects::dict::Dict;
use crate::objects::tuple::{self, Tuple};
use crate::objects::{call, int, str};
use crate::protocol::hash;
use crate::runtime::{Obj, Ref, Result, Type, View, known, raise};
use crate::types::{attribute, class, descriptor};
use core::ffi::c_int;

type Any<'a> = View<'a, PyObject>;

/// `tp_repr`
pub(super) fn repr(o: Any<'_>) -> Result<Ref> {
    match method::find::<{ at("__repr__") }>(*o)? {
        Some(method) => method.call(&[*o]),
        None => str::format(format_args!("<{} object at {:p}>", o.class().name(), o.as_ptr())),
    }
}

/// `tp_hash`: the answer has to be an int. One that is too large is hashed as an int is.
pub(super) fn hash_of(o: Any<'_>) -> Result<isize> {
    let Some(method) = method::find::<{ at("__hash__") }>(*o)?.filter(|method| !method.is(known::NONE)) else {
        return hash::unhashable(*o);
    };
    let answer = method.call(&[*o])?;
    let Some(number) = answer.borrow().downcast::<PyLongObject>() else {
        return Err(raise!(TypeError, "__hash__ method should return an integer"));
    };
    let hash = match int::number(number).to_i64() {
        Some(hash) => hash as isize,
        None => int::type_object::hash(number),
    };
    Ok(if hash == -1 { -2 } else { hash })
}

/// `tp_call`
pub(super) fn call_slot(o: Any<'_>, arguments: Tuple<'_>, keywords: Option<Dict<'_>>) -> Option<Ref> {
    let method = method::require::<{ at("__call__") }>(*o).ok()?;
    method.call_with(*o, arguments, keywords).ok()
}

/// `tp_getattro`: `__getattribute__`, and after AttributeError `__getattr__`, if the class has it.
pub(super) fn getattr(o: Any<'_>, name: Obj<'_>) -> Result<Ref> {
    let Some(hook) = class::lookup(o.class(), names::object::<{ at("__getattr__") }>()?)? else {
        return method::call::<{ at("__getattribute__") }>(&[*o, name]);
    };
    let own = class::lookup(o.class(), names::object::<{ at("__getattribute__") }>()?)?;
    let found = match own.filter(|own| !is_generic(own.borrow())) {
        None => attribute::find(*o, name).or_else(crate::protocol::attribute::absent)?,
        Some(own) => call_attribute(*o, own.borrow(), name).map(Some).or_else(crate::protocol::attribute::absent)?,
    };
    found.map_or_else(|| call_attribute(*o, hook.borrow(), name), Ok)
}

/// Whether a method is the wrapper of `object`'s look-up, which need not be called.
fn is_generic(method: Obj<'_>) -> bool {
    let generic = known::OBJECT.fields().tp_getattro.map_or(core::ptr::null_mut(), |slot| slot as *mut _);
    super::wrapped(method).is_some_and(|wrapped| wrapped.function == generic)
}

/// Binds a method to the object, and calls it with the name.
fn call_attribute(o: Obj<'_>, method: Obj<'_>, name: Obj<'_>) -> Result<Ref> {
    let bound = descriptor::get(method, Some(o), o.class())?;
    call::vectorcall(bound.borrow(), &[name], None)
}

/// `tp_setattro`
pub(super) fn setattr(o: Any<'_>, name: Obj<'_>, value: Option<Obj<'_>>) -> Result<()> {
    assign::<{ at("__setattr__") }, { at("__delattr__") }>(o, name, value)
}

/// `tp_richcompare`
pub(super) fn compare(o: Any<'_>, other: Obj<'_>, op: c_int) -> Result<Ref> {
    let method = match op {
        Py_LT => method::find::<{ at("__lt__") }>(*o),
        Py_LE => method::find::<{ at("__le__") }>(*o),
        Py_EQ => method::find::<{ at("__eq__") }>(*o),
        Py_NE => method::find::<{ at("__ne__") }>(*o),
        Py_GT => method::find::<{ at("__gt__") }>(*o),
        _ => method::find::<{ at("__ge__") }>(*o),
    };
    match method? {
        Some(method) => method.call(&[*o, other]),
        None => Ok(known::NOT_IMPLEMENTED.to_ref()),
    }
}

/// `tp_descr_get`: the method is called as it stands in the class. None stands for a missing object or class.
pub(super) fn descr_get(o: Any<'_>, instance: Option<Obj<'_>>, owner: Option<Obj<'_>>) -> Result<Ref> {
    match class::lookup(o.class(), names::object::<{ at("__get__") }>()?)? {
        Some(method) => {
            let arguments = [*o, instance.unwrap_or(known::NONE), owner.unwrap_or(known::NONE)];
            call::vectorcall(method.borrow(), &arguments, None)
        }
        None => Ok(o.to_ref()),
    }
}

/// `tp_descr_set`
pub(super) fn descr_set(o: Any<'_>, instance: Obj<'_>, value: Option<Obj<'_>>) -> Result<()> {
    assign::<{ at("__set__") }, { at("__delete__") }>(o, instance, value)
}

/// `tp_init`: the answer has to be None.
pub(super) fn init(o: Any<'_>, arguments: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<()> {
    let answer = method::require::<{ at("__init__") }>(*o)?.call_with(*o, arguments, keywords)?;
    if answer.borrow().is(known::NONE) {
        return Ok(());
    }
    Err(raise!(TypeError, "__init__() should return None, not '{}'", answer.borrow().class().name()))
}

/// `tp_new`
pub(super) fn new(class: Type<'_>, arguments: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
    let method = attribute::get(class.as_obj(), names::object::<{ at("__new__") }>()?)?;
    call::with_first(class.as_obj(), tuple::items(arguments), |all| call::with_dict(method.borrow(), all, keywords))
}
