//! Searches in bytes, by the C library's functions.

/// The index of the first such byte.
#[inline]
pub fn find_byte(bytes: &[u8], byte: u8) -> Option<usize> {
    // SAFETY: memchr reads no more than this length, and returns NULL or an address among the bytes.
    unsafe {
        let found = libc::memchr(bytes.as_ptr().cast(), byte.into(), bytes.len());
        (!found.is_null()).then(|| found.addr() - bytes.as_ptr().addr())
    }
}

/// The index of the last such byte.
pub fn find_last_byte(bytes: &[u8], byte: u8) -> Option<usize> {
    // SAFETY: memrchr reads no more than this length, and returns NULL or an address among the bytes.
    unsafe {
        let found = libc::memrchr(bytes.as_ptr().cast(), byte.into(), bytes.len());
        (!found.is_null()).then(|| found.addr() - bytes.as_ptr().addr())
    }
}

/// Whether a sequence of bytes contains another.
pub fn contains(bytes: &[u8], part: &[u8]) -> bool {
    find(bytes, part).is_some()
}

/// The index at which a sequence of bytes contains another for the first time.
#[inline]
pub fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    // SAFETY: memmem reads no more than these lengths, and returns NULL or an address among the bytes, or at their end.
    unsafe {
        let found = libc::memmem(bytes.as_ptr().cast(), bytes.len(), part.as_ptr().cast(), part.len());
        (!found.is_null()).then(|| found.addr() - bytes.as_ptr().addr())
    }
}

/// The index of the last such part; the length for an empty one.
pub fn find_last(bytes: &[u8], part: &[u8]) -> Option<usize> {
    let [first, ..] = part else { return Some(bytes.len()) };
    let mut end = (bytes.len() + 1).checked_sub(part.len())?;
    while let Some(at) = find_last_byte(bytes.get(..end)?, *first) {
        if bytes.get(at..)?.starts_with(part) {
            return Some(at);
        }
        end = at;
    }
    None
}
