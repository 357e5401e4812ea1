//! `timedelta`.

use super::objects::{cached_hash, delta, new_delta, span_of, too_many_days, type_error};
use super::span::{Clock, Span};
use crate::kit::class::Comparison;
use crate::kit::{Builtin, Call, Obj, Ref, Result, raise};
use core::ffi::CStr;
use num_bigint::BigInt;

/// The units of the constructor's arguments in microseconds, in their order.
const UNITS: [(&CStr, i64); 7] = [
    (c"days", 86_400_000_000),
    (c"seconds", 1_000_000),
    (c"microseconds", 1),
    (c"milliseconds", 1_000),
    (c"minutes", 60_000_000),
    (c"hours", 3_600_000_000),
    (c"weeks", 604_800_000_000),
];

/// The order in which the constructor adds its arguments.
const ADDED: [usize; 7] = [2, 3, 1, 4, 5, 0, 6];

pub fn new(call: Call<'_>) -> Result<Ref> {
    let arguments = call.bind(c"|OOOOOOO:__new__", UNITS.map(|(name, _)| name))?;
    let (mut micros, mut rest) = (BigInt::ZERO, 0.0);
    for i in ADDED {
        if let Some(argument) = arguments[i] {
            add(&mut micros, &mut rest, argument, UNITS[i])?;
        }
    }
    // The fractions that are left, each less than a microsecond, are rounded to the even number.
    if rest != 0.0 {
        let odd = f64::from(u8::from(micros.bit(0)));
        let mut whole = rest.round();
        if (whole - rest).abs() == 0.5 {
            whole = 2.0 * ((rest + odd) * 0.5).round() - odd;
        }
        micros += whole as i64;
    }
    new_delta(call.this, span(&micros)?)
}

/// Adds an argument in its unit: whole microseconds to one number, the fraction to the other.
fn add(micros: &mut BigInt, rest: &mut f64, argument: Obj<'_>, (name, unit): (&CStr, i64)) -> Result<()> {
    if argument.is_int() {
        *micros += argument.to_bigint()? * unit;
        return Ok(());
    }
    if !argument.is_float() {
        let (name, class) = (name.to_string_lossy(), argument.class_name());
        return Err(type_error(format_args!("unsupported type for timedelta {name} component: {class}")));
    }
    let number = argument.to_f64()?;
    *micros += Ref::int_of_float(number)?.obj().to_bigint()? * unit;
    let fraction = number.fract();
    if fraction != 0.0 {
        let number = fraction * unit as f64;
        *micros += number.trunc() as i64;
        *rest += number.fract();
    }
    Ok(())
}

/// The duration of so many microseconds: OverflowError when they are too many days.
fn span(micros: &BigInt) -> Result<Span> {
    let days = match i128::try_from(micros).map(Span::from_micros) {
        Ok(Ok(span)) => return Ok(span),
        Ok(Err(days)) => i32::try_from(days).ok(),
        Err(_) => None,
    };
    Err(match days {
        Some(days) => too_many_days(days),
        None => raise(Builtin::OverflowError.obj(), "Python int too large to convert to C int"),
    })
}

/// A new `timedelta` of so many microseconds.
pub fn of_micros(micros: i128) -> Result<Ref> {
    delta(span(&micros.into())?)
}

fn micros(object: Obj<'_>) -> Option<i128> {
    span_of(object).map(Span::to_micros)
}

/// The numbers of microseconds of two durations, or of nothing when one is none.
fn both(left: Obj<'_>, right: Obj<'_>) -> Option<(i128, i128)> {
    micros(left).zip(micros(right))
}

pub fn plus(left: Obj<'_>, right: Obj<'_>) -> Result<Ref> {
    both(left, right).map_or_else(|| Ok(Ref::not_implemented()), |(left, right)| of_micros(left + right))
}

pub fn minus(left: Obj<'_>, right: Obj<'_>) -> Result<Ref> {
    both(left, right).map_or_else(|| Ok(Ref::not_implemented()), |(left, right)| of_micros(left - right))
}

/// The numerator and denominator of a float.
fn ratio(number: Obj<'_>) -> Result<(BigInt, BigInt)> {
    let ratio = number.call_method(c"as_integer_ratio")?;
    match ratio.obj().items()[..] {
        [numerator, denominator] if numerator.is_int() && denominator.is_int() => {
            Ok((numerator.to_bigint()?, denominator.to_bigint()?))
        }
        _ => Err(type_error(format_args!("unexpected return type from as_integer_ratio(): expected tuple of two"))),
    }
}

/// The quotient rounded to the nearest integer, and from the middle to the even one.
fn nearest(dividend: &BigInt, divisor: &BigInt) -> Result<BigInt> {
    if *divisor == BigInt::ZERO {
        return Err(division_by_zero());
    }
    let (quotient, remainder) = floor_divide(dividend, divisor);
    let twice = &remainder * 2;
    let beyond = if *divisor > BigInt::ZERO { twice > *divisor } else { twice < *divisor };
    Ok(if beyond || (twice == *divisor && quotient.bit(0)) { quotient + 1 } else { quotient })
}

/// Quotient and remainder, where the remainder has the sign of the divisor, which is not 0.
fn floor_divide(dividend: &BigInt, divisor: &BigInt) -> (BigInt, BigInt) {
    let (quotient, remainder) = (dividend / divisor, dividend % divisor);
    let other_sign = (remainder < BigInt::ZERO) != (*divisor < BigInt::ZERO);
    if remainder != BigInt::ZERO && other_sign { (quotient - 1, remainder + divisor) } else { (quotient, remainder) }
}

fn division_by_zero() -> crate::kit::Raised {
    raise(Builtin::ZeroDivisionError.obj(), "division by zero")
}

