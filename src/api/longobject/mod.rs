//! `Include/longobject.h`: conversions between ints and C's integers.
//!
//! A function that returns a C number returns -1 on failure. -1 may also be the value: check `PyErr_Occurred`.

mod digits;
mod native;
mod text;

pub use digits::*;
pub use native::*;
pub use text::*;

use crate::abi::{Py_ssize_t, PyObject};
use crate::interpreter::infos;
use crate::objects::int::{self, Int};
use crate::runtime::refusal::bad_argument;
use crate::runtime::{Arg, IntoC, LongArg, Obj, Out, OutInt, OutInt32, OutInt64, OutUInt32, OutUInt64, Result};
use core::ffi::{c_double, c_int, c_long, c_longlong, c_ulong, c_ulonglong, c_void};

/// Borrows the object to convert; NULL is a SystemError.
fn number<'a>(o: Arg<'a>, function: &'static str) -> Result<Obj<'a>> {
    o.ok_or_else(|| bad_argument(function))
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
#[unsafe(no_mangle)]
pub extern "C" fn PyLong_AsLong(o: Arg) -> c_long {
    number(o, "PyLong_AsLong").and_then(int::as_i64).into_c()
}

/// The value as a C `long long`; -1 with TypeError without `__index__`, OverflowError when it does not fit, SystemError
/// for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyLong_AsLongLong(o: Arg) -> c_longlong {
    number(o, "PyLong_AsLongLong").and_then(int::as_long_long).into_c()
}

/// The value as a C `int`; -1 with TypeError without `__index__`, OverflowError when it does not fit, SystemError for
/// NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyLong_AsInt(o: Arg) -> c_int {
    number(o, "PyLong_AsInt").and_then(int::as_c_int).into_c()
}

/// The value of an `int` as a `Py_ssize_t`; -1 with TypeError for anything else, OverflowError when it does not fit,
/// SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyLong_AsSsize_t(o: Arg) -> Py_ssize_t {
    number(o, "PyLong_AsSsize_t").and_then(int::as_ssize_t).into_c()
}

/// The value of an `int` as a C `unsigned long`; -1 with TypeError for anything else, OverflowError when it is negative
/// or does not fit, SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyLong_AsUnsignedLong(o: Arg) -> c_ulong {
    number(o, "PyLong_AsUnsignedLong").and_then(int::as_unsigned_long).into_c()
}

/// The value of an `int` as a C `unsigned long long`; -1 with TypeError for anything else, OverflowError when it is
/// negative or does not fit, SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyLong_AsUnsignedLongLong(o: Arg) -> c_ulonglong {
    number(o, "PyLong_AsUnsignedLongLong").and_then(int::as_u64).into_c()
}

/// The value of an `int` as a `size_t`; -1 with TypeError for anything else, OverflowError when it is negative or does
/// not fit, SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyLong_AsSize_t(o: Arg) -> usize {
    number(o, "PyLong_AsSize_t").and_then(int::as_size_t).into_c()
}

/// The value modulo 2**64; -1 with TypeError without `__index__`, SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyLong_AsUnsignedLongMask(o: Arg) -> c_ulong {
    number(o, "PyLong_AsUnsignedLongMask").and_then(int::as_mask).into_c()
}

/// The value modulo 2**64; -1 with TypeError without `__index__`, SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyLong_AsUnsignedLongLongMask(o: Arg) -> c_ulonglong {
    number(o, "PyLong_AsUnsignedLongLongMask").and_then(int::as_mask).into_c()
}

/// The value of an `int` as the nearest C `double`; -1 with TypeError for anything else, OverflowError when it does not
/// fit, SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyLong_AsDouble(o: Arg) -> c_double {
    number(o, "PyLong_AsDouble").and_then(int::as_f64).into_c()
}

/// The pointer whose address an `int` holds; NULL with TypeError for anything else, OverflowError when it does not fit,
/// SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyLong_AsVoidPtr(o: Arg) -> *mut c_void {
    number(o, "PyLong_AsVoidPtr").and_then(int::as_pointer).into_c()
}

/// The body of the two functions below, for a C type of 64 bits.
fn as_i64_and_overflow(o: Arg, overflow: OutInt, function: &'static str) -> i64 {
    let (value, side) = number(o, function).and_then(int::as_i64_and_overflow).unwrap_or((-1, 0));
    overflow.set(side);
    value
}

/// The value as a C `long`. For a value above or below its range, `*overflow` becomes 1 or -1, and -1 is returned
/// without an error; otherwise `*overflow` becomes 0.
///
/// -1 with TypeError without `__index__`, SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyLong_AsLongAndOverflow(o: Arg, overflow: OutInt) -> c_long {
    as_i64_and_overflow(o, overflow, "PyLong_AsLongAndOverflow")
}

/// The value as a C `long long`. See [`PyLong_AsLongAndOverflow`].
#[unsafe(no_mangle)]
pub extern "C" fn PyLong_AsLongLongAndOverflow(o: Arg, overflow: OutInt) -> c_longlong {
    as_i64_and_overflow(o, overflow, "PyLong_AsLongLongAndOverflow")
}

