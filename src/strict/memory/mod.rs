//! The program's memory, looked at with care: reading addresses that may be gone, and finding blocks and mappings.

pub mod addresses;
pub mod blocks;
pub mod freed;
pub mod maps;
pub mod readable;
pub mod tools;
