//! Decoding bytes to strings, and encoding strings.

use super::{str_argument, units};
use crate::abi::{Py_ssize_t, PyObject};
use crate::api::required_text;
use crate::objects::codecs;
use crate::objects::str::{self, Handler};
use crate::runtime::{Arg, IntoC, OutSize, Raised, Result, Text, memory, raise};
use core::ffi::{CStr, c_char};

/// Borrows bytes to decode; a negative size raises `negative`.
///
/// # Safety
/// `data` is NULL or `size` bytes that can be read.
pub(in crate::api) unsafe fn encoded<'a>(
    data: *const c_char,
    size: Py_ssize_t,
    function: &'static str,
    negative: fn() -> Raised,
) -> Result<&'a [u8]> {
    let size = usize::try_from(size).map_err(|_| negative())?;
    // SAFETY: this function's caller promises `size` bytes.
    unsafe { units(data.cast(), size, function) }
}

/// The error for a negative size in the decoders of ASCII, Latin-1 and escapes: CPython makes the string before it checks the
/// size. The decoders of UTF-8 raise MemoryError.
pub(super) fn negative_size() -> Raised {
    raise!(SystemError, "Negative size passed to PyUnicode_New")
}

/// The error handler that C named; "strict" for NULL.
pub(super) fn handler<'a>(errors: Text<'a>) -> Handler<'a> {
    codecs::handler(errors.get().map(CStr::to_bytes))
}

/// A `str` from `size` bytes of UTF-8: a new reference, or NULL with UnicodeDecodeError.
///
/// `errors` is "strict" (the same as NULL), "replace", "ignore", "backslashreplace", "surrogateescape" or
/// "surrogatepass". Another name is LookupError, but only if the handler is needed.
///
/// # Safety
/// `text` is NULL or `size` bytes that can be read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_DecodeUTF8(text: *const c_char, size: Py_ssize_t, errors: Text) -> *mut PyObject {
    // SAFETY: C gave the size together with the address of as many bytes.
    unsafe { encoded(text, size, "PyUnicode_DecodeUTF8", memory::out_of_memory) }
        .and_then(|bytes| str::decode_utf8(bytes, handler(errors)))
        .into_c()
}

/// A `str` from `size` bytes of ASCII: a new reference, or NULL with UnicodeDecodeError. `errors` is as for
/// [`PyUnicode_DecodeUTF8`].
///
/// # Safety
/// `text` is NULL or `size` bytes that can be read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_DecodeASCII(text: *const c_char, size: Py_ssize_t, errors: Text) -> *mut PyObject {
    // SAFETY: C gave the size together with the address of as many bytes.
    unsafe { encoded(text, size, "PyUnicode_DecodeASCII", negative_size) }
        .and_then(|bytes| str::decode_ascii(bytes, handler(errors)))
        .into_c()
}

/// A `str` from `size` bytes of Latin-1: a new reference, or NULL with an error set. Every byte is a character, so
/// `errors` is not used.
///
/// # Safety
/// `text` is NULL or `size` bytes that can be read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_DecodeLatin1(text: *const c_char, size: Py_ssize_t, _errors: Text) -> *mut PyObject {
    // SAFETY: C gave the size together with the address of as many bytes.
    unsafe { encoded(text, size, "PyUnicode_DecodeLatin1", negative_size) }.and_then(str::from_latin1).into_c()
}

/// A `str` from a NUL-terminated file name: a new reference, or NULL with an error set. See
/// [`PyUnicode_DecodeFSDefaultAndSize`].
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_DecodeFSDefault(text: Text) -> *mut PyObject {
    required_text(text, "PyUnicode_DecodeFSDefault")
        .and_then(|text| str::decode_utf8(text.to_bytes(), Handler::SurrogateEscape))
        .into_c()
}

/// A `str` from `size` bytes of a file name: a new reference, or NULL with an error set. File names are UTF-8.
/// [`PyUnicode_EncodeFSDefault`] restores bytes that are not.
///
/// # Safety
/// `text` is NULL or `size` bytes that can be read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_DecodeFSDefaultAndSize(text: *const c_char, size: Py_ssize_t) -> *mut PyObject {
    // SAFETY: C gave the size together with the address of as many bytes.
    unsafe { encoded(text, size, "PyUnicode_DecodeFSDefaultAndSize", memory::out_of_memory) }
        .and_then(|bytes| str::decode_utf8(bytes, Handler::SurrogateEscape))
        .into_c()
}

/// The UTF-8 form of a string, which the string keeps: borrowed, NUL-terminated, `*size` bytes long.
///
/// Returns NULL with TypeError when `o` is not a `str`, UnicodeEncodeError when it holds a surrogate. `size` may be
/// NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_AsUTF8AndSize(o: Arg, size: OutSize) -> *const c_char {
    let text = str_argument(o, "PyUnicode_AsUTF8AndSize").and_then(str::utf8);
    size.set(text.map_or(-1, |text| text.len() as Py_ssize_t));
    text.map_or(core::ptr::null(), |text| text.as_ptr().cast())
}

/// The UTF-8 form of a string, which the string keeps: borrowed and NUL-terminated. See [`PyUnicode_AsUTF8AndSize`].
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_AsUTF8(o: Arg) -> *const c_char {
    PyUnicode_AsUTF8AndSize(o, OutSize::null())
}

/// The string in UTF-8: a new reference to a `bytes`.
///
/// Returns NULL with TypeError when `o` is not a `str`, UnicodeEncodeError when it holds a surrogate.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_AsUTF8String(o: Arg) -> *mut PyObject {
    str_argument(o, "PyUnicode_AsUTF8String").and_then(str::to_utf8).into_c()
}

/// The string in ASCII: a new reference to a `bytes`.
///
/// Returns NULL with TypeError when `o` is not a `str`, UnicodeEncodeError when it holds another character.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_AsASCIIString(o: Arg) -> *mut PyObject {
    str_argument(o, "PyUnicode_AsASCIIString").and_then(str::to_ascii).into_c()
}

/// The string in Latin-1: a new reference to a `bytes`.
///
/// Returns NULL with TypeError when `o` is not a `str`, UnicodeEncodeError when it holds another character.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_AsLatin1String(o: Arg) -> *mut PyObject {
    str_argument(o, "PyUnicode_AsLatin1String").and_then(str::to_latin1).into_c()
}

/// The string as a file name, in UTF-8, with the bytes that [`PyUnicode_DecodeFSDefault`] could not decode: a new
/// reference to a `bytes`.
///
/// Returns NULL with TypeError when `o` is not a `str`, UnicodeEncodeError when it holds another surrogate.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_EncodeFSDefault(o: Arg) -> *mut PyObject {
    str_argument(o, "PyUnicode_EncodeFSDefault").and_then(str::to_utf8_escaped).into_c()
}
