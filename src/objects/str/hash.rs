//! The hash of a `str`: SipHash-1-3 with a zero key, which is CPython's under `PYTHONHASHSEED=0`.

use super::layout::{Str, as_exact, compact_ascii, points};
use super::siphash;
use crate::abi::{Py_hash_t, Py_ssize_t, PyHash_FuncDef};
use crate::runtime::Obj;
use core::ffi::c_void;
use core::ptr::NonNull;
use core::sync::atomic::{AtomicIsize, Ordering};

/// The hash of a string's characters in their stored form.
#[inline]
pub const fn hash_bytes(bytes: &[u8]) -> isize {
    if bytes.is_empty() {
        return 0;
    }
    match siphash::siphash(bytes) as isize {
        -1 => -2,
        hash => hash,
    }
}

/// The hash of bytes by the algorithm alone, which [`hash_bytes`] never takes for an empty string nor for -1.
///
/// # Safety
/// `bytes` can be read for `length` bytes.
unsafe extern "C" fn hash_for_c(bytes: *const c_void, length: Py_ssize_t) -> Py_hash_t {
    let length = if bytes.is_null() { 0 } else { usize::try_from(length).unwrap_or(0) };
    let start = if length == 0 { NonNull::dangling().as_ptr() } else { bytes.cast_mut().cast() };
    // SAFETY: the caller promises as many readable bytes, and without any the pointer is only not NULL.
    siphash::siphash(unsafe { core::slice::from_raw_parts(start, length) }) as Py_hash_t
}

static mut DEFINITION: PyHash_FuncDef =
    PyHash_FuncDef { hash: Some(hash_for_c), name: c"siphash13".as_ptr(), hash_bits: 64, seed_bits: 128 };

/// The description of the hash for C.
pub fn definition() -> *mut PyHash_FuncDef {
    &raw mut DEFINITION
}

/// A name with its hash, which the compiler computes for a constant. A look-up by such a name finds ASCII names only.
#[derive(Debug, Clone, Copy)]
pub struct HashedName<'a> {
    text: &'a [u8],
    hash: isize,
}

impl<'a> HashedName<'a> {
    /// A name.
    #[inline(always)]
    pub const fn new(text: &'a str) -> Self {
        Self::from_utf8(text.as_bytes())
    }

    /// A name of bytes that should be UTF-8.
    #[inline(always)]
    pub const fn from_utf8(text: &'a [u8]) -> Self {
        HashedName { text, hash: hash_bytes(text) }
    }

    /// The characters as bytes, which should be UTF-8.
    pub const fn text(self) -> &'a [u8] {
        self.text
    }

    /// The hash of a `str` with these characters.
    pub const fn hash(self) -> isize {
        self.hash
    }

    /// Whether an object is exactly a `str` with these characters.
    #[inline(always)]
    pub fn is(self, o: Obj<'_>) -> bool {
        as_exact(o).is_some_and(|s| compact_ascii(s) == Some(self.text))
    }
}

/// The hash of a `str`, computed once.
pub fn hash(s: Str<'_>) -> isize {
    // SAFETY: the field lives as long as the str. Once other code has the str, only this line reads and writes the
    // field.
    let kept = unsafe { AtomicIsize::from_ptr(&raw mut (*s.fields()).hash) };
    remembered(kept, || hash_bytes(compact_ascii(s).unwrap_or_else(|| points(s).as_bytes())))
}

/// Computes a hash once and keeps it in the object's field, which is -1 until then. Threads may call this at the same
/// time, since each computes the same hash.
#[inline]
pub fn remembered(kept: &AtomicIsize, compute: impl FnOnce() -> isize) -> isize {
    match kept.load(Ordering::Relaxed) {
        -1 => {
            let hash = compute();
            kept.store(hash, Ordering::Relaxed);
            hash
        }
        hash => hash,
    }
}
