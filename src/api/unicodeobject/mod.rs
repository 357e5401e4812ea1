//! `Include/unicodeobject.h` and `Include/cpython/unicodeobject.h`: strings. Their encodings are in a file of their
//! own.

mod characters;
mod charmap;
mod codecs;
mod encodings;
mod escapes;
mod file_names;
mod parts;
mod places;
mod writer;

pub use characters::*;
pub use charmap::*;
pub use codecs::*;
pub use encodings::*;
pub use escapes::*;
pub use file_names::*;
pub use parts::*;
pub use places::*;
pub use writer::*;

use super::{both, required, required_text};
use crate::abi::{Py_UCS4, Py_ssize_t, PyObject, va_list};
use crate::format;
use crate::objects::constants;
use crate::objects::str::{self, Points, Str};
use crate::runtime::refusal::{bad_argument, null_argument, null_error};
use crate::runtime::{Arg, Given, IntoC, Obj, Place, Raised, Ref, Result, Text, error, raise};
use core::ffi::{c_char, c_int, c_void};

/// Borrows a `str` argument; any other object is TypeError "bad argument type for built-in operation".
fn str_argument<'a>(o: Arg<'a>, function: &'static str) -> Result<Str<'a>> {
    required(o, function).and_then(str::require)
}

/// Borrows units of text that C passed with their number, which is not negative. NULL is allowed without units.
///
/// # Safety
/// `data` is NULL or `size` units that can be read.
unsafe fn units<'a, T>(data: *const T, size: usize, function: &'static str) -> Result<&'a [T]> {
    match (size, data.is_null()) {
        (0, _) => Ok(&[]),
        (_, true) => Err(null_argument(function)),
        // SAFETY: this function's caller promises `size` units, and the address is not NULL.
        (_, false) => Ok(unsafe { core::slice::from_raw_parts(data, size) }),
    }
}

/// A `str` from a NUL-terminated string in UTF-8: a new reference, or NULL with UnicodeDecodeError.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_FromString(text: Text) -> *mut PyObject {
    required_text(text, "PyUnicode_FromString").and_then(|text| str::from_utf8(text.to_bytes())).into_c()
}

/// A `str` from `size` bytes of UTF-8: a new reference, or NULL with UnicodeDecodeError.
///
/// A negative size, or NULL with a positive one, is SystemError.
///
/// # Safety
/// `text` is NULL or `size` bytes that can be read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_FromStringAndSize(text: *const c_char, size: Py_ssize_t) -> *mut PyObject {
    match usize::try_from(size) {
        Err(_) => Err(raise!(SystemError, "Negative size passed to PyUnicode_FromStringAndSize")),
        Ok(1..) if text.is_null() => {
            Err(raise!(SystemError, "NULL string with positive size with NULL passed to PyUnicode_FromStringAndSize"))
        }
        // SAFETY: C gave the size together with the address of as many bytes.
        Ok(size) => unsafe { units(text.cast(), size, "PyUnicode_FromStringAndSize") }.and_then(str::from_utf8),
    }
    .into_c()
}

/// A `str` of `size` characters, none above `maxchar`. The caller writes them before other code sees the string. A new
/// reference, or NULL with SystemError or MemoryError.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_New(size: Py_ssize_t, maxchar: Py_UCS4) -> *mut PyObject {
    match usize::try_from(size) {
        Ok(0) => Ok(str::empty().to_ref()),
        _ if maxchar > char::MAX.into() => {
            Err(raise!(SystemError, "invalid maximum character passed to PyUnicode_New"))
        }
        Ok(size) => str::blank(size, maxchar),
        Err(_) => Err(raise!(SystemError, "Negative size passed to PyUnicode_New")),
    }
    .into_c()
}

/// A `str` from `size` code points of `kind` bytes each, in the narrowest form that they allow: a new reference, or
/// NULL with an error set.
///
/// ValueError for a negative size, SystemError for a kind other than 1, 2 or 4.
///
/// # Safety
/// `buffer` is NULL or `size` units of `kind` bytes, aligned for that.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_FromKindAndData(
    kind: c_int,
    buffer: *const c_void,
    size: Py_ssize_t,
) -> *mut PyObject {
    // SAFETY: C gave the size together with the address of as many units of this kind.
    unsafe {
        let name = "PyUnicode_FromKindAndData";
        match (usize::try_from(size), kind) {
            (Err(_), _) => Err(raise!(ValueError, "size must be positive")),
            (Ok(size), 1) => units(buffer.cast(), size, name).and_then(str::from_latin1),
            (Ok(size), 2) => {
                units(buffer.cast(), size, name).and_then(|points| str::from_any_points(Points::Ucs2(points)))
            }
            (Ok(size), 4) => {
                units(buffer.cast(), size, name).and_then(|points| str::from_any_points(Points::Ucs4(points)))
            }
            _ => Err(raise!(SystemError, "invalid kind")),
        }
        .into_c()
    }
}

