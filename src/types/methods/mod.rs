//! Objects that wrap a callable and decide how it is bound when it is looked up: bound methods, instance methods, class
//! methods and static methods (`Objects/classobject.c`, `Objects/funcobject.c`).

pub mod bound;
pub mod class_or_static;
pub mod instance;
pub mod wrapped;

use super::{attribute, class, descriptor};
use crate::objects::str;
use crate::protocol::truth;
use crate::runtime::{Obj, Ref, Result};

/// An attribute of a method: that of its class first, then that of its callable.
fn forward(method: Obj<'_>, callable: Obj<'_>, name: Obj<'_>) -> Result<Ref> {
    match class::lookup(method.class(), name)? {
        Some(found) => descriptor::get(found.borrow(), Some(method), method.class()),
        None => attribute::get(callable, name),
    }
}

/// The first of these attributes that a callable has, if it is a `str`; otherwise `?`.
fn shown_name(callable: Obj<'_>, names: &[&str]) -> Result<Ref> {
    for name in names {
        if let Some(name) = attribute::find_str(callable, name)? {
            return if str::check(name.borrow()) { Ok(name) } else { str::from_str("?") };
        }
    }
    str::from_str("?")
}

/// Whether an object calls itself an abstract method (CPython: `_PyObject_IsAbstract`).
pub(super) fn is_abstract(o: Option<Ref>) -> Result<bool> {
    let Some(o) = o else { return Ok(false) };
    match attribute::find_str(o.borrow(), "__isabstractmethod__")? {
        Some(answer) => truth::truth(answer.borrow()),
        None => Ok(false),
    }
}
