//! Names of files, and texts in the encoding of the locale.

use super::codecs::encoded;
use super::str_argument;
use crate::abi::{Py_ssize_t, PyObject};
use crate::api::{required, required_text};
use crate::objects::{file_name, str};
use crate::runtime::refusal::bad_argument;
use crate::runtime::{Arg, IntoC, Obj, OutObject, Raised, Ref, Result, Text, raise};
use core::ffi::{CStr, c_char, c_int, c_void};
use core::ptr::null_mut;

/// The result of a converter that is also called to drop what it has made.
const Py_CLEANUP_SUPPORTED: c_int = 0x2_0000;

/// The name that an object is or that its `__fspath__` gives, a `str` or a `bytes`: a new reference, or NULL with
/// TypeError.
#[unsafe(no_mangle)]
pub extern "C" fn PyOS_FSPath(path: Arg) -> *mut PyObject {
    required(path, "PyOS_FSPath").and_then(file_name::path).into_c()
}

/// Stores a name for a parser of arguments; without an object it drops the name that it has stored.
///
/// # Safety
/// `place` can be read and written as a reference.
unsafe fn convert(o: Arg, place: *mut c_void, name: fn(Obj<'_>) -> Result<Ref>) -> c_int {
    let place = place.cast::<*mut PyObject>();
    // SAFETY: this function's caller promises the place. It has a reference that this function stored, if there is no
    // object.
    unsafe {
        let Some(o) = o else {
            drop(Ref::from_ptr(place.replace(null_mut())));
            return 1;
        };
        match name(o) {
            Ok(name) => {
                OutObject::from_ptr(place).hand_out(Some(name));
                Py_CLEANUP_SUPPORTED
            }
            Err(Raised { .. }) => 0,
        }
    }
}

/// A converter for the unit `O&` of formats: stores a new reference to a file's name as `bytes` in the `PyObject *` at
/// `place`, for a `str`, a `bytes`, or an object with `__fspath__`. Returns `Py_CLEANUP_SUPPORTED`, or 0 with an error
/// set. NULL for `o` drops the name at `place`.
///
/// # Safety
/// `place` is the address of a `PyObject *`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_FSConverter(o: Arg, place: *mut c_void) -> c_int {
    // SAFETY: C promises the place.
    unsafe { convert(o, place, file_name::encoded) }
}

/// A converter for the unit `O&` of formats: stores a new reference to a file's name as `str`. See
/// [`PyUnicode_FSConverter`].
///
/// # Safety
/// `place` is the address of a `PyObject *`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_FSDecoder(o: Arg, place: *mut c_void) -> c_int {
    // SAFETY: C promises the place.
    unsafe { convert(o, place, file_name::decoded) }
}

/// A `str` from bytes in the encoding of the locale, which is UTF-8: a new reference, or NULL with an error set.
/// `errors` is NULL, "strict" or "surrogateescape"; ValueError for others.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_DecodeLocale(text: Text, errors: Text) -> *mut PyObject {
    let text = required_text(text, "PyUnicode_DecodeLocale");
    text.and_then(|text| str::decode_locale(text.to_bytes(), errors.get().map(CStr::to_bytes))).into_c()
}

/// A `str` from `len` bytes in the encoding of the locale, after which a NUL stands. ValueError if there is no NUL, or
/// one among the bytes. See [`PyUnicode_DecodeLocale`].
///
/// # Safety
/// `text` is NULL or `len` + 1 bytes that can be read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_DecodeLocaleAndSize(
    text: *const c_char,
    len: Py_ssize_t,
    errors: Text,
) -> *mut PyObject {
    const NAME: &str = "PyUnicode_DecodeLocaleAndSize";
    let length = len.checked_add(1).ok_or_else(|| bad_argument(NAME));
    // SAFETY: C gave the size together with the address of as many bytes, and the NUL after them.
    let bytes = length.and_then(|length| unsafe { encoded(text, length, NAME, || bad_argument(NAME)) });
    bytes
        .and_then(|bytes| match CStr::from_bytes_with_nul(bytes) {
            Ok(text) => str::decode_locale(text.to_bytes(), errors.get().map(CStr::to_bytes)),
            Err(_) => Err(raise!(ValueError, "embedded null byte")),
        })
        .into_c()
}

/// The string in the encoding of the locale, which is UTF-8: a new reference to a `bytes`, or NULL with an error set:
/// TypeError for another object, ValueError for a string with a NUL and for an unknown handler, UnicodeEncodeError. See
/// [`PyUnicode_DecodeLocale`].
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_EncodeLocale(unicode: Arg, errors: Text) -> *mut PyObject {
    str_argument(unicode, "PyUnicode_EncodeLocale")
        .and_then(|s| str::encode_locale(s, errors.get().map(CStr::to_bytes)))
        .into_c()
}