pub fn times(left: Obj<'_>, right: Obj<'_>) -> Result<Ref> {
    let (duration, factor) = match (micros(left), micros(right)) {
        (Some(duration), None) => (duration, right),
        (None, Some(duration)) => (duration, left),
        _ => return Ok(Ref::not_implemented()),
    };
    if factor.is_int() {
        return delta(span(&(factor.to_bigint()? * duration))?);
    }
    if factor.is_float() {
        let (numerator, denominator) = ratio(factor)?;
        return delta(span(&nearest(&(numerator * duration), &denominator)?)?);
    }
    Ok(Ref::not_implemented())
}

pub fn over(left: Obj<'_>, right: Obj<'_>) -> Result<Ref> {
    let Some(duration) = micros(left) else { return Ok(Ref::not_implemented()) };
    if let Some(divisor) = micros(right) {
        return Ref::bigint(&duration.into())?.obj().over(Ref::bigint(&divisor.into())?.obj());
    }
    if right.is_int() {
        return delta(span(&nearest(&duration.into(), &right.to_bigint()?)?)?);
    }
    if right.is_float() {
        let (numerator, denominator) = ratio(right)?;
        return delta(span(&nearest(&(denominator * duration), &numerator)?)?);
    }
    Ok(Ref::not_implemented())
}

pub fn floor_over(left: Obj<'_>, right: Obj<'_>) -> Result<Ref> {
    let Some(duration) = micros(left) else { return Ok(Ref::not_implemented()) };
    let divisor = match micros(right) {
        Some(divisor) => divisor.into(),
        None if right.is_int() => right.to_bigint()?,
        None => return Ok(Ref::not_implemented()),
    };
    if divisor == BigInt::ZERO {
        return Err(division_by_zero());
    }
    let (quotient, _) = floor_divide(&duration.into(), &divisor);
    if micros(right).is_some() { Ref::bigint(&quotient) } else { delta(span(&quotient)?) }
}

pub fn remainder(left: Obj<'_>, right: Obj<'_>) -> Result<Ref> {
    let Some((dividend, divisor)) = both(left, right) else { return Ok(Ref::not_implemented()) };
    if divisor == 0 {
        return Err(division_by_zero());
    }
    delta(span(&floor_divide(&dividend.into(), &divisor.into()).1)?)
}

pub fn divmod(left: Obj<'_>, right: Obj<'_>) -> Result<Ref> {
    let Some((dividend, divisor)) = both(left, right) else { return Ok(Ref::not_implemented()) };
    if divisor == 0 {
        return Err(division_by_zero());
    }
    let (quotient, remainder) = floor_divide(&dividend.into(), &divisor.into());
    Ref::tuple(&[Ref::bigint(&quotient)?.obj(), delta(span(&remainder)?)?.obj()])
}

pub fn negative(object: Obj<'_>) -> Result<Ref> {
    of_micros(-micros(object).unwrap_or_default())
}

pub fn positive(object: Obj<'_>) -> Result<Ref> {
    of_micros(micros(object).unwrap_or_default())
}

pub fn absolute(object: Obj<'_>) -> Result<Ref> {
    of_micros(micros(object).unwrap_or_default().abs())
}

pub fn truth(object: Obj<'_>) -> bool {
    micros(object).unwrap_or_default() != 0
}

pub fn compare(left: Obj<'_>, right: Obj<'_>, comparison: Comparison) -> Result<Ref> {
    match span_of(left).zip(span_of(right)) {
        Some((left, right)) => comparison.answer(left.cmp(&right)),
        None => Ok(Ref::not_implemented()),
    }
}

/// Days, seconds and microseconds as a tuple.
fn state(object: Obj<'_>) -> Result<Ref> {
    let Span { days, seconds, micros } = span_of(object).unwrap_or(Span::ZERO);
    Ref::tuple(&[Ref::int(days.into())?.obj(), Ref::int(seconds.into())?.obj(), Ref::int(micros.into())?.obj()])
}

pub fn hash(object: Obj<'_>) -> Result<isize> {
    cached_hash(object, || state(object)?.obj().hash())
}

pub fn repr(object: Obj<'_>) -> Result<Ref> {
    let Span { days, seconds, micros } = span_of(object).unwrap_or(Span::ZERO);
    let parts: Vec<String> = [("days", days), ("seconds", seconds), ("microseconds", micros)]
        .iter()
        .filter(|(_, number)| *number != 0)
        .map(|(name, number)| format!("{name}={number}"))
        .collect();
    let parts = if parts.is_empty() { "0".to_string() } else { parts.join(", ") };
    Ref::text(&format!("{}({parts})", object.class_name()))
}

pub fn text(object: Obj<'_>) -> Result<Ref> {
    let Span { days, seconds, micros } = span_of(object).unwrap_or(Span::ZERO);
    let Clock { hour, minute, second, micro } = Clock::from_micros(i64::from(seconds) * 1_000_000 + i64::from(micros));
    let days = match days {
        0 => String::new(),
        1 | -1 => format!("{days} day, "),
        _ => format!("{days} days, "),
    };
    let fraction = if micro == 0 { String::new() } else { format!(".{micro:06}") };
    Ref::text(&format!("{days}{hour}:{minute:02}:{second:02}{fraction}"))
}

pub fn total_seconds(object: Obj<'_>) -> Result<Ref> {
    let micros = Ref::bigint(&micros(object).unwrap_or_default().into())?;
    micros.obj().over(Ref::int(1_000_000)?.obj())
}

pub fn reduce(object: Obj<'_>) -> Result<Ref> {
    Ref::tuple(&[object.class(), state(object)?.obj()])
}
