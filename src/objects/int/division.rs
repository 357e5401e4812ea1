//! Division of ints: floor and remainder, and the float that is nearest to the quotient.

use super::fresh::{Fresh, scratch};
use super::{Int, Number, compact, from_i64, from_result, magnitude, number, word};
use crate::objects::{float, tuple};
use crate::runtime::{Own, Raised, Ref, Result, memory, raise};
use core::cmp::Ordering;
use magnitude::{quotient, shift, sum, trim};

/// ZeroDivisionError.
#[cold]
#[inline(never)]
fn by_zero() -> Raised {
    raise!(ZeroDivisionError, "division by zero")
}

/// The quotient and the remainder of two magnitudes, of which the second is not zero.
fn divide(a: &[u32], b: &[u32]) -> Result<(Fresh, Fresh)> {
    if magnitude::order(a, b) == Ordering::Less {
        return Ok((Fresh::new(1)?, Fresh::copy(a)?));
    }
    if let [digit] = *b {
        // One digit more, because a quotient may be increased by one.
        let mut quotient = Fresh::new(a.len() + 1)?;
        let mut remainder = Fresh::new(1)?;
        let digits = quotient.digits().get_mut(..a.len()).unwrap_or_default();
        digits.copy_from_slice(a);
        remainder.digits().fill(magnitude::divide(digits, digit));
        return Ok((quotient, remainder));
    }
    let by = quotient::normal_shift(b);
    let mut quotient = Fresh::new(a.len() - b.len() + 2)?;
    let mut remainder = Fresh::new(a.len() + 1)?;
    let mut divisor = scratch(b.len())?;
    shift::left(&mut divisor, b, by);
    shift::left(remainder.digits(), a, by);
    let places = quotient.digits().get_mut(..=a.len() - b.len()).unwrap_or_default();
    quotient::divide(places, remainder.digits(), &divisor);
    shift::right_in_place(remainder.digits(), by);
    Ok((quotient, remainder))
}

/// The floor of a quotient, and the remainder, whose sign is the divisor's.
fn floored(a: Number<'_>, b: Number<'_>) -> Result<(Ref, Ref)> {
    if b.digits.is_empty() {
        return Err(by_zero());
    }
    let (mut quotient, mut remainder) = divide(a.digits, b.digits)?;
    if a.negative != b.negative && !remainder.as_slice().is_empty() {
        sum::add_in_place(quotient.digits(), &[1]);
        let mut rest = Fresh::new(b.digits.len())?;
        sum::subtract(rest.digits(), b.digits, remainder.as_slice());
        remainder = rest;
    }
    Ok((quotient.finish(a.negative != b.negative), remainder.finish(b.negative)))
}

/// The floor of a quotient and the remainder of words; `None` when the divisor is zero.
#[inline(always)]
fn floor_words(a: i64, b: i64) -> Option<(i64, i64)> {
    // Neither is the smallest number, so the quotient fits.
    let (quotient, remainder) = (a.checked_div(b)?, a.checked_rem(b)?);
    if remainder != 0 && (remainder ^ b) < 0 {
        Some((quotient - 1, remainder + b))
    } else {
        Some((quotient, remainder))
    }
}

/// Both as words, if they are small.
#[inline(always)]
fn words(a: Int<'_>, b: Int<'_>) -> Option<(i64, i64)> {
    match (compact(a), compact(b)) {
        (Some(a), Some(b)) => Some((a as i64, b as i64)),
        _ => word(number(a)).zip(word(number(b))),
    }
}

/// `a // b`
pub fn floor_divide(a: Int<'_>, b: Int<'_>) -> Result<Ref> {
    match words(a, b) {
        Some((a, b)) => from_result(floor_words(a, b).ok_or_else(by_zero)?.0),
        None => Ok(floored(number(a), number(b))?.0),
    }
}

/// `a % b`
pub fn remainder(a: Int<'_>, b: Int<'_>) -> Result<Ref> {
    match words(a, b) {
        Some((a, b)) => from_result(floor_words(a, b).ok_or_else(by_zero)?.1),
        None => remainder_of(number(a), number(b)),
    }
}

/// The remainder of two numbers.
pub fn remainder_of(a: Number<'_>, b: Number<'_>) -> Result<Ref> {
    Ok(floored(a, b)?.1)
}

