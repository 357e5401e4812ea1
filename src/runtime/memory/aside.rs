//! Memory for what the library notes about a program: straight from malloc, never refused on request and not counted, so
//! that watching does not change what is watched.

use super::fill;
use allocator_api2::alloc::{AllocError, Allocator};
use core::alloc::Layout;
use core::ptr::NonNull;

/// The allocator.
#[derive(Debug, Clone, Copy, Default)]
pub struct Aside;

// SAFETY: blocks come from posix_memalign or malloc, stay valid until freed, and any copy of the zero-sized `Aside` can free
// them.
unsafe impl Allocator for Aside {
    fn allocate(&self, layout: Layout) -> Result<NonNull<[u8]>, AllocError> {
        if layout.align() > align_of::<libc::max_align_t>() {
            return Err(AllocError);
        }
        // SAFETY: malloc takes any size.
        let block = NonNull::new(unsafe { libc::malloc(layout.size().max(1)) }).ok_or(AllocError)?;
        Ok(NonNull::slice_from_raw_parts(block.cast(), layout.size()))
    }

    unsafe fn deallocate(&self, block: NonNull<u8>, _: Layout) {
        // SAFETY: the trait's contract: the block came from `allocate`.
        unsafe { libc::free(block.as_ptr().cast()) }
    }
}

/// A growing array of notes. What there is no memory for is not noted.
pub type Notes<T> = allocator_api2::vec::Vec<T, Aside>;

/// Appends to an array of notes, when there is memory for that.
pub fn note<T>(notes: &mut Notes<T>, item: T) -> Option<()> {
    notes.try_reserve(1).ok()?;
    fill(notes, [item]);
    Some(())
}

/// A copy of some bytes, when there is memory for it.
pub fn copy(bytes: &[u8]) -> Option<Notes<u8>> {
    let mut notes = Notes::new_in(Aside);
    notes.try_reserve_exact(bytes.len()).ok()?;
    fill(&mut notes, bytes.iter().copied());
    Some(notes)
}
