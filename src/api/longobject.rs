//! `Include/longobject.h`: ints, from C's integers and back.
//!
//! What returns a number returns -1 on failure, which may also be the value: ask `PyErr_Occurred`.

use crate::abi::{Py_ssize_t, PyLongObject, PyObject};
use crate::objects::int;
use crate::objects::object::bad_argument;
use crate::runtime::{IntoC, Obj, Result};
use core::ffi::{c_double, c_int, c_long, c_longlong, c_ulong, c_ulonglong, c_void};

/// Borrows the object to convert; NULL is a SystemError.
///
/// # Safety
/// `o` is NULL or a live object.
unsafe fn number<'a>(o: *mut PyObject, function: &'static str) -> Result<Obj<'a>> {
    // SAFETY: the caller's promise.
    unsafe { Obj::from_ptr(o) }.ok_or_else(|| bad_argument(function))
}

/// An `int` with this value: a new reference, or NULL with MemoryError.
#[unsafe(no_mangle)]
pub extern "C" fn PyLong_FromLong(value: c_long) -> *mut PyObject {
    int::from_i64(value).into_c()
}

/// An `int` with this value: a new reference, or NULL with MemoryError.
#[unsafe(no_mangle)]
pub extern "C" fn PyLong_FromLongLong(value: c_longlong) -> *mut PyObject {
    int::from_i64(value).into_c()
}

/// An `int` with this value: a new reference, or NULL with MemoryError.
#[unsafe(no_mangle)]
pub extern "C" fn PyLong_FromSsize_t(value: Py_ssize_t) -> *mut PyObject {
    int::from_i64(value as i64).into_c()
}

/// An `int` with this value: a new reference, or NULL with MemoryError.
#[unsafe(no_mangle)]
pub extern "C" fn PyLong_FromUnsignedLong(value: c_ulong) -> *mut PyObject {
    int::from_u64(value).into_c()
}

/// An `int` with this value: a new reference, or NULL with MemoryError.
#[unsafe(no_mangle)]
pub extern "C" fn PyLong_FromUnsignedLongLong(value: c_ulonglong) -> *mut PyObject {
    int::from_u64(value).into_c()
}

/// An `int` with this value: a new reference, or NULL with MemoryError.
#[unsafe(no_mangle)]
pub extern "C" fn PyLong_FromSize_t(value: usize) -> *mut PyObject {
    int::from_u64(value as u64).into_c()
}

/// An `int` with the address, as an unsigned number: a new reference, or NULL with MemoryError.
#[unsafe(no_mangle)]
pub extern "C" fn PyLong_FromVoidPtr(pointer: *mut c_void) -> *mut PyObject {
    int::from_u64(pointer.expose_provenance() as u64).into_c()
}

/// The whole part of a float as an `int`: a new reference, or NULL with OverflowError for an infinity, ValueError for
/// NaN.
#[unsafe(no_mangle)]
pub extern "C" fn PyLong_FromDouble(value: c_double) -> *mut PyObject {
    int::from_f64(value).into_c()
}

/// The value as a C `long`; -1 with TypeError without `__index__`, OverflowError when it does not fit, SystemError for
/// NULL.
///
/// # Safety
/// `o` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_AsLong(o: *mut PyObject) -> c_long {
    // SAFETY: the caller's promise.
    unsafe { number(o, "PyLong_AsLong") }.and_then(int::as_i64).into_c()
}

/// The value as a C `long long`; -1 with TypeError without `__index__`, OverflowError when it does not fit, SystemError
/// for NULL.
///
/// # Safety
/// `o` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_AsLongLong(o: *mut PyObject) -> c_longlong {
    // SAFETY: the caller's promise.
    unsafe { number(o, "PyLong_AsLongLong") }.and_then(int::as_long_long).into_c()
}

/// The value as a C `int`; -1 with TypeError without `__index__`, OverflowError when it does not fit, SystemError for
/// NULL.
///
/// # Safety
/// `o` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_AsInt(o: *mut PyObject) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { number(o, "PyLong_AsInt") }.and_then(int::as_c_int).into_c()
}

/// The value of an `int` as a `Py_ssize_t`; -1 with TypeError for anything else, OverflowError when it does not fit,
/// SystemError for NULL.
///
/// # Safety
/// `o` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_AsSsize_t(o: *mut PyObject) -> Py_ssize_t {
    // SAFETY: the caller's promise.
    unsafe { number(o, "PyLong_AsSsize_t") }.and_then(int::as_ssize_t).into_c()
}

/// The value of an `int` as a C `unsigned long`; -1 with TypeError for anything else, OverflowError when it is negative
/// or does not fit, SystemError for NULL.
///
/// # Safety
/// `o` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_AsUnsignedLong(o: *mut PyObject) -> c_ulong {
    // SAFETY: the caller's promise.
    unsafe { number(o, "PyLong_AsUnsignedLong") }.and_then(int::as_unsigned_long).into_c()
}

