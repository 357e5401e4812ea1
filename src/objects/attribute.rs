//! Attributes of objects: the generic look-up that most types share, and the questions anybody may ask of any object.

use super::{class, descriptor, dict, exceptions, module, str};
use crate::abi::*;
use crate::runtime::{Obj, Raised, Ref, Result, Type, error, raise};

/// The dict in which an instance keeps attributes of its own: at `tp_dictoffset`, where it may still be NULL.
fn instance_dict<'a>(o: Obj<'a>) -> Option<&'a mut *mut PyObject> {
    let offset = o.class().fields().tp_dictoffset;
    // SAFETY: a positive offset is where the type keeps a dict pointer in its instances. (Negative ones, which count
    // from the end, come with types that extensions define.)
    (offset > 0).then(|| unsafe { &mut *o.as_ptr().byte_offset(offset).cast() })
}

/// The generic look-up: data descriptors of the class, the instance's own
/// attributes, then what else the class has. No attribute is not an error.
pub fn find(o: Obj<'_>, name: Obj<'_>) -> Result<Option<Ref>> {
    if !str::check(name) {
        return Err(name_not_str(name));
    }
    let found = class::lookup(o.class(), name)?;
    if let Some(found) = found.as_ref().filter(|found| descriptor::is_data(found.borrow())) {
        return descriptor::get(found.borrow(), Some(o), o.class()).map(Some);
    }
    // SAFETY: the field is NULL or a dict that the instance owns.
    if let Some(own) = instance_dict(o).and_then(|own| unsafe { Obj::from_ptr(*own) })
        && let Some(value) = dict::get(own, name)?
    {
        return Ok(Some(value));
    }
    found.map(|found| descriptor::get(found.borrow(), Some(o), o.class())).transpose()
}

fn name_not_str(name: Obj<'_>) -> Raised {
    raise!(TypeError, "attribute name must be string, not '{}'", name.class().name())
}

/// AttributeError: the object has no such attribute.
pub fn missing(o: Obj<'_>, name: Obj<'_>) -> Raised {
    let raised = raise!(AttributeError, "'{}' object has no attribute '{}'", o.class().name(), str::as_text(name));
    exceptions::with_attribute(raised, o, name)
}

/// The generic look-up, where no attribute is an AttributeError (CPython: `PyObject_GenericGetAttr`).
pub fn generic_get(o: Obj<'_>, name: Obj<'_>) -> Result<Ref> {
    find(o, name)?.ok_or_else(|| missing(o, name))
}

/// The generic way to set an attribute, or to delete it when there is no value (CPython: `PyObject_GenericSetAttr`).
pub fn generic_set(o: Obj<'_>, name: Obj<'_>, value: Option<Obj<'_>>) -> Result<()> {
    if !str::check(name) {
        return Err(name_not_str(name));
    }
    let found = class::lookup(o.class(), name)?;
    if let Some((found, set)) =
        found.as_ref().and_then(|found| Some((found, found.borrow().class().fields().tp_descr_set?)))
    {
        let value = value.map_or(core::ptr::null_mut(), Obj::as_ptr);
        // SAFETY: a slot of the descriptor's own type; a NULL value deletes.
        return match unsafe { set(found.as_ptr(), o.as_ptr(), value) } {
            0 => Ok(()),
            _ => Err(error::fetched_from_c("__set__")),
        };
    }
    let class = o.class().name();
    let shown = str::as_text(name);
    let Some(own) = instance_dict(o) else {
        let raised = match found {
            Some(_) => raise!(AttributeError, "'{class}' object attribute '{shown}' is read-only"),
            None => raise!(
                AttributeError,
                "'{class}' object has no attribute '{shown}' and no __dict__ for setting new attributes"
            ),
        };
        return Err(exceptions::with_attribute(raised, o, name));
    };
    match value {
        Some(value) => {
            if own.is_null() {
                *own = dict::new()?.into_ptr();
            }
            // SAFETY: just made, or the instance's dict.
            dict::set(unsafe { Obj::from_ptr_unchecked(*own) }, name, value)
        }
        None => {
            // SAFETY: NULL or the instance's dict.
            let removed = match unsafe { Obj::from_ptr(*own) } {
                Some(own) => dict::remove(own, name)?,
                None => None,
            };
            removed.map(drop).ok_or_else(|| missing(o, name))
        }
    }
}

/// An attribute of any object (CPython: `PyObject_GetAttr`).
pub fn get(o: Obj<'_>, name: Obj<'_>) -> Result<Ref> {
    if !str::check(name) {
        return Err(name_not_str(name));
    }
    let Some(slot) = o.class().fields().tp_getattro else { return Err(missing(o, name)) };
    // SAFETY: a slot of the object's own type.
    unsafe { Ref::from_ptr(slot(o.as_ptr(), name.as_ptr())) }.ok_or_else(|| error::fetched_from_c("__getattribute__"))
}

/// An attribute of any object, where none is not an error (CPython: `PyObject_GetOptionalAttr`).
pub fn get_optional(o: Obj<'_>, name: Obj<'_>) -> Result<Option<Ref>> {
    // Where it can be told that there is none, no exception is made only to be dropped.
    let looks_up_as = |class: Type<'_>| {
        let [own, other] = [o.class(), class].map(|class| class.fields().tp_getattro.map(|slot| slot as usize));
        own == other
    };
    if looks_up_as(super::object::OBJECT) {
        return find(o, name);
    }
    if looks_up_as(module::MODULE) {
        return module::find(o, name).or_else(absent);
    }
    get(o, name).map(Some).or_else(absent)
}

/// Whether any object has an attribute (CPython: `PyObject_HasAttrWithError`).
pub fn has(o: Obj<'_>, name: Obj<'_>) -> Result<bool> {
    Ok(get_optional(o, name)?.is_some())
}

/// Nothing, instead of a pending AttributeError.
fn absent(raised: Raised) -> Result<Option<Ref>> {
    if !exceptions::pending_is(Exc::AttributeError) {
        return Err(raised);
    }
    error::clear();
    Ok(None)
}

/// The same as [`get`], with the name as text.
pub fn get_str(o: Obj<'_>, name: &str) -> Result<Ref> {
    get(o, str::intern(str::from_str(name)?)?.borrow())
}

/// The same as [`get_optional`], with the name as text.
pub fn find_str(o: Obj<'_>, name: &str) -> Result<Option<Ref>> {
    get_optional(o, str::intern(str::from_str(name)?)?.borrow())
}

/// The same as [`set`] to a value, with the name as text.
pub fn set_str(o: Obj<'_>, name: &str, value: Obj<'_>) -> Result<()> {
    set(o, str::intern(str::from_str(name)?)?.borrow(), Some(value))
}

/// Sets or deletes an attribute of any object (CPython: `PyObject_SetAttr`).
pub fn set(o: Obj<'_>, name: Obj<'_>, value: Option<Obj<'_>>) -> Result<()> {
    if !str::check(name) {
        return Err(name_not_str(name));
    }
    let Some(slot) = o.class().fields().tp_setattro else { return generic_set(o, name, value) };
    let value = value.map_or(core::ptr::null_mut(), Obj::as_ptr);
    // SAFETY: a slot of the object's own type; a NULL value deletes.
    match unsafe { slot(o.as_ptr(), name.as_ptr(), value) } {
        0 => Ok(()),
        _ => Err(error::fetched_from_c("__setattr__")),
    }
}
