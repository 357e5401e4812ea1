//! The hash table of a set. A comparison of keys can run code that changes the set: it is followed by a look at the table, and the
//! search begins again if that is another one.

use super::Set;
use crate::abi::*;
use crate::objects::dict::hash_of_element;
use crate::objects::str;
use crate::protocol::compare;
use crate::runtime::{Obj, Ref, Result, known, memory, raise};
use core::ptr::{NonNull, null_mut};

/// The number of places after the first that are searched before the next is computed.
const PROBES: usize = 9;
/// The number of bits by which the hash moves on at each step.
const SHIFT: u32 = 5;
/// The number of keys from which on a table only doubles.
const LARGE: usize = 50_000;

/// Stands in a place whose key was removed.
static mut REMOVED: PyObject = PyObject::immortal(known::OBJECT.as_ptr());

const EMPTY: setentry = setentry { key: null_mut(), hash: 0 };

const fn removed() -> setentry {
    setentry { key: &raw mut REMOVED, hash: -1 }
}

impl setentry {
    /// Whether the place has a key.
    pub(super) fn is_live(self) -> bool {
        !self.key.is_null() && self.hash != -1
    }
}

/// The number of keys.
#[inline]
pub fn len(set: Set<'_>) -> usize {
    // SAFETY: a view's fields can be read.
    unsafe { (*set.fields()).used as usize }
}

/// The number of places with a key, or with a key that was removed.
pub(super) fn fill(set: Set<'_>) -> usize {
    // SAFETY: a view's fields can be read.
    unsafe { (*set.fields()).fill as usize }
}

/// The number of places, less one.
pub(super) fn mask(set: Set<'_>) -> usize {
    // SAFETY: a view's fields can be read.
    unsafe { (*set.fields()).mask as usize }
}

/// The table.
pub(super) fn table(set: Set<'_>) -> *mut setentry {
    // SAFETY: a view's fields can be read.
    unsafe { (*set.fields()).table }
}

/// The table in the object itself.
pub(super) fn small(set: Set<'_>) -> *mut setentry {
    // SAFETY: the address of a view's field is computed, and nothing read.
    unsafe { (&raw mut (*set.fields()).smalltable).cast() }
}

/// The content of a place; an empty one beyond the table.
#[inline(always)]
pub(super) fn entry(set: Set<'_>, index: usize) -> setentry {
    // SAFETY: the index is inside the table.
    if index <= mask(set) { unsafe { *table(set).add(index) } } else { EMPTY }
}

/// Makes a new object of which all is zero an empty set.
pub(super) fn initialize(set: Set<'_>) {
    let fields = set.fields();
    // SAFETY: the object is new, and no other code has it.
    unsafe {
        (*fields).table = small(set);
        (*fields).mask = PySet_MINSIZE as isize - 1;
        (*fields).hash = -1;
    }
}

/// The places in the order in which a key with a hash is searched for.
struct Places {
    mask: usize,
    first: usize,
    next: usize,
    last: usize,
    perturb: usize,
}

impl Places {
    #[inline(always)]
    fn new(hash: isize, mask: usize) -> Self {
        let mut places = Places { mask, first: hash as usize & mask, next: 0, last: 0, perturb: hash as usize };
        places.begin();
        places
    }

    #[inline(always)]
    fn begin(&mut self) {
        self.next = self.first;
        self.last = if self.first + PROBES <= self.mask { self.first + PROBES } else { self.first };
    }

    #[inline(always)]
    fn step(&mut self) -> usize {
        if self.next > self.last {
            self.perturb >>= SHIFT;
            self.first = self.first.wrapping_mul(5).wrapping_add(1).wrapping_add(self.perturb) & self.mask;
            self.begin();
        }
        self.next += 1;
        self.next - 1
    }
}

/// The result of a search.
enum Found {
    /// The place with the key.
    At(usize),
    /// The place for the key, which never had one.
    Free(usize),
    /// The place for the key: the last on the way whose key was removed.
    Gap(usize),
}