/// `o` itself when it is exactly a `str`, a copy when its type is a subclass: a new reference, or NULL with TypeError.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_FromObject(o: Arg) -> *mut PyObject {
    required(o, "PyUnicode_FromObject").and_then(str::exact).into_c()
}

/// The `str` of one character: a new reference, or NULL with ValueError when `ordinal` is not a code point.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_FromOrdinal(ordinal: c_int) -> *mut PyObject {
    match u32::try_from(ordinal) {
        Ok(point) if point <= char::MAX.into() => str::from_point(point),
        _ => Err(raise!(ValueError, "chr() arg not in range(0x110000)")),
    }
    .into_c()
}

variadic! {
    /// A new `str` from a format and arguments, `PyObject *PyUnicode_FromFormat(const char *format, ...)`: see
    /// [`PyUnicode_FromFormatV`].
    ///
    /// # Safety
    /// As for [`PyUnicode_FromFormatV`].
    PyUnicode_FromFormat = pycapsule_PyUnicode_FromFormat
}

/// A new `str` from a format, in ASCII, and a `va_list`: a new reference, or NULL with an error set.
///
/// A bad conversion is SystemError, a width or precision too large for a size ValueError, a `%c` that is not a code
/// point OverflowError, and a `%N` that is not a type TypeError. `%R` and the like call code that may raise any error.
///
/// # Safety
/// `format` is NULL or NUL-terminated; `arguments` is a `va_list` of the arguments that the format asks for.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_FromFormatV(format: Text, arguments: va_list) -> *mut PyObject {
    // SAFETY: C made the va_list for this format, and reads no more of it before this call returns.
    let made = |format| unsafe { format::str_from_va_list(format, arguments) };
    required_text(format, "PyUnicode_FromFormat").and_then(made).into_c()
}

/// The number of characters, or -1 with TypeError.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_GetLength(o: Arg) -> Py_ssize_t {
    str_argument(o, "PyUnicode_GetLength").map(|s| str::length(s) as Py_ssize_t).into_c()
}

/// The character at `index`, or `(Py_UCS4)-1` with TypeError or IndexError.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_ReadChar(o: Arg, index: Py_ssize_t) -> Py_UCS4 {
    str_argument(o, "PyUnicode_ReadChar").and_then(|s| str::read(s, index)).unwrap_or(Py_UCS4::MAX)
}

/// The characters from `start` up to `end`, which may be beyond the string: a new reference, or NULL with an error set.
///
/// IndexError for a negative index.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_Substring(o: Arg, start: Py_ssize_t, end: Py_ssize_t) -> *mut PyObject {
    const NAME: &str = "PyUnicode_Substring";
    required(o, NAME)
        .and_then(|o| o.downcast().ok_or_else(|| bad_argument(NAME)))
        .and_then(|s| str::substring(s, start, end))
        .into_c()
}

/// Both strings joined: a new reference, or NULL with TypeError.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_Concat(left: Arg, right: Arg) -> *mut PyObject {
    both(left, right, "PyUnicode_Concat", |left, _| left.map_or(Ok(()), |left| str::must_be_str(left).map(drop)))
        .and_then(|(left, right)| str::concat(left, right))
        .into_c()
}

/// Replaces the string at `left`, and steals the reference there, by one with `right` after it. On failure there is
/// NULL there, and an error is set.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_Append(left: Place, right: Arg) {
    let refuse = || error::pending().unwrap_or_else(|| bad_argument("PyUnicode_Append"));
    let Some(place) = left else {
        let Raised { .. } = refuse();
        return;
    };
    let old = place.replace(None);
    let joined = match (old, right) {
        (Some(old), Some(right)) if str::check(old.borrow()) && str::check(right) => str::append(old, right),
        _ => Err(refuse()),
    };
    place.set(joined.ok());
}

