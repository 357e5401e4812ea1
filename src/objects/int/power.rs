//! Powers of ints, also modulo another.

use super::arithmetic::{add_numbers, multiply_numbers, product};
use super::division::{floor_and_remainder, remainder_of};
use super::fresh::{Fresh, scratch};
use super::{Int, Number, bit, compact, from_i64, magnitude, number, to_f64};
use crate::objects::float;
use crate::runtime::known::{NONE, NOT_IMPLEMENTED};
use crate::runtime::{Obj, Ref, Result, memory, raise};
use magnitude::{quotient, shift, trim};

/// `pow(a, b, c)`, the slot.
pub fn power(a: Obj<'_>, b: Obj<'_>, c: Obj<'_>) -> Result<Ref> {
    let (Some(base), Some(exponent)) = (a.downcast(), b.downcast()) else { return Ok(NOT_IMPLEMENTED.to_ref()) };
    if c.is(NONE) {
        return raised_to(base, exponent);
    }
    match c.downcast() {
        Some(modulus) => modulo(base, exponent, modulus),
        None => Ok(NOT_IMPLEMENTED.to_ref()),
    }
}

/// `a ** b`: a float if the exponent is negative.
fn raised_to(base: Int<'_>, exponent: Int<'_>) -> Result<Ref> {
    if number(exponent).negative {
        return float::power(to_f64(base)?, to_f64(exponent)?);
    }
    if let (Some(base), Some(exponent)) = (compact(base), compact(exponent))
        && let Some(value) = u32::try_from(exponent).ok().and_then(|exponent| (base as i64).checked_pow(exponent))
    {
        return from_i64(value);
    }
    let (base, exponent) = (number(base), number(exponent));
    let is_odd = exponent.digits.first().is_some_and(|digit| digit & 1 == 1);
    if let [] | [1] = *base.digits {
        // The magnitude stays the same for every exponent but zero, which is small.
        return super::from_digits(base.negative && is_odd, base.digits);
    }
    // The result has at least so many bits. No memory is large enough for 2**62 of them.
    let bits = exponent.to_i64().and_then(|times| times.checked_mul(magnitude::bit_length(base.digits) as i64 - 1));
    if bits.is_none_or(|bits| bits >> 62 != 0) {
        return Err(memory::out_of_memory());
    }
    let result = by_squares(base.digits, exponent.digits, None)?;
    Ok(result.finish(base.negative && is_odd))
}

/// `pow(a, b, c)` with a modulus.
fn modulo(base: Int<'_>, exponent: Int<'_>, modulus: Int<'_>) -> Result<Ref> {
    let (exponent, modulus) = (number(exponent), number(modulus));
    let magnitude = match *modulus.digits {
        [] => return Err(raise!(ValueError, "pow() 3rd argument cannot be 0")),
        [1] => return from_i64(0),
        _ => Number { negative: false, digits: modulus.digits },
    };
    let inverse;
    let base = if exponent.negative {
        inverse = invert(number(base), magnitude)?;
        number_of(&inverse)
    } else {
        number(base)
    };
    let reduced = remainder_of(base, magnitude)?;
    let result = by_squares(number_of(&reduced).digits, exponent.digits, Some(magnitude.digits))?.finish(false);
    // The result has the sign of the modulus.
    if modulus.negative && !number_of(&result).digits.is_empty() {
        return add_numbers(number_of(&result), modulus);
    }
    Ok(result)
}

/// The number in an object that a function of this folder has made.
fn number_of(made: &Ref) -> Number<'_> {
    made.borrow().downcast().map_or(Number { negative: false, digits: &[] }, number)
}

/// The number whose product with another is 1 modulo a third, by Euclid's algorithm.
fn invert(a: Number<'_>, modulus: Number<'_>) -> Result<Ref> {
    let (mut low, mut high) = (remainder_of(a, modulus)?, super::from_digits(false, modulus.digits)?);
    let (mut factor, mut previous) = (from_i64(1)?, from_i64(0)?);
    while !number_of(&low).digits.is_empty() {
        let (Some(dividend), Some(divisor)) = (high.borrow().downcast(), low.borrow().downcast()) else { break };
        let (quotient, rest) = floor_and_remainder(dividend, divisor)?;
        let part = multiply_numbers(number_of(&quotient), number_of(&factor))?;
        let next = add_numbers(number_of(&previous), number_of(&part).negated())?;
        (previous, factor) = (factor, next);
        (high, low) = (low, rest);
    }
    if *number_of(&high).digits != [1] {
        return Err(raise!(ValueError, "base is not invertible for the given modulus"));
    }
    Ok(previous)
}

