//! Strings made of others: with parts replaced, with filling, with tabs expanded.

use super::build::{self, Total};
use super::builder::Builder;
use super::layout::{Points, Str, length, points};
use super::operators::{as_plain, part};
use super::search::{From, Needle, matches_at, occurrences};
use crate::runtime::{Ref, Result, memory, raise};

/// The string with the first `most` occurrences of a substring replaced by another; a negative number means all
/// (CPython: `PyUnicode_Replace`).
pub fn replace(s: Str<'_>, old: Str<'_>, new: Str<'_>, most: isize) -> Result<Ref> {
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let (all, old, new) = (points(s), points(old), points(new));
    if most == 0 || old.len() > all.len() {
        return as_plain(s);
    }
    if old.is_empty() {
        return if new.is_empty() { as_plain(s) } else { interleave(all, new, most) };
    }
    if let (Points::Ascii(all), Points::Ascii(old), Points::Ascii(new)) = (all, old, new) {
        return replace_ascii(s, all, old, new, most);
    }
    let Some(needle) = Needle::new(old, all)? else { return as_plain(s) };
    let places = occurrences(&needle, all, 0..all.len()).take(most);
    let is_same = old.kind() == new.kind() && old.as_bytes() == new.as_bytes();
    if is_same || places.clone().next().is_none() {
        return as_plain(s);
    }
    // The parts are found twice, so that the text is made at once in its size.
    let (mut total, mut count) = (Total::NOTHING, 0);
    for part in between(all, places.clone(), old.len()) {
        total.add_slice(part)?;
        count += 1;
    }
    total.add_times(new, count - 1)?;
    // SAFETY: the loop has added the parts, which are found again.
    unsafe { total.assemble(new, between(all, places, old.len())) }
}

/// The parts of a text before, between and after places that have `length` characters each.
fn between<'a>(
    all: Points<'a>,
    places: impl Iterator<Item = usize>,
    length: usize,
) -> impl Iterator<Item = Points<'a>> {
    let (mut places, mut from) = (places, Some(0));
    core::iter::from_fn(move || {
        let start = from.take()?;
        let end = places.next();
        from = end.map(|at| at + length);
        Some(all.slice(start..end.unwrap_or(all.len())))
    })
}

/// [`replace`], of ASCII text that is not empty.
fn replace_ascii(s: Str<'_>, all: &[u8], old: &[u8], new: &[u8], most: usize) -> Result<Ref> {
    let count = memory::count_parts(all, old).min(most);
    if count == 0 || old == new {
        return as_plain(s);
    }
    let longer = new.len().checked_mul(count).and_then(|new| new.checked_add(all.len() - count * old.len()));
    build::ascii_with(longer.ok_or_else(memory::out_of_memory)?, |place| {
        memory::put_replaced(place, all, old, new, count)
    })
}

/// A text before the first `most` characters of another; also after the last, if `most` is larger than their number.
fn interleave(all: Points<'_>, new: Points<'_>, most: usize) -> Result<Ref> {
    let count = most.min(all.len() + 1);
    let mut text = Builder::new();
    for at in 0..count {
        // SAFETY: these are characters of strings.
        unsafe {
            text.push_points(new)?;
            text.push_points(all.slice(at..(at + 1).min(all.len())))?;
        }
    }
    // SAFETY: these are characters of a string.
    unsafe { text.push_points(all.slice(count.min(all.len())..all.len())) }?;
    text.finish()
}

/// The string with `left` fill characters before it and `right` ones after it.
pub fn pad(s: Str<'_>, left: usize, right: usize, fill: u32) -> Result<Ref> {
    if left == 0 && right == 0 {
        return as_plain(s);
    }
    let too_long = || raise!(OverflowError, "padded string is too long");
    let length = left.checked_add(right).and_then(|fill| fill.checked_add(length(s)));
    length.filter(|&length| length <= isize::MAX as usize).ok_or_else(too_long)?;
    let (one, all) = ([fill], points(s));
    // The fill character as a part of a text, called by its narrowest width.
    let byte = [fill as u8];
    let fill = match fill {
        0..0x80 => Points::Ascii(&byte),
        0x80..0x100 => Points::Latin1(&byte),
        _ => Points::Ucs4(&one),
    };
    let mut text = Total::NOTHING;
    text.add_times(fill, left)?;
    text.add(all)?;
    text.add_times(fill, right)?;
    let parts = core::iter::repeat_n(fill, left).chain([all]).chain(core::iter::repeat_n(fill, right));
    // SAFETY: the parts are those that were added, and nothing between them.
    unsafe { text.assemble(Points::Ascii(b""), parts) }
}

