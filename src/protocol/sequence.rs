//! The sequence protocol: items by number of any object with a sequence suite (CPython: `PySequence_*`).

use super::number::{self, Operator};
use super::suite;
use crate::abi::*;
use crate::runtime::{IntoC, Obj, Raised, Ref, Result, error, raise};

/// Whether the type has a sequence suite at all.
pub fn has_suite(o: Obj<'_>) -> bool {
    suite::sequence(o).is_some()
}

/// Whether the object gives items by number (CPython: `PySequence_Check`). A dict does not.
pub fn check(o: Obj<'_>) -> bool {
    !o.has_flag(Py_TPFLAGS_DICT_SUBCLASS) && has_items(o)
}

/// Whether the type has an `sq_item`.
pub fn has_items(o: Obj<'_>) -> bool {
    suite::sequence(o).is_some_and(|suite| suite.sq_item.is_some())
}

/// Whether the type has an `sq_ass_item`.
pub fn has_assignment(o: Obj<'_>) -> bool {
    suite::sequence(o).is_some_and(|suite| suite.sq_ass_item.is_some())
}

/// TypeError for a mapping that was used as a sequence, or for an object that is neither.
fn refuse(o: Obj<'_>, is_mapping: bool, other: impl FnOnce() -> Raised) -> Raised {
    if is_mapping { raise!(TypeError, "{} is not a sequence", o.class().name()) } else { other() }
}

/// The number of items (CPython: `PySequence_Size`).
pub fn size(o: Obj<'_>) -> Result<isize> {
    let no_length = || raise!(TypeError, "object of type '{}' has no len()", o.class().name());
    let is_mapping = suite::mapping(o).is_some_and(|suite| suite.mp_length.is_some());
    suite::sequence_length(o)?.ok_or_else(|| refuse(o, is_mapping, no_length))
}

/// The index from the start: a negative one counts from the end if the object has a length.
pub fn from_start(o: Obj<'_>, index: isize) -> Result<isize> {
    if index >= 0 {
        return Ok(index);
    }
    Ok(suite::sequence_length(o)?.map_or(index, |length| index + length))
}

/// An index from the start, if it is inside a length. One comparison is enough: a negative index is, as an unsigned
/// number, above any length.
#[inline(always)]
pub fn inside(index: isize, length: usize) -> Option<usize> {
    debug_assert!(length <= isize::MAX as usize);
    ((index as usize) < length).then_some(index as usize)
}

/// The item at an index (CPython: `PySequence_GetItem`).
#[inline]
pub fn item(o: Obj<'_>, index: isize) -> Result<Ref> {
    let Some(slot) = suite::sequence(o).and_then(|suite| suite.sq_item) else { return Err(no_items(o)) };
    let index = from_start(o, index)?;
    // SAFETY: the slot belongs to the type of `o`, and takes any index.
    unsafe { Ref::from_ptr(slot(o.as_ptr(), index)) }.ok_or_else(|| error::fetched_from_c("__getitem__"))
}

/// Works as [`item`], for a function for C: the fast path is a tail call (see `suite::is_trusted`).
#[inline(always)]
pub fn item_as_c(o: Obj<'_>, index: isize) -> *mut PyObject {
    match suite::sequence(o).and_then(|suite| suite.sq_item) {
        // SAFETY: the slot belongs to the type of `o`, and takes any index.
        Some(slot) if index >= 0 && suite::is_trusted(o) => unsafe { slot(o.as_ptr(), index) },
        _ => checked_item(o, index),
    }
}

/// The item that any type gives, at any index. Out of line, since the steps after the call of the slot would keep
/// [`item_as_c`] from a tail call.
#[inline(never)]
fn checked_item(o: Obj<'_>, index: isize) -> *mut PyObject {
    item(o, index).into_c()
}

#[cold]
#[inline(never)]
fn no_items(o: Obj<'_>) -> Raised {
    let is_mapping = suite::mapping(o).is_some_and(|suite| suite.mp_subscript.is_some());
    refuse(o, is_mapping, || raise!(TypeError, "'{}' object does not support indexing", o.class().name()))
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
    let Some(slot) = suite::sequence(o).and_then(|suite| suite.sq_ass_item) else {
        let is_mapping = suite::mapping(o).is_some_and(|suite| suite.mp_ass_subscript.is_some());
        return Err(refuse(o, is_mapping, || raise!(TypeError, "'{}' object {refusal}", o.class().name())));
    };
    let index = from_start(o, index)?;
    let value = value.map_or(core::ptr::null_mut(), Obj::as_ptr);
    // SAFETY: the slot belongs to the type of `o`, and takes any index; a NULL value deletes.
    match unsafe { slot(o.as_ptr(), index, value) } {
        0 => Ok(()),
        _ => Err(error::fetched_from_c("__setitem__")),
    }
}

/// Both sequences joined, as the object that their types make (CPython: `PySequence_Concat`): a new reference.
pub fn concat(o: Obj<'_>, other: Obj<'_>) -> Result<Ref> {
    if let Some(slot) = suite::sequence(o).and_then(|suite| suite.sq_concat) {
        // SAFETY: the slot belongs to the type of `o`, and takes any object beside it.
        return unsafe { Ref::from_ptr(slot(o.as_ptr(), other.as_ptr())) }
            .ok_or_else(|| error::fetched_from_c("__add__"));
    }
    if check(o)
        && check(other)
        && let Some(sum) = number::ADD.answer(o, other)?
    {
        return Ok(sum);
    }
    Err(raise!(TypeError, "'{}' object can't be concatenated", o.class().name()))
}

/// A sequence joined with another in its place, if its type can do that (CPython: `PySequence_InPlaceConcat`): a new
/// reference.
pub fn concat_in_place(o: Obj<'_>, other: Obj<'_>) -> Result<Ref> {
    let slots = suite::sequence(o).map(|suite| (suite.sq_inplace_concat, suite.sq_concat));
    if let Some(slot) = slots.and_then(|(in_place, plain)| in_place.or(plain)) {
        // SAFETY: the slot belongs to the type of `o`, and takes any object beside it.
        return unsafe { Ref::from_ptr(slot(o.as_ptr(), other.as_ptr())) }
            .ok_or_else(|| error::fetched_from_c("__iadd__"));
    }
    if check(o)
        && check(other)
        && let Some(sum) = number::ADD.answer_in_place(o, other)?
    {
        return Ok(sum);
    }
    Err(raise!(TypeError, "'{}' object can't be concatenated", o.class().name()))
}

/// A sequence repeated; in its place if the type can do that and `in_place` says so (CPython: `PySequence_Repeat`,
/// `PySequence_InPlaceRepeat`). `number` makes the count for a type that has only the operator `*`.
pub fn repeat(o: Obj<'_>, count: isize, in_place: bool, number: impl FnOnce() -> Result<Ref>) -> Result<Ref> {
    let slots = suite::sequence(o).map(|suite| (suite.sq_inplace_repeat.filter(|_| in_place), suite.sq_repeat));
    if let Some(slot) = slots.and_then(|(in_place, plain)| in_place.or(plain)) {
        // SAFETY: the slot belongs to the type of `o`, and takes any count.
        return unsafe { Ref::from_ptr(slot(o.as_ptr(), count)) }.ok_or_else(|| error::fetched_from_c("__mul__"));
    }
    if check(o) {
        let number = number()?;
        let answer = if in_place { Operator::answer_in_place } else { Operator::answer };
        if let Some(product) = answer(&number::MULTIPLY, o, number.borrow())? {
            return Ok(product);
        }
    }
    Err(raise!(TypeError, "'{}' object can't be repeated", o.class().name()))
}
