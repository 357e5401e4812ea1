//! The methods that cut and pad: `strip`, `removeprefix`, `center`, `zfill`, `expandtabs` and those like them.

use super::case::is_space;
use super::{Kind, argument};
use crate::objects::arguments::{self, Signature};
use crate::objects::dict::Dict;
use crate::objects::{bytearray, bytes, int};
use crate::protocol::number;
use crate::runtime::{Obj, Ref, Result, View, known, memory, raise, refusal};
use core::ops::Range;

/// The part of an object in a range, which is computed from the object's bytes.
fn part<K: Kind>(o: View<'_, K>, range: impl FnOnce(&[u8]) -> Range<usize>) -> Result<Ref> {
    // SAFETY: making the part runs no code of the program.
    unsafe {
        K::with(o, |bytes| {
            let part = bytes.get(range(bytes)).unwrap_or_default();
            match K::unchanged(o).filter(|_| part.len() == bytes.len()) {
                Some(o) => Ok(o),
                None => K::of(part),
            }
        })
    }
}

/// The range without some bytes at its ends.
fn stripped(bytes: &[u8], strips: impl Fn(u8) -> bool, (left, right): (bool, bool)) -> Range<usize> {
    let start = if left { bytes.iter().position(|byte| !strips(*byte)).unwrap_or(bytes.len()) } else { 0 };
    let end =
        if right { bytes.iter().rposition(|byte| !strips(*byte)).map_or(start, |at| at + 1) } else { bytes.len() };
    start..end.max(start)
}

fn strip_ends<K: Kind>(o: View<'_, K>, function: &str, arguments: &[Obj<'_>], ends: (bool, bool)) -> Result<Ref> {
    arguments::between(function, arguments.len(), 0, 1)?;
    match arguments.first().filter(|set| !set.is(known::NONE)) {
        None => part(o, |bytes| stripped(bytes, is_space, ends)),
        // SAFETY: stripping runs no code of the program.
        Some(set) => unsafe {
            argument::with(*set, |set| part(o, |bytes| stripped(bytes, |byte| set.contains(&byte), ends)))
        },
    }
}

pub(super) fn strip<K: Kind>(o: View<'_, K>, arguments: &[Obj<'_>]) -> Result<Ref> {
    strip_ends(o, "strip", arguments, (true, true))
}

pub(super) fn lstrip<K: Kind>(o: View<'_, K>, arguments: &[Obj<'_>]) -> Result<Ref> {
    strip_ends(o, "lstrip", arguments, (true, false))
}

pub(super) fn rstrip<K: Kind>(o: View<'_, K>, arguments: &[Obj<'_>]) -> Result<Ref> {
    strip_ends(o, "rstrip", arguments, (false, true))
}

pub(super) fn remove_prefix<K: Kind>(o: View<'_, K>, prefix: Obj<'_>) -> Result<Ref> {
    let rest = |bytes: &[u8], prefix: &[u8]| if bytes.starts_with(prefix) { prefix.len() } else { 0 };
    // SAFETY: cutting runs no code of the program.
    unsafe { argument::with(prefix, |prefix| part(o, |bytes| rest(bytes, prefix)..bytes.len())) }
}

pub(super) fn remove_suffix<K: Kind>(o: View<'_, K>, suffix: Obj<'_>) -> Result<Ref> {
    let end = |bytes: &[u8], suffix: &[u8]| bytes.len() - if bytes.ends_with(suffix) { suffix.len() } else { 0 };
    // SAFETY: cutting runs no code of the program.
    unsafe { argument::with(suffix, |suffix| part(o, |bytes| 0..end(bytes, suffix))) }
}

/// The byte to fill with: the only byte of the second argument.
fn filler(function: &str, argument: Option<&Obj<'_>>) -> Result<u8> {
    let Some(argument) = argument else { return Ok(b' ') };
    let one = |bytes: &[u8]| if let [byte] = bytes { Ok(*byte) } else { Err(bytes.len()) };
    let found = if let Some(bytes) = argument.downcast() {
        one(bytes::as_slice(bytes)).map_err(|length| ("bytes", length))
    } else if let Some(array) = argument.downcast() {
        // SAFETY: reading runs no code of the program.
        unsafe { bytearray::with(array, |bytes| one(bytes)) }.map_err(|length| ("bytearray", length))
    } else {
        let class = arguments::kind(*argument);
        return Err(raise!(TypeError, "{function}() argument 2 must be a byte string of length 1, not {class}"));
    };
    found.map_err(|(kind, length)| {
        raise!(
            TypeError,
            "{function}(): argument 2 must be a byte string of length 1, not a {kind} object of length {length}"
        )
    })
}

