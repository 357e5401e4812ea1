//! Shifts of ints, and the operators on their bits: a negative number has endless ones above its highest digit.

use super::fresh::{Fresh, too_many_digits};
use super::{Int, Number, compact, from_i64, from_result, magnitude, number};
use crate::runtime::{Raised, Ref, Result, raise};
use magnitude::{MASK, SHIFT, shift, sum};

fn negative_count() -> Raised {
    raise!(ValueError, "negative shift count")
}

/// The number of bits to shift by; `None` if it is more than any int has.
fn count(b: Int<'_>) -> Result<Option<u64>> {
    let b = number(b);
    if b.negative {
        return Err(negative_count());
    }
    Ok(b.to_i64().map(i64::unsigned_abs))
}

/// `a << b`
pub fn left(a: Int<'_>, b: Int<'_>) -> Result<Ref> {
    if let (Some(value), Some(bits @ 0..32)) = (compact(a), compact(b)) {
        return from_i64((value as i64) << bits);
    }
    let bits = count(b)?;
    let a = number(a);
    if a.digits.is_empty() {
        return from_i64(0);
    }
    left_by(a, bits.ok_or_else(too_many_digits)?)
}

/// A number times two to the power of `bits`.
pub fn left_by(a: Number<'_>, bits: u64) -> Result<Ref> {
    let (whole, bits) = ((bits / u64::from(SHIFT)) as usize, (bits % u64::from(SHIFT)) as u32);
    let mut result = Fresh::new(a.digits.len() + whole + 1)?;
    shift::left(result.digits().get_mut(whole..).unwrap_or_default(), a.digits, bits);
    Ok(result.finish(a.negative))
}

/// `a >> b`
pub fn right(a: Int<'_>, b: Int<'_>) -> Result<Ref> {
    if let (Some(value), Some(bits @ 0..)) = (compact(a), compact(b)) {
        return from_i64((value as i64) >> bits.min(63));
    }
    right_by(number(a), count(b)?.unwrap_or(u64::MAX))
}

/// The floor of a number divided by two to the power of `bits`.
pub fn right_by(a: Number<'_>, bits: u64) -> Result<Ref> {
    let whole = (bits / u64::from(SHIFT)) as usize;
    let kept = a.digits.get(whole..).unwrap_or_default();
    let mut result = Fresh::new(kept.len() + 1)?;
    shift::right(result.digits(), kept, (bits % u64::from(SHIFT)) as u32);
    if a.negative && shift::has_bits_below(a.digits, bits) {
        sum::add_in_place(result.digits(), &[1]);
    }
    Ok(result.finish(a.negative))
}

/// The digits of a number in two's complement, the lowest first, without end.
pub(super) fn complement(number: Number<'_>) -> impl Iterator<Item = u32> {
    let mut carry = u32::from(number.negative);
    let flip = if number.negative { MASK } else { 0 };
    number.digits.iter().copied().chain(core::iter::repeat(0)).map(move |digit| {
        let value = (digit ^ flip) + carry;
        carry = value >> SHIFT;
        value & MASK
    })
}

/// An operator on the bits of two numbers. Out of line, as the functions of sums are.
#[inline(never)]
fn combine(a: Int<'_>, b: Int<'_>, operator: impl Fn(u32, u32) -> u32) -> Result<Ref> {
    let (a, b) = (number(a), number(b));
    let negative = operator(a.negative.into(), b.negative.into()) != 0;
    let mut result = Fresh::new(a.digits.len().max(b.digits.len()) + 1)?;
    if !a.negative && !b.negative {
        let (long, short) = if a.digits.len() < b.digits.len() { (b, a) } else { (a, b) };
        let pairs = long.digits.iter().zip(short.digits.iter().chain(core::iter::repeat(&0)));
        result.digits().iter_mut().zip(pairs).for_each(|(to, (a, b))| *to = operator(*a, *b));
        return Ok(result.finish(false));
    }
    let pairs = complement(a).zip(complement(b)).map(|(a, b)| operator(a, b));
    result.digits().iter_mut().zip(pairs).for_each(|(to, digit)| *to = digit);
    if negative {
        // The magnitude is the complement of the complement. A digit above both numbers' has room for the carry.
        let mut carry = 1;
        for digit in result.digits() {
            let value = (*digit ^ MASK) + carry;
            carry = value >> SHIFT;
            *digit = value & MASK;
        }
    }
    Ok(result.finish(negative))
}

/// `a & b`
#[inline(always)]
pub fn and(a: Int<'_>, b: Int<'_>) -> Result<Ref> {
    match (compact(a), compact(b)) {
        (Some(a), Some(b)) => from_result((a & b) as i64),
        _ => combine(a, b, |a, b| a & b),
    }
}

/// `a ^ b`
#[inline(always)]
pub fn xor(a: Int<'_>, b: Int<'_>) -> Result<Ref> {
    match (compact(a), compact(b)) {
        (Some(a), Some(b)) => from_result((a ^ b) as i64),
        _ => combine(a, b, |a, b| a ^ b),
    }
}

/// `a | b`
#[inline(always)]
pub fn or(a: Int<'_>, b: Int<'_>) -> Result<Ref> {
    match (compact(a), compact(b)) {
        (Some(a), Some(b)) => from_result((a | b) as i64),
        _ => combine(a, b, |a, b| a | b),
    }
}

/// `~a`
pub fn invert(a: Int<'_>) -> Result<Ref> {
    match compact(a) {
        Some(value) => from_i64(!(value as i64)),
        None => super::arithmetic::add_numbers(number(a).negated(), Number { negative: true, digits: &[1] }),
    }
}
