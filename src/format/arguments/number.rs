//! The units of numbers.

use super::refusal::{Refusal, not_a};
use super::unit::Integer;
use crate::abi::Exc;
use crate::objects::{complex, convert, int};
use crate::protocol::number;
use crate::runtime::{Obj, Raised, Result, error};

/// A number of C.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whole {
    U8(u8),
    U16(u16),
    U32(u32),
    U64(u64),
}

/// In CPython the value -1 and a pending error mean failure, whichever function raised the error.
#[inline(always)]
fn checked<T: PartialEq>(value: T, minus_one: T) -> Result<T> {
    if value == minus_one
        && let Some(raised) = error::pending()
    {
        return Err(raised);
    }
    Ok(value)
}

#[cold]
#[inline(never)]
fn overflow(text: &'static str) -> Refusal {
    error::raise(Exc::OverflowError, text).into()
}

/// A number in a range of C.
#[inline(always)]
fn within<T: TryFrom<i64>>(o: Obj<'_>, too_small: &'static str, too_large: &'static str) -> Result<T, Refusal> {
    let value = checked(int::as_i64(o)?, -1)?;
    T::try_from(value).map_err(|_| overflow(if value < 0 { too_small } else { too_large }))
}

/// The low bits of a number.
fn mask(o: Obj<'_>) -> Result<u64> {
    checked(int::as_mask(o)?, u64::MAX)
}

/// The value of an integer unit.
#[inline]
pub(super) fn whole(unit: Integer, o: Obj<'_>) -> Result<Whole, Refusal> {
    const BYTE: [&str; 2] =
        ["unsigned byte integer is less than minimum", "unsigned byte integer is greater than maximum"];
    const SHORT: [&str; 2] =
        ["signed short integer is less than minimum", "signed short integer is greater than maximum"];
    const INT: [&str; 2] = ["signed integer is less than minimum", "signed integer is greater than maximum"];
    Ok(match unit {
        Integer::Int => Whole::U32(within::<i32>(o, INT[0], INT[1])? as u32),
        Integer::Byte => Whole::U8(within(o, BYTE[0], BYTE[1])?),
        Integer::Short => Whole::U16(within::<i16>(o, SHORT[0], SHORT[1])? as u16),
        Integer::Long => Whole::U64(checked(int::as_i64(o)?, -1)? as u64),
        Integer::LongLong => Whole::U64(checked(int::as_long_long(o)?, -1)? as u64),
        Integer::Size => Whole::U64(size(o)? as u64),
        Integer::ByteMask => Whole::U8(mask(o)? as u8),
        Integer::ShortMask => Whole::U16(mask(o)? as u16),
        Integer::IntMask => Whole::U32(mask(o)? as u32),
        Integer::LongMask if !number::is_index(o) => return Err(not_a(b"int", o)),
        Integer::LongMask => Whole::U64(mask(o)?),
    })
}

fn size(o: Obj<'_>) -> Result<isize> {
    let number = number::index(o)?;
    checked(int::as_ssize_t(number.as_obj())?, -1)
}

/// The value of `d` and `f`.
pub(super) fn double(o: Obj<'_>) -> Result<f64> {
    checked(convert::as_f64(o)?, -1.0)
}

/// The value of `D`. In CPython any pending error means failure.
pub(super) fn complex_parts(o: Obj<'_>) -> Result<[f64; 2]> {
    let value = complex::of(o)?;
    error::pending().map_or(Ok([value.real, value.imag]), |raised: Raised| Err(raised))
}