/// The value of an `int` as a C `unsigned long long`; -1 with TypeError for anything else, OverflowError when it is
/// negative or does not fit, SystemError for NULL.
///
/// # Safety
/// `o` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_AsUnsignedLongLong(o: *mut PyObject) -> c_ulonglong {
    // SAFETY: the caller's promise.
    unsafe { number(o, "PyLong_AsUnsignedLongLong") }.and_then(int::as_u64).into_c()
}

/// The value of an `int` as a `size_t`; -1 with TypeError for anything else, OverflowError when it is negative or does
/// not fit, SystemError for NULL.
///
/// # Safety
/// `o` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_AsSize_t(o: *mut PyObject) -> usize {
    // SAFETY: the caller's promise.
    unsafe { number(o, "PyLong_AsSize_t") }.and_then(int::as_size_t).into_c()
}

/// The value modulo 2**64; -1 with TypeError without `__index__`, SystemError for NULL.
///
/// # Safety
/// `o` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_AsUnsignedLongMask(o: *mut PyObject) -> c_ulong {
    // SAFETY: the caller's promise.
    unsafe { number(o, "PyLong_AsUnsignedLongMask") }.and_then(int::as_mask).into_c()
}

/// The value modulo 2**64; -1 with TypeError without `__index__`, SystemError for NULL.
///
/// # Safety
/// `o` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_AsUnsignedLongLongMask(o: *mut PyObject) -> c_ulonglong {
    // SAFETY: the caller's promise.
    unsafe { number(o, "PyLong_AsUnsignedLongLongMask") }.and_then(int::as_mask).into_c()
}

/// The value of an `int` as the nearest C `double`; -1 with TypeError for anything else, OverflowError when it does not
/// fit, SystemError for NULL.
///
/// # Safety
/// `o` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_AsDouble(o: *mut PyObject) -> c_double {
    // SAFETY: the caller's promise.
    unsafe { number(o, "PyLong_AsDouble") }.and_then(int::as_f64).into_c()
}

/// The pointer whose address an `int` holds; NULL with TypeError for anything else, OverflowError when it does not fit,
/// SystemError for NULL.
///
/// # Safety
/// `o` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_AsVoidPtr(o: *mut PyObject) -> *mut c_void {
    // SAFETY: the caller's promise.
    unsafe { number(o, "PyLong_AsVoidPtr") }.and_then(int::as_pointer).into_c()
}

/// What the two functions below do, for a C type of 64 bits.
///
/// # Safety
/// `o` is NULL or a live object; `overflow` can be written.
unsafe fn as_i64_and_overflow(o: *mut PyObject, overflow: *mut c_int, function: &'static str) -> i64 {
    // SAFETY: the caller's promise; NULL for `overflow` is put up with.
    unsafe {
        let (value, side) = number(o, function).and_then(int::as_i64_and_overflow).unwrap_or((-1, 0));
        if let Some(overflow) = overflow.as_mut() {
            *overflow = side;
        }
        value
    }
}

/// The value as a C `long`; `*overflow` becomes 0, or 1 or -1 for a value above or below, which gives -1 without an error.
///
/// -1 with TypeError without `__index__`, SystemError for NULL.
///
/// # Safety
/// `o` is NULL or a live object; `overflow` can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_AsLongAndOverflow(o: *mut PyObject, overflow: *mut c_int) -> c_long {
    // SAFETY: the caller's promise.
    unsafe { as_i64_and_overflow(o, overflow, "PyLong_AsLongAndOverflow") }
}

/// The value as a C `long long`. See [`PyLong_AsLongAndOverflow`].
///
/// # Safety
/// `o` is NULL or a live object; `overflow` can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_AsLongLongAndOverflow(o: *mut PyObject, overflow: *mut c_int) -> c_longlong {
    // SAFETY: the caller's promise.
    unsafe { as_i64_and_overflow(o, overflow, "PyLong_AsLongLongAndOverflow") }
}

/// Borrows an int that is compact; `None` for another object.
///
/// # Safety
/// `o` is NULL or a live object.
unsafe fn compact(o: *const PyLongObject) -> Option<isize> {
    // SAFETY: the caller's promise.
    unsafe { Obj::from_ptr(o.cast_mut().cast()) }.filter(|o| int::check(*o)).and_then(int::compact)
}

/// Whether `o` is an int that has at most one digit. The headers do the same inline, in a macro of this name.
///
/// # Safety
/// `o` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnstable_Long_IsCompact(o: *const PyLongObject) -> c_int {
    // SAFETY: the caller's promise.
    c_int::from(unsafe { compact(o) }.is_some())
}

/// The value of an int for which `PyUnstable_Long_IsCompact` is 1; 0 for any other object. Sets no error.
///
/// # Safety
/// `o` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnstable_Long_CompactValue(o: *const PyLongObject) -> Py_ssize_t {
    // SAFETY: the caller's promise.
    unsafe { compact(o) }.unwrap_or(0)
}
