//! Searches in bytes, by the C library's functions.

/// The place of the first such byte.
#[inline]
pub fn find_byte(bytes: &[u8], byte: u8) -> Option<usize> {
    // SAFETY: memchr reads no further than it is told, and finds nothing or an address among the bytes.
    unsafe {
        let found = libc::memchr(bytes.as_ptr().cast(), byte.into(), bytes.len());
        (!found.is_null()).then(|| found.addr() - bytes.as_ptr().addr())
    }
}

/// The place of the last such byte.
pub fn find_last_byte(bytes: &[u8], byte: u8) -> Option<usize> {
    // SAFETY: memrchr reads no further than it is told, and finds nothing or an address among the bytes.
    unsafe {
        let found = libc::memrchr(bytes.as_ptr().cast(), byte.into(), bytes.len());
        (!found.is_null()).then(|| found.addr() - bytes.as_ptr().addr())
    }
}

/// Whether some bytes stand in a row among others.
pub fn contains(bytes: &[u8], part: &[u8]) -> bool {
    // SAFETY: memmem reads no further than it is told.
    unsafe { !libc::memmem(bytes.as_ptr().cast(), bytes.len(), part.as_ptr().cast(), part.len()).is_null() }
}
