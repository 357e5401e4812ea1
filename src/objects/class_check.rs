//! Whether an object is an instance of a class, and a class is derived from another.

use super::{attributes, tuple};
use crate::runtime::{Obj, Raised, Result, error, raise, stack};

/// Whether an object is an instance of a class, or of one in a tuple of classes (CPython: `PyObject_IsInstance`). Its type is
/// compared, and then its attribute `__class__`.
pub fn is_instance(o: Obj<'_>, class: Obj<'_>) -> Result<bool> {
    if o.class().as_obj().is(class) {
        return Ok(true);
    }
    let Some(class) = class.as_type() else {
        return any_of(class, " in __instancecheck__", |class| is_instance(o, class))?
            .ok_or_else(|| not_a_class("isinstance() arg 2 must be a type, a tuple of types, or a union"));
    };
    own_is_instance(o, class.as_obj())
}

/// Whether an object is an instance of a class, by its type and its attribute `__class__` (CPython: `type.__instancecheck__`).
pub fn own_is_instance(o: Obj<'_>, class: Obj<'_>) -> Result<bool> {
    let Some(class) = class.as_type() else { return is_instance(o, class) };
    if o.is_a(class) {
        return Ok(true);
    }
    let claimed = attributes::find_str(o, "__class__")?;
    Ok(claimed.as_ref().and_then(|claimed| claimed.borrow().as_type()).is_some_and(|own| own.is_subtype(class)))
}

/// Whether a class is another, or one in a tuple, or made from it (CPython: `PyObject_IsSubclass`).
pub fn is_subclass(derived: Obj<'_>, class: Obj<'_>) -> Result<bool> {
    if tuple::check(class) {
        let found = any_of(class, " in __subclasscheck__", |class| is_subclass(derived, class))?;
        return Ok(found.unwrap_or(false));
    }
    let Some(derived) = derived.as_type() else {
        return Err(not_a_class("issubclass() arg 1 must be a class"));
    };
    let Some(class) = class.as_type() else {
        return Err(not_a_class("issubclass() arg 2 must be a class, a tuple of classes, or a union"));
    };
    Ok(derived.is_subtype(class))
}

/// Whether a class is another or made from it (CPython: `type.__subclasscheck__`).
pub fn own_is_subclass(derived: Obj<'_>, class: Obj<'_>) -> Result<bool> {
    is_subclass(derived, class)
}

/// TypeError for an object that is used as a class and is not one. CPython looks for its bases first, and takes a pending error
/// for an error of that look-up.
fn not_a_class(message: &'static str) -> Raised {
    error::pending().unwrap_or_else(|| raise!(TypeError, "{message}"))
}

/// Whether a question has the answer yes for an item of a tuple, which may hold tuples; `None` for any other object.
fn any_of(o: Obj<'_>, place: &'static str, answer: impl Fn(Obj<'_>) -> Result<bool>) -> Result<Option<bool>> {
    let Some(tuple) = o.downcast() else { return Ok(None) };
    stack::enter(place)?;
    for item in tuple::items(tuple) {
        if answer(*item)? {
            return Ok(Some(true));
        }
    }
    Ok(Some(false))
}
