//! The functions that code of Argument Clinic calls. CPython declares most of them in its internal headers.

use super::super::{required, required_text};
use super::pyarg::{call_arguments, deprecate, parsed};
use crate::abi::{_PyArg_Parser, Py_ssize_t, PyObject, va_list};
use crate::format::arguments::{self, Bounds, Keywords};
use crate::objects::dict;
use crate::objects::tuple;
use crate::runtime::refusal::bad_argument;
use crate::runtime::{Arg, Obj, Raised, Result, Text};
use core::ffi::c_int;

/// An array of positional arguments.
///
/// # Safety
/// `items` is NULL or holds `count` live objects.
unsafe fn array<'a>(items: *const *mut PyObject, count: Py_ssize_t) -> &'a [Obj<'a>] {
    match usize::try_from(count) {
        // SAFETY: there are `count` live objects, and `Obj` is a pointer that is not NULL.
        Ok(count) if !items.is_null() => unsafe { core::slice::from_raw_parts(items.cast(), count) },
        _ => &[],
    }
}

/// The keyword arguments whose values follow an array, or those of a dict.
///
/// # Safety
/// `items` is NULL or holds `count` live objects, and a value for each name.
unsafe fn keywords<'a>(
    items: *const *mut PyObject,
    count: Py_ssize_t,
    keywords: Arg<'a>,
    names: Arg<'a>,
    function: &'static str,
) -> Result<Keywords<'a>> {
    match (keywords, names) {
        (Some(keywords), _) => Ok(Keywords::Dict(keywords.downcast().ok_or_else(|| bad_argument(function))?)),
        (None, None) => Ok(Keywords::Absent),
        (None, Some(names)) => {
            let names = names.downcast().ok_or_else(|| bad_argument(function))?;
            // SAFETY: the values follow the positional arguments, as many as there are names.
            let values = unsafe { array(items.wrapping_offset(count), tuple::len(names) as Py_ssize_t) };
            Ok(Keywords::Names(names, if items.is_null() { &[] } else { values }))
        }
    }
}

variadic! {
    /// Converts an array of arguments, `int _PyArg_ParseStack(PyObject *const *args, Py_ssize_t count, const char
    /// *format, ...)`, as [`PyArg_VaParse`](super::PyArg_VaParse) does.
    ///
    /// # Safety
    /// As for [`PyArg_VaParse`](super::PyArg_VaParse); `args` holds `count` live objects.
    _PyArg_ParseStack = pycapsule__PyArg_ParseStack
}

/// [`_PyArg_ParseStack`] with a `va_list`; not part of the C API.
/// cbindgen:ignore
///
/// # Safety
/// As for [`_PyArg_ParseStack`].
#[unsafe(no_mangle)]
unsafe extern "C" fn pycapsule_parse_stack(
    items: *const *mut PyObject,
    count: Py_ssize_t,
    format: Text,
    arguments: va_list,
) -> c_int {
    let format = required_text(format, "_PyArg_ParseStack");
    // SAFETY: C filled the array, made the va_list for this format, and reads no more of it before this call returns.
    parsed(
        format.and_then(|format| unsafe { arguments::parse_items(array(items, count), format, arguments, deprecate) }),
    )
}

variadic! {
    /// Converts an array of arguments, of which the last belong to names, by a parser: `int
    /// _PyArg_ParseStackAndKeywords(PyObject *const *args, Py_ssize_t count, PyObject *names, struct _PyArg_Parser
    /// *parser, ...)`. Returns 1, or 0 with an error set, as
    /// [`PyArg_VaParseTupleAndKeywords`](super::PyArg_VaParseTupleAndKeywords) does.
    ///
    /// # Safety
    /// `parser` is NULL or a parser with a format that lives as long as the process. `args` holds `count` live objects,
    /// and one for each name. The addresses that the format asks for follow.
    _PyArg_ParseStackAndKeywords = pycapsule__PyArg_ParseStackAndKeywords
}

/// [`_PyArg_ParseStackAndKeywords`] with a `va_list`; not part of the C API.
/// cbindgen:ignore
///
/// # Safety
/// As for [`_PyArg_ParseStackAndKeywords`].
#[unsafe(no_mangle)]
unsafe extern "C" fn pycapsule_parse_stack_and_names(
    items: *const *mut PyObject,
    count: Py_ssize_t,
    names: Arg,
    parser: *mut _PyArg_Parser,
    arguments: va_list,
) -> c_int {
    // SAFETY: C filled the array, passes a static parser, and made the va_list for the parser's format.
    unsafe {
        let keywords = keywords(items, count, None, names, "_PyArg_ParseStackAndKeywords");
        parsed(
            keywords.and_then(|keywords| {
                arguments::parse_given(array(items, count), keywords, parser, arguments, deprecate)
            }),
        )
    }
}

