//! Attributes, as an object's own slots give them. `objects::attributes` adds the forms for names that are text, and
//! puts the object and the name into an AttributeError. `types::attribute` has the look-up that most slots lead to.

use crate::abi::{Exc, Py_TPFLAGS_UNICODE_SUBCLASS};
use crate::runtime::{Obj, Raised, Ref, Result, error, known, raise};

/// TypeError for the name of an attribute that is not a `str`.
pub fn require_str(name: Obj<'_>) -> Result<()> {
    if name.has_flag(Py_TPFLAGS_UNICODE_SUBCLASS) {
        return Ok(());
    }
    Err(raise!(TypeError, "attribute name must be string, not '{}'", name.class().name()))
}

/// An attribute of any object, as its type's `tp_getattro` gives it: a new reference.
pub fn get(o: Obj<'_>, name: Obj<'_>) -> Result<Ref> {
    require_str(name)?;
    let Some(slot) = o.class().fields().tp_getattro else { return Err(error::raise_no_attribute(o, name, None)) };
    // SAFETY: the slot belongs to the type of `o`, and the name is a `str`.
    unsafe { Ref::from_ptr(slot(o.as_ptr(), name.as_ptr())) }.ok_or_else(|| error::fetched_from_c("__getattribute__"))
}

/// An attribute of any object as a new reference; `None` when the object has no such attribute.
pub fn find(o: Obj<'_>, name: Obj<'_>) -> Result<Option<Ref>> {
    get(o, name).map(Some).or_else(absent)
}

/// Turns an AttributeError into `None`; any other error stays.
pub fn absent(raised: Raised) -> Result<Option<Ref>> {
    if !error::pending_is(Exc::AttributeError) {
        return Err(raised);
    }
    error::clear();
    Ok(None)
}

/// Sets an attribute of any object, or deletes it when there is no value (CPython: `PyObject_SetAttr`). A type without
/// `tp_setattro` uses that of `object`.
pub fn set(o: Obj<'_>, name: Obj<'_>, value: Option<Obj<'_>>) -> Result<()> {
    require_str(name)?;
    let slot = o.class().fields().tp_setattro.or(known::OBJECT.fields().tp_setattro);
    let value = value.map_or(core::ptr::null_mut(), Obj::as_ptr);
    // SAFETY: the slot belongs to the type of `o`, or to `object`, whose slot takes an object of any type. The name is
    // a `str`, and a NULL value deletes.
    match slot.map(|slot| unsafe { slot(o.as_ptr(), name.as_ptr(), value) }) {
        Some(0) => Ok(()),
        _ => Err(error::fetched_from_c("__setattr__")),
    }
}
