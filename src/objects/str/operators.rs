//! The operators of `str`: length, concatenation, repetition, items, search, comparison, hash.

use super::build::{self, Total};
use super::compare::{equal, order};
use super::layout::{Points, Str, as_exact, compact_ascii, length, points};
use super::search::{self, From};
use super::shared::empty;
use crate::abi::*;
use crate::objects::slice::Positions;
use crate::objects::str::builder::Builder;
use crate::objects::{convert, formatting, index};
use crate::objects::{list, slots, tuple};
use crate::protocol::{compare, number};
use crate::runtime::refusal::bad_argument_type;
use crate::runtime::{Obj, Ref, Result, View, known, memory, raise};
use core::cmp::Ordering;
use core::ffi::c_int;
use core::ops::Range;

pub(super) static mut SEQUENCE: PySequenceMethods = PySequenceMethods {
    sq_length: slots::unary(slot_length),
    sq_concat: slots::binary(slot_concat),
    sq_repeat: slots::indexed(repeat),
    sq_item: slots::indexed(item),
    sq_contains: slots::binary(slot_contains),
    ..PySequenceMethods::BLANK
};

pub(super) static mut NUMBER: PyNumberMethods =
    PyNumberMethods { nb_remainder: slots::binary(remainder), ..PyNumberMethods::BLANK };

/// `format % arguments`.
fn remainder(format: View<'_, PyObject>, arguments: Obj<'_>) -> Result<Ref> {
    match format.downcast() {
        Some(format) => formatting::format_percent(format, arguments),
        None => Ok(known::NOT_IMPLEMENTED.to_ref()),
    }
}

pub(super) static mut MAPPING: PyMappingMethods = PyMappingMethods {
    mp_length: slots::unary(slot_length),
    mp_subscript: slots::binary(subscript),
    ..PyMappingMethods::BLANK
};

fn slot_length(s: Str<'_>) -> Result<isize> {
    Ok(length(s) as isize)
}

fn slot_concat(s: Str<'_>, other: Obj<'_>) -> Result<Ref> {
    concat(*s, other)
}

fn slot_contains(s: Str<'_>, part: Obj<'_>) -> Result<bool> {
    contains(*s, part)
}

/// The object as exactly a `str`: itself, or a copy of an instance of a subclass (CPython: `PyUnicode_FromObject`).
/// TypeError when it is not a `str`.
pub fn exact(o: Obj<'_>) -> Result<Ref> {
    let no_str = || raise!(TypeError, "Can't convert '{}' object to str implicitly", o.class().name());
    o.downcast().ok_or_else(no_str).and_then(as_plain)
}

/// The string itself, or a copy of an instance of a subclass.
pub(super) fn as_plain(s: Str<'_>) -> Result<Ref> {
    if as_exact(*s).is_some() { Ok(s.to_ref()) } else { build::from_any_points(points(s)) }
}

/// The object as a `str`; TypeError when it is not one.
pub fn must_be_str(o: Obj<'_>) -> Result<Str<'_>> {
    o.downcast().ok_or_else(|| raise!(TypeError, "must be str, not {}", o.class().name()))
}

/// The characters of both strings joined; TypeError unless both are strings (CPython: `PyUnicode_Concat`).
pub fn concat(a: Obj<'_>, b: Obj<'_>) -> Result<Ref> {
    let a = must_be_str(a)?;
    let Some(b) = b.downcast() else {
        return Err(raise!(TypeError, "can only concatenate str (not \"{}\") to str", b.class().name()));
    };
    match (points(a), points(b)) {
        (left, _) if left.is_empty() => as_plain(b),
        (_, right) if right.is_empty() => as_plain(a),
        (left, right) => build::pair(left, right),
    }
}

/// The strings of an iterable, joined by a separator, which is a space if none is given (CPython: `PyUnicode_Join`).
pub fn join(separator: Option<Obj<'_>>, iterable: Obj<'_>) -> Result<Ref> {
    let items = convert::fast(iterable, Some(&|| raise!(TypeError, "can only join an iterable")))?;
    match items.borrow().downcast() {
        // SAFETY: joining reads strings and raises errors, which runs no code that could change the list.
        Some(list) => join_items(separator, unsafe { list::items_now(list) }.iter().map_while(|item| *item)),
        None => join_items(separator, tuple::items(convert::to_tuple(items.borrow())?.borrow()).iter().copied()),
    }
}

fn join_items<'a>(separator: Option<Obj<'_>>, items: impl Iterator<Item = Obj<'a>> + Clone) -> Result<Ref> {
    let mut first = items.clone();
    let between = match (first.next(), first.next(), separator) {
        (None, _, _) => return Ok(empty().to_ref()),
        (Some(only), None, _) if as_exact(only).is_some() => return Ok(only.to_ref()),
        (Some(_), None, _) => Points::Ascii(b""),
        (_, _, None) => Points::Ascii(b" "),
        (_, _, Some(separator)) => separator
            .downcast()
            .map(points)
            .ok_or_else(|| raise!(TypeError, "separator: expected str instance, {} found", separator.class().name()))?,
    };
    let (mut total, mut count) = (Total::NOTHING, 0);
    for item in items.clone() {
        let Some(part) = item.downcast() else {
            let class = item.class().name();
            return Err(raise!(TypeError, "sequence item {count}: expected str instance, {class} found"));
        };
        total.add(points(part))?;
        count += 1;
    }
    total.add_times(between, count - 1)?;
    // SAFETY: the loop above has checked that each item is a string, and has added it.
    unsafe { total.assemble(between, items.map(|item| points(View::new_unchecked(item)))) }
}

