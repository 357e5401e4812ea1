//! The table under a dict: the entries in order of insertion, and an index from hashes to them, in one block of memory. It
//! holds references but never runs any code of theirs: what it gives up, the caller drops.
//!
//! The index is an array of places, a power of two of them, and each has the number of an entry. A hash says at which place
//! the search for a key begins, and which way it goes on from there; it ends at a place that never had an entry. The lowest
//! bits of the hash are the first place, so that the numbers in a row, which are their own hashes, have places in a row.
//! Sizes are those of CPython's dicts: so the gaps that removed entries leave close at the same times.

use crate::runtime::memory::{self, spread};
use crate::runtime::{Ref, Result};
use core::ptr::NonNull;

/// One item.
#[derive(Debug)]
pub struct Entry {
    /// The key's hash.
    pub hash: isize,
    /// The key.
    pub key: Ref,
    /// The value.
    pub value: Ref,
}

impl Clone for Entry {
    #[inline(always)]
    fn clone(&self) -> Self {
        Entry { hash: self.hash, key: self.key.clone(), value: self.value.clone() }
    }
}

/// A place that never had an entry.
const EMPTY: u32 = u32::MAX;
/// A place whose entry was taken out.
const GONE: u32 = u32::MAX - 1;
/// The places of the smallest table.
const FEWEST: usize = 8;
/// The places of the largest table, whose entries all have numbers below `GONE`.
const MOST: usize = 1 << 32;

/// For how many entries there is room in a table of so many places: the other places keep searches short.
const fn room(places: usize) -> usize {
    places * 2 / 3
}

/// The beginning of the block. The places follow it, and the entries follow the places. The two numbers that every new entry
/// changes are not neighbours. If they were, the compiler would load both with one instruction, which waits until the two
/// separate stores have reached the cache.
#[derive(Debug)]
#[repr(C)]
struct Head {
    /// How many entries there are, with the gaps that removed ones left.
    taken: usize,
    /// The number of places, less one.
    mask: usize,
    /// How many entries may still come: no more than there is room for.
    left: usize,
    /// How many of the entries are gaps.
    gaps: usize,
    /// How often an entry was removed or all have moved, which makes the version together with `taken`: that never becomes
    /// what it was.
    moves: usize,
}

/// Entries in order, and where to find each. C has the address of the block.
#[derive(Debug)]
#[repr(transparent)]
pub struct Table(NonNull<Head>);

/// The probe sequence of a hash. It begins at the lowest bits of the hash and goes on by the bits of its spread form, because
/// hashes of regular numbers may have the same lowest bits. Once those bits are used up, every place follows in its turn.
struct Way {
    place: usize,
    bits: usize,
}

impl Way {
    #[inline(always)]
    fn of(hash: isize, mask: usize) -> Self {
        Way { place: hash as usize & mask, bits: spread(hash as u64) as usize }
    }

    /// Goes on to the next place.
    #[inline(always)]
    fn go_on(&mut self, mask: usize) {
        self.bits >>= 5;
        self.place = self.place.wrapping_mul(5).wrapping_add(self.bits).wrapping_add(1) & mask;
    }
}

impl Table {
    /// An empty table of so many places, or MemoryError.
    fn with_places(places: usize) -> Result<Self> {
        let entries = room(places) * size_of::<Option<Entry>>();
        let block = match places <= MOST {
            true => memory::allocate(size_of::<Head>() + places * size_of::<u32>() + entries),
            false => None,
        };
        let head = block.ok_or_else(memory::out_of_memory)?.cast::<Head>();
        let table = Table(head);
        // SAFETY: the block has room for the head and for so many places. Each byte of an empty place is 0xff.
        unsafe {
            head.write(Head { taken: 0, mask: places - 1, left: room(places), gaps: 0, moves: 0 });
            match places {
                // Most dicts are small: no call for a few bytes.
                FEWEST => table.places().cast::<[u32; FEWEST]>().write([EMPTY; FEWEST]),
                _ => table.places().write_bytes(0xff, places),
            }
        }
        Ok(table)
    }

    /// How many places a table for so many items has.
    fn places_for(items: usize) -> usize {
        (items + items / 2 + 1).next_power_of_two().max(FEWEST)
    }

