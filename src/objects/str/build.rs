//! Making a `str` of characters: of code points, and of parts of other strings.

use super::layout::{Points, state};
use super::shared;
use super::width::{Width, bits, copy_bytes, write};
use super::words::is_ascii;
use crate::abi::*;
use crate::runtime::known::STR;
use crate::runtime::{Raised, Ref, Result, instance, memory, raise};
use core::ptr::NonNull;

/// A new string of `length` code points, none above `widest`, all zero. The caller writes them before other code sees
/// the string.
pub fn blank(length: usize, widest: u32) -> Result<Ref> {
    let width = Width::of(widest);
    // SAFETY: the characters are written here.
    unsafe {
        let (s, data) = reserve(length, width)?;
        data.write_bytes(0, length * width.size());
        Ok(s)
    }
}

/// A new string of `length` characters of a width, and the address at which the caller writes them.
///
/// # Safety
/// The caller writes all characters before any code reads the string.
#[inline(always)]
pub(super) unsafe fn reserve(length: usize, width: Width) -> Result<(Ref, NonNull<u8>)> {
    let size = length
        .checked_add(1)
        .and_then(|length| length.checked_mul(width.size()))
        .and_then(|bytes| bytes.checked_add(width.header()))
        .ok_or_else(memory::out_of_memory)?;
    let block = instance::reserve::<false>(size)?;
    // SAFETY: the block has room for the header of this width, the characters and the terminator.
    unsafe { Ok((write_header(block.cast(), width, length), block.cast::<u8>().add(width.header()))) }
}

/// Writes the header and the terminator of a new string.
///
/// # Safety
/// `block` is a new block with room for the header, `length` characters and one more, and becomes the string's.
#[inline(always)]
unsafe fn write_header(block: NonNull<u8>, width: Width, length: usize) -> Ref {
    let header = PyASCIIObject {
        ob_base: PyObject { ob_refcnt: 1, ob_type: STR.as_ptr() },
        length: length as Py_ssize_t,
        hash: -1,
        state: state::COMPACT | width.state(),
    };
    // SAFETY: the block has room for the header of this width, and for one character after the others.
    unsafe {
        if width == Width::Ascii {
            block.cast().write(header);
        } else {
            let header = PyCompactUnicodeObject { ob_base: header, utf8_length: 0, utf8: core::ptr::null_mut() };
            block.cast().write(header);
        }
        terminate(block.add(width.header() + length * width.size()), width);
        Ref::from_ptr_unchecked(block.as_ptr().cast())
    }
}

/// Writes the zero after the characters. Each size has a line of its own, and so is one store; a length that varies
/// would make it a call of `memset`.
///
/// # Safety
/// `end` has room for one character of this width, and is aligned for it.
#[inline(always)]
pub(super) unsafe fn terminate(end: NonNull<u8>, width: Width) {
    // SAFETY: there is room for one character, which is as wide as the type in each line.
    unsafe {
        match width.size() {
            1 => end.write(0),
            2 => end.cast::<u16>().write(0),
            _ => end.cast::<u32>().write(0),
        }
    }
}

/// Makes a block into a string. The characters are in the block already, after room for the header. The block is
/// shortened to the size that the string needs.
///
/// # Safety
/// The caller owns `block`, which becomes the string's. It has room for the header, the characters and one more. One of
/// the characters needs this width, and there are at least two.
pub(super) unsafe fn complete(block: NonNull<u8>, width: Width, length: usize) -> Ref {
    // SAFETY: the new size is no more than the block has. When `realloc` fails, the block stays as it was.
    unsafe {
        let shortened = memory::reallocate(block.as_ptr().cast(), width.header() + (length + 1) * width.size());
        write_header(shortened.map_or(block, NonNull::cast), width, length)
    }
}

/// The state of a string with these characters that is not compact.
pub(super) fn state_of(points: Points<'_>) -> u32 {
    points.width().state()
}

/// A string of characters that are stored as narrow as they allow.
#[inline]
pub(super) fn from_points(points: Points<'_>) -> Result<Ref> {
    of_width(points, points.width())
}

/// A string of characters that may be stored wider than they need.
pub fn from_any_points(points: Points<'_>) -> Result<Ref> {
    let bits = bits(points);
    if bits > char::MAX.into() && points.iter().any(|point| point > char::MAX.into()) {
        return Err(beyond_unicode());
    }
    of_width(points, Width::of(bits))
}

/// SystemError: a number is larger than every code point (CPython: `PyUnicode_New`).
#[cold]
pub(super) fn beyond_unicode() -> Raised {
    raise!(SystemError, "invalid maximum character passed to PyUnicode_New")
}

/// A string of characters that need this width.
#[inline]
fn of_width(points: Points<'_>, width: Width) -> Result<Ref> {
    if points.len() <= 1
        && let Some(shared) = shared::short(points.len(), points.get(0).unwrap_or_default())
    {
        return Ok(shared.to_ref());
    }
    // SAFETY: there is room for the characters, and all are written.
    unsafe {
        let (s, data) = reserve(points.len(), width)?;
        write(points, data, width);
        Ok(s)
    }
}

/// The string of one character; SystemError for a number that is larger than every code point.
#[inline]
pub fn from_point(point: u32) -> Result<Ref> {
    if point > char::MAX.into() {
        return Err(beyond_unicode());
    }
    of_width(Points::Ucs4(&[point]), Width::of(point))
}

