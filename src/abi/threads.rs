//! `Include/cpython/lock.h`, `Include/cpython/critical_section.h` and `Include/cpython/pythread.h`: what threads share.

use core::ffi::{c_int, c_uint};

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
