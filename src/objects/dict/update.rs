//! Merging another dict, any mapping, or pairs into a dict.

use super::{DICT, Dict, entries_hashed, fill_from, find, hash_of_key, insert, is_fresh, len, new, set_hashed};
use crate::abi::{Exc, PyDictObject};
use crate::objects::{attributes, class_name, convert, iterator, subscript};
use crate::objects::{call, str, tuple};
use crate::protocol::{attribute, iteration};
use crate::runtime::{Obj, Own, Raised, Ref, Result, error, raise};

/// The treatment of a key that exists already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Duplicates {
    /// The key keeps its value.
    Keep,
    /// The key gets the new value.
    Replace,
}

/// Adds one item. `hash` is the key's.
fn put(dict: Dict<'_>, key: Obj<'_>, hash: isize, value: Obj<'_>, duplicates: Duplicates) -> Result<()> {
    match duplicates {
        Duplicates::Replace => set_hashed(dict, key, hash, value),
        Duplicates::Keep => match find(dict, key, hash)? {
            Some(_) => Ok(()),
            None => insert(dict, key, hash, value),
        },
    }
}

/// Adds the items of a dict, or of any object with `keys` and items by key (CPython: `PyDict_Merge`).
pub fn merge(dict: Dict<'_>, other: Obj<'_>, duplicates: Duplicates) -> Result<()> {
    if let Some(other) = other.downcast().filter(|other| iterates_as_dict(*other)) {
        return merge_dict(dict, other, duplicates);
    }
    let keys = call_keys(other)?;
    let keys = iterator::of(keys.borrow())
        .map_err(|raised| iteration::instead_of_type_error(raised, || no_keys(other, keys.borrow())))?;
    iteration::each_next(keys.borrow(), |key| {
        let hash = hash_of_key(key.borrow())?;
        if duplicates == Duplicates::Keep && find(dict, key.borrow(), hash)?.is_some() {
            return Ok(());
        }
        let value = subscript::get(other, key.borrow())?;
        set_hashed(dict, key.borrow(), hash, value.borrow())
    })
}

/// TypeError: the method `keys` gave an object without items.
#[cold]
fn no_keys(o: Obj<'_>, keys: Obj<'_>) -> Raised {
    let names = class_name::fully_qualified(o.class(), '.')
        .and_then(|class| Ok((class, class_name::fully_qualified(keys.class(), '.')?)));
    match names {
        Ok((class, kind)) => {
            let (class, kind) = (str::as_text(class.borrow()), str::as_text(kind.borrow()));
            raise!(TypeError, "{class}.keys() returned a non-iterable (type {kind})")
        }
        Err(raised) => raised,
    }
}

/// Whether iterating over a dict gives the items of its table. A subclass with a `tp_iter` of its own may give others.
fn iterates_as_dict(dict: Dict<'_>) -> bool {
    let [own, plain] = [dict.class(), DICT].map(|class| class.fields().tp_iter);
    own.zip(plain).is_some_and(|(own, plain)| core::ptr::fn_addr_eq(own, plain))
}

fn call_keys(o: Obj<'_>) -> Result<Ref> {
    let keys = attributes::get(o, str::from_str("keys")?.borrow())?;
    call::vectorcall(keys.borrow(), &[], None)
}

fn merge_dict(dict: Dict<'_>, other: Dict<'_>, duplicates: Duplicates) -> Result<()> {
    if dict.is(*other) {
        return Ok(());
    }
    if is_fresh(dict) {
        return fill_from(dict, other);
    }
    let length = len(other);
    for entry in entries_hashed(other) {
        put(dict, entry.key.borrow(), entry.hash, entry.value.borrow(), duplicates)?;
        if len(other) != length {
            return Err(raise!(RuntimeError, "dict mutated during update"));
        }
    }
    Ok(())
}

/// Adds the items of an iterable of pairs (CPython: `PyDict_MergeFromSeq2`).
fn merge_pairs(dict: Dict<'_>, pairs: Obj<'_>, duplicates: Duplicates) -> Result<()> {
    each_pair(pairs, |key, value| put_pair(dict, key, value, duplicates))
}

/// Adds one pair.
pub fn put_pair(dict: Dict<'_>, key: Obj<'_>, value: Obj<'_>, duplicates: Duplicates) -> Result<()> {
    put(dict, key, hash_of_key(key)?, value, duplicates)
}

/// Calls a function with each pair of an iterable; TypeError or ValueError for an item that is not a pair.
pub fn each_pair(pairs: Obj<'_>, mut work: impl FnMut(Obj<'_>, Obj<'_>) -> Result<()>) -> Result<()> {
    let mut index = 0usize;
    iteration::each(pairs, |pair| {
        let pair =
            convert::fast(pair.borrow(), Some(&|| raise!(TypeError, "object is not iterable"))).map_err(|raised| {
                let note = format_args!("Cannot convert dictionary update sequence element #{index} to a sequence");
                if error::pending_is(Exc::TypeError) { error::with_note(raised, note) } else { raised }
            })?;
        let pair = convert::to_tuple(pair.borrow())?;
        let [key, value] = tuple::items(pair.borrow()) else {
            return Err(raise!(
                ValueError,
                "dictionary update sequence element #{index} has length {}; 2 is required",
                tuple::len(pair.borrow())
            ));
        };
        index += 1;
        work(*key, *value)
    })
}

/// Adds the items of a mapping, which has `keys`, or of an iterable of pairs, as Python's `dict.update` does.
pub fn update(dict: Dict<'_>, other: Obj<'_>) -> Result<()> {
    let is_mapping = other.is_exactly(DICT) || attribute::find(other, str::from_str("keys")?.borrow())?.is_some();
    match is_mapping {
        true => merge(dict, other, Duplicates::Replace),
        false => merge_pairs(dict, other, Duplicates::Replace),
    }
}

/// A new dict with the same items.
pub fn copy(dict: Dict<'_>) -> Result<Own<PyDictObject>> {
    let copy = new()?;
    merge(copy.borrow(), *dict, Duplicates::Replace)?;
    Ok(copy)
}