/// Searches for a key.
#[inline]
fn find(set: Set<'_>, key: Obj<'_>, hash: isize) -> Result<Found> {
    'again: loop {
        let (table, mask) = (table(set), mask(set));
        let mut places = Places::new(hash, mask);
        let mut gap = None;
        loop {
            let at = places.step();
            // SAFETY: the places are those of a table with this mask, and no code has run that could have changed it.
            let entry = unsafe { *table.add(at) };
            if entry.key.is_null() {
                return Ok(gap.map_or(Found::Free(at), Found::Gap));
            }
            if entry.hash != hash {
                if entry.hash == -1 {
                    gap = Some(at);
                }
                continue;
            }
            // SAFETY: the hash of a key is never that of a place whose key was removed, so this is a key.
            let known = unsafe { Obj::from_ptr_unchecked(entry.key) };
            if known.is(key) {
                return Ok(Found::At(at));
            }
            if let (Some(known), Some(key)) = (str::as_exact(known), str::as_exact(key)) {
                if str::equal(known, key) {
                    return Ok(Found::At(at));
                }
                continue;
            }
            let known = known.to_ref();
            let is_same = compare::equal(known.borrow(), key)?;
            // The comparison may have run code that has changed the set, and filled the gap.
            let is_changed = self::table(set) != table
                || self::mask(set) != mask
                || self::entry(set, at).key != known.as_ptr()
                || gap.is_some_and(|gap| self::entry(set, gap).hash != -1);
            if is_changed {
                continue 'again;
            }
            if is_same {
                return Ok(Found::At(at));
            }
        }
    }
}

/// Puts a key that the table does not have into a table without removed keys.
///
/// # Safety
/// The table has more than `mask` places, one of which is free.
pub(super) unsafe fn put(table: NonNull<setentry>, mask: usize, new: setentry) {
    let mut places = Places::new(new.hash, mask);
    // SAFETY: the places are those of a table with this mask.
    unsafe {
        loop {
            let place = table.add(places.step());
            if place.read().key.is_null() {
                return place.write(new);
            }
        }
    }
}

/// Gives a set a table with more than `least` places, without the places of removed keys.
pub(super) fn resize(set: Set<'_>, least: usize) -> Result<()> {
    let mut size = PySet_MINSIZE;
    while size <= least {
        size = size.checked_mul(2).ok_or_else(memory::out_of_memory)?;
    }
    let fields = set.fields();
    let (mut old, old_size, is_small) = (table(set), mask(set) + 1, table(set) == small(set));
    // SAFETY: a view's fields can be read.
    let mut copy = unsafe { (*fields).smalltable };
    let new = match size {
        PySet_MINSIZE => NonNull::new(small(set)),
        _ => memory::allocate_zeroed(size, size_of::<setentry>()).map(NonNull::cast),
    };
    let new = new.ok_or_else(memory::out_of_memory)?;
    if new.as_ptr() == old {
        if fill(set) == len(set) {
            return Ok(());
        }
        old = copy.as_mut_ptr();
    }
    // SAFETY: the old table has this size, and the new one room for all keys. The references move from one to the other.
    unsafe {
        if size == PySet_MINSIZE {
            (*fields).smalltable = [EMPTY; PySet_MINSIZE];
        }
        for index in 0..old_size {
            let entry = old.add(index).read();
            if entry.is_live() {
                put(new, size - 1, entry);
            }
        }
        (*fields).table = new.as_ptr();
        (*fields).mask = size as isize - 1;
        (*fields).fill = (*fields).used;
        if !is_small {
            memory::free(old.cast());
        }
    }
    Ok(())
}

/// The number of places that a growing table gets more than.
pub(super) fn generous(used: usize) -> usize {
    if used > LARGE { used.saturating_mul(2) } else { used * 4 }
}

/// Adds a key whose hash is known, and returns whether it is new.
pub(super) fn add_hashed(set: Set<'_>, key: Obj<'_>, hash: isize) -> Result<bool> {
    let (at, is_gap) = match find(set, key, hash)? {
        Found::At(_) => return Ok(false),
        Found::Free(at) => (at, false),
        Found::Gap(at) => (at, true),
    };
    let fields = set.fields();
    // SAFETY: no code has run since the place was found.
    unsafe {
        let place = table(set).add(at);
        place.write(setentry { key: key.as_ptr(), hash });
        (*fields).used += 1;
        if !is_gap {
            (*fields).fill += 1;
            if fill(set) * 5 >= mask(set) * 3
                && let Err(raised) = resize(set, generous(len(set)))
            {
                place.write(EMPTY);
                (*fields).fill -= 1;
                (*fields).used -= 1;
                return Err(raised);
            }
        }
    }
    let _ = key.to_ref().into_ptr();
    Ok(true)
}

