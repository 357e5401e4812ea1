//! Ints as bytes, and back.

use super::number;
use crate::abi::{
    Py_ASNATIVEBYTES_ALLOW_INDEX, Py_ASNATIVEBYTES_DEFAULTS, Py_ASNATIVEBYTES_LITTLE_ENDIAN,
    Py_ASNATIVEBYTES_NATIVE_ENDIAN, Py_ASNATIVEBYTES_REJECT_NEGATIVE, Py_ASNATIVEBYTES_UNSIGNED_BUFFER, Py_ssize_t,
    PyObject,
};
use crate::objects::int;
use crate::runtime::refusal::bad_argument;
use crate::runtime::{Arg, IntoC, LongRef, Ref, Result, raise};
use core::ffi::{c_int, c_uchar, c_uint, c_ulong, c_ulonglong, c_ushort, c_void};
use core::mem::MaybeUninit;

/// The bytes of C's buffer, if they can be read.
///
/// # Safety
/// `buffer` is NULL, or can be read for `size` bytes.
unsafe fn bytes<'a>(buffer: *const c_void, size: usize, function: &'static str) -> Result<&'a [u8]> {
    if buffer.is_null() || isize::try_from(size).is_err() {
        return Err(bad_argument(function));
    }
    // SAFETY: the buffer can be read for so many bytes, as promised.
    Ok(unsafe { core::slice::from_raw_parts(buffer.cast(), size) })
}

/// C's buffer as one that can be written; empty if it is NULL.
///
/// # Safety
/// `buffer` is NULL, or can be written for `size` bytes.
unsafe fn places<'a>(buffer: *mut c_void, size: usize) -> &'a mut [MaybeUninit<u8>] {
    if buffer.is_null() || isize::try_from(size).is_err() {
        return &mut [];
    }
    // SAFETY: the buffer can be written for so many bytes, as promised, and need not hold values.
    unsafe { core::slice::from_raw_parts_mut(buffer.cast(), size) }
}

/// Writes the low `size` bytes of the value at `buffer`, and returns how many bytes the value needs, at most `size` if
/// it fits. `flags` are `Py_ASNATIVEBYTES_*`. -1 with TypeError for anything but an int (or an object with `__index__`,
/// if that is allowed), ValueError for a negative number that is not allowed, SystemError for NULL or a negative size.
///
/// # Safety
/// `buffer` is NULL, or can be written for `size` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_AsNativeBytes(
    o: Arg,
    buffer: *mut c_void,
    size: Py_ssize_t,
    flags: c_int,
) -> Py_ssize_t {
    const FUNCTION: &str = "PyLong_AsNativeBytes";
    let size = usize::try_from(size).map_err(|_| bad_argument(FUNCTION));
    // SAFETY: the caller's buffer is NULL, or has room for so many bytes.
    let write = |o, size| int::as_native_bytes(o, unsafe { places(buffer, size) }, size, flags);
    size.and_then(|size| write(number(o, FUNCTION)?, size)).map(|needed| needed as Py_ssize_t).into_c()
}

fn from_native(bytes: Result<&[u8]>, flags: c_int, signed: bool) -> Result<Ref> {
    let little = flags == Py_ASNATIVEBYTES_DEFAULTS || flags & 2 != 0 || flags & Py_ASNATIVEBYTES_LITTLE_ENDIAN != 0;
    bytes.and_then(|bytes| int::bytes::from_bytes(bytes, little, signed))
}

/// The `int` in bytes in two's complement; `flags` are `Py_ASNATIVEBYTES_*`. A new reference, or NULL with MemoryError,
/// SystemError for NULL.
///
/// # Safety
/// `buffer` is NULL, or can be read for `size` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_FromNativeBytes(buffer: *const c_void, size: usize, flags: c_int) -> *mut PyObject {
    let signed = flags == Py_ASNATIVEBYTES_DEFAULTS || flags & Py_ASNATIVEBYTES_UNSIGNED_BUFFER == 0;
    // SAFETY: the caller's buffer is NULL, or has so many bytes.
    from_native(unsafe { bytes(buffer, size, "PyLong_FromNativeBytes") }, flags, signed).into_c()
}

/// The `int` in bytes that have no sign. See [`PyLong_FromNativeBytes`].
///
/// # Safety
/// `buffer` is NULL, or can be read for `size` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_FromUnsignedNativeBytes(
    buffer: *const c_void,
    size: usize,
    flags: c_int,
) -> *mut PyObject {
    // SAFETY: the caller's buffer is NULL, or has so many bytes.
    from_native(unsafe { bytes(buffer, size, "PyLong_FromUnsignedNativeBytes") }, flags, false).into_c()
}

