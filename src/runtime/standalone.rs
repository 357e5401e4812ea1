//! The panic handler and the allocator. The standard library brings its own, where this library is built with it.

use super::memory::Malloc;
use super::stderr::Stderr;
use core::alloc::{GlobalAlloc, Layout};
use core::fmt::Write;
use core::panic::PanicInfo;

// The function that the core library's unwind tables name (csrc/personality.c).
#[link(name = "pycapsule_personality", kind = "static")]
unsafe extern "C" {}

/// A panic is a bug of the library: it is reported, and the process ends.
#[panic_handler]
fn panic(info: &PanicInfo<'_>) -> ! {
    // Write errors are ignored: there is nowhere to report them.
    let _ = writeln!(Stderr, "pycapsule: internal error: {info}");
    // SAFETY: abort takes no arguments and may be called at any time.
    unsafe { libc::abort() }
}

/// The allocator of the `alloc` crate, which comes with the hash tables. The library itself allocates through
/// [`Malloc`] directly.
#[global_allocator]
static MALLOC: Malloc = Malloc;

// SAFETY: the functions are those of the `Allocator`, which has the same contract.
unsafe impl GlobalAlloc for Malloc {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        use allocator_api2::alloc::Allocator;
        self.allocate(layout).map_or(core::ptr::null_mut(), |block| block.cast().as_ptr())
    }

    unsafe fn dealloc(&self, block: *mut u8, _: Layout) {
        // SAFETY: the `alloc` crate frees only blocks that it got from `alloc` above, which come from `allocate`.
        unsafe { super::memory::free(block.cast()) }
    }
}
