//! Equality of strings, and their order by code point.

use super::kept_utf8::kept;
use super::layout::{Points, Str, compact_ascii, points};
use crate::abi::PyASCIIObject;
use crate::runtime::Obj;
use core::cmp::Ordering;
use core::ffi::CStr;

/// Whether two strings have the same characters.
#[inline]
pub fn equal(a: Str<'_>, b: Str<'_>) -> bool {
    // The fast path: most strings are ASCII.
    match (compact_ascii(a), compact_ascii(b)) {
        (Some(a), Some(b)) => a == b,
        _ => same_points(points(a), points(b)),
    }
}

#[inline(never)]
fn same_points(a: Points<'_>, b: Points<'_>) -> bool {
    if a.kind() == b.kind() { a.as_bytes() == b.as_bytes() } else { a.len() == b.len() && a.iter().eq(b.iter()) }
}

/// Whether an object is a `str` with the characters of this text.
pub fn is(o: Obj<'_>, text: &str) -> bool {
    o.downcast::<PyASCIIObject>().is_some_and(|s| is_utf8(s, text.as_bytes()))
}

/// Whether a string has the characters of these bytes in UTF-8. Bytes that are not UTF-8 are equal to nothing.
#[inline]
pub fn is_utf8(s: Str<'_>, text: &[u8]) -> bool {
    // ASCII is its own UTF-8.
    if let Some(ascii) = compact_ascii(s) {
        return ascii == text;
    }
    // SAFETY: the string is not compact ASCII.
    match unsafe { kept(s) } {
        Some(form) => form.as_bytes() == text,
        None => is_wide_utf8(s, text),
    }
}

#[inline(never)]
fn is_wide_utf8(s: Str<'_>, mut text: &[u8]) -> bool {
    for point in points(s).iter() {
        let Some(character) = char::from_u32(point) else { return false };
        match text.strip_prefix(character.encode_utf8(&mut [0; 4]).as_bytes()) {
            Some(rest) => text = rest,
            None => return false,
        }
    }
    text.is_empty()
}

/// The order of two strings by code point.
#[inline]
pub fn order(a: Str<'_>, b: Str<'_>) -> Ordering {
    // The fast path: most strings are ASCII.
    match (compact_ascii(a), compact_ascii(b)) {
        (Some(a), Some(b)) => a.cmp(b),
        _ => order_of_points(points(a), points(b)),
    }
}

#[inline(never)]
fn order_of_points(a: Points<'_>, b: Points<'_>) -> Ordering {
    match (a, b) {
        (Points::Ascii(a) | Points::Latin1(a), Points::Ascii(b) | Points::Latin1(b)) => a.cmp(b),
        (Points::Ucs2(a), Points::Ucs2(b)) => a.cmp(b),
        (Points::Ucs4(a), Points::Ucs4(b)) => a.cmp(b),
        (a, b) => a.iter().cmp(b.iter()),
    }
}

/// The order of a string and the Latin-1 characters of a C string (CPython: `PyUnicode_CompareWithASCIIString`). A
/// string with wider characters is compared only up to its first NUL, and is the greater one if both are equal up to
/// there.
#[inline]
pub fn compare_latin1(s: Str<'_>, text: &CStr) -> Ordering {
    // The fast path: most strings are ASCII.
    match compact_ascii(s) {
        Some(ascii) => ascii.cmp(text.to_bytes()),
        None => compare_points_latin1(points(s), text),
    }
}

#[inline(never)]
fn compare_points_latin1(points: Points<'_>, text: &CStr) -> Ordering {
    if let Points::Ascii(own) | Points::Latin1(own) = points {
        return own.cmp(text.to_bytes());
    }
    let text = text.to_bytes().iter().copied().map(u32::from);
    match points.iter().zip(text.clone()).find(|(own, other)| *own == 0 || own != other) {
        Some((0, _)) => Ordering::Greater,
        Some((own, other)) => own.cmp(&other),
        None => points.len().cmp(&text.len()),
    }
}
