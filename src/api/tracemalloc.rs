//! `Include/cpython/tracemalloc.h`: blocks of memory that a tracer should know. Nothing is traced.

use core::ffi::{c_int, c_uint};

/// Tells the tracer of a block: -2, because nothing is traced, as in an interpreter in which tracing is off.
#[unsafe(no_mangle)]
pub extern "C" fn PyTraceMalloc_Track(_domain: c_uint, _ptr: usize, _size: usize) -> c_int {
    -2
}

/// Tells the tracer of the end of a block: -2, because nothing is traced.
#[unsafe(no_mangle)]
pub extern "C" fn PyTraceMalloc_Untrack(_domain: c_uint, _ptr: usize) -> c_int {
    -2
}
