//! Extending a list by the items of an iterable.

use super::{LIST, List, append, get, len};
use crate::abi::PyListObject;
use crate::objects::tuple;
use crate::protocol::iteration;
use crate::runtime::{Obj, Result};

/// Appends the items of an iterable, which may be the list itself.
pub fn extend(list: List<'_>, iterable: Obj<'_>) -> Result<()> {
    if let Some(other) = iterable.downcast_exactly::<PyListObject>(LIST) {
        // The number of items is read first, in case it is the same list.
        return (0..len(other)).map_while(|i| get(other, i)).try_for_each(|item| append(list, item.borrow()));
    }
    if let Some(tuple) = iterable.downcast_exactly(tuple::TUPLE) {
        return (0..tuple::len(tuple))
            .map_while(|i| tuple::get(tuple, i))
            .try_for_each(|item| append(list, item.borrow()));
    }
    iteration::each(iterable, |item| append(list, item.borrow()))
}