/// The bytes with fillers before and after them.
fn padded<K: Kind>(o: View<'_, K>, before: usize, after: usize, fill: u8) -> Result<Ref> {
    // SAFETY: making a new object runs no code of the program.
    unsafe {
        K::with(o, |bytes| {
            if let Some(o) = K::unchanged(o).filter(|_| before + after == 0) {
                return Ok(o);
            }
            let length = bytes.len().checked_add(before).and_then(|length| length.checked_add(after));
            K::build(length.ok_or_else(memory::out_of_memory)?, |new| {
                new.fill(fill);
                if let Some(place) = new.get_mut(before..before + bytes.len()) {
                    place.copy_from_slice(bytes);
                }
            })
        })
    }
}

/// Pads to a width: `place` computes the fillers before the bytes from their number, and the width.
fn justify<K: Kind>(
    o: View<'_, K>,
    function: &'static str,
    arguments: &[Obj<'_>],
    place: fn(usize, usize) -> usize,
) -> Result<Ref> {
    arguments::between(function, arguments.len(), 1, 2)?;
    let Some(width) = arguments.first() else { return Err(refusal::null_error()) };
    let width = usize::try_from(argument::size(*width)?).unwrap_or(0);
    let fill = filler(function, arguments.get(1))?;
    // SAFETY: only the length is read.
    let fillers = width.saturating_sub(unsafe { K::with(o, |bytes| bytes.len()) });
    let before = place(fillers, width);
    padded(o, before, fillers - before, fill)
}

pub(super) fn center<K: Kind>(o: View<'_, K>, arguments: &[Obj<'_>]) -> Result<Ref> {
    justify(o, "center", arguments, |fillers, width| fillers / 2 + (fillers & width & 1))
}

pub(super) fn ljust<K: Kind>(o: View<'_, K>, arguments: &[Obj<'_>]) -> Result<Ref> {
    justify(o, "ljust", arguments, |_, _| 0)
}

pub(super) fn rjust<K: Kind>(o: View<'_, K>, arguments: &[Obj<'_>]) -> Result<Ref> {
    justify(o, "rjust", arguments, |fillers, _| fillers)
}

pub(super) fn zfill<K: Kind>(o: View<'_, K>, width: Obj<'_>) -> Result<Ref> {
    let width = usize::try_from(argument::size(width)?).unwrap_or(0);
    // SAFETY: making a new object runs no code of the program.
    unsafe {
        K::with(o, |bytes| {
            let zeros = width.saturating_sub(bytes.len());
            if let Some(o) = K::unchanged(o).filter(|_| zeros == 0) {
                return Ok(o);
            }
            let sign = usize::from(matches!(bytes, [b'+' | b'-', ..]) && zeros > 0);
            K::build(zeros + bytes.len(), |new| {
                new.fill(b'0');
                let (signs, digits) = bytes.split_at(sign);
                new.iter_mut().zip(signs).for_each(|(place, byte)| *place = *byte);
                if let Some(place) = new.get_mut(zeros + sign..) {
                    place.copy_from_slice(digits);
                }
            })
        })
    }
}

const EXPAND_TABS: Signature<1> = Signature { function: "expandtabs", names: ["tabsize"], required: 0 };

pub(super) fn expand_tabs<K: Kind>(o: View<'_, K>, arguments: &[Obj<'_>], keywords: Option<Dict<'_>>) -> Result<Ref> {
    let [size] = EXPAND_TABS.parse(arguments, keywords)?;
    let size = size.map_or(Ok(8), |size| int::as_c_int(*number::index(size.borrow())?.borrow()))?;
    let size = usize::try_from(size).unwrap_or(0);
    // SAFETY: making a new object runs no code of the program.
    unsafe {
        K::with(o, |bytes| {
            let mut length = 0usize;
            each_column(bytes, size, |_, count| length = length.saturating_add(count));
            if isize::try_from(length).is_err() {
                return Err(raise!(OverflowError, "result too long"));
            }
            K::build(length, |new| {
                let mut places = new.iter_mut();
                each_column(bytes, size, |byte, count| places.by_ref().take(count).for_each(|place| *place = byte));
            })
        })
    }
}

/// Calls a function with each byte and the number of its columns: a tab is so many blanks, and others one of themselves.
fn each_column(bytes: &[u8], size: usize, mut work: impl FnMut(u8, usize)) {
    let mut column = 0;
    for byte in bytes {
        match byte {
            b'\t' => {
                let blanks = if size > 0 { size - column % size } else { 0 };
                column += blanks;
                work(b' ', blanks);
            }
            b'\n' | b'\r' => {
                column = 0;
                work(*byte, 1);
            }
            _ => {
                column += 1;
                work(*byte, 1);
            }
        }
    }
}
