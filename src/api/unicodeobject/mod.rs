//! `Include/unicodeobject.h` and `Include/cpython/unicodeobject.h`: strings, and their encodings in a file of their
//! own.

mod codecs;

pub use codecs::*;

use super::{argument, c_string};
use crate::abi::{Py_UCS4, Py_ssize_t, PyObject, va_list};
use crate::format;
use crate::objects::object::{bad_argument, null_argument, null_error};
use crate::objects::str;
use crate::runtime::{IntoC, Obj, Raised, Ref, Result, error, raise};
use core::ffi::{CStr, c_char, c_int, c_void};

/// Borrows a `str` argument; anything else is TypeError "bad argument type for built-in operation".
///
/// # Safety
/// `o` is NULL or a live object.
unsafe fn str_argument<'a>(o: *mut PyObject, function: &'static str) -> Result<Obj<'a>> {
    // SAFETY: the caller's promise.
    let o = unsafe { argument(o, function) }?;
    if str::check(o) {
        return Ok(o);
    }
    Err(raise!(TypeError, "bad argument type for built-in operation"))
}

/// Borrows units of text that C gave with their number, which is not negative. NULL is as good as any when there are
/// none.
///
/// # Safety
/// `data` is NULL or `size` units that can be read.
unsafe fn units<'a, T>(data: *const T, size: usize, function: &'static str) -> Result<&'a [T]> {
    match (size, data.is_null()) {
        (0, _) => Ok(&[]),
        (_, true) => Err(null_argument(function)),
        // SAFETY: the caller's promise.
        (_, false) => Ok(unsafe { core::slice::from_raw_parts(data, size) }),
    }
}

/// A `str` from a NUL-terminated string in UTF-8: a new reference, or NULL with UnicodeDecodeError.
///
/// # Safety
/// `text` is NULL or NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_FromString(text: *const c_char) -> *mut PyObject {
    // SAFETY: the caller's promise.
    unsafe { c_string(text, "PyUnicode_FromString").and_then(|text| str::from_utf8(text.to_bytes())).into_c() }
}

/// A `str` from `size` bytes of UTF-8: a new reference, or NULL with UnicodeDecodeError.
///
/// A negative size, or NULL with a positive one, is SystemError.
///
/// # Safety
/// `text` is NULL or `size` bytes that can be read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_FromStringAndSize(text: *const c_char, size: Py_ssize_t) -> *mut PyObject {
    // SAFETY: the caller's promise.
    unsafe {
        match usize::try_from(size) {
            Err(_) => Err(raise!(SystemError, "Negative size passed to PyUnicode_FromStringAndSize")),
            Ok(1..) if text.is_null() => Err(raise!(
                SystemError,
                "NULL string with positive size with NULL passed to PyUnicode_FromStringAndSize"
            )),
            Ok(size) => units(text.cast(), size, "PyUnicode_FromStringAndSize").and_then(str::from_utf8),
        }
        .into_c()
    }
}

/// A `str` of `size` characters, none above `maxchar`, for the caller to write before anybody else sees it: a new
/// reference, or NULL with SystemError or MemoryError.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_New(size: Py_ssize_t, maxchar: Py_UCS4) -> *mut PyObject {
    match usize::try_from(size) {
        Ok(0) => Ok(str::empty().to_ref()),
        _ if maxchar > char::MAX.into() => {
            Err(raise!(SystemError, "invalid maximum character passed to PyUnicode_New"))
        }
        Ok(size) => str::blank(size, maxchar).map(|(s, _)| s),
        Err(_) => Err(raise!(SystemError, "Negative size passed to PyUnicode_New")),
    }
    .into_c()
}

/// A `str` from `size` code points of `kind` bytes each, stored as narrow as they allow: a new reference, or NULL.
///
/// A negative size is ValueError, a kind that is not 1, 2 or 4 SystemError.
///
/// # Safety
/// `buffer` is NULL or `size` units of `kind` bytes, aligned for that.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_FromKindAndData(
    kind: c_int,
    buffer: *const c_void,
    size: Py_ssize_t,
) -> *mut PyObject {
    // SAFETY: the caller's promise.
    unsafe {
        let name = "PyUnicode_FromKindAndData";
        match (usize::try_from(size), kind) {
            (Err(_), _) => Err(raise!(ValueError, "size must be positive")),
            (Ok(size), 1) => units(buffer.cast(), size, name).and_then(str::from_latin1),
            (Ok(size), 2) => units::<u16>(buffer.cast(), size, name)
                .and_then(|points| str::from_code_points(points.iter().copied().map(u32::from))),
            (Ok(size), 4) => {
                units::<u32>(buffer.cast(), size, name).and_then(|points| str::from_code_points(points.iter().copied()))
            }
            _ => Err(raise!(SystemError, "invalid kind")),
        }
        .into_c()
    }
}

