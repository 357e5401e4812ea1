//! Decoding and encoding by the name of an encoding, and UTF-8 in parts.

use super::codecs::{encoded, handler};
use super::str_argument;
use crate::abi::{Py_ssize_t, PyObject};
use crate::objects::codecs;
use crate::objects::str::{self, Handler, Order, Wide};
use crate::runtime::refusal::bad_argument;
use crate::runtime::{Arg, IntPlace, IntoC, OutSize, Text, memory};
use core::ffi::{CStr, c_char};

/// The text that C named, without its NUL.
fn name<'a>(name: Text<'a>) -> Option<&'a [u8]> {
    name.get().map(CStr::to_bytes)
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
            bytes => codecs::decode(bytes, name(encoding).unwrap_or(b"utf-8"), name(errors)),
        })
        .into_c()
}

/// A `str` from the bytes of an object, in an encoding, UTF-8 for NULL: a new reference, or NULL with an error set. TypeError for a
/// `str` and for an object without bytes.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_FromEncodedObject(o: Arg, encoding: Text, errors: Text) -> *mut PyObject {
    o.ok_or_else(|| bad_argument("PyUnicode_FromEncodedObject"))
        .and_then(|o| codecs::decode_object(o, name(encoding), name(errors)))
        .into_c()
}

/// The string in an encoding, UTF-8 for NULL: a new reference to a `bytes`, or NULL with TypeError for an object that is not a
/// `str`, UnicodeEncodeError, or LookupError for an unknown encoding.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_AsEncodedString(o: Arg, encoding: Text, errors: Text) -> *mut PyObject {
    str_argument(o, "PyUnicode_AsEncodedString")
        .and_then(|s| codecs::encode(s, name(encoding).unwrap_or(b"utf-8"), name(errors)))
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

/// A `str` from `size` bytes of UTF-16: a new reference, or NULL with UnicodeDecodeError. `*byteorder` is -1 for little-endian, 1
/// for big-endian, and 0, as NULL, for the order that a mark at the start tells, which is stored there; without a mark it is the
/// machine's. `errors` is as for `PyUnicode_DecodeUTF8`.
///
/// # Safety
/// `text` is NULL or `size` bytes that can be read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_DecodeUTF16(
    text: *const c_char,
    size: Py_ssize_t,
    errors: Text,
    byteorder: IntPlace,
) -> *mut PyObject {
    // SAFETY: C gave the size together with the address of as many bytes.
    unsafe { decode_wide(text, size, errors, byteorder, OutSize::null(), Wide::Two) }
}

/// A `str` from `size` bytes of UTF-16 of which the rest may come later, if `consumed` is not NULL: the number of bytes that were
/// decoded is stored there. See [`PyUnicode_DecodeUTF16`].
///
/// # Safety
/// `text` is NULL or `size` bytes that can be read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_DecodeUTF16Stateful(
    text: *const c_char,
    size: Py_ssize_t,
    errors: Text,
    byteorder: IntPlace,
    consumed: OutSize,
) -> *mut PyObject {
    // SAFETY: C gave the size together with the address of as many bytes.
    unsafe { decode_wide(text, size, errors, byteorder, consumed, Wide::Two) }
}

/// The string in UTF-16 with a mark, in the machine's order: a new reference to a `bytes`, or NULL with TypeError for an object that
/// is not a `str`, UnicodeEncodeError.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_AsUTF16String(o: Arg) -> *mut PyObject {
    str_argument(o, "PyUnicode_AsUTF16String")
        .and_then(|s| str::encode_wide(s, Wide::Two, Order::Marked, Handler::Strict))
        .into_c()
}

/// A `str` from `size` bytes of UTF-32: a new reference, or NULL with UnicodeDecodeError. `*byteorder` is -1 for little-endian, 1
/// for big-endian, and 0, as NULL, for the order that a mark at the start tells, which is stored there; without a mark it is the
/// machine's. `errors` is as for `PyUnicode_DecodeUTF8`.
///
/// # Safety
/// `text` is NULL or `size` bytes that can be read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_DecodeUTF32(
    text: *const c_char,
    size: Py_ssize_t,
    errors: Text,
    byteorder: IntPlace,
) -> *mut PyObject {
    // SAFETY: C gave the size together with the address of as many bytes.
    unsafe { decode_wide(text, size, errors, byteorder, OutSize::null(), Wide::Four) }
}

/// A `str` from `size` bytes of UTF-32 of which the rest may come later, if `consumed` is not NULL: the number of bytes that were
/// decoded is stored there. See [`PyUnicode_DecodeUTF32`].
///
/// # Safety
/// `text` is NULL or `size` bytes that can be read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_DecodeUTF32Stateful(
    text: *const c_char,
    size: Py_ssize_t,
    errors: Text,
    byteorder: IntPlace,
    consumed: OutSize,
) -> *mut PyObject {
    // SAFETY: C gave the size together with the address of as many bytes.
    unsafe { decode_wide(text, size, errors, byteorder, consumed, Wide::Four) }
}

/// The string in UTF-32 with a mark, in the machine's order: a new reference to a `bytes`, or NULL with TypeError for an object that
/// is not a `str`, UnicodeEncodeError.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_AsUTF32String(o: Arg) -> *mut PyObject {
    str_argument(o, "PyUnicode_AsUTF32String")
        .and_then(|s| str::encode_wide(s, Wide::Four, Order::Marked, Handler::Strict))
        .into_c()
}

/// The name of the function that decodes characters of this size, for messages.
fn function_of(wide: Wide) -> &'static str {
    match wide {
        Wide::Two => "PyUnicode_DecodeUTF16",
        Wide::Four => "PyUnicode_DecodeUTF32",
    }
}

/// # Safety
/// `text` is NULL or `size` bytes that can be read.
unsafe fn decode_wide(
    text: *const c_char,
    size: Py_ssize_t,
    errors: Text,
    byteorder: IntPlace,
    consumed: OutSize,
    wide: Wide,
) -> *mut PyObject {
    // SAFETY: C gave the size together with the address of as many bytes.
    let bytes = unsafe { encoded(text, size, function_of(wide), memory::out_of_memory) };
    let order = byteorder.map_or(Order::Marked, |order| Order::from_c(order.get()));
    bytes
        .and_then(|bytes| {
            let decoded = str::decode_wide(bytes, wide, order, handler(errors), !consumed.is_null())?;
            // A number other than -1 and 1 that names an order stays as it is.
            if let Some(place) = byteorder.filter(|_| order != decoded.order) {
                place.set(decoded.order.to_c());
            }
            consumed.set(decoded.done as Py_ssize_t);
            Ok(decoded.text)
        })
        .into_c()
}