/// The floor of the quotient of two numbers, and the remainder.
pub fn floor_and_remainder(a: Int<'_>, b: Int<'_>) -> Result<(Ref, Ref)> {
    match words(a, b) {
        Some((a, b)) => {
            let (quotient, remainder) = floor_words(a, b).ok_or_else(by_zero)?;
            Ok((from_i64(quotient)?, from_i64(remainder)?))
        }
        None => floored(number(a), number(b)),
    }
}

/// `divmod(a, b)`
pub fn divmod(a: Int<'_>, b: Int<'_>) -> Result<Ref> {
    let (quotient, remainder) = floor_and_remainder(a, b)?;
    tuple::from_slice(&[quotient.borrow(), remainder.borrow()]).map(Own::into_ref)
}

/// `a / b`: the float that is nearest to the quotient, ties to even.
pub fn true_divide(a: Int<'_>, b: Int<'_>) -> Result<Ref> {
    let (a, b) = (number(a), number(b));
    if b.digits.is_empty() {
        return Err(by_zero());
    }
    let magnitude = match (exact(a.digits), exact(b.digits)) {
        (Some(a), Some(b)) => a / b,
        _ => nearest(a.digits, b.digits)?,
    };
    float::from_f64(if a.negative != b.negative { -magnitude } else { magnitude }).map(Own::into_ref)
}

/// A magnitude as a float, if a float can be equal to it because it has few bits.
fn exact(digits: &[u32]) -> Option<f64> {
    (magnitude::bit_length(digits) <= f64::MANTISSA_DIGITS.into()).then(|| magnitude::low_word(digits) as f64)
}

/// The float that is nearest to the quotient of two magnitudes, of which the second is not zero.
fn nearest(a: &[u32], b: &[u32]) -> Result<f64> {
    const MANTISSA: i64 = f64::MANTISSA_DIGITS as i64;
    /// The exponent of the smallest normal number, as the position of its bit from 1.
    const SMALLEST: i64 = f64::MIN_EXP as i64;
    let too_large = || raise!(OverflowError, "integer division result too large for a float");
    if a.is_empty() {
        return Ok(0.0);
    }
    // The position of the quotient's highest bit is this number, or one more.
    let position = magnitude::bit_length(a) as i64 - magnitude::bit_length(b) as i64;
    if position > f64::MAX_EXP.into() {
        return Err(too_large());
    }
    if position < SMALLEST - MANTISSA - 1 {
        return Ok(0.0);
    }
    // An integer quotient with at least two bits more than the result's mantissa, times two to the power of `scale`.
    let scale = position.max(SMALLEST) - MANTISSA - 2;
    let (scaled, mut inexact) = scaled(a, scale)?;
    let (quotient, rest) = divide(trim(&scaled), b)?;
    inexact |= !rest.as_slice().is_empty();
    let word = magnitude::low_word(quotient.as_slice());
    let length = i64::from(u64::BITS - word.leading_zeros());
    let extra = length.max(SMALLEST - scale) - MANTISSA;
    // Rounds to a multiple of two to the power of `extra`, ties to even.
    let half = 1u64 << (extra - 1);
    let mut low = word | u64::from(inexact);
    if low & half != 0 && low & (3 * half - 1) != 0 {
        low += half;
    }
    let value = (low & !(2 * half - 1)) as f64;
    // Two factors, because one power of two may be out of a float's range.
    let power = |exponent: i64| f64::from_bits(((exponent + i64::from(f64::MAX_EXP) - 1) as u64) << (MANTISSA - 1));
    let value = value * power(scale / 2) * power(scale - scale / 2);
    if value.is_infinite() { Err(too_large()) } else { Ok(value) }
}

/// A magnitude divided by two to the power of `scale`, and whether bits were lost.
fn scaled(digits: &[u32], scale: i64) -> Result<(memory::Array<u32>, bool)> {
    let bits = scale.unsigned_abs();
    let (whole, bits) = ((bits / u64::from(magnitude::SHIFT)) as usize, (bits % u64::from(magnitude::SHIFT)) as u32);
    if scale <= 0 {
        let mut result = scratch(digits.len() + whole + 1)?;
        shift::left(result.get_mut(whole..).unwrap_or_default(), digits, bits);
        return Ok((result, false));
    }
    let kept = digits.get(whole..).unwrap_or_default();
    let mut result = scratch(kept.len())?;
    shift::right(&mut result, kept, bits);
    Ok((result, shift::has_bits_below(digits, scale.unsigned_abs())))
}