/// The value of an int that is compact; `None` for another object.
fn compact(o: LongArg) -> Option<isize> {
    o.and_then(Obj::downcast).and_then(int::compact)
}

/// Whether `o` is an int with at most one digit. The macro of this name in the headers does the same inline.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnstable_Long_IsCompact(o: LongArg) -> c_int {
    compact(o).is_some().into()
}

/// The value of an int for which `PyUnstable_Long_IsCompact` is 1; 0 for any other object. Sets no error.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnstable_Long_CompactValue(o: LongArg) -> Py_ssize_t {
    compact(o).unwrap_or(0)
}

/// An `int` with this value: a new reference, or NULL with MemoryError.
#[unsafe(no_mangle)]
pub extern "C" fn PyLong_FromInt32(value: i32) -> *mut PyObject {
    int::from_i64(value.into()).into_c()
}

/// An `int` with this value: a new reference, or NULL with MemoryError.
#[unsafe(no_mangle)]
pub extern "C" fn PyLong_FromUInt32(value: u32) -> *mut PyObject {
    int::from_u64(value.into()).into_c()
}

/// An `int` with this value: a new reference, or NULL with MemoryError.
#[unsafe(no_mangle)]
pub extern "C" fn PyLong_FromInt64(value: i64) -> *mut PyObject {
    int::from_i64(value).into_c()
}

/// An `int` with this value: a new reference, or NULL with MemoryError.
#[unsafe(no_mangle)]
pub extern "C" fn PyLong_FromUInt64(value: u64) -> *mut PyObject {
    int::from_u64(value).into_c()
}

/// Stores a value that has a type of fixed width: 0, or -1 with an error set.
fn store<T>(value: Result<T>, place: &Out<'_, T>) -> c_int {
    value.map(|value| place.set(value)).into_c()
}

/// The value as an `int32_t`: 0, or -1 with TypeError without `__index__`, OverflowError when it does not fit,
/// SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyLong_AsInt32(o: Arg, value: OutInt32) -> c_int {
    store(number(o, "PyLong_AsInt32").and_then(|o| int::as_signed(o, "int32_t")), &value)
}

/// The value as a `uint32_t`: 0, or -1 with TypeError without `__index__`, ValueError when it is negative,
/// OverflowError when it does not fit, SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyLong_AsUInt32(o: Arg, value: OutUInt32) -> c_int {
    store(number(o, "PyLong_AsUInt32").and_then(|o| int::as_unsigned(o, "uint32_t")), &value)
}

/// The value as an `int64_t`. See [`PyLong_AsInt32`].
#[unsafe(no_mangle)]
pub extern "C" fn PyLong_AsInt64(o: Arg, value: OutInt64) -> c_int {
    store(number(o, "PyLong_AsInt64").and_then(|o| int::as_signed(o, "int64_t")), &value)
}

/// The value as a `uint64_t`. See [`PyLong_AsUInt32`].
#[unsafe(no_mangle)]
pub extern "C" fn PyLong_AsUInt64(o: Arg, value: OutUInt64) -> c_int {
    store(number(o, "PyLong_AsUInt64").and_then(|o| int::as_unsigned(o, "uint64_t")), &value)
}

/// An argument that has to be an `int`.
fn require_int<'a>(o: Arg<'a>, function: &'static str) -> Result<Int<'a>> {
    number(o, function).and_then(int::require)
}

fn sign(o: Arg, function: &'static str) -> Result<c_int> {
    number(o, function).and_then(|o| int::require_as(o, "expected")).map(|o| int::number(o).signum())
}

/// Stores -1, 0 or 1 for an `int` below, at or above zero: 0, or -1 with TypeError for anything else, SystemError for
/// NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyLong_GetSign(o: Arg, place: OutInt) -> c_int {
    store(require_int(o, "PyLong_GetSign").map(|o| int::number(o).signum()), &place)
}

/// Whether an `int` is above zero: 1 or 0, or -1 with TypeError for anything else, SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyLong_IsPositive(o: Arg) -> c_int {
    sign(o, "PyLong_IsPositive").map(|sign| sign > 0).into_c()
}

/// Whether an `int` is below zero. See [`PyLong_IsPositive`].
#[unsafe(no_mangle)]
pub extern "C" fn PyLong_IsNegative(o: Arg) -> c_int {
    sign(o, "PyLong_IsNegative").map(|sign| sign < 0).into_c()
}

/// Whether an `int` is zero. See [`PyLong_IsPositive`].
#[unsafe(no_mangle)]
pub extern "C" fn PyLong_IsZero(o: Arg) -> c_int {
    sign(o, "PyLong_IsZero").map(|sign| sign == 0).into_c()
}

/// -1, 0 or 1 for an `int` below, at or above zero; 0 for any other object. Sets no error.
#[unsafe(no_mangle)]
pub extern "C" fn _PyLong_Sign(o: Arg) -> c_int {
    o.and_then(Obj::downcast).map_or(0, |o| int::number(o).signum())
}

/// The digits of `int` and the limits of its texts, as `sys.int_info` has them: a new reference to a struct sequence, or NULL with MemoryError.
#[unsafe(no_mangle)]
pub extern "C" fn PyLong_GetInfo() -> *mut PyObject {
    infos::of_int().into_c()
}
