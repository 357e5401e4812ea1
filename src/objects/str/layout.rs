//! The layout of a `str`: the place and the width of its characters.

use super::width::Width;
use crate::abi::*;
use crate::runtime::known::STR;
use crate::runtime::refusal::bad_argument_type;
use crate::runtime::{Layout, Obj, Result, View, memory};
use core::ops::Range;
use core::ptr::NonNull;

/// A borrowed reference to a `str`, or to an instance of a subclass. Every kind of string begins with the fields of an
/// ASCII string.
pub type Str<'a> = View<'a, PyASCIIObject>;

// SAFETY: a type with this flag has instances that begin as those of `str` do.
unsafe impl Layout for PyASCIIObject {
    #[inline(always)]
    fn check(o: Obj<'_>) -> bool {
        o.has_flag(Py_TPFLAGS_UNICODE_SUBCLASS)
    }
}

/// Whether the object is a `str` or an instance of a subclass.
#[inline]
pub fn check(o: Obj<'_>) -> bool {
    PyASCIIObject::check(o)
}

/// The object as a `str`, if its type is exactly `str`. [`Obj::downcast_exactly`] would also check the type's flags.
#[inline(always)]
pub fn as_exact(o: Obj<'_>) -> Option<Str<'_>> {
    // SAFETY: the type is `str` itself, whose objects all begin with this layout.
    if o.is_exactly(STR) { Some(unsafe { View::new_unchecked(o) }) } else { None }
}

/// The object as a `str`; TypeError for any other object (CPython: `PyErr_BadArgument`).
pub fn require(o: Obj<'_>) -> Result<Str<'_>> {
    o.downcast().ok_or_else(bad_argument_type)
}

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

/// The code points of a string, in their stored width.
#[derive(Debug, Clone, Copy)]
pub enum Points<'a> {
    /// ASCII, one byte each.
    Ascii(&'a [u8]),
    /// U+0000 to U+00FF, one byte each.
    Latin1(&'a [u8]),
    /// Up to U+FFFF.
    Ucs2(&'a [u16]),
    /// All of Unicode. Surrogates can occur in any width that is large enough.
    Ucs4(&'a [u32]),
}

impl<'a> Points<'a> {
    /// The bytes of a code point: 1, 2 or 4 (CPython: `PyUnicode_KIND`).
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

    /// The width they are stored in.
    #[inline]
    pub(super) fn width(self) -> Width {
        match self {
            Points::Ascii(_) => Width::Ascii,
            Points::Latin1(_) => Width::Latin1,
            Points::Ucs2(_) => Width::Ucs2,
            Points::Ucs4(_) => Width::Ucs4,
        }
    }

    /// The code points at an address.
    ///
    /// # Safety
    /// There are `length` code points of this width, aligned for it, which stay as they are for `'a`.
    #[inline]
    pub(super) unsafe fn at(data: NonNull<u8>, width: Width, length: usize) -> Self {
        // SAFETY: there are `length` code points of this width, which stay for `'a`. In each line the type is that of
        // the width.
        unsafe {
            let data = data.as_ptr();
            match width {
                Width::Ascii => Points::Ascii(core::slice::from_raw_parts(data, length)),
                Width::Latin1 => Points::Latin1(core::slice::from_raw_parts(data, length)),
                Width::Ucs2 => Points::Ucs2(core::slice::from_raw_parts(data.cast(), length)),
                Width::Ucs4 => Points::Ucs4(core::slice::from_raw_parts(data.cast(), length)),
            }
        }
    }

    /// The code point at an index; `None` beyond the end.
    pub fn get(self, index: usize) -> Option<u32> {
        match self {
            Points::Ascii(points) | Points::Latin1(points) => points.get(index).copied().map(u32::from),
            Points::Ucs2(points) => points.get(index).copied().map(u32::from),
            Points::Ucs4(points) => points.get(index).copied(),
        }
    }

    /// The index of the first such ASCII character from a start on.
    pub fn position(self, start: usize, ascii: u8) -> Option<usize> {
        match self {
            Points::Ascii(points) | Points::Latin1(points) => {
                memory::find_byte(points.get(start..)?, ascii).map(|at| start + at)
            }
            wide => (start..wide.len()).find(|&at| wide.get(at) == Some(ascii.into())),
        }
    }

    /// The code points of a range; none when the range is not inside. They may need less width than the string.
    pub fn slice(self, range: Range<usize>) -> Self {
        match self {
            Points::Ascii(points) => Points::Ascii(points.get(range).unwrap_or_default()),
            Points::Latin1(points) => Points::Latin1(points.get(range).unwrap_or_default()),
            Points::Ucs2(points) => Points::Ucs2(points.get(range).unwrap_or_default()),
            Points::Ucs4(points) => Points::Ucs4(points.get(range).unwrap_or_default()),
        }
    }

    /// Whether there are no code points.
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

    /// The memory in which they are stored.
    pub fn as_bytes(self) -> &'a [u8] {
        // SAFETY: integers have no padding, so each is as many initialized bytes as it is wide.
        unsafe {
            match self {
                Points::Ascii(points) | Points::Latin1(points) => points,
                Points::Ucs2(points) => core::slice::from_raw_parts(points.as_ptr().cast(), points.len() * 2),
                Points::Ucs4(points) => core::slice::from_raw_parts(points.as_ptr().cast(), points.len() * 4),
            }
        }
    }
}

/// The number of code points.
#[inline]
pub fn length(s: Str<'_>) -> usize {
    // SAFETY: a view's fields can be read; the length never changes.
    unsafe { (*s.fields()).length as usize }
}

/// The bytes that a string takes (`__sizeof__`). The UTF-8 form that it keeps counts too.
pub(super) fn bytes_in_memory(s: Str<'_>) -> usize {
    let all = points(s);
    let characters = (all.len() + 1) * all.kind();
    let is_compact = has_state(s, state::COMPACT);
    let head = match (is_compact, all) {
        (true, Points::Ascii(_)) => size_of::<PyASCIIObject>(),
        (true, _) => size_of::<PyCompactUnicodeObject>(),
        (false, _) => size_of::<PyUnicodeObject>(),
    };
    let utf8 = match all {
        Points::Ascii(_) => 0,
        // SAFETY: a string that is not ASCII has the larger layout.
        _ => unsafe { super::kept_utf8::kept(s) }.map_or(0, |form| form.len() + 1),
    };
    head + characters + utf8
}

/// Whether a bit of the state is set.
fn has_state(s: Str<'_>, bit: u32) -> bool {
    // SAFETY: a view's fields can be read.
    unsafe { (*s.fields()).state & bit != 0 }
}

/// Whether the string is interned.
#[inline]
pub fn is_interned(s: Str<'_>) -> bool {
    // SAFETY: a view's fields can be read; only `intern` changes the state, with the GIL held.
    unsafe { (*s.fields()).state & state::INTERNED_MASK != 0 }
}

/// The bytes of a compact ASCII string, else `None`. Only instances of subclasses are not compact.
#[inline(always)]
pub(super) fn compact_ascii(s: Str<'_>) -> Option<&[u8]> {
    const BOTH: u32 = state::COMPACT | state::ASCII;
    // SAFETY: a string of this state has as many characters as its length states, directly after its head, and keeps
    // them.
    unsafe {
        let fields = s.fields();
        ((*fields).state & BOTH == BOTH)
            .then(|| core::slice::from_raw_parts(fields.add(1).cast(), (*fields).length as usize))
    }
}

/// The code points.
#[inline]
pub fn points(s: Str<'_>) -> Points<'_> {
    // The fast path: most strings are ASCII. The rest stays in line, since a call would return its `Points` in memory.
    if let Some(ascii) = compact_ascii(s) {
        return Points::Ascii(ascii);
    }
    // SAFETY: a str's state identifies the place and the width of its characters, which do not change once other code
    // has the str.
    unsafe {
        let fields = s.fields();
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

/// Whether a string may have buffers in addition to its own block. A compact ASCII string has none.
#[inline(always)]
pub(super) fn has_buffers(s: Str<'_>) -> bool {
    // SAFETY: a view's fields can be read.
    unsafe { (*s.fields()).state & (state::ASCII | state::COMPACT) != state::ASCII | state::COMPACT }
}

/// Frees the buffers that a string has in addition to its own block.
///
/// # Safety
/// No reference to `s` is left, and its characters are not used any more.
#[inline(never)]
pub(super) unsafe fn free_buffers(s: Str<'_>) {
    // SAFETY: a string that is not ASCII has the layout with the UTF-8 form, and one that is not compact has the layout
    // with the data. Both pointers are NULL or blocks of the string's own, and are not used afterwards.
    unsafe {
        let state = (*s.fields()).state;
        if state & state::ASCII == 0 {
            memory::free((*s.cast::<PyCompactUnicodeObject>()).utf8.cast());
        }
        if state & state::COMPACT == 0 {
            memory::free((*s.cast::<PyUnicodeObject>()).data);
        }
    }
}

/// Shows a string's characters in a message. An object that is not a `str` is shown by its type. A surrogate is written
/// in a form that a message, or the builder of a `str`, preserves.
pub fn as_text(o: Obj<'_>) -> impl core::fmt::Display + '_ {
    struct Text<'a>(Obj<'a>);
    impl core::fmt::Display for Text<'_> {
        fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
            let Some(s) = self.0.downcast() else { return write!(f, "<{}>", self.0.class().name()) };
            if let Points::Ascii(ascii) = points(s) {
                // SAFETY: the bytes are ASCII, which is UTF-8.
                return f.write_str(unsafe { core::str::from_utf8_unchecked(ascii) });
            }
            points(s).iter().try_for_each(|point| show_point(f, point))
        }
    }
    Text(o)
}

/// Shows one code point, as [`as_text`] does.
pub fn show_point(out: &mut dyn core::fmt::Write, point: u32) -> core::fmt::Result {
    match char::from_u32(point) {
        Some(character) => out.write_char(character),
        None => out.write_str(memory::surrogate(point)),
    }
}
