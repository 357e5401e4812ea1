//! Searching strings in strings.

use super::layout::{Points, Str, compact_ascii, points};
use crate::runtime::memory::{self, Array, Malloc};
use crate::runtime::{Result, memory::out_of_memory};
use core::ops::Range;

/// The direction of a search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    /// The first occurrence.
    Start,
    /// The last occurrence.
    End,
}

/// Characters to search for, in the width of the characters among which they are searched.
pub(super) struct Needle<'a> {
    bytes: Stored<'a>,
    /// The logarithm of the bytes of a character: a shift takes less time than a division by a number that is not known.
    shift: u32,
}

/// The memory of characters: a string's own, or a wider copy.
enum Stored<'a> {
    Own(&'a [u8]),
    Wider(Array<u8>),
}

impl<'a> Needle<'a> {
    /// Characters to search for among others; `None` when they can't be there, because one of them needs more width than any of
    /// the others.
    #[inline]
    pub fn new(needle: Points<'a>, hay: Points<'_>) -> Result<Option<Self>> {
        let (size, shift) = (hay.kind(), hay.kind().trailing_zeros());
        if needle.kind() == size {
            return Ok(Some(Needle { bytes: Stored::Own(needle.as_bytes()), shift }));
        }
        if needle.kind() > size {
            return Ok(None);
        }
        let mut wider: Array<u8> = Array::new_in(Malloc);
        memory::reserve(&mut wider, needle.len().checked_mul(size).ok_or_else(out_of_memory)?)?;
        for point in needle.iter() {
            memory::fill(&mut wider, point.to_ne_bytes().into_iter().take(size));
        }
        Ok(Some(Needle { bytes: Stored::Wider(wider), shift }))
    }

    fn bytes(&self) -> &[u8] {
        match &self.bytes {
            Stored::Own(bytes) => bytes,
            Stored::Wider(bytes) => bytes,
        }
    }

    /// The number of characters.
    pub fn len(&self) -> usize {
        self.bytes().len() >> self.shift
    }

    /// The memory of the characters of a range; none for a range that is not inside.
    fn part<'b>(&self, hay: Points<'b>, range: &Range<usize>) -> &'b [u8] {
        hay.as_bytes().get(range.start << self.shift..range.end << self.shift).unwrap_or_default()
    }

    /// The index of the first occurrence inside a range.
    #[inline]
    pub fn find(&self, hay: Points<'_>, range: Range<usize>) -> Option<usize> {
        let (part, needle) = (self.part(hay, &range), self.bytes());
        let mut from = 0;
        // A match in the middle of a character is none.
        loop {
            let rest = part.get(from..)?;
            let at = from + memory::find(rest, needle)?;
            if at >> self.shift << self.shift == at {
                return Some(range.start + (at >> self.shift));
            }
            from = at + 1;
        }
    }

    /// The index of the last occurrence inside a range.
    pub fn find_last(&self, hay: Points<'_>, range: Range<usize>) -> Option<usize> {
        let (part, needle) = (self.part(hay, &range), self.bytes());
        if let [byte] = needle {
            return memory::find_last_byte(part, *byte).map(|at| range.start + at);
        }
        let last = part.len().checked_sub(needle.len())? >> self.shift;
        let is_at = |at: &usize| part.get(at << self.shift..).is_some_and(|rest| rest.starts_with(needle));
        (0..=last).rev().find(is_at).map(|at| range.start + at)
    }
}

/// A range between two bounds as Python's slices have them: negative ones count from the end. `None` for a range that ends
/// before it starts, or starts after the end.
pub fn range(start: isize, end: isize, length: usize) -> Option<Range<usize>> {
    let bound = |bound: isize| usize::try_from(bound).unwrap_or_else(|_| length.saturating_sub(bound.unsigned_abs()));
    let (start, end) = (bound(start), bound(end).min(length));
    (start <= end).then_some(start..end)
}

/// The index of a substring inside a range.
pub fn find(s: Str<'_>, part: Str<'_>, start: isize, end: isize, from: From) -> Result<Option<usize>> {
    // The fast path: most strings are ASCII.
    if let (Some(all), Some(part)) = (compact_ascii(s), compact_ascii(part)) {
        let search = if from == From::Start { memory::find } else { memory::find_last };
        return Ok(range(start, end, all.len()).and_then(|range| {
            let first = range.start;
            search(all.get(range)?, part).map(|at| first + at)
        }));
    }
    find_points(points(s), points(part), start, end, from)
}

/// [`find`], of characters of any width.
#[inline(never)]
fn find_points(hay: Points<'_>, needle: Points<'_>, start: isize, end: isize, from: From) -> Result<Option<usize>> {
    let Some(range) = range(start, end, hay.len()).filter(|range| range.len() >= needle.len()) else { return Ok(None) };
    if needle.is_empty() {
        return Ok(Some(if from == From::Start { range.start } else { range.end }));
    }
    Ok(Needle::new(needle, hay)?.and_then(|needle| match from {
        From::Start => needle.find(hay, range),
        From::End => needle.find_last(hay, range),
    }))
}

