//! Parsing the arguments of a call by a format.

use super::super::{required, required_text, typed};
use crate::abi::{Exc, Py_ssize_t, PyObject, va_list};
use crate::format::arguments;
use crate::interpreter::warnings;
use crate::objects::dict::Dict;
use crate::objects::tuple::{self, Tuple};
use crate::runtime::refusal::bad_argument;
use crate::runtime::{Arg, Obj, OutSize, Result, Text, raise};
use core::ffi::{c_char, c_int};

/// Issues a DeprecationWarning.
pub(super) fn deprecate(text: Obj<'_>) -> Result<()> {
    warnings::issue(Some(Exc::DeprecationWarning.class().as_obj()), text)
}

/// 1, or 0 with an error set: the convention of functions that parse arguments.
pub(super) fn parsed(result: Result<()>) -> c_int {
    result.is_ok().into()
}

/// A tuple of positional arguments, and a dict of keyword arguments or NULL.
pub(super) fn call_arguments<'a>(
    positional: Arg<'a>,
    keywords: Arg<'a>,
    function: &'static str,
) -> Result<(Tuple<'a>, Option<Dict<'a>>)> {
    match (positional.and_then(Obj::downcast), keywords.map(Obj::downcast)) {
        (Some(positional), None) => Ok((positional, None)),
        (Some(positional), Some(Some(keywords))) => Ok((positional, Some(keywords))),
        _ => Err(bad_argument(function)),
    }
}

variadic! {
    /// Converts the items of a tuple, `int PyArg_ParseTuple(PyObject *args, const char *format, ...)`: see
    /// [`PyArg_VaParse`].
    ///
    /// # Safety
    /// As for [`PyArg_VaParse`].
    PyArg_ParseTuple,
    /// [`PyArg_ParseTuple`] for code that was compiled by an older header.
    ///
    /// # Safety
    /// As for [`PyArg_VaParse`].
    _PyArg_ParseTuple_SizeT = pycapsule_PyArg_ParseTuple
}

/// Converts the items of a tuple by a format, and stores the values at the addresses in a `va_list`. Returns 1, or 0
/// with an error set.
///
/// TypeError when an item or the number of items does not suit the format, OverflowError when a number does not fit.
/// SystemError when `items` is not a tuple or the format is wrong; a fatal error when its parentheses do not match.
/// Addresses of objects and of their bytes are borrowed from the tuple. After an error the buffers and blocks that were
/// filled so far are released.
///
/// # Safety
/// `format` is NULL or NUL-terminated; `arguments` is a `va_list` of the addresses that the format asks for, each with
/// room for the value of its unit.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyArg_VaParse(items: Arg, format: Text, arguments: va_list) -> c_int {
    const NAME: &str = "PyArg_VaParse";
    let parse = || {
        let Some(items) = required(items, NAME)?.downcast() else {
            return Err(raise!(SystemError, "new style getargs format but argument is not a tuple"));
        };
        let format = required_text(format, NAME)?;
        // SAFETY: C made the va_list for this format, and reads no more of it before this call returns.
        unsafe { arguments::parse_items(tuple::items(items), format, arguments, deprecate) }
    };
    parsed(parse())
}

/// [`PyArg_VaParse`] for code that was compiled by an older header.
///
/// # Safety
/// As for [`PyArg_VaParse`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyArg_VaParse_SizeT(items: Arg, format: Text, arguments: va_list) -> c_int {
    // SAFETY: both functions have the same condition.
    unsafe { PyArg_VaParse(items, format, arguments) }
}

variadic! {
    /// Converts one object by a format of one unit, `int PyArg_Parse(PyObject *o, const char *format, ...)`. Returns 1,
    /// or 0 with an error set, as [`PyArg_VaParse`] does. NULL is allowed for a format without a unit.
    ///
    /// # Safety
    /// As for [`PyArg_VaParse`].
    PyArg_Parse,
    /// [`PyArg_Parse`] for code that was compiled by an older header.
    ///
    /// # Safety
    /// As for [`PyArg_VaParse`].
    _PyArg_Parse_SizeT = pycapsule_PyArg_Parse
}

/// [`PyArg_Parse`] with a `va_list`; not part of the C API.
/// cbindgen:ignore
///
/// # Safety
/// As for [`PyArg_VaParse`].
#[unsafe(no_mangle)]
unsafe extern "C" fn pycapsule_parse_object(object: Arg, format: Text, arguments: va_list) -> c_int {
    let format = required_text(format, "PyArg_Parse");
    // SAFETY: C made the va_list for this format, and reads no more of it before this call returns.
    parsed(format.and_then(|format| unsafe { arguments::parse_object(object, format, arguments, deprecate) }))
}

