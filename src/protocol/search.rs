//! Comparison of sequences, and search in them. Items are fetched one at a time, because each comparison can run code
//! that changes a list.

use super::compare::{self, equal};
use crate::abi::{Py_EQ, Py_NE};
use crate::runtime::{Obj, Ref, Result, View, known};
use core::ffi::c_int;
use core::ops::Range;

/// The function by which a type gives an item: a new reference, `None` past the end.
pub type Get<L> = fn(View<'_, L>, usize) -> Option<Ref>;

/// The part of a range that is inside the sequence. A range that ends before it starts is empty.
pub fn clamp(range: Range<usize>, length: usize) -> Range<usize> {
    let start = range.start.min(length);
    start..range.end.min(length).max(start)
}

/// Compares two sequences item by item. The first items that differ decide; without any, the lengths decide.
pub fn compare<L>(
    a: View<'_, L>,
    b: View<'_, L>,
    op: c_int,
    get: Get<L>,
    len: fn(View<'_, L>) -> usize,
) -> Result<Ref> {
    let mut index = 0;
    while let (Some(x), Some(y)) = (get(a, index), get(b, index)) {
        if !equal(x.borrow(), y.borrow())? {
            // The comparison may have changed the sequences.
            let (Some(x), Some(y)) = (get(a, index), get(b, index)) else { break };
            return match op {
                Py_EQ => Ok(known::FALSE.to_ref()),
                Py_NE => Ok(known::TRUE.to_ref()),
                _ => compare::compare(x.borrow(), y.borrow(), op),
            };
        }
        index += 1;
    }
    Ok(compare::answer(op, Some(Some(len(a).cmp(&len(b))))).to_ref())
}

/// The index of the first item in a range that is equal to an object.
pub fn find<L>(o: View<'_, L>, value: Obj<'_>, range: Range<usize>, get: Get<L>) -> Result<Option<usize>> {
    let mut index = range.start;
    while index < range.end
        && let Some(item) = get(o, index)
    {
        if equal(item.borrow(), value)? {
            return Ok(Some(index));
        }
        index += 1;
    }
    Ok(None)
}

/// The number of items that are equal to an object.
pub fn count<L>(o: View<'_, L>, value: Obj<'_>, get: Get<L>) -> Result<usize> {
    let (mut count, mut from) = (0, 0);
    while let Some(index) = find(o, value, from..usize::MAX, get)? {
        count += 1;
        from = index + 1;
    }
    Ok(count)
}

/// Whether an item is equal to an object.
pub fn contains<L>(o: View<'_, L>, value: Obj<'_>, get: Get<L>) -> Result<bool> {
    Ok(find(o, value, 0..usize::MAX, get)?.is_some())
}
