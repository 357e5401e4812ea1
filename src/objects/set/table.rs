//! The hash table of a set. Its places, the sequence of a search, the sizes and the moments of growth are those of CPython, so that
//! a set shows its elements in the same order.
//!
//! A search looks at a few consecutive places, then jumps, and ends at a place that never had an element. A removed element leaves
//! a mark, which a search passes over.

use super::Set;
use crate::abi::*;
use crate::objects::dict::quick_equal;
use crate::protocol::compare;
use crate::runtime::memory;
use crate::runtime::{Obj, Ref, Result};
use core::ptr::{NonNull, null_mut};

/// The number of places of the smallest table, which is in the set itself.
const SMALLEST: usize = 8;
/// The number of places after the first that a search looks at before it jumps.
const NEIGHBOURS: usize = 9;
/// The number of bits of the hash that each jump uses up.
const SHIFT: u32 = 5;

/// Its address is the mark of a removed element. The object itself is never used.
static REMOVED: u8 = 0;

fn removed() -> *mut PyObject {
    (&raw const REMOVED).cast_mut().cast()
}

const EMPTY: setentry = setentry { key: null_mut(), hash: 0 };

/// Whether a place has an element.
fn is_used(entry: setentry) -> bool {
    !entry.key.is_null() && entry.key != removed()
}

/// The number of places, less one.
fn mask(set: Set<'_>) -> usize {
    // SAFETY: a view's fields can be read.
    unsafe { (*set.fields()).mask as usize }
}

/// The first place.
fn table(set: Set<'_>) -> *mut setentry {
    // SAFETY: a view's fields can be read.
    unsafe { (*set.fields()).table }
}

/// The bytes of the table, if it is a block.
pub fn block_size(set: Set<'_>) -> usize {
    if mask(set) < SMALLEST { 0 } else { (mask(set) + 1) * size_of::<setentry>() }
}

/// The content of a place; `None` after the last place.
fn entry(set: Set<'_>, index: usize) -> Option<setentry> {
    // SAFETY: the index is that of a place.
    (index <= mask(set)).then(|| unsafe { table(set).add(index).read() })
}

/// The numbers of the places that a search for a hash looks at, without end.
fn places(hash: isize, mask: usize) -> impl Iterator<Item = usize> {
    let (mut start, mut bits, mut near) = (hash as usize & mask, hash as usize, 0);
    core::iter::from_fn(move || {
        let last = if start + NEIGHBOURS <= mask { NEIGHBOURS } else { 0 };
        if near > last {
            bits >>= SHIFT;
            start = start.wrapping_mul(5).wrapping_add(1).wrapping_add(bits) & mask;
            near = 0;
        }
        near += 1;
        Some(start + near - 1)
    })
}

/// The result of a search: the number of a place.
enum Found {
    /// The place has the element.
    Element(usize),
    /// The element is missing. A new one comes to the last place with a mark that the search has passed, if there is one, or else to
    /// the place that never had an element.
    Free { marked: Option<usize>, unused: usize },
}

/// Searches an element with this hash. A comparison can run code that changes the set; then the search starts again.
fn find(set: Set<'_>, key: Obj<'_>, hash: isize) -> Result<Found> {
    'search: loop {
        let (first, mask) = (table(set), mask(set));
        let mut marked = None;
        for place in places(hash, mask) {
            // SAFETY: the place is in the table, which did not change since it was read.
            let entry = unsafe { first.add(place).read() };
            if entry.key.is_null() {
                return Ok(Found::Free { marked, unused: place });
            }
            if entry.key == removed() {
                marked = Some(place);
                continue;
            }
            if entry.hash != hash {
                continue;
            }
            // SAFETY: the place has an element, which the set owns.
            let known = unsafe { Obj::from_ptr_unchecked(entry.key) };
            match quick_equal(known, key) {
                Some(true) => return Ok(Found::Element(place)),
                Some(false) => continue,
                None => {}
            }
            let known = known.to_ref();
            let is_equal = compare::equal(known.borrow(), key)?;
            if table(set) != first || self::entry(set, place).is_none_or(|now| now.key != entry.key) {
                continue 'search;
            }
            if is_equal {
                return Ok(Found::Element(place));
            }
        }
    }
}

