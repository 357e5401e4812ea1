//! Slices of a list.

use super::{List, blank, give_back, len, new, places, slice, splice};
use crate::abi::*;
use crate::objects::convert;
use crate::objects::slice::{Bounds, Positions, Slice};
use crate::objects::tuple;
use crate::runtime::{Obj, Own, Ref, Result, raise};
use core::ops::Range;

/// Replaces a range by the items of an iterable, which may be the list itself, or by nothing.
pub fn assign_slice(list: List<'_>, range: Range<usize>, iterable: Option<Obj<'_>>) -> Result<()> {
    match iterable {
        Some(iterable) => {
            let items = convert::fast(iterable, Some(&|| raise!(TypeError, "can only assign an iterable")))?;
            splice(list, range, tuple::items(convert::to_tuple(items.borrow())?.borrow()))
        }
        None => splice(list, range, &[]),
    }
}

/// A new list of the items that a slice names.
pub(super) fn get(list: List<'_>, key: Slice<'_>) -> Result<Ref> {
    let positions = Positions::of(key, || len(list))?;
    if let Some(range) = positions.as_range() {
        return slice(list, range).map(Own::into_ref);
    }
    gather(list, positions).map(Own::into_ref)
}

/// A new list of the items at some positions, which are inside the list.
fn gather(list: List<'_>, positions: Positions) -> Result<Own<PyListObject>> {
    if positions.count == 0 {
        return new();
    }
    let gathered = blank(positions.count)?;
    for (to, at) in positions.iter().enumerate() {
        // SAFETY: both places are inside their lists, and the new list's is NULL.
        unsafe {
            let item = Obj::from_ptr(places(list).add(at).read());
            places(gathered.borrow())
                .add(to)
                .write(item.map_or(core::ptr::null_mut(), |item| item.to_ref().into_ptr()));
        }
    }
    Ok(gathered)
}

/// Replaces the items that a slice names by those of an iterable, or deletes them. A slice whose step is not 1 gets as many items as
/// it has.
pub(super) fn assign(list: List<'_>, key: Slice<'_>, value: Option<Obj<'_>>) -> Result<()> {
    let bounds = Bounds::of(key)?;
    let items = match value {
        None => None,
        Some(value) => {
            let refuse = || raise!(TypeError, "must assign iterable to extended slice");
            Some(convert::to_tuple(convert::fast(value, Some(&refuse))?.borrow())?)
        }
    };
    // Code that has made the items may have changed the list.
    let positions = bounds.within(len(list) as isize);
    let new = items.as_ref().map(|items| tuple::items(items.borrow()));
    match (positions.as_range(), new) {
        (Some(range), new) => splice(list, range, new.unwrap_or_default()),
        (None, None) => delete(list, positions),
        (None, Some(new)) if new.len() == positions.count => replace(list, positions, new),
        (None, Some(new)) => Err(raise!(
            ValueError,
            "attempt to assign sequence of size {} to extended slice of size {}",
            new.len(),
            positions.count
        )),
    }
}

/// Replaces the items at some positions by as many others.
fn replace(list: List<'_>, positions: Positions, new: &[Obj<'_>]) -> Result<()> {
    // The old items are dropped last, since that can run code that reads the list.
    let old = gather(list, positions)?;
    for (at, item) in positions.iter().zip(new) {
        // SAFETY: the positions are inside the list. `old` has a reference of its own to the item, so that dropping the list's
        // destroys nothing.
        drop(unsafe { Ref::from_ptr(places(list).add(at).replace(item.to_ref().into_ptr())) });
    }
    drop(old);
    Ok(())
}

/// Deletes the items at some positions.
fn delete(list: List<'_>, positions: Positions) -> Result<()> {
    let old = gather(list, positions)?;
    let (step, count) = (positions.step.unsigned_abs(), positions.count);
    if count == 0 {
        return Ok(());
    }
    // The positions from the lowest on.
    let lowest = positions.iter().min().unwrap_or_default();
    let is_named = |at: usize| at >= lowest && (at - lowest).is_multiple_of(step) && (at - lowest) / step < count;
    let mut kept = lowest;
    for at in lowest..len(list) {
        // SAFETY: both places are inside the list. `old` has a reference of its own to each deleted item, so that dropping the
        // list's destroys nothing.
        unsafe {
            let item = places(list).add(at).read();
            if is_named(at) {
                drop(Ref::from_ptr(item));
            } else {
                places(list).add(kept).write(item);
                kept += 1;
            }
        }
    }
    // SAFETY: so many places have an item.
    unsafe { (*list.fields()).ob_base.ob_size = kept as Py_ssize_t };
    give_back(list);
    drop(old);
    Ok(())
}
