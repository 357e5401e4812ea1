//! A hash table of things that have their hashes elsewhere, or are compared by them alone. It calls nobody to grow, and
//! grows only when it is told to.

use allocator_api2::alloc::Allocator;
use allocator_api2::vec::Vec;
use core::fmt;
use core::mem::MaybeUninit;

/// A place for an item.
struct Slot<T> {
    /// 0 if it is free, else [`tag`] of the item's hash.
    tag: u32,
    item: MaybeUninit<T>,
}

/// Items, each after the place that its hash gives it, with no free one between: a power of two of places, or none.
pub struct HashTable<T, A: Allocator> {
    slots: Vec<Slot<T>, A>,
    length: usize,
}

/// What is kept of a hash, and gives the place: bits that depend on all of it, of which the highest says that there is
/// one.
#[inline(always)]
const fn tag(hash: u64) -> u32 {
    /// An odd number whose bits look random.
    const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;
    (hash.wrapping_mul(SPREAD) >> 32) as u32 | 1 << 31
}

/// How many items so many places are good for: a quarter stays free, so that searches end soon.
const fn room(places: usize) -> usize {
    places - places / 4
}

impl<T, A: Allocator> HashTable<T, A> {
    /// An empty table; allocates nothing.
    pub const fn new_in(allocator: A) -> Self {
        HashTable { slots: Vec::new_in(allocator), length: 0 }
    }

    /// The number of items.
    #[inline]
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Whether one more item has room.
    pub fn has_room(&self) -> bool {
        self.length < room(self.slots.len())
    }

    /// Where the first item of a hash is that `same` accepts.
    #[inline(always)]
    fn search(&self, hash: u64, mut same: impl FnMut(&T) -> bool) -> Option<usize> {
        let mask = self.slots.len().checked_sub(1)?;
        let tag = tag(hash);
        let mut at = tag as usize & mask;
        loop {
            // SAFETY: the mask is one less than a power of two, the number of places.
            let slot = unsafe { self.slots.get_unchecked(at) };
            if slot.tag == tag {
                // SAFETY: it is not free.
                if same(unsafe { slot.item.assume_init_ref() }) {
                    return Some(at);
                }
            } else if slot.tag == 0 {
                return None;
            }
            at = (at + 1) & mask;
        }
    }

    /// The first item of a hash that `same` accepts. It may be asked about items of other hashes.
    #[inline(always)]
    pub fn find(&self, hash: u64, same: impl FnMut(&T) -> bool) -> Option<&T> {
        let at = self.search(hash, same)?;
        // SAFETY: a place that is not free.
        Some(unsafe { self.slots.get_unchecked(at).item.assume_init_ref() })
    }

    /// The same, to be changed.
    pub fn find_mut(&mut self, hash: u64, same: impl FnMut(&T) -> bool) -> Option<&mut T> {
        let at = self.search(hash, same)?;
        // SAFETY: as in `find`.
        Some(unsafe { self.slots.get_unchecked_mut(at).item.assume_init_mut() })
    }

    /// All items, in no order.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        // SAFETY: places that are not free.
        self.slots.iter().filter(|slot| slot.tag != 0).map(|slot| unsafe { slot.item.assume_init_ref() })
    }

    /// Makes room for so many more; `None` without memory for that.
    #[inline(never)]
    pub fn reserve(&mut self, more: usize) -> Option<()>
    where
        A: Clone,
    {
        const FEWEST: usize = 8;
        let wanted = self.length.checked_add(more)?;
        if wanted <= room(self.slots.len()) {
            return Some(());
        }
        let mut places = FEWEST;
        while room(places) < wanted {
            places = places.checked_mul(2)?;
        }
        let mut slots = Vec::new_in(self.slots.allocator().clone());
        slots.try_reserve_exact(places).ok()?;
        super::fill(&mut slots, (0..places).map(|_| Slot { tag: 0, item: MaybeUninit::uninit() }));
        let old = core::mem::replace(&mut self.slots, slots);
        for slot in old.into_iter().filter(|slot| slot.tag != 0) {
            self.put(slot);
        }
        Some(())
    }

    /// Puts something into a free place, of which there is one.
    fn put(&mut self, new: Slot<T>) {
        let Some(mask) = self.slots.len().checked_sub(1) else { return };
        let mut at = new.tag as usize & mask;
        // SAFETY: as in `search`.
        unsafe {
            while self.slots.get_unchecked(at).tag != 0 {
                at = (at + 1) & mask;
            }
            *self.slots.get_unchecked_mut(at) = new;
        }
    }

    /// Adds an item, for which room was made.
    pub fn insert(&mut self, hash: u64, item: T) {
        debug_assert!(self.has_room());
        self.put(Slot { tag: tag(hash), item: MaybeUninit::new(item) });
        self.length += 1;
    }

    /// Takes the first item of a hash out that `same` accepts.
    pub fn remove(&mut self, hash: u64, same: impl FnMut(&T) -> bool) -> Option<T> {
        let mut hole = self.search(hash, same)?;
        let mask = self.slots.len() - 1;
        // SAFETY: places by the mask, as in `search`. The item is taken out once: its place is written over, or free.
        unsafe {
            let item = self.slots.get_unchecked(hole).item.assume_init_read();
            let mut at = (hole + 1) & mask;
            // Those that come after without a gap move up, unless that is before the place that their hash gives them.
            while self.slots.get_unchecked(at).tag != 0 {
                let way = |from: usize| at.wrapping_sub(from) & mask;
                if way(self.slots.get_unchecked(at).tag as usize & mask) >= way(hole) {
                    self.slots.swap(at, hole);
                    hole = at;
                }
                at = (at + 1) & mask;
            }
            self.slots.get_unchecked_mut(hole).tag = 0;
            self.length -= 1;
            Some(item)
        }
    }

    /// Takes all items out. The room for them stays.
    pub fn clear(&mut self) {
        self.length = 0;
        for slot in self.slots.iter_mut().filter(|slot| slot.tag != 0) {
            slot.tag = 0;
            // SAFETY: it was not free, and is now.
            unsafe { slot.item.assume_init_drop() };
        }
    }
}

impl<T, A: Allocator> Drop for HashTable<T, A> {
    fn drop(&mut self) {
        if core::mem::needs_drop::<T>() {
            self.clear();
        }
    }
}

impl<T: fmt::Debug, A: Allocator> fmt::Debug for HashTable<T, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::HashTable;
    use crate::runtime::memory::Malloc;
    use std::collections::BTreeSet;

    /// The same done to a table and to a set, with hashes of which many are the same.
    #[test]
    fn it_holds_what_was_put_in_and_not_taken_out() {
        for hash in [|n: u32| u64::from(n), |n| u64::from(n % 7), |_| u64::MAX, |n| u64::from(n) << 40] {
            let mut table = HashTable::new_in(Malloc);
            let mut set = BTreeSet::new();
            let mut random = 1_u32;
            for _ in 0..4000 {
                random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let item = (random >> 16) % 97;
                if random >> 8 & 1 == 0 || set.contains(&item) {
                    assert_eq!(table.remove(hash(item), |other| *other == item).is_some(), set.remove(&item));
                } else {
                    assert!(table.reserve(1).is_some());
                    table.insert(hash(item), item);
                    set.insert(item);
                }
                assert_eq!(table.len(), set.len());
                assert!((0..97).all(|n| table.find(hash(n), |other| *other == n).is_some() == set.contains(&n)));
            }
            assert_eq!(table.iter().copied().collect::<BTreeSet<_>>(), set);
            table.clear();
            assert!(table.iter().next().is_none() && table.has_room());
        }
    }
}
