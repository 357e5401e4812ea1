//! Attributes of objects: the generic look-up that most types share, and look-ups that call it directly.

use super::{class, descriptor, instance_dict};
use crate::abi::*;
pub use crate::objects::attributes::{get, get_str, set, set_str};
use crate::objects::dict::Dict;
use crate::objects::{dict, module, str};
use crate::protocol::attribute::{absent, require_str};
use crate::runtime::{Field, Obj, Own, Raised, Ref, Result, Type, error, known, raise};

/// An attribute that the instance itself has.
fn own(o: Obj<'_>, name: Obj<'_>) -> Result<Option<Ref>> {
    match instance_dict::place(o).and_then(Field::get_as::<PyDictObject>) {
        Some(attributes) => dict::get(attributes.borrow(), name),
        None => Ok(None),
    }
}

/// The generic look-up: data descriptors of the class first, then the instance's own attributes, then other attributes
/// of the class. `None`, without an error, when there is no such attribute.
pub fn find(o: Obj<'_>, name: Obj<'_>) -> Result<Option<Ref>> {
    find_beside(o, name, own)
}

/// [`find`], with a dict in place of the instance's own attributes (CPython: `_PyObject_GenericGetAttrWithDict`).
pub fn find_with(o: Obj<'_>, name: Obj<'_>, attributes: Option<Dict<'_>>) -> Result<Option<Ref>> {
    match attributes {
        Some(attributes) => find_beside(o, name, |_, name| dict::get(attributes, name)),
        None => find(o, name),
    }
}

#[inline(always)]
fn find_beside(
    o: Obj<'_>,
    name: Obj<'_>,
    own: impl FnOnce(Obj<'_>, Obj<'_>) -> Result<Option<Ref>>,
) -> Result<Option<Ref>> {
    require_str(name)?;
    let found = class::lookup(o.class(), name)?;
    if let Some(found) = found.as_ref().filter(|found| descriptor::is_data(found.borrow())) {
        return descriptor::get(found.borrow(), Some(o), o.class()).map(Some);
    }
    if let Some(value) = own(o, name)? {
        return Ok(Some(value));
    }
    found.map(|found| descriptor::get(found.borrow(), Some(o), o.class())).transpose()
}

/// AttributeError: the object has no such attribute.
pub fn missing(o: Obj<'_>, name: Obj<'_>) -> Raised {
    if !o.class().has_flag(Py_TPFLAGS_HEAPTYPE) {
        return error::raise_no_attribute(o, name, None);
    }
    // The message takes the class's name now, because the class can be renamed before the message is read.
    let raised = raise!(AttributeError, "'{}' object has no attribute '{}'", o.class().name(), str::as_text(name));
    error::with_attribute(raised, o, name)
}

/// The generic look-up, with AttributeError for a missing attribute (CPython: `PyObject_GenericGetAttr`).
pub fn generic_get(o: Obj<'_>, name: Obj<'_>) -> Result<Ref> {
    find(o, name)?.ok_or_else(|| missing(o, name))
}

/// The generic way to set an attribute, or to delete it when there is no value (CPython: `PyObject_GenericSetAttr`).
pub fn generic_set(o: Obj<'_>, name: Obj<'_>, value: Option<Obj<'_>>) -> Result<()> {
    generic_set_with(o, name, value, None)
}

/// [`generic_set`], with a dict in place of the instance's own attributes (CPython:
/// `_PyObject_GenericSetAttrWithDict`).
pub fn generic_set_with(o: Obj<'_>, name: Obj<'_>, value: Option<Obj<'_>>, attributes: Option<Dict<'_>>) -> Result<()> {
    require_str(name)?;
    let found = class::lookup(o.class(), name)?;
    if let Some(found) = found.as_ref().filter(|found| descriptor::is_data(found.borrow())) {
        return descriptor::set(found.borrow(), o, value);
    }
    let attributes = match attributes {
        Some(attributes) => attributes.to_own(),
        None => match own_to_set(o, value.is_some())? {
            Some(Some(attributes)) => attributes,
            Some(None) => return Err(missing(o, name)),
            None => return Err(not_settable(o, name, found.is_some())),
        },
    };
    match value {
        Some(value) => dict::set(attributes.borrow(), name, value),
        None => dict::remove(attributes.borrow(), name)?.map(drop).ok_or_else(|| missing(o, name)),
    }
}

