//! Addresses: their hash, sets of them, and ranges.

use crate::runtime::memory::aside::Aside;
use crate::runtime::memory::{HashOf, spread};
use hashbrown::HashTable;

/// The hash of an address.
pub fn hash(address: usize) -> u64 {
    spread(address as u64)
}

/// A range of addresses: the first one, and the one after the last.
pub type Range = (usize, usize);

/// A set of addresses.
#[derive(Debug)]
pub struct Addresses(HashTable<usize, Aside>);

impl Addresses {
    /// An empty set.
    pub const fn new() -> Self {
        Addresses(HashTable::new_in(Aside))
    }

    /// Whether the set has an address.
    pub fn contains(&self, address: usize) -> bool {
        self.0.find(hash(address), |known| *known == address).is_some()
    }

    /// Adds an address. Returns whether it was added: false if the set has it already, or without memory for it.
    pub fn add(&mut self, address: usize) -> bool {
        const HASH_OF: HashOf<'static, usize> = &|known| hash(*known);
        let is_new = !self.contains(address) && self.0.try_reserve(1, HASH_OF).is_ok();
        if is_new {
            self.0.insert_unique(hash(address), address, HASH_OF);
        }
        is_new
    }
}
