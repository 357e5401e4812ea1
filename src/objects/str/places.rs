//! Characters written into strings that C code is making: a string that only its maker has may change.

use super::build::{self, terminate};
use super::layout::{Points, Str, as_exact, is_interned, length, points, require, state};
use super::shared::empty;
use super::width::{Unit, Width, bits, write};
use crate::abi::*;
use crate::objects::index;
use crate::runtime::refusal::bad_argument;
use crate::runtime::{Obj, Raised, Ref, Result, memory, raise};
use core::ptr::NonNull;

/// The address of a string's characters.
pub fn data(s: Str<'_>) -> NonNull<u8> {
    NonNull::from(points(s).as_bytes()).cast()
}

/// SystemError, unless the string may change: it has one reference, no hash yet, and is neither interned nor of a subclass.
fn must_be_new(s: Str<'_>) -> Result<()> {
    // SAFETY: a view's fields can be read.
    let hash = unsafe { (*s.fields()).hash };
    if s.refcnt() == 1 && hash == -1 && !is_interned(s) && as_exact(*s).is_some() {
        return Ok(());
    }
    Err(raise!(SystemError, "Cannot modify a string currently used"))
}

/// The greatest character that fits into the string.
fn greatest(s: Str<'_>) -> u32 {
    match points(s).width() {
        Width::Ascii => 0x7f,
        Width::Latin1 => 0xff,
        Width::Ucs2 => 0xffff,
        Width::Ucs4 => char::MAX.into(),
    }
}

fn index_error() -> Raised {
    index::out_of_range("string index out of range")
}

/// Copies characters of one string into another that may change, and returns their number (CPython:
/// `PyUnicode_CopyCharacters`).
pub fn copy_characters(to: Obj<'_>, to_start: isize, from: Obj<'_>, from_start: isize, count: isize) -> Result<isize> {
    let (Some(to), Some(from)) = (to.downcast(), from.downcast()) else {
        return Err(bad_argument("PyUnicode_CopyCharacters"));
    };
    let inside = |start: isize, s: Str<'_>| {
        usize::try_from(start).ok().filter(|&start| start <= length(s)).ok_or_else(index_error)
    };
    let from_start = inside(from_start, from)?;
    let to_start = inside(to_start, to)?;
    let Ok(count) = usize::try_from(count) else {
        return Err(raise!(SystemError, "how_many cannot be negative"));
    };
    let count = count.min(length(from) - from_start);
    if to_start + count > length(to) {
        let all = length(to);
        return Err(raise!(
            SystemError,
            "Cannot write {count} characters at {to_start} in a string of {all} characters"
        ));
    }
    if count == 0 {
        return Ok(0);
    }
    must_be_new(to)?;
    let copied = points(from).slice(from_start..from_start + count);
    // CPython checks as many characters from the start of a Latin-1 string that is copied into an ASCII one.
    let checked = match points(from) {
        all @ Points::Latin1(_) if points(to).width() == Width::Ascii => bits(all.slice(0..count)),
        _ => 0,
    };
    if bits(copied).max(checked) > greatest(to) {
        let name = |s: Str<'_>| match points(s).width() {
            Width::Ascii => "ascii",
            Width::Latin1 => "latin1",
            Width::Ucs2 => "UCS2",
            Width::Ucs4 => "UCS4",
        };
        let (from, to) = (name(from), name(to));
        return Err(raise!(SystemError, "Cannot copy {from} characters into a string of {to} characters"));
    }
    let width = points(to).width();
    // SAFETY: the range is inside the string, whose width holds the characters. The other string is another one: this one has one
    // reference only, unless both are the same, whose characters are then moved to the same width.
    unsafe {
        let place = data(to).add(to_start * width.size());
        if to.is(*from) {
            place.copy_from(NonNull::from(copied.as_bytes()).cast(), copied.as_bytes().len());
        } else {
            write(copied, place, width);
        }
    }
    Ok(count as isize)
}

/// Writes a character `count` times into a string that may change, and returns how often (CPython: `PyUnicode_Fill`).
pub fn fill(s: Obj<'_>, start: isize, count: isize, point: u32) -> Result<isize> {
    let Some(s) = s.downcast() else { return Err(bad_argument("PyUnicode_Fill")) };
    must_be_new(s)?;
    let Ok(start) = usize::try_from(start) else { return Err(index_error()) };
    if point > greatest(s) {
        return Err(raise!(ValueError, "fill character is bigger than the string maximum character"));
    }
    let count = usize::try_from(count).unwrap_or(0).min(length(s).saturating_sub(start));
    (start..start + count).for_each(|index| put(s, index, point));
    Ok(count as isize)
}

/// Writes a character into a string that may change (CPython: `PyUnicode_WriteChar`).
pub fn write_char(s: Obj<'_>, index: isize, point: u32) -> Result<()> {
    let s = require(s)?;
    let index = usize::try_from(index).ok().filter(|&index| index < length(s)).ok_or_else(index_error)?;
    must_be_new(s)?;
    if point > greatest(s) {
        return Err(raise!(ValueError, "character out of range"));
    }
    put(s, index, point);
    Ok(())
}

