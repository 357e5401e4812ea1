//! Unions, intersections and differences of sets, and comparisons.

use super::table::{add_hashed, discard_hashed, find_hashed, keys};
use super::update::close_gaps;
use super::{NewSet, Set, base_of, clear, contains, discard, from_iterable, instantiate, len, update};
use crate::abi::PySetObject;
use crate::objects::dict;
use crate::protocol::{hash, iteration};
use crate::runtime::known::{FROZENSET, SET};
use crate::runtime::{Obj, Result};

/// A copy: a `set` or a `frozenset`, also of an instance of a subclass.
pub(super) fn copy(set: Set<'_>) -> Result<NewSet> {
    from_iterable(base_of(set.class()), Some(*set))
}

/// The keys of both.
pub(super) fn union(set: Set<'_>, other: Obj<'_>) -> Result<NewSet> {
    let result = copy(set)?;
    if !set.is(other) {
        update(result.borrow(), other)?;
    }
    Ok(result)
}

/// The keys that are in both. They are searched in the larger of two sets.
pub fn intersection(set: Set<'_>, other: Obj<'_>) -> Result<NewSet> {
    if set.is(other) {
        return copy(set);
    }
    let result = instantiate(base_of(set.class()))?;
    if let Some(other) = other.downcast() {
        let (larger, smaller) = if len(other) > len(set) { (other, set) } else { (set, other) };
        for (key, hash) in keys(smaller) {
            if find_hashed(larger, key.borrow(), hash)? {
                add_hashed(result.borrow(), key.borrow(), hash)?;
            }
        }
        return Ok(result);
    }
    let mut items = iteration::Items::of(other)?;
    while let Some(key) = items.advance()? {
        // CPython's message for an object without a hash does not name a set here.
        let hash = hash::hash(key.borrow())?;
        if find_hashed(set, key.borrow(), hash)? {
            add_hashed(result.borrow(), key.borrow(), hash)?;
            // All keys of the set were found: no other one is asked for.
            if len(result.borrow()) >= len(set) {
                break;
            }
        }
    }
    Ok(result)
}

/// Removes the keys of another.
pub fn remove_all(set: Set<'_>, other: Obj<'_>) -> Result<()> {
    if set.is(other) {
        clear(set);
        return Ok(());
    }
    match other.downcast::<PySetObject>() {
        Some(others) => {
            // Of a much larger set only the common keys are of interest.
            let common = if len(others) >> 3 > len(set) { Some(intersection(set, other)?) } else { None };
            let others = common.as_ref().map_or(others, |common| common.borrow());
            for (key, hash) in keys(others) {
                discard_hashed(set, key.borrow(), hash)?;
            }
        }
        None => iteration::each(other, |key| discard(set, key.borrow()).map(|_| ()))?,
    }
    close_gaps(set)
}

/// The keys that are not in another.
pub(super) fn difference(set: Set<'_>, other: Obj<'_>) -> Result<NewSet> {
    let by_removing = || {
        let result = copy(set)?;
        remove_all(result.borrow(), other)?;
        Ok(result)
    };
    let others = other.downcast::<PySetObject>();
    let dict = other.downcast_exactly(dict::DICT);
    let Some(size) = others.map(len).or(dict.map(dict::len)) else { return by_removing() };
    if len(set) >> 2 > size {
        return by_removing();
    }
    let result = instantiate(base_of(set.class()))?;
    for (key, hash) in keys(set) {
        let is_there = match (others, dict) {
            (Some(others), _) => find_hashed(others, key.borrow(), hash)?,
            (None, Some(dict)) => dict::get_hashed(dict, key.borrow(), hash)?.is_some(),
            (None, None) => false,
        };
        if !is_there {
            add_hashed(result.borrow(), key.borrow(), hash)?;
        }
    }
    Ok(result)
}

/// Removes the keys that are also in another, and adds the other's other keys.
pub fn toggle_all(set: Set<'_>, other: Obj<'_>) -> Result<()> {
    if set.is(other) {
        clear(set);
        return Ok(());
    }
    let toggle = |key: Obj<'_>, hash: isize| {
        if !discard_hashed(set, key, hash)? {
            add_hashed(set, key, hash)?;
        }
        Ok(())
    };
    if let Some(dict) = other.downcast_exactly(dict::DICT) {
        return dict::entries_hashed(dict).try_for_each(|entry| toggle(entry.key.borrow(), entry.hash));
    }
    let others = match other.downcast() {
        Some(others) => others.to_own(),
        None => from_iterable(base_of(set.class()), Some(other))?,
    };
    keys(others.borrow()).try_for_each(|(key, hash)| toggle(key.borrow(), hash))
}

/// The keys that are in one of both only.
pub(super) fn symmetric_difference(set: Set<'_>, other: Obj<'_>) -> Result<NewSet> {
    let result = from_iterable(base_of(set.class()), Some(other))?;
    toggle_all(result.borrow(), *set)?;
    Ok(result)
}

/// Whether two have no key in common.
pub(super) fn is_disjoint(set: Set<'_>, other: Obj<'_>) -> Result<bool> {
    if set.is(other) {
        return Ok(len(set) == 0);
    }
    let is_exact = other.is_exactly(SET) || other.is_exactly(FROZENSET);
    if let Some(others) = other.downcast().filter(|_| is_exact) {
        let (larger, smaller) = if len(others) > len(set) { (others, set) } else { (set, others) };
        for (key, hash) in keys(smaller) {
            if find_hashed(larger, key.borrow(), hash)? {
                return Ok(false);
            }
        }
        return Ok(true);
    }
    let mut items = iteration::Items::of(other)?;
    while let Some(key) = items.advance()? {
        if contains(set, key.borrow())? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether all keys are also in another.
pub(super) fn is_subset(set: Set<'_>, other: Obj<'_>) -> Result<bool> {
    let Some(others) = other.downcast() else {
        return Ok(len(intersection(set, other)?.borrow()) == len(set));
    };
    if len(set) > len(others) {
        return Ok(false);
    }
    for (key, hash) in keys(set) {
        if !find_hashed(others, key.borrow(), hash)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether all keys of another are here too.
pub(super) fn is_superset(set: Set<'_>, other: Obj<'_>) -> Result<bool> {
    if let Some(others) = other.downcast() {
        return is_subset(others, *set);
    }
    let mut items = iteration::Items::of(other)?;
    while let Some(key) = items.advance()? {
        if !contains(set, key.borrow())? {
            return Ok(false);
        }
    }
    Ok(true)
}
