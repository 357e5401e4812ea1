//! The one door for every object and buffer that C can reach: straight to `malloc` and `free`, so that memory
//! tools see each allocation and a test can make any one of them fail. Nothing here aborts.

pub mod aside;
mod refuse;
mod text;

pub use refuse::fail;
pub use text::{Lossy, Message, Text, as_surrogate, surrogate};

use super::error::{Pending, Raised, set_without_context};
use crate::abi::Exc;
use allocator_api2::alloc::{AllocError, Allocator};
use allocator_api2::vec::Vec;
use core::alloc::Layout;
use core::ffi::c_void;
use core::ptr::NonNull;

/// Sets MemoryError, as CPython's `PyErr_NoMemory` does.
#[cold]
pub fn out_of_memory() -> Raised {
    set_without_context(Pending::Static(Exc::MemoryError, ""))
}

/// `size` bytes from `malloc`, at least one; `None` when there are none.
///
/// Sizes above `isize::MAX` are refused, as CPython's allocators do.
pub fn allocate(size: usize) -> Option<NonNull<c_void>> {
    allocate_often(size)
}

/// The same, for what is made often: in the caller, without a call.
#[inline(always)]
pub fn allocate_often(size: usize) -> Option<NonNull<c_void>> {
    if size > isize::MAX as usize || refuse::refused() {
        return None;
    }
    // SAFETY: malloc takes any size.
    NonNull::new(unsafe { libc::malloc(size.max(1)) })
}

/// `count` times `size` zeroed bytes, at least one; `None` when there are none or the product overflows.
pub fn allocate_zeroed(count: usize, size: usize) -> Option<NonNull<c_void>> {
    // glibc's calloc passes by the freed blocks that malloc keeps at hand, which is worth more than a small block's zeros.
    const SMALL: usize = 512;
    let total = count.checked_mul(size)?;
    if total > isize::MAX as usize {
        return None;
    }
    if total > SMALL {
        if refuse::refused() {
            return None;
        }
        // SAFETY: calloc takes any size.
        return NonNull::new(unsafe { libc::calloc(1, total) });
    }
    let block = allocate(total)?;
    // SAFETY: the block has this size.
    unsafe { block.cast::<u8>().write_bytes(0, total) };
    Some(block)
}

/// Changes a block's size; the block stays as it was when there is no memory for that.
///
/// # Safety
/// `block` is NULL or came from this module and was not freed.
pub unsafe fn reallocate(block: *mut c_void, size: usize) -> Option<NonNull<c_void>> {
    if size > isize::MAX as usize || refuse::refused() {
        return None;
    }
    // SAFETY: the caller's promise is realloc's condition.
    NonNull::new(unsafe { libc::realloc(block, size.max(1)) })
}

/// Frees a block; NULL is fine.
///
/// # Safety
/// `block` is NULL or came from this module and was not freed.
#[inline]
pub unsafe fn free(block: *mut c_void) {
    // SAFETY: the caller's promise is free's condition.
    unsafe { libc::free(block) }
}

/// The door as an allocator, for the tables and vectors below objects.
#[derive(Debug, Clone, Copy, Default)]
pub struct Malloc;

// SAFETY: blocks come from malloc, stay valid until freed, and any copy of the zero-sized `Malloc` can free them.
unsafe impl Allocator for Malloc {
    fn allocate(&self, layout: Layout) -> Result<NonNull<[u8]>, AllocError> {
        // Nothing of ours asks for more than malloc's alignment.
        if layout.align() > align_of::<libc::max_align_t>() {
            return Err(AllocError);
        }
        let block = allocate(layout.size()).ok_or(AllocError)?.cast();
        Ok(NonNull::slice_from_raw_parts(block, layout.size()))
    }

    unsafe fn deallocate(&self, block: NonNull<u8>, _: Layout) {
        // SAFETY: the trait's contract: the block came from `allocate`.
        unsafe { free(block.as_ptr().cast()) }
    }
}

/// How a hash table that grows is told the hash of what is in it. Of one type, so that for all tables of a kind there is
/// one function that makes room.
pub type HashOf<'a, T> = &'a dyn Fn(&T) -> u64;

/// A number as a table wants its hashes. The table takes the lowest bits for the place and the highest seven to tell
/// neighbours apart, so that those have to depend on all bits of the number: multiples of 2^20 and addresses of pages
/// differ in the middle alone.
#[inline(always)]
pub const fn spread(number: u64) -> u64 {
    // A number with many digits has a product whose upper half depends on all of them; small ones are given many, those
    // of pi. The factor was found by trial: see the test.
    let product = (number ^ 0x243f_6a88_85a3_08d3) as u128 * 0xd6e8_feb8_6659_fd93;
    product as u64 ^ (product >> 64) as u64
}

/// A growing array from the door. Grow it with [`reserve`], then [`fill`] it.
pub type Array<T> = Vec<T, Malloc>;