variadic! {
    /// Converts a tuple of arguments, and a dict of keyword arguments or NULL, by a parser: `int
    /// _PyArg_ParseTupleAndKeywordsFast(PyObject *args, PyObject *keywords, struct _PyArg_Parser *parser, ...)`.
    /// Returns 1, or 0 with an error set, as [`PyArg_VaParseTupleAndKeywords`](super::PyArg_VaParseTupleAndKeywords)
    /// does.
    ///
    /// # Safety
    /// `parser` is NULL or a parser with a format that lives as long as the process. The addresses that the format asks
    /// for follow.
    _PyArg_ParseTupleAndKeywordsFast = pycapsule__PyArg_ParseTupleAndKeywordsFast
}

/// [`_PyArg_ParseTupleAndKeywordsFast`] with a `va_list`; not part of the C API.
/// cbindgen:ignore
///
/// # Safety
/// As for [`_PyArg_ParseTupleAndKeywordsFast`].
#[unsafe(no_mangle)]
unsafe extern "C" fn pycapsule_parse_tuple_and_dict(
    items: Arg,
    keywords: Arg,
    parser: *mut _PyArg_Parser,
    arguments: va_list,
) -> c_int {
    let call = call_arguments(items, keywords, "_PyArg_ParseTupleAndKeywordsFast");
    // SAFETY: C passes a static parser, and made the va_list for the parser's format.
    parsed(call.and_then(|(items, keywords)| unsafe {
        let keywords = keywords.map_or(Keywords::Absent, Keywords::Dict);
        arguments::parse_given(tuple::items(items), keywords, parser, arguments, deprecate)
    }))
}

/// Puts the arguments of a call into the places of a function's parameters, NULL for one that was not given, and
/// returns the address of the places: `buffer`, or `args` itself when all arguments are positional and enough. NULL
/// with TypeError set when the arguments do not suit the parser's names; SystemError for a NULL parser and for names
/// that are not a tuple.
///
/// # Safety
/// `args` is NULL or holds `count` live objects, and one for each name. `parser` is NULL or a parser that lives as long
/// as the process; `buffer` has room for all its arguments.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyArg_UnpackKeywords(
    args: *const *mut PyObject,
    count: Py_ssize_t,
    keywords: Arg,
    names: Arg,
    parser: *mut _PyArg_Parser,
    minpos: c_int,
    maxpos: c_int,
    minkw: c_int,
    varpos: c_int,
    buffer: *mut *mut PyObject,
) -> *const *mut PyObject {
    let size = |number: c_int| usize::try_from(number).unwrap_or_default();
    let bounds = Bounds { least: size(minpos), most: size(maxpos), named: size(minkw), is_open: varpos != 0 };
    // SAFETY: C filled the array, and passes a static parser with places for its arguments.
    let filled = unsafe {
        self::keywords(args, count, keywords, names, "_PyArg_UnpackKeywords")
            .and_then(|keywords| arguments::unpack_keywords(array(args, count), keywords, parser, bounds, buffer))
    };
    match filled {
        Ok(false) if !args.is_null() => args,
        Ok(_) => buffer,
        Err(_) => core::ptr::null(),
    }
}

/// Whether a number of positional arguments is between two bounds: 1, or 0 with TypeError set. `name` is the function's
/// name for the message, or NULL.
#[unsafe(no_mangle)]
pub extern "C" fn _PyArg_CheckPositional(name: Text, count: Py_ssize_t, min: Py_ssize_t, max: Py_ssize_t) -> c_int {
    parsed(arguments::check_positional(name.get(), count, min, max))
}

/// Raises TypeError: an argument of a function is not of the expected type.
#[unsafe(no_mangle)]
pub extern "C" fn _PyArg_BadArgument(function: Text, argument: Text, expected: Text, o: Arg) {
    const NAME: &str = "_PyArg_BadArgument";
    let raise = || -> Result<Raised> {
        let (function, argument) = (required_text(function, NAME)?, required_text(argument, NAME)?);
        Ok(arguments::bad_argument(function, argument, required_text(expected, NAME)?, required(o, NAME)?))
    };
    // Either way the error is set.
    let (Ok(_) | Err(_)) = raise();
}

/// 1 without keyword arguments, or 0 with TypeError set; SystemError for an object that is not exactly a dict.
#[unsafe(no_mangle)]
pub extern "C" fn _PyArg_NoKeywords(function: Text, keywords: Arg) -> c_int {
    const NAME: &str = "_PyArg_NoKeywords";
    let check = |keywords: Obj<'_>| {
        let keywords = keywords.downcast_exactly(dict::DICT).ok_or_else(|| bad_argument(NAME))?;
        arguments::no_keywords(required_text(function, NAME)?, keywords)
    };
    parsed(keywords.map_or(Ok(()), check))
}

/// 1 without positional arguments, or 0 with TypeError set; SystemError for an object that is not exactly a tuple.
#[unsafe(no_mangle)]
pub extern "C" fn _PyArg_NoPositional(function: Text, items: Arg) -> c_int {
    const NAME: &str = "_PyArg_NoPositional";
    let check = |items: Obj<'_>| {
        let items = items.downcast_exactly(tuple::TUPLE).ok_or_else(|| bad_argument(NAME))?;
        arguments::no_positional(required_text(function, NAME)?, items)
    };
    parsed(items.map_or(Ok(()), check))
}
