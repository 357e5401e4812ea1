//! Making a `str`: from text, from UTF-8 that has yet to be checked, and the one copy of an interned name.

use super::STR;
use super::layout::{Points, state};
use crate::abi::*;
use crate::runtime::memory::{Malloc, Text};
use crate::runtime::{Obj, Ref, Result, instance, raise};
use core::ptr::NonNull;
use hashbrown::HashTable;
use std::sync::{Mutex, PoisonError};

/// A new string of `length` code points, none above `widest`, all zero: the caller writes them through the pointer
/// it gets beside the string, before anybody else sees it.
pub(super) fn blank(length: usize, widest: u32) -> Result<(Ref, NonNull<u8>)> {
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
        .ok_or_else(crate::runtime::memory::out_of_memory)?;
    let o = instance::allocate_sized(STR, size)?;
    // SAFETY: the block has the head for this kind and room for the characters and a terminator after it.
    unsafe {
        let fields = o.cast::<PyASCIIObject>().as_ptr();
        (*fields).length = length as Py_ssize_t;
        (*fields).hash = -1;
        (*fields).state = state::COMPACT | (kind as u32) << state::KIND_SHIFT | if ascii { state::ASCII } else { 0 };
        Ok((Ref::from_ptr_unchecked(o.as_ptr()), o.cast::<u8>().byte_add(head)))
    }
}

/// Writes code points into a string fresh from [`blank`].
///
/// # Safety
/// `data` has room for as many of `kind` bytes as the iterator gives, and each fits.
unsafe fn fill(data: NonNull<u8>, kind: usize, code_points: impl Iterator<Item = u32>) {
    for (i, point) in code_points.enumerate() {
        // SAFETY: in bounds by the caller's promise; the data after either head is aligned for UCS-4.
        unsafe {
            match kind {
                1 => data.add(i).write(point as u8),
                2 => data.cast::<u16>().add(i).write(point as u16),
                _ => data.cast::<u32>().add(i).write(point),
            }
        }
    }
}

/// A new string from code points, stored as narrow as they allow.
pub fn from_code_points(code_points: impl Iterator<Item = u32> + Clone) -> Result<Ref> {
    let (length, widest) =
        code_points.clone().fold((0usize, 0), |(length, widest), point| (length + 1, widest.max(point)));
    let (s, data) = blank(length, widest)?;
    let kind = super::points(s.borrow()).kind();
    // SAFETY: `blank` made room for this many points of this kind.
    unsafe { fill(data, kind, code_points) };
    Ok(s)
}

/// A copy with the same code points, exactly a `str`.
pub(super) fn from_points(points: Points<'_>) -> Result<Ref> {
    from_code_points(points.iter())
}

/// A new string with this text.
pub fn from_str(text: &str) -> Result<Ref> {
    if !text.is_ascii() {
        return from_code_points(text.chars().map(u32::from));
    }
    let (s, data) = blank(text.len(), 0)?;
    // SAFETY: `blank` made room for this many bytes.
    unsafe { data.copy_from_nonoverlapping(NonNull::from(text.as_bytes()).cast(), text.len()) };
    Ok(s)
}

/// A new string with formatted text.
pub fn format(arguments: core::fmt::Arguments<'_>) -> Result<Ref> {
    from_str(Text::format(arguments)?.as_str())
}

/// A new string from C's `wchar_t`s, one code point each; ValueError when one is none.
pub fn from_wide(wide: &[u32]) -> Result<Ref> {
    if let Some(unit) = wide.iter().find(|&&unit| unit > char::MAX.into()) {
        return Err(raise!(ValueError, "character U+{unit:x} is not in range [U+0000; U+10ffff]"));
    }
    from_code_points(wide.iter().copied())
}

/// The interned strings, found by their characters. They are immortal.
static INTERNED: Mutex<HashTable<Interned, Malloc>> = Mutex::new(HashTable::new_in(Malloc));

struct Interned(Obj<'static>);
// SAFETY: interned strings are immortal and never change, so any thread may read them.
unsafe impl Send for Interned {}

/// The one string with these characters: `s` itself the first time, immortal from then on.
pub fn intern(s: Ref) -> Result<Ref> {
    let mut table = INTERNED.lock().unwrap_or_else(PoisonError::into_inner);
    let hash = super::hash(s.borrow()) as u64;
    if let Some(known) = table.find(hash, |known| super::equal(known.0, s.borrow())) {
        return Ok(known.0.to_ref());
    }
    if table.try_reserve(1, |known| super::hash(known.0) as u64).is_err() {
        return Err(crate::runtime::memory::out_of_memory());
    }
    // SAFETY: a str that from here on is immortal, so it may be borrowed for good.
    let forever = unsafe {
        let o = s.as_ptr();
        (*o).ob_refcnt = IMMORTAL_REFCNT;
        let fields = o.cast::<PyASCIIObject>();
        (*fields).state = (*fields).state & !state::INTERNED_MASK | state::INTERNED_IMMORTAL;
        Obj::from_ptr_unchecked(o)
    };
    table.insert_unique(hash, Interned(forever), |known| super::hash(known.0) as u64);
    Ok(s)
}
