//! `Include/bytesobject.h` and `Include/cpython/bytesobject.h`: bytes.

use super::unicodeobject::encoded;
use super::{required, required_text};
use crate::abi::{Py_ssize_t, PyBytesObject, PyObject, va_list};
use crate::format;
use crate::objects::byte_methods::replace;
use crate::objects::bytes::{self, Bytes, operators};
use crate::runtime::refusal::{bad_argument, null_error};
use crate::runtime::{Arg, Given, IntoC, OutChars, OutSize, Place, Raised, Ref, Result, Text, memory, raise};
use core::ffi::{CStr, c_char, c_int};

/// Borrows a `bytes` argument; any other object is TypeError.
fn bytes_argument<'a>(o: Arg<'a>, function: &'static str) -> Result<Bytes<'a>> {
    let o = required(o, function)?;
    o.downcast().ok_or_else(|| raise!(TypeError, "expected bytes, {} found", o.class().name()))
}

/// A `bytes` with the bytes of a NUL-terminated string: a new reference, or NULL with an error set.
#[unsafe(no_mangle)]
pub extern "C" fn PyBytes_FromString(text: Text) -> *mut PyObject {
    required_text(text, "PyBytes_FromString").and_then(|text| bytes::from_slice(text.to_bytes())).into_c()
}

/// A `bytes` with these `size` bytes. If `data` is NULL, the caller writes the bytes before other code sees the object.
/// A new reference, or NULL with an error set.
///
/// SystemError for a negative size, OverflowError for one that no object can have.
///
/// # Safety
/// `data` is NULL or `size` bytes that can be read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyBytes_FromStringAndSize(data: *const c_char, size: Py_ssize_t) -> *mut PyObject {
    match usize::try_from(size) {
        Err(_) => Err(raise!(SystemError, "Negative size passed to PyBytes_FromStringAndSize")),
        Ok(size) if data.is_null() => bytes::blank(size),
        // SAFETY: C gave `size` together with the address of as many bytes; they are copied before this call returns.
        Ok(size) => bytes::from_slice(unsafe { core::slice::from_raw_parts(data.cast(), size) }),
    }
    .into_c()
}

variadic! {
    /// A `bytes` made from a format and arguments, `PyObject *PyBytes_FromFormat(const char *format, ...)`: see
    /// [`PyBytes_FromFormatV`].
    ///
    /// # Safety
    /// As for [`PyBytes_FromFormatV`].
    PyBytes_FromFormat = pycapsule_PyBytes_FromFormat
}

/// A `bytes` made from a format and a `va_list`: a new reference, or NULL with an error set.
///
/// The conversions are `%c %d %i %u %x %s %p %%`, with `l` or `z` before `d` and `u`, and a precision for `%s`. From
/// any other conversion on, the rest of the format is copied unchanged. A `%c` outside 0 to 255 is OverflowError.
///
/// # Safety
/// `format` is NULL or NUL-terminated; `arguments` is a `va_list` of the arguments that the format asks for.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyBytes_FromFormatV(format: Text, arguments: va_list) -> *mut PyObject {
    // SAFETY: C made the va_list for this format, and reads no more of it before this call returns.
    let made = |format| unsafe { format::bytes_from_va_list(format, arguments) };
    required_text(format, "PyBytes_FromFormat").and_then(made).into_c()
}

/// The number of bytes, or -1 with TypeError.
#[unsafe(no_mangle)]
pub extern "C" fn PyBytes_Size(o: Arg) -> Py_ssize_t {
    bytes_argument(o, "PyBytes_Size").map(|o| bytes::as_slice(o).len() as Py_ssize_t).into_c()
}

/// The bytes themselves, borrowed and NUL-terminated; or NULL with TypeError.
#[unsafe(no_mangle)]
pub extern "C" fn PyBytes_AsString(o: Arg) -> *mut c_char {
    bytes_argument(o, "PyBytes_AsString").map_or(core::ptr::null_mut(), |o| bytes::data(o).cast())
}

/// Stores the address of the bytes, borrowed, at `data`, and their number at `size`. Returns 0, or -1 with an error
/// set.
///
/// TypeError when `o` is not a `bytes`; ValueError when `size` is NULL and the bytes contain a NUL; SystemError when
/// `data` is NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyBytes_AsStringAndSize(o: Arg, data: OutChars, size: OutSize) -> c_int {
    const NAME: &str = "PyBytes_AsStringAndSize";
    if data.is_null() {
        return Result::<()>::Err(bad_argument(NAME)).into_c();
    }
    bytes_argument(o, NAME)
        .and_then(|o| {
            data.set(bytes::data(o).cast());
            let bytes = bytes::as_slice(o);
            if size.is_null() && bytes.contains(&0) {
                return Err(raise!(ValueError, "embedded null byte"));
            }
            size.set(bytes.len() as Py_ssize_t);
            Ok(())
        })
        .into_c()
}

