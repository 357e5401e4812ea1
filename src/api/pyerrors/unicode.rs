//! The parts of UnicodeDecodeError, UnicodeEncodeError and UnicodeTranslateError. As in CPython, each function takes
//! exceptions of all three classes.

use crate::abi::{Exc, Py_ssize_t, PyObject};
use crate::api::{required, required_text};
use crate::objects::exceptions::unicode_parts::{self, Part, UnicodeError};
use crate::runtime::{Arg, IntoC, OutSize, Result, Text};
use core::ffi::c_int;

fn part(o: Arg, class: Exc, part: Part, function: &'static str) -> *mut PyObject {
    required(o, function).and_then(|o| unicode_parts::part(unicode_parts::require(o, class)?, part, class)).into_c()
}

fn store(
    o: Arg,
    class: Exc,
    read: fn(UnicodeError<'_>, Exc) -> Result<Py_ssize_t>,
    place: OutSize,
    function: &'static str,
) -> c_int {
    let position = required(o, function).and_then(|o| read(unicode_parts::require(o, class)?, class));
    position.map(|position| place.set(position)).into_c()
}

fn set(
    o: Arg,
    class: Exc,
    write: fn(UnicodeError<'_>, Py_ssize_t),
    value: Py_ssize_t,
    function: &'static str,
) -> c_int {
    required(o, function).and_then(|o| unicode_parts::require(o, class)).map(|error| write(error, value)).into_c()
}

fn set_reason(o: Arg, class: Exc, reason: Text, function: &'static str) -> c_int {
    required(o, function)
        .and_then(|o| {
            let exception = unicode_parts::require(o, class)?;
            unicode_parts::set_reason(exception, required_text(reason, function)?.to_bytes())
        })
        .into_c()
}

/// The name of the encoding: a new reference to a `str`, or NULL with TypeError for another object, or without an
/// encoding.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicodeDecodeError_GetEncoding(exc: Arg) -> *mut PyObject {
    part(exc, Exc::UnicodeDecodeError, Part::Encoding, "PyUnicodeDecodeError_GetEncoding")
}

/// The bytes that can't be decoded: a new reference to a `bytes`, or NULL with TypeError for another object, or without
/// a `bytes`.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicodeDecodeError_GetObject(exc: Arg) -> *mut PyObject {
    part(exc, Exc::UnicodeDecodeError, Part::Object, "PyUnicodeDecodeError_GetObject")
}

/// The reason: a new reference to a `str`, or NULL with TypeError for another object, or without a reason.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicodeDecodeError_GetReason(exc: Arg) -> *mut PyObject {
    part(exc, Exc::UnicodeDecodeError, Part::Reason, "PyUnicodeDecodeError_GetReason")
}

/// Sets the reason, a text in UTF-8: 0, or -1 with UnicodeDecodeError, TypeError for another object.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicodeDecodeError_SetReason(exc: Arg, reason: Text) -> c_int {
    set_reason(exc, Exc::UnicodeDecodeError, reason, "PyUnicodeDecodeError_SetReason")
}

/// Stores the start of the fault, inside the object: 0, or -1 with TypeError for another exception, or without an
/// object.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicodeDecodeError_GetStart(exc: Arg, start: OutSize) -> c_int {
    store(exc, Exc::UnicodeDecodeError, unicode_parts::start, start, "PyUnicodeDecodeError_GetStart")
}

/// Stores the end of the fault, inside the object: 0, or -1 with TypeError for another exception, or without an object.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicodeDecodeError_GetEnd(exc: Arg, end: OutSize) -> c_int {
    store(exc, Exc::UnicodeDecodeError, unicode_parts::end, end, "PyUnicodeDecodeError_GetEnd")
}

/// Sets the start of the fault, which may be outside the object: 0, or -1 with TypeError for another object.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicodeDecodeError_SetStart(exc: Arg, start: Py_ssize_t) -> c_int {
    set(exc, Exc::UnicodeDecodeError, unicode_parts::set_start, start, "PyUnicodeDecodeError_SetStart")
}

/// Sets the end of the fault, which may be outside the object: 0, or -1 with TypeError for another object.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicodeDecodeError_SetEnd(exc: Arg, end: Py_ssize_t) -> c_int {
    set(exc, Exc::UnicodeDecodeError, unicode_parts::set_end, end, "PyUnicodeDecodeError_SetEnd")
}

/// The name of the encoding: a new reference to a `str`, or NULL with TypeError for another object, or without an
/// encoding.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicodeEncodeError_GetEncoding(exc: Arg) -> *mut PyObject {
    part(exc, Exc::UnicodeEncodeError, Part::Encoding, "PyUnicodeEncodeError_GetEncoding")
}