/// Whether the set has an element with this hash that is equal to the key.
pub fn contains(set: Set<'_>, key: Obj<'_>, hash: isize) -> Result<bool> {
    Ok(matches!(find(set, key, hash)?, Found::Element(_)))
}

/// Adds an element with this hash, unless an equal one is there.
pub fn add(set: Set<'_>, key: Obj<'_>, hash: isize) -> Result<()> {
    let Found::Free { marked, unused } = find(set, key, hash)? else { return Ok(()) };
    // SAFETY: no code ran since the search found the places, which are in the table.
    let is_full = unsafe {
        let fields = set.fields();
        table(set).add(marked.unwrap_or(unused)).write(setentry { key: key.to_ref().into_ptr(), hash });
        (*fields).fill += Py_ssize_t::from(marked.is_none());
        (*fields).used += 1;
        marked.is_none() && (*fields).fill as usize * 5 >= mask(set) * 3
    };
    if is_full { resize(set, grown(set)) } else { Ok(()) }
}

/// The number of elements for which a table is made that has become too full.
fn grown(set: Set<'_>) -> usize {
    let used = super::len(set);
    if used > 50_000 { used * 2 } else { used * 4 }
}

/// Removes the element of a place, which the caller drops.
fn take(set: Set<'_>, place: usize) -> Ref {
    // SAFETY: the place is in the table and has an element. The reference to it goes to the caller.
    unsafe {
        let place = table(set).add(place);
        let key = (*place).key;
        place.write(setentry { key: removed(), hash: -1 });
        (*set.fields()).used -= 1;
        Ref::from_ptr_unchecked(key)
    }
}

/// Removes an element with this hash. Returns whether there was one.
pub fn discard(set: Set<'_>, key: Obj<'_>, hash: isize) -> Result<bool> {
    match find(set, key, hash)? {
        Found::Element(place) => {
            drop(take(set, place));
            Ok(true)
        }
        Found::Free { .. } => Ok(false),
    }
}

/// Removes an element; `None` from an empty set. The search begins where the last one ended, so that emptying a set takes a time
/// that grows only with its size.
pub fn pop(set: Set<'_>) -> Option<Ref> {
    if super::len(set) == 0 {
        return None;
    }
    let mask = mask(set);
    // SAFETY: a view's fields can be read.
    let start = unsafe { (*set.fields()).finger as usize };
    let mut all =
        (0..=mask).map(|step| (start & mask) + step).map(|place| if place > mask { place - mask - 1 } else { place });
    let place = all.find(|place| entry(set, *place).is_some_and(is_used))?;
    let key = take(set, place);
    // SAFETY: the field is a number.
    unsafe { (*set.fields()).finger = place as Py_ssize_t + 1 };
    Some(key)
}

/// The element at or after a position, with its hash and the next position; `None` at the end.
pub fn next(set: Set<'_>, position: usize) -> Option<(Ref, isize, usize)> {
    let (key, hash, after) = next_address(set, position)?;
    // SAFETY: the set owns the element.
    Some((unsafe { Obj::from_ptr_unchecked(key) }.to_ref(), hash, after))
}

/// [`next`], without a reference to the element.
pub fn next_address(set: Set<'_>, position: usize) -> Option<(*mut PyObject, isize, usize)> {
    let (place, entry) =
        (position..).map_while(|place| Some((place, entry(set, place)?))).find(|(_, entry)| is_used(*entry))?;
    Some((entry.key, entry.hash, place + 1))
}

/// The elements with their hashes. The set may change meanwhile, as in [`next`].
pub fn elements(set: Set<'_>) -> impl Iterator<Item = (Ref, isize)> {
    let mut position = 0;
    core::iter::from_fn(move || {
        let (key, hash, after) = next(set, position)?;
        position = after;
        Some((key, hash))
    })
}

