//! The hash table of a dict: the entries in order of insertion, and an index from hashes to entries, in one block of
//! memory. No method drops a reference, since that could run code which uses the dict: a removed entry is returned to
//! the caller. Only a table that is dropped drops its entries.
//!
//! The index is an array of slots, whose number is a power of two. A slot holds the number of an entry, or is empty, or
//! is a tombstone. The hash determines the probe sequence, the order in which the slots are searched; a search ends at
//! an empty slot. The lowest bits of the hash select the first slot, so that consecutive ints, which are their own
//! hashes, have consecutive slots. The sizes are those of CPython's dicts, so that both close the gaps of removed
//! entries at the same times.

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

/// A slot that never had an entry.
const EMPTY: u32 = u32::MAX;
/// A slot whose entry was removed. A search passes over it.
const TOMBSTONE: u32 = u32::MAX - 1;
/// The number of slots of the smallest table.
const MIN_SLOTS: usize = 8;
/// The number of slots of the largest table, whose entries all have numbers below `TOMBSTONE`.
const MAX_SLOTS: usize = 1 << 32;

/// The number of entries that a table with this number of slots has room for. The slots that stay empty keep searches
/// short.
const fn capacity(slots: usize) -> usize {
    slots * 2 / 3
}

/// The beginning of the block. The slots follow it, and the entries follow the slots.
///
/// A new entry changes both `taken` and `room`, which therefore are not neighbours: the compiler would load neighbours
/// with one instruction, which waits for the two stores of the previous insertion (a store forwarding stall).
#[derive(Debug)]
#[repr(C)]
struct Header {
    /// The number of entries that were written, including the gaps of removed ones.
    taken: usize,
    /// The number of slots, less one.
    mask: usize,
    /// The number of entries that can still be added.
    room: usize,
    /// The number of entries that are gaps.
    gaps: usize,
    /// A count of removals, and of moves of all entries. The sum of it and `taken` is the version, which never returns
    /// to an earlier value.
    moves: usize,
}

/// Entries in order of insertion, and their index. It is a pointer to its block, so that it can be a field of C's
/// `PyDictObject`.
#[derive(Debug)]
#[repr(transparent)]
pub struct Table(NonNull<Header>);

/// The probe sequence of a hash: the slots to search, one after the other. The lowest bits of the hash select the first
/// slot, and the bits of the spread hash the next ones, because hashes of regular numbers may have the same lowest
/// bits. After all bits are used up, the sequence visits each slot.
struct Probe {
    slot: usize,
    bits: usize,
}

impl Probe {
    #[inline(always)]
    fn of(hash: isize, mask: usize) -> Self {
        Probe { slot: hash as usize & mask, bits: spread(hash as u64) as usize }
    }

    /// Advances to the next slot.
    #[inline(always)]
    fn advance(&mut self, mask: usize) {
        self.bits >>= 5;
        self.slot = self.slot.wrapping_mul(5).wrapping_add(self.bits).wrapping_add(1) & mask;
    }
}

impl Table {
    /// An empty table with at least this number of slots, or MemoryError.
    fn with_slots(slots: usize) -> Result<Self> {
        let slots = slots.next_power_of_two().max(MIN_SLOTS);
        let entries = capacity(slots) * size_of::<Option<Entry>>();
        let block = match slots <= MAX_SLOTS {
            true => memory::allocate(size_of::<Header>() + slots * size_of::<u32>() + entries),
            false => None,
        };
        let header = block.ok_or_else(memory::out_of_memory)?.cast::<Header>();
        let table = Table(header);
        // SAFETY: the block has room for the header and this number of slots. Each byte of `EMPTY` is 0xff.
        unsafe {
            header.write(Header { taken: 0, mask: slots - 1, room: capacity(slots), gaps: 0, moves: 0 });
            match slots {
                // Most dicts are small, and a few bytes need no call of `memset`.
                MIN_SLOTS => table.slots().cast::<[u32; MIN_SLOTS]>().write([EMPTY; MIN_SLOTS]),
                _ => empty_many(table.slots(), slots),
            }
        }
        Ok(table)
    }

    #[inline(always)]
    fn header(&self) -> &Header {
        // SAFETY: the block begins with the header, and the table has the block until it is dropped.
        unsafe { self.0.as_ref() }
    }

    #[inline(always)]
    fn header_mut(&mut self) -> &mut Header {
        // SAFETY: the block begins with the header, and the table has the block until it is dropped.
        unsafe { self.0.as_mut() }
    }

    #[inline(always)]
    fn slots(&self) -> NonNull<u32> {
        // SAFETY: the slots follow the header, in the same block.
        unsafe { self.0.add(1).cast() }
    }

    #[inline(always)]
    fn entries(&self) -> NonNull<Option<Entry>> {
        // SAFETY: the entries follow the slots in the same block. They are aligned, since the number of slots is even.
        unsafe { self.slots().add(self.header().mask + 1).cast() }
    }

