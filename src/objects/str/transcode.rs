//! From UTF-8 to the characters of a `str`, in one pass that checks the bytes and writes the characters.

use super::build::{from_ascii, from_point, reserve};
use super::shared::empty;
use super::width::{Unit, Width};
use super::words::{four_times, is_ascii};
use crate::runtime::{Ref, Result};
use core::ptr::NonNull;

/// A string with this text.
pub fn from_str(text: &str) -> Result<Ref> {
    // A `&str` is UTF-8, so `transcode` never returns `None`.
    transcode(text.as_bytes()).map(|s| s.unwrap_or_else(|| empty().to_ref()))
}

/// A string of bytes in UTF-8; `None` when they are not UTF-8.
pub(super) fn transcode(bytes: &[u8]) -> Result<Option<Ref>> {
    if is_ascii(bytes) {
        // SAFETY: `is_ascii` has just checked the bytes.
        return unsafe { from_ascii(bytes) }.map(Some);
    }
    transcode_wide(bytes)
}

/// [`transcode`] for bytes that are not ASCII. Out of line, so that the fast path saves no registers.
#[inline(never)]
fn transcode_wide(bytes: &[u8]) -> Result<Option<Ref>> {
    let (length, width) = measure(bytes);
    if length <= 1 {
        return first(bytes).filter(|(_, rest)| rest.is_empty()).map(|(point, _)| from_point(point)).transpose();
    }
    // SAFETY: `decode` writes at most one character for each byte that begins one, and `measure` has counted these
    // bytes. `decode` stops early only when the bytes are not UTF-8, and then the string is dropped unread.
    unsafe {
        let (s, data) = reserve(length, width)?;
        let is_utf8 = match width.size() {
            1 => decode(bytes, data),
            2 => decode(bytes, data.cast::<u16>()),
            _ => decode(bytes, data.cast::<u32>()),
        };
        Ok(is_utf8.then_some(s))
    }
}

/// The number of characters in UTF-8, and the width that they need. The greatest byte determines the width: the bytes
/// below C4 begin characters up to U+00FF, and those below F0 begin characters up to U+FFFF.
fn measure(bytes: &[u8]) -> (usize, Width) {
    let (mut length, mut greatest) = (0, 0);
    // The count of a chunk fits into a byte, so the compiler can count many bytes with one instruction.
    for chunk in bytes.chunks(u8::MAX.into()) {
        length += usize::from(chunk.iter().map(|&byte| u8::from(!is_continuation(byte))).sum::<u8>());
        greatest = chunk.iter().fold(greatest, |greatest, &byte| greatest.max(byte));
    }
    let width = match greatest {
        0xf0.. => Width::Ucs4,
        0xc4..0xf0 => Width::Ucs2,
        _ => Width::Latin1,
    };
    (length, width)
}

/// Whether a byte is a continuation byte: an earlier byte begins its character.
const fn is_continuation(byte: u8) -> bool {
    byte & 0xc0 == 0x80
}

/// Writes the characters of bytes in UTF-8, up to the first bytes that are not UTF-8. Returns whether all are UTF-8.
///
/// # Safety
/// `to` has room for as many characters as there are bytes that are not [`is_continuation`], in a width that holds
/// each.
unsafe fn decode<T: Unit>(mut bytes: &[u8], mut to: NonNull<T>) -> bool {
    // SAFETY: each step writes as many characters as it takes bytes that begin one.
    let mut write = |point: u32| unsafe {
        to.write(T::cut(point));
        to = to.add(1);
    };
    while let [byte, rest @ ..] = bytes {
        // The fast path: a character of one or two bytes mostly has neighbours of the same length, so eight bytes are
        // checked together.
        let eight = bytes.split_first_chunk();
        if byte.is_ascii() {
            if let Some((eight, rest)) = eight
                && is_ascii(eight)
            {
                eight.iter().for_each(|&byte| write(byte.into()));
                bytes = rest;
            } else {
                write((*byte).into());
                bytes = rest;
            }
        } else if *byte < 0xe0
            && let Some((eight, rest)) = eight
            && let Some(four) = four_of_two_bytes(*eight)
        {
            four.into_iter().for_each(&mut write);
            bytes = rest;
        } else if let Some((point, rest)) = first(bytes) {
            write(point);
            bytes = rest;
        } else {
            return false;
        }
    }
    true
}

