//! Decoding and encoding by the name of an encoding, and UTF-8 in parts.

use super::codecs::{encoded, handler};
use super::str_argument;
use crate::abi::{Py_ssize_t, PyObject};
use crate::objects::str;
use crate::runtime::refusal::bad_argument;
use crate::runtime::{Arg, IntoC, OutSize, Result, Text, memory};
use core::ffi::c_char;

/// The encoding that C named, UTF-8 for NULL. A name that is not UTF-8 is decoded, and so fails as CPython's does.
fn encoding<'a>(name: Text<'a>) -> Result<Option<&'a str>> {
    let Some(name) = name.get() else { return Ok(None) };
    match name.to_str() {
        Ok(name) => Ok(Some(name)),
        Err(_) => str::from_utf8(name.to_bytes()).map(|_| None),
    }
}

/// A `str` from `size` bytes in an encoding, UTF-8 for NULL: a new reference, or NULL with UnicodeDecodeError, or LookupError for an
/// unknown encoding. `errors` is as for `PyUnicode_DecodeUTF8`.
///
/// # Safety
/// `text` is NULL or `size` bytes that can be read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_Decode(
    text: *const c_char,
    size: Py_ssize_t,
    encoding: Text,
    errors: Text,
) -> *mut PyObject {
    // SAFETY: C gave the size together with the address of as many bytes.
    let bytes = unsafe { encoded(text, size, "PyUnicode_Decode", memory::out_of_memory) };
    bytes
        .and_then(|bytes| match bytes {
            [] => Ok(str::empty().to_ref()),
            bytes => str::decode(bytes, self::encoding(encoding)?.unwrap_or("utf-8"), handler(errors)),
        })
        .into_c()
}

/// A `str` from the bytes of an object, in an encoding, UTF-8 for NULL: a new reference, or NULL with an error set. TypeError for a
/// `str` and for an object without bytes.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_FromEncodedObject(o: Arg, encoding: Text, errors: Text) -> *mut PyObject {
    o.ok_or_else(|| bad_argument("PyUnicode_FromEncodedObject"))
        .and_then(|o| str::decode_object(o, self::encoding(encoding)?, handler(errors)))
        .into_c()
}

/// The string in an encoding, UTF-8 for NULL: a new reference to a `bytes`, or NULL with TypeError for an object that is not a
/// `str`, UnicodeEncodeError, or LookupError for an unknown encoding.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_AsEncodedString(o: Arg, encoding: Text, errors: Text) -> *mut PyObject {
    str_argument(o, "PyUnicode_AsEncodedString")
        .and_then(|s| str::encode(s, self::encoding(encoding)?.unwrap_or("utf-8"), handler(errors)))
        .into_c()
}

/// A `str` from `size` bytes of UTF-8 of which the rest may come later, if `consumed` is not NULL: the number of bytes that were
/// decoded is stored there. A new reference, or NULL with an error set. See `PyUnicode_DecodeUTF8`.
///
/// # Safety
/// `text` is NULL or `size` bytes that can be read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_DecodeUTF8Stateful(
    text: *const c_char,
    size: Py_ssize_t,
    errors: Text,
    consumed: OutSize,
) -> *mut PyObject {
    // SAFETY: C gave the size together with the address of as many bytes.
    let bytes = unsafe { encoded(text, size, "PyUnicode_DecodeUTF8Stateful", memory::out_of_memory) };
    bytes
        .and_then(|bytes| {
            if consumed.is_null() {
                return str::decode_utf8(bytes, handler(errors));
            }
            let (s, done) = str::decode_utf8_start(bytes, handler(errors))?;
            consumed.set(done as Py_ssize_t);
            Ok(s)
        })
        .into_c()
}

/// The name of the encoding that is used when none is named: "utf-8". It is the library's own, and lives for ever.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_GetDefaultEncoding() -> *const c_char {
    c"utf-8".as_ptr()
}
