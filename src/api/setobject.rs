//! `Include/setobject.h` and `Include/cpython/setobject.h`: sets.

use crate::abi::{Py_ssize_t, PyObject};
use crate::objects::set::{self, Set};
use crate::runtime::known::{FROZENSET, SET};
use crate::runtime::refusal::bad_argument;
use crate::runtime::{Arg, IntoC, Obj, OutHash, OutObject, Position, Ref, Result};
use core::ffi::c_int;

/// An argument that has to be a `set` or a `frozenset`; SystemError for others.
fn any<'a>(o: Arg<'a>, function: &'static str) -> Result<Set<'a>> {
    o.and_then(Obj::downcast).ok_or_else(|| bad_argument(function))
}

/// An argument that has to be a `set`; SystemError for others.
fn changing<'a>(o: Arg<'a>, function: &'static str) -> Result<Set<'a>> {
    o.and_then(set::as_set).ok_or_else(|| bad_argument(function))
}

/// A new `set` of the items of an iterable, empty for NULL: a new reference, or NULL with an error set.
#[unsafe(no_mangle)]
pub extern "C" fn PySet_New(iterable: Arg) -> *mut PyObject {
    set::from_iterable(SET, iterable).into_c()
}

/// A new `frozenset` of the items of an iterable, empty for NULL: a new reference, or NULL with an error set.
#[unsafe(no_mangle)]
pub extern "C" fn PyFrozenSet_New(iterable: Arg) -> *mut PyObject {
    set::from_iterable(FROZENSET, iterable).into_c()
}

/// The number of keys, or -1 with SystemError for an object that is not a set.
#[unsafe(no_mangle)]
pub extern "C" fn PySet_Size(o: Arg) -> Py_ssize_t {
    any(o, "PySet_Size").map(|set| set::len(set) as Py_ssize_t).into_c()
}

/// Whether a key is in a set: 1 or 0, or -1 with SystemError for an object that is not a set, TypeError for a key
/// without a hash.
#[unsafe(no_mangle)]
pub extern "C" fn PySet_Contains(o: Arg, key: Arg) -> c_int {
    const NAME: &str = "PySet_Contains";
    any(o, NAME).and_then(|set| set::contains(set, key.ok_or_else(|| bad_argument(NAME))?)).into_c()
}

/// Adds a key to a `set`, or to a new `frozenset` that only the caller has: 0, or -1 with SystemError for another
/// object, TypeError for a key without a hash.
#[unsafe(no_mangle)]
pub extern "C" fn PySet_Add(o: Arg, key: Arg) -> c_int {
    const NAME: &str = "PySet_Add";
    let set = any(o, NAME).and_then(|set| match set::as_set(*set) {
        None if set.refcnt() != 1 => Err(bad_argument(NAME)),
        _ => Ok(set),
    });
    set.and_then(|set| set::add(set, key.ok_or_else(|| bad_argument(NAME))?)).into_c()
}

/// Removes a key from a `set`: 1 if it was there, 0 if not, or -1 with SystemError for another object, TypeError for a
/// key without a hash.
#[unsafe(no_mangle)]
pub extern "C" fn PySet_Discard(o: Arg, key: Arg) -> c_int {
    const NAME: &str = "PySet_Discard";
    changing(o, NAME).and_then(|set| set::discard(set, key.ok_or_else(|| bad_argument(NAME))?)).into_c()
}

/// Removes a key from a `set` and returns it: a new reference, or NULL with KeyError for an empty set, SystemError for
/// another object.
#[unsafe(no_mangle)]
pub extern "C" fn PySet_Pop(o: Arg) -> *mut PyObject {
    changing(o, "PySet_Pop").and_then(set::pop).into_c()
}

/// Removes all keys of a `set`: 0, or -1 with SystemError for another object.
#[unsafe(no_mangle)]
pub extern "C" fn PySet_Clear(o: Arg) -> c_int {
    changing(o, "PySet_Clear").map(set::clear).into_c()
}

/// The next key of a set from a position on, which begins at 0 and is advanced: 1 with a borrowed reference in `*key`
/// and the hash in `*hash`; 0 at the end; -1 with SystemError for an object that is not a set. The set must not change
/// meanwhile.
#[unsafe(no_mangle)]
pub extern "C" fn _PySet_NextEntry(o: Arg, position: Position, key: OutObject, hash: OutHash) -> c_int {
    next_entry(o, position, hash, |found| key.set(found.as_ptr()))
}

/// The next key of a set, as [`_PySet_NextEntry`] gives it, but as a new reference.
#[unsafe(no_mangle)]
pub extern "C" fn _PySet_NextEntryRef(o: Arg, position: Position, key: OutObject, hash: OutHash) -> c_int {
    next_entry(o, position, hash, |found| key.hand_out(Some(found)))
}

fn next_entry(o: Arg, position: Position, hash: OutHash, give: impl FnOnce(Ref)) -> c_int {
    let next = || {
        let set: Set<'_> = any(o, "_PySet_NextEntry")?;
        let position = position.ok_or_else(|| bad_argument("_PySet_NextEntry"))?;
        let from = usize::try_from(position.get()).unwrap_or(usize::MAX);
        let Some((found, its_hash, after)) = set::next(set, from) else { return Ok(false) };
        position.set(after as Py_ssize_t);
        hash.set(its_hash);
        give(found);
        Ok(true)
    };
    next().into_c()
}

/// Adds the items of an iterable to a set: 0, or -1 with SystemError for an object that is not a set, or another error.
#[unsafe(no_mangle)]
pub extern "C" fn _PySet_Update(o: Arg, iterable: Arg) -> c_int {
    const NAME: &str = "_PySet_Update";
    changing(o, NAME).and_then(|set| set::update(set, iterable.ok_or_else(|| bad_argument(NAME))?)).into_c()
}
