//! The UTF-8 form that a `str` keeps, once it has been made.

use super::layout::Str;
use crate::abi::PyCompactUnicodeObject;
use core::ffi::c_char;
use core::sync::atomic::{AtomicIsize, AtomicPtr, Ordering};

/// The form that a string keeps, and how long it is.
#[inline]
pub(super) fn fields(s: Str<'_>) -> (&AtomicPtr<c_char>, &AtomicIsize) {
    let fields = s.cast::<PyCompactUnicodeObject>();
    // SAFETY: a string that is not compact ASCII has the larger layout. While threads may race, these fields are read and
    // written here and in `utf8` alone, and every thread that stores the length stores the same one.
    unsafe { (AtomicPtr::from_ptr(&raw mut (*fields).utf8), AtomicIsize::from_ptr(&raw mut (*fields).utf8_length)) }
}

/// The form that a string which is not compact ASCII keeps, if it has been made.
#[inline]
pub(super) fn kept(s: Str<'_>) -> Option<&str> {
    let (form, length) = fields(s);
    let form = form.load(Ordering::Acquire);
    // SAFETY: the form is UTF-8, of this length, and lives as long as the string.
    (!form.is_null()).then(|| unsafe {
        let bytes = core::slice::from_raw_parts(form.cast::<u8>(), length.load(Ordering::Relaxed) as usize);
        core::str::from_utf8_unchecked(bytes)
    })
}
