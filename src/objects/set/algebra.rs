//! Operations on two sets. Each asks the same questions in the same order as CPython, since the order of the result depends on it.

use super::{Set, copy, empty, len, made, table, update};
use crate::abi::PySetObject;
use crate::objects::dict;
use crate::protocol::{hash, iteration};
use crate::runtime::{Obj, Own, Result};

/// The elements of a set that an iterable has too.
pub fn intersection(set: Set<'_>, other: Obj<'_>) -> Result<Own<PySetObject>> {
    if set.is(other) {
        return copy(set);
    }
    let result = empty(super::base_of(set))?;
    if let Some(other) = other.downcast() {
        // The smaller one is walked, the larger one is asked.
        let (walked, asked) = if len(other) > len(set) { (set, other) } else { (other, set) };
        for (element, hash) in table::elements(walked) {
            if table::contains(asked, element.borrow(), hash)? {
                table::add(result.borrow(), element.borrow(), hash)?;
            }
        }
        return Ok(result);
    }
    let mut elements = iteration::Items::of(other)?;
    while let Some(element) = elements.advance()? {
        let hash = hash::hash(element.borrow())?;
        if table::contains(set, element.borrow(), hash)? {
            table::add(result.borrow(), element.borrow(), hash)?;
            // All elements were found: no other one is asked for.
            if len(result.borrow()) >= len(set) {
                break;
            }
        }
    }
    Ok(result)
}

/// The elements that a set and all iterables have.
pub fn intersection_of_all(set: Set<'_>, others: &[Obj<'_>]) -> Result<Own<PySetObject>> {
    let mut result = set.to_own();
    if others.is_empty() {
        return copy(set);
    }
    for other in others {
        result = intersection(result.borrow(), *other)?;
    }
    Ok(result)
}

/// Removes the elements of an iterable.
pub fn remove_all(set: Set<'_>, other: Obj<'_>) -> Result<()> {
    if set.is(other) {
        table::clear(set);
        return Ok(());
    }
    match other.downcast::<PySetObject>() {
        Some(other) => {
            // Of a much larger set, only the common elements are removed.
            let common = if len(other) >> 3 > len(set) { Some(intersection(set, *other)?) } else { None };
            for (element, hash) in table::elements(common.as_ref().map_or(other, Own::borrow)) {
                table::discard(set, element.borrow(), hash)?;
            }
        }
        None => iteration::each(other, |element| super::discard(set, element.borrow()).map(drop))?,
    }
    table::tidy(set)
}

/// The elements of a set that an iterable does not have.
pub fn difference(set: Set<'_>, other: Obj<'_>) -> Result<Own<PySetObject>> {
    let (others, keys) = (other.downcast::<PySetObject>(), other.downcast_exactly(dict::DICT));
    let count = others.map(len).or_else(|| keys.map(dict::len));
    // Few elements are removed from a copy rather than searched for each element of the set.
    if count.is_none_or(|count| len(set) >> 2 > count) {
        let result = copy(set)?;
        remove_all(result.borrow(), other)?;
        return Ok(result);
    }
    let result = empty(super::base_of(set))?;
    for (element, hash) in table::elements(set) {
        let is_there = match (others, keys) {
            (Some(others), _) => table::contains(others, element.borrow(), hash)?,
            (None, Some(keys)) => dict::get_hashed(keys, element.borrow(), hash)?.is_some(),
            (None, None) => false,
        };
        if !is_there {
            table::add(result.borrow(), element.borrow(), hash)?;
        }
    }
    Ok(result)
}

/// The elements of a set that none of the iterables has.
pub fn difference_of_all(set: Set<'_>, others: &[Obj<'_>]) -> Result<Own<PySetObject>> {
    let Some((first, others)) = others.split_first() else { return copy(set) };
    let result = difference(set, *first)?;
    others.iter().try_for_each(|other| remove_all(result.borrow(), *other))?;
    Ok(result)
}

/// Removes the elements that an iterable has too, and adds its others.
pub fn toggle(set: Set<'_>, other: Obj<'_>) -> Result<()> {
    if set.is(other) {
        table::clear(set);
        return Ok(());
    }
    let toggle = |element: Obj<'_>, hash: isize| match table::discard(set, element, hash)? {
        true => Ok(()),
        false => table::add(set, element, hash),
    };
    if let Some(keys) = other.downcast_exactly(dict::DICT) {
        return dict::entries_hashed(keys).try_for_each(|entry| toggle(entry.key.borrow(), entry.hash));
    }
    let others = match other.downcast::<PySetObject>() {
        Some(others) => others.to_own(),
        // An element that an iterable gives twice counts once.
        None => made(super::base_of(set), Some(other))?,
    };
    table::elements(others.borrow()).try_for_each(|(element, hash)| toggle(element.borrow(), hash))
}

/// The elements that either a set or an iterable has, but not both.
pub fn symmetric_difference(set: Set<'_>, other: Obj<'_>) -> Result<Own<PySetObject>> {
    let result = made(super::base_of(set), Some(other))?;
    toggle(result.borrow(), *set)?;
    Ok(result)
}

/// The elements of a set and of all iterables.
pub fn union_of_all(set: Set<'_>, others: &[Obj<'_>]) -> Result<Own<PySetObject>> {
    let result = copy(set)?;
    for other in others.iter().filter(|other| !set.is(**other)) {
        update(result.borrow(), *other)?;
    }
    Ok(result)
}

/// Whether a set and an iterable have no common element.
pub fn is_disjoint(set: Set<'_>, other: Obj<'_>) -> Result<bool> {
    if set.is(other) {
        return Ok(len(set) == 0);
    }
    let exact = |class| other.is_exactly(class);
    if let Some(other) = other.downcast().filter(|_| exact(super::SET) || exact(super::FROZENSET)) {
        let (walked, asked) = if len(other) > len(set) { (set, other) } else { (other, set) };
        for (element, hash) in table::elements(walked) {
            if table::contains(asked, element.borrow(), hash)? {
                return Ok(false);
            }
        }
        return Ok(true);
    }
    let mut elements = iteration::Items::of(other)?;
    while let Some(element) = elements.advance()? {
        if super::contains(set, element.borrow())? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether all elements of a set are among those of an iterable.
pub fn is_subset(set: Set<'_>, other: Obj<'_>) -> Result<bool> {
    let Some(other) = other.downcast() else {
        return Ok(len(intersection(set, other)?.borrow()) == len(set));
    };
    if len(set) > len(other) {
        return Ok(false);
    }
    for (element, hash) in table::elements(set) {
        if !table::contains(other, element.borrow(), hash)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether all elements of an iterable are among those of a set.
pub fn is_superset(set: Set<'_>, other: Obj<'_>) -> Result<bool> {
    if let Some(other) = other.downcast() {
        return is_subset(other, *set);
    }
    let mut elements = iteration::Items::of(other)?;
    while let Some(element) = elements.advance()? {
        if !super::contains(set, element.borrow())? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Keeps only the elements that all iterables have.
pub fn keep_common(set: Set<'_>, others: &[Obj<'_>]) -> Result<()> {
    let common = intersection_of_all(set, others)?;
    table::swap(set, common.borrow());
    Ok(())
}

/// Adds an element of each iterable.
pub fn update_all(set: Set<'_>, others: &[Obj<'_>]) -> Result<()> {
    others.iter().try_for_each(|other| update(set, *other))
}
