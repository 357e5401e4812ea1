//! The methods that take bytes apart: `split`, `rsplit`, `splitlines`, `partition`, `rpartition`.

use super::case::is_space;
use super::{Kind, argument};
use crate::abi::PyListObject;
use crate::objects::arguments::Signature;
use crate::objects::dict::Dict;
use crate::objects::list;
use crate::objects::tuple;
use crate::protocol::truth::truth;
use crate::runtime::{Obj, Own, Raised, Ref, Result, View, known, memory, raise};
use core::ops::Range;

const SPLIT: Signature<2> = Signature { function: "split", names: ["sep", "maxsplit"], required: 0 };
const RSPLIT: Signature<2> = Signature { function: "rsplit", ..SPLIT };
const SPLIT_LINES: Signature<1> = Signature { function: "splitlines", names: ["keepends"], required: 0 };

#[cold]
fn empty_separator() -> Raised {
    raise!(ValueError, "empty separator")
}

/// The parts of an object that is taken apart, as a list.
struct Parts<'a, K: Kind> {
    o: View<'a, K>,
    bytes: &'a [u8],
    list: Own<PyListObject>,
}

impl<K: Kind> Parts<'_, K> {
    /// Adds the part in a range. The whole of an object that can't be changed is the object itself.
    fn add(&self, range: Range<usize>) -> Result<()> {
        let whole = range.len() == self.bytes.len();
        let part = match K::unchanged(self.o).filter(|_| whole) {
            Some(o) => o,
            None => K::of(self.bytes.get(range).unwrap_or_default())?,
        };
        list::append(self.list.borrow(), part.borrow())
    }
}

/// A list of the parts that a function adds.
fn parts<K: Kind>(o: View<'_, K>, bytes: &[u8], fill: impl FnOnce(&Parts<'_, K>) -> Result<()>) -> Result<Ref> {
    let parts = Parts { o, bytes, list: list::new()? };
    fill(&parts)?;
    Ok(parts.list.into_ref())
}

/// Splits at a separator, which is not empty, from the left.
fn at_separator<K: Kind>(parts: &Parts<'_, K>, separator: &[u8], mut most: usize) -> Result<()> {
    let (bytes, mut start) = (parts.bytes, 0);
    while most > 0
        && let Some(at) = memory::find(bytes.get(start..).unwrap_or_default(), separator)
    {
        parts.add(start..start + at)?;
        start += at + separator.len();
        most -= 1;
    }
    parts.add(start..bytes.len())
}

/// Splits at a separator from the right. The parts are added from the last to the first.
fn at_separator_from_right<K: Kind>(parts: &Parts<'_, K>, separator: &[u8], mut most: usize) -> Result<()> {
    let (bytes, mut end) = (parts.bytes, parts.bytes.len());
    while most > 0
        && let Some(at) = memory::find_last(bytes.get(..end).unwrap_or_default(), separator)
    {
        parts.add(at + separator.len()..end)?;
        end = at;
        most -= 1;
    }
    parts.add(0..end)
}

/// Splits at white space from the left; white space at the ends is no part.
fn at_space<K: Kind>(parts: &Parts<'_, K>, mut most: usize) -> Result<()> {
    let bytes = parts.bytes;
    let skip = |from: usize, spaces: bool| {
        let rest = bytes.get(from..).unwrap_or_default();
        rest.iter().position(|byte| is_space(*byte) != spaces).map_or(bytes.len(), |at| from + at)
    };
    let mut start = skip(0, true);
    while start < bytes.len() {
        let end = if most > 0 { skip(start, false) } else { bytes.len() };
        most = most.saturating_sub(1);
        parts.add(start..end)?;
        start = skip(end, true);
    }
    Ok(())
}

/// Splits at white space from the right. The parts are added from the last to the first.
fn at_space_from_right<K: Kind>(parts: &Parts<'_, K>, mut most: usize) -> Result<()> {
    let bytes = parts.bytes;
    let skip = |to: usize, spaces: bool| {
        let rest = bytes.get(..to).unwrap_or_default();
        rest.iter().rposition(|byte| is_space(*byte) != spaces).map_or(0, |at| at + 1)
    };
    let mut end = skip(bytes.len(), true);
    while end > 0 {
        let start = if most > 0 { skip(end, false) } else { 0 };
        most = most.saturating_sub(1);
        parts.add(start..end)?;
        end = skip(start, true);
    }
    Ok(())
}

