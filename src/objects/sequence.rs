//! The sequence protocol: what any object with a sequence suite can be asked (CPython: `PySequence_*`).

use super::{exceptions, iterator, list, mapping, number, object, tuple};
use crate::abi::*;
use crate::runtime::{Obj, Own, Raised, Ref, Result, error, raise};
use core::ffi::CStr;

/// The sequence suite of an object's type.
fn suite(o: Obj<'_>) -> Option<&PySequenceMethods> {
    // SAFETY: tp_as_sequence is NULL or a whole suite that lives as long as the type.
    unsafe { o.class().fields().tp_as_sequence.as_ref() }
}

/// Whether the type has a sequence suite at all.
pub fn has_suite(o: Obj<'_>) -> bool {
    suite(o).is_some()
}

/// Whether items can be asked for by number (CPython: `PySequence_Check`). A dict's can't.
pub fn check(o: Obj<'_>) -> bool {
    !o.has_flag(Py_TPFLAGS_DICT_SUBCLASS) && has_items(o)
}

/// Whether there is an `sq_item`.
pub fn has_items(o: Obj<'_>) -> bool {
    suite(o).is_some_and(|suite| suite.sq_item.is_some())
}

/// Whether there is an `sq_length`.
pub fn has_length(o: Obj<'_>) -> bool {
    suite(o).is_some_and(|suite| suite.sq_length.is_some())
}

/// Whether there is an `sq_ass_item`.
pub fn has_assignment(o: Obj<'_>) -> bool {
    suite(o).is_some_and(|suite| suite.sq_ass_item.is_some())
}

/// The answer of a length slot.
pub(super) fn check_length(length: isize) -> Result<isize> {
    if length < 0 { Err(error::fetched_from_c("__len__")) } else { Ok(length) }
}

/// What `sq_length` says, if there is one.
pub fn length(o: Obj<'_>) -> Result<Option<isize>> {
    let Some(slot) = suite(o).and_then(|suite| suite.sq_length) else { return Ok(None) };
    // SAFETY: a slot of the object's own type.
    check_length(unsafe { slot(o.as_ptr()) }).map(Some)
}

/// TypeError: a mapping was used as a sequence, or else something that is neither.
fn refuse(o: Obj<'_>, has_mapping_slot: bool, other: impl FnOnce() -> Raised) -> Raised {
    if has_mapping_slot { raise!(TypeError, "{} is not a sequence", o.class().name()) } else { other() }
}

/// The number of items (CPython: `PySequence_Size`).
pub fn size(o: Obj<'_>) -> Result<isize> {
    let no_length = || raise!(TypeError, "object of type '{}' has no len()", o.class().name());
    let is_mapping = mapping::suite(o).is_some_and(|suite| suite.mp_length.is_some());
    length(o)?.ok_or_else(|| refuse(o, is_mapping, no_length))
}

/// A negative index counts from the end, as far as the object knows its length.
fn from_start(o: Obj<'_>, index: isize) -> Result<isize> {
    if index >= 0 {
        return Ok(index);
    }
    Ok(length(o)?.map_or(index, |length| index + length))
}

/// The item at an index (CPython: `PySequence_GetItem`).
pub fn item(o: Obj<'_>, index: isize) -> Result<Ref> {
    let Some(slot) = suite(o).and_then(|suite| suite.sq_item) else {
        let is_mapping = mapping::suite(o).is_some_and(|suite| suite.mp_subscript.is_some());
        return Err(refuse(o, is_mapping, || {
            raise!(TypeError, "'{}' object does not support indexing", o.class().name())
        }));
    };
    let index = from_start(o, index)?;
    // SAFETY: a slot of the object's own type.
    unsafe { Ref::from_ptr(slot(o.as_ptr(), index)) }.ok_or_else(|| error::fetched_from_c("__getitem__"))
}

/// Deletes the item at an index (CPython: `PySequence_DelItem`).
pub fn delete_item(o: Obj<'_>, index: isize) -> Result<()> {
    change_item(o, index, None, "doesn't support item deletion")
}

/// Sets the item at an index, or deletes it when there is no value (CPython: `PySequence_SetItem`).
pub fn set_item(o: Obj<'_>, index: isize, value: Option<Obj<'_>>) -> Result<()> {
    change_item(o, index, value, "does not support item assignment")
}