/// The `int` in bytes in two's complement, or without a sign; the lowest byte is the first if `little` is not 0. A new
/// reference, or NULL with MemoryError, SystemError for NULL.
///
/// # Safety
/// `buffer` is NULL, or can be read for `size` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_FromByteArray(
    buffer: *const c_uchar,
    size: usize,
    little: c_int,
    signed: c_int,
) -> *mut PyObject {
    if size == 0 {
        return int::from_i64(0).into_c();
    }
    // SAFETY: the caller's buffer is NULL, or has so many bytes.
    let bytes = unsafe { bytes(buffer.cast(), size, "_PyLong_FromByteArray") };
    bytes.and_then(|bytes| int::bytes::from_bytes(bytes, little != 0, signed != 0)).into_c()
}

/// Fills a buffer with the value of an `int`: 0, or -1 with OverflowError if it does not fit, or is negative and not to
/// be signed. Without `with_exceptions` no such error is set.
///
/// # Safety
/// `buffer` can be written for `size` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_AsByteArray(
    o: LongRef,
    buffer: *mut c_uchar,
    size: usize,
    little: c_int,
    signed: c_int,
    with_exceptions: c_int,
) -> c_int {
    // SAFETY: the caller's buffer has room for so many bytes.
    let buffer = unsafe { places(buffer.cast(), size) };
    let number = number(o, "_PyLong_AsByteArray").and_then(int::require);
    number
        .and_then(|o| int::fill_bytes(o, buffer, [little, signed, with_exceptions].map(|flag| flag != 0)))
        .map_or(-1, |fits| if fits { 0 } else { -1 })
}

/// Stores an `int`, or an object with `__index__`, as a number of C without a sign. Returns 1, or 0 with an error set.
///
/// # Safety
/// `place` is NULL, or has room for the number.
unsafe fn converted<T>(o: Arg, place: *mut c_void, name: &str, function: &'static str) -> c_int {
    const FLAGS: c_int = Py_ASNATIVEBYTES_NATIVE_ENDIAN
        | Py_ASNATIVEBYTES_UNSIGNED_BUFFER
        | Py_ASNATIVEBYTES_REJECT_NEGATIVE
        | Py_ASNATIVEBYTES_ALLOW_INDEX;
    // SAFETY: the caller's place is NULL, or has room for the number.
    let places = unsafe { places(place, size_of::<T>()) };
    let stored = number(o, function).and_then(|o| match int::as_native_bytes(o, places, size_of::<T>(), FLAGS)? {
        needed if needed <= size_of::<T>() => Ok(()),
        _ => Err(raise!(OverflowError, "Python int too large for C {name}")),
    });
    c_int::from(stored.is_ok())
}

/// Stores an `int`, or an object with `__index__`, as an `unsigned short`, for code of Argument Clinic. Returns 1, or 0
/// with ValueError for a negative number, OverflowError for one that is too large, TypeError for another object.
///
/// # Safety
/// `place` is NULL, or has room for an `unsigned short`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_UnsignedShort_Converter(o: Arg, place: *mut c_void) -> c_int {
    // SAFETY: the caller's place is NULL, or has room for an `unsigned short`.
    unsafe { converted::<c_ushort>(o, place, "unsigned short", "_PyLong_UnsignedShort_Converter") }
}

/// Stores an `int` as an `unsigned int`. See [`_PyLong_UnsignedShort_Converter`].
///
/// # Safety
/// `place` is NULL, or has room for an `unsigned int`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_UnsignedInt_Converter(o: Arg, place: *mut c_void) -> c_int {
    // SAFETY: the caller's place is NULL, or has room for an `unsigned int`.
    unsafe { converted::<c_uint>(o, place, "unsigned int", "_PyLong_UnsignedInt_Converter") }
}

/// Stores an `int` as an `unsigned long`. See [`_PyLong_UnsignedShort_Converter`].
///
/// # Safety
/// `place` is NULL, or has room for an `unsigned long`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_UnsignedLong_Converter(o: Arg, place: *mut c_void) -> c_int {
    // SAFETY: the caller's place is NULL, or has room for an `unsigned long`.
    unsafe { converted::<c_ulong>(o, place, "unsigned long", "_PyLong_UnsignedLong_Converter") }
}

/// Stores an `int` as an `unsigned long long`. See [`_PyLong_UnsignedShort_Converter`].
///
/// # Safety
/// `place` is NULL, or has room for an `unsigned long long`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_UnsignedLongLong_Converter(o: Arg, place: *mut c_void) -> c_int {
    // SAFETY: the caller's place is NULL, or has room for an `unsigned long long`.
    unsafe { converted::<c_ulonglong>(o, place, "unsigned long long", "_PyLong_UnsignedLongLong_Converter") }
}

/// Stores an `int` as a `size_t`. See [`_PyLong_UnsignedShort_Converter`].
///
/// # Safety
/// `place` is NULL, or has room for a `size_t`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_Size_t_Converter(o: Arg, place: *mut c_void) -> c_int {
    // SAFETY: the caller's place is NULL, or has room for a `size_t`.
    unsafe { converted::<usize>(o, place, "size_t", "_PyLong_Size_t_Converter") }
}
