//! The UTF-8 form of a `str`, which the string keeps.

use super::encode;
use super::kept_utf8::{fields, kept};
use super::layout::{Points, Str, compact_ascii, points};
use crate::runtime::{Result, memory};
use core::sync::atomic::Ordering;

/// The UTF-8 form, which is made once and kept with the string.
///
/// UnicodeEncodeError when the string has a surrogate, MemoryError without memory. Threads may ask at the same time:
/// each makes the form, and one is kept.
#[inline]
pub fn utf8(s: Str<'_>) -> Result<&str> {
    // The fast path: most strings are ASCII, which is its own UTF-8, or keep the form already.
    if let Some(ascii) = compact_ascii(s) {
        // SAFETY: ASCII is UTF-8.
        return Ok(unsafe { core::str::from_utf8_unchecked(ascii) });
    }
    // SAFETY: the string is not compact ASCII.
    match unsafe { kept(s) } {
        Some(form) => Ok(form),
        None => make(s),
    }
}

/// Makes the form, and keeps it. Out of line, so that the fast path of [`utf8`] stays short.
#[inline(never)]
fn make(s: Str<'_>) -> Result<&str> {
    if let Points::Ascii(ascii) = points(s) {
        // SAFETY: the bytes are ASCII, which is UTF-8.
        return Ok(unsafe { core::str::from_utf8_unchecked(ascii) });
    }
    let size = encode::utf8_length(s)?;
    let block = memory::allocate(size + 1).ok_or_else(memory::out_of_memory)?.cast::<u8>();
    // SAFETY: the string is not ASCII. The block has room for the form and a NUL. No other thread has seen a block that
    // lost the race.
    unsafe {
        let (form, length) = fields(s);
        encode::write_utf8(points(s), block);
        block.add(size).write(0);
        length.store(size as isize, Ordering::Relaxed);
        let made = block.cast().as_ptr();
        if form.compare_exchange(core::ptr::null_mut(), made, Ordering::AcqRel, Ordering::Acquire).is_err() {
            memory::free(made.cast());
        }
        Ok(kept(s).unwrap_or_default())
    }
}

/// The UTF-8 form; `None`, without an error, when the string has a lone surrogate, which UTF-8 can't represent.
pub fn utf8_if_any(s: Str<'_>) -> Result<Option<&str>> {
    let points = points(s);
    let has_form = matches!(points, Points::Ascii(_)) || points.iter().all(|point| char::from_u32(point).is_some());
    has_form.then(|| utf8(s)).transpose()
}
