//! `PyUnicodeWriter_*`: strings under construction.

use super::units;
use crate::abi::{Py_UCS4, Py_ssize_t, PyObject, va_list};
use crate::api::{required, required_text};
use crate::format;
use crate::objects::codecs;
use crate::objects::str::{self, Handler, Points, PyUnicodeWriter, WriterArg};
use crate::runtime::refusal::null_argument;
use crate::runtime::{Arg, IntoC, OutSize, Raised, Ref, Result, Text, raise};
use core::ffi::{CStr, c_char, c_int};
use core::ptr::{NonNull, null_mut};
use libc::wchar_t;

/// An argument that has to be a writer.
fn writer<'a>(writer: WriterArg<'a>, function: &'static str) -> Result<&'a PyUnicodeWriter> {
    writer.ok_or_else(|| null_argument(function))
}

/// The bytes that C passed with their number; up to a NUL for a negative number.
///
/// # Safety
/// `text` is NULL, or as many bytes, or ends with a NUL.
unsafe fn bytes<'a>(text: *const c_char, size: Py_ssize_t, function: &'static str) -> Result<&'a [u8]> {
    match usize::try_from(size) {
        // SAFETY: C promises as many bytes.
        Ok(size) => unsafe { units(text.cast(), size, function) },
        Err(_) if text.is_null() => Err(null_argument(function)),
        // SAFETY: C promises a NUL at the end.
        Err(_) => Ok(unsafe { CStr::from_ptr(text) }.to_bytes()),
    }
}

/// A new writer for a string of about this length, which [`PyUnicodeWriter_Finish`] or [`PyUnicodeWriter_Discard`] frees; NULL
/// with ValueError for a negative length, or MemoryError.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicodeWriter_Create(length: Py_ssize_t) -> *mut PyUnicodeWriter {
    if length < 0 {
        let Raised { .. } = raise!(ValueError, "length must be positive");
        return null_mut();
    }
    PyUnicodeWriter::create().map_or(null_mut(), NonNull::as_ptr)
}

/// The string that was written: a new reference, or NULL with an error set. The writer is freed in either case.
///
/// # Safety
/// `writer` is NULL or a writer, which nothing uses afterwards.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeWriter_Finish(writer: *mut PyUnicodeWriter) -> *mut PyObject {
    let writer = NonNull::new(writer).ok_or_else(|| null_argument("PyUnicodeWriter_Finish"));
    // SAFETY: C gives the writer away.
    writer.and_then(|writer| unsafe { PyUnicodeWriter::take(writer) }.finish()).into_c()
}

/// Frees a writer and its text. NULL is allowed.
///
/// # Safety
/// `writer` is NULL or a writer, which nothing uses afterwards.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeWriter_Discard(writer: *mut PyUnicodeWriter) {
    if let Some(writer) = NonNull::new(writer) {
        // SAFETY: C gives the writer away.
        drop(unsafe { PyUnicodeWriter::take(writer) });
    }
}

/// Appends a character: 0, or -1 with ValueError for a number that is no character.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicodeWriter_WriteChar(writer: WriterArg, ch: Py_UCS4) -> c_int {
    self::writer(writer, "PyUnicodeWriter_WriteChar").and_then(|writer| writer.write_char(ch)).into_c()
}

/// Appends text in UTF-8, of `size` bytes or up to a NUL: 0, or -1 with UnicodeDecodeError and nothing appended.
///
/// # Safety
/// `text` is NULL, or `size` bytes, or ends with a NUL if the size is negative.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeWriter_WriteUTF8(writer: WriterArg, text: *const c_char, size: Py_ssize_t) -> c_int {
    const NAME: &str = "PyUnicodeWriter_WriteUTF8";
    // SAFETY: C promises the bytes.
    let write = |writer: &PyUnicodeWriter| writer.write_utf8(unsafe { bytes(text, size, NAME) }?, Handler::Strict);
    self::writer(writer, NAME).and_then(write).into_c()
}

/// Appends ASCII characters, `size` bytes or up to a NUL: 0, or -1 with an error set.
///
/// # Safety
/// `text` is NULL, or `size` bytes, or ends with a NUL if the size is negative.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeWriter_WriteASCII(writer: WriterArg, text: *const c_char, size: Py_ssize_t) -> c_int {
    const NAME: &str = "PyUnicodeWriter_WriteASCII";
    // SAFETY: C promises the bytes.
    let write = |writer: &PyUnicodeWriter| writer.write_latin1(unsafe { bytes(text, size, NAME) }?);
    self::writer(writer, NAME).and_then(write).into_c()
}

