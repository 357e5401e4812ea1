//! Searching strings, splitting them, and replacing parts.

use crate::abi::{Py_UCS4, Py_ssize_t, PyObject};
use crate::api::required;
use crate::objects::formatting;
use crate::objects::str::search::{self, From};
use crate::objects::str::{self, Str, split};
use crate::runtime::refusal::{bad_argument, bad_argument_type};
use crate::runtime::{Arg, IntoC, Ref, Result, raise};
use core::ffi::c_int;

/// Borrows a `str` argument; any other object is TypeError "must be str, not …".
fn text<'a>(o: Arg<'a>, function: &'static str) -> Result<Str<'a>> {
    required(o, function).and_then(str::must_be_str)
}

/// The direction of a search: 1 is from the start, as any positive number, and -1 from the end.
fn direction(direction: c_int) -> From {
    if direction > 0 { From::Start } else { From::End }
}

/// The index of a substring between two bounds, which may be negative as those of slices: that of the first occurrence
/// if `direction` is positive, that of the last otherwise. -1 when there is none; -2 with TypeError.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_Find(
    o: Arg,
    part: Arg,
    start: Py_ssize_t,
    end: Py_ssize_t,
    direction: c_int,
) -> Py_ssize_t {
    const NAME: &str = "PyUnicode_Find";
    text(o, NAME)
        .and_then(|s| search::find(s, text(part, NAME)?, start, end, self::direction(direction)))
        .map_or(-2, |found| found.map_or(-1, |at| at as Py_ssize_t))
}

/// The index of a character between two bounds. See [`PyUnicode_Find`]; -2 with an error set.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_FindChar(
    o: Arg,
    ch: Py_UCS4,
    start: Py_ssize_t,
    end: Py_ssize_t,
    direction: c_int,
) -> Py_ssize_t {
    text(o, "PyUnicode_FindChar")
        .and_then(|s| search::find_char(s, ch, start, end, self::direction(direction)))
        .map_or(-2, |found| found.map_or(-1, |at| at as Py_ssize_t))
}

/// The number of occurrences of a substring between two bounds that do not overlap, or -1 with TypeError.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_Count(o: Arg, part: Arg, start: Py_ssize_t, end: Py_ssize_t) -> Py_ssize_t {
    const NAME: &str = "PyUnicode_Count";
    let count = text(o, NAME).and_then(|s| search::count(s, text(part, NAME)?, start, end));
    count.map(|count| count as Py_ssize_t).into_c()
}

/// Whether the characters between two bounds begin with a string, or end with it if `direction` is positive: 1 or 0, or
/// -1 with TypeError.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_Tailmatch(
    o: Arg,
    part: Arg,
    start: Py_ssize_t,
    end: Py_ssize_t,
    direction: c_int,
) -> Py_ssize_t {
    const NAME: &str = "PyUnicode_Tailmatch";
    let from = if direction > 0 { From::End } else { From::Start };
    text(o, NAME)
        .and_then(|s| Ok(search::matches_at(s, text(part, NAME)?, start, end, from)))
        .map(Py_ssize_t::from)
        .into_c()
}

/// The string with the first `most` occurrences of a substring replaced, with all for a negative number: a new
/// reference, or NULL with TypeError.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_Replace(o: Arg, old: Arg, new: Arg, most: Py_ssize_t) -> *mut PyObject {
    const NAME: &str = "PyUnicode_Replace";
    text(o, NAME).and_then(|s| str::replace(s, text(old, NAME)?, text(new, NAME)?, most)).into_c()
}

/// The parts of [`PyUnicode_Split`] and [`PyUnicode_RSplit`].
fn split_from(o: Arg, separator: Arg, most: Py_ssize_t, from: From, name: &'static str) -> *mut PyObject {
    text(o, name)
        .and_then(|s| {
            let separator = separator.map(str::must_be_str).transpose()?;
            split::split(s, separator, most, from)
        })
        .into_c()
}

/// The parts of a string between separators, or between runs of white space if `separator` is NULL, in a list: a new
/// reference, or NULL with TypeError, or ValueError for an empty separator. There are at most `most` splits, unless
/// that is negative.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_Split(o: Arg, separator: Arg, most: Py_ssize_t) -> *mut PyObject {
    split_from(o, separator, most, From::Start, "PyUnicode_Split")
}

/// The parts of a string, split from the end on. See [`PyUnicode_Split`].
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_RSplit(o: Arg, separator: Arg, most: Py_ssize_t) -> *mut PyObject {
    split_from(o, separator, most, From::End, "PyUnicode_RSplit")
}

/// The lines of a string, in a list, with their ends if `keep_ends` is not 0: a new reference, or NULL with TypeError.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_Splitlines(o: Arg, keep_ends: c_int) -> *mut PyObject {
    text(o, "PyUnicode_Splitlines").and_then(|s| split::lines(s, keep_ends != 0)).into_c()
}

/// The part before the first separator, the separator, and the part after it, in a tuple: a new reference, or NULL with
/// TypeError, or ValueError for an empty separator. A string without one is the first part, and the others are empty.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_Partition(o: Arg, separator: Arg) -> *mut PyObject {
    const NAME: &str = "PyUnicode_Partition";
    text(o, NAME).and_then(|s| split::partition(s, text(separator, NAME)?, From::Start)).into_c()
}

/// The parts before and after the last separator. See [`PyUnicode_Partition`]; a string without one is the last part.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_RPartition(o: Arg, separator: Arg) -> *mut PyObject {
    const NAME: &str = "PyUnicode_RPartition";
    text(o, NAME).and_then(|s| split::partition(s, text(separator, NAME)?, From::End)).into_c()
}

/// The string with each character replaced by the text, the character or the None that a mapping has for its number: a
/// new reference, or NULL with an error set. A character that the mapping does not have stays. `errors` is not used.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_Translate(o: Arg, table: Arg, _errors: crate::runtime::Text) -> *mut PyObject {
    text(o, "PyUnicode_Translate").and_then(|s| str::translate(s, table.ok_or_else(bad_argument_type)?)).into_c()
}

/// Whether two strings have the same characters: 1 or 0, or -1 with TypeError.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_Equal(left: Arg, right: Arg) -> c_int {
    let argument = |o: Arg<'_>, which: &str| {
        let o = required(o, "PyUnicode_Equal")?;
        if str::check(o) {
            return Ok(());
        }
        Err(raise!(TypeError, "{which} argument must be str, not {}", o.class().name()))
    };
    argument(left, "first")
        .and_then(|()| argument(right, "second"))
        .map(|()| {
            left.zip(right)
                .and_then(|(left, right)| Some(str::equal(left.downcast()?, right.downcast()?)))
                .unwrap_or(false)
        })
        .into_c()
}

/// Whether a string is an identifier: 1 or 0; 0 for an object that is not a string. Never sets an error.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_IsIdentifier(o: Arg) -> c_int {
    o.and_then(crate::runtime::Obj::downcast).is_some_and(str::is_identifier).into()
}

/// `format % arguments`, for a tuple of arguments, one argument, or a mapping: a new reference, or NULL with an error
/// set.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_Format(format: Arg, arguments: Arg) -> *mut PyObject {
    const NAME: &str = "PyUnicode_Format";
    let Some((format, arguments)) = format.zip(arguments) else {
        return Result::<Ref>::Err(bad_argument(NAME)).into_c();
    };
    str::must_be_str(format).and_then(|format| formatting::format_percent(format, arguments)).into_c()
}
