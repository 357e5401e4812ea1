//! The functions for arenas: large pieces of memory, straight from the system. The library itself makes none, as CPython does not with
//! PYTHONMALLOC=malloc.

use crate::abi::PyObjectArenaAllocator;
use crate::runtime::lock::Lock;
use core::ffi::c_void;
use core::ptr::null_mut;

static CURRENT: Lock<PyObjectArenaAllocator> =
    Lock::new(PyObjectArenaAllocator { ctx: null_mut(), alloc: Some(map), free: Some(unmap) });

/// The functions that are set.
pub fn get() -> PyObjectArenaAllocator {
    *CURRENT.hold()
}

/// Sets other functions.
pub fn set(functions: PyObjectArenaAllocator) {
    *CURRENT.hold() = functions;
}

unsafe extern "C" fn map(_: *mut c_void, size: usize) -> *mut c_void {
    // SAFETY: without an address, mmap chooses a free place, so no memory in use changes.
    let place = unsafe {
        libc::mmap(null_mut(), size, libc::PROT_READ | libc::PROT_WRITE, libc::MAP_PRIVATE | libc::MAP_ANONYMOUS, -1, 0)
    };
    if place == libc::MAP_FAILED { null_mut() } else { place }
}

unsafe extern "C" fn unmap(_: *mut c_void, arena: *mut c_void, size: usize) {
    // SAFETY: the caller gives back an arena that `map` made.
    unsafe { libc::munmap(arena, size) };
}