/// Works as [`PyUnicode_Append`], and steals the reference to `right` too.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_AppendAndDel(left: Place, right: Given) {
    PyUnicode_Append(left, right.as_ref().map(Ref::borrow));
}

/// The strings of an iterable, one after the other with `separator` between them (NULL: a space): a new reference, or
/// NULL with TypeError when one is not a `str`, or with the error of the iteration.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_Join(separator: Arg, iterable: Arg) -> *mut PyObject {
    iterable.ok_or_else(null_error).and_then(|iterable| str::join(separator, iterable)).into_c()
}

/// Whether `part` is a substring of `o`: 1 or 0, or -1 with TypeError.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_Contains(o: Arg, part: Arg) -> c_int {
    both(o, part, "PyUnicode_Contains", |_, part| part.map_or(Ok(()), |part| str::operand(part).map(drop)))
        .and_then(|(s, part)| str::contains(s, part))
        .into_c()
}

/// The order of two strings by code point: -1, 0 or 1. -1 with TypeError when one is not a `str`.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_Compare(left: Arg, right: Arg) -> c_int {
    required(left, "PyUnicode_Compare")
        .and_then(|left| str::compare(left, required(right, "PyUnicode_Compare")?))
        .map_or(-1, |order| order as c_int)
}

/// The order of a string and the Latin-1 characters of a NUL-terminated string: -1, 0 or 1. -1 with an error set when
/// `o` is not a `str`.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_CompareWithASCIIString(o: Arg, text: Text) -> c_int {
    let name = "PyUnicode_CompareWithASCIIString";
    str_argument(o, name)
        .and_then(|s| Ok(str::compare_latin1(s, required_text(text, name)?)))
        .map_or(-1, |order| order as c_int)
}

/// Whether a string is equal to NUL-terminated UTF-8: 1 or 0. Bytes that are not UTF-8 are equal to nothing. Never sets
/// an error.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_EqualToUTF8(o: Arg, text: Text) -> c_int {
    o.zip(text.get()).is_some_and(|(o, text)| is_utf8(o, text.to_bytes())).into()
}

/// Whether a string is equal to `size` bytes of UTF-8: 1 or 0. Bytes that are not UTF-8 are equal to nothing. Never
/// sets an error.
///
/// # Safety
/// `text` is NULL or `size` bytes that can be read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_EqualToUTF8AndSize(o: Arg, text: *const c_char, size: Py_ssize_t) -> c_int {
    let (Some(o), Ok(size), false) = (o, usize::try_from(size), text.is_null()) else { return 0 };
    // SAFETY: C gave the size together with the address of as many bytes.
    is_utf8(o, unsafe { core::slice::from_raw_parts(text.cast(), size) }).into()
}

/// Whether an object is a string with these characters in UTF-8.
fn is_utf8(o: Obj<'_>, text: &[u8]) -> bool {
    o.downcast().is_some_and(|s| str::is_utf8(s, text))
}

/// One of the six comparisons: a new reference to True or False, or to NotImplemented when an operand is not a `str`;
/// NULL with an error set.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_RichCompare(left: Arg, right: Arg, op: c_int) -> *mut PyObject {
    required(left, "PyUnicode_RichCompare")
        .and_then(|left| match right {
            None if !str::check(left) => Ok(constants::NOT_IMPLEMENTED.to_ref()),
            right => str::rich_compare(left, required(right, "PyUnicode_RichCompare")?, op),
        })
        .into_c()
}

/// The interned string with this text in UTF-8: a new reference, or NULL with UnicodeDecodeError.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_InternFromString(text: Text) -> *mut PyObject {
    required_text(text, "PyUnicode_InternFromString")
        .and_then(|text| str::intern(str::from_utf8(text.to_bytes())?))
        .into_c()
}

/// Replaces the string at `place`, and steals the reference there, by the interned string with its characters. An
/// object that is not exactly a `str` stays, and so does a string when there is no memory to intern it.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_InternInPlace(place: Place) {
    let Some((place, s)) = place.and_then(|place| Some((place, place.get()?))) else { return };
    if str::as_exact(s.borrow()).is_none_or(str::is_interned) {
        return;
    }
    match str::intern(s) {
        Ok(interned) => place.set(Some(interned)),
        Err(Raised { .. }) => error::clear(),
    }
}
