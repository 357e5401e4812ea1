//! The mapping protocol, and items by key of any object (CPython: `PyMapping_*`, `PyObject_GetItem` and its companions).

use super::{call, number, sequence, str};
use crate::abi::*;
use crate::runtime::{Obj, Ref, Result, error, raise};
use crate::types::attribute;

/// The mapping suite of an object's type.
pub(super) fn suite(o: Obj<'_>) -> Option<&PyMappingMethods> {
    // SAFETY: tp_as_mapping is NULL or a whole suite that lives as long as the type.
    unsafe { o.class().fields().tp_as_mapping.as_ref() }
}

/// Whether items can be asked for by key (CPython: `PyMapping_Check`).
pub fn check(o: Obj<'_>) -> bool {
    suite(o).is_some_and(|suite| suite.mp_subscript.is_some())
}

/// The number of items of a mapping (CPython: `PyMapping_Size`).
pub fn size(o: Obj<'_>) -> Result<isize> {
    if let Some(slot) = suite(o).and_then(|suite| suite.mp_length) {
        // SAFETY: a slot of the object's own type.
        return sequence::check_length(unsafe { slot(o.as_ptr()) });
    }
    match sequence::has_length(o) {
        true => Err(raise!(TypeError, "{} is not a mapping", o.class().name())),
        false => Err(raise!(TypeError, "object of type '{}' has no len()", o.class().name())),
    }
}

/// `len(o)` (CPython: `PyObject_Size`).
pub fn len(o: Obj<'_>) -> Result<isize> {
    match sequence::length(o)? {
        Some(length) => Ok(length),
        None => size(o),
    }
}

/// A key as an index into a sequence; `None` when the object is not one.
fn as_index(key: Obj<'_>, has_slot: bool) -> Result<Option<isize>> {
    if number::is_index(key) {
        return number::as_ssize_t(key, Some(Exc::IndexError.class().as_obj())).map(Some);
    }
    if has_slot {
        return Err(raise!(TypeError, "sequence index must be integer, not '{}'", key.class().name()));
    }
    Ok(None)
}

/// `o[key]` (CPython: `PyObject_GetItem`).
pub fn get(o: Obj<'_>, key: Obj<'_>) -> Result<Ref> {
    if let Some(slot) = suite(o).and_then(|suite| suite.mp_subscript) {
        // SAFETY: a slot of the object's own type.
        return unsafe { Ref::from_ptr(slot(o.as_ptr(), key.as_ptr())) }
            .ok_or_else(|| error::fetched_from_c("__getitem__"));
    }
    if sequence::has_items(o)
        && let Some(index) = as_index(key, true)?
    {
        return sequence::item(o, index);
    }
    let Some(class) = o.as_type() else {
        return Err(raise!(TypeError, "'{}' object is not subscriptable", o.class().name()));
    };
    match attribute::get_optional(o, str::from_str("__class_getitem__")?.borrow())? {
        Some(method) => call::vectorcall(method.borrow(), &[key], None),
        None => Err(raise!(TypeError, "type '{}' is not subscriptable", class.name())),
    }
}

/// `o[key] = value`, or `del o[key]` when there is no value (CPython: `PyObject_SetItem`, `PyObject_DelItem`).
pub fn set(o: Obj<'_>, key: Obj<'_>, value: Option<Obj<'_>>) -> Result<()> {
    if let Some(slot) = suite(o).and_then(|suite| suite.mp_ass_subscript) {
        let value = value.map_or(core::ptr::null_mut(), Obj::as_ptr);
        // SAFETY: a slot of the object's own type; a NULL value deletes.
        return match unsafe { slot(o.as_ptr(), key.as_ptr(), value) } {
            0 => Ok(()),
            _ => Err(error::fetched_from_c("__setitem__")),
        };
    }
    if sequence::has_suite(o)
        && let Some(index) = as_index(key, sequence::has_assignment(o))?
    {
        return match value {
            Some(_) => sequence::set_item(o, index, value),
            None => sequence::delete_item(o, index),
        };
    }
    Err(match value {
        Some(_) => raise!(TypeError, "'{}' object does not support item assignment", o.class().name()),
        None => raise!(TypeError, "'{}' object does not support item deletion", o.class().name()),
    })
}
