//! The methods of `set` and `frozenset`.

use super::{Set, algebra, table, with_set_as_element};
use crate::abi::*;
use crate::objects::{dict, int, list, slots, tuple};
use crate::runtime::known::{FROZENSET, NONE};
use crate::runtime::{Obj, Own, Ref, Result, known, raise};

pub(super) static mut METHODS: [PyMethodDef; 21] = [
    slots::method_o(c"add", |set, element| super::add(set, element).map(none)),
    slots::method_noargs(c"clear", |set: Set<'_>| {
        table::clear(set);
        Ok(none(()))
    }),
    slots::method_noargs(c"copy", copy),
    slots::method_o(c"discard", |set, element| remove_one(set, element).map(|_| none(()))),
    slots::method_fastcall(c"difference", difference),
    slots::method_fastcall(c"difference_update", |set: Set<'_>, others| {
        others.iter().try_for_each(|other| algebra::remove_all(set, *other)).map(none)
    }),
    slots::method_fastcall(c"intersection", intersection),
    slots::method_fastcall(c"intersection_update", |set, others| algebra::keep_common(set, others).map(none)),
    slots::method_o(c"isdisjoint", is_disjoint),
    slots::method_o(c"issubset", is_subset),
    slots::method_o(c"issuperset", is_superset),
    slots::method_noargs(c"pop", pop),
    slots::method_noargs(c"__reduce__", reduce),
    slots::method_o(c"remove", remove),
    slots::method_noargs(c"__sizeof__", size_in_memory),
    slots::method_o(c"symmetric_difference", symmetric_difference),
    slots::method_o(c"symmetric_difference_update", |set, other| algebra::toggle(set, other).map(none)),
    slots::method_fastcall(c"union", union),
    slots::method_fastcall(c"update", |set, others| algebra::update_all(set, others).map(none)),
    CONTAINS,
    PyMethodDef::END,
];

pub(super) static mut FROZEN_METHODS: [PyMethodDef; 12] = [
    slots::method_noargs(c"copy", copy),
    slots::method_fastcall(c"difference", difference),
    slots::method_fastcall(c"intersection", intersection),
    slots::method_o(c"isdisjoint", is_disjoint),
    slots::method_o(c"issubset", is_subset),
    slots::method_o(c"issuperset", is_superset),
    slots::method_noargs(c"__reduce__", reduce),
    slots::method_noargs(c"__sizeof__", size_in_memory),
    slots::method_o(c"symmetric_difference", symmetric_difference),
    slots::method_fastcall(c"union", union),
    CONTAINS,
    PyMethodDef::END,
];

/// `__contains__` is a method beside the slot, so that a call needs no wrapper.
const CONTAINS: PyMethodDef = PyMethodDef {
    ml_flags: METH_O | METH_COEXIST,
    ..slots::method_o(c"__contains__", |set, element| Ok(known::bool(contains(set, element)?).to_ref()))
};

/// None, as the result of a method that returns nothing.
fn none((): ()) -> Ref {
    NONE.to_ref()
}

/// `element in set`.
pub(super) fn contains(set: Set<'_>, element: Obj<'_>) -> Result<bool> {
    with_set_as_element(element, |hash| table::contains(set, element, hash))
}

/// Removes an element, which may be a `set`. Returns whether it was there.
fn remove_one(set: Set<'_>, element: Obj<'_>) -> Result<bool> {
    with_set_as_element(element, |hash| table::discard(set, element, hash))
}

fn remove(set: Set<'_>, element: Obj<'_>) -> Result<Ref> {
    if remove_one(set, element)? { Ok(none(())) } else { Err(dict::missing(element)) }
}

/// Removes any element.
pub fn pop(set: Set<'_>) -> Result<Ref> {
    table::pop(set).ok_or_else(|| raise!(KeyError, "pop from an empty set"))
}

/// A copy; a `frozenset`, which can't change, is its own.
fn copy(set: Set<'_>) -> Result<Ref> {
    if set.is_exactly(FROZENSET) { Ok(set.to_ref()) } else { Ok(super::copy(set)?.into_ref()) }
}

fn difference(set: Set<'_>, others: &[Obj<'_>]) -> Result<Ref> {
    Ok(algebra::difference_of_all(set, others)?.into_ref())
}

fn intersection(set: Set<'_>, others: &[Obj<'_>]) -> Result<Ref> {
    Ok(algebra::intersection_of_all(set, others)?.into_ref())
}

fn symmetric_difference(set: Set<'_>, other: Obj<'_>) -> Result<Ref> {
    Ok(algebra::symmetric_difference(set, other)?.into_ref())
}

fn union(set: Set<'_>, others: &[Obj<'_>]) -> Result<Ref> {
    Ok(algebra::union_of_all(set, others)?.into_ref())
}

fn is_disjoint(set: Set<'_>, other: Obj<'_>) -> Result<Ref> {
    Ok(known::bool(algebra::is_disjoint(set, other)?).to_ref())
}

fn is_subset(set: Set<'_>, other: Obj<'_>) -> Result<Ref> {
    Ok(known::bool(algebra::is_subset(set, other)?).to_ref())
}

fn is_superset(set: Set<'_>, other: Obj<'_>) -> Result<Ref> {
    Ok(known::bool(algebra::is_superset(set, other)?).to_ref())
}

/// `__reduce__`: the class, and a list of the elements as its argument.
fn reduce(set: Set<'_>) -> Result<Ref> {
    let elements = listed(set)?;
    let arguments = tuple::from_slice(&[elements.borrow().as_obj()])?;
    Ok(tuple::from_slice(&[set.class().as_obj(), arguments.as_obj(), NONE])?.into_ref())
}

/// A new list of the elements.
pub(super) fn listed(set: Set<'_>) -> Result<Own<PyListObject>> {
    let list = list::new()?;
    table::elements(set).try_for_each(|(element, _)| list::append(list.borrow(), element.borrow()))?;
    Ok(list)
}

fn size_in_memory(set: Set<'_>) -> Result<Ref> {
    int::from_u64((set.class().fields().tp_basicsize as usize + table::block_size(set)) as u64)
}
