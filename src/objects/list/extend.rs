//! Extending a list by the items of an iterable.

use super::{LIST, List, append, get, give_back, len, reserve, reserve_pairs};
use crate::abi::{PyListObject, PySetObject};
use crate::objects::{dict, mappings, set, tuple};
use crate::protocol::iteration::Items;
use crate::runtime::known::{FROZENSET, SET};
use crate::runtime::{Obj, Result};

/// Appends the items of an iterable, which may be the list itself.
pub fn extend(list: List<'_>, iterable: Obj<'_>) -> Result<()> {
    if let Some(other) = iterable.downcast_exactly::<PyListObject>(LIST) {
        // The number of items is read first, in case it is the same list.
        let more = len(other);
        reserve_pairs(list, more)?;
        return (0..more).map_while(|i| get(other, i)).try_for_each(|item| append(list, item.borrow()));
    }
    if let Some(tuple) = iterable.downcast_exactly(tuple::TUPLE) {
        reserve_pairs(list, tuple::len(tuple))?;
        return (0..tuple::len(tuple))
            .map_while(|i| tuple::get(tuple, i))
            .try_for_each(|item| append(list, item.borrow()));
    }
    if let Some(dict) = iterable.downcast_exactly(dict::DICT) {
        reserve(list, len(list).saturating_add(dict::len(dict)))?;
        return dict::entries(dict).try_for_each(|(key, _)| append(list, key.borrow()));
    }
    if let Some(set) = iterable.downcast::<PySetObject>().filter(|_| is_plain_set(iterable)) {
        reserve(list, len(list).saturating_add(set::len(set)))?;
        return set::keys(set).try_for_each(|(key, _)| append(list, key.borrow()));
    }
    let mut items = Items::of(iterable)?;
    let more = mappings::length_hint(iterable, 8)?.unsigned_abs();
    // An iterable that says that it has more items than a list can have may have fewer.
    if len(list).checked_add(more).is_some_and(|length| isize::try_from(length).is_ok()) {
        reserve_pairs(list, more)?;
    }
    while let Some(item) = items.advance()? {
        append(list, item.borrow())?;
    }
    give_back(list);
    Ok(())
}

fn is_plain_set(o: Obj<'_>) -> bool {
    o.is_exactly(SET) || o.is_exactly(FROZENSET)
}
