//! The methods of sets.

use super::algebra::{
    copy, difference, intersection, is_disjoint, is_subset, is_superset, remove_all, symmetric_difference, toggle_all,
};
use super::operators::{copied, has, with_frozen};
use super::table::{discard_hashed, mask};
use super::whole::swap;
use super::{Set, add, clear, discard, pop, update};
use crate::abi::{PyMethodDef, PySet_MINSIZE, PySetObject, setentry};
use crate::objects::{class_lookup, convert, dict, int, method_table, slots, tuple};
use crate::runtime::known::{self, NONE};
use crate::runtime::{Obj, Own, Ref, Result};

pub(super) static mut FROZEN: [PyMethodDef; 13] = method_table::joined(QUESTIONS, []);

pub(super) static mut CHANGING: [PyMethodDef; 22] = method_table::joined(QUESTIONS, CHANGES);

const QUESTIONS: [PyMethodDef; 12] = [
    class_lookup::CLASS_GETITEM,
    slots::method_o(c"__contains__", |set, key| Ok(known::bool(has(set, key)?).to_ref()))
        .instead_of_slot(c"__contains__($self, object, /)\n--\n\n"),
    slots::method_noargs(c"__reduce__", reduce),
    slots::method_noargs(c"copy", copied),
    slots::method_fastcall(c"difference", difference_of_all),
    slots::method_fastcall(c"intersection", intersection_of_all),
    slots::method_o(c"isdisjoint", |set, other| Ok(known::bool(is_disjoint(set, other)?).to_ref())),
    slots::method_o(c"issubset", |set, other| Ok(known::bool(is_subset(set, other)?).to_ref())),
    slots::method_o(c"issuperset", |set, other| Ok(known::bool(is_superset(set, other)?).to_ref())),
    slots::method_o(c"symmetric_difference", |set, other| Ok(symmetric_difference(set, other)?.into_ref())),
    slots::method_fastcall(c"union", union_of_all),
    slots::method_noargs(c"__sizeof__", size_in_memory),
];

const CHANGES: [PyMethodDef; 9] = [
    slots::method_o(c"add", |set, key| none(add(set, key))),
    slots::method_noargs(c"clear", |set| {
        clear(set);
        none(Ok(()))
    }),
    slots::method_o(c"discard", |set, key| none(discard_any(set, key).map(|_| ()))),
    slots::method_fastcall(c"difference_update", |set, others| {
        none(others.iter().try_for_each(|other| remove_all(set, *other)))
    }),
    slots::method_fastcall(c"intersection_update", intersection_update),
    slots::method_noargs(c"pop", pop),
    slots::method_o(c"remove", remove),
    slots::method_o(c"symmetric_difference_update", |set, other| none(toggle_all(set, other))),
    slots::method_fastcall(c"update", |set, others| none(others.iter().try_for_each(|other| update(set, *other)))),
];

fn none(done: Result<()>) -> Result<Ref> {
    done.map(|()| NONE.to_ref())
}

fn union_of_all(set: Set<'_>, others: &[Obj<'_>]) -> Result<Ref> {
    let result = copy(set)?;
    for other in others.iter().filter(|other| !other.is(*set)) {
        update(result.borrow(), *other)?;
    }
    Ok(result.into_ref())
}

/// The intersection of a set and others; a copy without any.
fn common(set: Set<'_>, others: &[Obj<'_>]) -> Result<Own<PySetObject>> {
    let Some((first, rest)) = others.split_first() else { return copy(set) };
    rest.iter().try_fold(intersection(set, *first)?, |result, other| intersection(result.borrow(), *other))
}

fn intersection_of_all(set: Set<'_>, others: &[Obj<'_>]) -> Result<Ref> {
    common(set, others).map(Own::into_ref)
}

fn intersection_update(set: Set<'_>, others: &[Obj<'_>]) -> Result<Ref> {
    let common = common(set, others)?;
    swap(set, common.borrow());
    none(Ok(()))
}

fn difference_of_all(set: Set<'_>, others: &[Obj<'_>]) -> Result<Ref> {
    let Some((first, rest)) = others.split_first() else { return copy(set).map(Own::into_ref) };
    let result = difference(set, *first)?;
    rest.iter().try_for_each(|other| remove_all(result.borrow(), *other))?;
    Ok(result.into_ref())
}

/// Removes a key, which may be a set like a `frozenset` in this one, and returns whether it was there.
fn discard_any(set: Set<'_>, key: Obj<'_>) -> Result<bool> {
    with_frozen(key, discard(set, key), |hash| discard_hashed(set, key, hash))
}

fn remove(set: Set<'_>, key: Obj<'_>) -> Result<Ref> {
    if discard_any(set, key)? { none(Ok(())) } else { Err(dict::missing(key)) }
}

/// `__reduce__`: the class, a list of the elements as its argument, and the attributes, which a set without a dict does not have.
fn reduce(set: Set<'_>) -> Result<Ref> {
    let keys = convert::to_list(*set)?;
    let arguments = tuple::from_slice(&[keys.as_obj()])?;
    Ok(tuple::from_slice(&[set.class().as_obj(), arguments.as_obj(), NONE])?.into_ref())
}

fn size_in_memory(set: Set<'_>) -> Result<Ref> {
    let places = mask(set) + 1;
    let table = if places > PySet_MINSIZE { places * size_of::<setentry>() } else { 0 };
    int::from_i64((set.class().fields().tp_basicsize as usize + table) as i64)
}