/// Makes the table anew, for more than this number of elements, and without marks of removed ones. MemoryError leaves it as it is.
pub fn resize(set: Set<'_>, least: usize) -> Result<()> {
    let places = least.checked_add(1).and_then(usize::checked_next_power_of_two).ok_or_else(memory::out_of_memory)?;
    let places = places.max(SMALLEST);
    let fields = set.fields();
    let (old, old_mask) = (table(set), mask(set));
    // SAFETY: the fields are the set's own. The old places are read before they are freed, and hold what they own until then.
    unsafe {
        let small = (&raw mut (*fields).smalltable).cast::<setentry>();
        let mut copy = [EMPTY; SMALLEST];
        let mut source = old;
        if places == SMALLEST {
            if old == small {
                if (*fields).fill == (*fields).used {
                    return Ok(());
                }
                copy.copy_from_slice(&(*fields).smalltable);
                source = copy.as_mut_ptr();
            }
            (*fields).table = small;
        } else {
            let size = places.checked_mul(size_of::<setentry>()).ok_or_else(memory::out_of_memory)?;
            (*fields).table = memory::allocate(size).ok_or_else(memory::out_of_memory)?.cast().as_ptr();
        }
        core::slice::from_raw_parts_mut((*fields).table, places).fill(EMPTY);
        (*fields).mask = places as Py_ssize_t - 1;
        (*fields).fill = (*fields).used;
        for entry in core::slice::from_raw_parts(source, old_mask + 1) {
            if is_used(*entry) {
                put(set, *entry);
            }
        }
        if old != small {
            memory::free(old.cast());
        }
    }
    Ok(())
}

/// Puts an entry into the first place without an element. The table has none that is equal, no marks, and room.
///
/// # Safety
/// The entry owns its element, and the caller counts it.
unsafe fn put(set: Set<'_>, entry: setentry) {
    let first = table(set);
    // SAFETY: the places are in the table.
    let free = places(entry.hash, mask(set)).find(|place| unsafe { (*first.add(*place)).key.is_null() });
    if let Some(place) = free {
        // SAFETY: as above, the place is in the table.
        unsafe { first.add(place).write(entry) };
    }
}

/// Adds the elements of another set.
pub fn merge(set: Set<'_>, other: Set<'_>) -> Result<()> {
    let count = super::len(other);
    if set.as_obj().is(other.as_obj()) || count == 0 {
        return Ok(());
    }
    make_room(set, count)?;
    // SAFETY: a view's fields can be read.
    let fill = unsafe { (*set.fields()).fill };
    if fill == 0 {
        return copy_into(set, other);
    }
    let mut position = 0;
    while let Some((key, hash, after)) = next(other, position) {
        add(set, key.borrow(), hash)?;
        position = after;
    }
    Ok(())
}

/// Makes the table large enough at once, before elements are added that are probably new.
pub fn make_room(set: Set<'_>, count: usize) -> Result<()> {
    // SAFETY: a view's fields can be read.
    let fill = unsafe { (*set.fields()).fill as usize };
    if (fill + count) * 5 < mask(set) * 3 {
        return Ok(());
    }
    resize(set, (super::len(set) + count) * 2)
}

/// Copies the elements of another set into an empty one without marks, without a comparison.
fn copy_into(set: Set<'_>, other: Set<'_>) -> Result<()> {
    // SAFETY: no code runs that could change either set. The copied places get references of their own.
    unsafe {
        let (fields, others) = (set.fields(), other.fields());
        let is_same_shape = (*fields).mask == (*others).mask && (*others).fill == (*others).used;
        for place in 0..=mask(other) {
            let entry = table(other).add(place).read();
            if is_used(entry) {
                let entry = setentry { key: Obj::from_ptr_unchecked(entry.key).to_ref().into_ptr(), hash: entry.hash };
                if is_same_shape { table(set).add(place).write(entry) } else { put(set, entry) }
            }
        }
        (*fields).fill = (*others).used;
        (*fields).used = (*others).used;
    }
    Ok(())
}

