//! Equality of strings, and their order by code point.

use super::layout::{Str, compact_ascii, points};
use crate::abi::PyASCIIObject;
use crate::runtime::Obj;
use core::cmp::Ordering;
use core::ffi::CStr;

/// Whether two strings have the same characters.
pub fn equal(a: Str<'_>, b: Str<'_>) -> bool {
    // The fast path: most strings are ASCII.
    if let (Some(a), Some(b)) = (compact_ascii(a), compact_ascii(b)) {
        return a == b;
    }
    let (a, b) = (points(a), points(b));
    if a.kind() == b.kind() { a.as_bytes() == b.as_bytes() } else { a.len() == b.len() && a.iter().eq(b.iter()) }
}

/// Whether an object is a `str` with the characters of this text.
pub fn is(o: Obj<'_>, text: &str) -> bool {
    o.downcast::<PyASCIIObject>().is_some_and(|s| points(s).iter().eq(text.chars().map(u32::from)))
}

/// The order of two strings by code point.
pub fn order(a: Str<'_>, b: Str<'_>) -> Ordering {
    points(a).iter().cmp(points(b).iter())
}

/// The order of a string and the Latin-1 characters of a C string (CPython: `PyUnicode_CompareWithASCIIString`). A
/// string with wider characters is compared only up to its first NUL, and is the greater one if both are equal up to
/// there.
pub fn compare_latin1(s: Str<'_>, text: &CStr) -> Ordering {
    let points = points(s);
    let text = text.to_bytes().iter().copied().map(u32::from);
    if points.kind() == 1 {
        return points.iter().cmp(text);
    }
    match points.iter().zip(text.clone()).find(|(own, other)| *own == 0 || own != other) {
        Some((0, _)) => Ordering::Greater,
        Some((own, other)) => own.cmp(&other),
        None => points.len().cmp(&text.len()),
    }
}
