//! Blocks of memory, directly from `malloc`. `None` means no memory: nothing here raises an error.

use super::refuse;
use allocator_api2::alloc::{AllocError, Allocator};
use core::alloc::Layout;
use core::ffi::c_void;
use core::ptr::NonNull;

/// `size` bytes from `malloc`, at least one; `None` when there is no memory.
///
/// Sizes above `isize::MAX` fail, as in CPython's allocators.
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
    // glibc's calloc does not use the freed blocks of malloc's thread cache. It is faster to take one of those and fill
    // a small block with zeros.
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

/// Changes a block's size. When there is no memory, the block stays unchanged.
///
/// # Safety
/// `block` is NULL or came from this module and was not freed.
pub unsafe fn reallocate(block: *mut c_void, size: usize) -> Option<NonNull<c_void>> {
    if size > isize::MAX as usize || refuse::refused() {
        return None;
    }
    // SAFETY: `allocate` and the other functions here take all blocks from malloc, so realloc knows this one, which was
    // not freed.
    NonNull::new(unsafe { libc::realloc(block, size.max(1)) })
}

/// Frees a block; NULL is fine.
///
/// # Safety
/// `block` is NULL or came from this module and was not freed.
#[inline]
pub unsafe fn free(block: *mut c_void) {
    // SAFETY: `allocate` and the other functions here take all blocks from malloc, so free knows this one, which was
    // not freed.
    unsafe { libc::free(block) }
}

/// A block with an owner; dropping it frees the block.
#[derive(Debug)]
#[repr(transparent)]
pub struct Block(NonNull<c_void>);

impl Block {
    /// Takes over a block; `None` for NULL.
    ///
    /// # Safety
    /// `block` is NULL, or came from this module, was not freed, and is not used by its former owner any more.
    pub const unsafe fn from_ptr(block: *mut c_void) -> Option<Self> {
        match NonNull::new(block) {
            Some(block) => Some(Block(block)),
            None => None,
        }
    }

    /// Gives the block to C, which owns it from then on.
    pub fn into_ptr(self) -> *mut c_void {
        core::mem::ManuallyDrop::new(self).0.as_ptr()
    }

    /// Changes the size of a block, or allocates one if there is none yet. Without memory the block stays unchanged and
    /// is returned as the error.
    pub fn resize(block: Option<Self>, size: usize) -> Result<Self, Option<Self>> {
        let old = block.map_or(core::ptr::null_mut(), Block::into_ptr);
        // SAFETY: a `Block` came from this module and has not been freed. Its owner gave it up for the new one.
        let changed = unsafe { reallocate(old, size) };
        // SAFETY: when `reallocate` fails, the block is unchanged and has no other owner.
        changed.map(Block).ok_or_else(|| unsafe { Block::from_ptr(old) })
    }
}

impl Drop for Block {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: a `Block` came from this module and has not been freed. It has no other owner.
        unsafe { free(self.0.as_ptr()) }
    }
}

/// `malloc` as an allocator, for the tables and vectors below objects.
#[derive(Debug, Clone, Copy, Default)]
pub struct Malloc;

// SAFETY: blocks come from malloc, stay valid until freed, and any copy of the zero-sized `Malloc` can free them.
unsafe impl Allocator for Malloc {
    fn allocate(&self, layout: Layout) -> Result<NonNull<[u8]>, AllocError> {
        // No type of the library needs more than malloc's alignment.
        if layout.align() > align_of::<libc::max_align_t>() {
            return Err(AllocError);
        }
        let block = allocate(layout.size()).ok_or(AllocError)?.cast();
        Ok(NonNull::slice_from_raw_parts(block, layout.size()))
    }

    unsafe fn deallocate(&self, block: NonNull<u8>, _: Layout) {
        // SAFETY: the block came from `allocate` above, and the vector or table that had it does not use it any more.
        unsafe { free(block.as_ptr().cast()) }
    }
}
