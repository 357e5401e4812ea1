//! The methods that search: `count`, `find`, `index`, `rfind`, `rindex`, `startswith`, `endswith`.

use super::{Kind, argument};
use crate::objects::{arguments, int, slice, tuple};
use crate::runtime::{Obj, Ref, Result, View, known, memory, raise, refusal};
use core::ops::Range;

/// The bounds of a search: the second and third of up to three arguments, of which None stands for the default.
struct Bounds(isize, isize);

impl Bounds {
    fn of(arguments: &[Obj<'_>]) -> Result<Self> {
        let bound = |at: usize, default: isize| match arguments.get(at) {
            Some(bound) if !bound.is(known::NONE) => slice::part(*bound),
            _ => Ok(default),
        };
        Ok(Bounds(bound(1, 0)?, bound(2, isize::MAX)?))
    }

    /// The part of a length that is between the bounds; `None` when it ends before it begins.
    fn range(&self, length: usize) -> Option<Range<usize>> {
        let from_start =
            |bound: isize| usize::try_from(bound).unwrap_or_else(|_| length.saturating_sub(bound.unsigned_abs()));
        let (start, end) = (from_start(self.0), from_start(self.1).min(length));
        (start <= end).then_some(start..end)
    }
}

/// The first argument.
fn first<'a>(function: &str, arguments: &[Obj<'a>]) -> Result<Obj<'a>> {
    arguments::between(function, arguments.len(), 1, 3)?;
    arguments.first().copied().ok_or_else(refusal::null_error)
}

/// Passes the bytes between the bounds, and the part to search for, to a function; the default when the bounds have no bytes.
fn search<K: Kind, T>(
    o: View<'_, K>,
    function: &'static str,
    arguments: &[Obj<'_>],
    work: impl FnOnce(&[u8], &[u8], usize) -> Option<T>,
) -> Result<Option<T>> {
    let part = first(function, arguments)?;
    let bounds = Bounds::of(arguments)?;
    let _kept = K::keep(o);
    // SAFETY: a search runs no code of the program.
    unsafe {
        argument::with_part(part, |part| {
            Ok(K::with(o, |bytes| {
                let range = bounds.range(bytes.len())?;
                work(bytes.get(range.clone())?, part, range.start)
            }))
        })
    }
}

/// The index of the first part.
fn find_first(bytes: &[u8], part: &[u8], start: usize) -> Option<usize> {
    memory::find(bytes, part).map(|at| start + at)
}

/// The index of the last part.
fn find_last(bytes: &[u8], part: &[u8], start: usize) -> Option<usize> {
    memory::find_last(bytes, part).map(|at| start + at)
}

fn or_minus_one(found: Option<usize>) -> Result<Ref> {
    int::from_i64(found.map_or(-1, |at| at as i64))
}

fn or_error(found: Option<usize>) -> Result<Ref> {
    match found {
        Some(at) => int::from_i64(at as i64),
        None => Err(raise!(ValueError, "subsection not found")),
    }
}

pub(super) fn find<K: Kind>(o: View<'_, K>, arguments: &[Obj<'_>]) -> Result<Ref> {
    or_minus_one(search(o, "find", arguments, find_first)?)
}

pub(super) fn rfind<K: Kind>(o: View<'_, K>, arguments: &[Obj<'_>]) -> Result<Ref> {
    or_minus_one(search(o, "rfind", arguments, find_last)?)
}

pub(super) fn index<K: Kind>(o: View<'_, K>, arguments: &[Obj<'_>]) -> Result<Ref> {
    or_error(search(o, "index", arguments, find_first)?)
}

pub(super) fn rindex<K: Kind>(o: View<'_, K>, arguments: &[Obj<'_>]) -> Result<Ref> {
    or_error(search(o, "rindex", arguments, find_last)?)
}

pub(super) fn count<K: Kind>(o: View<'_, K>, arguments: &[Obj<'_>]) -> Result<Ref> {
    let count = search(o, "count", arguments, |bytes, part, _| Some(memory::count_parts(bytes, part)))?;
    int::from_i64(count.unwrap_or(0) as i64)
}

/// Whether the bytes between the bounds begin or end with those of one object.
fn is_there<K: Kind>(o: View<'_, K>, part: Obj<'_>, bounds: &Bounds, matches: Matches) -> Result<bool> {
    // SAFETY: a comparison runs no code of the program.
    unsafe {
        argument::with(part, |part| {
            Ok(K::with(o, |bytes| {
                bounds.range(bytes.len()).and_then(|range| bytes.get(range)).is_some_and(|bytes| matches(bytes, part))
            }))
        })
    }
}

/// A comparison of bytes with a part.
type Matches = fn(&[u8], &[u8]) -> bool;

fn matched<K: Kind>(o: View<'_, K>, function: &'static str, arguments: &[Obj<'_>], matches: Matches) -> Result<Ref> {
    let part = first(function, arguments)?;
    let bounds = Bounds::of(arguments)?;
    let _kept = K::keep(o);
    if let Some(parts) = part.downcast() {
        for part in tuple::items(parts) {
            if is_there(o, *part, &bounds, matches)? {
                return Ok(known::TRUE.to_ref());
            }
        }
        return Ok(known::FALSE.to_ref());
    }
    let answer = is_there(o, part, &bounds, matches).map_err(|raised| match argument::is_type_error() {
        true => {
            let class = part.class().name();
            raise!(TypeError, "{function} first arg must be bytes or a tuple of bytes, not {class}")
        }
        false => raised,
    });
    Ok(known::bool(answer?).to_ref())
}

pub(super) fn starts_with<K: Kind>(o: View<'_, K>, arguments: &[Obj<'_>]) -> Result<Ref> {
    matched(o, "startswith", arguments, |bytes, part| bytes.starts_with(part))
}

pub(super) fn ends_with<K: Kind>(o: View<'_, K>, arguments: &[Obj<'_>]) -> Result<Ref> {
    matched(o, "endswith", arguments, |bytes, part| bytes.ends_with(part))
}