/// The text that can't be encoded: a new reference to a `str`, or NULL with TypeError for another object, or without a
/// `str`.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicodeEncodeError_GetObject(exc: Arg) -> *mut PyObject {
    part(exc, Exc::UnicodeEncodeError, Part::Object, "PyUnicodeEncodeError_GetObject")
}

/// The reason: a new reference to a `str`, or NULL with TypeError for another object, or without a reason.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicodeEncodeError_GetReason(exc: Arg) -> *mut PyObject {
    part(exc, Exc::UnicodeEncodeError, Part::Reason, "PyUnicodeEncodeError_GetReason")
}

/// Sets the reason, a text in UTF-8: 0, or -1 with UnicodeDecodeError, TypeError for another object.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicodeEncodeError_SetReason(exc: Arg, reason: Text) -> c_int {
    set_reason(exc, Exc::UnicodeEncodeError, reason, "PyUnicodeEncodeError_SetReason")
}

/// Stores the start of the fault, inside the object: 0, or -1 with TypeError for another exception, or without an
/// object.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicodeEncodeError_GetStart(exc: Arg, start: OutSize) -> c_int {
    store(exc, Exc::UnicodeEncodeError, unicode_parts::start, start, "PyUnicodeEncodeError_GetStart")
}

/// Stores the end of the fault, inside the object: 0, or -1 with TypeError for another exception, or without an object.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicodeEncodeError_GetEnd(exc: Arg, end: OutSize) -> c_int {
    store(exc, Exc::UnicodeEncodeError, unicode_parts::end, end, "PyUnicodeEncodeError_GetEnd")
}

/// Sets the start of the fault, which may be outside the object: 0, or -1 with TypeError for another object.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicodeEncodeError_SetStart(exc: Arg, start: Py_ssize_t) -> c_int {
    set(exc, Exc::UnicodeEncodeError, unicode_parts::set_start, start, "PyUnicodeEncodeError_SetStart")
}

/// Sets the end of the fault, which may be outside the object: 0, or -1 with TypeError for another object.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicodeEncodeError_SetEnd(exc: Arg, end: Py_ssize_t) -> c_int {
    set(exc, Exc::UnicodeEncodeError, unicode_parts::set_end, end, "PyUnicodeEncodeError_SetEnd")
}

/// The text that can't be translated: a new reference to a `str`, or NULL with TypeError for another object, or without
/// a `str`.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicodeTranslateError_GetObject(exc: Arg) -> *mut PyObject {
    part(exc, Exc::UnicodeTranslateError, Part::Object, "PyUnicodeTranslateError_GetObject")
}

/// The reason: a new reference to a `str`, or NULL with TypeError for another object, or without a reason.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicodeTranslateError_GetReason(exc: Arg) -> *mut PyObject {
    part(exc, Exc::UnicodeTranslateError, Part::Reason, "PyUnicodeTranslateError_GetReason")
}

/// Sets the reason, a text in UTF-8: 0, or -1 with UnicodeDecodeError, TypeError for another object.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicodeTranslateError_SetReason(exc: Arg, reason: Text) -> c_int {
    set_reason(exc, Exc::UnicodeTranslateError, reason, "PyUnicodeTranslateError_SetReason")
}

/// Stores the start of the fault, inside the object: 0, or -1 with TypeError for another exception, or without an
/// object.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicodeTranslateError_GetStart(exc: Arg, start: OutSize) -> c_int {
    store(exc, Exc::UnicodeTranslateError, unicode_parts::start, start, "PyUnicodeTranslateError_GetStart")
}

/// Stores the end of the fault, inside the object: 0, or -1 with TypeError for another exception, or without an object.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicodeTranslateError_GetEnd(exc: Arg, end: OutSize) -> c_int {
    store(exc, Exc::UnicodeTranslateError, unicode_parts::end, end, "PyUnicodeTranslateError_GetEnd")
}

/// Sets the start of the fault, which may be outside the object: 0, or -1 with TypeError for another object.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicodeTranslateError_SetStart(exc: Arg, start: Py_ssize_t) -> c_int {
    set(exc, Exc::UnicodeTranslateError, unicode_parts::set_start, start, "PyUnicodeTranslateError_SetStart")
}

/// Sets the end of the fault, which may be outside the object: 0, or -1 with TypeError for another object.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicodeTranslateError_SetEnd(exc: Arg, end: Py_ssize_t) -> c_int {
    set(exc, Exc::UnicodeTranslateError, unicode_parts::set_end, end, "PyUnicodeTranslateError_SetEnd")
}
