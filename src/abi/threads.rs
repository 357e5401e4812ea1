//! `Include/cpython/lock.h`, `Include/cpython/critical_section.h` and `Include/cpython/pythread.h`: what threads share; handlers of
//! signals and of arenas.

use core::ffi::{c_int, c_uint, c_void};

/// A lock of one byte.
#[repr(C)]
#[derive(Debug)]
pub struct PyMutex {
    /// The state; 0 is unlocked.
    pub _bits: u8,
}

/// A critical section, of CPython's build without the GIL (16 bytes).
#[repr(C)]
#[derive(Debug)]
pub struct PyCriticalSection {
    /// Unused.
    pub _cs_prev: usize,
    /// Unused.
    pub _cs_mutex: *mut PyMutex,
}

/// A critical section over two objects (24 bytes).
#[repr(C)]
#[derive(Debug)]
pub struct PyCriticalSection2 {
    /// Unused.
    pub _cs_base: PyCriticalSection,
    /// Unused.
    pub _cs_mutex2: *mut PyMutex,
}

/// A key of values that each thread has for itself (8 bytes).
#[repr(C)]
#[derive(Debug)]
pub struct Py_tss_t {
    /// Whether the key exists.
    pub _is_initialized: c_int,
    /// pthread's key.
    pub _key: c_uint,
}

/// How a wait for a lock ended: 0 in vain, 1 with the lock.
pub type PyLockStatus = c_int;

/// A lock of `PyThread_allocate_lock`.
pub type PyThread_type_lock = *mut core::ffi::c_void;

/// `Include/pylifecycle.h`: the handler of a signal; NULL is `SIG_DFL`.
pub type PyOS_sighandler_t = Option<unsafe extern "C" fn(c_int)>;

/// `Include/cpython/objimpl.h`: functions for arenas (24 bytes).
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct PyObjectArenaAllocator {
    /// The first argument of both.
    pub ctx: *mut c_void,
    /// A new arena of a size, or NULL.
    pub alloc: Option<unsafe extern "C" fn(ctx: *mut c_void, size: usize) -> *mut c_void>,
    /// Frees an arena of a size.
    pub free: Option<unsafe extern "C" fn(ctx: *mut c_void, ptr: *mut c_void, size: usize)>,
}

// SAFETY: the first argument belongs to the program that set the functions, which any thread may call.
unsafe impl Send for PyObjectArenaAllocator {}
