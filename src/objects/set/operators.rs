//! The operators of sets: algebra, comparison, hash and repr.

use super::algebra::{
    copy, difference, intersection, is_subset, is_superset, remove_all, symmetric_difference, toggle_all, union,
};
use super::table::{find_hashed, keys};
use super::whole::swap;
use super::{NewSet, Set, as_set, contains, len, update};
use crate::abi::*;
use crate::objects::{list, nested, slots, str};
use crate::runtime::known::{self, NOT_IMPLEMENTED, SET};
use crate::runtime::memory::Text;
use crate::runtime::{Obj, Ref, Result, View, error};
use core::ffi::c_int;

type Any<'a> = View<'a, PyObject>;

/// The number suite of `frozenset`.
pub(super) static mut FROZEN: PyNumberMethods = FROZEN_OPERATORS;

/// The number suite of `set`.
pub(super) static mut CHANGING: PyNumberMethods = PyNumberMethods {
    nb_inplace_subtract: slots::binary(|a, b| in_place(a, b, remove_all)),
    nb_inplace_and: slots::binary(|a, b| in_place(a, b, keep_common)),
    nb_inplace_xor: slots::binary(|a, b| in_place(a, b, toggle_all)),
    nb_inplace_or: slots::binary(|a, b| in_place(a, b, update)),
    ..FROZEN_OPERATORS
};

const FROZEN_OPERATORS: PyNumberMethods = PyNumberMethods {
    nb_subtract: slots::binary(|a, b| of_two(a, b, difference)),
    nb_and: slots::binary(|a, b| of_two(a, b, intersection)),
    nb_xor: slots::binary(|a, b| of_two(a, b, symmetric_difference)),
    nb_or: slots::binary(|a, b| of_two(a, b, union)),
    ..PyNumberMethods::BLANK
};

pub(super) static mut SEQUENCE: PySequenceMethods =
    PySequenceMethods { sq_length: slots::unary(length), sq_contains: slots::binary(has), ..PySequenceMethods::BLANK };

/// The result of an operator, which takes sets only.
fn of_two(a: Any<'_>, b: Obj<'_>, operate: fn(Set<'_>, Obj<'_>) -> Result<NewSet>) -> Result<Ref> {
    match (a.downcast::<PySetObject>(), b.downcast::<PySetObject>()) {
        (Some(set), Some(_)) => Ok(operate(set, b)?.into_ref()),
        _ => Ok(NOT_IMPLEMENTED.to_ref()),
    }
}

/// The result of an operator that changes its left operand.
fn in_place(a: Any<'_>, b: Obj<'_>, change: impl Fn(Set<'_>, Obj<'_>) -> Result<()>) -> Result<Ref> {
    match (a.downcast::<PySetObject>(), b.downcast::<PySetObject>()) {
        (Some(set), Some(_)) => change(set, b).map(|()| a.to_ref()),
        _ => Ok(NOT_IMPLEMENTED.to_ref()),
    }
}

/// Removes the keys that another does not have.
fn keep_common(set: Set<'_>, other: Obj<'_>) -> Result<()> {
    let common = intersection(set, other)?;
    swap(set, common.borrow());
    Ok(())
}

fn length(set: Set<'_>) -> Result<isize> {
    Ok(len(set) as isize)
}

pub(super) fn has(set: Set<'_>, key: Obj<'_>) -> Result<bool> {
    with_frozen(key, contains(set, key), |hash| find_hashed(set, key, hash))
}

/// The result of a search for a key. A `set` has no hash: the search for one is repeated with the hash that a `frozenset` with its
/// keys has.
pub(super) fn with_frozen<T>(key: Obj<'_>, found: Result<T>, again: impl FnOnce(isize) -> Result<T>) -> Result<T> {
    match (found, as_set(key)) {
        (Err(_), Some(set)) if error::pending_is(Exc::TypeError) => {
            error::clear();
            again(hash_of_keys(set))
        }
        (found, _) => found,
    }
}

/// The hash of the keys together, whatever their order is.
fn hash_of_keys(set: Set<'_>) -> isize {
    let shuffle = |hash: isize| {
        let hash = hash as usize;
        (hash ^ 89_869_747 ^ (hash << 16)).wrapping_mul(3_644_798_167)
    };
    let mut hash = keys(set).fold(0, |all, (_, hash)| all ^ shuffle(hash));
    hash ^= (len(set) + 1).wrapping_mul(1_927_868_237);
    hash ^= (hash >> 11) ^ (hash >> 25);
    hash = hash.wrapping_mul(69_069).wrapping_add(907_133_923);
    if hash == usize::MAX { 590_923_713 } else { hash as isize }
}

/// `tp_hash` of `frozenset`, which is kept.
pub(super) fn hash(set: Set<'_>) -> Result<isize> {
    let fields = set.fields();
    // SAFETY: a view's fields can be read and written.
    unsafe {
        if (*fields).hash == -1 {
            (*fields).hash = hash_of_keys(set);
        }
        Ok((*fields).hash)
    }
}

/// The hash that has been computed.
fn known_hash(set: Set<'_>) -> Option<isize> {
    // SAFETY: a view's fields can be read.
    Some(unsafe { (*set.fields()).hash }).filter(|&hash| hash != -1)
}

pub(super) fn compare(set: Set<'_>, other: Obj<'_>, op: c_int) -> Result<Ref> {
    let Some(others) = other.downcast::<PySetObject>() else { return Ok(NOT_IMPLEMENTED.to_ref()) };
    let is_equal = || {
        let differ = known_hash(set).zip(known_hash(others)).is_some_and(|(a, b)| a != b);
        if len(set) != len(others) || differ { Ok(false) } else { is_subset(set, other) }
    };
    Ok(known::bool(match op {
        Py_EQ => is_equal()?,
        Py_NE => !is_equal()?,
        Py_LE => is_subset(set, other)?,
        Py_GE => is_superset(set, other)?,
        Py_LT => len(set) < len(others) && is_subset(set, other)?,
        Py_GT => len(set) > len(others) && is_superset(set, other)?,
        _ => return Ok(NOT_IMPLEMENTED.to_ref()),
    })
    .to_ref())
}

/// The repr: `{1, 2}`, or `Name({1, 2})` for another class than `set`; `set()` without keys.
pub(super) fn repr(set: Set<'_>) -> Result<Ref> {
    let name = set.class().name();
    let mut text = str::Builder::new();
    let inside = Text::format(format_args!("{name}(...)"))?;
    nested::write_once(&mut text, set, inside.as_str(), |text, set| {
        if len(set) == 0 {
            return text.push_format(format_args!("{name}()"));
        }
        let is_plain = set.is_exactly(SET);
        if !is_plain {
            text.push_format(format_args!("{name}("))?;
        }
        text.push_str("{")?;
        // The repr of a key may change the set.
        let keys = list::new()?;
        super::table::keys(set).try_for_each(|(key, _)| list::append(keys.borrow(), key.borrow()))?;
        nested::write_items(text, keys.borrow(), list::get, list::len)?;
        text.push_str(if is_plain { "}" } else { "})" })
    })?;
    text.finish()
}

/// A copy; a `frozenset` itself.
pub(super) fn copied(set: Set<'_>) -> Result<Ref> {
    if set.is_exactly(known::FROZENSET) { Ok(set.to_ref()) } else { Ok(copy(set)?.into_ref()) }
}