fn repeat(s: Str<'_>, count: Py_ssize_t) -> Result<Ref> {
    match usize::try_from(count).unwrap_or(0) {
        1 => as_plain(s),
        count if count != 0 && length(s) > isize::MAX as usize / count => {
            Err(raise!(OverflowError, "repeated string is too long"))
        }
        count => build::repeat(points(s), count),
    }
}

/// The code point at an index; IndexError outside.
pub fn read(s: Str<'_>, index: Py_ssize_t) -> Result<u32> {
    let found = usize::try_from(index).ok().and_then(|index| points(s).get(index));
    found.ok_or_else(|| index::out_of_range("string index out of range"))
}

fn item(s: Str<'_>, index: Py_ssize_t) -> Result<Ref> {
    build::from_point(read(s, index)?)
}

fn subscript(s: Str<'_>, key: Obj<'_>) -> Result<Ref> {
    if !number::is_index(key) {
        if let Some(key) = key.downcast() {
            return select(s, Positions::of(key, || length(s))?);
        }
        return Err(raise!(TypeError, "string indices must be integers, not '{}'", key.class().name()));
    }
    let index = index::as_ssize_t(key, Some(Exc::IndexError))?;
    item(s, if index < 0 { index + length(s) as isize } else { index })
}

/// The characters that a slice names.
fn select(s: Str<'_>, positions: Positions) -> Result<Ref> {
    if let Some(range) = positions.as_range() {
        return substring(s, range.start as Py_ssize_t, range.end as Py_ssize_t);
    }
    let all = points(s);
    let mut text = Builder::new();
    text.extend(positions.iter().map(|at| all.get(at).unwrap_or_default()))?;
    text.finish()
}

/// The characters from `start` up to `end`, which may be beyond the string (CPython: `PyUnicode_Substring`).
pub fn substring(s: Str<'_>, start: Py_ssize_t, end: Py_ssize_t) -> Result<Ref> {
    let (Ok(start), Ok(end)) = (usize::try_from(start), usize::try_from(end)) else {
        return Err(index::out_of_range("string index out of range"));
    };
    part(s, start..end.min(length(s)))
}

/// The characters of a range, which is inside the string or empty: the string itself if these are all.
pub(super) fn part(s: Str<'_>, range: Range<usize>) -> Result<Ref> {
    match points(s) {
        all if range == (0..all.len()) => as_plain(s),
        all @ Points::Ascii(_) => build::from_points(all.slice(range)),
        all => build::from_any_points(all.slice(range)),
    }
}

/// The string for which another is searched; TypeError for another object.
pub fn operand(part: Obj<'_>) -> Result<Str<'_>> {
    let refuse = || raise!(TypeError, "'in <string>' requires string as left operand, not {}", part.class().name());
    part.downcast().ok_or_else(refuse)
}

/// Whether one string is a substring of another; TypeError unless both are strings (CPython: `PyUnicode_Contains`).
pub fn contains(s: Obj<'_>, part: Obj<'_>) -> Result<bool> {
    let part = operand(part)?;
    let s = must_be_str(s)?;
    match (compact_ascii(s), compact_ascii(part)) {
        (Some(all), Some([byte])) => return Ok(memory::find_byte(all, *byte).is_some()),
        (Some(all), Some(part)) => return Ok(part.len() <= all.len() && memory::contains(all, part)),
        _ => {}
    }
    Ok(search::find(s, part, 0, isize::MAX, From::Start)?.is_some())
}

/// The order of two strings, -1, 0 or 1 in C; TypeError unless both are strings (CPython: `PyUnicode_Compare`).
pub fn compare(a: Obj<'_>, b: Obj<'_>) -> Result<Ordering> {
    match (a.downcast(), b.downcast()) {
        (Some(a), Some(b)) => Ok(order(a, b)),
        _ => Err(raise!(TypeError, "Can't compare {} and {}", a.class().name(), b.class().name())),
    }
}

/// One of the six comparisons; NotImplemented unless both are strings (CPython: `PyUnicode_RichCompare`).
pub fn rich_compare(a: Obj<'_>, b: Obj<'_>, op: c_int) -> Result<Ref> {
    let (Some(a), Some(b)) = (a.downcast(), b.downcast()) else { return Ok(known::NOT_IMPLEMENTED.to_ref()) };
    Ok(match op {
        Py_EQ => known::bool(equal(a, b)),
        Py_NE => known::bool(!equal(a, b)),
        Py_LT..=Py_GE => compare::answer(op, Some(Some(order(a, b)))),
        _ => return Err(bad_argument_type()),
    }
    .to_ref())
}
