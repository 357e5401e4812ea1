//! The dispatchers of sequence and mapping slots, and of iteration.

use super::method;
use super::names::at;
use crate::abi::*;
use crate::objects::{index, int, iterator};
use crate::protocol::{iteration, number, truth};
use crate::runtime::{Obj, Ref, Result, View, known, raise};

type Any<'a> = View<'a, PyObject>;

/// `sq_length`, `mp_length`
pub(super) fn length(o: Any<'_>) -> Result<isize> {
    let length = method::call::<{ at("__len__") }>(&[*o])?;
    let length = number::index(length.borrow())?;
    if int::number(length.borrow()).signum() < 0 {
        return Err(raise!(ValueError, "__len__() should return >= 0"));
    }
    index::as_ssize_t(length.as_obj(), Some(Exc::OverflowError))
}

/// `sq_item`
pub(super) fn item(o: Any<'_>, index: isize) -> Result<Ref> {
    let index = int::from_i64(index as i64)?;
    method::call::<{ at("__getitem__") }>(&[*o, index.borrow()])
}

/// `sq_ass_item`
pub(super) fn assign_item(o: Any<'_>, index: isize, value: Option<Obj<'_>>) -> Result<()> {
    let index = int::from_i64(index as i64)?;
    assign::<{ at("__setitem__") }, { at("__delitem__") }>(o, index.borrow(), value)
}

/// A slot that sets something, or deletes it without a value.
pub(super) fn assign<const SET: usize, const DELETE: usize>(
    o: Any<'_>,
    key: Obj<'_>,
    value: Option<Obj<'_>>,
) -> Result<()> {
    match value {
        Some(value) => method::call::<SET>(&[*o, key, value]),
        None => method::call::<DELETE>(&[*o, key]),
    }
    .map(drop)
}

/// `sq_contains`: without the method all items are compared.
pub(super) fn contains(o: Any<'_>, value: Obj<'_>) -> Result<bool> {
    match method::find::<{ at("__contains__") }>(*o)? {
        Some(method) if method.is(known::NONE) => {
            Err(raise!(TypeError, "'{}' object is not a container", o.class().name()))
        }
        Some(method) => truth::truth(method.call(&[*o, value])?.borrow()),
        None => iteration::is_among_items(*o, value),
    }
}

/// `tp_iter`: an object with only `__getitem__` gives its items by number.
pub(super) fn iter(o: Any<'_>) -> Result<Ref> {
    match method::find::<{ at("__iter__") }>(*o)? {
        Some(method) if !method.is(known::NONE) => method.call(&[*o]),
        None if method::find::<{ at("__getitem__") }>(*o)?.is_some() => iterator::by_position(*o),
        _ => Err(raise!(TypeError, "'{}' object is not iterable", o.class().name())),
    }
}
