//! What `tuple` and `list` have in common: slices, comparison and search over items that are asked for one at a time,
//! because looking at one can run code that changes the list.

use super::{arguments, constants, int, list, number, object};
use crate::abi::*;
use crate::runtime::{Obj, Ref, Result, View, raise};
use core::ffi::c_int;
use core::ops::Range;

/// How a type gives its items: as new references, `None` outside.
pub type Get<L> = fn(View<'_, L>, usize) -> Option<Ref>;

/// Compares two sequences item by item: the first that differ decide, or else the lengths.
pub fn compare<L>(
    a: View<'_, L>,
    b: View<'_, L>,
    op: c_int,
    get: Get<L>,
    len: fn(View<'_, L>) -> usize,
) -> Result<Ref> {
    let mut index = 0;
    while let (Some(x), Some(y)) = (get(a, index), get(b, index)) {
        if !object::equal(x.borrow(), y.borrow())? {
            return match op {
                Py_EQ => Ok(constants::FALSE.to_ref()),
                Py_NE => Ok(constants::TRUE.to_ref()),
                _ => object::compare(x.borrow(), y.borrow(), op),
            };
        }
        index += 1;
    }
    Ok(object::answer(op, Some(Some(len(a).cmp(&len(b))))).to_ref())
}

/// Where the first item in a range is that is equal to an object.
pub fn find<L>(o: View<'_, L>, value: Obj<'_>, range: Range<usize>, get: Get<L>) -> Result<Option<usize>> {
    let mut index = range.start;
    while index < range.end
        && let Some(item) = get(o, index)
    {
        if object::equal(item.borrow(), value)? {
            return Ok(Some(index));
        }
        index += 1;
    }
    Ok(None)
}

/// How many items are equal to an object.
pub fn count<L>(o: View<'_, L>, value: Obj<'_>, get: Get<L>) -> Result<Ref> {
    let (mut count, mut from) = (0, 0);
    while let Some(index) = find(o, value, from..usize::MAX, get)? {
        count += 1;
        from = index + 1;
    }
    int::from_i64(count)
}

/// What the method `index` gives: where an object is, looked for between two bounds; ValueError when it is not there.
pub fn index<L>(o: View<'_, L>, arguments: &[Obj<'_>], get: Get<L>, length: usize) -> Result<Ref> {
    arguments::between("index", arguments.len(), 1, 3)?;
    let range = arguments::bounds(arguments, length)?;
    let Some(value) = arguments.first() else { return Err(object::null_error()) };
    match find(o, *value, range, get)? {
        Some(index) => int::from_i64(index as i64),
        None => {
            let class = if list::check(*o) { "list" } else { "tuple" };
            Err(raise!(ValueError, "{class}.index(x): x not in {class}"))
        }
    }
}

/// Whether an item is equal to an object.
pub fn contains<L>(o: View<'_, L>, value: Obj<'_>, get: Get<L>) -> Result<bool> {
    Ok(find(o, value, 0..usize::MAX, get)?.is_some())
}

/// An index as Python counts it, from the end when it is negative, as one from the start. `key` has `__index__`.
pub fn position(key: Obj<'_>, length: usize) -> Result<isize> {
    let index = number::as_ssize_t(key, Some(Exc::IndexError.class().as_obj()))?;
    Ok(if index < 0 { index + length as isize } else { index })
}