    #[inline(always)]
    fn head(&self) -> &Head {
        // SAFETY: a table has its block until it is dropped, which begins with the head.
        unsafe { self.0.as_ref() }
    }

    #[inline(always)]
    fn head_mut(&mut self) -> &mut Head {
        // SAFETY: a table has its block until it is dropped, which begins with the head.
        unsafe { self.0.as_mut() }
    }

    #[inline(always)]
    fn places(&self) -> NonNull<u32> {
        // SAFETY: the places stand behind the head, in the same block.
        unsafe { self.0.add(1).cast() }
    }

    #[inline(always)]
    fn entries(&self) -> NonNull<Option<Entry>> {
        // SAFETY: the entries stand behind the places, of which there is an even number, in the same block.
        unsafe { self.places().add(self.head().mask + 1).cast() }
    }

    #[inline(always)]
    fn place(&self, place: usize) -> u32 {
        debug_assert!(place <= self.head().mask);
        // SAFETY: the ways of hashes are cut by the mask. All places were written when the table was made.
        unsafe { self.places().add(place).read() }
    }

    #[inline(always)]
    fn set_place(&mut self, place: usize, to: u32) {
        debug_assert!(place <= self.head().mask);
        // SAFETY: the ways of hashes are cut by the mask, and no other thread uses the table.
        unsafe { self.places().add(place).write(to) }
    }

