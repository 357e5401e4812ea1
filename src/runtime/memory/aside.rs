//! Memory for the checker's notes about a program. It comes directly from the system, not from malloc. If a block that
//! a program has freed became the library's own, a second `free` of it would go unnoticed and free the notes. This
//! memory is neither counted nor made to fail on request, so watching a program does not change its allocations.

use super::array::fill;
use crate::runtime::lock::Lock;
use allocator_api2::alloc::{AllocError, Allocator};
use core::alloc::Layout;
use core::ffi::{CStr, c_void};
use core::ptr::{NonNull, null_mut};
use core::sync::atomic::{AtomicPtr, Ordering::Relaxed};

/// The allocator.
#[derive(Debug, Clone, Copy, Default)]
pub struct Aside;

/// The smallest size of a block. Sizes are powers of two.
const SMALLEST: usize = 16;
/// Larger blocks are mapped one by one.
const LARGEST: usize = 1 << 16;
const SIZES: usize = (LARGEST.ilog2() - SMALLEST.ilog2() + 1) as usize;
/// The number of bytes that are mapped for smaller blocks at a time.
const CHUNK: usize = 1 << 18;

/// A block that is free, and the next one of its size.
struct Free {
    next: *mut Free,
}

/// The head of each mapping.
#[repr(align(16))]
struct Region {
    next: *mut Region,
    previous: *mut Region,
    bytes: usize,
}

/// The free blocks of each size, the unused part of the last chunk, and all mappings.
struct Heap {
    free: [*mut Free; SIZES],
    rest: *mut u8,
    left: usize,
    regions: *mut Region,
}

// SAFETY: the pointers are to mappings of the heap, which any thread may use that holds the lock around it.
unsafe impl Send for Heap {}

static HEAP: Lock<Heap> = Lock::new(Heap { free: [null_mut(); SIZES], rest: null_mut(), left: 0, regions: null_mut() });

/// The size of the block for this many bytes, and its index among the sizes; `None` for a block that is mapped by
/// itself.
fn size_class(bytes: usize) -> Option<(usize, usize)> {
    if bytes > LARGEST {
        return None;
    }
    let size = bytes.max(SMALLEST).next_power_of_two();
    Some((size, (size.ilog2() - SMALLEST.ilog2()) as usize))
}

/// LeakSanitizer's functions that register memory to scan, if it is in the program: a block to which the notes refer is
/// not a leak.
static LOOK_INTO: AtomicPtr<c_void> = AtomicPtr::new(null_mut());
static LOOK_AWAY: AtomicPtr<c_void> = AtomicPtr::new(null_mut());

/// Looks for LeakSanitizer, before any note is made. No lock is held, because the loader is called.
pub fn prepare() {
    let functions = [(&LOOK_INTO, c"__lsan_register_root_region"), (&LOOK_AWAY, c"__lsan_unregister_root_region")];
    for (place, name) in functions {
        place.store(sanitizer(name), Relaxed);
    }
}

/// A sanitizer's function, if the sanitizer is in the program; else NULL. It calls the loader.
pub fn sanitizer(name: &CStr) -> *mut c_void {
    // SAFETY: dlsym reads the name, which ends with NUL.
    unsafe { libc::dlsym(libc::RTLD_DEFAULT, name.as_ptr()) }
}

/// Calls one of these functions, if it exists.
fn tell(function: &AtomicPtr<c_void>, region: NonNull<u8>, bytes: usize) {
    type Tell = unsafe extern "C" fn(*const c_void, usize);
    let function = function.load(Relaxed);
    if !function.is_null() {
        // SAFETY: the sanitizer's functions of these names have this type, and the region is a mapping.
        unsafe { core::mem::transmute::<*mut c_void, Tell>(function)(region.as_ptr().cast(), bytes) }
    }
}

/// New memory from the system, all zeros, aligned to a page; NULL when there is none.
pub fn map(bytes: usize) -> *mut c_void {
    let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS;
    // SAFETY: without an address, mmap chooses a free place, so no memory in use changes.
    let place = unsafe { libc::mmap(null_mut(), bytes, libc::PROT_READ | libc::PROT_WRITE, flags, -1, 0) };
    if place == libc::MAP_FAILED { null_mut() } else { place }
}

/// Calls `look` with the address and length of each mapping of notes. No note is made meanwhile.
pub fn each_region(look: &mut dyn FnMut(usize, usize)) {
    let heap = HEAP.hold();
    let mut region = heap.regions;
    // SAFETY: regions are linked while they are mapped, and the lock keeps other threads from unmapping one.
    while let Some(here) = unsafe { region.as_ref() } {
        look(region.addr(), here.bytes);
        region = here.next;
    }
}

impl Heap {
    /// New memory of this many bytes.
    fn map(&mut self, bytes: usize) -> Option<NonNull<u8>> {
        let bytes = bytes.checked_add(size_of::<Region>())?;
        let region = NonNull::new(map(bytes).cast::<Region>())?;
        // SAFETY: the mapping is new, and the other region is the first linked one, if there is one.
        unsafe {
            region.write(Region { next: self.regions, previous: null_mut(), bytes });
            if let Some(next) = self.regions.as_mut() {
                next.previous = region.as_ptr();
            }
            self.regions = region.as_ptr();
            tell(&LOOK_INTO, region.cast(), bytes);
            Some(region.add(1).cast())
        }
    }

