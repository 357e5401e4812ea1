//! The table of a dict: entries in order of insertion, and an index from hashes to them. It holds references but never
//! runs code of the objects: it returns replaced and removed references, and the caller drops them.

use crate::runtime::memory::{self, Array, HashOf, Malloc, spread};
use crate::runtime::{Ref, Result};
use hashbrown::HashTable;

/// The number of items for which there is room at first: that of CPython's smallest dict, or a few more.
const FIRST: usize = 7;

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

/// A key's hash, mixed for the index. Hashes of Python's numbers are the numbers themselves, and differ only in the
/// same bits as those.
#[inline(always)]
fn mixed(hash: isize) -> u64 {
    spread(hash as u64)
}

/// Entries in order, removed ones as `None`, and the index.
#[derive(Debug)]
pub struct Table {
    index: HashTable<usize, Malloc>,
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

    /// Whether the item at an index has this hash.
    #[inline(always)]
    fn has_hash(&self, index: usize, hash: isize) -> bool {
        self.get(index).is_some_and(|entry| entry.hash == hash)
    }

    /// The result of `look` on the first item with this hash, which usually is the wanted one; `None` when there is
    /// none. Inlined into the caller.
    #[inline(always)]
    pub fn first<T>(&self, hash: isize, look: impl FnOnce(usize, &Entry) -> T) -> Option<T> {
        let index = *self.index.find(mixed(hash), |&index| self.has_hash(index, hash))?;
        Some(look(index, self.get(index)?))
    }

    /// The index of the first item with this hash that `same` accepts.
    pub fn find(&self, hash: isize, same: &mut dyn FnMut(usize, &Entry) -> bool) -> Option<usize> {
        let accepts = |&index: &usize| self.get(index).is_some_and(|entry| entry.hash == hash && same(index, entry));
        self.index.find(mixed(hash), accepts).copied()
    }

    /// The indices of the items with this hash, in the order of the search.
    pub fn candidates(&self, hash: isize) -> impl Iterator<Item = usize> {
        self.index.iter_hash(mixed(hash)).copied().filter(move |&index| self.has_hash(index, hash))
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
        let entries = &self.entries;
        let hash_of: HashOf<'_, usize> =
            &|&index| entries.get(index).and_then(Option::as_ref).map_or(0, |entry| mixed(entry.hash));
        let more = if self.index.capacity() == 0 { FIRST } else { 1 };
        self.index.try_reserve(more, hash_of).map_err(|_| memory::out_of_memory())?;
        self.index.insert_unique(mixed(entry.hash), self.entries.len(), hash_of);
        memory::fill(&mut self.entries, [Some(entry)]);
        self.version += 1;
        Ok(())
    }

    /// Replaces the value of an item, and returns the old one.
    pub fn replace(&mut self, index: usize, value: Ref) -> Option<Ref> {
        let entry = self.entries.get_mut(index)?.as_mut()?;
        Some(core::mem::replace(&mut entry.value, value))
    }

    /// Removes an item.
    pub fn remove(&mut self, index: usize) -> Option<Entry> {
        let entry = self.entries.get_mut(index)?.take()?;
        if let Ok(slot) = self.index.find_entry(mixed(entry.hash), |&other| other == index) {
            slot.remove();
        }
        self.version += 1;
        Some(entry)
    }

    /// Removes the last item, and the gaps after it. If all items are removed in this way, each gap is visited once.
    pub fn pop(&mut self) -> Option<Entry> {
        let last = self.entries.iter().rposition(Option::is_some)?;
        let entry = self.remove(last);
        self.entries.truncate(last);
        entry
    }

    /// Removes the gaps that removed items left.
    fn compact(&mut self) {
        self.entries.retain(Option::is_some);
        self.index.clear();
        self.version += 1;
        for (index, entry) in self.entries.iter().enumerate() {
            let hash = entry.as_ref().map_or(0, |entry| mixed(entry.hash));
            // There is room for every item, because `clear` keeps the capacity.
            let hash_of: HashOf<'_, usize> = &|_| hash;
            self.index.insert_unique(hash, index, hash_of);
        }
    }
}
