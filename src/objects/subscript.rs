//! Items by key of any object: `o[key]` (CPython: `PyObject_GetItem` and the functions beside it).

use super::{call, class_lookup, index, int, slice, str};
use crate::abi::{Exc, PyObject, PySliceObject};
use crate::protocol::{attribute, mapping, number, sequence};
use crate::runtime::{IntoC, Obj, Own, Ref, Result, known, raise};

/// A key as an index into a sequence; `None` when the object is not one.
fn as_index(key: Obj<'_>, has_slot: bool) -> Result<Option<isize>> {
    if number::is_index(key) {
        return index::as_ssize_t(key, Some(Exc::IndexError)).map(Some);
    }
    if has_slot {
        return Err(raise!(TypeError, "sequence index must be integer, not '{}'", key.class().name()));
    }
    Ok(None)
}

/// `o[key]` (CPython: `PyObject_GetItem`).
pub fn get(o: Obj<'_>, key: Obj<'_>) -> Result<Ref> {
    if let Some(item) = mapping::item(o, key)? {
        return Ok(item);
    }
    if sequence::has_items(o)
        && let Some(index) = as_index(key, true)?
    {
        return sequence::item(o, index);
    }
    let Some(class) = o.as_type() else {
        return Err(raise!(TypeError, "'{}' object is not subscriptable", o.class().name()));
    };
    if o.is(known::TYPE.as_obj()) {
        return class_lookup::alias(o, key);
    }
    match attribute::find(o, str::from_str("__class_getitem__")?.borrow())? {
        Some(method) => call::vectorcall(method.borrow(), &[key], None),
        None => Err(raise!(TypeError, "type '{}' is not subscriptable", class.name())),
    }
}

/// Works as [`get`], for a function for C: the fast path is a tail call (see [`mapping::trusted_item`]).
#[inline(always)]
pub fn get_as_c(o: Obj<'_>, key: Obj<'_>) -> *mut PyObject {
    match mapping::trusted_item(o) {
        // SAFETY: the slot belongs to the type of `o`, and takes any object as the key.
        Some(slot) => unsafe { slot(o.as_ptr(), key.as_ptr()) },
        None => checked_get(o, key),
    }
}

/// The item that any type gives. Out of line, since the steps after the call of the slot would keep [`get_as_c`] from a tail
/// call.
#[inline(never)]
fn checked_get(o: Obj<'_>, key: Obj<'_>) -> *mut PyObject {
    get(o, key).into_c()
}

/// `o[key] = value`, or `del o[key]` when there is no value (CPython: `PyObject_SetItem`, `PyObject_DelItem`).
pub fn set(o: Obj<'_>, key: Obj<'_>, value: Option<Obj<'_>>) -> Result<()> {
    if mapping::set_item(o, key, value)? {
        return Ok(());
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

/// `o[start:stop]` (CPython: `PySequence_GetSlice`).
pub fn get_slice(o: Obj<'_>, start: isize, stop: isize) -> Result<Ref> {
    let item = if mapping::check(o) { mapping::item(o, bounds(start, stop)?.as_obj())? } else { None };
    item.ok_or_else(|| raise!(TypeError, "'{}' object is unsliceable", o.class().name()))
}

/// `o[start:stop] = value`, or `del o[start:stop]` when there is no value (CPython: `PySequence_SetSlice`). `verb` is for the message
/// of an object that can't do that.
pub fn set_slice(o: Obj<'_>, start: isize, stop: isize, value: Option<Obj<'_>>, verb: &'static str) -> Result<()> {
    match mapping::set_item(o, bounds(start, stop)?.as_obj(), value)? {
        true => Ok(()),
        false => Err(raise!(TypeError, "'{}' object doesn't support slice {verb}", o.class().name())),
    }
}

fn bounds(start: isize, stop: isize) -> Result<Own<PySliceObject>> {
    let [start, stop] = [int::from_i64(start as i64)?, int::from_i64(stop as i64)?];
    slice::new(Some(start.borrow()), Some(stop.borrow()), None)
}
