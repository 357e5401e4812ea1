//! Making a `str` from text, from code points, or from parts of other strings.

use super::layout::{NewStr, Points, points, state};
use super::shared;
use super::words::is_ascii;
use crate::abi::*;
use crate::runtime::known::STR;
use crate::runtime::{Ref, Result, instance, memory, raise};
use core::ptr::NonNull;

/// A new string of `length` code points, none above `widest`, all zero. The caller writes them through the returned
/// pointer before other code sees the string.
pub fn blank(length: usize, widest: u32) -> Result<(NewStr, NonNull<u8>)> {
    let (kind, ascii) = match widest {
        0..=0x7f => (1, true),
        0x80..=0xff => (1, false),
        0x100..=0xffff => (2, false),
        _ => (4, false),
    };
    let head = if ascii { size_of::<PyASCIIObject>() } else { size_of::<PyCompactUnicodeObject>() };
    let size = length
        .checked_add(1)
        .and_then(|length| length.checked_mul(kind))
        .and_then(|bytes| bytes.checked_add(head))
        .ok_or_else(memory::out_of_memory)?;
    // SAFETY: the size counts the head of a string, which begins with that of an object.
    let o = unsafe { instance::allocate_sized(STR, size) }?;
    // SAFETY: the block has the head for this kind and room for the characters and a terminator after it.
    unsafe {
        let fields = o.cast::<PyASCIIObject>().as_ptr();
        (*fields).length = length as Py_ssize_t;
        (*fields).hash = -1;
        (*fields).state = state::COMPACT | (kind as u32) << state::KIND_SHIFT | if ascii { state::ASCII } else { 0 };
        let s = NewStr::new_unchecked(Ref::from_ptr_unchecked(o.as_ptr()));
        Ok((s, o.cast::<u8>().byte_add(head)))
    }
}

/// The state of a string with these characters that is not compact.
pub(super) fn state_of(points: Points<'_>) -> u32 {
    let ascii = if let Points::Ascii(_) = points { state::ASCII } else { 0 };
    (points.kind() as u32) << state::KIND_SHIFT | ascii
}

/// Writes code points into a new string from [`blank`].
///
/// # Safety
/// `data` has room for all code points of the iterator in `kind` bytes each, and each code point fits into that.
unsafe fn fill(data: NonNull<u8>, kind: usize, code_points: impl Iterator<Item = u32>) {
    for (i, point) in code_points.enumerate() {
        // SAFETY: there is room for all points of the iterator, and the data after either head is aligned for UCS-4.
        unsafe {
            match kind {
                1 => data.add(i).write(point as u8),
                2 => data.cast::<u16>().add(i).write(point as u16),
                _ => data.cast::<u32>().add(i).write(point),
            }
        }
    }
}

/// A string of code points, in the narrowest form that they allow.
pub fn from_code_points(code_points: impl Iterator<Item = u32> + Clone) -> Result<Ref> {
    let (length, widest) =
        code_points.clone().fold((0usize, 0), |(length, widest), point| (length + 1, widest.max(point)));
    if let Some(shared) = shared::short(length, widest) {
        return Ok(shared.to_ref());
    }
    let (s, data) = blank(length, widest)?;
    let kind = points(s.borrow()).kind();
    // SAFETY: `blank` made room for this many points of this kind.
    unsafe { fill(data, kind, code_points) };
    Ok(s.into_ref())
}

/// Returns the parts of a new string by their numbers.
type Part<'a> = &'a dyn Fn(usize) -> Points<'a>;

/// A string of the characters of `count` parts, concatenated.
pub fn join(count: usize, part: Part<'_>) -> Result<Ref> {
    let (mut length, mut widest) = (0usize, 0);
    for part in (0..count).map(part) {
        length = length.checked_add(part.len()).ok_or_else(memory::out_of_memory)?;
        widest = widest.max(part.limit());
    }
    assemble(count, part, length, widest)
}

/// A string repeated; MemoryError when it would be too long.
pub fn repeat(points: Points<'_>, count: usize) -> Result<Ref> {
    let length = points.len().checked_mul(count).ok_or_else(memory::out_of_memory)?;
    assemble(if length == 0 { 0 } else { count }, &|_| points, length, points.limit())
}

/// A string of parts whose lengths add up to `length`, as wide as the widest of them.
fn assemble(count: usize, part: Part<'_>, length: usize, widest: u32) -> Result<Ref> {
    if length <= 1 {
        let only = (0..count).find_map(|index| part(index).iter().next());
        return from_code_points(only.into_iter());
    }
    let (s, mut data) = blank(length, widest)?;
    let kind = points(s.borrow()).kind();
    for part in (0..count).map(part) {
        // SAFETY: `blank` made room for all parts, one after the other, in a kind that is wide enough for each. The new
        // string overlaps none of them.
        unsafe {
            if part.kind() == kind {
                data.copy_from_nonoverlapping(NonNull::from(part.as_bytes()).cast(), part.as_bytes().len());
            } else {
                fill(data, kind, part.iter());
            }
            data = data.add(part.len() * kind);
        }
    }
    Ok(s.into_ref())
}

/// A string of ASCII or Latin-1 characters, one byte each.
pub fn from_latin1(bytes: &[u8]) -> Result<Ref> {
    from_code_points(bytes.iter().copied().map(u32::from))
}

/// A string with this text.
pub fn from_str(text: &str) -> Result<Ref> {
    match is_ascii(text.as_bytes()) {
        // SAFETY: the characters were just checked.
        true => unsafe { from_ascii(text.as_bytes()) },
        false => from_code_points(text.chars().map(u32::from)),
    }
}

/// A string of ASCII characters.
///
/// # Safety
/// Each byte is below 0x80.
pub(super) unsafe fn from_ascii(ascii: &[u8]) -> Result<Ref> {
    debug_assert!(ascii.is_ascii());
    if let [] | [_] = ascii {
        return from_code_points(ascii.iter().copied().map(u32::from));
    }
    const HEAD: usize = size_of::<PyASCIIObject>();
    let size = ascii.len().checked_add(HEAD + 1).ok_or_else(memory::out_of_memory)?;
    let o = instance::reserve::<false>(size)?;
    // SAFETY: there is room for the head, the characters and a NUL, and all three are written.
    unsafe {
        o.cast::<PyASCIIObject>().write(PyASCIIObject {
            ob_base: PyObject { ob_refcnt: 1, ob_type: STR.as_ptr() },
            length: ascii.len() as Py_ssize_t,
            hash: -1,
            state: state::COMPACT | 1 << state::KIND_SHIFT | state::ASCII,
        });
        let data = o.byte_add(HEAD).cast::<u8>();
        data.copy_from_nonoverlapping(NonNull::from(ascii).cast(), ascii.len());
        data.add(ascii.len()).write(0);
        Ok(Ref::from_ptr_unchecked(o.as_ptr()))
    }
}

/// A string from C's `wchar_t`s, one code point each; ValueError for a unit that is not a code point.
pub fn from_wide(wide: &[u32]) -> Result<Ref> {
    if let Some(unit) = wide.iter().find(|&&unit| unit > char::MAX.into()) {
        return Err(raise!(ValueError, "character U+{unit:x} is not in range [U+0000; U+10ffff]"));
    }
    from_code_points(wide.iter().copied())
}
