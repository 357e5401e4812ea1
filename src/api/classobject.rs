//! `Include/cpython/classobject.h`: methods that are bound to an object, and callables that become methods of
//! instances.

use super::required;
use crate::abi::PyObject;
use crate::runtime::refusal::bad_argument;
use crate::runtime::{Arg, IntoC, Obj, Result};
use crate::types::methods::{bound, instance};

/// A new method, which calls `function` with `self_` as the first argument: a new reference, or NULL with SystemError
/// for a NULL argument. The method takes references of its own.
#[unsafe(no_mangle)]
pub extern "C" fn PyMethod_New(function: Arg, self_: Arg) -> *mut PyObject {
    const NAME: &str = "PyMethod_New";
    let this = self_.ok_or_else(|| bad_argument(NAME));
    this.and_then(|this| bound::new(required(function, NAME)?, this)).into_c()
}

/// The callable of a method: a borrowed reference; NULL with SystemError for any other object.
#[unsafe(no_mangle)]
pub extern "C" fn PyMethod_Function(method: Arg) -> *mut PyObject {
    part(method.and_then(Obj::downcast).map(bound::callable), "PyMethod_Function")
}

/// The object that a method is bound to: a borrowed reference; NULL with SystemError for any other object.
#[unsafe(no_mangle)]
pub extern "C" fn PyMethod_Self(method: Arg) -> *mut PyObject {
    part(method.and_then(Obj::downcast).map(bound::this), "PyMethod_Self")
}

/// A new instance method, which binds `function` to an instance when it is looked up in the instance's class: a new
/// reference, or NULL with SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyInstanceMethod_New(function: Arg) -> *mut PyObject {
    required(function, "PyInstanceMethod_New").and_then(instance::new).into_c()
}

/// The callable of an instance method: a borrowed reference; NULL with SystemError for any other object.
#[unsafe(no_mangle)]
pub extern "C" fn PyInstanceMethod_Function(method: Arg) -> *mut PyObject {
    part(method.and_then(Obj::downcast).map(instance::callable), "PyInstanceMethod_Function")
}

/// A part of a method, for C to borrow; SystemError when the argument was no such method.
fn part(part: Option<Obj<'_>>, function: &'static str) -> *mut PyObject {
    let part: Result<Obj<'_>> = part.ok_or_else(|| bad_argument(function));
    part.into_c()
}
