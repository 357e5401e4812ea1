//! A set of addresses.

use crate::runtime::memory::HashTable;
use crate::runtime::memory::aside::Aside;

/// A set of addresses.
#[derive(Debug)]
pub struct Addresses(HashTable<usize, Aside>);

impl Addresses {
    /// An empty one.
    pub const fn new() -> Self {
        Addresses(HashTable::new_in(Aside))
    }

    /// Whether an address is among them.
    pub fn contains(&self, address: usize) -> bool {
        self.0.find(address as u64, |known| *known == address).is_some()
    }

    /// Adds an address, and says whether it is new; not without memory for it.
    pub fn add(&mut self, address: usize) -> bool {
        let is_new = !self.contains(address) && self.0.reserve(1).is_some();
        if is_new {
            self.0.insert(address as u64, address);
        }
        is_new
    }
}