/// Writes a character that fits, at an index that is inside.
fn put(s: Str<'_>, index: usize, point: u32) {
    let data = data(s);
    // SAFETY: `must_be_new` has checked that no other code has the string, and the callers have checked the index and the
    // character.
    unsafe {
        match points(s).width().size() {
            1 => data.add(index).write(u8::cut(point)),
            2 => data.cast::<u16>().add(index).write(u16::cut(point)),
            _ => data.cast::<u32>().add(index).write(point),
        }
    }
}

/// A string with another length: the string itself, if no other code has it, else a copy. New characters are zero (CPython:
/// `PyUnicode_Resize`). On failure the string is given back.
pub fn resize(s: Ref, new: usize) -> Result<Ref, (Ref, Raised)> {
    let Some(old) = s.borrow().downcast() else { return Err((s, bad_argument("PyUnicode_Resize"))) };
    if length(old) == new {
        return Ok(s);
    }
    if new == 0 {
        return Ok(empty().to_ref());
    }
    // SAFETY: a view's fields can be read.
    let (is_compact, hash) = unsafe { ((*old.fields()).state & state::COMPACT != 0, (*old.fields()).hash) };
    let may_change = old.refcnt() == 1 && hash == -1 && !is_interned(old) && as_exact(*old).is_some();
    if may_change && is_compact {
        // SAFETY: no other code has the string.
        return unsafe { reallocate(s, new) };
    }
    let width = points(old).width();
    let made = build::blank(new, greatest(old)).inspect(|made| {
        let kept = points(old).slice(0..new.min(length(old)));
        if let Some(to) = as_exact(made.borrow()) {
            // SAFETY: the new string has the same width, and room for the characters.
            unsafe { write(kept, data(to), width) };
        }
    });
    made.map_err(|raised| (s, raised))
}

/// Makes a string longer or shorter in its place.
///
/// # Safety
/// The string is compact, exactly a `str`, and `s` is the one reference to it.
unsafe fn reallocate(s: Ref, new: usize) -> Result<Ref, (Ref, Raised)> {
    let Some(all) = as_exact(s.borrow()).map(points) else { return Ok(s) };
    let (old, width) = (all.len(), all.width());
    let size = new.checked_add(1).and_then(|length| length.checked_mul(width.size()));
    let Some(size) = size.and_then(|size| size.checked_add(width.header())).filter(|&size| size <= isize::MAX as usize)
    else {
        return Err((s, memory::out_of_memory()));
    };
    // SAFETY: `s` is the one reference, so the block may move, and it has room for the characters afterwards. Only a string that
    // is not ASCII has a UTF-8 form, which is that of the old characters; no code has borrowed it.
    unsafe {
        let Some(block) = memory::reallocate(s.as_ptr().cast(), size) else { return Err((s, memory::out_of_memory())) };
        let _ = s.into_ptr();
        let fields: NonNull<PyASCIIObject> = block.cast();
        (*fields.as_ptr()).length = new as Py_ssize_t;
        if (*fields.as_ptr()).state & state::ASCII == 0 {
            let form = &raw mut (*fields.cast::<PyCompactUnicodeObject>().as_ptr()).utf8;
            memory::free(form.replace(core::ptr::null_mut()).cast());
            (*fields.cast::<PyCompactUnicodeObject>().as_ptr()).utf8_length = 0;
        }
        let data = block.cast::<u8>().add(width.header());
        if new > old {
            data.add(old * width.size()).write_bytes(0, (new - old) * width.size());
        }
        terminate(data.add(new * width.size()), width);
        Ok(Ref::from_ptr_unchecked(block.as_ptr().cast()))
    }
}

/// Copies the characters of a string, four bytes each, to a place with room for `room` of them, with a zero after them if
/// `terminated` says so (CPython: `PyUnicode_AsUCS4`).
///
/// # Safety
/// `to` has room for `room` characters.
pub unsafe fn copy_ucs4(s: Str<'_>, to: NonNull<u32>, room: usize, terminated: bool) -> Result<()> {
    let all = points(s);
    // SAFETY: there is room for the characters, and the zero, if `room` says so.
    unsafe {
        if all.len() + usize::from(terminated) > room {
            if terminated && room > 0 {
                to.write(0);
            }
            return Err(raise!(SystemError, "string is longer than the buffer"));
        }
        write(all, to.cast(), Width::Ucs4);
        if terminated {
            to.add(all.len()).write(0);
        }
    }
    Ok(())
}

/// Copies as many characters of a string as there is room for, four bytes each, and the zero after them if there is room (CPython:
/// `PyUnicode_AsWideChar`). Returns the number of characters.
///
/// # Safety
/// `to` has room for `room` characters.
pub unsafe fn copy_wide(s: Str<'_>, to: NonNull<u32>, room: usize) -> usize {
    let all = points(s);
    let count = all.len().min(room);
    // SAFETY: there is room for as many characters.
    unsafe {
        write(all.slice(0..count), to.cast(), Width::Ucs4);
        if room > count {
            to.add(count).write(0);
        }
    }
    count
}

/// Whether one of the characters is zero.
pub fn has_zero(all: Points<'_>) -> bool {
    all.iter().any(|point| point == 0)
}
