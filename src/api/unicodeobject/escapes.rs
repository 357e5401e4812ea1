//! The text of literals: unicode-escape and raw-unicode-escape.

use super::codecs::{encoded, handler, negative_size};
use super::str_argument;
use crate::abi::{Py_ssize_t, PyObject};
use crate::objects::str;
use crate::runtime::{Arg, IntoC, Text};
use core::ffi::c_char;

/// A `str` from `size` characters of the text of a literal, with its escapes: a new reference, or NULL with
/// UnicodeDecodeError. `errors` is as for `PyUnicode_DecodeUTF8`. The name of a character, `\N{…}`, is
/// NotImplementedError.
///
/// # Safety
/// `text` is NULL or `size` bytes that can be read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_DecodeUnicodeEscape(
    text: *const c_char,
    size: Py_ssize_t,
    errors: Text,
) -> *mut PyObject {
    // SAFETY: C gave the size together with the address of as many bytes.
    unsafe { encoded(text, size, "PyUnicode_DecodeUnicodeEscape", negative_size) }
        .and_then(|bytes| str::decode_unicode_escape(bytes, handler(errors)))
        .into_c()
}

/// A `str` from `size` characters of the text of a raw literal, whose escapes are `\uXXXX` and `\UXXXXXXXX`: a new
/// reference, or NULL with UnicodeDecodeError. `errors` is as for `PyUnicode_DecodeUTF8`.
///
/// # Safety
/// `text` is NULL or `size` bytes that can be read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_DecodeRawUnicodeEscape(
    text: *const c_char,
    size: Py_ssize_t,
    errors: Text,
) -> *mut PyObject {
    // SAFETY: C gave the size together with the address of as many bytes.
    unsafe { encoded(text, size, "PyUnicode_DecodeRawUnicodeEscape", negative_size) }
        .and_then(|bytes| str::decode_raw_unicode_escape(bytes, handler(errors)))
        .into_c()
}

/// The string as the text of a literal, in ASCII: a new reference to a `bytes`, or NULL with TypeError when `o` is not
/// a `str`.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_AsUnicodeEscapeString(o: Arg) -> *mut PyObject {
    str_argument(o, "PyUnicode_AsUnicodeEscapeString").and_then(str::to_unicode_escape).into_c()
}

/// The string as the text of a raw literal, in Latin-1: a new reference to a `bytes`, or NULL with TypeError when `o`
/// is not a `str`.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_AsRawUnicodeEscapeString(o: Arg) -> *mut PyObject {
    str_argument(o, "PyUnicode_AsRawUnicodeEscapeString").and_then(str::to_raw_unicode_escape).into_c()
}