/// `o` itself when it is exactly a `str`, a copy when its type is a subclass: a new reference, or NULL with TypeError.
///
/// # Safety
/// `o` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_FromObject(o: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's promise.
    unsafe { argument(o, "PyUnicode_FromObject").and_then(str::exact).into_c() }
}

/// The `str` of one character: a new reference, or NULL with ValueError when `ordinal` is no code point.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_FromOrdinal(ordinal: c_int) -> *mut PyObject {
    match u32::try_from(ordinal) {
        Ok(point) if point <= char::MAX.into() => str::from_code_points(core::iter::once(point)),
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
/// A bad conversion is SystemError, a width or precision that no size can hold ValueError, a `%c` that is no code point
/// OverflowError, a `%N` that is no type TypeError; `%R` and its like may raise anything.
///
/// # Safety
/// `format` is NULL or NUL-terminated; `arguments` is a `va_list` of the arguments that the format asks for.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_FromFormatV(format: *const c_char, arguments: va_list) -> *mut PyObject {
    // SAFETY: the caller's promise.
    unsafe {
        c_string(format, "PyUnicode_FromFormat").and_then(|format| format::from_va_list(format, arguments)).into_c()
    }
}

/// The number of characters, or -1 with TypeError.
///
/// # Safety
/// `o` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_GetLength(o: *mut PyObject) -> Py_ssize_t {
    // SAFETY: the caller's promise.
    unsafe { str_argument(o, "PyUnicode_GetLength").map(|s| str::length(s) as Py_ssize_t).into_c() }
}

/// The character at `index`, or `(Py_UCS4)-1` with TypeError or IndexError.
///
/// # Safety
/// `o` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_ReadChar(o: *mut PyObject, index: Py_ssize_t) -> Py_UCS4 {
    // SAFETY: the caller's promise.
    unsafe { str_argument(o, "PyUnicode_ReadChar").and_then(|s| str::read(s, index)).unwrap_or(Py_UCS4::MAX) }
}

/// The characters from `start` up to `end`, which may lie beyond the string: a new reference, or NULL.
///
/// A negative index is IndexError.
///
/// # Safety
/// `o` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_Substring(o: *mut PyObject, start: Py_ssize_t, end: Py_ssize_t) -> *mut PyObject {
    // SAFETY: the caller's promise.
    unsafe {
        match argument(o, "PyUnicode_Substring") {
            Ok(s) if str::check(s) => str::substring(s, start, end),
            Ok(_) => Err(bad_argument("PyUnicode_Substring")),
            Err(raised) => Err(raised),
        }
        .into_c()
    }
}

/// Both strings, one after the other: a new reference, or NULL with TypeError.
///
/// # Safety
/// Both are NULL or live objects.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_Concat(left: *mut PyObject, right: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's promise.
    unsafe {
        argument(left, "PyUnicode_Concat")
            .and_then(|left| str::concat(left, argument(right, "PyUnicode_Concat")?))
            .into_c()
    }
}

/// Replaces the string at `left`, whose reference it takes over, by one with `right` after it. On failure there is NULL
/// there, and an error set.
///
/// # Safety
/// `left` is NULL or a place that holds NULL or an owned reference; `right` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_Append(left: *mut *mut PyObject, right: *mut PyObject) {
    let refuse = || error::pending().unwrap_or_else(|| bad_argument("PyUnicode_Append"));
    // SAFETY: the caller's promise.
    unsafe {
        let Some(place) = left.as_mut() else {
            let Raised { .. } = refuse();
            return;
        };
        let old = Ref::from_ptr(core::mem::replace(place, core::ptr::null_mut()));
        *place = match (&old, Obj::from_ptr(right)) {
            (Some(old), Some(right)) if str::check(old.borrow()) && str::check(right) => {
                str::concat(old.borrow(), right)
            }
            _ => Err(refuse()),
        }
        .into_c();
    }
}

/// As [`PyUnicode_Append`], and takes over the reference to `right` too.
///
/// # Safety
/// As for [`PyUnicode_Append`]; `right` is NULL or an owned reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_AppendAndDel(left: *mut *mut PyObject, right: *mut PyObject) {
    // SAFETY: the caller's promise.
    unsafe {
        PyUnicode_Append(left, right);
        drop(Ref::from_ptr(right));
    }
}

