//! Reading a `str`: where its characters lie, and its UTF-8 form.

use crate::abi::*;
use crate::runtime::{Obj, Result, memory, raise};
use core::ptr::NonNull;

/// Bits of `PyASCIIObject::state`, from the low end.
pub(super) mod state {
    pub const INTERNED_MASK: u32 = 0b11;
    pub const INTERNED_IMMORTAL: u32 = 2;
    pub const KIND_SHIFT: u32 = 2;
    pub const KIND_MASK: u32 = 0b111 << KIND_SHIFT;
    pub const COMPACT: u32 = 1 << 5;
    pub const ASCII: u32 = 1 << 6;
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
/// UnicodeEncodeError when the string has a surrogate, MemoryError without memory.
pub fn utf8(s: Obj<'_>) -> Result<&str> {
    let stored = points(s);
    if let Points::Ascii(ascii) = stored {
        // SAFETY: ASCII is UTF-8.
        return Ok(unsafe { core::str::from_utf8_unchecked(ascii) });
    }
    // SAFETY: a string that is not ASCII has the larger layout; its cached form is UTF-8 that lives as long as it does.
    unsafe {
        let fields = s.cast::<PyCompactUnicodeObject>();
        if (*fields).utf8.is_null() {
            encode(stored, fields)?;
        }
        let bytes = core::slice::from_raw_parts((*fields).utf8.cast::<u8>(), (*fields).utf8_length as usize);
        Ok(core::str::from_utf8_unchecked(bytes))
    }
}

/// Makes the UTF-8 form of a string and stores it in its fields.
///
/// # Safety
/// `fields` is the string the points belong to, with no UTF-8 form yet.
unsafe fn encode(stored: Points<'_>, fields: *mut PyCompactUnicodeObject) -> Result<()> {
    let chars = stored.iter().map(char::from_u32);
    let mut size = 0;
    for (position, point) in chars.clone().enumerate() {
        let Some(point) = point else {
            let surrogate = stored.iter().nth(position).unwrap_or_default();
            return Err(raise!(
                UnicodeEncodeError,
                "'utf-8' codec can't encode character '\\u{surrogate:x}' in position {position}: surrogates not allowed"
            ));
        };
        size += point.len_utf8();
    }
    let block = memory::allocate(size + 1).ok_or_else(memory::out_of_memory)?;
    // SAFETY: the block has room for `size` bytes and a NUL; the fields are the caller's string.
    unsafe {
        let bytes = block.cast::<u8>().as_ptr();
        let mut at = 0;
        for point in chars.flatten() {
            let mut buffer = [0; 4];
            let encoded = point.encode_utf8(&mut buffer);
            bytes.add(at).copy_from_nonoverlapping(encoded.as_ptr(), encoded.len());
            at += encoded.len();
        }
        bytes.add(at).write(0);
        (*fields).utf8 = bytes.cast();
        (*fields).utf8_length = size as Py_ssize_t;
    }
    Ok(())
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

/// Shows a string's characters in a message; a surrogate is shown as U+FFFD, and what is not a `str` by its type.
pub fn as_text(s: Obj<'_>) -> impl core::fmt::Display + '_ {
    struct Text<'a>(Obj<'a>);
    impl core::fmt::Display for Text<'_> {
        fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
            use core::fmt::Write;
            if !super::check(self.0) {
                return write!(f, "<{}>", self.0.class().name());
            }
            points(self.0).iter().try_for_each(|point| f.write_char(char::from_u32(point).unwrap_or('\u{FFFD}')))
        }
    }
    Text(s)
}
