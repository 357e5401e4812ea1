//! The operators of sets for views of keys and of items.

use super::view::{AnyView, ITEMS, KEYS, dict_of, is_like_set};
use super::{copy, entries_hashed, get_hashed, items, len, remove};
use crate::abi::*;
use crate::objects::set::{self, NewSet};
use crate::objects::{slots, tuple};
use crate::protocol::{compare, iteration, mapping};
use crate::runtime::known::{self, SET};
use crate::runtime::{Obj, Ref, Result, View};

type Any<'a> = View<'a, PyObject>;

pub(super) static mut NUMBER: PyNumberMethods = PyNumberMethods {
    nb_subtract: slots::binary(difference),
    nb_and: slots::binary(intersection),
    nb_xor: slots::binary(symmetric_difference),
    nb_or: slots::binary(union),
    ..PyNumberMethods::BLANK
};

pub(super) static mut METHODS: [PyMethodDef; 2] =
    [slots::method_o(c"isdisjoint", |view: AnyView<'_>, other| is_disjoint(*view, other)), PyMethodDef::END];

/// The items of an object, one of two operands, in a new set. The keys of a dict come from the dict itself.
fn to_set(o: Obj<'_>) -> Result<NewSet> {
    match o.downcast() {
        Some(view) if o.is_exactly(KEYS) => set::from_iterable(SET, Some(*dict_of(view))),
        _ => set::from_iterable(SET, Some(o)),
    }
}

fn difference(a: Any<'_>, b: Obj<'_>) -> Result<Ref> {
    let result = to_set(*a)?;
    set::remove_all(result.borrow(), b)?;
    Ok(result.into_ref())
}

fn union(a: Any<'_>, b: Obj<'_>) -> Result<Ref> {
    let result = to_set(*a)?;
    set::update(result.borrow(), b)?;
    Ok(result.into_ref())
}

/// The items of both. A `set` that is larger, or else the larger of two views, is the one in which they are searched.
fn intersection(a: Any<'_>, b: Obj<'_>) -> Result<Ref> {
    let (mut view, mut other) = if is_like_set(*a) { (*a, b) } else { (b, *a) };
    let size = mapping::len(view)?;
    if other.is_exactly(SET)
        && let Some(others) = other.downcast().filter(|others| size <= set::len(*others) as isize)
    {
        return Ok(set::intersection(others, view)?.into_ref());
    }
    if is_like_set(other) && mapping::len(other)? > size {
        (view, other) = (other, view);
    }
    let result = set::instantiate(SET)?;
    iteration::each(other, |item| {
        if iteration::contains(view, item.borrow())? { set::add(result.borrow(), item.borrow()) } else { Ok(()) }
    })?;
    Ok(result.into_ref())
}

fn symmetric_difference(a: Any<'_>, b: Obj<'_>) -> Result<Ref> {
    if a.is_exactly(ITEMS)
        && b.is_exactly(ITEMS)
        && let (Some(a), Some(b)) = (a.downcast(), b.downcast())
    {
        return different_items(a, b);
    }
    let result = to_set(*a)?;
    set::toggle_all(result.borrow(), b)?;
    Ok(result.into_ref())
}

/// The items of two dicts that are in one of them only. Values need no hash as long as they are equal.
fn different_items(a: AnyView<'_>, b: AnyView<'_>) -> Result<Ref> {
    let (a, b) = (dict_of(a), dict_of(b));
    let (smaller, larger) = if len(a) > len(b) { (b, a) } else { (a, b) };
    let rest = copy(smaller)?;
    let result = set::instantiate(SET)?;
    for entry in entries_hashed(larger) {
        match get_hashed(rest.borrow(), entry.key.borrow(), entry.hash)? {
            Some(value) if compare::equal(value.borrow(), entry.value.borrow())? => {
                remove(rest.borrow(), entry.key.borrow())?;
            }
            _ => {
                let pair = tuple::tracked(&[entry.key.borrow(), entry.value.borrow()])?;
                set::add(result.borrow(), pair.as_obj())?;
            }
        }
    }
    set::update(result.borrow(), items(rest.borrow())?.as_obj())?;
    Ok(result.into_ref())
}

/// Whether a view and another object have no item in common.
fn is_disjoint(view: Obj<'_>, other: Obj<'_>) -> Result<Ref> {
    let size = mapping::len(view)?;
    if view.is(other) {
        return Ok(known::bool(size == 0).to_ref());
    }
    let is_set = other.is_exactly(SET) || other.is_exactly(known::FROZENSET) || is_like_set(other);
    let (view, other) = if is_set && mapping::len(other)? > size { (other, view) } else { (view, other) };
    let mut items = iteration::Items::of(other)?;
    while let Some(item) = items.advance()? {
        if iteration::contains(view, item.borrow())? {
            return Ok(known::FALSE.to_ref());
        }
    }
    Ok(known::TRUE.to_ref())
}
