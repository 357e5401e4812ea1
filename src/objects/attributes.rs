//! Attributes of objects by names that are text. An AttributeError gets the object and the name here.

use super::{class_lookup, str};
use crate::protocol::attribute;
use crate::runtime::{Obj, Ref, Result, error};

/// An attribute of any object (CPython: `PyObject_GetAttr`): a new reference. An AttributeError without an object and a
/// name gets them.
pub fn get(o: Obj<'_>, name: Obj<'_>) -> Result<Ref> {
    let class = o.class().fields();
    if class.tp_getattro.is_none() && class.tp_getattr.is_some() {
        return get_by_text(o, name);
    }
    attribute::get(o, name).map_err(|raised| error::with_attribute(raised, o, name))
}

/// An attribute of an object whose class has only `tp_getattr`, which takes C text.
#[cold]
fn get_by_text(o: Obj<'_>, name: Obj<'_>) -> Result<Ref> {
    attribute::require_str(name)?;
    let text = str::utf8(str::require(name)?)?;
    let Some(slot) = o.class().fields().tp_getattr else { return Err(error::raise_no_attribute(o, name, None)) };
    // SAFETY: the slot belongs to the type of `o`, and only reads the text, which ends with a NUL and lives as long as
    // the name.
    unsafe { Ref::from_ptr(slot(o.as_ptr(), text.as_ptr().cast_mut().cast())) }
        .ok_or_else(|| error::fetched_from_c("__getattribute__"))
}

/// Sets an attribute of any object, or deletes it when there is no value (CPython: `PyObject_SetAttr`).
pub fn set(o: Obj<'_>, name: Obj<'_>, value: Option<Obj<'_>>) -> Result<()> {
    let class = o.class().fields();
    if class.tp_setattro.is_none() && class.tp_setattr.is_some() {
        return set_by_text(o, name, value);
    }
    attribute::set(o, name, value)
}

/// Sets an attribute of an object whose class has only `tp_setattr`, which takes C text.
#[cold]
fn set_by_text(o: Obj<'_>, name: Obj<'_>, value: Option<Obj<'_>>) -> Result<()> {
    attribute::require_str(name)?;
    let text = str::utf8(str::require(name)?)?;
    let value = value.map_or(core::ptr::null_mut(), Obj::as_ptr);
    let slot = o.class().fields().tp_setattr;
    // SAFETY: the slot belongs to the type of `o`, and only reads the text, which ends with a NUL and lives as long as
    // the name. A NULL value deletes.
    match slot.map(|slot| unsafe { slot(o.as_ptr(), text.as_ptr().cast_mut().cast(), value) }) {
        Some(0) => Ok(()),
        _ => Err(error::fetched_from_c("__setattr__")),
    }
}

/// An attribute, by a name in UTF-8.
pub fn get_str(o: Obj<'_>, name: &str) -> Result<Ref> {
    get(o, str::intern(str::from_str(name)?)?.borrow())
}

/// An attribute, by a name in UTF-8; `None` when it is missing.
pub fn find_str(o: Obj<'_>, name: &str) -> Result<Option<Ref>> {
    class_lookup::optional(o, str::intern(str::from_str(name)?)?.borrow())
}

/// Sets an attribute, by a name in UTF-8.
pub fn set_str(o: Obj<'_>, name: &str, value: Obj<'_>) -> Result<()> {
    set(o, str::intern(str::from_str(name)?)?.borrow(), Some(value))
}
