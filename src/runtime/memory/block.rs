//! Blocks of memory, straight from `malloc`. A block that can't be had is `None`: nothing here raises.

use super::refuse;
use allocator_api2::alloc::{AllocError, Allocator};
use core::alloc::Layout;
use core::ffi::c_void;
use core::ptr::NonNull;

/// `size` bytes from `malloc`, at least one; `None` when there is no memory.
///
/// Sizes above `isize::MAX` are refused, as CPython's allocators do.
pub fn allocate(size: usize) -> Option<NonNull<c_void>> {
    allocate_often(size)
}

/// [`allocate`], inlined for the fast path.
#[inline(always)]
pub fn allocate_often(size: usize) -> Option<NonNull<c_void>> {
    if size > isize::MAX as usize || refuse::refused() {
        return None;
    }
    // SAFETY: malloc takes any size.
    NonNull::new(unsafe { libc::malloc(size.max(1)) })
}

/// `count` times `size` zeroed bytes, at least one; `None` when there is no memory or the product overflows.
pub fn allocate_zeroed(count: usize, size: usize) -> Option<NonNull<c_void>> {
    // glibc's calloc passes by the freed blocks that malloc keeps at hand. To take one of those and fill a small block with
    // zeros is faster.
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
    // SAFETY: `allocate` and the others here take all blocks from malloc, so realloc knows this one, which was not freed.
    NonNull::new(unsafe { libc::realloc(block, size.max(1)) })
}

/// Frees a block; NULL is fine.
///
/// # Safety
/// `block` is NULL or came from this module and was not freed.
#[inline]
pub unsafe fn free(block: *mut c_void) {
    // SAFETY: `allocate` and the others here take all blocks from malloc, so free knows this one, which was not freed.
    unsafe { libc::free(block) }
}

/// The door as an allocator, for the tables and vectors below objects.
#[derive(Debug, Clone, Copy, Default)]
pub struct Malloc;

// SAFETY: blocks come from malloc, stay valid until freed, and any copy of the zero-sized `Malloc` can free them.
unsafe impl Allocator for Malloc {
    fn allocate(&self, layout: Layout) -> Result<NonNull<[u8]>, AllocError> {
        // No type of the library asks for more than malloc's alignment.
        if layout.align() > align_of::<libc::max_align_t>() {
            return Err(AllocError);
        }
        let block = allocate(layout.size()).ok_or(AllocError)?.cast();
        Ok(NonNull::slice_from_raw_parts(block, layout.size()))
    }

    unsafe fn deallocate(&self, block: NonNull<u8>, _: Layout) {
        // SAFETY: the block came from `allocate` above, and the vector or table that had it is done with it.
        unsafe { free(block.as_ptr().cast()) }
    }
}
