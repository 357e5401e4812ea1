//! Calling a method of an object without making a bound method first.

use super::attribute;
use crate::objects::call::vectorcall;
use crate::objects::tuple::Tuple;
use crate::runtime::{Obj, Ref, Result, raise};

/// Calls the method `name` of the first argument with the rest (CPython: `PyObject_VectorcallMethod`).
pub fn call(name: Obj<'_>, arguments: &[Obj<'_>], names: Option<Tuple<'_>>) -> Result<Ref> {
    let Some((this, others)) = arguments.split_first() else {
        return Err(raise!(SystemError, "a method call needs an object to call the method of"));
    };
    if let Some(method) = attribute::unbound_method(*this, name)? {
        return vectorcall(method.borrow(), arguments, names);
    }
    vectorcall(attribute::get(*this, name)?.borrow(), others, names)
}