    /// The content of a slot.
    ///
    /// # Safety
    /// `slot` is not above the mask.
    #[inline(always)]
    unsafe fn slot(&self, slot: usize) -> u32 {
        debug_assert!(slot <= self.header().mask);
        // SAFETY: the slot is inside, by this function's condition. All slots were written when the table was made.
        unsafe { self.slots().add(slot).read() }
    }

    /// Changes the content of a slot to the number of an entry, or to `TOMBSTONE`.
    ///
    /// # Safety
    /// `slot` is not above the mask. The entry of this number is written before the slot is read.
    #[inline(always)]
    unsafe fn set_slot(&mut self, slot: usize, to: u32) {
        debug_assert!(slot <= self.header().mask);
        // SAFETY: the slot is inside, by this function's condition, and this borrow of the table is the only one.
        unsafe { self.slots().add(slot).write(to) }
    }

    /// Number of items.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.header().taken - self.header().gaps
    }

    /// A number that changes when an item is added, removed or moved.
    pub fn version(&self) -> usize {
        self.header().moves + self.header().taken
    }

    /// The entries, removed ones as `None`.
    #[inline(always)]
    fn all(&self) -> &[Option<Entry>] {
        // SAFETY: `taken` entries were written, and a borrow of the table keeps them.
        unsafe { core::slice::from_raw_parts(self.entries().as_ptr(), self.header().taken) }
    }

    #[inline(always)]
    fn all_mut(&mut self) -> &mut [Option<Entry>] {
        // SAFETY: `taken` entries were written, and this borrow of the table is the only one.
        unsafe { core::slice::from_raw_parts_mut(self.entries().as_ptr(), self.header().taken) }
    }

    /// The item at an index.
    #[inline(always)]
    pub fn get(&self, index: usize) -> Option<&Entry> {
        self.all().get(index)?.as_ref()
    }

    /// Calls a function with each item of this hash, until the function returns a result.
    #[inline(always)]
    fn search<T>(&self, hash: isize, mut test: impl FnMut(usize, &Entry) -> Option<T>) -> Option<T> {
        let mask = self.header().mask;
        let mut probe = Probe::of(hash, mask);
        loop {
            // SAFETY: a probe is never above the mask that it is made with.
            match unsafe { self.slot(probe.slot) } {
                EMPTY => return None,
                TOMBSTONE => {}
                index => {
                    // SAFETY: any other slot has the number of an entry that was written. `remove` leaves no number of
                    // a removed one.
                    let entry = unsafe { self.entries().add(index as usize).as_ref().as_ref().unwrap_unchecked() };
                    if entry.hash == hash
                        && let Some(found) = test(index as usize, entry)
                    {
                        return Some(found);
                    }
                }
            }
            probe.advance(mask);
        }
    }

    /// The result of a function for the first item with this hash, which usually is the wanted one; `None` when there
    /// is no such item.
    #[inline(always)]
    pub fn first<T>(&self, hash: isize, test: impl Fn(usize, &Entry) -> T) -> Option<T> {
        self.search(hash, |index, entry| Some(test(index, entry)))
    }

    /// The index of the first item with this hash that `same` accepts.
    pub fn find(&self, hash: isize, same: &mut dyn FnMut(usize, &Entry) -> bool) -> Option<usize> {
        self.search(hash, |index, entry| same(index, entry).then_some(index))
    }

    /// The indices of the items with this hash, in the order of the probe sequence.
    pub fn candidates(&self, hash: isize) -> impl Iterator<Item = usize> {
        let mask = self.header().mask;
        let mut probe = Probe::of(hash, mask);
        let indices = core::iter::from_fn(move || {
            // SAFETY: a probe is never above the mask that it is made with.
            let index = unsafe { self.slot(probe.slot) };
            probe.advance(mask);
            (index != EMPTY).then_some(index as usize)
        });
        // After the end of the probe sequence stand items of other hashes, and then these again.
        indices.fuse().filter(move |&index| self.get(index).is_some_and(|entry| entry.hash == hash))
    }

    /// The first item at or after an index.
    #[inline]
    pub fn next(&self, from: usize) -> Option<(usize, &Entry)> {
        let rest = self.all().get(from..)?;
        rest.iter().enumerate().find_map(|(i, entry)| Some((from + i, entry.as_ref()?)))
    }

    /// Appends an item whose key is not in the table. Makes the table if there is none.
    #[inline]
    pub fn insert(table: &mut Option<Table>, entry: Entry) -> Result<()> {
        if table.as_ref().is_none_or(|table| table.header().room == 0) {
            Table::grow(table)?;
        }
        if let Some(table) = table {
            // SAFETY: there was room, or `grow` has made room for at least one more.
            unsafe { table.append(entry) };
        }
        Ok(())
    }

    /// Moves the entries to a larger table, or to a smaller one if there are many gaps, and closes the gaps.
    #[inline(never)]
    fn grow(table: &mut Option<Table>) -> Result<()> {
        let used = table.as_ref().map_or(0, Table::len);
        let mut grown = Table::with_slots(used * 3)?;
        if let Some(old) = table {
            grown.header_mut().moves = old.version() + 1;
            // SAFETY: the new table has room for two thirds of its slots, which is at least twice the number of these
            // entries.
            old.all_mut().iter_mut().filter_map(Option::take).for_each(|entry| unsafe { grown.append(entry) });
        }
        *table = Some(grown);
        Ok(())
    }

    /// Appends an item.
    ///
    /// # Safety
    /// The header's `room` is not 0.
    #[inline(always)]
    unsafe fn append(&mut self, entry: Entry) {
        let &Header { mask, taken, .. } = self.header();
        debug_assert!(self.header().room > 0);
        let mut probe = Probe::of(entry.hash, mask);
        // SAFETY: a probe is never above the mask that it is made with. The entries have room for `taken` and `room`
        // together, so this one is inside. It is written before the slot is read.
        unsafe {
            while self.slot(probe.slot) < TOMBSTONE {
                probe.advance(mask);
            }
            self.set_slot(probe.slot, taken as u32);
            self.entries().add(taken).write(Some(entry));
        }
        let header = self.header_mut();
        header.taken += 1;
        header.room -= 1;
    }

    /// Replaces the value of an item, and returns the old one.
    #[inline]
    pub fn replace(&mut self, index: usize, value: Ref) -> Option<Ref> {
        let entry = self.all_mut().get_mut(index)?.as_mut()?;
        Some(core::mem::replace(&mut entry.value, value))
    }

    /// Removes an item and returns it.
    pub fn remove(&mut self, index: usize) -> Option<Entry> {
        let entry = self.all_mut().get_mut(index)?.take()?;
        let mask = self.header().mask;
        let mut probe = Probe::of(entry.hash, mask);
        // SAFETY: a probe is never above the mask that it is made with, and a tombstone is not the number of an entry.
        // The loop ends, since the item that was in the table has a slot in its probe sequence.
        unsafe {
            while self.slot(probe.slot) as usize != index {
                probe.advance(mask);
            }
            self.set_slot(probe.slot, TOMBSTONE);
        }
        let header = self.header_mut();
        header.gaps += 1;
        header.moves += 1;
        Some(entry)
    }

    /// Removes the last item, and the gaps after it. Removing all items in this way passes over each gap once.
    pub fn pop(&mut self) -> Option<Entry> {
        let last = self.all().iter().rposition(Option::is_some)?;
        let entry = self.remove(last);
        let header = self.header_mut();
        // The entry that is a gap now, and the gaps after it.
        let cut = header.taken - last;
        header.gaps -= cut;
        header.moves += cut;
        header.taken = last;
        entry
    }

    /// A table with the same items in the same order, or MemoryError. It has the same gaps too, unless they are many.
    pub fn duplicate(&self) -> Result<Table> {
        let header = self.header();
        let length = self.len();
        if length < header.taken * 2 / 3 {
            // More slots than this number of items needs at least, as in CPython.
            let mut copy = Table::with_slots(length + length / 2 + 1)?;
            // SAFETY: two thirds of the slots are at least the number of items.
            self.all().iter().flatten().for_each(|entry| unsafe { copy.append(entry.clone()) });
            return Ok(copy);
        }
        let slots = header.mask + 1;
        let mut copy = Table::with_slots(slots)?;
        // SAFETY: the copy has the same number of slots, so it has the same room for entries. The numbers in the slots
        // are those of the same entries, which are all written before `taken` counts them.
        unsafe {
            for (index, entry) in self.all().iter().enumerate() {
                copy.entries().add(index).write(entry.clone());
            }
            copy.slots().copy_from_nonoverlapping(self.slots(), slots);
        }
        let &Header { taken, mask, room, gaps, moves } = header;
        *copy.header_mut() = Header { taken, mask, room, gaps, moves };
        Ok(copy)
    }
}

/// Empties the slots of a larger table. Out of line, or the compiler would make one call of `memset` for these and for
/// a few.
///
/// # Safety
/// There are so many slots.
#[inline(never)]
unsafe fn empty_many(slots: NonNull<u32>, count: usize) {
    // SAFETY: there are so many slots, by this function's condition. Each byte of `EMPTY` is 0xff.
    unsafe { slots.write_bytes(0xff, count) }
}

impl Drop for Table {
    fn drop(&mut self) {
        // SAFETY: nothing reads an entry any more. The block came from `memory::allocate`, and only this table has it.
        unsafe {
            core::ptr::drop_in_place(self.all_mut());
            memory::free(self.0.as_ptr().cast());
        }
    }
}
