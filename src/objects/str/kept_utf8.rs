//! The UTF-8 form that a `str` keeps, once it has been made.

use super::layout::Str;
use crate::abi::PyCompactUnicodeObject;
use core::ffi::c_char;
use core::sync::atomic::{AtomicIsize, AtomicPtr, Ordering};

/// The fields with the form that a string keeps, and with the length of the form.
///
/// # Safety
/// The string is not compact ASCII.
#[inline]
pub(super) unsafe fn fields(s: Str<'_>) -> (&AtomicPtr<c_char>, &AtomicIsize) {
    let fields = s.cast::<PyCompactUnicodeObject>();
    // SAFETY: a string that is not compact ASCII has the larger layout. While threads may race, these fields are read
    // and written here and in `utf8` alone, and every thread that stores the length stores the same one.
    unsafe { (AtomicPtr::from_ptr(&raw mut (*fields).utf8), AtomicIsize::from_ptr(&raw mut (*fields).utf8_length)) }
}

/// The form that a string keeps, if it has been made.
///
/// # Safety
/// The string is not compact ASCII.
#[inline]
pub(super) unsafe fn kept(s: Str<'_>) -> Option<&str> {
    // SAFETY: the string is not compact ASCII, by this function's condition.
    let (form, length) = unsafe { fields(s) };
    let form = form.load(Ordering::Acquire);
    // SAFETY: the form is UTF-8, of this length, and lives as long as the string.
    (!form.is_null()).then(|| unsafe {
        let bytes = core::slice::from_raw_parts(form.cast::<u8>(), length.load(Ordering::Relaxed) as usize);
        core::str::from_utf8_unchecked(bytes)
    })
}
