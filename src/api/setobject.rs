//! `Include/setobject.h`: sets and frozensets.

use crate::abi::{Py_ssize_t, PyObject};
use crate::objects::set::{self, Set};
use crate::runtime::refusal::bad_argument;
use crate::runtime::{Arg, IntoC, Obj, OutObject, OutSize, Position, Result};
use core::ffi::c_int;

/// Borrows a set or frozenset; any other object, or NULL, is a SystemError.
fn set_argument<'a>(o: Arg<'a>, function: &'static str) -> Result<Set<'a>> {
    o.and_then(Obj::downcast).ok_or_else(|| bad_argument(function))
}

/// Borrows a `set`, which can be changed; any other object, or NULL, is a SystemError.
fn changeable_argument<'a>(o: Arg<'a>, function: &'static str) -> Result<Set<'a>> {
    o.filter(|o| set::is_set(*o)).and_then(Obj::downcast).ok_or_else(|| bad_argument(function))
}

/// Borrows an element; NULL is a SystemError.
fn element_argument<'a>(o: Arg<'a>, function: &'static str) -> Result<Obj<'a>> {
    o.ok_or_else(|| bad_argument(function))
}

/// A `set` with the elements of an iterable, or an empty one for NULL. A new reference, or NULL with TypeError for an object that
/// is not iterable or an element without a hash, MemoryError.
#[unsafe(no_mangle)]
pub extern "C" fn PySet_New(iterable: Arg) -> *mut PyObject {
    set::new(iterable).into_c()
}

/// [`PySet_New`] for a `frozenset`.
#[unsafe(no_mangle)]
pub extern "C" fn PyFrozenSet_New(iterable: Arg) -> *mut PyObject {
    set::new_frozen(iterable).into_c()
}

/// The number of elements of a set or frozenset, or -1 with SystemError for another object.
#[unsafe(no_mangle)]
pub extern "C" fn PySet_Size(set: Arg) -> Py_ssize_t {
    set_argument(set, "PySet_Size").map(|set| set::len(set) as isize).into_c()
}

/// Whether an object is an element of a set or frozenset: 1 or 0, or -1 with TypeError for an object without a hash, SystemError
/// when `set` is another object.
#[unsafe(no_mangle)]
pub extern "C" fn PySet_Contains(set: Arg, key: Arg) -> c_int {
    set_argument(set, "PySet_Contains")
        .and_then(|set| set::contains(set, element_argument(key, "PySet_Contains")?))
        .into_c()
}

/// Adds an element: 0, or -1 with TypeError for an object without a hash, MemoryError, SystemError when `set` is not a `set`. A
/// `frozenset` to which the caller has the only reference can be filled too.
#[unsafe(no_mangle)]
pub extern "C" fn PySet_Add(set: Arg, key: Arg) -> c_int {
    let is_new = |o: &Obj<'_>| set::is_set(*o) || set::is_frozen(*o) && o.refcnt() == 1;
    set_argument(set.filter(is_new), "PySet_Add")
        .and_then(|set| set::add(set, element_argument(key, "PySet_Add")?))
        .into_c()
}

/// Removes an element: 1, or 0 when it is missing, or -1 with TypeError for an object without a hash, SystemError when `set` is not
/// a `set`.
#[unsafe(no_mangle)]
pub extern "C" fn PySet_Discard(set: Arg, key: Arg) -> c_int {
    changeable_argument(set, "PySet_Discard")
        .and_then(|set| set::discard(set, element_argument(key, "PySet_Discard")?))
        .into_c()
}

/// Removes any element: a new reference to it, or NULL with KeyError for an empty set, SystemError when `set` is not a `set`.
#[unsafe(no_mangle)]
pub extern "C" fn PySet_Pop(set: Arg) -> *mut PyObject {
    changeable_argument(set, "PySet_Pop").and_then(set::take_any).into_c()
}

/// Removes all elements: 0, or -1 with SystemError when `set` is not a `set`.
#[unsafe(no_mangle)]
pub extern "C" fn PySet_Clear(set: Arg) -> c_int {
    changeable_argument(set, "PySet_Clear").map(set::clear).into_c()
}

/// Adds the elements of an iterable: 0, or -1 with the errors of [`PySet_New`], SystemError when `set` is not a `set`.
#[unsafe(no_mangle)]
pub extern "C" fn _PySet_Update(set: Arg, iterable: Arg) -> c_int {
    changeable_argument(set, "_PySet_Update")
        .and_then(|set| set::update(set, element_argument(iterable, "_PySet_Update")?))
        .into_c()
}

/// The element at or after a position, and its hash: 1 with a borrowed reference, 0 at the end, or -1 with SystemError when `set`
/// is not a set. The position, 0 at first, moves on.
#[unsafe(no_mangle)]
pub extern "C" fn _PySet_NextEntry(set: Arg, position: Position, key: OutObject, hash: OutSize) -> c_int {
    let next = |set| {
        let place = position.map_or(Ok(0), |position| usize::try_from(position.get())).ok()?;
        set::next_address(set, place)
    };
    let entry = match set_argument(set, "_PySet_NextEntry").map(next) {
        Ok(Some(entry)) => entry,
        Ok(None) => return 0,
        Err(raised) => return Err::<(), _>(raised).into_c(),
    };
    key.set(entry.0);
    hash.set(entry.1);
    if let Some(position) = position {
        position.set(entry.2 as Py_ssize_t);
    }
    1
}