/// A divisor that many products are reduced by.
struct Modulus<'a> {
    digits: &'a [u32],
    normal: memory::Array<u32>,
    shift: u32,
}

impl<'a> Modulus<'a> {
    fn new(digits: &'a [u32]) -> Result<Self> {
        let by = quotient::normal_shift(digits);
        let mut normal = scratch(digits.len())?;
        shift::left(&mut normal, digits, by);
        Ok(Modulus { digits, normal, shift: by })
    }

    /// The remainder of a magnitude.
    fn reduce(&self, mut value: Fresh) -> Result<Fresh> {
        let (length, divisor) = (value.as_slice().len(), self.digits.len());
        if magnitude::order(value.as_slice(), self.digits).is_lt() {
            return Ok(value);
        }
        if let [digit] = *self.digits {
            let mut remainder = Fresh::new(1)?;
            remainder.digits().fill(magnitude::divide(value.digits(), digit));
            return Ok(remainder);
        }
        let mut quotient = scratch(length - divisor + 1)?;
        let mut dividend = scratch(length + 1)?;
        shift::left(&mut dividend, value.as_slice(), self.shift);
        quotient::divide(&mut quotient, &mut dividend, &self.normal);
        let mut remainder = Fresh::new(divisor)?;
        shift::right(remainder.digits(), dividend.get(..divisor).unwrap_or_default(), self.shift);
        Ok(remainder)
    }
}

/// The bits of the exponent that are taken at a time, when it is long.
const WINDOW: u64 = 4;
/// The number of bits of an exponent that is long.
const LONG: u64 = 240;

/// A power of a magnitude, reduced if there is a modulus: a square for each bit of the exponent, from the highest on,
/// and a product for each that is set; or for each few bits of a long exponent.
fn by_squares(base: &[u32], exponent: &[u32], modulus: Option<&[u32]>) -> Result<Fresh> {
    let modulus = modulus.map(Modulus::new).transpose()?;
    let multiply = |a: &[u32], b: &[u32]| {
        let product = product(trim(a), trim(b))?;
        match &modulus {
            Some(modulus) => modulus.reduce(product),
            None => Ok(product),
        }
    };
    let square = |value: &Fresh| {
        let digits = value.as_slice();
        multiply(digits, digits)
    };
    let length = magnitude::bit_length(exponent);
    let width = if length > LONG { WINDOW } else { 1 };
    // The powers of the base from 1 to the largest that the bits of a window can name.
    let mut powers = [const { None }; (1 << WINDOW) - 1];
    let mut last: Option<&Fresh> = None;
    for place in powers.iter_mut().take((1 << width) - 1) {
        let next = match last {
            None => Fresh::copy(base)?,
            Some(last) => multiply(last.as_slice(), base)?,
        };
        last = Some(place.insert(next));
    }
    let mut result = Fresh::copy(if length == 0 { &[1] } else { &[] })?;
    let mut started = length == 0;
    for start in (0..length.div_ceil(width)).rev() {
        if started {
            for _ in 0..width {
                result = square(&result)?;
            }
        }
        let window = magnitude::window(exponent, start * width) as usize & ((1 << width) - 1);
        let Some(Some(power)) = window.checked_sub(1).and_then(|at| powers.get(at)) else { continue };
        result = if started { multiply(result.as_slice(), power.as_slice())? } else { Fresh::copy(power.as_slice())? };
        started = true;
    }
    Ok(result)
}

/// The greatest common divisor, which is not negative (CPython: `_PyLong_GCD`).
pub fn gcd(a: Int<'_>, b: Int<'_>) -> Result<Ref> {
    let (mut a, mut b) = (super::arithmetic::absolute(a)?, super::arithmetic::absolute(b)?);
    while !number_of(&b).digits.is_empty() {
        let rest = match (a.borrow().downcast(), b.borrow().downcast()) {
            (Some(a), Some(b)) => super::division::remainder(a, b)?,
            _ => bit(false).to_ref(),
        };
        (a, b) = (b, rest);
    }
    Ok(a)
}