    /// Unmaps such memory.
    ///
    /// # Safety
    /// It came from `map`, and is no longer in use.
    unsafe fn unmap(&mut self, memory: NonNull<u8>) {
        // SAFETY: `map` has put the region's head before the memory. Its neighbours are linked, so they are mapped.
        unsafe {
            let region = memory.cast::<Region>().sub(1);
            let Region { next, previous, bytes } = region.read();
            match previous.as_mut() {
                Some(previous) => previous.next = next,
                None => self.regions = next,
            }
            if let Some(next) = next.as_mut() {
                next.previous = previous;
            }
            tell(&LOOK_AWAY, region.cast(), bytes);
            libc::munmap(region.as_ptr().cast(), bytes);
        }
    }

    fn take(&mut self, size: usize, class: usize) -> Option<NonNull<u8>> {
        let list = self.free.get_mut(class)?;
        if let Some(block) = NonNull::new(*list) {
            // SAFETY: the pointer is a free block of this heap, which was written when it was freed.
            *list = unsafe { block.as_ref().next };
            return Some(block.cast());
        }
        if self.left < size {
            // The rest of the last chunk is not used any more.
            let room = CHUNK - size_of::<Region>();
            self.rest = self.map(room)?.as_ptr();
            self.left = room;
        }
        let block = NonNull::new(self.rest);
        self.rest = self.rest.wrapping_add(size);
        self.left -= size;
        block
    }

    fn give_back(&mut self, block: NonNull<u8>, class: usize) {
        let Some(list) = self.free.get_mut(class) else { return };
        let block = block.cast::<Free>();
        // SAFETY: the block belongs to this heap, has room for a pointer, and is no longer in use.
        unsafe { block.write(Free { next: *list }) };
        *list = block.as_ptr();
    }
}

// SAFETY: blocks are parts of mappings that are never unmapped, or whole mappings. No two blocks in use overlap. Any
// copy of the zero-sized `Aside` can free a block, with the layout by which it was allocated.
unsafe impl Allocator for Aside {
    fn allocate(&self, layout: Layout) -> Result<NonNull<[u8]>, AllocError> {
        if layout.align() > SMALLEST {
            return Err(AllocError);
        }
        let block = match size_class(layout.size()) {
            Some((size, class)) => HEAP.hold().take(size, class),
            None => HEAP.hold().map(layout.size()),
        };
        Ok(NonNull::slice_from_raw_parts(block.ok_or(AllocError)?, layout.size()))
    }

    unsafe fn deallocate(&self, block: NonNull<u8>, layout: Layout) {
        match size_class(layout.size()) {
            Some((_, class)) => HEAP.hold().give_back(block, class),
            // SAFETY: a block of this size is a mapping from `map`, and its user does not use it any more.
            None => unsafe { HEAP.hold().unmap(block) },
        }
    }
}

/// A growing array of notes. A note without memory for it is left out.
pub type Notes<T> = allocator_api2::vec::Vec<T, Aside>;

/// Appends a note; `None` when there is no memory.
pub fn note<T>(notes: &mut Notes<T>, item: T) -> Option<()> {
    notes.try_reserve(1).ok()?;
    fill(notes, [item]);
    Some(())
}

/// A copy of some bytes; `None` when there is no memory.
pub fn copy(bytes: &[u8]) -> Option<Notes<u8>> {
    let mut notes = Notes::new_in(Aside);
    notes.try_reserve_exact(bytes.len()).ok()?;
    fill(&mut notes, bytes.iter().copied());
    Some(notes)
}

#[cfg(test)]
mod tests {
    use super::*;

    // One test for both, because another test could get a block that this one frees.
    #[test]
    fn blocks_do_not_overlap_and_are_used_again() {
        let layout = |size| Layout::array::<u8>(size).unwrap();
        let take = |size| Aside.allocate(layout(size)).unwrap().cast::<u8>();
        for size in [0, 1, 16, 17, 4096, LARGEST, LARGEST + 1, 3 * CHUNK] {
            let (one, other) = (take(size), take(size));
            // SAFETY: each block has this size, and is freed once.
            unsafe {
                one.write_bytes(1, size);
                other.write_bytes(2, size);
                assert!((0..size).all(|index| one.add(index).read() == 1));
                Aside.deallocate(one, layout(size));
                if size <= LARGEST {
                    assert_eq!(take(size), one);
                }
                Aside.deallocate(other, layout(size));
            }
        }
        // More blocks than one chunk holds.
        let blocks: std::vec::Vec<_> = (0..2 * CHUNK / 64).map(|_| take(64)).collect();
        for (number, block) in blocks.iter().enumerate() {
            // SAFETY: the block has 64 bytes.
            unsafe { block.cast::<usize>().write(number) };
        }
        // SAFETY: the previous loop has written a number there.
        assert!(blocks.iter().enumerate().all(|(number, block)| unsafe { block.cast::<usize>().read() } == number));
        let regions = || {
            let mut found = std::vec::Vec::new();
            each_region(&mut |start, bytes| found.push(start..start + bytes));
            found
        };
        assert!(blocks.iter().all(|block| regions().iter().any(|region| region.contains(&block.as_ptr().addr()))));
        let large = take(LARGEST + 1);
        assert!(regions().iter().any(|region| region.contains(&large.as_ptr().addr())));
        // SAFETY: the block has this size, and is freed once.
        unsafe { Aside.deallocate(large, layout(LARGEST + 1)) };
        assert!(!regions().iter().any(|region| region.contains(&large.as_ptr().addr())));
        let mut notes = Notes::new_in(Aside);
        assert!((0..100_000).all(|number| note(&mut notes, number).is_some()));
        assert!(notes.iter().copied().eq(0..100_000));
    }
}
