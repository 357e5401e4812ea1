//! Sums, differences and products of ints.

use super::fresh::Fresh;
use super::{Int, Number, compact, from_digits, from_i64, from_result, magnitude, number, word};
use crate::runtime::known::NOT_IMPLEMENTED;
use crate::runtime::{Obj, Ref, Result};
use core::cmp::Ordering;

/// Applies an operation to two operands of a slot, of which one is an int and the other may be any object.
#[inline(always)]
pub(super) fn with<'a>(a: Obj<'a>, b: Obj<'a>, work: impl Fn(Int<'a>, Int<'a>) -> Result<Ref>) -> Result<Ref> {
    match (a.downcast(), b.downcast()) {
        (Some(a), Some(b)) => work(a, b),
        _ => Ok(NOT_IMPLEMENTED.to_ref()),
    }
}

/// `a + b`
#[inline(always)]
pub fn add(a: Int<'_>, b: Int<'_>) -> Result<Ref> {
    match (compact(a), compact(b)) {
        (Some(a), Some(b)) => from_result(a as i64 + b as i64),
        _ => add_any(a, b),
    }
}

/// `a - b`
#[inline(always)]
pub fn subtract(a: Int<'_>, b: Int<'_>) -> Result<Ref> {
    match (compact(a), compact(b)) {
        (Some(a), Some(b)) => from_result(a as i64 - b as i64),
        _ => subtract_any(a, b),
    }
}

/// `a * b`
#[inline(always)]
pub fn multiply(a: Int<'_>, b: Int<'_>) -> Result<Ref> {
    match (compact(a), compact(b)) {
        (Some(a), Some(b)) => from_result(a as i64 * b as i64),
        _ => multiply_any(a, b),
    }
}

// Each operator has a function of its own for numbers of more digits. It takes the objects, so that the fast path of
// one digit calls it by a jump, and needs no stack frame.

#[inline(never)]
fn add_any(a: Int<'_>, b: Int<'_>) -> Result<Ref> {
    add_numbers(number(a), number(b))
}

#[inline(never)]
fn subtract_any(a: Int<'_>, b: Int<'_>) -> Result<Ref> {
    add_numbers(number(a), number(b).negated())
}

#[inline(never)]
fn multiply_any(a: Int<'_>, b: Int<'_>) -> Result<Ref> {
    multiply_numbers(number(a), number(b))
}

/// The sum of two numbers.
#[inline]
pub fn add_numbers(a: Number<'_>, b: Number<'_>) -> Result<Ref> {
    if let (Some(a), Some(b)) = (word(a), word(b)) {
        return from_i64(a + b);
    }
    if a.negative == b.negative || a.digits.is_empty() || b.digits.is_empty() {
        let negative = if a.digits.is_empty() { b.negative } else { a.negative };
        let mut sum = Fresh::new(a.digits.len().max(b.digits.len()) + 1)?;
        magnitude::sum::add(sum.digits(), a.digits, b.digits);
        return Ok(sum.finish(negative));
    }
    let (large, less) = match magnitude::order(a.digits, b.digits) {
        Ordering::Less => (b, a),
        Ordering::Equal => return from_i64(0),
        Ordering::Greater => (a, b),
    };
    let mut difference = Fresh::new(large.digits.len())?;
    magnitude::sum::subtract(difference.digits(), large.digits, less.digits);
    Ok(difference.finish(large.negative))
}

/// The product of two numbers.
#[inline]
pub fn multiply_numbers(a: Number<'_>, b: Number<'_>) -> Result<Ref> {
    Ok(product(a.digits, b.digits)?.finish(a.negative != b.negative))
}

/// The product of two magnitudes.
pub(super) fn product(a: &[u32], b: &[u32]) -> Result<Fresh> {
    let mut product = Fresh::new(a.len() + b.len())?;
    magnitude::product::multiply(product.digits(), a, b)?;
    Ok(product)
}

/// `-a`
pub fn negative(a: Int<'_>) -> Result<Ref> {
    let number = number(a).negated();
    match word(number) {
        Some(value) => from_i64(value),
        None => from_digits(number.negative, number.digits),
    }
}

/// `abs(a)`
pub fn absolute(a: Int<'_>) -> Result<Ref> {
    if number(a).negative { negative(a) } else { super::exact(a) }
}
