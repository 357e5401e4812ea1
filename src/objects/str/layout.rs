//! Reading a `str`: where its characters lie, and its UTF-8 form.

use super::encode;
use crate::abi::*;
use crate::runtime::{Obj, Result, memory};
use core::ops::Range;
use core::ptr::NonNull;
use core::sync::atomic::{AtomicIsize, AtomicPtr, Ordering};

/// Bits of `PyASCIIObject::state`, from the low end.
pub(super) mod state {
    pub const INTERNED_MASK: u32 = 0b11;
    pub const INTERNED_IMMORTAL: u32 = 2;
    pub const INTERNED_STATIC: u32 = 3;
    pub const KIND_SHIFT: u32 = 2;
    pub const KIND_MASK: u32 = 0b111 << KIND_SHIFT;
    pub const COMPACT: u32 = 1 << 5;
    pub const ASCII: u32 = 1 << 6;
    pub const STATIC: u32 = 1 << 7;
}

/// The code points of a string, in the width they are stored in.
#[derive(Debug, Clone, Copy)]
pub enum Points<'a> {
    /// ASCII, one byte each.
    Ascii(&'a [u8]),
    /// U+0000 to U+00FF, one byte each.
    Latin1(&'a [u8]),
    /// Up to U+FFFF.
    Ucs2(&'a [u16]),
    /// All of Unicode. Surrogates can stand in any width that holds them.
    Ucs4(&'a [u32]),
}

impl<'a> Points<'a> {
    /// Bytes a code point takes: 1, 2 or 4 (CPython: `PyUnicode_KIND`).
    pub fn kind(self) -> usize {
        match self {
            Points::Ascii(_) | Points::Latin1(_) => 1,
            Points::Ucs2(_) => 2,
            Points::Ucs4(_) => 4,
        }
    }

    /// Number of code points.
    pub fn len(self) -> usize {
        match self {
            Points::Ascii(points) | Points::Latin1(points) => points.len(),
            Points::Ucs2(points) => points.len(),
            Points::Ucs4(points) => points.len(),
        }
    }

    /// The greatest code point that this width is for (CPython: `PyUnicode_MAX_CHAR_VALUE`).
    pub fn limit(self) -> u32 {
        match self {
            Points::Ascii(_) => 0x7f,
            Points::Latin1(_) => 0xff,
            Points::Ucs2(_) => 0xffff,
            Points::Ucs4(_) => char::MAX.into(),
        }
    }

    /// One code point; `None` outside.
    pub fn get(self, index: usize) -> Option<u32> {
        match self {
            Points::Ascii(points) | Points::Latin1(points) => points.get(index).copied().map(u32::from),
            Points::Ucs2(points) => points.get(index).copied().map(u32::from),
            Points::Ucs4(points) => points.get(index).copied(),
        }
    }

    /// Some code points in a row; none when the range is not inside. They may need less width than this.
    pub fn slice(self, range: Range<usize>) -> Self {
        match self {
            Points::Ascii(points) => Points::Ascii(points.get(range).unwrap_or_default()),
            Points::Latin1(points) => Points::Latin1(points.get(range).unwrap_or_default()),
            Points::Ucs2(points) => Points::Ucs2(points.get(range).unwrap_or_default()),
            Points::Ucs4(points) => Points::Ucs4(points.get(range).unwrap_or_default()),
        }
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The code points one by one.
    pub fn iter(self) -> impl Iterator<Item = u32> + Clone + 'a {
        (0..self.len()).map(move |i| match self {
            Points::Ascii(points) | Points::Latin1(points) => u32::from(points[i]),
            Points::Ucs2(points) => u32::from(points[i]),
            Points::Ucs4(points) => points[i],
        })
    }

    /// The memory they are stored in.
    pub fn as_bytes(self) -> &'a [u8] {
        // SAFETY: integers without padding, seen as the bytes they consist of.
        unsafe {
            match self {
                Points::Ascii(points) | Points::Latin1(points) => points,
                Points::Ucs2(points) => core::slice::from_raw_parts(points.as_ptr().cast(), points.len() * 2),
                Points::Ucs4(points) => core::slice::from_raw_parts(points.as_ptr().cast(), points.len() * 4),
            }
        }
    }
}

/// The number of code points. `s` is a `str`.
#[inline]
pub fn length(s: Obj<'_>) -> usize {
    debug_assert!(super::check(s));
    // SAFETY: a str has this layout.
    unsafe { (*s.cast::<PyASCIIObject>()).length as usize }
}

/// Whether it is the one string with its characters. `s` is a `str`.
pub fn is_interned(s: Obj<'_>) -> bool {
    // SAFETY: a str has this layout.
    unsafe { (*s.cast::<PyASCIIObject>()).state & state::INTERNED_MASK != 0 }
}

/// The characters of a string that is ASCII, as they all are that are not of a subclass. `s` is a `str`.
#[inline(always)]
pub(super) fn compact_ascii(s: Obj<'_>) -> Option<&[u8]> {
    const BOTH: u32 = state::COMPACT | state::ASCII;
    // SAFETY: a str has this layout, and one of this state its characters behind it.
    unsafe {
        let fields = s.cast::<PyASCIIObject>();
        ((*fields).state & BOTH == BOTH)
            .then(|| core::slice::from_raw_parts(fields.add(1).cast(), (*fields).length as usize))
    }
}

/// The code points. `s` is a `str`.
pub fn points(s: Obj<'_>) -> Points<'_> {
    debug_assert!(super::check(s));
    // SAFETY: a str's state says where its characters are and how wide; they are not changed once handed out.
    unsafe {
        let fields = s.cast::<PyASCIIObject>();
        let (state, length) = ((*fields).state, (*fields).length as usize);
        let data: *const u8 = if state & state::COMPACT == 0 {
            (*s.cast::<PyUnicodeObject>()).data.cast()
        } else if state & state::ASCII != 0 {
            fields.add(1).cast()
        } else {
            s.cast::<PyCompactUnicodeObject>().add(1).cast()
        };
        match (state & state::KIND_MASK) >> state::KIND_SHIFT {
            1 if state & state::ASCII != 0 => Points::Ascii(core::slice::from_raw_parts(data, length)),
            1 => Points::Latin1(core::slice::from_raw_parts(data, length)),
            2 => Points::Ucs2(core::slice::from_raw_parts(data.cast(), length)),
            _ => Points::Ucs4(core::slice::from_raw_parts(data.cast(), length)),
        }
    }
}

/// The UTF-8 form, made once and kept with the string. `s` is a `str`.
///
/// UnicodeEncodeError when the string has a surrogate, MemoryError without memory. Threads may ask at the same time:
/// each makes the form, and one is kept.
pub fn utf8(s: Obj<'_>) -> Result<&str> {
    if let Points::Ascii(ascii) = points(s) {
        // SAFETY: ASCII is UTF-8.
        return Ok(unsafe { core::str::from_utf8_unchecked(ascii) });
    }
    let fields = s.cast::<PyCompactUnicodeObject>();
    // SAFETY: a string that is not ASCII has the larger layout; every access to these fields while threads may race is
    // here, and whoever stores the length stores the same.
    let (kept, length) = unsafe {
        (AtomicPtr::from_ptr(&raw mut (*fields).utf8), AtomicIsize::from_ptr(&raw mut (*fields).utf8_length))
    };
    let mut bytes = kept.load(Ordering::Acquire);
    if bytes.is_null() {
        let size = encode::utf8_length(s)?;
        let block = memory::allocate(size + 1).ok_or_else(memory::out_of_memory)?.cast::<u8>();
        // SAFETY: the block has room for the form and a NUL. A block that lost the race was seen by nobody.
        bytes = unsafe {
            encode::write_utf8(points(s), block);
            block.add(size).write(0);
            length.store(size as isize, Ordering::Relaxed);
            let made = block.cast().as_ptr();
            match kept.compare_exchange(core::ptr::null_mut(), made, Ordering::AcqRel, Ordering::Acquire) {
                Ok(_) => made,
                Err(other) => {
                    memory::free(made.cast());
                    other
                }
            }
        };
    }
    // SAFETY: the form is UTF-8, of this length, and lives as long as the string.
    unsafe {
        let bytes = core::slice::from_raw_parts(bytes.cast::<u8>(), length.load(Ordering::Relaxed) as usize);
        Ok(core::str::from_utf8_unchecked(bytes))
    }
}

/// The UTF-8 form, or `None` when the string has a lone surrogate, which UTF-8 can't write. The error indicator stays as it
/// is then, unlike with [`utf8`].
pub fn utf8_if_any(s: Obj<'_>) -> Result<Option<&str>> {
    let points = points(s);
    let has_form = matches!(points, Points::Ascii(_)) || points.iter().all(|point| char::from_u32(point).is_some());
    has_form.then(|| utf8(s)).transpose()
}

/// Frees what a string keeps beside its own block.
///
/// # Safety
/// `s` is a str nobody refers to any more.
pub(super) unsafe fn free_buffers(s: NonNull<PyObject>) {
    // SAFETY: the layout is a str's; the UTF-8 form, and the data of a string that is not compact, are its own blocks.
    unsafe {
        let state = (*s.cast::<PyASCIIObject>().as_ptr()).state;
        if state & state::ASCII == 0 {
            memory::free((*s.cast::<PyCompactUnicodeObject>().as_ptr()).utf8.cast());
        }
        if state & state::COMPACT == 0 {
            memory::free((*s.cast::<PyUnicodeObject>().as_ptr()).data);
        }
    }
}

/// Shows a string's characters in a message; an object that is no `str` is shown by its type. A surrogate is written so that
/// a message, or the builder of a `str`, keeps it.
pub fn as_text(s: Obj<'_>) -> impl core::fmt::Display + '_ {
    struct Text<'a>(Obj<'a>);
    impl core::fmt::Display for Text<'_> {
        fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
            if !super::check(self.0) {
                return write!(f, "<{}>", self.0.class().name());
            }
            if let Points::Ascii(ascii) = points(self.0) {
                // SAFETY: ASCII is UTF-8.
                return f.write_str(unsafe { core::str::from_utf8_unchecked(ascii) });
            }
            points(self.0).iter().try_for_each(|point| show_point(f, point))
        }
    }
    Text(s)
}

/// Shows one code point, as [`as_text`] does.
pub fn show_point(out: &mut dyn core::fmt::Write, point: u32) -> core::fmt::Result {
    match char::from_u32(point) {
        Some(character) => out.write_char(character),
        None => out.write_str(memory::surrogate(point)),
    }
}