fn change_item(o: Obj<'_>, index: isize, value: Option<Obj<'_>>, refusal: &'static str) -> Result<()> {
    let Some(slot) = suite(o).and_then(|suite| suite.sq_ass_item) else {
        let is_mapping = mapping::suite(o).is_some_and(|suite| suite.mp_ass_subscript.is_some());
        return Err(refuse(o, is_mapping, || raise!(TypeError, "'{}' object {refusal}", o.class().name())));
    };
    let index = from_start(o, index)?;
    let value = value.map_or(core::ptr::null_mut(), Obj::as_ptr);
    // SAFETY: a slot of the object's own type; a NULL value deletes.
    match unsafe { slot(o.as_ptr(), index, value) } {
        0 => Ok(()),
        _ => Err(error::fetched_from_c("__setitem__")),
    }
}

/// Whether an object is among the items (CPython: `PySequence_Contains`).
pub fn contains(o: Obj<'_>, value: Obj<'_>) -> Result<bool> {
    if let Some(slot) = suite(o).and_then(|suite| suite.sq_contains) {
        // SAFETY: a slot of the object's own type.
        return match unsafe { slot(o.as_ptr(), value.as_ptr()) } {
            answer if answer < 0 => Err(error::fetched_from_c("__contains__")),
            answer => Ok(answer > 0),
        };
    }
    let iterator = iterator::of(o).map_err(|raised| {
        instead_of_type_error(raised, || {
            raise!(TypeError, "argument of type '{}' is not a container or iterable", o.class().name())
        })
    })?;
    while let Some(item) = iterator::next(iterator.borrow())? {
        if object::equal(item.borrow(), value)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Another error in the place of a TypeError; any other stands.
fn instead_of_type_error(raised: Raised, other: impl FnOnce() -> Raised) -> Raised {
    if error::pending_is(Exc::TypeError) { other() } else { raised }
}

/// One sequence behind the other, as a new object (CPython: `PySequence_Concat`).
pub fn concat(o: Obj<'_>, other: Obj<'_>) -> Result<Ref> {
    if let Some(slot) = suite(o).and_then(|suite| suite.sq_concat) {
        // SAFETY: a slot of the object's own type.
        return unsafe { Ref::from_ptr(slot(o.as_ptr(), other.as_ptr())) }
            .ok_or_else(|| error::fetched_from_c("__add__"));
    }
    if check(o)
        && check(other)
        && let Some(sum) = number::add(o, other)?
    {
        return Ok(sum);
    }
    Err(raise!(TypeError, "'{}' object can't be concatenated", o.class().name()))
}

/// The items of an iterable as a new list (CPython: `PySequence_List`).
pub fn to_list(iterable: Obj<'_>) -> Result<Own<PyListObject>> {
    let list = list::new()?;
    list::extend(list.borrow(), iterable)?;
    Ok(list)
}

/// The items of an iterable as a tuple: itself if it is exactly that (CPython: `PySequence_Tuple`).
pub fn to_tuple(iterable: Obj<'_>) -> Result<Own<PyTupleObject>> {
    if let Some(tuple) = iterable.downcast_exactly(tuple::TUPLE) {
        return Ok(tuple.to_own());
    }
    match iterable.downcast_exactly(list::LIST) {
        Some(list) => list::to_tuple(list),
        None => list::to_tuple(to_list(iterable)?.borrow()),
    }
}

/// The items of an iterable as a list or a tuple: itself if it is exactly one (CPython: `PySequence_Fast`). What is not
/// iterable is a TypeError with this message.
pub fn fast(iterable: Obj<'_>, message: Option<&CStr>) -> Result<Ref> {
    if iterable.is_exactly(list::LIST) || iterable.is_exactly(tuple::TUPLE) {
        return Ok(iterable.to_ref());
    }
    let iterator = iterator::of(iterable).map_err(|raised| {
        let refuse = |text: &CStr| exceptions::raise_text(Exc::TypeError.class().as_obj(), text.to_bytes());
        message.map_or(raised, |text| instead_of_type_error(raised, || refuse(text)))
    })?;
    Ok(to_list(iterator.borrow())?.into_ref())
}
