//! Conversions of an `int` to the integer types of C. A value that does not fit is an OverflowError with CPython's
//! message for the type.

use super::{Int, compact, magnitude, number};
use crate::abi::Exc;
use crate::protocol::number;
use crate::runtime::{Obj, Raised, Ref, Result, error, raise};
use core::cmp::Ordering;
use core::ffi::{c_int, c_void};

const TOO_LARGE_FOR_LONG: &str = "Python int too large to convert to C long";

/// A signed value, from any object with `__index__`. `Err` in the answer is the direction in which the value is too
/// large.
#[inline(always)]
fn signed(o: Obj<'_>) -> Result<Result<i64, Ordering>> {
    match o.downcast().and_then(compact) {
        Some(value) => Ok(Ok(value as i64)),
        None => signed_of_any(o),
    }
}

/// Works as [`signed`]. Out of line, for an object that is not an `int` of one digit.
#[inline(never)]
fn signed_of_any(o: Obj<'_>) -> Result<Result<i64, Ordering>> {
    let o = number::index(o)?;
    let number = number(o.borrow());
    Ok(number.to_i64().ok_or(if number.negative { Ordering::Less } else { Ordering::Greater }))
}

#[inline(always)]
fn signed_or(o: Obj<'_>, too_large: &'static str) -> Result<i64> {
    signed(o)?.map_err(|_| overflow(too_large))
}

fn require_int(o: Obj<'_>) -> Result<Int<'_>> {
    o.downcast().ok_or_else(|| raise!(TypeError, "an integer is required"))
}

#[inline(always)]
fn unsigned(o: Obj<'_>, negative: &'static str, too_large: &'static str) -> Result<u64> {
    match o.downcast().and_then(compact).map(u64::try_from) {
        Some(Ok(value)) => Ok(value),
        _ => unsigned_of_any(o, negative, too_large),
    }
}

/// Works as [`unsigned`]. Out of line, for an object that is not an `int` of one digit, and for a negative number.
#[inline(never)]
fn unsigned_of_any(o: Obj<'_>, negative: &'static str, too_large: &'static str) -> Result<u64> {
    let number = number(require_int(o)?);
    if number.negative {
        return Err(overflow(negative));
    }
    magnitude::to_u64(number.digits).ok_or_else(|| overflow(too_large))
}

#[cold]
#[inline(never)]
fn overflow(text: &'static str) -> Raised {
    error::raise(Exc::OverflowError, text)
}

/// A C `long`, from any object with `__index__`.
pub fn as_i64(o: Obj<'_>) -> Result<i64> {
    signed_or(o, TOO_LARGE_FOR_LONG)
}

/// A C `long long`, from any object with `__index__`.
pub fn as_long_long(o: Obj<'_>) -> Result<i64> {
    signed_or(o, "int too big to convert")
}

/// A C `int`, from any object with `__index__`.
pub fn as_c_int(o: Obj<'_>) -> Result<c_int> {
    let value = signed(o)?.ok().and_then(|value| c_int::try_from(value).ok());
    value.ok_or_else(|| overflow("Python int too large to convert to C int"))
}

/// A 64-bit value and 0, or -1 and the sign of a value that does not fit; from any object with `__index__`.
pub fn as_i64_and_overflow(o: Obj<'_>) -> Result<(i64, c_int)> {
    Ok(signed(o)?.map_or_else(|side| (-1, side as c_int), |value| (value, 0)))
}

/// A `Py_ssize_t`, from an `int`.
pub fn as_ssize_t(o: Obj<'_>) -> Result<isize> {
    if let Some(value) = o.downcast().and_then(compact) {
        return Ok(value);
    }
    let value = number(require_int(o)?).to_i64().and_then(|value| isize::try_from(value).ok());
    value.ok_or_else(|| overflow("Python int too large to convert to C ssize_t"))
}

/// A C `unsigned long`, from an `int`.
pub fn as_unsigned_long(o: Obj<'_>) -> Result<u64> {
    const NEGATIVE: &str = "can't convert negative value to unsigned int";
    unsigned(o, NEGATIVE, "Python int too large to convert to C unsigned long")
}

/// A C `unsigned long long`, from an `int`.
pub fn as_u64(o: Obj<'_>) -> Result<u64> {
    unsigned(o, "can't convert negative int to unsigned", "int too big to convert")
}

/// A `size_t`, from an `int`.
pub fn as_size_t(o: Obj<'_>) -> Result<usize> {
    const NEGATIVE: &str = "can't convert negative value to size_t";
    unsigned(o, NEGATIVE, "Python int too large to convert to C size_t").map(|value| value as usize)
}

/// A pointer, from an `int` that holds its address as a signed or an unsigned number.
pub fn as_pointer(o: Obj<'_>) -> Result<*mut c_void> {
    let is_negative = number(require_int(o)?).negative;
    let address = if is_negative { as_i64(o)? as usize } else { as_unsigned_long(o)? as usize };
    // In CPython the value -1 and a pending error mean failure, whichever function raised the error.
    match error::pending() {
        Some(raised) if address == usize::MAX => Err(raised),
        _ => Ok(core::ptr::with_exposed_provenance_mut(address)),
    }
}

/// The value modulo 2**64, from any object with `__index__`.
pub fn as_mask(o: Obj<'_>) -> Result<u64> {
    let o = number::index(o)?;
    let number = number(o.borrow());
    let low = magnitude::low_word(number.digits);
    Ok(if number.negative { low.wrapping_neg() } else { low })
}

/// A C `double`, from an `int`.
pub fn as_f64(o: Obj<'_>) -> Result<f64> {
    super::to_f64(require_int(o)?)
}

/// The int of a float's whole part; OverflowError for an infinity, ValueError for NaN.
pub fn from_f64(value: f64) -> Result<Ref> {
    if value.is_nan() {
        return Err(raise!(ValueError, "cannot convert float NaN to integer"));
    }
    if value.is_infinite() {
        return Err(raise!(OverflowError, "cannot convert float infinity to integer"));
    }
    super::from_digits(value < 0.0, magnitude::Whole::of(value).digits())
}

/// A signed value that has a C type of fixed width, from any object with `__index__`.
pub fn as_signed<T: TryFrom<i64>>(o: Obj<'_>, kind: &str) -> Result<T> {
    let value = signed(o)?.ok().and_then(|value| T::try_from(value).ok());
    value.ok_or_else(|| raise!(OverflowError, "Python int too large to convert to C {kind}"))
}

/// An unsigned value that has a C type of fixed width, from any object with `__index__`.
pub fn as_unsigned<T: TryFrom<u64>>(o: Obj<'_>, kind: &str) -> Result<T> {
    let o = number::index(o)?;
    let number = number(o.borrow());
    if number.negative {
        return Err(no_negative());
    }
    let value = magnitude::to_u64(number.digits).and_then(|value| T::try_from(value).ok());
    value.ok_or_else(|| raise!(OverflowError, "Python int too large to convert to C {kind}"))
}

/// ValueError: a number that has to be zero or more is less.
pub(super) fn no_negative() -> Raised {
    raise!(ValueError, "Cannot convert negative int")
}
