//! The UTF-8 form of a `str`, which the string keeps.

use super::encode;
use super::layout::{Points, Str, points};
use crate::abi::PyCompactUnicodeObject;
use crate::runtime::{Result, memory};
use core::sync::atomic::{AtomicIsize, AtomicPtr, Ordering};

/// The UTF-8 form, which is made once and kept with the string.
///
/// UnicodeEncodeError when the string has a surrogate, MemoryError without memory. Threads may call this at the same
/// time: each makes the form, and one is kept.
pub fn utf8(s: Str<'_>) -> Result<&str> {
    if let Points::Ascii(ascii) = points(s) {
        // SAFETY: the bytes are ASCII, which is UTF-8.
        return Ok(unsafe { core::str::from_utf8_unchecked(ascii) });
    }
    let fields = s.cast::<PyCompactUnicodeObject>();
    // SAFETY: a string that is not ASCII has the larger layout. While threads may race, only this code reads and writes
    // these fields, and every thread that stores the length stores the same one.
    let (kept, length) = unsafe {
        (AtomicPtr::from_ptr(&raw mut (*fields).utf8), AtomicIsize::from_ptr(&raw mut (*fields).utf8_length))
    };
    let mut bytes = kept.load(Ordering::Acquire);
    if bytes.is_null() {
        let size = encode::utf8_length(s)?;
        let block = memory::allocate(size + 1).ok_or_else(memory::out_of_memory)?.cast::<u8>();
        // SAFETY: the block has room for the form and a NUL. No other thread has seen a block that lost the race.
        bytes = unsafe {
            encode::write_utf8(points(s), block);
            block.add(size).write(0);
            length.store(size as isize, Ordering::Relaxed);
            let made = block.cast().as_ptr();
            match kept.compare_exchange(core::ptr::null_mut(), made, Ordering::AcqRel, Ordering::Acquire) {
                Ok(_) => made,
                Err(other) => {
                    memory::free(made.cast());
                    other
                }
            }
        };
    }
    // SAFETY: the form is UTF-8, of this length, and lives as long as the string.
    unsafe {
        let bytes = core::slice::from_raw_parts(bytes.cast::<u8>(), length.load(Ordering::Relaxed) as usize);
        Ok(core::str::from_utf8_unchecked(bytes))
    }
}

/// The UTF-8 form; `None`, without an error, when the string has a lone surrogate, which UTF-8 can't represent.
pub fn utf8_if_any(s: Str<'_>) -> Result<Option<&str>> {
    let points = points(s);
    let has_form = matches!(points, Points::Ascii(_)) || points.iter().all(|point| char::from_u32(point).is_some());
    has_form.then(|| utf8(s)).transpose()
}
