//! How a dispatcher finds a method of an object, and calls it.

use super::names;
use crate::abi::*;
use crate::objects::dict::Dict;
use crate::objects::tuple::{self, Tuple};
use crate::objects::{call, str};
use crate::runtime::{Obj, Ref, Result, raise};
use crate::types::{class, descriptor};

/// A method of an object.
pub(super) enum Method {
    /// It is called with the object first.
    Unbound(Ref),
    /// It is bound to the object, or needs none.
    Bound(Ref),
}

/// The method of this name in the object's class (CPython: `lookup_maybe_method`); `None`, without an error, when there
/// is none.
pub(super) fn find<const NAME: usize>(o: Obj<'_>) -> Result<Option<Method>> {
    let Some(found) = class::lookup(o.class(), names::object::<NAME>()?)? else { return Ok(None) };
    if found.borrow().has_flag(Py_TPFLAGS_METHOD_DESCRIPTOR) {
        return Ok(Some(Method::Unbound(found)));
    }
    descriptor::get(found.borrow(), Some(o), o.class()).map(|bound| Some(Method::Bound(bound)))
}

/// The method of this name; AttributeError when there is none.
pub(super) fn require<const NAME: usize>(o: Obj<'_>) -> Result<Method> {
    match find::<NAME>(o)? {
        Some(method) => Ok(method),
        None => Err(raise!(AttributeError, "{}", str::as_text(names::object::<NAME>()?))),
    }
}

impl Method {
    /// Whether the attribute is this object: `None` there says that a class has no such method.
    pub(super) fn is(&self, o: Obj<'_>) -> bool {
        let (Method::Unbound(found) | Method::Bound(found)) = self;
        found.borrow().is(o)
    }

    /// Calls the method. The first argument is the object.
    pub(super) fn call(&self, arguments: &[Obj<'_>]) -> Result<Ref> {
        match self {
            Method::Unbound(method) => call::vectorcall(method.borrow(), arguments, None),
            Method::Bound(method) => call::vectorcall(method.borrow(), arguments.get(1..).unwrap_or_default(), None),
        }
    }

    /// Calls the method with a tuple and a dict.
    pub(super) fn call_with(&self, o: Obj<'_>, arguments: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
        match self {
            Method::Bound(method) => call::call(method.borrow(), arguments, keywords),
            Method::Unbound(method) => {
                call::with_first(o, tuple::items(arguments), |all| call::with_dict(method.borrow(), all, keywords))
            }
        }
    }
}

/// Calls the method of this name of the first argument (CPython: `vectorcall_method`).
pub(super) fn call<const NAME: usize>(arguments: &[Obj<'_>]) -> Result<Ref> {
    let [o, ..] = arguments else { return Err(crate::runtime::refusal::bad_argument("a dispatcher")) };
    require::<NAME>(*o)?.call(arguments)
}
