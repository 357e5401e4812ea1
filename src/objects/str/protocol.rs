//! What operators do with a `str`: length, concatenation, repetition, items, search, comparison, hash.

use super::{Points, STR, build, check, equal, length, order, points, shared};
use crate::abi::*;
use crate::objects::{constants, tuple};
use crate::objects::{convert, index};
use crate::protocol::{compare, number};
use crate::runtime::{Obj, Ref, Result, memory, raise};
use core::ffi::c_int;

pub(super) static mut SEQUENCE: PySequenceMethods = PySequenceMethods {
    sq_length: Some(length_slot),
    sq_concat: Some(concat_slot),
    sq_repeat: Some(repeat_slot),
    sq_item: Some(item_slot),
    sq_contains: Some(contains_slot),
    ..PySequenceMethods::BLANK
};

pub(super) static mut MAPPING: PyMappingMethods =
    PyMappingMethods { mp_length: Some(length_slot), mp_subscript: Some(subscript_slot), ..PyMappingMethods::BLANK };

fn length_result(s: Obj<'_>) -> Result<isize> {
    Ok(length(s) as isize)
}
slot!(length_slot(s) -> Py_ssize_t = length_result);

/// The object as exactly a `str`: itself, or a copy of an instance of a subclass (CPython: `PyUnicode_FromObject`).
pub fn exact(o: Obj<'_>) -> Result<Ref> {
    if o.is_exactly(STR) {
        return Ok(o.to_ref());
    }
    if check(o) {
        return build::join(1, &|_| points(o));
    }
    Err(raise!(TypeError, "Can't convert '{}' object to str implicitly", o.class().name()))
}

fn must_be_str(o: Obj<'_>) -> Result<()> {
    if check(o) { Ok(()) } else { Err(raise!(TypeError, "must be str, not {}", o.class().name())) }
}

/// The characters of both, one after the other (CPython: `PyUnicode_Concat`).
pub fn concat(a: Obj<'_>, b: Obj<'_>) -> Result<Ref> {
    must_be_str(a)?;
    if !check(b) {
        return Err(raise!(TypeError, "can only concatenate str (not \"{}\") to str", b.class().name()));
    }
    match (points(a), points(b)) {
        (left, _) if left.is_empty() => exact(b),
        (_, right) if right.is_empty() => exact(a),
        (left, right) => build::join(2, &|index| if index == 0 { left } else { right }),
    }
}
slot!(concat_slot(a, b) -> *mut PyObject = concat);

/// The strings of an iterable, with a separator between them: a space, unless one is given (CPython: `PyUnicode_Join`).
pub fn join(separator: Option<Obj<'_>>, iterable: Obj<'_>) -> Result<Ref> {
    let items =
        convert::to_tuple(convert::fast(iterable, Some(&|| raise!(TypeError, "can only join an iterable")))?.borrow())?;
    let items = tuple::items(items.borrow());
    let between = match (items, separator) {
        ([], _) => return Ok(shared::empty().to_ref()),
        ([only], _) if only.is_exactly(STR) => return Ok(only.to_ref()),
        ([_], _) => Points::Ascii(b""),
        (_, None) => Points::Ascii(b" "),
        (_, Some(separator)) if check(separator) => points(separator),
        (_, Some(other)) => {
            return Err(raise!(TypeError, "separator: expected str instance, {} found", other.class().name()));
        }
    };
    if let Some((index, other)) = items.iter().enumerate().find(|(_, item)| !check(**item)) {
        return Err(raise!(TypeError, "sequence item {index}: expected str instance, {} found", other.class().name()));
    }
    // What stands between two items is a part too.
    build::join(2 * items.len() - 1, &|index| match items.get(index / 2) {
        Some(item) if index.is_multiple_of(2) => points(*item),
        _ => between,
    })
}

