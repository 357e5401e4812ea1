//! Addresses as keys: a set of them, and how one is hashed.

use crate::runtime::memory::HashOf;
use crate::runtime::memory::aside::Aside;
use hashbrown::HashTable;

/// A hash whose upper and lower bits depend on all bits of the address: tables look at both, and the lower bits of
/// addresses are alike.
pub fn hash(address: usize) -> u64 {
    /// An odd number whose bits look random.
    const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;
    let product = (address as u64).wrapping_mul(SPREAD);
    product ^ (product >> 32)
}

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
        self.0.find(hash(address), |known| *known == address).is_some()
    }

    /// Adds an address, and says whether it is new; not without memory for it.
    pub fn add(&mut self, address: usize) -> bool {
        const HASH_OF: HashOf<'static, usize> = &|known| hash(*known);
        let is_new = !self.contains(address) && self.0.try_reserve(1, HASH_OF).is_ok();
        if is_new {
            self.0.insert_unique(hash(address), address, HASH_OF);
        }
        is_new
    }
}