variadic! {
    /// Converts positional and keyword arguments, `int PyArg_ParseTupleAndKeywords(PyObject *args, PyObject *keywords,
    /// const char *format, char *const *names, ...)`: see [`PyArg_VaParseTupleAndKeywords`].
    ///
    /// # Safety
    /// As for [`PyArg_VaParseTupleAndKeywords`].
    PyArg_ParseTupleAndKeywords,
    /// [`PyArg_ParseTupleAndKeywords`] for code that was compiled by an older header.
    ///
    /// # Safety
    /// As for [`PyArg_VaParseTupleAndKeywords`].
    _PyArg_ParseTupleAndKeywords_SizeT = pycapsule_PyArg_ParseTupleAndKeywords
}

/// Converts positional and keyword arguments by a format, as [`PyArg_VaParse`] does. `keywords` is NULL or a dict;
/// `names` has the names of all arguments up to a NULL, and the first of them may be empty: those arguments have no
/// name.
///
/// Returns 1, or 0 with an error set: also TypeError when a keyword is unknown or repeats a positional argument, and
/// SystemError when `arguments` is not a tuple, `keywords` not a dict, or the format does not suit the names.
///
/// # Safety
/// As for [`PyArg_VaParse`]. `names` is NULL or holds addresses of strings, up to a NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyArg_VaParseTupleAndKeywords(
    positional: Arg,
    keywords: Arg,
    format: Text,
    names: *const *const c_char,
    arguments: va_list,
) -> c_int {
    const NAME: &str = "PyArg_VaParseTupleAndKeywords";
    let parse = || {
        let (positional, keywords) = call_arguments(positional, keywords, NAME)?;
        let format = format.get().filter(|_| !names.is_null()).ok_or_else(|| bad_argument(NAME))?;
        // SAFETY: the names end with a NULL. C made the va_list for this format, and reads no more of it before this
        // call returns.
        unsafe { arguments::parse_with_keywords(positional, keywords, format, names, arguments, deprecate) }
    };
    parsed(parse())
}

/// [`PyArg_VaParseTupleAndKeywords`] for code that was compiled by an older header.
///
/// # Safety
/// As for [`PyArg_VaParseTupleAndKeywords`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyArg_VaParseTupleAndKeywords_SizeT(
    positional: Arg,
    keywords: Arg,
    format: Text,
    names: *const *const c_char,
    arguments: va_list,
) -> c_int {
    // SAFETY: both functions have the same condition.
    unsafe { PyArg_VaParseTupleAndKeywords(positional, keywords, format, names, arguments) }
}

/// Whether all keys of a dict of keyword arguments are strings: 1, or 0 with TypeError set; SystemError for an object
/// that is not a dict.
#[unsafe(no_mangle)]
pub extern "C" fn PyArg_ValidateKeywordArguments(keywords: Arg) -> c_int {
    let keywords = typed(keywords, "PyArg_ValidateKeywordArguments");
    parsed(keywords.and_then(arguments::require_text_keys))
}

variadic! {
    /// Stores the items of a tuple, `int PyArg_UnpackTuple(PyObject *args, const char *name, Py_ssize_t least,
    /// Py_ssize_t most, ...)`, each at the next address; an item that is not there leaves its place unchanged. Returns
    /// 1, or 0 with TypeError set when the number of items is outside the bounds; SystemError when `args` is not a
    /// tuple. The items are borrowed from the tuple. `name` is the function's name for errors, or NULL.
    ///
    /// # Safety
    /// `name` is NULL or NUL-terminated. `most` addresses follow, each with room for a `PyObject *`.
    PyArg_UnpackTuple = pycapsule_PyArg_UnpackTuple
}

/// The address of the items of a tuple, whose number is between two bounds, for [`PyArg_UnpackTuple`]; NULL with an
/// error set. Not part of the C API.
/// cbindgen:ignore
///
/// # Safety
/// `name` is NULL or NUL-terminated; `count` can be written.
#[unsafe(no_mangle)]
unsafe extern "C" fn pycapsule_items_between(
    items: Arg,
    name: Text,
    least: Py_ssize_t,
    most: Py_ssize_t,
    count: OutSize,
) -> *const *mut PyObject {
    let items = items.and_then(Obj::downcast);
    let items = items.ok_or_else(|| raise!(SystemError, "PyArg_UnpackTuple() argument list is not a tuple"));
    let items = items.and_then(|items| {
        let items = tuple::items(items);
        count.set(items.len() as Py_ssize_t);
        arguments::check_positional(name.get(), items.len() as isize, least, most).map(|()| items.as_ptr())
    });
    items.map_or(core::ptr::null(), |items| items.cast())
}