fn repeat(s: Obj<'_>, count: Py_ssize_t) -> Result<Ref> {
    match usize::try_from(count).unwrap_or(0) {
        1 => exact(s),
        count if count != 0 && length(s) > isize::MAX as usize / count => {
            Err(raise!(OverflowError, "repeated string is too long"))
        }
        count => build::repeat(points(s), count),
    }
}
slot!(repeat_slot(s; count: Py_ssize_t) -> *mut PyObject = repeat);

/// The code point at an index; IndexError outside.
pub fn read(s: Obj<'_>, index: Py_ssize_t) -> Result<u32> {
    let found = usize::try_from(index).ok().and_then(|index| points(s).get(index));
    found.ok_or_else(|| raise!(IndexError, "string index out of range"))
}

fn item(s: Obj<'_>, index: Py_ssize_t) -> Result<Ref> {
    build::from_code_points(core::iter::once(read(s, index)?))
}
slot!(item_slot(s; index: Py_ssize_t) -> *mut PyObject = item);

fn subscript(s: Obj<'_>, key: Obj<'_>) -> Result<Ref> {
    if !number::is_index(key) {
        return Err(raise!(TypeError, "string indices must be integers, not '{}'", key.class().name()));
    }
    let index = index::as_ssize_t(key, Some(Exc::IndexError))?;
    item(s, if index < 0 { index + length(s) as isize } else { index })
}
slot!(subscript_slot(s, key) -> *mut PyObject = subscript);

/// The characters from `start` up to `end`, which may lie beyond the string (CPython: `PyUnicode_Substring`).
pub fn substring(s: Obj<'_>, start: Py_ssize_t, end: Py_ssize_t) -> Result<Ref> {
    let (Ok(start), Ok(end)) = (usize::try_from(start), usize::try_from(end)) else {
        return Err(raise!(IndexError, "string index out of range"));
    };
    let end = end.min(length(s));
    if start == 0 && end == length(s) {
        return exact(s);
    }
    build::from_code_points(points(s).slice(start..end).iter())
}

/// Whether the characters of one string stand in a row in another (CPython: `PyUnicode_Contains`).
pub fn contains(s: Obj<'_>, part: Obj<'_>) -> Result<bool> {
    if !check(part) {
        return Err(raise!(TypeError, "'in <string>' requires string as left operand, not {}", part.class().name()));
    }
    must_be_str(s)?;
    if let (Points::Ascii(_), Points::Ascii(_)) = (points(s), points(part)) {
        return Ok(memory::contains(super::utf8(s)?.as_bytes(), super::utf8(part)?.as_bytes()));
    }
    let (all, part) = (points(s), points(part));
    let mut starts = 0..(all.len() + 1).saturating_sub(part.len());
    Ok(starts.any(|start| all.slice(start..start + part.len()).iter().eq(part.iter())))
}
slot!(contains_slot(s, part) -> c_int = contains);

/// The order of two strings, -1, 0 or 1 in C; TypeError unless both are (CPython: `PyUnicode_Compare`).
pub fn compare(a: Obj<'_>, b: Obj<'_>) -> Result<core::cmp::Ordering> {
    if check(a) && check(b) {
        return Ok(order(a, b));
    }
    Err(raise!(TypeError, "Can't compare {} and {}", a.class().name(), b.class().name()))
}

/// One of the six comparisons; NotImplemented unless both are strings (CPython: `PyUnicode_RichCompare`).
pub fn rich_compare(a: Obj<'_>, b: Obj<'_>, op: c_int) -> Result<Ref> {
    if !check(a) || !check(b) {
        return Ok(constants::NOT_IMPLEMENTED.to_ref());
    }
    Ok(match op {
        Py_EQ => constants::bool(equal(a, b)),
        Py_NE => constants::bool(!equal(a, b)),
        Py_LT..=Py_GE => compare::answer(op, Some(Some(order(a, b)))),
        _ => return Err(raise!(TypeError, "bad argument type for built-in operation")),
    }
    .to_ref())
}
slot!(pub(super) richcompare_slot(a, b; op: c_int) -> *mut PyObject = rich_compare);
