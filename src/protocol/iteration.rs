//! Iteration: `tp_iter`, `tp_iternext`, and items by number for a type without `tp_iter`.

use super::compare::equal;
use super::{sequence, suite};
use crate::abi::{Exc, PyObject};
use crate::runtime::{IntoC, Obj, Raised, Ref, Result, error, raise};

/// `tp_iternext` of a class made at run time that has no `__next__`: TypeError (CPython:
/// `_PyObject_NextNotImplemented`).
///
/// # Safety
/// `o` is a live object.
pub unsafe extern "C" fn no_next(o: *mut PyObject) -> *mut PyObject {
    // SAFETY: a slot is called with a live object.
    let o = unsafe { Obj::from_ptr_unchecked(o) };
    Result::<Ref>::Err(raise!(TypeError, "'{}' object is not iterable", o.class().name())).into_c()
}

/// The iterator that `tp_iter` gives; `None` without the slot; TypeError when the result is not an iterator.
fn by_slot(o: Obj<'_>) -> Result<Option<Ref>> {
    let Some(slot) = o.class().fields().tp_iter else { return Ok(None) };
    // SAFETY: the slot belongs to the type of `o`, which is alive.
    let iterator = unsafe { Ref::from_ptr(slot(o.as_ptr())) }.ok_or_else(|| error::fetched_from_c("__iter__"))?;
    if check(iterator.borrow()) {
        return Ok(Some(iterator));
    }
    Err(raise!(TypeError, "iter() returned non-iterator of type '{}'", iterator.borrow().class().name()))
}

/// The iterator of an object; `None` when it has no iterator of its own, but gives its items by number. TypeError when
/// it is not iterable.
pub fn own(o: Obj<'_>) -> Result<Option<Ref>> {
    match by_slot(o)? {
        None if !sequence::check(o) => Err(raise!(TypeError, "'{}' object is not iterable", o.class().name())),
        iterator => Ok(iterator),
    }
}

/// Whether the object is an iterator.
pub fn check(o: Obj<'_>) -> bool {
    let refuses: unsafe extern "C" fn(*mut PyObject) -> *mut PyObject = no_next;
    o.class().fields().tp_iternext.is_some_and(|slot| !core::ptr::fn_addr_eq(slot, refuses))
}

/// The next item of an iterator; `None` at the end. TypeError for an object that is not an iterator.
#[inline]
pub fn next(iterator: Obj<'_>) -> Result<Option<Ref>> {
    let Some(slot) = iterator.class().fields().tp_iternext else { return Err(no_iterator(iterator)) };
    // SAFETY: the slot belongs to the iterator's type.
    match unsafe { Ref::from_ptr(slot(iterator.as_ptr())) } {
        Some(item) => Ok(Some(item)),
        None => at_end(),
    }
}

/// The result of an iterator that gave no item: the end, which StopIteration may accompany, or an error.
#[cold]
#[inline(never)]
fn at_end() -> Result<Option<Ref>> {
    if !error::occurred() {
        return Ok(None);
    }
    if error::pending_is(Exc::StopIteration) {
        error::clear();
        return Ok(None);
    }
    Err(error::fetched_from_c("__next__"))
}

#[cold]
#[inline(never)]
fn no_iterator(o: Obj<'_>) -> Raised {
    raise!(TypeError, "expected an iterator, got '{}'", o.class().name())
}

/// The item of a sequence at a position; `None` at the end, which IndexError and StopIteration signal.
pub fn at_position(o: Obj<'_>, position: usize) -> Result<Option<Ref>> {
    let Ok(index) = isize::try_from(position) else {
        return Err(raise!(OverflowError, "iter index too large"));
    };
    match sequence::item(o, index) {
        Ok(item) => Ok(Some(item)),
        Err(_) if error::pending_is(Exc::IndexError) || error::pending_is(Exc::StopIteration) => {
            error::clear();
            Ok(None)
        }
        Err(raised) => Err(raised),
    }
}