/// The length and the width of a string that is made of parts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Total {
    length: usize,
    width: Width,
}

impl Total {
    pub const NOTHING: Self = Total { length: 0, width: Width::Ascii };

    /// Adds a part; MemoryError when the sum is larger than any memory.
    #[inline]
    pub fn add(&mut self, part: Points<'_>) -> Result<()> {
        self.add_times(part, 1)
    }

    /// Adds a slice of a string, which may need less width than the string has.
    pub fn add_slice(&mut self, slice: Points<'_>) -> Result<()> {
        self.length = self.length.checked_add(slice.len()).ok_or_else(memory::out_of_memory)?;
        if slice.width() > self.width {
            self.width = self.width.max(Width::of(bits(slice)));
        }
        Ok(())
    }

    /// Adds a part that occurs `count` times; MemoryError when the sum is larger than any memory.
    #[inline]
    pub fn add_times(&mut self, part: Points<'_>, count: usize) -> Result<()> {
        let more = part.len().checked_mul(count).and_then(|more| self.length.checked_add(more));
        self.length = more.ok_or_else(memory::out_of_memory)?;
        if count > 0 {
            self.width = self.width.max(part.width());
        }
        Ok(())
    }

    /// A new string of the parts that were added, one after the other, with `between` between each two.
    ///
    /// # Safety
    /// The parts are those that were added, and no others; `between` was added one time fewer than there are parts.
    #[inline]
    pub unsafe fn assemble<'a>(self, between: Points<'a>, mut parts: impl Iterator<Item = Points<'a>>) -> Result<Ref> {
        let Total { length, width } = self;
        if length <= 1 {
            let only = parts.find_map(|part| part.get(0)).or(between.get(0)).filter(|_| length == 1);
            return only.map_or_else(|| Ok(shared::empty().to_ref()), from_point);
        }
        // SAFETY: the parts that were added have `length` characters together, none of them wider than `width`.
        unsafe {
            let (s, mut to) = reserve(length, width)?;
            let mut append = |part: Points<'_>| match part {
                // The fast path: most strings are ASCII.
                Points::Ascii(ascii) if width == Width::Ascii => {
                    copy_bytes(ascii, to);
                    to = to.add(ascii.len());
                }
                part => {
                    write(part, to, width);
                    to = to.add(part.len() * width.size());
                }
            };
            parts.next().into_iter().for_each(&mut append);
            for part in parts {
                if !between.is_empty() {
                    append(between);
                }
                append(part);
            }
            Ok(s)
        }
    }
}

/// A string of two parts, neither of which is empty.
pub(super) fn pair(left: Points<'_>, right: Points<'_>) -> Result<Ref> {
    let width = left.width().max(right.width());
    let length = left.len().checked_add(right.len()).ok_or_else(memory::out_of_memory)?;
    // SAFETY: the string has room for both, in a width that holds both, and all characters are written.
    unsafe {
        let (s, to) = reserve(length, width)?;
        write(left, to, width);
        write(right, to.add(left.len() * width.size()), width);
        Ok(s)
    }
}

/// A string repeated; MemoryError when it would be too long.
pub fn repeat(points: Points<'_>, count: usize) -> Result<Ref> {
    let mut total = Total::NOTHING;
    total.add_times(points, count)?;
    let nothing = Points::Ascii(b"");
    // SAFETY: the part was added `count` times, and nothing between. An empty part has the same length any number of
    // times.
    unsafe { total.assemble(nothing, core::iter::repeat_n(points, if points.is_empty() { 0 } else { count })) }
}

/// A string of ASCII characters.
///
/// # Safety
/// Each byte is below 0x80.
#[inline]
pub(super) unsafe fn from_ascii(ascii: &[u8]) -> Result<Ref> {
    debug_assert!(ascii.is_ascii());
    if let [] | [_] = ascii {
        return Ok(shared::short_ascii(ascii).to_ref());
    }
    // SAFETY: there is room for the characters, and all are written.
    unsafe {
        let (s, data) = reserve(ascii.len(), Width::Ascii)?;
        copy_bytes(ascii, data);
        Ok(s)
    }
}

/// A string of so many characters, which `write` writes: all of them, as ASCII.
pub(super) fn ascii_with(length: usize, write: impl FnOnce(&mut [u8])) -> Result<Ref> {
    if length <= 1 {
        let mut short = [0];
        let place = &mut short[..length];
        write(place);
        return Ok(shared::short_ascii(place).to_ref());
    }
    // SAFETY: there is room for the characters, and all are written, some twice.
    unsafe {
        let (s, data) = reserve(length, Width::Ascii)?;
        data.write_bytes(0, length);
        write(core::slice::from_raw_parts_mut(data.as_ptr(), length));
        Ok(s)
    }
}

/// A string of ASCII or Latin-1 characters, one byte each.
pub fn from_latin1(bytes: &[u8]) -> Result<Ref> {
    if is_ascii(bytes) { from_points(Points::Ascii(bytes)) } else { from_points(Points::Latin1(bytes)) }
}

/// A string from C's `wchar_t`s, one code point each; ValueError for a unit that is not a code point.
pub fn from_wide(wide: &[u32]) -> Result<Ref> {
    if let Some(unit) = wide.iter().find(|&&unit| unit > char::MAX.into()) {
        return Err(raise!(ValueError, "character U+{unit:x} is not in range [U+0000; U+10ffff]"));
    }
    from_any_points(Points::Ucs4(wide))
}
