//! Splitting strings.

use super::build::from_ascii;
use super::characters::{is_line_break, is_space};
use super::layout::{Points, Str, compact_ascii, length, points};
use super::operators::part;
use super::search::{From, Needle};
use super::shared::empty;
use crate::objects::{list, tuple};
use crate::runtime::{Ref, Result, raise};
use core::ops::Range;

/// The parts of a string in a new list. They were found from the end on if `from` says so. A string without a separator
/// is its own only part.
fn to_list(s: Str<'_>, from: From, mut next: impl FnMut() -> Option<Range<usize>>) -> Result<Ref> {
    let parts = list::new()?;
    let ascii = compact_ascii(s).unwrap_or_default();
    while let Some(range) = next() {
        // The fast path: most strings are ASCII. A part that is the whole string may be that object.
        let made = match ascii.get(range.clone()) {
            // SAFETY: these are characters of an ASCII string.
            Some(part) if part.len() < ascii.len() => unsafe { from_ascii(part)? },
            _ => part(s, range)?,
        };
        list::append(parts.borrow(), made.borrow())?;
    }
    if from == From::End {
        list::reverse(parts.borrow());
    }
    Ok(parts.into_ref())
}

/// The parts between separators, or between runs of white space without one, in a list (CPython: `PyUnicode_Split`,
/// `PyUnicode_RSplit`). After `most` splits, the rest is one part; a negative number means no limit.
pub fn split(s: Str<'_>, separator: Option<Str<'_>>, most: isize, from: From) -> Result<Ref> {
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    match separator.map(points) {
        None => split_at_space(s, most, from),
        Some(separator) if separator.is_empty() => Err(raise!(ValueError, "empty separator")),
        Some(separator) => split_at(s, separator, most, from),
    }
}

fn split_at(s: Str<'_>, separator: Points<'_>, most: usize, from: From) -> Result<Ref> {
    let all = points(s);
    let (mut left, mut rest) = (most, Some(0..all.len()));
    // A separator that the string can't have leaves it whole.
    let Some(needle) = Needle::new(separator, all)? else { return to_list(s, from, || rest.take()) };
    to_list(s, from, || {
        let range = rest.take()?;
        let at = match from {
            _ if left == 0 => None,
            From::Start => needle.find(all, range.clone()),
            From::End => needle.find_last(all, range.clone()),
        };
        let Some(at) = at else { return Some(range) };
        left -= 1;
        let (before, after) = (range.start..at, at + separator.len()..range.end);
        let (found, others) = if from == From::Start { (before, after) } else { (after, before) };
        rest = Some(others);
        Some(found)
    })
}

fn split_at_space(s: Str<'_>, most: usize, from: From) -> Result<Ref> {
    let all = points(s);
    let (mut left, mut rest) = (most, 0..all.len());
    let is_space_at = |at: usize| all.get(at).is_some_and(is_space);
    to_list(s, from, || {
        let (start, end) = (&mut rest.start, &mut rest.end);
        let found = match from {
            From::Start => {
                *start = (*start..*end).find(|&at| !is_space_at(at))?;
                let first = *start;
                *start = if left == 0 { *end } else { (first..*end).find(|&at| is_space_at(at)).unwrap_or(*end) };
                first..*start
            }
            From::End => {
                *end = (*start..*end).rev().find(|&at| !is_space_at(at))? + 1;
                let last = *end;
                let space = if left == 0 { None } else { (*start..last).rev().find(|&at| is_space_at(at)) };
                *end = space.map_or(*start, |at| at + 1);
                *end..last
            }
        };
        left = left.saturating_sub(1);
        Some(found)
    })
}

/// The lines, with the characters that end them if `keep_ends` says so (CPython: `PyUnicode_Splitlines`).
pub fn lines(s: Str<'_>, keep_ends: bool) -> Result<Ref> {
    let all = points(s);
    let mut start = 0;
    to_list(s, From::Start, || {
        if start >= all.len() {
            return None;
        }
        let end = (start..all.len()).find(|&at| all.get(at).is_some_and(is_line_break)).unwrap_or(all.len());
        let is_pair = all.get(end) == Some('\r'.into()) && all.get(end + 1) == Some('\n'.into());
        let next = (end + 1 + usize::from(is_pair)).min(all.len());
        let line = start..if keep_ends { next } else { end };
        start = next;
        Some(line)
    })
}

/// The parts before a separator, the separator, and the parts after it, in a tuple (CPython: `PyUnicode_Partition`,
/// `PyUnicode_RPartition`).
pub fn partition(s: Str<'_>, separator: Str<'_>, from: From) -> Result<Ref> {
    if length(separator) == 0 {
        return Err(raise!(ValueError, "empty separator"));
    }
    let found = super::search::find(s, separator, 0, isize::MAX, from)?;
    let parts = match (found, from) {
        (Some(at), _) => {
            let after = part(s, at + length(separator)..length(s))?;
            return Ok(tuple::from_slice(&[part(s, 0..at)?.borrow(), *separator, after.borrow()])?.into_ref());
        }
        (None, From::Start) => [*s, *empty(), *empty()],
        (None, From::End) => [*empty(), *empty(), *s],
    };
    Ok(tuple::from_slice(&parts)?.into_ref())
}

/// The characters at the ends of a string that [`strip`] removes.
#[derive(Debug, Clone, Copy)]
pub enum Ends {
    /// Those at the start.
    Left,
    /// Those at the end.
    Right,
    /// Both.
    Both,
}

/// The string without certain characters at its ends: without white space if none are given.
pub fn strip(s: Str<'_>, characters: Option<Str<'_>>, ends: Ends) -> Result<Ref> {
    let all = points(s);
    let is_stripped = |at: usize| match (all.get(at), characters.map(points)) {
        (None, _) => false,
        (Some(point), None) => is_space(point),
        (Some(point), Some(characters)) => characters.iter().any(|stripped| stripped == point),
    };
    let (mut start, mut end) = (0, all.len());
    if !matches!(ends, Ends::Right) {
        start = (0..end).find(|&at| !is_stripped(at)).unwrap_or(end);
    }
    if !matches!(ends, Ends::Left) {
        end = (start..end).rev().find(|&at| !is_stripped(at)).map_or(start, |at| at + 1);
    }
    part(s, start..end)
}