/// `b'…'` with escapes for all bytes that are not printable ASCII: a new reference to a `str`, or NULL with an error
/// set. Unless `smartquotes` is 0, bytes with single quotes and without double ones are put in double quotes.
#[unsafe(no_mangle)]
pub extern "C" fn PyBytes_Repr(o: Arg, smartquotes: c_int) -> *mut PyObject {
    bytes_argument(o, "PyBytes_Repr").and_then(|o| operators::repr(o, smartquotes != 0)).into_c()
}

/// The bytes of an object with a buffer, or of an iterable of integers: a new reference to a `bytes`, or NULL with an
/// error set.
///
/// TypeError for an object of another kind, and for a `str`; ValueError for an integer that is no byte.
#[unsafe(no_mangle)]
pub extern "C" fn PyBytes_FromObject(o: Arg) -> *mut PyObject {
    o.ok_or_else(|| bad_argument("PyBytes_FromObject")).and_then(bytes::convert::from_object).into_c()
}

/// The items of an iterable joined, with `sep` between them, as `sep.join(iterable)`: a new reference to a `bytes`, or
/// NULL with an error set; TypeError when `sep` is not a `bytes`, or an item has no buffer.
#[unsafe(no_mangle)]
pub extern "C" fn PyBytes_Join(sep: Arg, iterable: Arg) -> *mut PyObject {
    const NAME: &str = "PyBytes_Join";
    sep.ok_or_else(|| bad_argument(NAME))
        .and_then(|sep| {
            let Some(separator) = sep.downcast::<PyBytesObject>() else {
                return Err(raise!(TypeError, "sep: expected bytes, got {}", sep.class().name()));
            };
            replace::join(separator, iterable.ok_or_else(null_error)?)
        })
        .into_c()
}

/// A `bytes` from `size` characters of the text of a literal, with its escapes: a new reference, or NULL with an error
/// set.
///
/// `errors` says how a broken `\x` is treated: "strict" (the same as NULL), "replace" or "ignore". ValueError for a
/// backslash at the end, a broken `\x`, and another name there; MemoryError for a negative size. The last two arguments
/// are not used.
///
/// # Safety
/// `text` is NULL or `size` bytes that can be read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyBytes_DecodeEscape(
    text: *const c_char,
    size: Py_ssize_t,
    errors: Text,
    _unicode: Py_ssize_t,
    _recode_encoding: Text,
) -> *mut PyObject {
    // SAFETY: C gave the size together with the address of as many bytes.
    unsafe { encoded(text, size, "PyBytes_DecodeEscape", memory::out_of_memory) }
        .and_then(|text| bytes::escape::decode_escape(text, errors.get().map(CStr::to_bytes)))
        .into_c()
}

/// Replaces the `bytes` at `place`, and steals the reference there, by one with the bytes of `other` after it. On
/// failure there is NULL there, and TypeError or MemoryError is set. A NULL `other` leaves NULL without an error.
#[unsafe(no_mangle)]
pub extern "C" fn PyBytes_Concat(place: Place, other: Arg) {
    let Some(place) = place else {
        let Raised { .. } = bad_argument("PyBytes_Concat");
        return;
    };
    let Some(old) = place.replace(None) else { return };
    if let Some(other) = other {
        place.set(operators::concat(old.borrow(), other).ok());
    }
}

/// Works as [`PyBytes_Concat`], and steals the reference to `other` too.
#[unsafe(no_mangle)]
pub extern "C" fn PyBytes_ConcatAndDel(place: Place, other: Given) {
    PyBytes_Concat(place, other.as_ref().map(Ref::borrow));
}

/// Replaces the `bytes` at `place`, and steals the reference there, by one of another size: its first bytes, and room
/// for the caller to write. Returns 0, or -1 with NULL there and SystemError or MemoryError set.
#[unsafe(no_mangle)]
pub extern "C" fn _PyBytes_Resize(place: Place, size: Py_ssize_t) -> c_int {
    let Some(place) = place else {
        return Result::<()>::Err(bad_argument("_PyBytes_Resize")).into_c();
    };
    let old = place.replace(None);
    let resized = match (old.as_ref().and_then(|old| old.borrow().downcast()), usize::try_from(size)) {
        (Some(old), Ok(size)) => match bytes::as_slice(old) {
            bytes if bytes.len() == size => Ok(old.to_own()),
            bytes => bytes::resized(bytes, size),
        },
        _ => Err(bad_argument("_PyBytes_Resize")),
    };
    resized.map(|resized| place.set(Some(resized.into_ref()))).into_c()
}