/// Adds a key.
#[inline]
pub fn add(set: Set<'_>, key: Obj<'_>) -> Result<()> {
    add_hashed(set, key, hash_of_element(key)?).map(|_| ())
}

/// Whether a key is in the set, by its hash.
pub fn find_hashed(set: Set<'_>, key: Obj<'_>, hash: isize) -> Result<bool> {
    Ok(matches!(find(set, key, hash)?, Found::At(_)))
}

/// Whether a key is in the set.
pub fn contains(set: Set<'_>, key: Obj<'_>) -> Result<bool> {
    find_hashed(set, key, hash_of_element(key)?)
}

/// Removes a key whose hash is known, and returns whether it was there.
pub(super) fn discard_hashed(set: Set<'_>, key: Obj<'_>, hash: isize) -> Result<bool> {
    let Found::At(at) = find(set, key, hash)? else { return Ok(false) };
    drop(remove(set, at));
    Ok(true)
}

/// Removes a key, and returns whether it was there.
pub fn discard(set: Set<'_>, key: Obj<'_>) -> Result<bool> {
    discard_hashed(set, key, hash_of_element(key)?)
}

/// Takes the key out of a place that has one.
fn remove(set: Set<'_>, at: usize) -> Option<Ref> {
    let found = entry(set, at);
    if !found.is_live() {
        return None;
    }
    // SAFETY: the place is inside the table and has a key, whose reference is the set's.
    unsafe {
        table(set).add(at).write(removed());
        (*set.fields()).used -= 1;
        Ref::from_ptr(found.key)
    }
}

/// Removes a key, and returns it; KeyError when there is none.
pub fn pop(set: Set<'_>) -> Result<Ref> {
    if len(set) == 0 {
        return Err(raise!(KeyError, "pop from an empty set"));
    }
    let fields = set.fields();
    // SAFETY: a view's fields can be read.
    let start = unsafe { (*fields).finger as usize } & mask(set);
    let mut places = (start..=mask(set)).chain(0..start);
    let found = places.find_map(|at| remove(set, at).map(|key| (at, key)));
    let (at, key) = found.ok_or_else(|| raise!(KeyError, "pop from an empty set"))?;
    // SAFETY: a view's fields can be written.
    unsafe { (*fields).finger = at as isize + 1 };
    Ok(key)
}

/// Removes all keys. They are dropped last, since that can run code that uses the set.
pub fn clear(set: Set<'_>) {
    let fields = set.fields();
    let (mut old, size, is_small) = (table(set), mask(set) + 1, table(set) == small(set));
    if old.is_null() {
        return;
    }
    // SAFETY: the keys are in the old table, or a copy of the one in the object, and are dropped once. The block is the set's own.
    unsafe {
        let mut copy = (*fields).smalltable;
        if is_small {
            old = copy.as_mut_ptr();
        }
        (*fields).smalltable = [EMPTY; PySet_MINSIZE];
        (*fields).fill = 0;
        (*fields).used = 0;
        initialize(set);
        for index in 0..size {
            let entry = old.add(index).read();
            if entry.is_live() {
                drop(Ref::from_ptr(entry.key));
            }
        }
        if !is_small {
            memory::free(old.cast());
        }
    }
}

/// The first key from a place on, its hash, and the place after it; `None` when there is none.
pub fn next(set: Set<'_>, from: usize) -> Option<(Ref, isize, usize)> {
    (from..=mask(set)).find_map(|at| {
        let entry = entry(set, at);
        // SAFETY: a place with a key owns a reference to it.
        entry.is_live().then(|| unsafe { (Obj::from_ptr_unchecked(entry.key).to_ref(), entry.hash, at + 1) })
    })
}

/// The keys with their hashes, one after the other. The set may change meanwhile: each step reads it again.
pub fn keys(set: Set<'_>) -> impl Iterator<Item = (Ref, isize)> + '_ {
    let mut from = 0;
    core::iter::from_fn(move || {
        let (key, hash, after) = next(set, from)?;
        from = after;
        Some((key, hash))
    })
}