/// The dict in which an attribute of an instance is set or deleted. It is made only to set one. `None` when the class
/// has no place for it.
fn own_to_set(o: Obj<'_>, sets: bool) -> Result<Option<Option<Own<PyDictObject>>>> {
    if sets {
        return Ok(instance_dict::get_or_make(o)?.map(Some));
    }
    Ok(instance_dict::place(o).map(Field::get_as))
}

/// AttributeError: the instance has no dict, so its attributes are those of its class.
fn not_settable(o: Obj<'_>, name: Obj<'_>, is_known: bool) -> Raised {
    let class = o.class().name();
    let shown = str::as_text(name);
    if is_known {
        return raise!(AttributeError, "'{class}' object attribute '{shown}' is read-only");
    }
    // A class that sets attributes in a way of its own may have other places for them.
    let hint = if sets_as_object(o) { " and no __dict__ for setting new attributes" } else { "" };
    error::with_attribute(raise!(AttributeError, "'{class}' object has no attribute '{shown}'{hint}"), o, name)
}

/// A method that an object has from its class, before it is bound to the object (CPython: `_PyObject_GetMethod`).
/// `None` when the attribute does not exist, or is not such a method.
pub fn unbound_method(o: Obj<'_>, name: Obj<'_>) -> Result<Option<Ref>> {
    if !str::check(name) || !looks_up_as(o, known::OBJECT) {
        return Ok(None);
    }
    match class::lookup(o.class(), name)? {
        Some(found) if found.borrow().has_flag(Py_TPFLAGS_METHOD_DESCRIPTOR) && own(o, name)?.is_none() => {
            Ok(Some(found))
        }
        _ => Ok(None),
    }
}

/// Whether an object looks up its attributes as instances of this class do.
fn looks_up_as(o: Obj<'_>, class: Type<'_>) -> bool {
    let [own, other] = [o.class(), class].map(|class| class.fields().tp_getattro.map(|slot| slot as usize));
    own == other
}

/// Whether an object's class sets attributes as `object` does.
fn sets_as_object(o: Obj<'_>) -> bool {
    let [own, other] = [o.class(), known::OBJECT].map(|class| class.fields().tp_setattro.map(|slot| slot as usize));
    own == other
}

/// An attribute of any object; `None`, without an error, when it is missing (CPython: `PyObject_GetOptionalAttr`).
pub fn get_optional(o: Obj<'_>, name: Obj<'_>) -> Result<Option<Ref>> {
    // With a generic look-up a missing attribute needs no exception that would only be dropped.
    if looks_up_as(o, known::OBJECT) {
        return find(o, name);
    }
    if looks_up_as(o, known::MODULE)
        && let Some(module) = o.downcast()
    {
        return module::find(module, name).or_else(absent);
    }
    if looks_up_as(o, known::TYPE)
        && let Some(class) = o.as_type()
    {
        require_str(name)?;
        return class::type_object::attribute(class, name).or_else(absent);
    }
    get(o, name).map(Some).or_else(absent)
}

/// Works as [`get_optional`], also when an error is pending, as CPython's functions for C do: the error counts as that
/// of a look-up that finds nothing, except for the attribute of a class.
pub fn get_optional_after_error(o: Obj<'_>, name: Obj<'_>) -> Result<Option<Ref>> {
    match get_optional(o, name)? {
        None if !looks_up_as(o, known::TYPE) => error::pending().map_or(Ok(None), Err),
        found => Ok(found),
    }
}

/// Whether any object has an attribute (CPython: `PyObject_HasAttrWithError`).
pub fn has(o: Obj<'_>, name: Obj<'_>) -> Result<bool> {
    Ok(get_optional_after_error(o, name)?.is_some())
}

/// An attribute by a name in UTF-8; `None` when it is missing.
pub fn find_str(o: Obj<'_>, name: &str) -> Result<Option<Ref>> {
    get_optional(o, str::intern(str::from_str(name)?)?.borrow())
}
