//! The table under a dict: entries in order of insertion, and an index from hashes to them. It holds references but
//! never runs any code of theirs: what it gives up, the caller drops.

use crate::runtime::memory::{self, Array, HashTable, Malloc};
use crate::runtime::{Ref, Result};

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

/// Entries in order, removed ones as `None`, and where to find each.
#[derive(Debug)]
pub struct Table {
    index: HashTable<u32, Malloc>,
    entries: Array<Option<Entry>>,
    version: u64,
}

impl Table {
    /// An empty table; allocates nothing.
    pub fn new() -> Self {
        Table { index: HashTable::new_in(Malloc), entries: Array::new_in(Malloc), version: 0 }
    }

    /// Number of items.
    pub fn len(&self) -> usize {
        self.index.len()
    }

    /// A number that changes when an item is added, removed or moved.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// The item at an index.
    pub fn get(&self, index: usize) -> Option<&Entry> {
        self.entries.get(index)?.as_ref()
    }

    /// The first item with this hash.
    #[inline(always)]
    pub fn first(&self, hash: isize) -> Option<&Entry> {
        let same = |index: &u32| self.get(*index as usize).is_some_and(|entry| entry.hash == hash);
        self.get(*self.index.find(hash as u64, same)? as usize)
    }

    /// Where the first item with this hash is that `same` accepts.
    #[inline]
    pub fn find(&self, hash: isize, mut same: impl FnMut(&Entry) -> bool) -> Option<usize> {
        let same = |index: &u32| self.get(*index as usize).is_some_and(|entry| entry.hash == hash && same(entry));
        self.index.find(hash as u64, same).map(|index| *index as usize)
    }

    /// Where the n-th item with this hash is, in an order that stays while the version does.
    pub fn nth_candidate(&self, hash: isize, n: usize) -> Option<usize> {
        let mut before = 0..n;
        self.find(hash, |_| before.next().is_none())
    }

    /// The first item at or after an index.
    pub fn next(&self, from: usize) -> Option<(usize, &Entry)> {
        let rest = self.entries.get(from..)?;
        rest.iter().enumerate().find_map(|(i, entry)| Some((from + i, entry.as_ref()?)))
    }

    /// Appends an item whose key is not in the table.
    pub fn insert(&mut self, entry: Entry) -> Result<()> {
        if self.entries.len() == self.entries.capacity() && self.len() < self.entries.len() / 2 {
            self.compact();
        }
        memory::reserve(&mut self.entries, 1)?;
        let index = u32::try_from(self.entries.len()).map_err(|_| memory::out_of_memory())?;
        self.index.reserve(1).ok_or_else(memory::out_of_memory)?;
        self.index.insert(entry.hash as u64, index);
        memory::fill(&mut self.entries, [Some(entry)]);
        self.version += 1;
        Ok(())
    }

    /// Puts another value into an item, and gives the old one.
    pub fn replace(&mut self, index: usize, value: Ref) -> Option<Ref> {
        let entry = self.entries.get_mut(index)?.as_mut()?;
        Some(core::mem::replace(&mut entry.value, value))
    }

    /// Takes an item out.
    pub fn remove(&mut self, index: usize) -> Option<Entry> {
        let entry = self.entries.get_mut(index)?.take()?;
        self.index.remove(entry.hash as u64, |&other| other as usize == index);
        self.version += 1;
        Some(entry)
    }

    /// Takes the last item out, and the gaps after it: so that taking out one after the other looks at each gap once.
    pub fn pop(&mut self) -> Option<Entry> {
        let last = self.entries.iter().rposition(Option::is_some)?;
        let entry = self.remove(last);
        self.entries.truncate(last);
        entry
    }

    /// Closes the gaps that removed items left.
    fn compact(&mut self) {
        self.entries.retain(Option::is_some);
        self.index.clear();
        self.version += 1;
        for (index, entry) in self.entries.iter().enumerate() {
            let hash = entry.as_ref().map_or(0, |entry| entry.hash as u64);
            // There is room for every item: `clear` keeps it.
            self.index.insert(hash, index as u32);
        }
    }
}
