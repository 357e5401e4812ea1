//! Adding the keys of others to a set.

use super::table::{add_hashed, fill, generous, keys, len, mask, resize};
use super::whole::{copy_table, fill_table};
use super::{Set, add};
use crate::objects::dict::{self, Dict};
use crate::protocol::iteration;
use crate::runtime::{Obj, Result};

/// Makes room for some more keys, if the table would have to grow for them.
fn make_room(set: Set<'_>, more: usize) -> Result<()> {
    if (fill(set) + more) * 5 >= mask(set) * 3 { resize(set, (len(set) + more) * 2) } else { Ok(()) }
}

/// Adds the keys of another set.
fn merge(set: Set<'_>, other: Set<'_>) -> Result<()> {
    if set.is(*other) || len(other) == 0 {
        return Ok(());
    }
    make_room(set, len(other))?;
    if fill(set) == 0 && mask(set) == mask(other) && fill(other) == len(other) {
        copy_table(set, other);
        return Ok(());
    }
    if fill(set) == 0 {
        fill_table(set, other);
        return Ok(());
    }
    for (key, hash) in keys(other) {
        add_hashed(set, key.borrow(), hash)?;
    }
    Ok(())
}

/// Adds the keys of a dict.
fn merge_dict(set: Set<'_>, dict: Dict<'_>) -> Result<()> {
    make_room(set, dict::len(dict))?;
    dict::entries_hashed(dict).try_for_each(|entry| add_hashed(set, entry.key.borrow(), entry.hash).map(|_| ()))
}

/// Adds the keys of an iterable (CPython: `_PySet_Update`).
pub fn update(set: Set<'_>, iterable: Obj<'_>) -> Result<()> {
    if let Some(other) = iterable.downcast() {
        return merge(set, other);
    }
    if let Some(dict) = iterable.downcast_exactly(dict::DICT) {
        return merge_dict(set, dict);
    }
    iteration::each(iterable, |key| add(set, key.borrow()))
}

/// Closes the gaps of removed keys, if they are more than a quarter of the table.
pub(super) fn close_gaps(set: Set<'_>) -> Result<()> {
    if fill(set) - len(set) <= mask(set) / 4 { Ok(()) } else { resize(set, generous(len(set))) }
}