/// Appends wide characters, `size` of them or up to a zero: 0, or -1 with ValueError for a number that is no character.
///
/// # Safety
/// `text` is NULL, or `size` wide characters, or ends with a zero if the size is negative.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeWriter_WriteWideChar(
    writer: WriterArg,
    text: *const wchar_t,
    size: Py_ssize_t,
) -> c_int {
    const NAME: &str = "PyUnicodeWriter_WriteWideChar";
    let write = |writer: &PyUnicodeWriter| {
        let size = match usize::try_from(size) {
            Ok(size) => size,
            Err(_) if text.is_null() => return Err(null_argument(NAME)),
            // SAFETY: C promises a zero at the end.
            Err(_) => unsafe { libc::wcslen(text) },
        };
        // SAFETY: C promises as many wide characters.
        writer.write_made(str::from_wide(unsafe { units(text.cast(), size, NAME) }?)?)
    };
    self::writer(writer, NAME).and_then(write).into_c()
}

/// Appends characters of four bytes: 0, or -1 with ValueError for a negative size, SystemError for a number that is no character.
///
/// # Safety
/// `text` is NULL or `size` characters.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeWriter_WriteUCS4(writer: WriterArg, text: *mut Py_UCS4, size: Py_ssize_t) -> c_int {
    const NAME: &str = "PyUnicodeWriter_WriteUCS4";
    let write = |writer: &PyUnicodeWriter| {
        let size = usize::try_from(size).map_err(|_| raise!(ValueError, "size must be positive"))?;
        // SAFETY: C promises as many characters.
        writer.write_made(str::from_any_points(Points::Ucs4(unsafe { units(text.cast_const(), size, NAME) }?))?)
    };
    self::writer(writer, NAME).and_then(write).into_c()
}

/// Appends `str(o)`: 0, or -1 with an error set.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicodeWriter_WriteStr(writer: WriterArg, o: Arg) -> c_int {
    const NAME: &str = "PyUnicodeWriter_WriteStr";
    self::writer(writer, NAME).and_then(|writer| writer.write_str(required(o, NAME)?)).into_c()
}

/// Appends `repr(o)`, or `<NULL>` for NULL: 0, or -1 with an error set.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicodeWriter_WriteRepr(writer: WriterArg, o: Arg) -> c_int {
    self::writer(writer, "PyUnicodeWriter_WriteRepr").and_then(|writer| writer.write_repr(o)).into_c()
}

/// Appends the characters between two indices of a string: 0, or -1 with TypeError for another object, ValueError for indices that
/// are not inside.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicodeWriter_WriteSubstring(
    writer: WriterArg,
    o: Arg,
    start: Py_ssize_t,
    end: Py_ssize_t,
) -> c_int {
    const NAME: &str = "PyUnicodeWriter_WriteSubstring";
    self::writer(writer, NAME).and_then(|writer| writer.write_substring(required(o, NAME)?, start, end)).into_c()
}

/// Appends text in UTF-8 of which the rest may come later, if `consumed` is not NULL: the number of bytes that are done is stored
/// there. 0, or -1 with an error set and nothing appended. `errors` is as for `PyUnicode_DecodeUTF8`.
///
/// # Safety
/// `text` is NULL, or `length` bytes, or ends with a NUL if the length is negative.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeWriter_DecodeUTF8Stateful(
    writer: WriterArg,
    text: *const c_char,
    length: Py_ssize_t,
    errors: Text,
    consumed: OutSize,
) -> c_int {
    const NAME: &str = "PyUnicodeWriter_DecodeUTF8Stateful";
    let handler = codecs::handler(errors.get().map(CStr::to_bytes));
    let write = |writer: &PyUnicodeWriter| {
        // SAFETY: C promises the bytes.
        let bytes = unsafe { bytes(text, length, NAME) }?;
        if consumed.is_null() {
            return writer.write_utf8(bytes, handler);
        }
        let done = writer.write_utf8_start(bytes, handler);
        consumed.set(done.map_or(0, |done| done as Py_ssize_t));
        done.map(|_| ())
    };
    self::writer(writer, NAME).and_then(write).into_c()
}

variadic! {
    /// Appends text made from a format and arguments, `int PyUnicodeWriter_Format(PyUnicodeWriter *writer, const char *format, ...)`:
    /// 0, or -1 with an error set and nothing appended. The format is that of `PyUnicode_FromFormat`.
    ///
    /// # Safety
    /// As for `PyUnicode_FromFormatV`.
    PyUnicodeWriter_Format = pycapsule_PyUnicodeWriter_Format
}

/// The function with a `va_list` behind [`PyUnicodeWriter_Format`], which is not part of the C API.
///
/// # Safety
/// As for `PyUnicode_FromFormatV`.
#[unsafe(no_mangle)]
unsafe extern "C" fn pycapsule_writer_format(writer: WriterArg, format: Text, arguments: va_list) -> c_int {
    const NAME: &str = "PyUnicodeWriter_Format";
    // SAFETY: C made the va_list for this format.
    let made = |format| unsafe { format::str_from_va_list(format, arguments) };
    let made: Result<Ref> = required_text(format, NAME).and_then(made);
    self::writer(writer, NAME).and_then(|writer| writer.write_made(made?)).into_c()
}