/// Makes room for `additional` items more, or sets MemoryError.
pub fn reserve<T>(array: &mut Array<T>, additional: usize) -> super::Result<()> {
    array.try_reserve(additional).map_err(|_| out_of_memory())
}

/// Appends to an array, or sets MemoryError.
pub fn push<T>(array: &mut Array<T>, item: T) -> super::Result<()> {
    reserve(array, 1)?;
    fill(array, [item]);
    Ok(())
}

/// Appends items that there is room for. The array's own ways make room themselves, and end the process without memory.
pub fn fill<T, A: Allocator>(array: &mut Vec<T, A>, items: impl IntoIterator<Item = T>) {
    let room = array.capacity() - array.len();
    let mut items = items.into_iter();
    for item in items.by_ref().take(room) {
        // SAFETY: there is room for one more, and it is written before the length says so.
        unsafe {
            array.as_mut_ptr().add(array.len()).write(item);
            array.set_len(array.len() + 1);
        }
    }
    debug_assert!(items.next().is_none(), "more items than there is room for");
}

/// Appends bytes, all at once: the array's own ways are one by one.
fn append(array: &mut Array<u8>, bytes: &[u8]) -> Option<()> {
    array.try_reserve(bytes.len()).ok()?;
    // SAFETY: there is room for so many more, and they are written before the length says so.
    unsafe {
        array.as_mut_ptr().add(array.len()).copy_from_nonoverlapping(bytes.as_ptr(), bytes.len());
        array.set_len(array.len() + bytes.len());
    }
    Some(())
}

/// Appends bytes to an array, or sets MemoryError.
pub fn extend(array: &mut Array<u8>, bytes: &[u8]) -> super::Result<()> {
    append(array, bytes).ok_or_else(out_of_memory)
}

/// Where a byte is first.
#[inline]
pub fn find_byte(bytes: &[u8], byte: u8) -> Option<usize> {
    // SAFETY: memchr reads no further than it is told, and finds nothing or an address among the bytes.
    unsafe {
        let found = libc::memchr(bytes.as_ptr().cast(), byte.into(), bytes.len());
        (!found.is_null()).then(|| found.addr() - bytes.as_ptr().addr())
    }
}

/// Where a byte is last.
pub fn find_last_byte(bytes: &[u8], byte: u8) -> Option<usize> {
    // SAFETY: as for `find_byte`.
    unsafe {
        let found = libc::memrchr(bytes.as_ptr().cast(), byte.into(), bytes.len());
        (!found.is_null()).then(|| found.addr() - bytes.as_ptr().addr())
    }
}

/// Whether some bytes stand in a row among others.
pub fn contains(bytes: &[u8], part: &[u8]) -> bool {
    // SAFETY: memmem reads no further than it is told.
    unsafe { !libc::memmem(bytes.as_ptr().cast(), bytes.len(), part.as_ptr().cast(), part.len()).is_null() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{format, vec};

    /// Looks at 10,000 numbers in a table of so many places in groups of 16: none of its 1,024 groups is much fuller than
    /// the fullest would be by chance, which has some 25, and the numbers have nearly all tags.
    fn are_spread(what: &str, number: impl Fn(u64) -> u64) {
        let (mut groups, mut tags) = (vec![0; 1024], [false; 128]);
        for hash in (0..10_000).map(|i| spread(number(i))) {
            groups[hash as usize % (1 << 14) / 16] += 1;
            tags[(hash >> 57) as usize] = true;
        }
        let (fullest, tags) = (groups.into_iter().max(), tags.into_iter().filter(|tag| *tag).count());
        assert!(fullest < Some(50) && tags > 120, "{what}: {fullest:?} in one group, {tags} tags");
    }

    #[test]
    fn regular_numbers_are_spread_over_a_table() {
        // Python's hash of a large int: what is left of it modulo a prime.
        let hash = |i: u64, shift: u64| ((u128::from(i) << shift) % ((1 << 61) - 1)) as u64;
        for shift in 0..61 {
            are_spread(&format!("multiples of 2^{shift}"), |i| hash(i, shift));
            are_spread(&format!("multiples of -2^{shift}"), |i| hash(i + 2, shift).wrapping_neg());
        }
        for step in 1..500 {
            are_spread(&format!("multiples of {step}"), |i| i * step);
            let address = |i: u64| (0x7f00_1234_5010 + i * 16 * step).rotate_right(4);
            are_spread(&format!("hashes of addresses 16 * {step} apart"), address);
            are_spread(&format!("pages {step} apart"), |i| 0x7f00_1234_5000 + i * 4096 * step);
        }
    }

    #[test]
    #[should_panic(expected = "more items than there is room for")]
    fn what_there_is_no_room_for_is_not_appended() {
        let mut array: Array<u8> = Array::new_in(Malloc);
        assert!(array.try_reserve_exact(4).is_ok());
        fill(&mut array, [1]);
        let too_many = array.capacity();
        fill(&mut array, core::iter::repeat_n(2, too_many));
    }
}