/// Drops the marks of removed elements when they are more than a quarter of the places.
pub fn tidy(set: Set<'_>) -> Result<()> {
    // SAFETY: a view's fields can be read.
    let marks = unsafe { ((*set.fields()).fill - (*set.fields()).used) as usize };
    if marks <= mask(set) / 4 { Ok(()) } else { resize(set, grown(set)) }
}

/// Makes the set empty: the table of a new set.
///
/// # Safety
/// The set's own table is nowhere used any more, and what it holds belongs to the caller.
unsafe fn begin(fields: *mut PySetObject) {
    // SAFETY: the fields are the set's own.
    unsafe {
        (*fields).smalltable = [EMPTY; SMALLEST];
        (*fields).table = (&raw mut (*fields).smalltable).cast();
        ((*fields).fill, (*fields).used, (*fields).mask) = (0, 0, SMALLEST as Py_ssize_t - 1);
        (*fields).hash = -1;
    }
}

/// Writes the fields of a new, empty set.
///
/// # Safety
/// The instance has the layout of a set, is new, and is zero where nothing is written here.
pub unsafe fn write_empty(o: NonNull<PyObject>) {
    // SAFETY: the instance is new, so its table holds nothing.
    unsafe { begin(o.cast::<PySetObject>().as_ptr()) };
}

/// Removes all elements. The set is empty before the first is dropped, since that can run code which uses the set.
pub fn clear(set: Set<'_>) {
    let (small, old, places) = (
        // SAFETY: a view's fields can be read, and the address of one taken.
        unsafe { (&raw mut (*set.fields()).smalltable).cast::<setentry>() },
        table(set),
        mask(set) + 1,
    );
    // SAFETY: the elements are taken out of the set before they are dropped; the block is freed after that.
    unsafe {
        let mut copy = (*set.fields()).smalltable;
        begin(set.fields());
        let entries = if old == small { copy.as_mut_ptr() } else { old };
        for entry in core::slice::from_raw_parts(entries, places) {
            if is_used(*entry) {
                drop(Ref::from_ptr_unchecked(entry.key));
            }
        }
        if old != small {
            memory::free(old.cast());
        }
    }
}

/// Exchanges the elements of two sets.
pub fn swap(a: Set<'_>, b: Set<'_>) {
    let (a, b) = (a.fields(), b.fields());
    // SAFETY: the fields are the sets' own; a table inside a set stays inside it, with the other's content.
    unsafe {
        core::mem::swap(&mut (*a).fill, &mut (*b).fill);
        core::mem::swap(&mut (*a).used, &mut (*b).used);
        core::mem::swap(&mut (*a).mask, &mut (*b).mask);
        core::mem::swap(&mut (*a).table, &mut (*b).table);
        core::mem::swap(&mut (*a).smalltable, &mut (*b).smalltable);
        for (own, other) in [(a, b), (b, a)] {
            if (*own).table == (&raw mut (*other).smalltable).cast() {
                (*own).table = (&raw mut (*own).smalltable).cast();
            }
        }
        ((*a).hash, (*b).hash) = (-1, -1);
    }
}

/// The hash of the elements, which does not depend on their order (CPython: `frozenset_hash`).
pub fn hash(set: Set<'_>) -> isize {
    let shuffled = |hash: isize| {
        let hash = hash as u64;
        ((hash ^ 89_869_747) ^ (hash << 16)).wrapping_mul(3_644_798_167)
    };
    let mut all = elements(set).fold(0, |all, (_, hash)| all ^ shuffled(hash));
    all ^= (super::len(set) as u64 + 1).wrapping_mul(1_927_868_237);
    all ^= (all >> 11) ^ (all >> 25);
    all = all.wrapping_mul(69_069).wrapping_add(907_133_923);
    if all == u64::MAX { 590_923_713 } else { all as isize }
}