/// The items of an iterable, one after the other, from its iterator or by number.
#[derive(Debug)]
pub enum Items<'a> {
    /// The items that an iterator gives.
    Iterator(Ref),
    /// The items of a sequence from a position on.
    Sequence(Obj<'a>, usize),
}

impl<'a> Items<'a> {
    /// Begins an iteration; TypeError when the object is not iterable.
    pub fn of(o: Obj<'a>) -> Result<Self> {
        Ok(own(o)?.map_or(Items::Sequence(o, 0), Items::Iterator))
    }

    /// The next item; `None` at the end.
    pub fn advance(&mut self) -> Result<Option<Ref>> {
        match self {
            Items::Iterator(iterator) => next(iterator.borrow()),
            Items::Sequence(o, position) => {
                let item = at_position(*o, *position)?;
                *position += 1;
                Ok(item)
            }
        }
    }
}

/// Passes each item of an iterable to a function, until the function fails.
pub fn each(iterable: Obj<'_>, mut work: impl FnMut(Ref) -> Result<()>) -> Result<()> {
    let mut items = Items::of(iterable)?;
    while let Some(item) = items.advance()? {
        work(item)?;
    }
    Ok(())
}

/// Passes each item that an iterator still has to a function, until the function fails.
pub fn each_next(iterator: Obj<'_>, mut work: impl FnMut(Ref) -> Result<()>) -> Result<()> {
    while let Some(item) = next(iterator)? {
        work(item)?;
    }
    Ok(())
}

/// Whether an object is among the items (CPython: `PySequence_Contains`).
pub fn contains(o: Obj<'_>, value: Obj<'_>) -> Result<bool> {
    if let Some(slot) = suite::sequence(o).and_then(|suite| suite.sq_contains) {
        // SAFETY: the slot belongs to the type of `o`, and takes any object beside it.
        return match unsafe { slot(o.as_ptr(), value.as_ptr()) } {
            answer if answer < 0 => Err(error::fetched_from_c("__contains__")),
            answer => Ok(answer > 0),
        };
    }
    is_among_items(o, value)
}

/// Whether an object is equal to one of the items of an iterable.
pub fn is_among_items(o: Obj<'_>, value: Obj<'_>) -> Result<bool> {
    Ok(find(o, value, "a container or iterable")?.is_some())
}

/// The index of the first item that is equal to an object; `None` when there is none (CPython: `PySequence_Index`).
pub fn index(o: Obj<'_>, value: Obj<'_>) -> Result<Option<usize>> {
    find(o, value, "iterable")
}

/// Works as [`index`]; the message for an object without items says what it is not.
fn find(o: Obj<'_>, value: Obj<'_>, wanted: &'static str) -> Result<Option<usize>> {
    let (mut items, mut index) = (searchable(o, wanted)?, 0);
    while let Some(item) = items.advance()? {
        if equal(item.borrow(), value)? {
            return Ok(Some(index));
        }
        index += 1;
    }
    Ok(None)
}

/// The number of items that are equal to an object (CPython: `PySequence_Count`).
pub fn count(o: Obj<'_>, value: Obj<'_>) -> Result<usize> {
    let (mut items, mut count) = (searchable(o, "iterable")?, 0);
    while let Some(item) = items.advance()? {
        count += usize::from(equal(item.borrow(), value)?);
    }
    Ok(count)
}

/// The items of an object in which another is searched for.
fn searchable<'a>(o: Obj<'a>, wanted: &'static str) -> Result<Items<'a>> {
    Items::of(o).map_err(|raised| {
        instead_of_type_error(raised, || raise!(TypeError, "argument of type '{}' is not {wanted}", o.class().name()))
    })
}

/// Replaces a TypeError by another error. Any other error stays.
pub fn instead_of_type_error(raised: Raised, other: impl FnOnce() -> Raised) -> Raised {
    if error::pending_is(Exc::TypeError) { other() } else { raised }
}