    /// Number of items.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.head().taken - self.head().gaps
    }

    /// A number that changes when an item is added, removed or moved.
    pub fn version(&self) -> usize {
        self.head().moves + self.head().taken
    }

    /// The entries, removed ones as `None`.
    #[inline(always)]
    fn all(&self) -> &[Option<Entry>] {
        // SAFETY: so many entries were written, and the borrow of the table keeps them.
        unsafe { core::slice::from_raw_parts(self.entries().as_ptr(), self.head().taken) }
    }

    #[inline(always)]
    fn all_mut(&mut self) -> &mut [Option<Entry>] {
        // SAFETY: so many entries were written, and the borrow of the table is the only one.
        unsafe { core::slice::from_raw_parts_mut(self.entries().as_ptr(), self.head().taken) }
    }

    /// The item at an index.
    #[inline(always)]
    pub fn get(&self, index: usize) -> Option<&Entry> {
        self.all().get(index)?.as_ref()
    }

    /// The first that a function makes of the items with this hash, which are looked at one after the other.
    #[inline(always)]
    fn look<T>(&self, hash: isize, mut look: impl FnMut(usize, &Entry) -> Option<T>) -> Option<T> {
        let mask = self.head().mask;
        let mut way = Way::of(hash, mask);
        loop {
            match self.place(way.place) {
                EMPTY => return None,
                GONE => {}
                index => {
                    // SAFETY: a place has the number of an entry that was written. It was not removed, or the place would say so.
                    let entry = unsafe { self.entries().add(index as usize).as_ref().as_ref().unwrap_unchecked() };
                    if entry.hash == hash
                        && let Some(found) = look(index as usize, entry)
                    {
                        return Some(found);
                    }
                }
            }
            way.go_on(mask);
        }
    }

    /// The result of `look` on the first item with this hash, which usually is the wanted one; `None` when there is none. Inlined
    /// into the caller.
    #[inline(always)]
    pub fn first<T>(&self, hash: isize, look: impl Fn(usize, &Entry) -> T) -> Option<T> {
        self.look(hash, |index, entry| Some(look(index, entry)))
    }

    /// Where the first item with this hash is that `same` accepts.
    pub fn find(&self, hash: isize, same: &mut dyn FnMut(usize, &Entry) -> bool) -> Option<usize> {
        self.look(hash, |index, entry| same(index, entry).then_some(index))
    }

    /// Where the items with this hash are, in the order in which they are looked at.
    pub fn candidates(&self, hash: isize) -> impl Iterator<Item = usize> {
        let mask = self.head().mask;
        let mut way = Way::of(hash, mask);
        let places = core::iter::from_fn(move || {
            let index = self.place(way.place);
            way.go_on(mask);
            (index != EMPTY).then_some(index as usize)
        });
        places.filter(move |&index| self.get(index).is_some_and(|entry| entry.hash == hash))
    }

    /// The first item at or after an index.
    #[inline]
    pub fn next(&self, from: usize) -> Option<(usize, &Entry)> {
        let rest = self.all().get(from..)?;
        rest.iter().enumerate().find_map(|(i, entry)| Some((from + i, entry.as_ref()?)))
    }

    /// Appends an item whose key is not in the table, which is made first if there is none.
    #[inline]
    pub fn insert(table: &mut Option<Table>, entry: Entry) -> Result<()> {
        if table.as_ref().is_none_or(|table| table.head().left == 0) {
            Table::grow(table)?;
        }
        if let Some(table) = table {
            table.append(entry);
        }
        Ok(())
    }

    /// Moves to a larger table, or to a smaller one if there are many gaps, and closes those.
    #[inline(never)]
    fn grow(table: &mut Option<Table>) -> Result<()> {
        let used = table.as_ref().map_or(0, Table::len);
        let mut grown = Table::with_places((used * 3).next_power_of_two().max(FEWEST))?;
        if let Some(old) = table {
            grown.head_mut().moves = old.version() + 1;
            old.all_mut().iter_mut().filter_map(Option::take).for_each(|entry| grown.append(entry));
        }
        *table = Some(grown);
        Ok(())
    }

    /// Appends an item that there is room for.
    #[inline(always)]
    fn append(&mut self, entry: Entry) {
        let &Head { mask, taken, .. } = self.head();
        let mut way = Way::of(entry.hash, mask);
        while self.place(way.place) < GONE {
            way.go_on(mask);
        }
        self.set_place(way.place, taken as u32);
        // SAFETY: there is room for as many entries as `left` counts, which is not 0.
        unsafe { self.entries().add(taken).write(Some(entry)) };
        let head = self.head_mut();
        head.taken += 1;
        head.left -= 1;
    }

    /// Puts another value into an item, and gives the old one.
    #[inline]
    pub fn replace(&mut self, index: usize, value: Ref) -> Option<Ref> {
        let entry = self.all_mut().get_mut(index)?.as_mut()?;
        Some(core::mem::replace(&mut entry.value, value))
    }

    /// Takes an item out.
    pub fn remove(&mut self, index: usize) -> Option<Entry> {
        let entry = self.all_mut().get_mut(index)?.take()?;
        let mask = self.head().mask;
        let mut way = Way::of(entry.hash, mask);
        while self.place(way.place) as usize != index {
            way.go_on(mask);
        }
        self.set_place(way.place, GONE);
        let head = self.head_mut();
        head.gaps += 1;
        head.moves += 1;
        Some(entry)
    }

    /// Takes the last item out, and the gaps after it: so that taking out one after the other looks at each gap once.
    pub fn pop(&mut self) -> Option<Entry> {
        let last = self.all().iter().rposition(Option::is_some)?;
        let entry = self.remove(last);
        let head = self.head_mut();
        // The entry that is a gap now and those after it.
        let cut = head.taken - last;
        head.gaps -= cut;
        head.moves += cut;
        head.taken = last;
        entry
    }

    /// A table with the same items in the same order, or MemoryError. It has the same gaps too, unless they are many.
    pub fn duplicate(&self) -> Result<Table> {
        let head = self.head();
        if self.len() < head.taken * 2 / 3 {
            let mut copy = Table::with_places(Table::places_for(self.len()))?;
            self.all().iter().flatten().for_each(|entry| copy.append(entry.clone()));
            return Ok(copy);
        }
        let places = head.mask + 1;
        let mut copy = Table::with_places(places)?;
        for (index, entry) in self.all().iter().enumerate() {
            // SAFETY: the copy has as much room.
            unsafe { copy.entries().add(index).write(entry.clone()) };
        }
        // SAFETY: both have so many places, and the numbers in them are those of the same entries.
        unsafe { copy.places().copy_from_nonoverlapping(self.places(), places) };
        let &Head { taken, mask, left, gaps, moves } = head;
        *copy.head_mut() = Head { taken, mask, left, gaps, moves };
        Ok(copy)
    }
}

impl Drop for Table {
    fn drop(&mut self) {
        for entry in self.all_mut() {
            drop(entry.take());
        }
        // SAFETY: the block came from `memory::allocate`, and goes with the table, which owned it.
        unsafe { memory::free(self.0.as_ptr().cast()) }
    }
}