/// Where a string stands in a field that is wider.
#[derive(Debug, Clone, Copy)]
pub enum Place {
    /// At its left.
    Left,
    /// In its middle; left of it, if the margins can't be equal and the width is even.
    Center,
    /// At its right.
    Right,
}

/// The string in a field of a width (`ljust`, `center`, `rjust`).
pub fn justify(s: Str<'_>, width: isize, fill: u32, place: Place) -> Result<Ref> {
    let width = usize::try_from(width).unwrap_or(0);
    let margin = width.saturating_sub(length(s));
    match place {
        Place::Left => pad(s, 0, margin, fill),
        Place::Right => pad(s, margin, 0, fill),
        Place::Center => {
            let left = margin / 2 + (margin & width & 1);
            pad(s, left, margin - left, fill)
        }
    }
}

/// The string in a field of a width, filled with zeros after the sign.
pub fn fill_with_zeros(s: Str<'_>, width: isize) -> Result<Ref> {
    let margin = usize::try_from(width).unwrap_or(0).saturating_sub(length(s));
    let all = points(s);
    let sign = all.get(0).filter(|&first| first == '+'.into() || first == '-'.into());
    match (margin, sign) {
        (1.., Some(sign)) => {
            let mut text = Builder::new();
            text.push(sign)?;
            text.fill('0', margin)?;
            // SAFETY: these are characters of a string.
            unsafe { text.push_points(all.slice(1..all.len())) }?;
            text.finish()
        }
        _ => pad(s, margin, 0, '0'.into()),
    }
}

/// The string with spaces up to the next column for each tab.
pub fn expand_tabs(s: Str<'_>, size: usize) -> Result<Ref> {
    let all = points(s);
    if all.iter().all(|point| point != '\t'.into()) {
        return as_plain(s);
    }
    let mut text = Builder::new();
    let mut column = 0_usize;
    for point in all.iter() {
        if point == '\t'.into() {
            let Some(spaces) = column.checked_rem(size).map(|used| size - used) else { continue };
            if text.len().checked_add(spaces).is_none_or(|length| length > isize::MAX as usize) {
                return Err(raise!(OverflowError, "new string is too long"));
            }
            text.fill(' ', spaces)?;
            column += spaces;
        } else {
            text.push(point)?;
            column = if point == '\n'.into() || point == '\r'.into() { 0 } else { column + 1 };
        }
    }
    text.finish()
}

/// The string without a part at its start or its end, if it has the part there.
pub fn remove(s: Str<'_>, removed: Str<'_>, from: From) -> Result<Ref> {
    if !matches_at(s, removed, 0, isize::MAX, from) {
        return as_plain(s);
    }
    let (all, removed) = (length(s), length(removed));
    match from {
        From::Start => part(s, removed..all),
        From::End => part(s, 0..all - removed),
    }
}

/// The string with each ASCII byte changed.
pub(super) fn map_ascii(ascii: &[u8], map: impl Fn(u8) -> u8) -> Result<Ref> {
    if ascii.len() <= 1 {
        return ascii
            .first()
            .map_or_else(|| build::from_points(Points::Ascii(b"")), |&byte| build::from_point(map(byte).into()));
    }
    let made = build::blank(ascii.len(), 0)?;
    let Some(s) = super::layout::as_exact(made.borrow()) else { return Err(memory::out_of_memory()) };
    // SAFETY: the string was just made, with as many characters, and no other code has it.
    unsafe {
        let to = s.fields().add(1).cast::<u8>();
        ascii.iter().enumerate().for_each(|(index, &byte)| to.add(index).write(map(byte) & 0x7f));
    }
    Ok(made)
}
