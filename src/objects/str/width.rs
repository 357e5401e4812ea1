//! The widths that the characters of a string are stored in, and the loops over characters of one width. Each loop is
//! compiled for each width, so that the compiler can handle many characters with one instruction.

use super::layout::{Points, state};
use crate::abi::*;
use core::ptr::NonNull;

/// The width that the characters of a string are stored in, from the narrowest on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Width {
    /// A byte each, none above U+007F.
    Ascii,
    /// A byte each.
    Latin1,
    /// Two bytes each.
    Ucs2,
    /// Four bytes each.
    Ucs4,
}

impl Width {
    /// The width for a character, or for the characters whose bits these are together: see [`bits`].
    #[inline]
    pub const fn of(bits: u32) -> Self {
        match bits {
            0..=0x7f => Width::Ascii,
            0x80..=0xff => Width::Latin1,
            0x100..=0xffff => Width::Ucs2,
            _ => Width::Ucs4,
        }
    }

    /// Bytes a character takes.
    #[inline]
    pub const fn size(self) -> usize {
        match self {
            Width::Ascii | Width::Latin1 => 1,
            Width::Ucs2 => 2,
            Width::Ucs4 => 4,
        }
    }

    /// Bytes of the header before the characters.
    #[inline]
    pub const fn header(self) -> usize {
        match self {
            Width::Ascii => size_of::<PyASCIIObject>(),
            _ => size_of::<PyCompactUnicodeObject>(),
        }
    }

    /// The bits of a string's state that hold the width.
    #[inline]
    pub const fn state(self) -> u32 {
        let ascii = if let Width::Ascii = self { state::ASCII } else { 0 };
        (self.size() as u32) << state::KIND_SHIFT | ascii
    }
}

/// A character of one width.
pub(super) trait Unit: Copy + Eq + Into<u32> {
    /// The low bits of a code point.
    fn cut(point: u32) -> Self;
}

impl Unit for u8 {
    fn cut(point: u32) -> Self {
        point as u8
    }
}

impl Unit for u16 {
    fn cut(point: u32) -> Self {
        point as u16
    }
}

impl Unit for u32 {
    fn cut(point: u32) -> Self {
        point
    }
}

/// All bits that any of the characters has. The bounds between widths are powers of two, so that the bits together need
/// the width that the greatest character needs.
pub(super) fn bits(points: Points<'_>) -> u32 {
    fn of<T: Unit>(units: &[T]) -> u32 {
        units.iter().fold(0, |bits, &unit| bits | unit.into())
    }
    match points {
        Points::Ascii(units) | Points::Latin1(units) => of(units),
        Points::Ucs2(units) => of(units),
        Points::Ucs4(units) => of(units),
    }
}

/// Writes characters in a width that holds each of them.
///
/// # Safety
/// `to` has room for as many characters of `width`, aligned for it, and does not overlap them.
#[inline(always)]
pub(super) unsafe fn write(points: Points<'_>, to: NonNull<u8>, width: Width) {
    // SAFETY: `to` has room for the characters in this width. In a width of one byte, ASCII and Latin-1 stay the same
    // bytes.
    unsafe {
        // `points` is matched once. Two matches make the compiler store it to the stack and load it from there, and the
        // load waits for the store (a store forwarding stall).
        match points {
            Points::Ascii(units) | Points::Latin1(units) if width.size() == 1 => copy_bytes(units, to),
            points => convert(points, to, width),
        }
    }
}

