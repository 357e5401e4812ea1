//! The records of all capsules, in blocks and one after the other, so that each takes only its own size, with an index
//! by address. The memory of removed records is returned to the system.

use super::record::Record;
use crate::runtime::memory::HashOf;
use crate::runtime::memory::aside::{Aside, Notes, note};
use crate::runtime::memory::fill;
use crate::strict::memory::addresses::hash;
use hashbrown::HashTable;

/// The number of records in a block. A block is so large that it is mapped separately, and unmapped separately.
const BLOCK: usize = 1024;
const _: () = assert!(BLOCK * size_of::<Record>() > 1 << 16);

/// The records of all capsules.
#[derive(Debug)]
pub struct Records {
    /// The blocks. All except the last are full, and one empty block may follow it.
    blocks: Notes<Notes<Record>>,
    count: usize,
    /// The numbers of the records, by the capsules' addresses.
    index: HashTable<u32, Aside>,
}

impl Records {
    /// No records yet.
    pub const fn new() -> Self {
        Records { blocks: Notes::new_in(Aside), count: 0, index: HashTable::new_in(Aside) }
    }

    /// The record of an object, if it is a known capsule.
    pub fn find(&mut self, capsule: usize) -> Option<&mut Record> {
        let blocks = &self.blocks;
        let number = *self.index.find(hash(capsule), |number| is_of(blocks, *number, capsule))?;
        let number = number as usize;
        self.blocks.get_mut(number / BLOCK)?.get_mut(number % BLOCK)
    }

    /// Each record, in no order.
    pub fn iter(&self) -> impl Iterator<Item = &Record> {
        self.blocks.iter().flatten()
    }

    /// Adds the record of a capsule without one; `None` without memory for it.
    pub fn add(&mut self, record: Record) -> Option<()> {
        let number: u32 = self.count.try_into().ok()?;
        let block = self.count / BLOCK;
        if block == self.blocks.len() {
            let mut new = Notes::new_in(Aside);
            new.try_reserve_exact(BLOCK).ok()?;
            note(&mut self.blocks, new)?;
        }
        let blocks = &self.blocks;
        let hash_of: HashOf<'_, u32> = &|number| at(blocks, *number).map_or(0, |record| hash(record.capsule));
        self.index.try_reserve(1, hash_of).ok()?;
        self.index.insert_unique(hash(record.capsule), number, hash_of);
        fill(self.blocks.get_mut(block)?, [record]);
        self.count += 1;
        Some(())
    }

    /// Removes a record. The last one is moved into its place.
    pub fn remove(&mut self, capsule: usize) -> Option<Record> {
        let blocks = &self.blocks;
        let entry = self.index.find_entry(hash(capsule), |number| is_of(blocks, *number, capsule)).ok()?;
        let (number, _) = entry.remove();
        let last = self.count - 1;
        let mut taken = self.blocks.get_mut(last / BLOCK)?.pop()?;
        self.count = last;
        if number as usize != last {
            let moved = taken.capsule;
            if let Some(known) = self.index.find_mut(hash(moved), |number| *number as usize == last) {
                *known = number;
            }
            let place = self.blocks.get_mut(number as usize / BLOCK)?.get_mut(number as usize % BLOCK)?;
            core::mem::swap(place, &mut taken);
        }
        self.give_back();
        Some(taken)
    }

    /// Frees memory: a second empty block, and an index that is nearly empty.
    fn give_back(&mut self) {
        const SMALL: usize = 1 << 12;
        if self.blocks.len() > self.count / BLOCK + 2 {
            self.blocks.pop();
        }
        if self.index.capacity() > SMALL && self.index.capacity() / 8 > self.count {
            let mut index = HashTable::new_in(Aside);
            let blocks = &self.blocks;
            let hash_of: HashOf<'_, u32> = &|number| at(blocks, *number).map_or(0, |record| hash(record.capsule));
            if index.try_reserve(2 * self.count, hash_of).is_ok() {
                for number in self.index.iter() {
                    index.insert_unique(hash_of(number), *number, hash_of);
                }
                self.index = index;
            }
        }
    }
}

fn at(blocks: &[Notes<Record>], number: u32) -> Option<&Record> {
    blocks.get(number as usize / BLOCK)?.get(number as usize % BLOCK)
}

fn is_of(blocks: &[Notes<Record>], number: u32, capsule: usize) -> bool {
    at(blocks, number).is_some_and(|record| record.capsule == capsule)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::memory::aside;

    /// Whether exactly the multiples of `step` below `end` have records, each its own.
    fn has_exactly(records: &mut Records, step: usize, end: usize) -> bool {
        let each = (1..end).all(|address| {
            let found = records.find(address * 4096).map(|record| record.number);
            found == (address % step == 0).then_some(address as u64)
        });
        each && records.iter().count() == (1..end).filter(|address| address % step == 0).count()
    }

    #[test]
    fn records_come_and_go_and_their_memory_goes_with_them() {
        aside::prepare();
        let end = 5 * BLOCK;
        let mut records = Records::new();
        for address in 1..end {
            let record = Record { number: address as u64, ..Record::of(address * 4096) };
            assert!(records.add(record).is_some());
        }
        assert!(has_exactly(&mut records, 1, end));
        for address in (1..end).filter(|address| address % 3 != 0) {
            assert_eq!(records.remove(address * 4096).map(|record| record.number), Some(address as u64));
            assert!(records.remove(address * 4096).is_none());
        }
        assert!(has_exactly(&mut records, 3, end));
        assert!(records.blocks.len() <= 3);
        for address in 1..end {
            records.remove(address * 4096);
        }
        assert_eq!(records.iter().count(), 0);
        assert!(records.blocks.len() <= 2 && records.index.capacity() < end / 2);
        assert!(records.add(Record::of(4096)).is_some() && records.find(4096).is_some());
    }
}
