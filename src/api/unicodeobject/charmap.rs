//! UTF-7, and encodings that a mapping describes.

use super::codecs::{encoded, handler, negative_size};
use crate::abi::{Py_ssize_t, PyObject};
use crate::objects::str;
use crate::runtime::refusal::bad_argument_type;
use crate::runtime::{Arg, IntoC, Obj, OutSize, Text, memory};
use core::ffi::c_char;

/// A `str` from `size` bytes of UTF-7: a new reference, or NULL with UnicodeDecodeError. `errors` is as for `PyUnicode_DecodeUTF8`.
///
/// # Safety
/// `text` is NULL or `size` bytes that can be read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_DecodeUTF7(text: *const c_char, size: Py_ssize_t, errors: Text) -> *mut PyObject {
    // SAFETY: both functions have the same condition.
    unsafe { PyUnicode_DecodeUTF7Stateful(text, size, errors, OutSize::null()) }
}

/// A `str` from `size` bytes of UTF-7 of which the rest may come later, if `consumed` is not NULL: the number of bytes that were decoded is
/// stored there. A new reference, or NULL with UnicodeDecodeError. See [`PyUnicode_DecodeUTF7`].
///
/// # Safety
/// `text` is NULL or `size` bytes that can be read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_DecodeUTF7Stateful(
    text: *const c_char,
    size: Py_ssize_t,
    errors: Text,
    consumed: OutSize,
) -> *mut PyObject {
    // SAFETY: C gave the size together with the address of as many bytes.
    unsafe { encoded(text, size.max(0), "PyUnicode_DecodeUTF7Stateful", memory::out_of_memory) }
        .and_then(|bytes| {
            let (s, done) = str::decode_utf7(bytes, handler(errors), !consumed.is_null())?;
            consumed.set(done as Py_ssize_t);
            Ok(s)
        })
        .into_c()
}

/// A `str` from `size` bytes by a mapping from bytes to characters: a `str`, or an object whose items are numbers, strings or None. Latin-1
/// for NULL. A new reference, or NULL with UnicodeDecodeError for a byte that the mapping does not have, TypeError for a wrong item.
///
/// # Safety
/// `text` is NULL or `size` bytes that can be read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_DecodeCharmap(
    text: *const c_char,
    size: Py_ssize_t,
    mapping: Arg,
    errors: Text,
) -> *mut PyObject {
    // SAFETY: C gave the size together with the address of as many bytes.
    unsafe { encoded(text, size, "PyUnicode_DecodeCharmap", negative_size) }
        .and_then(|bytes| str::decode_charmap(bytes, mapping, handler(errors)))
        .into_c()
}

/// The string as `bytes` by a mapping from characters to bytes, an object whose items are numbers, `bytes` or None: a new reference, or NULL
/// with TypeError for another object than a `str` or a wrong item, UnicodeEncodeError for a character that the mapping does not have.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_AsCharmapString(unicode: Arg, mapping: Arg) -> *mut PyObject {
    match (unicode.and_then(Obj::downcast), mapping) {
        (Some(s), Some(mapping)) => str::to_charmap(s, mapping),
        _ => Err(bad_argument_type()),
    }
    .into_c()
}

/// A mapping for [`PyUnicode_AsCharmapString`] of a `str` with the character of each byte: a new reference, or NULL with TypeError for another
/// object, and for an empty string.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_BuildEncodingMap(string: Arg) -> *mut PyObject {
    match string.and_then(Obj::downcast).filter(|table| str::length(*table) > 0) {
        Some(table) => str::encoding_map(table),
        None => Err(bad_argument_type()),
    }
    .into_c()
}