/// Works as [`write`], for characters or a width of more than a byte.
///
/// # Safety
/// As for [`write`].
#[inline(never)]
unsafe fn convert(points: Points<'_>, to: NonNull<u8>, width: Width) {
    /// # Safety
    /// As for [`write`], with `To` for the width.
    unsafe fn copy<From: Unit, To: Unit>(units: &[From], to: NonNull<To>) {
        for (index, &unit) in units.iter().enumerate() {
            // SAFETY: `to` has room for as many characters as the slice has.
            unsafe { to.add(index).write(To::cut(unit.into())) };
        }
    }
    // SAFETY: `to` has room for the characters in this width. In each line the type is that of the width.
    unsafe {
        match (points, width.size()) {
            (points, size) if points.width().size() == size => copy_bytes(points.as_bytes(), to),
            (Points::Ascii(units) | Points::Latin1(units), 2) => copy::<_, u16>(units, to.cast()),
            (Points::Ascii(units) | Points::Latin1(units), _) => copy::<_, u32>(units, to.cast()),
            (Points::Ucs2(units), 1) => copy::<_, u8>(units, to),
            (Points::Ucs2(units), _) => copy::<_, u32>(units, to.cast()),
            (Points::Ucs4(units), 1) => copy::<_, u8>(units, to),
            (Points::Ucs4(units), _) => copy::<_, u16>(units, to.cast()),
        }
    }
}

/// Copies bytes. Up to sixteen, as most parts of a text have, are copied as two words that overlap, which takes less
/// time than a call of `memcpy`.
///
/// # Safety
/// `to` has room for them, and does not overlap them.
#[inline(always)]
pub(super) unsafe fn copy_bytes(bytes: &[u8], to: NonNull<u8>) {
    let length = bytes.len();
    // SAFETY: each branch writes from the first byte to the last, and none beyond, and there is room for all.
    unsafe {
        if length > 16 {
            to.copy_from_nonoverlapping(NonNull::from(bytes).cast(), length);
        } else if let (Some(first), Some(last)) = (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
            to.cast().write(*first);
            to.add(length - 8).cast().write(*last);
        } else if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
            to.cast().write(*first);
            to.add(length - 4).cast().write(*last);
        } else if let (Some(first), Some(last)) = (bytes.first(), bytes.last()) {
            to.write(*first);
            to.add(length / 2).write(bytes[length / 2]);
            to.add(length - 1).write(*last);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::prelude::rust_2024::*;
    use std::vec;

    #[test]
    fn each_width_ends_where_the_next_begins() {
        let widths = [0, 0x7f, 0x80, 0xff, 0x100, 0xffff, 0x1_0000, 0x10_ffff].map(Width::of);
        use Width::*;
        assert_eq!(widths, [Ascii, Ascii, Latin1, Latin1, Ucs2, Ucs2, Ucs4, Ucs4]);
        assert!(Ascii < Latin1 && Latin1 < Ucs2 && Ucs2 < Ucs4);
    }

    #[test]
    fn bytes_of_any_number_are_copied_and_none_after_them_changes() {
        let bytes: [u8; 40] = core::array::from_fn(|index| index as u8 + 1);
        for length in 0..=bytes.len() {
            let mut to = [0; 41];
            // SAFETY: there is room for 41 bytes.
            unsafe { copy_bytes(&bytes[..length], NonNull::new_unchecked(to.as_mut_ptr())) };
            assert!(to[..length] == bytes[..length] && to[length..].iter().all(|&byte| byte == 0), "{length} bytes");
        }
    }

    #[test]
    fn characters_are_the_same_in_each_width_that_holds_them() {
        let plain: Vec<u32> = (1..100).collect();
        let narrow: Vec<u8> = plain.iter().map(|&point| point as u8).collect();
        let middle: Vec<u16> = plain.iter().map(|&point| point as u16).collect();
        for points in [Points::Ascii(&narrow), Points::Latin1(&narrow), Points::Ucs2(&middle), Points::Ucs4(&plain)] {
            assert_eq!(bits(points), 127);
            let mut to = (vec![0u8; 99], vec![0u16; 99], vec![0u32; 99]);
            // SAFETY: each vector has room for 99 characters of its width.
            unsafe {
                write(points, NonNull::new_unchecked(to.0.as_mut_ptr()), Width::Latin1);
                write(points, NonNull::new_unchecked(to.1.as_mut_ptr()).cast(), Width::Ucs2);
                write(points, NonNull::new_unchecked(to.2.as_mut_ptr()).cast(), Width::Ucs4);
            }
            assert_eq!((&to.0, &to.1, &to.2), (&narrow, &middle, &plain));
        }
    }
}