/// The strings of an iterable, one after the other with `separator` between them (NULL: a space): a new reference, or
/// NULL with TypeError when one is no `str`, or with what the iteration raised.
///
/// # Safety
/// `separator` is NULL or a live object; so is `iterable`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_Join(separator: *mut PyObject, iterable: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's promise.
    unsafe {
        Obj::from_ptr(iterable)
            .ok_or_else(null_error)
            .and_then(|iterable| str::join(Obj::from_ptr(separator), iterable))
            .into_c()
    }
}

/// Whether the characters of `part` stand in a row in `o`: 1 or 0, or -1 with TypeError.
///
/// # Safety
/// Both are NULL or live objects.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_Contains(o: *mut PyObject, part: *mut PyObject) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        argument(o, "PyUnicode_Contains").and_then(|s| str::contains(s, argument(part, "PyUnicode_Contains")?)).into_c()
    }
}

/// The order of two strings by code point: -1, 0 or 1. -1 with TypeError when one is no `str`.
///
/// # Safety
/// Both are NULL or live objects.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_Compare(left: *mut PyObject, right: *mut PyObject) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        argument(left, "PyUnicode_Compare")
            .and_then(|left| str::compare(left, argument(right, "PyUnicode_Compare")?))
            .map_or(-1, |order| order as c_int)
    }
}

/// The order of a string and of the Latin-1 characters of a NUL-terminated one: -1, 0 or 1. Without a `str` -1 and an
/// error.
///
/// # Safety
/// `o` is NULL or a live object, `text` is NULL or NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_CompareWithASCIIString(o: *mut PyObject, text: *const c_char) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let name = "PyUnicode_CompareWithASCIIString";
        str_argument(o, name)
            .and_then(|s| Ok(str::compare_latin1(s, c_string(text, name)?)))
            .map_or(-1, |order| order as c_int)
    }
}

/// Whether a string is this NUL-terminated UTF-8: 1 or 0. Bytes that are not UTF-8 are equal to nothing; never fails.
///
/// # Safety
/// `o` is NULL or a live object, `text` is NULL or NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_EqualToUTF8(o: *mut PyObject, text: *const c_char) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let size = if text.is_null() { 0 } else { CStr::from_ptr(text).count_bytes() as Py_ssize_t };
        PyUnicode_EqualToUTF8AndSize(o, text, size)
    }
}

/// Whether a string is these `size` bytes of UTF-8: 1 or 0. Bytes that are not UTF-8 are equal to nothing; never fails.
///
/// # Safety
/// `o` is NULL or a live object, `text` is NULL or `size` bytes that can be read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_EqualToUTF8AndSize(
    o: *mut PyObject,
    text: *const c_char,
    size: Py_ssize_t,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let (Some(o), Ok(size), false) = (Obj::from_ptr(o), usize::try_from(size), text.is_null()) else { return 0 };
        let text = core::str::from_utf8(core::slice::from_raw_parts(text.cast(), size));
        c_int::from(str::check(o) && text.is_ok_and(|text| str::is(o, text)))
    }
}

/// One of the six comparisons: a new reference to True or False, to NotImplemented when one is no `str`, or NULL.
///
/// # Safety
/// Both are NULL or live objects.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_RichCompare(left: *mut PyObject, right: *mut PyObject, op: c_int) -> *mut PyObject {
    // SAFETY: the caller's promise.
    unsafe {
        argument(left, "PyUnicode_RichCompare")
            .and_then(|left| str::rich_compare(left, argument(right, "PyUnicode_RichCompare")?, op))
            .into_c()
    }
}

/// The one string with this text in UTF-8: a new reference, or NULL with UnicodeDecodeError.
///
/// # Safety
/// `text` is NULL or NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_InternFromString(text: *const c_char) -> *mut PyObject {
    // SAFETY: the caller's promise.
    unsafe {
        c_string(text, "PyUnicode_InternFromString")
            .and_then(|text| str::intern(str::from_utf8(text.to_bytes())?))
            .into_c()
    }
}

/// Replaces the string at `place`, whose reference it takes over, by the one string with its characters. What is not
/// exactly a `str` stays, and so does a string when there is no memory to remember it.
///
/// # Safety
/// `place` is NULL, or holds NULL or an owned reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_InternInPlace(place: *mut *mut PyObject) {
    // SAFETY: the caller's promise.
    unsafe {
        let Some(place) = place.as_mut() else { return };
        let Some(s) = Obj::from_ptr(*place).filter(|s| s.is_exactly(str::STR) && !str::is_interned(*s)) else { return };
        match str::intern(s.to_ref()) {
            Ok(interned) => drop(Ref::from_ptr(core::mem::replace(place, interned.into_ptr()))),
            Err(Raised { .. }) => error::clear(),
        }
    }
}
