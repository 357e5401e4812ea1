//! `Include/pystrcmp.h`: strings of C compared without the case of ASCII letters.

use super::required_text;
use crate::abi::Py_ssize_t;
use crate::runtime::Text;
use core::ffi::c_int;

/// The difference of the first bytes, in lower case, that differ among the first `size`; 0 for a `size` of 0. NULL,
/// with which CPython would crash, is -1 with SystemError.
fn compare(one: Text, two: Text, size: usize, function: &'static str) -> c_int {
    let bytes = |text| required_text(text, function).map(|text| text.to_bytes_with_nul().iter());
    let (Ok(one), Ok(two)) = (bytes(one), bytes(two)) else { return -1 };
    let differences =
        one.zip(two).map(|(a, b)| c_int::from(a.to_ascii_lowercase()) - c_int::from(b.to_ascii_lowercase()));
    differences.take(size).find(|difference| *difference != 0).unwrap_or(0)
}

/// The order of two strings without the case of ASCII letters: negative, 0 or positive.
#[unsafe(no_mangle)]
pub extern "C" fn PyOS_mystricmp(s1: Text, s2: Text) -> c_int {
    compare(s1, s2, usize::MAX, "PyOS_mystricmp")
}

/// The order of the first `size` bytes of two strings without the case of ASCII letters: negative, 0 or positive.
#[unsafe(no_mangle)]
pub extern "C" fn PyOS_mystrnicmp(s1: Text, s2: Text, size: Py_ssize_t) -> c_int {
    // As in CPython, a negative size compares the first byte.
    compare(s1, s2, usize::try_from(size).unwrap_or(1), "PyOS_mystrnicmp")
}