/// The four characters of eight bytes, if each character has two bytes. All are checked together: the word is four
/// numbers of 16 bits, and the lower byte of each is the first of its character.
#[inline(always)]
fn four_of_two_bytes(bytes: [u8; 8]) -> Option<[u32; 4]> {
    let word = u64::from_le_bytes(bytes);
    let has_shape = word & four_times(0xc0e0) == four_times(0x80c0);
    // The first byte is at least C2 if one of its bits 1 to 4 is set. Adding all these bits then carries into bit 5.
    let carried = (word & four_times(0x1e)) + four_times(0x1e);
    if !has_shape || carried & four_times(0x20) != four_times(0x20) {
        return None;
    }
    let points = (word & four_times(0x1f)) << 6 | word >> 8 & four_times(0x3f);
    Some([0, 16, 32, 48].map(|shift| (points >> shift) as u32 & 0x7ff))
}

/// The character that bytes in UTF-8 begin with, and the bytes after it; `None` when they begin with none.
#[inline(always)]
fn first(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let low = |byte: u8| u32::from(byte & 0x3f);
    Some(match *bytes {
        [one @ ..0x80, ref rest @ ..] => (one.into(), rest),
        [one @ 0xc2..=0xdf, two @ 0x80..=0xbf, ref rest @ ..] => (u32::from(one & 0x1f) << 6 | low(two), rest),
        [one @ 0xe0..=0xef, two, three @ 0x80..=0xbf, ref rest @ ..] if is_second_of_three(one, two) => {
            (u32::from(one & 0xf) << 12 | low(two) << 6 | low(three), rest)
        }
        [one @ 0xf0..=0xf4, two, three @ 0x80..=0xbf, four @ 0x80..=0xbf, ref rest @ ..]
            if is_second_of_four(one, two) =>
        {
            (u32::from(one & 7) << 18 | low(two) << 12 | low(three) << 6 | low(four), rest)
        }
        _ => return None,
    })
}

/// Whether a byte can be the second of a character of three bytes: no character has a longer form than it needs, and
/// surrogates have no form.
#[inline(always)]
const fn is_second_of_three(first: u8, second: u8) -> bool {
    matches!((first, second), (0xe0, 0xa0..=0xbf) | (0xed, 0x80..=0x9f) | (0xe1..=0xec | 0xee.., 0x80..=0xbf))
}

/// Whether a byte can be the second of a character of four bytes: no character has a longer form than it needs, and
/// none is above U+10FFFF.
#[inline(always)]
const fn is_second_of_four(first: u8, second: u8) -> bool {
    matches!((first, second), (0xf0, 0x90..=0xbf) | (0xf1..=0xf3, 0x80..=0xbf) | (0xf4, 0x80..=0x8f))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::objects::str::{points, require};
    use std::prelude::rust_2024::*;
    use std::{format, vec};

    /// Bytes are taken exactly when the standard library takes them, and give the same characters.
    fn is_as_the_standard_librarys(bytes: &[u8]) {
        let made = transcode(bytes).unwrap();
        let made = made.as_ref().map(|s| points(require(s.borrow()).unwrap()).iter().collect::<Vec<u32>>());
        let expected = std::str::from_utf8(bytes).ok().map(|text| text.chars().map(u32::from).collect());
        assert_eq!(made, expected, "{bytes:x?}");
    }

    #[test]
    fn every_character() {
        for point in (0..=char::MAX.into()).filter_map(char::from_u32).step_by(7) {
            is_as_the_standard_librarys(format!("{point}").as_bytes());
            is_as_the_standard_librarys(format!("some ASCII{point}\u{e9}{point}, and more").as_bytes());
        }
    }

    #[test]
    fn all_pairs_of_bytes_and_the_bytes_at_the_bounds_of_ranges() {
        for (one, two) in (0..=255).flat_map(|one| (0..=255).map(move |two| (one, two))) {
            is_as_the_standard_librarys(&[one, two]);
            is_as_the_standard_librarys(&[b'a', one, two, b'b']);
        }
        let bounds =
            [0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc2, 0xdf, 0xe0, 0xe1, 0xed, 0xee, 0xef, 0xf0, 0xf1];
        let bounds = bounds.into_iter().chain([0xf3, 0xf4, 0xf5, 0xff]).collect::<Vec<u8>>();
        let mut bytes = vec![0; 5];
        for number in 0..bounds.len().pow(4) {
            for (place, byte) in bytes.iter_mut().take(4).enumerate() {
                *byte = bounds[number / bounds.len().pow(place as u32) % bounds.len()];
            }
            bytes[4] = b'x';
            is_as_the_standard_librarys(&bytes);
            is_as_the_standard_librarys(&bytes[..4]);
        }
    }
}
