//! The one place that allocates every object and buffer that C can reach. It calls `malloc` and `free` directly, so
//! that memory tools see each allocation and a test can make any one of them fail. Nothing here aborts.
//!
//! The files below know no error indicator, because the indicator itself keeps allocated text. The functions that raise
//! MemoryError are here, above them.

pub mod arena;
mod array;
pub mod aside;
mod block;
mod bytes;
mod hashing;
mod refuse;
mod text;

pub use super::error::out_of_memory;
pub use super::lossy::Lossy;
pub use super::surrogate::{as_surrogate, surrogate};
pub use array::{Array, fill};
pub use block::{Block, Malloc, allocate, allocate_often, allocate_zeroed, free, reallocate};
pub use bytes::{contains, count_parts, find, find_byte, find_last, find_last_byte, put, put_replaced};
pub use hashing::{HashOf, spread};
pub use refuse::fail;
pub use text::{Message, Text};

use super::error::Result;
use array::append;
use core::fmt;

/// Makes room for `additional` more items, or raises MemoryError.
pub fn reserve<T>(array: &mut Array<T>, additional: usize) -> Result<()> {
    array.try_reserve(additional).map_err(|_| out_of_memory())
}

/// Appends an item, or raises MemoryError.
pub fn push<T>(array: &mut Array<T>, item: T) -> Result<()> {
    reserve(array, 1)?;
    fill(array, [item]);
    Ok(())
}

/// Appends bytes to an array, or raises MemoryError.
pub fn extend(array: &mut Array<u8>, bytes: &[u8]) -> Result<()> {
    append(array, bytes).ok_or_else(out_of_memory)
}

impl Text {
    /// The text of some format arguments, or MemoryError.
    pub fn format(arguments: fmt::Arguments<'_>) -> Result<Self> {
        Text::try_format(arguments).ok_or_else(out_of_memory)
    }

    /// Appends a text, or raises MemoryError.
    pub fn push_str(&mut self, s: &str) -> Result<()> {
        extend(&mut self.0, s.as_bytes())
    }
}

impl Message {
    /// A message that is this text, or MemoryError.
    pub fn of(s: &str) -> Result<Self> {
        Message::try_of(s).ok_or_else(out_of_memory)
    }

    /// The message of some format arguments, or MemoryError.
    pub fn format(arguments: fmt::Arguments<'_>) -> Result<Self> {
        Message::try_format(arguments).ok_or_else(out_of_memory)
    }
}
