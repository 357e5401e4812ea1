//! What the standard library would bring, where the library stands without it.

use super::memory::Malloc;
use super::stderr::Stderr;
use core::alloc::{GlobalAlloc, Layout};
use core::fmt::Write;
use core::panic::PanicInfo;

// The function that the core library's tables for unwinding name (csrc/personality.c).
#[link(name = "pycapsule_personality", kind = "static")]
unsafe extern "C" {}

/// A panic is a bug of ours: it is told, and the process ends.
#[panic_handler]
fn panic(info: &PanicInfo<'_>) -> ! {
    // What can't be written, is not.
    let _ = writeln!(Stderr, "pycapsule: internal error: {info}");
    // SAFETY: aborting is what is left to do.
    unsafe { libc::abort() }
}

/// For the `alloc` crate, which the tables come with. All that is allocated is so through [`Malloc`] itself.
#[global_allocator]
static MALLOC: Malloc = Malloc;

// SAFETY: the functions are those of the Allocator, which has the same contract.
unsafe impl GlobalAlloc for Malloc {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        use allocator_api2::alloc::Allocator;
        self.allocate(layout).map_or(core::ptr::null_mut(), |block| block.cast().as_ptr())
    }

    unsafe fn dealloc(&self, block: *mut u8, _: Layout) {
        // SAFETY: the caller's promise: it came from `alloc`.
        unsafe { super::memory::free(block.cast()) }
    }
}