/// The index of a character inside a range (CPython: `PyUnicode_FindChar`).
#[inline(always)]
pub fn find_char(s: Str<'_>, point: u32, start: isize, end: isize, from: From) -> Result<Option<usize>> {
    // The fast path: one byte among bytes.
    if let (Some(bytes), Ok(byte)) = (compact_ascii(s), u8::try_from(point)) {
        return Ok(range(start, end, bytes.len()).and_then(|range| find_byte(bytes, byte, range, from)));
    }
    find_point(s, point, start, end, from)
}

/// The index of a byte inside a range of bytes.
#[inline(always)]
fn find_byte(bytes: &[u8], byte: u8, range: Range<usize>, from: From) -> Option<usize> {
    let (first, part) = (range.start, bytes.get(range)?);
    let found = match from {
        From::Start => memory::find_byte(part, byte),
        From::End => memory::find_last_byte(part, byte),
    };
    found.map(|at| first + at)
}

/// [`find_char`], among characters of any width.
#[inline(never)]
fn find_point(s: Str<'_>, point: u32, start: isize, end: isize, from: From) -> Result<Option<usize>> {
    let hay = points(s);
    let Some(range) = range(start, end, hay.len()) else { return Ok(None) };
    if let (Points::Ascii(bytes) | Points::Latin1(bytes), Ok(byte)) = (hay, u8::try_from(point)) {
        return Ok(find_byte(bytes, byte, range, from));
    }
    let found = |needle: Option<Needle<'_>>| {
        needle.and_then(|needle| match from {
            From::Start => needle.find(hay, range),
            From::End => needle.find_last(hay, range),
        })
    };
    // One character is stored in the width of the string, if it fits into that.
    match (hay, u16::try_from(point)) {
        (Points::Ucs2(_), Ok(unit)) => Ok(found(Needle::new(Points::Ucs2(&[unit]), hay)?)),
        (Points::Ucs4(_), _) => Ok(found(Needle::new(Points::Ucs4(&[point]), hay)?)),
        _ => Ok(None),
    }
}

/// The number of occurrences of a substring inside a range that do not overlap.
pub fn count(s: Str<'_>, part: Str<'_>, start: isize, end: isize) -> Result<usize> {
    if let (Some(all), Some(part)) = (compact_ascii(s), compact_ascii(part)) {
        let all = range(start, end, all.len()).and_then(|range| all.get(range));
        return Ok(all.map_or(0, |all| memory::count_parts(all, part)));
    }
    let (hay, needle) = (points(s), points(part));
    let Some(range) = range(start, end, hay.len()).filter(|range| range.len() >= needle.len()) else { return Ok(0) };
    if needle.is_empty() {
        return Ok(range.len() + 1);
    }
    Ok(Needle::new(needle, hay)?.map_or(0, |needle| occurrences(&needle, hay, range).count()))
}

/// The indices of the occurrences inside a range that do not overlap. The needle is not empty.
pub(super) fn occurrences<'a>(
    needle: &'a Needle<'_>,
    hay: Points<'a>,
    range: Range<usize>,
) -> impl Iterator<Item = usize> + Clone + 'a {
    let (mut from, end, length) = (range.start, range.end, needle.len().max(1));
    core::iter::from_fn(move || {
        let at = needle.find(hay, from..end)?;
        from = at + length;
        Some(at)
    })
}

/// Whether a range of a string starts, or ends, with another string (CPython: `PyUnicode_Tailmatch`).
#[inline(always)]
pub fn matches_at(s: Str<'_>, part: Str<'_>, start: isize, end: isize, from: From) -> bool {
    // The fast path: most strings are ASCII.
    if let (Some(all), Some(part)) = (compact_ascii(s), compact_ascii(part)) {
        let at = |range: Range<usize>| if from == From::Start { range.start } else { range.end - part.len() };
        let place = range(start, end, all.len()).filter(|range| range.len() >= part.len()).map(at);
        let found = place.and_then(|at| all.get(at..at + part.len()));
        // Most that are not equal differ in the first byte, and need no call of memcmp.
        return found.is_some_and(|found| found.first() == part.first() && found == part);
    }
    points_match_at(s, part, start, end, from)
}

/// [`matches_at`], of characters of any width.
#[inline(never)]
fn points_match_at(s: Str<'_>, part: Str<'_>, start: isize, end: isize, from: From) -> bool {
    let (all, part) = (points(s), points(part));
    let Some(range) = range(start, end, all.len()).filter(|range| range.len() >= part.len()) else { return false };
    let at = if from == From::Start { range.start } else { range.end - part.len() };
    let same = all.slice(at..at + part.len());
    match same.kind() == part.kind() {
        true => same.as_bytes() == part.as_bytes(),
        false => same.iter().eq(part.iter()),
    }
}
