//! Careful access to the program's memory: reading addresses that may be unmapped, and finding blocks and mappings.

pub mod addresses;
pub mod blocks;
pub mod freed;
pub mod maps;
pub mod readable;
pub mod tools;
