//! `Include/pyhash.h`: hashes of pointers, numbers and bytes.

use crate::abi::{Py_hash_t, Py_ssize_t, PyHash_FuncDef};
use crate::objects::{constants, float, str};
use crate::protocol::hash;
use crate::runtime::Arg;
use core::ffi::{c_double, c_void};

/// The hash of a pointer, which an object has that is hashed by its identity. Never -1, and never sets an error.
#[unsafe(no_mangle)]
pub extern "C" fn Py_HashPointer(pointer: *const c_void) -> Py_hash_t {
    hash::of_pointer(pointer)
}

/// The hash of a number, equal to that of an equal `int`; a NaN has the hash of the pointer `o`. Never -1, and never
/// sets an error.
#[unsafe(no_mangle)]
pub extern "C" fn _Py_HashDouble(o: Arg, value: c_double) -> Py_hash_t {
    match o {
        None if value.is_nan() => 0,
        o => float::type_object::hash_of(o.unwrap_or(constants::NONE), value),
    }
}

/// The hash of bytes, equal to that of an equal object of `bytes`; 0 without bytes. Never -1, and never sets an error.
///
/// # Safety
/// `bytes` can be read for `length` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_HashBuffer(bytes: *const c_void, length: Py_ssize_t) -> Py_hash_t {
    match usize::try_from(length) {
        Ok(length @ 1..) if !bytes.is_null() => {
            // SAFETY: the caller promises as many readable bytes, and the pointer is not NULL.
            str::hash_bytes(unsafe { core::slice::from_raw_parts(bytes.cast(), length) })
        }
        _ => 0,
    }
}

/// The algorithm by which strings and bytes are hashed: its function, its name, and the sizes of a hash and of its key
/// in bits. The key of this library is zero. The struct lives as long as the process.
#[unsafe(no_mangle)]
pub extern "C" fn PyHash_GetFuncDef() -> *mut PyHash_FuncDef {
    str::hash_definition()
}