/// The arguments of a split: the separator, unless it is white space, and the number of splits.
fn split_arguments(
    signature: &Signature<2>,
    arguments: &[Obj<'_>],
    keywords: Option<Dict<'_>>,
) -> Result<(Option<Ref>, usize)> {
    let [separator, most] = signature.parse(arguments, keywords)?;
    let most = most.map_or(Ok(-1), |most| argument::size(most.borrow()))?;
    Ok((separator.filter(|separator| !separator.borrow().is(known::NONE)), usize::try_from(most).unwrap_or(usize::MAX)))
}

pub(super) fn split<K: Kind>(o: View<'_, K>, arguments: &[Obj<'_>], keywords: Option<Dict<'_>>) -> Result<Ref> {
    let (separator, most) = split_arguments(&SPLIT, arguments, keywords)?;
    let _kept = K::keep(o);
    // SAFETY: splitting runs no code of the program.
    unsafe {
        match separator {
            None => K::with(o, |bytes| parts(o, bytes, |parts| at_space(parts, most))),
            Some(separator) => argument::with(separator.borrow(), |separator| match separator {
                [] => Err(empty_separator()),
                _ => K::with(o, |bytes| parts(o, bytes, |parts| at_separator(parts, separator, most))),
            }),
        }
    }
}

pub(super) fn rsplit<K: Kind>(o: View<'_, K>, arguments: &[Obj<'_>], keywords: Option<Dict<'_>>) -> Result<Ref> {
    let (separator, most) = split_arguments(&RSPLIT, arguments, keywords)?;
    let _kept = K::keep(o);
    let reversed = |parts: &Parts<'_, K>, added: Result<()>| {
        list::reverse(parts.list.borrow());
        added
    };
    // SAFETY: splitting runs no code of the program.
    unsafe {
        match separator {
            None => K::with(o, |bytes| parts(o, bytes, |parts| reversed(parts, at_space_from_right(parts, most)))),
            Some(separator) => argument::with(separator.borrow(), |separator| match separator {
                [] => Err(empty_separator()),
                _ => K::with(o, |bytes| {
                    parts(o, bytes, |parts| reversed(parts, at_separator_from_right(parts, separator, most)))
                }),
            }),
        }
    }
}

pub(super) fn split_lines<K: Kind>(o: View<'_, K>, arguments: &[Obj<'_>], keywords: Option<Dict<'_>>) -> Result<Ref> {
    let [keep] = SPLIT_LINES.parse(arguments, keywords)?;
    let keep = keep.map_or(Ok(false), |keep| truth(keep.borrow()))?;
    let lines = |parts: &Parts<'_, K>| {
        let mut start = 0;
        while let Some(rest) = parts.bytes.get(start..).filter(|rest| !rest.is_empty()) {
            let end = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len());
            let ending = match rest.get(end..) {
                Some([b'\r', b'\n', ..]) => 2,
                Some([]) | None => 0,
                Some(_) => 1,
            };
            parts.add(start..start + end + if keep { ending } else { 0 })?;
            start += end + ending;
        }
        Ok(())
    };
    // SAFETY: splitting runs no code of the program.
    unsafe { K::with(o, |bytes| parts(o, bytes, lines)) }
}

/// The parts before and after a separator, with the separator between them; with the whole object in the place `whole`, and
/// two empty ones, when it is missing.
fn parted<K: Kind>(
    o: View<'_, K>,
    separator: Obj<'_>,
    whole: usize,
    find: fn(&[u8], &[u8]) -> Option<usize>,
) -> Result<Ref> {
    let work = |separator_bytes: &[u8]| {
        if separator_bytes.is_empty() {
            return Err(empty_separator());
        }
        let part = |bytes: &[u8]| -> Result<[Ref; 3]> {
            if let Some(at) = find(bytes, separator_bytes) {
                let (before, rest) = bytes.split_at(at);
                let after = rest.split_at(separator_bytes.len()).1;
                return Ok([K::of(before)?, K::separator(separator, separator_bytes)?, K::of(after)?]);
            }
            let mut parts = [K::of(&[])?, K::of(&[])?, K::of(&[])?];
            if let Some(place) = parts.get_mut(whole) {
                *place = K::whole(o, bytes)?;
            }
            Ok(parts)
        };
        // SAFETY: making the parts runs no code of the program.
        let parts = unsafe { K::with(o, part) }?;
        tuple::from_slice(Ref::borrow_all(&parts)).map(Own::into_ref)
    };
    // SAFETY: making the parts runs no code of the program.
    unsafe { argument::with(separator, work) }
}

pub(super) fn partition<K: Kind>(o: View<'_, K>, separator: Obj<'_>) -> Result<Ref> {
    parted(o, separator, 0, memory::find)
}

pub(super) fn rpartition<K: Kind>(o: View<'_, K>, separator: Obj<'_>) -> Result<Ref> {
    parted(o, separator, 2, memory::find_last)
}
