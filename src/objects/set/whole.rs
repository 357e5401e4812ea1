//! Whole tables: the table of one set is copied to another, or both are exchanged.

use super::Set;
use super::table::{entry, fill, len, mask, put, small, table};
use crate::runtime::Obj;
use core::ptr::NonNull;

/// Copies the table of another set, of the same size and without removed keys, into an empty set.
pub(super) fn copy_table(set: Set<'_>, other: Set<'_>) {
    let fields = set.fields();
    // SAFETY: both tables have this size, and the set has no keys. Each copied key gets a reference.
    unsafe {
        for index in 0..=mask(set) {
            let entry = entry(other, index);
            if let Some(key) = Obj::from_ptr(entry.key) {
                let _ = key.to_ref().into_ptr();
            }
            table(set).add(index).write(entry);
        }
        (*fields).fill = fill(other) as isize;
        (*fields).used = len(other) as isize;
    }
}

/// Adds the keys of another set to an empty one with room for them.
pub(super) fn fill_table(set: Set<'_>, other: Set<'_>) {
    let fields = set.fields();
    // SAFETY: the set has no keys, and its table has room for those of the other. Counting references runs no other code.
    unsafe {
        let table = NonNull::new_unchecked(table(set));
        for index in 0..=mask(other) {
            let entry = entry(other, index);
            if entry.is_live() {
                let _ = Obj::from_ptr_unchecked(entry.key).to_ref().into_ptr();
                put(table, mask(set), entry);
            }
        }
        (*fields).fill = len(other) as isize;
        (*fields).used = len(other) as isize;
    }
}

/// Exchanges the keys of two sets.
pub(super) fn swap(set: Set<'_>, other: Set<'_>) {
    let (a, b) = (set.fields(), other.fields());
    let (a_is_small, b_is_small) = (table(set) == small(set), table(other) == small(other));
    // SAFETY: both are sets. A table in an object is exchanged by its contents, and a block by its address.
    unsafe {
        core::mem::swap(&mut (*a).fill, &mut (*b).fill);
        core::mem::swap(&mut (*a).used, &mut (*b).used);
        core::mem::swap(&mut (*a).mask, &mut (*b).mask);
        core::mem::swap(&mut (*a).table, &mut (*b).table);
        core::mem::swap(&mut (*a).smalltable, &mut (*b).smalltable);
        if b_is_small {
            (*a).table = small(set);
        }
        if a_is_small {
            (*b).table = small(other);
        }
        (*a).hash = -1;
        (*b).hash = -1;
    }
}
